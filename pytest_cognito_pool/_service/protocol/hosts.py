"""The host names of the service."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

# A custom domain can have any name: the account knows its custom domains.
_HOSTS: Final = {
    "service": re.compile(r"cognito-idp(?:-fips)?\.(?P<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)"),
    "issuer": re.compile(r"issuer-cognito-idp\.(?P<region>[a-z0-9-]+)\.amazonaws\.com"),
    "domain": re.compile(
        r"(?P<prefix>[a-z0-9-]+)\.auth(?:-fips)?\.(?P<region>[a-z0-9-]+)\.amazoncognito\.com(?:\.cn)?"
    ),
}


class Host(NamedTuple):
    """The parts of a host name of the service.

    Attributes:
        kind: `service` has the JSON API, key sets and OpenID configurations; `issuer` is the second issuer of pools
            whose IssuerConfiguration is UPDATED; `domain` has the pages and OAuth endpoints of one pool.
        region: the region it is in.
        prefix: the prefix of a domain; empty for other hosts.
    """

    kind: Literal["service", "issuer", "domain"]
    region: str
    prefix: str


@lru_cache(maxsize=256)
def of(name: str) -> Host | None:
    """The host with this lower-case name; None if it is not one of the service's own names."""
    for kind, pattern in _HOSTS.items():
        match = pattern.fullmatch(name)
        if match:
            return Host(kind, match["region"], match.groupdict().get("prefix", ""))  # type: ignore[arg-type]
    return None


def service(region: str) -> str:
    """The name of the host of the JSON API; issuers of tokens contain it too."""
    return f"cognito-idp.{region}.amazonaws.com{_china(region)}"


def prefix_domain(prefix: str, region: str) -> str:
    """The name of the host of a prefix domain."""
    return f"{prefix}.auth.{region}.amazoncognito.com{_china(region)}"


def _china(region: str) -> str:
    return ".cn" if region.startswith("cn-") else ""
