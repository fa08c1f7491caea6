"""The operations on app clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.context import APP_CLIENT, POOL
from pytest_cognito_pool._service.errors.unsupported import check_simulated
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import app_clients

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        CreateUserPoolClientRequestTypeDef,
        DeleteUserPoolClientRequestTypeDef,
        DescribeUserPoolClientRequestTypeDef,
        ListUserPoolClientsRequestTypeDef,
        UpdateUserPoolClientRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import ClientContext, PoolContext


@operation("CreateUserPoolClient", on=POOL)
def create_user_pool_client(call: PoolContext, request: CreateUserPoolClientRequestTypeDef) -> dict[str, Any]:
    check_simulated("CreateUserPoolClient", request, app_clients.KNOWN)
    return {"UserPoolClient": app_clients.describe(call.account.add_client(call.pool, request))}


@operation("DescribeUserPoolClient", on=APP_CLIENT)
def describe_user_pool_client(call: ClientContext, _request: DescribeUserPoolClientRequestTypeDef) -> dict[str, Any]:
    return {"UserPoolClient": app_clients.describe(call.client)}


@operation("UpdateUserPoolClient", on=APP_CLIENT)
def update_user_pool_client(call: ClientContext, request: UpdateUserPoolClientRequestTypeDef) -> dict[str, Any]:
    check_simulated("UpdateUserPoolClient", request, app_clients.KNOWN)
    app_clients.configure(call.client, request, call.pool.surroundings(), call.account.clock.time())
    return {"UserPoolClient": app_clients.describe(call.client)}


@operation("ListUserPoolClients", on=POOL)
def list_user_pool_clients(call: PoolContext, request: ListUserPoolClientsRequestTypeDef) -> dict[str, Any]:
    pool = call.pool
    # Inferred: without a limit, the maximum.
    limit, token = request.get("MaxResults", 60), request.get("NextToken")
    clients = list(pool.clients.values())
    page, following = pool.pages.page(clients, token, limit, "the app clients")
    described = [
        {"ClientId": client.id, "UserPoolId": pool.id, "ClientName": client.settings["ClientName"]} for client in page
    ]
    return {"UserPoolClients": described, **following}


@operation("DeleteUserPoolClient", on=APP_CLIENT)
def delete_user_pool_client(call: ClientContext, _request: DeleteUserPoolClientRequestTypeDef) -> None:
    call.account.remove_client(call.pool, call.client)
