"""What the forms of all pages share: which app clients may use them, their errors, and the CSRF token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.errors.oauth import FORGED_FORM, NO_PROVIDER, NO_STYLE
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.oauth import pages
from pytest_cognito_pool._service.oauth.exchange import XSRF, Answered
from pytest_cognito_pool._service.pool import domains

if TYPE_CHECKING:
    from pytest_cognito_pool._service.oauth.exchange import Exchange
    from pytest_cognito_pool._service.oauth.pages import Form
    from pytest_cognito_pool._service.pool.app_clients import AppClient

# The name of the pool's own users among the identity providers.
LOCAL: Final = "COGNITO"
_BY_FUNCTION: Final = "PreTokenGeneration failed"


def check_provider(client: AppClient, name: str) -> None:
    """Refuse an identity provider that the app client does not support."""
    supported = client.settings.get("SupportedIdentityProviders", ())
    if name not in supported:
        error = NO_PROVIDER(f"app client {client.id!r} has SupportedIdentityProviders={list(supported)}, not {name!r}")
        raise Answered(error, pages.message("Sign in", error.code, error.status))


def check_pages(exchange: Exchange, client: AppClient) -> None:
    """Refuse pages that the domain does not show for the app client."""
    check_provider(client, LOCAL)
    if exchange.domain.login_version == domains.MANAGED_LOGIN and not exchange.pool.has_style(client.id):
        error = NO_STYLE(f"the domain has ManagedLoginVersion=2, and app client {client.id!r} no branding style")
        raise Answered(error, pages.message("Sign in", error.code, error.status))


class ShownOn:
    """Shows errors of its block on the page of a form; PreTokenGeneration errors reach the application (observed)."""

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


def fresh(exchange: Exchange) -> tuple[str, str, int, list[tuple[str, str]]]:
    """Return the arguments of `Form.page` for a page without an error."""
    token, headers = _token(exchange)
    return token, "", 200, headers


def _token(exchange: Exchange) -> tuple[str, list[tuple[str, str]]]:
    """Return the browser's CSRF token, or a new token with the header of its cookie."""
    known = exchange.cookies.get(XSRF)
    if known:
        return known, []
    token, cookie = exchange.new_xsrf()
    return token, [cookie]


def check_form(exchange: Exchange) -> None:
    """Refuse a form of another site. Observed: the form's token must equal the cookie, whoever generated both."""
    sent = exchange.form.get("_csrf") or exchange.form.get("csrf")
    if not sent or sent != exchange.cookies.get(XSRF):
        raise FORGED_FORM(f"the form's _csrf is not the cookie {XSRF}")
