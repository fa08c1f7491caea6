"""Texts that are compared like any other and never shown: passwords, secrets and tokens."""

from __future__ import annotations

from typing import Any, Final

_SECRET_MEMBERS: Final = frozenset(
    {
        "AccessToken", "ClientSecret", "DeviceKey", "IdToken", "NEW_PASSWORD", "PASSWORD", "PASSWORD_CLAIM_SIGNATURE",
        "Password", "PreviousPassword", "ProposedPassword", "REFRESH_TOKEN", "RefreshToken", "SECRET_HASH",
        "SecretCode", "SecretHash", "Session", "TemporaryPassword", "Token", "client_secret",
    }
)  # fmt: skip


class Secret(str):
    """A password, secret or token: a text like any other, but for its repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


def sealed(value: Any) -> Any:
    """The JSON value with its passwords, secrets and tokens made `Secret`."""
    if isinstance(value, dict):
        return {
            key: Secret(item) if key in _SECRET_MEMBERS and isinstance(item, str) else sealed(item)
            for key, item in value.items()
        }
    return [sealed(item) for item in value] if isinstance(value, list) else value
