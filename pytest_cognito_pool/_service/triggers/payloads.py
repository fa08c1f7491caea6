"""The events of triggers, with their keys in the order of captured events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.events.sources import TRIGGER_OF, PostConfirmation, PreTokenGeneration
from pytest_cognito_pool._service.pool.app_clients import SIGN_IN_SCOPE
from pytest_cognito_pool._service.protocol import java
from pytest_cognito_pool._service.user.addresses import VERIFIED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User

# What most captured events say; no capture names a Python caller.
_SDK_VERSION: Final = "aws-sdk-unknown-unknown"
# Observed where an administrator creates a user; inferred for the messages of other operations of administrators.
_NO_CLIENT: Final = "CLIENT_ID_NOT_APPLICABLE"
_WITHOUT_USER: Final = frozenset({"UserMigration", "InboundFederation"})
# Triggers whose user may be unknown to the pool.
_OF_STRANGERS: Final = frozenset({"PreSignUp", "UserMigration", "InboundFederation"})
# A placeholder: the service encrypts the code with a KMS key of the account, which a fake cannot do.
_CIPHERTEXT: Final = "AYADeA=="
# Observed, except UserMigration (documented), CreateAuthChallenge and InboundFederation (inferred).
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
        "finalUserStatus": None,
        "messageAction": None,
        "desiredDeliveryMediums": None,
        "forceAliasCreation": None,
        "enableSMSMFA": None,
    },
    "CustomMessage": {"smsMessage": None, "emailMessage": None, "emailSubject": None},
    "InboundFederation": {"userAttributesToMap": {}},
}
_ATTRIBUTES_LAST: Final = frozenset({"CustomEmailSender", "CustomSMSSender"})
_TOLD_OF_UNKNOWN: Final = frozenset(
    {"PreAuthentication", "DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"}
)


def is_invoked(pool: Pool, source: str) -> bool:
    """Whether the pool has the trigger: always without a LambdaConfig, otherwise if it is configured or attached."""
    return not pool.has_own_triggers or has_function(pool, source)


def has_function(pool: Pool, source: str) -> bool:
    """Whether the pool's trigger of that source has a function, attached or configured."""
    config, trigger = pool.settings["LambdaConfig"], TRIGGER_OF[source]
    return pool.functions.find(source) is not None or trigger in config or f"{trigger}Config" in config


def is_of_strangers(source: str) -> bool:
    """Whether the event can be about a user that the pool does not have."""
    return TRIGGER_OF[source] in _OF_STRANGERS or source == PreTokenGeneration.CLIENT_CREDENTIALS


def event(  # noqa: PLR0913 - what an event tells
    source: str,
    pool: Pool,
    user: User,
    client: AppClient | None,
    given: Mapping[str, object],
    *,
    typed: str | None = None,
) -> dict[str, Any]:
    """The event of this moment; if the user may change meanwhile, the caller must hold the pool's lock.

    It shares parts with other events: functions and readers of the log get a copy.

    Args:
        source: the triggerSource.
        pool: the pool.
        user: the user that it is about.
        client: the app client that calls; None if an administrator does.
        given: members of the request that differ from the defaults; `clientMetadata` has no default.
        typed: the name that was typed, if the pool does not have the user; otherwise None.
    """
    format_version = version(source, pool)
    body = {
        "version": format_version,
        "region": pool.region,
        "userPoolId": pool.id,
        "userName": _user_name(source, user, typed),
        "callerContext": {"awsSdkVersion": _SDK_VERSION, "clientId": _client_id(source, client)},
        "triggerSource": source,
        "request": {**_request(source, pool, user, client, typed), **given},
    }
    if format_version != "1":
        # Observed: in versions 2 and 3 the triggerSource is the second key.
        return {
            "version": format_version,
            "triggerSource": source,
            **body,
            "response": {"claimsAndScopeOverrideDetails": None},
        }
    trigger = TRIGGER_OF[source]
    return {**body, "response": _RESPONSES[trigger]} if trigger in _RESPONSES else body


def _user_name(source: str, user: User, typed: str | None) -> str:
    if source == PreTokenGeneration.CLIENT_CREDENTIALS:
        return "ClientCredentials"
    return user.username if typed is None or TRIGGER_OF[source] != "UserMigration" else typed


def _request(source: str, pool: Pool, user: User, client: AppClient | None, typed: str | None) -> dict[str, Any]:
    """Return the event's request with its default members."""
    trigger = TRIGGER_OF[source]
    if source == PreTokenGeneration.CLIENT_CREDENTIALS:
        # Documented: no user takes part.
        scopes = list(client.settings.get("AllowedOAuthScopes", ())) if client else []
        return {"userAttributes": {}, "groupConfiguration": None, "scopes": scopes}
    own = {**_REQUESTS[trigger]}
    if trigger in _WITHOUT_USER:
        return own
    unknown = typed is not None and trigger not in _OF_STRANGERS
    attributes = {"userAttributes": {} if unknown else _user_attributes(trigger, user, pool)}
    if trigger in _ATTRIBUTES_LAST:
        return {**own, **attributes}
    if trigger == "PreTokenGeneration":
        own["groupConfiguration"] = pool.groups.configuration(user)
        own |= {"scopes": [SIGN_IN_SCOPE]} if version(source, pool) != "1" else {}
    if trigger in _TOLD_OF_UNKNOWN and client and client.hides_unknown_users:
        own["userNotFound"] = False
    if source == "CustomMessage_AdminCreateUser":
        own["usernameParameter"] = "{username}"
    return {**attributes, **own}


def _client_id(source: str, client: AppClient | None) -> str | None:
    if client:
        return client.id
    return None if source == PostConfirmation.CONFIRM_SIGN_UP else _NO_CLIENT


def _user_attributes(trigger: str, user: User, pool: Pool) -> dict[str, str]:
    """The attributes as events list them: all values are strings, and each address has its verification flag.

    Before a sign-up the user does not exist, and has no sub, status or flags. Observed: if an administrator leaves out
    an attribute that the schema requires, the event has a default value of the service.
    """
    own = {**dict.fromkeys(pool.schema.required, "cognito:default_val"), **user.attributes}
    if trigger == "PreSignUp":
        return java.as_listed(own)
    attributes = {"sub": user.sub}
    for address, flag in VERIFIED.items():
        if address in user.attributes:
            attributes[flag] = own.get(flag, "false")
    attributes["cognito:user_status"] = user.status
    attributes.update(own)
    return java.as_listed(attributes)


def version(source: str, pool: Pool) -> str:
    """Return the version of the event's format; for token events it is a setting of the pool."""
    if source == PreTokenGeneration.CLIENT_CREDENTIALS:
        # Documented. Observed: no function is called in an earlier version.
        return "3"
    if TRIGGER_OF[source] != "PreTokenGeneration":
        return "1"
    config = pool.settings["LambdaConfig"].get("PreTokenGenerationConfig", {})
    return str(config.get("LambdaVersion", "V1_0"))[1]
