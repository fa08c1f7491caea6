"""JSON Web Tokens, byte for byte as the service writes them: order of the claims, escapes and signature.

The service writes the claims in the order in which a Java HashMap lists them, and escapes every slash; both are
concluded from all captures since 2021. A JOSE library would do neither.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.encoding import base64url, from_base64url
from pytest_cognito_pool._service.protocol import java
from pytest_cognito_pool._service.tokens import keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.tokens.keys import Use


def encode(pool_id: str, use: Use, claims: Mapping[str, Any]) -> str:
    """The signed token of a pool."""
    signed = f"{_header(pool_id, use)}.{_part(java.as_listed(claims))}"
    return f"{signed}.{base64url(keys.sign(use, signed.encode()))}"


def decode(token: str) -> dict[str, Any]:
    """Return the claims of a token without checking its signature.

    Raises:
        ValueError: if the string is not a token.
    """
    try:
        claims = json.loads(from_base64url(token.split(".")[1]))
    except (IndexError, RecursionError) as error:
        raise ValueError("a token has three parts, and its claims are JSON") from error
    if not isinstance(claims, dict):
        raise ValueError("the claims of a token are a JSON object")  # noqa: TRY004 - as for other bad tokens
    return claims


def is_token(text: str) -> bool:
    """Whether the string can be decoded; refresh tokens and codes cannot."""
    try:
        decode(text)
    except ValueError:
        return False
    return True


def is_signed(token: str, pool_id: str, use: Use) -> bool:
    """Whether the pool signed the token for that use."""
    signed, _, signature = token.rpartition(".")
    if signed.partition(".")[0] != _header(pool_id, use):
        return False
    try:
        return keys.verifies(use, signed.encode(), from_base64url(signature))
    except ValueError:
        return False


@lru_cache(maxsize=64)
def _header(pool_id: str, use: Use) -> str:
    return _part({"kid": keys.kid(pool_id, use), "alg": "RS256"})


def _part(value: Mapping[str, Any]) -> str:
    text = _dumped(value).replace("/", r"\/")
    # A lone surrogate becomes a question mark, as in Java.
    return base64url(text.encode(errors="replace"))


# `json.dumps` would make an encoder each time.
_dumped: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
