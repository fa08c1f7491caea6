"""The settings of an app client, its secret and its SECRET_HASH."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.app_clients import TWO_SECRETS
from pytest_cognito_pool._service.errors.attributes import ATTRIBUTE_UNAUTHORIZED
from pytest_cognito_pool._service.errors.users import SECRET_HASH_MISSING, SECRET_HASH_UNASKED, SECRET_HASH_WRONG
from pytest_cognito_pool._service.pool import client_rules
from pytest_cognito_pool._service.user.addresses import VERIFIED
from pytest_cognito_pool._service.user.identities import IDENTITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_cognito_pool._service.errors.service_error import Evidence
    from pytest_cognito_pool._service.pool.client_rules import Surroundings

# Observed: the reply of a recorded minimal CreateUserPoolClient (2023 and 2025); other settings come back only if set.
_DEFAULTS: Final[Mapping[str, Any]] = {
    "RefreshTokenValidity": 30,
    "TokenValidityUnits": {},
    "AllowedOAuthFlowsUserPoolClient": False,
    "EnableTokenRevocation": True,
    "EnablePropagateAdditionalUserContextData": False,
    "AuthSessionValidity": 3,
}
# The scope of access tokens from a sign-in through the API.
SIGN_IN_SCOPE: Final = "aws.cognito.signin.user.admin"
# The settings that UpdateUserPoolClient keeps if a request omits them; it resets all others (documented).
KEPT: Final[Mapping[str, tuple[Evidence, str]]] = {
    "ClientName": ("inferred", "an app client always has a name"),
    "RefreshTokenRotation": ("inferred", "concluded from a refusal that was observed (terraform-provider-aws#47196)"),
}
_ALWAYS_READABLE: Final = ("sub", IDENTITIES)
_NOT_STORED: Final = frozenset({"UserPoolId", "ClientId", "GenerateSecret", "ClientSecret"})
# The parameters that are simulated; the installed model may have more.
KNOWN: Final = frozenset(
    {
        *_DEFAULTS, *_NOT_STORED, "AccessTokenValidity", "AllowedOAuthFlows", "AllowedOAuthScopes",
        "AnalyticsConfiguration", "CallbackURLs", "ClientName", "DefaultRedirectURI", "ExplicitAuthFlows",
        "IdTokenValidity", "LogoutURLs", "PreventUserExistenceErrors", "ReadAttributes", "RefreshTokenRotation",
        "SupportedIdentityProviders", "WriteAttributes",
    }
)  # fmt: skip


class AppClient:
    """One app client of a pool.

    Args:
        number: counts the account's pools and app clients in the order of their creation.
        pool_id: the id of the pool.
        client_id: its own id.
        secret: its secret; None if it has none.
        at: the time, in seconds since the epoch.
    """

    __slots__ = ("created", "id", "modified", "number", "pool_id", "secret", "settings")

    def __init__(self, number: int, pool_id: str, client_id: str, secret: str | None, at: float) -> None:
        self.number = number
        self.pool_id = pool_id
        self.id = client_id
        self.secret = secret
        self.settings: dict[str, Any] = {}
        self.created = self.modified = at

    def validity(self, token: str) -> int:
        """For how many seconds a token is valid.

        Args:
            token: `AccessToken`, `IdToken` or `RefreshToken`, as in TokenValidityUnits.
        """
        return client_rules.validity(self.settings, token)

    @property
    def rotates(self) -> bool:
        """Whether each use of a refresh token gives a new one."""
        return bool(self.settings.get("RefreshTokenRotation", {}).get("Feature") == "ENABLED")

    @property
    def rotation(self) -> int | None:
        """For how many seconds a refresh token stays valid after a new one replaced it; None without rotation."""
        return self.settings["RefreshTokenRotation"]["RetryGracePeriodSeconds"] if self.rotates else None

    @property
    def hides_unknown_users(self) -> bool:
        """Whether replies to this client must not reveal that a user does not exist."""
        return self.settings.get("PreventUserExistenceErrors") == "ENABLED"


def configure(client: AppClient, given: Mapping[str, Any], pool: Surroundings, at: float) -> None:
    """Give an app client its settings; omitted settings are kept or get their default.

    Raises:
        ServiceError: the error of the first rule that the settings break.
    """
    kept: dict[str, Any] = {name: client.settings[name] for name in KEPT if name in client.settings}
    stored = {name: value for name, value in given.items() if name not in _NOT_STORED}
    settings: dict[str, Any] = {**_DEFAULTS, **kept, **stored}
    if "RefreshTokenRotation" in settings:
        settings["RefreshTokenRotation"] = {"RetryGracePeriodSeconds": 0, **settings["RefreshTokenRotation"]}
    client_rules.check_settings(client_rules.Judged(settings, client.secret, pool))
    client.settings = settings
    client.modified = at


def describe(client: AppClient) -> dict[str, Any]:
    """The UserPoolClient of a reply."""
    return {
        "UserPoolId": client.pool_id,
        "ClientId": client.id,
        "CreationDate": client.created,
        "LastModifiedDate": client.modified,
        **({"ClientSecret": client.secret} if client.secret else {}),
        **client.settings,
    }


def secret_hash(client_id: str, secret: str, username: str) -> str:
    """The SECRET_HASH: HMAC-SHA256 over the username as written in the request and the client's id."""
    # A lone surrogate gets through JSON; no application can have hashed it.
    message = f"{username}{client_id}".encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.new(secret.encode(), message, hashlib.sha256).digest()).decode()


