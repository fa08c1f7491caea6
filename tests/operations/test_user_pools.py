"""The operations on user pools: facts/lifecycle.md, section E."""

from __future__ import annotations

import re

import boto3
import pytest

from pytest_cognito_pool import Cognito, UnsupportedOperationError
from pytest_cognito_pool._service.pool import settings

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f"


def string(name, least="0", most="2048", *, required=False, mutable=True):
    constraints = {"StringAttributeConstraints": {"MinLength": least, "MaxLength": most}}
    return row(name, "String", required=required, mutable=mutable) | constraints


def row(name, data_type, *, required=False, mutable=True):
    return {
        "Name": name,
        "AttributeDataType": data_type,
        "DeveloperOnlyAttribute": False,
        "Mutable": mutable,
        "Required": required,
    }


PLAIN = [
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "gender",
    "zoneinfo",
    "locale",
    "phone_number",
    "address",
]
STANDARD = {
    "sub": string("sub", "1", required=True, mutable=False),
    **{name: string(name) for name in PLAIN},
    "birthdate": string("birthdate", "10", "10"),
    "email_verified": row("email_verified", "Boolean"),
    "phone_number_verified": row("phone_number_verified", "Boolean"),
    "updated_at": row("updated_at", "Number") | {"NumberAttributeConstraints": {"MinValue": "0"}},
}
DEFAULTS = {
    "Policies": {
        "PasswordPolicy": {
            "MinimumLength": 8,
            "RequireUppercase": True,
            "RequireLowercase": True,
            "RequireNumbers": True,
            "RequireSymbols": True,
            "TemporaryPasswordValidityDays": 7,
        },
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
    },
    "DeletionProtection": "INACTIVE",
    "LambdaConfig": {},
    "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": []},
    "MfaConfiguration": "OFF",
    "EstimatedNumberOfUsers": 0,
    "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False, "UnusedAccountValidityDays": 7},
    "UserPoolTags": {},
    "UserPoolTier": "ESSENTIALS",
}
# Everything that UpdateUserPool can set, with values other than the defaults.
OTHERWISE = {
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
    "DeletionProtection": "ACTIVE",
    "LambdaConfig": {"PostConfirmation": LAMBDA},
    "AutoVerifiedAttributes": ["email"],
    "SmsVerificationMessage": "Your code is {####}",
    "EmailVerificationMessage": "Your code is {####}",
    "EmailVerificationSubject": "Your code",
    "VerificationMessageTemplate": {
        "DefaultEmailOption": "CONFIRM_WITH_LINK",
        "SmsMessage": "Your code is {####}",
        "EmailMessage": "Your code is {####}",
        "EmailSubject": "Your code",
    },
    "SmsAuthenticationMessage": "Your code is {####}",
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
    "MfaConfiguration": "OPTIONAL",
    "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False},
    "EmailConfiguration": {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/shop@example.com",
    },
    "SmsConfiguration": SMS,
    "UserPoolTags": {"team": "shop"},
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True},
    "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"},
    "AccountRecoverySetting": {"RecoveryMechanisms": [{"Priority": 1, "Name": "admin_only"}]},
    "UserPoolTier": "PLUS",
}
# Other settings that some of them need.
NEEDED = {
    "MfaConfiguration": {"SmsConfiguration": SMS},
    "UserAttributeUpdateSettings": {"AutoVerifiedAttributes": ["email"]},
    "UserPoolAddOns": {"UserPoolTier": "PLUS"},
}
FIXED = {
    "AliasAttributes": ["email"],
    "UsernameConfiguration": {"CaseSensitive": False},
    "Schema": [{"Name": "plan", "AttributeDataType": "String"}],
}


def described(cognito_idp, pool_id):
    return cognito_idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]


def listed(cognito_idp, **parameters):
    reply = cognito_idp.list_user_pools(**{"MaxResults": 60, **parameters})
    return [pool["Name"] for pool in reply["UserPools"]], reply.get("NextToken")


