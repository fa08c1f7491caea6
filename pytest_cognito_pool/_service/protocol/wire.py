"""HTTP requests and replies of the service's protocol, JSON 1.1."""

from __future__ import annotations

import base64
import json
from email.utils import formatdate
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.requests import (
    NOT_UNDERSTOOD,
    SERIALIZATION,
    SERIALIZATION_TEXT,
    UNKNOWN_OPERATION,
    WRONG_CONTENT_TYPE,
)
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.protocol import model

if TYPE_CHECKING:
    from collections.abc import Mapping


# The model's requests nest less than half as deep; much deeper ones would raise RecursionError.
_DEEPEST: Final = 50
CONTENT_TYPE: Final = "application/x-amz-json-1.1"
# C0, DEL and C1.
_CONTROLS: Final = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")


class Request(NamedTuple):
    """The parts of an HTTP request that the service looks at.

    Attributes:
        target: the X-Amz-Target header; empty if there is none.
        content_type: the Content-Type header; empty if there is none.
        authorization: the Authorization header; empty if there is none.
        invocation_id: the same for all attempts of one call, like the header amz-sdk-invocation-id; empty if unknown.
        region: the region of the endpoint it was sent to; None if unknown.
        url: the URL that it was sent to.
        by_test: whether a test itself sent it, with a client of its own.
    """

    method: str
    path: str
    target: str
    content_type: str
    authorization: str
    invocation_id: str
    body: bytes
    region: str | None
    url: str
    by_test: bool = False

    @property
    def access_key(self) -> str:
        """The access key it was signed with; empty if there is none."""
        return self.authorization.partition("Credential=")[2].partition("/")[0]


class Reply(NamedTuple):
    """One HTTP reply."""

    status: int
    headers: dict[str, str]
    body: bytes


class Incoming(NamedTuple):
    """The contents of a request.

    Attributes:
        operation: the operation that it names, even if the service does not have it; empty if it names none.
        parameters: empty if the body cannot be read.
        refusal: the error that refuses it; None if it is accepted.
    """

    operation: str
    parameters: dict[str, Any]
    refusal: ServiceError | None


def read(request: Request) -> Incoming:
    """Read a request; if there are several reasons to refuse it, take the one that the service gives."""
    parameters, unreadable = _parameters(request.body)
    named = request.target.startswith(model.TARGET_PREFIX)
    operation = request.target.removeprefix(model.TARGET_PREFIX) if named else ""
    refusal = _outside(request) or _unknown(request, operation) or unreadable
    return Incoming(operation, parameters, refusal)


def _parameters(body: bytes) -> tuple[dict[str, Any], ServiceError | None]:
    """The JSON object in the body; if there is none, the error that refuses it."""
    try:
        found = _decoder.decode(body.decode())
    except (ValueError, RecursionError):
        return {}, SERIALIZATION("the body is not JSON")
    if isinstance(found, list):
        return {}, SERIALIZATION_TEXT("the body is a JSON list", text="Start of list found where not expected")
    nests = body.count(b"{") + body.count(b"[") > _DEEPEST
    if not isinstance(found, dict) or (nests and _is_deeper(found, _DEEPEST)):
        return {}, SERIALIZATION("the body is not a JSON object, or nests too deeply")
    return found, None


def _is_deeper(value: object, levels: int) -> bool:
    """Whether the value nests by more than this number of levels."""
    if not isinstance(value, (dict, list)):
        return False
    items = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in items)


def _outside(request: Request) -> ServiceError | None:
    """The refusal of a request that does not follow this protocol at all."""
    if request.method != "POST" or request.path != "/":
        return NOT_UNDERSTOOD(f"the service takes POST /, not {request.method} {request.path}")
    if request.content_type != CONTENT_TYPE:
        return WRONG_CONTENT_TYPE(f"Content-Type is {request.content_type!r}, not {CONTENT_TYPE!r}")
    return None


def _unknown(request: Request, operation: str) -> ServiceError | None:
    """The refusal of an operation that the service does not have."""
    return None if operation in model.operations() else UNKNOWN_OPERATION(f"X-Amz-Target is {request.target!r}")


def write(outcome: Mapping[str, Any] | ServiceError | None, at: float) -> Reply:
    """The reply: 200 with the members in the order of their names, or the error.

    Args:
        outcome: the members; None if the model has no output; or the error.
        at: the time of the reply, in seconds since the epoch.
    """
    if isinstance(outcome, ServiceError):
        return _failure(outcome, at)
    body = b"" if outcome is None else _dumped(outcome) if outcome else b"{}"
    return Reply(200, _headers(CONTENT_TYPE, body, at), body)


def _failure(error: ServiceError, at: float) -> Reply:
    """The reply for an error: `__type` is first in the body, and headers have the type and the message too."""
    if error.status == 404:  # noqa: PLR2004
        return _outside_protocol(error, at)
    content: dict[str, str] = {"__type": error.code}
    if error.message is not None:
        # The one captured SerializationException with a text spells the member with a capital.
        content["Message" if error.code == "SerializationException" else "message"] = error.message
    if error.reason_code is not None:
        content["reasonCode"] = error.reason_code
    body = json.dumps(content, separators=(",", ":")).encode()
    headers = _headers(CONTENT_TYPE, body, at)
    headers["x-amzn-errortype"] = f"{error.code}:"
    if error.message is not None:
        headers["x-amzn-errormessage"] = _sendable(error.message)
    return Reply(error.status, headers, body)


def _sendable(text: str) -> str:
    """The text for a header: on one line, and its UTF-8 as Latin-1 (inferred; captures are ASCII)."""
    return text.translate(_CONTROLS).strip(" ").encode(errors="replace").decode("latin-1")


def _outside_protocol(error: ServiceError, at: float) -> Reply:
    if error.message is None:
        body = f"<{error.code}/>\n".encode()
        return Reply(error.status, _headers("application/xml", body, at), body)
    body = _dumped({"code": error.code, "message": error.message, "type": "client"})
    return Reply(error.status, _headers("application/json", body, at), body)


def _dumped(result: Mapping[str, object]) -> bytes:
    return _encoder.encode(result).encode()


def _headers(content_type: str, body: bytes, at: float) -> dict[str, str]:
    return {
        "date": _date(int(at)),
        "content-type": content_type,
        "content-length": str(len(body)),
        "x-amzn-requestid": ids.uuid(),
    }


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _blob(value: object) -> str:
    """A blob in JSON."""
    assert isinstance(value, bytes)  # noqa: S101 - members of replies are JSON, except blobs
    return base64.b64encode(value).decode()


# `json.dumps` would make an encoder each time.
_encoder: Final = json.JSONEncoder(separators=(",", ":"), sort_keys=True, default=_blob)
_decoder: Final = json.JSONDecoder(parse_constant=_no_constant)
