"""How one request is processed: from HTTP to an operation and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import operations, subject
from pytest_cognito_pool._service.access import authorization
from pytest_cognito_pool._service.context import Context
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError
from pytest_cognito_pool._service.journal import Attempt, Call, Error
from pytest_cognito_pool._service.protocol import masking, model, validate, wire
from pytest_cognito_pool._service.triggers import attribution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.journal import Interceptor, Listener
    from pytest_cognito_pool._service.protocol.wire import Incoming, Reply, Request


class Dispatcher:
    """Answers the requests that arrive at one account.

    Args:
        account: the account.
        listener: notified of what happens.
        interceptor: called with each valid request; may answer it instead of the operation.
    """

    def __init__(self, account: Account, listener: Listener, interceptor: Interceptor) -> None:
        self._account = account
        self._listener = listener
        self._interceptor = interceptor
        # By invocation id, the calls whose result the application does not have yet.
        self._in_flight: dict[str, Call] = {}

    def owns(self, request: Request) -> bool:
        """Whether the pool that the request names, or the identity that signed it, belongs to the account."""
        named = subject.pool_id(self._account, wire.read(request).parameters)
        return named is not None or self._account.identities.has_drawn(request.access_key)

    def answer(self, request: Request) -> Reply:
        """The reply to one attempt of a call.

        Raises:
            UnsupportedOperationError: if the request needs something that is not simulated.
        """
        incoming = wire.read(request)
        call = self._call(request, incoming)
        try:
            return self._answer(request, incoming, call)
        finally:
            if not request.invocation_id:
                # A request without an invocation id counts as a call of its own, with one attempt.
                self._listener.call_finished(call)

    def _answer(self, request: Request, incoming: Incoming, call: Call) -> Reply:
        attempt = call.attempts[-1]
        try:
            result = self._result(request, incoming, call)
        except ServiceError as error:
            if error.why:
                attempt.why = error.why
            attempt.error = Error(error.code, error.message, error.status)
            return wire.write(error, self._account.clock.time())
        except BaseException as error:
            attempt.raised = error
            raise
        members = dict(result or {})
        attempt.reply = masking.reply(call.operation, members)
        return wire.write(members if model.has_output(call.operation) else None, self._account.clock.time())

    def wait(self, invocation_id: str, seconds: float) -> None:
        """Record that the sender waits before the next attempt."""
        self._in_flight[invocation_id].attempts[-1].waited = seconds

    def finish(self, invocation_id: str) -> None:
        """Report to the listener that the application gets the result of the call."""
        call = self._in_flight.pop(invocation_id, None)
        if call is not None:
            self._listener.call_finished(call)

    def _call(self, request: Request, incoming: Incoming) -> Call:
        """The call of this request, with a new attempt; a new call is announced to the listener."""
        known = self._in_flight.get(request.invocation_id)
        if known is not None:
            known.attempts.append(Attempt())
            return known
        parameters = masking.request(incoming.operation, incoming.parameters)
        pool_id, at = subject.pool_id(self._account, parameters), self._account.clock.time()
        call = Call(incoming.operation, parameters, pool_id, [Attempt()], by_test=request.by_test, _at=at)
        if request.invocation_id:
            self._in_flight[request.invocation_id] = call
        call.caused_by = attribution.current()
        if call.caused_by is not None:
            call.caused_by.calls.append(call)
        self._listener.call_received(call)
        return call

    def _result(self, request: Request, incoming: Incoming, call: Call) -> Mapping[str, Any] | None:
        if incoming.refusal is not None:
            raise incoming.refusal
        if model.needs_signature(call.operation):
            authorization.authorise(self._account, request, call)
        operation = operations.find(call.operation)
        if operation is None:
            if not self._interceptor.answers(call.operation):
                raise UnsupportedOperationError(call.operation)
            operation = operations.unsupported
        parameters = validate.request(call.operation, incoming.parameters)
        context = Context(call, self._account, request.region, self._listener)
        return self._interceptor.intercept(call, parameters, request.url, partial(operation, context, parameters))
