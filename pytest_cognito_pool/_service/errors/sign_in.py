"""Errors of signing in."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

INCORRECT_PASSWORD: Final = ErrorTemplate(
    "NotAuthorizedException", "Incorrect username or password.", "observed", "localstack#3201"
)
PASSWORD_ATTEMPTS_EXCEEDED: Final = ErrorTemplate(
    "NotAuthorizedException",
    "Password attempts exceeded",
    "observed",
    "amazon-cognito-identity-js#506, amplify-js#1234, amplify-js#9614",
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
TEMPORARY_PASSWORD_EXPIRED: Final = ErrorTemplate(
    "NotAuthorizedException",
    "Temporary password has expired and must be reset by an administrator.",
    "observed",
    "public capture",
)
FLOW_OF_OTHER_SIDE: Final = ErrorTemplate(
    "InvalidParameterException",
    "Initiate Auth method not supported.",
    "observed",
    "soto-cognito-authentication-kit#10, aws-doc-sdk-examples#5289",
)
PASSWORD_FLOW_OFF: Final = ErrorTemplate(
    "InvalidParameterException",
    "USER_PASSWORD_AUTH flow not enabled for this client",
    "observed",
    "public capture",
)
ADMIN_FLOW_OFF: Final = ErrorTemplate(
    "InvalidParameterException", "Auth flow not enabled for this client", "observed", "public capture, 2025"
)
FLOW_OFF: Final = ErrorTemplate(
    "InvalidParameterException",
    "{flow} is not enabled for the client.",
    "observed",
    "captures of USER_SRP_AUTH and CUSTOM_AUTH; other flows inferred",
)
CUSTOM_AUTH_WITHOUT_TRIGGER: Final = ErrorTemplate(
    "InvalidParameterException",
    "Custom auth lambda trigger is not configured for the user pool.",
    "observed",
    "public capture",
)
MISSING_PARAMETER: Final = ErrorTemplate(
    "InvalidParameterException",
    "Missing required parameter {name}",
    "observed",
    "aws-sdk-cpp#452, amazon-cognito-identity-js#627, of USERNAME, SRP_A, REFRESH_TOKEN and Session; others inferred",
)
SRP_A_INVALID: Final = ErrorTemplate(
    "InvalidParameterException", "Invalid SRP_A", "inferred", "amazon-cognito-identity-js#356 has the type alone"
)
SESSION_EXPIRED: Final = ErrorTemplate(
    "NotAuthorizedException", "Invalid session for the user, session is expired.", "observed", "public capture"
)
SESSION_USED: Final = ErrorTemplate(
    "NotAuthorizedException",
    "Invalid session for the user, session can only be used once.",
    "observed",
    "public capture",
)
ATTRIBUTE_MISSING: Final = ErrorTemplate(
    "InvalidParameterException", "Invalid attributes given, {name} is missing", "observed", "public capture"
)
ATTRIBUTE_PROVIDED: Final = ErrorTemplate(
    "NotAuthorizedException",
    "Cannot modify an already provided {name}",
    "observed",
    "public capture of email; phone_number inferred",
)
FLAG_IMMUTABLE: Final = ErrorTemplate(
    "NotAuthorizedException",
    "Cannot modify the non-mutable attribute {name}",
    "inferred",
    "the text is observed on challenge responses; the type is not",
)
