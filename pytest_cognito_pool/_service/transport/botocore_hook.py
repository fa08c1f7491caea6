"""The one hook on botocore: it answers cognito-idp requests just before they would be sent.

For cognito-idp the hook runs botocore's own make_request on a shallow copy of the endpoint, whose event emitter is
replaced for that one call. Nothing is registered on a client, so nothing remains on it.
"""

from __future__ import annotations

import inspect
import io
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol
from urllib.parse import urlsplit
from weakref import WeakSet

import botocore.endpoint
from botocore.awsrequest import AWSResponse

from pytest_cognito_pool._service import locks
from pytest_cognito_pool._service.protocol import model
from pytest_cognito_pool._service.protocol.wire import Reply, Request
from pytest_cognito_pool._service.transport import signing
from pytest_cognito_pool._service.transport.clients import BY_TEST
from pytest_cognito_pool._service.transport.retries import Retries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.model import OperationModel

_SERVICE_ID: Final = "Cognito Identity Provider"


class Fake(Protocol):
    """Answers requests."""

    def owns(self, request: Request) -> bool:
        """Whether the pool or app client that the request names, or its identity, is the fake's."""
        ...

    def answer(self, request: Request) -> Reply:
        """The reply to one attempt of a call."""
        ...

    def wait(self, invocation_id: str, seconds: float) -> None:
        """Called with the seconds that botocore would wait before the next attempt."""

    def finish(self, invocation_id: str) -> None:
        """Called when the application gets the result of the call."""


class _Attached(NamedTuple):
    """A fake that answers, and the retry quota that its calls took from clients."""

    fake: Fake
    retries: Retries


_lock: Final = locks.new()
_fakes: Final[list[_Attached]] = []
_calls: Final = count()
# Every hook that still exists. They are recognised by identity, because functools.wraps copies attributes.
_hooks: Final[WeakSet[Any]] = WeakSet()


def attach(fake: Fake) -> None:
    """Let the fake answer calls, before those attached earlier."""
    attached = _Attached(fake, Retries())
    with _lock:
        _fakes.append(attached)
        if botocore.endpoint.Endpoint.make_request not in _hooks:
            _put(_hook_over(botocore.endpoint.Endpoint.make_request))


def detach(fake: Fake) -> None:
    """Remove the fake; the last one removes the hook too, unless someone wrapped it."""
    with _lock:
        attached = next(each for each in _fakes if each.fake is fake)
        _fakes.remove(attached)
        settle()
    attached.retries.give_back()


def settle() -> None:
    """Remove the hook if no fake is left to answer and no other hook covers it.

    A covered hook stays and passes everything on; it is removed by the next call that finds it uncovered.
    """
    with _lock:
        top: Any = botocore.endpoint.Endpoint.make_request
        if not _fakes and top in _hooks:
            _put(top.covered)


def _put(make_request: Any) -> None:
    botocore.endpoint.Endpoint.make_request = make_request  # type: ignore[method-assign]


def _hook_over(original: Any) -> Any:
    """A make_request that lets the fakes answer cognito-idp, and passes on calls of other services and nested calls."""

    def make_request(self: Any, operation_model: OperationModel, request_dict: dict[str, Any]) -> Any:
        ours = operation_model.service_model.service_id == _SERVICE_ID
        # A copy: another thread may detach the last fake.
        fakes = tuple(_fakes)
        if not ours or not fakes or isinstance(self._event_emitter, _Emitter):
            return original(self, operation_model, request_dict)
        model.adopt(operation_model.service_model)
        call = _CallInFlight(fakes, request_dict["context"].get("client_region"))
        twin = object.__new__(self.__class__)
        twin.__dict__.update(self.__dict__)
        if _is_async(self.__class__):
            signing.sign(request_dict["context"], signing.async_credentials())
            twin._event_emitter = _AsyncEmitter(self._event_emitter, call)
            return _awaited(original(twin, operation_model, request_dict), call)
        signing.sign(request_dict["context"])
        twin._event_emitter = _Emitter(self._event_emitter, call)
        try:
            return original(twin, operation_model, request_dict)
        finally:
            call.finish()

    make_request.covered = original  # type: ignore[attr-defined]
    _hooks.add(make_request)
    return make_request


