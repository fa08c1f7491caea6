"""SetUserPoolMfaConfig and GetUserPoolMfaConfig: facts/other-operations.md, section 15."""

from __future__ import annotations

import pytest

from pytest_cognito_pool._service.protocol import model

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
APP = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
MAIL = {"EmailMfaConfiguration": {"Message": "code {####}", "Subject": "code"}}
BY_SMS = {"SmsMfaConfiguration": {"SmsAuthenticationMessage": "code {####}", "SmsConfiguration": SMS}}
OWN_MAIL = {
    "EmailSendingAccount": "DEVELOPER",
    "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/shop@example.com",
}
PASSKEYS = {"WebAuthnConfiguration": {"RelyingPartyId": "example.com", "UserVerification": "required"}}


@pytest.fixture
def configure(cognito_idp, cognito_pool):
    """Call SetUserPoolMfaConfig; return its reply, which GetUserPoolMfaConfig must repeat."""

    def configure(pool_id=None, **given):
        named = {"UserPoolId": pool_id or cognito_pool.id}
        reply = cognito_idp.set_user_pool_mfa_config(**named, **given)
        again = cognito_idp.get_user_pool_mfa_config(**named)
        del reply["ResponseMetadata"], again["ResponseMetadata"]
        assert again == reply
        return reply

    return configure


@pytest.fixture
def described(cognito_idp, cognito_pool):
    def described():
        return cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)["UserPool"]

    return described


@evidence("observed", "sign-in.md: a new pool has only the mode")
def test_mfa_is_off_in_a_new_pool(cognito_idp, cognito_pool):
    config = cognito_idp.get_user_pool_mfa_config(UserPoolId=cognito_pool.id)
    del config["ResponseMetadata"]
    assert config == {"MfaConfiguration": "OFF"}


@evidence("model", "GetUserPoolMfaConfig: what SetUserPoolMfaConfig gave")
@pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])
@pytest.mark.parametrize("factor", [APP, BY_SMS, {**APP, **BY_SMS, **PASSKEYS}], ids=["app", "sms", "all"])
def test_the_reply_repeats_the_given_configuration(configure, described, mode, factor):
    assert configure(MfaConfiguration=mode, **factor) == {"MfaConfiguration": mode, **factor}
    assert described()["MfaConfiguration"] == mode


@evidence("model", "SmsMfaConfigType: the settings of the pool, which can be given by either operation")
def test_the_sms_settings_are_shared_with_the_pool(configure, described, cognito_idp, cognito_pool):
    configure(MfaConfiguration="ON", **BY_SMS)
    pool = described()
    assert (pool["SmsConfiguration"], pool["SmsAuthenticationMessage"]) == (SMS, "code {####}")
    other = {**SMS, "ExternalId": "other"}
    cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, SmsConfiguration=other)
    config = cognito_idp.get_user_pool_mfa_config(UserPoolId=cognito_pool.id)
    assert config["SmsMfaConfiguration"] == {"SmsConfiguration": other}


@evidence("observed", "cdkd 2026-08: a call without settings turns MFA off and removes the configuration")
def test_omitted_settings_are_removed(configure, described):
    configure(MfaConfiguration="ON", **APP, **PASSKEYS)
    assert configure() == {"MfaConfiguration": "OFF"}
    assert described()["MfaConfiguration"] == "OFF"


@evidence("observed", "cdkd 2026-08")
def test_the_mode_off_is_accepted_with_or_without_passkeys(configure):
    assert configure(MfaConfiguration="OFF") == {"MfaConfiguration": "OFF"}
    assert configure(**PASSKEYS) == {"MfaConfiguration": "OFF", **PASSKEYS}


@evidence("inferred", "floci's test, not marked as measured")
def test_the_default_user_verification_is_preferred(configure):
    config = configure(WebAuthnConfiguration={"RelyingPartyId": "example.com"})
    assert config["WebAuthnConfiguration"] == {"RelyingPartyId": "example.com", "UserVerification": "preferred"}


