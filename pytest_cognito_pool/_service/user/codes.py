"""Confirmation codes, and how often they may be tried or asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.users import (
    ATTEMPT_LIMIT,
    CODE_EXPIRED,
    CODE_MISMATCH,
    TOO_MANY_FAILED_ATTEMPTS,
)
from pytest_cognito_pool._service.protocol import model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.user.user import User

# Documented: quotas of the developer guide; the attempts are those of one user within an hour.
LIFETIME: Final = 24 * 3600.0
ATTEMPTS: Final[Mapping[str, int]] = {"ConfirmSignUp": 15, "ResendConfirmationCode": 5}
_HOUR: Final = 3600.0


class Code(NamedTuple):
    """A code that was sent.

    Attributes:
        text: six digits.
        attribute: the attribute that its address is.
        address: where it went.
        expires: when it does, in seconds since the epoch.
    """

    text: str
    attribute: str
    address: str
    expires: float


class Codes:
    """The code of each user of one pool that confirms her sign-up; the caller holds the pool's lock."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}
        # Times of the last hour, by user and operation.
        self._attempts: dict[tuple[str, str], tuple[float, ...]] = {}
        self._refused: dict[tuple[str, str], tuple[float, ...]] = {}

    def give(self, user: User, attribute: str, at: float) -> str:
        """A new code for the user, in place of any she has."""
        before = self._codes.get(user.sub)
        text = ids.code()
        # Else one test in a million would find that a replaced code is good.
        while before is not None and text == before.text:
            text = ids.code()
        self._codes[user.sub] = Code(text, attribute, user.attributes[attribute], at + LIFETIME)
        return text

    def check(self, user: User, typed: str, at: float) -> Code:
        """The user's code, if that is what was typed.

        Raises:
            ServiceError: ExpiredCodeException, when she has none or it is too old; CodeMismatchException.
        """
        code = self._codes.get(user.sub)
        if code is None:
            raise CODE_EXPIRED(f"{user.username!r} was sent no code")
        if code.expires < at:
            raise CODE_EXPIRED(f"the code of {user.username!r} expired {at - code.expires:.0f} s ago")
        if code.text != typed:
            raise CODE_MISMATCH(f"the code last sent to {user.username!r} is {code.text!r}")
        return code

    def forget(self, user: User, *, attempts: bool = False) -> None:
        """Let the user have no code any more; with `attempts` forget these too, as when she is deleted."""
        self._codes.pop(user.sub, None)
        for operation in ATTEMPTS if attempts else ():
            self._attempts.pop((user.sub, operation), None)
            self._refused.pop((user.sub, operation), None)

    def attempt(self, user: User, operation: str, at: float) -> None:
        """Count an attempt of the user's.

        Raises:
            ServiceError: LimitExceededException, for more than the operation allows within an hour;
                TooManyFailedAttemptsException, once as many more were refused for that.
        """
        most, key = ATTEMPTS[operation], (user.sub, operation)
        recent = _within_an_hour(self._attempts.get(key, ()), at)
        if len(recent) < most:
            self._attempts[key] = (*recent, at)
            return
        refused = _within_an_hour(self._refused.get(key, ()), at)
        # Inferred: no source says when it comes, only the model for which operations.
        declared = TOO_MANY_FAILED_ATTEMPTS.code in model.errors(operation)
        if declared and len(refused) >= most:
            raise TOO_MANY_FAILED_ATTEMPTS(f"{most} more were refused within an hour for {user.username!r}")
        self._refused[key] = (*refused, at)
        raise ATTEMPT_LIMIT(f"{most} times within an hour for {user.username!r}")


def _within_an_hour(times: tuple[float, ...], at: float) -> tuple[float, ...]:
    """The times without those that are past."""
    return tuple(time for time in times if time > at - _HOUR)
