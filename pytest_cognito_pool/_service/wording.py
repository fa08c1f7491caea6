"""Build texts about an author's names and objects, of limited length and without raising."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

T = TypeVar("T")

LONGEST: Final = 240


def shown(value: object, longest: int | None = LONGEST) -> str:
    """The repr of a value, shortened; if the repr raises, the name of that error."""
    return shortened(_safe(repr, value), longest)


def said(error: object) -> str:
    """The text of an exception; if its `__str__` raises, the name of that error."""
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
    """The text, without its middle if it is too long."""
    if longest is None or len(text) <= longest:
        return text
    end = (longest - 3) // 2
    return f"{text[: longest - 3 - end]}...{text[-end:]}"


def folded(things: Sequence[T], first: int, last: int, noun: str) -> list[T | str]:
    """The first and the last things; between them, a line with the number of the others."""
    more = len(things) - first - last
    return [*things[:first], f"... {more} more {noun} ...", *things[-last:]] if more > 1 else list(things)


def named(handler: Callable[..., object]) -> str:
    """The module and qualified name of a function; its repr if it has none."""
    try:
        name, module = handler.__qualname__, handler.__module__
    except Exception:  # noqa: BLE001 - an author's attributes may raise anything
        return shown(handler, None)
    return f"{module}.{name}" if isinstance(name, str) else shown(handler, None)


def known_as(username: str, sub: str, attributes: Mapping[str, str]) -> str:
    """A user for people: the username, or an address and the beginning of the UUID that stands for a username."""
    address = attributes.get("email") or attributes.get("phone_number")
    return f"{address!r} ({sub[:8]})" if username == sub and address else repr(username)


def listed(names: Collection[T], limit: int = 8, show: Callable[[T], str] = repr) -> str:
    """The first names, and how many more there are."""
    first = ", ".join(show(name) for name in islice(names, limit))
    more = len(names) - limit
    return f"{first} and {more} more" if more > 0 else first


def hint(typed: object, names: Sequence[str], there_are: str = "known names") -> str:
    """The names that the author may have meant, or otherwise the known names."""
    return did_you_mean(nearest(typed, names)) or f"{there_are}: {listed(names)}"


def did_you_mean(suggestions: Sequence[str]) -> str:
    """The question `did you mean ...?`; empty without suggestions."""
    return f"did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""


def nearest(typed: object, names: Iterable[str]) -> list[str]:
    """The names that `typed` may have meant, nearest first; case is ignored."""
    alike = {name: likeness(typed, name) for name in names}
    best = max(alike.values(), default=0)
    # If only the case differs, no other name was meant; names far behind the best match are noise.
    least = 1 if best == 1 else max(0.6, best - 0.1)
    near = [name for name in alike if alike[name] >= least]
    return sorted(near, key=alike.__getitem__, reverse=True)[:3]


def likeness(typed: object, name: str) -> float:
    """How similar they are, without regard to case: 1 for the same."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, said(typed).lower(), name.lower()).ratio()
