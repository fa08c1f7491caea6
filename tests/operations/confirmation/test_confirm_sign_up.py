"""ConfirmSignUp and ResendConfirmationCode: facts/lifecycle.md, section B, facts/sign-in.md, sections 7, 8, 10."""

from __future__ import annotations

from datetime import datetime, timezone

import boto3
import pytest
from botocore.config import Config

from pytest_cognito_pool import Cognito, Transition, UnsupportedOperationError
from pytest_cognito_pool._service import ids

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
EMAIL = {"email": "ana@example.com"}
PHONE = {"phone_number": "+15551234567"}
MISMATCH = "Invalid verification code provided, please try again."
EXPIRED = "Invalid code provided, please request a code again."
NOT_FOUND = "Username/client id combination not found."
LIMIT = "Attempt limit exceeded, please try after some time."
CONFIRMED = "User cannot be confirmed. Current status is CONFIRMED"
BEGIN = 1_800_000_000
HOUR = 3600
DAY = 24 * HOUR


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def state(pool, username="ana"):
    user = pool.users[username]
    return user.status, user.attributes.get("email_verified")


class TestConfirmed:
    @evidence("model", "ConfirmSignUpResponse: Session is optional, there is no other member")
    def test_the_reply_is_empty(self, sign_up, confirm):
        reply = confirm(sign_up())
        assert list(reply) == ["ResponseMetadata"]

    @evidence("documented", "developer guide signing-up-users: CONFIRMED, and what the code went to is verified")
    def test_the_right_code_confirms_the_user_and_verifies_their_address(self, sign_up, confirm, cognito_pool):
        code = sign_up()
        assert state(cognito_pool) == ("UNCONFIRMED", "false")
        confirm(code)
        assert state(cognito_pool) == ("CONFIRMED", "true")
        assert cognito_pool.users["ana"].history == [Transition("UNCONFIRMED", "CONFIRMED", "ConfirmSignUp", at=0)]

    @evidence("documented", "developer guide signing-up-users: what the code went to is verified")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["phone_number"], SmsConfiguration=SMS)
    def test_a_code_by_sms_verifies_the_phone_number(self, sign_up, confirm, cognito_pool):
        confirm(sign_up(attributes=PHONE))
        assert cognito_pool.users["ana"].attributes == {**PHONE, "phone_number_verified": "true"}

    @evidence("documented", "developer guide: only the phone gets a code, and only that is verified")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    def test_an_email_address_that_was_sent_no_code_stays_unverified(self, sign_up, confirm, cognito_pool):
        confirm(sign_up(attributes={**EMAIL, **PHONE}))
        attributes = cognito_pool.users["ana"].attributes
        assert (attributes["phone_number_verified"], attributes["email_verified"]) == ("true", "false")

    @evidence("inferred", "the status and the attributes of the user change")
    def test_the_last_modified_date_changes(self, sign_up, confirm, cognito_pool, passed):
        code = sign_up()
        passed(60)
        confirm(code)
        user = cognito_pool.users["ana"]
        assert user.created == datetime.fromtimestamp(BEGIN, timezone.utc)
        assert (user.modified - user.created).total_seconds() == 60

    @evidence("inferred", "no evidence for a check of Enabled; other fakes ignore it here")
    def test_a_disabled_user_is_confirmed_and_stays_disabled(self, sign_up, confirm, cognito_pool, cognito_idp):
        code = sign_up()
        cognito_idp.admin_disable_user(UserPoolId=cognito_pool.id, Username="ana")
        confirm(code)
        user = cognito_pool.users["ana"]
        assert (user.status, user.enabled) == ("CONFIRMED", False)

    @evidence("inferred", "nothing suggests a check of AllowAdminCreateUserOnly")
    def test_a_user_can_confirm_after_the_pool_stops_allowing_sign_up(
        self, sign_up, confirm, cognito_pool, cognito_idp
    ):
        code = sign_up()
        cognito_idp.update_user_pool(
            UserPoolId=cognito_pool.id, AdminCreateUserConfig={"AllowAdminCreateUserOnly": True}
        )
        confirm(code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "a code belongs to the user, whichever app client the user signed up with")
    def test_a_user_can_confirm_through_another_app_client_of_the_pool(self, sign_up, confirm, cognito_pool):
        other = cognito_pool.create_client(ClientName="other")
        confirm(sign_up(), ClientId=other.id)
        assert cognito_pool.triggers.one("PostConfirmation").event.caller_context.client_id == other.id

    @evidence("inferred", "each status change is atomic")
    def test_only_one_of_many_simultaneous_confirms_succeeds(
        self, sign_up, confirm, cognito_pool, cognito_idp, at_once
    ):
        code, outcomes = sign_up(), []

        def run():
            try:
                confirm(code)
                outcomes.append("confirmed")
            except cognito_idp.exceptions.NotAuthorizedException as error:
                outcomes.append(error.response["Error"]["Message"])

        at_once(8, run)
        assert sorted(outcomes) == [CONFIRMED] * 7 + ["confirmed"]
        assert len(cognito_pool.triggers.of("PostConfirmation")) == 1
        assert len(cognito_pool.users["ana"].history) == 1


