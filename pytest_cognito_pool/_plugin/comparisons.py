"""Explanations of failing comparisons of records: reprs, never the characters of a secret."""

from __future__ import annotations

from dataclasses import is_dataclass

from pytest_cognito_pool._service.records import Comparable, differing
from pytest_cognito_pool._service.secrets import Secret
from pytest_cognito_pool._service.wording import shown


def explained(op: str, left: object, right: object) -> list[str] | None:
    """The lines that pytest shows for a comparison; None for pytest's own."""
    if isinstance(left, Secret) or isinstance(right, Secret):
        return [f"{shown(left)} {op} {shown(right)}"]
    if op != "==" or not isinstance(left, Comparable) or type(left) is not type(right) or not is_dataclass(left):
        return None
    headline = f"{shown(left)} == {shown(right)}"
    pairs = [(name, getattr(left, name), getattr(right, name)) for name in differing(left, right)]
    return [headline, *(f"{name}: {shown(own)} != {shown(other)}" for name, own, other in pairs)]
