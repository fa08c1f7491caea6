"""The public object of an app client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.secrets import Secret

if TYPE_CHECKING:
    from pytest_cognito_pool._service.pool.app_clients import AppClient as Record


class AppClient:
    """An app client of a pool.

    Attributes:
        id: its ClientId.
        secret: its ClientSecret; None if it has no secret.
        name: its ClientName.
    """

    __slots__ = ("id", "name", "secret")

    def __init__(self, record: Record) -> None:
        self.id: str = record.id
        self.secret: str | None = None if record.secret is None else Secret(record.secret)
        self.name: str = record.settings["ClientName"]

    def secret_hash(self, username: str) -> str:
        """The SECRET_HASH that an application sends for that username.

        Raises:
            UsageError: if the app client has no secret.
        """
        if self.secret is None:
            raise UsageError(f"app client {self.name!r} has no secret; make it with GenerateSecret=True")
        return app_clients.secret_hash(self.id, self.secret, username)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AppClient) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<AppClient {self.name!r} {self.id}>"
