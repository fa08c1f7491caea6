"""The public object of the tokens of a silent sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_pool._api.checks.clients import client_record
from pytest_cognito_pool._api.checks.forms import USERNAME, check
from pytest_cognito_pool._api.errors import UsageError, accepted, unknown_name
from pytest_cognito_pool._service.context import ClientContext, Context
from pytest_cognito_pool._service.errors.service_error import worded
from pytest_cognito_pool._service.events.sources import PreTokenGeneration
from pytest_cognito_pool._service.journal import Call
from pytest_cognito_pool._service.operations import sign_in_steps
from pytest_cognito_pool._service.secrets import Secret
from pytest_cognito_pool._service.tokens import claims, jwt, scopes
from pytest_cognito_pool._service.tokens.overrides import Overrides
from pytest_cognito_pool._service.user.grants import Asked

if TYPE_CHECKING:
    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.journal import Listener
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User


class Tokens(NamedTuple):
    """The tokens of a sign-in: strings, masked in reports.

    Attributes:
        access_token: authorises calls to operations and to resource servers.
        id_token: says who the user is; empty if there is none.
        refresh_token: gets new tokens.
    """

    access_token: str
    id_token: str
    refresh_token: str

    @property
    def headers(self) -> dict[str, str]:
        """The HTTP header with the access token: `Authorization: Bearer ...`."""
        return {"Authorization": Secret(f"Bearer {self.access_token}")}

    @property
    def access_claims(self) -> dict[str, Any]:
        """The claims of the access token."""
        return jwt.decode(self.access_token)

    @property
    def id_claims(self) -> dict[str, Any]:
        """The claims of the ID token; empty if there is none."""
        return jwt.decode(self.id_token) if self.id_token else {}


def sign_in(  # noqa: PLR0913 - who signs in, where and how
    account: Account,
    listener: Listener,
    pool: Pool,
    username: str,
    client: object,
    *,
    wanted: tuple[str, ...] | None,
    run_triggers: bool,
) -> Tokens:
    """The tokens of a new sign-in; without scopes, of a sign-in through the API.

    Raises:
        UsageError: for a user who cannot sign in, an unknown app client, a scope that the app client may not have, and
            if the function fails.
    """
    user, app_client = _user(pool, username), client_record(pool, client)
    asked = sign_in_steps.THROUGH_API if wanted is None else Asked(_checked(pool, app_client, wanted), on_page=True)
    call = ClientContext(Context(Call("InitiateAuth"), account, None, listener), pool, app_client)

    def issue() -> dict[str, Any]:
        source = PreTokenGeneration.HOSTED_AUTH if asked.on_page else PreTokenGeneration.AUTHENTICATION
        changes = Overrides({}, "1")
        if run_triggers:
            changes = sign_in_steps.overrides(call, source, user, asked.scopes)
        with pool.lock:
            at = pool.clock.time()
            grant = sign_in_steps.open_grant(pool, app_client, user, asked, at)
            refresh_token, said = (
                pool.sign_ins.grants.refresh_token(grant),
                claims.of(pool, app_client, user, grant, at),
            )
        return sign_in_steps.tokens(call, said, changes, refresh_token)

    given = accepted(issue)
    return Tokens(Secret(given["AccessToken"]), Secret(given.get("IdToken", "")), Secret(given["RefreshToken"]))


def _checked(pool: Pool, client: AppClient, names: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes, if the app client may have them; if its settings name no scopes, it may have all of the pool's."""
    known = client.settings.get("AllowedOAuthScopes") or [*scopes.STANDARD, *pool.resource_servers.scopes()]
    for name in names:
        if name not in known:
            raise unknown_name(f"app client {client.id!r} may not have the scope", name, known)
    return names


def _user(pool: Pool, username: str) -> User:
    check("username", username, USERNAME)
    user = pool.users.index.find(username)
    if user is None:
        raise UsageError(worded(pool.users.why_unknown(username)), typed=username)
    if not user.enabled:
        raise UsageError(f"{username!r} is disabled and cannot sign in", typed=username)
    if user.status not in {"CONFIRMED", "EXTERNAL_PROVIDER"}:
        raise UsageError(f"{username!r} is {user.status} and cannot sign in; a CONFIRMED user can", typed=username)
    return user
