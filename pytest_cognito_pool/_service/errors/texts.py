"""Every error text of the service, with its type, its HTTP status and where it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    # Why an operation was refused, for the author of the test: a text, or what words one when it is read.
    Why = str | Callable[[], str]

Evidence = Literal["observed", "documented", "model", "inferred"]


class ServiceError(Exception):
    """An error the service answers with.

    Attributes:
        code: the type, as in `__type`.
        message: the text the application sees; None where the service sends none.
        status: the HTTP status.
        why: what a test author is told in the failure report; the application never sees it.
        reason_code: the `reasonCode` of an InvalidParameterException; None where the service sends none.
    """

    def __init__(self, code: str, message: str | None, why: Why = "", status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.why = why
        self.status = status
        self.reason_code: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One row of the table: call it to get the error."""

    code: str
    message: str | None
    evidence: Evidence
    source: str
    status: int = 400

    def __call__(self, why: Why = "", /, **values: object) -> ServiceError:
        message = self.message if self.message is None else self.message.format_map(values)
        return ServiceError(self.code, message, why, self.status)


def worded(why: Why) -> str:
    """Why, as a text."""
    return why if isinstance(why, str) else why()


def own(code: str, message: str, status: int) -> ServiceError:
    """The error that an author's own reply gives."""
    return ServiceError(code, message, "the test's own reply", status)


# The front end -----------------------------------------------------------------------------------------------------
SERIALIZATION: Final = Text("SerializationException", None, "observed", "amplify-js#6014")
SERIALIZATION_TEXT: Final = Text("SerializationException", "{text}", "observed", "amplify-js#4738, amplify-js#5165")
NOT_UNDERSTOOD: Final = Text(
    "BadRequest",
    "The server did not understand the operation that was requested.",
    "observed",
    "amazon-cognito-js#64",
    404,
)
WRONG_CONTENT_TYPE: Final = Text("UnknownOperationException", None, "inferred", "another service of the framework", 404)
UNKNOWN_OPERATION: Final = Text("UnknownOperationException", None, "inferred", "another service of the framework")
MISSING_TOKEN: Final = Text(
    "MissingAuthenticationTokenException",
    "Missing Authentication Token",
    "observed",
    "text: aws-aspnet-cognito-identity-provider#66, #155; type and status inferred",
)
VALIDATION: Final = Text(
    "InvalidParameterException", "{count} validation error{s} detected: {violations}", "observed", "anomalyco/guide#127"
)

