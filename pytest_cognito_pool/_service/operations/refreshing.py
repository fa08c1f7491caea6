"""What the operations share that make tokens of a refresh token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.errors.users import USER_NOT_FOUND
from pytest_cognito_pool._service.events.sources import PreTokenGeneration
from pytest_cognito_pool._service.operations import sign_in_steps
from pytest_cognito_pool._service.tokens import claims
from pytest_cognito_pool._service.tokens.overrides import Overrides

if TYPE_CHECKING:
    from pytest_cognito_pool._service.context import ClientContext, LockedContext
    from pytest_cognito_pool._service.user.grants import Grant


def to_refresh(call: LockedContext, token: str) -> Grant:
    """The grant of a refresh token that the calling app client may use.

    Raises:
        ServiceError: NotAuthorizedException, RefreshTokenReuseException or UserNotFoundException.
    """
    assert call.client is not None  # noqa: S101 - an app client refreshes
    grant = call.pool.grants.to_refresh(token, call.client.id, call.at)
    if grant.user not in call.pool.users:
        raise USER_NOT_FOUND(f"{grant.user.username!r} was deleted")
    return grant


def refreshed(call: ClientContext, grant: Grant, refresh_token: str | None) -> dict[str, Any]:
    """The AuthenticationResult, with the user as they are now."""
    overrides = Overrides(call.ask(PreTokenGeneration.REFRESH_TOKENS, grant.user))
    with call.locked(grant.user) as locked:
        said = claims.of(call.pool, call.client, grant.user, grant, locked.at)
    return sign_in_steps.tokens(call, said, overrides, refresh_token)
