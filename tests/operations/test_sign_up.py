"""SignUp: facts/lifecycle.md, section A, and facts/sign-in.md, sections 7 and 10."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
PLAN = {"Name": "plan", "AttributeDataType": "String"}
NONCONFORMING = "Attributes did not conform to the schema: "


@pytest.fixture
def sign_up(cognito_pool, cognito_idp):
    """Sign a user up at the pool's first app client, with attributes by name."""

    def sign_up(username="ana", attributes=None, **given):
        pairs = [{"Name": name, "Value": value} for name, value in (attributes or {}).items()]
        parameters = {"ClientId": cognito_pool.client.id, "Password": "Passw0rd!", "UserAttributes": pairs, **given}
        return cognito_idp.sign_up(Username=username, **parameters)

    return sign_up


@pytest.fixture
def restricted(cognito_pool):
    """The id of an app client that may write nothing but the e-mail address."""
    return cognito_pool.create_client(WriteAttributes=["email"]).id


class TestReply:
    @evidence("observed", "floci-rec sign-up.happy (2026-05)")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_the_reply_has_the_sub_and_where_the_code_went(self, sign_up, cognito_pool):
        reply = sign_up(attributes={"email": "fred@example.com"})
        del reply["ResponseMetadata"]
        assert reply == {
            "UserConfirmed": False,
            "UserSub": cognito_pool.users["ana"].sub,
            "CodeDeliveryDetails": {
                "Destination": "f***@e***",
                "DeliveryMedium": "EMAIL",
                "AttributeName": "email",
            },
        }

    @evidence("observed", "floci-rec, public capture: the third group of a sub begins with 70")
    def test_the_sub_is_a_uuid_like_those_of_current_pools(self, sign_up):
        groups = sign_up()["UserSub"].split("-")
        assert [len(group) for group in groups] == [8, 4, 4, 4, 12]
        assert groups[2].startswith("70")

    @pytest.mark.parametrize(
        ("phone_number", "masked"),
        [
            pytest.param("+15551234567", "+*******4567", marks=evidence("observed", "floci-io/floci#2018")),
            pytest.param("+442071838920", "+********8920", marks=evidence("observed", "floci-io/floci#2018")),
            pytest.param("+1234", "+1234", marks=evidence("inferred", "the mask keeps the length")),
            pytest.param("+123", "+123", marks=evidence("inferred", "the mask keeps the length")),
        ],
    )
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["phone_number"], SmsConfiguration=SMS)
    def test_a_phone_number_is_masked_except_for_its_last_four_digits(self, sign_up, phone_number, masked):
        details = sign_up(attributes={"phone_number": phone_number})["CodeDeliveryDetails"]
        assert details == {"Destination": masked, "DeliveryMedium": "SMS", "AttributeName": "phone_number"}

    @evidence("documented", "developer guide signing-up-users: only the phone gets a code")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    def test_the_phone_gets_the_code_when_the_user_also_has_an_email_address(self, sign_up):
        details = sign_up(attributes={"email": "ana@example.com", "phone_number": "+15551234567"})
        assert details["CodeDeliveryDetails"]["AttributeName"] == "phone_number"

    @evidence("observed", "moto-av test_sign_up, test_sign_up_with_unverified_email")
    @pytest.mark.parametrize("attributes", [{}, {"email": "ana@example.com"}])
    def test_a_pool_without_auto_verified_attributes_sends_no_code(self, sign_up, attributes):
        assert "CodeDeliveryDetails" not in sign_up(attributes=attributes)

    @evidence("observed", "moto-av test_sign_up_with_verified_but_not_supplied_email")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_a_user_without_the_address_to_verify_gets_no_code(self, sign_up):
        assert "CodeDeliveryDetails" not in sign_up(attributes={"phone_number": "+15551234567"})


