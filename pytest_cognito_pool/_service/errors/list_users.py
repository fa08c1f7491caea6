"""Errors of ListUsers."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

FILTER_SYNTAX: Final = ErrorTemplate(
    "InvalidParameterException", "Error while parsing filter.", "observed", "aws-sdk-php#1088"
)
FILTER_ATTRIBUTE: Final = ErrorTemplate(
    "InvalidParameterException",
    "Input fails to satisfy the constraints.",
    "observed",
    "capture of a custom attribute; other unsearchable attributes inferred",
)
ATTRIBUTES_TO_GET: Final = ErrorTemplate(
    "InvalidParameterException",
    "One or more requested attributes do not exist.",
    "observed",
    "public capture of the words; the stop is inferred",
)
