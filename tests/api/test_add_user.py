"""UserPool.add_user: what it makes, what it refuses, and that nobody hears of it."""

from __future__ import annotations

import re

import pytest

from pytest_cognito_pool import UsageError, User
from pytest_cognito_pool._service.errors.passwords import PASSWORD_SET
from pytest_cognito_pool._service.user import passwords
from pytest_cognito_pool._service.user.user import STATUSES

REFUSED = "Cognito refuses that: InvalidParameterException: "


def refusal(call):
    with pytest.raises(UsageError) as caught:
        call()
    return str(caught.value)


class TestWhatItMakes:
    def test_a_confirmed_user_with_a_verified_address(self, cognito_pool):
        user = cognito_pool.add_user("ana")
        assert isinstance(user, User)
        assert (user.username, user.status, user.enabled) == ("ana", "CONFIRMED", True)
        assert user.attributes == {"email": "ana@example.com", "email_verified": "true"}
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", user.sub)
        assert cognito_pool.users["ana"] == user

    @pytest.mark.parametrize("status", STATUSES)
    def test_of_every_status(self, cognito_pool, cognito_idp, status):
        user = cognito_pool.add_user("ana", status=status, phone_number="+15551234567")
        verified = "false" if status == "UNCONFIRMED" else "true"
        assert user.status == status
        assert user.history == []
        assert user.attributes["email_verified"] == user.attributes["phone_number_verified"] == verified
        described = cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        assert described["UserStatus"] == status

    def test_verification_is_the_authors_to_say(self, cognito_pool):
        flags = {"email_verified": "false"}
        assert cognito_pool.add_user("ana", attributes=flags).attributes["email_verified"] == "false"
        flags = {"email_verified": "true"}
        user = cognito_pool.add_user("bob", status="UNCONFIRMED", attributes=flags)
        assert user.attributes["email_verified"] == "true"

    def test_an_email(self, cognito_pool):
        user = cognito_pool.add_user("ana", email="a@b.c")
        assert user.attributes == {"email": "a@b.c", "email_verified": "true"}

    def test_no_email(self, cognito_pool):
        assert cognito_pool.add_user("ana", email="").attributes == {}

    def test_an_email_among_the_attributes(self, cognito_pool):
        assert cognito_pool.add_user("ana", attributes={"email": "a@b.c"}).attributes["email"] == "a@b.c"

    def test_a_username_that_is_an_email_is_the_email(self, cognito_pool):
        assert cognito_pool.add_user("ana@b.c").attributes["email"] == "ana@b.c"

    def test_a_phone_number(self, cognito_pool):
        attributes = cognito_pool.add_user("ana", email="", phone_number="+15551234567").attributes
        assert attributes == {"phone_number": "+15551234567", "phone_number_verified": "true"}

    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String", "Mutable": False}])
    def test_further_attributes(self, cognito_pool):
        given = {"given_name": "Ana", "custom:plan": "pro"}
        user = cognito_pool.add_user("ana", attributes=given, email="")
        assert user.attributes == given
        given["given_name"] = "Bob"
        assert user.attributes["given_name"] == "Ana"

    def test_an_empty_attribute_is_none(self, cognito_pool):
        assert "given_name" not in cognito_pool.add_user("ana", attributes={"given_name": ""}).attributes

    def test_disabled(self, cognito_pool, cognito_idp):
        assert cognito_pool.add_user("ana", enabled=False).enabled is False
        assert cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")["Enabled"] is False

    def test_a_password(self, cognito_pool):
        assert cognito_pool.add_user("ana", password="Corr3ct-horse")._record.password == "Corr3ct-horse"

    @pytest.mark.cognito_pool(
        Policies={
            "PasswordPolicy": {
                "MinimumLength": 20,
                "RequireUppercase": True,
                "RequireLowercase": True,
                "RequireNumbers": True,
                "RequireSymbols": True,
            }
        }
    )
    def test_a_password_made_up_is_one_the_policy_allows(self, cognito_pool):
        record = cognito_pool.add_user("ana")._record
        policy = cognito_pool._record.password_policy
        assert len(record.password) == 20
        passwords.check(record.password, policy, PASSWORD_SET)

    def test_a_federated_user_has_none(self, cognito_pool):
        user = cognito_pool.add_user("Google_123", status="EXTERNAL_PROVIDER")
        assert user._record.password is None

    def test_requirements_of_the_schema_are_left_to_the_author(self, cognito):
        pool = cognito.create_pool(Schema=[{"Name": "family_name", "Required": True}])
        assert pool.add_user("ana").status == "CONFIRMED"

    def test_the_times_are_now_in_utc(self, cognito_pool, monkeypatch):
        monkeypatch.setattr("time.time", lambda: 1_700_000_000.25)
        user = cognito_pool.add_user("ana")
        assert user.created == user.modified
        assert user.created.isoformat() == "2023-11-14T22:13:20.250000+00:00"

    @pytest.mark.parametrize("name", ["名前", "a.b-c_d", "é", "1", "USER", "a" * 100])
    def test_any_username_the_service_takes(self, cognito_pool, cognito_idp, name):
        cognito_pool.add_user(name)
        assert cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username=name)["Username"] == name

    def test_any_username_has_an_address_that_is_one(self, cognito_pool):
        """`@ana` is a username; an address made up for them must not be refused as if the author had written it."""
        assert cognito_pool.add_user("@ana").username == "@ana"

    def test_nobody_hears_of_it(self, cognito, cognito_pool):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_pool.add_user()
        assert (cognito.calls, cognito_pool.calls, cognito_pool.triggers) == ([], [], [])


