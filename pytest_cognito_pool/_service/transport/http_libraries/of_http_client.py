"""http.client itself: a connection to one of the hosts has a socket that answers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.transport.http_libraries import door, messages
from pytest_cognito_pool._service.transport.http_libraries.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def seams(library: Any) -> Iterator[Seam]:
    """The seam of the library."""
    yield Seam(library.HTTPSConnection, "connect", _make)


def _make(original: Any) -> Any:
    def connect(self: Any) -> None:
        # With a proxy, the host is that of the tunnel.
        host, port = (self._tunnel_host, self._tunnel_port) if self._tunnel_host else (self.host, self.port)
        origin = f"https://{host}:{port}"
        if door.is_ours(origin):
            self.sock = _Socket(origin)
        else:
            original(self)

    return connect


class _Socket:
    """Takes a request, and gives its reply to read."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._data = b""

    def sendall(self, data: Any) -> None:
        self._data += bytes(data)

    def makefile(self, *_args: Any, **_kwargs: Any) -> io.BytesIO:
        request, self._data = messages.sent(self._data), b""
        try:
            return io.BytesIO(request.answered(self._origin) if request else b"")
        except BaseException as error:  # noqa: BLE001 - any exception goes to the application
            return _Raising(error)

    def settimeout(self, _seconds: Any) -> None:
        """Do nothing: there is no waiting."""

    def close(self) -> None:
        """Do nothing: there is no connection."""


class _Raising(io.BytesIO):
    """Raises when it is read; if `makefile` raised, the response would have no stream to close.

    Args:
        error: the exception to raise.
    """

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error = error

    def readline(self, *_args: Any) -> bytes:
        raise self._error
