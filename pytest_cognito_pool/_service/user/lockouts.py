"""Users who may not try passwords for a while, as they tried too many wrong ones."""

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


class _Failures(NamedTuple):
    times: int
    last: float

    @property
    def until(self) -> float:
        """When the next attempt is judged."""
        return self.last + min(2.0 ** (self.times - _FREE), _LONGEST) if self.times >= _FREE else self.last


class Lockouts:
    """The failed password attempts of the users of one pool; the caller holds the pool's lock."""

    def __init__(self) -> None:
        self._failures: dict[str, _Failures] = {}

    def check(self, user: User, at: float) -> None:
        """Refuse an attempt while the user is locked out; it does not count.

        Raises:
            ServiceError: NotAuthorizedException.
        """
        locked = self.remaining(user, at)
        if locked:
            times = self._failures[user.sub].times
            raise PASSWORD_ATTEMPTS_EXCEEDED(
                f"{user.username!r} failed {times} times; locked out for {locked:g} s more"
            )

    def remaining(self, user: User, at: float) -> float:
        """For how many more seconds the user is locked out; 0 where they are not."""
        failures = self._failures.get(user.sub)
        return 0.0 if failures is None else round(max(0.0, failures.until - at), 3)

    def failed(self, user: User, at: float) -> None:
        """Count a wrong password."""
        before = self._failures.get(user.sub)
        times = 0 if before is None or at - before.last >= _LONGEST else before.times
        self._failures[user.sub] = _Failures(times + 1, at)

    def succeeded(self, user: User) -> None:
        """Forget the failures of the user."""
        self._failures.pop(user.sub, None)

    def saved(self) -> Callable[[], None]:
        """A function that restores the failures of this moment."""
        return saved(self, "_failures")
