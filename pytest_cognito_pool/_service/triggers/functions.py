"""The Lambda functions attached to a pool's triggers, and the errors by which a stand-in says that no function runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_cognito_pool._service.events.sources import TRIGGER_OF

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[..., object]


class Attached(NamedTuple):
    """A function at its place.

    Attributes:
        name: the trigger, or the source of one.
        owner: it is detached when the owner ends.
    """

    name: str
    handler: Handler
    owner: object


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
        self._attached: list[Attached] = []

    def attach(self, name: str, handler: Handler, owner: object) -> Attached:
        """Attach a function to a trigger or to a source of one, until it is detached or its owner ends."""
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
        """The function that an event of this source is for."""
        for name, handler, _owner in reversed(self._attached):
            if name in {source, TRIGGER_OF[source]}:
                return handler
        return None
