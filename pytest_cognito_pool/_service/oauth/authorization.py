"""The authorization request of an application; each page of the sign-in gets its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from pytest_cognito_pool._service.errors.oauth import (
    AUTHORIZE_REFUSED,
    FLOW_REFUSED,
    PARAMETERS_MISSING,
    REDIRECT_MISMATCH,
    SCOPE_REFUSED,
)
from pytest_cognito_pool._service.oauth.exchange import redirect, with_query
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.user.authorization_codes import Issued
from pytest_cognito_pool._service.user.grants import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.errors.service_error import ServiceError
    from pytest_cognito_pool._service.oauth.exchange import Exchange
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.protocol.http import HttpReply

# The response types, each with the flow that the app client must be allowed.
_FLOWS: Final[Mapping[str, str]] = {"code": "code", "token": "implicit"}


class Authorization(NamedTuple):
    """An authorization request that the app client may make.

    Attributes:
        client: the app client.
        redirect_uri: where the browser goes in the end.
        response_type: `code` or `token`.
        asked: what the sign-in asks for.
        state: the state to send back to the application; None if it sent none.
        challenge: the code_challenge; empty for none.
    """

    client: AppClient
    redirect_uri: str
    response_type: str
    asked: Asked
    state: str | None
    challenge: str

    def granted(self, exchange: Exchange, result: Mapping[str, Any], *cookies: tuple[str, str]) -> HttpReply:
        """The redirect to the application, with a code or the tokens themselves."""
        state = {} if self.state is None else {"state": self.state}
        if self.response_type == "token":
            return redirect(f"{self.redirect_uri}#{urlencode({**_of_fragment(result), **state})}", *cookies)
        at = exchange.at
        issued = Issued(self.client.id, self.redirect_uri, self.challenge, self.asked.scopes, result, at)
        with exchange.pool.lock:
            code = exchange.pool.sign_ins.codes.give(issued, at)
        return redirect(with_query(self.redirect_uri, {"code": code, **state}), *cookies)


class Target(NamedTuple):
    """Where the errors of an authorization request go, once its redirect_uri is accepted.

    Attributes:
        redirect_uri: the application's.
        state: the state to send back to the application; None if it sent none.
        in_fragment: whether the application reads the fragment.
    """

    redirect_uri: str
    state: str | None
    in_fragment: bool

    def refused(self, error: ServiceError) -> HttpReply:
        """Return the redirect to the application, with its parameters in the observed order."""
        # Observed: a space follows the text of a trigger's error.
        blank = " " if error.code.startswith("UserLambda") else ""
        description = {} if error.message is None else {"error_description": f"{error.message}{blank}"}
        state = {} if self.state is None else {"state": self.state}
        code = error.code if error.code.islower() else AUTHORIZE_REFUSED.code
        pairs = {**description, **state, "error": code}
        if self.in_fragment:
            return redirect(f"{self.redirect_uri}#{urlencode(pairs)}")
        return redirect(with_query(self.redirect_uri, pairs))


def target(exchange: Exchange) -> Target:
    """Return where the errors of an authorization request go.

    Raises:
        ServiceError: an error for the domain's error page, not for the application.
    """
    client, query = _client(exchange), exchange.query
    uri, kind = query["redirect_uri"], query.get("response_type", "")
    registered = client.settings.get("CallbackURLs", ())
    if uri not in registered:
        raise REDIRECT_MISMATCH(f"app client {client.id!r} has the CallbackURLs {list(registered)}, not {uri!r}")
    if kind in _FLOWS and (wrong := app_clients.wrong_flow(client, _FLOWS[kind])):
        raise FLOW_REFUSED(wrong)
    return Target(uri, query.get("state"), kind == "token")


def _client(exchange: Exchange) -> AppClient:
    query = exchange.query
    for name in ("client_id", "redirect_uri"):
        if not query.get(name):
            raise PARAMETERS_MISSING(f"the request has {query}, and no {name}")
    client = exchange.pool.clients.get(query["client_id"])
    if client is None:
        clients = list(exchange.pool.clients)
        raise REDIRECT_MISMATCH(f"{exchange.pool.id} has the app clients {clients}, not {query['client_id']!r}")
    return client


def read(exchange: Exchange, to: Target) -> Authorization:
    """Read the authorization request; its target is known.

    Raises:
        ServiceError: an error for the application.
    """
    query, client = exchange.query, exchange.pool.clients[exchange.query["client_id"]]
    kind = query.get("response_type", "")
    if kind not in _FLOWS:
        raise AUTHORIZE_REFUSED(f"response_type is {kind!r}, not one of {list(_FLOWS)}")
    challenge, method = query.get("code_challenge", ""), query.get("code_challenge_method", "")
    if bool(challenge) != bool(method) or method not in {"", "S256"}:
        raise AUTHORIZE_REFUSED(f"code_challenge_method is {method!r}; send 'S256' and a code_challenge, or neither")
    asked = Asked(_scopes(client, query), True, query.get("nonce", ""), query.get("resource", ""))  # noqa: FBT003
    return Authorization(client, to.redirect_uri, kind, asked, to.state, challenge)


def _scopes(client: AppClient, query: Mapping[str, str]) -> tuple[str, ...]:
    """The scopes asked for, or all that the client may have."""
    allowed = client.settings.get("AllowedOAuthScopes", ())
    asked = tuple(dict.fromkeys(query.get("scope", "").split()))
    for scope in asked:
        if scope not in allowed:
            raise SCOPE_REFUSED(f"app client {client.id!r} has AllowedOAuthScopes={list(allowed)}, not {scope!r}")
    return asked or tuple(allowed)


def _of_fragment(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of the redirect's fragment: the tokens, but never a refresh token."""
    return {
        **({"id_token": result["IdToken"]} if "IdToken" in result else {}),
        "access_token": result["AccessToken"],
        "expires_in": result["ExpiresIn"],
        "token_type": "Bearer",
    }