class TestUser:
    @evidence("observed", "public capture: AdminGetUser of a user who signed up")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    def test_the_user_is_unconfirmed_and_enabled_with_unverified_addresses(self, sign_up, cognito_pool, cognito_idp):
        given = {"email": "ana@example.com", "phone_number": "+15551234567", "name": "Ana"}
        sub = sign_up(attributes=given)["UserSub"]
        user = cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        assert (user["Username"], user["UserStatus"], user["Enabled"]) == ("ana", "UNCONFIRMED", True)
        assert {each["Name"]: each["Value"] for each in user["UserAttributes"]} == {
            "sub": sub,
            "email_verified": "false",
            "phone_number_verified": "false",
            **given,
        }
        assert user["UserCreateDate"] == user["UserLastModifiedDate"]

    @evidence("inferred", "a flag is seen where the pool verifies the address")
    def test_an_address_that_the_pool_does_not_verify_has_no_verified_flag(self, sign_up, cognito_pool):
        sign_up(attributes={"email": "ana@example.com"})
        assert cognito_pool.users["ana"].attributes == {"email": "ana@example.com"}

    @evidence("inferred", "observed on UpdateUserAttributes: Attribute value for picture must not be null")
    def test_an_attribute_without_a_value_is_refused(self, sign_up, cognito_pool, refused):
        with refused("InvalidParameterException"):
            sign_up(UserAttributes=[{"Name": "picture"}])
        assert not cognito_pool.users

    @evidence("inferred", "the last value of a repeated name counts")
    def test_the_last_value_of_an_attribute_given_twice_counts(self, sign_up, cognito_pool):
        sign_up(UserAttributes=[{"Name": "name", "Value": "Ann"}, {"Name": "name", "Value": "Ana"}])
        assert cognito_pool.users["ana"].attributes == {"name": "Ana"}

    @evidence("observed", "moto-av test_initiate_auth_USER_PASSWORD_AUTH_with_email")
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    @pytest.mark.parametrize(
        ("username", "attribute"), [("ana@example.com", "email"), ("+15551234567", "phone_number")]
    )
    def test_an_address_as_username_becomes_an_attribute_and_the_username_is_the_sub(
        self, sign_up, cognito_pool, username, attribute
    ):
        sub = sign_up(username)["UserSub"]
        user = cognito_pool.users[username]
        assert (user.username, user.sub) == (sub, sub)
        assert user.attributes == {attribute: username}

    @evidence("inferred", "the user signs up with the username, not with the attribute")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_an_email_as_username_wins_over_the_email_attribute(self, sign_up, cognito_pool):
        sign_up("ana@example.com", {"email": "other@example.com"})
        assert cognito_pool.users["ana@example.com"].attributes["email"] == "ana@example.com"
        assert "other@example.com" not in cognito_pool.users


