"""What signed-in users do with their profile: facts/lifecycle.md F4, facts/sign-in.md 7."""

from __future__ import annotations

import pytest

evidence = pytest.mark.evidence
PLAN = {"Schema": [{"Name": "plan", "AttributeDataType": "String"}]}


def pairs(attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


class TestGetUser:
    @evidence("observed", "browser capture 2021; the order of attributes is inferred")
    def test_the_reply_has_the_username_and_the_attributes(self, cognito_pool, cognito_idp, token):
        reply = cognito_idp.get_user(AccessToken=token())
        del reply["ResponseMetadata"]
        ana = cognito_pool.users["ana"]
        assert reply == {
            "Username": "ana",
            "UserAttributes": pairs({"sub": ana.sub, "email": "ana@example.com", "email_verified": "true"}),
        }

    @evidence("documented", "guide: attributes that the client can read; the sub always: inferred")
    def test_the_reply_has_only_attributes_that_the_app_client_can_read(self, cognito_pool, cognito_idp, token):
        client = cognito_pool.create_client(ReadAttributes=["email"])
        reply = cognito_idp.get_user(AccessToken=token(client=client))
        assert [each["Name"] for each in reply["UserAttributes"]] == ["sub", "email"]


class TestUpdateUserAttributes:
    @pytest.fixture
    def update(self, cognito_idp, token):
        def update(changed, access_token=None, **given):
            access_token = access_token or token()
            reply = cognito_idp.update_user_attributes(AccessToken=access_token, UserAttributes=pairs(changed), **given)
            del reply["ResponseMetadata"]
            return reply

        return update

    @evidence("documented", "model: an empty value deletes")
    @pytest.mark.cognito_pool(**PLAN)
    def test_attributes_change_and_an_empty_value_deletes(self, cognito_pool, update):
        assert update({"name": "Ana", "custom:plan": "pro"}) == {}
        assert update({"name": ""}) == {}
        attributes = cognito_pool.users["ana"].attributes
        assert (attributes.get("name"), attributes["custom:plan"]) == (None, "pro")

    @evidence("observed", "public capture; the flags: documented")
    @pytest.mark.parametrize("name", ["nickname", "email_verified", "phone_number_verified"])
    def test_an_attribute_that_the_app_client_cannot_write_is_refused(self, cognito_pool, token, update, refused, name):
        client = cognito_pool.create_client(WriteAttributes=["name", "email"])
        with refused("NotAuthorizedException", "A client attempted to write unauthorized attribute"):
            update({name: "true"}, token(client=client))

    @evidence("observed", "captures")
    def test_an_unknown_attribute_or_a_missing_value_is_refused(
        self, cognito_pool, cognito_idp, token, update, refused
    ):
        text = "user.update_email: Attribute does not exist in the schema.\n"
        with refused("InvalidParameterException", text):
            update({"update_email": "x"})
        with refused("InvalidParameterException", "Attribute value for picture must not be null"):
            cognito_idp.update_user_attributes(AccessToken=token(), UserAttributes=[{"Name": "picture"}])

    @evidence("observed", "three captures")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_an_address_of_another_user_is_refused(self, cognito_pool, token, update, refused):
        cognito_pool.add_user("bob@example.com")
        with refused("AliasExistsException", "An account with the given email already exists."):
            update({"email": "bob@example.com"}, token("ana@example.com"))

    @evidence("observed", "capture 2026: the user signs in with the new address at once")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_user_signs_in_with_the_new_address_at_once(self, cognito_pool, cognito_idp, token, update, refused):
        update({"email": "new@example.com"}, token("ana@example.com"))
        given = {"ClientId": cognito_pool.client.id, "AuthFlow": "USER_PASSWORD_AUTH"}
        parameters = {"USERNAME": "new@example.com", "PASSWORD": "Passw0rd!"}
        assert cognito_idp.initiate_auth(**given, AuthParameters=parameters)["AuthenticationResult"]
        with refused("UserNotFoundException"):
            cognito_idp.initiate_auth(**given, AuthParameters=parameters | {"USERNAME": "ana@example.com"})

    @evidence("documented", "guide: the value changes at once, unverified, and a code goes to it")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"], AliasAttributes=["email"])
    def test_a_new_address_gets_a_code(self, cognito_pool, cognito_idp, update, refused):
        reply = update({"email": "new@example.com"}, ClientMetadata={"a": "b"})
        details = {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "n***@e***"}
        assert reply == {"CodeDeliveryDetailsList": [details]}
        ana, message = cognito_pool.users["ana"], cognito_pool.outbox.one()
        assert (ana.attributes["email"], ana.attributes["email_verified"]) == ("new@example.com", "false")
        assert (message.recipient, message.occasion) == ("new@example.com", "UpdateUserAttribute")
        event = cognito_pool.triggers.one("CustomMessage").payload
        assert event["triggerSource"] == "CustomMessage_UpdateUserAttribute"
        assert event["callerContext"]["clientId"] == cognito_pool.client.id
        assert event["request"]["clientMetadata"] == {"a": "b"}
        for name in ("new@example.com", "ana@example.com"):
            with refused("UserNotFoundException"):
                cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username=name)


