"""The administrator's operations on users: facts/lifecycle.md, section C, facts/sign-in.md, section 7."""

from __future__ import annotations

import threading

import pytest

from pytest_cognito_pool import Transition

evidence = pytest.mark.evidence
STATUSES = [
    "ARCHIVED",
    "COMPROMISED",
    "CONFIRMED",
    "EXTERNAL_PROVIDER",
    "FORCE_CHANGE_PASSWORD",
    "RESET_REQUIRED",
    "UNCONFIRMED",
    "UNKNOWN",
]
EMAIL_TAKEN = "An account with the given email already exists."
VERIFIED = {"email": "ana@example.com", "email_verified": "true"}
VERIFICATION_FIRST = {
    "AutoVerifiedAttributes": ["email"],
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
}


def pairs(attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


@pytest.fixture
def create(cognito_pool, cognito_idp):
    """Create a user as an administrator, with attributes by name; return the user of the reply."""

    def create(username="ana", attributes=None, **given):
        parameters = {"UserPoolId": cognito_pool.id, "UserAttributes": pairs(attributes or {}), **given}
        return cognito_idp.admin_create_user(Username=username, **parameters)["User"]

    return create


@pytest.fixture
def get(cognito_pool, cognito_idp):
    """The reply of AdminGetUser."""

    def get(username="ana"):
        reply = cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username=username)
        del reply["ResponseMetadata"]
        return reply

    return get


@pytest.fixture
def update(cognito_pool, cognito_idp):
    """Change attributes of ana by name."""

    def update(attributes):
        return cognito_idp.admin_update_user_attributes(
            UserPoolId=cognito_pool.id, Username="ana", UserAttributes=pairs(attributes)
        )

    return update


def at_once(jobs):
    """Run functions of no arguments in a thread each, all from the same moment."""
    start = threading.Barrier(len(jobs))

    def run(job):
        start.wait()
        job()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class TestAdminCreateUser:
    @evidence("observed", "aws-cli#2263, #2450, public capture")
    def test_the_reply_describes_a_user_who_must_change_their_password(self, create, cognito_pool):
        user = create(attributes={"email": "ana@example.com"})
        assert user == {
            "Username": "ana",
            "Attributes": pairs({"sub": cognito_pool.users["ana"].sub, "email": "ana@example.com"}),
            "UserCreateDate": user["UserCreateDate"],
            "UserLastModifiedDate": user["UserCreateDate"],
            "Enabled": True,
            "UserStatus": "FORCE_CHANGE_PASSWORD",
        }

    @evidence("observed", "lifecycle.md C1: a flag only if supplied")
    def test_a_verified_flag_is_kept_as_given(self, create, cognito_pool):
        create(attributes={"email": "ana@example.com", "email_verified": "true"})
        assert cognito_pool.users["ana"].attributes == {"email": "ana@example.com", "email_verified": "true"}

    @evidence("documented", "developer guide: no PostConfirmation ever; observed amplify-cli#13127")
    def test_post_confirmation_is_not_invoked(self, create, cognito_pool):
        create()
        assert cognito_pool.triggers.of("PostConfirmation") == []
        assert cognito_pool.users["ana"].history == []

    @evidence("observed", "moto-av: the username is the sub where users sign up with an address")
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    @pytest.mark.parametrize(
        ("username", "attribute"), [("ana@example.com", "email"), ("+15551234567", "phone_number")]
    )
    def test_an_address_as_username_becomes_an_attribute_and_the_username_is_the_sub(self, create, username, attribute):
        user = create(username)
        assert user["Attributes"] == pairs({"sub": user["Username"], attribute: username})

    @evidence("model", "UserAttributes: required ones may be left for the user to give at their first sign-in")
    @pytest.mark.cognito_pool(Schema=[{"Name": "email", "Required": True}])
    def test_required_attributes_may_be_left_out(self, create):
        assert create()["UserStatus"] == "FORCE_CHANGE_PASSWORD"

    @evidence("observed", "public capture of the text; the type is of medium confidence")
    def test_the_sub_cannot_be_chosen(self, create, cognito_pool, refused):
        with refused("InvalidParameterException", "Cannot modify the non-mutable attribute sub"):
            create(attributes={"sub": "34c84488-e0e1-70ae-d2ee-991ad1a898c8"})
        assert cognito_pool.calls[-1].why == "the service sets the sub"

    @evidence("observed", "public capture of the text")
    def test_an_attribute_that_the_schema_lacks_is_refused(self, create, cognito_pool, refused):
        text = "Attributes did not conform to the schema: Type for attribute {custom:role} could not be determined"
        with refused("InvalidParameterException", text):
            create(attributes={"custom:role": "admin"})
        assert cognito_pool.calls[-1].why == "the pool's schema has the standard attributes and no other"
        assert not cognito_pool.users

    @evidence("inferred", "as observed on SignUp")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_a_username_of_the_wrong_form_is_refused(self, create, refused):
        with refused("InvalidParameterException"):
            create("ana")

    @evidence("inferred", "observed on UpdateUserAttributes: Attribute value for picture must not be null")
    def test_an_attribute_without_a_value_is_refused(self, create, cognito_pool, refused):
        with refused("InvalidParameterException"):
            create(UserAttributes=[{"Name": "picture"}])
        assert not cognito_pool.users

    @evidence("observed", "localstack#4465, public capture")
    @pytest.mark.parametrize("status", STATUSES)
    def test_a_username_that_is_taken_is_refused(self, create, cognito_pool, refused, status):
        cognito_pool.add_user("ana", status=status)
        with refused("UsernameExistsException", "User account already exists"):
            create()
        assert cognito_pool.calls[-1].why == f"'ana' is {status}"

    @evidence("documented", "user-pool-case-sensitivity.md")
    @pytest.mark.cognito_pool(UsernameConfiguration={"CaseSensitive": False})
    def test_a_username_that_differs_only_in_case_is_refused_in_a_case_insensitive_pool(self, create, refused):
        create("Ana")
        with refused("UsernameExistsException", "User account already exists"):
            create("ANA")

    @evidence("observed", "public capture of the text")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_a_sign_up_email_that_is_taken_is_refused(self, create, cognito_pool, refused):
        owner = create("ana@example.com")["Username"]
        with refused("UsernameExistsException", EMAIL_TAKEN):
            create("ana@example.com")
        assert cognito_pool.calls[-1].why == f"'ana@example.com' is the email of 'ana@example.com' ({owner[:8]})"

    @evidence("inferred", "each creation is atomic")
    def test_users_created_at_the_same_time_all_exist(self, create, cognito_pool):
        names = [f"user{number}" for number in range(8)]
        at_once([lambda name=name: create(name) for name in names])
        assert sorted(cognito_pool.users) == names

    @evidence("inferred", "the check and the storing of a user are one step")
    def test_only_one_of_many_simultaneous_creations_of_a_user_succeeds(self, create, cognito_pool, cognito_idp):
        outcomes = []

        def run():
            try:
                outcomes.append(create()["UserStatus"])
            except cognito_idp.exceptions.UsernameExistsException:
                outcomes.append("refused")

        at_once([run] * 8)
        assert sorted(outcomes) == ["FORCE_CHANGE_PASSWORD"] + ["refused"] * 7
        assert list(cognito_pool.users) == ["ana"]


