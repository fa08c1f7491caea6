"""What a pool writes to its users, and CustomMessage: facts/lifecycle.md, sections B, C1 and G."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_cognito_pool import Message

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
EMAIL = {"email": "ana@example.com"}
PHONE = {"phone_number": "+15551234567"}
BOTH = {**EMAIL, **PHONE}
PASSWORD = "Temp0rary!"
VERIFY_BOTH = {"AutoVerifiedAttributes": ["email", "phone_number"], "SmsConfiguration": SMS}


def pairs(attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


BROKEN = ("UserLambdaValidationException", "CustomMessage failed with error no template.")


class TestCodes:
    """Messages with a code."""

    @evidence("inferred", "the default text; no capture")
    def test_a_code_is_sent_by_email_if_the_pool_verifies_emails(self, sign_up, cognito_pool):
        sign_up()
        message = cognito_pool.outbox.one()
        assert message == Message(
            recipient="ana@example.com",
            medium="EMAIL",
            subject="Your verification code",
            body=f"Your confirmation code is {message.code}",
            code=message.code,
            occasion="SignUp",
            username="ana",
        )
        assert message.code.isdecimal()

    @evidence("inferred", "the default text; no capture")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["phone_number"], SmsConfiguration=SMS)
    def test_a_code_is_sent_by_sms_if_the_pool_verifies_phone_numbers(self, sign_up, resend, cognito_pool):
        sign_up(attributes=BOTH)
        resend()
        message = cognito_pool.outbox[-1]
        assert message == Message(
            recipient="+15551234567",
            medium="SMS",
            subject="",
            body=f"Your confirmation code is {message.code}",
            code=message.code,
            occasion="ResendCode",
            username="ana",
        )

    @evidence("inferred", "a code is not a secret: a test that fails should show it")
    def test_the_repr_of_a_message_shows_the_code(self, sign_up, cognito_pool):
        sign_up()
        message = cognito_pool.outbox[0]
        assert repr(message.code) == f"'{message.code}'"
        assert repr(message.body) == f"'Your confirmation code is {message.code}'"
        assert repr(message) == f"<EMAIL to 'ana@example.com' on SignUp, code '{message.code}'>"

    @evidence("inferred", "a message names the user by what they signed up with")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_message_names_the_email_that_the_user_signed_up_with(self, sign_up, cognito_pool):
        sign_up("ana@example.com", {})
        assert cognito_pool.outbox.one().username == "ana@example.com"

    @evidence("inferred", "a message names the user by what they signed up with")
    @pytest.mark.cognito_pool(
        UsernameAttributes=["email", "phone_number"], AutoVerifiedAttributes=["phone_number"], SmsConfiguration=SMS
    )
    @pytest.mark.parametrize("email", ["ana@example.com", ""])
    def test_the_message_names_the_phone_number_that_the_user_signed_up_with(self, sign_up, cognito_pool, email):
        sign_up("+15551234567", {"email": email})
        assert cognito_pool.outbox.one().username == "+15551234567"

    @evidence("inferred", "a refused sign-up sends no message")
    def test_a_refused_sign_up_sends_nothing(self, sign_up, cognito_pool, refused):
        with refused("InvalidPasswordException"):
            sign_up(Password="short")
        assert cognito_pool.outbox == []


TEMPLATE = {
    "SmsMessage": "sms {####}",
    "EmailMessage": "mail {####}",
    "EmailSubject": "subject",
    "EmailMessageByLink": "press {##here##}, please",
    "EmailSubjectByLink": "subject by link",
}
OLDER = {
    "SmsVerificationMessage": "older sms {####}",
    "EmailVerificationMessage": "older mail {####}",
    "EmailVerificationSubject": "older subject",
}


class TestTemplates:
    """The texts of the pool's settings."""

    @pytest.fixture
    def written(self, cognito, cognito_idp):
        """The medium's message of a pool with these settings: its subject and its body without the code."""

        def written(medium, **settings):
            address = {"EMAIL": "email", "SMS": "phone_number"}[medium]
            pool = cognito.create_pool(AutoVerifiedAttributes=[address], SmsConfiguration=SMS, **settings)
            own = pairs({address: BOTH[address]})
            cognito_idp.sign_up(ClientId=pool.client.id, Username="ana", Password="Passw0rd!", UserAttributes=own)
            message = pool.outbox.one(medium=medium)
            return message.subject, message.body.replace(message.code, "<code>")

        return written

    @pytest.mark.parametrize(
        ("settings", "mail", "sms"),
        [
            pytest.param(
                {"VerificationMessageTemplate": {**TEMPLATE, "DefaultEmailOption": "CONFIRM_WITH_CODE"}},
                ("subject", "mail <code>"),
                "sms <code>",
                marks=evidence("model", "VerificationMessageTemplateType"),
                id="template",
            ),
            pytest.param(
                {"VerificationMessageTemplate": TEMPLATE},
                ("subject", "mail <code>"),
                "sms <code>",
                marks=evidence("inferred", "by code unless the template says by link"),
                id="option left out",
            ),
            pytest.param(
                OLDER,
                ("older subject", "older mail <code>"),
                "older sms <code>",
                marks=evidence("model", "CreateUserPool: EmailVerificationMessage and similar settings"),
                id="older settings",
            ),
            pytest.param(
                {**OLDER, "VerificationMessageTemplate": TEMPLATE},
                ("subject", "mail <code>"),
                "sms <code>",
                marks=evidence("inferred", "the template wins over the older settings"),
                id="both",
            ),
            pytest.param(
                {**OLDER, "VerificationMessageTemplate": {"EmailSubject": "subject"}},
                ("subject", "older mail <code>"),
                "older sms <code>",
                marks=evidence("inferred", "texts that the template lacks are from the older settings"),
                id="some of each",
            ),
            pytest.param(
                {"VerificationMessageTemplate": {"SmsMessage": "sms {####} {####}"}},
                ("Your verification code", "Your confirmation code is <code>"),
                "sms <code> <code>",
                marks=evidence("inferred", "a place-holder is filled wherever it is"),
                id="sms only",
            ),
        ],
    )
    def test_a_message_has_the_texts_of_the_pool(self, written, settings, mail, sms):
        assert written("EMAIL", **settings) == mail
        assert written("SMS", **settings) == ("", sms)

    @evidence("model", "VerificationMessageTemplateType, DefaultEmailOption: e-mail only")
    def test_confirm_with_link_applies_to_emails_only(self, written):
        template = {**TEMPLATE, "DefaultEmailOption": "CONFIRM_WITH_LINK"}
        subject, body = written("EMAIL", VerificationMessageTemplate=template)
        assert subject == "subject by link"
        assert body.startswith('press <a href="https://')
        assert body.endswith('">here</a>, please')
        assert written("SMS", VerificationMessageTemplate=template) == ("", "sms <code>")

    @evidence("inferred", "the default texts; no capture")
    @pytest.mark.cognito_pool(
        Id="us-east-1_GFfn9AMAN", VerificationMessageTemplate={"DefaultEmailOption": "CONFIRM_WITH_LINK"}
    )
    def test_a_link_has_the_client_id_the_username_and_the_code(self, sign_up, cognito_pool):
        sign_up("ana&bob")
        message = cognito_pool.outbox.one()
        link = message.body.removeprefix(
            'Please click the link below to verify your email address. <a href="'
        ).removesuffix('">Verify Email</a>')
        parts = urlsplit(link)
        assert message.subject == "Your verification link"
        assert (parts.scheme, parts.netloc, parts.path) == (
            "https",
            "us-east-1-gffn9aman.auth.us-east-1.amazoncognito.com",
            "/confirmUser/",
        )
        assert parse_qs(parts.query, strict_parsing=True) == {
            "client_id": [cognito_pool.client.id],
            "user_name": ["ana&bob"],
            "confirmation_code": [message.code],
        }

    @evidence("inferred", "a link has the code that ConfirmSignUp accepts")
    @pytest.mark.cognito_pool(VerificationMessageTemplate={"DefaultEmailOption": "CONFIRM_WITH_LINK"})
    def test_the_code_of_a_link_confirms_the_user(self, sign_up, cognito_pool, cognito_idp):
        sign_up()
        code = cognito_pool.outbox.one().code
        cognito_idp.confirm_sign_up(ClientId=cognito_pool.client.id, Username="ana", ConfirmationCode=code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "a template may have both place-holders")
    @pytest.mark.cognito_pool(
        VerificationMessageTemplate={
            "DefaultEmailOption": "CONFIRM_WITH_LINK",
            "EmailMessageByLink": "{####} or {##a\nlink##} or {##another##}",
        }
    )
    def test_a_template_may_have_a_code_and_links(self, sign_up, cognito_pool):
        sign_up()
        message = cognito_pool.outbox.one()
        assert message.body.startswith(f"{message.code} or <a href=")
        assert ">a\nlink</a> or <a href=" in message.body
        assert message.body.endswith(">another</a>")

    @evidence("model", "UpdateUserPool: the template may be changed")
    def test_a_changed_template_is_used_for_the_next_message(self, sign_up, resend, cognito_pool, cognito_idp):
        sign_up()
        cognito_idp.update_user_pool(
            UserPoolId=cognito_pool.id, AutoVerifiedAttributes=["email"], VerificationMessageTemplate=TEMPLATE
        )
        resend()
        assert [message.subject for message in cognito_pool.outbox] == ["Your verification code", "subject"]


