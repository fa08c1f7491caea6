"""The domains of user pools: the hosts of their sign-in pages and OAuth endpoints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.domains import (
    DOMAIN_CHARACTERS,
    NO_CERTIFICATE,
    NO_SUBDOMAIN,
    NOT_AVAILABLE_IN_TIER,
    RESERVED_WORD,
)
from pytest_cognito_pool._service.pool.rules import region_of
from pytest_cognito_pool._service.protocol import hosts

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Observed: they are refused as whole parts between hyphens.
_RESERVED: Final = ("aws", "amazon", "cognito")
# At least three parts, so that the parent is not a top-level domain; the last part begins with a letter.
_NAME: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}[a-z][a-z0-9-]*")
# Observed: certificates of CloudFront are in one Region.
_OF_CERTIFICATES: Final = "us-east-1"
CLASSIC: Final = 1
MANAGED_LOGIN: Final = 2


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain; an update replaces it.

    Attributes:
        name: a prefix, or the whole name of a custom domain.
        pool_id: the pool whose domain it is.
        region: the region of the pool.
        login_version: 1 for the classic pages, 2 for managed login.
        custom: the CustomDomainConfig; None for a prefix.
        version: the time of the last change, as 14 digits.
        distribution: the host of CloudFront behind it.
    """

    name: str
    pool_id: str
    region: str
    login_version: int
    custom: Mapping[str, str] | None
    version: str
    distribution: str

    @property
    def host(self) -> str:
        """The name of its host."""
        return hosts.prefix_domain(self.name, self.region) if self.custom is None else self.name

    @property
    def is_custom(self) -> bool:
        """Whether it is a custom domain."""
        return self.custom is not None


def check(name: str, config: Mapping[str, Any] | None, login_version: int, tier: str) -> None:
    """Refuse a domain that no pool can have.

    Args:
        name: the prefix, or the name of a custom domain.
        config: the CustomDomainConfig; None for a prefix.
        login_version: the ManagedLoginVersion.
        tier: the pool's UserPoolTier.

    Raises:
        ServiceError: InvalidParameterException or FeatureUnavailableInTierException.
    """
    if config is None:
        _check_prefix(name)
    else:
        _check_custom(name, config)
    if login_version == MANAGED_LOGIN and tier == "LITE":
        raise NOT_AVAILABLE_IN_TIER(f"ManagedLoginVersion={login_version}, UserPoolTier={tier!r}", tier=tier)


def _check_prefix(name: str) -> None:
    if not _PREFIX.fullmatch(name):
        raise DOMAIN_CHARACTERS(f"without a CustomDomainConfig, Domain={name!r} is the prefix of a domain")
    for word in _RESERVED:
        if word in name.split("-"):
            raise RESERVED_WORD(f"Domain={name!r}", word=word)


def _check_custom(name: str, config: Mapping[str, Any]) -> None:
    # There is no DNS look-up.
    if not _NAME.fullmatch(name) or hosts.of(name) is not None:
        raise NO_SUBDOMAIN(
            f"Domain={name!r} cannot be a custom domain; use a subdomain, for example 'auth.example.com'"
        )
    certificate = config["CertificateArn"]
    if region_of(certificate) != _OF_CERTIFICATES:
        why = f"CertificateArn={certificate!r} is not in {_OF_CERTIFICATES}"
        raise NO_CERTIFICATE(why, request=ids.uuid())


def distribution() -> str:
    """A new host of CloudFront."""
    return f"d{ids.draw('0123456789abcdefghijklmnopqrstuvwxyz', 13)}.cloudfront.net"


def described(domain: Domain, account_id: str) -> dict[str, Any]:
    """The DomainDescription of a reply. Documented: a prefix has a distribution too, and an empty configuration."""
    return {
        "UserPoolId": domain.pool_id,
        "AWSAccountId": account_id,
        "Domain": domain.name,
        # The name of the bucket is inferred.
        "S3Bucket": f"aws-cognito-prod-{domain.region}-assets",
        "CloudFrontDistribution": domain.distribution,
        "Version": domain.version,
        "Status": "ACTIVE",
        "CustomDomainConfig": dict(domain.custom or {}),
        "ManagedLoginVersion": domain.login_version,
    }
