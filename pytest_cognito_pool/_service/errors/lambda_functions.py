"""Errors of Lambda functions."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

LAMBDA_RAISED: Final = ErrorTemplate(
    "UserLambdaValidationException",
    "{trigger} failed with error {error}.",
    "observed",
    "public captures of Python functions; the stop is always added: aws-lambda-rust-runtime#825",
)
LAMBDA_NOT_INVOKED: Final = ErrorTemplate(
    "UnexpectedLambdaException",
    "{trigger} invocation failed due to error {error}.",
    "observed",
    "amazon-cognito-auth-js#223, amazon-cognito-identity-dart-2#204; the stop as on the AWS page",
)
LAMBDA_NO_JSON: Final = ErrorTemplate(
    "InvalidLambdaResponseException",
    "Invalid lambda function output : Invalid JSON",
    "observed",
    "aws-sdk-js#2692, amplify-cli#2735",
)
LAMBDA_UNRECOGNIZABLE: Final = ErrorTemplate(
    "InvalidLambdaResponseException", "Unrecognizable lambda output", "observed", "amazon-cognito-identity-js#633"
)
