"""The rules for the settings of a user pool, on create and on update."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._service.errors import pool_settings as errors
from pytest_cognito_pool._service.pool.mfa import SMS, factors
from pytest_cognito_pool._service.pool.rules import Rule, account_of, at, check, region_of, twice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_RECOVERY: Final = "AccountRecoverySetting.RecoveryMechanisms"
_FIRST_FACTORS: Final = "Policies.SignInPolicy.AllowedFirstAuthFactors"
_TO_VERIFY: Final = "UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate"
_VALIDITY_DAYS: Final = "Policies.PasswordPolicy.TemporaryPasswordValidityDays"
UNUSED_DAYS: Final = "AdminCreateUserConfig.UnusedAccountValidityDays"
_CLAIMS_FUNCTION: Final = "LambdaConfig.PreTokenGenerationConfig.LambdaArn"
_CLAIMS_VERSION: Final = "LambdaConfig.PreTokenGenerationConfig.LambdaVersion"
_THREATS: Final = "UserPoolAddOns.AdvancedSecurityMode"
# Inferred: an address, alone or after a name: `Shop <shop@example.com>`.
_FROM: Final = re.compile(r"[^<>\s@]+@[^<>\s@]+|.*<[^<>\s@]+@[^<>\s@]+>", re.DOTALL)
# The regions in the text of the error.
_SES_REGIONS: Final = frozenset({"eu-west-1", "us-east-1", "us-west-2"})


class Judged(NamedTuple):
    """The input of the rules.

    Attributes:
        settings: the pool's settings after the request.
        given: the settings in the request.
        region: the region of the pool.
        account: the account of the pool.
        mfa: the blocks that SetUserPoolMfaConfig sets (`mfa.py`).
        lost: the settings that an update resets because the request omits them.
    """

    settings: Mapping[str, Any]
    given: Mapping[str, Any]
    region: str
    account: str
    mfa: Mapping[str, Any]
    lost: Sequence[str] = ()

    def at(self, path: str, default: Any = None) -> Any:
        """The setting at that path."""
        return at(self.settings, path, default)

    @property
    def functions(self) -> Iterator[str]:
        """The ARNs of the functions in the LambdaConfig."""
        for name, value in self.settings["LambdaConfig"].items():
            if name != "KMSKeyID":
                yield value if isinstance(value, str) else value["LambdaArn"]


def check_settings(judged: Judged) -> None:
    """Refuse settings of a pool that do not go together.

    Raises:
        ServiceError: InvalidParameterException, or FeatureUnavailableInTierException.
    """
    note = f"; UpdateUserPool resets settings that the request omits: {', '.join(judged.lost)}" if judged.lost else ""
    check(_RULES, judged, judged.settings, note, tier=judged.settings["UserPoolTier"])


def _recovery(judged: Judged) -> list[dict[str, Any]]:
    mechanisms: list[dict[str, Any]] = judged.at(_RECOVERY, [])
    return mechanisms


def _repeated_recovery(judged: Judged) -> object:
    mechanisms = _recovery(judged)
    return twice(each["Priority"] for each in mechanisms) or twice(each["Name"] for each in mechanisms)


def _admin_beside_others(judged: Judged) -> bool:
    names = [each["Name"] for each in _recovery(judged)]
    return "admin_only" in names and len(names) > 1


def _is_unverified(judged: Judged) -> bool:
    return not {*judged.at(_TO_VERIFY, [])} <= {*judged.at("AutoVerifiedAttributes", [])}


def _has_no_second_factor(judged: Judged) -> bool:
    wanted = judged.given.get("MfaConfiguration", "OFF") != "OFF"
    return wanted and "SmsConfiguration" not in judged.settings and not factors(judged.mfa) - {SMS}


def _is_required(judged: Judged) -> bool:
    return bool(judged.settings["MfaConfiguration"] == "ON")


def _without_password(judged: Judged, member: str) -> str | None:
    """An invitation without the password; documented: it may lack it if users can sign in without one."""
    text: str | None = judged.at(f"AdminCreateUserConfig.InviteMessageTemplate.{member}")
    return None if text is None or "{####}" in text or judged.at(_FIRST_FACTORS) != ["PASSWORD"] else text


def _sms_region(judged: Judged) -> str | None:
    # Some regions use the SNS of another one (documented), so only a region that was tried is checked.
    sms = judged.at("SmsConfiguration.SnsRegion", judged.region)
    return judged.region if sms != judged.region == "us-east-1" else None


def _mail_region(judged: Judged) -> bool:
    arn = judged.at("EmailConfiguration.SourceArn")
    return arn is not None and region_of(arn) not in {*_SES_REGIONS, judged.region}


def _mail_from(judged: Judged) -> bool:
    sender = judged.at("EmailConfiguration.From")
    return sender is not None and not _FROM.fullmatch(sender)


def _role_of_another_account(judged: Judged) -> bool:
    role = judged.at("SmsConfiguration.SnsCallerArn")
    return role is not None and account_of(role) != judged.account


def _sender_without_key(judged: Judged) -> bool:
    functions = judged.settings["LambdaConfig"]
    return "KMSKeyID" not in functions and ("CustomSMSSender" in functions or "CustomEmailSender" in functions)


def _key_of_another_region(judged: Judged) -> str | None:
    region = region_of(judged.at("LambdaConfig.KMSKeyID", f"arn:aws:kms:{judged.region}"))
    return region if region != judged.region else None


def _two_token_functions(judged: Judged) -> bool:
    old, new = at(judged.given, "LambdaConfig.PreTokenGeneration"), at(judged.given, _CLAIMS_FUNCTION)
    return None not in {old, new} and old != new


def _is_lite(judged: Judged) -> bool:
    return bool(judged.settings["UserPoolTier"] == "LITE")


def _token_customization(judged: Judged) -> str | None:
    """The feature of a function for access tokens; observed for V2_0, inferred for V3_0."""
    version = judged.at(_CLAIMS_VERSION, "V1_0")
    beyond = _is_lite(judged) and version != "V1_0"
    return f"Token Customization with Pre-Token Generation Lambda {version}" if beyond else None


def _threat_protection(judged: Judged) -> str | None:
    beyond = judged.settings["UserPoolTier"] != "PLUS" and judged.at(_THREATS, "OFF") != "OFF"
    return "Threat Protection" if beyond else None


_RULES: Final[tuple[Rule[Judged], ...]] = (
    Rule(
        errors.BOTH_USERNAME_AND_ALIAS,
        ("UsernameAttributes", "AliasAttributes"),
        lambda judged: judged.at("UsernameAttributes") and judged.at("AliasAttributes"),
    ),
    Rule(
        errors.BOTH_VALIDITY_DAYS,
        (_VALIDITY_DAYS, UNUSED_DAYS),
        lambda judged: at(judged.given, _VALIDITY_DAYS) is not None and at(judged.given, UNUSED_DAYS) is not None,
    ),
    Rule(errors.RECOVERY_TWICE, (_RECOVERY,), _repeated_recovery),
    Rule(errors.RECOVERY_ADMIN_ONLY, (_RECOVERY,), _admin_beside_others),
    Rule(
        errors.PHONE_WITHOUT_SMS,
        ("AutoVerifiedAttributes", "SmsConfiguration"),
        lambda judged: "phone_number" in judged.at("AutoVerifiedAttributes", []) and not judged.at("SmsConfiguration"),
    ),
    Rule(errors.UPDATE_WITHOUT_VERIFICATION, (_TO_VERIFY, "AutoVerifiedAttributes"), _is_unverified),
    Rule(
        errors.FACTORS_WITHOUT_PASSWORD, (_FIRST_FACTORS,), lambda judged: "PASSWORD" not in judged.at(_FIRST_FACTORS)
    ),
    Rule(
        errors.FACTOR_WITHOUT_SMS,
        (_FIRST_FACTORS, "SmsConfiguration"),
        lambda judged: "SMS_OTP" in judged.at(_FIRST_FACTORS) and not judged.at("SmsConfiguration"),
    ),
    Rule(errors.MFA_WITHOUT_FACTOR, ("MfaConfiguration", "SmsConfiguration"), _has_no_second_factor),
    Rule(
        errors.MFA_AND_FIRST_FACTORS,
        ("MfaConfiguration", _FIRST_FACTORS),
        lambda judged: _is_required(judged) and {"EMAIL_OTP", "SMS_OTP"} & {*judged.at(_FIRST_FACTORS)},
    ),
    Rule(
        errors.MFA_AND_PASSKEYS,
        ("MfaConfiguration", _FIRST_FACTORS),
        lambda judged: (
            _is_required(judged)
            and "WEB_AUTHN" in judged.at(_FIRST_FACTORS)
            and at(judged.mfa, "WebAuthnConfiguration.FactorConfiguration") != "MULTI_FACTOR_WITH_USER_VERIFICATION"
        ),
    ),
    Rule(errors.MAILED_INVITATION, (_FIRST_FACTORS,), lambda judged: _without_password(judged, "EmailMessage")),
    Rule(errors.SMS_INVITATION, (_FIRST_FACTORS,), lambda judged: _without_password(judged, "SMSMessage")),
    Rule(
        errors.MAIL_WITHOUT_ARN,
        ("EmailConfiguration",),
        lambda judged: (
            judged.at("EmailConfiguration.EmailSendingAccount") == "DEVELOPER"
            and not judged.at("EmailConfiguration.SourceArn")
        ),
    ),
    Rule(errors.MAIL_FROM, ("EmailConfiguration.From",), _mail_from),
    Rule(errors.MAIL_REGION, ("EmailConfiguration.SourceArn",), _mail_region),
    Rule(errors.SMS_REGION, ("SmsConfiguration.SnsRegion",), _sms_region),
    Rule(errors.OTHER_ACCOUNT, ("SmsConfiguration.SnsCallerArn",), _role_of_another_account),
    Rule(errors.SENDER_WITHOUT_KEY, ("LambdaConfig",), _sender_without_key),
    Rule(errors.KEY_REGION, ("LambdaConfig.KMSKeyID",), _key_of_another_region),
    Rule(errors.TWO_TOKEN_FUNCTIONS, ("LambdaConfig",), _two_token_functions),
    Rule(
        errors.FUNCTION_REGION,
        ("LambdaConfig",),
        lambda judged: any(region_of(arn) != judged.region for arn in judged.functions),
    ),
    Rule(
        errors.NOT_IN_TIER,
        ("UserPoolTier", _FIRST_FACTORS),
        lambda judged: _is_lite(judged) and judged.at(_FIRST_FACTORS) != ["PASSWORD"] and "Passwordless Sign-In",
    ),
    Rule(errors.NOT_IN_TIER, ("UserPoolTier", _CLAIMS_VERSION), _token_customization),
    Rule(errors.NOT_IN_TIER, ("UserPoolTier", _THREATS), _threat_protection),
    # Documented; the words are inferred.
    Rule(
        errors.NOT_IN_TIER,
        ("UserPoolTier",),
        lambda judged: _is_lite(judged) and "EmailMfaConfiguration" in judged.mfa and "Email MFA",
    ),
)
