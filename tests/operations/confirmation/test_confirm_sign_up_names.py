"""Which user ConfirmSignUp finds, and which user gets a confirmed address as an alias."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
EMAIL = {"email": "ana@example.com"}
MISMATCH = "Invalid verification code provided, please try again."
NOT_FOUND = "Username/client id combination not found."
CONFIRMED = "User cannot be confirmed. Current status is CONFIRMED"
BEGIN = 1_800_000_000


@pytest.fixture
def update(cognito_pool, cognito_idp):
    """Change attributes of a user as an administrator."""

    def update(username="ana", **attributes):
        pairs = [{"Name": name, "Value": value} for name, value in attributes.items()]
        cognito_idp.admin_update_user_attributes(UserPoolId=cognito_pool.id, Username=username, UserAttributes=pairs)

    return update


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def state(pool, username="ana"):
    user = pool.users[username]
    return user.status, user.attributes.get("email_verified")


class TestNames:
    @evidence("observed", "amazon-cognito-identity-js#514, #398, #410; amplify-js#6212")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_an_alias_finds_no_user_before_it_is_verified(self, sign_up, confirm, cognito_pool, refused):
        code = sign_up()
        with refused("UserNotFoundException", NOT_FOUND):
            confirm(code, "ana@example.com")
        assert cognito_pool.calls[-1].why == (
            "'ana@example.com' is the email of 'ana', and not an alias until it is verified"
        )

    @evidence("documented", "user-pool-settings-attributes.md: an alias works once it is verified")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_confirming_makes_the_address_an_alias(self, sign_up, confirm, cognito_pool, cognito_idp):
        confirm(sign_up())
        user = cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana@example.com")
        assert user["Username"] == "ana"

    @evidence("documented", "developer guide attributes: an address resolves verified or not; the sub always")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    @pytest.mark.parametrize("by", ["email", "sub"])
    def test_the_sign_up_address_and_the_sub_find_the_user(self, sign_up, confirm, cognito_pool, by):
        code = sign_up("ana@example.com", {})
        user = cognito_pool.users["ana@example.com"]
        confirm(code, "ana@example.com" if by == "email" else user.sub)
        assert user.status == "CONFIRMED"
        assert user.attributes == {"email": "ana@example.com", "email_verified": "true"}
        assert cognito_pool.triggers.one("PostConfirmation").event.user_name == user.sub

    @evidence("documented", "user-pool-case-sensitivity.md")
    @pytest.mark.cognito_pool(UsernameConfiguration={"CaseSensitive": False})
    def test_a_case_insensitive_pool_ignores_the_case_of_a_username(self, sign_up, confirm, resend, cognito_pool):
        sign_up("Ana")
        resend("ANA")
        confirm(cognito_pool.outbox[-1].code, "ana")
        assert state(cognito_pool, "Ana") == ("CONFIRMED", "true")

    @evidence("documented", "user-pool-case-sensitivity.md: the API's default is case-sensitive")
    def test_a_case_sensitive_pool_does_not_find_a_username_in_another_case(self, sign_up, confirm, resend, refused):
        code = sign_up("Ana")
        with refused("UserNotFoundException", NOT_FOUND):
            confirm(code, "ana")
        with refused("UserNotFoundException", NOT_FOUND):
            resend("ana")


class TestAliasOfAnotherUser:
    @pytest.fixture
    def cognito_pool_settings(self):
        return {"AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email", "preferred_username"]}

    @pytest.fixture
    def code(self, cognito_pool, sign_up):
        """The code of bob, who signed up with the address that is ana's alias."""
        cognito_pool.add_user("ana", email="ana@example.com")
        return sign_up("bob", EMAIL)

    @evidence("documented", "CLI output of confirm-sign-up; the conflict appears at ConfirmSignUp")
    def test_confirming_is_refused(self, code, confirm, cognito_pool, refused):
        with refused("AliasExistsException", "An account with the email already exists."):
            confirm(code, "bob")
        assert cognito_pool.calls[-1].why == "'ana@example.com' is the email of 'ana'"
        assert state(cognito_pool, "bob") == ("UNCONFIRMED", "false")
        assert cognito_pool.users["ana@example.com"].username == "ana"
        assert cognito_pool.triggers.of("PostConfirmation") == []

    @evidence("documented", "model, ForceAliasCreation: false is the default")
    def test_confirming_is_refused_when_force_alias_creation_is_false(self, code, confirm, refused):
        with refused("AliasExistsException", "An account with the email already exists."):
            confirm(code, "bob", ForceAliasCreation=False)

    @evidence("documented", "model, ForceAliasCreation: the alias moves; its owner's is unverified (pre sign-up guide)")
    def test_the_alias_moves_when_force_alias_creation_is_true(self, passed, code, confirm, cognito_pool):
        passed(60)
        confirm(code, "bob", ForceAliasCreation=True)
        assert cognito_pool.users["ana@example.com"].username == "bob"
        assert state(cognito_pool, "bob") == ("CONFIRMED", "true")
        assert state(cognito_pool, "ana") == ("CONFIRMED", "false")
        assert cognito_pool.users["ana"].attributes["email"] == "ana@example.com"
        assert cognito_pool.users["ana"].modified == datetime.fromtimestamp(BEGIN + 60, timezone.utc)

    @evidence("inferred", "a refused request changes nothing: the code stays valid")
    def test_the_same_code_can_move_the_alias_after_a_refusal(self, code, confirm, cognito_pool, refused):
        with refused("AliasExistsException"):
            confirm(code, "bob")
        confirm(code, "bob", ForceAliasCreation=True)
        assert cognito_pool.users["ana@example.com"].username == "bob"

    @evidence("inferred", "a user who does not know the code cannot take the alias")
    def test_the_code_is_checked_before_the_alias_moves(self, code, confirm, cognito_pool, refused):
        with refused("CodeMismatchException", MISMATCH):
            confirm(wrong(code), "bob", ForceAliasCreation=True)
        assert cognito_pool.users["ana@example.com"].username == "ana"

    @evidence("inferred", "the alias of a deleted user is free")
    def test_the_new_user_gets_the_alias_when_its_owner_was_deleted(self, code, confirm, cognito_pool, cognito_idp):
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        confirm(code, "bob")
        assert cognito_pool.users["ana@example.com"].username == "bob"

    @evidence("documented", "developer guide: the conflict appears at ConfirmSignUp")
    def test_the_first_of_two_users_to_confirm_gets_the_alias(self, sign_up, confirm, cognito_pool, refused):
        ana, bob = sign_up("ana", EMAIL), sign_up("bob", EMAIL)
        confirm(bob, "bob")
        with refused("AliasExistsException", "An account with the email already exists."):
            confirm(ana, "ana")
        assert cognito_pool.users["ana@example.com"].username == "bob"

    @evidence("inferred", "documented for addresses only")
    @pytest.mark.parametrize("force", [False, True])
    def test_admin_create_user_does_not_move_a_preferred_username(self, cognito_pool, cognito_idp, refused, force):
        """No user can sign up with one; an administrator may set it."""
        cognito_pool.add_user("ana", attributes={"preferred_username": "annie"})
        with refused("AliasExistsException"):
            cognito_idp.admin_create_user(
                UserPoolId=cognito_pool.id,
                Username="bob",
                UserAttributes=[{"Name": "preferred_username", "Value": "annie"}],
                ForceAliasCreation=force,
            )
        assert cognito_pool.users["annie"].username == "ana"
        assert "bob" not in cognito_pool.users


