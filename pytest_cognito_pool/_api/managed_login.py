"""Sign-in on the pages of a domain, without a browser."""

from __future__ import annotations

from html import unescape
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._service.errors.service_error import worded
from pytest_cognito_pool._service.oauth import endpoints
from pytest_cognito_pool._service.oauth.exchange import FORM, XSRF
from pytest_cognito_pool._service.protocol.http import HttpRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.journal import Call, Listener
    from pytest_cognito_pool._service.pool.domains import Domain
    from pytest_cognito_pool._service.pool.identity_providers import IdentityProvider
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.protocol.http import HttpReply

_OK: Final = 200
_PATHS: Final = ("/oauth2/authorize", "/login")
_WRONG: Final = "Unknown-1!"


class _Browser:
    """Requests pages of one domain, and keeps cookies."""

    def __init__(self, account: Account, listener: Listener, domain: Domain) -> None:
        self._account = account
        self._listener = _Observed(listener)
        self._domain = domain
        self._cookies: dict[str, str] = {}

    @property
    def why(self) -> str:
        """Why the last request was refused; empty if it was not."""
        call = self._listener.last
        return "" if call is None else worded(call.why)

    def get(self, url: str) -> HttpReply:
        """Request a page."""
        return self._answered(HttpRequest("GET", url, self._headers()))

    def post(self, url: str, form: Mapping[str, str]) -> HttpReply:
        """Submit a form."""
        headers = {**self._headers(), "content-type": FORM}
        return self._answered(HttpRequest("POST", url, headers, urlencode(form).encode()))

    def come_back(self, url: str, provider: IdentityProvider, claims: Mapping[str, Any]) -> HttpReply:
        """The answer to a browser that comes back from an identity provider."""
        request = HttpRequest("GET", url, self._headers())
        return endpoints.from_provider(
            self._account, self._listener, self._domain, request, provider=provider, claims=claims
        )

    def xsrf(self) -> str:
        """The token that forms must repeat; empty if no page has set it."""
        return self._cookies.get(XSRF, "")

    def _headers(self) -> dict[str, str]:
        return {"cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}

    def _answered(self, request: HttpRequest) -> HttpReply:
        base = f"https://{self._domain.host}"
        reply = endpoints.answer(self._account, self._listener, self._domain, request, base)
        for name, value in reply.headers:
            if name == "Set-Cookie":
                self._cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        return reply


class _Observed:
    """A Listener that passes everything on and remembers the last call."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self.last: Call | None = None
        self.pool_created = listener.pool_created
        self.call_received = listener.call_received
        self.trigger_invoked = listener.trigger_invoked
        self.message_sent = listener.message_sent

    def call_finished(self, call: Call) -> None:
        self.last = call
        self._listener.call_finished(call)


class Visitor(NamedTuple):
    """The user who signs in.

    Attributes:
        username: the name that is typed; None for a user of an identity provider.
        password: the password that is typed; None for the right password.
        provider: the name of the identity provider; None for a user of the pool.
        claims: the identity provider's data about the user.
    """

    username: str | None
    password: str | None
    provider: str | None
    claims: Mapping[str, object]

    def __repr__(self) -> str:
        return f"<Visitor {self.username or self.provider!r}>"


def sign_in(account: Account, listener: Listener, pool: Pool, url: str, visitor: Visitor) -> str:
    """Sign in, and return the URL of the application that the browser is sent to in the end.

    Raises:
        UsageError: for a URL that is not a sign-in of the pool, for a user who cannot sign in there, and for a provider
            that the pool does not have.
    """
    _check(visitor)
    browser = _Browser(account, listener, _domain(account, pool, url))
    if visitor.provider is not None:
        reply = browser.come_back(url, _provider(pool, visitor.provider), visitor.claims)
        return _of_application(browser, reply, url)
    reply, page = browser.get(url), url
    if location := dict(reply.headers).get("Location"):
        page = urljoin(url, location)
        if not _is_page(page, url, "/login"):
            return _of_application(browser, reply, url)
        reply = browser.get(page)
    if reply.status != _OK:
        return _of_application(browser, reply, url)
    form = {"username": visitor.username or "", "password": _password(pool, visitor), "_csrf": browser.xsrf()}
    return _of_application(browser, browser.post(page, form), url)


def _check(visitor: Visitor) -> None:
    """Refuse arguments that do not say in one way how the user signs in."""
    if (visitor.username is None) == (visitor.provider is None):
        raise UsageError(
            "give either the username of a user of the pool, or provider= and claims=", typed=visitor.username
        )
    if (visitor.provider is None) != (not visitor.claims):
        raise UsageError("give provider= and claims= together; claims is the provider's data about the user")


def _domain(account: Account, pool: Pool, url: str) -> Domain:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise UsageError(f"{url!r} is not a URL: {error}", typed=url) from None
    own = {domain.host: domain for domain in account.domains_of(pool)}
    if parts.hostname not in own:
        there_are = (
            f"the pool's domains are {list(own)}"
            if own
            else "the pool has no domain; add one with cognito_pool.add_domain('myapp')"
        )
        raise UsageError(f"{url!r} is not a page of a domain of the pool: {there_are}", typed=url)
    if parts.path not in _PATHS:
        raise UsageError(f"a sign-in begins at one of {list(_PATHS)}, not at {parts.path!r}", typed=url)
    return own[parts.hostname]


def _provider(pool: Pool, name: str) -> IdentityProvider:
    providers = {provider.name: provider for provider in pool.identity_providers}
    if name not in providers:
        raise unknown_name("the pool has no identity provider", name, providers)
    return providers[name]


def _password(pool: Pool, visitor: Visitor) -> str:
    """The password that the user types: their own, if the author gives no other."""
    user = None if visitor.username is None else pool.users.index.find(visitor.username)
    if visitor.password is not None:
        return visitor.password
    return (user.password if user else None) or _WRONG


def _is_page(location: str, url: str, path: str) -> bool:
    """Whether the location is that path at the host of the URL."""
    return (urlsplit(location).hostname, urlsplit(location).path) == (urlsplit(url).hostname, path)


def _of_application(browser: _Browser, reply: HttpReply, url: str) -> str:
    location = dict(reply.headers).get("Location", "")
    if not location or _is_page(location, url, urlsplit(location).path):
        raise UsageError(
            f"the browser is not sent to the application: {_shown(reply, location)}; why: {browser.why}", typed=url
        )
    return location


def _shown(reply: HttpReply, location: str) -> str:
    """What the user sees: where the browser is sent, or what the page says is wrong."""
    if location:
        return f"it is sent to {location}"
    _, alert, rest = reply.body.decode().partition('<p role="alert">')
    text = rest.partition("</p>")[0] if alert else reply.body.decode().partition("<p>")[2].partition("</p>")[0]
    return f"the page answers {reply.status} and says {unescape(text)!r}"
