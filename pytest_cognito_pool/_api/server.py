"""The public object of the HTTP server of a fake."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._service.identities import ACCESS_KEY, SECRET_KEY
from pytest_cognito_pool._service.oauth.endpoints import NAMES
from pytest_cognito_pool._service.oauth.exchange import authorization, basic, parameters
from pytest_cognito_pool._service.tokens import jwt
from pytest_cognito_pool._service.transport import http_server

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from types import TracebackType

    from typing_extensions import Self

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.pool.domains import Domain
    from pytest_cognito_pool._service.protocol.http import HttpReply, HttpRequest
    from pytest_cognito_pool._service.router import Router

_HIGHEST_PORT: Final = 65535
_BLOCKED: Final = "SocketBlockedError"
_CA_VARIABLES: Final = ("AWS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")


class Server:
    """An HTTP server in front of a fake, for other processes and other languages.

    Made by `Cognito.serve`; the fixture `cognito_server` is a running server. Calls of other processes use the same
    pools and are recorded like all others.
    """

    def __init__(  # noqa: PLR0913 - where and how it listens
        self, account: Account, router: Router, *, host: str, port: int, local_issuer: bool, tls: bool
    ) -> None:
        if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port <= _HIGHEST_PORT:
            raise UsageError(f"port must be 0 (any free port) or up to {_HIGHEST_PORT}, not {port!r}", typed=port)
        self._account = account
        self._router = router
        self._host = host
        self._port = port
        self._local_issuer = local_issuer
        self._tls = tls
        self._stack = ExitStack()
        self._server: http_server.Server | None = None
        self._certificate = ""

    @property
    def url(self) -> str:
        """Where it listens, for example `http://127.0.0.1:40123`.

        Raises:
            UsageError: while it is not running.
        """
        if self._server is None:
            raise UsageError("the server is not running; use it in a block: with cognito.serve() as server")
        host = "127.0.0.1" if self._host in {"", "0.0.0.0"} else self._host  # noqa: S104 - it is compared
        return f"{'https' if self._tls else 'http'}://{host}:{self._server.port}"

    @property
    def env(self) -> dict[str, str]:
        """The environment variables that direct the AWS clients of another process to this server.

        Examples:
            >>> import os, subprocess, sys
            >>> with cognito.serve() as server:
            ...     _ = subprocess.run([sys.executable, "-c", "pass"], env=os.environ | server.env, check=True)
        """
        # The SDK for JavaScript reads only AWS_REGION, boto3 reads only AWS_DEFAULT_REGION.
        return {
            "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": self.url,
            "AWS_REGION": self._account.region,
            "AWS_DEFAULT_REGION": self._account.region,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            **(dict.fromkeys(_CA_VARIABLES, self._certificate) if self._tls else {}),
        }

    def __enter__(self) -> Self:
        __tracebackhide__ = True
        if self._server is not None:
            raise UsageError(f"{self!r} is already running")
        with ExitStack() as stack:
            context = self._trusted(stack) if self._tls else None
            self._server = server = _listening(self._answer, self._host, self._port, context)
            stack.callback(self._stop, server)
            server.start()
            if self._local_issuer:
                stack.callback(setattr, self._account.origin, "url", self._account.origin.url)
                self._account.origin.url = self.url
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def _stop(self, server: http_server.Server) -> None:
        self._server = None
        server.stop()

    def _trusted(self, stack: ExitStack) -> ssl.SSLContext:
        """A TLS context with its own certificate authority; the file of `env` lets clients trust it."""
        import ssl

        try:
            import trustme
        except ImportError:
            raise UsageError("tls=True needs trustme: pip install 'pytest-cognito-pool[tls]'") from None
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost", "127.0.0.1", self._host or "localhost").configure_cert(context)
        self._certificate = stack.enter_context(_file(authority.cert_pem.bytes()))
        return context

    def _answer(self, request: HttpRequest) -> HttpReply:
        """Route a request: by its host, if that is a host of the service, otherwise by its path."""
        url = urlsplit(request.url)
        host = url.hostname or ""
        if self._router.takes(host):
            return self._router.answer(request)
        own = f"{url.scheme}://{url.netloc}"
        found = self._at_path(request, own)
        if found is None:
            is_page = any(name.endswith(f" {url.path}") for name in NAMES)
            return self._router.no_domain(request) if is_page else self._router.of_service(request, _region(request))
        domain, base = found
        return self._router.of_domain(request._replace(url=f"{own}{request.url[len(base) :]}"), domain, base)

    def _at_path(self, request: HttpRequest, own: str) -> tuple[Domain, str] | None:
        """The domain that a path belongs to, and its base URL; None for paths of the JSON API and issuers."""
        path = urlsplit(request.url).path
        first, _, rest = path.removeprefix("/").partition("/")
        named = self._account.domain_named(first, None)
        if named is not None:
            return named, f"{own}/{first}"
        if not first or rest.startswith(".well-known/"):
            return None
        domain = self._of_client(request)
        return None if domain is None else (domain, own)

    def _of_client(self, request: HttpRequest) -> Domain | None:
        """The domain for the app client that a request names; if it names none, the first domain."""
        domains = list(self._account.domains.values())
        client_id = parameters(request).get("client_id") or _client_id(request)
        pool_id = self._account.pool_of_client.get(client_id)
        own = [domain for domain in domains if pool_id in {None, domain.pool_id}]
        return own[0] if own else None

    def __repr__(self) -> str:
        return f"<Server {self.url}>" if self._server else "<Server, not running>"


def _listening(answer: http_server.Answer, host: str, port: int, context: ssl.SSLContext | None) -> http_server.Server:
    """A server that listens.

    Raises:
        UsageError: if it cannot listen there, or sockets are blocked.
    """
    try:
        return http_server.Server(answer, host, port, context)
    except OSError as error:
        advice = "; port=0 takes any free port" if error.errno == errno.EADDRINUSE else ""
        message = f"the server cannot listen at {host}:{port}: {error.strerror or error}{advice}"
        raise UsageError(message, typed=port) from None
    except RuntimeError as error:
        if type(error).__name__ != _BLOCKED:
            raise
        message = (
            "pytest-socket blocks sockets, and the server needs one; use --allow-hosts=127.0.0.1 instead of "
            "--disable-socket, or the marker enable_socket"
        )
        raise UsageError(message) from None


@contextmanager
def _file(content: bytes) -> Iterator[str]:
    """The name of a temporary file with these bytes."""
    handle, name = tempfile.mkstemp(suffix=".pem")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield name
    finally:
        Path(name).unlink()


def _region(request: HttpRequest) -> str | None:
    """The region that a request is signed for; None if it is not signed."""
    scope = request.headers.get("authorization", "").partition("Credential=")[2].partition(",")[0].split("/")
    return scope[2] if len(scope) > 2 else None  # noqa: PLR2004 - key, date, region


def _client_id(request: HttpRequest) -> str:
    """The app client of a Basic authorization or of an access token; otherwise empty."""
    scheme, said = authorization(request)
    if scheme == "basic":
        return basic(said)[0]
    try:
        return str(jwt.decode(said).get("client_id", "")) if scheme == "bearer" else ""
    except ValueError:
        return ""