@evidence("observed", "cdkd 2026-08; cdk-preflight 2026-09")
@pytest.mark.parametrize("mode", [{}, {"MfaConfiguration": "OFF"}], ids=["left out", "off"])
@pytest.mark.parametrize(
    "factor",
    [BY_SMS, APP, {"SoftwareTokenMfaConfiguration": {"Enabled": False}}, MAIL],
    ids=["sms", "app", "disabled app", "mail"],
)
def test_mfa_cannot_be_off_together_with_a_factor(configure, refused, described, cognito_pool, mode, factor):
    before = described()
    text = "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
    with refused("InvalidParameterException", text):
        configure(**mode, **factor)
    assert described() == before
    assert cognito_pool.calls[-2].why.startswith("MfaConfiguration='OFF', ")


@evidence("observed", "cdkd#1920 of only passkeys; of no factor and of an app that is not enabled: inferred")
@pytest.mark.parametrize(
    "factor",
    [PASSKEYS, {}, {"SoftwareTokenMfaConfiguration": {"Enabled": False}}],
    ids=["passkeys", "none", "disabled app"],
)
def test_mfa_needs_at_least_one_enabled_factor(configure, refused, factor):
    text = "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."
    with refused("InvalidParameterException", text):
        configure(MfaConfiguration="OPTIONAL", **factor)


@evidence("observed", "cdk-preflight 2026-09; cdkd 2026-08")
def test_codes_by_email_need_the_sending_account_developer(configure, refused, cognito):
    text = (
        "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of "
        "COGNITO_DEFAULT. Update the value of EmailSendingAccount."
    )
    with refused("InvalidParameterException", text):
        configure(MfaConfiguration="ON", **MAIL)
    pool = cognito.create_pool(EmailConfiguration=OWN_MAIL)
    assert configure(pool.id, MfaConfiguration="ON", **MAIL) == {"MfaConfiguration": "ON", **MAIL}


@evidence("documented", "EmailMfaConfiguration: in the Essentials tier or higher; the text is inferred")
def test_codes_by_email_are_not_available_in_the_lite_tier(configure, refused, cognito):
    pool = cognito.create_pool(EmailConfiguration=OWN_MAIL, UserPoolTier="LITE")
    with refused("FeatureUnavailableInTierException"):
        configure(pool.id, MfaConfiguration="ON", **MAIL)
    assert configure(pool.id, MfaConfiguration="ON", **APP)


@evidence("observed", "cdkd#1975")
@pytest.mark.cognito_pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}})
def test_mfa_cannot_be_required_together_with_codes_as_a_first_factor(configure, refused):
    text = "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled"
    with refused("InvalidParameterException", text):
        configure(MfaConfiguration="ON", **APP)
    assert configure(MfaConfiguration="OPTIONAL", **APP)["MfaConfiguration"] == "OPTIONAL"


@evidence("observed", "cdkd 2026-08")
@pytest.mark.cognito_pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}})
@pytest.mark.skipif("FactorConfiguration" not in model.members(model.shape("WebAuthnConfigurationType")), reason="new")
def test_mfa_cannot_be_required_together_with_single_factor_passkeys(configure, refused):
    text = (
        "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first "
        "auth factor"
    )
    with refused("InvalidParameterException", text):
        configure(MfaConfiguration="ON", **APP, **PASSKEYS)
    both = {"WebAuthnConfiguration": {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}}
    assert configure(MfaConfiguration="ON", **APP, **both)["MfaConfiguration"] == "ON"


@evidence("inferred", "as observed of CreateUserPool: codes by SMS need the configuration for it")
def test_codes_by_sms_need_an_sms_configuration(configure, refused, cognito_idp, cognito_pool):
    text = "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
    with refused("InvalidParameterException", text):
        configure(MfaConfiguration="ON", SmsMfaConfiguration={})
    cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, SmsConfiguration=SMS)
    config = configure(MfaConfiguration="ON", SmsMfaConfiguration={})
    assert config["SmsMfaConfiguration"] == {"SmsConfiguration": SMS}


