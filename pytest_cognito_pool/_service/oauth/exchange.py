"""One request at a domain while it is answered: what it says, and what endpoints do with it."""

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
# Names that look like those of secrets.
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
    """The parameters of a request: those of its form, and those of its query."""
    return {**_form(request), **_pairs(urlsplit(request.url).query)}


def is_form(request: HttpRequest) -> bool:
    """Whether the body of a request is a form, as its Content-Type says."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM


def authorization(request: HttpRequest) -> tuple[str, str]:
    """The scheme of a request's Authorization in lower case, and what it says; both empty without one."""
    scheme, _, said = request.headers.get("authorization", "").partition(" ")
    return scheme.lower(), said


def basic(said: str) -> tuple[str, str]:
    """The app client's id and secret that a Basic authorization says; both empty if nobody can read it."""
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
        pool: the pool whose domain it is.
        domain: the domain.
        request: the request.
        query_text: its query as it was sent.
        query: the parameters of its query.
        form: the parameters of its body.
        given: both.
        cookies: what the browser sent.
        call: what is recorded.
        base: where the paths of the domain begin; the domain's own host, or a place at a local server.
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
        """The call as one of that app client."""
        return ClientContext(Context(self.call, self.account, self.pool.region, self._listener), self.pool, client)

    def signed_in(self) -> User | None:
        """Who is signed in in the browser; None for nobody."""
        with self.pool.lock:
            user = self.pool.sign_ins.browsers.user(self.cookies.get(BROWSER, ""), self.at)
            return user if user is not None and user in self.pool.users and user.enabled else None

    def url(self, path: str, query: str = "") -> str:
        """A page of the domain."""
        return f"{self.base}{path}{'?' if query else ''}{query}"

    def path(self, path: str, query: str = "") -> str:
        """The same, as a link on another page of the domain."""
        return f"{urlsplit(self.base).path}{path}{'?' if query else ''}{query}"

    def cookie(
        self, name: str, value: str, *, gone: bool = False, more: str = "", same_site: str = "; SameSite=Lax"
    ) -> tuple[str, str]:
        """The header that sets a cookie, or takes it away."""
        # On a local server without TLS, no client would send back a cookie that is for TLS alone.
        secure = "Secure; " if self.base.startswith("https:") else ""
        until = f" Expires={_GONE};" if gone else ""
        return "Set-Cookie", f"{name}={value};{until}{more} Path=/; {secure}HttpOnly{same_site}"

    def new_xsrf(self) -> tuple[str, tuple[str, str]]:
        """A new token against forged forms, and the header that sets its cookie."""
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
        """The part of a cookie that says where it belongs to; a local server has no such name."""
        return f" Domain={self.domain.host};" if self.base.startswith("https:") else ""


def _cookies(header: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in header.split(";") if "=" in part)
    return {name: value.strip('"') for name, _, value in pairs}


class Answered(Exception):  # noqa: N818 - it is an answer
    """An error with the page or the redirect that tells of it.

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
    """A redirect; what a header cannot have is escaped."""
    return reply(302, b"", "", ("Location", quote(location, safe=_ASCII, errors="replace")), *headers)


def is_secret(url: str) -> bool:
    """Whether the URL has a code or a token in it."""
    parts = urlsplit(url)
    return any(_is_secret(name) for name in [*_pairs(parts.query), *_pairs(parts.fragment)])


def with_query(uri: str, pairs: Mapping[str, Any]) -> str:
    """The URI with more parameters in its query, in form encoding."""
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode(pairs, quote_via=quote_plus)}"
