"""Compare, save, copy and pickle records; objects that cannot be pickled are replaced by their names."""

from __future__ import annotations

import copy
import copyreg
import pickle
from dataclasses import fields
from typing import TYPE_CHECKING, Final, TypeVar

from pytest_cognito_pool._service.wording import named, said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

R = TypeVar("R")

# The fields that a copy of a record shares with it.
KEPT: Final = frozenset({"_why", "error", "fault", "handler", "lost", "raised"})


class Comparable:
    """A record that equals another of its type with the same fields.

    Its `__eq__` is written by hand: for a dataclass with a generated one, pytest prints the differences down to the
    characters of its strings.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return not differing(self, other)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in _compared(self)))


def _compared(record: object) -> list[str]:
    return [field.name for field in fields(record) if field.compare]  # type: ignore[arg-type]


def differing(left: object, right: object) -> list[str]:
    """The names of the fields in which two records of a type differ."""
    return [name for name in _compared(left) if getattr(left, name) != getattr(right, name)]


class Named:
    """A stand-in for a function of another process; it only has the name.

    Args:
        name: the module and qualified name of the function.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, _event: object, _context: object) -> object:
        """Refuse to run."""
        raise NotImplementedError(f"{self._name} cannot run here: this record comes from another process")

    def __repr__(self) -> str:
        return self._name


class NamedError(Exception):
    """A stand-in for an exception that cannot be pickled; its text is the exception's type and text."""


def reduced(record: object, state: Mapping[str, object]) -> tuple[object, ...]:
    """What `__reduce__` returns for a record with slots.

    The state is separate from the arguments, so that records may refer to each other.
    """
    return copyreg.__newobj__, (type(record),), (None, dict(state))  # type: ignore[attr-defined]


def copied(record: R, memo: dict[int, object], kept: frozenset[str]) -> R:
    """What `__copy__` and `__deepcopy__` return for a record with slots; `kept` fields are not copied."""
    twin: R = object.__new__(type(record))
    memo[id(record)] = twin
    for name in record.__slots__:  # type: ignore[attr-defined]
        value = getattr(record, name)
        setattr(twin, name, value if name in kept else copy.deepcopy(value, memo))
    return twin


def function(handler: Callable[..., object] | None) -> Named | None:
    """The stand-in for a function."""
    return None if handler is None else Named(named(handler))


def exception(error: BaseException | None) -> BaseException | None:
    """The exception, if every process has its type and it can be pickled; otherwise its stand-in."""
    if error is None:
        return None
    try:
        portable = type(error).__module__ == "builtins" and pickle.loads(pickle.dumps(error)) is not None  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - an author's exception may raise anything
        portable = False
    return error if portable else NamedError(f"{type(error).__name__}: {said(error)}")


def saved(thing: object, *names: str) -> Callable[[], None]:
    """A function that restores the current values of these attributes."""
    values = {name: copy.copy(getattr(thing, name)) for name in names}

    def put_back() -> None:
        for name, value in values.items():
            setattr(thing, name, copy.copy(value))

    return put_back
