"""How the function of an invocation is run, and what its end means to the call."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NoReturn

from pytest_cognito_pool._service.clock import Stopwatch
from pytest_cognito_pool._service.errors.lambda_functions import (
    LAMBDA_NO_JSON,
    LAMBDA_NOT_INVOKED,
    LAMBDA_RAISED,
    LAMBDA_UNRECOGNIZABLE,
)
from pytest_cognito_pool._service.errors.service_error import ErrorTemplate, ServiceError, worded
from pytest_cognito_pool._service.events.sources import TRIGGER_OF
from pytest_cognito_pool._service.secrets import sealed
from pytest_cognito_pool._service.triggers import attribution as nesting
from pytest_cognito_pool._service.triggers import event_loop as loops
from pytest_cognito_pool._service.triggers.functions import NoAnswerError, NotInvokedError
from pytest_cognito_pool._service.triggers.lambda_context import TIME_LIMIT, LambdaContext
from pytest_cognito_pool._service.wording import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from pytest_cognito_pool._api.trigger_log import Invocation
    from pytest_cognito_pool._service.account import Pool

# Documented: three tries without an answer in time end it.
_TRIES: Final = 3


def run(invocation: Invocation[Any], pool: Pool) -> Mapping[str, Any]:
    """Run the function and note on the invocation what came of it.

    Returns:
        The members of the answer's `response`.

    Raises:
        ServiceError: UserLambdaValidationException, InvalidLambdaResponseException or UnexpectedLambdaException.
    """
    stopwatch = Stopwatch(pool.clock)
    try:
        with nesting.inside(invocation):
            answer = _json(_answered(invocation, pool), invocation)
        invocation.answer = answer
        return _response(answer, invocation)
    except ServiceError as error:
        invocation.why = worded(error.why)
        raise
    finally:
        invocation.duration += stopwatch.elapsed
        if invocation.error is not None:
            # Past the author's class, which may be frozen.
            BaseException.with_traceback(invocation.error, _of_the_author(invocation.error.__traceback__))


def _answered(invocation: Invocation[Any], pool: Pool) -> object:
    """What the function returned, at the latest at the last try."""
    while invocation.attempts < _TRIES:
        invocation.attempts += 1
        context = LambdaContext(TRIGGER_OF[invocation.source], pool)
        try:
            returned = _once(invocation, context)
        except NoAnswerError:
            invocation.duration += TIME_LIMIT
            continue
        except NotInvokedError as error:
            raise _failure(invocation, LAMBDA_NOT_INVOKED, "Lambda could not run it", error.error) from None
        except (Exception, SystemExit) as error:
            if not context.is_over:
                why = f"the function raised {type(error).__name__}"
                raise _failure(invocation, LAMBDA_RAISED, why, _message(error, context)) from error
        else:
            if not context.is_over:
                return returned
    why = f"no answer within {TIME_LIMIT:g} seconds, three times"
    raise _failure(invocation, LAMBDA_NOT_INVOKED, why, "Socket timeout while invoking Lambda function")


def _once(invocation: Invocation[Any], context: LambdaContext) -> object:
    handler = invocation.handler
    assert handler is not None  # noqa: S101 - it is what runs
    event = json.loads(json.dumps(invocation._sent))  # noqa: SLF001 - the function gets it unmasked
    invocation.error = None
    try:
        return loops.outside(lambda: handler(event, context))
    except (NoAnswerError, NotInvokedError):
        raise
    except BaseException as error:
        invocation.error = error
        raise


def _of_the_author(trace: TracebackType | None) -> TracebackType | None:
    """The traceback without the frames that call the function, which come first."""
    while trace is not None and trace.tb_frame.f_code.co_filename in {__file__, loops.__file__}:
        trace = trace.tb_next
    return trace


def _message(error: BaseException, context: LambdaContext) -> str:
    """The errorMessage that Lambda reports; of a process that exits its status (observed, amplify-js#9127)."""
    if not isinstance(error, SystemExit):
        return _text(error)
    status = int(error.code) & 0xFF if isinstance(error.code, int) else int(error.code is not None)
    # Inferred: how Lambda words an exit that is no error.
    end = f"with error: exit status {status}" if status else "without providing a reason"
    return f"RequestId: {context.aws_request_id} Error: Runtime exited {end}"


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - the author's own __str__
        return type(error).__name__


def _json(returned: object, invocation: Invocation[Any]) -> object:
    """What the function returned as Lambda hands it on."""
    if returned is None:
        raise _failure(invocation, LAMBDA_NO_JSON, "the function returned None; it answers with its event")
    try:
        return json.loads(json.dumps(returned, allow_nan=False, default=_number))
    except (TypeError, ValueError, RecursionError) as error:
        raise _failure(invocation, LAMBDA_NO_JSON, f"the function returned what is no JSON: {error}") from error


def _number(value: object) -> float:
    """A Decimal as the number it is to Lambda's Python runtime."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _response(answer: object, invocation: Invocation[Any]) -> Mapping[str, Any]:
    """The `response` of an answer that is the event it was sent, whatever it has there."""
    sent = invocation._sent  # noqa: SLF001 - masked where it is shown
    if not isinstance(answer, dict):
        _unrecognizable(invocation, f"the function returned {shown(sealed(answer))}; it answers with its event")
    missing = [name for name in sent if name not in answer]
    if missing:
        _unrecognizable(invocation, f"the answer lacks {missing}; a function answers with its event")
    for name, value in sent.items():
        if not isinstance(answer[name], type(value)):
            _unrecognizable(
                invocation,
                f"{name} is {shown(sealed(answer[name]))} in the answer and {shown(sealed(value))} in the event",
            )
    # Inferred: clients that write null where the event has no such key are refused (aws-lambda-rust-runtime#873).
    added = [
        name for name, value in answer["request"].items() if value is None and sent["request"].get(name, "") is not None
    ]
    if added:
        _unrecognizable(invocation, f"{added} of request is null in the answer and was not in the event")
    response: Mapping[str, Any] = answer.get("response", {})
    # Not by ==, to which 0 is False.
    if json.dumps(response, sort_keys=True) != json.dumps(sent.get("response", {}), sort_keys=True):
        from pytest_cognito_pool._service.events.parsing import mismatch

        broken = mismatch({**sent, "response": response}, sent)
        if broken:
            _unrecognizable(invocation, f"of the answer, {broken}")
    return response


def _unrecognizable(invocation: Invocation[Any], why: str) -> NoReturn:
    raise _failure(invocation, LAMBDA_UNRECOGNIZABLE, why)


def _failure(invocation: Invocation[Any], text: ErrorTemplate, why: str, error: str = "") -> ServiceError:
    return text(why, trigger=TRIGGER_OF[invocation.source], error=error)
