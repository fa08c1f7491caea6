"""The attribute schema of a pool: which attributes its users may have, and which values."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.errors.attributes import (
    ATTRIBUTE_IMMUTABLE,
    ATTRIBUTE_REQUIRED,
    ATTRIBUTE_UNDETERMINED,
    ATTRIBUTE_UNKNOWN,
    ATTRIBUTE_UNKNOWN_DELETE,
    ATTRIBUTES_NONCONFORMING,
    SUB_IMMUTABLE,
)
from pytest_cognito_pool._service.errors.pool_settings import (
    SCHEMA_DUPLICATE,
    SCHEMA_LENGTHS,
    SCHEMA_LIMIT,
    SCHEMA_NAME,
    SCHEMA_REQUIRED_CUSTOM,
    SCHEMA_STANDARD,
    SCHEMA_TWICE,
    SCHEMA_TYPE,
    SCHEMA_VALUES,
)
from pytest_cognito_pool._service.user.addresses import check_addresses
from pytest_cognito_pool._service.user.attributes import with_values

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)", re.ASCII)
_LIMITS: Final = ("StringAttributeConstraints", "NumberAttributeConstraints")
LONGEST: Final = 2048


def _string(name: str, least: str = "0", most: str = str(LONGEST)) -> dict[str, Any]:
    return _plain(name, "String", StringAttributeConstraints={"MinLength": least, "MaxLength": most})


def _plain(name: str, data_type: str, **constraints: dict[str, str]) -> dict[str, Any]:
    return {
        "Name": name,
        "AttributeDataType": data_type,
        "DeveloperOnlyAttribute": False,
        "Mutable": True,
        "Required": False,
        **constraints,
    }


# Observed: the SchemaAttributes of a recorded CreateUserPool reply, 2024-12.
STANDARD: Final[Mapping[str, dict[str, Any]]] = {
    row["Name"]: row
    for row in (
        {**_string("sub", "1"), "Mutable": False, "Required": True},
        *map(_string, ("name", "given_name", "family_name", "middle_name", "nickname", "preferred_username")),
        *map(_string, ("profile", "picture", "website", "email")),
        _plain("email_verified", "Boolean"),
        _string("gender"),
        _string("birthdate", "10", "10"),
        *map(_string, ("zoneinfo", "locale", "phone_number")),
        _plain("phone_number_verified", "Boolean"),
        _string("address"),
        _plain("updated_at", "Number", NumberAttributeConstraints={"MinValue": "0"}),
    )
}


class Schema:
    """The attributes the users of one pool may have."""

    def __init__(self, given: Iterable[Mapping[str, Any]] = ()) -> None:
        rows: dict[str, dict[str, Any]] = dict(STANDARD)
        for row in given:
            name = row.get("Name", "")
            if name in STANDARD:
                rows[name] = _adjusted(row, STANDARD[name])
            else:
                _add_custom(rows, row, SCHEMA_TWICE)
        # Replaced, never changed in place: other threads may read it meanwhile.
        self._rows = rows

    def describe(self) -> list[dict[str, Any]]:
        """The rows as DescribeUserPool prints them."""
        return list(self._rows.values())

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The attributes that every user must have, apart from the sub; custom attributes cannot be required."""
        return tuple(name for name, row in self._rows.items() if row["Required"] and name != "sub")

    @property
    def names(self) -> tuple[str, ...]:
        """Every attribute's name, custom ones with their prefix."""
        return tuple(self._rows)

    def check_new(self, attributes: Mapping[str, str], *, required: bool) -> None:
        """Refuse the attributes of a user who is about to be created.

        Raises:
            ServiceError: InvalidParameterException.
        """
        for name in attributes:
            if name == "sub":
                raise SUB_IMMUTABLE("the service sets the sub")
            if name not in self._rows:
                raise ATTRIBUTE_UNDETERMINED(self._known(), name=name)
        missing = [name for name in self.required if required and not attributes.get(name)]
        if missing:
            details = "\n".join(f"{name}: The attribute is required" for name in missing)
            raise ATTRIBUTES_NONCONFORMING(f"the pool's schema requires {missing}", details=details)
        self._check_values(with_values(attributes))

    def check_update(self, attributes: Mapping[str, str], first: Container[str] = ()) -> None:
        """Refuse attributes that an existing user cannot be given.

        Args:
            attributes: the attributes.
            first: immutable attributes that may be given because the user has no value yet.

        Raises:
            ServiceError: InvalidParameterException.
        """
        for name in attributes:
            if name not in self._rows:
                raise ATTRIBUTE_UNKNOWN(self._known(), name=name)
            if not self._rows[name]["Mutable"] and name not in first:
                raise ATTRIBUTE_IMMUTABLE(f"{name!r} has Mutable=False in the pool's schema", name=name)
        self._check_values(with_values(attributes))

    def check_delete(self, names: Iterable[str]) -> None:
        """Refuse attributes that cannot be deleted.

        Raises:
            ServiceError: InvalidParameterException.
        """
        for name in names:
            if name not in self._rows:
                raise ATTRIBUTE_UNKNOWN_DELETE(self._known(), name=name)
            if self._rows[name]["Required"]:
                raise ATTRIBUTE_REQUIRED(f"{name!r} has Required=True in the pool's schema", name=name)
            if not self._rows[name]["Mutable"]:
                raise ATTRIBUTE_IMMUTABLE(f"{name!r} has Mutable=False in the pool's schema", name=name)

    def add_custom(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add custom attributes, all of them or none.

        Raises:
            ServiceError: InvalidParameterException.
        """
        extended = dict(self._rows)
        for row in rows:
            _add_custom(extended, row, SCHEMA_DUPLICATE)
        self._rows = extended

    def _known(self) -> str:
        own = [name for name in self._rows if name not in STANDARD]
        return f"the pool's schema has the standard attributes and {own or 'no other'}"

    def _check_values(self, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            broken = _nonconforming(value, self._rows[name])
            if broken:
                raise ATTRIBUTES_NONCONFORMING(f"{name!r} is {value!r}", details=f"{name}: {broken}")
        check_addresses(attributes)


def _add_custom(rows: dict[str, dict[str, Any]], row: Mapping[str, Any], exists: ErrorTemplate) -> None:
    if not row.get("Name"):
        raise SCHEMA_NAME(f"{row} has no Name")
    full = ("dev:" if row.get("DeveloperOnlyAttribute") else "") + f"custom:{row['Name']}"
    if full in rows:
        raise exists(name=full)
    rows[full] = _custom(full, row)


def _adjusted(row: Mapping[str, Any], standard: Mapping[str, Any]) -> dict[str, Any]:
    name = standard["Name"]
    if row.get("AttributeDataType", standard["AttributeDataType"]) != standard["AttributeDataType"]:
        raise SCHEMA_STANDARD(name=name)
    if row.get("DeveloperOnlyAttribute"):
        raise SCHEMA_STANDARD(name=name)
    _check_constraints(name, row)
    # Inferred: a limit that is left out stays.
    limits = {kind: {**standard.get(kind, {}), **row[kind]} for kind in _LIMITS if kind in row}
    return {**standard, **row, **limits}


def _custom(full: str, row: Mapping[str, Any]) -> dict[str, Any]:
    data_type = row.get("AttributeDataType")
    if data_type is None:
        raise SCHEMA_TYPE(f"{full!r} has no AttributeDataType")
    if row.get("Required"):
        raise SCHEMA_REQUIRED_CUSTOM(f"{full!r} has Required=True")
    _check_constraints(full, row)
    constraints = {"String": "StringAttributeConstraints", "Number": "NumberAttributeConstraints"}.get(data_type)
    return {
        "Name": full,
        "AttributeDataType": data_type,
        "DeveloperOnlyAttribute": row.get("DeveloperOnlyAttribute", False),
        "Mutable": row.get("Mutable", True),
        "Required": False,
        **({constraints: dict(row.get(constraints, {}))} if constraints else {}),
    }


def _check_constraints(name: str, row: Mapping[str, Any]) -> None:
    limits = row.get("NumberAttributeConstraints", {})
    lengths = row.get("StringAttributeConstraints", {})
    for limit in (*limits.values(), *lengths.values()):
        if not _NUMBER.fullmatch(limit):
            raise SCHEMA_LIMIT(f"{name!r} has the limits {[*limits.values(), *lengths.values()]}", name=name)
    least, most = _lengths(row)
    if most < least:
        raise SCHEMA_LENGTHS(name=name)
    if float(limits.get("MinValue", "-inf")) > float(limits.get("MaxValue", "inf")):
        raise SCHEMA_VALUES(name=name)


def _nonconforming(value: str, row: Mapping[str, Any]) -> str:
    """What is wrong with the value; the wording of all four is inferred."""
    data_type = row["AttributeDataType"]
    if data_type == "Boolean":
        return "" if value.lower() in {"true", "false"} else "Boolean attribute must be true or false"
    if data_type == "DateTime":
        return ""
    if data_type == "Number":
        return _number_nonconforming(value, row.get("NumberAttributeConstraints", {}))
    least, most = _lengths(row)
    return "" if least <= len(value) <= most else f"String length must be between {least:g} and {most:g}"


def _number_nonconforming(value: str, constraints: Mapping[str, str]) -> str:
    if not _NUMBER.fullmatch(value):
        return "Number attribute must be numeric"
    number = float(value)
    least, most = constraints.get("MinValue"), constraints.get("MaxValue")
    within = (least is None or number >= float(least)) and (most is None or number <= float(most))
    return "" if within else f"Number must be between {least} and {most}"


def _lengths(row: Mapping[str, Any]) -> tuple[float, float]:
    """The least and the greatest length, which are strings in the API."""
    constraints = row.get("StringAttributeConstraints", {})
    return float(constraints.get("MinLength", 0)), float(constraints.get("MaxLength", LONGEST))
