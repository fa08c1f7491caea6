"""The Lambda triggers of user pools, and the values of `triggerSource` in their events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Documented: the developer guide's page of each trigger. One of its tables has another name than
# `VerifyAuthChallengeResponse_Authentication`, the name in real events. It spells CustomSMSSender in two ways; this
# is the spelling of its examples.


class PreSignUp:
    """The sources of PreSignUp."""

    SIGN_UP: Final = "PreSignUp_SignUp"
    ADMIN_CREATE_USER: Final = "PreSignUp_AdminCreateUser"
    EXTERNAL_PROVIDER: Final = "PreSignUp_ExternalProvider"


class PostConfirmation:
    """The sources of PostConfirmation."""

    CONFIRM_SIGN_UP: Final = "PostConfirmation_ConfirmSignUp"
    CONFIRM_FORGOT_PASSWORD: Final = "PostConfirmation_ConfirmForgotPassword"


class PreAuthentication:
    """The sources of PreAuthentication."""

    AUTHENTICATION: Final = "PreAuthentication_Authentication"


class PostAuthentication:
    """The sources of PostAuthentication."""

    AUTHENTICATION: Final = "PostAuthentication_Authentication"


class DefineAuthChallenge:
    """The sources of DefineAuthChallenge."""

    AUTHENTICATION: Final = "DefineAuthChallenge_Authentication"


class CreateAuthChallenge:
    """The sources of CreateAuthChallenge."""

    AUTHENTICATION: Final = "CreateAuthChallenge_Authentication"


class VerifyAuthChallengeResponse:
    """The sources of VerifyAuthChallengeResponse."""

    AUTHENTICATION: Final = "VerifyAuthChallengeResponse_Authentication"


class PreTokenGeneration:
    """The sources of PreTokenGeneration."""

    HOSTED_AUTH: Final = "TokenGeneration_HostedAuth"
    AUTHENTICATION: Final = "TokenGeneration_Authentication"
    NEW_PASSWORD_CHALLENGE: Final = "TokenGeneration_NewPasswordChallenge"
    AUTHENTICATE_DEVICE: Final = "TokenGeneration_AuthenticateDevice"
    REFRESH_TOKENS: Final = "TokenGeneration_RefreshTokens"
    CLIENT_CREDENTIALS: Final = "TokenGeneration_ClientCredentials"


class UserMigration:
    """The sources of UserMigration."""

    AUTHENTICATION: Final = "UserMigration_Authentication"
    FORGOT_PASSWORD: Final = "UserMigration_ForgotPassword"


class CustomMessage:
    """The sources of CustomMessage."""

    SIGN_UP: Final = "CustomMessage_SignUp"
    ADMIN_CREATE_USER: Final = "CustomMessage_AdminCreateUser"
    RESEND_CODE: Final = "CustomMessage_ResendCode"
    FORGOT_PASSWORD: Final = "CustomMessage_ForgotPassword"
    UPDATE_USER_ATTRIBUTE: Final = "CustomMessage_UpdateUserAttribute"
    VERIFY_USER_ATTRIBUTE: Final = "CustomMessage_VerifyUserAttribute"
    AUTHENTICATION: Final = "CustomMessage_Authentication"


class CustomEmailSender:
    """The sources of CustomEmailSender."""

    SIGN_UP: Final = "CustomEmailSender_SignUp"
    ADMIN_CREATE_USER: Final = "CustomEmailSender_AdminCreateUser"
    RESEND_CODE: Final = "CustomEmailSender_ResendCode"
    FORGOT_PASSWORD: Final = "CustomEmailSender_ForgotPassword"
    UPDATE_USER_ATTRIBUTE: Final = "CustomEmailSender_UpdateUserAttribute"
    VERIFY_USER_ATTRIBUTE: Final = "CustomEmailSender_VerifyUserAttribute"
    AUTHENTICATION: Final = "CustomEmailSender_Authentication"
    ACCOUNT_TAKE_OVER_NOTIFICATION: Final = "CustomEmailSender_AccountTakeOverNotification"


class CustomSMSSender:
    """The sources of CustomSMSSender."""

    SIGN_UP: Final = "CustomSMSSender_SignUp"
    ADMIN_CREATE_USER: Final = "CustomSMSSender_AdminCreateUser"
    RESEND_CODE: Final = "CustomSMSSender_ResendCode"
    FORGOT_PASSWORD: Final = "CustomSMSSender_ForgotPassword"
    UPDATE_USER_ATTRIBUTE: Final = "CustomSMSSender_UpdateUserAttribute"
    VERIFY_USER_ATTRIBUTE: Final = "CustomSMSSender_VerifyUserAttribute"
    AUTHENTICATION: Final = "CustomSMSSender_Authentication"


class InboundFederation:
    """The sources of InboundFederation."""

    EXTERNAL_PROVIDER: Final = "InboundFederation_ExternalProvider"


TRIGGERS: Final[Mapping[str, tuple[str, ...]]] = {
    trigger.__name__: tuple(source for name, source in vars(trigger).items() if name.isupper())
    for trigger in (
        PreSignUp,
        PostConfirmation,
        PreAuthentication,
        PostAuthentication,
        DefineAuthChallenge,
        CreateAuthChallenge,
        VerifyAuthChallengeResponse,
        PreTokenGeneration,
        UserMigration,
        CustomMessage,
        CustomEmailSender,
        CustomSMSSender,
        InboundFederation,
    )
}
TRIGGER_OF: Final[Mapping[str, str]] = {source: trigger for trigger, sources in TRIGGERS.items() for source in sources}