class TestTemporaryPassword:
    @evidence("observed", "data-dot-all/dataall#690, public capture: the second of three prefixes")
    @pytest.mark.parametrize(
        ("password", "rule"),
        [
            ("Passw0!", "Password not long enough"),
            ("passw0rd!", "Password must have uppercase characters"),
            ("PASSW0RD!", "Password must have lowercase characters"),
            ("Password!", "Password must have numeric characters"),
            ("Passw0rdd", "Password must have symbol characters"),
        ],
    )
    def test_a_refusal_names_the_rule_that_the_password_breaks(self, create, cognito_pool, refused, password, rule):
        with refused("InvalidPasswordException", f"Password did not conform with password policy: {rule}"):
            create(TemporaryPassword=password)
        assert not cognito_pool.users

    @evidence("inferred", "a password that the policy allows is accepted")
    def test_a_password_that_the_policy_allows_is_accepted(self, create):
        assert create(TemporaryPassword="Passw0rd!")["UserStatus"] == "FORCE_CHANGE_PASSWORD"

    @evidence("inferred", "a generated password conforms to the policy, whatever its minimum length")
    @pytest.mark.cognito_pool(Policies={"PasswordPolicy": {"MinimumLength": 99, "RequireSymbols": True}})
    def test_a_password_is_generated_when_none_is_given(self, create):
        assert create()["UserStatus"] == "FORCE_CHANGE_PASSWORD"

    @evidence("observed", "public capture: EMAIL_OTP, SUPPRESS and email_verified=true")
    @pytest.mark.cognito_pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}})
    def test_a_user_who_can_sign_in_with_a_code_needs_no_password(self, create):
        verified = {"email": "ana@example.com", "email_verified": "true"}
        assert create(attributes=verified, MessageAction="SUPPRESS")["UserStatus"] == "CONFIRMED"

    @evidence("inferred", "observed only with all four conditions together")
    @pytest.mark.parametrize(
        ("factors", "verified", "given"),
        [
            (["PASSWORD"], "true", {"MessageAction": "SUPPRESS"}),
            (["PASSWORD", "EMAIL_OTP"], "false", {"MessageAction": "SUPPRESS"}),
            (["PASSWORD", "EMAIL_OTP"], "true", {}),
            (["PASSWORD", "EMAIL_OTP"], "true", {"MessageAction": "SUPPRESS", "TemporaryPassword": "Passw0rd!"}),
        ],
    )
    def test_any_other_user_must_change_the_password(self, cognito, cognito_idp, factors, verified, given):
        pool = cognito.create_pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": factors}})
        attributes = pairs({"email": "ana@example.com", "email_verified": verified})
        cognito_idp.admin_create_user(UserPoolId=pool.id, Username="ana", UserAttributes=attributes, **given)
        assert pool.users["ana"].status == "FORCE_CHANGE_PASSWORD"


