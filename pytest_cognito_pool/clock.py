"""The time of the fake: the only module that reads the machine's."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import Final

from pytest_cognito_pool.errors import UsageError

# In a tuple, where freezegun does not look for functions to replace: real seconds while the clock stands.
_REAL: Final = (time.perf_counter,)
# Seconds by which two clocks of a machine may run apart while a function runs.
_JITTER: Final = 0.5


class Clock:
    """The time of an account: the machine's, moved on by as much as a test says.

    It follows time-machine and freezegun, and needs neither.

    Example:
        >>> before = cognito.clock.now()
        >>> cognito.clock.advance(hours=25)
        >>> (cognito.clock.now() - before).days
        1
    """

    __slots__ = ("_ahead",)

    def __init__(self) -> None:
        self._ahead = 0.0

    def time(self) -> float:
        """Seconds since the epoch, to the millisecond, as Cognito stores its dates."""
        return round(time.time() + self._ahead, 3)

    def now(self) -> datetime:
        """The time, in UTC."""
        return moment(self.time())

    def advance(  # noqa: PLR0913 - what a timedelta takes
        self,
        by: timedelta | None = None,
        /,
        *,
        weeks: float = 0,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
    ) -> None:
        """Move on by that much; the clock goes on running.

        Args:
            by: a timedelta, in place of or beside the others.
            weeks: seven days each.
            days: 24 hours each.
            hours: 60 minutes each.
            minutes: 60 seconds each.
            seconds: fractions too.

        Raises:
            UsageError: when that is no step forward.
        """
        step = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        if not isinstance(by, (timedelta, type(None))):
            raise UsageError(f"the clock advances by a timedelta or by name, not by {by!r}; try hours=25", typed=by)
        step += by or timedelta()
        if step <= timedelta():
            raise UsageError(f"the clock advances forward, not by {step}; move_to(...) goes anywhere", typed=step)
        self._ahead += step.total_seconds()

    def move_to(self, when: datetime) -> None:
        """Go to a moment, later or earlier; the clock goes on running from there.

        Raises:
            UsageError: for anything but a datetime with a time zone.
        """
        if not isinstance(when, datetime):
            raise UsageError(f"the clock moves to a datetime, not to {when!r}", typed=when)
        if when.tzinfo is None:
            raise UsageError(f"{when!r} has no time zone; give it one: tzinfo=timezone.utc", typed=when)
        self._ahead = when.timestamp() - time.time()

    def __repr__(self) -> str:
        return f"<Clock {self.now().isoformat()}>"


class Stopwatch:
    """What passed since it was made: by itself, and because an account's clock was moved."""

    __slots__ = ("_clock", "_real", "_time")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._time = clock.time()
        self._real = _REAL[0]()

    @property
    def elapsed(self) -> float:
        """Seconds that passed either way."""
        return max(0.0, _REAL[0]() - self._real) + self.moved

    @property
    def moved(self) -> float:
        """Seconds by which the clock was moved on, whoever moved it; a breakpoint moves no clock."""
        passed = self._clock.time() - self._time
        moved = passed - (_REAL[0]() - self._real)
        # A clock that stands, and was moved or not, falls behind the real one.
        return moved if moved > _JITTER else max(0.0, passed) if moved < -_JITTER else 0.0


def moment(seconds: float) -> datetime:
    """The aware UTC datetime of `seconds` since the epoch."""
    return datetime.fromtimestamp(seconds, tz=timezone.utc)
