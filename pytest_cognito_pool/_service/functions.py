"""The Lambda functions attached to a pool's triggers, and what stands for one that does not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool.triggers import TRIGGER_OF

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[..., object]


class NotInvokedError(Exception):
    """What a stand-in for a function raises to say that Lambda cannot be asked to run it.

    Attributes:
        error: Lambda's own error.
    """

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class NoAnswerError(Exception):
    """What a stand-in for a function raises to say that no answer came in time."""


class Functions:
    """The functions attached to one pool's triggers and their sources; the one attached last counts."""

    __slots__ = ("_attached",)

    def __init__(self) -> None:
        self._attached: list[tuple[str, Handler]] = []

    def attach(self, name: str, handler: Handler) -> tuple[str, Handler]:
        """Attach a function to a trigger or to a source of one; what is returned detaches it."""
        attached = (name, handler)
        self._attached.append(attached)
        return attached

    def detach(self, attached: tuple[str, Handler] | None) -> None:
        """Attach it no more."""
        self._attached = [each for each in self._attached if each is not attached]

    def find(self, source: str) -> Handler | None:
        """The function that an event of this source is for."""
        for name, handler in reversed(self._attached):
            if name in {source, TRIGGER_OF[source]}:
                return handler
        return None
