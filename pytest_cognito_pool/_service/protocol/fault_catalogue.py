"""Every error that an operation can be made to answer with: its status and the text it has when none is given."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.errors import texts
from pytest_cognito_pool._service.errors.texts import Text
from pytest_cognito_pool._service.protocol import model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.errors.texts import ServiceError

TOO_MANY_REQUESTS: Final = Text(
    "TooManyRequestsException", "Rate exceeded", "observed", "boto3#2517 (AdminGetUser), amplify-js#10243"
)
INTERNAL_ERROR: Final = Text(
    "InternalErrorException", "Internal server error.", "observed", "aws-sdk-android#2022", 500
)
INCORRECT_PASSWORD: Final = Text(
    "NotAuthorizedException", "Incorrect username or password.", "observed", "localstack#3201"
)
INVALID_ACCESS_TOKEN: Final = Text(
    "NotAuthorizedException", "Invalid Access Token", "observed", "floci-io/floci#2018, of VerifyUserAttribute"
)
USER_NOT_CONFIRMED: Final = Text(
    "UserNotConfirmedException", "User is not confirmed.", "observed", "captures of InitiateAuth"
)
PASSWORD_RESET_REQUIRED: Final = Text(
    "PasswordResetRequiredException",
    "Password reset required for the user",
    "observed",
    "captures of InitiateAuth",
)
ACCESS_DENIED: Final = Text(
    "AccessDeniedException",
    "User: {principal} is not authorized to perform: cognito-idp:{operation} on resource: {resource} "
    "because no identity-based policy allows the cognito-idp:{operation} action",
    "observed",
    "public captures: to the resource of AdminConfirmSignUp itself, as a whole of other admin operations",
)
ACCESS_DENIED_EXPLICITLY: Final = Text(
    "AccessDeniedException",
    "User: {principal} is not authorized to perform: cognito-idp:{operation} on resource: {resource} "
    "with an explicit deny in an identity-based policy",
    "inferred",
    "how other services of AWS word it; no capture of Cognito",
)
UNRECOGNIZED_CLIENT: Final = Text(
    "UnrecognizedClientException",
    "The security token included in the request is invalid.",
    "observed",
    "anomalyco/guide#336; the status is inferred",
)
EXPIRED_TOKEN: Final = Text(
    "ExpiredTokenException",
    "The security token included in the request is expired",
    "inferred",
    "how other services of AWS word it; no capture of Cognito",
)
INVALID_SIGNATURE: Final = Text(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. "
    "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    "observed",
    "anomalyco/guide#18; the status is inferred",
)
THROTTLING: Final = Text(
    "ThrottlingException", "Rate exceeded", "inferred", "as TooManyRequestsException; no capture of Cognito"
)
SERVICE_UNAVAILABLE: Final = Text(
    "ServiceUnavailable",
    "The request has failed due to a temporary failure of the server.",
    "inferred",
    "the meaning of the common error; no capture of Cognito",
    503,
)
INCOMPLETE_SIGNATURE: Final = Text(
    "IncompleteSignature", "The request signature is incomplete.", "inferred", "a common error; no capture of Cognito"
)
OPT_IN_REQUIRED: Final = Text(
    "OptInRequired",
    "The access key needs a subscription for the service.",
    "inferred",
    "a common error; no capture of Cognito",
    403,
)
REQUEST_EXPIRED: Final = Text(
    "RequestExpired", "The request has expired.", "inferred", "a common error; no capture of Cognito"
)
VALIDATION_ERROR: Final = Text(
    "ValidationError",
    "The input fails to satisfy the constraints of the service.",
    "inferred",
    "a common error; no capture of Cognito",
)
INTERNAL_FAILURE: Final = Text(
    "InternalFailure",
    "The request processing has failed because of an unknown error, exception or failure.",
    "inferred",
    "the meaning of the common error; no capture of Cognito",
    500,
)

# What a request of any AWS service can be answered with; a service model lists only an operation's own errors.
COMMON: Final[Mapping[str, Text]] = MappingProxyType(
    {
        row.code: row
        for row in (
            ACCESS_DENIED, EXPIRED_TOKEN, INCOMPLETE_SIGNATURE, INTERNAL_FAILURE, INVALID_SIGNATURE,
            texts.MISSING_TOKEN, OPT_IN_REQUIRED, REQUEST_EXPIRED, texts.SERIALIZATION, SERVICE_UNAVAILABLE,
            THROTTLING, texts.UNKNOWN_OPERATION, UNRECOGNIZED_CLIENT, VALIDATION_ERROR,
        )
    }
)  # fmt: skip
# What only a request that is signed can meet, or that should be.
_OF_SIGNATURES: Final = frozenset(
    row.code
    for row in (
        ACCESS_DENIED, EXPIRED_TOKEN, INCOMPLETE_SIGNATURE, INVALID_SIGNATURE, texts.MISSING_TOKEN, OPT_IN_REQUIRED,
        REQUEST_EXPIRED, UNRECOGNIZED_CLIENT,
    )
)  # fmt: skip
# Documented in the model's text for ForceAliasCreation, and missing from its list.
_UNDECLARED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"AdminCreateUser": ("AliasExistsException",)})
_TEXTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        row.code: row
        for row in (
            TOO_MANY_REQUESTS, INTERNAL_ERROR, USER_NOT_CONFIRMED, PASSWORD_RESET_REQUIRED, texts.ATTEMPT_LIMIT,
            texts.ALIAS_EXISTS, texts.CODE_EXPIRED, texts.CODE_MISMATCH, texts.GROUP_EXISTS, texts.LAMBDA_NO_JSON,
            texts.LAMBDA_NOT_INVOKED, texts.LAMBDA_RAISED, texts.PASSWORD_SET, texts.POOL_NOT_FOUND,
            texts.RESEND_NOT_POSSIBLE, texts.TOO_MANY_FAILED_ATTEMPTS, texts.USER_NOT_FOUND,
            texts.USERNAME_EXISTS_SIGN_UP,
        )
    }
)  # fmt: skip
# Where an operation has words of its own.
_OF_OPERATION: Final[Mapping[tuple[str, str], Text]] = MappingProxyType(
    {
        ("AdminConfirmSignUp", "NotAuthorizedException"): texts.CANNOT_BE_CONFIRMED,
        ("AdminCreateUser", "InvalidPasswordException"): texts.PASSWORD_TEMPORARY,
        ("AdminCreateUser", "UsernameExistsException"): texts.USERNAME_EXISTS_ADMIN,
        ("AdminInitiateAuth", "NotAuthorizedException"): INCORRECT_PASSWORD,
        ("ChangePassword", "NotAuthorizedException"): INCORRECT_PASSWORD,
        ("ConfirmSignUp", "AliasExistsException"): texts.ALIAS_EXISTS_CONFIRM,
        ("ConfirmSignUp", "NotAuthorizedException"): texts.CANNOT_BE_CONFIRMED,
        ("ConfirmSignUp", "UserNotFoundException"): texts.CLIENT_USER_NOT_FOUND,
        ("ForgotPassword", "UserNotFoundException"): texts.CLIENT_USER_NOT_FOUND,
        ("InitiateAuth", "NotAuthorizedException"): INCORRECT_PASSWORD,
        ("ResendConfirmationCode", "UserNotFoundException"): texts.CLIENT_USER_NOT_FOUND,
        ("SignUp", "InvalidPasswordException"): texts.PASSWORD_SIGN_UP,
        ("SignUp", "NotAuthorizedException"): texts.SIGN_UP_NOT_PERMITTED,
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
# What texts name that no call has: values of the captures.
_EXAMPLES: Final[Mapping[str, object]] = MappingProxyType(
    {
        "attribute": "email",
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
    """The errors that the operation can answer with: its own, and then those common to all of AWS."""
    declared = (*model.errors(operation), *_UNDECLARED.get(operation, ()))
    possible = [code for code in COMMON if code not in _OF_SIGNATURES or model.needs_signature(operation)]
    return [*declared, *(code for code in possible if code not in declared)]


def has_reason_code(code: str) -> bool:
    """Whether replies with that error can have a `reasonCode`."""
    return code not in COMMON and "reasonCode" in model.members(model.shape(code))


def error(operation: str, code: str, values: Mapping[str, object], message: str | None = None) -> ServiceError:
    """The error as the operation would answer with it.

    Args:
        operation: the operation's name.
        code: one of its `codes`.
        values: what of a call its texts may name: `id`, `principal`, `resource` and `username`.
        message: its text, in place of the one it has by itself.
    """
    row = text(operation, code)
    if message is not None:
        row = replace(row, message="{message}")
    trigger = _TRIGGERS.get(operation, "CustomMessage")
    of_lambda = {"trigger": trigger, "error": _LAMBDA_ERRORS.get(code, "")}
    return row("", **_EXAMPLES, **of_lambda, **values, operation=operation, message=message)


def text(operation: str, code: str) -> Text:
    """The row of an error that the operation can answer with."""
    parameters = model.parameters(operation)
    if code == "ResourceNotFoundException" and "ClientId" in parameters and "UserPoolId" not in parameters:
        return texts.CLIENT_NOT_FOUND
    if (operation, code) in _OF_OPERATION:
        return _OF_OPERATION[operation, code]
    if code == "NotAuthorizedException" and "AccessToken" in parameters:
        return INVALID_ACCESS_TOKEN
    return _TEXTS.get(code) or COMMON.get(code) or _described(code)


def _described(code: str) -> Text:
    """Where no text is known: what the service model says the error means."""
    from html import unescape

    meaning = unescape(re.sub("<[^>]+>", "", model.shape(code).documentation)) or code
    # Of the errors whose text is not known, the one where the service is at fault.
    status = 500 if code == "InternalServerException" else 400
    return Text(code, meaning.replace("{", "{{").replace("}", "}}"), "inferred", "the model's description", status)
