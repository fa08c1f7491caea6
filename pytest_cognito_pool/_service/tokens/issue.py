"""The tokens of a reply."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.encoding import base64url
from pytest_cognito_pool._service.tokens import jwt

if TYPE_CHECKING:
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.tokens.claims import Claims


def result(pool: Pool, claims: Claims, refresh_token: str | None) -> dict[str, Any]:
    """The AuthenticationResult of a reply.

    Args:
        pool: the pool.
        claims: the claims of the tokens.
        refresh_token: the refresh token; None if the application keeps its current one.
    """
    access_token = jwt.encode(pool.id, "access", claims.access)
    return {
        "AccessToken": access_token,
        "ExpiresIn": claims.access["exp"] - claims.access["iat"],
        **({} if claims.id is None else {"IdToken": jwt.encode(pool.id, "id", _bound(claims.id, access_token))}),
        **({} if refresh_token is None else {"RefreshToken": refresh_token}),
        "TokenType": "Bearer",
    }


def _bound(claims: dict[str, Any], access_token: str) -> dict[str, Any]:
    """Return the claims of an ID token with the hash of its access token, if they have an at_hash (OpenID Connect)."""
    if "at_hash" not in claims:
        return claims
    digest = hashlib.sha256(access_token.encode()).digest()
    return {**claims, "at_hash": base64url(digest[: len(digest) // 2])}