# Pools and app clients ---------------------------------------------------------------------------------------------
POOL_NOT_FOUND: Final = Text(
    "ResourceNotFoundException", "User pool {id} does not exist.", "observed", "aws-sdk-go#2436"
)
CLIENT_NOT_FOUND: Final = Text(
    "ResourceNotFoundException", "User pool client {id} does not exist.", "observed", "public capture"
)
POOL_PROTECTED: Final = Text(
    "InvalidParameterException",
    "The user pool cannot be deleted because deletion protection is activated. "
    "Deletion protection must be inactivated first.",
    "inferred",
    "the type is documented, the text is not",
)
BOTH_USERNAME_AND_ALIAS: Final = Text(
    "InvalidParameterException",
    "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
    "inferred",
    "documented that they exclude each other; the text is not",
)
BOTH_VALIDITY_DAYS: Final = Text(
    "InvalidParameterException",
    "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    "observed",
    "public capture",
)
MFA_WITHOUT_SMS: Final = Text(
    "InvalidParameterException",
    "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    "observed",
    "public capture",
)
SCHEMA_TYPE: Final = Text(
    "InvalidParameterException",
    "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
    "inferred",
    "another fake",
)
SCHEMA_NAME: Final = Text("InvalidParameterException", "Attribute name must not be empty.", "inferred", "no capture")
SCHEMA_REQUIRED_CUSTOM: Final = Text(
    "InvalidParameterException", "Required custom attributes are not supported currently.", "inferred", "another fake"
)
SCHEMA_TOO_LONG: Final = Text(
    "InvalidParameterException",
    "user.{name}: String attributes cannot have a length of more than 2048",
    "inferred",
    "another fake",
)
SCHEMA_LENGTHS: Final = Text(
    "InvalidParameterException", "user.{name}: Max length cannot be less than min length.", "inferred", "another fake"
)
SCHEMA_LIMIT: Final = Text(
    "InvalidParameterException", "user.{name}: Number constraints must be numeric.", "inferred", "no capture"
)
SCHEMA_DUPLICATE: Final = Text(
    "InvalidParameterException", "{name}: Existing attribute already has name {name}.", "inferred", "another fake"
)
SCHEMA_STANDARD: Final = Text(
    "InvalidParameterException",
    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {name}",
    "inferred",
    "another fake",
)
CLIENT_ATTRIBUTES: Final = Text(
    "InvalidParameterException", "Invalid {kind} attributes specified while creating a client", "inferred", "no capture"
)
CLIENT_TWO_SECRETS: Final = Text(
    "InvalidParameterException", "GenerateSecret and ClientSecret exclude each other.", "inferred", "no capture"
)
OAUTH_INCOMPLETE: Final = Text(
    "InvalidParameterException",
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    "observed",
    "jobairkhan.com/2019/02/10/aws-cognito-user-pools-client-credentials",
)
OAUTH_NEEDS_SECRET: Final = Text(
    "InvalidParameterException",
    "client_credentials flow can not be selected if client does not have a client secret.",
    "observed",
    "jobairkhan.com/2019/02/10/aws-cognito-user-pools-client-credentials",
)
BAD_PAGE_TOKEN: Final = Text("InvalidParameterException", "Invalid pagination token.", "inferred", "no capture")

