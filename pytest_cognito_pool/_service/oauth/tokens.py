"""/oauth2/token, /oauth2/revoke and /oauth2/userInfo: the endpoints that applications call directly."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._service.encoding import base64url
from pytest_cognito_pool._service.errors.oauth import (
    BAD_USER_INFO,
    DEAD_TOKEN,
    INVALID_CLIENT,
    INVALID_GRANT,
    INVALID_REQUEST,
    INVALID_SCOPE,
    NO_METHOD,
    NO_OPENID,
    REVOKE_CLIENT,
    UNAUTHORIZED_CLIENT,
    UNSUPPORTED_GRANT_TYPE,
    UNSUPPORTED_TOKEN_TYPE,
)
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.oauth.exchange import FORM, authorization, basic, is_form, reply
from pytest_cognito_pool._service.operations import client_tokens, refreshing
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.protocol import java
from pytest_cognito_pool._service.tokens import access, jwt, scopes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate
    from pytest_cognito_pool._service.oauth.exchange import Exchange
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.protocol.http import HttpReply
    from pytest_cognito_pool._service.user.authorization_codes import Issued

_JSON: Final = "application/json;charset=UTF-8"
# The members of a reply in their observed order, each with the member of an AuthenticationResult.
_MEMBERS: Final[Mapping[str, str]] = {
    "id_token": "IdToken",
    "access_token": "AccessToken",
    "refresh_token": "RefreshToken",
    "expires_in": "ExpiresIn",
    "token_type": "TokenType",
}


def token(exchange: Exchange) -> HttpReply:
    """Exchange a code, a refresh token or the app client's own secret for tokens."""
    _check_form(exchange)
    grant_type = exchange.given.get("grant_type")
    if not grant_type:
        raise INVALID_REQUEST(f"the request has {sorted(exchange.given)}, without grant_type")
    client = _authenticated(exchange, INVALID_CLIENT)
    if grant_type not in _GRANTS:
        raise UNSUPPORTED_GRANT_TYPE(f"grant_type is {grant_type!r}, not one of {list(_GRANTS)}")
    result = _GRANTS[grant_type](exchange, client)
    members = {name: result[member] for name, member in _MEMBERS.items() if member in result}
    return _json(200, members, exchange.new_xsrf()[1])


def _check_form(exchange: Exchange) -> None:
    """Refuse a body that is not a form. Observed: a quoted Content-Type and an Accept without JSON are refused too."""
    headers = exchange.request.headers
    kind, accepted = headers.get("content-type", ""), headers.get("accept", "*/*")
    if '"' in kind or not any(name in accepted for name in ("*/*", "application/*", "json")):
        raise NO_METHOD(f"Content-Type is {kind!r}, Accept is {accepted!r}")
    if exchange.request.body and not is_form(exchange.request):
        raise INVALID_REQUEST(f"Content-Type is {kind!r}, not {FORM!r}")


class _Credentials(NamedTuple):
    """The app client's credentials in a request; `basic` is whether they come from the Authorization header."""

    client_id: str
    secret: str
    basic: bool


def _credentials(exchange: Exchange) -> _Credentials:
    given = exchange.given
    scheme, said = authorization(exchange.request)
    if scheme == "basic":
        return _Credentials(*basic(said), basic=True)
    return _Credentials(given.get("client_id", ""), given.get("client_secret", ""), basic=False)


def _authenticated(exchange: Exchange, refused: ErrorTemplate) -> AppClient:
    """Return the app client that makes the request.

    Raises:
        ServiceError: invalid_request if the request has no client_id and no Basic credentials, otherwise `refused`.
    """
    sent = _credentials(exchange)
    if not sent.client_id and not sent.basic:
        raise INVALID_REQUEST("the request has no client_id, and no Authorization")
    client = exchange.pool.clients.get(sent.client_id)
    if client is None:
        raise refused(f"{exchange.pool.id} has the app clients {list(exchange.pool.clients)}, not {sent.client_id!r}")
    if client.secret is None and sent.basic:
        raise refused(f"app client {client.id!r} has no secret; send its client_id in the body, not in Authorization")
    if wrong := app_clients.wrong_secret(client, sent.secret or None):
        raise refused(wrong)
    return client


def _by_code(exchange: Exchange, client: AppClient) -> Mapping[str, Any]:
    code, uri = _needed(exchange, "code"), _needed(exchange, "redirect_uri")
    _check_flow(client, "code")
    codes = exchange.pool.sign_ins.codes
    with exchange.pool.lock:
        issued = codes.find(code, client.id, exchange.at)
        if issued.redirect_uri != uri:
            raise UNAUTHORIZED_CLIENT(f"redirect_uri is {uri!r}; the code was sent to {issued.redirect_uri!r}")
        _check_verifier(issued, exchange.given.get("code_verifier", ""))
        _check_readable(client, issued)
        codes.use_up(code)
    return issued.result


def _check_verifier(issued: Issued, verifier: str) -> None:
    digest = base64url(hashlib.sha256(verifier.encode()).digest()) if verifier else ""
    if issued.challenge != digest:
        raise INVALID_GRANT("the code_verifier does not match the code_challenge that was sent to /oauth2/authorize")


