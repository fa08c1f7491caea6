"""Errors of the attributes in a request."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

EMAIL_FORMAT: Final = ErrorTemplate(
    "InvalidParameterException", "Invalid email address format.", "observed", "public capture"
)
PHONE_FORMAT: Final = ErrorTemplate(
    "InvalidParameterException", "Invalid phone number format.", "inferred", "formed like that for email"
)
ATTRIBUTES_NONCONFORMING: Final = ErrorTemplate(
    "InvalidParameterException", "Attributes did not conform to the schema: {details}", "observed", "public capture"
)
ATTRIBUTE_UNDETERMINED: Final = ErrorTemplate(
    "InvalidParameterException",
    "Attributes did not conform to the schema: Type for attribute {{{name}}} could not be determined",
    "observed",
    "public capture",
)
ATTRIBUTE_UNKNOWN: Final = ErrorTemplate(
    "InvalidParameterException",
    "user.{name}: Attribute does not exist in the schema.\n",
    "observed",
    "public capture of UpdateUserAttributes",
)
ATTRIBUTE_NULL: Final = ErrorTemplate(
    "InvalidParameterException", "Attribute value for {name} must not be null", "observed", "public capture"
)
ATTRIBUTE_IMMUTABLE: Final = ErrorTemplate(
    "InvalidParameterException",
    "user.{name}: Attribute cannot be updated.\n",
    "observed",
    "public capture of its core; prefix and newline inferred",
)
SUB_IMMUTABLE: Final = ErrorTemplate(
    "InvalidParameterException",
    "Cannot modify the non-mutable attribute sub",
    "observed",
    "public capture of the text; the type is inferred",
)
ATTRIBUTE_UNAUTHORIZED: Final = ErrorTemplate(
    "NotAuthorizedException", "A client attempted to write unauthorized attribute", "observed", "public capture"
)
ATTRIBUTE_UNKNOWN_DELETE: Final = ErrorTemplate(
    "InvalidParameterException",
    "Invalid user attributes: user.{name}: Attribute does not exist in the schema.\n",
    "inferred",
    "another fake",
)
ATTRIBUTE_REQUIRED: Final = ErrorTemplate(
    "InvalidParameterException",
    "Invalid user attributes: {name}: Required attribute cannot be deleted.",
    "observed",
    "public capture",
)
