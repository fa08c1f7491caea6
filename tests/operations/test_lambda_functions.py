"""Lambda functions: facts/admin-confirm-sign-up.md, sections 6 and 7, and facts/lifecycle.md, section G."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import threading
import time
import traceback
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime, timezone
from decimal import Decimal
from functools import partial

import freezegun
import pytest
import time_machine

from pytest_cognito_pool import (
    CustomMessageEvent,
    PostConfirmationEvent,
    PreSignUpEvent,
    Transition,
    UnreportedError,
    UnsupportedOperationError,
)
from pytest_cognito_pool._service.clock import Stopwatch
from pytest_cognito_pool._service.triggers.lambda_context import LambdaContext

evidence = pytest.mark.evidence
OURS = evidence("inferred", "what the fake records and tells a test author; the service has no say in it")
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function"
EMAIL = {"Name": "email", "Value": "ana@example.com"}
INVALID_JSON = "Invalid lambda function output : Invalid JSON"
UNRECOGNIZABLE = "Unrecognizable lambda output"
MOMENT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


def echo(event, _context):
    return event


def auto_confirm(event, _context):
    event["response"]["autoConfirmUser"] = True
    return event


@pytest.fixture
def confirm(cognito_pool, cognito_idp):
    """Confirm a user who has signed up, as an administrator."""

    def confirm(username="ana", **given):
        cognito_pool.add_user(username, status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=username, **given)

    return confirm


@pytest.fixture
def sign_up(cognito_pool, cognito_idp):
    """Sign somebody up with an e-mail address."""
    return partial(cognito_idp.sign_up, ClientId=cognito_pool.client.id, Password="Passw0rd!", UserAttributes=[EMAIL])


# Each makes ready what its operation needs, and gives the call that invokes the trigger.
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


# With the user's status and e-mail address after a function that failed: None where there is no user.
OCCASIONS = [
    pytest.param(
        signing_up, "PreSignUp_SignUp", None, id="PreSignUp of SignUp", marks=evidence("observed", "lifecycle G4")
    ),
    pytest.param(
        creating_as_administrator,
        "PreSignUp_AdminCreateUser",
        None,
        id="PreSignUp of AdminCreateUser",
        marks=evidence("inferred", "as at a sign-up"),
    ),
    pytest.param(
        signing_up_and_being_confirmed,
        "PostConfirmation_ConfirmSignUp",
        ("CONFIRMED", "false"),
        id="PostConfirmation of SignUp",
        marks=evidence("inferred", "lifecycle A4: the user is stored by then"),
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
        marks=evidence("inferred", "facts are silent; nothing about the user changes"),
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
    def test_a_function_that_fails(self, cognito_pool, cognito_idp, refused, occasion, source, user, end, error, noted):
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
    def test_a_function_that_answers_with_its_event(self, cognito_pool, cognito_idp, occasion, source, user):
        act = occasion(cognito_pool, cognito_idp)
        cognito_pool.on(source, echo)
        act()
        invocation = cognito_pool.triggers.of(source)[-1]
        assert invocation.answer == invocation.payload
        assert (invocation.attempts, invocation.why, invocation.error) == (1, "", None)
        assert user is None or cognito_pool.users["ana"].status == user[0]

    @evidence("inferred", "facts, section 7: a second call meets the new status")
    @pytest.mark.parametrize("end", [{"raises": ValueError}, {"returns": None}, {"missing": True}, {"times_out": True}])
    def test_to_try_again_is_refused_by_the_status(self, cognito_pool, cognito_idp, confirm, refused, end):
        with cognito_pool.on("PostConfirmation", **end), pytest.raises(cognito_idp.exceptions.ClientError):
            confirm()
        assert cognito_pool.users["ana"].history == [Transition("UNCONFIRMED", "CONFIRMED", "AdminConfirmSignUp", at=0)]
        with refused("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert len(cognito_pool.triggers) == 1

    @evidence("observed", "lifecycle G4: no user; the next sign-up finds the name free")
    def test_after_a_failing_function_she_can_sign_up(self, cognito_pool, sign_up, refused):
        with cognito_pool.on("PreSignUp", raises=ValueError), refused("UserLambdaValidationException"):
            sign_up(Username="ana")
        sign_up(Username="ana")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("inferred", "facts are silent: the code was made, its message was not sent")
    def test_after_a_failing_message_she_can_ask_for_another(self, cognito_pool, cognito_idp, sign_up, refused):
        app = {"ClientId": cognito_pool.client.id, "Username": "ana"}
        with cognito_pool.on("CustomMessage", raises=ValueError), refused("UserLambdaValidationException"):
            sign_up(Username="ana")
        assert cognito_pool.outbox == []
        cognito_idp.resend_confirmation_code(**app)
        cognito_idp.confirm_sign_up(**app, ConfirmationCode=cognito_pool.outbox[-1].code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "no function runs after one that failed")
    def test_after_a_failing_function_no_other_is_invoked(self, cognito_pool, sign_up, refused):
        with cognito_pool.on("PreSignUp", raises=ValueError), refused("UserLambdaValidationException"):
            sign_up(Username="ana")
        assert cognito_pool.triggers.sources == ["PreSignUp_SignUp"]


class UnspeakableError(Exception):
    def __str__(self):
        return "told by __str__"


class TestRaising:
    @pytest.mark.parametrize(
        ("error", "text"),
        [
            pytest.param(ValueError("mail is down"), "mail is down.", marks=evidence("observed", "public captures")),
            pytest.param(
                NameError("name 'userAttributes' is not defined"),
                "name 'userAttributes' is not defined.",
                marks=evidence("observed", "capture of a Python function; the class is not told"),
            ),
            pytest.param(ValueError("X."), "X..", marks=evidence("inferred", "the stop is always added")),
            pytest.param(
                ValueError("column 582\n"),
                "column 582\n.",
                marks=evidence("observed", "aws-lambda-rust-runtime#825"),
            ),
            pytest.param(ValueError("a\nb"), "a\nb.", marks=evidence("observed", "public capture with newlines")),
            pytest.param(ValueError(f"{LAMBDA}:f"), f"{LAMBDA}:f.", marks=evidence("observed", "amplify-cli#7576")),
            pytest.param(ValueError(), ".", marks=evidence("inferred", "no capture; by the template")),
            pytest.param(ValueError(""), ".", marks=evidence("inferred", "no capture; by the template")),
            pytest.param(KeyError("plan"), "'plan'.", marks=evidence("inferred", "the text is str(error)")),
            pytest.param(ValueError("a", 1), "('a', 1).", marks=evidence("inferred", "the text is str(error)")),
            pytest.param(OSError(2, "no mail"), "[Errno 2] no mail.", marks=evidence("inferred", "str(error)")),
            pytest.param(
                UnspeakableError("x"), "told by __str__.", marks=evidence("inferred", "the text is str(error)")
            ),
            pytest.param(ValueError("{error} %s é ☃"), "{error} %s é ☃.", marks=evidence("inferred", "as it is")),
            pytest.param(StopIteration("end"), "end.", marks=evidence("inferred", "an error like any other")),
            pytest.param(TimeoutError("slow"), "slow.", marks=evidence("inferred", "an error like any other")),
            pytest.param(ValueError, ".", marks=evidence("inferred", "a class is raised as `raise` does")),
        ],
    )
    def test_the_application_is_told_the_errors_text(self, cognito_pool, confirm, refused, error, text):
        cognito_pool.on("PostConfirmation", raises=error)
        with refused("UserLambdaValidationException", f"PostConfirmation failed with error {text}"):
            confirm()
        invocation = cognito_pool.triggers[0]
        kind = error if isinstance(error, type) else type(error)
        assert invocation.why == f"the function raised {kind.__name__}"
        assert isinstance(invocation.error, kind)
        assert invocation.attempts == 1

    @evidence("inferred", "an error that cannot say what it is has its name")
    def test_an_error_without_words(self, cognito_pool, confirm, refused):
        class SpeechlessError(Exception):
            def __str__(self):
                raise ValueError

        cognito_pool.on("PostConfirmation", raises=SpeechlessError())
        with refused("UserLambdaValidationException", "PostConfirmation failed with error SpeechlessError."):
            confirm()

    @pytest.mark.parametrize(
        ("status", "end"),
        [
            pytest.param(129, "with error: exit status 129", marks=evidence("observed", "amplify-js#9127")),
            pytest.param(1, "with error: exit status 1", marks=evidence("observed", "amplify-js#9127")),
            pytest.param("bye", "with error: exit status 1", marks=evidence("inferred", "Python exits with 1")),
            pytest.param(0, "without providing a reason", marks=evidence("inferred", "how Lambda words it")),
            pytest.param(None, "without providing a reason", marks=evidence("inferred", "how Lambda words it")),
            pytest.param(False, "without providing a reason", marks=evidence("inferred", "Python exits with 0")),
            pytest.param(
                True,
                "with error: exit status 1",
                marks=[
                    evidence("inferred", "Python exits with 1"),
                ],
            ),
            pytest.param(
                -1,
                "with error: exit status 255",
                marks=[
                    evidence("inferred", "a process's status is a byte"),
                ],
            ),
        ],
    )
    def test_a_function_that_exits(self, cognito_pool, confirm, refused, status, end):
        seen = []

        @cognito_pool.on("PostConfirmation")
        def leave(_event, context):
            seen.append(context.aws_request_id)
            sys.exit(status)

        text = f"PostConfirmation failed with error RequestId: {{}} Error: Runtime exited {end}."
        with refused("UserLambdaValidationException") as caught:
            confirm()
        assert caught.value.response["Error"]["Message"] == text.format(*seen)
        assert cognito_pool.triggers[0].why == "the function raised SystemExit"
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "facts, section 7: no evidence of a second try")
    def test_a_function_that_raises_is_not_tried_again(self, cognito_pool, confirm, refused):
        runs = []

        @cognito_pool.on("PostConfirmation")
        def fail(_event, _context):
            runs.append("run")
            raise ValueError("mail is down")

        with refused("UserLambdaValidationException"):
            confirm()
        assert runs == ["run"]

    @OURS
    def test_the_error_is_kept_with_the_functions_frames(self, cognito_pool, confirm, refused):
        @cognito_pool.on("PostConfirmation")
        def fail(_event, _context):
            raise ValueError("mail is down")

        with refused("UserLambdaValidationException"):
            confirm()
        error = cognito_pool.triggers[0].error
        assert traceback.extract_tb(error.__traceback__)[-1].name == "fail"
        assert "_once" not in [frame.name for frame in traceback.extract_tb(error.__traceback__)]

    @evidence("inferred", "an error that a function gets from the service and lets through is its own")
    def test_a_refused_call_of_the_function(self, cognito_pool, cognito_idp, confirm, refused):
        @cognito_pool.on("PostConfirmation")
        def look(_event, _context):
            return cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="bob")

        told = "An error occurred (UserNotFoundException) when calling the AdminGetUser operation: User does not exist."
        with refused("UserLambdaValidationException", f"PostConfirmation failed with error {told}."):
            confirm()
        assert cognito_pool.triggers[0].why == "the function raised UserNotFoundException"

    @pytest.mark.parametrize("kind", [KeyboardInterrupt, GeneratorExit, pytest.fail.Exception])
    @OURS
    def test_what_is_no_error_passes_through(self, cognito_pool, cognito_idp, confirm, kind):
        class Stop(kind):
            pass

        start, stop = threading.Thread.start, Stop("now")
        cognito_pool.on("PostConfirmation", raises=stop)
        with pytest.raises(Stop) as caught:
            confirm()
        assert caught.value is stop
        call, invocation = cognito_pool.calls[0], cognito_pool.triggers[0]
        assert call.raised is invocation.error is stop
        assert (call.reply, call.error, len(call.attempts)) == (None, None, 1)
        assert call.invocations == [invocation]
        assert (invocation.attempts, invocation.answer, invocation.why) == (1, None, "")
        assert 0 < invocation.duration < 5
        assert cognito_pool.users["ana"].status == "CONFIRMED"
        assert threading.Thread.start is start
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.calls[1].caused_by is None


def without(name):
    def drop(event, _context):
        del event[name]
        return event

    return drop


def having(where, value):
    """A function that puts a value into its event, at names joined by dots."""

    def put(event, _context):
        *path, last = where.split(".")
        part = event
        for name in path:
            part = part[name]
        part[last] = value
        return event

    return put


def in_pascal_case(event, _context):
    return {name[0].upper() + name[1:]: value for name, value in event.items()}


def going_round(event, _context):
    event["response"]["event"] = event
    return event


class Nothing:
    pass


LACKS_ALL = (
    "the answer lacks ['version', 'region', 'userPoolId', 'userName', 'callerContext', 'triggerSource', "
    "'request', 'response']; a function must return the event"
)


class TestAnswer:
    @pytest.mark.parametrize(
        ("returned", "why"),
        [
            pytest.param(
                None,
                "the function returned None; it must return the event",
                marks=evidence("observed", "aws-sdk-js#2692, amplify-cli#2735"),
            ),
            pytest.param(
                float("nan"),
                "the function's return value is not JSON: Out of range float values are not JSON compliant",
                marks=evidence("inferred", "Lambda's Python runtime writes NaN, which is no JSON"),
            ),
            pytest.param(
                {"x": float("inf")},
                "the function's return value is not JSON: Out of range float values are not JSON compliant",
                marks=evidence("inferred", "Lambda's Python runtime writes Infinity, which is no JSON"),
            ),
            pytest.param(
                {"ana"},
                "the function's return value is not JSON: Object of type set is not JSON serializable",
                marks=evidence("inferred", "no capture of a Python function that returns one"),
            ),
            pytest.param(
                b"\xff",
                "the function's return value is not JSON: Object of type bytes is not JSON serializable",
                marks=evidence("inferred", "Lambda's Python runtime hands bytes on as they are"),
            ),
        ],
    )
    def test_what_is_no_json(self, cognito_pool, confirm, refused, returned, why):
        cognito_pool.on("PostConfirmation", returns=returned)
        with refused("InvalidLambdaResponseException", INVALID_JSON):
            confirm()
        invocation = cognito_pool.triggers[0]
        # Newer Pythons name the value too.
        assert invocation.why.startswith(why)
        assert (invocation.answer, invocation.error, invocation.attempts) == (None, None, 1)

    @evidence("inferred", "awslambdaric Encoder: the runtime writes a Decimal as a number")
    def test_a_decimal_is_a_number(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", having("response.credit", Decimal("1.5")))
        confirm()
        assert cognito_pool.triggers[0].answer["response"] == {"credit": 1.5}

    @evidence("inferred", "no capture of JSON that is no object")
    @pytest.mark.parametrize("returned", ["ana", "", [], ["ana"], 0, 1.5, True])
    def test_what_is_no_object(self, cognito_pool, confirm, refused, returned):
        cognito_pool.on("PostConfirmation", returns=returned)
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            confirm()
        invocation = cognito_pool.triggers[0]
        assert invocation.why == f"the function returned {returned!r}; it must return the event"
        assert invocation.answer == returned

    @pytest.mark.parametrize(
        ("handler", "why"),
        [
            pytest.param(
                lambda _event, _context: {"statusCode": 200},
                LACKS_ALL,
                marks=evidence("observed", "an object without the envelope"),
                id="another object",
            ),
            pytest.param(
                lambda event, _context: event["response"],
                LACKS_ALL,
                marks=evidence("observed", "an object without the envelope"),
                id="the response alone",
            ),
            pytest.param(
                in_pascal_case,
                LACKS_ALL,
                marks=evidence("observed", "public capture of PascalCase keys"),
                id="PascalCase",
            ),
            *(
                pytest.param(
                    without(name),
                    f"the answer lacks ['{name}']; a function must return the event",
                    marks=evidence("observed", "public captures of objects without one"),
                    id=f"no {name}",
                )
                for name in ("version", "region", "userPoolId", "userName", "callerContext")
            ),
            *(
                pytest.param(
                    without(name),
                    f"the answer lacks ['{name}']; a function must return the event",
                    marks=evidence("inferred", "as of the members that captures lack"),
                    id=f"no {name}",
                )
                for name in ("triggerSource", "request", "response")
            ),
        ],
    )
    def test_what_is_not_the_event(self, cognito_pool, sign_up, refused, handler, why):
        cognito_pool.on("PreSignUp", handler)
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            sign_up(Username="ana")
        assert cognito_pool.triggers[0].why == why
        assert not cognito_pool.users

    @evidence("inferred", "no systematic evidence; what has another type is not the event")
    @pytest.mark.parametrize(
        ("where", "value", "sent"),
        [
            ("version", 1, "'1'"),
            ("version", None, "'1'"),
            ("region", 1, "'us-east-1'"),
            ("userPoolId", ["x"], "'us-east-1_TestPool1'"),
            ("userName", None, "'ana'"),
            ("userName", 7, "'ana'"),
            ("triggerSource", False, "'PostConfirmation_ConfirmSignUp'"),
            ("callerContext", "x", "{'awsSdkVersion': 'aws-sdk-unknown-unknown', 'clientId': None}"),
            ("response", None, "{}"),
            ("response", [], "{}"),
            ("response", "done", "{}"),
        ],
    )
    def test_a_member_of_another_type(self, cognito_pool, confirm, refused, where, value, sent):
        cognito_pool.on("PostConfirmation", having(where, value))
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            confirm()
        assert cognito_pool.triggers[0].why == f"{where} is {value!r} in the answer and {sent} in the event"

    @pytest.mark.parametrize("value", [None, "x", []])
    @evidence("inferred", "no systematic evidence; what has another type is not the event")
    def test_a_request_that_is_none(self, cognito_pool, confirm, refused, value):
        cognito_pool.on("PostConfirmation", having("request", value))
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            confirm()
        assert cognito_pool.triggers[0].why.startswith(f"request is {value!r} in the answer and {{'userAttributes': ")

    @pytest.mark.parametrize(
        ("trigger", "where", "value", "why"),
        [
            ("PreSignUp", "response.autoConfirmUser", "true", "Input should be a valid boolean"),
            ("PreSignUp", "response.autoConfirmUser", None, "Input should be a valid boolean"),
            ("PreSignUp", "response.autoConfirmUser", 1, "Input should be a valid boolean"),
            ("PreSignUp", "response.autoVerifyEmail", [], "Input should be a valid boolean"),
            ("CustomMessage", "response.emailMessage", 5, "Input should be a valid string"),
            ("CustomMessage", "response.emailSubject", {}, "Input should be a valid string"),
            ("CustomMessage", "response.smsMessage", False, "Input should be a valid string"),
            pytest.param("PreSignUp", "response.autoConfirmUser", 0, "Input should be a valid boolean"),
        ],
    )
    @evidence("inferred", "observed of claims that are no texts: lifecycle G4")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_a_response_of_another_type(self, cognito_pool, sign_up, refused, trigger, where, value, why):
        cognito_pool.on(trigger, having(where, value))
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            sign_up(Username="ana")
        assert cognito_pool.triggers[-1].why == f"in the answer, {where}: {why}"

    @evidence("inferred", "no systematic evidence; each wrong member is named")
    def test_each_wrong_member_is_named(self, cognito_pool, sign_up, refused):
        cognito_pool.on("PreSignUp", having("response", {"autoConfirmUser": "yes", "autoVerifyEmail": "no"}))
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            sign_up(Username="ana")
        assert cognito_pool.triggers[0].why == (
            "in the answer, response.autoConfirmUser: Input should be a valid boolean; "
            "response.autoVerifyEmail: Input should be a valid boolean"
        )

    @evidence("inferred", "aws-lambda-rust-runtime#873: nulls that were not in the event")
    @pytest.mark.parametrize("name", ["clientMetadata", "validationData", "greeting"])
    def test_a_null_that_was_not_in_the_event(self, cognito_pool, confirm, refused, name):
        cognito_pool.on("PostConfirmation", having(f"request.{name}", None))
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            confirm()
        assert cognito_pool.triggers[0].why == f"['{name}'] of request is null in the answer and was not in the event"

    @evidence("inferred", "aws-lambda-rust-runtime#873: nulls that were not in the event")
    def test_a_null_in_place_of_what_was_sent(self, cognito_pool, confirm, refused):
        cognito_pool.on("PostConfirmation", having("request.clientMetadata", None))
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            confirm(ClientMetadata={"plan": "pro"})
        why = "['clientMetadata'] of request is null in the answer and was not in the event"
        assert cognito_pool.triggers[0].why == why

    @pytest.mark.parametrize(
        "handler",
        [
            pytest.param(echo, id="as sent", marks=evidence("documented", "a function returns the event")),
            pytest.param(
                lambda event, _context: OrderedDict(reversed(event.items())),
                id="in another order",
                marks=evidence("inferred", "JSON objects have no order"),
            ),
            pytest.param(having("greeted", [1]), id="more", marks=evidence("inferred", "no check of it is known")),
            pytest.param(
                having("request.greeted", True), id="more asked", marks=evidence("inferred", "no check is known")
            ),
            pytest.param(
                having("request.userAttributes", {}), id="told less", marks=evidence("inferred", "no check is known")
            ),
            pytest.param(
                having("response.greeted", 1), id="more said", marks=evidence("inferred", "no check is known")
            ),
            pytest.param(having("userName", "bob"), id="renamed", marks=evidence("inferred", "no check is known")),
            pytest.param(having("callerContext", {}), id="nobody", marks=evidence("inferred", "no check is known")),
        ],
    )
    def test_what_is_accepted(self, cognito_pool, confirm, handler):
        cognito_pool.on("PostConfirmation", handler)
        confirm()
        invocation = cognito_pool.triggers[0]
        assert (invocation.why, invocation.attempts) == ("", 1)
        assert list(cognito_pool.users) == ["ana"]

    @evidence("observed", "captures a-d: callerContext.clientId is null, and the event may be returned")
    def test_a_null_that_was_in_the_event_may_be_returned(self, cognito_pool, confirm, sign_up):
        cognito_pool.on("PostConfirmation", echo)
        cognito_pool.on("PreSignUp", echo)
        confirm()
        sign_up(Username="bob")
        confirmed, signed_up = cognito_pool.triggers
        assert confirmed.answer["callerContext"]["clientId"] is None
        assert signed_up.answer["request"]["validationData"] is None

    @evidence("inferred", "an answer is JSON by the time it arrives")
    def test_the_answer_is_kept_as_json(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", having("response", {1: ("a", None)}))
        confirm()
        assert cognito_pool.triggers[0].answer["response"] == {"1": ["a", None]}

    @evidence("documented", "developer guide pre-sign-up: ignored where an administrator creates the user")
    def test_what_a_function_says_of_a_created_user_is_ignored(self, cognito_pool, cognito_idp):
        cognito_pool.on("PreSignUp", auto_confirm)
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.users["ana"].status == "FORCE_CHANGE_PASSWORD"

    @evidence("inferred", "a member left out has its default")
    def test_a_response_may_leave_members_out(self, cognito_pool, sign_up):
        cognito_pool.on("PreSignUp", having("response", {"autoConfirmUser": True}))
        assert sign_up(Username="ana")["UserConfirmed"] is True
        assert cognito_pool.users["ana"].attributes == {"email": "ana@example.com"}


def ticking():
    """The machine's own time."""
    return contextlib.nullcontext()


