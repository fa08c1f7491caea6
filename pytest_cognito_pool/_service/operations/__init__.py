"""The operations: one module per family, one function per operation, imported at first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pytest_cognito_pool._service import locks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.context import Context

    # The request of each operation is a TypedDict of its own; the reply is None where the model has no output.
    Operation = Callable[[Context, Any], Mapping[str, Any] | None]

F = TypeVar("F", bound="Operation")

FAMILIES: Final[Mapping[str, str]] = {
    "AdminConfirmSignUp": "confirmation",
    "SignUp": "sign_up",
    "ConfirmSignUp": "confirm_sign_up",
    "ResendConfirmationCode": "confirm_sign_up",
    "AdminCreateUser": "users",
    "AdminDeleteUser": "users",
    "AdminDeleteUserAttributes": "users",
    "AdminDisableUser": "users",
    "AdminEnableUser": "users",
    "AdminGetUser": "users",
    "AdminSetUserPassword": "users",
    "AdminUpdateUserAttributes": "users",
    "ListUsers": "list_users",
    "AdminAddUserToGroup": "groups",
    "AdminListGroupsForUser": "groups",
    "AdminRemoveUserFromGroup": "groups",
    "CreateGroup": "groups",
    "DeleteGroup": "groups",
    "GetGroup": "groups",
    "ListGroups": "groups",
    "ListUsersInGroup": "groups",
    "UpdateGroup": "groups",
    "AddCustomAttributes": "pools",
    "CreateUserPool": "pools",
    "DeleteUserPool": "pools",
    "DescribeUserPool": "pools",
    "ListUserPools": "pools",
    "UpdateUserPool": "pools",
    "CreateUserPoolClient": "clients",
    "DeleteUserPoolClient": "clients",
    "DescribeUserPoolClient": "clients",
    "ListUserPoolClients": "clients",
    "UpdateUserPoolClient": "clients",
}
_functions: Final[dict[str, Operation]] = {}


def operation(name: str) -> Callable[[F], F]:
    """Register the function of an operation."""

    def register(function: F) -> F:
        _functions[name] = function
        return function

    return register


def find(name: str) -> Operation | None:
    """The function of an operation; None when it is not simulated."""
    if name not in _functions and name in FAMILIES:
        with locks.importing:
            import_module(f"{__name__}.{FAMILIES[name]}")
    return _functions.get(name)
