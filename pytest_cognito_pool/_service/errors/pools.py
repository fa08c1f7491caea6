"""Errors of user pools as a whole."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

POOL_NOT_FOUND: Final = ErrorTemplate(
    "ResourceNotFoundException", "User pool {id} does not exist.", "observed", "aws-sdk-go#2436"
)
POOL_PROTECTED: Final = ErrorTemplate(
    "InvalidParameterException",
    "The user pool cannot be deleted because deletion protection is activated. "
    "Deletion protection must be inactivated first.",
    "observed",
    "live report of 2026-09-13, with the type",
)
BAD_PAGE_TOKEN: Final = ErrorTemplate(
    "InvalidParameterException", "Invalid pagination token.", "inferred", "no capture"
)
