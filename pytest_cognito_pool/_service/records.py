"""How records compare, and what a failing comparison shows: reprs, never the characters of a secret."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from pytest_cognito_pool._service.secrets import Secret
from pytest_cognito_pool._service.wording import shown


class Comparable:
    """A record that equals another of its type with the same fields.

    Its `__eq__` is written out, as pytest drills into dataclasses that have the generated one, down to the characters
    of their texts.
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


def explained(op: str, left: object, right: object) -> list[str] | None:
    """The lines that pytest shows for a comparison; None where its own will do."""
    if isinstance(left, Secret) or isinstance(right, Secret):
        return [f"{shown(left)} {op} {shown(right)}"]
    if op != "==" or not isinstance(left, Comparable) or type(left) is not type(right) or not is_dataclass(left):
        return None
    headline = f"{shown(left)} == {shown(right)}"
    pairs = [(name, getattr(left, name), getattr(right, name)) for name in differing(left, right)]
    return [headline, *(f"{name}: {shown(own)} != {shown(other)}" for name, own, other in pairs)]
