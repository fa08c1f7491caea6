"""Faults: the errors a test puts in the way of calls, and how they are spent."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_pool._api import lifetimes
from pytest_cognito_pool._api.errors import TruthError, UsageError, likeness
from pytest_cognito_pool._api.frames import raised_at
from pytest_cognito_pool._api.log import Log, listing, there_were
from pytest_cognito_pool._service import locks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType

    from typing_extensions import Self

    from pytest_cognito_pool._api.call_log import Call

    # Given the call and the URL it was sent to; anew for each attempt.
    Failure = Callable[[Call, str], BaseException]


class Given(NamedTuple):
    """What an author typed beside the operation and the error."""

    times: int | None = 1
    attempts: int | None = None
    after: bool = False
    message: str | None = None
    reason_code: str | None = None
    when: Callable[[Mapping[str, Any]], object] | None = None
    optional: bool = False


class Plan(NamedTuple):
    """A fault before it is armed.

    Attributes:
        pool_id: the pool whose calls fail; None for every call of the account.
        shown: the `fail(...)` as it was typed.
        where: the line it was typed in.
        remedy: what to type where it need not be spent.
    """

    operation: str
    failure: Failure
    given: Given
    pool_id: str | None
    shown: str
    where: str
    remedy: str = "give optional=True where it need not be spent"

    @property
    def limit(self) -> int | None:
        """For so many calls, or attempts; None for all."""
        return self.given.times if self.given.attempts is None else self.given.attempts


class Fault:
    """An error in the way of an operation's calls: what `fail` returns.

    It is a context manager: on leaving, what is left of it is taken away, and a fault that was not spent raises
    `TruthError`, unless an exception is on its way; then it is told when the test is over, if it passes.
    """

    def __init__(self, plan: Plan, faults: Faults) -> None:
        self._plan = plan
        self._faults = faults
        self._owner = lifetimes.owner()
        self._since: list[Call] = []
        self._hits = 0
        # By its id, each call with whether it was meant: it is asked about once, whatever its attempts.
        self._meant: dict[int, tuple[Call, bool]] = {}

    @property
    def operation(self) -> str:
        """The operation whose calls fail."""
        return self._plan.operation

    @property
    def hits(self) -> int:
        """How many calls it failed; with `attempts=` how many attempts."""
        return self._hits

    @property
    def left(self) -> int | None:
        """How many it is still going to fail; None where there is no limit."""
        return None if self._plan.limit is None else self._plan.limit - self._hits

    @property
    def after(self) -> bool:
        """Whether the operation takes effect before the error comes."""
        return self._plan.given.after

    @property
    def fails_whole_calls(self) -> bool:
        """Whether every attempt of a call fails that it met."""
        return self._plan.given.attempts is None

    def failure(self, call: Call, url: str) -> BaseException:
        """The error of one attempt."""
        return self._plan.failure(call, url)

    def ends_with(self, owner: lifetimes.Test | None) -> bool:
        """Whether it was armed by that test; without one, whether it was armed at all."""
        return owner is None or self._owner is owner

    def saw(self, call: Call) -> None:
        """Note a call made while it was armed."""
        self._since.append(call)

    def is_for(self, call: Call) -> bool:
        """Whether it is there for such a call; the author's `when` has a say."""
        plan = self._plan
        if call.operation != plan.operation or plan.pool_id not in {None, call.pool_id} or self.left == 0:
            return False
        when = plan.given.when
        if id(call) not in self._meant:
            self._meant[id(call)] = call, when is None or self._asked(when, call)
        return self._meant[id(call)][1]

    def _asked(self, when: Callable[[Mapping[str, Any]], object], call: Call) -> bool:
        """What `when` says; one that raises says no, and the test is told."""
        try:
            return bool(when(MappingProxyType(call.request)))
        except Exception as error:  # noqa: BLE001 - the application must not see what the author's code raises
            # Without its text, which may quote a password.
            self._faults.note(f"{self!r}: `when` raised {type(error).__name__} at {raised_at(error)}")
            return False

    def hit(self) -> bool:
        """Count one more, if there is one left; the caller holds the lock of all faults."""
        if self.left == 0:
            return False
        self._hits += 1
        return True

    @property
    def is_owed(self) -> bool:
        """Whether the test must not end yet."""
        return not self._plan.given.optional and (self._hits == 0 if self.left is None else self.left > 0)

    def unspent(self) -> str:
        """What was left, why, and what was called instead."""
        met = [call for call in self._since if self._failed(call)]
        others = [call for call in self._since if not self._failed(call)]
        others.sort(key=lambda call: -likeness(self.operation, call.operation))
        noun = "other call" if met else "call"
        heading = f"{self!r} {self._reached(met)}; {there_were(others, noun)}"
        return f"{listing(heading, [repr(call) for call in others])}\n{self._plan.remedy}"

    def _failed(self, call: Call) -> bool:
        return any(attempt.fault is self for attempt in call.attempts)

    def _reached(self, met: Sequence[Call]) -> str:
        if not met:
            declined = sum(not meant for _, meant in self._meant.values())
            return "was never reached" + (f", `when` said no to {declined}" if declined else "")
        if self.fails_whole_calls:
            return f"failed {self._hits} of {self._plan.limit} calls"
        made = ", ".join(f"{len(call.attempts)} of {call!r}" for call in met)
        return f"failed {self._hits} of {self._plan.limit} attempts: botocore gave up after {made}"

    def __enter__(self) -> Self:
        if self not in self._faults:
            raise UsageError(f"{self!r} was taken away when its block ended; call fail(...) again", typed=self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        self._faults.disarm(self)
        if kind is None:
            unspent = self._faults.told_of(self)
            if unspent:
                raise TruthError(faults=unspent)

    def __repr__(self) -> str:
        return f"{self._plan.shown} at {self._plan.where}"


class Faults(Log[Fault]):
    """The faults of an account that were not taken away, spent or not, in the order in which they are spent.

    Args:
        note: told what is to be said of predicates that raised.
    """

    __slots__ = ("_lock", "_untold", "note")

    def __init__(self, note: Callable[[str], None]) -> None:
        super().__init__()
        self._lock = locks.new()
        self._untold: list[Fault] = []
        self.note = note

    def _sliced(self, items: list[Fault]) -> Log[Fault]:  # type: ignore[override]
        """A plain log: nothing is armed in a part of them."""
        return Log(items)

    def arm(self, plan: Plan) -> Fault:
        """Put a fault in the way of calls from now on."""
        fault = Fault(plan, self)
        with self._lock:
            self._items.append(fault)
            self._untold.append(fault)
        return fault

    def disarm(self, fault: Fault) -> None:
        """Take what is left of a fault away."""
        with self._lock:
            self._items[:] = [each for each in self._items if each is not fault]

    def end(self, owner: lifetimes.Test | None) -> None:
        """Take away what a test armed; without one, every fault."""
        with self._lock:
            self._items[:] = [fault for fault in self._items if not fault.ends_with(owner)]

    def filed(self, call: Call) -> None:
        """Note a call that is made."""
        for fault in tuple(self._items):
            fault.saw(call)

    def has(self, operation: str) -> bool:
        """Whether any is for the operation."""
        return any(fault.operation == operation for fault in tuple(self))

    def met(self, call: Call) -> Fault | None:
        """The fault that the attempt of a call meets which was made last; it is counted."""
        if not self._items:
            return None
        before = call.attempts[-2].fault if len(call.attempts) > 1 else None
        if before is not None and before.fails_whole_calls:
            return before
        # No lock is held while an author's `when` is asked.
        for fault in tuple(self):
            if fault.is_for(call):
                with self._lock:
                    if fault.hit():
                        return fault
        return None

    def told(self, owner: lifetimes.Test | None) -> list[str]:
        """What is to be said of what a test armed and never spent, each once; without one, of every fault."""
        return self._told(fault for fault in tuple(self._untold) if fault.ends_with(owner))

    def told_of(self, fault: Fault) -> list[str]:
        """What is to be said of one fault, if it was not said before."""
        return self._told([fault])

    def _told(self, faults: Iterable[Fault]) -> list[str]:
        asked = set(faults)
        with self._lock:
            ready = [fault for fault in self._untold if fault in asked]
            self._untold[:] = [fault for fault in self._untold if fault not in asked]
        return [fault.unspent() for fault in ready if fault.is_owed]
