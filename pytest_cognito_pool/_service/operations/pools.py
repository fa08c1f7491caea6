"""The operations on user pools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.context import ACCOUNT, LOCKED_POOL, POOL
from pytest_cognito_pool._service.errors.domains import DOMAIN_OF_POOL
from pytest_cognito_pool._service.errors.pools import POOL_PROTECTED
from pytest_cognito_pool._service.errors.unsupported import check_simulated
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import mfa, settings

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        AddCustomAttributesRequestTypeDef,
        CreateUserPoolRequestTypeDef,
        DeleteUserPoolRequestTypeDef,
        DescribeUserPoolRequestTypeDef,
        GetUserPoolMfaConfigRequestTypeDef,
        ListUserPoolsRequestTypeDef,
        SetUserPoolMfaConfigRequestTypeDef,
        UpdateUserPoolRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import Context, LockedContext, PoolContext


@operation("CreateUserPool", on=ACCOUNT)
def create_user_pool(call: Context, request: CreateUserPoolRequestTypeDef) -> dict[str, Any]:
    check_simulated("CreateUserPool", request, settings.KNOWN)
    region = call.region or call.account.region
    pool = call.account.add_pool(settings.created(request, region, call.account.id), ids.pool_id(region))
    call.listener.pool_created(pool)
    return {"UserPool": settings.describe(pool, 0)}


@operation("DescribeUserPool", on=POOL)
def describe_user_pool(call: PoolContext, _request: DescribeUserPoolRequestTypeDef) -> dict[str, Any]:
    own = {"CustomDomain" if each.is_custom else "Domain": each.name for each in call.account.domains_of(call.pool)}
    return {"UserPool": {**settings.describe(call.pool, len(call.pool.users)), **own}}


@operation("UpdateUserPool", on=LOCKED_POOL)
def update_user_pool(call: LockedContext, request: UpdateUserPoolRequestTypeDef) -> None:
    given = {name: value for name, value in request.items() if name != "UserPoolId"}
    check_simulated("UpdateUserPool", given, settings.KNOWN)
    updated = settings.updated(call.pool, given)
    call.pool.configure(updated, mfa.after_update(call.pool.mfa, updated))


@operation("SetUserPoolMfaConfig", on=LOCKED_POOL)
def set_user_pool_mfa_config(call: LockedContext, request: SetUserPoolMfaConfigRequestTypeDef) -> dict[str, Any]:
    call.pool.configure(settings.with_second_factors(call.pool, request), mfa.blocks_of(request))
    return mfa.describe(call.pool.mfa, call.pool.settings)


@operation("GetUserPoolMfaConfig", on=LOCKED_POOL)
def get_user_pool_mfa_config(call: LockedContext, _request: GetUserPoolMfaConfigRequestTypeDef) -> dict[str, Any]:
    return mfa.describe(call.pool.mfa, call.pool.settings)


@operation("ListUserPools", on=ACCOUNT)
def list_user_pools(call: Context, request: ListUserPoolsRequestTypeDef) -> dict[str, Any]:
    there = [pool for pool in list(call.account.pools.values()) if call.region in {None, pool.region}]
    page, following = call.account.pages.page(
        there,
        request.get("NextToken"),
        request["MaxResults"],
        f"the pools in {call.region}",
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


@operation("AddCustomAttributes", on=LOCKED_POOL)
def add_custom_attributes(call: LockedContext, request: AddCustomAttributesRequestTypeDef) -> None:
    call.pool.schema.add_custom(request["CustomAttributes"])
    call.pool.modified = call.at


@operation("DeleteUserPool", on=POOL)
def delete_user_pool(call: PoolContext, _request: DeleteUserPoolRequestTypeDef) -> None:
    if call.pool.settings["DeletionProtection"] == "ACTIVE":
        raise POOL_PROTECTED(f"{call.pool.id} has DeletionProtection='ACTIVE'")
    if own := call.account.domains_of(call.pool):
        raise DOMAIN_OF_POOL(f"{call.pool.id} has the domains {[domain.name for domain in own]}")
    call.account.remove_pool(call.pool)
