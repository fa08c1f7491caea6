"""CustomMessage functions and custom senders."""

from __future__ import annotations

import boto3
import pytest

from pytest_cognito_pool import Cognito, CustomMessageEvent, UnsupportedOperationError

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
EMAIL = {"email": "ana@example.com"}
PHONE = {"phone_number": "+15551234567"}
BOTH = {**EMAIL, **PHONE}
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:send"
PASSWORD = "Temp0rary!"


def pairs(attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


@pytest.fixture
def write(cognito_pool):
    """Attach a CustomMessage function that answers with these texts."""

    def write(**texts):
        @cognito_pool.on("CustomMessage")
        def custom_message(event, _context):
            event["response"] |= texts
            return event

    return write


BROKEN = ("UserLambdaValidationException", "CustomMessage failed with error no template.")


class TestCustomMessageEvent:
    @evidence("observed", "public capture of request and response; userAttributes as captured of PostConfirmation")
    @pytest.mark.parametrize("operation", ["SignUp", "ResendCode"])
    def test_the_event_for_the_code_of_a_sign_up_has_a_fixed_form(self, sign_up, resend, cognito_pool, operation):
        sign_up()
        resend()
        payload = cognito_pool.triggers.one(f"CustomMessage_{operation}").payload
        expected = {
            "version": "1",
            "region": "us-east-1",
            "userPoolId": "us-east-1_TestPool1",
            "userName": "ana",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": cognito_pool.client.id},
            "triggerSource": f"CustomMessage_{operation}",
            "request": {
                "userAttributes": {
                    "sub": cognito_pool.users["ana"].sub,
                    "email_verified": "false",
                    "cognito:user_status": "UNCONFIRMED",
                    "email": "ana@example.com",
                },
                "codeParameter": "{####}",
                "linkParameter": "{##Click Here##}",
                "usernameParameter": None,
            },
            "response": {"smsMessage": None, "emailMessage": None, "emailSubject": None},
        }
        assert payload == expected
        assert list(payload) == list(expected)
        assert [list(payload[name]) for name in ("request", "response")] == [
            list(expected[name]) for name in ("request", "response")
        ]

    @evidence("observed", "public capture: {username} and CLIENT_ID_NOT_APPLICABLE")
    def test_the_event_for_an_invitation_has_a_username_parameter(self, create, cognito_pool):
        create("bob")
        payload = cognito_pool.triggers.one("CustomMessage_AdminCreateUser").payload
        assert payload["callerContext"]["clientId"] == "CLIENT_ID_NOT_APPLICABLE"
        assert payload["userName"] == "bob"
        assert list(payload["request"].items()) == [
            (
                "userAttributes",
                {
                    "sub": cognito_pool.users["bob"].sub,
                    "email_verified": "false",
                    "phone_number_verified": "false",
                    "cognito:user_status": "FORCE_CHANGE_PASSWORD",
                    **BOTH,
                },
            ),
            ("codeParameter", "{####}"),
            ("linkParameter", "{##Click Here##}"),
            ("usernameParameter", "{username}"),
        ]

    @evidence("inferred", "observed of AdminCreateUser: CLIENT_ID_NOT_APPLICABLE where an administrator calls")
    def test_the_event_for_a_changed_address_has_the_new_address(self, update, cognito_pool):
        cognito_pool.add_user("ana")
        update({"email": "new@example.com"})
        event = cognito_pool.triggers.one(CustomMessageEvent).event
        assert event.trigger_source == "CustomMessage_UpdateUserAttribute"
        assert event.caller_context.client_id == "CLIENT_ID_NOT_APPLICABLE"
        attributes = event.request.user_attributes
        assert (attributes["email"], attributes["email_verified"]) == ("new@example.com", "false")

    @evidence("documented", "developer guide: the sources of CustomMessage and which of them get ClientMetadata")
    def test_client_metadata_is_passed_on(self, sign_up, resend, create, update, cognito_pool):
        metadata = {"ClientMetadata": {"lang": "de"}}
        sign_up(**metadata)
        resend(**metadata)
        create("bob", **metadata)
        update({"email": "new@example.com"}, **metadata)
        invocations = cognito_pool.triggers.of(CustomMessageEvent)
        assert invocations.sources == [
            "CustomMessage_SignUp",
            "CustomMessage_ResendCode",
            "CustomMessage_AdminCreateUser",
            "CustomMessage_UpdateUserAttribute",
        ]
        assert [each.payload["request"]["clientMetadata"] for each in invocations] == [{"lang": "de"}] * 4

    @evidence("inferred", "one event asks for the texts of both media")
    def test_an_invitation_by_email_and_sms_has_one_event(self, create, cognito_pool):
        create(DesiredDeliveryMediums=["EMAIL", "SMS"])
        assert len(cognito_pool.triggers.of(CustomMessageEvent)) == 1
        assert len(cognito_pool.outbox) == 2

    @evidence("documented", "the trigger is invoked if the pool's configuration includes it")
    @pytest.mark.cognito_pool(LambdaConfig={"PreSignUp": FUNCTION})
    def test_the_message_is_sent_if_the_pool_has_only_other_triggers(self, sign_up, cognito_pool):
        sign_up()
        assert cognito_pool.triggers.sources == ["PreSignUp_SignUp"]
        assert len(cognito_pool.outbox) == 1

    @evidence("inferred", "the message is sent after the function has answered")
    def test_nothing_is_sent_while_the_function_runs(self, sign_up, cognito_pool):
        seen = []

        @cognito_pool.on("CustomMessage")
        def look(event, _context):
            seen.append((len(cognito_pool.outbox), cognito_pool.users["ana"].status))
            return event

        sign_up()
        assert seen == [(0, "UNCONFIRMED")]
        assert len(cognito_pool.outbox) == 1


class TestCustomTexts:
    @evidence("inferred", "documented with EmailSendingAccount=DEVELOPER; other pools do so in practice")
    def test_an_email_has_the_texts_of_the_function(self, sign_up, write, cognito_pool):
        write(emailSubject="Hello {username}", emailMessage="Code: {####}", smsMessage="not this {####}")
        sign_up()
        message = cognito_pool.outbox.one()
        # No place-holder: usernameParameter is null in this event.
        assert (message.subject, message.body) == ("Hello {username}", f"Code: {message.code}")

    @evidence("inferred", "documented with EmailSendingAccount=DEVELOPER; other pools do so in practice")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["phone_number"], SmsConfiguration=SMS)
    def test_an_sms_has_the_text_of_the_function(self, sign_up, write, cognito_pool):
        write(smsMessage="Code: {####}", emailSubject="not this", emailMessage="nor this {####}")
        sign_up(attributes=BOTH)
        message = cognito_pool.outbox.one()
        assert (message.subject, message.body) == ("", f"Code: {message.code}")

    @evidence("inferred", "observed that the event has it as linkParameter")
    def test_an_email_may_have_a_link(self, sign_up, write, cognito_pool):
        write(emailMessage="{##Click Here##}!")
        sign_up()
        message = cognito_pool.outbox.one()
        assert message.body.startswith('<a href="https://')
        assert message.body.endswith(f'confirmation_code={message.code}">Click Here</a>!')

    @evidence("inferred", "observed that the event has both parameters")
    def test_an_invitation_has_the_texts_of_the_function(self, create, write, cognito_pool):
        write(emailSubject="Welcome", emailMessage="mail {username}: {####}", smsMessage="sms {username}: {####}")
        create(DesiredDeliveryMediums=["EMAIL", "SMS"])
        mail, sms = cognito_pool.outbox.one(medium="EMAIL"), cognito_pool.outbox.one(medium="SMS")
        assert (mail.subject, mail.body) == ("Welcome", f"mail ana: {PASSWORD}")
        assert (sms.subject, sms.body) == ("", f"sms ana: {PASSWORD}")
        assert repr(mail.body) == "'***'"

    @evidence("inferred", "a text without its place-holders is not used")
    @pytest.mark.parametrize("text", ["no code", "", None, "{###}", "{####", "{username}"])
    def test_a_text_without_a_code_is_not_used(self, sign_up, write, cognito_pool, text):
        write(emailMessage=text, emailSubject="Hello")
        sign_up()
        message = cognito_pool.outbox.one()
        assert (message.subject, message.body) == ("Hello", f"Your confirmation code is {message.code}")

    @evidence("inferred", "a text without its place-holders is not used")
    @pytest.mark.parametrize("text", ["{username}", "{####}", "{username} {##link##}"])
    def test_an_invitation_text_without_both_place_holders_is_not_used(self, create, write, cognito_pool, text):
        write(smsMessage=text)
        create()
        assert cognito_pool.outbox.one().body == f"Your username is ana and temporary password is {PASSWORD}."

    @evidence("inferred", "an empty subject counts as none")
    @pytest.mark.parametrize("subject", ["", None])
    def test_without_a_subject_the_subject_of_the_pool_is_used(self, sign_up, write, cognito_pool, subject):
        write(emailSubject=subject, emailMessage="Code: {####}")
        sign_up()
        message = cognito_pool.outbox.one()
        assert (message.subject, message.body) == ("Your verification code", f"Code: {message.code}")

    @evidence("observed", "aws-sdk-js#2692: Unrecognizable lambda output for a wrong shape")
    def test_a_text_that_is_not_a_string_is_refused(self, sign_up, write, cognito_pool, refused):
        write(emailMessage=["{####}"])
        with refused("InvalidLambdaResponseException", "Unrecognizable lambda output"):
            sign_up()
        assert cognito_pool.outbox == []

    @evidence("inferred", "a function may be attached to one trigger source")
    def test_a_function_for_one_trigger_source_changes_only_that_message(self, sign_up, resend, cognito_pool):
        @cognito_pool.on("CustomMessage_ResendCode")
        def again(event, _context):
            event["response"]["emailMessage"] = "Again: {####}"
            return event

        sign_up()
        resend()
        assert [message.body.partition(message.code)[0] for message in cognito_pool.outbox] == [
            "Your confirmation code is ",
            "Again: ",
        ]


