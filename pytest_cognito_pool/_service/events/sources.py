"""The Lambda triggers of user pools, and the sources by which their events say what invoked them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._api.errors import nearest, unknown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

# Documented: the developer guide's page of each trigger. `VerifyAuthChallengeResponse_Authentication` is what real
# events say where one table of it has another name; CustomSMSSender is how its examples spell what it spells twice.
TRIGGERS: Final[Mapping[str, tuple[str, ...]]] = {
    "PreSignUp": ("PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"),
    "PostConfirmation": ("PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"),
    "PreAuthentication": ("PreAuthentication_Authentication",),
    "PostAuthentication": ("PostAuthentication_Authentication",),
    "DefineAuthChallenge": ("DefineAuthChallenge_Authentication",),
    "CreateAuthChallenge": ("CreateAuthChallenge_Authentication",),
    "VerifyAuthChallengeResponse": ("VerifyAuthChallengeResponse_Authentication",),
    "PreTokenGeneration": (
        "TokenGeneration_HostedAuth",
        "TokenGeneration_Authentication",
        "TokenGeneration_NewPasswordChallenge",
        "TokenGeneration_AuthenticateDevice",
        "TokenGeneration_RefreshTokens",
        "TokenGeneration_ClientCredentials",
    ),
    "UserMigration": ("UserMigration_Authentication", "UserMigration_ForgotPassword"),
    "CustomMessage": (
        "CustomMessage_SignUp",
        "CustomMessage_AdminCreateUser",
        "CustomMessage_ResendCode",
        "CustomMessage_ForgotPassword",
        "CustomMessage_UpdateUserAttribute",
        "CustomMessage_VerifyUserAttribute",
        "CustomMessage_Authentication",
    ),
    "CustomEmailSender": (
        "CustomEmailSender_SignUp",
        "CustomEmailSender_AdminCreateUser",
        "CustomEmailSender_ResendCode",
        "CustomEmailSender_ForgotPassword",
        "CustomEmailSender_UpdateUserAttribute",
        "CustomEmailSender_VerifyUserAttribute",
        "CustomEmailSender_Authentication",
        "CustomEmailSender_AccountTakeOverNotification",
    ),
    "CustomSMSSender": (
        "CustomSMSSender_SignUp",
        "CustomSMSSender_AdminCreateUser",
        "CustomSMSSender_ResendCode",
        "CustomSMSSender_ForgotPassword",
        "CustomSMSSender_UpdateUserAttribute",
        "CustomSMSSender_VerifyUserAttribute",
        "CustomSMSSender_Authentication",
    ),
    "InboundFederation": ("InboundFederation_ExternalProvider",),
}
TRIGGER_OF: Final[Mapping[str, str]] = {source: trigger for trigger, sources in TRIGGERS.items() for source in sources}


def sources_of(name: str) -> tuple[str, ...]:
    """The sources of a trigger, or the source itself.

    Raises:
        UsageError: for what is neither a trigger nor a source.
    """
    if isinstance(name, str) and name in TRIGGER_OF:
        return (name,)
    if not isinstance(name, str) or name not in TRIGGERS:
        known = [*TRIGGERS, *TRIGGER_OF]
        # Where nothing is near, all the sources would only hide the triggers.
        there = known if nearest(name, known) else TRIGGERS
        raise unknown_name("Cognito has no trigger or trigger source of that name", name, there)
    return TRIGGERS[name]
