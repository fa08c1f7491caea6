"""/oauth2/authorize, /login and /logout: how a user signs in and out in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from pytest_cognito_pool._service.errors.oauth import LOGIN_REQUIRED, LOGOUT_REFUSED
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.errors.sign_in import INCORRECT_PASSWORD
from pytest_cognito_pool._service.events.sources import PreTokenGeneration
from pytest_cognito_pool._service.oauth import authorization, pages
from pytest_cognito_pool._service.oauth.exchange import BROWSER, Answered, redirect
from pytest_cognito_pool._service.oauth.forms import LOCAL, ShownOn, check_form, check_pages, fresh
from pytest_cognito_pool._service.operations import sign_in_steps
from pytest_cognito_pool._service.user.addresses import NAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.context import ClientContext
    from pytest_cognito_pool._service.oauth.authorization import Authorization
    from pytest_cognito_pool._service.oauth.exchange import Exchange
    from pytest_cognito_pool._service.oauth.pages import Form
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.protocol.http import HttpReply
    from pytest_cognito_pool._service.user.user import User

# Observed: cookies that are deleted when a sign-in begins.
_OF_FEDERATION: Final[Mapping[str, str]] = {"csrf-state": "; SameSite=None", "csrf-state-legacy": ""}


def authorize(exchange: Exchange) -> HttpReply:
    """Send the browser to the sign-in page, or back to the application if the user is signed in."""
    return to_application(exchange, _authorized)


def to_application(exchange: Exchange, answer: Callable[[Exchange, Authorization], HttpReply]) -> HttpReply:
    """Answer an authorization request; errors go to the application or to the error page."""
    try:
        to = authorization.target(exchange)
    except ServiceError as error:
        query = {"error": error.code, **({"client_id": exchange.query["client_id"]} if error.code.islower() else {})}
        raise Answered(error, redirect(exchange.url("/error", urlencode(query)))) from None
    try:
        return answer(exchange, authorization.read(exchange, to))
    except ServiceError as error:
        raise Answered(error, to.refused(error)) from None


def _authorized(exchange: Exchange, asked: Authorization) -> HttpReply:
    provider = exchange.query.get("identity_provider") or exchange.query.get("idp_identifier") or LOCAL
    if provider != LOCAL:
        raise exchange.of_client(asked.client).unsupported(f"identity_provider={provider!r}")
    user, prompt = exchange.signed_in(), exchange.query.get("prompt", "")
    if user is not None and prompt != "login":
        call = exchange.of_client(asked.client)
        return asked.granted(exchange, tokens(call, user, asked))
    if prompt == "none":
        raise LOGIN_REQUIRED("prompt=none, and nobody is signed in in the browser")
    gone = (exchange.cookie(name, '""', gone=True, same_site=site) for name, site in _OF_FEDERATION.items())
    return redirect(exchange.url("/login", exchange.query_text), exchange.new_xsrf()[1], *gone)


def login_page(exchange: Exchange) -> HttpReply:
    """The form for name and password; in a browser with a session, a choice between its user and another one."""

    def page(exchange: Exchange, asked: Authorization) -> HttpReply:
        form, user = _login_form(exchange, asked), exchange.signed_in()
        if user is None or exchange.query.get("prompt") == "login":
            return form.page(*fresh(exchange))
        links = [
            (exchange.path("/oauth2/authorize", exchange.query_text), f"Sign In as {user.username}?"),
            (exchange.path("/oauth2/authorize", f"{exchange.query_text}&prompt=login"), "Sign in as another user"),
        ]
        return pages.choice("Sign in", links)

    return to_application(exchange, page)


def login(exchange: Exchange) -> HttpReply:
    """Check the form, and send the browser to the application."""
    return to_application(exchange, _logged_in)


def _logged_in(exchange: Exchange, asked: Authorization) -> HttpReply:
    form = _login_form(exchange, asked)
    call = exchange.of_client(asked.client)
    with ShownOn(exchange, form):
        check_form(exchange)
        user = _proved(call, exchange.form.get("username", ""), exchange.form.get("password", ""))
        result = signed_in(call, user, asked)
    return asked.granted(exchange, result, *exchange.browser_cookies(user))


def _proved(call: ClientContext, username: str, password: str) -> User:
    user = sign_in_steps.admitted(call, username) if username else None
    if user is None:
        raise INCORRECT_PASSWORD(call.pool.users.why_unknown(username))
    user = sign_in_steps.proved(call, user, password)
    if user.status == "FORCE_CHANGE_PASSWORD":
        raise call.unsupported(f"the challenge {sign_in_steps.NEW_PASSWORD}")
    sign_in_steps.check_one_factor(call, user)
    return user


def signed_in(call: ClientContext, user: User, asked: Authorization) -> dict[str, Any]:
    """Invoke PostAuthentication, then return the AuthenticationResult of the user."""
    changes = sign_in_steps.overrides(call, PreTokenGeneration.HOSTED_AUTH, user, asked.asked.scopes)
    result: dict[str, Any] = sign_in_steps.signed_in(call, user, changes, asked.asked)["AuthenticationResult"]
    return result


def tokens(call: ClientContext, user: User, asked: Authorization) -> dict[str, Any]:
    """Return the AuthenticationResult without PostAuthentication, for example if the browser has a session."""
    changes = sign_in_steps.overrides(call, PreTokenGeneration.HOSTED_AUTH, user, asked.asked.scopes)
    return sign_in_steps.new_tokens(call, user, changes, asked.asked)


def _login_form(exchange: Exchange, asked: Authorization) -> Form:
    check_pages(exchange, asked.client)
    names = exchange.pool.username_attributes or ["username"]
    label = " or ".join(NAMED.get(name, name).capitalize() for name in names)
    typed = exchange.form.get("username", exchange.query.get("login_hint", ""))
    return pages.Form(
        "Sign in",
        exchange.path("/login", exchange.query_text),
        ("signInSubmitButton", "Sign in"),
        (
            pages.Field("cognitoAsfData", "", "hidden"),
            pages.Field("username", label, "text", "username", typed, "signInFormUsername"),
            pages.Field("password", "Password", "password", "current-password", key="signInFormPassword"),
        ),
        ((exchange.path("/signup", exchange.query_text), "Sign up"),),
        "cognitoSignInForm",
    )


def logout(exchange: Exchange) -> HttpReply:
    """Sign the user out in the browser, even if the request is otherwise refused (observed)."""
    with exchange.pool.lock:
        exchange.pool.sign_ins.browsers.sign_out(exchange.cookies.get(BROWSER, ""))
    gone = exchange.without_browser_cookie()
    query = exchange.query
    client = exchange.pool.clients.get(query.get("client_id", ""))
    settings = {} if client is None else client.settings
    if "logout_uri" in query and query["logout_uri"] in settings.get("LogoutURLs", ()):
        return redirect(query["logout_uri"], gone)
    if "logout_uri" not in query and query.get("redirect_uri") in settings.get("CallbackURLs", ()):
        scopes = {"scope": " ".join(settings.get("AllowedOAuthScopes", ()))}
        return redirect(exchange.url("/login", urlencode({**scopes, **query})), gone)
    error = LOGOUT_REFUSED(_why_no_logout(client))
    raise Answered(error, redirect(exchange.url("/error", exchange.query_text), gone))


def _why_no_logout(client: AppClient | None) -> str:
    if client is None:
        return "the request names no app client of the pool"
    known = {name: list(client.settings.get(name, ())) for name in ("LogoutURLs", "CallbackURLs")}
    return f"app client {client.id!r} has {known}"


def error_page(exchange: Exchange) -> HttpReply:
    """The error page."""
    text = exchange.query.get("error") or LOGOUT_REFUSED.code
    return pages.message("An error was encountered with the requested page.", text, 400)
