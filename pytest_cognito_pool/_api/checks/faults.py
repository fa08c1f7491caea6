"""Checks of the arguments of `fail`, before anything is armed."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.checks.names import check_operation
from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._api.faults import FaultSpec
from pytest_cognito_pool._api.frames import here
from pytest_cognito_pool._service import subject
from pytest_cognito_pool._service.protocol import fault_catalogue, model
from pytest_cognito_pool._service.wording import did_you_mean, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._api.faults import Failure, FaultOptions
    from pytest_cognito_pool._service.journal import Call

_DEFAULTS: Final[Mapping[str, Any]] = {
    "times": 1,
    "attempts": None,
    "after": False,
    "message": None,
    "reason_code": None,
    "when": None,
    "optional": False,
}
# The values that exceptions of botocore may need and every request has.
_URL: Final = "https://cognito-idp.us-east-1.amazonaws.com/"
_REASON: Final = "the connection failed"


def fault_spec(operation: str, error: object, options: FaultOptions, *, pool_id: str | None = None) -> FaultSpec:
    """The fault that was asked for.

    Raises:
        UsageError: for a fault that could never be used.
    """
    check_operation(operation)
    for name in options:
        if name not in _DEFAULTS:
            raise unknown_name("fail() has no option", name, _DEFAULTS)
    if pool_id is not None and model.subject(operation) is None:
        message = f"calls of {operation} do not refer to a pool; use cognito.fail({operation!r}, ...)"
        raise UsageError(message, typed=operation)
    given = {**_DEFAULTS, **options}
    if given["when"] is not None and not callable(given["when"]):
        like = "lambda request: request['Username'] == 'ana'"
        message = f"when must be a function of the request, for example {like}; got {given['when']!r}"
        raise UsageError(message, typed=given["when"])
    _check_extent(given)
    return FaultSpec(
        operation,
        _failure(operation, error, given),
        _shown(operation, error, given),
        here(),
        pool_id=pool_id,
        limit=given["times"] if given["attempts"] is None else given["attempts"],
        of_attempts=given["attempts"] is not None,
        after=given["after"],
        when=given["when"],
        optional=given["optional"],
    )


def _shown(operation: str, error: object, given: Mapping[str, Any]) -> str:
    """The `fail(...)` as it was typed."""
    written = error.__name__ if isinstance(error, type) else shown(error)
    typed = [
        f"{name}={'...' if name == 'when' else shown(value)}"
        for name, value in given.items()
        if value != _DEFAULTS[name]
    ]
    return f"fail({', '.join([repr(operation), written, *typed])})"


def _check_extent(given: Mapping[str, Any]) -> None:
    for name, value in (("times", given["times"]), ("attempts", given["attempts"])):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise UsageError(f"{name} must be at least 1, or None for no limit; got {value!r}", typed=value)
    if given["attempts"] is not None and given["times"] != 1:
        message = (
            f"times={given['times']!r} counts whole calls and attempts={given['attempts']!r} single requests; "
            "give one of them"
        )
        raise UsageError(message, typed=given["times"])


def _failure(operation: str, error: object, given: Mapping[str, Any]) -> Failure:
    if isinstance(error, str):
        return _answer(operation, error, given)
    if given["message"] is not None or given["reason_code"] is not None:
        raise UsageError(f"message and reason_code are for error codes, not for the exception {error!r}", typed=error)
    kind = error if isinstance(error, type) else type(error)
    if not issubclass(kind, BaseException):
        raise UsageError(f"{error!r} is neither an error code nor an exception", typed=error)
    if model.is_reply(kind):
        code = _code_of(error, kind)
        message = f"botocore builds {kind.__name__} from a reply; pass the error code: fail({operation!r}, {code!r})"
        raise UsageError(message, typed=error)
    return _again(error) if isinstance(error, BaseException) else _raised(kind)


def _code_of(error: object, kind: type) -> str:
    """The code that the author may have meant."""
    code = getattr(error, "response", {}).get("Error", {}).get("Code")
    if code:
        return str(code)
    return "TooManyRequestsException" if kind.__name__ == "ClientError" else kind.__name__


def _answer(operation: str, code: str, given: Mapping[str, Any]) -> Failure:
    check_code(operation, code)
    message, reason_code = given["message"], given["reason_code"]
    for name, value in (("message", message), ("reason_code", reason_code)):
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{name} must be a string, not {value!r}", typed=value)
    if reason_code is not None and not fault_catalogue.has_reason_code(code):
        raise UsageError(f"{code} has no reasonCode; InvalidParameterException has one", typed=reason_code)

    def failure(call: Call, _url: str) -> BaseException:
        error = fault_catalogue.error(operation, code, values(call), message)
        error.reason_code = reason_code
        return error

    return failure


def values(call: Call) -> Mapping[str, object]:
    """The values of a call that error texts contain."""
    return {
        "id": subject.named(call.request),
        "principal": call.caller,
        "resource": call.permission.resource if call.permission else "*",
        "username": call.request.get("Username"),
    }


def check_code(operation: str, code: str) -> None:
    """Refuse an error that the operation cannot answer with.

    Raises:
        UsageError: naming what the author may have meant, and all possible errors.
    """
    possible = fault_catalogue.codes(operation)
    if code not in possible:
        if model.is_exception(code):
            message = (
                f"{code!r} is an exception of botocore; pass the class: fail({operation!r}, botocore.exceptions.{code})"
            )
            raise UsageError(message, typed=code)
        # Nearly all codes end with Exception, so this ending says nothing about likeness.
        by_stem = {each.removesuffix("Exception"): each for each in possible}
        meant = [by_stem[stem] for stem in nearest(code.removesuffix("Exception"), by_stem)]
        question = f"; {did_you_mean(meant)}" if meant else ""
        message = (
            f"{operation} cannot answer with {code!r}{question}\n"
            f"errors of {operation} in botocore {model.version()}: {', '.join(possible)}"
        )
        raise UsageError(message, typed=code, suggestions=meant)


def _raised(kind: type[BaseException]) -> Failure:
    """A function that instantiates the exception class for each attempt."""
    fields = _fields(kind)
    missing = [name for name in fields if name not in {"endpoint_url", "error"}]
    if missing:
        arguments = ", ".join(f"{name}=..." for name in fields)
        message = (
            f"{kind.__name__} needs arguments that a request does not have ({', '.join(missing)}); "
            f"pass an instance: {kind.__name__}({arguments})"
        )
        raise UsageError(message, typed=kind)

    def made(url: str) -> BaseException:
        known = {"endpoint_url": url, "error": _REASON}
        return kind(**{name: known[name] for name in fields})

    try:
        made(_URL)
    except TypeError as error:
        raise UsageError(f"{kind.__name__} needs arguments; pass an instance: {error}", typed=kind) from None
    return lambda _call, url: made(url)


def _fields(kind: type[BaseException]) -> list[str]:
    """The fields in the message template of an exception of botocore, each once."""
    template = getattr(kind, "fmt", None)
    named = Formatter().parse(template) if isinstance(template, str) else ()
    return list(dict.fromkeys(name for _, name, _, _ in named if name))


def _again(error: BaseException) -> Failure:
    return lambda _call, _url: error.with_traceback(None)