class TestInvitations:
    """Messages with a temporary password."""

    @pytest.mark.parametrize(
        ("given", "media"),
        [
            pytest.param({}, ["SMS"], marks=evidence("documented", "model, DesiredDeliveryMediums: SMS by default")),
            pytest.param(
                {"DesiredDeliveryMediums": ["SMS"]}, ["SMS"], marks=evidence("model", "DesiredDeliveryMediums")
            ),
            pytest.param(
                {"DesiredDeliveryMediums": ["EMAIL"]}, ["EMAIL"], marks=evidence("model", "DesiredDeliveryMediums")
            ),
            pytest.param(
                {"DesiredDeliveryMediums": ["EMAIL", "SMS"]},
                ["EMAIL", "SMS"],
                marks=evidence("model", "DesiredDeliveryMediums: more than one may be given"),
            ),
            pytest.param(
                {"DesiredDeliveryMediums": []}, [], marks=evidence("inferred", "an empty list asks for no medium")
            ),
            pytest.param(
                {"DesiredDeliveryMediums": ["EMAIL", "SMS"], "MessageAction": "SUPPRESS"},
                [],
                marks=evidence("documented", "model, MessageAction: SUPPRESS sends nothing"),
            ),
        ],
    )
    def test_the_invitation_is_sent_by_the_requested_media(self, create, cognito_pool, given, media):
        create(**given)
        assert sorted(message.medium for message in cognito_pool.outbox) == media
        assert {message.occasion for message in cognito_pool.outbox} <= {"AdminCreateUser"}
        assert len(cognito_pool.triggers.of("CustomMessage")) == (1 if media else 0)

    @evidence("observed", "reapit/foundations#7052: by mail where there is no phone number; of two media: inferred")
    @pytest.mark.parametrize(
        ("attributes", "media", "recipients"),
        [
            (EMAIL, ["EMAIL", "SMS"], ["ana@example.com"]),
            (PHONE, ["EMAIL", "SMS"], ["+15551234567"]),
            ({}, ["EMAIL", "SMS"], []),
            ({}, None, []),
            (EMAIL, None, ["ana@example.com"]),
            (PHONE, None, ["+15551234567"]),
            (BOTH, None, ["+15551234567"]),
        ],
    )
    def test_the_invitation_is_sent_to_an_address_that_the_user_has(
        self, create, cognito_pool, attributes, media, recipients
    ):
        create(attributes=attributes, **({} if media is None else {"DesiredDeliveryMediums": media}))
        assert [message.recipient for message in cognito_pool.outbox] == recipients
        assert cognito_pool.users["ana"].status == "FORCE_CHANGE_PASSWORD"

    @pytest.mark.parametrize(
        ("attributes", "medium", "text"),
        [
            pytest.param(
                PHONE,
                "EMAIL",
                "No email provided but desired delivery medium was Email",
                marks=evidence("observed", "cognito-backup-restore#25 and two more"),
            ),
            pytest.param(
                {"email": ""},
                "EMAIL",
                "No email provided but desired delivery medium was Email",
                marks=evidence("inferred", "an empty address counts as none"),
            ),
            pytest.param(EMAIL, "SMS", None, marks=evidence("inferred", "as observed for mails; the text is unknown")),
        ],
    )
    def test_a_medium_without_an_address_is_refused(self, create, cognito_pool, refused, attributes, medium, text):
        with refused("InvalidParameterException", text):
            create(attributes=attributes, DesiredDeliveryMediums=[medium])
        assert not cognito_pool.users
        create(attributes=attributes, DesiredDeliveryMediums=[medium], MessageAction="SUPPRESS")
        assert cognito_pool.outbox == []

    @evidence("inferred", "the default text; no capture")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=[])
    def test_the_email_has_the_username_and_the_password(self, create, cognito_pool):
        create(DesiredDeliveryMediums=["EMAIL"])
        assert cognito_pool.outbox.one() == Message(
            recipient="ana@example.com",
            medium="EMAIL",
            subject="Your temporary password",
            body=f"Your username is ana and temporary password is {PASSWORD}.",
            code=PASSWORD,
            occasion="AdminCreateUser",
            username="ana",
        )

    @evidence("inferred", "the default text; no capture")
    def test_the_sms_has_the_username_and_the_password(self, create, cognito_pool):
        create()
        message = cognito_pool.outbox.one()
        assert (message.recipient, message.subject) == ("+15551234567", "")
        assert message.body == f"Your username is ana and temporary password is {PASSWORD}."

    @evidence("model", "MessageTemplateType, InviteMessageTemplate")
    @pytest.mark.cognito_pool(
        AdminCreateUserConfig={
            "InviteMessageTemplate": {
                "EmailSubject": "Welcome",
                "EmailMessage": "mail {username} {####} {username}",
                "SMSMessage": "sms {username} {####}",
            }
        }
    )
    def test_an_invitation_has_the_texts_of_the_pool(self, create, cognito_pool):
        create(DesiredDeliveryMediums=["SMS", "EMAIL"])
        mail, sms = cognito_pool.outbox.one(medium="EMAIL"), cognito_pool.outbox.one(medium="SMS")
        assert (mail.subject, mail.body) == ("Welcome", f"mail ana {PASSWORD} ana")
        assert sms.body == f"sms ana {PASSWORD}"

    @evidence("inferred", "a text that the template lacks is the default text")
    @pytest.mark.cognito_pool(AdminCreateUserConfig={"InviteMessageTemplate": {"EmailSubject": "Welcome"}})
    def test_a_pool_may_have_its_own_subject_and_the_default_text(self, create, cognito_pool):
        create(DesiredDeliveryMediums=["EMAIL"])
        mail = cognito_pool.outbox.one()
        assert (mail.subject, mail.body) == (
            "Welcome",
            f"Your username is ana and temporary password is {PASSWORD}.",
        )

    @evidence("inferred", "the verification texts are not those of invitations")
    @pytest.mark.cognito_pool(
        VerificationMessageTemplate={**TEMPLATE, "DefaultEmailOption": "CONFIRM_WITH_LINK"}, **OLDER
    )
    def test_the_verification_texts_are_not_used(self, create, cognito_pool):
        create(DesiredDeliveryMediums=["EMAIL"])
        assert cognito_pool.outbox.one().subject == "Your temporary password"

    @evidence("inferred", "the message names the user by what they sign in with")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_invitation_names_the_email_that_the_user_signs_in_with(self, create, cognito_pool):
        create("ana@example.com", {}, DesiredDeliveryMediums=["EMAIL"])
        message = cognito_pool.outbox.one()
        assert message.username == "ana@example.com"
        assert message.body == f"Your username is ana@example.com and temporary password is {PASSWORD}."

    @evidence("documented", "model, TemporaryPassword: generated when omitted")
    def test_a_generated_password_is_in_the_invitation(self, cognito_pool, cognito_idp):
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana", UserAttributes=pairs(PHONE))
        message = cognito_pool.outbox.one()
        assert len(message.code) == 8
        assert message.body == f"Your username is ana and temporary password is {message.code}."

    @evidence("documented", "model, MessageAction: RESEND sends the invitation again")
    def test_resend_sends_the_invitation_again(self, create, cognito_pool):
        create()
        create(attributes={}, MessageAction="RESEND", TemporaryPassword="An0ther!!", DesiredDeliveryMediums=["EMAIL"])
        assert [(message.medium, message.code) for message in cognito_pool.outbox] == [
            ("SMS", PASSWORD),
            ("EMAIL", "An0ther!!"),
        ]
        assert cognito_pool.outbox[1].occasion == "AdminCreateUser"

    @evidence("model", "MessageAction: RESEND, with a new temporary password")
    def test_resend_generates_a_new_password(self, create, cognito_pool, cognito_idp):
        create()
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana", MessageAction="RESEND")
        first, second = cognito_pool.outbox
        assert first.code != second.code
        assert second.body == f"Your username is ana and temporary password is {second.code}."

    @evidence("inferred", "as for the first invitation")
    def test_resend_refuses_a_password_that_does_not_conform(self, create, cognito_pool, refused):
        create()
        with refused(
            "InvalidPasswordException", "Password did not conform with password policy: Password not long enough"
        ):
            create(MessageAction="RESEND", TemporaryPassword="short")
        assert len(cognito_pool.outbox) == 1

    @evidence("inferred", "there is no password to send; observed that the user is CONFIRMED")
    @pytest.mark.cognito_pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}})
    def test_a_user_created_without_a_password_and_message_is_confirmed(self, cognito_pool, cognito_idp):
        cognito_idp.admin_create_user(
            UserPoolId=cognito_pool.id,
            Username="ana",
            UserAttributes=pairs({**EMAIL, "email_verified": "true"}),
            DesiredDeliveryMediums=["EMAIL"],
            MessageAction="SUPPRESS",
        )
        assert cognito_pool.users["ana"].status == "CONFIRMED"
        assert cognito_pool.outbox == []


