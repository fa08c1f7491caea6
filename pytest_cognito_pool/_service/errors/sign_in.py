"""Errors of signing in."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

INCORRECT_PASSWORD: Final = ErrorTemplate(
    "NotAuthorizedException", "Incorrect username or password.", "observed", "localstack#3201"
)
INVALID_ACCESS_TOKEN: Final = ErrorTemplate(
    "NotAuthorizedException", "Invalid Access Token", "observed", "floci-io/floci#2018, of VerifyUserAttribute"
)
USER_NOT_CONFIRMED: Final = ErrorTemplate(
    "UserNotConfirmedException", "User is not confirmed.", "observed", "captures of InitiateAuth"
)
PASSWORD_RESET_REQUIRED: Final = ErrorTemplate(
    "PasswordResetRequiredException",
    "Password reset required for the user",
    "observed",
    "captures of InitiateAuth",
)
