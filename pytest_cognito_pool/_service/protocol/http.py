"""HTTP messages between a transport and the router: complete, and independent of any library."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class HttpRequest(NamedTuple):
    """One HTTP request.

    Attributes:
        method: in upper case.
        url: absolute, with its query.
        headers: by name in lower case.
        body: decoded, if it was sent in chunks.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    def __repr__(self) -> str:
        return f"<{self.method} {self.url.partition('?')[0]}, {len(self.body)} bytes>"


class HttpReply(NamedTuple):
    """One HTTP reply.

    Attributes:
        status: for example 200.
        headers: names and values in the order in which they are sent; content-length is not one of them.
        body: the body, even in reply to HEAD, where it is not sent.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def __repr__(self) -> str:
        return f"<{self.status}, {len(self.body)} bytes>"

    @property
    def reason(self) -> str:
        """The reason phrase of the status."""
        return HTTPStatus(self.status).phrase

    def written(self, method: str) -> bytes:
        """The bytes of the reply to a request with that method; the server closes the connection after it."""
        headers = (*self.headers, ("Content-Length", str(len(self.body))), ("Connection", "close"))
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        body = b"" if method == "HEAD" else self.body
        return f"HTTP/1.1 {self.status} {self.reason}\r\n{head}\r\n".encode("latin-1") + body


def absolute(target: str, origin: str) -> str:
    """The URL for the target of a request line: a path (its query may contain a URL) or, sent to a proxy, a URL."""
    if "://" in target.partition("?")[0]:
        return target
    return f"{origin}{'' if target.startswith('/') else '/'}{target}"
