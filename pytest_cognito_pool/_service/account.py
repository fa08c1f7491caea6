"""An AWS account: its user pools and app clients in all regions."""

from __future__ import annotations

import itertools
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import ids, locks
from pytest_cognito_pool._service.errors.app_clients import CLIENT_NOT_FOUND
from pytest_cognito_pool._service.errors.pools import POOL_NOT_FOUND
from pytest_cognito_pool._service.identities import Identities
from pytest_cognito_pool._service.paging import PageTokens
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.pool.app_clients import AppClient
from pytest_cognito_pool._service.pool.pool import Origin, Pool
from pytest_cognito_pool._service.records import saved
from pytest_cognito_pool._service.triggers.functions import Functions
from pytest_cognito_pool._service.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pytest_cognito_pool._service.clock import Clock
    from pytest_cognito_pool._service.pool.domains import Domain


class Account:
    """One AWS account.

    Attributes:
        pool_of_client: for each app client that ever existed, the id of its pool.
        known: the id of each pool that ever existed, with the number of the last pool that had this id.
        domains: the domains, by the name of their host.
        origin: the origin of the URLs in tokens.
        identities: the callers.
    """

    def __init__(self, account_id: str, region: str, clock: Clock) -> None:
        self.id = account_id
        self.region = region
        self.clock = clock
        self.pools: dict[str, Pool] = {}
        self.clients: dict[str, AppClient] = {}
        self.known: dict[str, int] = {}
        self.pool_of_client: dict[str, str] = {}
        self.origin = Origin()
        self.domains: dict[str, Domain] = {}
        self.pages: PageTokens[int] = PageTokens(clock)
        self.identities = Identities(account_id)
        self._numbers = itertools.count(1)

    def saved(self) -> Callable[[], None]:
        """A function that restores the pools, app clients, users and clock of this moment."""
        pools = list(self.pools.values())
        with _all_locked(pools):
            parts = [
                saved(self, "pools", "clients", "domains"),
                saved(self.clock, "ahead"),
                self.pages.saved(),
                *(pool.saved() for pool in pools),
            ]

        def put_back() -> None:
            with _all_locked({*pools, *self.pools.values()}):
                for part in parts:
                    part()

        return put_back

    def add_pool(self, settings: dict[str, Any], pool_id: str) -> Pool:
        """Store a new pool."""
        pool = Pool(next(self._numbers), pool_id, self.id, self.clock, settings, Functions(), self.origin)
        self.pools[pool_id] = pool
        self.known[pool_id] = pool.number
        return pool

    def number(self, pool_id: str) -> int:
        """The number of the pool with this known id; if it was deleted, of the last pool that had the id."""
        pool = self.pools.get(pool_id)
        return self.known[pool_id] if pool is None else pool.number

    def remove_pool(self, pool: Pool) -> None:
        """Delete a pool with its app clients and users."""
        # Two calls may delete it at once.
        self.pools.pop(pool.id, None)
        for client_id in list(pool.clients):
            self.clients.pop(client_id, None)

    def add_client(self, pool: Pool, given: Mapping[str, Any], client_id: str | None = None) -> AppClient:
        """Store a new app client.

        Raises:
            ServiceError: the error of the first rule that the settings break.
        """
        at, secret = self.clock.time(), app_clients.secret(given)
        client = AppClient(next(self._numbers), pool.id, client_id or ids.client_id(), secret, at)
        app_clients.configure(client, given, pool.surroundings(), at)
        self.clients[client.id] = pool.clients[client.id] = client
        self.pool_of_client[client.id] = pool.id
        return client

    def remove_client(self, pool: Pool, client: AppClient) -> None:
        """Delete an app client."""
        # Two calls may delete it at once.
        self.clients.pop(client.id, None)
        pool.clients.pop(client.id, None)
        pool.customizations.pop(client.id, None)
        # Inferred: a style belongs to its app client.
        pool.styles = {key: style for key, style in pool.styles.items() if style.client_id != client.id}

    def domains_of(self, pool: Pool) -> list[Domain]:
        """The domains of a pool: at most one prefix and one custom domain."""
        return [domain for domain in list(self.domains.values()) if domain.pool_id == pool.id]

    def pages_of(self, pool: Pool) -> str | None:
        """The URL before the paths of a pool's domain; None if it has no domain.

        Inferred: of two domains, the custom one is used. A local server that issues the tokens stands in for the host.
        """
        domain = next(iter(sorted(self.domains_of(pool), key=lambda domain: not domain.is_custom)), None)
        if domain is None:
            return None
        return f"https://{domain.host}" if pool.origin.url is None else f"{pool.origin.url}/{domain.name}"

    def domain_named(self, name: str, region: str | None) -> Domain | None:
        """The domain with that prefix or name in that region; None matches any region."""
        found = (each for each in list(self.domains.values()) if each.name == name and region in {None, each.region})
        return next(found, None)

    def pool(self, pool_id: str, region: str | None) -> Pool:
        """The pool with that id in that region; None matches any region.

        Raises:
            ServiceError: ResourceNotFoundException.
        """
        pool = self.pools.get(pool_id)
        if pool is None:
            raise POOL_NOT_FOUND(f"existing pools: {_names(self.pools)}", id=pool_id)
        if region is not None and pool.region != region:
            why = f"the pool is in {pool.region}, the application's client is for {region}"
            raise POOL_NOT_FOUND(why, id=pool_id)
        return pool

    def client(self, client_id: str, region: str | None) -> tuple[Pool, AppClient]:
        """The app client with that id in that region, and its pool; None matches any region.

        Raises:
            ServiceError: ResourceNotFoundException.
        """
        client = self.clients.get(client_id)
        pool = None if client is None else self.pools.get(client.pool_id)
        if client is None or pool is None:
            raise CLIENT_NOT_FOUND(f"existing app clients: {_names(self.clients)}", id=client_id)
        if region is not None and pool.region != region:
            why = f"its pool is in {pool.region}, the application's client is for {region}"
            raise CLIENT_NOT_FOUND(why, id=client_id)
        return pool, client


@contextmanager
def _all_locked(pools: Iterable[Pool]) -> Iterator[None]:
    """Hold the locks of these pools, taken in the same order as in a fork."""
    with ExitStack() as stack:
        for lock in locks.in_order(pool.lock for pool in pools):
            stack.enter_context(lock)
        yield


def _names(known: Iterable[str]) -> str:
    return listed(list(known)) or "none"
