"""Errors of users: names, status, codes and addresses."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

USER_NOT_FOUND: Final = ErrorTemplate(
    "UserNotFoundException", "User does not exist.", "observed", "jagregory/cognito-local#380"
)
CANNOT_BE_CONFIRMED: Final = ErrorTemplate(
    "NotAuthorizedException", "User cannot be confirmed. Current status is {status}", "observed", "ustaxcourt/ef-cms"
)
SESSION_INVALID: Final = ErrorTemplate(
    "NotAuthorizedException",
    "Invalid session provided",
    "observed",
    "a server's table of messages, of the first change of a password; the type is inferred",
)
RESEND_NOT_POSSIBLE: Final = ErrorTemplate(
    "UnsupportedUserStateException",
    "Resend not possible. {username} status is not FORCE_CHANGE_PASSWORD",
    "observed",
    "public capture of its second half; the whole from four other fakes",
)
CLIENT_USER_NOT_FOUND: Final = ErrorTemplate(
    "UserNotFoundException",
    "Username/client id combination not found.",
    "observed",
    "floci-rec, of ForgotPassword; ConfirmSignUp and ResendConfirmationCode inferred",
)
USER_DISABLED: Final = ErrorTemplate(
    "NotAuthorizedException",
    "User is disabled.",
    "observed",
    "captures of ForgotPassword and InitiateAuth; of ResendConfirmationCode inferred",
)
CODE_MISMATCH: Final = ErrorTemplate(
    "CodeMismatchException",
    "Invalid verification code provided, please try again.",
    "observed",
    "floci-rec confirm-sign-up.error.code-mismatch",
)
CODE_EXPIRED: Final = ErrorTemplate(
    "ExpiredCodeException", "Invalid code provided, please request a code again.", "observed", "aws-sdk-ios-samples#144"
)
CODE_NOT_DELIVERED: Final = ErrorTemplate(
    "CodeDeliveryFailureException", "Unable to deliver code to user", "observed", "public capture of ForgotPassword"
)
ATTEMPT_LIMIT: Final = ErrorTemplate(
    "LimitExceededException",
    "Attempt limit exceeded, please try after some time.",
    "observed",
    "amplify-js#8013, aws-sdk-android#627",
)
TOO_MANY_FAILED_ATTEMPTS: Final = ErrorTemplate(
    "TooManyFailedAttemptsException", "Too many failed attempts.", "inferred", "no capture"
)
RESEND_CONFIRMED: Final = ErrorTemplate(
    "InvalidParameterException", "User is already confirmed.", "observed", "amplify-ui#219, amplify-js#2797"
)
RESEND_OFF: Final = ErrorTemplate(
    "NotAuthorizedException",
    "Cannot resend codes. Auto verification not turned on.",
    "observed",
    "a raw body of 2021; amplify-cli#3646",
)
VERIFICATION_NAME: Final = ErrorTemplate(
    "InvalidParameterException",
    "Invalid attribute name. Only phone_number and email can be verified.",
    "observed",
    "floci-io/floci#2018",
)
VERIFICATION_NOWHERE: Final = ErrorTemplate(
    "InvalidParameterException", "User does not have a valid registered {address}", "observed", "floci-io/floci#2018"
)
VERIFICATION_OF_NOTHING: Final = ErrorTemplate(
    "InvalidParameterException",
    "Unable to verify attribute: {attribute} no value set to verify",
    "observed",
    "floci-io/floci#2018",
)
MFA_OPTION_UNKNOWN: Final = ErrorTemplate(
    "InvalidParameterException",
    "Only phone_number attribute is currently supported as a MFA option.",
    "observed",
    "aws-sdk-ios#382, 2016; the type is inferred",
)
RESET_NOWHERE: Final = ErrorTemplate(
    "InvalidParameterException",
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
    "observed",
    "public capture of ForgotPassword",
)
RESET_NOT_POSSIBLE: Final = ErrorTemplate(
    "NotAuthorizedException",
    "User password cannot be reset in the current state.",
    "observed",
    "public capture of ForgotPassword",
)
RESET_BY_ADMINISTRATOR: Final = ErrorTemplate(
    "NotAuthorizedException", "Contact administrator to reset password.", "inferred", "no capture"
)
RESEND_NOWHERE: Final = ErrorTemplate(
    "InvalidParameterException",
    "User does not have a valid registered {address}",
    "inferred",
    "observed on GetUserAttributeVerificationCode (floci#2018)",
)
ALIAS_EXISTS_CONFIRM: Final = ErrorTemplate(
    "AliasExistsException",
    "An account with the {attribute} already exists.",
    "documented",
    "the CLI's output of confirm-sign-up; no capture",
)
INVITED_WITHOUT_EMAIL: Final = ErrorTemplate(
    "InvalidParameterException",
    "No email provided but desired delivery medium was Email",
    "observed",
    "cognito-backup-restore#25 and two more",
)
INVITED_WITHOUT_PHONE: Final = ErrorTemplate(
    "InvalidParameterException",
    "No phone number provided but desired delivery medium was SMS",
    "inferred",
    "formed like that for email",
)
AUTO_VERIFY_UNCONFIRMED: Final = ErrorTemplate(
    "InvalidLambdaResponseException",
    "Phone or email cannot be auto verified, when user is not being auto confirmed.",
    "observed",
    "aws-sdk-java#1049 and two more; the type is inferred",
)
AUTO_VERIFY_NOTHING: Final = ErrorTemplate(
    "InvalidParameterException",
    "Cannot verify {attribute}: the user has none.",
    "inferred",
    "documented that the sign-up fails; neither type nor text",
)
SIGN_UP_NOT_PERMITTED: Final = ErrorTemplate(
    "NotAuthorizedException", "SignUp is not permitted for this user pool", "observed", "pmill/aws-cognito#37"
)
SECRET_HASH_MISSING: Final = ErrorTemplate(
    "NotAuthorizedException",
    "Client {id} is configured with secret but SECRET_HASH was not received",
    "observed",
    "amplify-android#2504",
)
SECRET_HASH_WRONG: Final = ErrorTemplate(
    "NotAuthorizedException",
    "SecretHash does not match for the client: {id}",
    "observed",
    "aws-sdk-net-extensions-cognito#122, amplify-android#3111",
)
SECRET_HASH_UNASKED: Final = ErrorTemplate(
    "NotAuthorizedException",
    "Unable to verify secret hash for client {id}",
    "inferred",
    "reported for a client without a secret",
)
USERNAME_EXISTS_SIGN_UP: Final = ErrorTemplate(
    "UsernameExistsException", "User already exists", "observed", "floci-rec sign-up.error.username-exists"
)
USERNAME_EXISTS_ADMIN: Final = ErrorTemplate(
    "UsernameExistsException", "User account already exists", "observed", "localstack#4465"
)
USERNAME_EXISTS_GIVEN: Final = ErrorTemplate(
    "UsernameExistsException",
    "An account with the given {attribute} already exists.",
    "observed",
    "jonsaw/amazon-cognito-identity-dart#73; of phone_number eight projects",
)
ALIAS_EXISTS: Final = ErrorTemplate(
    "AliasExistsException",
    "An account with the given {attribute} already exists.",
    "observed",
    "three captures; attributes other than email inferred",
)
USERNAME_NOT_EMAIL: Final = ErrorTemplate(
    "InvalidParameterException", "Username should be an email.", "observed", "public capture"
)
USERNAME_NOT_PHONE: Final = ErrorTemplate(
    "InvalidParameterException", "Username should be a phone number.", "observed", "public capture"
)
USERNAME_NEITHER: Final = ErrorTemplate(
    "InvalidParameterException", "Username should be either an email or a phone number.", "observed", "public capture"
)
USERNAME_IS_EMAIL: Final = ErrorTemplate(
    "InvalidParameterException",
    "Username cannot be of email format, since user pool is configured for email alias.",
    "observed",
    "public capture",
)
USERNAME_IS_PHONE: Final = ErrorTemplate(
    "InvalidParameterException",
    "Username cannot be of phone number format, since user pool is configured for phone number alias.",
    "observed",
    "comments in two applications have its beginning; the rest is formed like that for email (inferred)",
)
PREFERRED_USERNAME_UNCONFIRMED: Final = ErrorTemplate(
    "InvalidParameterException",
    "Preferred username cannot be provided for unconfirmed account, "
    "since user pool is configured for preferred username alias.",
    "observed",
    "aws-amplify/amplify-js#1669; the type is inferred",
)