class TestMadeUpUsernames:
    def test_each_is_another(self, cognito_pool):
        names = [cognito_pool.add_user().username for _ in range(3)]
        assert names == ["user1", "user2", "user3"]
        assert cognito_pool.users["user2"].attributes["email"] == "user2@example.com"

    def test_one_that_is_taken_is_left_out(self, cognito_pool):
        cognito_pool.add_user("user2")
        assert [cognito_pool.add_user().username for _ in range(2)] == ["user3", "user4"]

    def test_they_never_clash(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("user3")
        for name in ("user1", "user2"):
            if name not in cognito_pool.users:
                cognito_pool.add_user(name)
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="user1")
        assert len({cognito_pool.add_user().username for _ in range(5)} | set(cognito_pool.users)) == 7

    @pytest.mark.cognito_pool(UsernameConfiguration={"CaseSensitive": False})
    def test_a_generated_username_differs_in_more_than_case(self, cognito_pool):
        cognito_pool.add_user("USER2")
        assert cognito_pool.add_user().username == "user3"

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_with_email_addresses(self, cognito_pool):
        cognito_pool.add_user("user2@example.com")
        assert cognito_pool.add_user().attributes["email"] == "user3@example.com"

    @pytest.mark.cognito_pool(UsernameAttributes=["phone_number"])
    def test_with_phone_numbers(self, cognito_pool):
        cognito_pool.add_user("+15550000002")
        assert cognito_pool.add_user().attributes["phone_number"] == "+15550000003"
        assert cognito_pool.add_user().attributes["phone_number"] == "+15550000004"

    @pytest.mark.cognito_pool(UsernameAttributes=["phone_number", "email"])
    def test_with_either_it_is_an_email_address(self, cognito_pool):
        assert cognito_pool.add_user().attributes == {"email": "user1@example.com", "email_verified": "true"}

    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_a_generated_username_has_an_address_that_is_free(self, cognito_pool):
        cognito_pool.add_user("ana", email="user2@example.com")
        assert cognito_pool.add_user().username != "ana"
        assert len(cognito_pool.users) == 2


