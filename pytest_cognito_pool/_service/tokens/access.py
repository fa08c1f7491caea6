"""Check the access tokens of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._service.errors.sign_in import PASSWORD_RESET_REQUIRED
from pytest_cognito_pool._service.errors.tokens import (
    ACCESS_TOKEN_EXPIRED,
    ACCESS_TOKEN_INVALID,
    ACCESS_TOKEN_REVOKED,
    ACCESS_TOKEN_SCOPES,
    ACCESS_TOKEN_UNVERIFIED,
)
from pytest_cognito_pool._service.errors.users import USER_NOT_FOUND
from pytest_cognito_pool._service.pool.app_clients import SIGN_IN_SCOPE
from pytest_cognito_pool._service.tokens import jwt

if TYPE_CHECKING:
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.tokens.keys import Use
    from pytest_cognito_pool._service.user.grants import Grant


def check(pool: Pool, token: str, at: float, scope: str = SIGN_IN_SCOPE, use: Use = "access") -> Grant:
    """Check a token, and return its grant; the caller holds the pool's lock.

    Args:
        pool: the pool that the token names.
        token: the token; it can be decoded.
        at: the time, in seconds since the epoch.
        scope: the scope that the token must have, by default the one for a user's own operations; empty for any.
        use: the token_use that the token must have.

    Raises:
        ServiceError: NotAuthorizedException, UserNotFoundException or PasswordResetRequiredException.
    """
    claims = jwt.decode(token)
    if claims.get("token_use") != use:
        raise ACCESS_TOKEN_INVALID(f"its token_use is {claims.get('token_use')!r}, not {use!r}")
    if not jwt.is_signed(token, pool.id, use):
        raise ACCESS_TOKEN_UNVERIFIED(f"it is not signed with the key of {pool.id} for {use} tokens")
    if claims["exp"] < at:
        raise ACCESS_TOKEN_EXPIRED(f"it expired {at - claims['exp']:.0f} s ago")
    if scope and scope not in str(claims.get("scope", "")).split():
        raise ACCESS_TOKEN_SCOPES(f"its scope is {claims.get('scope')!r}, without {scope!r}")
    grant = pool.sign_ins.grants.find(claims.get("origin_jti"))
    if grant is None:
        raise ACCESS_TOKEN_REVOKED("this fake did not issue it: it is from another test, or from before a restore")
    if pool.sign_ins.grants.is_revoked(grant):
        raise ACCESS_TOKEN_REVOKED("the sign-in that it comes from was revoked")
    if grant.user not in pool.users:
        raise USER_NOT_FOUND(f"{grant.user.shown} was deleted")
    if grant.user.status == "RESET_REQUIRED":
        # The model declares it for these operations.
        raise PASSWORD_RESET_REQUIRED(f"{grant.user.shown} is RESET_REQUIRED")
    return grant
