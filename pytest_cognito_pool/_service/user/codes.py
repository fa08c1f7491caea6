"""Codes that were sent to users, and how often they may be tried or asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.users import (
    ATTEMPT_LIMIT,
    CODE_EXPIRED,
    CODE_MISMATCH,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.user.user import User

# The purposes of codes; a user may have one code for each.
SIGN_UP: Final = "SignUp"
RESET: Final = "ForgotPassword"
_HOUR: Final = 3600.0
# Documented: quotas of the developer guide; attempts are counted per user, within an hour.
LIFETIME: Final = 24 * _HOUR
_RESET_LIFETIME: Final = _HOUR
ATTEMPTS: Final[Mapping[str, int]] = {
    "ChangePassword": 5,
    "ConfirmSignUp": 15,
    "ForgotPassword": 20,
    "ResendConfirmationCode": 5,
    "VerifyUserAttribute": 15,
}
# Documented: asking for a code to reset a password and entering it count together, 5 to 20 times depending on the risk.
_COUNTED_AS: Final[Mapping[str, str]] = {"ConfirmForgotPassword": "ForgotPassword"}


def verification(attribute: str) -> str:
    """The purpose of a code that verifies a new address of a user."""
    return f"VerifyUserAttribute {attribute}"


class Code(NamedTuple):
    """A code that was sent.

    Attributes:
        text: six digits.
        attribute: the attribute that holds the address.
        address: where it was sent.
        expires: in seconds since the epoch.
    """

    text: str
    attribute: str
    address: str
    expires: float


class Codes:
    """The codes of the users of one pool, by user and purpose; the caller holds the pool's lock."""

    def __init__(self) -> None:
        # By sub, and then by purpose; the inner maps are replaced and never changed, as a snapshot keeps them.
        self._codes: dict[str, Mapping[str, Code]] = {}
        # By sub, and then by operation: the times of attempts in the last hour.
        self._attempts: dict[str, Mapping[str, tuple[float, ...]]] = {}

    def give(self, user: User, purpose: str, attribute: str, address: str, at: float) -> str:
        """A new code for the user, which replaces an earlier one of the same purpose."""
        own = self._codes.get(user.sub, {})
        before = own.get(purpose)
        text = ids.code()
        # Otherwise, in one test in a million, a replaced code would still be valid.
        while before is not None and text == before.text:
            text = ids.code()
        code = Code(text, attribute, address, at + (_RESET_LIFETIME if purpose == RESET else LIFETIME))
        self._codes[user.sub] = {**own, purpose: code}
        return text

    def check(self, user: User, purpose: str, typed: str, at: float) -> Code:
        """Return the user's code, if it was typed correctly.

        Raises:
            ServiceError: ExpiredCodeException, when no code was sent or it is too old; CodeMismatchException.
        """
        code = self._codes.get(user.sub, {}).get(purpose)
        if code is None:
            raise CODE_EXPIRED(f"no code was sent to {user.shown}")
        if code.expires < at:
            raise CODE_EXPIRED(f"the code of {user.shown} expired {at - code.expires:.0f} s ago")
        if code.text != typed:
            raise CODE_MISMATCH(f"the code last sent to {user.shown} is {code.text!r}")
        return code

    def waiting(self, user: User, purpose: str) -> str | None:
        """Return the new address that waits for its code to be confirmed; None if no address waits."""
        code = self._codes.get(user.sub, {}).get(purpose)
        return code.address if code and code.address != user.attributes.get(code.attribute) else None

    def has(self, user: User, purpose: str) -> bool:
        """Whether the user was sent a code that is not used up."""
        return purpose in self._codes.get(user.sub, {})

    def use_up(self, user: User, purpose: str) -> None:
        """Make the user's code invalid."""
        own = self._codes.get(user.sub, {})
        self._codes[user.sub] = {other: code for other, code in own.items() if other != purpose}

    def forget(self, user: User) -> None:
        """Forget the codes and attempts of a user who is deleted."""
        self._codes.pop(user.sub, None)
        self._attempts.pop(user.sub, None)

    def attempt(self, user: User, operation: str, at: float) -> None:
        """Count an attempt of the user; an attempt over the limit does not count.

        Raises:
            ServiceError: LimitExceededException, for more attempts than the operation allows within an hour.
        """
        operation = _COUNTED_AS.get(operation, operation)
        most, made = ATTEMPTS[operation], self._attempts.get(user.sub, {})
        recent = _within_an_hour(made.get(operation, ()), at)
        if len(recent) >= most:
            raise ATTEMPT_LIMIT(f"{user.shown} had {most} attempts within an hour already")
        self._attempts[user.sub] = {**made, operation: (*recent, at)}


def _within_an_hour(times: tuple[float, ...], at: float) -> tuple[float, ...]:
    """Return the times within the last hour."""
    return tuple(time for time in times if time > at - _HOUR)