class TestCreateUserPool:
    @evidence("observed", "public captures: CreateUserPool 2024-12, DescribeUserPool 2025-07")
    def test_the_reply_has_the_defaults_and_no_other_settings(self, cognito_idp):
        pool = cognito_idp.create_user_pool(PoolName="shop")["UserPool"]
        own = {"Id", "Name", "Arn", "CreationDate", "LastModifiedDate", "SchemaAttributes"}
        assert pool["Name"] == "shop"
        assert {name: value for name, value in pool.items() if name not in own} == DEFAULTS
        assert own < set(pool)

    @evidence("observed", "public capture: the id and ARN of a pool")
    def test_the_id_is_the_region_and_nine_alphanumerics(self, cognito_idp):
        pool = cognito_idp.create_user_pool(PoolName="shop")["UserPool"]
        assert re.fullmatch(r"us-east-1_[0-9A-Za-z]{9}", pool["Id"])
        assert pool["Arn"] == f"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{pool['Id']}"

    @evidence("observed", "public capture: both dates of a new pool are equal")
    def test_both_dates_of_a_new_pool_are_equal(self, cognito_idp):
        pool = cognito_idp.create_user_pool(PoolName="shop")["UserPool"]
        assert pool["CreationDate"] == pool["LastModifiedDate"]

    @evidence("observed", "public capture: SchemaAttributes of CreateUserPool 2024-12")
    def test_the_schema_has_twenty_standard_attributes(self, cognito_idp):
        rows = cognito_idp.create_user_pool(PoolName="shop")["UserPool"]["SchemaAttributes"]
        assert {each["Name"]: each for each in rows} == STANDARD
        assert len(rows) == 20
        assert rows[0]["Name"] == "sub"

    @evidence("model", "CreateUserPool returns the new pool")
    def test_the_application_and_the_test_can_see_the_new_pool(self, cognito, cognito_idp):
        pool = cognito_idp.create_user_pool(PoolName="shop")["UserPool"]
        assert described(cognito_idp, pool["Id"]) == pool
        assert cognito.pools[pool["Id"]].arn == pool["Arn"]

    @evidence("inferred", "settings come back as they were given")
    def test_the_reply_has_the_settings_as_given(self, cognito_idp):
        pool = cognito_idp.create_user_pool(PoolName="shop", **OTHERWISE)["UserPool"]
        assert pool.pop("AdminCreateUserConfig") == {"AllowAdminCreateUserOnly": True, "UnusedAccountValidityDays": 3}
        assert {name: pool[name] for name in OTHERWISE if name != "AdminCreateUserConfig"} == {
            name: value for name, value in OTHERWISE.items() if name != "AdminCreateUserConfig"
        }

    @evidence("observed", "public capture of DescribeUserPool 2025-07: UsernameAttributes if set")
    def test_the_reply_has_the_username_attributes(self, cognito_idp):
        pool = cognito_idp.create_user_pool(PoolName="shop", UsernameAttributes=["email"])["UserPool"]
        assert pool["UsernameAttributes"] == ["email"]

    @evidence("inferred", "MFA that is off needs no other setting")
    def test_mfa_that_is_off_needs_no_sms_configuration(self, cognito_idp):
        pool = cognito_idp.create_user_pool(PoolName="shop", MfaConfiguration="OFF")["UserPool"]
        assert pool["MfaConfiguration"] == "OFF"

    @evidence("inferred", "a setting without an effect here must not look as if it had one")
    def test_a_setting_that_is_not_simulated_raises_unsupported_operation_error(self, keys, monkeypatch):
        # Any setting that the installed model has and the fake does not know; which one depends on botocore's version.
        monkeypatch.setattr(settings, "KNOWN", settings.KNOWN - {"UserPoolAddOns"})
        text = "^CreateUserPool with UserPoolAddOns is not simulated"
        with pytest.raises(UnsupportedOperationError, match=text), Cognito():
            boto3.client("cognito-idp", **keys).create_user_pool(
                PoolName="shop", UserPoolAddOns={"AdvancedSecurityMode": "OFF"}
            )


