"""Errors of user pool settings that do not go together.

Most texts are from real deployments that failed, recorded with one that passes (badmintoncryer/cdk-preflight, 2026-09).
Those records have only the text: unless a row says otherwise, the type is inferred.
"""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

DEPLOYED: Final = "cdk-preflight 2026-09; the type is inferred"


def deployed(text: str, source: str = DEPLOYED) -> ErrorTemplate:
    """The error of a deployment that failed."""
    return ErrorTemplate("InvalidParameterException", text, "observed", source)


BOTH_USERNAME_AND_ALIAS: Final = deployed(
    "Only one of the aliasAttributes or usernameAttributes can be set in a User pool."
)
BOTH_VALIDITY_DAYS: Final = deployed(
    "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
)
PHONE_WITHOUT_SMS: Final = deployed("SMS configuration is required when phone_number is selected for auto verification")
UPDATE_WITHOUT_VERIFICATION: Final = deployed(
    "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
    "aws-cli#7151, aws-nuke#477",
)
RECOVERY_TWICE: Final = deployed("Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.")
RECOVERY_ADMIN_ONLY: Final = deployed(
    "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms."
)
FACTORS_WITHOUT_PASSWORD: Final = deployed("Password should be configured as one of the allowed first auth factors.")
FACTOR_WITHOUT_SMS: Final = deployed(
    "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration", "cdkd 2026-08"
)
MFA_WITHOUT_FACTOR: Final = deployed(
    "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
)
MFA_AND_FIRST_FACTORS: Final = deployed(
    "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled", "cdkd#1975"
)
MFA_AND_PASSKEYS: Final = deployed(
    "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first "
    "auth factor",
    "cdkd 2026-08",
)
MFA_OFF_WITH_FACTORS: Final = deployed(
    "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.", "cdkd; cdk-preflight 2026-09"
)
MFA_OF_PASSKEYS_ALONE: Final = deployed(
    "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.", "cdkd#1920"
)
MFA_BY_DEFAULT_MAIL: Final = deployed(
    "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of "
    "COGNITO_DEFAULT. Update the value of EmailSendingAccount.",
    "cdkd; cdk-preflight 2026-09",
)
_CLASS: Final = r"[\p{{L}}\p{{M}}\p{{S}}\p{{N}}\p{{P}}\s*]*"
MAILED_INVITATION: Final = deployed(
    "1 validation error detected: Value '{value}' at 'adminCreateUserConfig.inviteMessage.emailMessage' failed to "
    rf"satisfy constraint: Member must satisfy regular expression pattern: {_CLASS}\{{{{####\}}}}{_CLASS}"
)
SMS_INVITATION: Final = deployed(
    "1 validation error detected: Value '{value}' at 'adminCreateUserConfig.inviteMessage.smsMessage' failed to "
    r"satisfy constraint: Member must satisfy regular expression pattern: (?s).*\{{####\}}(?s).*"
)
MAIL_WITHOUT_ARN: Final = deployed("Source ARN is required to use DEVELOPER email sending owner")
MAIL_FROM: Final = deployed("Provided From email address is invalid")
MAIL_REGION: Final = deployed(
    "Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2."
)
SMS_REGION: Final = deployed("Invalid snsRegion. Allowed SNS region for {value} is {value}")
OTHER_ACCOUNT: Final = deployed("Cross-account pass role is not allowed.")
SENDER_WITHOUT_KEY: Final = deployed("KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.")
KEY_REGION: Final = deployed(
    "Encountered error when CreateGrant was attempted on the input KMS key - Invalid arn {value}"
)
TWO_TOKEN_FUNCTIONS: Final = deployed(
    "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's"
)
FUNCTION_REGION: Final = deployed("Cross-region lambda functions are not supported")
NOT_IN_TIER: Final = ErrorTemplate(
    "FeatureUnavailableInTierException",
    "The following features need to be disabled for the {tier} pricing tier configured: {value}",
    "observed",
    "public capture of 2026, a trial of all three tiers",
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
SCHEMA_REQUIRED_CUSTOM: Final = deployed(
    "Required custom attributes are not supported currently.", "serverless-cognito-manager#4, with the type"
)
SCHEMA_LENGTHS: Final = deployed("Attribute {name} cannot have a max length shorter than it's min length")
SCHEMA_VALUES: Final = deployed("Attribute {name} cannot have a max value smaller than it's min value")
SCHEMA_LIMIT: Final = ErrorTemplate(
    "InvalidParameterException", "user.{name}: Number constraints must be numeric.", "inferred", "no capture"
)
SCHEMA_TWICE: Final = deployed("Duplicate custom attribute names {name} are not allowed in a user pool schema.")
SCHEMA_DUPLICATE: Final = ErrorTemplate(
    "InvalidParameterException", "{name}: Existing attribute already has name {name}.", "inferred", "another fake"
)
SCHEMA_STANDARD: Final = deployed(
    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {name}"
)
