"""Settings of a user pool that do not go together: facts/other-operations.md, sections 15 and 22."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import UsageError

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1"
IDENTITY = "arn:aws:ses:us-east-1:123456789012:identity/shop@example.com"
DEPLOYED = evidence("observed", "cdk-preflight 2026-09")


def recovery(*mechanisms):
    return {
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [{"Priority": priority, "Name": name} for priority, name in mechanisms]
        }
    }


def first_factors(*factors, **others):
    return {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}}, **others}


def mail(**settings):
    return {"EmailConfiguration": settings}


def functions(**config):
    return {"LambdaConfig": config}


def versioned(arn, version="V1_0"):
    return {"LambdaArn": arn, "LambdaVersion": version}


def below(tier, feature):
    return f"The following features need to be disabled for the {tier} pricing tier configured: {feature}"


# Settings that AWS refuses, with the text, the note for the test author, and similar settings that AWS accepts.
BROKEN = {
    "alias attributes and username attributes": (
        {"UsernameAttributes": ["email"], "AliasAttributes": ["email"]},
        "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.",
        "UsernameAttributes=['email'], AliasAttributes=['email']",
        {"UsernameAttributes": ["email"]},
    ),
    "both names of the validity days": (
        {
            "Policies": {"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 3}},
            "AdminCreateUserConfig": {"UnusedAccountValidityDays": 3},
        },
        "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
        "Policies.PasswordPolicy.TemporaryPasswordValidityDays=3, AdminCreateUserConfig.UnusedAccountValidityDays=3",
        {"AdminCreateUserConfig": {"UnusedAccountValidityDays": 3}},
    ),
    "the same priority twice": (
        recovery((1, "verified_email"), (1, "verified_phone_number")),
        "Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
        (
            "AccountRecoverySetting.RecoveryMechanisms=[{'Priority': 1, 'Name': 'verified_email'}, "
            "{'Priority': 1, 'Name': 'verified_phone_number'}]"
        ),
        recovery((1, "verified_email"), (2, "verified_phone_number")),
    ),
    "the same mechanism twice": (
        recovery((1, "verified_email"), (2, "verified_email")),
        "Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
        (
            "'verified_email' is refused: AccountRecoverySetting.RecoveryMechanisms=[{'Priority': 1, 'Name': "
            "'verified_email'}, {'Priority': 2, 'Name': 'verified_email'}]"
        ),
        recovery((1, "verified_email")),
    ),
    "admin_only with another mechanism": (
        recovery((1, "admin_only"), (2, "verified_email")),
        "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
        (
            "AccountRecoverySetting.RecoveryMechanisms=[{'Priority': 1, 'Name': 'admin_only'}, "
            "{'Priority': 2, 'Name': 'verified_email'}]"
        ),
        recovery((1, "admin_only")),
    ),
    "verified phone numbers without SMS": (
        {"AutoVerifiedAttributes": ["phone_number"]},
        "SMS configuration is required when phone_number is selected for auto verification",
        "AutoVerifiedAttributes=['phone_number'], no SmsConfiguration",
        {"AutoVerifiedAttributes": ["phone_number"], "SmsConfiguration": SMS},
    ),
    "a verification before an update without auto verification": (
        {"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}},
        "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
        "UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate=['email'], no AutoVerifiedAttributes",
        {
            "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
            "AutoVerifiedAttributes": ["email"],
        },
    ),
    "first factors without the password": (
        first_factors("EMAIL_OTP"),
        "Password should be configured as one of the allowed first auth factors.",
        "Policies.SignInPolicy.AllowedFirstAuthFactors=['EMAIL_OTP']",
        first_factors("PASSWORD", "EMAIL_OTP"),
    ),
    "codes by SMS without SMS": (
        first_factors("PASSWORD", "SMS_OTP"),
        "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration",
        "Policies.SignInPolicy.AllowedFirstAuthFactors=['PASSWORD', 'SMS_OTP'], no SmsConfiguration",
        first_factors("PASSWORD", "SMS_OTP", SmsConfiguration=SMS),
    ),
    "a required second factor with codes as a first factor": (
        first_factors("PASSWORD", "EMAIL_OTP", MfaConfiguration="ON", SmsConfiguration=SMS),
        "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled",
        "MfaConfiguration='ON', Policies.SignInPolicy.AllowedFirstAuthFactors=['PASSWORD', 'EMAIL_OTP']",
        first_factors("PASSWORD", "EMAIL_OTP", MfaConfiguration="OPTIONAL", SmsConfiguration=SMS),
    ),
    "a required second factor with passkeys as a first factor": (
        first_factors("PASSWORD", "WEB_AUTHN", MfaConfiguration="ON", SmsConfiguration=SMS),
        (
            "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed "
            "first auth factor"
        ),
        "MfaConfiguration='ON', Policies.SignInPolicy.AllowedFirstAuthFactors=['PASSWORD', 'WEB_AUTHN']",
        first_factors("PASSWORD", "WEB_AUTHN"),
    ),
    "an invitation by mail without the password": (
        {"AdminCreateUserConfig": {"InviteMessageTemplate": {"EmailMessage": "Hi {username}"}}},
        (
            "1 validation error detected: Value 'Hi {username}' at 'adminCreateUserConfig.inviteMessage.emailMessage' "
            "failed to satisfy constraint: Member must satisfy regular expression pattern: "
            r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"
        ),
        "'Hi {username}' is refused: Policies.SignInPolicy.AllowedFirstAuthFactors=['PASSWORD']",
        {"AdminCreateUserConfig": {"InviteMessageTemplate": {"EmailMessage": "Your password is {####}"}}},
    ),
    "an invitation by SMS without the password": (
        {"AdminCreateUserConfig": {"InviteMessageTemplate": {"SMSMessage": "Welcome"}}},
        (
            "1 validation error detected: Value 'Welcome' at 'adminCreateUserConfig.inviteMessage.smsMessage' failed "
            r"to satisfy constraint: Member must satisfy regular expression pattern: (?s).*\{####\}(?s).*"
        ),
        "'Welcome' is refused: Policies.SignInPolicy.AllowedFirstAuthFactors=['PASSWORD']",
        first_factors(
            "PASSWORD", "EMAIL_OTP", AdminCreateUserConfig={"InviteMessageTemplate": {"SMSMessage": "Welcome"}}
        ),
    ),
    "the sending account DEVELOPER without an identity": (
        mail(EmailSendingAccount="DEVELOPER"),
        "Source ARN is required to use DEVELOPER email sending owner",
        "EmailConfiguration={'EmailSendingAccount': 'DEVELOPER'}",
        mail(EmailSendingAccount="DEVELOPER", SourceArn=IDENTITY, From="Shop <shop@example.com>"),
    ),
    "a sender that is not an address": (
        mail(EmailSendingAccount="DEVELOPER", SourceArn=IDENTITY, From="shop"),
        "Provided From email address is invalid",
        "EmailConfiguration.From='shop'",
        mail(EmailSendingAccount="DEVELOPER", SourceArn=IDENTITY, From="shop@example.com"),
    ),
    "an identity in another region": (
        mail(EmailSendingAccount="DEVELOPER", SourceArn=IDENTITY.replace("us-east-1", "ap-northeast-1")),
        "Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2.",
        "EmailConfiguration.SourceArn='arn:aws:ses:ap-northeast-1:123456789012:identity/shop@example.com'",
        mail(EmailSendingAccount="DEVELOPER", SourceArn=IDENTITY.replace("us-east-1", "us-west-2")),
    ),
    "SMS in another region": (
        {"SmsConfiguration": {**SMS, "SnsRegion": "eu-west-1"}},
        "Invalid snsRegion. Allowed SNS region for us-east-1 is us-east-1",
        "'us-east-1' is refused: SmsConfiguration.SnsRegion='eu-west-1'",
        {"SmsConfiguration": {**SMS, "SnsRegion": "us-east-1"}},
    ),
    "a role of another account": (
        {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::210987654321:role/sms"}},
        "Cross-account pass role is not allowed.",
        "SmsConfiguration.SnsCallerArn='arn:aws:iam::210987654321:role/sms'",
        {"SmsConfiguration": SMS},
    ),
    "a sender of messages without a key": (
        functions(CustomSMSSender=versioned(f"{LAMBDA}:text")),
        "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.",
        f"LambdaConfig={{'CustomSMSSender': {{'LambdaVersion': 'V1_0', 'LambdaArn': '{LAMBDA}:text'}}}}",
        functions(CustomSMSSender=versioned(f"{LAMBDA}:text"), KMSKeyID=KEY),
    ),
    "a sender of mails without a key": (
        functions(CustomEmailSender=versioned(f"{LAMBDA}:mail")),
        "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.",
        f"LambdaConfig={{'CustomEmailSender': {{'LambdaVersion': 'V1_0', 'LambdaArn': '{LAMBDA}:mail'}}}}",
        functions(CustomEmailSender=versioned(f"{LAMBDA}:mail"), KMSKeyID=KEY),
    ),
    "a key in another region": (
        functions(CustomEmailSender=versioned(f"{LAMBDA}:mail"), KMSKeyID=KEY.replace("us-east-1", "ap-northeast-1")),
        "Encountered error when CreateGrant was attempted on the input KMS key - Invalid arn ap-northeast-1",
        "'ap-northeast-1' is refused: LambdaConfig.KMSKeyID='arn:aws:kms:ap-northeast-1:123456789012:key/1'",
        functions(CustomEmailSender=versioned(f"{LAMBDA}:mail"), KMSKeyID=KEY),
    ),
    "two functions for tokens": (
        functions(PreTokenGeneration=f"{LAMBDA}:old", PreTokenGenerationConfig=versioned(f"{LAMBDA}:new")),
        "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
        None,
        functions(PreTokenGeneration=f"{LAMBDA}:new", PreTokenGenerationConfig=versioned(f"{LAMBDA}:new", "V2_0")),
    ),
    "a function in another region": (
        functions(PostConfirmation=f"{LAMBDA}:welcome".replace("us-east-1", "eu-west-1")),
        "Cross-region lambda functions are not supported",
        "LambdaConfig={'PostConfirmation': 'arn:aws:lambda:eu-west-1:123456789012:function:welcome'}",
        functions(PostConfirmation=f"{LAMBDA}:welcome"),
    ),
}
BEYOND = {
    "codes as a first factor": (
        first_factors("PASSWORD", "EMAIL_OTP", UserPoolTier="LITE"),
        below("LITE", "Passwordless Sign-In"),
        first_factors("PASSWORD", "EMAIL_OTP", UserPoolTier="ESSENTIALS"),
    ),
    "claims of access tokens": (
        functions(PreTokenGenerationConfig=versioned(f"{LAMBDA}:claims", "V2_0")) | {"UserPoolTier": "LITE"},
        below("LITE", "Token Customization with Pre-Token Generation Lambda V2_0"),
        functions(PreTokenGenerationConfig=versioned(f"{LAMBDA}:claims")) | {"UserPoolTier": "LITE"},
    ),
    "threat protection": (
        {"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}},
        below("ESSENTIALS", "Threat Protection"),
        {"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}, "UserPoolTier": "PLUS"},
    ),
    "threat protection in the lowest tier": (
        {"UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}, "UserPoolTier": "LITE"},
        below("LITE", "Threat Protection"),
        {"UserPoolAddOns": {"AdvancedSecurityMode": "OFF"}, "UserPoolTier": "LITE"},
    ),
}
# UpdateUserPool does not have the settings of the first rule.
ON_UPDATE = {
    name: (settings, text, good)
    for name, (settings, text, _, good) in BROKEN.items()
    if "UsernameAttributes" not in settings
}


@pytest.mark.parametrize(("settings", "text", "why", "good"), BROKEN.values(), ids=BROKEN)
class TestRules:
    @DEPLOYED
    def test_a_pool_that_breaks_a_rule_is_not_created(self, cognito, cognito_idp, refused, settings, text, why, good):
        with refused("InvalidParameterException", text):
            cognito_idp.create_user_pool(PoolName="shop", **settings)
        assert not cognito.pools
        assert why is None or cognito.calls[-1].why == why
        assert cognito_idp.create_user_pool(PoolName="shop", **good)["UserPool"]["Name"] == "shop"

    @evidence("inferred", "a test cannot have a pool that AWS refuses")
    def test_the_error_of_create_pool_names_the_rule_and_the_settings(self, cognito, settings, text, why, good):
        if "TemporaryPasswordValidityDays" in repr(settings):
            # describe-user-pool prints both names, and its output is taken as it is.
            assert cognito.create_pool(**settings)
            return
        with pytest.raises(UsageError) as caught:
            cognito.create_pool(**settings)
        message = f"Cognito refuses that: InvalidParameterException: {text}"
        assert str(caught.value).startswith(message if why is None else f"{message}\n{why}")
        assert cognito.create_pool(**good).client


@evidence("inferred", "the rules are the same on update")
@pytest.mark.parametrize(("settings", "text", "good"), ON_UPDATE.values(), ids=ON_UPDATE)
def test_an_update_that_breaks_a_rule_changes_nothing(cognito_idp, refused, settings, text, good):
    pool = cognito_idp.create_user_pool(PoolName="shop")["UserPool"]
    with refused("InvalidParameterException", text):
        cognito_idp.update_user_pool(UserPoolId=pool["Id"], **settings)
    assert cognito_idp.describe_user_pool(UserPoolId=pool["Id"])["UserPool"] == pool
    cognito_idp.update_user_pool(UserPoolId=pool["Id"], **good)


@evidence("observed", "a public capture of 2026, a trial of all three tiers; V3_0 inferred")
@pytest.mark.parametrize(("settings", "text", "good"), BEYOND.values(), ids=BEYOND)
def test_a_feature_that_the_tier_lacks_is_refused(cognito_idp, refused, settings, text, good):
    pool = cognito_idp.create_user_pool(PoolName="shop")["UserPool"]
    with refused("FeatureUnavailableInTierException", text):
        cognito_idp.update_user_pool(UserPoolId=pool["Id"], **settings)
    with refused("FeatureUnavailableInTierException", text):
        cognito_idp.create_user_pool(PoolName="shop", **settings)
    cognito_idp.update_user_pool(UserPoolId=pool["Id"], **good)


@evidence("observed", "cdk-preflight 2026-09")
@pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])
def test_mfa_needs_an_sms_configuration(cognito_idp, refused, mode):
    text = "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
    with refused("InvalidParameterException", text):
        cognito_idp.create_user_pool(PoolName="shop", MfaConfiguration=mode)
    pool = cognito_idp.create_user_pool(PoolName="shop", MfaConfiguration=mode, SmsConfiguration=SMS)["UserPool"]
    assert pool["MfaConfiguration"] == mode


@evidence("inferred", "SetUserPoolMfaConfig can make such a pool; a test author does not have to call it")
def test_create_pool_accepts_mfa_with_only_an_authenticator_app(cognito, cognito_idp):
    pool = cognito.create_pool(MfaConfiguration="ON")
    config = cognito_idp.get_user_pool_mfa_config(UserPoolId=pool.id)
    del config["ResponseMetadata"]
    assert config == {"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": True}}


@evidence("documented", "CreateUserPool, EmailConfiguration: the custom FROM address; one deployment was refused (22)")
def test_the_default_sending_account_may_use_an_ses_identity(cognito_idp):
    pool = cognito_idp.create_user_pool(PoolName="shop", **mail(SourceArn=IDENTITY))["UserPool"]
    assert pool["EmailConfiguration"] == {"EmailSendingAccount": "COGNITO_DEFAULT", "SourceArn": IDENTITY}


@evidence(
    "documented", "SmsConfigurationType: some regions use the SNS of another region, so only us-east-1 is checked"
)
def test_a_pool_outside_us_east_1_may_send_sms_from_another_region(cognito):
    pool = cognito.create_pool(Id="ap-northeast-2_Seoul", SmsConfiguration={**SMS, "SnsRegion": "ap-northeast-1"})
    assert pool.region == "ap-northeast-2"


@evidence("inferred", "the region of the pool itself is a region of SES")
def test_an_ses_identity_in_the_region_of_the_pool_is_accepted(cognito):
    arn = IDENTITY.replace("us-east-1", "eu-central-1")
    assert cognito.create_pool(Id="eu-central-1_Shop", **mail(EmailSendingAccount="DEVELOPER", SourceArn=arn))


@pytest.mark.parametrize(
    ("settings", "path", "value", "pattern"),
    [
        pytest.param(
            {"SmsVerificationMessage": "Your code."},
            "smsVerificationMessage",
            "Your code.",
            r"(?s).*\{####\}(?s).*",
            marks=DEPLOYED,
        ),
        pytest.param(
            {"SmsAuthenticationMessage": "Your code."},
            "smsAuthenticationMessage",
            "Your code.",
            r"(?s).*\{####\}(?s).*",
            marks=DEPLOYED,
        ),
        pytest.param(
            {"EmailVerificationMessage": "Your verification code."},
            "emailVerificationMessage",
            "Your verification code.",
            r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*",
            marks=DEPLOYED,
        ),
        pytest.param(
            mail(ReplyToEmailAddress="not an address"),
            "emailConfiguration.replyToEmailAddress",
            "not an address",
            r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+",
            marks=DEPLOYED,
        ),
    ],
)
def test_a_text_that_does_not_match_its_pattern_is_refused(cognito_idp, refused, settings, path, value, pattern):
    text = f"Value '{value}' at '{path}' failed to satisfy constraint: Member must satisfy regular expression pattern"
    with refused("InvalidParameterException", f"1 validation error detected: {text}: {pattern}"):
        cognito_idp.create_user_pool(PoolName="shop", **settings)


@evidence("observed", "cdk-preflight 2026-09: in the pattern a dot matches a new line")
def test_an_sms_text_may_have_several_lines(cognito_idp):
    text = "Your code:\n{####}\nBye"
    pool = cognito_idp.create_user_pool(PoolName="shop", SmsVerificationMessage=text)["UserPool"]
    assert pool["SmsVerificationMessage"] == text


class TestSchema:
    @pytest.mark.parametrize(
        ("rows", "text"),
        [
            pytest.param(
                [{"Name": "plan", "AttributeDataType": "String", "Required": True}],
                "Required custom attributes are not supported currently.",
                marks=evidence("observed", "serverless-cognito-manager#4, with the type"),
            ),
            pytest.param(
                [{"Name": "plan", "AttributeDataType": "String"}, {"Name": "plan", "AttributeDataType": "Number"}],
                "Duplicate custom attribute names custom:plan are not allowed in a user pool schema.",
                marks=DEPLOYED,
            ),
            pytest.param(
                [
                    {
                        "Name": "age",
                        "AttributeDataType": "Number",
                        "NumberAttributeConstraints": {"MinValue": "9", "MaxValue": "8"},
                    }
                ],
                "Attribute custom:age cannot have a max value smaller than it's min value",
                marks=DEPLOYED,
            ),
            pytest.param(
                [
                    {
                        "Name": "plan",
                        "AttributeDataType": "String",
                        "StringAttributeConstraints": {"MinLength": "9", "MaxLength": "8"},
                    }
                ],
                "Attribute custom:plan cannot have a max length shorter than it's min length",
                marks=DEPLOYED,
            ),
            pytest.param(
                [{"Name": "email", "AttributeDataType": "Number"}],
                "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute "
                "email",
                marks=DEPLOYED,
            ),
            pytest.param(
                [{"Name": "x" * 21, "AttributeDataType": "String"}],
                f"1 validation error detected: Value '{'x' * 21}' at 'schema.1.member.name' failed to satisfy "
                "constraint: Member must have length less than or equal to 20",
                marks=DEPLOYED,
            ),
        ],
    )
    def test_an_invalid_attribute_is_refused(self, cognito, cognito_idp, refused, rows, text):
        with refused("InvalidParameterException", text):
            cognito_idp.create_user_pool(PoolName="shop", Schema=rows)
        assert not cognito.pools