class TestAddressChangedBeforeConfirming:
    @evidence("inferred", "a code verifies only the address it was sent to")
    @pytest.mark.parametrize("email", ["new@example.com", ""])
    def test_the_old_code_confirms_the_user_and_verifies_no_address(
        self, sign_up, confirm, update, cognito_pool, email
    ):
        code = sign_up()
        update(email=email)
        confirm(code)
        attributes = {"email": email, "email_verified": "false"} if email else {}
        assert (cognito_pool.users["ana"].status, cognito_pool.users["ana"].attributes) == ("CONFIRMED", attributes)

    @evidence("inferred", "a code verifies only the address it was sent to")
    def test_a_verified_flag_that_an_administrator_set_stays(self, sign_up, confirm, update, cognito_pool):
        code = sign_up()
        update(email="new@example.com", email_verified="true")
        confirm(code)
        assert state(cognito_pool) == ("CONFIRMED", "true")

    @evidence("inferred", "a code verifies only the address it was sent to")
    def test_the_old_address_is_verified_if_the_user_has_it_again(self, sign_up, confirm, update, cognito_pool):
        code = sign_up()
        update(email="new@example.com")
        update(email="ana@example.com")
        confirm(code)
        assert state(cognito_pool) == ("CONFIRMED", "true")

    @evidence("inferred", "a code verifies only the address it was sent to")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_neither_the_old_nor_the_new_address_becomes_an_alias(self, sign_up, confirm, update, cognito_pool):
        code = sign_up()
        update(email="new@example.com")
        confirm(code)
        assert [name in cognito_pool.users for name in ("ana@example.com", "new@example.com")] == [False, False]

    @evidence("inferred", "a resent code goes to the user's current address")
    def test_a_resent_code_goes_to_the_new_address_and_verifies_it(
        self, sign_up, confirm, resend, update, cognito_pool
    ):
        sign_up()
        update(email="new@example.com")
        assert resend()["Destination"] == "n***@e***"
        confirm(cognito_pool.outbox.one(recipient="new@example.com", occasion="ResendCode").code)
        assert state(cognito_pool) == ("CONFIRMED", "true")

    @evidence("documented", "developer guide: only the phone gets a code, where there is one")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    def test_a_resent_code_goes_to_a_phone_number_added_after_sign_up(
        self, sign_up, confirm, resend, update, cognito_pool
    ):
        sign_up()
        update(phone_number="+15551234567")
        assert resend()["DeliveryMedium"] == "SMS"
        confirm(cognito_pool.outbox[-1].code)
        attributes = cognito_pool.users["ana"].attributes
        assert (attributes["phone_number_verified"], attributes["email_verified"]) == ("true", "false")
