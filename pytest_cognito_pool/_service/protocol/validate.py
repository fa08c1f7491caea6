"""Read requests against the service model, and refuse them with the service's own texts.

One reader is built for each shape, at its first use. It checks the JSON type of a value and notes every constraint that
the value violates. A wrong type is refused at once (SerializationException), so it wins over constraints.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, cast

from pytest_cognito_pool._service.errors.requests import SERIALIZATION, SERIALIZATION_TEXT, VALIDATION
from pytest_cognito_pool._service.protocol import model, printed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from botocore.model import ListShape, MapShape, Shape, StringShape

    from pytest_cognito_pool._service.errors.service_error import ServiceError

    # A violated constraint: the path of the member, and the text.
    Violation = tuple[str, str]
    # A reader is given the value, the path of the member and the violations found so far; it returns the value
    # without the parts that the service ignores: unknown members and optional members that are null.
    Reader = Callable[[object, str, "list[Violation]"], object]
    Match = Callable[[str], object]

# Documented values that the model's lists lack.
_UNLISTED: Final = frozenset({"ALLOW_CLIENT_TOKEN_AUTH"})
# Observed: the order in which the service prints the values; it is neither the model's nor alphabetical.
_ENUM_ORDER: Final[Mapping[str, Sequence[str]]] = {
    "AccountTakeoverEventActionType": ("MFA_IF_CONFIGURED", "BLOCK", "NO_ACTION", "MFA_REQUIRED"),
    "EventFilterType": ("SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"),
    "IdentityProviderTypeType": ("Facebook", "SAML", "SignInWithApple", "LoginWithAmazon", "OIDC", "Google"),
}
# Observed: patterns that differ from the model, as they are printed and as they are matched. The pattern of a domain
# is not checked here, because names of custom domains have dots.
_PATTERNS: Final[Mapping[str, tuple[str, str]]] = {
    "DomainType": ("", ""),
    "SmsVerificationMessageType": (r"(?s).*\{####\}(?s).*", r"[\s\S]*\{####\}[\s\S]*"),
}
# Members that a request needs although the model does not say so (inferred: without them it has no subject).
_REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "UpdateManagedLoginBrandingRequest": ("UserPoolId", "ManagedLoginBrandingId"),
}
# Elements of these types have their own violations, each with its path.
_NESTED: Final = frozenset({"structure", "list", "map"})
_JAVA_CLASSES: Final = {r"\s": r" \t\n\r\f\v"}
# The ASCII part of the Unicode classes; the model has these classes only inside brackets.
_ASCII_CLASSES: Final = {
    r"\p{L}": "A-Za-z",
    r"\p{M}": "",
    r"\p{N}": "0-9",
    r"\p{P}": r"!-#%-*,-/:;?@\[-\]_{}",
    r"\p{S}": r"$+<=>\^`|~",
    r"\p{Z}": " ",
}
# A run is a class of characters or a dot, repeated: `[\w-]*`, `.+`. Literals match themselves: `\{##`, `@`.
_RUN: Final = r"((?:\.|\[(?:\\.|[^\\\]])+\])[*+])"
_LITERAL: Final = r"(?:\\\W|[^\\()\[\]{}.*+?^$|])+"
# A run, then once or more: literals and the same run.
_DIVIDED: Final = re.compile(rf"{_RUN}(?:{_LITERAL}\1)+")
_ESCAPED: Final = re.compile(r"\\(.)")


def request(operation: str, body: dict[str, object]) -> dict[str, object]:
    """The request without the parts that the service ignores.

    Raises:
        ServiceError: SerializationException for a wrong type, InvalidParameterException for violated constraints.
    """
    shape = model.operation(operation).input_shape
    violations: list[Violation] = []
    read = reader(shape)(body, "", violations) if shape else {}
    if violations:
        raise VALIDATION(
            "",
            count=len(violations),
            s="" if len(violations) == 1 else "s",
            # Observed in one case: by the names of the members, not in the order of the model.
            violations="; ".join(text for _, text in sorted(violations, key=itemgetter(0))),
        )
    return cast("dict[str, object]", read)


@cache
def matcher(pattern: str) -> Match:
    r"""A function that says whether a whole string matches a pattern of the model.

    The model's patterns are Java's: `\p{..}` is Unicode, `\w \d \s \S` are ASCII. Python's `re` does not know
    `\p{..}`. `regex` does, but importing it takes as long as the rest of a call, so ASCII strings are left to `re`.
    """
    return _divided(pattern) or _compiled(pattern)


def _divided(pattern: str) -> Match | None:
    r"""A matcher for literals with characters of one class around them; None for a pattern of another form.

    A regex engine tries every way to divide a string that does not match: `C*\{##C*##\}C*` takes cubic time.
    """
    form = _DIVIDED.fullmatch(pattern)
    if not form:
        return None
    run = form[1]
    literals = [_ESCAPED.sub(r"\1", part) for part in pattern.split(run)[1:-1]]
    is_of_class = _compiled(run)
    if not all(map(is_of_class, literals)):
        return None
    least = 1 if run.endswith("+") else 0
    return lambda text: is_of_class(text) and _has_in_order(text, literals, least)


def _has_in_order(text: str, literals: list[str], least: int) -> bool:
    """Whether a string has the literals one after another, with at least `least` characters around each."""
    end = least
    for literal in literals:
        start = text.find(literal, end)
        if start < 0:
            return False
        end = start + len(literal) + least
    return end <= len(text)


def _compiled(pattern: str) -> Match:
    if r"\p" not in pattern:
        return re.compile(pattern, re.ASCII).fullmatch
    plain = re.compile(_rewritten(pattern, _ASCII_CLASSES), re.ASCII).fullmatch
    return lambda text: plain(text) if text.isascii() else _unicode(pattern)(text)


@cache
def _unicode(pattern: str) -> Match:
    import regex

    return cast("Match", regex.compile(_rewritten(pattern, _JAVA_CLASSES)).fullmatch)


def _rewritten(pattern: str, classes: Mapping[str, str]) -> str:
    for written, meant in classes.items():
        pattern = pattern.replace(written, meant)
    return pattern


def reader(shape: Shape) -> Reader:
    """The reader of a shape."""
    return _built(shape.name)


@cache
def _built(name: str) -> Reader:
    shape = model.shape(name)
    return _BUILDERS[shape.type_name](shape)


def _structure(shape: Shape) -> Reader:
    members: Mapping[str, Shape] = model.members(shape)
    if shape.metadata.get("document"):
        return _anything
    required = frozenset(_REQUIRED.get(shape.name) or shape.metadata.get("required", ()))
    # A reader is built when its member is first sent: most members of most requests never are.
    known = {name: (member, printed.name(name)) for name, member in members.items()}

    def read(value: object, path: str, violations: list[Violation]) -> object:
        if not isinstance(value, dict):
            raise _wrong_type(value, "structure")
        result: dict[str, object] = {}
        for name, (member, lowered) in known.items():
            sent = value.get(name)
            if sent is None and name not in required:
                continue
            where = f"{path}.{lowered}" if path else lowered
            if sent is None:
                violations.extend(_missing(member, where))
            else:
                result[name] = reader(member)(sent, where, violations)
        return result

    return read


def _missing(shape: Shape, path: str) -> list[Violation]:
    """An omitted number is read as 0; anything else is reported as null."""
    if shape.type_name == "integer":
        return [_violation(shape, path, 0, text) for text in _constraints(shape)(0)]
    return [_violation(shape, path, None, "Member must not be null")]


def _list(shape: Shape) -> Reader:
    member = cast("ListShape", shape).member
    constraints = _constraints(shape)
    broken_by = None if member.type_name in _NESTED else _elements(member)

    def read(value: object, path: str, violations: list[Violation]) -> object:
        if not isinstance(value, list):
            raise _wrong_type(value, "list")
        violations.extend(_violation(shape, path, value, text) for text in constraints(len(value)))
        if broken_by is None:
            # Observed: an element that is null is reported for the list as a whole.
            if None in value:
                text = "Member must satisfy constraint: [Member must not be null]"
                violations.append(_violation(shape, path, value, text))
            each = reader(member)
            return [
                item if item is None else each(item, f"{path}.{place}.member", violations)
                for place, item in enumerate(value, 1)
            ]
        broken = broken_by(value)
        if broken:
            violations.append(_violation(shape, path, value, f"Member must satisfy constraint: [{', '.join(broken)}]"))
        return value

    return read


def _map(shape: Shape) -> Reader:
    key, item = cast("MapShape", shape).key, cast("MapShape", shape).value
    constraints = _constraints(shape)
    parts = [
        (word, _elements(part)) for part, word in ((key, "keys"), (item, "value")) if part.type_name not in _NESTED
    ]

    def read(value: object, path: str, violations: list[Violation]) -> object:
        if not isinstance(value, dict):
            raise _wrong_type(value, "map")
        violations.extend(_violation(shape, path, value, text) for text in constraints(len(value)))
        for word, broken_by in parts:
            broken = broken_by(value.keys() if word == "keys" else value.values())
            if broken:
                text = f"Map {word} must satisfy constraint: [{', '.join(broken)}]"
                violations.append(_violation(shape, path, value, text))
        return _read_values(item, value, path, violations) if item.type_name in _NESTED else value

    return read


def _read_values(shape: Shape, value: dict[str, object], path: str, violations: list[Violation]) -> dict[str, object]:
    each = reader(shape)
    # Inferred: the path is formed like a list's, with the key for the place; no capture has one.
    read: dict[str, object] = {}
    for name, item in value.items():
        where = f"{path}.{name}.member"
        if item is None:
            violations.extend(_missing(shape, where))
        read[name] = item if item is None else each(item, where, violations)
    return read


def _elements(shape: Shape) -> Callable[[object], list[str]]:
    """A function from the elements of a list or map to the texts of all their constraints, if any is violated."""
    texts, constraints, is_string = [*_texts(shape).values()], _constraints(shape), shape.type_name == "string"

    def check(values: object) -> list[str]:
        is_null = is_broken = False
        for value in cast("list[object]", values):
            if value is None:
                is_null = True
                continue
            if not (is_string and isinstance(value, str)):
                reader(shape)(value, "", [])
            is_broken = is_broken or bool(constraints(value))
        # Observed: an element that is null adds only this text.
        return [*(texts if is_broken else ()), *(["Member must not be null"] if is_null else [])]

    return check


def _string(shape: Shape) -> Reader:
    constraints = _constraints(shape)

    def read(value: object, path: str, violations: list[Violation]) -> object:
        if not isinstance(value, str):
            raise _wrong_type(value, "String")
        broken = constraints(value)
        if broken:
            violations.extend(_violation(shape, path, value, text) for text in broken)
        return value

    return read


def _number(shape: Shape) -> Reader:
    constraints = _constraints(shape)
    name = "Integer" if shape.type_name == "integer" else "Long"

    def read(value: object, path: str, violations: list[Violation]) -> object:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _wrong_type(value, name)
        violations.extend(_violation(shape, path, value, text) for text in constraints(value))
        return value

    return read


def _boolean(_shape: Shape) -> Reader:
    def read(value: object, _path: str, _violations: list[Violation]) -> object:
        # Observed: a string is accepted ("yes", which counted as true); inferred: "false" is not true.
        if isinstance(value, str):
            return value.lower() != "false"
        if not isinstance(value, bool):
            raise _wrong_type(value, "Boolean")
        return value

    return read


def _timestamp(_shape: Shape) -> Reader:
    def read(value: object, _path: str, _violations: list[Violation]) -> object:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise _wrong_type(value, "Timestamp")
        return value

    return read


def _blob(shape: Shape) -> Reader:
    constraints = _constraints(shape)

    def read(value: object, path: str, violations: list[Violation]) -> object:
        if not isinstance(value, str):
            raise _wrong_type(value, "Blob")
        try:
            decoded = base64.b64decode(value, validate=True)
        except ValueError as error:
            raise SERIALIZATION("a blob must be base64") from error
        violations.extend(_violation(shape, path, decoded, text) for text in constraints(len(decoded)))
        return decoded

    return read


def _anything(value: object, _path: str, _violations: list[Violation]) -> object:
    return value


_BUILDERS: Final[dict[str, Callable[[Shape], Reader]]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "string": _string,
    "integer": _number,
    "long": _number,
    "boolean": _boolean,
    "timestamp": _timestamp,
    "blob": _blob,
}


def _texts(shape: Shape) -> dict[str, str]:
    """The text of each constraint of a shape, by its name in the model."""
    metadata = shape.metadata
    have = "value" if shape.type_name in {"integer", "long"} else "length"
    enum = _enum(shape)
    texts = {
        "max": f"Member must have {have} less than or equal to {metadata.get('max')}",
        "min": f"Member must have {have} greater than or equal to {metadata.get('min')}",
        "pattern": f"Member must satisfy regular expression pattern: {_patterns(shape)[0]}",
        "enum": f"Member must satisfy enum value set: [{', '.join(_ENUM_ORDER.get(shape.name, enum))}]",
    }
    has = {name for name in ("max", "min", "pattern") if metadata.get(name) is not None} | ({"enum"} if enum else set())
    return {name: text for name, text in texts.items() if name in has}


def _patterns(shape: Shape) -> tuple[str, str]:
    """The pattern of a shape as it is printed and as it is matched; empty if it has none."""
    pattern = shape.metadata.get("pattern", "")
    return _PATTERNS.get(shape.name, (pattern, pattern))


def _enum(shape: Shape) -> list[str]:
    return cast("StringShape", shape).enum if shape.type_name == "string" else []


def _constraints(shape: Shape) -> Callable[[object], list[str]]:
    """A function from a value (of a list, map or blob: its length) to the texts of the constraints it violates."""
    texts, enum = _texts(shape), _enum(shape)
    if not texts:
        return _satisfied
    least, most = (shape.metadata.get(name) for name in ("min", "max"))
    pattern = _patterns(shape)[1]

    def check(value: object) -> list[str]:
        size = cast("int", len(value) if isinstance(value, str) else value)
        broken: list[str] = []
        if most is not None and size > most:
            broken.append(texts["max"])
        if least is not None and size < least:
            broken.append(texts["min"])
        if pattern and not matcher(pattern)(cast("str", value)):
            broken.append(texts["pattern"])
        if enum and value not in enum and value not in _UNLISTED:
            broken.append(texts["enum"])
        return broken

    return check


def _satisfied(_value: object) -> list[str]:
    return []


def _violation(shape: Shape, path: str, value: object, text: str) -> Violation:
    shown = "" if printed.is_masked(shape) else " null" if value is None else f" '{printed.value(shape, value)}'"
    return path, f"Value{shown} at '{path}' failed to satisfy constraint: {text}"


def _wrong_type(value: object, expected: str) -> ServiceError:
    why = f"a JSON {type(value).__name__} was sent where the model has a {expected}"
    return SERIALIZATION_TEXT(why, text=_mismatch(value, expected))


def _mismatch(value: object, expected: str) -> str:
    # "Expected map or null" and "Start of structure or map ..." are observed; the others are formed like them.
    if isinstance(value, dict):
        return "Start of structure or map found where not expected."
    if isinstance(value, list):
        return "Start of list found where not expected"
    if expected == "structure" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return "Unexpected value type in payload"
    if expected in {"structure", "list", "map"}:
        return f"Expected {expected} or null"
    if isinstance(value, bool):
        token = "TRUE_VALUE" if value else "FALSE_VALUE"
    else:
        token = "STRING_VALUE" if isinstance(value, str) else "NUMBER_VALUE"
    return f"{token} can not be converted to {'an' if expected == 'Integer' else 'a'} {expected}"