def time_machine_standing():
    return time_machine.travel(MOMENT, tick=False)


def freezegun_standing():
    return freezegun.freeze_time(MOMENT)


CLOCKS = pytest.mark.parametrize("clock", [ticking, time_machine_standing, freezegun_standing])
TIMED_OUT = "PostConfirmation invocation failed due to error Socket timeout while invoking Lambda function."


class TestTime:
    @evidence("documented", "developer guide: five seconds, three tries")
    def test_a_function_that_times_out_costs_no_time(self, cognito_pool, confirm, refused):
        runs = []
        cognito_pool.on("PostConfirmation", lambda event, _context: runs.append(event))
        began = time.perf_counter()
        with cognito_pool.on("PostConfirmation", times_out=True), refused("UnexpectedLambdaException", TIMED_OUT):
            confirm()
        assert time.perf_counter() - began < 5
        invocation = cognito_pool.triggers[0]
        assert (invocation.attempts, invocation.answer, invocation.error) == (3, None, None)
        assert 15 <= invocation.duration < 20
        assert runs == []

    @CLOCKS
    @evidence("documented", "developer guide: five seconds, three tries")
    def test_a_function_that_moves_the_clock_too_far(self, cognito, cognito_pool, confirm, refused, clock):
        events = []

        @cognito_pool.on("PostConfirmation")
        def slow(event, _context):
            events.append(event)
            cognito.clock.advance(seconds=6)
            return event

        with clock(), refused("UnexpectedLambdaException", TIMED_OUT):
            confirm()
        invocation = cognito_pool.triggers[0]
        assert (invocation.attempts, invocation.answer) == (3, None)
        assert invocation.why == "no answer within 5 seconds, three times"
        assert 18 <= invocation.duration + 0.01 < 23
        assert events == [invocation.payload] * 3
        assert len(cognito_pool.triggers) == 1
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @CLOCKS
    @evidence("documented", "developer guide: the second try counts")
    def test_the_second_try_in_time(self, cognito, cognito_pool, confirm, clock):
        contexts = []

        @cognito_pool.on("PostConfirmation")
        def slow_at_first(event, context):
            contexts.append(context)
            if len(contexts) == 1:
                event["request"]["touched"] = "yes"
                cognito.clock.advance(minutes=1)
            return event

        with clock():
            confirm()
        invocation = cognito_pool.triggers[0]
        assert (invocation.attempts, invocation.why, invocation.answer) == (2, "", invocation.payload)
        assert 60 <= invocation.duration + 0.01 < 65
        assert contexts[0].aws_request_id != contexts[1].aws_request_id

    @evidence("inferred", "an error that comes too late is none that the service sees")
    def test_an_error_that_comes_too_late(self, cognito, cognito_pool, confirm, refused):
        @cognito_pool.on("PostConfirmation")
        def slow(_event, _context):
            cognito.clock.advance(seconds=6)
            raise ValueError("mail is down")

        with refused("UnexpectedLambdaException", TIMED_OUT):
            confirm()
        invocation = cognito_pool.triggers[0]
        assert invocation.attempts == 3
        assert repr(invocation.error) == "ValueError('mail is down')"

    @evidence("inferred", "an error that comes too late is none that the service sees")
    def test_an_error_of_a_try_that_was_repeated_is_forgotten(self, cognito, cognito_pool, confirm):
        tries = []

        @cognito_pool.on("PostConfirmation")
        def slow_at_first(event, _context):
            tries.append(event)
            if len(tries) == 1:
                cognito.clock.advance(seconds=6)
                raise ValueError("mail is down")
            return event

        confirm()
        invocation = cognito_pool.triggers[0]
        assert (invocation.attempts, invocation.error, invocation.why) == (2, None, "")

    @evidence("inferred", "an error at the second try is the function's end")
    def test_an_error_at_the_second_try(self, cognito, cognito_pool, confirm, refused):
        tries = []

        @cognito_pool.on("PostConfirmation")
        def slow_then_failing(event, _context):
            tries.append(event)
            if len(tries) == 1:
                cognito.clock.advance(seconds=6)
                return event
            raise ValueError("mail is down")

        with refused("UserLambdaValidationException", "PostConfirmation failed with error mail is down."):
            confirm()
        assert cognito_pool.triggers[0].attempts == 2

    @CLOCKS
    @OURS
    def test_a_clock_that_is_left_alone(self, cognito_pool, confirm, clock):
        cognito_pool.on("PostConfirmation", echo)
        with clock():
            confirm()
        invocation = cognito_pool.triggers[0]
        assert invocation.attempts == 1
        assert 0 < invocation.duration < 5

    @OURS
    def test_time_machine_moves_on_within_a_function(self, cognito_pool, confirm, refused):
        with time_machine.travel(MOMENT, tick=False) as traveller:
            cognito_pool.on("PostConfirmation", lambda event, _context: traveller.shift(6) or event)
            with refused("UnexpectedLambdaException", TIMED_OUT):
                confirm()
        assert cognito_pool.triggers[0].attempts == 3

    @OURS
    def test_freezegun_moves_on_within_a_function(self, cognito_pool, confirm, refused):
        with freezegun.freeze_time(MOMENT) as frozen:
            cognito_pool.on("PostConfirmation", lambda event, _context: frozen.tick(6) and event)
            with refused("UnexpectedLambdaException", TIMED_OUT):
                confirm()
        assert cognito_pool.triggers[0].attempts == 3

    @OURS
    @pytest.mark.parametrize("moment", ["2001-01-01", "2099-01-01"])
    def test_a_function_that_stops_time_for_a_while(self, cognito_pool, confirm, moment):
        @cognito_pool.on("PostConfirmation")
        def stop_time(event, _context):
            with time_machine.travel(moment, tick=False):
                return event

        confirm()
        assert cognito_pool.triggers[0].attempts == 1

    @OURS
    def test_a_clock_that_goes_back(self, cognito, cognito_pool, confirm):
        seen = []

        @cognito_pool.on("PostConfirmation")
        def go_back(event, context):
            cognito.clock.move_to(datetime(2001, 1, 1, tzinfo=timezone.utc))
            seen.append(context.get_remaining_time_in_millis())
            return event

        confirm()
        assert seen == [5000]
        assert cognito_pool.triggers[0].attempts == 1

    @OURS
    def test_a_standing_clock_that_is_moved_while_time_passes(self, cognito, cognito_pool, confirm, refused):
        with time_machine.travel(MOMENT, tick=False):

            @cognito_pool.on("PostConfirmation")
            def slow(event, _context):
                time.sleep(0.6)
                cognito.clock.advance(seconds=5.5)
                return event

            with refused("UnexpectedLambdaException", TIMED_OUT):
                confirm()

    @OURS
    def test_the_time_that_remains(self, cognito, cognito_pool, confirm, refused):
        seen = []

        @cognito_pool.on("PostConfirmation")
        def watch_the_clock(event, context):
            seen.append(context.get_remaining_time_in_millis())
            for seconds in (1, 3.5, 7):
                cognito.clock.advance(seconds=seconds)
                seen.append(context.get_remaining_time_in_millis())
            return event

        with time_machine.travel(MOMENT, tick=False), refused("UnexpectedLambdaException", TIMED_OUT):
            confirm()
        assert seen == pytest.approx([5000, 4000, 500, 0] * 3, abs=100)

    @OURS
    def test_a_short_step_counts_too(self, cognito, cognito_pool, confirm):
        seen = []

        @cognito_pool.on("PostConfirmation")
        def watch_the_clock(event, context):
            cognito.clock.advance(seconds=0.4)
            seen.append(context.get_remaining_time_in_millis())
            return event

        with time_machine.travel(MOMENT, tick=False):
            confirm()
        assert seen == [4600]

    @evidence("documented", "developer guide: a function must answer within five seconds")
    def test_five_seconds_are_in_time(self, cognito, cognito_pool, confirm):
        @cognito_pool.on("PostConfirmation")
        def just_in_time(event, _context):
            cognito.clock.advance(seconds=5)
            return event

        for number in range(20):
            confirm(f"user{number}")
        assert [invocation.attempts for invocation in cognito_pool.triggers] == [1] * 20

    @OURS
    def test_a_fake_that_is_first_used_while_time_stands(self):
        done = subprocess.run([sys.executable, "-c", FROZEN_FIRST], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


FROZEN_FIRST = """
import boto3
from freezegun import freeze_time

client = boto3.client(
    "cognito-idp", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
)
with freeze_time("2030-01-02") as frozen:
    from pytest_cognito_pool import Cognito

    with Cognito(region="us-east-1") as cognito:
        pool = cognito.create_pool()
        pool.add_user("ana", status="UNCONFIRMED")
        pool.on("PostConfirmation", lambda event, _context: frozen.tick(6) and event)
        try:
            client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
        except client.exceptions.UnexpectedLambdaException:
            pass
        assert pool.triggers[0].attempts == 3, pool.triggers[0].attempts
"""


class TestWhatAFunctionIsGiven:
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    @pytest.mark.parametrize(("occasion", "source", "user"), OCCASIONS)
    def test_the_event_is_a_plain_dict_of_its_own(self, cognito_pool, cognito_idp, occasion, source, user):
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
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
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
    def test_who_called(self, cognito_pool, cognito_idp, occasion, source, client_id):
        occasion(cognito_pool, cognito_idp)()
        caller = cognito_pool.triggers.of(source)[-1].payload["callerContext"]
        assert caller == {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client_id}

    @evidence("documented", "AWS Lambda: the context object of the Python runtime")
    def test_the_context(self, cognito_pool, confirm):
        contexts = []
        cognito_pool.on("PostConfirmation", lambda event, context: contexts.append(context) or event)
        with time_machine.travel(MOMENT, tick=False):
            confirm()
            confirm("bob")
        context, other = contexts
        assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", context.aws_request_id)
        assert context.aws_request_id != other.aws_request_id
        assert context.function_name == "PostConfirmation"
        assert context.function_version == "$LATEST"
        assert context.invoked_function_arn == f"{LAMBDA}:PostConfirmation"
        assert context.memory_limit_in_mb == "128"
        assert context.log_group_name == "/aws/lambda/PostConfirmation"
        assert context.log_stream_name == f"2030/01/02/[$LATEST]{context.aws_request_id.replace('-', '')}"
        assert context.client_context is None

    @evidence("inferred", "awslambdaric LambdaContext: an identity without values is an object all the same")
    def test_the_contexts_identity_has_no_values(self, cognito_pool, confirm):
        seen = []
        cognito_pool.on("PostConfirmation", lambda event, context: seen.append(context.identity) or event)
        confirm()
        assert [(each.cognito_identity_id, each.cognito_identity_pool_id) for each in seen] == [(None, None)]

    @pytest.mark.parametrize(
        ("arn", "name"),
        [
            (f"{LAMBDA}:welcome", "welcome"),
            (f"{LAMBDA}:welcome:live", "welcome"),
            ("arn:aws-cn:lambda:cn-north-1:210987654321:function:welcome", "welcome"),
            pytest.param("arn:aws:lambda:us-east-1:123456789012:welcome", "welcome"),
        ],
    )
    @evidence("model", "ArnType, which has no more than five parts to give")
    def test_the_function_of_the_pools_configuration(self, cognito, cognito_idp, arn, name):
        seen = []
        pool = cognito.create_pool(LambdaConfig={"PostConfirmation": arn})
        pool.on("PostConfirmation", lambda event, context: seen.append(context) or event)
        pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
        assert (seen[0].invoked_function_arn, seen[0].function_name) == (arn, name)

    @evidence("inferred", "without a configuration the function has the trigger's name, in the pool's region")
    def test_a_function_in_another_region(self, cognito):
        pool = cognito.create_pool(Id="eu-west-1_AbCdEf123")
        context = LambdaContext("PreSignUp", pool._record, Stopwatch(pool._record.clock))
        assert context.invoked_function_arn == "arn:aws:lambda:eu-west-1:123456789012:function:PreSignUp"

    @evidence("model", "LambdaConfigType: some triggers have a version beside the ARN")
    @pytest.mark.parametrize(
        ("trigger", "member"),
        [
            ("CustomEmailSender", "CustomEmailSender"),
            ("CustomSMSSender", "CustomSMSSender"),
            pytest.param("PreTokenGeneration", "PreTokenGenerationConfig"),
        ],
    )
    def test_a_function_with_a_version_of_its_event(self, cognito, trigger, member):
        config = {member: {"LambdaVersion": "V1_0", "LambdaArn": f"{LAMBDA}:welcome"}}
        pool = cognito.create_pool(LambdaConfig=config)
        assert (
            LambdaContext(trigger, pool._record, Stopwatch(pool._record.clock)).invoked_function_arn
            == f"{LAMBDA}:welcome"
        )


TWO = {"PreSignUp": f"{LAMBDA}:check", "CustomMessage": f"{LAMBDA}:write"}


class TestConfiguration:
    @evidence("documented", "a trigger is invoked if the pool's configuration includes it")
    @pytest.mark.parametrize(
        ("config", "sources"),
        [
            ({}, ["PreSignUp_SignUp", "CustomMessage_SignUp", "PostConfirmation_ConfirmSignUp"]),
            (TWO, ["PreSignUp_SignUp", "CustomMessage_SignUp"]),
            ({"PostConfirmation": f"{LAMBDA}:welcome"}, ["PostConfirmation_ConfirmSignUp"]),
            ({"UserMigration": f"{LAMBDA}:move"}, []),
        ],
    )
    def test_which_triggers_are_invoked(self, cognito, cognito_idp, config, sources):
        pool = cognito.create_pool(AutoVerifiedAttributes=["email"], LambdaConfig=config)
        confirming_as_administrator(pool, cognito_idp)()
        assert pool.triggers.sources == sources
        assert [invocation.handler for invocation in pool.triggers] == [None] * len(sources)
        assert pool.users["ana"].status == "CONFIRMED"

    @OURS
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"], LambdaConfig=TWO)
    def test_a_function_that_is_attached_is_invoked_too(self, cognito_pool, cognito_idp):
        with cognito_pool.on("PostConfirmation", echo):
            confirming_as_administrator(cognito_pool, cognito_idp)()
        assert cognito_pool.triggers.sources == [
            "PreSignUp_SignUp",
            "CustomMessage_SignUp",
            "PostConfirmation_ConfirmSignUp",
        ]
        cognito_pool.add_user("bob", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="bob")
        assert len(cognito_pool.triggers) == 3

    @OURS
    @pytest.mark.cognito_pool(LambdaConfig={"UserMigration": f"{LAMBDA}:move"})
    def test_a_function_attached_to_one_source_is_invoked_for_that(self, cognito_pool, cognito_idp, sign_up):
        cognito_pool.on("PreSignUp_AdminCreateUser", echo)
        sign_up(Username="ana")
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="bob")
        assert cognito_pool.triggers.sources == ["PreSignUp_AdminCreateUser"]

    @evidence("model", "CreateUserPool, UpdateUserPool and DescribeUserPool have LambdaConfig")
    def test_a_configuration_is_described_as_given(self, cognito, cognito_idp):
        made = cognito_idp.create_user_pool(PoolName="staff", LambdaConfig=TWO)["UserPool"]
        assert made["LambdaConfig"] == TWO
        described = cognito_idp.describe_user_pool(UserPoolId=made["Id"])["UserPool"]
        assert described["LambdaConfig"] == TWO

        other = {
            "PostConfirmation": f"{LAMBDA}:welcome",
            "PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": f"{LAMBDA}:claims"},
            "CustomSMSSender": {"LambdaVersion": "V1_0", "LambdaArn": f"{LAMBDA}:text"},
            "KMSKeyID": "arn:aws:kms:us-east-1:123456789012:key/1",
        }
        cognito_idp.update_user_pool(UserPoolId=made["Id"], LambdaConfig=other)
        described = cognito_idp.describe_user_pool(UserPoolId=made["Id"])["UserPool"]
        assert described["LambdaConfig"] == other

        pool = cognito.pools[made["Id"]]
        pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
        assert pool.triggers.sources == ["PostConfirmation_ConfirmSignUp"]

    @evidence("documented", "the model of UpdateUserPool: what is omitted returns to its default")
    def test_a_configuration_that_is_left_out_is_gone(self, cognito_idp):
        pool_id = cognito_idp.create_user_pool(PoolName="staff", LambdaConfig=TWO)["UserPool"]["Id"]
        cognito_idp.update_user_pool(UserPoolId=pool_id)
        assert cognito_idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]["LambdaConfig"] == {}

    @evidence("documented", "the model of UpdateUserPool: what is omitted returns to its default")
    @pytest.mark.cognito_pool(LambdaConfig={"PostConfirmation": f"{LAMBDA}:welcome"})
    def test_a_trigger_that_was_taken_away_is_not_invoked(self, cognito_pool, cognito_idp, confirm):
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id)
        confirm()
        assert cognito_pool.triggers.sources == []

    @OURS
    def test_an_attached_function_outlasts_an_update(self, cognito_pool, cognito_idp, confirm):
        cognito_pool.on("PostConfirmation", echo)
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, LambdaConfig=TWO)
        confirm()
        assert cognito_pool.triggers.one("PostConfirmation").handler is echo

    @OURS
    @pytest.mark.parametrize(
        ("sender", "config", "attached"),
        [
            ("CustomEmailSender", {"LambdaVersion": "V1_0", "LambdaArn": f"{LAMBDA}:mail"}, None),
            ("CustomEmailSender", None, "CustomEmailSender"),
            ("CustomEmailSender", None, "CustomEmailSender_SignUp"),
        ],
    )
    def test_a_sender_of_ones_own_is_not_simulated(self, cognito, cognito_idp, sender, config, attached):
        pool = cognito.create_pool(AutoVerifiedAttributes=["email"], LambdaConfig={sender: config} if config else {})
        if attached:
            pool.on(attached, echo)
        with pytest.raises(UnsupportedOperationError, match=f"a {sender} trigger"):
            signing_up(pool, cognito_idp)()
        with pytest.raises(UnreportedError):
            cognito.check()
        assert pool.outbox == []

    @evidence("inferred", "each pool has functions of its own")
    def test_a_function_is_of_one_pool(self, cognito, cognito_pool, cognito_idp):
        other = cognito.create_pool()
        cognito_pool.on("PostConfirmation", raises=ValueError)
        other.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=other.id, Username="ana")
        assert other.triggers[0].handler is None


