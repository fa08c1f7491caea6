"""The public object of a domain of a pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._api.errors import UsageError, accepted
from pytest_cognito_pool._service.operations import domains as operations
from pytest_cognito_pool._service.pool.domains import CLASSIC, MANAGED_LOGIN

if TYPE_CHECKING:
    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.pool.pool import Pool

# A custom domain needs a certificate; it does not have to exist.
_CERTIFICATE: Final = "arn:aws:acm:us-east-1:{account}:certificate/00000000-0000-4000-8000-000000000000"


class Domain(NamedTuple):
    """A domain of a pool: the host of its sign-in pages and OAuth endpoints.

    Attributes:
        name: the prefix, or the whole name of a custom domain.
        url: its base URL, for example `https://myapp.auth.us-east-1.amazoncognito.com`.
    """

    name: str
    url: str


def add(account: Account, pool: Pool, name: str, *, managed_login: bool) -> Domain:
    """Give the pool a domain.

    Raises:
        UsageError: for an invalid name, and if the pool already has a domain of that kind.
    """
    if not isinstance(name, str) or not name:
        message = f"the name of a domain is a string, for example 'myapp' or 'auth.example.com', not {name!r}"
        raise UsageError(message, typed=name)
    if "://" in name or name.endswith(".amazoncognito.com"):
        prefix = name.rpartition("//")[2].partition(".")[0]
        raise UsageError(f"give the prefix of a domain, for example {prefix!r}, and not {name!r}", typed=name)
    config = {"CertificateArn": _CERTIFICATE.format(account=account.id)} if "." in name else None
    version = MANAGED_LOGIN if managed_login else CLASSIC
    made = accepted(lambda: operations.add(account, pool, name, version, config))
    return Domain(name, f"https://{made.host}")
