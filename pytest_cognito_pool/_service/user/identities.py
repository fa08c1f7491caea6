"""The `identities` attribute of users who come from identity providers, or are linked to identities there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

IDENTITIES: Final = "identities"


def with_identity(  # noqa: PLR0913 - what an identity is
    attributes: Mapping[str, str], provider: str, kind: str, subject: str, at: float, *, primary: bool
) -> dict[str, str]:
    """Return the attributes with one more identity. Observed: the attribute is a JSON string.

    Args:
        attributes: the user's attributes.
        provider: the ProviderName.
        kind: the ProviderType.
        subject: the id of the user at the provider.
        at: the time, in seconds since the epoch.
        primary: whether the user comes from the provider; False for a link.
    """
    identity = {
        "userId": subject,
        "providerName": provider,
        "providerType": kind,
        "issuer": None,
        "primary": primary,
        "dateCreated": int(at * 1000),
    }
    return {**attributes, IDENTITIES: _text([*_read(attributes), identity])}


def without_identity(attributes: Mapping[str, str], provider: str, subject: str) -> dict[str, str]:
    """Return the attributes without an identity; an empty string deletes the attribute."""
    left = [each for each in _read(attributes) if (each["providerName"], each["userId"]) != (provider, subject)]
    return {**attributes, IDENTITIES: _text(left) if left else ""}


def claim(value: str) -> list[dict[str, Any]]:
    """Return the claim of an ID token. Observed: all its values are strings, except for an issuer that is null."""
    return [
        {name: json.dumps(item) if isinstance(item, (bool, int)) else item for name, item in identity.items()}
        for identity in json.loads(value)
    ]


def _read(attributes: Mapping[str, str]) -> list[dict[str, Any]]:
    identities: list[dict[str, Any]] = json.loads(attributes.get(IDENTITIES, "[]"))
    return identities


def _text(identities: list[dict[str, Any]]) -> str:
    return json.dumps(identities, separators=(",", ":"))
