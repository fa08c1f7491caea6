"""Faults: the errors a test puts in the way of calls, and how they are spent."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_pool.errors import TruthError, UsageError, likeness
from pytest_cognito_pool.log import listing, there_were

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from typing_extensions import Self

    from pytest_cognito_pool.calls import Call

    # Given the call and the URL it was sent to; anew for each attempt.
    Failure = Callable[[Call, str], BaseException]


class Extent(NamedTuple):
    """How much of an operation's calls a fault is for.

    Attributes:
        limit: so many calls, or attempts; None for all.
        attempts: whether attempts are counted, and not calls.
    """

    limit: int | None
    attempts: bool

    def reached(self, hits: int) -> str:
        """How much of it there was."""
        if not hits:
            return "was never reached"
        return f"failed {hits} of {self.limit} {'attempts' if self.attempts else 'calls'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an author asked for with `fail`.

    Attributes:
        pool_id: the pool whose calls fail; None for every call of the account.
        shown: the `fail(...)` as it was typed.
        where: the line it was typed in.
    """

    operation: str
    failure: Failure
    extent: Extent
    pool_id: str | None
    after: bool
    when: Callable[[Mapping[str, Any]], object] | None
    optional: bool
    shown: str
    where: str


class Fault:
    """An error in the way of an operation's calls: what `fail` returns.

    It is a context manager: on leaving, what is left of it is taken away, and a fault that was not spent raises
    `TruthError` unless an exception is on its way.
    """

    def __init__(self, plan: Plan, faults: Faults, calls: Sequence[Call]) -> None:
        self._plan = plan
        self._faults = faults
        self._calls = calls
        self._first = len(calls)
        self._last_hit: Call | None = None
        self._declined = 0
        self._hits = 0

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
        limit = self._plan.extent.limit
        return None if limit is None else limit - self._hits

    @property
    def after(self) -> bool:
        """Whether the operation takes effect before the error comes."""
        return self._plan.after

    @property
    def fails_whole_calls(self) -> bool:
        """Whether every attempt of a call fails that it met."""
        return not self._plan.extent.attempts

    def failure(self, call: Call, url: str) -> BaseException:
        """The error of one attempt."""
        return self._plan.failure(call, url)

    def concerns(self, call: Call) -> bool:
        """Whether the call is one that was meant; the author's `when` has a say.

        Raises:
            UsageError: where `when` raises.
        """
        plan = self._plan
        if call.operation != plan.operation or plan.pool_id not in {None, call.pool_id} or self.left == 0:
            return False
        try:
            meant = plan.when is None or bool(plan.when(call.request))
        except Exception as error:
            raise UsageError(f"{self!r}: `when` raised {error!r}", typed=plan.when) from error
        self._declined += not meant
        return meant

    def hit(self, call: Call) -> bool:
        """Count one more, if there is one left; the caller holds the lock of all faults."""
        if self.left == 0:
            return False
        self._hits += 1
        self._last_hit = call
        return True

    @property
    def is_spent(self) -> bool:
        """Whether it failed all it was meant to."""
        return self._plan.optional or (self._hits > 0 if self.left is None else self.left == 0)

    def unspent(self) -> str:
        """What was left, why, and what was called instead."""
        calls = [call for call in self._calls[self._first :] if call is not self._last_hit]
        calls.sort(key=lambda call: -likeness(self.operation, call.operation))
        heading = f"{self!r} {self._plan.extent.reached(self._hits)}{self._why_unspent()}"
        noun = "other call" if self._hits else "call"
        return listing(f"{heading}; {there_were(calls, noun)}", [repr(call) for call in calls])

    def _why_unspent(self) -> str:
        if self._last_hit is not None and self._plan.extent.attempts:
            made = len(self._last_hit.attempts)
            return f": botocore gave up after {made} attempt{'s' * (made != 1)} of {self._last_hit!r}"
        return f", `when` said no to {self._declined}" if self._declined else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        is_told = self._faults.disarm(self)
        if kind is None and not self.is_spent and not is_told:
            raise TruthError(faults=[self.unspent()])

    def __repr__(self) -> str:
        return f"{self._plan.shown} at {self._plan.where}"


class Faults:
    """The faults of an account, in the order in which they were armed; they are spent in that order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed: list[Fault] = []
        self._untold: list[Fault] = []

    def arm(self, plan: Plan, calls: Sequence[Call]) -> Fault:
        """Put a fault in the way of calls from now on.

        Args:
            plan: what was asked for.
            calls: where the calls are filed that it may meet.
        """
        fault = Fault(plan, self, calls)
        with self._lock:
            self._armed.append(fault)
            self._untold.append(fault)
        return fault

    def disarm(self, fault: Fault) -> bool:
        """Take what is left of a fault away.

        Returns:
            Whether the author was told already that it was not spent.
        """
        with self._lock:
            self._armed = [each for each in self._armed if each is not fault]
            is_told = fault not in self._untold
            self._untold = [each for each in self._untold if each is not fault]
        return is_told

    def has(self, operation: str) -> bool:
        """Whether calls of the operation may still fail."""
        return any(fault.operation == operation for fault in self.armed())

    def met(self, call: Call) -> Fault | None:
        """The fault that the attempt of a call meets which was made last; it is counted.

        Raises:
            UsageError: where the author's own predicate raises.
        """
        if not self._armed:
            return None
        before = call.attempts[-2].fault if len(call.attempts) > 1 else None
        if before is not None and before.fails_whole_calls:
            return before
        for fault in self.armed():
            if fault.concerns(call):
                with self._lock:
                    if fault.hit(call):
                        return fault
        return None

    def armed(self) -> list[Fault]:
        """Those that were not taken away, in the order in which they are spent."""
        return list(self._armed)

    def unspent(self) -> list[str]:
        """What is to be said of faults that were not spent, and nobody was told yet."""
        with self._lock:
            untold, self._untold = self._untold, []
        return [fault.unspent() for fault in untold if not fault.is_spent]