class TestResendInvitation:
    @evidence("inferred", "the model has RESEND; that nothing changes is not said")
    def test_nothing_but_the_last_modified_date_changes(self, create):
        user = create(attributes={"email": "ana@example.com"})
        again = create(MessageAction="RESEND")
        assert again["UserLastModifiedDate"] >= user["UserLastModifiedDate"]
        assert {**again, "UserLastModifiedDate": None} == {**user, "UserLastModifiedDate": None}

    @evidence("observed", "public capture; the whole sentence from four peers, medium to high")
    @pytest.mark.parametrize("status", [status for status in STATUSES if status != "FORCE_CHANGE_PASSWORD"])
    def test_a_user_of_any_other_status_is_refused(self, create, cognito_pool, refused, status):
        cognito_pool.add_user("ana", status=status)
        text = "Resend not possible. ana status is not FORCE_CHANGE_PASSWORD"
        with refused("UnsupportedUserStateException", text):
            create(MessageAction="RESEND")
        assert cognito_pool.calls[-1].why == f"'ana' is {status}"

    @evidence("observed", "lifecycle.md C1: RESEND of an unknown user")
    def test_an_unknown_user_is_refused(self, create, cognito_pool, refused):
        with refused("UserNotFoundException", "User does not exist."):
            create(MessageAction="RESEND")
        assert not cognito_pool.users


class TestForceAliasCreation:
    """Documented in the model: see ForceAliasCreation of AdminCreateUser."""

    @evidence("documented", "model: AliasExistsException, though AdminCreateUser does not declare it")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    @pytest.mark.parametrize("given", [{}, {"ForceAliasCreation": False}])
    def test_without_it_a_verified_alias_of_another_user_is_refused(self, create, cognito_pool, refused, given):
        cognito_pool.add_user("ana", email="ana@example.com")
        with refused("AliasExistsException"):
            create("bob", VERIFIED, **given)
        assert list(cognito_pool.users) == ["ana"]
        assert cognito_pool.users["ana@example.com"].attributes == VERIFIED

    @evidence("documented", "model: the alias moves; the old owner's address becomes unverified (pre sign-up guide)")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_with_it_the_alias_moves_to_the_new_user(self, create, cognito_pool):
        cognito_pool.add_user("ana", email="ana@example.com")
        create("bob", VERIFIED, ForceAliasCreation=True)
        assert cognito_pool.users["ana@example.com"].username == "bob"
        assert cognito_pool.users["ana"].attributes == {"email": "ana@example.com", "email_verified": "false"}

    @evidence("documented", "model: ignored unless the address is verified; an unverified address is no alias")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    @pytest.mark.parametrize("flag", [{}, {"email_verified": "false"}])
    @pytest.mark.parametrize("force", [True, False])
    def test_an_unverified_address_does_not_take_the_alias(self, create, cognito_pool, flag, force):
        cognito_pool.add_user("ana", email="ana@example.com")
        create("bob", {"email": "ana@example.com", **flag}, ForceAliasCreation=force)
        assert cognito_pool.users["ana@example.com"].username == "ana"
        assert cognito_pool.users["ana"].attributes == VERIFIED

    @evidence("inferred", "documented for aliases; here another user signed up with the address")
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    @pytest.mark.parametrize("flag", [{}, {"email_verified": "true"}])
    @pytest.mark.parametrize("force", [True, False])
    def test_the_sign_up_email_of_another_user_is_always_refused(self, create, cognito_pool, refused, flag, force):
        owner = create("ana@example.com")["Username"]
        with refused("UsernameExistsException"):
            create("+15551234567", {"email": "ana@example.com", **flag}, ForceAliasCreation=force)
        assert list(cognito_pool.users) == [cognito_pool.users["ana@example.com"].username] == [owner]

    @evidence("inferred", "documented for addresses only")
    @pytest.mark.cognito_pool(AliasAttributes=["preferred_username"])
    def test_a_preferred_username_does_not_move(self, create, cognito_pool, refused):
        cognito_pool.add_user("ana", attributes={"preferred_username": "annie"})
        with refused("AliasExistsException"):
            create("bob", {"preferred_username": "annie"}, ForceAliasCreation=True)
        assert cognito_pool.users["annie"].username == "ana"

    @evidence("inferred", "a refused request changes nothing")
    @pytest.mark.cognito_pool(AliasAttributes=["email", "preferred_username"])
    def test_a_refused_creation_takes_no_alias(self, create, cognito_pool, refused):
        cognito_pool.add_user("ana", email="ana@example.com", attributes={"preferred_username": "annie"})
        with refused("AliasExistsException"):
            create("bob", {**VERIFIED, "preferred_username": "annie"}, ForceAliasCreation=True)
        assert cognito_pool.users["ana"].attributes == {**VERIFIED, "preferred_username": "annie"}


