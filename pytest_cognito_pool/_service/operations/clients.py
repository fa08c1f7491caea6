"""The operations on app clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import app_clients, texts
from pytest_cognito_pool._service.operations import operation

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        CreateUserPoolClientRequestTypeDef,
        DescribeUserPoolClientRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import Context


@operation("CreateUserPoolClient")
def create_user_pool_client(call: Context, request: CreateUserPoolClientRequestTypeDef) -> dict[str, Any]:
    client = app_clients.create(call.account, call.pool(request["UserPoolId"]), request)
    return {"UserPoolClient": app_clients.describe(client)}


@operation("DescribeUserPoolClient")
def describe_user_pool_client(call: Context, request: DescribeUserPoolClientRequestTypeDef) -> dict[str, Any]:
    pool, client_id = call.pool(request["UserPoolId"]), request["ClientId"]
    client = pool.clients.get(client_id)
    if client is None:
        raise texts.CLIENT_NOT_FOUND(f"{pool.id} has the app clients {list(pool.clients)}", id=client_id)
    return {"UserPoolClient": app_clients.describe(client)}
