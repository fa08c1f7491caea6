"""The claims of tokens about the user, the app client and the sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.protocol import hosts
from pytest_cognito_pool._service.tokens import scopes
from pytest_cognito_pool._service.user import identities
from pytest_cognito_pool._service.user.addresses import is_true

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.grants import Grant
    from pytest_cognito_pool._service.user.user import User

_BOOLEANS: Final = frozenset({"email_verified", "phone_number_verified"})


class Claims(NamedTuple):
    """The claims of both tokens; `id` is None if there is no ID token."""

    id: dict[str, Any] | None
    access: dict[str, Any]


def issuer(pool: Pool) -> str:
    """The `iss` of the pool's tokens."""
    return f"{pool.origin.url or f'https://{hosts.service(pool.region)}'}/{pool.id}"


def of(pool: Pool, client: AppClient, user: User, grant: Grant, at: float) -> Claims:
    """The claims of new tokens; the caller holds the pool's lock.

    Claims that share a bucket of the Java map are in the order of the captures.
    """
    asked, (id_jti, access_jti) = grant.asked, ids.uuids(2)
    groups = pool.groups.configuration(user)
    names = {"cognito:groups": groups["groupsToOverride"]} if groups["groupsToOverride"] else {}
    attributes = scopes.visible(app_clients.readable(client, user.attributes), asked.scopes)
    identity = {
        # A place for the hash of the access token, which does not exist yet.
        **({"at_hash": ""} if asked.on_page else {}),
        "sub": user.sub,
        **names,
        **_roles(groups),
        **_common(pool, grant, at, "id", client.validity("IdToken"), id_jti),
        "cognito:username": user.username,
        "aud": client.id,
        **({"nonce": asked.nonce} if asked.nonce else {}),
        **{name: _claim(name, value) for name, value in attributes.items()},
    }
    access = {
        "sub": user.sub,
        **names,
        "scope": scopes.written(asked.scopes),
        **_common(pool, grant, at, "access", client.validity("AccessToken"), access_jti),
        "client_id": client.id,
        "username": user.username,
        **({"aud": asked.resource} if asked.resource else {}),
    }
    return Claims(identity if scopes.has_identity(asked) else None, access)


def of_client(pool: Pool, client: AppClient, allowed: Iterable[str], at: float) -> dict[str, Any]:
    """The claims of an access token for the app client itself, with its allowed scopes."""
    return {
        "sub": client.id,
        "token_use": "access",
        "scope": scopes.written(allowed),
        "auth_time": int(at),
        "iss": issuer(pool),
        "exp": int(at) + client.validity("AccessToken"),
        "iat": int(at),
        "version": 2,
        "jti": ids.uuid(),
        "client_id": client.id,
    }


def without_hash(claims: dict[str, Any]) -> dict[str, Any]:
    """The claims of an ID token that comes without an access token."""
    return {name: value for name, value in claims.items() if name != "at_hash"}


def _common(pool: Pool, grant: Grant, at: float, use: str, validity: int, jti: str) -> dict[str, Any]:  # noqa: PLR0913, PLR0917 - what a token tells
    return {
        "iss": issuer(pool),
        "origin_jti": grant.origin_jti,
        **({} if grant.asked.on_page else {"event_id": grant.event_id}),
        "token_use": use,
        "auth_time": int(grant.auth_time),
        "exp": int(at) + validity,
        "iat": int(at),
        # Observed: access tokens of managed login have a version, and no event_id.
        **({"version": 2} if grant.asked.on_page and use == "access" else {}),
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

    Inferred from OpenID Connect: an address is an object, and the time of an update is a number.
    """
    if name in _BOOLEANS:
        return is_true(value)
    if name == identities.IDENTITIES:
        return identities.claim(value)
    if name == "address":
        return {"formatted": value}
    return int(value.partition(".")[0] or 0) if name == "updated_at" else value