class TestAdminGetUser:
    @evidence("observed", "moto-av comment: no MFA members when unset; lifecycle.md C2: UserAttributes")
    def test_a_user_is_described(self, cognito_pool, get):
        user = cognito_pool.add_user("ana", email="ana@example.com")
        assert get() == {
            "Username": "ana",
            "UserAttributes": pairs({"sub": user.sub, "email": "ana@example.com", "email_verified": "true"}),
            "UserCreateDate": user.created,
            "UserLastModifiedDate": user.modified,
            "Enabled": True,
            "UserStatus": "CONFIRMED",
        }

    @evidence("observed", "lifecycle.md C2: username, sub or alias")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_a_user_is_found_by_username_or_sub_or_verified_alias(self, cognito_pool, get):
        user = cognito_pool.add_user("ana", email="ana@example.com")
        assert get("ana") == get(user.sub) == get("ana@example.com")

    @evidence("inferred", "our own: the `why` of the call")
    def test_the_why_of_a_refusal_suggests_the_most_similar_username(self, cognito_pool, get, refused):
        cognito_pool.add_user("ana")
        cognito_pool.add_user("zoe")
        with refused("UserNotFoundException"):
            get("anna")
        assert cognito_pool.calls[-1].why == f"no user of {cognito_pool.id} has the name 'anna'; did you mean 'ana'?"

    @evidence("inferred", "our own: the `why` of the call")
    def test_the_why_of_a_refusal_says_that_the_pool_has_no_users(self, cognito_pool, get, refused):
        with refused("UserNotFoundException"):
            get()
        assert cognito_pool.calls[-1].why == f"no user of {cognito_pool.id} has the name 'ana'; it has no users"

    @evidence("inferred", "our own: the `why` of the call")
    def test_the_why_of_a_refusal_suggests_no_username_in_a_pool_of_over_1000_users(self, cognito_pool, get, refused):
        for number in range(1001):
            cognito_pool.add_user(f"user{number}")
        with refused("UserNotFoundException"):
            get("user")
        assert cognito_pool.calls[-1].why == f"none of the 1001 users of {cognito_pool.id} has the name 'user'"