class TestPasswordPolicy:
    @evidence("inferred", "a requirement left out of a policy that is given is not required")
    def test_a_requirement_left_out_of_a_given_policy_is_not_required(self, cognito_idp):
        policies = {"PasswordPolicy": {"MinimumLength": 6, "RequireNumbers": True}}
        pool = cognito_idp.create_user_pool(PoolName="shop", Policies=policies)["UserPool"]
        assert pool["Policies"]["PasswordPolicy"] == {
            "MinimumLength": 6,
            "RequireUppercase": False,
            "RequireLowercase": False,
            "RequireNumbers": True,
            "RequireSymbols": False,
            "TemporaryPasswordValidityDays": 7,
        }

    @evidence("inferred", "each policy has its own default")
    def test_a_sign_in_policy_leaves_the_password_policy_at_its_default(self, cognito_idp):
        policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
        pool = cognito_idp.create_user_pool(PoolName="shop", Policies=policies)["UserPool"]
        assert pool["Policies"] == {**DEFAULTS["Policies"], **policies}

    @evidence("observed", "public capture of the text")
    def test_both_settings_for_the_temporary_password_days_together_are_refused(self, cognito_idp, refused):
        text = "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
        with refused("InvalidParameterException", text):
            cognito_idp.create_user_pool(
                PoolName="shop",
                Policies={"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 3}},
                AdminCreateUserConfig={"UnusedAccountValidityDays": 3},
            )

    @evidence("inferred", "the older name of the same setting")
    @pytest.mark.parametrize("policies", [{}, {"Policies": {"PasswordPolicy": {"MinimumLength": 10}}}])
    def test_unused_account_validity_days_set_the_temporary_password_days(self, cognito_idp, policies):
        days = {"UnusedAccountValidityDays": 30}
        pool = cognito_idp.create_user_pool(PoolName="shop", AdminCreateUserConfig=days, **policies)["UserPool"]
        assert pool["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"] == 30
        assert pool["AdminCreateUserConfig"]["UnusedAccountValidityDays"] == 30


class TestSchema:
    @pytest.fixture
    def create(self, cognito_idp):
        """Create a pool with one more row in its schema; return the rows by name."""

        def create(**given):
            rows = cognito_idp.create_user_pool(PoolName="shop", Schema=[given])["UserPool"]["SchemaAttributes"]
            return {each["Name"]: each for each in rows}

        return create

    @evidence("inferred", "another fake; the prefix of a custom attribute is documented")
    @pytest.mark.parametrize(
        ("data_type", "constraints"),
        [
            ("String", {"StringAttributeConstraints": {"MinLength": "1", "MaxLength": "10"}}),
            ("Number", {"NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "10"}}),
            ("Boolean", {}),
            ("DateTime", {}),
        ],
    )
    def test_a_custom_attribute_has_a_prefix_and_is_mutable(self, create, data_type, constraints):
        rows = create(Name="plan", AttributeDataType=data_type, **constraints)
        assert rows == {**STANDARD, "custom:plan": row("custom:plan", data_type) | constraints}

    @evidence("inferred", "another fake")
    def test_a_custom_attribute_without_constraints_is_described_without_limits(self, create):
        assert create(Name="plan", AttributeDataType="String")["custom:plan"]["StringAttributeConstraints"] == {}
        assert create(Name="plan", AttributeDataType="Number")["custom:plan"]["NumberAttributeConstraints"] == {}

    @evidence("inferred", "another fake; the prefix is documented")
    def test_a_developer_only_attribute_has_two_prefixes(self, create):
        rows = create(Name="plan", AttributeDataType="String", DeveloperOnlyAttribute=True, Mutable=False)
        own = rows["dev:custom:plan"]
        assert (own["DeveloperOnlyAttribute"], own["Mutable"]) == (True, False)

    @evidence("inferred", "a standard attribute may be made required")
    @pytest.mark.parametrize("data_type", [{}, {"AttributeDataType": "String"}])
    def test_a_standard_attribute_can_be_adjusted(self, create, data_type):
        rows = create(Name="email", Required=True, Mutable=False, **data_type)
        assert rows == {**STANDARD, "email": string("email", required=True, mutable=False)}

    @evidence("inferred", "a limit that is left out stays")
    def test_one_limit_of_a_standard_attribute_can_be_changed(self, create):
        rows = create(Name="name", StringAttributeConstraints={"MinLength": "1"})
        assert rows["name"]["StringAttributeConstraints"] == {"MinLength": "1", "MaxLength": "2048"}

    @evidence("model", "StringAttributeConstraintsType: a length is at most 2^1023; another fake refuses 2049")
    def test_a_maximum_length_may_be_greater_than_2048(self, create):
        limits = {"StringAttributeConstraints": {"MaxLength": "131072"}}
        assert create(Name="plan", AttributeDataType="String", **limits)["custom:plan"].items() >= limits.items()

    @evidence("inferred", "texts and types from another fake")
    @pytest.mark.parametrize(
        ("given", "why"),
        [
            ({"Name": "plan"}, "'custom:plan' has no AttributeDataType"),
            ({"Name": "plan", "AttributeDataType": "String", "Required": True}, "'custom:plan' has Required=True"),
            ({"Name": "email", "AttributeDataType": "Number"}, ""),
            ({"Name": "email", "DeveloperOnlyAttribute": True}, ""),
            ({"Name": "email", "StringAttributeConstraints": {"MinLength": "9", "MaxLength": "8"}}, ""),
            (
                {
                    "Name": "plan",
                    "AttributeDataType": "String",
                    "StringAttributeConstraints": {"MinLength": "9", "MaxLength": "8"},
                },
                "",
            ),
        ],
    )
    def test_an_invalid_attribute_is_refused(self, create, cognito, refused, given, why):
        with refused("InvalidParameterException"):
            create(**given)
        assert cognito.calls[-1].why == why
        assert not cognito.pools

    @evidence("inferred", "a limit of a number is a number; no capture")
    @pytest.mark.parametrize("limit", ["MinValue", "MaxValue"])
    def test_a_number_limit_that_is_not_a_number_is_refused(self, create, refused, limit):
        with refused("InvalidParameterException"):
            create(Name="age", AttributeDataType="Number", NumberAttributeConstraints={limit: "many"})

    @evidence("inferred", "another fake")
    def test_two_attributes_with_the_same_name_are_refused(self, cognito_idp, refused):
        twice = [{"Name": "plan", "AttributeDataType": "String"}] * 2
        with refused("InvalidParameterException"):
            cognito_idp.create_user_pool(PoolName="shop", Schema=twice)


class TestDescribeUserPool:
    @evidence("model", "EstimatedNumberOfUsers")
    def test_the_reply_counts_the_users(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana")
        cognito_pool.add_user("bob")
        assert described(cognito_idp, cognito_pool.id)["EstimatedNumberOfUsers"] == 2


class TestUpdateUserPool:
    @evidence("documented", "model: the output is empty")
    def test_the_reply_is_empty(self, cognito_pool, cognito_idp):
        reply = cognito_idp.update_user_pool(UserPoolId=cognito_pool.id)
        assert set(reply) == {"ResponseMetadata"}

    @evidence("documented", "model: UpdateUserPool sets what it is given")
    @pytest.mark.parametrize("name", [name for name in OTHERWISE if name != "AdminCreateUserConfig"])
    def test_a_given_setting_is_replaced(self, cognito_pool, cognito_idp, name):
        needed = NEEDED.get(name, {})
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, **{name: OTHERWISE[name]}, **needed)
        assert described(cognito_idp, cognito_pool.id)[name] == OTHERWISE[name]

    @evidence("inferred", "UpdateUserPool has no parameter for them")
    def test_settings_that_cannot_be_updated_stay(self, cognito_idp):
        before = cognito_idp.create_user_pool(PoolName="shop", **FIXED)["UserPool"]
        cognito_idp.update_user_pool(UserPoolId=before["Id"])
        after = described(cognito_idp, before["Id"])
        for name in ("AliasAttributes", "UsernameConfiguration", "SchemaAttributes", "Name"):
            assert after[name] == before[name]

    @evidence("model", "UpdateUserPool has PoolName")
    def test_a_pool_can_be_renamed(self, cognito_pool, cognito_idp):
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, PoolName="market")
        assert described(cognito_idp, cognito_pool.id)["Name"] == "market"

    @evidence("inferred", "an update changes the date")
    def test_the_last_modified_date_changes(self, cognito_pool, cognito_idp, monkeypatch):
        before = described(cognito_idp, cognito_pool.id)
        later = before["CreationDate"].timestamp() + 60
        monkeypatch.setattr("time.time", lambda: later)
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id)
        after = described(cognito_idp, cognito_pool.id)
        assert (after["LastModifiedDate"] - before["LastModifiedDate"]).total_seconds() == 60
        assert after["CreationDate"] == before["CreationDate"]

    @evidence("observed", "public capture of the text")
    def test_a_refused_update_changes_nothing(self, cognito_pool, cognito_idp, refused):
        before = described(cognito_idp, cognito_pool.id)
        text = "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
        with refused("InvalidParameterException", text):
            cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, MfaConfiguration="ON", DeletionProtection="ACTIVE")
        assert described(cognito_idp, cognito_pool.id) == before

    @evidence("inferred", "operations read the current settings of the pool")
    def test_new_settings_take_effect_at_once(self, cognito_pool, cognito_idp, refused):
        admin_only = {"AllowAdminCreateUserOnly": True}
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, AdminCreateUserConfig=admin_only)
        with refused("NotAuthorizedException"):
            cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")

    @evidence("inferred", "a setting without an effect here must not look as if it had one")
    def test_a_setting_that_is_not_simulated_raises_unsupported_operation_error(self, keys, monkeypatch):
        monkeypatch.setattr(settings, "KNOWN", settings.KNOWN - {"UserPoolAddOns"})
        text = "^UpdateUserPool with UserPoolAddOns is not simulated"
        with pytest.raises(UnsupportedOperationError, match=text), Cognito() as cognito:
            boto3.client("cognito-idp", **keys).update_user_pool(
                UserPoolId=cognito.create_pool().id, UserPoolAddOns={"AdvancedSecurityMode": "OFF"}
            )


