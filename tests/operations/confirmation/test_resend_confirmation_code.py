"""ResendConfirmationCode."""

from __future__ import annotations

from contextlib import suppress

import pytest

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
EMAIL = {"email": "ana@example.com"}
PHONE = {"phone_number": "+15551234567"}
LIMIT = "Attempt limit exceeded, please try after some time."
CONFIRMED = "User cannot be confirmed. Current status is CONFIRMED"
HOUR = 3600


def state(pool, username="ana"):
    user = pool.users[username]
    return user.status, user.attributes.get("email_verified")


class TestResend:
    @evidence("observed", "floci-rec: two within a second both succeed")
    def test_the_reply_says_where_the_code_went(self, sign_up, resend):
        sign_up(attributes={"email": "fred@example.com"})
        details = {"Destination": "f***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
        assert [resend(), resend()] == [details, details]

    @evidence("observed", "floci-io/floci#2018: the phone mask keeps the length")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["phone_number"], SmsConfiguration=SMS)
    def test_a_phone_number_is_masked_except_for_its_last_four_digits(self, sign_up, resend, cognito_pool):
        sign_up(attributes=PHONE)
        assert resend() == {
            "Destination": "+*******4567",
            "DeliveryMedium": "SMS",
            "AttributeName": "phone_number",
        }
        message = cognito_pool.outbox[-1]
        assert (message.recipient, message.medium, message.occasion) == ("+15551234567", "SMS", "ResendCode")

    @evidence("documented", "developer guide: only the phone gets a code")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    def test_the_phone_gets_the_code_when_the_user_also_has_an_email_address(self, sign_up, resend):
        sign_up(attributes={**EMAIL, **PHONE})
        assert resend()["AttributeName"] == "phone_number"

    @evidence("inferred", "asking for a code changes nothing about the user")
    def test_resending_does_not_change_the_user(self, sign_up, resend, cognito_pool, passed):
        sign_up()
        passed(60)
        resend()
        user = cognito_pool.users["ana"]
        assert state(cognito_pool) == ("UNCONFIRMED", "false")
        assert user.modified == user.created

    @evidence("inferred", "a user made with add_user is like a user who signed up")
    def test_a_user_made_with_add_user_gets_a_code(self, resend, confirm, cognito_pool):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        resend()
        confirm(cognito_pool.outbox.one(recipient="ana@example.com").code)
        assert state(cognito_pool) == ("CONFIRMED", "true")

    @evidence("observed", "amplify-cli#3646 of the text; of the type two are reported")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=[])
    @pytest.mark.parametrize("username", ["ana", "nobody"])
    def test_a_pool_without_auto_verified_attributes_refuses_the_request(
        self, sign_up, resend, cognito_pool, refused, username
    ):
        sign_up()
        with refused("NotAuthorizedException", "Cannot resend codes. Auto verification not turned on."):
            resend(username)
        assert cognito_pool.calls[-1].why == "the pool has no AutoVerifiedAttributes"
        assert cognito_pool.outbox == []

    @evidence("inferred", "observed on GetUserAttributeVerificationCode (floci-io/floci#2018)")
    @pytest.mark.parametrize("verified", [["email"], ["phone_number"], ["email", "phone_number"]])
    def test_a_user_without_an_address_to_verify_is_refused(self, cognito, cognito_idp, refused, verified):
        pool = cognito.create_pool(AutoVerifiedAttributes=verified, SmsConfiguration=SMS)
        pool.add_user("ana", status="UNCONFIRMED", email="")
        with refused("InvalidParameterException"):
            cognito_idp.resend_confirmation_code(ClientId=pool.client.id, Username="ana")
        assert pool.calls[-1].why == f"'ana' has none of {verified}"
        assert pool.outbox == []

    @evidence("observed", "amplify-ui#219, amplify-js#2797")
    def test_a_confirmed_user_is_refused(self, sign_up, confirm, resend, cognito_pool, refused):
        confirm(sign_up())
        with refused("InvalidParameterException", "User is already confirmed."):
            resend()
        assert cognito_pool.calls[-1].why == "'ana' is CONFIRMED"
        assert len(cognito_pool.outbox) == 1

    @evidence("inferred", "no capture of other statuses")
    def test_a_user_who_must_change_their_password_is_refused(self, resend, cognito_pool, refused):
        cognito_pool.add_user("ana", status="FORCE_CHANGE_PASSWORD")
        with refused("InvalidParameterException"):
            resend()
        assert cognito_pool.calls[-1].why == "'ana' is FORCE_CHANGE_PASSWORD"

    @evidence("inferred", "observed on ForgotPassword and at sign-in")
    def test_a_disabled_user_is_refused(self, resend, cognito_pool, refused):
        cognito_pool.add_user("ana", status="UNCONFIRMED", enabled=False)
        with refused("NotAuthorizedException"):
            resend()
        assert cognito_pool.calls[-1].why == "'ana' is disabled"
        assert cognito_pool.outbox == []

    @evidence("observed", "floci-rec: two within a second; the state is inferred")
    def test_one_of_many_codes_requested_at_the_same_time_works(
        self, sign_up, resend, confirm, cognito_pool, cognito_idp, at_once
    ):
        sign_up()
        at_once(5, resend)
        codes = [message.code for message in cognito_pool.outbox.of(occasion="ResendCode")]
        assert len(codes) == 5
        for code in codes:
            with suppress(cognito_idp.exceptions.CodeMismatchException, cognito_idp.exceptions.NotAuthorizedException):
                confirm(code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"


class TestResendAttempts:
    @evidence("documented", "developer guide limits: 5 within an hour; text observed aws-sdk-android#627")
    def test_the_sixth_request_within_an_hour_is_refused(self, passed, sign_up, resend, cognito_pool, refused):
        sign_up()
        for _ in range(5):
            resend()
        passed(HOUR - 1)
        with refused("LimitExceededException", LIMIT):
            resend()
        assert cognito_pool.calls[-1].why == "'ana' had 5 attempts within an hour already"
        assert len(cognito_pool.outbox) == 6

    @evidence("inferred", "a refused request changes nothing")
    def test_the_fifth_code_stays_valid_after_a_refused_request(self, sign_up, resend, confirm, cognito_pool, refused):
        sign_up()
        for _ in range(5):
            resend()
        with refused("LimitExceededException"):
            resend()
        confirm(cognito_pool.outbox[-1].code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "documented as a number per hour; that the last 60 minutes count is not")
    def test_requests_no_longer_count_after_an_hour(self, passed, sign_up, resend, cognito_pool):
        sign_up()
        for _ in range(5):
            resend()
        passed(HOUR)
        resend()
        assert len(cognito_pool.outbox) == 7

    @evidence("documented", "developer guide limits: per user, and each operation has its own")
    def test_requests_are_counted_for_each_user_and_operation(self, sign_up, resend, confirm, cognito_pool):
        sign_up()
        sign_up("bob", {"email": "bob@example.com"})
        for _ in range(5):
            resend("ana")
        resend("bob")
        confirm(cognito_pool.outbox.of(username="ana")[-1].code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"


class TestSimulatedDelivery:
    """An app client that hides whether users exist gets the details of a delivery that does not happen."""

    @pytest.mark.parametrize(
        ("username", "details"),
        [
            pytest.param(
                "bob@example.com",
                {"Destination": "b***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"},
                marks=evidence("inferred", "documented that it is simulated, from the name that was typed"),
            ),
            pytest.param(
                "+15551234567",
                {"Destination": "+*******4567", "DeliveryMedium": "SMS", "AttributeName": "phone_number"},
                marks=evidence("inferred", "documented that it is simulated, from the name that was typed"),
            ),
        ],
    )
    @pytest.mark.cognito_pool(
        UsernameAttributes=["email", "phone_number"],
        AutoVerifiedAttributes=["email", "phone_number"],
        SmsConfiguration=SMS,
    )
    def test_the_reply_masks_the_address_of_an_unknown_user(self, resend, hiding, cognito_pool, username, details):
        assert resend(username, ClientId=hiding) == details
        assert cognito_pool.outbox == []
        assert cognito_pool.triggers == []

    @evidence("observed", "public capture of ForgotPassword: 9***@h*** for a UUID that begins with 9")
    @pytest.mark.parametrize("username", ["9f86d081-884c-70d6-b596-a2feaa0c55ad", "bob"])
    def test_the_destination_for_any_other_username_begins_with_its_first_letter(self, resend, hiding, username):
        details = resend(username, ClientId=hiding)
        name, _, domain = details.pop("Destination").partition("@")
        assert name == f"{username[0]}***"
        assert domain[0].isalpha()
        assert domain[1:] == "***"
        assert details == {"DeliveryMedium": "EMAIL", "AttributeName": "email"}

    @evidence("inferred", "a changing answer would show that the user does not exist")
    def test_the_destination_is_the_same_each_time(self, resend, hiding):
        assert [resend("bob", ClientId=hiding) for _ in range(8)] == [resend("bob", ClientId=hiding)] * 8

    @evidence("inferred", "any username gets an answer")
    @pytest.mark.parametrize(
        "username",
        [
            "a@b@c",
            "+",
            "é",
            "\U0001f600",
            pytest.param("a@"),
            pytest.param("@"),
            pytest.param("@example.com"),
        ],
    )
    def test_any_username_gets_a_destination(self, resend, hiding, username):
        destination = resend(username, ClientId=hiding)["Destination"]
        name, _, domain = destination.partition("@")
        assert [name[1:], domain[1:]] == ["***", "***"]
        assert domain[0] != "@"

    @evidence("inferred", "a pool that sends codes by SMS only does not simulate an e-mail")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["phone_number"], SmsConfiguration=SMS)
    def test_the_medium_is_the_one_the_pool_uses_for_codes(self, resend, hiding):
        details = resend("bob", ClientId=hiding)
        assert (details["DeliveryMedium"], details["AttributeName"]) == ("SMS", "phone_number")

    @evidence("documented", "developer guide cognito-user-pool-managing-errors: for disabled users too")
    def test_a_disabled_user_gets_a_simulated_delivery(self, resend, hiding, cognito_pool):
        cognito_pool.add_user("ana", status="UNCONFIRMED", enabled=False)
        assert resend(ClientId=hiding)["DeliveryMedium"] == "EMAIL"
        assert cognito_pool.outbox == []

    @evidence("observed", "amplify-js#14762 (2026): no error any more")
    def test_a_confirmed_user_gets_a_simulated_delivery(self, resend, hiding, cognito_pool):
        cognito_pool.add_user("ana")
        assert resend(ClientId=hiding)["DeliveryMedium"] == "EMAIL"
        assert cognito_pool.outbox == []

    @evidence("inferred", "hiding users changes nothing for a user who can be sent a code")
    def test_an_unconfirmed_user_gets_a_real_code(self, sign_up, resend, hiding, cognito_pool):
        sign_up()
        assert resend(ClientId=hiding)["Destination"] == "a***@e***"
        assert [message.occasion for message in cognito_pool.outbox] == ["SignUp", "ResendCode"]

    @evidence("inferred", "a limit must not show that the user does not exist")
    def test_an_unknown_user_has_no_limit_of_requests(self, resend, hiding):
        assert len({resend("bob", ClientId=hiding)["Destination"] for _ in range(10)}) == 1
