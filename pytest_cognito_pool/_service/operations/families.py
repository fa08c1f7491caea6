"""In which module each operation is; written by tests/packaging/operation_families.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILY_OF: Final[Mapping[str, str]] = {
    "AddCustomAttributes": "pools",
    "AdminAddUserToGroup": "groups",
    "AdminConfirmSignUp": "confirmation",
    "AdminCreateUser": "admin_users",
    "AdminDeleteUser": "admin_users",
    "AdminDeleteUserAttributes": "admin_users",
    "AdminDisableUser": "admin_users",
    "AdminEnableUser": "admin_users",
    "AdminGetUser": "admin_users",
    "AdminListGroupsForUser": "groups",
    "AdminRemoveUserFromGroup": "groups",
    "AdminSetUserPassword": "admin_users",
    "AdminUpdateUserAttributes": "admin_users",
    "ConfirmSignUp": "confirm_sign_up",
    "CreateGroup": "groups",
    "CreateUserPool": "pools",
    "CreateUserPoolClient": "app_clients",
    "DeleteGroup": "groups",
    "DeleteUserPool": "pools",
    "DeleteUserPoolClient": "app_clients",
    "DescribeUserPool": "pools",
    "DescribeUserPoolClient": "app_clients",
    "GetGroup": "groups",
    "ListGroups": "groups",
    "ListUserPoolClients": "app_clients",
    "ListUserPools": "pools",
    "ListUsers": "list_users",
    "ListUsersInGroup": "groups",
    "ResendConfirmationCode": "confirm_sign_up",
    "SignUp": "sign_up",
    "UpdateGroup": "groups",
    "UpdateUserPool": "pools",
    "UpdateUserPoolClient": "app_clients",
}