@pytest.mark.cognito_pool(
    AutoVerifiedAttributes=["email"],
    UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
)
@pytest.mark.parametrize("by_admin", [False, True])
class TestAttributesRequireVerificationBeforeUpdate:
    @pytest.fixture
    def update(self, cognito_pool, cognito_idp, token, by_admin):
        access_token = token()

        def update(changed):
            if by_admin:
                named = {"UserPoolId": cognito_pool.id, "Username": "ana"}
                return cognito_idp.admin_update_user_attributes(**named, UserAttributes=pairs(changed))
            return cognito_idp.update_user_attributes(AccessToken=access_token, UserAttributes=pairs(changed))

        return update

    @evidence("documented", "guide: the old value and its flag stay until the code is confirmed")
    def test_the_old_address_stays_until_the_new_one_is_verified(self, cognito_pool, cognito_idp, token, update):
        update({"email": "new@example.com", "name": "Ana"})
        ana = cognito_pool.users["ana"]
        before = {"email": "ana@example.com", "email_verified": "true", "name": "Ana"}
        assert ana.attributes == before
        message = cognito_pool.outbox.one()
        assert message.recipient == "new@example.com"
        cognito_idp.verify_user_attribute(AccessToken=token(), AttributeName="email", Code=message.code)
        assert ana.attributes == before | {"email": "new@example.com"}

    @evidence("documented", "guide: a second update replaces the waiting value")
    def test_a_second_update_replaces_the_waiting_address(self, cognito_pool, cognito_idp, token, update, refused):
        update({"email": "one@example.com"})
        update({"email": "two@example.com"})
        one, two = (message.code for message in cognito_pool.outbox)
        verify = {"AccessToken": token(), "AttributeName": "email"}
        with refused("CodeMismatchException"):
            cognito_idp.verify_user_attribute(**verify, Code=one)
        cognito_idp.verify_user_attribute(**verify, Code=two)
        assert cognito_pool.users["ana"].attributes["email"] == "two@example.com"

    @evidence("inferred", "the code goes to the waiting address again")
    def test_a_new_code_is_sent_to_the_waiting_address(self, cognito_pool, cognito_idp, token, update):
        update({"email": "new@example.com"})
        cognito_idp.get_user_attribute_verification_code(AccessToken=token(), AttributeName="email")
        assert [message.recipient for message in cognito_pool.outbox] == ["new@example.com"] * 2
        code = cognito_pool.outbox[-1].code
        cognito_idp.verify_user_attribute(AccessToken=token(), AttributeName="email", Code=code)
        assert cognito_pool.users["ana"].attributes["email"] == "new@example.com"

    @evidence("inferred", "another value replaces the waiting one")
    def test_an_update_to_the_old_address_cancels_the_waiting_one(
        self, cognito_pool, cognito_idp, token, update, refused
    ):
        update({"email": "new@example.com"})
        code = cognito_pool.outbox.one().code
        update({"email": "ana@example.com"})
        with refused("ExpiredCodeException"):
            cognito_idp.verify_user_attribute(AccessToken=token(), AttributeName="email", Code=code)


class TestDeleteUserAttributes:
    @pytest.fixture
    def delete(self, cognito_idp, token):
        def delete(*names, access_token=None):
            cognito_idp.delete_user_attributes(AccessToken=access_token or token(), UserAttributeNames=list(names))

        return delete

    @evidence("documented", "model")
    def test_the_attributes_are_deleted(self, cognito_pool, token, delete):
        token(attributes={"name": "Ana"})
        delete("name", "email")
        assert cognito_pool.users["ana"].attributes == {}

    @evidence("observed", "of the administrator's operation; that the client must be able to write: inferred")
    @pytest.mark.cognito_pool(Schema=[{"Name": "email", "Required": True}])
    def test_a_required_or_unknown_or_read_only_attribute_is_refused(self, cognito_pool, token, delete, refused):
        with refused("InvalidParameterException"):
            delete("email")
        with refused("InvalidParameterException"):
            delete("custom:none")
        with refused("NotAuthorizedException"):
            delete("name", access_token=token(client=cognito_pool.create_client(WriteAttributes=["email"])))

    @evidence("inferred", "a code for an address that was deleted verifies nothing")
    def test_the_code_for_a_deleted_address_is_refused(self, cognito_pool, cognito_idp, token, delete, refused):
        access_token = token()
        cognito_idp.get_user_attribute_verification_code(AccessToken=access_token, AttributeName="email")
        delete("email")
        with refused("InvalidParameterException"):
            cognito_idp.verify_user_attribute(
                AccessToken=access_token, AttributeName="email", Code=cognito_pool.outbox.one().code
            )


