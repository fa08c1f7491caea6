"""The time of the fake: the only module that reads the machine's."""

from __future__ import annotations

import time
from datetime import datetime, timezone


def now() -> float:
    """Seconds since the epoch, to the millisecond, as Cognito stores its dates."""
    return round(time.time(), 3)


def moment(seconds: float) -> datetime:
    """The aware UTC datetime of `seconds` since the epoch."""
    return datetime.fromtimestamp(seconds, tz=timezone.utc)
