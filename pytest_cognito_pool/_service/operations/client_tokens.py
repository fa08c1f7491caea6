"""The access tokens of app clients without a user: shared by GetClientToken and /oauth2/token."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.events.sources import PreTokenGeneration
from pytest_cognito_pool._service.operations import sign_in_steps
from pytest_cognito_pool._service.tokens import claims, jwt, scopes
from pytest_cognito_pool._service.triggers import payloads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_cognito_pool._service.context import ClientContext
    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate
    from pytest_cognito_pool._service.pool.app_clients import AppClient

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


def allowed(client: AppClient, asked: Sequence[str], refused: ErrorTemplate) -> list[str]:
    """Return the app client's scopes of resource servers: the requested ones, or all that it may have.

    Raises:
        ServiceError: `refused`, for a scope that the client may not have.
    """
    may_have = [scope for scope in client.settings.get("AllowedOAuthScopes", ()) if scope not in scopes.STANDARD]
    for scope in asked:
        if scope not in may_have:
            raise refused(f"app client {client.id!r} may have the scopes {may_have}, not {scope!r}")
    return list(asked) or may_have


def result(call: ClientContext, scopes: Sequence[str], told: Mapping[str, object] = _NOTHING) -> dict[str, Any]:
    """The result with a new token.

    Args:
        call: the call of the app client.
        scopes: the scopes of the token.
        told: more members for the request of the PreTokenGeneration event.
    """
    said = claims.of_client(call.pool, call.client, scopes, call.pool.clock.time())
    if payloads.version(PreTokenGeneration.AUTHENTICATION, call.pool) == "3":
        nobody = call.pool.new_user("ClientCredentials", "UNKNOWN", {}, None)
        changes = sign_in_steps.overrides(call, PreTokenGeneration.CLIENT_CREDENTIALS, nobody, scopes, told)
        said = changes.access(said)
        changes.tell()
    return {
        "AccessToken": jwt.encode(call.pool.id, "access", said),
        "ExpiresIn": said["exp"] - said["iat"],
        "TokenType": "Bearer",
    }
