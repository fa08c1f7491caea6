"""The marker `cognito_errors`: one run of a test for each error of an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_pool._api.checks.faults import check_code, fault_spec, values
from pytest_cognito_pool._api.checks.names import check_operation, list_of
from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._service.access import authorization
from pytest_cognito_pool._service.journal import Call, Error
from pytest_cognito_pool._service.protocol import fault_catalogue, model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_cognito_pool._api.faults import FaultSpec
    from pytest_cognito_pool._service.account import Account


class ErrorCase(NamedTuple):
    """One run of a test: for one error of an operation."""

    operation: str
    code: str


def error_cases(marks: Iterable[tuple[Sequence[Any], Mapping[str, Any]]]) -> dict[str, ErrorCase]:
    """The runs of a test by their ids, from the arguments of its markers, with the closest marker first.

    Raises:
        UsageError: for an operation or an error that does not exist, and if no error is left.
    """
    chosen: dict[str, list[ErrorCase]] = {}
    for arguments, keywords in marks:
        try:
            found = _of_marker(*arguments, **keywords)
        except TypeError as error:
            like = "cognito_errors('AdminConfirmSignUp', only=[], exclude=[], common=False)"
            message = f"the cognito_errors marker: {str(error).removeprefix('_of_marker() ')}; its form is {like}"
            raise UsageError(message, typed=arguments) from None
        chosen.setdefault(found[0].operation, found)
    several = len(chosen) > 1
    return {
        f"{case.operation}-{case.code}" if several else case.code: case for found in chosen.values() for case in found
    }


def _of_marker(
    operation: str, *, only: Iterable[str] = (), exclude: Iterable[str] = (), common: bool = False
) -> list[ErrorCase]:
    check_operation(operation)
    only, exclude = list_of("error codes", "only", only), list_of("error codes", "exclude", exclude)
    for code in (*only, *exclude):
        check_code(operation, code)
    every = fault_catalogue.codes(operation) if common or only else model.errors(operation)
    # In the order of the catalogue: sets have no order, and xdist needs the same order in every process.
    chosen = [ErrorCase(operation, code) for code in every if code not in exclude and (not only or code in only)]
    if not chosen:
        raise UsageError(f"the cognito_errors marker excludes every error of {operation}", typed=exclude)
    return chosen


def fault_of_case(
    case: ErrorCase, account: Account, pool_id: str, client_id: str, where: str
) -> tuple[Error, FaultSpec]:
    """The error of a run, and the fault that gives it to every call of the operation.

    Args:
        case: which error of which operation.
        account: the account whose calls fail.
        pool_id: the pool that the error's text names.
        client_id: the app client that the error's text names.
        where: the line of the test.
    """
    typical = {"UserPoolId": pool_id, "ClientId": client_id, "Username": "ana"}
    request = {name: typical[name] for name in model.parameters(case.operation) if name in typical}
    call = Call(case.operation, request, caller=account.identities.own.arn)
    call.permission = authorization.needed(account, account.region, call)
    answer = fault_catalogue.error(case.operation, case.code, values(call))
    spec = fault_spec(case.operation, case.code, {"times": None, "message": answer.message})
    return Error(case.code, answer.message, answer.status), spec._replace(
        shown=f"cognito_errors({case.operation!r}, only=[{case.code!r}])",
        where=where,
        remedy=f"have the test call {case.operation}, or leave the error out: exclude=[{case.code!r}]",
    )
