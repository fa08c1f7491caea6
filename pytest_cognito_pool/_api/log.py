"""The read-only sequence that `calls`, `triggers` and `outbox` are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeVar, overload

if TYPE_CHECKING:
    from typing_extensions import Self

T_co = TypeVar("T_co", covariant=True)
_SHOWN: Final = 5


class Log(Sequence[T_co]):
    """A read-only sequence in the order of events; equal to any sequence with equal items."""

    __slots__ = ("_items",)

    def __init__(self, items: list[T_co] | None = None) -> None:
        self._items: list[T_co] = [] if items is None else items

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> T_co | Self:
        return self._sliced(self._items[index]) if isinstance(index, slice) else self._items[index]

    def _sliced(self, items: list[T_co]) -> Self:
        """A log of the same kind."""
        return type(self)(items)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return self._items == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._items)


def there_were(log: Sequence[object], noun: str) -> str:
    """How many records there were, in words."""
    if not log:
        return f"there was no {noun} at all"
    return f"there was one {noun}:" if len(log) == 1 else f"there were {len(log)} {noun}s:"


def several(found: Sequence[object], what: str) -> AssertionError:
    """The error for several records if only one is expected."""
    return AssertionError(listing(f"{len(found)} {what}, not one:", [repr(each) for each in found]))


def listing(headline: str, lines: Sequence[str]) -> str:
    """The headline and the first lines under it."""
    more = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n  ".join([headline, *lines[:_SHOWN], *more])
