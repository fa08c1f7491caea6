"""Which function makes a call: that of the context it comes from."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_cognito_pool._api.trigger_log import Invocation

_current: Final[ContextVar[Invocation[Any] | None]] = ContextVar("invocation", default=None)


def current() -> Invocation[Any] | None:
    """The invocation whose function makes the call of this moment; None when the application does."""
    invocation = _current.get()
    # What a function left behind is nobody's when it has ended.
    return invocation if invocation is not None and invocation.is_running else None


@contextmanager
def inside(invocation: Invocation[Any]) -> Iterator[None]:
    """While the invocation's function runs."""
    token = _current.set(invocation)
    invocation.is_running = True
    try:
        yield
    finally:
        invocation.is_running = False
        _current.reset(token)
