"""Run the function of an invocation, and turn its result into a response or an error."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

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
from pytest_cognito_pool._service.triggers import attribution, event_loop
from pytest_cognito_pool._service.triggers.functions import NoAnswerError, NotInvokedError
from pytest_cognito_pool._service.triggers.lambda_context import TIME_LIMIT, LambdaContext, of_invocation
from pytest_cognito_pool._service.wording import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from pytest_cognito_pool._service.journal import Invocation
    from pytest_cognito_pool._service.pool.pool import Pool

# Documented: after three tries without an answer in time, the invocation fails.
_TRIES: Final = 3


def invoke(invocation: Invocation[Any], event: Mapping[str, Any], pool: Pool) -> Mapping[str, Any]:
    """Run the function and record its result on the invocation.

    Args:
        invocation: the invocation; it has a function.
        event: the event, whose secrets are not masked.
        pool: the pool that has the trigger.

    Returns:
        The members of the answer's `response`.

    Raises:
        ServiceError: UserLambdaValidationException, InvalidLambdaResponseException or UnexpectedLambdaException.
    """
    stopwatch = Stopwatch(pool.clock)
    try:
        with attribution.running_in(invocation):
            answer = _json(_answered(invocation, event, pool), invocation)
        invocation.answer = answer
        return _checked(answer, event, invocation)
    except ServiceError as error:
        invocation.why = worded(error.why)
        raise
    finally:
        invocation.duration += stopwatch.elapsed
        if invocation.error is not None:
            # Bypasses the author's class, which may be frozen.
            BaseException.with_traceback(invocation.error, _of_the_author(invocation.error.__traceback__))


def _answered(invocation: Invocation[Any], event: Mapping[str, Any], pool: Pool) -> object:
    """What the function returned, after up to three tries."""
    while invocation.attempts < _TRIES:
        invocation.attempts += 1
        stopwatch = Stopwatch(pool.clock)
        context = of_invocation(TRIGGER_OF[invocation.source], pool, stopwatch)
        try:
            returned = _once(invocation, event, context)
        except NoAnswerError:
            invocation.duration += TIME_LIMIT
            continue
        except NotInvokedError as error:
            raise _failure(invocation, LAMBDA_NOT_INVOKED, "Lambda could not run it", error.error) from None
        except (Exception, SystemExit) as error:
            if stopwatch.moved <= TIME_LIMIT:
                why = f"the function raised {type(error).__name__}"
                raise _failure(invocation, LAMBDA_RAISED, why, _message(error, context)) from error
        else:
            if stopwatch.moved <= TIME_LIMIT:
                return returned
    why = f"no answer within {TIME_LIMIT:g} seconds, three times"
    raise _failure(invocation, LAMBDA_NOT_INVOKED, why, "Socket timeout while invoking Lambda function")


def _once(invocation: Invocation[Any], event: Mapping[str, Any], context: LambdaContext) -> object:
    handler = invocation.handler
    assert handler is not None  # noqa: S101 - it is what runs
    own = json.loads(json.dumps(event))
    invocation.error = None
    try:
        return event_loop.outside(lambda: handler(own, context))
    except (NoAnswerError, NotInvokedError):
        raise
    except BaseException as error:
        invocation.error = error
        raise


def _of_the_author(trace: TracebackType | None) -> TracebackType | None:
    """Return the traceback without its first frames, which call the function."""
    while trace is not None and trace.tb_frame.f_code.co_filename in {__file__, event_loop.__file__}:
        trace = trace.tb_next
    return trace


def _message(error: BaseException, context: LambdaContext) -> str:
    """The errorMessage that Lambda reports; for a process that exits, its exit status (observed, amplify-js#9127)."""
    if not isinstance(error, SystemExit):
        return _text(error)
    status = int(error.code) & 0xFF if isinstance(error.code, int) else int(error.code is not None)
    # Inferred: how Lambda words an exit without an error.
    end = f"with error: exit status {status}" if status else "without providing a reason"
    return f"RequestId: {context.aws_request_id} Error: Runtime exited {end}"


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - the author's own __str__
        return type(error).__name__


def _json(returned: object, invocation: Invocation[Any]) -> object:
    """Return the function's return value as Lambda passes it on."""
    if returned is None:
        raise _failure(invocation, LAMBDA_NO_JSON, "the function returned None; it must return the event")
    try:
        # Inferred: Lambda's Python runtime passes bytes on unchanged.
        text = returned if isinstance(returned, bytes) else json.dumps(returned, default=_number)
    except (TypeError, ValueError, RecursionError) as error:
        # Observed in the logs of functions (aws/chalice#1294): Lambda fails before it answers.
        why = "the function's return value cannot be written as JSON"
        raise _failure(invocation, LAMBDA_RAISED, why, f"Unable to marshal response: {error}") from error
    try:
        return json.loads(text, parse_constant=_refused)
    except ValueError as error:
        raise _failure(invocation, LAMBDA_NO_JSON, f"the function's return value is not JSON: {error}") from error


def _refused(constant: str) -> NoReturn:
    """Refuse NaN and infinities, which Python writes and JSON does not have."""
    raise ValueError(f"JSON has no {constant}")


def _number(value: object) -> float:
    """A Decimal as a float, as Lambda's Python runtime writes it."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _checked(answer: object, event: Mapping[str, Any], invocation: Invocation[Any]) -> Mapping[str, Any]:
    """The `response` of an answer, if the answer is otherwise the event that was sent."""
    broken = _not_the_event(answer, event)
    if broken:
        raise _failure(invocation, LAMBDA_UNRECOGNIZABLE, broken)
    response: Mapping[str, Any] = cast("dict[str, Any]", answer).get("response", {})
    # Not with ==, as 0 == False.
    if json.dumps(response, sort_keys=True) != json.dumps(event.get("response", {}), sort_keys=True):
        from pytest_cognito_pool._service.events.parsing import mismatch

        broken = mismatch({**event, "response": response}, event)
        if broken:
            raise _failure(invocation, LAMBDA_UNRECOGNIZABLE, f"in the answer, {broken}")
    return response


def _not_the_event(answer: object, event: Mapping[str, Any]) -> str:
    """Why the answer is not the event with another `response`; empty when it is."""
    if not isinstance(answer, dict):
        return f"the function returned {shown(sealed(answer))}; it must return the event"
    missing = [name for name in event if name not in answer]
    if missing:
        return f"the answer lacks {missing}; a function must return the event"
    for name, value in event.items():
        if not isinstance(answer[name], type(value)):
            return f"{name} is {shown(sealed(answer[name]))} in the answer and {shown(sealed(value))} in the event"
    # Inferred: clients that write null where the event has no such key are refused (aws-lambda-rust-runtime#873).
    nulls = {name for name, value in answer["request"].items() if value is None}
    added = sorted(nulls - {name for name, value in event["request"].items() if value is None})
    return f"request has null for {added} in the answer, but not in the event" if added else ""


def _failure(invocation: Invocation[Any], text: ErrorTemplate, why: str, error: str = "") -> ServiceError:
    return text(why, trigger=TRIGGER_OF[invocation.source], error=error)
