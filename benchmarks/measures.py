"""How things are measured side by side, and printed."""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 21
KEYS = {"region_name": "us-east-1", "aws_access_key_id": "key", "aws_secret_access_key": "secret"}


def paired(ours: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> list[tuple[float, float]]:
    """Seconds of both, taken in turn, after one round that does not count."""
    ours(), other()
    gc.disable()
    try:
        return [(seconds(ours), seconds(other)) for _ in range(rounds)]
    finally:
        gc.enable()


def seconds(action: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def ratio(pairs: list[tuple[float, float]]) -> float:
    return statistics.median(ours / other for ours, other in pairs)


def difference(pairs: list[tuple[float, float]]) -> float:
    return statistics.median(ours - other for ours, other in pairs)


def line(what: str, value: float, note: str = "") -> None:
    print(f"{what:<55} {value:8.2f}  {note}", flush=True)
