"""requests: a session chooses an adapter by URL; other mocks replace the adapter's `send`, which is below this seam."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.transport.http_libraries import door, messages
from pytest_cognito_pool._service.transport.http_libraries.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def seams(library: Any) -> Iterator[Seam]:
    """The seam of the library."""
    yield Seam(library.sessions.Session, "get_adapter", partial(_make, library))


def _make(library: Any, original: Any) -> Any:
    def get_adapter(self: Any, url: str) -> Any:
        chosen = original(self, url)
        # An adapter of another kind was mounted by the application or its test, and stays.
        is_usual = isinstance(chosen, library.adapters.HTTPAdapter)
        return _adapter(library)() if is_usual and door.is_ours(url) else chosen

    return get_adapter


@cache
def _adapter(library: Any) -> Any:
    class Adapter(library.adapters.HTTPAdapter):  # type: ignore[misc]
        """Builds responses as the adapter of the library does."""

        def send(self, request: Any, *_args: Any, **_kwargs: Any) -> Any:
            reply = door.answer(request.method, request.url, request.headers.items(), request.body)
            raw = messages.of_urllib3(reply, request.method, request.url, preload_content=False)
            return self.build_response(request, raw)

    return Adapter
