"""What an author put between requests and operations: faults and own replies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._api.own_replies import OwnReplies
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.journal import Error, Injected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._api.faults import ArmedFault
    from pytest_cognito_pool._api.recorder import Recorder
    from pytest_cognito_pool._service.journal import Call, Operate


class Interventions:
    """The Interceptor of one fake.

    Attributes:
        faults: the errors that calls can meet.
        replies: the author's own replies.
    """

    def __init__(self, recorder: Recorder) -> None:
        self.faults = recorder.faults
        self.replies = OwnReplies(recorder.reply_raised)

    def answers(self, operation: str) -> bool:
        """Whether the operation has an own reply, or calls of it are to fail."""
        return self.replies.get(operation) is not None or self.faults.has(operation)

    def intercept(self, call: Call, request: Mapping[str, Any], url: str, operate: Operate) -> Mapping[str, Any] | None:
        """The result of an attempt of the call, or the error of the fault that it meets."""
        reply = self.replies.get(call.operation)
        if reply is not None:
            operate = partial(reply, call, request)
        fault = self.faults.match(call)
        if fault is None:
            return operate()
        raise _failed(fault, call, url, operate)


def _failed(fault: ArmedFault, call: Call, url: str, operate: Operate) -> BaseException:
    """The error of an attempt that meets a fault, which is noted on it."""
    attempt = call.attempts[-1]
    attempt.fault = Injected(repr(fault), fault.spec.after)
    attempt.why = f"the test's own {fault!r}"
    if fault.spec.after:
        try:
            operate()
        except ServiceError as error:
            attempt.lost = Error(error.code, error.message, error.status)
    return fault.spec.failure(call, url)
