"""Forgotten passwords: facts/lifecycle.md F4 and C2, facts/texts-found-later.md 4.5, 4.10 and 4.15."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import UnreportedError, UnsupportedOperationError

evidence = pytest.mark.evidence
NOWHERE = (
    "InvalidParameterException",
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
)
IMPOSSIBLE = ("NotAuthorizedException", "User password cannot be reset in the current state.")
HIDING = {"PreventUserExistenceErrors": "ENABLED"}
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
PHONE = "+15551234567"


def mechanisms(*names):
    ranked = [{"Name": name, "Priority": number} for number, name in enumerate(names, 1)]
    return {"AccountRecoverySetting": {"RecoveryMechanisms": ranked}}


@pytest.fixture
def forgot(cognito_pool, cognito_idp):
    """Ask for a code; return the CodeDeliveryDetails."""

    def forgot(username="ana", client=None, **given):
        given |= {"ClientId": (client or cognito_pool.client).id, "Username": username}
        return cognito_idp.forgot_password(**given)["CodeDeliveryDetails"]

    return forgot


@pytest.fixture
def confirm(cognito_pool, cognito_idp):
    """Enter a code, the last one that was sent when none is given."""

    def confirm(code=None, password="N3w-passw0rd", username="ana", client=None, **given):
        given |= {"ClientId": (client or cognito_pool.client).id, "Username": username, "Password": password}
        return cognito_idp.confirm_forgot_password(ConfirmationCode=code or cognito_pool.outbox[-1].code, **given)

    return confirm


@pytest.fixture
def reset(cognito_pool, cognito_idp):
    """Reset a password as an administrator."""

    def reset(username="ana", **given):
        return cognito_idp.admin_reset_user_password(UserPoolId=cognito_pool.id, Username=username, **given)

    return reset


@pytest.fixture
def ana(passed, cognito_pool):
    return cognito_pool.add_user("ana")


class TestForgotPassword:
    @evidence("observed", "the form of details: floci-rec; the event: documented")
    def test_a_code_is_sent(self, ana, cognito_pool, forgot):
        details = {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "a***@e***"}
        assert forgot(ClientMetadata={"a": "b"}) == details
        message = cognito_pool.outbox.one()
        assert (message.recipient, message.occasion) == ("ana@example.com", "ForgotPassword")
        event = cognito_pool.triggers.one("CustomMessage").payload
        assert event["triggerSource"] == "CustomMessage_ForgotPassword"
        assert event["callerContext"]["clientId"] == cognito_pool.client.id
        assert event["request"]["clientMetadata"] == {"a": "b"}
        assert ana.status == "CONFIRMED"

    @evidence("documented", "model, AccountRecoverySetting: SMS first where it is not set")
    @pytest.mark.parametrize(
        ("names", "verified", "expected"),
        [
            ((), {"email", "phone_number"}, "phone_number"),
            ((), {"email"}, "email"),
            (("verified_email", "verified_phone_number"), {"email", "phone_number"}, "email"),
            (("verified_email", "verified_phone_number"), {"phone_number"}, "phone_number"),
            (("verified_phone_number",), {"email"}, None),
            ((), set(), None),
        ],
    )
    def test_the_account_recovery_setting_decides_where_the_code_goes(
        self, cognito, cognito_idp, refused, names, verified, expected
    ):
        pool = cognito.create_pool(**(mechanisms(*names) if names else {}))
        flags = {f"{name}_verified": str(name in verified).lower() for name in ("email", "phone_number")}
        pool.add_user("ana", phone_number=PHONE, attributes=flags)
        if expected:
            reply = cognito_idp.forgot_password(ClientId=pool.client.id, Username="ana")
            assert reply["CodeDeliveryDetails"]["AttributeName"] == expected
            return
        with refused(*NOWHERE):
            cognito_idp.forgot_password(ClientId=pool.client.id, Username="ana")

    @evidence("observed", "floci-rec; captures of the other texts")
    def test_an_unknown_or_disabled_or_temporary_or_unverified_user_is_refused(self, cognito_pool, forgot, refused):
        with refused("UserNotFoundException", "Username/client id combination not found."):
            forgot()
        cognito_pool.add_user("off", enabled=False)
        with refused("NotAuthorizedException", "User is disabled."):
            forgot("off")
        cognito_pool.add_user("temporary", status="FORCE_CHANGE_PASSWORD")
        with refused(*IMPOSSIBLE):
            forgot("temporary")
        cognito_pool.add_user("new", status="UNCONFIRMED")
        with refused(*NOWHERE):
            forgot("new")

    @evidence("inferred", "no capture of admin_only")
    @pytest.mark.cognito_pool(**mechanisms("admin_only"))
    def test_the_request_is_refused_if_only_administrators_may_reset(self, ana, forgot, refused):
        with refused("NotAuthorizedException"):
            forgot()

    @evidence("documented", "guide: nothing tells whether a user exists; observed, amplify-js#7253, #7696")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_an_app_client_that_hides_users_answers_as_if_a_code_was_sent(self, cognito_pool, forgot):
        client = cognito_pool.create_client(**HIDING)
        cognito_pool.add_user("off", enabled=False)
        cognito_pool.add_user("new", status="UNCONFIRMED")
        cognito_pool.add_user("bare", attributes={"email_verified": "false"})
        for name in ("nobody", "off", "new", "bare"):
            assert forgot(name, client)["AttributeName"] == "email"
        assert cognito_pool.outbox == []
        cognito_pool.add_user("ana")
        assert forgot("ana", client)["Destination"] == "a***@e***"
        assert cognito_pool.outbox.one().recipient == "ana@example.com"

    @evidence("observed", "texts-found-later 4.5: the state of the user is shown")
    @pytest.mark.parametrize("email", [None, ""])
    def test_an_app_client_that_hides_users_still_refuses_a_temporary_user(self, cognito_pool, forgot, refused, email):
        cognito_pool.add_user("temporary", status="FORCE_CHANGE_PASSWORD", email=email)
        with refused(*IMPOSSIBLE):
            forgot("temporary", cognito_pool.create_client(**HIDING))

    @evidence("inferred", "the setting of the pool is not a secret")
    @pytest.mark.cognito_pool(**mechanisms("admin_only"))
    def test_an_app_client_that_hides_users_does_not_hide_that_administrators_reset(
        self, cognito_pool, forgot, refused
    ):
        with refused("NotAuthorizedException"):
            forgot("nobody", cognito_pool.create_client(**HIDING))

    @evidence("documented", "guide: the medium follows the form of the name")
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    @pytest.mark.parametrize(
        ("name", "details"), [("bob@example.com", ("email", "b***@e***")), (PHONE, ("phone_number", "+*******4567"))]
    )
    def test_the_medium_for_an_unknown_user_follows_the_form_of_the_username(self, cognito_pool, forgot, name, details):
        client = cognito_pool.create_client(**HIDING)
        answered = forgot(name, client)
        assert (answered["AttributeName"], answered["Destination"]) == details
        cognito_pool.add_user(name)
        assert forgot(name, client) == answered

    @evidence("inferred", "the limit must not show that the user does not exist")
    def test_too_many_attempts_for_an_unknown_user_are_refused_too(self, passed, cognito_pool, forgot, refused):
        client = cognito_pool.create_client(**HIDING)
        for _ in range(20):
            forgot("nobody", client)
        with refused("LimitExceededException"):
            forgot("nobody", client)

    @evidence("documented", "5 to 20 an hour, by risk, together with confirming")
    def test_too_many_attempts_within_an_hour_are_refused(self, ana, passed, forgot, confirm, refused):
        for _ in range(10):
            forgot()
            with refused(*MISMATCH):
                confirm("no")
        with refused("LimitExceededException", "Attempt limit exceeded, please try after some time."):
            forgot()
        with refused("LimitExceededException", "Attempt limit exceeded, please try after some time."):
            confirm("no")
        passed(3600)
        assert forgot()

    @evidence("observed", "amplify-android#2504")
    def test_an_app_client_with_a_secret_needs_the_secret_hash(self, ana, cognito_pool, forgot, confirm, refused):
        client = cognito_pool.create_client(GenerateSecret=True)
        text = f"Client {client.id} is configured with secret but SECRET_HASH was not received"
        with refused("NotAuthorizedException", text):
            forgot(client=client)
        with refused("NotAuthorizedException", text):
            confirm("no", client=client)
        hashed = {"SecretHash": client.secret_hash("ana")}
        forgot(client=client, **hashed)
        confirm(client=client, **hashed)

    @evidence("inferred", "a refusal would be wrong if the function knows the user")
    def test_an_unknown_user_is_not_supported_in_a_pool_with_user_migration(self, cognito_pool, cognito, forgot):
        cognito_pool.on("UserMigration", lambda event, _context: event)
        with pytest.raises(UnsupportedOperationError, match="ForgotPassword with a UserMigration trigger"):
            forgot()
        with pytest.raises(UnreportedError):
            cognito.check()


class TestConfirmForgotPassword:
    @evidence("documented", "guide; the source of the event: PostConfirmation_ConfirmForgotPassword")
    @pytest.mark.parametrize("status", ["CONFIRMED", "RESET_REQUIRED"])
    def test_the_password_is_replaced(self, passed, cognito_pool, cognito_idp, forgot, confirm, status):
        ana = cognito_pool.add_user("ana", status=status)
        forgot()
        reply = confirm(ClientMetadata={"a": "b"})
        assert {*reply} == {"ResponseMetadata"}
        assert (ana.status, ana.password) == ("CONFIRMED", "N3w-passw0rd")
        assert [change.operation for change in ana.history] == ["ConfirmForgotPassword"] * (status != "CONFIRMED")
        event = cognito_pool.triggers.one("PostConfirmation").payload
        assert event["triggerSource"] == "PostConfirmation_ConfirmForgotPassword"
        assert event["request"]["userAttributes"]["cognito:user_status"] == "CONFIRMED"
        assert event["request"]["clientMetadata"] == {"a": "b"}
        parameters = {"USERNAME": "ana", "PASSWORD": "N3w-passw0rd"}
        assert cognito_idp.initiate_auth(
            ClientId=cognito_pool.client.id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters
        )["AuthenticationResult"]

    @evidence("observed", "public captures; of a replaced code: inferred")
    def test_a_wrong_or_replaced_or_used_code_is_refused(self, ana, cognito_pool, forgot, confirm, refused):
        with refused(*EXPIRED):
            confirm("123456")
        forgot()
        first = cognito_pool.outbox.one().code
        forgot()
        with refused(*MISMATCH):
            confirm(first)
        confirm()
        with refused(*EXPIRED):
            confirm()

    @evidence("documented", "quota: a code to reset a password lasts an hour")
    @pytest.mark.parametrize(("seconds", "works"), [(3600, True), (3601, False)])
    def test_a_code_expires_after_an_hour(self, passed, ana, forgot, confirm, refused, seconds, works):
        forgot()
        passed(seconds)
        if works:
            confirm()
            return
        with refused(*EXPIRED):
            confirm()

    @evidence("observed", "public captures of the prefix; that the code stays: inferred")
    @pytest.mark.cognito_pool(Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 1}})
    def test_a_refused_password_leaves_the_code_valid(self, ana, forgot, confirm, refused):
        forgot()
        with refused("InvalidPasswordException", "Password does not conform to policy: Password not long enough"):
            confirm(password="short1")
        with refused("PasswordHistoryPolicyViolationException"):
            confirm(password="Passw0rd!")
        confirm()

    @evidence("observed", "texts; the step of each is inferred")
    def test_an_unknown_or_disabled_or_unconfirmed_user_is_refused(self, cognito_pool, confirm, refused):
        with refused("UserNotFoundException", "Username/client id combination not found."):
            confirm("123456")
        cognito_pool.add_user("off", enabled=False)
        with refused("NotAuthorizedException", "User is disabled."):
            confirm("123456", username="off")
        cognito_pool.add_user("new", status="UNCONFIRMED", attributes={"email_verified": "true"})
        with refused("UserNotConfirmedException", "User is not confirmed."):
            confirm("123456", username="new")

    @evidence("documented", "guide: CodeMismatch, or Expired where no code was asked for")
    @pytest.mark.parametrize("name", ["nobody", "off"])
    def test_an_app_client_that_hides_users_answers_with_a_wrong_or_expired_code(
        self, passed, cognito_pool, forgot, confirm, refused, name
    ):
        client = cognito_pool.create_client(**HIDING)
        cognito_pool.add_user("off", enabled=False)
        with refused(*EXPIRED):
            confirm("123456", username=name, client=client)
        forgot(name, client)
        with refused(*MISMATCH):
            confirm("123456", username=name, client=client)
        passed(3601)
        with refused(*EXPIRED):
            confirm("123456", username=name, client=client)

    @evidence("inferred", "a code that was sent is valid, even if the address is unverified later")
    def test_a_sent_code_works_although_the_address_is_no_longer_verified(
        self, ana, cognito_pool, cognito_idp, forgot, confirm
    ):
        client = cognito_pool.create_client(**HIDING)
        forgot(client=client)
        flag = {"Name": "email_verified", "Value": "false"}
        cognito_idp.admin_update_user_attributes(UserPoolId=cognito_pool.id, Username="ana", UserAttributes=[flag])
        confirm(client=client)
        assert ana.password == "N3w-passw0rd"

    @evidence("documented", "guide: CodeMismatch, or Expired where no code was asked for")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_a_user_without_a_verified_address_is_answered_like_an_unknown_user(
        self, passed, cognito_pool, forgot, confirm, refused
    ):
        client = cognito_pool.create_client(**HIDING)
        cognito_pool.add_user("bare", attributes={"email_verified": "false"})
        with refused(*EXPIRED):
            confirm("123456", username="bare", client=client)
        forgot("bare", client)
        with refused(*MISMATCH):
            confirm("123456", username="bare", client=client)

    @evidence("inferred", "no code is right for a user who does not exist")
    def test_no_code_is_right_for_an_unknown_user(self, passed, cognito_pool, monkeypatch, forgot, confirm, refused):
        client = cognito_pool.create_client(**HIDING)
        monkeypatch.setattr("pytest_cognito_pool._service.ids.code", lambda: "123456")
        forgot("nobody", client)
        with refused(*MISMATCH):
            confirm("123456", username="nobody", client=client)

    @evidence("observed", "amplify-cli#2735, of PostConfirmation: the change stays")
    def test_the_password_is_replaced_although_post_confirmation_fails(
        self, ana, cognito_pool, forgot, confirm, refused
    ):
        cognito_pool.on("PostConfirmation", raises=ValueError("no"))
        forgot()
        with refused("UserLambdaValidationException", "PostConfirmation failed with error no."):
            confirm()
        assert ana.password == "N3w-passw0rd"


class TestAdminResetUserPassword:
    @evidence("observed", "facts: CONFIRMED to RESET_REQUIRED, with a code that resets the password")
    def test_the_user_must_reset_the_password_with_a_code(
        self, ana, cognito_pool, cognito_idp, reset, confirm, refused
    ):
        reply = reset(ClientMetadata={"a": "b"})
        assert {*reply} == {"ResponseMetadata"}
        assert [(each.before, each.after) for each in ana.history] == [("CONFIRMED", "RESET_REQUIRED")]
        event = cognito_pool.triggers.one("CustomMessage").payload
        assert event["triggerSource"] == "CustomMessage_ForgotPassword"
        assert event["request"]["clientMetadata"] == {"a": "b"}
        given = {"ClientId": cognito_pool.client.id, "AuthFlow": "USER_PASSWORD_AUTH"}
        with refused("PasswordResetRequiredException"):
            cognito_idp.initiate_auth(**given, AuthParameters={"USERNAME": "ana", "PASSWORD": "Passw0rd!"})
        confirm()
        assert ana.status == "CONFIRMED"

    @evidence("inferred", "another fake: it succeeds again")
    def test_a_second_reset_sends_another_code(self, ana, cognito_pool, reset):
        reset()
        reset()
        assert len(ana.history) == 1
        assert len(cognito_pool.outbox) == 2

    @evidence("observed", "captures; of a disabled user the words")
    def test_an_unknown_or_temporary_or_unreachable_or_disabled_user_is_refused(self, cognito_pool, reset, refused):
        with refused("UserNotFoundException", "User does not exist."):
            reset()
        cognito_pool.add_user("temporary", status="FORCE_CHANGE_PASSWORD")
        with refused(*IMPOSSIBLE):
            reset("temporary")
        cognito_pool.add_user("bare", email="")
        with refused(*NOWHERE):
            reset("bare")
        cognito_pool.add_user("off", enabled=False)
        with refused("NotAuthorizedException"):
            reset("off")
