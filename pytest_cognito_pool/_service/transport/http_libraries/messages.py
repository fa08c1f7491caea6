"""HTTP messages as bytes, for the libraries that read them themselves."""

from __future__ import annotations

import io
from http.client import HTTPMessage, HTTPResponse, parse_headers
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pytest_cognito_pool._service.protocol.http import absolute
from pytest_cognito_pool._service.transport.http_libraries import door

if TYPE_CHECKING:
    import socket

    from pytest_cognito_pool._service.protocol.http import HttpReply


class _Received:
    """A stand-in for the socket of a response; it has the received data."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def response(reply: HttpReply, method: str) -> HTTPResponse:
    """The reply as a response of the standard library."""
    made = HTTPResponse(cast("socket.socket", _Received(reply.written(method))), method=method)
    made.begin()
    return made


def of_urllib3(reply: HttpReply, method: str, url: str, **options: Any) -> Any:
    """The reply as a response of urllib3, also for requests; cookies are read from the standard library's response."""
    from urllib3 import HTTPResponse
    from urllib3._collections import HTTPHeaderDict

    original = response(reply, method)
    return HTTPResponse(
        original,
        headers=HTTPHeaderDict(original.headers.items()),
        status=reply.status,
        reason=reply.reason,
        version=original.version,
        original_response=original,
        request_method=method,
        request_url=url,
        **options,
    )


class Sent(NamedTuple):
    """A request as it was sent.

    Attributes:
        method: its method.
        target: the path with the query, or the whole URL.
        headers: its headers.
        body: its body, joined if it was sent in chunks.
    """

    method: str
    target: str
    headers: HTTPMessage
    body: bytes

    def __repr__(self) -> str:
        return f"<{self.method}, {len(self.body)} bytes>"

    def answered(self, origin: str) -> bytes:
        """The bytes of the reply to it at that origin."""
        url = absolute(self.target, origin)
        return door.answer(self.method, url, self.headers.items(), self.body).written(self.method)


def asks_to_continue(data: bytes) -> bool:
    """Whether the client sends the body only after `100 Continue`."""
    head, _, body = data.partition(b"\r\n\r\n")
    return not body and b"\r\nexpect: 100-continue" in head.lower()


def sent(data: bytes) -> Sent | None:
    """The request in the data sent so far; None while it is not complete."""
    if b"\r\n\r\n" not in data:
        return None
    stream = io.BytesIO(data)
    method, target, _version = stream.readline().decode("latin-1").split(" ", 2)
    headers = parse_headers(stream)
    body = _chunked(stream) if _is_chunked(headers) else _counted(stream, int(headers.get("content-length", 0)))
    return None if body is None else Sent(method, target, headers, body)


def _is_chunked(headers: HTTPMessage) -> bool:
    return "chunked" in headers.get("transfer-encoding", "").lower()


def _counted(stream: io.BytesIO, length: int) -> bytes | None:
    body = stream.read(length)
    return body if len(body) == length else None


def _chunked(stream: Any) -> bytes | None:
    body = b""
    while line := stream.readline():
        size = int(line.partition(b";")[0], 16)
        part = _counted(stream, size + 2)
        if part is None:
            return None
        if size == 0:
            return body
        body += part[:-2]
    return None
