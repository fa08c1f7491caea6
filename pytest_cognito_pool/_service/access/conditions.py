"""The condition operators of IAM policies that can apply to requests to Cognito."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service.access.policy_text import KEYS_NOT_SIMULATED, PolicyError
from pytest_cognito_pool._service.wording import hint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_cognito_pool._service.access.policy_text import Keys, PolicyText

# Tests a value of the request against a value of the policy.
Test = Callable[[str, "Keys"], bool]

_FOR_ALL: Final = "ForAllValues:"
_FOR_ANY: Final = "ForAnyValue:"
_IF_EXISTS: Final = "IfExists"
# A request that stays in the process has no address, and no condition key that Cognito supports is binary.
_NOT_SIMULATED: Final = frozenset({"BinaryEquals", "IpAddress", "NotIpAddress"})
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
# Four digits are a year.
_SECONDS: Final = re.compile(r"\d{5,}", re.ASCII)
_DATE: Final = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?", re.ASCII
)


def _equals(wanted: PolicyText) -> Test:
    return wanted.equals


def _equals_ignoring_case(wanted: PolicyText) -> Test:
    return lambda value, keys: wanted.equals(value, keys, ignore_case=True)


def _like(wanted: PolicyText) -> Test:
    return wanted.is_like


def _arn_like(wanted: PolicyText) -> Test:
    parts = wanted.arn_parts()

    def test(value: str, keys: Keys) -> bool:
        values = value.split(":", len(parts) - 1)
        return len(values) == len(parts) and all(
            part.is_like(each, keys) for part, each in zip(parts, values, strict=True)
        )

    return test


def _bool(wanted: PolicyText) -> Test:
    expected = _truth(wanted.text)
    return lambda value, _keys: value.lower() == expected


def _truth(text: str) -> str:
    if text.lower() not in {"true", "false"}:
        raise PolicyError(f"{text!r} is neither 'true' nor 'false'", text)
    return text.lower()


def _compared(compare: Callable[[float, float], bool], number: Callable[[str], float]) -> Callable[[PolicyText], Test]:
    def made(wanted: PolicyText) -> Test:
        limit = number(wanted.text)

        def test(value: str, _keys: Keys) -> bool:
            try:
                return compare(number(value), limit)
            except PolicyError:
                return False

        return test

    return made


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise PolicyError(f"{text!r} is not a number", text)
    return float(text)


def _date(text: str) -> float:
    """Seconds since the epoch, from a date in the W3C's format or from such seconds."""
    if _SECONDS.fullmatch(text):
        return float(text)
    form = _DATE.fullmatch(text)
    year, month, day, time, zone = form.groups() if form else [""] * 5
    try:
        date = datetime.fromisoformat(f"{year}-{month or '01'}-{day or '01'}T{time or '00:00'}{_offset(zone)}")
    except ValueError:
        raise PolicyError(f"{text!r} is not a date, for example '2026-01-31T00:00:00Z'", text) from None
    return date.timestamp()


def _offset(zone: str | None) -> str:
    """The zone in a form that every Python version reads."""
    return "+00:00" if zone in {None, "Z"} else str(zone)


_ORDERS: Final = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}
_TESTS: Final[Mapping[str, Callable[[PolicyText], Test]]] = {
    "StringEquals": _equals,
    "StringEqualsIgnoreCase": _equals_ignoring_case,
    "StringLike": _like,
    "ArnEquals": _arn_like,
    "ArnLike": _arn_like,
    "Bool": _bool,
    **{f"Numeric{order}": _compared(compare, _number) for order, compare in _ORDERS.items()},
    **{f"Date{order}": _compared(compare, _date) for order, compare in _ORDERS.items()},
}
_NEGATED: Final[Mapping[str, str]] = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
}


class Condition(NamedTuple):
    """One operator over one key.

    Attributes:
        key: the condition key, in lower case.
        shown: the operator and the key, as the policy has them.
        tests: one for each value of the policy; one that passes is enough.
        negated: whether the condition holds only if none of them passes.
        quantifier: `ForAllValues:`, `ForAnyValue:` or empty.
        if_exists: whether a request without the key passes.
    """

    key: str
    shown: str
    tests: Sequence[Test]
    negated: bool
    quantifier: str
    if_exists: bool

    def holds(self, keys: Keys) -> bool:
        """Whether it holds for a request with these keys."""
        values = keys.get(self.key)
        if not values:
            absent_will_do = self.if_exists or self.quantifier == _FOR_ALL
            return absent_will_do or (self.negated and self.quantifier != _FOR_ANY)
        passed = [any(test(value, keys) for test in self.tests) is not self.negated for value in values]
        if self.quantifier:
            return all(passed) if self.quantifier == _FOR_ALL else any(passed)
        # If a key has several values, one match is enough; with a negated operator, no value may match.
        return all(passed) if self.negated else any(passed)


class Absence(NamedTuple):
    """The operator Null: whether a request must be without a key.

    Attributes:
        absent: `true` if the key must be absent, `false` if it must be present; one match is enough.
    """

    key: str
    shown: str
    absent: Sequence[str]

    def holds(self, keys: Keys) -> bool:
        """Whether it holds for a request with these keys."""
        return ("false" if keys.get(self.key) else "true") in self.absent


def condition(name: str, key: str, values: Sequence[PolicyText]) -> Condition | Absence:
    """A condition of a policy.

    Raises:
        PolicyError: for an unknown operator, for an operator or a key that is not simulated, and for a value that the
            operator cannot take.
    """
    shown = f"{name} {key}"
    if key.lower() in KEYS_NOT_SIMULATED:
        raise PolicyError(f"the condition key {key!r} is not simulated by pytest-cognito-pool", key)
    if name == "Null":
        return Absence(key.lower(), shown, [_truth(value.text) for value in values])
    quantifier = next((each for each in (_FOR_ALL, _FOR_ANY) if name.startswith(each)), "")
    plain = name.removeprefix(quantifier).removesuffix(_IF_EXISTS)
    if plain == "Null":
        raise PolicyError("the condition operator Null takes neither IfExists nor a quantifier", name)
    if plain in _NOT_SIMULATED:
        raise PolicyError(f"the condition operator {plain!r} is not simulated by pytest-cognito-pool", name)
    made = _TESTS.get(_NEGATED.get(plain, plain))
    if made is None:
        there_are = hint(plain, sorted({*_TESTS, *_NEGATED, "Null"}))
        raise PolicyError(f"unknown condition operator {plain!r}; {there_are}", name)
    tests = [made(value) for value in values]
    return Condition(key.lower(), shown, tests, plain in _NEGATED, quantifier, name.endswith(_IF_EXISTS))
