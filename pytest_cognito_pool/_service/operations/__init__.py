"""The operations: one module per family, one function per operation, imported at first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from pytest_cognito_pool._service import locks
from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError
from pytest_cognito_pool._service.operations.families import FAMILY_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from pytest_cognito_pool._service.context import Context

    # None if the reply has no members.
    Result = Mapping[str, Any] | None
    Operation = Callable[[Context, Any], Result]

C = TypeVar("C")
R = TypeVar("R")

_operations: Final[dict[str, Operation]] = {}


def operation(
    name: str, *, on: Callable[[Context, Any], AbstractContextManager[C]]
) -> Callable[[Callable[[C, R], Result]], Callable[[C, R], Result]]:
    """Register the function of an operation.

    Args:
        name: the operation's name.
        on: its subject, for example `context.USER`; the context of the subject is the function's first argument.
    """

    def register(function: Callable[[C, R], Result]) -> Callable[[C, R], Result]:
        def perform(call: Context, request: Any) -> Result:
            with on(call, request) as context:
                return function(context, request)

        _operations[name] = perform
        return function

    return register


def find(name: str) -> Operation | None:
    """Return the function that performs an operation; None if the operation is not simulated."""
    if name not in _operations and name in FAMILY_OF:
        with locks.importing:
            import_module(f"{__name__}.{FAMILY_OF[name]}")
    return _operations.get(name)


def unsupported(call: Context, _request: object) -> NoReturn:
    """Raise: an operation that is not simulated never gets a plausible reply."""
    raise UnsupportedOperationError(call.call.operation)
