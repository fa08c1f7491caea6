"""Faults: the errors a test puts in the way of calls, and how they are spent."""

from __future__ import annotations

import threading
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_pool.errors import TruthError, UsageError, likeness
from pytest_cognito_pool.log import Log, listing, there_were
from pytest_cognito_pool.tracebacks import raised_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from typing_extensions import Self

    from pytest_cognito_pool.calls import Call

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

    def __init__(self, plan: Plan, faults: Faults, calls: Sequence[Call]) -> None:
        self._plan = plan
        self._faults = faults
        self._calls = calls
        self._first = len(calls)
        self._hits = 0
        # By its id, whether each call was meant: a call is asked about once, whatever its attempts.
        self._meant: dict[int, bool] = {}

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

    def is_for(self, call: Call) -> bool:
        """Whether it is there for such a call; the author's `when` has a say.

        Raises:
            UsageError: where `when` raises.
        """
        plan = self._plan
        if call.operation != plan.operation or plan.pool_id not in {None, call.pool_id} or self.left == 0:
            return False
        when = plan.given.when
        if id(call) not in self._meant:
            self._meant[id(call)] = when is None or self._asked(when, call)
        return self._meant[id(call)]

    def _asked(self, when: Callable[[Mapping[str, Any]], object], call: Call) -> bool:
        try:
            return bool(when(MappingProxyType(call.request)))
        except Exception as error:
            # Its text may quote a password.
            message = f"{self!r}: `when` raised {type(error).__name__} at {raised_at(error)}"
            raise UsageError(message, typed=when) from error

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
        since = self._calls[self._first :]
        met = [call for call in since if self._failed(call)]
        others = [call for call in since if not self._failed(call)]
        others.sort(key=lambda call: -likeness(self.operation, call.operation))
        noun = "other call" if met else "call"
        heading = f"{self!r} {self._reached(met)}; {there_were(others, noun)}"
        return f"{listing(heading, [repr(call) for call in others])}\n{self._plan.remedy}"

    def _failed(self, call: Call) -> bool:
        return any(attempt.fault is self for attempt in call.attempts)

    def _reached(self, met: Sequence[Call]) -> str:
        if not met:
            declined = sum(not meant for meant in self._meant.values())
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
            unspent = self._faults.told([self])
            if unspent:
                raise TruthError(faults=unspent)

    def __repr__(self) -> str:
        return f"{self._plan.shown} at {self._plan.where}"


class Faults(Log[Fault]):
    """The faults of an account that were not taken away, spent or not, in the order in which they are spent.

    Args:
        calls: where the account's calls are filed.
    """

    __slots__ = ("_calls", "_lock", "_untold")

    def __init__(self, calls: Sequence[Call]) -> None:
        super().__init__()
        self._calls = calls
        self._lock = threading.Lock()
        self._untold: list[Fault] = []

    def arm(self, plan: Plan) -> Fault:
        """Put a fault in the way of calls from now on."""
        fault = Fault(plan, self, self._calls)
        with self._lock:
            self._items.append(fault)
            self._untold.append(fault)
        return fault

    def disarm(self, fault: Fault | None = None) -> None:
        """Take what is left of a fault away; of every fault when it is omitted."""
        with self._lock:
            self._items[:] = [each for each in self._items if fault is not None and each is not fault]

    def has(self, operation: str) -> bool:
        """Whether any is for the operation."""
        return any(fault.operation == operation for fault in tuple(self))

    def met(self, call: Call) -> Fault | None:
        """The fault that the attempt of a call meets which was made last; it is counted.

        Raises:
            UsageError: where the author's own predicate raises.
        """
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

    def told(self, faults: Sequence[Fault] | None = None) -> list[str]:
        """What is to be said of those that were not spent, each once; of all faults when they are omitted."""
        with self._lock:
            asked = [fault for fault in self._untold if faults is None or fault in faults]
            self._untold = [fault for fault in self._untold if fault not in asked]
        return [fault.unspent() for fault in asked if fault.is_owed]
