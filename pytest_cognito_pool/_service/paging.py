"""Tokens for the pages of a list."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.pools import BAD_PAGE_TOKEN
from pytest_cognito_pool._service.records import saved

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from pytest_cognito_pool._service.clock import Clock

T = TypeVar("T", int, tuple[str, int])
Item = TypeVar("Item", bound="Numbered")
# Documented for ListUsers.
LIFETIME: Final = 3600.0
# If there are more tokens, the oldest are dropped: endless paging must not fill the memory.
_MOST: Final = 10_000
_LONGEST_PAGE: Final = 60


class Numbered(Protocol):
    """An item with a number; items of its kind are counted in the order of their creation."""

    @property
    def number(self) -> int:
        """The item's number."""
        ...


def limit(request: Mapping[str, Any]) -> int:
    """The Limit of a request; without one, and for 0 (inferred), the maximum."""
    return request.get("Limit", 0) or _LONGEST_PAGE


class PageTokens(Generic[T]):
    """The tokens of a list, each with the place after which its page begins, and the question it was given for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: OrderedDict[str, tuple[T, Hashable, float]] = OrderedDict()

    def give(self, place: T, question: Hashable) -> str:
        """A token for the page that begins after `place`."""
        token = ids.page_token()
        self._given[token] = (place, question, self._clock.time() + LIFETIME)
        if len(self._given) > _MOST:
            self._given.popitem(last=False)
        return token

    def saved(self) -> Callable[[], None]:
        """A function that restores the current tokens."""
        return saved(self, "_given")

    def place(self, token: str, question: Hashable) -> T:
        """The place of a token.

        Raises:
            ServiceError: InvalidParameterException, for a token never given, too old, or given for another question.
        """
        place, asked, expires = self._given.get(token, (None, None, 0.0))
        if place is None or asked != question or expires < self._clock.time():
            raise BAD_PAGE_TOKEN(f"this token was not issued for {question}, or is older than an hour")
        return place

    def page(
        self: PageTokens[int], items: Iterable[Item], token: str | None, limit: int, question: Hashable
    ) -> tuple[list[Item], dict[str, str]]:
        """One page of a list in the order of its numbers, and the NextToken if there are more.

        The next page begins after the last item, not after a count, so that a deletion in between skips no item.

        Raises:
            ServiceError: InvalidParameterException, for a token that was not given for the question.
        """
        last = self.place(token, question) if token else None
        following = [item for item in items if last is None or item.number > last]
        if len(following) <= limit:
            return following, {}
        return following[:limit], {"NextToken": self.give(following[limit - 1].number, question)}
