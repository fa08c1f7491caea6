"""Strings that are compared like any other and never shown: passwords, secrets and tokens."""

from __future__ import annotations

from typing import Any, Final

# The keys of AuthParameters, ChallengeResponses and ChallengeParameters whose values are secret, and the members of
# trigger events; any other name with `password` or `secret` in it is secret too.
_SECRET_KEYS: Final = frozenset(
    {
        "ANSWER", "CREDENTIAL", "DEVICE_KEY", "EMAIL_OTP_CODE", "REFRESH_TOKEN", "SALT", "SMS_MFA_CODE", "SMS_OTP_CODE",
        "SOFTWARE_TOKEN_MFA_CODE", "SRP_A", "SRP_B", "challengeAnswer", "private_key",
    }
)  # fmt: skip


# Parts of the names of passwords, codes and tokens, even of misspelled names.
_PARTS: Final = ("assertion", "code", "credential", "hash", "hint", "pass", "secret", "token", "verifier")


class Secret(str):
    """A password, secret or token: a string like any other, except for its repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


def is_secret(key: object) -> bool:
    """Whether the value of a key of a map, or of an event's JSON, is secret."""
    if not isinstance(key, str):
        return False
    lowered = key.lower()
    return key in _SECRET_KEYS or "password" in lowered or "secret" in lowered


def may_be_secret(key: str) -> bool:
    """Whether the value of a key that is not in the model could be secret: a misspelled key must not reveal it."""
    lowered = key.lower()
    return is_secret(key) or any(part in lowered for part in _PARTS)


def sealed(value: Any, *, secret: bool = False) -> Any:
    """The JSON value with the strings of its secret keys, or all of its strings, made `Secret`."""
    if isinstance(value, dict):
        return {key: sealed(item, secret=secret or is_secret(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [sealed(item, secret=secret) for item in value]
    return Secret(value) if secret and isinstance(value, str) else value
