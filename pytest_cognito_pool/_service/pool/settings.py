"""The settings of a user pool: how CreateUserPool and UpdateUserPool complete them, and how replies show them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pytest_cognito_pool._service.pool import mfa
from pytest_cognito_pool._service.pool.pool_rules import UNUSED_DAYS, Judged, check_settings
from pytest_cognito_pool._service.pool.rules import at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.errors.service_error import Evidence
    from pytest_cognito_pool._service.pool.pool import Pool


class Omitted(NamedTuple):
    """What an update does to a setting that the request omits."""

    effect: Literal["kept", "reset"]
    evidence: Evidence
    source: str


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
_DAYS: Final = "TemporaryPasswordValidityDays"
# Inferred: in a PasswordPolicy that is given, a requirement left out is not required.
_OMITTED_FROM_PASSWORD_POLICY: Final[Mapping[str, Any]] = {
    **dict.fromkeys(_DEFAULT_PASSWORD_POLICY, False),
    "MinimumLength": 8,
    "TemporaryPasswordValidityDays": 7,
}
# Two names of one setting: whichever is given, both are shown.
_OLD_NAMES: Final[Mapping[str, str]] = {
    "EmailVerificationMessage": "EmailMessage",
    "EmailVerificationSubject": "EmailSubject",
    "SmsVerificationMessage": "SmsMessage",
}
# Settings that UpdateUserPool does not have.
_FIXED: Final[tuple[str, ...]] = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration", "Schema")
_RESET_AS_DOCUMENTED: Final = Omitted("reset", "documented", "UpdateUserPool: what is not given has its default")
# What UpdateUserPool does to the settings that a request omits.
OMITTED: Final[Mapping[str, Omitted]] = {
    "PoolName": Omitted("kept", "inferred", "a pool always has a name"),
    "Policies": Omitted("kept", "observed", "cdkd 2026-08: as a whole, and each of its two policies"),
    "MfaConfiguration": Omitted("kept", "observed", "cdkd 2026-08"),
    "UserAttributeUpdateSettings": Omitted("kept", "observed", "aws-nuke#477 and two more"),
    "UserPoolTier": Omitted("kept", "documented", "UpdateUserPool: with the exception of UserPoolTier"),
    "AutoVerifiedAttributes": Omitted("reset", "observed", "cdkd 2026-08; public capture of 2026"),
    "LambdaConfig": Omitted("reset", "observed", "public capture of 2026"),
    "UserPoolAddOns": Omitted("reset", "observed", "public capture of 2026"),
    "AdminCreateUserConfig": Omitted("reset", "observed", "public capture of 2026"),
    **dict.fromkeys(
        (
            "DeletionProtection", "VerificationMessageTemplate", *_OLD_NAMES, "SmsAuthenticationMessage",
            "DeviceConfiguration", "EmailConfiguration", "SmsConfiguration", "UserPoolTags", "AccountRecoverySetting",
            "KeyConfiguration", "IssuerConfiguration",
        ),
        _RESET_AS_DOCUMENTED,
    ),
}  # fmt: skip
# The settings that are simulated; the installed model may have more.
KNOWN: Final = frozenset({*OMITTED, *_FIXED})


def created(given: Mapping[str, Any], region: str, account: str, *, by_author: bool = False) -> dict[str, Any]:
    """The settings of a new pool, with their defaults.

    Args:
        given: CreateUserPool's parameters.
        region: the region of the pool.
        account: the account of the pool.
        by_author: whether to allow a setting that otherwise needs a later operation: MFA by authenticator app only.

    Raises:
        ServiceError: InvalidParameterException, if they do not go together.
    """
    settings = _complete(given)
    check_settings(Judged(settings, given, region, account, mfa.BY_APP if by_author else {}))
    return settings


def updated(pool: Pool, given: Mapping[str, Any]) -> dict[str, Any]:
    """The pool's settings after UpdateUserPool.

    Raises:
        ServiceError: InvalidParameterException, if they do not go together.
    """
    before = pool.settings
    kept = {name: before[name] for name in _FIXED if name in before}
    kept |= {name: before[name] for name, omitted in OMITTED.items() if omitted.effect == "kept" and name in before}
    settings = _complete({**kept, **given, "Policies": {**_kept_policies(pool, given), **given.get("Policies", {})}})
    lost = [name for name in before if name not in settings]
    check_settings(Judged(settings, given, pool.region, pool.account, pool.mfa, lost))
    return settings


def with_second_factors(pool: Pool, request: Mapping[str, Any]) -> dict[str, Any]:
    """The pool's settings after SetUserPoolMfaConfig.

    Raises:
        ServiceError: InvalidParameterException, if they do not go together.
    """
    mfa.check_blocks(request, pool.settings)
    settings = {**pool.settings, **mfa.settings_of(request)}
    check_settings(Judged(settings, request, pool.region, pool.account, mfa.blocks_of(request)))
    return settings


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


def _complete(given: Mapping[str, Any]) -> dict[str, Any]:
    settings: dict[str, Any] = {**_DEFAULTS, **copy.deepcopy(dict(given))}
    settings["Policies"] = {
        "PasswordPolicy": _password_policy(given),
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"], **at(given, "Policies.SignInPolicy", {})},
    }
    settings["AdminCreateUserConfig"] = {
        "AllowAdminCreateUserOnly": False,
        **given.get("AdminCreateUserConfig", {}),
        "UnusedAccountValidityDays": settings["Policies"]["PasswordPolicy"][_DAYS],
    }
    # The recorded pool has EmailSendingAccount although it was not given.
    settings["EmailConfiguration"] = {**_DEFAULTS["EmailConfiguration"], **settings["EmailConfiguration"]}
    _name_messages_twice(settings)
    settings["LambdaConfig"] = _with_both_names(settings["LambdaConfig"])
    return settings


def _kept_policies(pool: Pool, given: Mapping[str, Any]) -> dict[str, Any]:
    policies: dict[str, Any] = pool.settings["Policies"]
    if at(given, UNUSED_DAYS) is None:
        return policies
    password = {name: value for name, value in policies["PasswordPolicy"].items() if name != _DAYS}
    return {**policies, "PasswordPolicy": password}


def _password_policy(given: Mapping[str, Any]) -> dict[str, Any]:
    policy = at(given, "Policies.PasswordPolicy")
    defaults = _DEFAULT_PASSWORD_POLICY if policy is None else _OMITTED_FROM_PASSWORD_POLICY
    # The older name of the same number of days.
    complete = {**defaults, _DAYS: at(given, UNUSED_DAYS, defaults[_DAYS]), **(policy or {})}
    # Documented: 0 means the default.
    return {**complete, _DAYS: complete[_DAYS] or defaults[_DAYS]}


def _name_messages_twice(settings: dict[str, Any]) -> None:
    template = settings["VerificationMessageTemplate"] = {
        **_DEFAULTS["VerificationMessageTemplate"],
        **settings["VerificationMessageTemplate"],
    }
    for old, new in _OLD_NAMES.items():
        value = template.get(new, settings.get(old))
        if value is not None:
            settings[old] = template[new] = value


def _with_both_names(functions: Mapping[str, Any]) -> Mapping[str, Any]:
    old, config = functions.get("PreTokenGeneration"), functions.get("PreTokenGenerationConfig")
    if config:
        return {**functions, "PreTokenGeneration": config["LambdaArn"]}
    return {**functions, "PreTokenGenerationConfig": {"LambdaVersion": "V1_0", "LambdaArn": old}} if old else functions
