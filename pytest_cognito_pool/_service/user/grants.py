"""The grants of sign-ins: all tokens of a sign-in share an origin_jti, and its refresh tokens are stored here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.encoding import base64url
from pytest_cognito_pool._service.errors.tokens import (
    REFRESH_TOKEN_EXPIRED,
    REFRESH_TOKEN_INVALID,
    REFRESH_TOKEN_REUSED,
    REFRESH_TOKEN_REVOKED,
)
from pytest_cognito_pool._service.records import saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_cognito_pool._service.user.user import User

# Observed: an encrypted JWT, which only the service reads; its header, and the length of key, nonce, text and tag.
_HEADER: Final = base64url(b'{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}')
_LENGTH: Final = 342 + 16 + 1339 + 22


class Asked(NamedTuple):
    """What a sign-in asks for.

    Attributes:
        scopes: the scopes of its access tokens, in the order of the request.
        on_page: whether it was on a page of a domain, and not through the API.
        nonce: the nonce that the ID token repeats; empty for none.
        resource: the `aud` of the access tokens; empty for none.
    """

    scopes: tuple[str, ...]
    on_page: bool = False
    nonce: str = ""
    resource: str = ""


class Grant(NamedTuple):
    """One sign-in.

    Attributes:
        user: who signed in.
        client_id: the app client they signed in with.
        asked: what the sign-in asks for.
        auth_time: when they signed in, in seconds since the epoch.
        expires: when its refresh tokens expire, including rotated ones.
        origin_jti: an id that all of its tokens share.
        event_id: another id that all of its tokens share.
    """

    user: User
    client_id: str
    asked: Asked
    auth_time: float
    expires: float
    origin_jti: str
    event_id: str


class Grants:
    """The sign-ins of the users of one pool; the caller holds the pool's lock."""

    def __init__(self) -> None:
        self._grants: dict[str, Grant] = {}
        # By sub; the tuples are replaced, as a snapshot keeps them.
        self._of_user: dict[str, tuple[Grant, ...]] = {}
        # Each refresh token with its grant and, if a rotation replaced it, the time until which it may still be used.
        self._refresh_tokens: dict[str, tuple[Grant, float | None]] = {}
        self._revoked: set[str] = set()

    def open(self, user: User, client_id: str, asked: Asked, at: float, validity: float) -> Grant:
        """Return the grant of a new sign-in; its refresh tokens are valid for `validity` seconds."""
        grant = Grant(user, client_id, asked, at, at + validity, *ids.uuids(2))
        self._grants[grant.origin_jti] = grant
        self._of_user[user.sub] = (*self._of_user.get(user.sub, ()), grant)
        return grant

    def refresh_token(self, grant: Grant) -> str:
        """A new refresh token of a grant."""
        drawn = ids.opaque(_LENGTH)
        token = f"{_HEADER}.{drawn[:342]}.{drawn[342:358]}.{drawn[358:-22]}.{drawn[-22:]}"
        self._refresh_tokens[token] = grant, None
        return token

    def find(self, origin_jti: object) -> Grant | None:
        """Return the grant of that origin_jti; None if the pool has no such grant."""
        return self._grants.get(origin_jti) if isinstance(origin_jti, str) else None

    def of_refresh_token(self, token: str) -> Grant | None:
        """Return the grant of a refresh token, usable or not; None if the pool did not issue the token."""
        grant, _ = self._refresh_tokens.get(token, (None, None))
        return grant

    def to_refresh(self, token: str, client_id: str, at: float) -> Grant:
        """The grant of a refresh token that the app client may use.

        Raises:
            ServiceError: NotAuthorizedException or RefreshTokenReuseException.
        """
        grant = self.of_refresh_token(token)
        if grant is None or grant.client_id != client_id:
            raise REFRESH_TOKEN_INVALID(f"app client {client_id!r} did not receive this refresh token")
        if self.is_revoked(grant):
            raise REFRESH_TOKEN_REVOKED(f"the sign-in of {grant.user.shown} was revoked")
        if grant.expires < at:
            raise REFRESH_TOKEN_EXPIRED(f"it expired {at - grant.expires:.0f} s ago")
        until = self._refresh_tokens[token][1]
        if until is not None and until <= at:
            raise REFRESH_TOKEN_REUSED(f"it was replaced, and its grace period ended {at - until:.0f} s ago")
        return grant

    def rotate(self, token: str, until: float) -> str:
        """Return a refresh token that replaces `token`, which stays valid until `until`."""
        grant, before = self._refresh_tokens[token]
        self._refresh_tokens[token] = grant, until if before is None else before
        return self.refresh_token(grant)

    def revoke(self, grant: Grant) -> None:
        """Make the refresh and access tokens of a grant invalid."""
        self._revoked.add(grant.origin_jti)

    def revoke_all(self, user: User) -> None:
        """Make the refresh and access tokens of all sign-ins of the user invalid."""
        for grant in self._of_user.get(user.sub, ()):
            self.revoke(grant)

    def is_revoked(self, grant: Grant) -> bool:
        """Whether its refresh and access tokens were made invalid."""
        return grant.origin_jti in self._revoked

    def active(self, user: User, at: float) -> list[Grant]:
        """The sign-ins of the user that can still be refreshed, in their order."""
        own = self._of_user.get(user.sub, ())
        return [grant for grant in own if not self.is_revoked(grant) and at <= grant.expires]

    def saved(self) -> Callable[[], None]:
        """A function that restores the sign-ins of this moment."""
        return saved(self, "_grants", "_of_user", "_refresh_tokens", "_revoked")
