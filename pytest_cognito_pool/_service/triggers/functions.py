"""The Lambda functions attached to a pool's triggers, and the errors that stand-ins for functions raise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_cognito_pool._service.events.sources import TRIGGER_OF

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[..., object]


class Attached(NamedTuple):
    """A function that is attached to a trigger.

    Attributes:
        name: the trigger, or one of its sources.
        owner: when the owner ends, the function is detached.
    """

    name: str
    handler: Handler
    owner: object


class NotInvokedError(Exception):
    """Raised by a stand-in for a function if Lambda cannot run the function.

    Attributes:
        error: Lambda's own error.
    """

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class NoAnswerError(Exception):
    """Raised by a stand-in for a function if no answer came in time."""


class Functions:
    """The functions attached to one pool's triggers and their sources; the last one attached is invoked."""

    __slots__ = ("_attached",)

    def __init__(self) -> None:
        self._attached: list[Attached] = []

    def attach(self, name: str, handler: Handler, owner: object) -> Attached:
        """Attach a function to a trigger or to one of its sources, until it is detached or its owner ends."""
        attached = Attached(name, handler, owner)
        self._attached.append(attached)
        return attached

    def detach(self, attached: Attached | None) -> None:
        """Detach a function."""
        self._attached = [each for each in self._attached if each is not attached]

    def end(self, owner: object) -> None:
        """Detach the functions of an owner."""
        self._attached = [each for each in self._attached if each.owner is not owner]

    def find(self, source: str) -> Handler | None:
        """Return the function that gets events of this source; None if none is attached."""
        for name, handler, _owner in reversed(self._attached):
            if name in {source, TRIGGER_OF[source]}:
                return handler
        return None
