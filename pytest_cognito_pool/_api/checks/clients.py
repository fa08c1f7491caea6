"""The app client that an author names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._api.errors import UsageError, unknown_name

if TYPE_CHECKING:
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool


def client_record(pool: Pool, client: object) -> AppClient:
    """The record of an app client of the pool.

    Raises:
        UsageError: for anything else.
    """
    client_id = getattr(client, "id", None)
    if not isinstance(client_id, str):
        message = f"client must be an app client of the pool, for example cognito_pool.client, not {client!r}"
        raise UsageError(message, typed=client)
    if client_id not in pool.clients:
        raise unknown_name("the pool has no app client", client_id, pool.clients)
    return pool.clients[client_id]
