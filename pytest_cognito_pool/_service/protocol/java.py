"""The order of maps in replies, which comes from Java, the service's language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

V = TypeVar("V")

_LEAST_BUCKETS: Final = 16
_LOAD: Final = 0.75


def as_listed(entries: Mapping[str, V]) -> dict[str, V]:
    """The entries in the order in which a Java HashMap lists them; those in the same bucket keep their order.

    Concluded from the order of claims in all captures of tokens since 2021.
    """
    return {name: entries[name] for name in _listed(tuple(entries))}


@lru_cache(maxsize=1024)
def _listed(names: tuple[str, ...]) -> list[str]:
    buckets = _LEAST_BUCKETS
    while buckets < len(names) / _LOAD + 1:
        buckets *= 2
    return sorted(names, key=lambda name: _hash(name) & (buckets - 1))


def _hash(key: str) -> int:
    units = key.encode("utf-16-be", "surrogatepass")
    value = 0
    for high, low in zip(units[::2], units[1::2], strict=True):
        value = (31 * value + (high << 8) + low) & 0xFFFFFFFF
    return value ^ value >> 16
