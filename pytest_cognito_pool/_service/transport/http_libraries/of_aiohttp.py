"""aiohttp: a connection to one of the hosts has a transport that answers; the rest is the library's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.transport.http_libraries import door, messages
from pytest_cognito_pool._service.transport.http_libraries.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def seams(library: Any) -> Iterator[Seam]:
    """The seam of the library."""
    yield Seam(library.connector.TCPConnector, "_create_connection", _make)


def _make(original: Any) -> Any:
    async def _create_connection(self: Any, req: Any, traces: Any, timeout: Any) -> Any:
        if not door.is_ours(str(req.url)):
            return await original(self, req, traces, timeout)
        protocol = self._factory()
        protocol.connection_made(_Transport(protocol, str(req.url.origin())))
        return protocol

    return _create_connection


class _Transport(asyncio.Transport):
    """Takes one request, and gives its reply to the protocol.

    Args:
        protocol: the client's protocol.
        origin: scheme and host of the connection.
    """

    def __init__(self, protocol: Any, origin: str) -> None:
        super().__init__()
        self._protocol = protocol
        self._origin = origin
        self._data = b""
        self._closing = False

    def write(self, data: Any) -> None:
        """Answer once the request is complete; an exception is raised where the response is awaited."""
        self._data += bytes(data)
        request = messages.sent(self._data)
        loop = asyncio.get_running_loop()
        if request is None:
            if messages.asks_to_continue(self._data):
                loop.call_soon(self._protocol.data_received, b"HTTP/1.1 100 Continue\r\n\r\n")
            return
        try:
            reply = request.answered(self._origin)
        except Exception as error:  # noqa: BLE001 - any exception goes to the application
            self._protocol.set_exception(error)
        else:
            loop.call_soon(self._protocol.data_received, reply)

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if not self._closing:
            self._closing = True
            asyncio.get_running_loop().call_soon(self._protocol.connection_lost, None)

    abort = close

    def pause_reading(self) -> None:
        """Do nothing: the whole reply is sent at once."""

    resume_reading = pause_reading