def causes(pool):
    """Each call with the user of the call that caused it."""
    return [(call.operation, call.caused_by and call.caused_by.payload["userName"]) for call in pool.calls]


@pytest.fixture
def look(cognito_pool, cognito_idp):
    """A call for functions to make."""
    return partial(cognito_idp.admin_get_user, UserPoolId=cognito_pool.id)


class TestCallingBack:
    @OURS
    def test_a_call_of_the_function_belongs_to_its_invocation(self, cognito_pool, confirm, look):
        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            assert look(Username=event["userName"])["UserStatus"] == "CONFIRMED"
            return event

        confirm("ana")
        look(Username="ana")
        outer, inner, after = cognito_pool.calls
        invocation = cognito_pool.triggers.one(PostConfirmationEvent)
        assert (outer.caused_by, after.caused_by) == (None, None)
        assert inner.caused_by is invocation
        assert invocation.calls == [inner]
        assert invocation.calls[0] is inner

    @OURS
    def test_functions_within_functions(self, cognito_pool, confirm, sign_up, look):
        @cognito_pool.on("PreSignUp")
        def check(event, _context):
            look(Username="ana")
            return event

        @cognito_pool.on("PostConfirmation")
        def invite(event, _context):
            sign_up(Username="bob")
            look(Username="ana")
            return event

        confirm("ana")
        assert causes(cognito_pool) == [
            ("AdminConfirmSignUp", None),
            ("SignUp", "ana"),
            ("AdminGetUser", "bob"),
            ("AdminGetUser", "ana"),
        ]
        outer, inner = cognito_pool.triggers.one(PostConfirmationEvent), cognito_pool.triggers.one(PreSignUpEvent)
        assert outer.calls == [cognito_pool.calls[1], cognito_pool.calls[3]]
        assert inner.calls == [cognito_pool.calls[2]]
        assert inner.call is cognito_pool.calls[1]

    @OURS
    def test_a_thread_of_the_function_and_a_thread_of_that(self, cognito_pool, confirm, look):
        def run(target, **given):
            thread = threading.Thread(target=copy_context().run, args=(target,), kwargs=given)
            thread.start()
            thread.join()

        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            run(look, Username="ana")
            run(lambda: run(look, Username="ana"))
            return event

        confirm("ana")
        look(Username="ana")
        assert causes(cognito_pool) == [
            ("AdminConfirmSignUp", None),
            ("AdminGetUser", "ana"),
            ("AdminGetUser", "ana"),
            ("AdminGetUser", None),
        ]

    @OURS
    def test_an_executor_that_outlives_the_function(self, cognito_pool, confirm, look):
        with ThreadPoolExecutor(max_workers=1) as executor:

            @cognito_pool.on("PostConfirmation")
            def welcome(event, _context):
                executor.submit(copy_context().run, partial(look, Username=event["userName"])).result()
                return event

            confirm("ana")
            confirm("bob")
            executor.submit(look, Username="bob").result()
        assert causes(cognito_pool) == [
            ("AdminConfirmSignUp", None),
            ("AdminGetUser", "ana"),
            ("AdminConfirmSignUp", None),
            ("AdminGetUser", "bob"),
            ("AdminGetUser", None),
        ]

    @OURS
    def test_an_executor_that_two_functions_share_at_once(self, cognito_pool, confirm, look):
        met, done = threading.Barrier(2, timeout=10), threading.Event()
        with ThreadPoolExecutor(max_workers=1) as executor:

            @cognito_pool.on("PostConfirmation")
            def welcome(event, _context):
                if event["userName"] == "ana":
                    executor.submit(copy_context().run, partial(look, Username="ana")).result()
                    met.wait()
                    assert done.wait(10)
                else:
                    met.wait()
                    executor.submit(copy_context().run, partial(look, Username="bob")).result()
                    done.set()
                return event

            threads = [threading.Thread(target=confirm, args=(name,)) for name in ("ana", "bob")]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        looks = cognito_pool.calls.of("AdminGetUser")
        assert [call.caused_by.payload["userName"] for call in looks] == ["ana", "bob"]

    @OURS
    def test_a_thread_that_outlives_the_function_is_the_applications(self, cognito_pool, confirm, look):
        ended, threads = threading.Event(), []

        def look_later():
            assert ended.wait(10)
            look(Username="ana")

        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            threads.append(threading.Thread(target=copy_context().run, args=(look_later,)))
            threads[0].start()
            return event

        confirm("ana")
        ended.set()
        threads[0].join()
        assert causes(cognito_pool) == [("AdminConfirmSignUp", None), ("AdminGetUser", None)]
        assert cognito_pool.triggers[0].calls == []

    @OURS
    def test_another_thread_of_the_application_meanwhile(self, cognito_pool, confirm, look):
        running, looked = threading.Event(), threading.Event()

        def application():
            assert running.wait(10)
            thread = threading.Thread(target=look, kwargs={"Username": "ana"})
            thread.start()
            thread.join()
            looked.set()

        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            running.set()
            assert looked.wait(10)
            return event

        other = threading.Thread(target=application)
        other.start()
        confirm("ana")
        other.join()
        assert causes(cognito_pool) == [("AdminConfirmSignUp", None), ("AdminGetUser", None)]

    @OURS
    def test_many_at_once_each_with_calls_of_its_own(self, cognito_pool, confirm, look):
        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            name = event["userName"]
            look(Username=name)
            with ThreadPoolExecutor(max_workers=2) as executor:
                for work in [executor.submit(copy_context().run, partial(look, Username=name)) for _ in range(2)]:
                    work.result()
            return event

        names = [f"user{number}" for number in range(24)]
        with ThreadPoolExecutor(max_workers=8) as application:
            list(application.map(confirm, names, timeout=60))
        assert sorted(cognito_pool.calls.operations) == ["AdminConfirmSignUp"] * 24 + ["AdminGetUser"] * 72
        for invocation in cognito_pool.triggers:
            name = invocation.payload["userName"]
            assert [call.request["Username"] for call in invocation.calls] == [name] * 3
            assert invocation.call.request["Username"] == name
        assert sorted(invocation.payload["userName"] for invocation in cognito_pool.triggers) == sorted(names)

    @evidence("observed", "ASUCICREPO/PDF_accessability_UI#14: a function deletes an unconfirmed twin")
    def test_a_function_may_delete_an_unconfirmed_twin(self, cognito_pool, cognito_idp, sign_up):
        sign_up(Username="ana")

        @cognito_pool.on("PreSignUp")
        def delete_twin(event, _context):
            cognito_idp.admin_delete_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            return event

        sign_up(Username="ana")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("inferred", "no lock is held while a function runs")
    def test_a_function_may_take_the_name(self, cognito_pool, cognito_idp, sign_up, refused):
        @cognito_pool.on("PreSignUp_SignUp")
        def take_the_name(event, _context):
            cognito_idp.admin_create_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            return event

        with refused("UsernameExistsException", "User already exists"):
            sign_up(Username="ana")
        assert cognito_pool.users["ana"].status == "FORCE_CHANGE_PASSWORD"

    @evidence("inferred", "the user is not looked at after the function")
    def test_a_function_may_delete_the_user(self, cognito_pool, cognito_idp, confirm):
        @cognito_pool.on("PostConfirmation")
        def delete(event, _context):
            cognito_idp.admin_delete_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            return event

        confirm("ana")
        assert not cognito_pool.users

    @evidence("inferred", "the message is ready before the function runs")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_a_function_may_delete_the_user_of_its_message(self, cognito_pool, cognito_idp, sign_up):
        @cognito_pool.on("CustomMessage")
        def delete(event, _context):
            cognito_idp.admin_delete_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            event["response"]["emailMessage"] = "Gone, {####}"
            return event

        sign_up(Username="ana")
        message = cognito_pool.outbox[-1]
        assert (message.username, message.body) == ("ana", f"Gone, {message.code}")
        assert not cognito_pool.users
        assert cognito_pool.triggers.one(CustomMessageEvent).event.user_name == "ana"


