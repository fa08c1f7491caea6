"""One request to a domain while it is answered: its parameters, and what endpoints need for the answer."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, quote_plus, urlencode, urlsplit

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.context import ClientContext, Context
from pytest_cognito_pool._service.protocol.http import HttpReply
from pytest_cognito_pool._service.secrets import Secret, may_be_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.errors.service_error import ServiceError
    from pytest_cognito_pool._service.journal import Call, Listener
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.domains import Domain
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.protocol.http import HttpRequest
    from pytest_cognito_pool._service.user.user import User

FORM: Final = "application/x-www-form-urlencoded"
XSRF: Final = "XSRF-TOKEN"
BROWSER: Final = "cognito"
# All characters of a URL, escapes included.
_ASCII: Final = "".join(map(chr, range(0x21, 0x7F)))
_GONE: Final = "Thu, 01-Jan-1970 00:00:10 GMT"
_CSRF: Final = frozenset({"_csrf", "csrf"})
# Parameters that are not secret, although their names look like it.
_SHOWN: Final = frozenset({"code_challenge", "code_challenge_method", "token_type", "token_type_hint"})
# Observed on every answer of a domain.
_USUAL: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-XSS-Protection", "1; mode=block"),
    ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "0"),
    ("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains"),
    ("X-Frame-Options", "DENY"),
    ("Server", "Server"),
)


def parameters(request: HttpRequest) -> dict[str, str]:
    """Return the parameters in the form and in the query of a request."""
    return {**_form(request), **_pairs(urlsplit(request.url).query)}


def is_form(request: HttpRequest) -> bool:
    """Whether the body of a request is a form, as its Content-Type says."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM


def authorization(request: HttpRequest) -> tuple[str, str]:
    """Return the scheme of the Authorization header in lower case, and its credentials; both empty without a header."""
    scheme, _, said = request.headers.get("authorization", "").partition(" ")
    return scheme.lower(), said


def basic(said: str) -> tuple[str, str]:
    """Return the app client's id and secret from Basic credentials; both empty if they cannot be decoded."""
    try:
        client_id, _, secret = base64.b64decode(said, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return client_id, secret


def masked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a request or the members of a reply with their passwords, secrets and tokens masked."""
    return {name: Secret(value) if _is_secret(name) else value for name, value in given.items()}


def _is_secret(name: str) -> bool:
    return name in _CSRF or (may_be_secret(name) and name not in _SHOWN)


def _form(request: HttpRequest) -> dict[str, str]:
    return _pairs(request.body.decode("utf-8", "replace")) if is_form(request) else {}


def _pairs(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True))


class Exchange:
    """One request and its answer.

    Attributes:
        account: the account.
        pool: the pool of the domain.
        domain: the domain.
        request: the request.
        query_text: its query as it was sent.
        query: the parameters of its query.
        form: the parameters of its body.
        given: the parameters of both.
        cookies: the cookies that the browser sent.
        call: the call as it is recorded.
        base: the URL before the paths of the domain: the domain's own host, or a path on a local server.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a request at a domain is about
        self, account: Account, domain: Domain, request: HttpRequest, base: str, call: Call, listener: Listener
    ) -> None:
        self.account = account
        self.pool: Pool = account.pools[domain.pool_id]
        self.domain = domain
        self.request = request
        self.query_text = urlsplit(request.url).query
        self.query = _pairs(self.query_text)
        self.form = _form(request)
        self.given = {**self.form, **self.query}
        self.cookies = _cookies(request.headers.get("cookie", ""))
        self.call = call
        self.base = base
        self._listener = listener

    @property
    def at(self) -> float:
        """The time, in seconds since the epoch."""
        return self.account.clock.time()

    def of_client(self, client: AppClient) -> ClientContext:
        """Return the context of a call by that app client."""
        return ClientContext(Context(self.call, self.account, self.pool.region, self._listener), self.pool, client)

    def signed_in(self) -> User | None:
        """Return the user who is signed in in the browser; None if nobody is."""
        with self.pool.lock:
            user = self.pool.sign_ins.browsers.user(self.cookies.get(BROWSER, ""), self.at)
            return user if user is not None and user in self.pool.users and user.enabled else None

    def url(self, path: str, query: str = "") -> str:
        """Return the URL of a page of the domain."""
        return f"{self.base}{path}{'?' if query else ''}{query}"

    def path(self, path: str, query: str = "") -> str:
        """Return the path to that page, for a link on another page of the domain."""
        return f"{urlsplit(self.base).path}{path}{'?' if query else ''}{query}"

    def cookie(
        self, name: str, value: str, *, gone: bool = False, more: str = "", same_site: str = "; SameSite=Lax"
    ) -> tuple[str, str]:
        """Return the header that sets a cookie, or deletes it."""
        # Without TLS, as on a local server, clients do not send back a Secure cookie.
        secure = "Secure; " if self.base.startswith("https:") else ""
        until = f" Expires={_GONE};" if gone else ""
        return "Set-Cookie", f"{name}={value};{until}{more} Path=/; {secure}HttpOnly{same_site}"

    def new_xsrf(self) -> tuple[str, tuple[str, str]]:
        """Return a new CSRF token, and the header that sets its cookie."""
        token = ids.uuid()
        return token, self.cookie(XSRF, token)

    def browser_cookies(self, user: User) -> list[tuple[str, str]]:
        """The three headers that sign a user in in the browser, in their observed order."""
        with self.pool.lock:
            value = self.pool.sign_ins.browsers.sign_in(user, self.at)
        more = f" Version=1;{self._where} Max-Age=3600;"
        return [self.cookie(XSRF, '""', gone=True), self.new_xsrf()[1], self.cookie(BROWSER, f'"{value}"', more=more)]

    def without_browser_cookie(self) -> tuple[str, str]:
        """The header that signs the user out in the browser."""
        return self.cookie(BROWSER, '""', gone=True, more=self._where)

    @property
    def _where(self) -> str:
        """The Domain part of a cookie; empty on a local server."""
        return f" Domain={self.domain.host};" if self.base.startswith("https:") else ""


def _cookies(header: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in header.split(";") if "=" in part)
    return {name: value.strip('"') for name, _, value in pairs}


class Answered(Exception):  # noqa: N818 - it is an answer
    """An error with the page or the redirect that shows it.

    Attributes:
        error: the error, as it is recorded.
        reply: the answer.
    """

    def __init__(self, error: ServiceError, reply: HttpReply) -> None:
        super().__init__(str(error))
        self.error = error
        self.reply = reply


def reply(status: int, body: bytes = b"", content_type: str = "", *headers: tuple[str, str]) -> HttpReply:
    """A reply with the headers that every answer of a domain has."""
    of_body = (("Content-Type", content_type),) if content_type else ()
    return HttpReply(status, (("x-amz-cognito-request-id", ids.uuid()), *of_body, *headers, *_USUAL), body)


def redirect(location: str, *headers: tuple[str, str]) -> HttpReply:
    """Return a redirect; characters that a header cannot have are escaped."""
    return reply(302, b"", "", ("Location", quote(location, safe=_ASCII, errors="replace")), *headers)


def is_secret(url: str) -> bool:
    """Whether the URL has a code or a token in it."""
    parts = urlsplit(url)
    return any(_is_secret(name) for name in [*_pairs(parts.query), *_pairs(parts.fragment)])


def with_query(uri: str, pairs: Mapping[str, Any]) -> str:
    """The URI with more parameters in its query, in form encoding."""
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode(pairs, quote_via=quote_plus)}"
