"""A rule for settings: its error, the settings it is about, and a function that checks it."""

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
    """One rule for settings.

    Attributes:
        error: the error of the service; its source is the source of the rule.
        about: the settings it is about, with dots for those inside others; `why` shows their values.
        broken_by: returns what breaks the rule, for the text of the error; a false value if nothing does.
    """

    error: ErrorTemplate
    about: tuple[str, ...]
    broken_by: Callable[[T], object]


def check(rules: Iterable[Rule[T]], judged: T, settings: Mapping[str, Any], note: str = "", **values: object) -> None:
    """Refuse settings that break a rule.

    Args:
        rules: the rules.
        judged: the input of the rules.
        settings: the settings, for the `why` of the error.
        note: is added to the `why` of the error.
        values: values for the text of the error, besides the value that breaks the rule.

    Raises:
        ServiceError: the error of the first rule that is broken.
    """
    for rule in rules:
        value = rule.broken_by(judged)
        if value:
            what = f"{value!r} is refused: " if isinstance(value, str) else ""
            told = ", ".join(_told(settings, path) for path in rule.about)
            raise rule.error(f"{what}{told}{note}", value=value, **values)


def at(settings: Mapping[str, Any], path: str, default: Any = None) -> Any:
    """The setting at a path with dots; the default if it is not given."""
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
    """The first value that occurs more than once."""
    return next((value for value, count in Counter(values).items() if count > 1), None)


def _told(settings: Mapping[str, Any], path: str) -> str:
    value = at(settings, path)
    return f"no {path}" if value is None else f"{path}={value!r}"
