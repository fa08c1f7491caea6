"""A rule between settings: the error it gives, the settings it is about, and what breaks it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One rule between settings.

    Attributes:
        error: the error of the service; its source is the source of the rule.
        about: the settings it is about, with dots for those inside others; the author of a test is told their values.
        broken_by: what breaks the rule, for the text of the error; None, False or nothing where it is kept.
    """

    error: ErrorTemplate
    about: tuple[str, ...]
    broken_by: Callable[[T], object]


def check(rules: Iterable[Rule[T]], judged: T, settings: Mapping[str, Any], note: str = "", **values: object) -> None:
    """Refuse settings that break a rule.

    Args:
        rules: the rules.
        judged: what the rules look at.
        settings: the settings, to tell the author of a test what is wrong.
        note: what else the author is told.
        values: what texts name beside the value that breaks the rule.

    Raises:
        ServiceError: that of the first rule that is broken.
    """
    for rule in rules:
        value = rule.broken_by(judged)
        if value:
            what = f"{value!r} is refused: " if isinstance(value, str) else ""
            told = ", ".join(_told(settings, path) for path in rule.about)
            raise rule.error(f"{what}{told}{note}", value=value, **values)


def at(settings: Mapping[str, Any], path: str, default: Any = None) -> Any:
    """The setting at a path with dots; the default where it is not given."""
    value: Any = settings
    for name in _names(path):
        if name not in value:
            return default
        value = value[name]
    return value


@cache
def _names(path: str) -> list[str]:
    return path.split(".")


def region_of(arn: str) -> str:
    """The region in an ARN."""
    return arn.split(":")[3]


def account_of(arn: str) -> str:
    """The account in an ARN."""
    return arn.split(":")[4]


def twice(values: Iterable[Hashable]) -> Hashable | None:
    """The first value that is there more than once."""
    return next((value for value, count in Counter(values).items() if count > 1), None)


def _told(settings: Mapping[str, Any], path: str) -> str:
    value = at(settings, path)
    return f"no {path}" if value is None else f"{path}={value!r}"