class TestUsername:
    @pytest.mark.parametrize(
        ("asked_for", "username"),
        [
            pytest.param(["email"], "ana", marks=evidence("observed", "public captures")),
            pytest.param(["email"], "+15551234567", marks=evidence("observed", "public captures")),
            pytest.param(["email", "phone_number"], "ana", marks=evidence("observed", "public capture, moto")),
            pytest.param(["phone_number", "email"], "ana", marks=evidence("observed", "public capture, moto")),
            pytest.param(["phone_number"], "ana", marks=evidence("inferred", "observed but for the final dot")),
            pytest.param(["phone_number"], "a@b.c", marks=evidence("inferred", "observed but for the final dot")),
            pytest.param(["email", "email"], "ana", marks=evidence("inferred", "an attribute named twice counts once")),
        ],
    )
    def test_a_username_without_the_form_that_the_pool_requires_is_refused(
        self, cognito, cognito_idp, refused, asked_for, username
    ):
        observed = {
            "email": "Username should be an email.",
            "email phone_number": "Username should be either an email or a phone number.",
        }
        pool = cognito.create_pool(UsernameAttributes=asked_for)
        with refused("InvalidParameterException", observed.get(" ".join(sorted(asked_for)))):
            cognito_idp.sign_up(ClientId=pool.client.id, Username=username, Password="Passw0rd!")
        assert pool.calls[-1].why == f"the username is {username!r}, and the pool has UsernameAttributes={asked_for}"

    @pytest.mark.parametrize(
        ("username", "message"),
        [
            pytest.param(
                "ana@example.com",
                "Username cannot be of email format, since user pool is configured for email alias.",
                marks=evidence("observed", "public capture, raw body"),
            ),
            pytest.param("+15551234567", None, marks=evidence("inferred", "the rule is documented, the text is not")),
        ],
    )
    @pytest.mark.cognito_pool(AliasAttributes=["email", "phone_number"])
    def test_a_username_in_the_form_of_an_alias_is_refused(self, sign_up, cognito_pool, refused, username, message):
        with refused("InvalidParameterException", message):
            sign_up(username)
        assert not cognito_pool.users

    @evidence("inferred", "only the forms of the pool's own aliases are refused")
    @pytest.mark.cognito_pool(AliasAttributes=["preferred_username"])
    @pytest.mark.parametrize("username", ["ana", "ana@example.com", "+15551234567"])
    def test_a_username_may_have_any_other_form(self, sign_up, cognito_pool, username):
        sign_up(username)
        assert cognito_pool.users[username].username == username

    @evidence("observed", "floci-rec sign-up.error.username-exists: an UNCONFIRMED user counts")
    def test_a_username_that_is_taken_is_refused(self, sign_up, cognito_pool, refused):
        sign_up()
        with refused("UsernameExistsException", "User already exists"):
            sign_up(attributes={"email": "other@example.com"})
        assert cognito_pool.calls[-1].why == "'ana' is UNCONFIRMED"
        assert cognito_pool.users["ana"].attributes == {}

    @evidence("documented", "developer guide: PreventUserExistenceErrors never affects SignUp; observed")
    def test_an_app_client_that_hides_users_does_not_hide_a_taken_username(self, sign_up, cognito_pool, refused):
        client = cognito_pool.create_client(PreventUserExistenceErrors="ENABLED")
        cognito_pool.add_user("ana")
        with refused("UsernameExistsException", "User already exists"):
            sign_up(ClientId=client.id)

    @pytest.mark.parametrize(
        ("username", "message"),
        [
            pytest.param(
                "ana@example.com",
                "An account with the given email already exists.",
                marks=evidence("observed", "jonsaw/amazon-cognito-identity-dart#73, raw"),
            ),
            pytest.param("+15551234567", None, marks=evidence("inferred", "formed like that for email")),
        ],
    )
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    def test_the_sign_up_address_of_another_user_is_refused_as_username(
        self, sign_up, cognito_pool, refused, username, message
    ):
        owner = sign_up(username)["UserSub"]
        with refused("UsernameExistsException", message):
            sign_up(username)
        assert cognito_pool.users[username].sub == owner

    @evidence("inferred", "an e-mail address that users sign up with has one owner")
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    def test_the_sign_up_email_of_another_user_is_refused_as_an_attribute(self, sign_up, cognito_pool, refused):
        owner = sign_up("ana@example.com")["UserSub"]
        with refused("UsernameExistsException"):
            sign_up("+15551234567", {"email": "ana@example.com"})
        assert cognito_pool.users["ana@example.com"].sub == owner

    @evidence("documented", "user-pool-case-sensitivity.md")
    @pytest.mark.parametrize(("sensitive", "outcome"), [(True, ["Ana", "ANA"]), (False, ["Ana"])])
    def test_the_case_of_a_username_counts_only_in_a_case_sensitive_pool(
        self, cognito, cognito_idp, sensitive, outcome
    ):
        pool = cognito.create_pool(UsernameConfiguration={"CaseSensitive": sensitive})
        for username in ("Ana", "ANA"):
            with suppress(cognito_idp.exceptions.UsernameExistsException):
                cognito_idp.sign_up(ClientId=pool.client.id, Username=username, Password="Passw0rd!")
        assert list(pool.users) == outcome

    @evidence("inferred", "the check and the storing of a user are one step")
    def test_only_one_of_many_simultaneous_sign_ups_succeeds(self, sign_up, cognito_pool, cognito_idp):
        start, outcomes = threading.Barrier(8), []

        def run():
            start.wait()
            try:
                sign_up()
                outcomes.append("signed up")
            except cognito_idp.exceptions.UsernameExistsException:
                outcomes.append("refused")

        threads = [threading.Thread(target=run) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["refused"] * 7 + ["signed up"]
        assert list(cognito_pool.users) == ["ana"]


class TestAliases:
    @evidence("documented", "user-pool-settings-attributes.md: an alias works once it is verified")
    @pytest.mark.parametrize("verified_by_code", [[], ["email"]])
    def test_an_unverified_alias_finds_no_user(self, cognito, cognito_idp, refused, verified_by_code):
        pool = cognito.create_pool(AliasAttributes=["email"], AutoVerifiedAttributes=verified_by_code)
        email = [{"Name": "email", "Value": "ana@example.com"}]
        cognito_idp.sign_up(ClientId=pool.client.id, Username="ana", Password="Passw0rd!", UserAttributes=email)
        with refused("UserNotFoundException", "User does not exist."):
            cognito_idp.admin_get_user(UserPoolId=pool.id, Username="ana@example.com")
        assert pool.calls[-1].why == "'ana@example.com' is the email of 'ana', and not an alias until it is verified"

    @evidence("documented", "developer guide: the sign-up succeeds, the conflict appears at ConfirmSignUp")
    @pytest.mark.parametrize("verified_by_code", [[], ["email"]])
    def test_an_alias_of_another_user_is_accepted_and_stays_with_that_user(
        self, cognito, cognito_idp, verified_by_code
    ):
        pool = cognito.create_pool(AliasAttributes=["email"], AutoVerifiedAttributes=verified_by_code)
        pool.add_user("ana", email="ana@example.com")
        email = [{"Name": "email", "Value": "ana@example.com"}]
        cognito_idp.sign_up(ClientId=pool.client.id, Username="bob", Password="Passw0rd!", UserAttributes=email)
        assert pool.users["ana@example.com"].username == "ana"

    @evidence("observed", "aws-amplify/amplify-js#1669; the type is inferred")
    @pytest.mark.cognito_pool(AliasAttributes=["preferred_username"])
    def test_a_preferred_username_is_refused_where_it_is_an_alias(self, sign_up, cognito_pool, refused):
        refusal = (
            "Preferred username cannot be provided for unconfirmed account, "
            "since user pool is configured for preferred username alias."
        )
        with refused("InvalidParameterException", refusal):
            sign_up("bob", {"preferred_username": "annie"})
        assert cognito_pool.calls[-1].why == "the pool has 'preferred_username' among its AliasAttributes"
        assert "bob" not in cognito_pool.users

    @evidence("observed", "aws-amplify/amplify-js#1669: the pool is configured for the alias")
    def test_a_preferred_username_is_accepted_where_it_is_not_an_alias(self, sign_up, cognito_pool):
        sign_up("bob", {"preferred_username": "annie"})
        assert cognito_pool.users["bob"].attributes["preferred_username"] == "annie"


class TestPermission:
    @evidence("observed", "public capture of the text")
    def test_an_unknown_app_client_is_refused(self, sign_up, cognito, refused):
        with refused("ResourceNotFoundException", "User pool client abc does not exist."):
            sign_up(ClientId="abc")
        assert cognito.calls[-1].why == "existing app clients: 'testclient0000000000000001'"

    @evidence("inferred", "an endpoint knows only the app clients of its region")
    def test_an_app_client_of_another_region_is_unknown(self, sign_up, cognito, refused):
        pool = cognito.create_pool(Id="eu-west-1_AbCdEf123")
        with refused("ResourceNotFoundException"):
            sign_up(ClientId=pool.client.id)
        assert pool.calls[-1].why == "its pool is in eu-west-1, the application's client is for us-east-1"

    @evidence("observed", "pmill/aws-cognito#37, raw body")
    @pytest.mark.cognito_pool(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    def test_sign_up_is_refused_where_only_administrators_create_users(self, sign_up, cognito_pool, refused):
        with refused("NotAuthorizedException", "SignUp is not permitted for this user pool"):
            sign_up()
        assert not cognito_pool.users
        assert cognito_pool.calls[-1].why == "the pool has AllowAdminCreateUserOnly=True"

    @evidence("observed", "public capture of the text")
    def test_an_attribute_that_the_app_client_may_not_write_is_refused(
        self, sign_up, cognito_pool, restricted, refused
    ):
        with refused("NotAuthorizedException", "A client attempted to write unauthorized attribute"):
            sign_up(attributes={"email": "ana@example.com", "name": "Ana"}, ClientId=restricted)
        assert cognito_pool.calls[-1].why == f"app client {restricted!r} may not write 'name'"

    @evidence("observed", "public capture: the client's WriteAttributes decide")
    def test_an_attribute_that_the_app_client_may_write_is_accepted(self, sign_up, cognito_pool, restricted):
        sign_up(attributes={"email": "ana@example.com"}, ClientId=restricted)
        assert cognito_pool.users["ana"].attributes == {"email": "ana@example.com"}

    @evidence("inferred", "reasoned from the documentation by another fake")
    @pytest.mark.parametrize("flag", ["email_verified", "phone_number_verified"])
    def test_a_user_cannot_set_a_verified_flag(self, sign_up, refused, flag):
        with refused("NotAuthorizedException"):
            sign_up(attributes={flag: "true"})

    @evidence("inferred", "only email_verified and phone_number_verified are written by the service")
    @pytest.mark.cognito_pool(Schema=[{"Name": "age_verified", "AttributeDataType": "Boolean"}])
    def test_a_custom_attribute_may_have_a_name_like_a_verified_flag(self, sign_up, cognito_pool):
        sign_up(attributes={"custom:age_verified": "true"})
        assert cognito_pool.users["ana"].attributes == {"custom:age_verified": "true"}


class TestAttributes:
    @evidence("observed", "public capture of the text")
    @pytest.mark.cognito_pool(Schema=[{"Name": "email", "Required": True}])
    @pytest.mark.parametrize("given", [{}, {"email": ""}])
    def test_a_required_attribute_must_be_given(self, sign_up, cognito_pool, refused, given):
        with refused("InvalidParameterException", NONCONFORMING + "email: The attribute is required"):
            sign_up(attributes=given)
        assert not cognito_pool.users
        assert cognito_pool.calls[-1].why == "the pool's schema requires ['email']"

    @evidence("observed", "public capture; what separates them is inferred")
    @pytest.mark.cognito_pool(Schema=[{"Name": "name", "Required": True}, {"Name": "family_name", "Required": True}])
    def test_a_refusal_names_all_missing_attributes(self, sign_up, refused):
        with refused("InvalidParameterException") as caught:
            sign_up()
        message = caught.value.response["Error"]["Message"]
        assert message.split() == (
            f"{NONCONFORMING}name: The attribute is required family_name: The attribute is required".split()
        )

    @evidence("inferred", "the address that the user signs up with counts as the attribute")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"], Schema=[{"Name": "email", "Required": True}])
    def test_an_email_as_username_counts_as_the_required_email(self, sign_up, cognito_pool):
        sign_up("ana@example.com")
        assert cognito_pool.users["ana@example.com"].status == "UNCONFIRMED"

    @evidence("observed", "public capture of the text")
    @pytest.mark.cognito_pool(Schema=[PLAN])
    @pytest.mark.parametrize("name", ["custom:role", "plan", "colour"])
    def test_an_attribute_that_the_schema_lacks_is_refused(self, sign_up, cognito_pool, refused, name):
        with refused(
            "InvalidParameterException", f"{NONCONFORMING}Type for attribute {{{name}}} could not be determined"
        ):
            sign_up(attributes={name: "x"})
        assert cognito_pool.calls[-1].why == "the pool's schema has the standard attributes and ['custom:plan']"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            *[
                pytest.param("email", value, marks=evidence("observed", "public capture of the text"))
                for value in ("ana", "ana@", "@example.com", "a@b@c", "an a@example.com")
            ],
            *[
                pytest.param("phone_number", value, marks=evidence("inferred", "formed like that for email"))
                for value in ("15551234567", "+", "+1 555 1234567", "+1234567890123456")
            ],
        ],
    )
    def test_an_address_of_the_wrong_form_is_refused(self, sign_up, cognito_pool, refused, name, value):
        with refused("InvalidParameterException", "Invalid email address format." if name == "email" else None):
            sign_up(attributes={name: value})
        assert cognito_pool.calls[-1].why.startswith(f"{name} is {value!r}")

    SCHEMA = (
        {"Name": "free", "AttributeDataType": "String"},
        {
            "Name": "short",
            "AttributeDataType": "String",
            "StringAttributeConstraints": {"MinLength": "2", "MaxLength": "4"},
        },
        {"Name": "any", "AttributeDataType": "Number"},
        {
            "Name": "few",
            "AttributeDataType": "Number",
            "NumberAttributeConstraints": {"MinValue": "-1", "MaxValue": "2.5"},
        },
        {"Name": "flag", "AttributeDataType": "Boolean"},
        {"Name": "when", "AttributeDataType": "DateTime"},
    )

    @evidence("inferred", "the schema is documented, the texts of its violations are not")
    @pytest.mark.cognito_pool(Schema=list(SCHEMA))
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("custom:short", "a"),
            ("custom:short", "abcde"),
            ("custom:any", "many"),
            ("custom:any", "1e5"),
            ("custom:few", "-2"),
            ("custom:few", "2.6"),
            ("custom:flag", "yes"),
            ("custom:flag", "1"),
            ("birthdate", "1990-1-1"),
            ("updated_at", "-1"),
        ],
    )
    def test_a_value_that_the_schema_excludes_is_refused(self, sign_up, cognito_pool, refused, name, value):
        with refused("InvalidParameterException"):
            sign_up(attributes={name: value})
        assert not cognito_pool.users
        assert cognito_pool.calls[-1].why == f"{name!r} is {value!r}"

    @evidence("inferred", "the schema is documented")
    @pytest.mark.cognito_pool(Schema=list(SCHEMA))
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("custom:free", "x" * 2048),
            ("custom:short", "ab"),
            ("custom:short", "abcd"),
            ("custom:any", "-12345.678"),
            ("custom:few", "-1"),
            ("custom:few", "2.5"),
            ("custom:flag", "true"),
            ("custom:flag", "false"),
            ("custom:when", "yesterday"),
            ("birthdate", "1990-01-01"),
            ("updated_at", "0"),
        ],
    )
    def test_a_value_that_the_schema_allows_is_accepted(self, sign_up, cognito_pool, name, value):
        sign_up(attributes={name: value})
        assert cognito_pool.users["ana"].attributes == {name: value}


