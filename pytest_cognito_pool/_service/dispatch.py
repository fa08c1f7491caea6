"""The road of one request: from HTTP to an operation and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import model, operations, texts, validate, wire
from pytest_cognito_pool._service.context import Context
from pytest_cognito_pool.errors import UnsupportedOperationError
from pytest_cognito_pool.log import Attempt, Error, sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.state import Account, Pool
    from pytest_cognito_pool._service.wire import Reply, Request
    from pytest_cognito_pool.log import Call, Invocation

    Answer = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]


class Dispatcher:
    """Answers the requests that arrive at one account.

    Args:
        account: the account.
        answers: the author's own replies, by operation.
        filed: told of each call at its first attempt, when its parameters are known.
        created: told of each pool a call creates.
        invoked: told of each trigger invocation and the pool it happened in.
        finished: told of each call when the application gets what came of it.
    """

    def __init__(
        self,
        account: Account,
        answers: Mapping[str, Answer],
        *,
        filed: Callable[[Call], None],
        created: Callable[[Pool], None],
        invoked: Callable[[Pool, Invocation[Any]], None],
        finished: Callable[[Call], None],
    ) -> None:
        self.finished = finished
        self._account = account
        self._answers = answers
        self._filed = filed
        self._created = created
        self._invoked = invoked

    def owns(self, request: Request) -> bool:
        """Whether the pool or app client that the request names is one of the account's."""
        return _pool_id(self._account, _readable(request)) is not None

    def answer(self, request: Request, call: Call) -> Reply:
        """The reply to one attempt of a call; the attempt is noted on the call.

        Raises:
            UnsupportedOperationError: for what is not simulated.
        """
        attempt = Attempt()
        first = not call.attempts
        call.attempts.append(attempt)
        try:
            strange = wire.front_door(request)
            if first:
                self._file(call, request)
            if strange:
                return strange
            result = self._result(request, call)
        except texts.ServiceError as error:
            attempt.error = Error(error.code, error.message, error.status)
            attempt.why = error.why
            return wire.failure(error)
        except Exception as error:
            attempt.raised = error
            raise
        attempt.reply = sealed(result or {})
        return wire.success(result)

    def _result(self, request: Request, call: Call) -> Mapping[str, Any] | None:
        name = wire.operation(request)
        body = wire.parameters(request)
        if model.needs_signature(name) and "authorization" not in request.headers:
            raise texts.MISSING_TOKEN("the application's client does not sign its requests")
        function, answer = operations.find(name), self._answers.get(name)
        if function is None and answer is None:
            raise UnsupportedOperationError(name)
        read = validate.request(name, body)
        if answer is not None:
            return answer(read)
        context = Context(call, self._account, request.region, announce=self._created, invoked=self._invoked)
        return function(context, read)

    def _file(self, call: Call, request: Request) -> None:
        call.request = sealed(_readable(request))
        call.pool_id = _pool_id(self._account, call.request)
        self._filed(call)


def _readable(request: Request) -> dict[str, Any]:
    """The parameters of a request, none when they cannot be read."""
    try:
        return wire.parameters(request)
    except texts.ServiceError:
        return {}


def _pool_id(account: Account, parameters: Mapping[str, Any]) -> str | None:
    """The pool of the account that a request names, itself or by an app client."""
    named, client_id = parameters.get("UserPoolId"), parameters.get("ClientId")
    if isinstance(named, str):
        return named if named in account.pools else None
    client = account.clients.get(client_id) if isinstance(client_id, str) else None
    return client.pool.id if client else None