def _check_readable(client: AppClient, issued: Issued) -> None:
    """Refuse scopes whose attributes the app client may not read (observed for an address without its flag)."""
    for scope, names in scopes.ATTRIBUTES.items():
        readable = app_clients.readable(client, dict.fromkeys(names, ""))
        hidden = [name for name in names if name not in readable]
        if scope in issued.scopes and hidden:
            raise INVALID_GRANT(f"app client {client.id!r} may not read {hidden}, which the scope {scope!r} shows")


def _by_refresh_token(exchange: Exchange, client: AppClient) -> Mapping[str, Any]:
    sent, call = _needed(exchange, "refresh_token"), exchange.of_client(client)
    with call.locked():
        grant = exchange.pool.sign_ins.grants.of_refresh_token(sent)
        if grant is not None and not grant.user.enabled:
            raise INVALID_GRANT(f"{grant.user.shown} is disabled")
    try:
        return refreshing.refreshed(call, sent, client.rotation)
    except ServiceError as error:
        if "Lambda" in error.code:
            raise
        raise INVALID_GRANT(error.why) from None


def _by_client(exchange: Exchange, client: AppClient) -> Mapping[str, Any]:
    _check_flow(client, "client_credentials")
    asked = exchange.given.get("scope", "").split()
    allowed = client_tokens.allowed(client, asked, INVALID_SCOPE)
    if not allowed:
        raise INVALID_SCOPE(f"app client {client.id!r} has no scope of a resource server among its AllowedOAuthScopes")
    return client_tokens.result(exchange.of_client(client), allowed, _metadata(exchange))


def _metadata(exchange: Exchange) -> dict[str, object]:
    """Return the aws_client_metadata as the clientMetadata of an event."""
    text = exchange.given.get("aws_client_metadata")
    if not text:
        return {}
    try:
        metadata = json.loads(text)
    except (ValueError, RecursionError):
        metadata = None
    if not isinstance(metadata, dict):
        raise INVALID_REQUEST(f"aws_client_metadata is {text!r}, not a JSON object")
    return {"clientMetadata": metadata}


def _check_flow(client: AppClient, flow: str) -> None:
    if wrong := app_clients.wrong_flow(client, flow):
        raise UNAUTHORIZED_CLIENT(wrong)


def _needed(exchange: Exchange, name: str) -> str:
    value = exchange.given.get(name)
    if not value:
        raise INVALID_REQUEST(f"the request has {sorted(exchange.given)}, without {name}")
    return value


_GRANTS: Final[Mapping[str, Callable[[Exchange, AppClient], Mapping[str, Any]]]] = {
    "authorization_code": _by_code,
    "refresh_token": _by_refresh_token,
    "client_credentials": _by_client,
}


def revoke(exchange: Exchange) -> HttpReply:
    """Make a refresh token and its access tokens invalid; an unknown token is not refused."""
    sent = _needed(exchange, "token")
    client = _authenticated(exchange, REVOKE_CLIENT)
    if not client.settings["EnableTokenRevocation"]:
        raise INVALID_REQUEST(f"app client {client.id!r} has EnableTokenRevocation=False")
    if jwt.is_token(sent):
        raise UNSUPPORTED_TOKEN_TYPE("it is an ID or access token; only refresh tokens can be revoked")
    grants = exchange.pool.sign_ins.grants
    with exchange.pool.lock:
        grant = grants.of_refresh_token(sent)
        if grant is not None and grant.client_id == client.id:
            grants.revoke(grant)
    return reply(200)


def user_info(exchange: Exchange) -> HttpReply:
    """Return the user's attributes that the scopes of an access token show."""
    scheme, sent = authorization(exchange.request)
    try:
        said = jwt.decode(sent) if scheme == "bearer" else {}
    except ValueError:
        said = {}
    if said.get("token_use") != "access":
        raise BAD_USER_INFO("the request has no access token in Authorization: Bearer")
    if scopes.OPENID not in str(said.get("scope", "")).split():
        raise NO_OPENID(f"its scope is {said.get('scope')!r}: tokens of the API and of app clients have no openid")
    return _json(200, _shown(exchange, sent))


def _shown(exchange: Exchange, sent: str) -> dict[str, str]:
    pool = exchange.pool
    with pool.lock:
        try:
            grant = access.check(pool, sent, exchange.at, scopes.OPENID)
        except ServiceError as error:
            raise DEAD_TOKEN(error.why) from None
        user, client = grant.user, pool.clients.get(grant.client_id)
        if not user.enabled or client is None:
            raise DEAD_TOKEN(f"{user.shown} is disabled, or the app client was deleted")
        shown = scopes.visible(app_clients.readable(client, user.attributes), grant.asked.scopes)
        return java.as_listed({"sub": user.sub, **shown, "username": user.username})


def refused(error: ServiceError) -> HttpReply:
    """Return an error as these endpoints write it: JSON with `error`, and `error_description` if it has a text."""
    description = {} if error.message is None else {"error_description": error.message}
    code = error.code if error.code.islower() else INVALID_REQUEST.code
    headers = []
    if description and code in {BAD_USER_INFO.code, DEAD_TOKEN.code}:
        headers = [("WWW-Authenticate", f'error="{code}", error_description="{error.message}"')]
    return _json(error.status, {"error": code, **description}, *headers)


def _json(status: int, content: Mapping[str, Any], *headers: tuple[str, str]) -> HttpReply:
    return reply(status, json.dumps(content, separators=(",", ":")).encode(), _JSON, *headers)
