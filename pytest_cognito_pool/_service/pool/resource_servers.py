"""The resource servers of a pool and the scopes that they define."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.errors.resource_servers import SERVER_EXISTS, SERVER_NOT_FOUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class ResourceServer:
    """One resource server; an update replaces it.

    Attributes:
        number: counts the pool's resource servers in the order of their creation.
        settings: Name and, if they are given, Scopes.
    """

    number: int
    identifier: str
    settings: Mapping[str, Any]


class ResourceServers:
    """The resource servers of one pool; the caller holds the pool's lock."""

    def __init__(self, pool_id: str) -> None:
        self._pool_id = pool_id
        self._born = 0
        self._servers: dict[str, ResourceServer] = {}

    def all(self) -> list[ResourceServer]:
        """The resource servers, in the order of their creation."""
        return list(self._servers.values())

    def scopes(self) -> Iterator[str]:
        """The scopes that app clients can be allowed: `<identifier>/<scope>`."""
        for server in self.all():
            for scope in server.settings.get("Scopes", ()):
                yield f"{server.identifier}/{scope['ScopeName']}"

    def find(self, identifier: str) -> ResourceServer:
        """The resource server with that identifier.

        Raises:
            ServiceError: ResourceNotFoundException.
        """
        server = self._servers.get(identifier)
        if server is None:
            raise SERVER_NOT_FOUND(f"existing resource servers: {list(self._servers)}", identifier=identifier)
        return server

    def create(self, identifier: str, settings: Mapping[str, Any]) -> ResourceServer:
        """Create a resource server.

        Raises:
            ServiceError: InvalidParameterException, if another resource server has this identifier.
        """
        if identifier in self._servers:
            raise SERVER_EXISTS(
                f"existing resource servers: {list(self._servers)}", identifier=identifier, pool=self._pool_id
            )
        self._born += 1
        return self._put(ResourceServer(self._born, identifier, settings))

    def update(self, identifier: str, settings: Mapping[str, Any]) -> ResourceServer:
        """Replace the name and the scopes as a whole.

        Raises:
            ServiceError: ResourceNotFoundException.
        """
        return self._put(ResourceServer(self.find(identifier).number, identifier, settings))

    def remove(self, identifier: str) -> None:
        """Delete a resource server; app clients keep the names of its scopes (observed).

        Raises:
            ServiceError: ResourceNotFoundException.
        """
        del self._servers[self.find(identifier).identifier]

    def _put(self, server: ResourceServer) -> ResourceServer:
        self._servers[server.identifier] = server
        return server
