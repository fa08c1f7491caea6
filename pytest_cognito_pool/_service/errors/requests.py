"""Errors of requests that cannot be read or are not signed."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

SERIALIZATION: Final = ErrorTemplate("SerializationException", None, "observed", "amplify-js#6014")
SERIALIZATION_TEXT: Final = ErrorTemplate(
    "SerializationException", "{text}", "observed", "amplify-js#4738, amplify-js#5165"
)
NOT_UNDERSTOOD: Final = ErrorTemplate(
    "BadRequest",
    "The server did not understand the operation that was requested.",
    "observed",
    "amazon-cognito-js#64",
    404,
)
WRONG_CONTENT_TYPE: Final = ErrorTemplate(
    "UnknownOperationException", None, "inferred", "another service of the framework", 404
)
UNKNOWN_OPERATION: Final = ErrorTemplate(
    "UnknownOperationException", None, "inferred", "another service of the framework"
)
MISSING_TOKEN: Final = ErrorTemplate(
    "MissingAuthenticationTokenException",
    "Missing Authentication Token",
    "observed",
    "text: aws-aspnet-cognito-identity-provider#66, #155; type and status inferred",
)
VALIDATION: Final = ErrorTemplate(
    "InvalidParameterException", "{count} validation error{s} detected: {violations}", "observed", "anomalyco/guide#127"
)
