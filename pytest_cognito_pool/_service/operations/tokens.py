"""The operations that refresh and revoke tokens, and GetClientToken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.context import ACCOUNT, CLIENT, TOKEN_USER, USER
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.errors.tokens import (
    CLIENT_SECRET_WRONG,
    REVOCATION_OF_OTHERS,
    REVOCATION_OFF,
    REVOCATION_UNAUTHORIZED,
    SCOPE_NOT_ALLOWED,
)
from pytest_cognito_pool._service.operations import client_tokens, operation, refreshing
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.sign_in import flows
from pytest_cognito_pool._service.tokens import jwt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_cognito_idp.type_defs import (
        AdminUserGlobalSignOutRequestTypeDef,
        GetTokensFromRefreshTokenRequestTypeDef,
        GlobalSignOutRequestTypeDef,
        RevokeTokenRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import ClientContext, Context, LockedContext
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool


@operation("GetTokensFromRefreshToken", on=CLIENT)
def get_tokens_from_refresh_token(
    call: ClientContext, request: GetTokensFromRefreshTokenRequestTypeDef
) -> dict[str, Any]:
    client = call.client
    if wrong := app_clients.wrong_secret(client, request.get("ClientSecret")):
        raise CLIENT_SECRET_WRONG(wrong)
    return {"AuthenticationResult": refreshing.refreshed(call, request["RefreshToken"], client.rotation)}


@operation("RevokeToken", on=ACCOUNT)
def revoke_token(call: Context, request: RevokeTokenRequestTypeDef) -> dict[str, Any]:
    pool, client = _revoking(call, request)
    if not client.settings["EnableTokenRevocation"]:
        raise REVOCATION_OFF(f"app client {client.id!r} has EnableTokenRevocation=False")
    token = request["Token"]
    if jwt.is_token(token):
        raise REVOCATION_OF_OTHERS("it is an ID or access token")
    with pool.lock:
        # Inferred: revoking an unknown token is not an error, as in RFC 7009.
        grant = pool.sign_ins.grants.of_refresh_token(token)
        if grant is not None and grant.client_id != client.id:
            reason = "Refresh token was not issued to this client"
            raise REVOCATION_UNAUTHORIZED(f"it was given to app client {grant.client_id!r}", reason=reason)
        if grant is not None:
            pool.sign_ins.grants.revoke(grant)
    return {}


def _revoking(call: Context, request: RevokeTokenRequestTypeDef) -> tuple[Pool, AppClient]:
    """Return the app client that revokes a token, and its pool; the model has one error for any wrong client."""
    try:
        pool, client = call.account.client(request["ClientId"], call.region)
    except ServiceError as error:
        raise REVOCATION_UNAUTHORIZED(error.why, reason="Invalid client id") from None
    if wrong := app_clients.wrong_secret(client, request.get("ClientSecret")):
        raise REVOCATION_UNAUTHORIZED(wrong, reason="Invalid client secret")
    return pool, client


@operation("GlobalSignOut", on=TOKEN_USER)
def global_sign_out(call: LockedContext, _request: GlobalSignOutRequestTypeDef) -> dict[str, Any]:
    call.pool.revoke_all(call.user)
    return {}


@operation("AdminUserGlobalSignOut", on=USER)
def admin_user_global_sign_out(call: LockedContext, _request: AdminUserGlobalSignOutRequestTypeDef) -> dict[str, Any]:
    call.pool.revoke_all(call.user)
    return {}


@operation("GetClientToken", on=CLIENT)
def get_client_token(call: ClientContext, request: Mapping[str, Any]) -> dict[str, Any]:
    client = call.client
    if client.secret is None or client.secret != request["Secret"]:
        raise CLIENT_SECRET_WRONG(f"app client {client.id!r} has {'another' if client.secret else 'no'} secret")
    flows.check(flows.CLIENT_TOKEN, client)
    scopes = client_tokens.allowed(client, request.get("Scopes", ()), SCOPE_NOT_ALLOWED)
    return {"ClientAuthenticationResult": client_tokens.result(call, scopes)}
