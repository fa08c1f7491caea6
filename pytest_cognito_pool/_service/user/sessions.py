"""The sessions between the steps of a sign-in."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.sign_in import SESSION_EXPIRED, SESSION_USED
from pytest_cognito_pool._service.errors.users import SESSION_INVALID
from pytest_cognito_pool._service.records import saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_cognito_pool._service.sign_in.srp import Exchange
    from pytest_cognito_pool._service.user.user import User

# Observed: sessions begin like messages of the AWS Encryption SDK, and had this length in 2026.
_BEGINNING: Final = "AYABe"
_LENGTH: Final = 1543
_MOST: Final = 10_000


class Session(NamedTuple):
    """A sign-in that waits for the answer to a challenge.

    Attributes:
        challenge: the challenge that the user has to answer.
        user: who signs in; None for a user who does not exist, which replies must hide.
        client_id: the app client they sign in with.
        expires: in seconds since the epoch.
        exchange: the state of the Secure Remote Password protocol; None for other challenges.
        used: whether the challenge was answered.
    """

    challenge: str
    user: User | None
    client_id: str
    expires: float
    exchange: Exchange | None = None
    used: bool = False


def text() -> str:
    """Return a new session as the application sees it: an opaque string."""
    return _BEGINNING + ids.opaque(_LENGTH - len(_BEGINNING))


class Sessions:
    """The sessions of one pool; the caller holds the pool's lock."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def open(self, text: str, session: Session) -> None:
        """Store a session by its text; if there are too many, the oldest is forgotten."""
        self._sessions[text] = session
        if len(self._sessions) > _MOST:
            self._sessions.popitem(last=False)

    def get(self, text: str) -> Session | None:
        """Return the session of that text, even if it is used or has expired; None if it is unknown."""
        return self._sessions.get(text)

    def find(self, text: str, challenge: str, client_id: str, at: float) -> Session:
        """Return the session that a request continues; a wrong answer does not use it up.

        Raises:
            ServiceError: NotAuthorizedException.
        """
        session = self._sessions.get(text)
        if session is None or session.client_id != client_id:
            raise SESSION_INVALID(f"app client {client_id!r} did not receive this session")
        if session.challenge != challenge:
            raise SESSION_INVALID(f"the session is for {session.challenge}, not for {challenge}")
        if session.used:
            raise SESSION_USED("each session works once; every step gives a new one")
        if session.expires < at:
            raise SESSION_EXPIRED(f"it expired {at - session.expires:.0f} s ago; its lifetime is AuthSessionValidity")
        return session

    def use_up(self, text: str) -> None:
        """Make the session invalid."""
        self._sessions[text] = self._sessions[text]._replace(used=True)

    def saved(self) -> Callable[[], None]:
        """A function that restores the sessions of this moment."""
        return saved(self, "_sessions")
