"""What a test author types to make calls fail, checked before anything is armed."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._api.call_log import Call, Error
from pytest_cognito_pool._api.errors import UsageError, did_you_mean, nearest
from pytest_cognito_pool._api.faults import Given, Plan
from pytest_cognito_pool._api.frames import here
from pytest_cognito_pool._service.access import authorization
from pytest_cognito_pool._service.protocol import fault_catalogue as catalogue
from pytest_cognito_pool._service.protocol import model
from pytest_cognito_pool._service.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_cognito_pool._api.faults import Failure
    from pytest_cognito_pool._service.account import Account

# What an exception of botocore may name that is known of every request.
_URL: Final = "https://cognito-idp.us-east-1.amazonaws.com/"
_REASON: Final = "the connection failed"


def plan(operation: str, error: object, given: Given, *, pool_id: str | None = None) -> Plan:
    """The fault that was asked for.

    Raises:
        UsageError: for what no call can meet.
    """
    model.check_operation(operation)
    named = {"UserPoolId", "ClientId"} & {*model.parameters(operation)}
    if pool_id is not None and not named:
        raise UsageError(f"{operation} names no pool; try cognito.fail({operation!r}, ...)", typed=operation)
    if given.when is not None and not callable(given.when):
        message = f"when={given.when!r} is no function; one looks like lambda request: request['Username'] == 'ana'"
        raise UsageError(message, typed=given.when)
    _check_extent(given)
    failure = _failure(operation, error, given)
    return Plan(operation, failure, given, pool_id, _shown(operation, error, given), here())


def _shown(operation: str, error: object, given: Given) -> str:
    written = error.__name__ if isinstance(error, type) else shown(error)
    typed = [
        f"{name}={'...' if name == 'when' else shown(value)}"
        for name, value in given._asdict().items()
        if value != Given._field_defaults[name]
    ]
    return f"fail({', '.join([repr(operation), written, *typed])})"


def _check_extent(given: Given) -> None:
    for name, value in (("times", given.times), ("attempts", given.attempts)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise UsageError(f"{name} is a number from 1 on, or None, not {value!r}", typed=value)
    if given.attempts is not None and given.times != 1:
        message = (
            f"times={given.times!r} counts whole calls and attempts={given.attempts!r} single requests; "
            "give one of them"
        )
        raise UsageError(message, typed=given.times)


def _failure(operation: str, error: object, given: Given) -> Failure:
    if isinstance(error, str):
        return _answer(operation, error, given)
    if given.message is not None or given.reason_code is not None:
        raise UsageError(f"message and reason_code are for error codes; {error!r} says what it says", typed=error)
    kind = error if isinstance(error, type) else type(error)
    if not issubclass(kind, BaseException):
        raise UsageError(f"{error!r} is neither an error code nor an exception", typed=error)
    if model.is_reply(kind):
        code = _code_of(error, kind)
        message = f"botocore makes a {kind.__name__} of a reply; give its code: fail({operation!r}, {code!r})"
        raise UsageError(message, typed=error)
    return _again(error) if isinstance(error, BaseException) else _raised(kind)


def _code_of(error: object, kind: type) -> str:
    """The code that the author may have meant."""
    code = getattr(error, "response", {}).get("Error", {}).get("Code")
    if code:
        return str(code)
    return "TooManyRequestsException" if kind.__name__ == "ClientError" else kind.__name__


def _answer(operation: str, code: str, given: Given) -> Failure:
    check_code(operation, code)
    for name, value in (("message", given.message), ("reason_code", given.reason_code)):
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{name} is a text, not {value!r}", typed=value)
    if given.reason_code is not None and not catalogue.has_reason_code(code):
        raise UsageError(f"{code} has no reasonCode; InvalidParameterException has", typed=given.reason_code)

    def failure(call: Call, _url: str) -> BaseException:
        error = catalogue.error(operation, code, _values(call), given.message)
        error.reason_code = given.reason_code
        return error

    return failure


def _values(call: Call) -> Mapping[str, object]:
    """What of a call the texts of errors name."""
    request = call.request
    return {
        "id": request.get("UserPoolId") or request.get("ClientId"),
        "principal": call.caller,
        "resource": call.permission.resource if call.permission else "*",
        "username": request.get("Username"),
    }


def check_code(operation: str, code: str) -> None:
    """Refuse an error that the operation cannot answer with.

    Raises:
        UsageError: naming what it may have meant, and all that there are.
    """
    possible = catalogue.codes(operation)
    if code not in possible:
        if model.is_exception(code):
            message = (
                f"{code!r} is an exception of botocore; pass the class: fail({operation!r}, botocore.exceptions.{code})"
            )
            raise UsageError(message, typed=code)
        # What nearly all of them end with makes none of them alike.
        by_stem = {each.removesuffix("Exception"): each for each in possible}
        meant = [by_stem[stem] for stem in nearest(code.removesuffix("Exception"), by_stem)]
        question = f"; {did_you_mean(meant)}" if meant else ""
        message = (
            f"{operation} cannot answer with {code!r}{question}\n"
            f"botocore {model.version()} knows these errors of it: {', '.join(possible)}"
        )
        raise UsageError(message, typed=code, suggestions=meant)


def _raised(kind: type[BaseException]) -> Failure:
    """The exceptions of a class, anew for each attempt."""
    fields = _fields(kind)
    missing = [name for name in fields if name not in {"endpoint_url", "error"}]
    if missing:
        arguments = ", ".join(f"{name}=..." for name in fields)
        raise UsageError(
            f"{kind.__name__} names more than a request has: {', '.join(missing)}; "
            f"give one as it is raised: {kind.__name__}({arguments})",
            typed=kind,
        )

    def made(url: str) -> BaseException:
        known = {"endpoint_url": url, "error": _REASON}
        return kind(**{name: known[name] for name in fields})

    try:
        made(_URL)
    except TypeError as error:
        message = f"{kind.__name__} cannot be made without arguments, give it as it is raised: {error}"
        raise UsageError(message, typed=kind) from None
    return lambda _call, url: made(url)


def _fields(kind: type[BaseException]) -> list[str]:
    """What the message of an exception of botocore names, each once."""
    template = getattr(kind, "fmt", None)
    named = Formatter().parse(template) if isinstance(template, str) else ()
    return list(dict.fromkeys(name for _, name, _, _ in named if name))


def _again(error: BaseException) -> Failure:
    return lambda _call, _url: error.with_traceback(None)


class Run(NamedTuple):
    """One run of a test with the marker `cognito_errors`: for one error of an operation."""

    operation: str
    code: str


def runs(marks: Iterable[tuple[Sequence[Any], Mapping[str, Any]]]) -> dict[str, Run]:
    """The runs of a test by the id of each, from the arguments of its markers, the closest first.

    Raises:
        UsageError: for an operation or an error that there is not, and where none is left.
    """
    chosen: dict[str, list[Run]] = {}
    for arguments, keywords in marks:
        try:
            found = _marked(*arguments, **keywords)
        except TypeError as error:
            like = "cognito_errors('AdminConfirmSignUp', only=[], exclude=[], common=False)"
            message = f"the cognito_errors marker: {str(error).removeprefix('_marked() ')}; one looks like {like}"
            raise UsageError(message, typed=arguments) from None
        chosen.setdefault(found[0].operation, found)
    several = len(chosen) > 1
    return {f"{run.operation}-{run.code}" if several else run.code: run for found in chosen.values() for run in found}


def _marked(
    operation: str, *, only: Iterable[str] = (), exclude: Iterable[str] = (), common: bool = False
) -> list[Run]:
    model.check_operation(operation)
    only, exclude = _named("only", only), _named("exclude", exclude)
    for code in (*only, *exclude):
        check_code(operation, code)
    every = catalogue.codes(operation) if common or only else model.errors(operation)
    # In the order of the catalogue: sets have none, and xdist wants the same in every process.
    chosen = [Run(operation, code) for code in every if code not in exclude and (not only or code in only)]
    if not chosen:
        raise UsageError(f"the cognito_errors marker excludes every error of {operation}", typed=exclude)
    return chosen


def _named(what: str, codes: Iterable[str]) -> Sequence[str]:
    if isinstance(codes, str):
        raise UsageError(f"{what} is a list of error codes, not {codes!r}; did you mean [{codes!r}]?", typed=codes)
    return tuple(codes)


def marked(run: Run, account: Account, pool_id: str, client_id: str, where: str) -> tuple[Error, Plan]:
    """The error of a run, and the fault that gives it to every call of the operation.

    Args:
        run: which error of which operation.
        account: the account whose calls fail.
        pool_id: the pool that the error's text names.
        client_id: the app client that it names.
        where: the line of the test.
    """
    typical = {"UserPoolId": pool_id, "ClientId": client_id, "Username": "ana"}
    request = {name: typical[name] for name in model.parameters(run.operation) if name in typical}
    call = Call(run.operation, request, caller=account.identities.own.arn)
    call.permission = authorization.needed(account, account.region, call)
    answer = catalogue.error(run.operation, run.code, _values(call))
    made = plan(run.operation, run.code, Given(times=None, message=answer.message))
    planned = made._replace(
        shown=f"cognito_errors({run.operation!r}, only=[{run.code!r}])",
        where=where,
        remedy=f"have the test call {run.operation}, or leave the error out: exclude=[{run.code!r}]",
    )
    return Error(run.code, answer.message, answer.status), planned
