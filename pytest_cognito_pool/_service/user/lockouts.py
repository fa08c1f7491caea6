"""Users who may not try passwords for a while after too many wrong ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service.errors.sign_in import PASSWORD_ATTEMPTS_EXCEEDED
from pytest_cognito_pool._service.records import saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_cognito_pool._service.user.user import User

# Documented: after five failures each lock is twice as long as the one before, up to about 15 minutes; the failures
# are forgotten by a success after the lock, or by 15 minutes without an attempt.
_FREE: Final = 5
_LONGEST: Final = 900.0
_QUIET: Final = 900.0


class _Failures(NamedTuple):
    """The failures of a user.

    Attributes:
        times: how many there were.
        failed: the time of the last one, in seconds since the epoch.
        tried: the time of the last attempt, including attempts during a lock.
    """

    times: int
    failed: float
    tried: float

    @property
    def until(self) -> float:
        """When the next attempt is allowed."""
        over = self.times - _FREE
        # The inner bound is needed: a large power is not a float.
        return self.failed + (min(2.0 ** min(over, 10), _LONGEST) if over >= 0 else 0.0)


class Lockouts:
    """The failed password attempts of the users of one pool; the caller holds the pool's lock."""

    def __init__(self) -> None:
        self._failures: dict[str, _Failures] = {}

    def check(self, user: User, at: float) -> None:
        """Refuse an attempt while the user is locked out; it does not count as a failure.

        Raises:
            ServiceError: NotAuthorizedException.
        """
        locked = self.remaining(user, at)
        if locked:
            failures = self._failures[user.sub] = self._failures[user.sub]._replace(tried=at)
            why = f"{user.shown} failed {failures.times} times; locked out for {locked:g} s more"
            raise PASSWORD_ATTEMPTS_EXCEEDED(why)

    def remaining(self, user: User, at: float) -> float:
        """For how many more seconds the user is locked out; 0 if they are not."""
        failures = self._failures.get(user.sub)
        return 0.0 if failures is None else round(max(0.0, failures.until - at), 3)

    def failed(self, user: User, at: float) -> None:
        """Count a wrong password."""
        before = self._failures.get(user.sub)
        times = 0 if before is None or at - before.tried >= _QUIET else before.times
        self._failures[user.sub] = _Failures(times + 1, at, at)

    def forget(self, user: User) -> None:
        """Forget the failures of a user: they signed in, or were deleted."""
        self._failures.pop(user.sub, None)

    def saved(self) -> Callable[[], None]:
        """A function that restores the failures of this moment."""
        return saved(self, "_failures")
