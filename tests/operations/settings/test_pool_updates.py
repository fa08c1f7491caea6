"""What UpdateUserPool does to each setting that it leaves out, and settings that have two names."""

from __future__ import annotations

import pytest

from pytest_cognito_pool._service.pool.settings import OMITTED

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function"
IDENTITY = "arn:aws:ses:us-east-1:123456789012:identity/shop@example.com"
# Every setting that UpdateUserPool can give, other than by default.
OTHERWISE = {
    "PoolName": "market",
    "Policies": {
        "PasswordPolicy": {
            "MinimumLength": 12,
            "RequireUppercase": False,
            "RequireLowercase": True,
            "RequireNumbers": True,
            "RequireSymbols": False,
            "TemporaryPasswordValidityDays": 3,
        },
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]},
    },
    "MfaConfiguration": "OPTIONAL",
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
    "UserPoolTier": "PLUS",
    "AutoVerifiedAttributes": ["email"],
    "LambdaConfig": {"PostConfirmation": f"{LAMBDA}:f"},
    "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"},
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True},
    "DeletionProtection": "ACTIVE",
    "VerificationMessageTemplate": {
        "DefaultEmailOption": "CONFIRM_WITH_LINK",
        "EmailMessage": "mail {####}",
        "EmailSubject": "subject",
        "SmsMessage": "sms {####}",
    },
    "EmailVerificationMessage": "mail {####}",
    "EmailVerificationSubject": "subject",
    "SmsVerificationMessage": "sms {####}",
    "SmsAuthenticationMessage": "code {####}",
    "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False},
    "EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "SourceArn": IDENTITY},
    "SmsConfiguration": SMS,
    "UserPoolTags": {"team": "shop"},
    "AccountRecoverySetting": {"RecoveryMechanisms": [{"Priority": 1, "Name": "admin_only"}]},
}
# Settings that the installed model may lack; their effect is the documented one.
NEWER = {"KeyConfiguration", "IssuerConfiguration"}
# What every update must give, so that the kept settings are valid together with the reset ones.
KEPT_NEED = {"AutoVerifiedAttributes": ["email"]}


@pytest.fixture
def described(cognito_idp):
    """The settings of a pool, as DescribeUserPool has them."""

    def described(pool_id):
        pool = cognito_idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]
        return {**pool, "PoolName": pool["Name"]}

    return described


@pytest.fixture
def pool_id(cognito_idp):
    """A pool in which every setting differs from its default."""
    return cognito_idp.create_user_pool(**OTHERWISE)["UserPool"]["Id"]


@evidence("inferred", "a setting that the table lacks would be reset without a decision")
def test_the_table_of_omitted_settings_has_every_setting():
    assert OMITTED.keys() - NEWER == OTHERWISE.keys()


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=evidence(*OMITTED[name][1:])) for name in OTHERWISE if name not in KEPT_NEED]
)
def test_an_omitted_setting_is_kept_or_reset(cognito_idp, described, pool_id, name):
    fresh = described(cognito_idp.create_user_pool(PoolName="fresh")["UserPool"]["Id"])
    before = described(pool_id)
    cognito_idp.update_user_pool(UserPoolId=pool_id, **KEPT_NEED)
    after = described(pool_id)
    expected = before if OMITTED[name].effect == "kept" else fresh
    assert before[name] != fresh.get(name)
    if name == "AdminCreateUserConfig":
        # The older name of TemporaryPasswordValidityDays, which is kept.
        expected = {name: {"AllowAdminCreateUserOnly": False, "UnusedAccountValidityDays": 3}}
    assert after.get(name) == expected.get(name)


@evidence("observed", "aws-nuke#477 and two more: reset, so that the kept UserAttributeUpdateSettings are refused")
def test_omitted_auto_verified_attributes_are_reset(cognito, cognito_idp, described, refused):
    text = "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes"
    pool = cognito_idp.create_user_pool(PoolName="shop", AutoVerifiedAttributes=["email"])["UserPool"]
    cognito_idp.update_user_pool(UserPoolId=pool["Id"])
    assert "AutoVerifiedAttributes" not in described(pool["Id"])

    both = {name: OTHERWISE[name] for name in ("AutoVerifiedAttributes", "UserAttributeUpdateSettings")}
    cognito_idp.update_user_pool(UserPoolId=pool["Id"], **both)
    with refused("InvalidParameterException", text):
        cognito_idp.update_user_pool(UserPoolId=pool["Id"], DeletionProtection="INACTIVE")
    assert cognito.calls[-1].why == (
        "UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate=['email'], no AutoVerifiedAttributes; "
        "UpdateUserPool resets settings that the request omits: AutoVerifiedAttributes"
    )


