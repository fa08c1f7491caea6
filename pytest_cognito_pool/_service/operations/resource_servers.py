"""The operations on resource servers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.context import LOCKED_POOL
from pytest_cognito_pool._service.operations import operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_cognito_idp.type_defs import (
        CreateResourceServerRequestTypeDef,
        DeleteResourceServerRequestTypeDef,
        DescribeResourceServerRequestTypeDef,
        ListResourceServersRequestTypeDef,
        UpdateResourceServerRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import LockedContext
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.pool.resource_servers import ResourceServer

_MOST = 50


@operation("CreateResourceServer", on=LOCKED_POOL)
def create_resource_server(call: LockedContext, request: CreateResourceServerRequestTypeDef) -> dict[str, Any]:
    server = call.pool.resource_servers.create(request["Identifier"], _settings(request))
    return {"ResourceServer": _described(call.pool, server)}


@operation("DescribeResourceServer", on=LOCKED_POOL)
def describe_resource_server(call: LockedContext, request: DescribeResourceServerRequestTypeDef) -> dict[str, Any]:
    return {"ResourceServer": _described(call.pool, call.pool.resource_servers.find(request["Identifier"]))}


@operation("UpdateResourceServer", on=LOCKED_POOL)
def update_resource_server(call: LockedContext, request: UpdateResourceServerRequestTypeDef) -> dict[str, Any]:
    server = call.pool.resource_servers.update(request["Identifier"], _settings(request))
    return {"ResourceServer": _described(call.pool, server)}


@operation("DeleteResourceServer", on=LOCKED_POOL)
def delete_resource_server(call: LockedContext, request: DeleteResourceServerRequestTypeDef) -> None:
    call.pool.resource_servers.remove(request["Identifier"])


@operation("ListResourceServers", on=LOCKED_POOL)
def list_resource_servers(call: LockedContext, request: ListResourceServersRequestTypeDef) -> dict[str, Any]:
    servers, token = call.pool.resource_servers.all(), request.get("NextToken")
    page, following = call.pool.pages.page(servers, token, request.get("MaxResults", _MOST), "the resource servers")
    return {"ResourceServers": [_described(call.pool, server) for server in page], **following}


def _settings(request: Mapping[str, Any]) -> dict[str, Any]:
    return {name: request[name] for name in ("Name", "Scopes") if name in request}


def _described(pool: Pool, server: ResourceServer) -> dict[str, Any]:
    # Inferred: a server without scopes has no Scopes member.
    return {"UserPoolId": pool.id, "Identifier": server.identifier, **server.settings}
