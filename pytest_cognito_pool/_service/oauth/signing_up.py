"""/signup, /confirm and /confirmUser: how a user signs up in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pytest_cognito_pool._service.errors.oauth import PARAMETERS_MISSING
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.oauth import pages
from pytest_cognito_pool._service.oauth.exchange import Answered, redirect
from pytest_cognito_pool._service.oauth.forms import ShownOn, check_form, check_pages, fresh
from pytest_cognito_pool._service.oauth.signing_in import to_application, tokens
from pytest_cognito_pool._service.operations import confirm_sign_up, sign_up
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.protocol import validate
from pytest_cognito_pool._service.user.addresses import NAMED
from pytest_cognito_pool._service.user.attributes import to_list

if TYPE_CHECKING:
    from pytest_cognito_pool._service.oauth.authorization import Authorization
    from pytest_cognito_pool._service.oauth.exchange import Exchange
    from pytest_cognito_pool._service.oauth.pages import Form
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.protocol.http import HttpReply


def sign_up_page(exchange: Exchange) -> HttpReply:
    """The form for a new user."""
    return to_application(exchange, lambda _exchange, asked: _sign_up_form(exchange, asked).page(*fresh(exchange)))


def signed_up(exchange: Exchange) -> HttpReply:
    """Sign the user up; the browser goes to the form for the code, or to the application if none is needed."""
    return to_application(exchange, _signed_up)


def _signed_up(exchange: Exchange, asked: Authorization) -> HttpReply:
    form, call = _sign_up_form(exchange, asked), exchange.of_client(asked.client)
    attributes = _attributes(exchange)
    names = exchange.pool.username_attributes
    username = exchange.form.get("username") or next((attributes[name] for name in names if name in attributes), "")
    with ShownOn(exchange, form):
        check_form(exchange)
        password, listed = exchange.form.get("password", ""), to_list(attributes)
        sign_up.sign_up(call, _request("SignUp", asked.client, username, Password=password, UserAttributes=listed))
    with exchange.pool.lock:
        is_confirmed = exchange.pool.users.find(username).status == "CONFIRMED"
    if not is_confirmed:
        return redirect(exchange.url("/confirm", f"{exchange.query_text}&{urlencode({'username': username})}"))
    return _after_confirmation(exchange, asked, username)


def _attributes(exchange: Exchange) -> dict[str, str]:
    """Return the attributes in a form: the fields with a name from the schema."""
    return {name: value for name, value in exchange.form.items() if name in exchange.pool.schema and value}


def _request(operation: str, client: AppClient, username: str, **members: object) -> Any:
    """Build the request of an operation about a user, with the SecretHash of the app client.

    Raises:
        ServiceError: InvalidParameterException, if the operation would refuse the request too.
    """
    proof = {} if client.secret is None else {"SecretHash": app_clients.secret_hash(client.id, client.secret, username)}
    return validate.request(operation, {"ClientId": client.id, "Username": username, **proof, **members})


def _after_confirmation(exchange: Exchange, asked: Authorization, username: str) -> HttpReply:
    with exchange.pool.lock:
        user = exchange.pool.users.find(username)
    result = tokens(exchange.of_client(asked.client), user, asked)
    return asked.granted(exchange, result, *exchange.browser_cookies(user))


def _sign_up_form(exchange: Exchange, asked: Authorization) -> Form:
    check_pages(exchange, asked.client)
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
    return to_application(exchange, lambda _exchange, _asked: _confirm_form(exchange).page(*fresh(exchange)))


def confirmed(exchange: Exchange) -> HttpReply:
    """Confirm the user, and send the browser to the application."""
    return to_application(exchange, _confirmed)


def _confirmed(exchange: Exchange, asked: Authorization) -> HttpReply:
    username, code = exchange.given.get("username", ""), exchange.form.get("code", "")
    with ShownOn(exchange, _confirm_form(exchange)):
        check_form(exchange)
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
    """Confirm the user who follows the link in a message."""
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
