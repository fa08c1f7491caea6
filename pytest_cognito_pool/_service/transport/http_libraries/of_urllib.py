"""urllib.request: every opener calls `do_open` last, after the choice of a proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.transport.http_libraries import door, messages
from pytest_cognito_pool._service.transport.http_libraries.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def seams(library: Any) -> Iterator[Seam]:
    """The seam of the library."""
    yield Seam(library.AbstractHTTPHandler, "do_open", _make)


def _make(original: Any) -> Any:
    def do_open(self: Any, http_class: Any, req: Any, **options: Any) -> Any:
        if not door.is_ours(req.full_url):
            return original(self, http_class, req, **options)
        headers = {**req.headers, **req.unredirected_hdrs}
        reply = door.answer(req.get_method(), req.full_url, headers.items(), req.data)
        response = messages.response(reply, req.get_method())
        response.url = req.full_url
        # As the library does for its clients.
        response.msg = response.reason  # type: ignore[assignment]
        return response

    return do_open