class TestAdminUpdateUserAttributes:
    @evidence("model", "AdminUpdateUserAttributes has an empty output")
    def test_the_given_attributes_are_set_and_the_others_stay(self, cognito_pool, update):
        cognito_pool.add_user("ana", email="ana@example.com", attributes={"name": "Ana"})
        reply = update({"name": "Annie", "nickname": "an"})
        assert set(reply) == {"ResponseMetadata"}
        assert cognito_pool.users["ana"].attributes == {
            "email": "ana@example.com",
            "email_verified": "true",
            "name": "Annie",
            "nickname": "an",
        }

    @evidence("observed", "lifecycle.md C2: an empty text deletes")
    def test_an_empty_value_deletes_the_attribute(self, cognito_pool, update):
        cognito_pool.add_user("ana", email="", attributes={"name": "Ana", "nickname": "an"})
        update({"name": "", "locale": ""})
        assert cognito_pool.users["ana"].attributes == {"nickname": "an"}

    @evidence("inferred", "observed on UpdateUserAttributes: Attribute value for picture must not be null")
    def test_an_attribute_without_a_value_is_refused(self, cognito_pool, cognito_idp, refused):
        cognito_pool.add_user("ana", attributes={"picture": "me.png"})
        with refused("InvalidParameterException"):
            cognito_idp.admin_update_user_attributes(
                UserPoolId=cognito_pool.id, Username="ana", UserAttributes=[{"Name": "picture"}]
            )
        assert cognito_pool.users["ana"].attributes["picture"] == "me.png"

    @evidence("observed", "lifecycle.md C2: an administrator may set the flags")
    def test_a_verified_flag_can_be_set(self, cognito_pool, update):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        update({"email_verified": "true"})
        assert cognito_pool.users["ana"].attributes["email_verified"] == "true"

    @evidence("inferred", "a new address is not verified until a request says so")
    @pytest.mark.parametrize(
        ("changed", "flag"),
        [
            ({"email": "new@example.com"}, "false"),
            ({"email": "new@example.com", "email_verified": "true"}, "true"),
            ({"email": "ana@example.com"}, "true"),
            ({"email": ""}, None),
            ({"name": "Ana"}, "true"),
        ],
    )
    def test_a_new_address_is_not_verified(self, cognito_pool, update, changed, flag):
        cognito_pool.add_user("ana", email="ana@example.com")
        update(changed)
        assert cognito_pool.users["ana"].attributes.get("email_verified") == flag

    @evidence("observed", "public capture of UpdateUserAttributes: user.update_email, with the final newline")
    @pytest.mark.parametrize("name", ["update_email", "custom:plan"])
    def test_an_attribute_that_the_schema_lacks_is_refused(self, cognito_pool, update, refused, name):
        cognito_pool.add_user("ana")
        with refused("InvalidParameterException", f"user.{name}: Attribute does not exist in the schema.\n"):
            update({name: "x"})
        assert cognito_pool.calls[-1].why == "the pool's schema has the standard attributes and no other"

    @evidence("observed", "public capture of the words; what surrounds them is of medium confidence")
    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String", "Mutable": False}])
    @pytest.mark.parametrize("name", ["custom:plan", "sub"])
    def test_an_immutable_attribute_is_refused_even_if_never_set(self, cognito_pool, update, refused, name):
        cognito_pool.add_user("ana")
        with refused("InvalidParameterException") as caught:
            update({name: "pro"})
        assert "Attribute cannot be updated" in caught.value.response["Error"]["Message"]
        assert cognito_pool.calls[-1].why == f"{name!r} has Mutable=False in the pool's schema"

    @evidence("inferred", "as observed on SignUp")
    def test_a_malformed_address_is_refused_and_nothing_changes(self, cognito_pool, get, update, refused):
        cognito_pool.add_user("ana")
        before = get()
        with refused("InvalidParameterException"):
            update({"name": "Ana", "email": "ana"})
        assert get() == before

    @evidence("observed", "three captures of the text")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    @pytest.mark.parametrize(
        "changed", [{"email": "bob@example.com", "email_verified": "true"}, {"email_verified": "true"}]
    )
    def test_a_verified_alias_of_another_user_is_refused(self, cognito_pool, update, refused, changed):
        cognito_pool.add_user("bob", email="bob@example.com")
        cognito_pool.add_user("ana", status="UNCONFIRMED", email="bob@example.com")
        with refused("AliasExistsException", EMAIL_TAKEN):
            update(changed)
        assert cognito_pool.users["bob@example.com"].username == "bob"
        assert cognito_pool.calls[-1].why == "'bob@example.com' is the email of 'bob'"

    @evidence("documented", "user-pool-settings-attributes.md: an alias works once it is verified")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_an_address_is_an_alias_only_while_it_is_verified(self, cognito_pool, update):
        cognito_pool.add_user("ana", status="UNCONFIRMED", email="ana@example.com")
        update({"email_verified": "true"})
        assert "ana@example.com" in cognito_pool.users
        update({"email": "new@example.com"})
        assert "ana@example.com" not in cognito_pool.users
        assert "new@example.com" not in cognito_pool.users

    @evidence("observed", "capture 2026: the new address is the name, the old one unknown")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_a_new_email_replaces_the_sign_up_email(self, cognito_pool, cognito_idp, get, refused):
        sub = cognito_pool.add_user("ana@example.com").sub
        cognito_idp.admin_update_user_attributes(
            UserPoolId=cognito_pool.id, Username="ana@example.com", UserAttributes=pairs({"email": "new@example.com"})
        )
        assert get("new@example.com")["Username"] == sub
        with refused("UserNotFoundException", "User does not exist."):
            get("ana@example.com")

    @evidence("observed", "three captures of the text")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_sign_up_email_of_another_user_is_refused(self, cognito_pool, cognito_idp, refused):
        cognito_pool.add_user("bob@example.com")
        sub = cognito_pool.add_user("ana@example.com").sub
        with refused("AliasExistsException", EMAIL_TAKEN):
            cognito_idp.admin_update_user_attributes(
                UserPoolId=cognito_pool.id, Username=sub, UserAttributes=pairs({"email": "bob@example.com"})
            )
        assert cognito_pool.users["ana@example.com"].sub == sub

    @evidence("inferred", "other fakes; no direct observation")
    def test_the_last_modified_date_changes(self, cognito_pool, update, monkeypatch):
        user = cognito_pool.add_user("ana")
        created = user.created
        monkeypatch.setattr("time.time", lambda: created.timestamp() + 60)
        update({"name": "Ana"})
        assert (user.modified - created).total_seconds() == 60
        assert user.created == created


