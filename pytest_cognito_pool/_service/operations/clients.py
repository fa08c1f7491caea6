"""The operations on app clients."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.errors.pools import CLIENT_NOT_FOUND
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

    from pytest_cognito_pool._service.account import AppClient
    from pytest_cognito_pool._service.context import Context


@operation("CreateUserPoolClient")
def create_user_pool_client(call: Context, request: CreateUserPoolClientRequestTypeDef) -> dict[str, Any]:
    client = app_clients.create(call.account, call.pool(request["UserPoolId"]), request)
    return {"UserPoolClient": app_clients.describe(client)}


@operation("DescribeUserPoolClient")
def describe_user_pool_client(call: Context, request: DescribeUserPoolClientRequestTypeDef) -> dict[str, Any]:
    client = _client(call, request["UserPoolId"], request["ClientId"])
    return {"UserPoolClient": app_clients.describe(client)}


@operation("UpdateUserPoolClient")
def update_user_pool_client(call: Context, request: UpdateUserPoolClientRequestTypeDef) -> dict[str, Any]:
    client = _client(call, request["UserPoolId"], request["ClientId"])
    app_clients.update(client, request)
    return {"UserPoolClient": app_clients.describe(client)}


@operation("ListUserPoolClients")
def list_user_pool_clients(call: Context, request: ListUserPoolClientsRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    # Inferred: without a limit as many as there can be.
    limit, token = request.get("MaxResults", 60), request.get("NextToken")
    clients = list(pool.clients.values())
    page, following = pool.pages.page(clients, token, limit, "the app clients", place=attrgetter("number"))
    described = [
        {"ClientId": client.id, "UserPoolId": pool.id, "ClientName": client.settings["ClientName"]} for client in page
    ]
    return {"UserPoolClients": described, **following}


@operation("DeleteUserPoolClient")
def delete_user_pool_client(call: Context, request: DeleteUserPoolClientRequestTypeDef) -> None:
    call.account.remove_client(_client(call, request["UserPoolId"], request["ClientId"]))


def _client(call: Context, pool_id: str, client_id: str) -> AppClient:
    """The app client of that pool.

    Raises:
        ServiceError: ResourceNotFoundException.
    """
    pool = call.pool(pool_id)
    client = pool.clients.get(client_id)
    if client is None:
        raise CLIENT_NOT_FOUND(f"{pool.id} has the app clients {list(pool.clients)}", id=client_id)
    return client