class TestAddCustomAttributes:
    @pytest.fixture
    def add(self, cognito_pool, cognito_idp):
        """Add rows to the schema of the test's pool."""

        def add(*rows):
            reply = cognito_idp.add_custom_attributes(UserPoolId=cognito_pool.id, CustomAttributes=list(rows))
            assert set(reply) == {"ResponseMetadata"}

        return add

    @pytest.fixture
    def own(self, cognito_pool, cognito_idp):
        """The rows that are not standard attributes."""

        def own():
            rows = described(cognito_idp, cognito_pool.id)["SchemaAttributes"]
            return [row for row in rows if row["Name"] not in STANDARD]

        return own

    @evidence("model", "AddCustomAttributes: the service adds the prefix custom:")
    def test_new_attributes_are_described_with_their_prefix(self, add, own):
        add(
            {"Name": "plan", "AttributeDataType": "String"},
            {
                "Name": "seats",
                "AttributeDataType": "Number",
                "Mutable": False,
                "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "9"},
            },
            {"Name": "secret", "AttributeDataType": "Boolean", "DeveloperOnlyAttribute": True},
        )
        limits = {"NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "9"}}
        assert own() == [
            row("custom:plan", "String") | {"StringAttributeConstraints": {}},
            row("custom:seats", "Number", mutable=False) | limits,
            row("dev:custom:secret", "Boolean") | {"DeveloperOnlyAttribute": True},
        ]

    @evidence("inferred", "operations read the current schema of the pool")
    def test_users_can_have_new_attributes_at_once(self, add, cognito_pool, cognito_idp, refused):
        plan = [{"Name": "custom:plan", "Value": "pro"}]
        ana = cognito_pool.add_user("ana")
        person = {"UserPoolId": cognito_pool.id, "Username": "ana"}
        with refused("InvalidParameterException", "user.custom:plan: Attribute does not exist in the schema.\n"):
            cognito_idp.admin_update_user_attributes(UserAttributes=plan, **person)
        add({"Name": "plan", "AttributeDataType": "String", "StringAttributeConstraints": {"MaxLength": "3"}})
        cognito_idp.admin_update_user_attributes(UserAttributes=plan, **person)
        assert ana.attributes["custom:plan"] == "pro"
        with refused("InvalidParameterException"):
            cognito_idp.admin_update_user_attributes(UserAttributes=[plan[0] | {"Value": "free"}], **person)

    @evidence("inferred", "UpdateUserPool cannot name the schema, and so does not reset it")
    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String"}])
    def test_custom_attributes_stay_when_the_pool_is_updated(self, add, own, cognito_pool, cognito_idp):
        add({"Name": "seats", "AttributeDataType": "Number"})
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id)
        assert [attribute["Name"] for attribute in own()] == ["custom:plan", "custom:seats"]

    @evidence("inferred", "with its prefix it differs from the standard attribute")
    def test_a_custom_attribute_may_have_the_name_of_a_standard_attribute(self, add, own, cognito_idp, cognito_pool):
        add({"Name": "email", "AttributeDataType": "Number"})
        (attribute,) = own()
        assert (attribute["Name"], attribute["AttributeDataType"]) == ("custom:email", "Number")
        rows = described(cognito_idp, cognito_pool.id)["SchemaAttributes"]
        assert [row for row in rows if row["Name"] == "email"] == [STANDARD["email"]]

    @evidence("inferred", "the schema is part of the pool")
    def test_the_last_modified_date_changes(self, add, cognito, cognito_pool, cognito_idp):
        before = described(cognito_idp, cognito_pool.id)
        cognito.clock.advance(hours=1)
        add({"Name": "plan", "AttributeDataType": "String"})
        after = described(cognito_idp, cognito_pool.id)
        assert after["CreationDate"] == before["CreationDate"]
        hour = after["LastModifiedDate"] - before["LastModifiedDate"]
        assert hour.total_seconds() == pytest.approx(3600, abs=60)

    @evidence("inferred", "another fake's texts; that all or none are added is our own")
    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String"}])
    @pytest.mark.parametrize(
        "bad",
        [
            {"Name": "plan", "AttributeDataType": "String"},
            {"Name": "seats", "AttributeDataType": "Number"},
            {"Name": "x"},
            {"Name": "x", "AttributeDataType": "String", "Required": True},
            {"Name": "x", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "one"}},
        ],
        ids=["in the schema", "twice", "no type", "required", "no number"],
    )
    def test_no_attribute_is_added_if_one_of_them_is_invalid(self, add, own, refused, bad):
        before = own()
        with refused("InvalidParameterException"):
            add({"Name": "seats", "AttributeDataType": "Number"}, bad)
        assert own() == before
        add({"Name": "seats", "AttributeDataType": "Number"})
        assert [attribute["Name"] for attribute in own()] == ["custom:plan", "custom:seats"]

    @evidence("inferred", "an attribute has a name, though the model does not require one")
    def test_an_attribute_without_a_name_is_refused(self, add, refused):
        with refused("InvalidParameterException"):
            add({"AttributeDataType": "String"})


