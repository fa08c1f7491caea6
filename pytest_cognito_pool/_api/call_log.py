"""The calls an application made, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pytest_cognito_pool._api.errors import likeness, unknown_name
from pytest_cognito_pool._api.log import Log, listing, there_were
from pytest_cognito_pool._service.records import Comparable
from pytest_cognito_pool._service.wording import LONGEST, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from pytest_cognito_pool._api.faults import Fault
    from pytest_cognito_pool._api.trigger_log import Invocation
    from pytest_cognito_pool._service.events.parts import TriggerEvent
    from pytest_cognito_pool._service.user.user import Transition


@dataclass(frozen=True, slots=True, eq=False)
class Error(Comparable):
    """An error the service answered with, as the application saw it.

    Attributes:
        code: the error's type, for instance `NotAuthorizedException`.
        message: its text; None where the service sends none.
        status: the HTTP status.
    """

    code: str
    message: str | None
    status: int


class Permission(NamedTuple):
    """What a signed call needs an IAM policy to allow.

    Attributes:
        action: for instance `cognito-idp:AdminConfirmSignUp`.
        resource: the pool's ARN; `*` for operations that are about no one pool.
    """

    action: str
    resource: str


@dataclass(slots=True, eq=False)
class Attempt(Comparable):
    """One request of a call: botocore may send several.

    Attributes:
        reply: the members of the reply; None when there was an error.
        error: the error the service answered with.
        raised: the exception that came in place of any reply.
        waited: seconds that botocore wanted to wait before the next attempt; nothing waits.
        fault: the fault of the test's that failed it.
        lost: the error of the service that the application did not get, as a fault came after it.
    """

    reply: Mapping[str, Any] | None = None
    error: Error | None = None
    raised: BaseException | None = None
    waited: float = 0.0
    fault: Fault | None = field(default=None, compare=False, repr=False)
    lost: Error | None = field(default=None, compare=False, repr=False)
    _why: str | Callable[[], str] = field(default="", compare=False, repr=False)

    __hash__ = None  # type: ignore[assignment]

    @property
    def why(self) -> str:
        """Why the service refused, for the author of the test; worded when it is first read."""
        if not isinstance(self._why, str):
            self._why = self._why()
        return self._why

    @why.setter
    def why(self, why: str | Callable[[], str]) -> None:
        self._why = why

    def __copy__(self) -> Attempt:
        from pytest_cognito_pool._service import pickling

        return pickling.copied(self, {}, frozenset(self.__slots__))

    def __deepcopy__(self, memo: dict[int, object]) -> Attempt:
        from pytest_cognito_pool._service import pickling

        return pickling.copied(self, memo, pickling.KEPT)

    def __reduce__(self) -> tuple[object, ...]:
        from pytest_cognito_pool._service import pickling

        replaced = {"raised": pickling.exception(self.raised), "fault": None, "_why": self.why}
        return pickling.reduced(self, {name: getattr(self, name) for name in self.__slots__} | replaced)

    def outcome(self) -> str:
        """What came of it, in a few words."""
        if self.error is not None:
            return self.error.code
        if self.raised is not None:
            return type(self.raised).__name__
        return "no answer yet" if self.reply is None else "ok"


@dataclass(slots=True, eq=False)
class Call(Comparable):
    """One call as the application made it.

    Attributes:
        operation: the operation's name.
        request: its parameters.
        pool_id: the pool it named, itself or by an app client; None for other calls.
        attempts: what happened on the way, one for each request botocore sent.
        transitions: usernames with the status change each went through.
        invocations: the triggers it invoked.
        caused_by: the invocation whose function made the call; None for calls of the application itself.
        caller: the ARN of the identity that signed it; empty where that plays no part.
        permission: what it needs an IAM policy to allow; None where no signature is needed.
    """

    operation: str
    request: Mapping[str, Any] = field(default_factory=dict)
    pool_id: str | None = None
    attempts: list[Attempt] = field(default_factory=list)
    transitions: list[tuple[str, Transition]] = field(default_factory=list)
    invocations: list[Invocation[TriggerEvent]] = field(default_factory=list)
    caused_by: Invocation[TriggerEvent] | None = field(default=None, compare=False, repr=False)
    caller: str = ""
    permission: Permission | None = None

    __hash__ = None  # type: ignore[assignment]

    @property
    def reply(self) -> Mapping[str, Any] | None:
        """The members of the reply the application got; None when it got an exception."""
        return self.attempts[-1].reply if self.attempts else None

    @property
    def error(self) -> Error | None:
        """The error of the service that the application got."""
        return self.attempts[-1].error if self.attempts else None

    @property
    def raised(self) -> BaseException | None:
        """The exception the application got in place of any reply."""
        return self.attempts[-1].raised if self.attempts else None

    @property
    def why(self) -> str:
        """Why the call was refused; empty when it was not."""
        return self.attempts[-1].why if self.attempts else ""

    def outcome(self) -> str:
        """What came of it, in a few words; a change of status outlasts an error."""
        answered = self.attempts[-1].outcome() if self.attempts else "no answer yet"
        changes = (f", {name!r} {change.before} -> {change.after}" for name, change in self.transitions)
        return answered + "".join(changes)

    def signature(self, hidden: frozenset[str] = frozenset(), longest: int | None = LONGEST) -> str:
        """The call as Python would write it, without the hidden parameters; long values are shortened."""
        written = (f"{name}={shown(value, longest)}" for name, value in self.request.items() if name not in hidden)
        return f"{self.operation}({', '.join(written)})"

    def __repr__(self) -> str:
        return f"<{self.signature()} -> {self.outcome()}>"


class CallLog(Log[Call]):
    """The calls the application made."""

    __slots__ = ()

    @property
    def operations(self) -> list[str]:
        """The names of the operations, in order."""
        return [call.operation for call in self]

    def policy(self, *, user: str | None = None) -> dict[str, Any]:
        """The least IAM policy with which the application could make these calls, refused ones among them.

        Calls of Lambda functions are left out: on Lambda they have a role of their own.

        Args:
            user: whose calls, by a name given to `Cognito.session`; those of every caller when omitted.

        Raises:
            UsageError: for a user who made none of them.

        Example:
            >>> cognito_pool.calls.policy()
            {'Version': '2012-10-17', 'Statement': []}
        """
        callers = dict.fromkeys(call.caller.rpartition("/")[2] for call in self if call.caller)
        if user is not None and user not in callers:
            raise unknown_name("none of the calls is by an IAM user of that name", user, callers)
        return least(needed(call for call in self if user is None or call.caller.rpartition("/")[2] == user))

    def of(self, operation: str, /, **parameters: object) -> CallLog:
        """The calls of one operation, with these parameters.

        Raises:
            UsageError: for an operation or a parameter that the service does not have.

        Example:
            >>> cognito_pool.calls.of("AdminConfirmSignUp", Username="ana")
            []
        """
        _check_names(operation, parameters)
        return CallLog([call for call in self if not _differences(call, operation, parameters)])

    def one(self, operation: str, /, **parameters: object) -> Call:
        """The one call of an operation, with these parameters.

        Raises:
            AssertionError: when there was none, or more than one; it lists what there was, nearest first.
            UsageError: for an operation or a parameter that the service does not have.
        """
        __tracebackhide__ = True
        found = self.of(operation, **parameters)
        if len(found) == 1:
            return found[0]
        asked = Call(operation, _masked(operation, parameters)).signature() if parameters else operation
        if found:
            raise AssertionError(listing(f"{len(found)} calls of {asked}, not one:", [repr(call) for call in found]))
        ranked = sorted(self, key=lambda call: _distance(call, operation, parameters))
        lines = [f"{call!r}  {_differences(call, operation, parameters)}" for call in ranked]
        raise AssertionError(listing(f"no call of {asked}; {there_were(self, 'call')}", lines))


def needed(calls: Iterable[Call]) -> list[Permission]:
    """What the calls of the application itself need."""
    return [call.permission for call in calls if call.permission is not None and call.caused_by is None]


def least(permissions: Iterable[Permission]) -> dict[str, Any]:
    """The IAM policy that allows just these, a statement for each resource."""
    actions: dict[str, set[str]] = {}
    for action, resource in permissions:
        actions.setdefault(resource, set()).add(action)
    statements = [
        {"Effect": "Allow", "Action": sorted(actions[resource]), "Resource": resource} for resource in sorted(actions)
    ]
    return {"Version": "2012-10-17", "Statement": statements}


def _check_names(operation: str, parameters: Mapping[str, object]) -> None:
    from pytest_cognito_pool._service.protocol import model

    model.check_operation(operation)
    for name in parameters:
        if name not in model.parameters(operation):
            raise unknown_name(f"{operation} has no parameter of that name", name, model.parameters(operation))


def _masked(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
    from pytest_cognito_pool._service.protocol import masking

    return masking.request(operation, parameters)


def _differences(call: Call, operation: str, parameters: Mapping[str, object]) -> str:
    """Why the call is not the one asked for; empty when it is."""
    if call.operation != operation:
        return f"it is of {call.operation}"
    different = [
        f"{name} is {shown(call.request[name])}" if name in call.request else f"it has no {name}"
        for name, value in parameters.items()
        if call.request.get(name) != value
    ]
    return ", ".join(different)


def _distance(call: Call, operation: str, parameters: Mapping[str, object]) -> tuple[float, int]:
    return -likeness(operation, call.operation), sum(
        call.request.get(name) != value for name, value in parameters.items()
    )
