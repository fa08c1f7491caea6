"""The operations on user pools."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.pools import POOL_PROTECTED
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_cognito_idp.type_defs import (
        AddCustomAttributesRequestTypeDef,
        CreateUserPoolRequestTypeDef,
        DeleteUserPoolRequestTypeDef,
        DescribeUserPoolRequestTypeDef,
        ListUserPoolsRequestTypeDef,
        UpdateUserPoolRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import Context


@operation("CreateUserPool")
def create_user_pool(call: Context, request: CreateUserPoolRequestTypeDef) -> dict[str, Any]:
    _check_simulated(call, request)
    pool = call.account.add_pool(settings.complete(request), ids.pool_id(call.region))
    call.created(pool)
    return {"UserPool": settings.describe(pool, 0)}


@operation("DescribeUserPool")
def describe_user_pool(call: Context, request: DescribeUserPoolRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    return {"UserPool": settings.describe(pool, len(pool.users))}


@operation("UpdateUserPool")
def update_user_pool(call: Context, request: UpdateUserPoolRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    given = {name: value for name, value in request.items() if name != "UserPoolId"}
    _check_simulated(call, given)
    with pool.lock:
        pool.configure(settings.updated(pool, given))
    return {}


@operation("ListUserPools")
def list_user_pools(call: Context, request: ListUserPoolsRequestTypeDef) -> dict[str, Any]:
    there = [pool for pool in list(call.account.pools.values()) if pool.region == call.region]
    page, following = call.account.pages.page(
        there,
        request.get("NextToken"),
        request["MaxResults"],
        f"the pools in {call.region}",
        place=attrgetter("number"),
    )
    described = [
        {
            "Id": pool.id,
            "Name": pool.settings["PoolName"],
            "LambdaConfig": pool.settings["LambdaConfig"],
            "CreationDate": pool.created,
            "LastModifiedDate": pool.modified,
        }
        for pool in page
    ]
    return {"UserPools": described, **following}


@operation("AddCustomAttributes")
def add_custom_attributes(call: Context, request: AddCustomAttributesRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        pool.schema.add_custom(request["CustomAttributes"])
        pool.modified = pool.clock.time()
    return {}


@operation("DeleteUserPool")
def delete_user_pool(call: Context, request: DeleteUserPoolRequestTypeDef) -> None:
    pool = call.pool(request["UserPoolId"])
    if pool.settings["DeletionProtection"] == "ACTIVE":
        raise POOL_PROTECTED(f"{pool.id} has DeletionProtection='ACTIVE'")
    call.account.remove_pool(pool)


def _check_simulated(call: Context, given: Mapping[str, Any]) -> None:
    for name in given:
        if name not in settings.KNOWN:
            raise call.unsupported(name)
