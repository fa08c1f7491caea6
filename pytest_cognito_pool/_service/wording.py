"""What reports show of an author's objects: bounded, and never an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

LONGEST: Final = 240


def shown(value: object, longest: int | None = LONGEST) -> str:
    """The repr of a value, shortened; where the repr raises, what it raised."""
    return shortened(_safe(repr, value), longest)


def said(error: object) -> str:
    """The text of an exception; where its `__str__` raises, what that raised."""
    return _safe(str, error)


def _safe(convert: Callable[[object], str], value: object) -> str:
    try:
        # An exact str: the methods of a subclass are the author's code too.
        return str.__str__(convert(value))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - an author's __repr__ may raise pytest's own outcomes too
        return f"<{type(value).__name__} object whose __{convert.__name__}__ raised {type(error).__name__}>"


def shortened(text: str, longest: int | None) -> str:
    """The text without its middle, where it is too long."""
    if longest is None or len(text) <= longest:
        return text
    end = (longest - 3) // 2
    return f"{text[: longest - 3 - end]}...{text[-end:]}"


def folded(things: Sequence[T], first: int, last: int, noun: str) -> list[T | str]:
    """The first and the last of them; between them, how many there are more."""
    more = len(things) - first - last
    return [*things[:first], f"... {more} more {noun} ...", *things[-last:]] if more > 1 else list(things)


def named(handler: Callable[..., object]) -> str:
    """The module and qualified name of a function; its repr where it has none."""
    try:
        name, module = handler.__qualname__, handler.__module__
    except Exception:  # noqa: BLE001 - an author's attributes may raise anything
        return shown(handler, None)
    return f"{module}.{name}" if isinstance(name, str) else shown(handler, None)
