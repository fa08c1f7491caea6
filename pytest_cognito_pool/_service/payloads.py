"""The events that triggers are given, key by key in the order of the captured ones."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.attributes import VERIFIED
from pytest_cognito_pool.triggers import TRIGGER_OF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.state import AppClient, Pool
    from pytest_cognito_pool._service.user import User

CONFIRM_SIGN_UP: Final = "PostConfirmation_ConfirmSignUp"
CLIENT_CREDENTIALS: Final = "TokenGeneration_ClientCredentials"
# What most captured events say; no capture names a Python caller.
_SDK_VERSION: Final = "aws-sdk-unknown-unknown"
# Observed where an administrator creates a user; inferred for the messages of other operations of administrators.
_NO_CLIENT: Final = "CLIENT_ID_NOT_APPLICABLE"
# Before the request's own members, save where a trigger is told of no user.
_WITHOUT_USER: Final = frozenset({"UserMigration", "InboundFederation"})
# Encrypted for a key of the account's: what a function decrypts with KMS, and no fake can make.
_CIPHERTEXT: Final = "AYADeA=="
# Observed but for UserMigration (documented), CreateAuthChallenge and InboundFederation (inferred).
_REQUESTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "PreSignUp": {"validationData": None},
    "PostConfirmation": {},
    "PreAuthentication": {"validationData": None},
    "PostAuthentication": {"newDeviceUsed": False},
    "DefineAuthChallenge": {"session": []},
    "CreateAuthChallenge": {"challengeName": "CUSTOM_CHALLENGE", "session": []},
    "VerifyAuthChallengeResponse": {"privateChallengeParameters": {}, "challengeAnswer": ""},
    "PreTokenGeneration": {},
    "UserMigration": {"password": "", "validationData": None},
    "CustomMessage": {"codeParameter": "{####}", "linkParameter": "{##Click Here##}", "usernameParameter": None},
    "CustomEmailSender": {"type": "customEmailSenderRequestV1", "code": _CIPHERTEXT, "clientMetadata": None},
    "CustomSMSSender": {"type": "customSMSSenderRequestV1", "code": _CIPHERTEXT, "clientMetadata": None},
    "InboundFederation": {"providerName": "", "providerType": "", "attributes": {}},
}
_RESPONSES: Final[Mapping[str, Mapping[str, Any]]] = {
    "PreSignUp": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    "PostConfirmation": {},
    "PreAuthentication": {},
    "PostAuthentication": {},
    "DefineAuthChallenge": {"challengeName": None, "issueTokens": None, "failAuthentication": None},
    "CreateAuthChallenge": {
        "publicChallengeParameters": None,
        "privateChallengeParameters": None,
        "challengeMetadata": None,
    },
    "VerifyAuthChallengeResponse": {"answerCorrect": None},
    "PreTokenGeneration": {"claimsOverrideDetails": None},
    "UserMigration": {
        "userAttributes": None,
        "forceAliasCreation": None,
        "enableSMSMFA": None,
        "finalUserStatus": None,
        "messageAction": None,
        "desiredDeliveryMediums": None,
    },
    "CustomMessage": {"smsMessage": None, "emailMessage": None, "emailSubject": None},
    "InboundFederation": {"userAttributesToMap": {}},
}
_OF_INVITATIONS: Final = {"usernameParameter": "{username}"}
_TOLD_OF_UNKNOWN: Final = frozenset(
    {"PreAuthentication", "DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"}
)


def is_invoked(pool: Pool, source: str) -> bool:
    """Whether the pool has the trigger: any has it, unless its LambdaConfig lists others only."""
    config, trigger = pool.settings["LambdaConfig"], TRIGGER_OF[source]
    return not config or trigger in config or f"{trigger}Config" in config or pool.functions.find(source) is not None


def event(
    source: str,
    pool: Pool,
    user: User,
    client: AppClient | None,
    given: Mapping[str, object],
) -> dict[str, Any]:
    """The event of this moment; where the user may change meanwhile the caller holds the pool's lock.

    Args:
        source: the occasion.
        pool: the pool.
        user: whom it is about.
        client: the app client that called; None where an administrator did.
        given: members of the request that are not the usual; without `clientMetadata` it has no such key.
    """
    trigger = TRIGGER_OF[source]
    request: dict[str, Any] = {} if trigger in _WITHOUT_USER else {"userAttributes": user_attributes(trigger, user)}
    request |= copy.deepcopy(dict(_REQUESTS[trigger]))
    if trigger in _TOLD_OF_UNKNOWN and client and client.hides_unknown_users:
        request["userNotFound"] = False
    version = _token_version(source, pool) if trigger == "PreTokenGeneration" else "1"
    if trigger == "PreTokenGeneration":
        request |= _token_request(source, pool, user, version)
    if source == "CustomMessage_AdminCreateUser":
        request |= _OF_INVITATIONS
    request |= copy.deepcopy(dict(given))
    if "Sender" in trigger:
        request["userAttributes"] = request.pop("userAttributes")
    body = {
        "version": version,
        "region": pool.region,
        "userPoolId": pool.id,
        "userName": "ClientCredentials" if source == CLIENT_CREDENTIALS else user.username,
        "callerContext": {"awsSdkVersion": _SDK_VERSION, "clientId": _client_id(source, client)},
        "triggerSource": source,
        "request": request,
    }
    if version != "1":
        # Observed: these two versions have the source second.
        body = {
            "version": version,
            "triggerSource": source,
            **body,
            "response": {"claimsAndScopeOverrideDetails": None},
        }
    elif trigger in _RESPONSES:
        body["response"] = dict(_RESPONSES[trigger])
    return body


def _client_id(source: str, client: AppClient | None) -> str | None:
    if client:
        return client.id
    return None if source == CONFIRM_SIGN_UP else _NO_CLIENT


def user_attributes(trigger: str, user: User) -> dict[str, str]:
    """The attributes as events list them: strings all, a verification flag wherever there is an address.

    A user who does not exist yet, before she signs up, has neither sub nor status nor flags of her own.
    """
    own = user.attributes
    if trigger == "PreSignUp":
        return dict(own)
    attributes = {"sub": user.sub}
    for address, flag in VERIFIED.items():
        if address in own:
            attributes[flag] = own.get(flag, "false")
    attributes["cognito:user_status"] = user.status
    attributes.update(own)
    return attributes


def _token_version(source: str, pool: Pool) -> str:
    if source == CLIENT_CREDENTIALS:
        # Documented, and observed that no function is called in an earlier version.
        return "3"
    config = pool.settings["LambdaConfig"].get("PreTokenGenerationConfig", {})
    return str(config.get("LambdaVersion", "V1_0"))[1]


def _token_request(source: str, pool: Pool, user: User, version: str) -> dict[str, Any]:
    if source == CLIENT_CREDENTIALS:
        # Documented: no user takes part.
        return {"userAttributes": {}, "groupConfiguration": None, "scopes": []}
    request: dict[str, Any] = {"groupConfiguration": pool.groups.configuration(user)}
    if version != "1":
        request["scopes"] = ["aws.cognito.signin.user.admin"]
    return request
