"""The operations on the links of users to identities at identity providers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.context import LOCKED_POOL
from pytest_cognito_pool._service.errors.identity_providers import (
    ALREADY_LINKED,
    SOURCE_ATTRIBUTE,
    SOURCE_IS_LOCAL,
    SOURCE_PROVIDER_MISSING,
    SOURCE_SIGNED_UP,
    SOURCE_TOO_LONG,
    TOO_MANY_LINKS,
)
from pytest_cognito_pool._service.errors.users import USER_NOT_FOUND
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool.identity_providers import Link
from pytest_cognito_pool._service.pool.provider_rules import SOCIAL
from pytest_cognito_pool._service.user.identities import with_identity, without_identity

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        AdminDisableProviderForUserRequestTypeDef,
        AdminLinkProviderForUserRequestTypeDef,
        ProviderUserIdentifierTypeTypeDef,
    )

    from pytest_cognito_pool._service.context import LockedContext
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User

# The ProviderName of the pool's own users, and the attribute name for a user's id at a provider.
_LOCAL: Final = "Cognito"
_SUBJECT: Final = "Cognito_Subject"
# Documented.
_MOST_LINKS: Final = 5
_NAMED: Final = 8
# Observed.
_LONGEST: Final = 128


@operation("AdminLinkProviderForUser", on=LOCKED_POOL)
def admin_link_provider_for_user(call: LockedContext, request: AdminLinkProviderForUserRequestTypeDef) -> None:
    pool, source = call.pool, _link(request["SourceUser"])
    user = pool.users.find(_username(request["DestinationUser"]))
    _check_source(pool, source)
    provider = pool.identity_providers.find(source.provider, SOURCE_PROVIDER_MISSING)
    if provider.type in SOCIAL and source.attribute != _SUBJECT:
        raise SOURCE_ATTRIBUTE(f"{provider.name} is a {provider.type}; ProviderAttributeName={source.attribute!r}")
    if source in pool.identity_providers.links:
        raise ALREADY_LINKED(f"{source.value!r} is linked to {pool.identity_providers.links[source].username!r}")
    if len(pool.identity_providers.links_of(user)) == _MOST_LINKS:
        raise TOO_MANY_LINKS(f"{user.shown} is linked to {_MOST_LINKS} identities")
    pool.identity_providers.links[source] = user
    call.user = user
    call.change_attributes(
        with_identity(user.attributes, provider.name, provider.type, source.value, call.at, primary=False)
    )


@operation("AdminDisableProviderForUser", on=LOCKED_POOL)
def admin_disable_provider_for_user(call: LockedContext, request: AdminDisableProviderForUserRequestTypeDef) -> None:
    pool, source = call.pool, _link(request["User"])
    if source.provider == _LOCAL:
        # Documented: the user can no longer sign in with the password.
        pool.users.find(source.value).set_password(None, call.at)
        return
    user = pool.identity_providers.links.get(source)
    if user is None:
        linked = [tuple(link) for link in islice(pool.identity_providers.links, _NAMED)]
        raise USER_NOT_FOUND(f"{tuple(source)} is linked to no user; links: {linked}")
    del pool.identity_providers.links[source]
    call.user = user
    call.change_attributes(without_identity(user.attributes, source.provider, source.value))


def _link(identifier: ProviderUserIdentifierTypeTypeDef) -> Link:
    return Link(
        identifier.get("ProviderName", ""),
        identifier.get("ProviderAttributeName", _SUBJECT),
        identifier.get("ProviderAttributeValue", ""),
    )


def _username(identifier: ProviderUserIdentifierTypeTypeDef) -> str:
    """Return the username of a destination; a federated user's username begins with the provider."""
    provider, _, value = _link(identifier)
    return value if provider == _LOCAL else f"{provider}_{value}"


def _check_source(pool: Pool, source: Link) -> None:
    if source.provider == _LOCAL:
        raise SOURCE_IS_LOCAL(f"SourceUser has the ProviderName {_LOCAL!r}")
    length = len("".join(source))
    if length > _LONGEST:
        raise SOURCE_TOO_LONG(f"they have {length} characters together; {_LONGEST} are allowed")
    own: User | None = pool.users.index.find(f"{source.provider}_{source.value}")
    if own is not None:
        raise SOURCE_SIGNED_UP(f"{own.shown} is a user of the pool")
