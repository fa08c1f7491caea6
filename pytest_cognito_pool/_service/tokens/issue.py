"""The tokens of a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.tokens import jwt

if TYPE_CHECKING:
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.tokens.claims import Claims


def result(pool: Pool, claims: Claims, refresh_token: str | None) -> dict[str, Any]:
    """The AuthenticationResult of a reply.

    Args:
        pool: the pool.
        claims: what the tokens say.
        refresh_token: the refresh token; None where the application keeps the one it has.
    """
    return {
        "AccessToken": jwt.encode(pool.id, "access", claims.access),
        "ExpiresIn": claims.access["exp"] - claims.access["iat"],
        "IdToken": jwt.encode(pool.id, "id", claims.id),
        **({} if refresh_token is None else {"RefreshToken": refresh_token}),
        "TokenType": "Bearer",
    }