class TestEvent:
    @evidence("documented", "developer guide, PostConfirmation; keys and order as captured of AdminConfirmSignUp")
    @pytest.mark.cognito_pool(Id="us-east-1_GFfn9AMAN")
    def test_the_event_names_the_app_client(self, sign_up, confirm, cognito_pool):
        confirm(sign_up())
        payload = cognito_pool.triggers.one("PostConfirmation").payload
        expected = {
            "version": "1",
            "region": "us-east-1",
            "userPoolId": "us-east-1_GFfn9AMAN",
            "userName": "ana",
            "callerContext": {
                "awsSdkVersion": "aws-sdk-unknown-unknown",
                "clientId": cognito_pool.client.id,
            },
            "triggerSource": "PostConfirmation_ConfirmSignUp",
            "request": {
                "userAttributes": {
                    "sub": cognito_pool.users["ana"].sub,
                    "email_verified": "true",
                    "cognito:user_status": "CONFIRMED",
                    "email": "ana@example.com",
                }
            },
            "response": {},
        }
        assert payload == expected
        assert list(payload) == list(expected)
        assert list(payload["request"]["userAttributes"]) == list(expected["request"]["userAttributes"])

    @evidence("documented", "model, ClientMetadata of ConfirmSignUp")
    def test_client_metadata_is_passed_on(self, sign_up, confirm, cognito_pool):
        confirm(sign_up(), ClientMetadata={"plan": "pro"})
        assert cognito_pool.triggers.one("PostConfirmation").payload["request"]["clientMetadata"] == {"plan": "pro"}

    @evidence("observed", "amplify-js#4439; documented as not stored")
    def test_the_client_metadata_of_sign_up_is_not_passed_on(self, sign_up, confirm, cognito_pool):
        confirm(sign_up(ClientMetadata={"plan": "pro"}))
        assert "clientMetadata" not in cognito_pool.triggers.one("PostConfirmation").payload["request"]

    @evidence("observed", "amplify-cli#2735: the user is confirmed, and the flag stays")
    def test_a_failing_function_leaves_the_user_confirmed_and_verified(self, sign_up, confirm, cognito_pool, refused):
        code = sign_up()
        cognito_pool.on("PostConfirmation", raises=ValueError("mail is down"))
        with refused("UserLambdaValidationException", "PostConfirmation failed with error mail is down."):
            confirm(code)
        assert state(cognito_pool) == ("CONFIRMED", "true")

    @evidence("inferred", "follows from the status, which stays CONFIRMED")
    def test_a_retry_after_a_failing_function_is_refused(self, sign_up, confirm, cognito_pool, refused):
        code = sign_up()
        cognito_pool.on("PostConfirmation", raises=ValueError("mail is down"))
        with refused("UserLambdaValidationException"):
            confirm(code)
        with refused("NotAuthorizedException", CONFIRMED):
            confirm(code)
        assert len(cognito_pool.triggers.of("PostConfirmation")) == 1

    @evidence("inferred", "a refused request does not invoke it")
    def test_a_refused_confirm_does_not_invoke_post_confirmation(self, sign_up, confirm, cognito_pool, refused):
        code = sign_up()
        with refused("CodeMismatchException"):
            confirm(wrong(code))
        assert cognito_pool.triggers.of("PostConfirmation") == []


