"""Errors of user pools, their schemas and app clients."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

POOL_NOT_FOUND: Final = ErrorTemplate(
    "ResourceNotFoundException", "User pool {id} does not exist.", "observed", "aws-sdk-go#2436"
)
CLIENT_NOT_FOUND: Final = ErrorTemplate(
    "ResourceNotFoundException", "User pool client {id} does not exist.", "observed", "public capture"
)
POOL_PROTECTED: Final = ErrorTemplate(
    "InvalidParameterException",
    "The user pool cannot be deleted because deletion protection is activated. "
    "Deletion protection must be inactivated first.",
    "inferred",
    "the type is documented, the text is not",
)
BOTH_USERNAME_AND_ALIAS: Final = ErrorTemplate(
    "InvalidParameterException",
    "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
    "inferred",
    "documented that they exclude each other; the text is not",
)
BOTH_VALIDITY_DAYS: Final = ErrorTemplate(
    "InvalidParameterException",
    "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    "observed",
    "public capture",
)
MFA_WITHOUT_SMS: Final = ErrorTemplate(
    "InvalidParameterException",
    "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    "observed",
    "public capture",
)
SCHEMA_TYPE: Final = ErrorTemplate(
    "InvalidParameterException",
    "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
    "inferred",
    "another fake",
)
SCHEMA_NAME: Final = ErrorTemplate(
    "InvalidParameterException", "Attribute name must not be empty.", "inferred", "no capture"
)
SCHEMA_REQUIRED_CUSTOM: Final = ErrorTemplate(
    "InvalidParameterException", "Required custom attributes are not supported currently.", "inferred", "another fake"
)
SCHEMA_TOO_LONG: Final = ErrorTemplate(
    "InvalidParameterException",
    "user.{name}: String attributes cannot have a length of more than 2048",
    "inferred",
    "another fake",
)
SCHEMA_LENGTHS: Final = ErrorTemplate(
    "InvalidParameterException", "user.{name}: Max length cannot be less than min length.", "inferred", "another fake"
)
SCHEMA_LIMIT: Final = ErrorTemplate(
    "InvalidParameterException", "user.{name}: Number constraints must be numeric.", "inferred", "no capture"
)
SCHEMA_DUPLICATE: Final = ErrorTemplate(
    "InvalidParameterException", "{name}: Existing attribute already has name {name}.", "inferred", "another fake"
)
SCHEMA_STANDARD: Final = ErrorTemplate(
    "InvalidParameterException",
    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {name}",
    "inferred",
    "another fake",
)
CLIENT_ATTRIBUTES: Final = ErrorTemplate(
    "InvalidParameterException", "Invalid {kind} attributes specified while creating a client", "inferred", "no capture"
)
CLIENT_TWO_SECRETS: Final = ErrorTemplate(
    "InvalidParameterException", "GenerateSecret and ClientSecret exclude each other.", "inferred", "no capture"
)
OAUTH_INCOMPLETE: Final = ErrorTemplate(
    "InvalidParameterException",
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    "observed",
    "jobairkhan.com/2019/02/10/aws-cognito-user-pools-client-credentials",
)
ROTATION_AND_FLOW: Final = ErrorTemplate(
    "InvalidParameterException",
    "ALLOW_REFRESH_TOKEN_AUTH cannot be used with refresh token rotation.",
    "inferred",
    "observed that it is refused (terraform-provider-aws#47196); neither type nor text",
)
OAUTH_NEEDS_SECRET: Final = ErrorTemplate(
    "InvalidParameterException",
    "client_credentials flow can not be selected if client does not have a client secret.",
    "observed",
    "jobairkhan.com/2019/02/10/aws-cognito-user-pools-client-credentials",
)
BAD_PAGE_TOKEN: Final = ErrorTemplate(
    "InvalidParameterException", "Invalid pagination token.", "inferred", "no capture"
)