# Users -------------------------------------------------------------------------------------------------------------
USER_NOT_FOUND: Final = Text("UserNotFoundException", "User does not exist.", "observed", "jagregory/cognito-local#380")
CANNOT_BE_CONFIRMED: Final = Text(
    "NotAuthorizedException", "User cannot be confirmed. Current status is {status}", "observed", "ustaxcourt/ef-cms"
)
RESEND_NOT_POSSIBLE: Final = Text(
    "UnsupportedUserStateException",
    "Resend not possible. {username} status is not FORCE_CHANGE_PASSWORD",
    "observed",
    "public capture of its second half; the whole from four other fakes",
)
CLIENT_USER_NOT_FOUND: Final = Text(
    "UserNotFoundException",
    "Username/client id combination not found.",
    "observed",
    "floci-rec, of ForgotPassword; ConfirmSignUp and ResendConfirmationCode inferred",
)
USER_DISABLED: Final = Text(
    "NotAuthorizedException",
    "User is disabled.",
    "inferred",
    "observed on ForgotPassword and at sign-in; no capture of ResendConfirmationCode",
)
CODE_MISMATCH: Final = Text(
    "CodeMismatchException",
    "Invalid verification code provided, please try again.",
    "observed",
    "floci-rec confirm-sign-up.error.code-mismatch",
)
CODE_EXPIRED: Final = Text(
    "ExpiredCodeException", "Invalid code provided, please request a code again.", "observed", "aws-sdk-ios-samples#144"
)
ATTEMPT_LIMIT: Final = Text(
    "LimitExceededException",
    "Attempt limit exceeded, please try after some time.",
    "observed",
    "amplify-js#8013, aws-sdk-android#627",
)
TOO_MANY_FAILED_ATTEMPTS: Final = Text(
    "TooManyFailedAttemptsException", "Too many failed attempts.", "inferred", "no capture"
)
RESEND_CONFIRMED: Final = Text(
    "InvalidParameterException", "User is already confirmed.", "observed", "amplify-ui#219, amplify-js#2797"
)
RESEND_OFF: Final = Text(
    "NotAuthorizedException",
    "Cannot resend codes. Auto verification not turned on.",
    "inferred",
    "the text is observed (amplify-cli#3646), of its type two are reported",
)
RESEND_NOWHERE: Final = Text(
    "InvalidParameterException",
    "User does not have a valid registered {address}",
    "inferred",
    "observed on GetUserAttributeVerificationCode (floci#2018)",
)
ALIAS_EXISTS_CONFIRM: Final = Text(
    "AliasExistsException",
    "An account with the {attribute} already exists.",
    "documented",
    "the CLI's output of confirm-sign-up; no capture",
)
AUTO_VERIFY_NOTHING: Final = Text(
    "InvalidParameterException",
    "Cannot verify {attribute}: the user has none.",
    "inferred",
    "documented that the sign-up fails; neither type nor text",
)
SIGN_UP_NOT_PERMITTED: Final = Text(
    "NotAuthorizedException", "SignUp is not permitted for this user pool", "observed", "pmill/aws-cognito#37"
)
SECRET_HASH_MISSING: Final = Text(
    "NotAuthorizedException",
    "Client {id} is configured with secret but SECRET_HASH was not received",
    "observed",
    "amplify-android#2504",
)
SECRET_HASH_WRONG: Final = Text(
    "NotAuthorizedException",
    "SecretHash does not match for the client: {id}",
    "observed",
    "aws-sdk-net-extensions-cognito#122, amplify-android#3111",
)
SECRET_HASH_UNASKED: Final = Text(
    "NotAuthorizedException",
    "Unable to verify secret hash for client {id}",
    "inferred",
    "reported for a client without a secret",
)
USERNAME_EXISTS_SIGN_UP: Final = Text(
    "UsernameExistsException", "User already exists", "observed", "floci-rec sign-up.error.username-exists"
)
USERNAME_EXISTS_ADMIN: Final = Text(
    "UsernameExistsException", "User account already exists", "observed", "localstack#4465"
)
USERNAME_EXISTS_GIVEN: Final = Text(
    "UsernameExistsException",
    "An account with the given {attribute} already exists.",
    "observed",
    "jonsaw/amazon-cognito-identity-dart#73; phone_number inferred from email",
)
ALIAS_EXISTS: Final = Text(
    "AliasExistsException",
    "An account with the given {attribute} already exists.",
    "observed",
    "three captures; attributes other than email inferred",
)
USERNAME_NOT_EMAIL: Final = Text(
    "InvalidParameterException", "Username should be an email.", "observed", "public capture"
)
USERNAME_NOT_PHONE: Final = Text(
    "InvalidParameterException", "Username should be a phone number.", "observed", "public capture"
)
USERNAME_NEITHER: Final = Text(
    "InvalidParameterException", "Username should be either an email or a phone number.", "observed", "public capture"
)
USERNAME_IS_EMAIL: Final = Text(
    "InvalidParameterException",
    "Username cannot be of email format, since user pool is configured for email alias.",
    "observed",
    "public capture",
)
USERNAME_IS_PHONE: Final = Text(
    "InvalidParameterException",
    "Username cannot be of phone number format, since user pool is configured for phone number alias.",
    "inferred",
    "the rule is documented, the text formed like that for email",
)
PREFERRED_USERNAME_UNCONFIRMED: Final = Text(
    "InvalidParameterException",
    "Preferred username cannot be provided for unconfirmed account, "
    "since user pool is configured for preferred username alias.",
    "observed",
    "aws-amplify/amplify-js#1669; the type is inferred",
)

