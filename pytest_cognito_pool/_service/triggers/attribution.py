"""Which function makes a call: the function that runs in the context of the call."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_cognito_pool._service.journal import Invocation


class _Running:
    """An invocation while its function runs; threads and tasks that the function started may outlive it."""

    __slots__ = ("invocation",)

    def __init__(self, invocation: Invocation[Any]) -> None:
        self.invocation: Invocation[Any] | None = invocation


_current: Final[ContextVar[_Running | None]] = ContextVar("invocation", default=None)


def current() -> Invocation[Any] | None:
    """Return the invocation whose function makes the current call; None if the application makes it."""
    running = _current.get()
    return None if running is None else running.invocation


@contextmanager
def running_in(invocation: Invocation[Any]) -> Iterator[None]:
    """Attribute the calls in the with-block to the invocation's function."""
    running = _Running(invocation)
    token = _current.set(running)
    try:
        yield
    finally:
        # Calls of threads and tasks that the function left behind belong to no function.
        running.invocation = None
        _current.reset(token)