class TestCode:
    @evidence("observed", "public capture: six digits")
    def test_a_code_has_six_digits(self, sign_up):
        code = sign_up()
        assert (len(code), code.isdecimal(), code.isascii()) == (6, True, True)

    @evidence("observed", "floci-rec confirm-sign-up.error.code-mismatch: the user stays UNCONFIRMED")
    def test_a_wrong_code_is_refused(self, sign_up, confirm, cognito_pool, refused):
        code = sign_up()
        with refused("CodeMismatchException", MISMATCH):
            confirm(wrong(code))
        assert cognito_pool.calls[-1].why == f"the code last sent to 'ana' is {code!r}"
        assert state(cognito_pool) == ("UNCONFIRMED", "false")
        assert cognito_pool.users["ana"].history == []

    @evidence("inferred", "a wrong code does not make the right code invalid")
    def test_the_right_code_works_after_a_wrong_code(self, sign_up, confirm, cognito_pool, refused):
        code = sign_up()
        with refused("CodeMismatchException"):
            confirm(wrong(code))
        confirm(code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("observed", "public capture of the text")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=[])
    def test_a_code_counts_as_expired_when_no_code_was_sent(self, sign_up, confirm, cognito_pool, refused):
        assert sign_up() is None
        with refused("ExpiredCodeException", EXPIRED):
            confirm("123456")
        assert cognito_pool.calls[-1].why == "no code was sent to 'ana'"

    @evidence("observed", "public capture of the text; add_user sends no code")
    def test_a_code_counts_as_expired_for_a_user_made_with_add_user(self, confirm, cognito_pool, refused):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        with refused("ExpiredCodeException", EXPIRED):
            confirm("123456")

    @evidence("documented", "developer guide limits, signing-up: 24 hours")
    def test_a_code_is_valid_for_24_hours(self, sign_up, confirm, cognito, cognito_pool):
        code = sign_up()
        cognito.clock.advance(hours=23, minutes=59)
        confirm(code)
        assert state(cognito_pool) == ("CONFIRMED", "true")

    @evidence("documented", "developer guide limits, signing-up: 24 hours; text observed aws-sdk-ios-samples#144")
    def test_a_code_expires_after_24_hours(self, sign_up, confirm, cognito, cognito_pool, refused):
        code = sign_up()
        cognito.clock.advance(hours=24, seconds=1)
        with refused("ExpiredCodeException", EXPIRED):
            confirm(code)
        assert state(cognito_pool) == ("UNCONFIRMED", "false")

    @evidence("inferred", "documented to the hour")
    def test_a_code_is_valid_up_to_exactly_24_hours(self, sign_up, confirm, cognito_pool, passed):
        code = sign_up()
        passed(DAY)
        confirm(code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "the age of the code that was sent decides, whatever code is given")
    def test_a_wrong_code_counts_as_expired_when_the_right_code_is_expired(
        self, sign_up, confirm, cognito_pool, passed, refused
    ):
        code = sign_up()
        passed(DAY + 90)
        with refused("ExpiredCodeException", EXPIRED):
            confirm(wrong(code))
        assert cognito_pool.calls[-1].why == "the code of 'ana' expired 90 s ago"

    @evidence("documented", "developer guide: a code that is sent again replaces the one before")
    def test_a_resent_code_replaces_the_first_code(self, sign_up, confirm, resend, cognito_pool, refused):
        first = sign_up()
        resend()
        with refused("CodeMismatchException", MISMATCH):
            confirm(first)
        confirm(cognito_pool.outbox[-1].code)
        assert state(cognito_pool) == ("CONFIRMED", "true")

    @evidence("inferred", "otherwise a replaced code would still be valid once in a million times")
    def test_a_resent_code_differs_from_the_first_code(self, sign_up, resend, cognito_pool, monkeypatch):
        drawn = iter(["111111", "111111", "111111", "222222"])
        monkeypatch.setattr(ids, "code", lambda: next(drawn))
        sign_up()
        resend()
        assert [message.code for message in cognito_pool.outbox] == ["111111", "222222"]

    @evidence("documented", "developer guide limits: 24 hours, from when it was sent")
    def test_a_resent_code_is_valid_for_24_hours_from_when_it_was_sent(
        self, sign_up, confirm, resend, cognito_pool, passed
    ):
        sign_up()
        passed(20 * HOUR)
        resend()
        passed(20 * HOUR + DAY)
        confirm(cognito_pool.outbox[-1].code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "a code is valid for one user only")
    def test_the_code_of_another_user_is_refused(self, sign_up, confirm, monkeypatch, refused):
        drawn = iter(["111111", "222222"])
        monkeypatch.setattr(ids, "code", lambda: next(drawn))
        sign_up("ana")
        sign_up("bob", {"email": "bob@example.com"})
        with refused("CodeMismatchException", MISMATCH):
            confirm("222222", "ana")

    @evidence("inferred", "a code is deleted with its user")
    def test_the_code_of_a_deleted_user_is_not_valid_for_a_new_user_with_the_same_name(
        self, sign_up, confirm, cognito_pool, cognito_idp, refused
    ):
        code = sign_up()
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        with refused("ExpiredCodeException", EXPIRED):
            confirm(code)


