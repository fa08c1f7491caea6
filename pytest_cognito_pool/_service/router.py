"""Route HTTP requests by host and path: to the JSON API, the documents of an issuer or the pages of a domain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from pytest_cognito_pool._service import identities, locks
from pytest_cognito_pool._service.protocol import hosts, wire
from pytest_cognito_pool._service.protocol.http import HttpReply

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.dispatch import Dispatcher
    from pytest_cognito_pool._service.journal import Listener
    from pytest_cognito_pool._service.pool.domains import Domain
    from pytest_cognito_pool._service.protocol.http import HttpRequest

_DOCUMENT: Final = re.compile(r"/(?P<pool>[^/]+)/\.well-known/(?P<document>jwks\.json|openid-configuration)")
_KEYS: Final = "jwks.json"
_FORBIDDEN: Final = HttpReply(403)
_OWN: Final = f"AWS4-HMAC-SHA256 Credential={identities.ACCESS_KEY}"


class Router:
    """Answers the HTTP requests that arrive at the hosts of one account.

    Args:
        account: the account.
        dispatcher: answers the requests of the JSON API.
        listener: notified of what happens at domains.
    """

    def __init__(self, account: Account, dispatcher: Dispatcher, listener: Listener) -> None:
        self._account = account
        self._dispatcher = dispatcher
        self._listener = listener

    def takes(self, host: str, path: str = "") -> bool:  # noqa: ARG002 - every path of its hosts
        """Whether the host, in lower case, is one of the service's or belongs to a domain of the account."""
        return hosts.of(host) is not None or host in self._account.domains

    def owns(self, request: HttpRequest) -> bool:
        """Whether the pool, domain or identity of the request belongs to the account."""
        url = urlsplit(request.url)
        found = _document(url.path)
        if found is not None:
            return found[0] in self._account.pools
        host = hosts.of(url.hostname or "")
        if host is not None and host.kind == "service":
            return self._dispatcher.owns(_of_api(request, host.region))
        return self._domain(url.hostname or "") is not None

    def answer(self, request: HttpRequest) -> HttpReply:
        """The reply to a request at one of the service's hosts.

        Raises:
            UnsupportedOperationError: if the request needs something that is not simulated.
        """
        name = urlsplit(request.url).hostname or ""
        host = hosts.of(name)
        if host is not None and host.kind == "service":
            return self.of_service(request, host.region)
        if host is not None and host.kind == "issuer":
            # Observed of pools whose IssuerConfiguration is not UPDATED; others are not simulated.
            return _FORBIDDEN
        domain = self._domain(name)
        if domain is None:
            return self.no_domain(request)
        return self.of_domain(request, domain, f"https://{name}")

    def no_domain(self, request: HttpRequest) -> HttpReply:
        """The reply to a request at a domain that no pool has."""
        reply: HttpReply = _oauth().unknown_domain(self._account, self._listener, request)
        return reply

    def of_domain(self, request: HttpRequest, domain: Domain, base: str) -> HttpReply:
        """The reply to a request at a domain.

        Args:
            request: the request; the path of its URL is one of the domain's.
            domain: the domain.
            base: the URL before the paths of the domain.

        Raises:
            UnsupportedOperationError: for a page that is not simulated.
        """
        reply: HttpReply = _oauth().answer(self._account, self._listener, domain, request, base)
        return reply

    def _domain(self, name: str) -> Domain | None:
        """The domain with that host name; a prefix domain has several."""
        host = hosts.of(name)
        usual = hosts.prefix_domain(host.prefix, host.region) if host and host.kind == "domain" else name
        return self._account.domains.get(usual)

    def of_service(self, request: HttpRequest, region: str | None) -> HttpReply:
        """The reply to a request at a host of the JSON API.

        Args:
            request: the request.
            region: the region of the host; None if unknown.

        Raises:
            UnsupportedOperationError: if the request needs something that is not simulated.
        """
        found = _document(urlsplit(request.url).path)
        if found is not None and request.method in {"GET", "HEAD"}:
            reply: HttpReply = _oauth().document(self._account, self._listener, request, found, region)
            return reply
        answered = self._dispatcher.answer(self._of_api(request, region))
        headers = tuple((name, value) for name, value in answered.headers.items() if name != "content-length")
        return HttpReply(answered.status, headers, answered.body)

    def _of_api(self, request: HttpRequest, region: str | None) -> wire.Request:
        """The request for the dispatcher; an unknown access key counts as the account's own."""
        taken = _of_api(request, region)
        is_known = not taken.access_key or self._account.identities.find(taken.access_key) is not None
        return taken if is_known else taken._replace(authorization=_OWN)


def _documents() -> ModuleType:
    """The module of the documents, imported at first use: calls of the JSON API do not need it."""
    with locks.importing:
        from pytest_cognito_pool._service.oauth import documents

    return documents


def _oauth() -> ModuleType:
    """The module of the endpoints of domains."""
    with locks.importing:
        from pytest_cognito_pool._service.oauth import endpoints

    return endpoints


def _document(path: str) -> tuple[str, str] | None:
    """The id of the pool and the name of the document that a path names; None for another path."""
    match = _DOCUMENT.fullmatch(unquote(path))
    return None if match is None else (match["pool"], match["document"])


def _of_api(request: HttpRequest, region: str | None) -> wire.Request:
    """The request for the dispatcher. Each is a separate call, because nothing shows which attempt is the last."""
    headers = request.headers
    return wire.Request(
        method=request.method,
        path=urlsplit(request.url).path or "/",
        target=headers.get("x-amz-target", ""),
        content_type=headers.get("content-type", ""),
        authorization=headers.get("authorization", ""),
        invocation_id="",
        body=request.body,
        region=region,
        url=request.url,
    )


class AnyPool:
    """Serves the keys of any pool while no fake is active: verifiers may fetch them when a module is imported."""

    def takes(self, host: str, path: str) -> bool:
        """Whether the URL may be that of a key set."""
        found, at = hosts.of(host), _document(path)
        return found is not None and found.kind == "service" and (not path or (at is not None and at[1] == _KEYS))

    def owns(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Whether the request is for a pool of its own: never."""
        return False

    def answer(self, request: HttpRequest) -> HttpReply:
        """The key set of the pool that the path names; all pools of the process share their key pairs."""
        at = _document(urlsplit(request.url).path)
        if at is None or at[1] != _KEYS:
            return HttpReply(501, (("Content-Type", "text/plain"),), b"no fake of pytest-cognito-pool is active")
        reply: HttpReply = _documents().key_set(at[0])
        return reply