def check_secret_hash(client: AppClient, username: str, sent: str | None) -> None:
    """Refuse a request whose SECRET_HASH does not prove the client's secret.

    Raises:
        ServiceError: NotAuthorizedException.
    """
    if client.secret is None:
        if sent is not None:
            raise SECRET_HASH_UNASKED(f"app client {client.id!r} has no secret", id=client.id)
        return
    if sent is None:
        raise SECRET_HASH_MISSING(f"app client {client.id!r} has a secret", id=client.id)
    expected = secret_hash(client.id, client.secret, username)
    if sent != expected:
        why = (
            f"the hash does not match {username!r} and {client.id!r}; client.secret_hash({username!r}) is the right one"
        )
        raise SECRET_HASH_WRONG(why, id=client.id)


def wrong_secret(client: AppClient, sent: str | None) -> str | None:
    """What is wrong with the secret of a request; None if nothing is."""
    if client.secret in {None, sent}:
        return None
    sends = "the request has none" if sent is None else "the request has another one"
    return f"app client {client.id!r} has a secret; {sends}"


def wrong_flow(client: AppClient, flow: str) -> str | None:
    """Why the client may not use a flow of OAuth; None if it may."""
    flows, on = client.settings.get("AllowedOAuthFlows", ()), client.settings["AllowedOAuthFlowsUserPoolClient"]
    if on and flow in flows:
        return None
    return f"app client {client.id!r} has AllowedOAuthFlows={list(flows)}, AllowedOAuthFlowsUserPoolClient={on}"


def readable(client: AppClient | None, attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes that this client may read, always with sub and identities (inferred)."""
    # Inferred: an empty list counts as no list.
    names = None if client is None else client.settings.get("ReadAttributes")
    return {name: value for name, value in attributes.items() if not names or name in {*names, *_ALWAYS_READABLE}}


def check_writable(client: AppClient | None, attributes: Iterable[str]) -> None:
    """Refuse attributes that this client may not write; None, an administrator, may write all.

    Raises:
        ServiceError: NotAuthorizedException.
    """
    if client is None:
        return
    writable = client.settings.get("WriteAttributes")
    for name in attributes:
        # Only the service sets the verified flags, whatever the client's settings (documented).
        if name in VERIFIED.values() or (writable and name not in writable):
            raise ATTRIBUTE_UNAUTHORIZED(f"app client {client.id!r} may not write {name!r}")


def secret(given: Mapping[str, Any]) -> str | None:
    """The secret that the settings of a new app client ask for.

    Raises:
        ServiceError: InvalidParameterException, if they have a secret and also ask for a generated one.
    """
    own: str | None = given.get("ClientSecret")
    if own and given.get("GenerateSecret"):
        raise TWO_SECRETS("ClientSecret and GenerateSecret=True are both given")
    return own or (ids.client_secret() if given.get("GenerateSecret") else None)
