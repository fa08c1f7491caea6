"""Identifiers in the shapes Cognito gives them; never from `random`, whose seed belongs to the test."""

from __future__ import annotations

import os
import secrets
import string
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOWER = string.ascii_lowercase + string.digits
_ALPHANUMERIC = string.ascii_letters + string.digits


def pool_id(region: str) -> str:
    """The region, an underscore, nine alphanumerics."""
    return f"{region}_{draw(_ALPHANUMERIC, 9)}"


def pool_arn(region: str, account: str, pool_id: str) -> str:
    """The ARN of a user pool, which need not exist."""
    return f"arn:aws:cognito-idp:{region}:{account}:userpool/{pool_id}"


def client_id() -> str:
    """26 lower-case alphanumerics."""
    return draw(_LOWER, 26)


def client_secret() -> str:
    """51 lower-case alphanumerics."""
    return draw(_LOWER, 51)


def sub() -> str:
    """A UUID whose third group begins with 70, as in pools created today."""
    digits = os.urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-70{digits[14:16]}-{digits[16:20]}-{digits[20:]}"


def uuid() -> str:
    """A UUID of version 4, for request ids and token claims; the `uuid` module takes three times as long."""
    return next(uuids(1))


def uuids(count: int) -> Iterator[str]:
    """Several UUIDs of version 4, drawn at once."""
    drawn = os.urandom(16 * count).hex()
    for start in range(0, 32 * count, 32):
        digits = drawn[start : start + 32]
        yield f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def code() -> str:
    """Six digits."""
    return draw(string.digits, 6)


def page_token() -> str:
    """The opaque handle of the next page."""
    return secrets.token_urlsafe(24)


def opaque(length: int) -> str:
    """A random URL-safe base64 string of this length."""
    return secrets.token_urlsafe(3 * length // 4 + 1)[:length]


def draw(alphabet: str, length: int) -> str:
    """A random string of this length, with characters of the alphabet."""
    # One large number gives all characters; its extra digits keep every character equally likely.
    number, drawn = int.from_bytes(os.urandom(2 * length), "big"), ""
    for _ in range(length):
        number, place = divmod(number, len(alphabet))
        drawn += alphabet[place]
    return drawn