class TestPolicies:
    @evidence("observed", "cdkd 2026-08: of the two policies, the omitted one is kept")
    @pytest.mark.parametrize(
        ("given", "kept"), [("PasswordPolicy", "SignInPolicy"), ("SignInPolicy", "PasswordPolicy")]
    )
    def test_an_omitted_policy_is_kept(self, cognito_idp, described, pool_id, given, kept):
        policies = {
            "PasswordPolicy": {"MinimumLength": 6, "RequireNumbers": True},
            "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
        }
        cognito_idp.update_user_pool(UserPoolId=pool_id, Policies={given: policies[given]}, **KEPT_NEED)
        after = described(pool_id)["Policies"]
        assert after[kept] == OTHERWISE["Policies"][kept]
        assert after[given] == {**after[given], **policies[given]}

    @evidence("inferred", "UnusedAccountValidityDays is the older name of TemporaryPasswordValidityDays")
    def test_unused_account_validity_days_change_the_kept_password_policy(self, cognito_idp, described, pool_id):
        cognito_idp.update_user_pool(
            UserPoolId=pool_id, AdminCreateUserConfig={"UnusedAccountValidityDays": 30}, **KEPT_NEED
        )
        after = described(pool_id)
        assert after["Policies"]["PasswordPolicy"] == {
            **OTHERWISE["Policies"]["PasswordPolicy"],
            "TemporaryPasswordValidityDays": 30,
        }
        assert after["AdminCreateUserConfig"]["UnusedAccountValidityDays"] == 30

    @evidence("documented", "PasswordPolicyType, TemporaryPasswordValidityDays: 0 stands for the default")
    def test_temporary_password_validity_days_of_0_are_the_default(self, cognito_idp, described):
        policy = {"MinimumLength": 8, "TemporaryPasswordValidityDays": 0}
        pool = cognito_idp.create_user_pool(PoolName="shop", Policies={"PasswordPolicy": policy})["UserPool"]
        assert pool["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"] == 7


class TestTwoNames:
    """One value; both names are shown."""

    @evidence("inferred", "the older settings are named as no longer used, and the template as their replacement")
    @pytest.mark.parametrize(
        ("old", "new", "value"),
        [
            ("EmailVerificationMessage", "EmailMessage", "mail {####}"),
            ("EmailVerificationSubject", "EmailSubject", "subject"),
            ("SmsVerificationMessage", "SmsMessage", "sms {####}"),
        ],
    )
    def test_a_message_text_is_shown_under_its_old_and_new_name(self, cognito_idp, described, old, new, value):
        for given in ({old: value}, {"VerificationMessageTemplate": {new: value}}):
            pool = cognito_idp.create_user_pool(PoolName="shop", **given)["UserPool"]
            assert pool[old] == value
            assert pool["VerificationMessageTemplate"] == {"DefaultEmailOption": "CONFIRM_WITH_CODE", new: value}
            cognito_idp.update_user_pool(UserPoolId=pool["Id"])
            assert old not in described(pool["Id"])

    @evidence("documented", "LambdaConfigType: PreTokenGeneration and the LambdaArn have the same value")
    @pytest.mark.parametrize(
        "given",
        [
            {"PreTokenGeneration": f"{LAMBDA}:claims"},
            {"PreTokenGenerationConfig": {"LambdaVersion": "V1_0", "LambdaArn": f"{LAMBDA}:claims"}},
        ],
        ids=["old", "new"],
    )
    def test_the_pre_token_generation_function_is_shown_under_both_names(self, cognito_idp, given):
        pool = cognito_idp.create_user_pool(PoolName="shop", LambdaConfig=given)["UserPool"]
        assert pool["LambdaConfig"] == {
            "PreTokenGeneration": f"{LAMBDA}:claims",
            "PreTokenGenerationConfig": {"LambdaVersion": "V1_0", "LambdaArn": f"{LAMBDA}:claims"},
        }
