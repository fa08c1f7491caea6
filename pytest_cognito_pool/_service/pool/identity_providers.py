"""The identity providers of a pool, and the users who are linked to identities there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from pytest_cognito_pool._service.errors.identity_providers import PROVIDER_EXISTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate
    from pytest_cognito_pool._service.user.user import User


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """One identity provider; an update replaces it.

    Attributes:
        number: counts the pool's identity providers in the order of their creation.
        type: the ProviderType.
        details: the ProviderDetails, including those that the service adds.
        mapping: the AttributeMapping.
        identifiers: the IdpIdentifiers.
    """

    number: int
    name: str
    type: str
    details: Mapping[str, str]
    mapping: Mapping[str, str]
    identifiers: tuple[str, ...]
    created: float
    modified: float


class Link(NamedTuple):
    """An identity at a provider: the key of a link."""

    provider: str
    attribute: str
    value: str


class IdentityProviders:
    """The identity providers of one pool; the caller holds the pool's lock.

    Attributes:
        links: the user that each linked identity belongs to.
    """

    def __init__(self, pool_id: str) -> None:
        self._pool_id = pool_id
        self._born = 0
        self._providers: dict[str, IdentityProvider] = {}
        self.links: dict[Link, User] = {}

    def __iter__(self) -> Iterator[IdentityProvider]:
        # Other threads may add one meanwhile.
        return iter(list(self._providers.values()))

    def find(self, name: str, unknown: ErrorTemplate) -> IdentityProvider:
        """The identity provider with that name.

        Raises:
            ServiceError: `unknown`.
        """
        provider = self._providers.get(name)
        if provider is None:
            raise unknown(f"existing identity providers: {list(self._providers)}", name=name, pool=self._pool_id)
        return provider

    def of_username(self, username: str) -> IdentityProvider | None:
        """The identity provider whose name a federated username begins with: `<ProviderName>_<subject>`."""
        folded = username.lower()
        return next((each for each in self if folded.startswith(f"{each.name.lower()}_")), None)

    def group_name(self, provider: IdentityProvider) -> str:
        """The group of the users who sign in with a provider (observed)."""
        return f"{self._pool_id}_{provider.name}"

    def check_free(self, name: str) -> None:
        """Refuse a name that another identity provider has.

        Raises:
            ServiceError: DuplicateProviderException.
        """
        if name in self._providers:
            raise PROVIDER_EXISTS(
                f"existing identity providers: {list(self._providers)}", name=name, pool=self._pool_id
            )

    def add(self, provider: IdentityProvider) -> IdentityProvider:
        """Store a new identity provider."""
        self._born += 1
        provider = self._providers[provider.name] = replace(provider, number=self._born)
        return provider

    def update(self, provider: IdentityProvider) -> IdentityProvider:
        """Replace the identity provider with that name."""
        self._providers[provider.name] = provider
        return provider

    def remove(self, provider: IdentityProvider) -> None:
        """Delete an identity provider; its users and its group stay (inferred)."""
        del self._providers[provider.name]

    def links_of(self, user: User) -> list[Link]:
        """The identities that are linked to a user."""
        return [link for link, owner in self.links.items() if owner is user]

    def forget(self, user: User) -> None:
        """Remove the links of a user."""
        self.links = {link: owner for link, owner in self.links.items() if owner is not user}