class TestTemporaryPassword:
    @evidence("inferred", "passwords are never shown, and compare as texts")
    def test_the_repr_of_a_message_hides_the_password(self, create, cognito_pool):
        create(DesiredDeliveryMediums=["EMAIL"])
        message = cognito_pool.outbox.one()
        assert [repr(message.code), repr(message.body)] == ["'***'", "'***'"]
        assert PASSWORD not in f"{message!r} {cognito_pool.outbox!r} {cognito_pool.calls!r} {cognito_pool.triggers!r}"
        assert PASSWORD in message.body

    @evidence("inferred", "a subject is shown, but never a password")
    @pytest.mark.cognito_pool(AdminCreateUserConfig={"InviteMessageTemplate": {"EmailSubject": "Password {####}"}})
    def test_the_repr_of_a_subject_hides_the_password(self, create, cognito_pool):
        create(DesiredDeliveryMediums=["EMAIL"])
        assert PASSWORD not in repr(cognito_pool.outbox.one().subject)

    @evidence("inferred", "a password is used unchanged")
    @pytest.mark.parametrize(
        "password",
        [
            "Temp0rary!{####}",
            "Temp0rary!{##x##}",
            pytest.param("Temp0rary!{username}"),
        ],
    )
    def test_a_password_that_looks_like_a_place_holder_is_not_replaced(self, create, cognito_pool, password):
        create(TemporaryPassword=password)
        assert cognito_pool.outbox.one().body == f"Your username is ana and temporary password is {password}."

    @evidence("inferred", "a username is used unchanged")
    @pytest.mark.parametrize("username", ["{####}", "{##x##}", "{username}"])
    def test_a_username_that_looks_like_a_place_holder_is_not_replaced(self, create, cognito_pool, username):
        create(username)
        assert cognito_pool.outbox.one().body == f"Your username is {username} and temporary password is {PASSWORD}."


