"""Tokens for the pages of a list."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from pytest_cognito_pool import clock
from pytest_cognito_pool._service import ids, texts

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T")
# Documented for ListUsers; the oldest tokens go first, so that endless paging does not grow.
LIFETIME: Final = 3600.0
_MOST: Final = 10_000


class Tokens(Generic[T]):
    """The tokens a list gave out, each with the place where its page begins and the question it belongs to."""

    def __init__(self) -> None:
        self._given: OrderedDict[str, tuple[T, Hashable, float]] = OrderedDict()

    def give(self, place: T, question: Hashable) -> str:
        """A token for the page that begins at `place`."""
        token = ids.page_token()
        self._given[token] = (place, question, clock.now() + LIFETIME)
        if len(self._given) > _MOST:
            self._given.popitem(last=False)
        return token

    def place(self, token: str, question: Hashable) -> T:
        """The place a token stands for.

        Raises:
            ServiceError: InvalidParameterException, for a token never given, too old, or given for another question.
        """
        place, asked, expires = self._given.get(token, (None, None, 0.0))
        if place is None or asked != question or expires < clock.now():
            raise texts.BAD_PAGE_TOKEN(f"the token was not given for {question}, or more than an hour ago")
        return place
