"""The subject of a request: the pool named by the first parameter that names one (`protocol.model.SUBJECTS`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import ids, locks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.account import Account


def pool_id(account: Account, parameters: Mapping[str, Any]) -> str | None:
    """The id of the account's pool that the parameters name, even if it was deleted; nothing is refused here."""
    for name, find in _FINDERS.items():
        value = parameters.get(name)
        if isinstance(value, str):
            return find(account, value)
    return None


def resource(account: Account, region: str | None, parameters: Mapping[str, Any]) -> str:
    """The ARN that an IAM policy must allow: that of the pool in the request, otherwise `*` (inferred)."""
    named, arn = parameters.get("UserPoolId"), parameters.get("ResourceArn")
    if named:
        return ids.pool_arn(region or str(named).partition("_")[0], account.id, str(named))
    return str(arn or "*")


def named(parameters: Mapping[str, Any]) -> object:
    """The id that an error about an unknown pool or app client names."""
    return parameters.get("UserPoolId") or parameters.get("ClientId")


def _known(account: Account, name: str) -> str | None:
    return name if name in account.known else None


def _of_client(account: Account, client_id: str) -> str | None:
    return account.pool_of_client.get(client_id)


def _of_token(account: Account, token: str) -> str | None:
    """The id of the pool, which the issuer of an access token ends with; the token is not verified here."""
    with locks.importing:
        from pytest_cognito_pool._service.tokens import jwt

    try:
        return _of_resource(account, str(jwt.decode(token).get("iss")))
    except ValueError:
        return None


def _of_resource(account: Account, arn: str) -> str | None:
    return _known(account, arn.rpartition("/")[2])


def _of_domain(account: Account, name: str) -> str | None:
    domain = account.domain_named(name, None)
    return None if domain is None else domain.pool_id


_FINDERS: dict[str, Callable[[Account, str], str | None]] = {
    "UserPoolId": _known,
    "ClientId": _of_client,
    "AccessToken": _of_token,
    "ResourceArn": _of_resource,
    "Domain": _of_domain,
}
