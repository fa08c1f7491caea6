"""Every error that an operation can be made to answer with, and its default text."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.errors.app_clients import CLIENT_NOT_FOUND
from pytest_cognito_pool._service.errors.common import (
    ACCESS_DENIED,
    EXPIRED_TOKEN,
    INCOMPLETE_SIGNATURE,
    INTERNAL_ERROR,
    INTERNAL_FAILURE,
    INVALID_SIGNATURE,
    OPT_IN_REQUIRED,
    REQUEST_EXPIRED,
    SERVICE_UNAVAILABLE,
    THROTTLING,
    TOO_MANY_REQUESTS,
    UNRECOGNIZED_CLIENT,
    VALIDATION_ERROR,
)
from pytest_cognito_pool._service.errors.groups import GROUP_EXISTS
from pytest_cognito_pool._service.errors.lambda_functions import LAMBDA_NO_JSON, LAMBDA_NOT_INVOKED, LAMBDA_RAISED
from pytest_cognito_pool._service.errors.passwords import (
    PASSWORD_CHANGED,
    PASSWORD_SET,
    PASSWORD_SIGN_UP,
    PASSWORD_TEMPORARY,
    PASSWORD_USED_BEFORE,
)
from pytest_cognito_pool._service.errors.pools import POOL_NOT_FOUND
from pytest_cognito_pool._service.errors.requests import MISSING_TOKEN, SERIALIZATION, UNKNOWN_OPERATION
from pytest_cognito_pool._service.errors.service_error import ErrorTemplate, ServiceError
from pytest_cognito_pool._service.errors.sign_in import (
    INCORRECT_PASSWORD,
    PASSWORD_RESET_REQUIRED,
    USER_NOT_CONFIRMED,
)
from pytest_cognito_pool._service.errors.tokens import (
    ACCESS_TOKEN_INVALID,
    CLIENT_SECRET_WRONG,
    REFRESH_TOKEN_INVALID,
    REFRESH_TOKEN_REUSED,
    REVOCATION_OF_OTHERS,
    REVOCATION_OFF,
    REVOCATION_UNAUTHORIZED,
)
from pytest_cognito_pool._service.errors.users import (
    ALIAS_EXISTS,
    ALIAS_EXISTS_CONFIRM,
    ATTEMPT_LIMIT,
    CANNOT_BE_CONFIRMED,
    CLIENT_USER_NOT_FOUND,
    CODE_EXPIRED,
    CODE_MISMATCH,
    CODE_NOT_DELIVERED,
    RESEND_NOT_POSSIBLE,
    RESET_NOT_POSSIBLE,
    RESET_NOWHERE,
    SIGN_UP_NOT_PERMITTED,
    TOO_MANY_FAILED_ATTEMPTS,
    USER_DISABLED,
    USER_NOT_FOUND,
    USERNAME_EXISTS_ADMIN,
    USERNAME_EXISTS_SIGN_UP,
)
from pytest_cognito_pool._service.protocol import model

if TYPE_CHECKING:
    from collections.abc import Mapping


# Errors that any AWS service can answer with; a service model lists only an operation's own errors.
COMMON: Final[Mapping[str, ErrorTemplate]] = MappingProxyType(
    {
        row.code: row
        for row in (
            ACCESS_DENIED, EXPIRED_TOKEN, INCOMPLETE_SIGNATURE, INTERNAL_FAILURE, INVALID_SIGNATURE,
            MISSING_TOKEN, OPT_IN_REQUIRED, REQUEST_EXPIRED, SERIALIZATION, SERVICE_UNAVAILABLE,
            THROTTLING, UNKNOWN_OPERATION, UNRECOGNIZED_CLIENT, VALIDATION_ERROR,
        )
    }
)  # fmt: skip
# The errors of operations that need a signature.
_OF_SIGNATURES: Final = frozenset(
    row.code
    for row in (
        ACCESS_DENIED, EXPIRED_TOKEN, INCOMPLETE_SIGNATURE, INVALID_SIGNATURE, MISSING_TOKEN, OPT_IN_REQUIRED,
        REQUEST_EXPIRED, UNRECOGNIZED_CLIENT,
    )
)  # fmt: skip
# Documented in the model's text for ForceAliasCreation, and missing from its list.
_UNDECLARED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"AdminCreateUser": ("AliasExistsException",)})
_TEXTS: Final[Mapping[str, ErrorTemplate]] = MappingProxyType(
    {
        row.code: row
        for row in (
            TOO_MANY_REQUESTS, INTERNAL_ERROR, USER_NOT_CONFIRMED, PASSWORD_RESET_REQUIRED, ATTEMPT_LIMIT,
            ALIAS_EXISTS, CODE_EXPIRED, CODE_MISMATCH, GROUP_EXISTS, LAMBDA_NO_JSON,
            LAMBDA_NOT_INVOKED, LAMBDA_RAISED, PASSWORD_SET, POOL_NOT_FOUND,
            RESEND_NOT_POSSIBLE, TOO_MANY_FAILED_ATTEMPTS, USER_NOT_FOUND,
            USERNAME_EXISTS_SIGN_UP, CODE_NOT_DELIVERED, PASSWORD_USED_BEFORE, REFRESH_TOKEN_REUSED,
            REVOCATION_OF_OTHERS,
        )
    }
)  # fmt: skip
# The errors for which an operation has its own text.
_OF_OPERATION: Final[Mapping[tuple[str, str], ErrorTemplate]] = MappingProxyType(
    {
        ("AdminConfirmSignUp", "NotAuthorizedException"): CANNOT_BE_CONFIRMED,
        ("AdminCreateUser", "InvalidPasswordException"): PASSWORD_TEMPORARY,
        ("AdminCreateUser", "UsernameExistsException"): USERNAME_EXISTS_ADMIN,
        ("AdminInitiateAuth", "NotAuthorizedException"): INCORRECT_PASSWORD,
        ("AdminResetUserPassword", "InvalidParameterException"): RESET_NOWHERE,
        ("AdminResetUserPassword", "NotAuthorizedException"): RESET_NOT_POSSIBLE,
        ("AdminRespondToAuthChallenge", "InvalidPasswordException"): PASSWORD_CHANGED,
        ("AdminRespondToAuthChallenge", "NotAuthorizedException"): INCORRECT_PASSWORD,
        ("ChangePassword", "InvalidPasswordException"): PASSWORD_CHANGED,
        ("ChangePassword", "NotAuthorizedException"): INCORRECT_PASSWORD,
        ("ConfirmForgotPassword", "InvalidPasswordException"): PASSWORD_CHANGED,
        ("ConfirmForgotPassword", "NotAuthorizedException"): USER_DISABLED,
        ("ConfirmForgotPassword", "UserNotFoundException"): CLIENT_USER_NOT_FOUND,
        ("ConfirmSignUp", "AliasExistsException"): ALIAS_EXISTS_CONFIRM,
        ("ConfirmSignUp", "NotAuthorizedException"): CANNOT_BE_CONFIRMED,
        ("ConfirmSignUp", "UserNotFoundException"): CLIENT_USER_NOT_FOUND,
        ("ForgotPassword", "InvalidParameterException"): RESET_NOWHERE,
        ("ForgotPassword", "NotAuthorizedException"): RESET_NOT_POSSIBLE,
        ("ForgotPassword", "UserNotFoundException"): CLIENT_USER_NOT_FOUND,
        ("GetClientToken", "NotAuthorizedException"): CLIENT_SECRET_WRONG,
        ("GetTokensFromRefreshToken", "NotAuthorizedException"): REFRESH_TOKEN_INVALID,
        ("InitiateAuth", "NotAuthorizedException"): INCORRECT_PASSWORD,
        ("ResendConfirmationCode", "UserNotFoundException"): CLIENT_USER_NOT_FOUND,
        ("RespondToAuthChallenge", "InvalidPasswordException"): PASSWORD_CHANGED,
        ("RespondToAuthChallenge", "NotAuthorizedException"): INCORRECT_PASSWORD,
        ("RevokeToken", "UnauthorizedException"): REVOCATION_UNAUTHORIZED,
        ("RevokeToken", "UnsupportedOperationException"): REVOCATION_OFF,
        ("SignUp", "InvalidPasswordException"): PASSWORD_SIGN_UP,
        ("SignUp", "NotAuthorizedException"): SIGN_UP_NOT_PERMITTED,
    }
)
_TRIGGERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AdminConfirmSignUp": "PostConfirmation",
        "AdminCreateUser": "PreSignUp",
        "AdminInitiateAuth": "PreAuthentication",
        "AdminRespondToAuthChallenge": "PostAuthentication",
        "ConfirmForgotPassword": "PostConfirmation",
        "ConfirmSignUp": "PostConfirmation",
        "GetTokensFromRefreshToken": "PreTokenGeneration",
        "InitiateAuth": "PreAuthentication",
        "RespondToAuthChallenge": "PostAuthentication",
        "SignUp": "PreSignUp",
    }
)
# Values in error texts that a call does not have; they are from captures.
_EXAMPLES: Final[Mapping[str, object]] = MappingProxyType(
    {
        "attribute": "email",
        "reason": "Invalid client secret",
        "rule": "Password not long enough",
        "status": "CONFIRMED",
    }
)
_LAMBDA_ERRORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "UnexpectedLambdaException": "AccessDeniedException",
        "UserLambdaValidationException": "name 'userAttributes' is not defined",
    }
)


def codes(operation: str) -> list[str]:
    """The errors that the operation can answer with: its own, then those of all AWS services."""
    declared = (*model.errors(operation), *_UNDECLARED.get(operation, ()))
    possible = [code for code in COMMON if code not in _OF_SIGNATURES or model.needs_signature(operation)]
    return [*declared, *(code for code in possible if code not in declared)]


def has_reason_code(code: str) -> bool:
    """Whether replies with that error can have a `reasonCode`."""
    return code not in COMMON and "reasonCode" in model.members(model.shape(code))


def error(operation: str, code: str, values: Mapping[str, object], message: str | None = None) -> ServiceError:
    """The error that the operation would answer with.

    Args:
        operation: the operation's name.
        code: one of its `codes`.
        values: values of a call that its text may contain: `id`, `principal`, `resource` and `username`.
        message: its text, instead of the default one.
    """
    row = text(operation, code)
    if message is not None:
        row = replace(row, message="{message}")
    trigger = _TRIGGERS.get(operation, "CustomMessage")
    of_lambda = {"trigger": trigger, "error": _LAMBDA_ERRORS.get(code, "")}
    return row("", **_EXAMPLES, **of_lambda, **values, operation=operation, message=message)


def text(operation: str, code: str) -> ErrorTemplate:
    """The row of an error that the operation can answer with."""
    subject = model.subject(operation)
    if code == "ResourceNotFoundException" and subject == "ClientId":
        return CLIENT_NOT_FOUND
    if (operation, code) in _OF_OPERATION:
        return _OF_OPERATION[operation, code]
    if code == "NotAuthorizedException" and subject == "AccessToken":
        return ACCESS_TOKEN_INVALID
    return _TEXTS.get(code) or COMMON.get(code) or _described(code)


def _described(code: str) -> ErrorTemplate:
    """The error if no text is known: its text is the service model's description."""
    from html import unescape

    meaning = unescape(re.sub("<[^>]+>", "", model.shape(code).documentation)) or code
    # The only error without a known text that the service itself causes.
    status = 500 if code == "InternalServerException" else 400
    return ErrorTemplate(
        code, meaning.replace("{", "{{").replace("}", "}}"), "inferred", "the model's description", status
    )
