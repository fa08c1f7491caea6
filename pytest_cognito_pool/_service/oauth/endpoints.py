"""The paths of a domain: the function that answers each, and how requests are recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pytest_cognito_pool._service.errors.oauth import NO_DOMAIN, NO_METHOD, NO_PAGE
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError
from pytest_cognito_pool._service.journal import Attempt, Call, Error
from pytest_cognito_pool._service.oauth import documents, federation, pages, signing_in, signing_up, tokens
from pytest_cognito_pool._service.oauth.exchange import Answered, Exchange, is_secret, masked, parameters, reply
from pytest_cognito_pool._service.secrets import Secret
from pytest_cognito_pool._service.triggers import attribution
from pytest_cognito_pool._service.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.journal import Listener
    from pytest_cognito_pool._service.pool.domains import Domain
    from pytest_cognito_pool._service.pool.identity_providers import IdentityProvider
    from pytest_cognito_pool._service.protocol.http import HttpReply, HttpRequest

    Answer = Callable[[Exchange], HttpReply]

_ENDPOINTS: Final[Mapping[str, Mapping[str, Answer]]] = {
    "/oauth2/authorize": {"GET": signing_in.authorize},
    "/oauth2/token": {"POST": tokens.token},
    "/oauth2/revoke": {"POST": tokens.revoke},
    "/oauth2/userInfo": {"GET": tokens.user_info},
    "/login": {"GET": signing_in.login_page, "POST": signing_in.login},
    "/logout": {"GET": signing_in.logout},
    "/signup": {"GET": signing_up.sign_up_page, "POST": signing_up.signed_up},
    "/confirm": {"GET": signing_up.confirm_page, "POST": signing_up.confirmed},
    "/confirmUser": {"GET": signing_up.confirm_user},
    "/error": {"GET": signing_in.error_page},
}
_NOT_SIMULATED: Final = frozenset(
    {
        "/confirmforgotPassword", "/forgotPassword", "/oauth2/idpresponse", "/passkeys/add", "/resendcode",
        "/saml2/idpresponse", "/saml2/logout",
    }
)  # fmt: skip
# Requests are recorded under these names, as API calls are under the names of operations.
NAMES: Final = (
    *(f"{method} {path}" for path, methods in _ENDPOINTS.items() for method in methods),
    "GET /oauth2/idpresponse",
)


def answer(account: Account, listener: Listener, domain: Domain, request: HttpRequest, base: str) -> HttpReply:
    """The reply to a request at a domain.

    Args:
        account: the account.
        listener: notified of the call.
        domain: the domain.
        request: the request; the path of its URL is a path of the domain.
        base: the URL before the paths of the domain.

    Raises:
        UnsupportedOperationError: for a page that is not simulated.
    """
    path = urlsplit(request.url).path.rstrip("/") or "/"
    call = _received(listener, request, path, domain.pool_id)
    exchange = Exchange(account, domain, request, base, call, listener)
    return _finished(listener, call, lambda: _answer(exchange, path))


def from_provider(  # noqa: PLR0913 - who signs in, where and as whom
    account: Account,
    listener: Listener,
    domain: Domain,
    request: HttpRequest,
    *,
    provider: IdentityProvider,
    claims: Mapping[str, Any],
) -> HttpReply:
    """The reply to a browser that comes back from an identity provider.

    Args:
        account: the account.
        listener: notified of the call.
        domain: the domain.
        request: the authorization request with which the browser left.
        provider: the identity provider.
        claims: its claims about the user.
    """
    call = _received(listener, request, "/oauth2/idpresponse", domain.pool_id)
    exchange = Exchange(account, domain, request, f"https://{domain.host}", call, listener)

    def back() -> HttpReply:
        return signing_in.to_application(
            exchange, lambda exchange, asked: federation.signed_in(exchange, asked, provider, claims)
        )

    return _finished(listener, call, back)


def unknown_domain(account: Account, listener: Listener, request: HttpRequest) -> HttpReply:
    """Return the reply at a host that is not a domain of the account: a "Not Found" page."""
    url = urlsplit(request.url)
    call = _received(listener, request, url.path, None)
    known = listed(list(account.domains)) or "none; call cognito_pool.add_domain('myapp')"
    why = f"no pool has the domain {url.hostname!r}; existing domains: {known}"
    error = NO_DOMAIN(why)
    return _finished(listener, call, _refusing(error, pages.message(error.code, error.code, error.status)))


def document(
    account: Account, listener: Listener, request: HttpRequest, found: tuple[str, str], region: str | None
) -> HttpReply:
    """Return the key set or the OpenID configuration of a pool; a request about an unknown pool is recorded.

    Args:
        account: the account.
        listener: notified of the call.
        request: the request.
        found: the id of the pool and the name of the document.
        region: the region of the host; None if it is not known.
    """
    pool_id, name = found
    try:
        return documents.document(account, account.pool(pool_id, region), name)
    except ServiceError as error:
        refuse = _refusing(error, documents.no_pool(pool_id))
    return _finished(listener, _received(listener, request, urlsplit(request.url).path, None), refuse)


def _refusing(error: ServiceError, page: HttpReply) -> Callable[[], HttpReply]:
    """Return a function that refuses a request with that error and page."""

    def refuse() -> HttpReply:
        raise Answered(error, page)

    return refuse


def _received(listener: Listener, request: HttpRequest, path: str, pool_id: str | None) -> Call:
    call = Call(f"{_method(request)} {path}", masked(parameters(request)), pool_id, [Attempt()])
    call.caused_by = attribution.current()
    if call.caused_by is not None:
        call.caused_by.calls.append(call)
    listener.call_received(call)
    return call


def _method(request: HttpRequest) -> str:
    return "GET" if request.method == "HEAD" else request.method


def _finished(listener: Listener, call: Call, answering: Callable[[], HttpReply]) -> HttpReply:
    """Answer the request, and record the reply or the error."""
    attempt = call.attempts[-1]
    try:
        given = answering()
        attempt.reply = _recorded(given)
    except Answered as answered:
        error, given = answered.error, answered.reply
        attempt.error = Error(error.code, error.message, error.status)
        attempt.why = error.why
    except BaseException as error:
        attempt.raised = error
        raise
    finally:
        listener.call_finished(call)
    return given


def _recorded(answer: HttpReply) -> dict[str, Any]:
    """Return what is recorded of an answer: its JSON members or its Location, with codes and tokens masked."""
    headers = dict(answer.headers)
    if headers.get("Content-Type", "").startswith("application/json"):
        return masked(json.loads(answer.body))
    location = headers.get("Location")
    if location is None:
        return {}
    return {"Location": Secret(location) if is_secret(location) else location}


def _answer(exchange: Exchange, path: str) -> HttpReply:
    if path in _NOT_SIMULATED:
        raise UnsupportedOperationError(exchange.call.operation)
    methods = _ENDPOINTS.get(path)
    if methods is None:
        error = NO_PAGE(f"there is no page {path!r}; existing pages: {list(_ENDPOINTS)}")
        raise Answered(error, pages.message(error.code, error.code, error.status))
    function = methods.get(_method(exchange.request))
    if function is None:
        raise _of_another_method(exchange, NO_METHOD(f"{path} takes {list(methods)}"))
    try:
        return function(exchange)
    except ServiceError as error:
        if error.status == NO_METHOD.status:
            raise _of_another_method(exchange, error) from None
        raise Answered(error, tokens.refused(error)) from None


def _of_another_method(exchange: Exchange, error: ServiceError) -> Answered:
    """Return the answer to a wrong method. Observed: an empty body, and a new CSRF token."""
    return Answered(error, reply(error.status, b"", "", exchange.new_xsrf()[1]))
