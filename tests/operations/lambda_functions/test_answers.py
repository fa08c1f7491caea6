"""Lambda functions: facts/admin-confirm-sign-up.md, sections 6 and 7, and facts/lifecycle.md, section G."""

from __future__ import annotations

import json
import sys
import threading
import traceback
from collections import OrderedDict
from datetime import datetime, timezone
from decimal import Decimal

import pytest

evidence = pytest.mark.evidence
OURS = evidence("inferred", "what the fake records and tells a test author; the service has no say in it")
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function"
INVALID_JSON = "Invalid lambda function output : Invalid JSON"
UNRECOGNIZABLE = "Unrecognizable lambda output"


def echo(event, _context):
    return event


def auto_confirm(event, _context):
    event["response"]["autoConfirmUser"] = True
    return event


class UnspeakableError(Exception):
    def __str__(self):
        return "told by __str__"


class TestFunctionThatRaises:
    @pytest.mark.parametrize(
        ("error", "text"),
        [
            pytest.param(ValueError("mail is down"), "mail is down.", marks=evidence("observed", "public captures")),
            pytest.param(
                NameError("name 'userAttributes' is not defined"),
                "name 'userAttributes' is not defined.",
                marks=evidence("observed", "capture of a Python function; the class is not shown"),
            ),
            pytest.param(ValueError("X."), "X..", marks=evidence("inferred", "the full stop is always added")),
            pytest.param(
                ValueError("column 582\n"),
                "column 582\n.",
                marks=evidence("observed", "aws-lambda-rust-runtime#825"),
            ),
            pytest.param(ValueError("a\nb"), "a\nb.", marks=evidence("observed", "public capture with newlines")),
            pytest.param(ValueError(f"{LAMBDA}:f"), f"{LAMBDA}:f.", marks=evidence("observed", "amplify-cli#7576")),
            pytest.param(
                ValueError(), ".", marks=evidence("inferred", "no capture; the usual message with an empty text")
            ),
            pytest.param(
                ValueError(""), ".", marks=evidence("inferred", "no capture; the usual message with an empty text")
            ),
            pytest.param(KeyError("plan"), "'plan'.", marks=evidence("inferred", "the text is str(error)")),
            pytest.param(ValueError("a", 1), "('a', 1).", marks=evidence("inferred", "the text is str(error)")),
            pytest.param(OSError(2, "no mail"), "[Errno 2] no mail.", marks=evidence("inferred", "str(error)")),
            pytest.param(
                UnspeakableError("x"), "told by __str__.", marks=evidence("inferred", "the text is str(error)")
            ),
            pytest.param(
                ValueError("{error} %s é ☃"), "{error} %s é ☃.", marks=evidence("inferred", "the text is not changed")
            ),
            pytest.param(StopIteration("end"), "end.", marks=evidence("inferred", "an error like any other")),
            pytest.param(TimeoutError("slow"), "slow.", marks=evidence("inferred", "an error like any other")),
            pytest.param(ValueError, ".", marks=evidence("inferred", "a class is raised as `raise` does")),
        ],
    )
    def test_the_refusal_has_the_text_of_the_error(self, cognito_pool, confirm, refused, error, text):
        cognito_pool.on("PostConfirmation", raises=error)
        with refused("UserLambdaValidationException", f"PostConfirmation failed with error {text}"):
            confirm()
        invocation = cognito_pool.triggers[0]
        kind = error if isinstance(error, type) else type(error)
        assert invocation.why == f"the function raised {kind.__name__}"
        assert isinstance(invocation.error, kind)
        assert invocation.attempts == 1

    @evidence("inferred", "an error without a readable text is shown by its class name")
    def test_an_error_with_a_failing_str_method_is_shown_by_its_class_name(self, cognito_pool, confirm, refused):
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
    def test_an_exit_of_the_function_is_reported_with_its_status(self, cognito_pool, confirm, refused, status, end):
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
    def test_the_function_is_not_invoked_again(self, cognito_pool, confirm, refused):
        runs = []

        @cognito_pool.on("PostConfirmation")
        def fail(_event, _context):
            runs.append("run")
            raise ValueError("mail is down")

        with refused("UserLambdaValidationException"):
            confirm()
        assert runs == ["run"]

    @OURS
    def test_the_error_is_kept_with_the_traceback_of_the_function(self, cognito_pool, confirm, refused):
        @cognito_pool.on("PostConfirmation")
        def fail(_event, _context):
            raise ValueError("mail is down")

        with refused("UserLambdaValidationException"):
            confirm()
        error = cognito_pool.triggers[0].error
        assert traceback.extract_tb(error.__traceback__)[-1].name == "fail"
        assert "_once" not in [frame.name for frame in traceback.extract_tb(error.__traceback__)]

    @evidence("inferred", "an error of the service that a function does not catch is an error of the function")
    def test_a_refusal_that_the_function_does_not_catch_is_its_error(self, cognito_pool, cognito_idp, confirm, refused):
        @cognito_pool.on("PostConfirmation")
        def look(_event, _context):
            return cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="bob")

        told = "An error occurred (UserNotFoundException) when calling the AdminGetUser operation: User does not exist."
        with refused("UserLambdaValidationException", f"PostConfirmation failed with error {told}."):
            confirm()
        assert cognito_pool.triggers[0].why == "the function raised UserNotFoundException"

    @pytest.mark.parametrize("kind", [KeyboardInterrupt, GeneratorExit, pytest.fail.Exception])
    @OURS
    def test_an_exception_that_is_not_an_error_passes_through(self, cognito_pool, cognito_idp, confirm, kind):
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
                "the function's return value is not JSON: JSON has no ",
                marks=evidence("inferred", "Lambda's Python runtime writes NaN, which is not JSON"),
            ),
            pytest.param(
                {"x": float("inf")},
                "the function's return value is not JSON: JSON has no ",
                marks=evidence("inferred", "Lambda's Python runtime writes Infinity, which is not JSON"),
            ),
            pytest.param(
                b"\xff",
                "the function's return value is not JSON: 'utf-8' codec can't decode",
                marks=evidence("inferred", "Lambda's Python runtime passes bytes on unchanged"),
            ),
        ],
    )
    def test_an_answer_that_is_not_json_is_refused(self, cognito_pool, confirm, refused, returned, why):
        cognito_pool.on("PostConfirmation", returns=returned)
        with refused("InvalidLambdaResponseException", INVALID_JSON):
            confirm()
        invocation = cognito_pool.triggers[0]
        # Newer Pythons name the value too.
        assert invocation.why.startswith(why)
        assert (invocation.answer, invocation.error, invocation.attempts) == (None, None, 1)

    @evidence("inferred", "the payload is observed in the logs of functions (aws/chalice#1294); Cognito's text follows")
    @pytest.mark.parametrize(
        ("returned", "type_name"), [({"ana"}, "set"), ({"when": datetime(2030, 1, 1, tzinfo=timezone.utc)}, "datetime")]
    )
    def test_an_answer_that_cannot_be_written_as_json_is_an_error_of_the_function(
        self, cognito_pool, confirm, refused, returned, type_name
    ):
        cognito_pool.on("PostConfirmation", returns=returned)
        text = f"Unable to marshal response: Object of type {type_name} is not JSON serializable"
        with refused("UserLambdaValidationException") as caught:
            confirm()
        message = caught.value.response["Error"]["Message"]
        assert message.startswith(f"PostConfirmation failed with error {text}")
        assert cognito_pool.triggers[0].why == "the function's return value cannot be written as JSON"

    @evidence("inferred", "Lambda's Python runtime passes bytes on unchanged")
    def test_bytes_that_contain_json_are_accepted(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", lambda event, _context: json.dumps(event).encode())
        confirm()
        assert cognito_pool.triggers[0].answer["triggerSource"] == "PostConfirmation_ConfirmSignUp"

    @evidence("inferred", "awslambdaric Encoder: the runtime writes a Decimal as a number")
    def test_a_decimal_is_written_as_a_number(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", having("response.credit", Decimal("1.5")))
        confirm()
        assert cognito_pool.triggers[0].answer["response"] == {"credit": 1.5}

    @evidence("inferred", "no capture of JSON that is not an object")
    @pytest.mark.parametrize("returned", ["ana", "", [], ["ana"], 0, 1.5, True])
    def test_json_that_is_not_an_object_is_refused(self, cognito_pool, confirm, refused, returned):
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
                id="only the response",
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
                    marks=evidence("observed", "public captures of objects without one of these members"),
                    id=f"no {name}",
                )
                for name in ("version", "region", "userPoolId", "userName", "callerContext")
            ),
            *(
                pytest.param(
                    without(name),
                    f"the answer lacks ['{name}']; a function must return the event",
                    marks=evidence("inferred", "as observed of the members that are missing in captures"),
                    id=f"no {name}",
                )
                for name in ("triggerSource", "request", "response")
            ),
        ],
    )
    def test_an_object_without_all_members_of_the_event_is_refused(self, cognito_pool, sign_up, refused, handler, why):
        cognito_pool.on("PreSignUp", handler)
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            sign_up(Username="ana")
        assert cognito_pool.triggers[0].why == why
        assert not cognito_pool.users

    @evidence("inferred", "no systematic evidence; an answer with another type is not the event")
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
    def test_a_member_with_another_type_is_refused(self, cognito_pool, confirm, refused, where, value, sent):
        cognito_pool.on("PostConfirmation", having(where, value))
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            confirm()
        assert cognito_pool.triggers[0].why == f"{where} is {value!r} in the answer and {sent} in the event"

    @pytest.mark.parametrize("value", [None, "x", []])
    @evidence("inferred", "no systematic evidence; an answer with another type is not the event")
    def test_a_request_that_is_not_an_object_is_refused(self, cognito_pool, confirm, refused, value):
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
    @evidence("inferred", "observed of claims that are not texts: lifecycle G4")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_a_response_value_with_another_type_is_refused(
        self, cognito_pool, sign_up, refused, trigger, where, value, why
    ):
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
    def test_a_null_that_was_not_in_the_event_is_refused(self, cognito_pool, confirm, refused, name):
        cognito_pool.on("PostConfirmation", having(f"request.{name}", None))
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            confirm()
        assert cognito_pool.triggers[0].why == f"request has null for ['{name}'] in the answer, but not in the event"

    @evidence("inferred", "aws-lambda-rust-runtime#873: nulls that were not in the event")
    def test_a_null_in_place_of_a_value_of_the_event_is_refused(self, cognito_pool, confirm, refused):
        cognito_pool.on("PostConfirmation", having("request.clientMetadata", None))
        with refused("InvalidLambdaResponseException", UNRECOGNIZABLE):
            confirm(ClientMetadata={"plan": "pro"})
        why = "request has null for ['clientMetadata'] in the answer, but not in the event"
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
            pytest.param(
                having("greeted", [1]), id="an added member", marks=evidence("inferred", "no check of it is known")
            ),
            pytest.param(
                having("request.greeted", True),
                id="an added request value",
                marks=evidence("inferred", "no check is known"),
            ),
            pytest.param(
                having("request.userAttributes", {}),
                id="no user attributes",
                marks=evidence("inferred", "no check is known"),
            ),
            pytest.param(
                having("response.greeted", 1),
                id="an added response value",
                marks=evidence("inferred", "no check is known"),
            ),
            pytest.param(
                having("userName", "bob"), id="another username", marks=evidence("inferred", "no check is known")
            ),
            pytest.param(
                having("callerContext", {}),
                id="an empty callerContext",
                marks=evidence("inferred", "no check is known"),
            ),
        ],
    )
    def test_other_differences_from_the_event_are_accepted(self, cognito_pool, confirm, handler):
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

    @evidence("inferred", "an answer arrives as JSON")
    def test_the_answer_is_kept_as_json(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", having("response", {1: ("a", None)}))
        confirm()
        assert cognito_pool.triggers[0].answer["response"] == {"1": ["a", None]}

    @evidence("documented", "developer guide pre-sign-up: ignored where an administrator creates the user")
    def test_auto_confirm_user_is_ignored_when_an_administrator_creates_the_user(self, cognito_pool, cognito_idp):
        cognito_pool.on("PreSignUp", auto_confirm)
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.users["ana"].status == "FORCE_CHANGE_PASSWORD"

    @evidence("inferred", "an omitted member has its default")
    def test_a_response_may_omit_members(self, cognito_pool, sign_up):
        cognito_pool.on("PreSignUp", having("response", {"autoConfirmUser": True}))
        assert sign_up(Username="ana")["UserConfirmed"] is True
        assert cognito_pool.users["ana"].attributes == {"email": "ana@example.com"}
