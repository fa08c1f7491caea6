"""The messages a pool would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, overload

from pytest_cognito_pool._api.errors import unknown_name
from pytest_cognito_pool._api.log import Log, listing, several, there_were
from pytest_cognito_pool._service.journal import Message

if TYPE_CHECKING:
    from typing_extensions import Self

_FILTERS: Final = ("recipient", "medium", "occasion", "username")


class Outbox(Log[Message]):
    """The messages of one pool, in order; nothing is sent."""

    __slots__ = ("_hint",)

    def __init__(self, items: list[Message] | None = None, hint: str = "") -> None:
        super().__init__(items)
        self._hint = hint

    @overload
    def __getitem__(self, index: int) -> Message: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> Message | Self:
        __tracebackhide__ = True
        if not self and not isinstance(index, slice):
            raise IndexError(f"no message was sent{self._hint}")
        return super().__getitem__(index)

    def _sliced(self, items: list[Message]) -> Self:
        return type(self)(items, self._hint)

    def of(self, **wanted: str) -> Outbox:
        """The messages with these attributes: recipient, medium, occasion, username.

        Raises:
            UsageError: for an attribute that no message has.

        Examples:
            >>> cognito_pool.outbox.of(recipient="ana@example.com")
            []
        """
        for name in wanted:
            if name not in _FILTERS:
                raise unknown_name("messages cannot be filtered by", name, _FILTERS)
        found = [message for message in self if not _differences(message, wanted)]
        return Outbox(found, f"{_asked(wanted)}; {there_were(self, 'message').rstrip(':')}" if self else self._hint)

    def one(self, **wanted: str) -> Message:
        """The only message with these attributes.

        Raises:
            AssertionError: if there is no such message or more than one; it lists the messages, the most similar first.
            UsageError: for an attribute that no message has.
        """
        __tracebackhide__ = True
        found = self.of(**wanted)
        if len(found) == 1:
            return found[0]
        asked = _asked(wanted)
        if found:
            raise several(found, f"messages{asked}")
        ranked = sorted(self, key=lambda message: len(_differences(message, wanted)))
        headline = f"no message{asked}; {there_were(self, 'message')}{'' if self else self._hint}"
        raise AssertionError(listing(headline, [repr(message) for message in ranked]))


def _asked(wanted: dict[str, str]) -> str:
    return "".join(f", {name} {value!r}" for name, value in wanted.items())


def _differences(message: Message, wanted: dict[str, str]) -> list[str]:
    return [name for name, value in wanted.items() if getattr(message, name) != value]
