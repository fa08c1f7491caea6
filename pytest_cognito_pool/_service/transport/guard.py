"""Refuse requests of cognito-idp clients that would be sent to a host of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pytest_cognito_pool._service.transport.http_libraries.seams import Seam, Seams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SERVICE: Final = "cognito-idp"
_AWS: Final = ("amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "api.aws", "api.amazonwebservices.com.cn")
# Below before-send: what moto, a Stubber or a fake answers is never sent.
_seams: Final = Seams({"botocore.endpoint": __name__, "aiobotocore.endpoint": __name__})
_refusers: Final[list[Callable[[str, str], BaseException | None]]] = []


def start(refuse: Callable[[str, str], BaseException | None]) -> Callable[[], None]:
    """Refuse requests until the returned function is called.

    Args:
        refuse: returns the exception to raise for an operation and a URL; None lets the request pass.
    """
    if not _refusers:
        _seams.install()
    _refusers.append(refuse)

    def end() -> None:
        _refusers.remove(refuse)
        if not _refusers:
            _seams.remove()

    return end


def seams(library: Any) -> Iterator[Seam]:
    """The seam of botocore and of aiobotocore: where a request that nobody answered is sent."""
    yield Seam(getattr(library, "AioEndpoint", library.Endpoint), "_send", _make)


def _make(original: Any) -> Any:
    # An async method returns a coroutine; an exception raised before is raised where the call is awaited.
    def _send(self: Any, request: Any) -> Any:
        error = _refused(self, request)
        if error is not None:
            raise error
        return original(self, request)

    return _send


def _refused(endpoint: Any, request: Any) -> BaseException | None:
    host = urlsplit(request.url).hostname or ""
    if not _refusers or endpoint._endpoint_prefix != _SERVICE or not _is_of_aws(host):  # noqa: SLF001 - its service
        return None
    target = request.headers.get("X-Amz-Target", b"")
    name = target.decode() if isinstance(target, bytes) else str(target)
    return _refusers[-1](name.rpartition(".")[2], request.url)


def _is_of_aws(host: str) -> bool:
    return any(host == suffix or host.endswith(f".{suffix}") for suffix in _AWS)