# The setting of the pool behind each rule.
SETTINGS = {
    "Password not long enough": "MinimumLength=8",
    "Password must have uppercase characters": "RequireUppercase=True",
    "Password must have lowercase characters": "RequireLowercase=True",
    "Password must have numeric characters": "RequireNumbers=True",
    "Password must have symbol characters": "RequireSymbols=True",
}


class TestPassword:
    @evidence("observed", "public capture; which is named first beyond the length is inferred")
    @pytest.mark.parametrize(
        ("password", "rule"),
        [
            ("Passw0!", "Password not long enough"),
            ("short", "Password not long enough"),
            ("passw0rd!", "Password must have uppercase characters"),
            ("PASSW0RD!", "Password must have lowercase characters"),
            ("Password!", "Password must have numeric characters"),
            ("Passw0rdd", "Password must have symbol characters"),
        ],
    )
    def test_a_refusal_names_the_rule_that_the_password_breaks(self, sign_up, cognito_pool, refused, password, rule):
        with refused("InvalidPasswordException", f"Password did not conform with policy: {rule}"):
            sign_up(Password=password)
        assert not cognito_pool.users
        assert cognito_pool.calls[-1].why == f"the pool has {SETTINGS[rule]}"

    @evidence("inferred", "no facts about which symbols count; passwords.py names the developer guide")
    @pytest.mark.parametrize("symbol", "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-")
    def test_each_of_these_special_characters_counts_as_a_symbol(self, sign_up, cognito_pool, symbol):
        sign_up(Password=f"Passw0rd{symbol}")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("inferred", "a requirement that is off is not checked")
    @pytest.mark.cognito_pool(Policies={"PasswordPolicy": {"MinimumLength": 6}})
    def test_a_policy_may_require_only_a_length(self, sign_up, cognito_pool, refused):
        with refused("InvalidPasswordException", "Password did not conform with policy: Password not long enough"):
            sign_up(Password="12345")
        sign_up(Password="123456")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("observed", "amazon-cognito-identity-js#311: the policy comes after other parameter errors")
    def test_the_password_is_checked_after_the_attributes(self, sign_up, refused):
        with refused("InvalidParameterException", "Invalid email address format."):
            sign_up(attributes={"email": "ana"}, Password="short")

    @evidence("inferred", "weakly observed: jonsaw/amazon-cognito-identity-dart#73")
    def test_the_password_is_checked_after_the_username(self, sign_up, cognito_pool, refused):
        cognito_pool.add_user("ana")
        with refused("UsernameExistsException"):
            sign_up(Password="short")

    @evidence("inferred", "the model says when it is optional, not what happens without it")
    def test_a_missing_password_is_refused(self, cognito_pool, cognito_idp, refused):
        with refused("InvalidPasswordException"):
            cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="ana")

    @evidence("model", "Password: optional where users can sign in with a code")
    @pytest.mark.parametrize("factor", ["EMAIL_OTP", "SMS_OTP"])
    def test_the_password_may_be_left_out_where_users_can_sign_in_with_a_code(self, cognito, cognito_idp, factor):
        policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", factor]}}
        pool = cognito.create_pool(Policies=policies, SmsConfiguration=SMS)
        cognito_idp.sign_up(ClientId=pool.client.id, Username="ana")
        assert pool.users["ana"].status == "UNCONFIRMED"

    @evidence("inferred", "the policy applies to every password that is given")
    @pytest.mark.cognito_pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}})
    def test_an_optional_password_is_still_checked_if_it_is_given(self, sign_up, refused):
        with refused("InvalidPasswordException", "Password did not conform with policy: Password not long enough"):
            sign_up(Password="short")