class TestAdminDeleteUserAttributes:
    @pytest.fixture
    def delete(self, cognito_pool, cognito_idp):
        """Delete attributes of ana."""

        def delete(*names):
            reply = cognito_idp.admin_delete_user_attributes(
                UserPoolId=cognito_pool.id, Username="ana", UserAttributeNames=list(names)
            )
            assert set(reply) == {"ResponseMetadata"}

        return delete

    @evidence("model", "AdminDeleteUserAttributes deletes the attributes named; its reply is empty")
    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String"}])
    def test_the_named_attributes_are_deleted_and_the_others_stay(self, cognito_pool, delete, get):
        own = {"name": "Ana", "nickname": "An", "custom:plan": "pro"}
        ana = cognito_pool.add_user("ana", attributes=own, email="")
        delete("nickname", "custom:plan")
        assert ana.attributes == {"name": "Ana"}
        assert get()["UserAttributes"] == pairs({"sub": ana.sub, "name": "Ana"})

    @evidence("inferred", "a verified flag without its address means nothing")
    @pytest.mark.parametrize(
        ("address", "left"),
        [
            ("email", {"phone_number": "+15551234567", "phone_number_verified": "true"}),
            ("phone_number", {"email": "ana@example.com", "email_verified": "true"}),
        ],
    )
    def test_deleting_an_address_deletes_its_verified_flag(self, cognito_pool, delete, address, left):
        ana = cognito_pool.add_user("ana", phone_number="+15551234567")
        delete(address)
        assert ana.attributes == left

    @evidence("inferred", "a flag is an attribute that is neither required nor immutable")
    def test_a_verified_flag_can_be_deleted_without_its_address(self, cognito_pool, delete):
        ana = cognito_pool.add_user("ana")
        delete("email_verified")
        assert ana.attributes == {"email": "ana@example.com"}

    @evidence("inferred", "an alias is a verified address")
    @pytest.mark.cognito_pool(AliasAttributes=["email", "preferred_username"])
    @pytest.mark.parametrize(
        ("deleted", "alias"),
        [("email", "ana@example.com"), ("email_verified", "ana@example.com"), ("preferred_username", "queen")],
    )
    def test_a_deleted_alias_is_free_for_another_user(self, cognito_pool, create, delete, deleted, alias):
        cognito_pool.add_user("ana", attributes={"preferred_username": "queen"})
        assert cognito_pool.users[alias].username == "ana"
        delete(deleted)
        assert alias not in cognito_pool.users
        create("bob", {"preferred_username": "queen"} if alias == "queen" else VERIFIED)
        assert cognito_pool.users[alias].username == "bob"

    @evidence("inferred", "the user does not have the attribute afterwards either")
    def test_deleting_an_attribute_that_the_user_does_not_have_is_accepted(self, cognito_pool, delete):
        ana = cognito_pool.add_user("ana")
        before = ana.attributes
        delete("nickname")
        assert ana.attributes == before

    @evidence("inferred", "another fake's text")
    @pytest.mark.parametrize("name", ["custom:plan", "nonsense"])
    def test_an_attribute_that_the_schema_lacks_is_refused(self, cognito_pool, delete, refused, name):
        ana = cognito_pool.add_user("ana", attributes={"name": "Ana"})
        before = ana.attributes
        with refused("InvalidParameterException"):
            delete("name", name)
        assert ana.attributes == before
        assert cognito_pool.calls[-1].why == "the pool's schema has the standard attributes and no other"

    @evidence("observed", "public capture")
    @pytest.mark.cognito_pool(Schema=[{"Name": "phone_number", "Required": True}])
    @pytest.mark.parametrize("name", ["phone_number", "sub"])
    def test_a_required_attribute_is_refused(self, cognito_pool, delete, refused, name):
        ana = cognito_pool.add_user("ana", phone_number="+15551234567")
        before = ana.attributes
        with refused(
            "InvalidParameterException", f"Invalid user attributes: {name}: Required attribute cannot be deleted."
        ):
            delete("email", name)
        assert ana.attributes == before
        assert cognito_pool.calls[-1].why == f"{name!r} has Required=True in the pool's schema"

    @evidence("inferred", "as observed on updates: what cannot be changed cannot be deleted")
    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String", "Mutable": False}])
    def test_an_immutable_attribute_is_refused(self, cognito_pool, delete, refused):
        ana = cognito_pool.add_user("ana", attributes={"custom:plan": "pro"})
        with refused("InvalidParameterException"):
            delete("custom:plan")
        assert ana.attributes["custom:plan"] == "pro"
        assert cognito_pool.calls[-1].why == "'custom:plan' has Mutable=False in the pool's schema"

    @evidence("inferred", "the status is not an attribute, and there is nothing to verify")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_the_status_stays_and_no_code_is_sent(self, cognito_pool, delete):
        ana = cognito_pool.add_user("ana")
        delete("email")
        assert (ana.status, ana.history) == ("CONFIRMED", [])
        assert cognito_pool.outbox == []
        assert cognito_pool.triggers == []

    @evidence("inferred", "UserLastModifiedDate")
    def test_the_last_modified_date_changes(self, cognito, cognito_pool, delete):
        ana = cognito_pool.add_user("ana")
        before = ana.modified
        cognito.clock.advance(hours=1)
        delete("email")
        assert (ana.modified - before).total_seconds() == pytest.approx(3600, abs=60)


class TestAttributesRequireVerificationBeforeUpdate:
    @evidence("documented", "model: an administrator who sets email_verified updates at once")
    @pytest.mark.cognito_pool(**VERIFICATION_FIRST)
    @pytest.mark.parametrize(
        "changed",
        [
            {"email": "new@example.com", "email_verified": "true"},
            {"phone_number": "+15551234567"},
            {"email": ""},
        ],
    )
    def test_a_change_that_needs_no_verification_is_made(self, cognito_pool, update, changed):
        cognito_pool.add_user("ana")
        update(changed)
        name, value = next(iter(changed.items()))
        assert cognito_pool.users["ana"].attributes.get(name, "") == value