class TestListUserPools:
    @pytest.fixture
    def pools(self, cognito_idp):
        return [cognito_idp.create_user_pool(PoolName=f"pool{number}")["UserPool"]["Id"] for number in range(5)]

    @evidence("model", "UserPoolDescriptionType")
    @pytest.mark.cognito_pool(LambdaConfig={"PostConfirmation": LAMBDA})
    def test_a_pool_is_listed_with_its_name_and_dates(self, cognito_pool, cognito_idp):
        (listed_pool,) = cognito_idp.list_user_pools(MaxResults=60)["UserPools"]
        pool = described(cognito_idp, cognito_pool.id)
        names = ("Id", "Name", "LambdaConfig", "CreationDate", "LastModifiedDate")
        assert listed_pool == {name: pool[name] for name in names}

    @evidence("inferred", "an account may have no pool")
    def test_the_list_is_empty_for_an_account_without_pools(self, cognito_idp):
        assert listed(cognito_idp) == ([], None)

    @evidence("model", "MaxResults and NextToken; the order is inferred")
    @pytest.mark.parametrize(
        ("size", "pages"),
        [
            (2, [["pool0", "pool1"], ["pool2", "pool3"], ["pool4"]]),
            (5, [["pool0", "pool1", "pool2", "pool3", "pool4"]]),
        ],
    )
    def test_pages_are_full_and_the_last_has_no_token(self, pools, cognito_idp, size, pages):
        pages_seen = cognito_idp.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": size})
        assert [[pool["Name"] for pool in page["UserPools"]] for page in pages_seen] == pages

    @evidence("inferred", "an application that deletes what it lists must see every pool")
    def test_deleting_between_pages_hides_no_pool(self, pools, cognito_idp):
        names, token = listed(cognito_idp, MaxResults=2)
        cognito_idp.delete_user_pool(UserPoolId=pools[0])
        more, _ = listed(cognito_idp, NextToken=token)
        assert names + more == [f"pool{number}" for number in range(5)]

    @evidence("inferred", "an endpoint knows only the pools of its region")
    def test_pools_of_other_regions_are_not_listed(self, cognito, pools, cognito_idp):
        cognito.create_pool(Id="eu-west-1_AbCdEf123", Name="abroad")
        names, _ = listed(cognito_idp)
        assert "abroad" not in names

    @evidence("inferred", "no capture of the text")
    def test_a_made_up_token_is_refused(self, pools, cognito_idp, refused):
        with refused("InvalidParameterException"):
            cognito_idp.list_user_pools(MaxResults=1, NextToken="made-up")

    @evidence("inferred", "a token is valid only for its endpoint")
    def test_a_token_of_another_region_is_refused(self, cognito, pools, cognito_idp, refused, keys):
        _, token = listed(cognito_idp, MaxResults=1)
        abroad = boto3.client("cognito-idp", **{**keys, "region_name": "eu-west-1"})
        with refused("InvalidParameterException"):
            abroad.list_user_pools(MaxResults=1, NextToken=token)


