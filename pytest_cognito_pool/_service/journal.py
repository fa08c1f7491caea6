"""What happens in an account: calls with their attempts, trigger invocations and messages; and its observers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, Protocol, TypeVar

from pytest_cognito_pool._service import records
from pytest_cognito_pool._service.clock import moment
from pytest_cognito_pool._service.errors.service_error import worded
from pytest_cognito_pool._service.records import Comparable
from pytest_cognito_pool._service.secrets import sealed
from pytest_cognito_pool._service.wording import LONGEST, known_as, named, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any, Literal

    from pytest_cognito_pool._service.errors.service_error import Why
    from pytest_cognito_pool._service.events.parts import TriggerEvent
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import Transition

    # Performs an operation and returns the members of the reply; None if it has none.
    Operate = Callable[[], Mapping[str, Any] | None]

# The attributes of an event's user that name them.
_NAMES: Final = ("sub", "email", "phone_number", "preferred_username")
# The default time of a message that an author makes for a comparison, which ignores the time.
_UNKNOWN: Final = moment(0)

E_co = TypeVar("E_co", bound="TriggerEvent", covariant=True)


@dataclass(frozen=True, slots=True, eq=False)
class Error(Comparable):
    """An error that the service answered with, as the application saw it.

    Attributes:
        code: the error's type, for example `NotAuthorizedException`.
        message: its text; None if the service sends none.
        status: the HTTP status.
    """

    code: str
    message: str | None
    status: int


class Permission(NamedTuple):
    """The permission that a signed call needs.

    Attributes:
        action: for example `cognito-idp:AdminConfirmSignUp`.
        resource: the pool's ARN; `*` for operations that do not refer to a single pool.
    """

    action: str
    resource: str


@dataclass(frozen=True, slots=True)
class Injected:
    """The injected fault that made an attempt fail.

    Attributes:
        shown: the `fail(...)` as it was typed, and its line.
        after: whether the operation took effect before the error came.
    """

    shown: str
    after: bool

    def __repr__(self) -> str:
        return self.shown


@dataclass(slots=True, eq=False)
class Attempt(Comparable):
    """One request of a call: botocore may send several.

    Attributes:
        reply: the members of the reply; None when there was an error.
        error: the error that the service answered with.
        raised: the exception that came instead of a reply.
        waited: seconds that botocore wanted to wait before the next attempt; the wait is skipped.
        fault: the injected fault that made it fail; None if there was none.
        lost: the service's own error that the fault replaced.
    """

    reply: Mapping[str, Any] | None = None
    error: Error | None = None
    raised: BaseException | None = None
    waited: float = 0.0
    fault: Injected | None = field(default=None, compare=False, repr=False)
    lost: Error | None = field(default=None, compare=False, repr=False)
    _why: Why = field(default="", compare=False, repr=False)

    __hash__ = None  # type: ignore[assignment]

    @property
    def why(self) -> str:
        """Why the service refused, for the author of the test; the text is built when it is first read."""
        self._why = why = worded(self._why)
        return why

    @why.setter
    def why(self, why: Why) -> None:
        self._why = why

    def __copy__(self) -> Attempt:
        return records.copied(self, {}, frozenset(self.__slots__))

    def __deepcopy__(self, memo: dict[int, object]) -> Attempt:
        return records.copied(self, memo, records.KEPT)

    def __reduce__(self) -> tuple[object, ...]:
        replaced = {"raised": records.exception(self.raised), "_why": self.why}
        return records.reduced(self, {name: getattr(self, name) for name in self.__slots__} | replaced)

    def outcome(self) -> str:
        """The result in a few words: `ok`, with the challenge of a sign-in, or the name of the error or exception."""
        if self.error is not None:
            return self.error.code
        if self.raised is not None:
            return type(self.raised).__name__
        answered = "no answer yet" if self.reply is None else "ok"
        challenge = (self.reply or {}).get("ChallengeName")
        return f"{answered}, {challenge}" if challenge else answered


@dataclass(slots=True, eq=False)
class Call(Comparable):
    """One call as the application made it.

    Attributes:
        operation: the operation's name, as in the request; empty if the request names none.
        request: its parameters.
        pool_id: the id of the pool that the request named, directly or by an app client, token, ARN or domain; None for
            other calls.
        attempts: its attempts, one for each request that botocore sent.
        transitions: pairs of a username and the status change of that user.
        invocations: the triggers that it invoked.
        caused_by: the invocation whose function made the call; None for calls of the application itself.
        caller: the ARN of the identity that signed it; empty for operations that need no signature, and
            for a request that was refused before the identity was known.
        permission: the permission that it needs; None for the same calls.
        by_test: whether the test made it, with the client of the fixture `cognito_idp`.
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
    by_test: bool = field(default=False, compare=False, repr=False)
    # In seconds since the epoch.
    _at: float = field(default=0.0, compare=False, repr=False)
    # By username, the users of the transitions as people know them.
    _shown: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    __hash__ = None  # type: ignore[assignment]

    @property
    def reply(self) -> Mapping[str, Any] | None:
        """The members of the reply that the application got; None when it got an exception."""
        return self.attempts[-1].reply if self.attempts else None

    @property
    def error(self) -> Error | None:
        """The error of the service that the application got."""
        return self.attempts[-1].error if self.attempts else None

    @property
    def raised(self) -> BaseException | None:
        """The exception that the application got instead of a reply."""
        return self.attempts[-1].raised if self.attempts else None

    @property
    def why(self) -> str:
        """Why the call was refused; empty when it was not."""
        return self.attempts[-1].why if self.attempts else ""

    @property
    def at(self) -> datetime:
        """When the first request of the call arrived, in UTC, by the clock of the fake."""
        return moment(self._at)

    def outcome(self) -> str:
        """The result in a few words, with each status change; changes stay even after an error."""
        answered = self.attempts[-1].outcome() if self.attempts else "no answer yet"
        changes = (
            f", {self._shown.get(name) or repr(name)} {change.before} -> {change.after}"
            for name, change in self.transitions
        )
        return answered + "".join(changes)

    def signature(self) -> str:
        """The call as Python would write it; long values are shortened."""
        return signature(self)

    def __repr__(self) -> str:
        return f"<{self.signature()} -> {self.outcome()}>"


