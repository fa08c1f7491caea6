"""Attributes in requests and in replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.errors.attributes import ATTRIBUTE_NULL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from types_boto3_cognito_idp.type_defs import AttributeTypeTypeDef


def from_list(pairs: Iterable[AttributeTypeTypeDef]) -> dict[str, str]:
    """The attributes of a request's Name and Value list; if a name is given twice, the last value counts.

    Raises:
        ServiceError: InvalidParameterException, for a name without a value.
    """
    attributes = {}
    for pair in pairs:
        if "Value" not in pair:
            raise ATTRIBUTE_NULL(f"{pair['Name']!r} has no Value", name=pair["Name"])
        attributes[pair["Name"]] = pair["Value"]
    return attributes


def with_values(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes that have a value. Observed: an empty string deletes one; inferred for a new user."""
    return {name: value for name, value in attributes.items() if value}


def validation_data(request: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the validationData of the PreSignUp event; empty if the request has no ValidationData."""
    return {"validationData": from_list(request["ValidationData"])} if "ValidationData" in request else {}


def to_list(attributes: Mapping[str, str]) -> list[dict[str, str]]:
    """The Name and Value list of a reply."""
    return [{"Name": name, "Value": value} for name, value in attributes.items()]
