"""The codes that applications exchange for tokens, and the browsers in which users are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.oauth import INVALID_GRANT
from pytest_cognito_pool._service.records import saved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.user.user import User

# Documented, in seconds.
_OF_CODE: Final = 300
OF_BROWSER: Final = 3600


class Issued(NamedTuple):
    """An issued authorization code.

    Attributes:
        client_id: the app client that gets it.
        redirect_uri: where the code was sent to.
        challenge: the code_challenge; empty for none.
        scopes: the scopes that the sign-in asked for.
        result: the AuthenticationResult; its tokens are made at the sign-in (concluded from their times).
        issued: when the code was issued, in seconds since the epoch.
    """

    client_id: str
    redirect_uri: str
    challenge: str
    scopes: tuple[str, ...]
    result: Mapping[str, Any]
    issued: float

    def __repr__(self) -> str:
        return f"<Issued to {self.client_id!r}>"


class AuthorizationCodes:
    """The authorization codes of one pool; the caller holds the pool's lock."""

    def __init__(self) -> None:
        self._codes: dict[str, Issued] = {}

    def give(self, issued: Issued, at: float) -> str:
        """Return a new code; expired codes are forgotten."""
        code = ids.uuid()
        self._codes = {known: each for known, each in self._codes.items() if each.issued + _OF_CODE >= at}
        self._codes[code] = issued
        return code

    def find(self, code: str, client_id: str, at: float) -> Issued:
        """Find a code of that app client.

        Raises:
            ServiceError: invalid_grant.
        """
        issued = self._codes.get(code)
        if issued is None or issued.client_id != client_id:
            raise INVALID_GRANT(
                f"app client {client_id!r} did not receive this code, or has exchanged it already, or it has expired"
            )
        if issued.issued + _OF_CODE < at:
            raise INVALID_GRANT(f"the code is {at - issued.issued:.0f} s old; codes live for {_OF_CODE} s")
        return issued

    def use_up(self, code: str) -> None:
        """Make the code invalid."""
        self._codes.pop(code, None)

    def saved(self) -> Callable[[], None]:
        """A function that restores the codes of this moment."""
        return saved(self, "_codes")


class Browsers:
    """Who is signed in in which browser, by its cookie; the caller holds the pool's lock."""

    def __init__(self) -> None:
        self._users: dict[str, tuple[User, float]] = {}

    def sign_in(self, user: User, at: float) -> str:
        """Return the value of a new cookie. Observed: two parts that begin like compressed data, and a number."""
        cookie = f"H4sI{ids.opaque(60)}.H4sI{ids.opaque(60)}.3"
        self._users = {known: each for known, each in self._users.items() if each[1] >= at}
        self._users[cookie] = user, at + OF_BROWSER
        return cookie

    def user(self, cookie: str, at: float) -> User | None:
        """Return the user who is signed in; None if nobody is."""
        user, until = self._users.get(cookie, (None, 0.0))
        return user if at <= until else None

    def sign_out(self, cookie: str) -> None:
        """Make the cookie invalid."""
        self._users.pop(cookie, None)

    def saved(self) -> Callable[[], None]:
        """A function that restores the cookies of this moment."""
        return saved(self, "_users")