def signature(call: Call, hidden: frozenset[str] = frozenset(), longest: int | None = LONGEST) -> str:
    """The call as Python would write it, without the hidden parameters; longer values are shortened."""
    written = (f"{name}={shown(value, longest)}" for name, value in call.request.items() if name not in hidden)
    return f"{call.operation}({', '.join(written)})"


class Invocation(Generic[E_co]):
    """One invocation of a Lambda trigger.

    Attributes:
        source: its triggerSource, for example `PostConfirmation_ConfirmSignUp`.
        handler: the attached function, or a stand-in for one that raises, times out and so on; None if nothing was
            attached and nothing ran.
        call: the call that invoked it.
        calls: the calls that the function made while it ran, in order.
        error: what the function raised, with its traceback.
        why: what was wrong with its result, for the author of the test; empty if nothing was wrong.
        attempts: how often it was tried: 0 if nothing was attached, up to 3 if it timed out.
        duration: seconds it took, including those by which the clock was moved while it ran.
    """

    __slots__ = (
        "_answer", "_event", "_payload", "_sent", "attempts", "call", "calls", "duration", "error", "handler",
        "source", "why",
    )  # fmt: skip

    def __init__(
        self, source: str, payload: Mapping[str, Any], call: Call, handler: Callable[..., object] | None = None
    ) -> None:
        self.source = source
        self._sent = payload
        self._payload: Mapping[str, Any] | None = None
        self.call = call
        self.handler = handler
        self.calls: list[Call] = []
        self._answer: object = None
        self.error: BaseException | None = None
        self.why = ""
        self.attempts = 0
        self.duration = 0.0
        self._event: E_co | None = None

    @property
    def payload(self) -> Mapping[str, Any]:
        """The event as JSON, as it was sent; passwords in it are masked in its repr."""
        payload = self._payload
        if payload is None:
            payload = self._payload = sealed(self._sent)
        return payload

    @property
    def answer(self) -> object:
        """What the function returned, as JSON and masked like the payload; None if it returned nothing."""
        return sealed(self._answer)

    @answer.setter
    def answer(self, answer: object) -> None:
        self._answer = answer

    @property
    def handler_name(self) -> str:
        """The function's module and name; for a stand-in, the argument of `on`; empty if nothing was attached."""
        return "" if self.handler is None else named(self.handler)

    @property
    def event(self) -> E_co:
        """The event, typed; built when first looked at."""
        event = self._event
        if event is None:
            from pytest_cognito_pool._service.events.parsing import parse

            event = self._event = parse(self.payload)
        return event

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Invocation):
            return NotImplemented
        return self.payload == other.payload

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> Invocation[E_co]:
        return records.copied(self, {}, frozenset(self.__slots__))

    def __deepcopy__(self, memo: dict[int, object]) -> Invocation[E_co]:
        return records.copied(self, memo, records.KEPT)

    def __reduce__(self) -> tuple[object, ...]:
        replaced = {"handler": records.function(self.handler), "error": records.exception(self.error), "_event": None}
        return records.reduced(self, {name: getattr(self, name) for name in self.__slots__} | replaced)

    @property
    def _names(self) -> frozenset[str]:
        """The names of the user that the event is about: the username, the sub and the addresses."""
        attributes = self._attributes
        return frozenset({self._sent["userName"], *(attributes[name] for name in _NAMES if name in attributes)})

    @property
    def _attributes(self) -> Mapping[str, str]:
        return self._sent.get("request", {}).get("userAttributes") or {}

    def __repr__(self) -> str:
        username, attributes = self._sent["userName"], self._attributes
        return f"<{self.source} for {known_as(username, attributes.get('sub', ''), attributes)}>"