@cache
def _is_async(endpoint: Any) -> bool:
    return inspect.iscoroutinefunction(endpoint._send_request)  # noqa: SLF001 - what differs


async def _awaited(pending: Awaitable[Any], call: _CallInFlight) -> Any:
    try:
        return await pending
    finally:
        call.finish()


class _CallInFlight:
    """A call from its first request to its end."""

    __slots__ = ("_answering", "_fakes", "_invocation_id", "_region")

    def __init__(self, fakes: tuple[_Attached, ...], region: str | None) -> None:
        self._fakes = fakes
        self._region = region
        self._answering: _Attached | None = None
        # Not botocore's id, which it draws with uuid4: test suites patch uuid4, and handlers replace the id.
        self._invocation_id = str(next(_calls))

    def reply(self, prepared: AWSPreparedRequest) -> Reply:
        headers = prepared.headers
        request = Request(
            method=prepared.method,
            path=urlsplit(prepared.url).path or "/",
            target=_text(headers.get("X-Amz-Target", "")),
            content_type=_text(headers.get("Content-Type", "")),
            authorization=_text(headers.get("Authorization", "")),
            invocation_id=self._invocation_id,
            body=_bytes(prepared.body),
            region=self._region,
            url=prepared.url,
            by_test=BY_TEST in _text(headers.get("User-Agent", "")),
        )
        self._answering = self._answering or self._owner(request)
        return self._answering.fake.answer(request)

    def _owner(self, request: Request) -> _Attached:
        """The innermost fake that owns the pool or client in the request, otherwise the innermost fake."""
        innermost = self._fakes[-1]
        if len(self._fakes) == 1:
            return innermost
        return next((each for each in reversed(self._fakes) if each.fake.owns(request)), innermost)

    def unwaited(self, responses: list[Any], event: dict[str, Any]) -> list[Any]:
        """The retry handlers' responses; the delay they ask for is recorded and skipped."""
        answering = self._answering
        assert answering is not None  # noqa: S101 - a retry follows a reply
        decided, seconds = answering.retries.decided(responses, event["request_dict"]["context"])
        if seconds is not None:
            answering.fake.wait(self._invocation_id, seconds)
        return decided

    def finish(self) -> None:
        if self._answering is not None:
            self._answering.fake.finish(self._invocation_id)


class _Emitter:
    """Stands in for a client's event emitter during one call.

    Only the fake answers before-send. In needs-retry botocore's handlers decide, and the delay they ask for is recorded
    and skipped. Every other event goes to the client's emitter.
    """

    def __init__(self, emitter: Any, call: _CallInFlight) -> None:
        self._emitter = emitter
        self._call = call

    def emit(self, event_name: str, **kwargs: Any) -> Any:
        if event_name.startswith("before-send."):
            return [(None, _response(AWSResponse, kwargs["request"], self._call, _Body))]
        responses = self._emitter.emit(event_name, **kwargs)
        return self._call.unwaited(responses, kwargs) if event_name.startswith("needs-retry.") else responses


class _AsyncEmitter(_Emitter):
    """The same for aiobotocore, whose `emit` is a coroutine and whose replies are read with await."""

    async def emit(self, event_name: str, **kwargs: Any) -> Any:
        if event_name.startswith("before-send."):
            from aiobotocore.awsrequest import AioAWSResponse

            return [(None, _response(AioAWSResponse, kwargs["request"], self._call, _AsyncBody))]
        responses = await self._emitter.emit(event_name, **kwargs)
        return self._call.unwaited(responses, kwargs) if event_name.startswith("needs-retry.") else responses


def _response(kind: Any, request: AWSPreparedRequest, call: _CallInFlight, body: Any) -> Any:
    reply = call.reply(request)
    return kind(request.url, reply.status, reply.headers, body(reply.body))


class _Body(io.BytesIO):
    """The raw body of a reply, as urllib3 has it."""

    def stream(self, *_args: Any, **_kwargs: Any) -> Iterator[bytes]:
        yield self.read()


class _AsyncBody:
    """The raw body of a reply, as aiohttp has it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def read(self) -> bytes:
        return self._body


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _bytes(body: Any) -> bytes:
    return body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body or b""