ASYNC = """
import asyncio
import threading
from contextvars import copy_context

import boto3
from aiobotocore.session import get_session

from pytest_cognito_pool import Cognito


async def main(cognito, handler):
    pool = cognito.create_pool()
    back = boto3.client("cognito-idp", region_name=cognito.region)

    @pool.on("PostConfirmation")
    def welcome(event, context):
        handler(back, event)
        return event

    names = [f"user{number}" for number in range(10)]
    for name in names:
        pool.add_user(name, status="UNCONFIRMED")
    async with get_session().create_client("cognito-idp", region_name=cognito.region) as client:
        await asyncio.gather(*(client.admin_confirm_sign_up(UserPoolId=pool.id, Username=name) for name in names))
        with pool.on("PostConfirmation", raises=ValueError("mail is down")):
            pool.add_user("ana", status="UNCONFIRMED")
            try:
                await client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
            except client.exceptions.UserLambdaValidationException as error:
                assert error.response["Error"]["Message"] == "PostConfirmation failed with error mail is down."
            else:
                raise AssertionError("was not refused")
        await client.admin_get_user(UserPoolId=pool.id, Username="ana")
    assert {user.status for user in pool.users.values()} == {"CONFIRMED"}
    assert len(pool.users) == 11
    for name, invocation in zip(sorted(names), sorted(pool.triggers, key=lambda each: each.payload["userName"])[1:]):
        assert [call.request["Username"] for call in invocation.calls] == [name]
        assert invocation.call.request["Username"] == name
    assert pool.calls[-1].caused_by is None


def at_once(back, event):
    back.admin_get_user(UserPoolId=event["userPoolId"], Username=event["userName"])


def in_a_thread(back, event):
    thread = threading.Thread(target=copy_context().run, args=(at_once, back, event))
    thread.start()
    thread.join()


with Cognito(region="us-east-1") as cognito:
    asyncio.run(main(cognito, {handler}))
"""


class TestAsynchronousApplication:
    @OURS
    @pytest.mark.parametrize(
        "handler",
        [
            "at_once",
            "in_a_thread",
        ],
    )
    def test_its_functions_run_too(self, handler):
        """In a process of its own: an event loop's leftovers are no concern of this suite's warnings."""
        pytest.importorskip("aiobotocore")
        script = ASYNC.replace("{handler}", handler)
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