@pytest.mark.usefixtures("broken")
class TestFailingCustomMessage:
    @evidence(
        "inferred",
        "the text is observed of other triggers; that the user stays is observed of a code that was not delivered",
    )
    def test_after_a_sign_up_the_user_exists_and_is_unconfirmed(self, sign_up, cognito_pool, refused):
        with refused(*BROKEN):
            sign_up()
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"
        assert cognito_pool.outbox == []

    @evidence("inferred", "a user who got no code may ask for one")
    def test_the_user_may_ask_for_another_code(self, sign_up, resend, cognito_pool, cognito_idp, refused):
        with refused(*BROKEN):
            sign_up()
        cognito_pool.on("CustomMessage", lambda event, _context: event)
        resend()
        code = cognito_pool.outbox.one(occasion="ResendCode").code
        cognito_idp.confirm_sign_up(ClientId=cognito_pool.client.id, Username="ana", ConfirmationCode=code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "the text is observed of other triggers")
    def test_resend_confirmation_code_sends_no_code(self, resend, cognito_pool, refused):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        with refused(*BROKEN):
            resend()
        assert cognito_pool.outbox == []
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("inferred", "observed of a failing delivery (aws/aws-sdk#438): the user is created anyway")
    def test_a_created_user_exists_and_can_be_invited_again(self, create, cognito_pool, refused):
        with refused(*BROKEN):
            create()
        assert cognito_pool.users["ana"].status == "FORCE_CHANGE_PASSWORD"
        cognito_pool.on("CustomMessage", lambda event, _context: event)
        create(MessageAction="RESEND")
        assert [message.code for message in cognito_pool.outbox] == [PASSWORD]

    @evidence("inferred", "the function is not invoked if no message is sent")
    def test_a_request_that_sends_no_message_succeeds(self, sign_up, create, cognito_pool):
        sign_up(attributes={})
        create("bob", MessageAction="SUPPRESS")
        assert list(cognito_pool.users) == ["ana", "bob"]


