"""What holds for every trigger: facts/lifecycle.md, section G."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import Transition

evidence = pytest.mark.evidence
EMAIL = {"Name": "email", "Value": "ana@example.com"}
INVALID_JSON = "Invalid lambda function output : Invalid JSON"
UNRECOGNIZABLE = "Unrecognizable lambda output"


def echo(event, _context):
    return event


def auto_confirm(event, _context):
    event["response"]["autoConfirmUser"] = True
    return event


# Each function prepares what its operation needs, and returns the call that invokes the trigger.
def signing_up(pool, idp):
    return lambda: idp.sign_up(
        ClientId=pool.client.id, Username="ana", Password="Passw0rd!", UserAttributes=[EMAIL], ClientMetadata={"k": "v"}
    )


def signing_up_and_being_confirmed(pool, idp):
    pool.on("PreSignUp", auto_confirm)
    return signing_up(pool, idp)


def confirming_as_administrator(pool, idp):
    signing_up(pool, idp)()
    return lambda: idp.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")


def confirming_with_the_code(pool, idp):
    signing_up(pool, idp)()
    code = pool.outbox[-1].code
    return lambda: idp.confirm_sign_up(ClientId=pool.client.id, Username="ana", ConfirmationCode=code)


def asking_for_another_code(pool, idp):
    signing_up(pool, idp)()
    return lambda: idp.resend_confirmation_code(ClientId=pool.client.id, Username="ana")


def changing_the_address(pool, idp):
    pool.add_user("ana", email="old@example.com")
    return lambda: idp.admin_update_user_attributes(UserPoolId=pool.id, Username="ana", UserAttributes=[EMAIL])


def creating_as_administrator(pool, idp):
    return lambda: idp.admin_create_user(
        UserPoolId=pool.id, Username="ana", UserAttributes=[EMAIL], DesiredDeliveryMediums=["EMAIL"]
    )


# With the status and the email_verified of the user after a function that failed: None if there is no user.
OCCASIONS = [
    pytest.param(
        signing_up, "PreSignUp_SignUp", None, id="PreSignUp of SignUp", marks=evidence("observed", "lifecycle G4")
    ),
    pytest.param(
        creating_as_administrator,
        "PreSignUp_AdminCreateUser",
        None,
        id="PreSignUp of AdminCreateUser",
        marks=evidence("inferred", "as for a sign-up"),
    ),
    pytest.param(
        signing_up_and_being_confirmed,
        "PostConfirmation_ConfirmSignUp",
        ("CONFIRMED", "false"),
        id="PostConfirmation of SignUp",
        marks=evidence("inferred", "lifecycle A4: the user is already stored"),
    ),
    pytest.param(
        confirming_as_administrator,
        "PostConfirmation_ConfirmSignUp",
        ("CONFIRMED", "false"),
        id="PostConfirmation of AdminConfirmSignUp",
        marks=evidence("inferred", "observed of ConfirmSignUp: amplify-cli#2735"),
    ),
    pytest.param(
        confirming_with_the_code,
        "PostConfirmation_ConfirmSignUp",
        ("CONFIRMED", "true"),
        id="PostConfirmation of ConfirmSignUp",
        marks=evidence("observed", "amplify-cli#2735; the flag stays: lifecycle G4"),
    ),
    pytest.param(
        signing_up,
        "CustomMessage_SignUp",
        ("UNCONFIRMED", "false"),
        id="CustomMessage of SignUp",
        marks=evidence("inferred", "the user is stored before the message is made"),
    ),
    pytest.param(
        asking_for_another_code,
        "CustomMessage_ResendCode",
        ("UNCONFIRMED", "false"),
        id="CustomMessage of ResendConfirmationCode",
        marks=evidence("inferred", "no source; the user does not change"),
    ),
    pytest.param(
        changing_the_address,
        "CustomMessage_UpdateUserAttribute",
        ("CONFIRMED", "false"),
        id="CustomMessage of AdminUpdateUserAttributes",
        marks=evidence("inferred", "the attributes are stored before the message is made"),
    ),
    pytest.param(
        creating_as_administrator,
        "CustomMessage_AdminCreateUser",
        ("FORCE_CHANGE_PASSWORD", None),
        id="CustomMessage of AdminCreateUser",
        marks=evidence("inferred", "the user is stored before the message is made"),
    ),
]
ENDS = [
    pytest.param(
        {"raises": ValueError("mail is down")},
        ("UserLambdaValidationException", "{} failed with error mail is down."),
        ("the function raised ValueError", 1),
        id="raises",
    ),
    pytest.param(
        {"returns": None},
        ("InvalidLambdaResponseException", INVALID_JSON),
        ("the function returned None; it must return the event", 1),
        id="returns None",
    ),
    pytest.param(
        {"returns": "done"},
        ("InvalidLambdaResponseException", UNRECOGNIZABLE),
        ("the function returned 'done'; it must return the event", 1),
        id="returns a text",
    ),
    pytest.param(
        {"missing": True},
        ("UnexpectedLambdaException", "{} invocation failed due to error AccessDeniedException."),
        ("Lambda could not run it", 1),
        id="missing",
    ),
    pytest.param(
        {"times_out": True},
        (
            "UnexpectedLambdaException",
            "{} invocation failed due to error Socket timeout while invoking Lambda function.",
        ),
        ("no answer within 5 seconds, three times", 3),
        id="times out",
    ),
]


@pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
class TestEveryTrigger:
    @pytest.mark.parametrize(("end", "error", "noted"), ENDS)
    @pytest.mark.parametrize(("occasion", "source", "user"), OCCASIONS)
    def test_the_request_is_refused_if_the_function_fails(
        self, cognito_pool, cognito_idp, refused, occasion, source, user, end, error, noted
    ):
        act = occasion(cognito_pool, cognito_idp)
        sent, (code, text) = list(cognito_pool.outbox), error
        with cognito_pool.on(source, **end), refused(code, text.format(source.split("_")[0])):
            act()
        found = cognito_pool.users.get("ana")
        assert user == (found and (found.status, found.attributes.get("email_verified")))
        assert not found or found.attributes["email"] == "ana@example.com"
        assert cognito_pool.outbox == sent
        invocation, call = cognito_pool.triggers[-1], cognito_pool.calls[-1]
        assert (invocation.source, invocation.why, invocation.attempts) == (source, *noted)
        assert invocation.answer == (end.get("returns"))
        assert invocation.error is end.get("raises")
        assert invocation.call is call
        assert call.invocations[-1] is invocation
        assert call.why == invocation.why

    @pytest.mark.parametrize(("occasion", "source", "user"), OCCASIONS)
    def test_a_function_may_return_its_event_unchanged(self, cognito_pool, cognito_idp, occasion, source, user):
        act = occasion(cognito_pool, cognito_idp)
        cognito_pool.on(source, echo)
        act()
        invocation = cognito_pool.triggers.of(source)[-1]
        assert invocation.answer == invocation.payload
        assert (invocation.attempts, invocation.why, invocation.error) == (1, "", None)
        assert user is None or cognito_pool.users["ana"].status == user[0]

    @evidence("inferred", "facts, section 7: a second call finds the new status")
    @pytest.mark.parametrize("end", [{"raises": ValueError}, {"returns": None}, {"missing": True}, {"times_out": True}])
    def test_after_a_failing_post_confirmation_the_retry_is_refused(
        self, cognito_pool, cognito_idp, confirm, refused, end
    ):
        with cognito_pool.on("PostConfirmation", **end), pytest.raises(cognito_idp.exceptions.ClientError):
            confirm()
        assert cognito_pool.users["ana"].history == [Transition("UNCONFIRMED", "CONFIRMED", "AdminConfirmSignUp", at=0)]
        with refused("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert len(cognito_pool.triggers) == 1

    @evidence("observed", "lifecycle G4: no user is created; the next sign-up can use the name")
    def test_after_a_failing_pre_sign_up_the_user_can_sign_up_again(self, cognito_pool, sign_up, refused):
        with cognito_pool.on("PreSignUp", raises=ValueError), refused("UserLambdaValidationException"):
            sign_up(Username="ana")
        sign_up(Username="ana")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("inferred", "no source: the code was created, its message was not sent")
    def test_after_a_failing_custom_message_the_user_can_ask_for_another_code(
        self, cognito_pool, cognito_idp, sign_up, refused
    ):
        app = {"ClientId": cognito_pool.client.id, "Username": "ana"}
        with cognito_pool.on("CustomMessage", raises=ValueError), refused("UserLambdaValidationException"):
            sign_up(Username="ana")
        assert cognito_pool.outbox == []
        cognito_idp.resend_confirmation_code(**app)
        cognito_idp.confirm_sign_up(**app, ConfirmationCode=cognito_pool.outbox[-1].code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "no function runs after one that failed")
    def test_after_a_failing_function_no_other_function_is_invoked(self, cognito_pool, sign_up, refused):
        with cognito_pool.on("PreSignUp", raises=ValueError), refused("UserLambdaValidationException"):
            sign_up(Username="ana")
        assert cognito_pool.triggers.sources == ["PreSignUp_SignUp"]

    @pytest.mark.parametrize(("occasion", "source", "user"), OCCASIONS)
    def test_each_function_gets_its_own_copy_of_the_event(self, cognito_pool, cognito_idp, occasion, source, user):
        events = []

        def spoil(event, _context):
            events.append(event)
            answer = {name: dict(part) if isinstance(part, dict) else part for name, part in event.items()}
            event["request"]["userAttributes"].clear()
            event["callerContext"]["clientId"] = "changed"
            event.pop("version")
            return answer

        act = occasion(cognito_pool, cognito_idp)
        cognito_pool.on(source, spoil)
        act()
        assert type(events[0]) is dict
        payload = cognito_pool.triggers.of(source)[-1].payload
        assert payload["version"] == "1"
        assert payload["callerContext"]["clientId"] != "changed"
        assert payload["request"]["userAttributes"]["email"] == "ana@example.com"
        assert user is None or cognito_pool.users["ana"].attributes["email"] == "ana@example.com"

    @evidence("observed", "lifecycle G1: the client's id; of an administrator's call as captured")
    @pytest.mark.parametrize(
        ("occasion", "source", "client_id"),
        [
            (signing_up, "PreSignUp_SignUp", "testclient0000000000000001"),
            (creating_as_administrator, "PreSignUp_AdminCreateUser", "CLIENT_ID_NOT_APPLICABLE"),
            (confirming_as_administrator, "PostConfirmation_ConfirmSignUp", None),
            (confirming_with_the_code, "PostConfirmation_ConfirmSignUp", "testclient0000000000000001"),
            (signing_up_and_being_confirmed, "PostConfirmation_ConfirmSignUp", "testclient0000000000000001"),
            (creating_as_administrator, "CustomMessage_AdminCreateUser", "CLIENT_ID_NOT_APPLICABLE"),
        ],
    )
    def test_the_caller_context_names_the_app_client_unless_an_administrator_calls(
        self, cognito_pool, cognito_idp, occasion, source, client_id
    ):
        occasion(cognito_pool, cognito_idp)()
        caller = cognito_pool.triggers.of(source)[-1].payload["callerContext"]
        assert caller == {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client_id}
