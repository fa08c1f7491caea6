"""What the tokens of a sign-in say of the user, the app client and the sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.user import identities
from pytest_cognito_pool._service.user.addresses import is_true

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.grants import Grant
    from pytest_cognito_pool._service.user.user import User

_BOOLEANS: Final = frozenset({"email_verified", "phone_number_verified"})


class Claims(NamedTuple):
    """The claims of the two tokens."""

    id: dict[str, Any]
    access: dict[str, Any]


def issuer(pool: Pool) -> str:
    """The `iss` of the pool's tokens."""
    return f"https://cognito-idp.{pool.region}.amazonaws.com/{pool.id}"


def of(pool: Pool, client: AppClient, user: User, grant: Grant, at: float) -> Claims:
    """The claims of new tokens; the caller holds the pool's lock.

    Claims that share a bucket of the Java map stand in the order in which captures have them.
    """
    id_jti, access_jti = ids.uuids(2)
    groups = pool.groups.configuration(user)
    names = {"cognito:groups": groups["groupsToOverride"]} if groups["groupsToOverride"] else {}
    return Claims(
        {
            "sub": user.sub,
            **names,
            **_roles(groups),
            **_common(pool, grant, at, "id", client.validity("IdToken"), id_jti),
            "cognito:username": user.username,
            "aud": client.id,
            **{name: _claim(name, value) for name, value in app_clients.readable(client, user.attributes).items()},
        },
        {
            "sub": user.sub,
            **names,
            "scope": " ".join(grant.scopes),
            **_common(pool, grant, at, "access", client.validity("AccessToken"), access_jti),
            "client_id": client.id,
            "username": user.username,
        },
    )


def of_client(pool: Pool, client: AppClient, at: float) -> dict[str, Any]:
    """The claims of an access token that is the app client's own."""
    return {
        "sub": client.id,
        "token_use": "access",
        "scope": " ".join(client.settings.get("AllowedOAuthScopes", ())),
        "auth_time": int(at),
        "iss": issuer(pool),
        "exp": int(at) + client.validity("AccessToken"),
        "iat": int(at),
        "version": 2,
        "jti": ids.uuid(),
        "client_id": client.id,
    }


def _common(pool: Pool, grant: Grant, at: float, use: str, validity: int, jti: str) -> dict[str, Any]:  # noqa: PLR0913, PLR0917 - what a token tells
    return {
        "iss": issuer(pool),
        "origin_jti": grant.origin_jti,
        "event_id": grant.event_id,
        "token_use": use,
        "auth_time": int(grant.auth_time),
        "exp": int(at) + validity,
        "iat": int(at),
        "jti": jti,
    }


def _roles(groups: Mapping[str, Any]) -> dict[str, Any]:
    preferred, roles = groups["preferredRole"], groups["iamRolesToOverride"]
    return {
        **({"cognito:preferred_role": preferred} if preferred else {}),
        **({"cognito:roles": roles} if roles else {}),
    }


def _claim(name: str, value: str) -> object:
    """The value of an attribute as a claim. Observed: flags are booleans and custom attributes strings.

    Inferred: as OpenID Connect has them, an address is an object and the time of an update a number.
    """
    if name in _BOOLEANS:
        return is_true(value)
    if name == identities.IDENTITIES:
        return identities.claim(value)
    if name == "address":
        return {"formatted": value}
    return int(value.partition(".")[0] or 0) if name == "updated_at" else value