class TestUsernameAttributes:
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_username_is_the_sub(self, cognito_pool):
        user = cognito_pool.add_user("ana@example.com")
        assert user.username == user.sub
        assert user.attributes == {"email": "ana@example.com", "email_verified": "true"}
        assert cognito_pool.users["ana@example.com"] == cognito_pool.users[user.sub] == user

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_email_is_the_username(self, cognito_pool):
        assert cognito_pool.add_user(email="ana@example.com").attributes["email"] == "ana@example.com"

    @pytest.mark.cognito_pool(UsernameAttributes=["phone_number"])
    def test_the_phone_number_is_the_username(self, cognito_pool):
        user = cognito_pool.add_user(phone_number="+15551234567")
        assert user.attributes == {"phone_number": "+15551234567", "phone_number_verified": "true"}
        assert cognito_pool.add_user("+15551234568", email="a@b.c").attributes["email"] == "a@b.c"

    @pytest.mark.cognito_pool(UsernameAttributes=["phone_number"])
    def test_an_email_beside_it_is_no_username(self, cognito_pool):
        user = cognito_pool.add_user(email="a@b.c")
        assert user.attributes["email"] == "a@b.c"
        assert user.attributes["phone_number"].startswith("+1555")

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_a_phone_number_beside_it_is_no_username(self, cognito_pool):
        user = cognito_pool.add_user(phone_number="+15551234567")
        assert user.attributes["phone_number"] == "+15551234567"
        assert user.attributes["email"] == "user1@example.com"

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_two_different_addresses_are_refused(self, cognito_pool):
        message = refusal(lambda: cognito_pool.add_user("ana@example.com", email="bob@example.com"))
        assert "'ana@example.com'" in message
        assert "'bob@example.com'" in message

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_same_address_twice_is_fine(self, cognito_pool):
        user = cognito_pool.add_user("ana@example.com", email="ana@example.com")
        assert user.attributes["email"] == "ana@example.com"

    @pytest.mark.parametrize(
        ("names", "text"),
        [
            (["email"], "Username should be an email."),
            (["phone_number"], "Username should be a phone number."),
            (["email", "phone_number"], "Username should be either an email or a phone number."),
            (["phone_number", "email"], "Username should be either an email or a phone number."),
        ],
    )
    def test_a_username_of_another_form_is_refused(self, cognito, names, text):
        pool = cognito.create_pool(UsernameAttributes=names)
        assert refusal(lambda: pool.add_user("ana")) == (
            f"{REFUSED}{text}\nthe username is 'ana', and the pool has UsernameAttributes={names}"
        )

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_an_address_is_had_once(self, cognito_pool):
        first = cognito_pool.add_user("ana@example.com")
        assert refusal(lambda: cognito_pool.add_user("ana@example.com")) == (
            "Cognito refuses that: UsernameExistsException: An account with the given email already exists.\n"
            f"'ana@example.com' is the email of 'ana@example.com' ({first.sub[:8]})"
        )

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_a_federated_user_keeps_their_name(self, cognito_pool):
        user = cognito_pool.add_user("Google_123", status="EXTERNAL_PROVIDER")
        assert user.username == "Google_123"
        assert user.sub != "Google_123"

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_a_federated_user_has_no_phone_number_of_their_name(self, cognito_pool):
        assert "phone_number" not in cognito_pool.add_user("Google_123", status="EXTERNAL_PROVIDER").attributes


class TestAliasAttributes:
    @pytest.mark.cognito_pool(AliasAttributes=["email", "phone_number", "preferred_username"])
    def test_verified_ones_are_names(self, cognito_pool):
        user = cognito_pool.add_user("ana", phone_number="+15551234567", attributes={"preferred_username": "nan"})
        for name in ("ana", "ana@example.com", "+15551234567", "nan", user.sub):
            assert cognito_pool.users[name] == user

    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_unverified_ones_are_not(self, cognito_pool):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        assert "ana@example.com" not in cognito_pool.users
        assert cognito_pool.add_user("bob", status="UNCONFIRMED", email="ana@example.com")

    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_another_users_alias_is_refused(self, cognito_pool):
        cognito_pool.add_user("ana")
        assert refusal(lambda: cognito_pool.add_user("bob", email="ana@example.com")) == (
            "Cognito refuses that: AliasExistsException: An account with the given email already exists.\n"
            "'ana@example.com' is the email of 'ana'"
        )
        assert list(cognito_pool.users) == ["ana"]

    @pytest.mark.parametrize(
        ("name", "alias", "text"),
        [
            (
                "ana@example.com",
                "email",
                "Username cannot be of email format, since user pool is configured for email alias.",
            ),
            (
                "+15551234567",
                "phone_number",
                "Username cannot be of phone number format, since user pool is configured for phone number alias.",
            ),
        ],
    )
    def test_a_username_of_an_aliass_form_is_refused(self, cognito, name, alias, text):
        pool = cognito.create_pool(AliasAttributes=[alias])
        message = refusal(lambda: pool.add_user(name))
        assert message == f"{REFUSED}{text}\nthe username is {name!r}, and the pool has AliasAttributes=['{alias}']"


