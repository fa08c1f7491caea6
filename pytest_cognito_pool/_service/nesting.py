"""Which function makes a call: that of the thread it comes from, or of the thread which started that one."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_cognito_pool.invocations import Invocation

_current: Final[ContextVar[Invocation[Any] | None]] = ContextVar("invocation", default=None)
_lock: Final = threading.Lock()
_running: Final[list[Invocation[Any]]] = []
# A thread does not know who started it: threads that functions start, each with the invocation it was started in.
_started_in: Final[WeakKeyDictionary[threading.Thread, Invocation[Any]]] = WeakKeyDictionary()


def current() -> Invocation[Any] | None:
    """The invocation whose function makes the call of this moment; None when the application does."""
    invocation = _current.get()
    if invocation is None and _started_in:
        invocation = _started_in.get(threading.current_thread())
    if invocation is None or _is_running(invocation):
        return invocation
    # A pool of threads outlives the function that filled it, and works for the next.
    return _running[-1] if _running else None


def _is_running(invocation: Invocation[Any]) -> bool:
    return any(each is invocation for each in _running)


@contextmanager
def inside(invocation: Invocation[Any]) -> Iterator[None]:
    """While the invocation's function runs."""
    token = _current.set(invocation)
    with _lock:
        if not _running:
            _threads.watch()
        _running.append(invocation)
    try:
        yield
    finally:
        with _lock:
            _running[:] = [each for each in _running if each is not invocation]
            if not _running:
                _threads.leave()
        _current.reset(token)


class _Threads:
    """Notes, while any function runs, in which invocation a thread was started."""

    def __init__(self) -> None:
        self._covered: Any = None
        self._start: Any = None

    def watch(self) -> None:
        original = threading.Thread.start

        def start(thread: threading.Thread) -> None:
            invocation = current()
            if invocation is not None:
                _started_in[thread] = invocation
            original(thread)

        self._covered, self._start = original, start
        _put(start)

    def leave(self) -> None:
        # Whatever was put over it meanwhile stays, and calls it.
        if threading.Thread.start is self._start:
            _put(self._covered)


def _put(start: Any) -> None:
    threading.Thread.start = start  # type: ignore[method-assign]


_threads: Final = _Threads()
