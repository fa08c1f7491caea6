"""IAM policies as an author gives them, read and checked."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._service.access.conditions import condition
from pytest_cognito_pool._service.access.policy import Element, Policy, Statement
from pytest_cognito_pool._service.access.policy_text import PolicyError, PolicyText
from pytest_cognito_pool._service.wording import hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_cognito_pool._service.access.conditions import Absence, Condition

    Document = Mapping[str, Any] | str | os.PathLike[str]

_WITH_VARIABLES: Final = "2012-10-17"
# The version of a policy without a Version.
_OLDEST: Final = "2008-10-17"
_KEYS: Final = ("Version", "Id", "Statement")
_STATEMENT_KEYS: Final = (
    "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition",
)  # fmt: skip
_EFFECTS: Final = ("Allow", "Deny")
_FORMS: Final = {
    "Action": ("*", "cognito-idp:AdminConfirmSignUp"),
    "Resource": ("*", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1"),
}


def read(*given: Document) -> Policy:
    """The policy made of all policies of an identity, each given as a dict, as JSON text or as a file.

    Raises:
        UsageError: naming what is wrong with it.
    """
    several = len(given) > 1
    names = [f"policy {place}" if several else "the policy" for place in range(1, len(given) + 1)]
    return Policy([statement for each, name in zip(given, names, strict=True) for statement in _statements(each, name)])


def _statements(given: Document, name: str) -> list[Statement]:
    document, source = _document(given, name)
    _check_keys(document, _KEYS, source)
    # YAML reads a version as a date.
    version = str(document.get("Version", _OLDEST))
    if version not in {_WITH_VARIABLES, _OLDEST}:
        typed = document["Version"]
        raise UsageError(f"{source}: unknown Version {typed!r}; use {_WITH_VARIABLES!r}", typed=typed)
    if "Statement" not in document:
        raise UsageError(f"{source} has no Statement", typed=given)
    statements = document["Statement"]
    rows = [statements] if isinstance(statements, Mapping) else statements
    if not isinstance(rows, (list, tuple)):
        raise UsageError(f"{source}: Statement is {statements!r}, not a list of statements", typed=statements)
    variables = version == _WITH_VARIABLES
    of = "" if name == "the policy" else f" of {name}"
    return [
        _statement(row, f"{source}, statement {place}", f"statement {place}{of}", variables=variables)
        for place, row in enumerate(rows, 1)
    ]


def _document(given: object, name: str) -> tuple[Mapping[str, Any], str]:
    """The document, and what to call it."""
    if isinstance(given, Mapping):
        return _unwrapped(given), name
    if not isinstance(given, (str, os.PathLike)):
        raise UsageError(f"a policy must be a dict, JSON text or a path, not {given!r}", typed=given)
    is_text = isinstance(given, str) and given.lstrip()[:1] in {"{", "["}
    source = name if is_text else f"{name} {os.fspath(given)!r}"
    text = str(given) if is_text else _read(given, source)
    try:
        document = json.loads(text, object_pairs_hook=_object)
    except ValueError as error:
        raise UsageError(f"{source} is not valid JSON: {error}", typed=given) from None
    if not isinstance(document, Mapping):
        raise UsageError(f"{source} is {document!r}, not an object with a Statement", typed=given)
    return _unwrapped(document), source


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object without repeated keys: Python would ignore all but the last of them."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} occurs twice")
        found[key] = value
    return found


def _unwrapped(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The policy inside the output of `aws iam get-policy-version` and `get-role-policy`."""
    version = document.get("PolicyVersion")
    inner = version.get("Document") if isinstance(version, Mapping) else document.get("PolicyDocument")
    return inner if isinstance(inner, Mapping) else document


def _read(path: str | os.PathLike[str], source: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        where = "" if Path(path).is_absolute() else f"; it was looked for in {Path.cwd()}"
        raise UsageError(f"{source} cannot be read: {reason}{where}", typed=path) from None


def _check_keys(row: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for name in row:
        if name in {"Principal", "NotPrincipal"}:
            message = f"{where} has a {name}, which only resource policies have; give an identity policy"
            raise UsageError(message, typed=name)
        if name not in known:
            raise UsageError(f"{where} has no element {name!r}; {hint(name, known)}", typed=name)


def _statement(row: object, where: str, name: str, *, variables: bool) -> Statement:
    if not isinstance(row, Mapping):
        raise UsageError(f"{where} is {row!r}, not an object", typed=row)
    _check_keys(row, _STATEMENT_KEYS, where)
    if "Effect" not in row:
        raise UsageError(f"{where} has no Effect; it is 'Allow' or 'Deny'")
    effect = row["Effect"]
    if effect not in _EFFECTS:
        raise UsageError(f"{where} has the Effect {effect!r}; {hint(effect, _EFFECTS)}", typed=effect)
    sid = f" {row['Sid']!r}" if "Sid" in row else ""
    return Statement(
        f"{name}{sid}",
        effect == "Allow",
        # Actions cannot contain variables.
        _element("Action", row, where, variables=False),
        _element("Resource", row, where, variables=variables),
        _conditions(row.get("Condition", {}), where, variables=variables),
    )


def _element(name: str, row: Mapping[str, Any], where: str, *, variables: bool) -> Element:
    names = [each for each in (name, f"Not{name}") if each in row]
    if len(names) != 1:
        raise UsageError(f"{where} has {' and '.join(names) or f'neither {name} nor Not{name}'}; it needs one of them")
    (found,) = names
    values = _texts(row[found], f"{where}: {found}")
    every, like = _FORMS[name]
    for value in values:
        if value != every and not (value.startswith("arn:") if name == "Resource" else ":" in value):
            raise UsageError(f"{where}: invalid {found} {value!r}; a valid one is {like!r}, or '*'", typed=value)
    return Element(found, [_policy_text(value, f"{where}: {found}", variables=variables) for value in values])


def _policy_text(value: str, where: str, *, variables: bool) -> PolicyText:
    try:
        return PolicyText(value, variables=variables)
    except PolicyError as error:
        raise UsageError(f"{where}: {error}", typed=error.typed) from None


def _texts(value: object, where: str) -> list[str]:
    values: list[Any] = list(value) if isinstance(value, (list, tuple)) else [value]
    if not values:
        raise UsageError(f"{where} is empty", typed=value)
    for each in values:
        if not isinstance(each, str):
            raise UsageError(f"{where} is {each!r}, which is not a string", typed=each)
    return values


def _conditions(given: object, where: str, *, variables: bool) -> list[Condition | Absence]:
    if not isinstance(given, Mapping) or not all(
        isinstance(operator, str) and isinstance(keys, Mapping) and all(isinstance(key, str) for key in keys)
        for operator, keys in given.items()
    ):
        message = f"{where}: Condition is {given!r}; a valid one is {{'StringEquals': {{'aws:username': 'ana'}}}}"
        raise UsageError(message, typed=given)
    found = []
    for operator, keys in given.items():
        for key, value in keys.items():
            scope = f"{where}: Condition {operator} {key}"
            values = [_policy_text(each, scope, variables=variables) for each in _texts(_as_text(value), scope)]
            try:
                found.append(condition(operator, key, values))
            except PolicyError as error:
                raise UsageError(f"{scope}: {error}", typed=error.typed) from None
    return found


def _as_text(value: object) -> object:
    """Convert numbers and booleans, which a policy may contain, to strings."""
    if isinstance(value, (list, tuple)):
        return [_as_text(each) for each in value]
    return json.dumps(value) if isinstance(value, (bool, int, float)) else value
