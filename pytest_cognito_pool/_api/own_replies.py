"""An author's own replies to operations."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._api import lifetimes
from pytest_cognito_pool._api.checks.names import check_members, check_operation
from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._service.errors.service_error import ServiceError, own
from pytest_cognito_pool._service.protocol import model

if TYPE_CHECKING:
    from pytest_cognito_pool._service.journal import Call

    Reply = Mapping[str, Any] | Callable[[Mapping[str, Any]], Mapping[str, Any] | None] | None


@dataclass(frozen=True, slots=True)
class OwnReply:
    """A reply to one operation, or the function that gives it.

    Attributes:
        pool_id: the pool whose calls it answers; None for every call of the account.
        owner: the test that it ends with; None if it stays until the fake is left.
        note: called with what the author's function raises.
    """

    operation: str
    reply: Reply
    pool_id: str | None
    owner: lifetimes.Test | None
    note: Callable[[Call, BaseException], None]

    def __call__(self, call: Call, request: Mapping[str, Any]) -> dict[str, Any]:
        """The reply to a request; what the author's function raises reaches the application as it is."""
        if not callable(self.reply):
            return dict(self.reply or {})
        try:
            reply = self.reply(request)
        except Exception as error:
            told = _as_told(error)
            if told is not None:
                raise told from error
            # The application should handle exceptions that botocore raises itself.
            if not model.is_botocores(type(error)):
                self.note(call, error)
            raise
        return checked(self.operation, reply)


class OwnReplies:
    """The own replies of one account; the last reply to an operation counts.

    Args:
        note: called with what the author's functions raise.
    """

    def __init__(self, note: Callable[[Call, BaseException], None]) -> None:
        self._note = note
        self._replies: list[OwnReply] = []

    def give(self, operation: str, reply: Reply, pool_id: str | None = None) -> None:
        """Reply to an operation from now on, or only to its calls to one pool.

        Raises:
            UsageError: for an operation that Cognito does not have or that does not refer to a pool, and for a reply
                that the operation cannot return.
        """
        check_operation(operation)
        if pool_id is not None and model.subject(operation) is None:
            message = f"calls of {operation} do not refer to a pool; use cognito.answer({operation!r}, ...)"
            raise UsageError(message, typed=operation)
        ready = reply if callable(reply) else checked(operation, reply)
        self._replies.append(OwnReply(operation, ready, pool_id, lifetimes.owner_until(self.end), self._note))

    def has(self, operation: str) -> bool:
        """Whether any reply is for the operation."""
        return any(each.operation == operation for each in self._replies)

    def get(self, call: Call) -> OwnReply | None:
        """The reply to a call, if there is one."""
        for each in reversed(self._replies):
            if each.operation == call.operation and each.pool_id in {None, call.pool_id}:
                return each
        return None

    def end(self, owner: lifetimes.Test) -> None:
        """Forget the replies that a test gave."""
        self._replies = [each for each in self._replies if each.owner is not owner]


def _as_told(error: Exception) -> ServiceError | None:
    """The error of the service in a ClientError of botocore; None for any other exception."""
    if not model.is_reply(type(error)):
        return None
    response = getattr(error, "response", {})
    told, metadata = response.get("Error", {}), response.get("ResponseMetadata", {})
    return own(told.get("Code", "Unknown"), told.get("Message", ""), metadata.get("HTTPStatusCode", 400))


def checked(operation: str, reply: Mapping[str, Any] | None) -> dict[str, Any]:
    """The author's reply as JSON, checked against the operation's output.

    Raises:
        UsageError: naming what is wrong with it.
    """
    shape = model.operation(operation).output_shape
    if not isinstance(reply, Mapping) and (reply is not None or model.members(shape)):
        raise UsageError(f"invalid reply of {operation}:\n{reply!r} is not a dict of the reply's members", typed=reply)
    reply = reply or {}
    check_members(reply, shape, f"the reply of {operation}")
    report = model.mismatches(reply, shape)
    if report:
        raise UsageError(f"invalid reply of {operation}:\n{report}", typed=reply)
    return {name: _json(value) for name, value in reply.items()}


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, Mapping):
        return {name: _json(item) for name, item in value.items()}
    return [_json(item) for item in value] if isinstance(value, (list, tuple)) else value
