"""The public object of a function that is attached to a trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._api import lifetimes
from pytest_cognito_pool._api.checks.functions import checked
from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._service.wording import shown

if TYPE_CHECKING:
    from types import TracebackType
    from typing import TypeVar

    from typing_extensions import Self

    from pytest_cognito_pool._service.triggers.functions import Attached, Functions, Handler

    H = TypeVar("H", bound=Handler)


class TriggerHandler:
    """A function attached to a trigger, returned by `UserPool.on`.

    It is a decorator if `on` was given no function, and a context manager that detaches the function at its end.
    """

    def __init__(self, functions: Functions, trigger: str, handler: Handler | None) -> None:
        self._functions = functions
        self._trigger = trigger
        self._handler = handler
        self._attached = self._attach(handler) if handler is not None else None

    def _attach(self, handler: Handler) -> Attached:
        return self._functions.attach(self._trigger, handler, lifetimes.owner_until(self._functions.end))

    def __call__(self, function: H) -> H:
        """Attach the function, and return it unchanged."""
        if self._handler is not None:
            raise UsageError(f"{self!r} has a function already, {shown(self._handler)}", typed=function)
        self._handler = checked(function)
        self._attached = self._attach(self._handler)
        return function

    def __enter__(self) -> Self:
        if self._handler is None:
            raise UsageError(f"on({self._trigger!r}) was given no function to attach", typed=self._trigger)
        if self._attached is None:
            self._attached = self._attach(self._handler)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._functions.detach(self._attached)
        self._attached = None

    def __repr__(self) -> str:
        return f"<TriggerHandler of {self._trigger}>"