class TestDeleteUser:
    @evidence("documented", "model; what the token of the user does then is inferred")
    def test_the_user_is_deleted(self, cognito_pool, cognito_idp, token, refused):
        access_token = token()
        reply = cognito_idp.delete_user(AccessToken=access_token)
        assert {*reply} == {"ResponseMetadata"}
        assert "ana" not in cognito_pool.users
        with refused("UserNotFoundException", "User does not exist."):
            cognito_idp.get_user(AccessToken=access_token)


class TestChangePassword:
    @pytest.fixture
    def change(self, cognito_idp, token):
        def change(proposed="N3w-passw0rd", username="ana", **previous):
            given = {"PreviousPassword": "Passw0rd!"} | previous
            given = {name: value for name, value in given.items() if value is not None}
            cognito_idp.change_password(AccessToken=token(username), ProposedPassword=proposed, **given)

        return change

    @evidence("documented", "model")
    def test_the_password_changes(self, cognito_pool, change):
        change()
        assert cognito_pool.users["ana"].password == "N3w-passw0rd"

    @evidence("observed", "public capture; without one: inferred")
    @pytest.mark.parametrize("previous", ["Wrong-1!", None])
    def test_a_wrong_or_missing_previous_password_is_refused(self, cognito_pool, change, refused, previous):
        with refused("NotAuthorizedException", "Incorrect username or password."):
            change(PreviousPassword=previous)
        assert cognito_pool.users["ana"].password == "Passw0rd!"

    @evidence("documented", "guide: a user who has no password sets the first one")
    def test_a_user_without_a_password_can_set_the_first_one(self, cognito_pool, change):
        cognito_pool.add_user("bob", status="EXTERNAL_PROVIDER")
        change(username="bob", PreviousPassword=None)
        assert cognito_pool.users["bob"].password == "N3w-passw0rd"

    @evidence("model", "the types; the prefix is inferred")
    @pytest.mark.cognito_pool(Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 1}})
    def test_a_short_or_reused_password_is_refused(self, token, change, refused):
        token()
        with refused("InvalidPasswordException", "Password does not conform to policy: Password not long enough"):
            change("short1")
        with refused("PasswordHistoryPolicyViolationException"):
            change("Passw0rd!")

    @evidence("documented", "quota: calls of one user in an hour; the text: aws-sdk-android#627")
    def test_the_sixth_call_within_an_hour_is_refused(self, change, refused):
        change("Passw0rd!1")
        for number in range(2, 6):
            change(f"Passw0rd!{number}", PreviousPassword=f"Passw0rd!{number - 1}")
        with refused("LimitExceededException", "Attempt limit exceeded, please try after some time."):
            change(PreviousPassword="Passw0rd!5")


