"""urllib3: for its own users, and below requests and botocore where another tool let a request pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.transport.http_libraries import door, messages
from pytest_cognito_pool._service.transport.http_libraries.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def seams(library: Any) -> Iterator[Seam]:
    """The seam of the library."""
    yield Seam(library.connectionpool.HTTPConnectionPool, "urlopen", _make)


def _make(original: Any) -> Any:
    def urlopen(
        self: Any, method: str, url: str, body: Any = None, headers: Any = None, *args: Any, **kwargs: Any
    ) -> Any:
        whole = url if "://" in url else f"{self.scheme}://{self.host}:{self.port or 443}{url}"
        if not door.is_ours(whole):
            return original(self, method, url, body, headers, *args, **kwargs)
        sent = self.headers if headers is None else headers
        reply = door.answer(method, whole, sent.items(), body)
        options = {name: kwargs[name] for name in ("decode_content", "preload_content") if name in kwargs}
        response = messages.of_urllib3(reply, method, whole, **options)
        # After `retries`, where it has no name.
        redirect = args[1] if len(args) > 1 else kwargs.get("redirect", True)
        location = redirect and response.get_redirect_location()
        return self.urlopen(method, location, body, headers, *args, **kwargs) if location else response

    return urlopen
