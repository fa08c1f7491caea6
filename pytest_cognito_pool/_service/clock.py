"""The time of the fake: the only module that reads the machine's."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta, timezone
from typing import Final

from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._service import locks

# Seconds by which two clocks of a machine may run apart while a function runs.
_JITTER: Final = 0.5
# Seconds: ten years, which a refresh token may last.
_LONGEST_LIFETIME: Final = 3660 * 86400.0


class Clock:
    """The time of an account: the machine's, moved on by as much as a test says.

    It follows time-machine and freezegun, and needs neither.

    Attributes:
        ahead: seconds by which it is ahead of the machine's.

    Example:
        >>> before = cognito.clock.now()
        >>> cognito.clock.advance(hours=25)
        >>> (cognito.clock.now() - before).days
        1
    """

    __slots__ = ("_lock", "ahead")

    def __init__(self) -> None:
        self._lock = locks.new()
        self.ahead = 0.0

    def time(self) -> float:
        """Seconds since the epoch, to the millisecond, as Cognito stores its dates."""
        return round(time.time() + self.ahead, 3)

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
        if not isinstance(by, (timedelta, type(None))):
            raise UsageError(f"the clock advances by a timedelta or by name, not by {by!r}; try hours=25", typed=by)
        named = {"weeks": weeks, "days": days, "hours": hours, "minutes": minutes, "seconds": seconds}
        try:
            step = timedelta(**named) + (by or timedelta())
            # There must be a date for it, and for what expires.
            moment(self.time() + step.total_seconds() + _LONGEST_LIFETIME)
        except (TypeError, ValueError, OverflowError) as error:
            given = ", ".join(f"{name}={value!r}" for name, value in named.items() if value)
            raise UsageError(f"the clock cannot advance by {given or by}: {error}", typed=by or named) from None
        if step <= timedelta():
            raise UsageError(f"the clock advances forward, not by {step}; move_to(...) goes anywhere", typed=step)
        with self._lock:
            self.ahead += step.total_seconds()

    def move_to(self, when: datetime) -> None:
        """Go to a moment, later or earlier; the clock goes on running from there.

        Raises:
            UsageError: for anything but a datetime with a time zone, and for one at the end of the calendar.
        """
        if not isinstance(when, datetime):
            raise UsageError(f"the clock moves to a datetime, not to {when!r}", typed=when)
        if when.tzinfo is None:
            raise UsageError(f"{when!r} has no time zone; give it one: tzinfo=timezone.utc", typed=when)
        try:
            moment(when.timestamp() + _LONGEST_LIFETIME)
        except (ValueError, OverflowError):
            raise UsageError(
                f"the clock cannot move to {when}: what expires later would have no date", typed=when
            ) from None
        with self._lock:
            self.ahead = when.timestamp() - time.time()

    def __repr__(self) -> str:
        return f"<Clock {self.now().isoformat()}>"


class Stopwatch:
    """What passed since it was made: by itself, and because an account's clock was moved."""

    __slots__ = ("_ahead", "_clock", "_machine", "_real")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = clock.ahead
        self._machine = time.time()
        self._real = _real_seconds()

    @property
    def elapsed(self) -> float:
        """Seconds that passed either way."""
        return max(0.0, _real_seconds() - self._real) + self.moved

    @property
    def moved(self) -> float:
        """Seconds by which the clock was moved on, whoever moved it; a breakpoint moves no clock."""
        own = max(0.0, self._clock.ahead - self._ahead)
        passed = time.time() - self._machine
        drift = passed - (_real_seconds() - self._real)
        if abs(drift) < _JITTER:
            return own
        # A machine's clock that another library moved; one that stands falls behind the real one.
        return own + (drift if drift > 0 else max(0.0, passed))


def _real_seconds() -> float:
    """Seconds that no library stops or moves."""
    freezegun = sys.modules.get("freezegun.api")
    return float(getattr(freezegun, "real_perf_counter", time.perf_counter)())


def moment(seconds: float) -> datetime:
    """The aware UTC datetime of `seconds` since the epoch."""
    return datetime.fromtimestamp(seconds, tz=timezone.utc)
