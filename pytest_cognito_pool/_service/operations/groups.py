"""The operations on groups and their members."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import schema as attributes
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

    from pytest_cognito_pool._service.account import Pool
    from pytest_cognito_pool._service.context import Context
    from pytest_cognito_pool._service.pool.groups import Group

_SETTINGS: Final = ("Description", "RoleArn", "Precedence")
_MOST: Final = 60


@operation("CreateGroup")
def create_group(call: Context, request: CreateGroupRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        group = pool.groups.create(request["GroupName"], _settings(request), pool.clock.time())
        return {"Group": _described(pool, group)}


@operation("GetGroup")
def get_group(call: Context, request: GetGroupRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        return {"Group": _described(pool, pool.groups.find(request["GroupName"]))}


@operation("UpdateGroup")
def update_group(call: Context, request: UpdateGroupRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        group = pool.groups.find(request["GroupName"])
        # Inferred from the model's "updates any of the properties": what is left out stays.
        group.settings = {**group.settings, **_settings(request)}
        group.modified = pool.clock.time()
        return {"Group": _described(pool, group)}


@operation("DeleteGroup")
def delete_group(call: Context, request: DeleteGroupRequestTypeDef) -> None:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        pool.groups.remove(pool.groups.find(request["GroupName"]))


@operation("ListGroups")
def list_groups(call: Context, request: ListGroupsRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        return _listed(pool, pool.groups.all(), request, "groups")


@operation("AdminAddUserToGroup")
def admin_add_user_to_group(call: Context, request: AdminAddUserToGroupRequestTypeDef) -> None:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        user = pool.find(request["Username"])
        pool.groups.find(request["GroupName"]).members.setdefault(user.sub, user)


@operation("AdminRemoveUserFromGroup")
def admin_remove_user_from_group(call: Context, request: AdminRemoveUserFromGroupRequestTypeDef) -> None:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        user = pool.find(request["Username"])
        pool.groups.find(request["GroupName"]).members.pop(user.sub, None)


@operation("AdminListGroupsForUser")
def admin_list_groups_for_user(call: Context, request: AdminListGroupsForUserRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        user = pool.find(request["Username"])
        return _listed(pool, pool.groups.of(user), request, f"groups of {user.sub}")


@operation("ListUsersInGroup")
def list_users_in_group(call: Context, request: ListUsersInGroupRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        group = pool.groups.find(request["GroupName"])
        members = sorted(group.members.values(), key=attrgetter("number"))
        page, following = pool.pages.page(
            members, request.get("NextToken"), _limit(request), f"users in {group.name}", place=attrgetter("number")
        )
        users = [{**described(user), "Attributes": attributes.to_list(user.all_attributes)} for user in page]
        return {"Users": users, **following}


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


def _limit(request: Mapping[str, Any]) -> int:
    # Inferred: 0 stands for the most there can be.
    return request.get("Limit", 0) or _MOST


def _listed(pool: Pool, groups: list[Group], request: Mapping[str, Any], question: str) -> dict[str, Any]:
    """One page of the groups, in the order of their creation (inferred)."""
    page, following = pool.pages.page(
        groups, request.get("NextToken"), _limit(request), question, place=attrgetter("number")
    )
    return {"Groups": [_described(pool, group) for group in page], **following}
