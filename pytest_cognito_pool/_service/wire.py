"""HTTP requests and replies, as JSON 1.1 of this service has them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.utils import formatdate
from typing import TYPE_CHECKING, Final, NoReturn

from pytest_cognito_pool import clock
from pytest_cognito_pool._service import ids, model, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPE: Final = "application/x-amz-json-1.1"
_NOT_FOUND: Final = (
    b'{"code":"BadRequest","message":"The server did not understand the operation that was requested.",'
    b'"type":"client"}'
)


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request.

    Attributes:
        headers: names in lower case.
        region: the region of the endpoint it was sent to.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    region: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP reply."""

    status: int
    headers: dict[str, str]
    body: bytes


def parameters(request: Request) -> dict[str, object]:
    """The JSON object in the body.

    Raises:
        ServiceError: SerializationException, when it is no JSON object.
    """
    try:
        body = json.loads(request.body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise texts.SERIALIZATION("the body is no JSON") from error
    if isinstance(body, list):
        raise texts.SERIALIZATION_TEXT("the body is a JSON list", text="Start of list found where not expected")
    if not isinstance(body, dict):
        raise texts.SERIALIZATION("the body is no JSON object")
    return body


def operation(request: Request) -> str:
    """The operation that the X-Amz-Target header names.

    Raises:
        ServiceError: UnknownOperationException, when the header is missing or names none of the service's.
    """
    target = request.headers.get("x-amz-target", "")
    name = target.removeprefix(model.TARGET_PREFIX)
    if name == target or name not in model.operations():
        raise texts.UNKNOWN_OPERATION(f"X-Amz-Target is {target!r}")
    return name


def front_door(request: Request) -> Reply | None:
    """The reply to a request that is not of this protocol at all; None for one that is."""
    if request.method != "POST" or request.path != "/":
        return Reply(404, _headers("application/json", _NOT_FOUND), _NOT_FOUND)
    if request.headers.get("content-type") != CONTENT_TYPE:
        # Inferred from another service of the framework, low confidence.
        body = b"<UnknownOperationException/>\n"
        return Reply(404, _headers("application/xml", body), body)
    return None


def success(result: Mapping[str, object] | None) -> Reply:
    """200 with the result, members in the order of their names; no body where the model has no output."""
    body = b"" if result is None else _dumped(result) if result else b"{}"
    return Reply(200, _headers(CONTENT_TYPE, body), body)


def failure(error: texts.ServiceError) -> Reply:
    """The error's status, `__type` first, and the trio of headers."""
    content: dict[str, str] = {"__type": error.code}
    if error.message is not None:
        # The one captured SerializationException with a text spells the member with a capital.
        content["Message" if error.code == "SerializationException" else "message"] = error.message
    body = json.dumps(content, separators=(",", ":")).encode()
    headers = _headers(CONTENT_TYPE, body)
    headers["x-amzn-errortype"] = f"{error.code}:"
    if error.message is not None:
        headers["x-amzn-errormessage"] = error.message
    return Reply(error.status, headers, body)


def _dumped(result: Mapping[str, object]) -> bytes:
    return json.dumps(result, separators=(",", ":"), sort_keys=True).encode()


def _headers(content_type: str, body: bytes) -> dict[str, str]:
    return {
        "date": formatdate(clock.now(), usegmt=True),
        "content-type": content_type,
        "content-length": str(len(body)),
        "x-amzn-requestid": ids.request_id(),
    }


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