class TestAdminSetUserPassword:
    @pytest.fixture
    def set_password(self, cognito_pool, cognito_idp):
        def set_password(password="Passw0rd!", **given):
            parameters = {"UserPoolId": cognito_pool.id, "Username": "ana", "Password": password, **given}
            return cognito_idp.admin_set_user_password(**parameters)

        return set_password

    @evidence("observed", "aws-sdk-js#2976 from UNCONFIRMED; documented for a temporary password, from any status")
    @pytest.mark.parametrize(
        ("given", "after"),
        [
            ({"Permanent": True}, "CONFIRMED"),
            ({"Permanent": False}, "FORCE_CHANGE_PASSWORD"),
            ({}, "FORCE_CHANGE_PASSWORD"),
        ],
    )
    @pytest.mark.parametrize("before", STATUSES)
    def test_a_permanent_password_confirms_the_user_and_a_temporary_one_must_be_changed(
        self, cognito_pool, set_password, before, given, after
    ):
        user = cognito_pool.add_user("ana", status=before)
        reply = set_password(**given)
        assert set(reply) == {"ResponseMetadata"}
        assert user.status == after
        assert user.history == [Transition(before, after, "AdminSetUserPassword", at=0)]

    @evidence("documented", "developer guide: no trigger")
    def test_no_trigger_is_invoked(self, cognito_pool, set_password):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        set_password(Permanent=True)
        assert cognito_pool.triggers == []

    @evidence("inferred", "no capture of the third prefix here")
    @pytest.mark.parametrize("password", ["short", "passw0rd!", "PASSW0RD!", "Password!", "Passw0rdd"])
    def test_a_password_that_breaks_the_policy_is_refused(self, cognito_pool, set_password, refused, password):
        user = cognito_pool.add_user("ana", status="UNCONFIRMED")
        with refused("InvalidPasswordException"):
            set_password(password, Permanent=True)
        assert (user.status, user.history) == ("UNCONFIRMED", [])

    @evidence("observed", "moto-av test_group_in_access_token: the same password may be set again")
    def test_the_same_password_may_be_set_again(self, cognito_pool, set_password):
        user = cognito_pool.add_user("ana", status="FORCE_CHANGE_PASSWORD", password="Passw0rd!")
        set_password("Passw0rd!", Permanent=True)
        assert user.status == "CONFIRMED"

    @evidence("model", "PasswordHistoryPolicyViolationException is its own type")
    @pytest.mark.cognito_pool(Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}})
    def test_a_password_in_the_password_history_is_refused(self, cognito_pool, set_password, refused):
        cognito_pool.add_user("ana", password="password1")
        set_password("password2")
        for used in ("password1", "password2"):
            with refused("PasswordHistoryPolicyViolationException"):
                set_password(used)
        set_password("password3")
        set_password("password1")
        assert cognito_pool.users["ana"].password == "password1"


class TestAdminEnableAndDisableUser:
    @evidence("documented", "model: Enabled changes, the status does not")
    @pytest.mark.parametrize("status", STATUSES)
    def test_a_user_is_disabled_and_enabled_whatever_their_status(self, cognito_pool, cognito_idp, status):
        user = cognito_pool.add_user("ana", status=status)
        parameters = {"UserPoolId": cognito_pool.id, "Username": "ana"}
        for call, enabled in ((cognito_idp.admin_disable_user, False), (cognito_idp.admin_enable_user, True)):
            reply = call(**parameters)
            assert set(reply) == {"ResponseMetadata"}
            assert (user.enabled, user.status, user.history) == (enabled, status, [])

    @evidence("inferred", "no evidence that a second time is refused")
    @pytest.mark.parametrize("enabled", [True, False])
    def test_enabling_or_disabling_a_user_twice_is_accepted(self, cognito_pool, cognito_idp, enabled):
        user = cognito_pool.add_user("ana", enabled=enabled)
        call = cognito_idp.admin_enable_user if enabled else cognito_idp.admin_disable_user
        call(UserPoolId=cognito_pool.id, Username="ana")
        assert user.enabled is enabled

    @evidence("inferred", "other fakes; no direct observation")
    def test_the_last_modified_date_changes(self, cognito_pool, cognito_idp, monkeypatch):
        user = cognito_pool.add_user("ana")
        created = user.created
        monkeypatch.setattr("time.time", lambda: created.timestamp() + 60)
        cognito_idp.admin_disable_user(UserPoolId=cognito_pool.id, Username="ana")
        assert (user.modified - created).total_seconds() == 60


