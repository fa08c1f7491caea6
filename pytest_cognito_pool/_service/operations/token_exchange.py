"""GetDerivedToken: exchange a user's token for a token for another service (RFC 8693)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.context import CLIENT
from pytest_cognito_pool._service.errors.tokens import (
    ACTOR_TYPE_MISSING,
    AUDIENCE_AND_RESOURCE,
    CLIENT_SECRET_WRONG,
    EXCHANGED_TOKEN_INVALID,
)
from pytest_cognito_pool._service.events.sources import PreTokenGeneration
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.sign_in import flows
from pytest_cognito_pool._service.tokens import access, claims, jwt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_cognito_pool._service.context import ClientContext
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.tokens.keys import Use
    from pytest_cognito_pool._service.user.grants import Grant

_ACCESS: Final = "ACCESS_TOKEN"
_USES: Final[Mapping[str, Use]] = {_ACCESS: "access", "ID_TOKEN": "id"}


@operation("GetDerivedToken", on=CLIENT)
def get_derived_token(call: ClientContext, request: Mapping[str, Any]) -> dict[str, Any]:
    pool, client = call.pool, call.client
    if wrong := app_clients.wrong_secret(client, request.get("ClientSecret")):
        raise CLIENT_SECRET_WRONG(wrong)
    flows.check(flows.DELEGATION if "ActorToken" in request else flows.IMPERSONATION, client)
    _check_simulated(call, request)
    with call.locked() as locked:
        audience = _audience(call, request)
        grant = _grant(call, request["SubjectTokenType"], request["SubjectToken"], locked.at)
        actor = _actor(call, request, locked.at)
        scopes = _scopes(client, grant, request.get("Scopes", ()))
        said = claims.of(pool, client, grant.user, grant._replace(asked=grant.asked._replace(scopes=scopes)), locked.at)
    issued = request.get("RequestedTokenType", _ACCESS)
    new = said.access if issued == _ACCESS else claims.without_hash(said.id or {})
    new = {**new, **actor, **({"aud": audience} if audience else {})}
    return {
        "IssuedToken": jwt.encode(pool.id, _USES[issued], new),
        "IssuedTokenType": issued,
        # RFC 8693: an ID token does not give access.
        "TokenType": "Bearer" if issued == _ACCESS else "N_A",
        "ExpiresIn": new["exp"] - new["iat"],
        "Scopes": list(scopes),
    }


def _check_simulated(call: ClientContext, request: Mapping[str, Any]) -> None:
    """Refuse tokens of other issuers, and a pool with a PreTokenGeneration function: its event was never captured."""
    for name in ("SubjectToken", "ActorToken"):
        if request.get(f"{name}Type") == "SAML2":
            raise call.unsupported(f"{name}Type='SAML2'")
        if f"{name}ProviderName" in request:
            raise call.unsupported(f"{name}ProviderName")
    if call.has_function(PreTokenGeneration.AUTHENTICATION):
        raise call.unsupported("a PreTokenGeneration trigger")


def _audience(call: ClientContext, request: Mapping[str, Any]) -> str:
    """Return the audience of the new token; empty if the request names none."""
    audiences, resources = request.get("Audiences", ()), request.get("Resources", ())
    if audiences and resources:
        raise AUDIENCE_AND_RESOURCE(f"Audiences={audiences}, Resources={resources}")
    for identifier in resources:
        call.pool.resource_servers.find(identifier)
    return next(iter([*audiences, *resources]), "")


def _grant(call: ClientContext, kind: str, token: str, at: float) -> Grant:
    """Return the sign-in that a token comes from."""
    try:
        jwt.decode(token)
    except ValueError:
        raise EXCHANGED_TOKEN_INVALID("it is not a token") from None
    return access.check(call.pool, token, at, "", _USES[kind])


def _actor(call: ClientContext, request: Mapping[str, Any], at: float) -> dict[str, Any]:
    """Return the `act` claim, which names who acts for the user; empty without an ActorToken."""
    token, kind = request.get("ActorToken"), request.get("ActorTokenType")
    if token is None:
        return {}
    if kind is None:
        raise ACTOR_TYPE_MISSING("the request has an ActorToken without ActorTokenType")
    return {"act": {"sub": _grant(call, kind, token, at).user.sub}}


def _scopes(client: AppClient, grant: Grant, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the requested scopes that the token and the app client have, or all of the token's (documented)."""
    if not asked:
        return grant.asked.scopes
    allowed = client.settings.get("AllowedOAuthScopes", ())
    return tuple(scope for scope in asked if scope in grant.asked.scopes and scope in allowed)
