"""The public clock of an account, which a test can move."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._service.clock import moment

if TYPE_CHECKING:
    from pytest_cognito_pool._service import clock

# Seconds: more than ten years, the longest validity of a refresh token.
_LONGEST_LIFETIME: Final = 3660 * 86400.0


class Clock:
    """The time of an account: the machine's time plus the time by which a test moved it.

    It respects time-machine and freezegun but does not require them.

    Examples:
        >>> before = cognito.clock.now()
        >>> cognito.clock.advance(hours=25)
        >>> (cognito.clock.now() - before).days
        1
    """

    __slots__ = ("_clock",)

    def __init__(self, clock: clock.Clock) -> None:
        self._clock = clock

    @property
    def ahead(self) -> float:
        """How many seconds it is ahead of the machine's clock."""
        return self._clock.ahead

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._clock.now()

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
        """Move the clock forward; it keeps running.

        Args:
            by: a timedelta; the other arguments are added to it.
            weeks: seven days each.
            days: 24 hours each.
            hours: 60 minutes each.
            minutes: 60 seconds each.
            seconds: fractions too.

        Raises:
            UsageError: if the step is not positive.
        """
        if not isinstance(by, (timedelta, type(None))):
            raise UsageError(f"advance() takes a timedelta or named amounts, not {by!r}; try hours=25", typed=by)
        named = {"weeks": weeks, "days": days, "hours": hours, "minutes": minutes, "seconds": seconds}
        try:
            step = timedelta(**named) + (by or timedelta())
            # Later expiry dates must be representable as datetimes too.
            moment(self._clock.time() + step.total_seconds() + _LONGEST_LIFETIME)
        except (TypeError, ValueError, OverflowError) as error:
            given = ", ".join(f"{name}={value!r}" for name, value in named.items() if value)
            raise UsageError(f"the clock cannot advance by {given or by}: {error}", typed=by or named) from None
        if step <= timedelta():
            raise UsageError(f"advance() needs a positive step, got {step}; use move_to(...) to go back", typed=step)
        self._clock.advance(step.total_seconds())

    def move_to(self, when: datetime) -> None:
        """Set the clock to a moment, later or earlier; it keeps running from there.

        Raises:
            UsageError: for anything but a datetime with a time zone, and for a moment at the end of the calendar.
        """
        if not isinstance(when, datetime):
            raise UsageError(f"move_to() takes a datetime, not {when!r}", typed=when)
        if when.tzinfo is None:
            raise UsageError(f"{when!r} has no time zone; give it one: tzinfo=timezone.utc", typed=when)
        try:
            moment(when.timestamp() + _LONGEST_LIFETIME)
        except (ValueError, OverflowError):
            message = f"the clock cannot move to {when}: later expiry dates would be out of range"
            raise UsageError(message, typed=when) from None
        self._clock.move_to(when.timestamp())

    def __repr__(self) -> str:
        return f"<Clock {self.now().isoformat()}>"