class TestAdminDeleteUser:
    @pytest.fixture
    def delete(self, cognito_pool, cognito_idp):
        return lambda name="ana": cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username=name)

    @evidence("documented", "developer guide: only the console asks to disable a user before")
    def test_an_enabled_user_can_be_deleted(self, cognito_pool, delete, get, refused):
        cognito_pool.add_user("ana")
        cognito_pool.add_user("bob")
        reply = delete()
        assert set(reply) == {"ResponseMetadata"}
        assert list(cognito_pool.users) == ["bob"]
        with refused("UserNotFoundException", "User does not exist."):
            get()

    @evidence("inferred", "no name of a deleted user is left")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_the_username_and_the_alias_of_a_deleted_user_are_free(self, cognito_pool, create, delete):
        old = cognito_pool.add_user("ana", email="ana@example.com").sub
        delete("ana@example.com")
        assert all(name not in cognito_pool.users for name in ("ana", old, "ana@example.com"))
        create(attributes={"email": "ana@example.com", "email_verified": "true"})
        assert cognito_pool.users["ana@example.com"].sub != old

    @evidence("inferred", "no name of a deleted user is left")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_sign_up_email_of_a_deleted_user_is_free(self, cognito_pool, create, delete):
        old = cognito_pool.add_user("ana@example.com").sub
        delete(old)
        assert create("ana@example.com")["Username"] != old


OPERATIONS = {
    "admin_get_user": {},
    "admin_update_user_attributes": {"UserAttributes": []},
    "admin_delete_user_attributes": {"UserAttributeNames": []},
    "admin_set_user_password": {"Password": "Passw0rd!"},
    "admin_enable_user": {},
    "admin_disable_user": {},
    "admin_delete_user": {},
}


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        pytest.param(
            operation,
            "User does not exist." if operation == "admin_get_user" else None,
            marks=evidence("observed", "public capture, moto")
            if operation == "admin_get_user"
            else evidence("inferred", "as observed on AdminGetUser"),
        )
        for operation in OPERATIONS
    ],
)
def test_an_unknown_user_is_refused(cognito_pool, cognito_idp, refused, operation, message):
    with refused("UserNotFoundException", message):
        getattr(cognito_idp, operation)(UserPoolId=cognito_pool.id, Username="ana", **OPERATIONS[operation])


@evidence("inferred", "nothing is kept of a user who is deleted")
@pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
def test_a_deleted_user_leaves_no_code_and_no_attempts_and_no_group_membership(cognito_pool, cognito_idp, refused):
    app = {"ClientId": cognito_pool.client.id, "Username": "ana"}
    email = [{"Name": "email", "Value": "ana@example.com"}]
    cognito_idp.sign_up(**app, Password="Passw0rd!", UserAttributes=email)
    cognito_idp.create_group(UserPoolId=cognito_pool.id, GroupName="staff")
    cognito_idp.admin_add_user_to_group(UserPoolId=cognito_pool.id, Username="ana", GroupName="staff")
    for number in range(17):
        with refused("CodeMismatchException" if number < 15 else "LimitExceededException"):
            cognito_idp.confirm_sign_up(**app, ConfirmationCode="no")
    pool = cognito_pool._record
    codes = pool.codes
    assert all((codes._codes, codes._attempts, pool.groups.find("staff").members))
    cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
    assert not any((codes._codes, codes._attempts, pool.groups.find("staff").members))
    assert (list(pool.users), pool.users.index.known().names) == ([], ())


class TestVerifiedFlags:
    """`str(True)` is what applications send."""

    @evidence("observed", "amplify-js#8205: accepted and returned as written; that it counts: inferred")
    @pytest.mark.parametrize(("flag", "found"), [("True", True), ("TRUE", True), ("False", False)])
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_true_and_false_in_any_case_are_kept_as_written_and_have_an_effect(
        self, cognito_pool, cognito_idp, flag, found
    ):
        pairs = [{"Name": "email", "Value": "ana@example.com"}, {"Name": "email_verified", "Value": flag}]
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana", UserAttributes=pairs)
        assert cognito_pool.users["ana"].attributes["email_verified"] == flag
        assert ("ana@example.com" in cognito_pool.users) is found
        cognito_pool.add_user("bob", attributes={"email_verified": flag})
        assert cognito_pool.sign_in("bob").id_claims["email_verified"] is found

    @evidence("inferred", "an attribute of that type has one of two values")
    def test_other_values_are_refused(self, cognito_pool, cognito_idp, refused):
        pairs = [{"Name": "email_verified", "Value": "1"}]
        with refused("InvalidParameterException"):
            cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana", UserAttributes=pairs)


@evidence("inferred", "as observed of AdminUpdateUserAttributes: an empty text is not a value")
@pytest.mark.cognito_pool(Schema=[{"Name": "age", "AttributeDataType": "Number"}])
@pytest.mark.parametrize("by", ["AdminCreateUser", "SignUp"])
def test_an_empty_attribute_of_a_new_user_is_not_stored(cognito_pool, cognito_idp, by):
    pairs = [{"Name": name, "Value": ""} for name in ("email", "name", "custom:age")]
    if by == "SignUp":
        cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!", UserAttributes=pairs)
    else:
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana", UserAttributes=pairs)
    assert cognito_pool.users["ana"].attributes == {}