class TestVerification:
    @pytest.fixture
    def ask(self, cognito_idp, token):
        def ask(name="email", **given):
            return cognito_idp.get_user_attribute_verification_code(AccessToken=token(), AttributeName=name, **given)[
                "CodeDeliveryDetails"
            ]

        return ask

    @pytest.fixture
    def verify(self, cognito_idp, token):
        def verify(code, name="email"):
            cognito_idp.verify_user_attribute(AccessToken=token(), AttributeName=name, Code=code)

        return verify

    @evidence("observed", "floci-io/floci#2018, on a real pool; verified addresses too")
    @pytest.mark.parametrize(
        ("name", "destination", "medium"),
        [("email", "a***@e***", "EMAIL"), ("phone_number", "+*******4567", "SMS")],
    )
    def test_the_code_verifies_the_address(
        self, cognito_pool, cognito_idp, token, ask, verify, name, destination, medium
    ):
        token(phone_number="+15551234567")
        assert ask(name) == {"AttributeName": name, "DeliveryMedium": medium, "Destination": destination}
        message = cognito_pool.outbox.one()
        assert message.occasion == "VerifyUserAttribute"
        assert cognito_pool.triggers.sources == ["CustomMessage_VerifyUserAttribute"]
        flag = {"Name": f"{name}_verified", "Value": "false"}
        cognito_idp.admin_update_user_attributes(UserPoolId=cognito_pool.id, Username="ana", UserAttributes=[flag])
        verify(message.code, name)
        assert cognito_pool.users["ana"].attributes[f"{name}_verified"] == "true"

    @evidence("inferred", "if usernames are generated, the message names the address")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"], AutoVerifiedAttributes=["email"])
    def test_the_message_names_the_address_if_usernames_are_generated(self, cognito_pool, cognito_idp, token):
        access_token = token("ana@example.com")
        cognito_idp.get_user_attribute_verification_code(AccessToken=access_token, AttributeName="email")
        changed = pairs({"email": "new@example.com"})
        cognito_idp.update_user_attributes(AccessToken=access_token, UserAttributes=changed)
        assert [(each.username, each.recipient) for each in cognito_pool.outbox] == [
            ("ana@example.com", "ana@example.com"),
            ("new@example.com", "new@example.com"),
        ]

    @evidence("documented", "quota: a code lasts 24 hours")
    def test_a_code_expires_after_24_hours(self, passed, cognito_pool, ask, verify, refused):
        ask()
        passed(24 * 3600 + 1)
        with refused("ExpiredCodeException", "Invalid code provided, please request a code again."):
            verify(cognito_pool.outbox.one().code)

    @evidence("observed", "floci-io/floci#2018")
    def test_a_wrong_or_used_code_is_refused(self, cognito_pool, ask, verify, refused):
        ask()
        code = cognito_pool.outbox.one().code
        with refused("CodeMismatchException", "Invalid verification code provided, please try again."):
            verify("000000" if code != "000000" else "111111")
        verify(code)
        with refused("ExpiredCodeException", "Invalid code provided, please request a code again."):
            verify(code)

    @evidence("observed", "floci-io/floci#2018")
    def test_only_email_and_phone_number_can_be_verified(self, ask, verify, refused):
        text = "Invalid attribute name. Only phone_number and email can be verified."
        with refused("InvalidParameterException", text):
            ask("name")
        with refused("InvalidParameterException", text):
            verify("123456", "name")

    @evidence("observed", "floci-io/floci#2018")
    def test_an_attribute_without_a_value_cannot_be_verified(self, token, ask, verify, refused):
        token(email="")
        for name, words in (("phone_number", "phone number"), ("email", "email address")):
            with refused("InvalidParameterException", f"User does not have a valid registered {words}"):
                ask(name)
        text = "Unable to verify attribute: phone_number no value set to verify"
        with refused("InvalidParameterException", text):
            verify("123456", "phone_number")

    @evidence("documented", "quota of 15 within an hour")
    def test_the_sixteenth_attempt_within_an_hour_is_refused(self, ask, verify, refused):
        ask()
        for _ in range(15):
            with refused("CodeMismatchException"):
                verify("no")
        with refused("LimitExceededException", "Attempt limit exceeded, please try after some time."):
            verify("no")

    @evidence("documented", "guide: an alias belongs to one user")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_an_alias_of_another_user_is_refused(self, cognito_pool, token, ask, verify, refused):
        cognito_pool.add_user("bob", email="same@example.com")
        token(attributes={"email": "same@example.com", "email_verified": "false"})
        ask()
        with refused("AliasExistsException"):
            verify(cognito_pool.outbox.one().code)
        assert cognito_pool.users["same@example.com"].username == "bob"


class TestSetUserSettings:
    @evidence("documented", "GetUser and AdminGetUser show MFAOptions afterwards")
    def test_get_user_and_admin_get_user_show_the_mfa_options(self, cognito_pool, cognito_idp, token):
        option = [{"AttributeName": "phone_number", "DeliveryMedium": "SMS"}]
        access_token = token()
        cognito_idp.set_user_settings(AccessToken=access_token, MFAOptions=option)
        assert cognito_idp.get_user(AccessToken=access_token)["MFAOptions"] == option
        named = {"UserPoolId": cognito_pool.id, "Username": "ana"}
        assert cognito_idp.admin_get_user(**named)["MFAOptions"] == option
        cognito_idp.set_user_settings(AccessToken=access_token, MFAOptions=[])
        assert "MFAOptions" not in cognito_idp.get_user(AccessToken=access_token)

    @evidence("observed", "aws-sdk-ios#382, 2016")
    def test_an_mfa_option_for_another_attribute_is_refused(self, cognito_idp, token, refused):
        text = "Only phone_number attribute is currently supported as a MFA option."
        with refused("InvalidParameterException", text):
            cognito_idp.set_user_settings(
                AccessToken=token(), MFAOptions=[{"AttributeName": "email", "DeliveryMedium": "EMAIL"}]
            )
