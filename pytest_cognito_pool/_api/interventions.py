"""What a test puts between requests and operations: faults and its own replies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.journal import Error, Injected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._api.faults import ArmedFault, Faults
    from pytest_cognito_pool._api.lifetimes import Test
    from pytest_cognito_pool._api.own_replies import OwnReplies
    from pytest_cognito_pool._api.recorder import Recorder
    from pytest_cognito_pool._service.journal import Call, Operate


class Interventions:
    """The Interceptor of one fake; for tests without faults and own replies, it loads nothing.

    Args:
        recorder: records what happens in the fake.
    """

    # None until they are needed. Several threads may create them at once: `setdefault` keeps only one object.
    _faults: Faults | None = None
    _replies: OwnReplies | None = None

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    @property
    def faults(self) -> Faults:
        """The faults of the fake."""
        if self._faults is None:
            from pytest_cognito_pool._api.faults import Faults

            made = Faults(self._recorder.note)
            if vars(self).setdefault("_faults", made) is made:
                self._recorder.watchers.append(made.saw)
        return cast("Faults", self._faults)

    @property
    def replies(self) -> OwnReplies:
        """The author's own replies."""
        if self._replies is None:
            from pytest_cognito_pool._api.own_replies import OwnReplies

            vars(self).setdefault("_replies", OwnReplies(self._recorder.reply_raised))
        return cast("OwnReplies", self._replies)

    def answers(self, operation: str) -> bool:
        """Whether there is an own reply or a fault for the operation."""
        replied = self._replies is not None and self._replies.has(operation)
        return replied or (self._faults is not None and self._faults.has(operation))

    def intercept(self, call: Call, request: Mapping[str, Any], url: str, operate: Operate) -> Mapping[str, Any] | None:
        """The result of an attempt of the call; raises the error of a fault that matches."""
        reply = None if self._replies is None else self._replies.get(call)
        if reply is not None:
            operate = partial(reply, call, request)
        fault = None if self._faults is None else self._faults.match(call)
        if fault is None:
            return operate()
        raise _failed(fault, call, url, operate)

    def unused(self) -> list[ArmedFault]:
        """The faults that would fail the test if it ended now."""
        return [] if self._faults is None else self._faults.unused()

    def unreported(self, test: Test | None) -> list[str]:
        """The messages about the unused faults of a test, each only once; without a test, about all unused faults."""
        return [] if self._faults is None else self._faults.unreported(test)

    def end(self, test: Test | None) -> None:
        """Remove the faults that a test armed; without a test, every fault."""
        if self._faults is not None:
            self._faults.end(test)


def _failed(fault: ArmedFault, call: Call, url: str, operate: Operate) -> BaseException:
    """The error that a fault gives to an attempt; the fault is noted on the attempt."""
    attempt = call.attempts[-1]
    attempt.fault = Injected(repr(fault), fault.spec.after)
    attempt.why = f"the test's own {fault!r}"
    if fault.spec.after:
        try:
            operate()
        except ServiceError as error:
            attempt.lost = Error(error.code, error.message, error.status)
    return fault.spec.failure(call, url)
