"""What happened: calls, their attempts, trigger invocations, and the logs that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

from pytest_cognito_pool.errors import UsageError, listed, unknown_name

if TYPE_CHECKING:
    from pytest_cognito_pool._service.user import Transition
    from pytest_cognito_pool.events import TriggerEvent

T_co = TypeVar("T_co", covariant=True)
E_co = TypeVar("E_co", bound="TriggerEvent", covariant=True)
E = TypeVar("E", bound="TriggerEvent")
_SHOWN: Final = 5
_SECRET_MEMBERS: Final = frozenset(
    {
        "AccessToken", "ClientSecret", "DeviceKey", "IdToken", "NEW_PASSWORD", "PASSWORD", "PASSWORD_CLAIM_SIGNATURE",
        "Password", "PreviousPassword", "ProposedPassword", "REFRESH_TOKEN", "RefreshToken", "SECRET_HASH",
        "SecretCode", "SecretHash", "Session", "TemporaryPassword", "Token", "client_secret",
    }
)  # fmt: skip


class Secret(str):
    """A password, secret or token: a text like any other, but for its repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


def sealed(value: Any) -> Any:
    """The JSON value with its passwords, secrets and tokens made `Secret`."""
    if isinstance(value, dict):
        return {
            key: Secret(item) if key in _SECRET_MEMBERS and isinstance(item, str) else sealed(item)
            for key, item in value.items()
        }
    return [sealed(item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Error:
    """An error the service answered with, as the application saw it.

    Attributes:
        code: the error's type, for instance `NotAuthorizedException`.
        message: its text; None where the service sends none.
        status: the HTTP status.
    """

    code: str
    message: str | None
    status: int


@dataclass(slots=True)
class Attempt:
    """One request of a call: botocore may send several.

    Attributes:
        reply: the members of the reply; None when there was an error.
        error: the error the service answered with.
        raised: the exception that came in place of any reply.
        why: why the service refused, for the author of the test.
        waited: seconds that botocore wanted to wait before the next attempt; nothing waits.
    """

    reply: Mapping[str, Any] | None = None
    error: Error | None = None
    raised: Exception | None = None
    why: str = ""
    waited: float = 0.0


@dataclass(slots=True)
class Call:
    """One call as the application made it.

    Attributes:
        operation: the operation's name.
        request: its parameters.
        pool_id: the pool it named, itself or by an app client; None for other calls.
        attempts: what happened on the way, one for each request botocore sent.
        transitions: usernames with the status change each went through.
        invocations: the triggers it invoked.
    """

    operation: str
    request: Mapping[str, Any] = field(default_factory=dict)
    pool_id: str | None = None
    attempts: list[Attempt] = field(default_factory=list)
    transitions: list[tuple[str, Transition]] = field(default_factory=list)
    invocations: list[Invocation[TriggerEvent]] = field(default_factory=list)

    @property
    def reply(self) -> Mapping[str, Any] | None:
        """The members of the reply the application got; None when it got an exception."""
        return self.attempts[-1].reply if self.attempts else None

    @property
    def error(self) -> Error | None:
        """The error of the service that the application got."""
        return self.attempts[-1].error if self.attempts else None

    @property
    def raised(self) -> Exception | None:
        """The exception the application got in place of any reply."""
        return self.attempts[-1].raised if self.attempts else None

    @property
    def why(self) -> str:
        """Why the call was refused; empty when it was not."""
        return self.attempts[-1].why if self.attempts else ""

    def invoke(self, source: str, payload: Mapping[str, Any]) -> Invocation[TriggerEvent]:
        """Note the invocation of a trigger."""
        invocation: Invocation[TriggerEvent] = Invocation(source, payload)
        self.invocations.append(invocation)
        return invocation

    def outcome(self) -> str:
        """What came of it, in a few words."""
        if self.error:
            return self.error.code
        if self.raised:
            return type(self.raised).__name__
        changes = (f", {name!r} {change.before} -> {change.after}" for name, change in self.transitions)
        return "ok" + "".join(changes)

    def signature(self, hidden: frozenset[str] = frozenset()) -> str:
        """The call as Python would write it, without the hidden parameters."""
        shown = (f"{name}={value!r}" for name, value in self.request.items() if name not in hidden)
        return f"{self.operation}({', '.join(shown)})"

    def __repr__(self) -> str:
        return f"<{self.signature()} -> {self.outcome()}>"


class Invocation(Generic[E_co]):
    """One invocation of a Lambda trigger.

    Attributes:
        source: its triggerSource, for instance `PostConfirmation_ConfirmSignUp`.
        payload: the event as JSON.
        handler: the function that ran; None, as no function can be attached yet.
    """

    __slots__ = ("_event", "handler", "payload", "source")

    def __init__(self, source: str, payload: Mapping[str, Any]) -> None:
        self.source = source
        self.payload = payload
        self.handler: None = None
        self._event: E_co | None = None

    @property
    def event(self) -> E_co:
        """The event, typed; built when first looked at."""
        event = self._event
        if event is None:
            from pytest_cognito_pool.events import parse

            event = self._event = parse(self.payload)
        return event

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Invocation):
            return NotImplemented
        return self.payload == other.payload

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{self.source} for {self.payload['userName']!r}>"


class Log(Sequence[T_co]):
    """What happened, in order; equal to any sequence of the same."""

    __slots__ = ("_items",)

    def __init__(self, items: list[T_co] | None = None) -> None:
        self._items: list[T_co] = [] if items is None else items

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> list[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | list[T_co]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return self._items == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._items)


class CallLog(Log[Call]):
    """The calls the application made."""

    __slots__ = ()

    @property
    def operations(self) -> list[str]:
        """The names of the operations, in order."""
        return [call.operation for call in self]

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
        asked = Call(operation, sealed(parameters)).signature() if parameters else operation
        if found:
            raise AssertionError(_listing(f"{len(found)} calls of {asked}, not one:", [repr(call) for call in found]))
        ranked = sorted(self, key=lambda call: _distance(call, operation, parameters))
        lines = [f"{call!r}  {_differences(call, operation, parameters)}" for call in ranked]
        raise AssertionError(_listing(f"no call of {asked}; {_there_were(self, 'call')}", lines))


class TriggerLog(Log[Invocation[E_co]]):
    """The trigger invocations, those of triggers without a function too."""

    __slots__ = ()

    @property
    def sources(self) -> list[str]:
        """The trigger sources, in order."""
        return [invocation.source for invocation in self]

    @overload
    def of(self, kind: type[E]) -> TriggerLog[E]: ...
    @overload
    def of(self, kind: str) -> TriggerLog[E_co]: ...
    def of(self, kind: type[TriggerEvent] | str) -> TriggerLog[Any]:
        """The invocations of one kind: an event model, a trigger or a trigger source.

        Raises:
            UsageError: for a trigger or a source that Cognito does not have.

        Example:
            >>> cognito_pool.triggers.of("PostConfirmation").sources
            []
        """
        sources = _sources(kind)
        return TriggerLog([invocation for invocation in self if invocation.source in sources])

    @overload
    def one(self, kind: type[E]) -> Invocation[E]: ...
    @overload
    def one(self, kind: str) -> Invocation[E_co]: ...
    def one(self, kind: type[TriggerEvent] | str) -> Invocation[Any]:
        """The one invocation of a kind.

        Raises:
            AssertionError: when there was none, or more than one; it lists what there was.
            UsageError: for a trigger or a source that Cognito does not have.

        Example:
            >>> cognito_pool.triggers.one(PostConfirmationEvent)
            Traceback (most recent call last):
            AssertionError: no invocation of PostConfirmationEvent; there was no invocation at all
        """
        __tracebackhide__ = True
        found = self.of(kind)
        if len(found) == 1:
            return found[0]
        asked = kind if isinstance(kind, str) else kind.__name__
        if found:
            headline = f"{len(found)} invocations of {asked}, not one:"
            raise AssertionError(_listing(headline, [repr(invocation) for invocation in found]))
        headline = f"no invocation of {asked}; {_there_were(self, 'invocation')}"
        raise AssertionError(_listing(headline, [repr(invocation) for invocation in self]))


def _check_names(operation: str, parameters: Mapping[str, object]) -> None:
    from pytest_cognito_pool._service import model

    if operation not in model.operations():
        raise unknown_name("Cognito has no operation of that name", operation, model.operations())
    for name in parameters:
        if name not in model.parameters(operation):
            raise unknown_name(f"{operation} has no parameter of that name", name, model.parameters(operation))


def _sources(kind: type[TriggerEvent] | str) -> frozenset[str]:
    from pytest_cognito_pool import events
    from pytest_cognito_pool._service import model

    if not isinstance(kind, str) and not (isinstance(kind, type) and issubclass(kind, events.TriggerEvent)):
        raise UsageError(f"{kind!r} is neither a trigger, nor a trigger source, nor an event model", typed=kind)
    if not isinstance(kind, str):
        return frozenset(kind.sources) or events.SOURCES
    found = frozenset(source for source in events.SOURCES if kind in {source, source.partition("_")[0]})
    if found:
        return found
    triggers = {source.partition("_")[0] for source in events.SOURCES}
    known = sorted(triggers | events.SOURCES)
    if kind.partition("_")[0] in model.triggers() - triggers:
        raise UsageError(f"{kind} is not simulated and never recorded; there are: {listed(known)}", typed=kind)
    raise unknown_name("Cognito has no trigger or trigger source of that name", kind, known)


def _differences(call: Call, operation: str, parameters: Mapping[str, object]) -> str:
    """Why the call is not the one asked for; empty when it is."""
    if call.operation != operation:
        return f"it is of {call.operation}"
    different = [
        f"{name} is {call.request[name]!r}" if name in call.request else f"it has no {name}"
        for name, value in parameters.items()
        if call.request.get(name) != value
    ]
    return ", ".join(different)


def _distance(call: Call, operation: str, parameters: Mapping[str, object]) -> tuple[float, int]:
    likeness = SequenceMatcher(None, call.operation, operation).ratio()
    return -likeness, sum(call.request.get(name) != value for name, value in parameters.items())


def _there_were(log: Sequence[object], noun: str) -> str:
    if not log:
        return f"there was no {noun} at all"
    return f"there was one {noun}:" if len(log) == 1 else f"there were {len(log)} {noun}s:"


def _listing(headline: str, lines: Sequence[str]) -> str:
    more = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n  ".join([headline, *lines[:_SHOWN], *more])
