"""The road of one request: from HTTP to an operation and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from pytest_cognito_pool._api.call_log import Attempt, Error
from pytest_cognito_pool._api.errors import UnsupportedOperationError
from pytest_cognito_pool._service import operations
from pytest_cognito_pool._service.access import authorization
from pytest_cognito_pool._service.context import Context
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.protocol import masking, model, validate, wire
from pytest_cognito_pool._service.triggers import attribution as nesting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._api.call_log import Call
    from pytest_cognito_pool._api.faults import Faults
    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.context import Listener
    from pytest_cognito_pool._service.operations import Operation
    from pytest_cognito_pool._service.protocol.wire import Reply, Request


class Answers(Protocol):
    """The author's own replies."""

    def get(self, operation: str, /) -> Operation | None:
        """What replies to an operation in place of the fake."""
        ...


class Dispatcher:
    """Answers the requests that arrive at one account.

    Args:
        account: the account.
        answers: the author's own replies, which come before the fake's.
        faults: what the author put in the way of calls.
        listener: told what happens.
    """

    def __init__(self, account: Account, answers: Answers, faults: Faults, listener: Listener) -> None:
        self._account = account
        self._answers = answers
        self._faults = faults
        self._listener = listener

    def owns(self, request: Request) -> bool:
        """Whether the pool or app client that the request names, or who signed it, is one of the account's."""
        named = _pool_id(self._account, _readable(request))
        return named is not None or self._account.identities.has_drawn(request.access_key)

    def answer(self, request: Request, call: Call) -> Reply:
        """The reply to one attempt of a call; the attempt is noted on the call.

        Raises:
            UnsupportedOperationError: for what is not simulated.
        """
        attempt = Attempt()
        call.attempts.append(attempt)
        try:
            result = self._result(request, call)
        except ServiceError as error:
            attempt.error = _error(error)
            if error.why:
                attempt.why = error.why
            return wire.failure(error, self._account.clock.time())
        except BaseException as error:
            attempt.raised = error
            raise
        attempt.reply = masking.reply(call.operation, dict(result or {}))
        return wire.success(result, self._account.clock.time())

    def _result(self, request: Request, call: Call) -> Mapping[str, Any] | None:
        name, body = self._admitted(request, call)
        function = self._function(name)
        parameters = validate.request(name, body)
        context = Context(call, self._account, request.region, self._listener)
        fault = self._faults.met(call)
        if fault is None:
            return function(context, parameters)
        attempt = call.attempts[-1]
        attempt.fault, attempt.why = fault, f"the test's own {fault!r}"
        if fault.after:
            try:
                function(context, parameters)
            except ServiceError as error:
                attempt.lost = _error(error)
        raise fault.failure(call, request.url)

    def _function(self, name: str) -> Operation:
        """What performs the operation.

        Raises:
            UnsupportedOperationError: unless calls of it are to fail, for which it need not be simulated.
        """
        function = self._answers.get(name) or operations.find(name)
        if function is not None:
            return function
        if not self._faults.has(name):
            raise UnsupportedOperationError(name)
        return _unsupported

    def _admitted(self, request: Request, call: Call) -> tuple[str, dict[str, Any]]:
        """The operation and its parameters, where the front end lets the request through."""
        body = self._filed_parameters(request, call)
        wire.check_protocol(request)
        name = wire.operation(request)
        if isinstance(body, ServiceError):
            raise body
        if model.needs_signature(name):
            authorization.authorise(self._account, request, call)
        return name, body

    def finished(self, call: Call) -> None:
        """Told when the application gets what came of a call."""
        self._listener.finished(call)

    def _filed_parameters(self, request: Request, call: Call) -> dict[str, Any] | ServiceError:
        """The parameters, or why there are none; at its first attempt the call is filed with them."""
        try:
            parameters: dict[str, Any] | ServiceError = wire.parameters(request)
        except ServiceError as error:
            parameters = error
        if len(call.attempts) == 1:
            readable = {} if isinstance(parameters, ServiceError) else parameters
            call.request = masking.request(call.operation, readable)
            call.pool_id = _pool_id(self._account, call.request)
            call.caused_by = nesting.current()
            if call.caused_by is not None:
                call.caused_by.calls.append(call)
            self._listener.filed(call)
        return parameters


def _error(error: ServiceError) -> Error:
    return Error(error.code, error.message, error.status)


def _unsupported(context: Context, _request: object) -> NoReturn:
    raise UnsupportedOperationError(context.operation)


def _readable(request: Request) -> dict[str, Any]:
    """The parameters of a request, none when they cannot be read."""
    try:
        return wire.parameters(request)
    except ServiceError:
        return {}


def _pool_id(account: Account, parameters: Mapping[str, Any]) -> str | None:
    """The pool of the account that a request names, itself or by an app client; deleted ones too."""
    named, client_id = parameters.get("UserPoolId"), parameters.get("ClientId")
    if isinstance(named, str):
        return named if named in account.known else None
    return account.pool_of_client.get(client_id) if isinstance(client_id, str) else None
