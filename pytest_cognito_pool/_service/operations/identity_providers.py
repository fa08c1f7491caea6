"""The operations on identity providers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.context import LOCKED_POOL
from pytest_cognito_pool._service.errors.identity_providers import PROVIDER_NOT_FOUND, PROVIDER_NOT_UPDATED
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import provider_rules
from pytest_cognito_pool._service.pool.identity_providers import IdentityProvider
from pytest_cognito_pool._service.pool.provider_rules import Judged

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        CreateIdentityProviderRequestTypeDef,
        DeleteIdentityProviderRequestTypeDef,
        DescribeIdentityProviderRequestTypeDef,
        GetIdentityProviderByIdentifierRequestTypeDef,
        ListIdentityProvidersRequestTypeDef,
        UpdateIdentityProviderRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import LockedContext
    from pytest_cognito_pool._service.pool.pool import Pool

_MOST = 60


@operation("CreateIdentityProvider", on=LOCKED_POOL)
def create_identity_provider(call: LockedContext, request: CreateIdentityProviderRequestTypeDef) -> dict[str, Any]:
    pool, name, kind = call.pool, request["ProviderName"], request["ProviderType"]
    details, mapping = request["ProviderDetails"], request.get("AttributeMapping")
    pool.identity_providers.check_free(name)
    provider_rules.check_provider(Judged(name, kind, details, mapping or {}, pool.schema))
    mapping = provider_rules.default_mapping(kind) if mapping is None else mapping
    details = provider_rules.complete_details(kind, details)
    identifiers = tuple(request.get("IdpIdentifiers", ()))
    provider = pool.identity_providers.add(
        IdentityProvider(0, name, kind, details, mapping, identifiers, call.at, call.at)
    )
    _add_group(pool, provider, call.at)
    return _reply(pool, provider, identified="IdpIdentifiers" in request)


@operation("DescribeIdentityProvider", on=LOCKED_POOL)
def describe_identity_provider(call: LockedContext, request: DescribeIdentityProviderRequestTypeDef) -> dict[str, Any]:
    return _reply(call.pool, call.pool.identity_providers.find(request["ProviderName"], PROVIDER_NOT_FOUND))


@operation("GetIdentityProviderByIdentifier", on=LOCKED_POOL)
def get_identity_provider_by_identifier(
    call: LockedContext, request: GetIdentityProviderByIdentifierRequestTypeDef
) -> dict[str, Any]:
    identifier, providers = request["IdpIdentifier"], call.pool.identity_providers
    name = next((each.name for each in providers if identifier in each.identifiers), identifier)
    return _reply(call.pool, providers.find(name, PROVIDER_NOT_FOUND))


@operation("UpdateIdentityProvider", on=LOCKED_POOL)
def update_identity_provider(call: LockedContext, request: UpdateIdentityProviderRequestTypeDef) -> dict[str, Any]:
    pool = call.pool
    before = pool.identity_providers.find(request["ProviderName"], PROVIDER_NOT_UPDATED)
    # Inferred: details that replies hide stay, so that the details of a reply can be sent back.
    details = {
        **provider_rules.hidden_details(before.type, before.details),
        **request.get("ProviderDetails", before.details),
    }
    mapping = request.get("AttributeMapping", before.mapping)
    provider_rules.check_provider(Judged(before.name, before.type, details, mapping, pool.schema))
    provider = replace(
        before,
        details=provider_rules.complete_details(before.type, details),
        mapping=mapping,
        identifiers=tuple(request.get("IdpIdentifiers", before.identifiers)),
        modified=call.at,
    )
    return _reply(pool, pool.identity_providers.update(provider), identified="IdpIdentifiers" in request)


@operation("DeleteIdentityProvider", on=LOCKED_POOL)
def delete_identity_provider(call: LockedContext, request: DeleteIdentityProviderRequestTypeDef) -> None:
    providers = call.pool.identity_providers
    providers.remove(providers.find(request["ProviderName"], PROVIDER_NOT_UPDATED))


@operation("ListIdentityProviders", on=LOCKED_POOL)
def list_identity_providers(call: LockedContext, request: ListIdentityProvidersRequestTypeDef) -> dict[str, Any]:
    limit, token = request.get("MaxResults", 0) or _MOST, request.get("NextToken")
    page, following = call.pool.pages.page(call.pool.identity_providers, token, limit, "the identity providers")
    listed = [
        {
            "ProviderName": provider.name,
            "ProviderType": provider.type,
            "LastModifiedDate": provider.modified,
            "CreationDate": provider.created,
        }
        for provider in page
    ]
    return {"Providers": listed, **following}


def _add_group(pool: Pool, provider: IdentityProvider, at: float) -> None:
    """Create the group for users of a provider (observed). Inferred: it exists as soon as the provider does."""
    name = pool.identity_providers.group_name(provider)
    if all(group.name.lower() != name.lower() for group in pool.groups.all()):
        description = f"Autogenerated group for users who sign in using {provider.name}"
        pool.groups.create(name, {"Description": description}, at)


def _reply(pool: Pool, provider: IdentityProvider, *, identified: bool = True) -> dict[str, Any]:
    """Return the reply with a provider. Observed: after a change it has identifiers only if the request had them."""
    return {
        "IdentityProvider": {
            "UserPoolId": pool.id,
            "ProviderName": provider.name,
            "ProviderType": provider.type,
            "ProviderDetails": provider_rules.shown_details(provider.type, provider.details),
            "AttributeMapping": dict(provider.mapping),
            **({"IdpIdentifiers": list(provider.identifiers)} if identified else {}),
            "LastModifiedDate": provider.modified,
            "CreationDate": provider.created,
        }
    }
