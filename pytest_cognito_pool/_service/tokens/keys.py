"""The keys that sign tokens: a pair for ID tokens and a pair for access tokens, generated at first use.

They belong to the process, and verifiers may keep them until it ends. A kid belongs to one pool, so a verifier does not
know the key of another pool's token.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from pytest_cognito_pool._service import locks
from pytest_cognito_pool._service.encoding import base64url

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    Use = Literal["id", "access"]

USES: Final[tuple[Use, Use]] = ("id", "access")
_BITS: Final = 2048
_EXPONENT: Final = 65537


def kid(pool_id: str, use: Use) -> str:
    """The id of a key: 44 characters of standard base64."""
    return base64.b64encode(hashlib.sha256(f"{pool_id} {use}".encode()).digest()).decode()


def jwks(pool_id: str) -> dict[str, list[dict[str, str]]]:
    """The JSON Web Key Set of a pool, members and keys in the observed order."""
    return {"keys": [_jwk(pool_id, use) for use in USES]}


def sign(use: Use, data: bytes) -> bytes:
    """The RS256 signature of the data."""
    return _pair(use).sign(data)


def verifies(use: Use, data: bytes, signature: bytes) -> bool:
    """Whether it is the RS256 signature of the data."""
    return _pair(use).verifies(data, signature)


def _jwk(pool_id: str, use: Use) -> dict[str, str]:
    numbers = _pair(use).numbers
    return {
        "alg": "RS256",
        "e": _integer(numbers.e),
        "kid": kid(pool_id, use),
        "kty": "RSA",
        "n": _integer(numbers.n),
        "use": "sig",
    }


def _integer(number: int) -> str:
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64url(data)


class _Pair(NamedTuple):
    """How a pair of keys signs and verifies, and its public numbers."""

    sign: Callable[[bytes], bytes]
    verifies: Callable[[bytes, bytes], bool]
    numbers: RSAPublicNumbers


def _pair(use: Use) -> _Pair:
    with locks.importing:
        return _made(use)


@cache
def _made(use: Use) -> _Pair:  # noqa: ARG001 - each has its own
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.hashes import SHA256

    private, padding, digest = generate_private_key(_EXPONENT, _BITS), PKCS1v15(), SHA256()
    public = private.public_key()

    def sign(data: bytes) -> bytes:
        return private.sign(data, padding, digest)

    def verifies(data: bytes, signature: bytes) -> bool:
        try:
            public.verify(signature, data, padding, digest)
        except InvalidSignature:
            return False
        return True

    return _Pair(sign, verifies, public.public_numbers())
