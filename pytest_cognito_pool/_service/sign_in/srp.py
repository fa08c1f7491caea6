"""The Secure Remote Password protocol, SRP-6a, as user pools use it.

The group is the 3072-bit group of RFC 5054; the hash is SHA-256. Integers are hashed as Java writes them: big-endian in
two's complement, as short as possible. The names come from the protocol's papers.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from datetime import datetime
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

N: Final = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
G: Final = 2
_SECRET_BYTES: Final = 32
_INFO: Final = b"Caldera Derived Key\x01"
_KEY_BYTES: Final = 16
_SALT_BYTES: Final = 16
# Observed length of a block in base64: about 1,724 characters.
_BLOCK_BYTES: Final = 1293
_TIMESTAMP: Final = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([0-9]{1,2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) UTC ([0-9]{4})",
    re.ASCII,
)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Identity(NamedTuple):
    """Who proves a password: the names that are hashed with it.

    Attributes:
        pool: the part of the pool's id after the underscore.
        user: the USER_ID_FOR_SRP.
    """

    pool: str
    user: str


class Exchange(NamedTuple):
    """What the service keeps between the two requests.

    Attributes:
        identity: who proves the password.
        password: the password that they have to prove.
        salt: the user's salt.
        v: the verifier, made from the password.
        a_public: A, the application's public value.
        b: the service's secret value.
        b_public: B, its public value.
    """

    identity: Identity
    password: str
    salt: int
    v: int
    a_public: int
    b: int
    b_public: int

    def key(self) -> bytes:
        """The key that both sides have if the application knows the password."""
        u = scrambling(self.a_public, self.b_public)
        return derived(u, pow(self.a_public * pow(self.v, u, N), self.b, N))


def begin(identity: Identity, password: str, a_public: int) -> Exchange:
    """Begin the exchange with an application that sent `a_public`; a user always has the same salt."""
    user = f"{identity.pool} {identity.user}".encode("utf-8", "surrogatepass")
    salt = _integer(hashlib.sha256(user).digest()[:_SALT_BYTES])
    return exchange(identity, password, salt, a_public, _integer(os.urandom(_SECRET_BYTES)))


def exchange(identity: Identity, password: str, salt: int, a_public: int, b: int) -> Exchange:
    """The exchange with that salt and that secret value."""
    v = pow(G, private(salt, identity, password), N)
    return Exchange(identity, password, salt, v, a_public, b, (K * v + pow(G, b, N)) % N)


def scrambling(a_public: int, b_public: int) -> int:
    """u, made from both public values."""
    return _hash(_bytes(a_public), _bytes(b_public))


def secret_block() -> str:
    """Return a random string that the application sends back unchanged."""
    return base64.b64encode(os.urandom(_BLOCK_BYTES)).decode()


def private(salt: int, identity: Identity, password: str) -> int:
    """x, made from the password."""
    inner = f"{identity.pool}{identity.user}:{password}".encode("utf-8", "surrogatepass")
    return _hash(_bytes(salt), hashlib.sha256(inner).digest())


def derived(u: int, s: int) -> bytes:
    """The key of a shared secret."""
    return hmac.digest(hmac.digest(_bytes(u), _bytes(s), "sha256"), _INFO, "sha256")[:_KEY_BYTES]


def signature(exchange: Exchange, block: str, timestamp: str) -> str | None:
    """The PASSWORD_CLAIM_SIGNATURE of an application that knows the password; None if the time cannot be read."""
    at = as_written(timestamp)
    return None if at is None else signed(exchange.key(), exchange.identity, base64.b64decode(block), at)


def signed(key: bytes, identity: Identity, block: bytes, timestamp: str) -> str:
    """The signature by that key."""
    message = f"{identity.pool}{identity.user}".encode("utf-8", "surrogatepass") + block + timestamp.encode()
    return base64.b64encode(hmac.digest(key, message, "sha256")).decode()


def made_up_user(pool_id: str, username: str) -> str:
    """The USER_ID_FOR_SRP of a user who does not exist: the same UUID each time."""
    return str(uuid5(NAMESPACE_URL, f"{pool_id} {username.encode('utf-8', 'surrogatepass')!r}"))


def as_written(timestamp: str) -> str | None:
    """The time as the service itself writes it: a leading zero or a wrong weekday makes the signature wrong."""
    read = _TIMESTAMP.fullmatch(timestamp)
    if not read or read[1] not in _MONTHS:
        return None
    try:
        day = datetime(int(read[4]), _MONTHS.index(read[1]) + 1, int(read[2]))  # noqa: DTZ001 - a date of a calendar
    except ValueError:
        return None
    return f"{_DAYS[day.weekday()]} {read[1]} {day.day} {read[3]} UTC {read[4]}"


def _bytes(number: int) -> bytes:
    """The integer as Java's BigInteger.toByteArray writes it."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _integer(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _hash(*parts: bytes) -> int:
    return _integer(hashlib.sha256(b"".join(parts)).digest())


K: Final = _hash(_bytes(N), _bytes(G))
