"""The clock of the fake; no other module reads the machine's clock."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timezone
from typing import Final

from pytest_cognito_pool._service import locks

# Seconds by which two clocks of a machine may run apart while a function runs.
_JITTER: Final = 0.5


class Clock:
    """The clock of an account: the machine's clock, moved by the test.

    Attributes:
        ahead: seconds by which it is ahead of the machine's clock.
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

    def advance(self, seconds: float) -> None:
        """Move the clock by this number of seconds."""
        with self._lock:
            self.ahead += seconds

    def move_to(self, seconds: float) -> None:
        """Set the clock to a time, in seconds since the epoch."""
        with self._lock:
            self.ahead = seconds - time.time()


class Stopwatch:
    """The time since it was created: real time, plus the time by which an account's clock was moved."""

    __slots__ = ("_ahead", "_clock", "_machine", "_real")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = clock.ahead
        self._machine = time.time()
        self._real = _real_seconds()

    @property
    def elapsed(self) -> float:
        """The real seconds that passed, plus the seconds by which the clock was moved."""
        return max(0.0, _real_seconds() - self._real) + self.moved

    @property
    def moved(self) -> float:
        """Seconds by which the clock was moved, by the test or a library; a breakpoint does not move it."""
        own = max(0.0, self._clock.ahead - self._ahead)
        passed = time.time() - self._machine
        drift = passed - (_real_seconds() - self._real)
        if abs(drift) < _JITTER:
            return own
        # Another library moved the machine's clock; a stopped clock falls behind the real one.
        return own + (drift if drift > 0 else max(0.0, passed))


def _real_seconds() -> float:
    """Seconds of a clock that no library stops or moves."""
    freezegun = sys.modules.get("freezegun.api")
    return float(getattr(freezegun, "real_perf_counter", time.perf_counter)())


def moment(seconds: float) -> datetime:
    """The aware UTC datetime of `seconds` since the epoch."""
    return datetime.fromtimestamp(seconds, tz=timezone.utc)


def digits(seconds: float) -> str:
    """The UTC time as 14 digits, for versions of domains and style sheets: `20190128175402`."""
    return f"{moment(seconds):%Y%m%d%H%M%S}"