class TestUpdateUserPool:
    @evidence("documented", "UpdateUserPool resets SmsConfiguration; that the SMS factor is removed too: inferred")
    def test_the_sms_factor_is_removed_with_the_sms_configuration(self, cognito_idp, configure, cognito_pool, refused):
        configure(MfaConfiguration="OPTIONAL", **BY_SMS, **APP)
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id)
        config = cognito_idp.get_user_pool_mfa_config(UserPoolId=cognito_pool.id)
        del config["ResponseMetadata"]
        assert config == {"MfaConfiguration": "OPTIONAL", **APP}
        configure(MfaConfiguration="ON", **BY_SMS)
        with refused("InvalidParameterException"):
            cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, MfaConfiguration="ON")

    @evidence("inferred", "codes by email need the pool's EmailConfiguration, which UpdateUserPool resets")
    def test_the_email_factor_is_removed_with_the_email_configuration(self, cognito, cognito_idp, configure):
        pool = cognito.create_pool(EmailConfiguration=OWN_MAIL)
        configure(pool.id, MfaConfiguration="OPTIONAL", **MAIL, **APP)
        cognito_idp.update_user_pool(UserPoolId=pool.id, EmailConfiguration=OWN_MAIL)
        assert "EmailMfaConfiguration" in cognito_idp.get_user_pool_mfa_config(UserPoolId=pool.id)
        cognito_idp.update_user_pool(UserPoolId=pool.id)
        assert "EmailMfaConfiguration" not in cognito_idp.get_user_pool_mfa_config(UserPoolId=pool.id)

    @evidence("observed", "cdkd 2026-08: an omitted mode is kept")
    def test_an_omitted_mode_and_its_factors_are_kept(self, configure, cognito_idp, cognito_pool, described):
        before = configure(MfaConfiguration="ON", **APP)
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id)
        assert cognito_idp.get_user_pool_mfa_config(UserPoolId=cognito_pool.id).items() >= before.items()

    @evidence("inferred", "a factor that SetUserPoolMfaConfig set counts for UpdateUserPool too")
    def test_the_mode_can_be_changed_if_a_factor_is_configured(self, configure, cognito_idp, cognito_pool):
        configure(MfaConfiguration="ON", **APP)
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, MfaConfiguration="OPTIONAL")
        config = cognito_idp.get_user_pool_mfa_config(UserPoolId=cognito_pool.id)
        assert (config["MfaConfiguration"], config["SoftwareTokenMfaConfiguration"]) == ("OPTIONAL", {"Enabled": True})

    @evidence("inferred", "if MFA is off there are no second factors; passkeys are a first factor")
    def test_the_mode_off_removes_the_factors_but_not_the_passkeys(self, configure, cognito_idp, cognito_pool):
        configure(MfaConfiguration="ON", **APP, **PASSKEYS)
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, MfaConfiguration="OFF")
        config = cognito_idp.get_user_pool_mfa_config(UserPoolId=cognito_pool.id)
        del config["ResponseMetadata"]
        assert config == {"MfaConfiguration": "OFF", **PASSKEYS}

    @evidence("inferred", "CreateUserPool and UpdateUserPool accept SMS as a second factor")
    def test_an_sms_configuration_makes_sms_a_factor(self, cognito_idp, cognito_pool):
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, MfaConfiguration="ON", SmsConfiguration=SMS)
        config = cognito_idp.get_user_pool_mfa_config(UserPoolId=cognito_pool.id)
        assert config["SmsMfaConfiguration"] == {"SmsConfiguration": SMS}


@evidence("inferred", "a snapshot has the second factors too")
def test_a_snapshot_includes_the_second_factors(configure, cognito, cognito_idp, cognito_pool):
    with cognito.rollback():
        configure(MfaConfiguration="ON", **APP)
    assert cognito_idp.get_user_pool_mfa_config(UserPoolId=cognito_pool.id)["MfaConfiguration"] == "OFF"
