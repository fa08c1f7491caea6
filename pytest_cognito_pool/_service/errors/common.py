"""Errors that any AWS service can answer with."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

TOO_MANY_REQUESTS: Final = ErrorTemplate(
    "TooManyRequestsException", "Rate exceeded", "observed", "boto3#2517 (AdminGetUser), amplify-js#10243"
)
INTERNAL_ERROR: Final = ErrorTemplate(
    "InternalErrorException", "Internal server error.", "observed", "aws-sdk-android#2022", 500
)
ACCESS_DENIED: Final = ErrorTemplate(
    "AccessDeniedException",
    "User: {principal} is not authorized to perform: cognito-idp:{operation} on resource: {resource} "
    "because no identity-based policy allows the cognito-idp:{operation} action",
    "observed",
    "public captures: to the resource of AdminConfirmSignUp itself, as a whole of other admin operations",
)
ACCESS_DENIED_EXPLICITLY: Final = ErrorTemplate(
    "AccessDeniedException",
    "User: {principal} is not authorized to perform: cognito-idp:{operation} on resource: {resource} "
    "with an explicit deny in an identity-based policy",
    "inferred",
    "how other services of AWS word it; no capture of Cognito",
)
UNRECOGNIZED_CLIENT: Final = ErrorTemplate(
    "UnrecognizedClientException",
    "The security token included in the request is invalid.",
    "observed",
    "anomalyco/guide#336; the status is inferred",
)
EXPIRED_TOKEN: Final = ErrorTemplate(
    "ExpiredTokenException",
    "The security token included in the request is expired",
    "inferred",
    "how other services of AWS word it; no capture of Cognito",
)
INVALID_SIGNATURE: Final = ErrorTemplate(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. "
    "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    "observed",
    "anomalyco/guide#18; the status is inferred",
)
THROTTLING: Final = ErrorTemplate(
    "ThrottlingException", "Rate exceeded", "inferred", "as TooManyRequestsException; no capture of Cognito"
)
SERVICE_UNAVAILABLE: Final = ErrorTemplate(
    "ServiceUnavailable",
    "The request has failed due to a temporary failure of the server.",
    "inferred",
    "the meaning of the common error; no capture of Cognito",
    503,
)
INCOMPLETE_SIGNATURE: Final = ErrorTemplate(
    "IncompleteSignature", "The request signature is incomplete.", "inferred", "a common error; no capture of Cognito"
)
OPT_IN_REQUIRED: Final = ErrorTemplate(
    "OptInRequired",
    "The access key needs a subscription for the service.",
    "inferred",
    "a common error; no capture of Cognito",
    403,
)
REQUEST_EXPIRED: Final = ErrorTemplate(
    "RequestExpired", "The request has expired.", "inferred", "a common error; no capture of Cognito"
)
VALIDATION_ERROR: Final = ErrorTemplate(
    "ValidationError",
    "The input fails to satisfy the constraints of the service.",
    "inferred",
    "a common error; no capture of Cognito",
)
INTERNAL_FAILURE: Final = ErrorTemplate(
    "InternalFailure",
    "The request processing has failed because of an unknown error, exception or failure.",
    "inferred",
    "the meaning of the common error; no capture of Cognito",
    500,
)