class TestDeleteUserPool:
    @evidence("model", "DeleteUserPool has no output")
    def test_the_pool_is_deleted_with_its_users_and_app_clients(self, cognito, cognito_pool, cognito_idp, refused):
        cognito_pool.add_user("ana")
        client_id = cognito_pool.client.id
        reply = cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)
        assert set(reply) == {"ResponseMetadata"}
        assert cognito_pool.id not in cognito.pools
        with refused("ResourceNotFoundException", f"User pool {cognito_pool.id} does not exist."):
            cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        with refused("ResourceNotFoundException", f"User pool client {client_id} does not exist."):
            cognito_idp.sign_up(ClientId=client_id, Username="bob", Password="Passw0rd!")

    @evidence("inferred", "deleting a pool does not affect other pools")
    def test_other_pools_keep_their_app_clients(self, cognito, cognito_pool, cognito_idp):
        other = cognito.create_pool()
        cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)
        cognito_idp.sign_up(ClientId=other.client.id, Username="ana", Password="Passw0rd!")
        assert other.users["ana"].status == "UNCONFIRMED"

    @evidence("documented", "lifecycle.md E: DeletionProtection ACTIVE blocks it; the text is inferred")
    @pytest.mark.cognito_pool(DeletionProtection="ACTIVE")
    def test_a_pool_with_deletion_protection_cannot_be_deleted(self, cognito, cognito_pool, cognito_idp, refused):
        with refused("InvalidParameterException"):
            cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)
        assert cognito_pool.id in cognito.pools
        assert cognito_pool.calls[-1].why == f"{cognito_pool.id} has DeletionProtection='ACTIVE'"

    @evidence("inferred", "UpdateUserPool turns the protection off")
    @pytest.mark.cognito_pool(DeletionProtection="ACTIVE")
    def test_a_pool_that_is_no_longer_protected_can_be_deleted(self, cognito, cognito_pool, cognito_idp):
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, DeletionProtection="INACTIVE")
        cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)
        assert not cognito.pools


