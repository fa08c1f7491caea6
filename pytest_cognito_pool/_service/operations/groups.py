"""The operations on groups and their members."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.context import LOCKED_POOL, USER
from pytest_cognito_pool._service.errors.pool_settings import OTHER_ACCOUNT
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.paging import limit
from pytest_cognito_pool._service.pool.rules import account_of
from pytest_cognito_pool._service.user.user import described

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_cognito_idp.type_defs import (
        AdminAddUserToGroupRequestTypeDef,
        AdminListGroupsForUserRequestTypeDef,
        AdminRemoveUserFromGroupRequestTypeDef,
        CreateGroupRequestTypeDef,
        DeleteGroupRequestTypeDef,
        GetGroupRequestTypeDef,
        ListGroupsRequestTypeDef,
        ListUsersInGroupRequestTypeDef,
        UpdateGroupRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import LockedContext
    from pytest_cognito_pool._service.pool.groups import Group
    from pytest_cognito_pool._service.pool.pool import Pool

_SETTINGS: Final = ("Description", "RoleArn", "Precedence")


@operation("CreateGroup", on=LOCKED_POOL)
def create_group(call: LockedContext, request: CreateGroupRequestTypeDef) -> dict[str, Any]:
    _check_role(call.pool, request)
    group = call.pool.groups.create(request["GroupName"], _settings(request), call.at)
    return {"Group": _described(call.pool, group)}


@operation("GetGroup", on=LOCKED_POOL)
def get_group(call: LockedContext, request: GetGroupRequestTypeDef) -> dict[str, Any]:
    return {"Group": _described(call.pool, call.pool.groups.find(request["GroupName"]))}


@operation("UpdateGroup", on=LOCKED_POOL)
def update_group(call: LockedContext, request: UpdateGroupRequestTypeDef) -> dict[str, Any]:
    group = call.pool.groups.find(request["GroupName"])
    _check_role(call.pool, request)
    # Inferred from the model's "updates any of the properties": settings left out of the request stay.
    group.settings = {**group.settings, **_settings(request)}
    group.modified = call.at
    return {"Group": _described(call.pool, group)}


@operation("DeleteGroup", on=LOCKED_POOL)
def delete_group(call: LockedContext, request: DeleteGroupRequestTypeDef) -> None:
    call.pool.groups.remove(call.pool.groups.find(request["GroupName"]))


@operation("ListGroups", on=LOCKED_POOL)
def list_groups(call: LockedContext, request: ListGroupsRequestTypeDef) -> dict[str, Any]:
    return _listed(call.pool, call.pool.groups.all(), request, "groups")


@operation("AdminAddUserToGroup", on=USER)
def admin_add_user_to_group(call: LockedContext, request: AdminAddUserToGroupRequestTypeDef) -> None:
    call.pool.groups.find(request["GroupName"]).members.setdefault(call.user.sub, call.user)


@operation("AdminRemoveUserFromGroup", on=USER)
def admin_remove_user_from_group(call: LockedContext, request: AdminRemoveUserFromGroupRequestTypeDef) -> None:
    call.pool.groups.find(request["GroupName"]).members.pop(call.user.sub, None)


@operation("AdminListGroupsForUser", on=USER)
def admin_list_groups_for_user(call: LockedContext, request: AdminListGroupsForUserRequestTypeDef) -> dict[str, Any]:
    return _listed(call.pool, call.pool.groups.of(call.user), request, f"groups of {call.user.sub}")


@operation("ListUsersInGroup", on=LOCKED_POOL)
def list_users_in_group(call: LockedContext, request: ListUsersInGroupRequestTypeDef) -> dict[str, Any]:
    group = call.pool.groups.find(request["GroupName"])
    members = sorted(group.members.values(), key=attrgetter("number"))
    page, following = call.pool.pages.page(members, request.get("NextToken"), limit(request), f"users in {group.name}")
    return {"Users": [described(user) for user in page], **following}


def _check_role(pool: Pool, request: Mapping[str, Any]) -> None:
    role = request.get("RoleArn")
    if role is not None and account_of(role) != pool.account:
        raise OTHER_ACCOUNT(f"RoleArn={role!r}; the pool is in the account {pool.account} (ini: cognito_pool_account)")


def _settings(request: Mapping[str, Any]) -> dict[str, Any]:
    return {name: request[name] for name in _SETTINGS if name in request}


def _described(pool: Pool, group: Group) -> dict[str, Any]:
    return {
        "GroupName": group.name,
        "UserPoolId": pool.id,
        **group.settings,
        "LastModifiedDate": group.modified,
        "CreationDate": group.created,
    }


def _listed(pool: Pool, groups: list[Group], request: Mapping[str, Any], question: str) -> dict[str, Any]:
    """One page of the groups, in the order of their creation (inferred)."""
    page, following = pool.pages.page(groups, request.get("NextToken"), limit(request), question)
    return {"Groups": [_described(pool, group) for group in page], **following}