class TestStatus:
    @evidence("observed", "public capture; the same text from ConfirmSignUp and AdminConfirmSignUp")
    def test_a_code_works_only_once(self, sign_up, confirm, cognito_pool, refused):
        code = sign_up()
        confirm(code)
        with refused("NotAuthorizedException", CONFIRMED):
            confirm(code)
        assert cognito_pool.calls[-1].why == "'ana' is CONFIRMED; only an UNCONFIRMED user can be confirmed"

    @evidence("observed", "public capture: an enumeration script sends a junk code and reads the status")
    def test_the_status_is_checked_before_the_code(self, confirm, cognito_pool, refused):
        cognito_pool.add_user("ana")
        with refused("NotAuthorizedException", CONFIRMED):
            confirm("junk")

    @evidence("observed", "public capture: the same refusal after an administrator's confirm")
    def test_a_user_confirmed_by_an_administrator_cannot_confirm_again(
        self, sign_up, confirm, cognito_pool, cognito_idp, refused
    ):
        code = sign_up()
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        with refused("NotAuthorizedException", CONFIRMED):
            confirm(code)
        assert state(cognito_pool) == ("CONFIRMED", "false")

    @evidence("inferred", "observed of CONFIRMED; the suffix is the status")
    @pytest.mark.parametrize("status", ["FORCE_CHANGE_PASSWORD", "RESET_REQUIRED", "ARCHIVED"])
    def test_a_user_of_any_other_status_is_refused(self, confirm, cognito_pool, refused, status):
        cognito_pool.add_user("ana", status=status)
        with refused("NotAuthorizedException", f"User cannot be confirmed. Current status is {status}"):
            confirm("123456")
        assert cognito_pool.users["ana"].status == status

    @evidence("inferred", "hiding is documented only for users who do not exist")
    def test_an_app_client_that_hides_users_still_shows_the_status(self, confirm, hiding, cognito_pool, refused):
        cognito_pool.add_user("ana")
        with refused("NotAuthorizedException", CONFIRMED):
            confirm("123456", ClientId=hiding)