OPERATIONS = {
    "describe_user_pool": {},
    "update_user_pool": {},
    "delete_user_pool": {},
    "add_custom_attributes": {"CustomAttributes": [{"Name": "plan", "AttributeDataType": "String"}]},
    "create_user_pool_client": {"ClientName": "web"},
    "describe_user_pool_client": {"ClientId": "abc"},
    "update_user_pool_client": {"ClientId": "abc"},
    "list_user_pool_clients": {},
    "delete_user_pool_client": {"ClientId": "abc"},
    "admin_create_user": {"Username": "ana"},
    "admin_get_user": {"Username": "ana"},
    "admin_update_user_attributes": {"Username": "ana", "UserAttributes": []},
    "admin_delete_user_attributes": {"Username": "ana", "UserAttributeNames": []},
    "admin_set_user_password": {"Username": "ana", "Password": "Passw0rd!"},
    "admin_enable_user": {"Username": "ana"},
    "admin_disable_user": {"Username": "ana"},
    "admin_delete_user": {"Username": "ana"},
    "list_users": {},
}


@evidence("observed", "public capture: CLI log")
@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_unknown_pool_is_refused(cognito, cognito_idp, refused, operation):
    cognito.create_pool(Id="us-east-1_here")
    with refused("ResourceNotFoundException", "User pool us-east-1_AAAAAAAAA does not exist."):
        getattr(cognito_idp, operation)(UserPoolId="us-east-1_AAAAAAAAA", **OPERATIONS[operation])
    assert cognito.calls[-1].why == "existing pools: 'us-east-1_here'"