# Attributes --------------------------------------------------------------------------------------------------------
EMAIL_FORMAT: Final = Text("InvalidParameterException", "Invalid email address format.", "observed", "public capture")
PHONE_FORMAT: Final = Text(
    "InvalidParameterException", "Invalid phone number format.", "inferred", "formed like that for email"
)
ATTRIBUTES_NONCONFORMING: Final = Text(
    "InvalidParameterException", "Attributes did not conform to the schema: {details}", "observed", "public capture"
)
ATTRIBUTE_UNDETERMINED: Final = Text(
    "InvalidParameterException",
    "Attributes did not conform to the schema: Type for attribute {{{name}}} could not be determined",
    "observed",
    "public capture",
)
ATTRIBUTE_UNKNOWN: Final = Text(
    "InvalidParameterException",
    "user.{name}: Attribute does not exist in the schema.\n",
    "observed",
    "public capture of UpdateUserAttributes",
)
ATTRIBUTE_NULL: Final = Text(
    "InvalidParameterException", "Attribute value for {name} must not be null", "observed", "public capture"
)
ATTRIBUTE_IMMUTABLE: Final = Text(
    "InvalidParameterException",
    "user.{name}: Attribute cannot be updated.\n",
    "observed",
    "public capture of its core; prefix and newline inferred",
)
SUB_IMMUTABLE: Final = Text(
    "InvalidParameterException",
    "Cannot modify the non-mutable attribute sub",
    "observed",
    "public capture of the text; the type is inferred",
)
ATTRIBUTE_UNAUTHORIZED: Final = Text(
    "NotAuthorizedException", "A client attempted to write unauthorized attribute", "observed", "public capture"
)

ATTRIBUTE_UNKNOWN_DELETE: Final = Text(
    "InvalidParameterException",
    "Invalid user attributes: user.{name}: Attribute does not exist in the schema.\n",
    "inferred",
    "another fake",
)
ATTRIBUTE_REQUIRED: Final = Text(
    "InvalidParameterException",
    "Invalid user attributes: {name}: Required attribute cannot be deleted.",
    "observed",
    "public capture",
)

# Groups ------------------------------------------------------------------------------------------------------------
GROUP_NOT_FOUND: Final = Text("ResourceNotFoundException", "Group not found.", "observed", "amplify-cli#2214")
GROUP_EXISTS: Final = Text(
    "GroupExistsException",
    "A group with the name already exists",
    "observed",
    "amplify-backend#1781, the title of the failure; a stop is not known",
)

# Passwords: three prefixes exist ------------------------------------------------------------------------------------
PASSWORD_SIGN_UP: Final = Text(
    "InvalidPasswordException", "Password did not conform with policy: {rule}", "observed", "public capture"
)
PASSWORD_TEMPORARY: Final = Text(
    "InvalidPasswordException",
    "Password did not conform with password policy: {rule}",
    "observed",
    "data-dot-all/dataall#690",
)
PASSWORD_SET: Final = Text(
    "InvalidPasswordException",
    "Password does not conform to policy: {rule}",
    "inferred",
    "observed on ConfirmForgotPassword; no capture of AdminSetUserPassword",
)

# Lambda functions ---------------------------------------------------------------------------------------------------
LAMBDA_RAISED: Final = Text(
    "UserLambdaValidationException",
    "{trigger} failed with error {error}.",
    "observed",
    "public captures of Python functions; the stop is always added: aws-lambda-rust-runtime#825",
)
LAMBDA_NOT_INVOKED: Final = Text(
    "UnexpectedLambdaException",
    "{trigger} invocation failed due to error {error}.",
    "observed",
    "amazon-cognito-auth-js#223, amazon-cognito-identity-dart-2#204; the stop as on the AWS page",
)
LAMBDA_NO_JSON: Final = Text(
    "InvalidLambdaResponseException",
    "Invalid lambda function output : Invalid JSON",
    "observed",
    "aws-sdk-js#2692, amplify-cli#2735",
)
LAMBDA_UNRECOGNIZABLE: Final = Text(
    "InvalidLambdaResponseException", "Unrecognizable lambda output", "observed", "amazon-cognito-identity-js#633"
)

# ListUsers ---------------------------------------------------------------------------------------------------------
FILTER_SYNTAX: Final = Text("InvalidParameterException", "Error while parsing filter.", "observed", "aws-sdk-php#1088")
FILTER_ATTRIBUTE: Final = Text(
    "InvalidParameterException",
    "Input fails to satisfy the constraints.",
    "observed",
    "capture of a custom attribute; other unsearchable attributes inferred",
)
ATTRIBUTES_TO_GET: Final = Text(
    "InvalidParameterException",
    "One or more requested attributes do not exist.",
    "observed",
    "public capture of the words; the stop is inferred",
)