class TestRefusals:
    def test_a_username_twice(self, cognito_pool):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        assert refusal(lambda: cognito_pool.add_user("ana")) == (
            "Cognito refuses that: UsernameExistsException: User account already exists\n'ana' is UNCONFIRMED"
        )

    @pytest.mark.cognito_pool(UsernameConfiguration={"CaseSensitive": False})
    def test_a_username_twice_without_regard_to_case(self, cognito_pool):
        cognito_pool.add_user("Ana")
        assert refusal(lambda: cognito_pool.add_user("aNA")) == (
            "Cognito refuses that: UsernameExistsException: User account already exists\n'Ana' is CONFIRMED"
        )
        assert cognito_pool.users["ANA"].username == "Ana"

    @pytest.mark.cognito_pool(UsernameConfiguration={"CaseSensitive": True})
    def test_names_that_differ_in_case(self, cognito_pool):
        assert {cognito_pool.add_user(name).username for name in ("Ana", "ana")} == {"Ana", "ana"}

    def test_an_unknown_status(self, cognito_pool):
        assert refusal(lambda: cognito_pool.add_user("ana", status="UNCOMFIRMED")) == (
            "unknown status 'UNCOMFIRMED'; did you mean 'UNCONFIRMED'?"
        )

    def test_a_status_that_is_like_none(self, cognito_pool):
        assert refusal(lambda: cognito_pool.add_user("ana", status="x")) == (
            "unknown status 'x'; known names: 'ARCHIVED', 'COMPROMISED', 'CONFIRMED', "
            "'EXTERNAL_PROVIDER', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED', 'UNCONFIRMED', 'UNKNOWN'"
        )

    def test_an_unknown_attribute(self, cognito_pool):
        assert refusal(lambda: cognito_pool.add_user("ana", attributes={"givenname": "x"})) == (
            "the pool's schema has no attribute 'givenname'; did you mean 'given_name'?"
        )

    def test_a_custom_attribute_the_schema_lacks(self, cognito_pool):
        assert refusal(lambda: cognito_pool.add_user("ana", attributes={"custom:plan": "x"})) == (
            "the pool's schema has no attribute 'custom:plan'; "
            "give the pool Schema=[{'Name': 'plan', 'AttributeDataType': 'String'}]"
        )

    @pytest.mark.parametrize(
        ("value", "meant"), [(True, "'true'"), (False, "'false'"), (5, "'5'"), (None, "'none'"), (1.5, "'1.5'")]
    )
    def test_an_attribute_that_is_no_text(self, cognito_pool, value, meant):
        assert refusal(lambda: cognito_pool.add_user("ana", attributes={"email_verified": value})) == (
            f"attribute values must be strings: email_verified={value!r}; did you mean {meant}?"
        )

    @pytest.mark.parametrize(("name", "value"), [("email", "x@y.z"), ("phone_number", "+1555"), ("email", "")])
    def test_an_address_twice(self, cognito_pool, name, value):
        message = refusal(lambda: cognito_pool.add_user("ana", attributes={name: "first"}, **{name: value}))
        assert message == f"{name} is given twice: {value!r}, and 'first' in attributes"

    @pytest.mark.parametrize("value", ["ana", "a b@c.d", "a@b@c", "@b", "a@"])
    def test_an_email_of_no_form(self, cognito_pool, value):
        message = refusal(lambda: cognito_pool.add_user("ana", email=value))
        assert message == f"{REFUSED}Invalid email address format.\nemail is {value!r}"

    @pytest.mark.parametrize("value", ["5551234567", "+1 555", "+", "+1234567890123456", "+1555a", "+\u0661"])
    def test_a_phone_number_of_no_form(self, cognito_pool, value):
        assert refusal(lambda: cognito_pool.add_user("ana", phone_number=value)) == (
            f"{REFUSED}Invalid phone number format.\nphone_number is {value!r}; + and digits are expected"
        )

    @pytest.mark.parametrize(
        ("password", "rule", "setting"),
        [
            ("Short1!", "Password not long enough", "MinimumLength=8"),
            ("passw0rd!", "Password must have uppercase characters", "RequireUppercase=True"),
            ("PASSW0RD!", "Password must have lowercase characters", "RequireLowercase=True"),
            ("Password!", "Password must have numeric characters", "RequireNumbers=True"),
            ("Passw0rdd", "Password must have symbol characters", "RequireSymbols=True"),
        ],
    )
    def test_a_password_against_the_policy(self, cognito_pool, password, rule, setting):
        assert refusal(lambda: cognito_pool.add_user("ana", password=password)) == (
            f"Cognito refuses that: InvalidPasswordException: Password does not conform to policy: {rule}\n"
            f"the pool has {setting}"
        )

    @pytest.mark.parametrize(
        ("name", "value", "text"),
        [
            ("birthdate", "1.1.2000", "birthdate: String length must be between 10 and 10"),
            ("updated_at", "now", "updated_at: Number attribute must be numeric"),
            ("updated_at", "-1", "updated_at: Number must be between 0 and None"),
            ("email_verified", "yes", "email_verified: Boolean attribute must be true or false"),
            ("name", "x" * 2049, "name: String length must be between 0 and 2048"),
        ],
    )
    def test_an_attribute_against_the_schema(self, cognito_pool, name, value, text):
        message = refusal(lambda: cognito_pool.add_user("ana", attributes={name: value}))
        assert message.startswith(f"{REFUSED}Attributes did not conform to the schema: ")
        assert f"{name!r} is {value!r}" in message
        assert text.split(":")[0] in message

    def test_the_sub(self, cognito_pool):
        assert refusal(lambda: cognito_pool.add_user("ana", attributes={"sub": "1"})) == (
            f"{REFUSED}Cannot modify the non-mutable attribute sub\nthe service sets the sub"
        )

    @pytest.mark.parametrize("name", ["a b", "a" * 129, "a\n", "\u3000"])
    def test_a_username_that_no_request_can_have(self, cognito_pool, name):
        """Every call that names such a user is refused by the service model; so are they."""
        assert refusal(lambda: cognito_pool.add_user(name, email="")) == (
            f"invalid username {name!r}; a valid one is 'ana'"
            f"{', with at most 128 characters' if len(name) > 128 else ''}"
        )

    @pytest.mark.parametrize("password", ["Passw0rd! with spaces", "Passw0rd!" * 30])
    def test_a_password_that_no_request_can_have(self, cognito_pool, password):
        assert refusal(lambda: cognito_pool.add_user("ana", password=password)) == (
            "invalid password; a valid one is 'Passw0rd!'"
            f"{', with at most 256 characters' if len(password) > 256 else ''}"
        )

    def test_a_refused_user_is_not_there(self, cognito_pool):
        refusal(lambda: cognito_pool.add_user("ana", password="x"))
        assert cognito_pool.users == {}
        assert cognito_pool.add_user("ana").username == "ana"

    def test_parameters_are_given_by_name(self, cognito_pool):
        with pytest.raises(TypeError):
            cognito_pool.add_user("ana", "UNCONFIRMED")
        with pytest.raises(TypeError):
            cognito_pool.add_user(username="ana")
