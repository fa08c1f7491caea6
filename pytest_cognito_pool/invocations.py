"""The invocations of Lambda triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, overload

from pytest_cognito_pool.errors import UsageError
from pytest_cognito_pool.log import Log, listing, there_were
from pytest_cognito_pool.triggers import TRIGGER_OF, sources_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from pytest_cognito_pool.calls import Call
    from pytest_cognito_pool.events.parts import TriggerEvent

E_co = TypeVar("E_co", bound="TriggerEvent", covariant=True)
E = TypeVar("E", bound="TriggerEvent")


class Invocation(Generic[E_co]):
    """One invocation of a Lambda trigger.

    Attributes:
        source: its triggerSource, for instance `PostConfirmation_ConfirmSignUp`.
        payload: the event as JSON, as it was sent.
        handler: what was attached: the function itself, or what stands for one that raises, times out and so on;
            None where nothing was attached and nothing ran.
        call: the call that invoked it.
        calls: the calls the function made while it ran, in order.
        answer: what the function returned, as JSON; None when it returned none.
        error: what the function raised, with its traceback.
        why: what was wrong with the end of it, for the author of the test; empty when nothing was.
        attempts: how often it was tried: 0 where nothing was attached, up to 3 where it timed out.
        is_running: whether its function runs at this moment.
        duration: seconds it took, those by which the clock was moved meanwhile among them.
    """

    __slots__ = (
        "_event", "answer", "attempts", "call", "calls", "duration", "error", "handler", "is_running", "payload",
        "source", "why",
    )  # fmt: skip

    def __init__(
        self, source: str, payload: Mapping[str, Any], call: Call, handler: Callable[..., object] | None = None
    ) -> None:
        self.source = source
        self.payload = payload
        self.call = call
        self.handler = handler
        self.calls: list[Call] = []
        self.answer: object = None
        self.error: BaseException | None = None
        self.why = ""
        self.attempts = 0
        self.is_running = False
        self.duration = 0.0
        self._event: E_co | None = None

    @property
    def handler_name(self) -> str:
        """The function's module and name; of what stands for one, how it was given; empty without."""
        return "" if self.handler is None else named(self.handler)

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
            raise AssertionError(listing(headline, [repr(invocation) for invocation in found]))
        headline = f"no invocation of {asked}; {there_were(self, 'invocation')}"
        raise AssertionError(listing(headline, [repr(invocation) for invocation in self]))


def named(handler: Callable[..., object]) -> str:
    """The function's module and qualified name; its repr where it has none."""
    name = getattr(handler, "__qualname__", None)
    return repr(handler) if name is None else f"{handler.__module__}.{name}"


def _sources(kind: type[TriggerEvent] | str) -> frozenset[str]:
    if isinstance(kind, str):
        return frozenset(sources_of(kind))
    from pytest_cognito_pool.events.parts import TriggerEvent

    if not (isinstance(kind, type) and issubclass(kind, TriggerEvent)):
        raise UsageError(f"{kind!r} is neither a trigger, nor a trigger source, nor an event model", typed=kind)
    return frozenset(kind.sources) or frozenset(TRIGGER_OF)
