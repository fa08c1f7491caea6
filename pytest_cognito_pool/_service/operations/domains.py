"""The operations on domains."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import clock
from pytest_cognito_pool._service.context import ACCOUNT, POOL
from pytest_cognito_pool._service.errors.domains import DOMAIN_EXISTS, DOMAIN_TAKEN, NO_SUCH_DOMAIN, POOL_HAS_DOMAIN
from pytest_cognito_pool._service.errors.unsupported import check_simulated
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import domains
from pytest_cognito_pool._service.pool.domains import Domain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_cognito_idp.type_defs import (
        CreateUserPoolDomainRequestTypeDef,
        DeleteUserPoolDomainRequestTypeDef,
        DescribeUserPoolDomainRequestTypeDef,
        UpdateUserPoolDomainRequestTypeDef,
    )

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.context import Context, PoolContext
    from pytest_cognito_pool._service.pool.pool import Pool

_KNOWN = frozenset({"CustomDomainConfig", "Domain", "ManagedLoginVersion", "UserPoolId"})


@operation("CreateUserPoolDomain", on=POOL)
def create_user_pool_domain(call: PoolContext, request: CreateUserPoolDomainRequestTypeDef) -> dict[str, Any]:
    check_simulated("CreateUserPoolDomain", request, _KNOWN)
    version, config = request.get("ManagedLoginVersion", domains.CLASSIC), request.get("CustomDomainConfig")
    return _told(add(call.account, call.pool, request["Domain"], version, config))


@operation("DescribeUserPoolDomain", on=ACCOUNT)
def describe_user_pool_domain(call: Context, request: DescribeUserPoolDomainRequestTypeDef) -> dict[str, Any]:
    # Observed: an unknown domain is not an error.
    domain = call.account.domain_named(request["Domain"], call.region)
    return {"DomainDescription": {} if domain is None else domains.described(domain, call.account.id)}


@operation("UpdateUserPoolDomain", on=POOL)
def update_user_pool_domain(call: PoolContext, request: UpdateUserPoolDomainRequestTypeDef) -> dict[str, Any]:
    check_simulated("UpdateUserPoolDomain", request, _KNOWN)
    domain = _own(call, request)
    # Inferred: settings left out of the request stay.
    version = request.get("ManagedLoginVersion", domain.login_version)
    config: Mapping[str, Any] | None = request.get("CustomDomainConfig", domain.custom)
    domains.check(domain.name, config, version, call.pool.settings["UserPoolTier"])
    changed = replace(domain, login_version=version, custom=config, version=clock.digits(call.account.clock.time()))
    call.account.domains[domain.host] = changed
    return _told(changed)


@operation("DeleteUserPoolDomain", on=POOL)
def delete_user_pool_domain(call: PoolContext, request: DeleteUserPoolDomainRequestTypeDef) -> dict[str, Any]:
    call.account.domains.pop(_own(call, request).host, None)
    return {}


def add(account: Account, pool: Pool, name: str, version: int, config: Mapping[str, Any] | None) -> Domain:
    """Give a pool a new domain.

    Args:
        account: the account.
        pool: the pool.
        name: the prefix, or the name of a custom domain.
        version: the ManagedLoginVersion.
        config: the CustomDomainConfig; None for a prefix.

    Raises:
        ServiceError: InvalidParameterException, if the name is not valid, the domain exists or the pool has a domain of
            that kind; FeatureUnavailableInTierException.
    """
    domains.check(name, config, version, pool.settings["UserPoolTier"])
    at = clock.digits(account.clock.time())
    domain = Domain(name, pool.id, pool.region, version, config, at, domains.distribution())
    other = account.domains.get(domain.host)
    if other is not None:
        error = DOMAIN_EXISTS if other.pool_id == pool.id else DOMAIN_TAKEN
        raise error(f"the domain belongs to {other.pool_id}")
    for own in account.domains_of(pool):
        if own.is_custom == domain.is_custom:
            raise POOL_HAS_DOMAIN(f"{pool.id} has the domain {own.name!r}")
    account.domains[domain.host] = domain
    return domain


def _own(call: PoolContext, request: Mapping[str, Any]) -> Domain:
    """The domain of the pool that the request names.

    Raises:
        ServiceError: InvalidParameterException.
    """
    own = call.account.domains_of(call.pool)
    named = next((domain for domain in own if domain.name == request["Domain"]), None)
    if named is None:
        raise NO_SUCH_DOMAIN(f"{call.pool.id} has the domains {[domain.name for domain in own]}")
    return named


def _told(domain: Domain) -> dict[str, Any]:
    """Return the reply of CreateUserPoolDomain and UpdateUserPoolDomain."""
    cloudfront = {"CloudFrontDomain": domain.distribution} if domain.is_custom else {}
    return {"ManagedLoginVersion": domain.login_version, **cloudfront}
