"""The settings of a user pool: what CreateUserPool and UpdateUserPool make of a request, and their description."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.errors.pools import BOTH_USERNAME_AND_ALIAS, BOTH_VALIDITY_DAYS, MFA_WITHOUT_SMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.pool.pool import Pool

# Observed: the reply of a recorded CreateUserPool (2024-12) and a DescribeUserPool of 2025-07.
_DEFAULTS: Final[Mapping[str, Any]] = {
    "DeletionProtection": "INACTIVE",
    "LambdaConfig": {},
    "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": []},
    "MfaConfiguration": "OFF",
    "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
    "UserPoolTags": {},
    "UserPoolTier": "ESSENTIALS",
}
_DEFAULT_PASSWORD_POLICY: Final[Mapping[str, Any]] = {
    "MinimumLength": 8,
    "RequireUppercase": True,
    "RequireLowercase": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
    "TemporaryPasswordValidityDays": 7,
}
# Inferred: in a PasswordPolicy that is given, a requirement left out is not required.
_OMITTED_FROM_PASSWORD_POLICY: Final[Mapping[str, Any]] = {
    **dict.fromkeys(_DEFAULT_PASSWORD_POLICY, False),
    "MinimumLength": 8,
    "TemporaryPasswordValidityDays": 7,
}
# Settings that UpdateUserPool cannot name, and so never resets.
_FIXED: Final = ("PoolName", "AliasAttributes", "UsernameAttributes", "UsernameConfiguration", "Schema")
# What is stored and described; whatever the installed model has beyond it is not simulated.
KNOWN: Final = frozenset(
    {
        *_DEFAULTS, *_FIXED, "Policies", "AutoVerifiedAttributes", "SmsVerificationMessage", "EmailVerificationMessage",
        "EmailVerificationSubject", "SmsAuthenticationMessage", "DeviceConfiguration", "SmsConfiguration",
        "AccountRecoverySetting", "AdminCreateUserConfig", "UserPoolAddOns", "KeyConfiguration", "IssuerConfiguration",
    }
)  # fmt: skip


def complete(given: Mapping[str, Any], *, as_configured_later: bool = False) -> dict[str, Any]:
    """The settings with their defaults.

    Args:
        given: CreateUserPool's parameters.
        as_configured_later: whether to allow settings that only later operations can give a pool: MFA by authenticator
            app alone.

    Raises:
        ServiceError: InvalidParameterException, when they contradict each other.
    """
    _check(given)
    if given.get("MfaConfiguration", "OFF") != "OFF" and not as_configured_later and "SmsConfiguration" not in given:
        raise MFA_WITHOUT_SMS("MfaConfiguration is given without SmsConfiguration")
    settings: dict[str, Any] = {**copy.deepcopy(_DEFAULTS), **copy.deepcopy(dict(given))}
    policies = given.get("Policies", {})
    settings["Policies"] = {
        "PasswordPolicy": _password_policy(given),
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"], **policies.get("SignInPolicy", {})},
    }
    settings["AdminCreateUserConfig"] = {
        "AllowAdminCreateUserOnly": False,
        **given.get("AdminCreateUserConfig", {}),
        "UnusedAccountValidityDays": settings["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"],
    }
    return settings


def updated(pool: Pool, given: Mapping[str, Any]) -> dict[str, Any]:
    """The pool's settings after UpdateUserPool: what is omitted returns to its default."""
    kept: dict[str, Any] = {name: pool.settings[name] for name in _FIXED if name in pool.settings}
    return complete({**kept, **given})


def describe(pool: Pool, estimated_users: int) -> dict[str, Any]:
    """The UserPool of a reply."""
    settings = {name: value for name, value in pool.settings.items() if name not in {"PoolName", "Schema"}}
    return {
        "Id": pool.id,
        "Name": pool.settings["PoolName"],
        "Arn": pool.arn,
        "CreationDate": pool.created,
        "LastModifiedDate": pool.modified,
        "EstimatedNumberOfUsers": estimated_users,
        "SchemaAttributes": pool.schema.describe(),
        **settings,
    }


def _password_policy(given: Mapping[str, Any]) -> dict[str, Any]:
    policy = given.get("Policies", {}).get("PasswordPolicy")
    defaults = _DEFAULT_PASSWORD_POLICY if policy is None else _OMITTED_FROM_PASSWORD_POLICY
    # The older name of the same number of days.
    days = given.get("AdminCreateUserConfig", {}).get(_UNUSED_DAYS, defaults["TemporaryPasswordValidityDays"])
    return {**defaults, "TemporaryPasswordValidityDays": days, **(policy or {})}


def _check(given: Mapping[str, Any]) -> None:
    if given.get("UsernameAttributes") and given.get("AliasAttributes"):
        raise BOTH_USERNAME_AND_ALIAS("the settings have both UsernameAttributes and AliasAttributes")
    policy = given.get("Policies", {}).get("PasswordPolicy", {})
    if "TemporaryPasswordValidityDays" in policy and _UNUSED_DAYS in given.get("AdminCreateUserConfig", {}):
        raise BOTH_VALIDITY_DAYS(f"TemporaryPasswordValidityDays and {_UNUSED_DAYS} are both given")


_UNUSED_DAYS: Final = "UnusedAccountValidityDays"