class TestConfirmAttempts:
    @pytest.fixture
    def cognito_idp(self, cognito):
        """A client that tries once: some releases of botocore retry after LimitExceededException."""
        return boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))

    @pytest.fixture
    def exhausted(self, sign_up, confirm, cognito_idp):
        """The right code, after as many wrong codes as are allowed."""
        code = sign_up()
        for _ in range(15):
            with pytest.raises(cognito_idp.exceptions.CodeMismatchException):
                confirm(wrong(code))
        return code

    @evidence("documented", "developer guide limits: 15 within an hour; text observed aws-sdk-android#627")
    def test_the_sixteenth_attempt_is_refused_even_with_the_right_code(
        self, passed, exhausted, confirm, cognito_pool, refused
    ):
        passed(HOUR - 1)
        with refused("LimitExceededException", LIMIT):
            confirm(exhausted)
        assert cognito_pool.calls[-1].why == "'ana' had 15 attempts within an hour already"
        assert state(cognito_pool) == ("UNCONFIRMED", "false")

    @evidence("documented", "developer guide limits: 15 within an hour")
    def test_the_fifteenth_attempt_can_still_succeed(self, sign_up, confirm, cognito_pool, refused):
        code = sign_up()
        for _ in range(14):
            with refused("CodeMismatchException"):
                confirm(wrong(code))
        confirm(code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "documented as a number per hour; that the last 60 minutes count is not")
    def test_attempts_no_longer_count_after_an_hour(self, passed, exhausted, confirm, cognito_pool):
        passed(HOUR)
        confirm(exhausted)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "an attempt over the limit is not counted")
    def test_attempts_over_the_limit_do_not_count(self, passed, exhausted, confirm, cognito_pool, refused):
        passed(HOUR // 2)
        with refused("LimitExceededException", LIMIT):
            confirm(exhausted)
        passed(HOUR)
        confirm(exhausted)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "documented as a limit on attempts, not on attempts for one code")
    def test_a_resent_code_does_not_reset_the_attempts(self, exhausted, confirm, resend, cognito_pool, refused):
        resend()
        assert cognito_pool.outbox[-1].code != exhausted
        with refused("LimitExceededException", LIMIT):
            confirm(cognito_pool.outbox[-1].code)

    @evidence("documented", "developer guide limits: per user")
    @pytest.mark.usefixtures("exhausted")
    def test_attempts_are_counted_for_each_user(self, sign_up, confirm, cognito_pool):
        confirm(sign_up("bob", {"email": "bob@example.com"}), "bob")
        assert cognito_pool.users["bob"].status == "CONFIRMED"

    @evidence("inferred", "an administrator gives no code")
    @pytest.mark.usefixtures("exhausted")
    def test_an_administrator_can_confirm_a_user_over_the_limit(self, cognito_pool, cognito_idp):
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "each attempt is counted exactly once")
    def test_only_fifteen_of_many_simultaneous_attempts_are_checked(
        self, sign_up, confirm, cognito_pool, cognito_idp, at_once
    ):
        code = sign_up()

        def run():
            with pytest.raises(cognito_idp.exceptions.ClientError):
                confirm(wrong(code))

        at_once(20, run)
        codes = sorted(call.error.code for call in cognito_pool.calls.of("ConfirmSignUp"))
        assert codes == ["CodeMismatchException"] * 15 + ["LimitExceededException"] * 5

    @evidence(
        "inferred", "the model declares TooManyFailedAttemptsException; no source says when it is raised, so it is not"
    )
    def test_more_attempts_over_the_limit_get_the_same_error(self, passed, exhausted, confirm, cognito_pool, refused):
        for _ in range(31):
            with refused("LimitExceededException", LIMIT):
                confirm(exhausted)
        passed(HOUR)
        confirm(exhausted)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "a new user with the same name has made no attempt")
    def test_a_new_user_with_the_name_of_a_deleted_user_has_no_attempts(
        self, exhausted, confirm, sign_up, cognito_pool, cognito_idp, refused
    ):
        for _ in range(15):
            with refused("LimitExceededException", LIMIT):
                confirm(exhausted)
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        confirm(sign_up())
        assert cognito_pool.users["ana"].status == "CONFIRMED"


class TestSession:
    @evidence("inferred", "an answer without the session that was asked for would be wrong")
    def test_the_session_parameter_is_not_supported(self, keys):
        cognito, client = Cognito(), boto3.client("cognito-idp", **keys)
        pool = cognito.create_pool(AutoVerifiedAttributes=["email"])
        pool.add_user("ana", status="UNCONFIRMED")
        with pytest.raises(UnsupportedOperationError) as caught, cognito:
            client.confirm_sign_up(ClientId=pool.client.id, Username="ana", ConfirmationCode="123456", Session="s" * 20)
        assert str(caught.value) == (
            "ConfirmSignUp with Session is not simulated by pytest-cognito-pool.\n"
            "Leave it out, or, if the application makes this call, give your own reply: "
            "cognito.answer('ConfirmSignUp', {...})"
        )
        assert pool.users["ana"].status == "UNCONFIRMED"


@pytest.fixture(params=["ConfirmSignUp", "ResendConfirmationCode"])
def ask(request, cognito_pool, cognito_idp):
    """Either operation, with a code where it takes one: the last code that was sent, if any."""

    def ask(username="ana", **given):
        parameters = {"ClientId": cognito_pool.client.id, "Username": username, **given}
        if request.param == "ResendConfirmationCode":
            return cognito_idp.resend_confirmation_code(**parameters)
        code = cognito_pool.outbox[-1].code if cognito_pool.outbox else "123456"
        return cognito_idp.confirm_sign_up(ConfirmationCode=code, **parameters)

    return ask