@dataclass(frozen=True, slots=True, eq=False)
class Message(Comparable):
    """A message to a user.

    Attributes:
        recipient: the e-mail address or phone number.
        medium: `EMAIL` or `SMS`.
        subject: the subject of an e-mail; empty for SMS.
        body: the text, including the code.
        code: the code in the body; in an invitation, the temporary password.
        occasion: why it was sent, as in the sources of CustomMessage: `SignUp`, `ResendCode`, `AdminCreateUser` or
            `UpdateUserAttribute`.
        username: the user it is for.
        at: when it was sent, in UTC, by the clock of the fake.
    """

    recipient: str
    medium: Literal["EMAIL", "SMS"]
    subject: str
    body: str
    code: str
    occasion: str
    username: str
    at: datetime = field(default=_UNKNOWN, compare=False)

    def __repr__(self) -> str:
        return f"<{self.medium} to {self.recipient!r} on {self.occasion}, code {self.code!r}>"


class Listener(Protocol):
    """Is notified of everything that happens in an account."""

    def pool_created(self, pool: Pool, /) -> None:
        """Called for each pool that a call creates."""

    def call_received(self, call: Call, /) -> None:
        """Called for each call at its first attempt, when its parameters are known."""

    def trigger_invoked(self, pool: Pool, invocation: Invocation[Any], /) -> None:
        """Called for each trigger invocation, before its function runs."""

    def message_sent(self, pool: Pool, message: Message, /) -> None:
        """Called for each message to a user."""

    def call_finished(self, call: Call, /) -> None:
        """Called for each call when the application gets its result."""


class Unheard:
    """A Listener that records nothing."""

    def pool_created(self, pool: Pool, /) -> None:
        """Record nothing."""

    def call_received(self, call: Call, /) -> None:
        """Record nothing."""

    def trigger_invoked(self, pool: Pool, invocation: Invocation[Any], /) -> None:
        """Record nothing."""

    def message_sent(self, pool: Pool, message: Message, /) -> None:
        """Record nothing."""

    def call_finished(self, call: Call, /) -> None:
        """Record nothing."""


class Interceptor(Protocol):
    """Is called with each valid request, and may answer it instead of the operation."""

    def answers(self, operation: str, /) -> bool:
        """Whether it may answer calls of the operation itself, so that the operation need not be simulated."""
        ...

    def intercept(
        self, call: Call, request: Mapping[str, Any], url: str, operate: Operate, /
    ) -> Mapping[str, Any] | None:
        """Return the result of `operate`, return another result, or raise an error.

        Args:
            call: the call; its last attempt is the one that is intercepted.
            request: the parameters, validated.
            url: the URL that the request was sent to.
            operate: performs the operation.

        Raises:
            ServiceError: to answer with an error of the service.
        """
        ...
