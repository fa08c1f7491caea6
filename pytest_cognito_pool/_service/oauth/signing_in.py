"""/oauth2/authorize, /login, /signup, /confirm, /confirmUser and /logout: what a user sees in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from pytest_cognito_pool._service.errors.oauth import (
    FORGED_FORM,
    LOGIN_REQUIRED,
    LOGOUT_REFUSED,
    NO_PROVIDER,
    NO_STYLE,
    PARAMETERS_MISSING,
)
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.errors.sign_in import INCORRECT_PASSWORD
from pytest_cognito_pool._service.events.sources import PreTokenGeneration
from pytest_cognito_pool._service.oauth import authorization, pages
from pytest_cognito_pool._service.oauth.exchange import BROWSER, XSRF, Answered, redirect
from pytest_cognito_pool._service.operations import confirm_sign_up, sign_in_steps, sign_up
from pytest_cognito_pool._service.pool import app_clients, domains
from pytest_cognito_pool._service.protocol import validate
from pytest_cognito_pool._service.user.addresses import NAMED
from pytest_cognito_pool._service.user.attributes import to_list

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.context import ClientContext
    from pytest_cognito_pool._service.oauth.authorization import Authorization
    from pytest_cognito_pool._service.oauth.exchange import Exchange
    from pytest_cognito_pool._service.oauth.pages import Form
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.protocol.http import HttpReply
    from pytest_cognito_pool._service.user.user import User

# The name of the pool's own users among the identity providers.
LOCAL: Final = "COGNITO"
_BY_FUNCTION: Final = "PreTokenGeneration failed"
# Observed: taken away when a sign-in begins.
_OF_FEDERATION: Final[Mapping[str, str]] = {"csrf-state": "; SameSite=None", "csrf-state-legacy": ""}


def authorize(exchange: Exchange) -> HttpReply:
    """Send the browser to the sign-in page, or back to the application if the user is signed in."""
    return to_application(exchange, _authorized)


def to_application(exchange: Exchange, answer: Callable[[Exchange, Authorization], HttpReply]) -> HttpReply:
    """The answer to an authorization request; its errors go to the application, or to the page of errors."""
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
    """The form for name and password; in a browser with a session, the question whether it is still that user."""

    def page(exchange: Exchange, asked: Authorization) -> HttpReply:
        form, user = _login_form(exchange, asked), exchange.signed_in()
        if user is None:
            return form.page(*_fresh(exchange))
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
    with _ShownOn(exchange, form):
        _check_form(exchange)
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
    """The AuthenticationResult of a user who has proved who they are."""
    changes = sign_in_steps.overrides(call, PreTokenGeneration.HOSTED_AUTH, user, asked.asked.scopes)
    result: dict[str, Any] = sign_in_steps.signed_in(call, user, changes, asked.asked)["AuthenticationResult"]
    return result


def tokens(call: ClientContext, user: User, asked: Authorization) -> dict[str, Any]:
    """The AuthenticationResult of a user who need not prove a password."""
    changes = sign_in_steps.overrides(call, PreTokenGeneration.HOSTED_AUTH, user, asked.asked.scopes)
    return sign_in_steps.new_tokens(call, user, changes, asked.asked)


class _ShownOn:
    """Shows the errors of the block on the page of a form; those of tokens go on to the application (observed)."""

    def __init__(self, exchange: Exchange, form: Form) -> None:
        self._exchange = exchange
        self._form = form

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _traceback: object) -> None:
        if isinstance(error, ServiceError) and not str(error.message).startswith(_BY_FUNCTION):
            token, headers = _token(self._exchange)
            text, status = (error.message or error.code), (error.status if error.message is None else 200)
            raise Answered(error, self._form.page(token, text, status, headers)) from None


def _fresh(exchange: Exchange) -> tuple[str, str, int, list[tuple[str, str]]]:
    """What a page without an error has."""
    token, headers = _token(exchange)
    return token, "", 200, headers


def _token(exchange: Exchange) -> tuple[str, list[tuple[str, str]]]:
    """The token of the browser, or a new one with its cookie."""
    known = exchange.cookies.get(XSRF)
    if known:
        return known, []
    token, cookie = exchange.new_xsrf()
    return token, [cookie]


def _check_form(exchange: Exchange) -> None:
    """Refuse a form of another site. Observed: its token equals that of the cookie, whoever made them up."""
    sent = exchange.form.get("_csrf") or exchange.form.get("csrf")
    if not sent or sent != exchange.cookies.get(XSRF):
        raise FORGED_FORM(f"the form's _csrf is not the cookie {XSRF}")


def _login_form(exchange: Exchange, asked: Authorization) -> Form:
    _check_pages(exchange, asked.client)
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


def check_provider(client: AppClient, name: str) -> None:
    """Refuse an identity provider that users of the app client do not sign in with."""
    supported = client.settings.get("SupportedIdentityProviders", ())
    if name not in supported:
        error = NO_PROVIDER(f"app client {client.id!r} has SupportedIdentityProviders={list(supported)}, not {name!r}")
        raise Answered(error, pages.message("Sign in", error.code, error.status))


def _check_pages(exchange: Exchange, client: AppClient) -> None:
    """Refuse pages that the domain does not show for the app client."""
    check_provider(client, LOCAL)
    if exchange.domain.login_version == domains.MANAGED_LOGIN and not exchange.pool.has_style(client.id):
        error = NO_STYLE(f"the domain has ManagedLoginVersion=2, and app client {client.id!r} no branding style")
        raise Answered(error, pages.message("Sign in", error.code, error.status))


def sign_up_page(exchange: Exchange) -> HttpReply:
    """The form for a new user."""
    return to_application(exchange, lambda _exchange, asked: _sign_up_form(exchange, asked).page(*_fresh(exchange)))


def signed_up(exchange: Exchange) -> HttpReply:
    """Sign the user up; the browser goes to the form for the code, or to the application if none is needed."""
    return to_application(exchange, _signed_up)


def _signed_up(exchange: Exchange, asked: Authorization) -> HttpReply:
    form, call = _sign_up_form(exchange, asked), exchange.of_client(asked.client)
    attributes = _attributes(exchange)
    names = exchange.pool.username_attributes
    username = exchange.form.get("username") or next((attributes[name] for name in names if name in attributes), "")
    with _ShownOn(exchange, form):
        _check_form(exchange)
        password, listed = exchange.form.get("password", ""), to_list(attributes)
        sign_up.sign_up(call, _request("SignUp", asked.client, username, Password=password, UserAttributes=listed))
    with exchange.pool.lock:
        is_confirmed = exchange.pool.users.find(username).status == "CONFIRMED"
    if not is_confirmed:
        return redirect(exchange.url("/confirm", f"{exchange.query_text}&{urlencode({'username': username})}"))
    return _after_confirmation(exchange, asked, username)


def _attributes(exchange: Exchange) -> dict[str, str]:
    """The attributes in a form: fields that are named as the schema names them."""
    return {name: value for name, value in exchange.form.items() if name in exchange.pool.schema and value}


def _request(operation: str, client: AppClient, username: str, **members: object) -> Any:
    """The request of an operation about a user; the service proves the secret of the app client itself.

    Raises:
        ServiceError: InvalidParameterException, for what the operation would not take either.
    """
    proof = {} if client.secret is None else {"SecretHash": app_clients.secret_hash(client.id, client.secret, username)}
    return validate.request(operation, {"ClientId": client.id, "Username": username, **proof, **members})


def _after_confirmation(exchange: Exchange, asked: Authorization, username: str) -> HttpReply:
    with exchange.pool.lock:
        user = exchange.pool.users.find(username)
    result = tokens(exchange.of_client(asked.client), user, asked)
    return asked.granted(exchange, result, *exchange.browser_cookies(user))


def _sign_up_form(exchange: Exchange, asked: Authorization) -> Form:
    _check_pages(exchange, asked.client)
    pool = exchange.pool
    wanted = dict.fromkeys([*pool.username_attributes, *pool.schema.required, *pool.auto_verified_attributes])
    own = () if pool.username_attributes else (pages.Field("username", "Username", "text", "username"),)
    fields = tuple(
        pages.Field(name, NAMED.get(name, name).capitalize(), value=exchange.form.get(name, "")) for name in wanted
    )
    return pages.Form(
        "Sign up",
        exchange.path("/signup", exchange.query_text),
        ("signUpButton", "Sign up"),
        (*own, *fields, pages.Field("password", "Password", "password", "new-password")),
        ((exchange.path("/login", exchange.query_text), "Sign in"),),
        "cognitoSignUpForm",
    )


def confirm_page(exchange: Exchange) -> HttpReply:
    """The form for the code of a sign-up."""
    return to_application(exchange, lambda _exchange, _asked: _confirm_form(exchange).page(*_fresh(exchange)))


def confirmed(exchange: Exchange) -> HttpReply:
    """Confirm the user, and send the browser to the application."""
    return to_application(exchange, _confirmed)


def _confirmed(exchange: Exchange, asked: Authorization) -> HttpReply:
    username, code = exchange.given.get("username", ""), exchange.form.get("code", "")
    with _ShownOn(exchange, _confirm_form(exchange)):
        _check_form(exchange)
        _confirm(exchange, asked.client, username, code)
    return _after_confirmation(exchange, asked, username)


def _confirm(exchange: Exchange, client: AppClient, username: str, code: str) -> None:
    call = exchange.of_client(client)
    confirm_sign_up.confirm_sign_up(call, _request("ConfirmSignUp", client, username, ConfirmationCode=code))


def _confirm_form(exchange: Exchange) -> Form:
    return pages.Form(
        "Confirm your account",
        exchange.path("/confirm", exchange.query_text),
        ("confirm", "Confirm account"),
        (pages.Field("code", "Verification code", "text", "one-time-code"),),
        (),
        "confirmForm",
    )


def confirm_user(exchange: Exchange) -> HttpReply:
    """The link of a message: it confirms the user."""
    query = exchange.query
    try:
        client = exchange.pool.clients[query["client_id"]]
        username, code = query["user_name"], query["confirmation_code"]
    except KeyError as missing:
        error = PARAMETERS_MISSING(f"the request has {sorted(query)}; {missing} is missing or unknown")
        raise Answered(error, pages.message("Error", error.code, 400)) from None
    try:
        _confirm(exchange, client, username, code)
    except ServiceError as error:
        raise Answered(error, pages.message("Error", error.message or error.code, 400)) from None
    return pages.message("Confirmed", "Your registration has been confirmed!")


def logout(exchange: Exchange) -> HttpReply:
    """Sign the user out in the browser, whatever else the request says (observed)."""
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
    """The page of errors."""
    text = exchange.query.get("error") or LOGOUT_REFUSED.code
    return pages.message("An error was encountered with the requested page.", text, 400)
