"""Operations that a test performs itself, silently: no call, trigger or message is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.checks.settings import checked
from pytest_cognito_pool._api.errors import accepted
from pytest_cognito_pool._service import operations
from pytest_cognito_pool._service.context import Context
from pytest_cognito_pool._service.journal import Call, Unheard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.account import Account

_NOBODY: Final = Unheard()


def perform(account: Account, operation: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """Perform an operation that is simulated, and return its result.

    Raises:
        UsageError: for parameters that the operation does not take, and for an error of the service.
        UnsupportedOperationError: for a setting that is not simulated.
    """
    __tracebackhide__ = True
    known = checked(operation, f"unknown parameter of {operation}", dict(parameters))
    context = Context(Call(operation, known), account, None, _NOBODY)
    function = operations.find(operation) or operations.unsupported
    return accepted(lambda: function(context, known)) or {}
