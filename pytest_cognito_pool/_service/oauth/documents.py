"""The documents at the issuer of a pool: its key set and its OpenID configuration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.protocol.http import HttpReply
from pytest_cognito_pool._service.tokens import claims, keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.pool.pool import Pool

_JSON: Final = (("Content-Type", "application/json"),)
_KEYS: Final = "jwks.json"


def document(account: Account, pool: Pool, name: str) -> HttpReply:
    """The document of that name."""
    return key_set(pool.id) if name == _KEYS else _json(_configuration(account, pool))


def no_pool(pool_id: str) -> HttpReply:
    """The answer for a pool that does not exist. Observed: one member, and no type."""
    return _json({"message": f"User pool {pool_id} does not exist."}, status=400)


def key_set(pool_id: str) -> HttpReply:
    """Return the JSON Web Key Set for a pool id, even if no such pool exists: the keys belong to the process."""
    return _json(keys.jwks(pool_id))


def _configuration(account: Account, pool: Pool) -> dict[str, Any]:
    """Return the OpenID configuration. Observed with a domain; without one, only for the first three endpoints."""
    issuer = claims.issuer(pool)
    pages = account.pages_of(pool)
    base, prefix = (issuer, "") if pages is None else (pages, "/oauth2")
    return {
        "authorization_endpoint": f"{base}{prefix}/authorize",
        "end_session_endpoint": f"{base}/logout",
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "response_types_supported": ["code", "token"],
        "revocation_endpoint": f"{base}{prefix}/revoke",
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint": f"{base}{prefix}/token",
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "userinfo_endpoint": f"{base}{prefix}/userInfo",
    }


def _json(content: Mapping[str, Any], status: int = 200) -> HttpReply:
    return HttpReply(status, _JSON, json.dumps(content, separators=(",", ":")).encode())
