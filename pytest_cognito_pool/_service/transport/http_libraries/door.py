"""Which requests of HTTP libraries are answered, and by which fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from pytest_cognito_pool._service import locks
from pytest_cognito_pool._service.protocol.http import HttpRequest
from pytest_cognito_pool._service.transport.http_libraries.seams import HTTP_LIBRARIES, Seams, wait_for_imports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_cognito_pool._service.protocol.http import HttpReply

# No port, or the port of https.
_PORTS: Final = (None, 443)


class Answering(Protocol):
    """Answers HTTP requests."""

    def takes(self, host: str, path: str) -> bool:
        """Whether it answers requests there; the path is empty if it is not known yet."""
        ...

    def owns(self, request: HttpRequest) -> bool:
        """Whether the pool, domain or identity of the request is its own."""
        ...

    def answer(self, request: HttpRequest) -> HttpReply:
        """The reply to a request."""
        ...


_lock: Final = locks.new()
_seams: Final = Seams(HTTP_LIBRARIES)
_doors: Final[list[Answering]] = []


def attach(door: Answering) -> None:
    """Let it answer requests, before those attached earlier."""
    wait_for_imports(HTTP_LIBRARIES)
    # The locks in the order in which a fork takes them.
    with locks.importing, _lock:
        if not _doors:
            _seams.install()
        _doors.append(door)


def detach(door: Answering) -> None:
    """Stop it from answering; after the last one the libraries are as they were before."""
    with _lock:
        _doors.remove(door)
        if not _doors:
            _seams.remove()


def settle() -> None:
    """Restore methods that another tool covered when the last fake ended."""
    _seams.settle()


def is_ours(url: str) -> bool:
    """Whether a request to that URL is answered here: by host, whatever proxy it would go through."""
    # A seam that remains after the last fake answers nothing.
    if not _doors:
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return port in _PORTS and any(door.takes(host, parts.path) for door in tuple(_doors))


def answer(method: str, url: str, headers: Iterable[tuple[object, object]], body: object) -> HttpReply:
    """The reply to a request whose URL is ours.

    Args:
        method: the method.
        url: the URL.
        headers: names and values, each a string or bytes.
        body: bytes, a string, something to read or to iterate over; None for no body.
    """
    named = {_text(name).lower(): _text(value) for name, value in headers}
    request = HttpRequest(_text(method).upper(), url, named, _bytes(body))
    return _owner(list(_doors), request).answer(request)


def _owner(doors: list[Answering], request: HttpRequest) -> Answering:
    """The innermost that owns the request, otherwise the innermost.

    Raises:
        ConnectionError: if another thread ended the last fake meanwhile.
    """
    if not doors:
        raise ConnectionError("the fake ended while this request was being sent")
    return next((door for door in reversed(doors) if door.owns(request)), doors[-1])


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _bytes(body: object) -> bytes:
    """The body as the libraries would send it."""
    if body is None or isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body or b"")
    if isinstance(body, str):
        return body.encode()
    read = getattr(body, "read", None)
    return _bytes(read()) if read else b"".join(_bytes(part) for part in body)  # type: ignore[attr-defined]