class TestUpdatedAddresses:
    """AdminUpdateUserAttributes sends a code to a new address that the pool verifies."""

    @pytest.fixture(autouse=True)
    def ana(self, cognito_pool):
        return cognito_pool.add_user("ana", phone_number="+15551234567")

    @evidence("documented", "developer guide: AdminUpdateUserAttributes invokes CustomMessage_UpdateUserAttribute")
    def test_a_new_address_gets_a_code(self, update, cognito_pool):
        update({"email": "new@example.com"})
        message = cognito_pool.outbox.one()
        assert message == Message(
            recipient="new@example.com",
            medium="EMAIL",
            subject="Your verification code",
            body=f"Your confirmation code is {message.code}",
            code=message.code,
            occasion="UpdateUserAttribute",
            username="ana",
        )
        assert cognito_pool.users["ana"].attributes["email_verified"] == "false"

    @pytest.mark.parametrize(
        "changed",
        [
            pytest.param(
                {"email": "new@example.com", "email_verified": "true"},
                marks=evidence("model", "AdminUpdateUserAttributes: sets an address as verified"),
            ),
            pytest.param({"email": "ana@example.com"}, marks=evidence("inferred", "the address does not change")),
            pytest.param({"email": ""}, marks=evidence("inferred", "there is nothing to verify")),
            pytest.param({"phone_number": "+15557654321"}, marks=evidence("inferred", "the pool does not verify it")),
            pytest.param({"name": "Ana"}, marks=evidence("inferred", "there is nothing to verify")),
            pytest.param({"email_verified": "false"}, marks=evidence("inferred", "the address does not change")),
        ],
    )
    def test_a_change_without_an_address_to_verify_sends_no_code(self, update, cognito_pool, changed):
        update(changed)
        assert cognito_pool.outbox == []
        assert cognito_pool.triggers == []

    @evidence("inferred", "two addresses, two codes")
    @pytest.mark.cognito_pool(**VERIFY_BOTH)
    def test_each_of_two_addresses_gets_a_code(self, update, cognito_pool):
        update({"phone_number": "+15557654321", "email": "new@example.com"})
        assert sorted((message.medium, message.recipient) for message in cognito_pool.outbox) == [
            ("EMAIL", "new@example.com"),
            ("SMS", "+15557654321"),
        ]
        assert cognito_pool.triggers.sources == ["CustomMessage_UpdateUserAttribute"] * 2

    @evidence("inferred", "a sign-up is confirmed with another code")
    def test_the_code_of_a_sign_up_stays_valid(self, sign_up, cognito_pool, cognito_idp):
        sign_up("bob", {"email": "bob@example.com"})
        code = cognito_pool.outbox.one(occasion="SignUp").code
        cognito_idp.admin_update_user_attributes(
            UserPoolId=cognito_pool.id, Username="bob", UserAttributes=pairs({"email": "new@example.com"})
        )
        cognito_idp.confirm_sign_up(ClientId=cognito_pool.client.id, Username="bob", ConfirmationCode=code)
        assert cognito_pool.users["bob"].status == "CONFIRMED"

    @evidence("observed", "three captures of the text; that nothing is sent is inferred")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_a_refused_change_sends_nothing(self, update, cognito_pool, refused):
        cognito_pool.add_user("bob")
        with refused("AliasExistsException", "An account with the given email already exists."):
            update({"email": "bob@example.com", "email_verified": "true"})
        assert cognito_pool.outbox == []

    @evidence("inferred", "the message failed after the change was made")
    @pytest.mark.usefixtures("broken")
    def test_a_failing_function_does_not_undo_the_change(self, update, cognito_pool, refused):
        with refused(*BROKEN):
            update({"email": "new@example.com"})
        assert cognito_pool.users["ana"].attributes["email"] == "new@example.com"
        assert cognito_pool.outbox == []
