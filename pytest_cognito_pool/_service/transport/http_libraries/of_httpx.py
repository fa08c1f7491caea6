"""httpx and httpx2: a client chooses a transport by URL; a transport that the author gave it stays."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.transport.http_libraries import door
from pytest_cognito_pool._service.transport.http_libraries.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def seams(library: Any) -> Iterator[Seam]:
    """The seams of the library."""
    yield Seam(library.Client, "_transport_for_url", partial(_make, library, library.HTTPTransport))
    yield Seam(library.AsyncClient, "_transport_for_url", partial(_make, library, library.AsyncHTTPTransport))


def _make(library: Any, network: type, original: Any) -> Any:
    def _transport_for_url(self: Any, url: Any) -> Any:
        chosen = original(self, url)
        return _transport(library)() if isinstance(chosen, network) and door.is_ours(str(url)) else chosen

    return _transport_for_url


@cache
def _transport(library: Any) -> Any:
    def answered(request: Any, sent: bytes) -> Any:
        reply = door.answer(request.method, str(request.url), request.headers.items(), sent)
        length = ("Content-Length", str(len(reply.body)))
        body = b"" if request.method == "HEAD" else reply.body
        return library.Response(reply.status, headers=[*reply.headers, length], stream=library.ByteStream(body))

    class Transport(library.BaseTransport, library.AsyncBaseTransport):  # type: ignore[misc]
        """Answers requests of both kinds of client."""

        def handle_request(self, request: Any) -> Any:
            return answered(request, request.read())

        async def handle_async_request(self, request: Any) -> Any:
            return answered(request, await request.aread())

    return Transport
