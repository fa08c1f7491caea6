"""urllib3: for its own users, and for requests and botocore if another tool lets a request pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.protocol.http import absolute
from pytest_cognito_pool._service.transport.http_libraries import door, messages
from pytest_cognito_pool._service.transport.http_libraries.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator

# The options for reading a response.
_READ: Final = ("decode_content", "preload_content")


def seams(library: Any) -> Iterator[Seam]:
    """The seam of the library."""
    yield Seam(library.connectionpool.HTTPConnectionPool, "urlopen", _make)


def _make(original: Any) -> Any:
    def urlopen(
        self: Any, method: str, url: str, body: Any = None, headers: Any = None, *args: Any, **kwargs: Any
    ) -> Any:
        whole = absolute(url, f"{self.scheme}://{self.host}:{self.port or 443}")
        if not door.is_ours(whole):
            return original(self, method, url, body, headers, *args, **kwargs)
        # The other arguments may be positional or not.
        options = {**dict(zip(("retries", "redirect"), args, strict=False)), **kwargs}
        sent = self.headers if headers is None else headers
        reply = door.answer(method, whole, sent.items(), body)
        response = messages.of_urllib3(
            reply, method, whole, **{name: options[name] for name in _READ if name in options}
        )
        location = _redirected(self, method, url, response, options)
        if location is None:
            return response
        return self.urlopen(method, location, body, headers, **{**options, "retries": response.retries})

    return urlopen


def _redirected(pool: Any, method: str, url: str, response: Any, options: dict[str, Any]) -> Any:
    """The location of a redirect, if the caller's retries allow it; sets the response's retries."""
    from urllib3.exceptions import MaxRetryError
    from urllib3.util.retry import Retry

    redirect = options.get("redirect", True)
    response.retries = Retry.from_int(options.get("retries"), redirect=redirect, default=pool.retries)
    location = (redirect and response.get_redirect_location()) or None
    if location is not None:
        try:
            response.retries = response.retries.increment(method, url, response=response, _pool=pool)
        except MaxRetryError:
            if response.retries.raise_on_redirect:
                raise
            return None
    return location