class TestCustomSenders:
    """A trigger that sends instead of the service gets a ciphertext that no fake can make."""

    @staticmethod
    def by_setting(sender):
        """Settings with the sender, and no trigger to attach a function to."""
        config = {sender: {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION}}
        return {"LambdaConfig": {**config, "KMSKeyID": "arn:aws:kms:us-east-1:123456789012:key/1"}}, None

    @staticmethod
    def by_function(sender):
        """No settings, and the trigger to attach a function to."""
        return {}, sender

    @staticmethod
    def sign_up(pool, client):
        client.sign_up(ClientId=pool.client.id, Username="bob", Password="Passw0rd!", UserAttributes=pairs(BOTH))

    @staticmethod
    def resend(pool, client):
        client.resend_confirmation_code(ClientId=pool.client.id, Username="ana")

    @staticmethod
    def create(pool, client):
        media = ["EMAIL", "SMS"]
        client.admin_create_user(
            UserPoolId=pool.id, Username="bob", UserAttributes=pairs(BOTH), DesiredDeliveryMediums=media
        )

    @staticmethod
    def update(pool, client):
        new = pairs({"email": "new@example.com", "phone_number": "+15557654321"})
        client.admin_update_user_attributes(UserPoolId=pool.id, Username="ana", UserAttributes=new)

    @evidence("inferred", "a message that the pool would not send itself would be wrong")
    @pytest.mark.parametrize(
        ("sender", "verified"), [("CustomEmailSender", "email"), ("CustomSMSSender", "phone_number")]
    )
    @pytest.mark.parametrize("how", ["by_setting", "by_function"])
    @pytest.mark.parametrize(
        ("job", "operation"),
        [
            ("sign_up", "SignUp"),
            ("resend", "ResendConfirmationCode"),
            ("create", "AdminCreateUser"),
            ("update", "AdminUpdateUserAttributes"),
        ],
    )
    def test_a_message_by_a_custom_sender_is_not_simulated(self, keys, sender, verified, how, job, operation):
        cognito, client = Cognito(), boto3.client("cognito-idp", **keys)
        settings, trigger = getattr(self, how)(sender)
        pool = cognito.create_pool(AutoVerifiedAttributes=[verified], SmsConfiguration=SMS, **settings)
        pool.add_user("ana", status="UNCONFIRMED", phone_number="+15551234567")
        if trigger:
            pool.on(trigger, lambda event, _context: event)
        with pytest.raises(UnsupportedOperationError) as caught, cognito:
            getattr(self, job)(pool, client)
        assert (caught.value.operation, caught.value.detail) == (operation, f"a {sender} trigger")
        assert pool.outbox == []

    @evidence("inferred", "what is not simulated changes nothing")
    @pytest.mark.parametrize("job", ["sign_up", "create", "update"])
    def test_a_request_that_is_not_simulated_changes_nothing(self, keys, job):
        cognito, client = Cognito(), boto3.client("cognito-idp", **keys)
        pool = cognito.create_pool(AutoVerifiedAttributes=["email"], **self.by_setting("CustomEmailSender")[0])
        before = dict(pool.add_user("ana", status="UNCONFIRMED").attributes)
        with pytest.raises(UnsupportedOperationError), cognito:
            getattr(self, job)(pool, client)
        assert (list(pool.users), pool.users["ana"].attributes) == (["ana"], before)

    @evidence("inferred", "an email is sent as usual if a function sends only text messages")
    @pytest.mark.cognito_pool(
        LambdaConfig={
            "CustomSMSSender": {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION},
            "KMSKeyID": "arn:aws:kms:us-east-1:123456789012:key/1",
        }
    )
    def test_a_custom_sms_sender_does_not_affect_emails(self, sign_up, cognito_pool):
        sign_up()
        assert cognito_pool.outbox.one().medium == "EMAIL"

    @evidence("inferred", "a function for another trigger source does not send this message")
    def test_a_sender_for_another_trigger_source_does_not_affect_the_message(self, sign_up, cognito_pool):
        cognito_pool.on("CustomEmailSender_ForgotPassword", lambda event, _context: event)
        sign_up()
        assert cognito_pool.outbox.one().occasion == "SignUp"
