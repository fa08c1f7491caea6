"""Which function makes a call: that of the thread it comes from, or of what started that thread or its work."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from pytest_cognito_pool.invocations import Invocation

_current: Final[ContextVar[Invocation[Any] | None]] = ContextVar("invocation", default=None)
_lock: Final = threading.Lock()
# A thread does not know who started it: threads that functions start, each with the invocation it was started in.
_started_in: Final[WeakKeyDictionary[threading.Thread, Invocation[Any]]] = WeakKeyDictionary()


def current() -> Invocation[Any] | None:
    """The invocation whose function makes the call of this moment; None when the application does."""
    invocation = _current.get()
    if invocation is None and _started_in:
        invocation = _started_in.get(threading.current_thread())
    # What a function left behind is nobody's when it has ended.
    return invocation if invocation is not None and invocation.is_running else None


@contextmanager
def inside(invocation: Invocation[Any]) -> Iterator[None]:
    """While the invocation's function runs."""
    token = _current.set(invocation)
    invocation.is_running = True
    _threads.enter()
    try:
        yield
    finally:
        _threads.leave()
        invocation.is_running = False
        _current.reset(token)


class _Threads:
    """Notes, while any function runs, in which invocation a thread or the work of a pool of threads was started."""

    def __init__(self) -> None:
        self._running = 0
        self._covered: tuple[Any, Any] = (None, None)
        self._put_over: tuple[Any, Any] = (None, None)

    def enter(self) -> None:
        with _lock:
            self._running += 1
            if self._running == 1:
                self._covered = start, submit = threading.Thread.start, ThreadPoolExecutor.submit
                self._put_over = _noting_start(start), _carrying_submit(submit)
                _put(*self._put_over)

    def leave(self) -> None:
        with _lock:
            self._running -= 1
            # Whatever was put over them meanwhile stays, and calls them.
            if not self._running and (threading.Thread.start, ThreadPoolExecutor.submit) == self._put_over:
                _put(*self._covered)


def _noting_start(original: Any) -> Any:
    def start(thread: threading.Thread) -> None:
        invocation = current()
        if invocation is not None:
            _started_in[thread] = invocation
        original(thread)

    return start


def _carrying_submit(original: Any) -> Any:
    def submit(pool: ThreadPoolExecutor, work: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        invocation = current()

        def carried(*args: Any, **kwargs: Any) -> Any:
            token = _current.set(invocation)
            try:
                return work(*args, **kwargs)
            finally:
                _current.reset(token)

        future: Future[Any] = original(pool, work if invocation is None else carried, *args, **kwargs)
        return future

    return submit


def _put(start: Any, submit: Any) -> None:
    threading.Thread.start = start  # type: ignore[method-assign]
    ThreadPoolExecutor.submit = submit  # type: ignore[method-assign]


_threads: Final = _Threads()
