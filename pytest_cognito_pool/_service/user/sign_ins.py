"""The sign-ins of the users of one pool: unfinished, refused and finished ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._service.user.authorization_codes import AuthorizationCodes, Browsers
from pytest_cognito_pool._service.user.grants import Grants
from pytest_cognito_pool._service.user.lockouts import Lockouts
from pytest_cognito_pool._service.user.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Callable


class SignIns:
    """The sign-ins of one pool; the caller holds the pool's lock.

    Attributes:
        sessions: the sign-ins that wait for an answer to a challenge.
        lockouts: users who may not try passwords for a while.
        grants: the sign-ins that gave tokens.
        codes: the codes that applications exchange for the tokens of a sign-in on a page.
        browsers: the browsers in which users are signed in on the pages.
    """

    def __init__(self) -> None:
        self.sessions = Sessions()
        self.lockouts = Lockouts()
        self.grants = Grants()
        self.codes = AuthorizationCodes()
        self.browsers = Browsers()

    def saved(self) -> Callable[[], None]:
        """A function that restores the sign-ins of this moment."""
        parts = [each.saved() for each in (self.sessions, self.lockouts, self.grants, self.codes, self.browsers)]

        def put_back() -> None:
            for part in parts:
                part()

        return put_back