class TestClient:
    """How both operations answer about app clients and users that do not exist."""

    @pytest.fixture
    def secretive(self, cognito_pool):
        return cognito_pool.create_client(GenerateSecret=True)

    @evidence("observed", "public capture of the text, of SignUp")
    def test_an_unknown_app_client_is_refused(self, ask, refused):
        with refused("ResourceNotFoundException", "User pool client abc does not exist."):
            ask(ClientId="abc")

    @evidence("observed", "amplify-android#2504")
    def test_a_missing_secret_hash_is_refused(self, ask, secretive, sign_up, cognito_pool, refused):
        sign_up()
        text = f"Client {secretive.id} is configured with secret but SECRET_HASH was not received"
        with refused("NotAuthorizedException", text):
            ask(ClientId=secretive.id)
        assert state(cognito_pool) == ("UNCONFIRMED", "false")
        assert len(cognito_pool.outbox) == 1

    @evidence("observed", "aws-sdk-net-extensions-cognito#122, amplify-android#3111")
    def test_a_wrong_secret_hash_is_refused(self, ask, secretive, sign_up, refused):
        sign_up()
        with refused("NotAuthorizedException", f"SecretHash does not match for the client: {secretive.id}"):
            ask(ClientId=secretive.id, SecretHash=secretive.secret_hash("bob"))

    @evidence("observed", "qwigo/warrant#74: over the username as written")
    def test_the_right_secret_hash_is_accepted(self, ask, secretive, sign_up):
        sign_up()
        reply = ask(ClientId=secretive.id, SecretHash=secretive.secret_hash("ana"))
        assert reply["ResponseMetadata"]["HTTPStatusCode"] == 200

    @evidence("observed", "qwigo/warrant#74: over the username as written in the same request")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_secret_hash_is_computed_over_the_username_as_written(
        self, ask, secretive, sign_up, cognito_pool, refused
    ):
        sign_up("ana@example.com", {})
        sub = cognito_pool.users["ana@example.com"].sub
        with refused("NotAuthorizedException", f"SecretHash does not match for the client: {secretive.id}"):
            ask("ana@example.com", ClientId=secretive.id, SecretHash=secretive.secret_hash(sub))
        ask("ana@example.com", ClientId=secretive.id, SecretHash=secretive.secret_hash("ana@example.com"))
        assert cognito_pool.calls[-1].error is None

    @evidence("inferred", "reported for a client without a secret")
    def test_a_secret_hash_for_an_app_client_without_a_secret_is_refused(self, ask, sign_up, refused):
        sign_up()
        with refused("NotAuthorizedException"):
            ask(SecretHash="aGFzaA==")

    @evidence("inferred", "a caller without the secret learns nothing about users")
    def test_the_secret_hash_is_checked_before_the_user(self, ask, secretive, refused):
        with refused("NotAuthorizedException"):
            ask("nobody", ClientId=secretive.id)

    @evidence("inferred", "observed of ForgotPassword (floci-rec); the same here is of medium confidence")
    @pytest.mark.parametrize("settings", [{}, {"PreventUserExistenceErrors": "LEGACY"}])
    def test_an_unknown_user_is_refused(self, ask, cognito_pool, refused, settings):
        client = cognito_pool.create_client(**settings)
        cognito_pool.add_user("ann")
        with refused("UserNotFoundException", NOT_FOUND):
            ask(ClientId=client.id)
        assert cognito_pool.calls[-1].why == (f"no user of {cognito_pool.id} has the name 'ana'; did you mean 'ann'?")

    @evidence("documented", "developer guide cognito-user-pool-managing-errors: ExpiredCode or CodeMismatch")
    def test_an_unknown_user_has_an_expired_code_if_the_app_client_hides_users(
        self, confirm, hiding, cognito_pool, refused
    ):
        with refused("ExpiredCodeException", EXPIRED):
            confirm("123456", ClientId=hiding)
        assert cognito_pool.calls[-1].why == f"no user of {cognito_pool.id} has the name 'ana'; it has no users"

    @evidence("inferred", "hiding users changes nothing for users who exist")
    def test_an_existing_user_can_confirm_if_the_app_client_hides_users(
        self, sign_up, confirm, hiding, cognito_pool, refused
    ):
        code = sign_up()
        with refused("CodeMismatchException", MISMATCH):
            confirm(wrong(code), ClientId=hiding)
        confirm(code, ClientId=hiding)
        assert cognito_pool.users["ana"].status == "CONFIRMED"
