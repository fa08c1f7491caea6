"""The locks of every fake. A fork takes all of them first, so that none stays locked forever in the child process."""

from __future__ import annotations

import os
import threading
from itertools import count
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from threading import RLock as Lock

_registry: Final = threading.RLock()
# Each lock with its place in the order of a fork: pool locks come first, as other locks are taken inside them.
_places: Final[WeakKeyDictionary[Lock, tuple[int, int]]] = WeakKeyDictionary()
_numbers: Final = count()
_held: Final[list[Lock]] = []


def new(*, of_pool: bool = False) -> Lock:
    """A lock that a fork waits for; create it while no other lock is held.

    Args:
        of_pool: whether it is the lock of a pool, inside which other locks are taken.
    """
    lock = threading.RLock()
    with _registry:
        _places[lock] = (0 if of_pool else 1, next(_numbers))
    return lock


def in_order(locks: Iterable[Lock]) -> list[Lock]:
    """The locks in the order in which several are taken."""
    return sorted(locks, key=_places.__getitem__)


def _take() -> None:
    _registry.acquire()
    for lock in in_order(_places):
        lock.acquire()
        _held.append(lock)


def _release() -> None:
    while _held:
        _held.pop().release()
    _registry.release()


# Held while a module is imported at first use: otherwise a child, forked during the import, would wait forever.
importing: Final = new()

# On systems without fork, nothing is registered.
getattr(os, "register_at_fork", dict)(before=_take, after_in_parent=_release, after_in_child=_release)
