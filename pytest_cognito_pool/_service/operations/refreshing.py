"""Exchange a refresh token for new tokens: shared by InitiateAuth, GetTokensFromRefreshToken and /oauth2/token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.errors.users import USER_NOT_FOUND
from pytest_cognito_pool._service.events.sources import PreTokenGeneration
from pytest_cognito_pool._service.operations import sign_in_steps
from pytest_cognito_pool._service.tokens import claims

if TYPE_CHECKING:
    from pytest_cognito_pool._service.context import ClientContext, LockedContext
    from pytest_cognito_pool._service.user.grants import Grant


def to_refresh(call: LockedContext, token: str) -> Grant:
    """The grant of a refresh token that the calling app client may use.

    Raises:
        ServiceError: NotAuthorizedException, RefreshTokenReuseException or UserNotFoundException.
    """
    assert call.client is not None  # noqa: S101 - an app client refreshes
    grant = call.pool.sign_ins.grants.to_refresh(token, call.client.id, call.at)
    if grant.user not in call.pool.users:
        raise USER_NOT_FOUND(f"{grant.user.shown} was deleted")
    return grant


def refreshed(call: ClientContext, token: str, rotation: float | None = None) -> dict[str, Any]:
    """Return the AuthenticationResult for a refresh token, with the user's current attributes and groups.

    Args:
        call: the call of the app client.
        token: the refresh token.
        rotation: for how many seconds the token stays valid after a new one replaces it; None if none does.
    """
    with call.locked() as locked:
        grant = to_refresh(locked, token)
    user = grant.user
    changes = sign_in_steps.overrides(call, PreTokenGeneration.REFRESH_TOKENS, user, grant.asked.scopes)
    # The function, and other calls, may have revoked it meanwhile.
    with call.locked() as locked:
        grant = to_refresh(locked, token)
        new = None if rotation is None else call.pool.sign_ins.grants.rotate(token, locked.at + rotation)
        said = claims.of(call.pool, call.client, user, grant, locked.at)
    return sign_in_steps.tokens(call, said, changes, new)
