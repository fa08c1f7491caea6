"""UserPool.on: what may stand at a trigger, which of several runs, and what an invocation keeps of it."""

from __future__ import annotations

import functools
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from unittest import mock

import boto3
import pytest

from pytest_cognito_pool import Cognito, PostConfirmationEvent, TriggerHandler, UsageError

SOURCE = "PostConfirmation_ConfirmSignUp"


@pytest.fixture
def confirm(cognito_pool, cognito_idp):
    """Have somebody's sign-up confirmed; the error's code and text, None without."""

    def call(name="ana", pool=cognito_pool):
        pool.add_user(name, status="UNCONFIRMED")
        try:
            cognito_idp.admin_confirm_sign_up(UserPoolId=pool.id, Username=name)
        except cognito_idp.exceptions.ClientError as error:
            return error.response["Error"]["Code"], error.response["Error"]["Message"]
        return None

    return call


def answers(name, ran):
    """A function that notes its name and answers with its event."""

    def function(event, _context):
        ran.append(name)
        return event

    return function


def fails(event, context):
    deeper(event)


def deeper(event):
    raise ValueError(event["userName"])


class TestStatement:
    def test_the_function_runs_until_the_test_ends(self, cognito_pool, confirm):
        ran = []
        attachment = cognito_pool.on("PostConfirmation", answers("a", ran))
        assert isinstance(attachment, TriggerHandler)
        assert repr(attachment) == "<TriggerHandler of PostConfirmation>"
        assert confirm("ana") is confirm("bob") is None
        assert ran == ["a", "a"]

    def test_only_at_its_trigger(self, cognito_pool, confirm):
        ran = []
        cognito_pool.on("PreSignUp", answers("a", ran))
        cognito_pool.on("PostConfirmation_ConfirmForgotPassword", answers("b", ran))
        assert confirm() is None
        assert (ran, cognito_pool.triggers.one("PostConfirmation").handler) == ([], None)

    def test_only_in_its_pool(self, cognito, cognito_pool, confirm):
        ran = []
        cognito_pool.on("PostConfirmation", answers("a", ran))
        other = cognito.create_pool()
        assert confirm(pool=other) is None
        assert (ran, other.triggers[0].handler) == ([], None)

    def test_without_anything_to_attach_nothing_is(self, cognito_pool, confirm):
        assert repr(cognito_pool.on("PostConfirmation", missing=False, times_out=False)) == (
            "<TriggerHandler of PostConfirmation>"
        )
        assert confirm() is None
        assert cognito_pool.triggers[0].handler is None

    @pytest.mark.cognito_pool(LambdaConfig={"PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:check"})
    def test_a_trigger_that_the_lambda_config_lacks_is_invoked_too(self, cognito_pool, confirm):
        ran = []
        confirm("ana")
        cognito_pool.on("PostConfirmation", answers("a", ran))
        confirm("bob")
        assert (ran, [one.payload["userName"] for one in cognito_pool.triggers]) == (["a"], ["bob"])


class TestDecorator:
    def test_it_leaves_the_function_as_it_is(self, cognito_pool, confirm):
        function = answers("a", ran := [])
        assert cognito_pool.on("PostConfirmation")(function) is function
        assert confirm() is None
        assert (ran, cognito_pool.triggers[0].handler) == (["a"], function)

    def test_one_function_at_two_triggers(self, cognito_pool, cognito_idp):
        sources = []

        @cognito_pool.on("PreSignUp")
        @cognito_pool.on("PostConfirmation")
        def function(event, context):
            sources.append(event["triggerSource"])
            event["response"].update({"autoConfirmUser": True} if "PreSignUp" in event["triggerSource"] else {})
            return event

        cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")
        assert sources == ["PreSignUp_SignUp", SOURCE]

    def test_once_it_has_its_function_it_detaches_it_too(self, cognito_pool, confirm):
        attachment = cognito_pool.on("PostConfirmation")
        attachment(answers("a", ran := []))
        with attachment:
            confirm("ana")
        confirm("bob")
        assert ran == ["a"]


class TestContextManager:
    def test_the_function_is_detached_at_the_end_of_the_block(self, cognito_pool, confirm):
        attachment = cognito_pool.on("PostConfirmation", answers("a", ran := []))
        with attachment as entered:
            assert entered is attachment
            confirm("ana")
        confirm("bob")
        assert ran == ["a"]
        assert [one.handler is None for one in cognito_pool.triggers] == [False, True]

    def test_also_when_the_block_raises(self, cognito_pool, confirm):
        with pytest.raises(ZeroDivisionError), cognito_pool.on("PostConfirmation", missing=True):
            raise ZeroDivisionError
        assert confirm() is None

    def test_the_one_before_comes_back(self, cognito_pool, confirm):
        ran = []
        cognito_pool.on("PostConfirmation", answers("whole test", ran))
        with cognito_pool.on("PostConfirmation", answers("outer", ran)):
            with cognito_pool.on("PostConfirmation", answers("inner", ran)):
                confirm("ana")
            confirm("bob")
        confirm("eve")
        assert ran == ["inner", "outer", "whole test"]

    def test_the_same_function_attached_twice_is_detached_once(self, cognito_pool, confirm):
        function = answers("a", ran := [])
        cognito_pool.on("PostConfirmation", function)
        with cognito_pool.on("PostConfirmation", function):
            pass
        confirm()
        assert ran == ["a"]

    def test_blocks_may_end_in_any_order(self, cognito_pool, confirm):
        ran = []
        first = cognito_pool.on("PostConfirmation", answers("first", ran))
        second = cognito_pool.on("PostConfirmation", answers("second", ran))
        with second:
            first.__enter__()
            first.__exit__(None, None, None)
            confirm("ana")
        assert (confirm("bob"), ran) == (None, ["second"])

    def test_a_block_entered_again_has_its_function_again(self, cognito_pool, confirm):
        attachment = cognito_pool.on("PostConfirmation", answers("a", ran := []))
        for name in ("ana", "bob"):
            with attachment:
                confirm(name)
        assert ran == ["a", "a"]


class TestWhich:
    def test_the_one_attached_last_runs(self, cognito_pool, confirm):
        ran = []
        for name in "abc":
            cognito_pool.on("PostConfirmation", answers(name, ran))
        confirm()
        assert ran == ["c"]

    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            (["PreSignUp", "PreSignUp_AdminCreateUser"], ["PreSignUp_AdminCreateUser", "PreSignUp"]),
            (["PreSignUp_AdminCreateUser", "PreSignUp"], ["PreSignUp", "PreSignUp"]),
        ],
    )
    def test_whether_for_the_source_or_for_the_trigger(self, cognito_pool, cognito_idp, order, expected):
        ran = []
        for name in order:
            cognito_pool.on(name, answers(name, ran))
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
        cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="bob", Password="Passw0rd!")
        assert ran == expected

    def test_it_is_chosen_before_it_runs(self, cognito_pool, confirm):
        def replaces(event, context):
            cognito_pool.on("PostConfirmation", missing=True)
            return event

        cognito_pool.on("PostConfirmation", replaces)
        assert confirm("ana") is None
        assert confirm("bob")[0] == "UnexpectedLambdaException"


class Falsy:
    def __init__(self):
        self.events = []

    def __bool__(self):
        return False

    def __len__(self):
        return 0

    def __call__(self, event, context):
        self.events.append(event)
        return event


class Application:
    def __init__(self):
        self.events = []

    def confirmed(self, event, context):
        self.events.append(event)
        return event

    @staticmethod
    def answers(event, context):
        return event


class TestCallables:
    def test_a_falsy_one(self, cognito_pool, confirm):
        function = Falsy()
        with cognito_pool.on("PostConfirmation", function):
            assert confirm("ana") is None
        cognito_pool.on("PostConfirmation")(function)
        assert confirm("bob") is None
        assert [event["userName"] for event in function.events] == ["ana", "bob"]
        assert [one.handler is function for one in cognito_pool.triggers] == [True, True]

    def test_a_falsy_one_is_one_of_two_at_once(self, cognito_pool):
        with pytest.raises(UsageError):
            cognito_pool.on("PostConfirmation", Falsy(), missing=True)

    def test_a_bound_method(self, cognito_pool, confirm):
        application = Application()
        cognito_pool.on("PostConfirmation", application.confirmed)
        assert confirm() is None
        (invocation,) = cognito_pool.triggers
        assert application.events == [invocation.payload]
        assert invocation.handler == application.confirmed
        assert invocation.handler_name == f"{__name__}.Application.confirmed"

    def test_a_static_method(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", Application.answers)
        assert confirm() is None
        assert cognito_pool.triggers[0].handler_name == f"{__name__}.Application.answers"

    def test_a_partial(self, cognito_pool, confirm):
        partial = functools.partial(lambda plan, event, context: {**event, "plan": plan}, "pro")
        cognito_pool.on("PostConfirmation", partial)
        assert confirm() is None
        (invocation,) = cognito_pool.triggers
        assert invocation.answer == {**invocation.payload, "plan": "pro"}
        assert (invocation.handler, invocation.handler_name) == (partial, repr(partial))

    @pytest.mark.parametrize("kind", [mock.Mock, mock.MagicMock])
    def test_a_mock(self, cognito_pool, confirm, kind):
        function = kind(side_effect=lambda event, context: event)
        cognito_pool.on("PostConfirmation", function)
        assert confirm() is None
        (invocation,) = cognito_pool.triggers
        function.assert_called_once_with(invocation.payload, mock.ANY)
        assert (invocation.handler, invocation.handler_name) == (function, repr(function))

    def test_an_autospec(self, cognito_pool, confirm):
        function = mock.create_autospec(fails, side_effect=lambda event, context: event)
        cognito_pool.on("PostConfirmation", function)
        assert confirm() is None
        function.assert_called_once_with(cognito_pool.triggers[0].payload, mock.ANY)

    def test_a_mock_that_was_told_nothing_answers_no_json(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", mock.Mock())
        assert confirm() == (
            "UserLambdaValidationException",
            (
                "PostConfirmation failed with error Unable to marshal response: "
                "Object of type Mock is not JSON serializable."
            ),
        )
        assert cognito_pool.triggers[0].why == "the function's return value cannot be written as JSON"


class TestDotted:
    @pytest.fixture
    def application(self, tmp_path, monkeypatch):
        """A package of an application, which notes what its functions are given."""
        package = tmp_path / "shop_of_ours"
        package.mkdir()
        package.joinpath("__init__.py").write_text("")
        package.joinpath("triggers.py").write_text(
            "EVENTS = []\ndef post_confirmation(event, context):\n    EVENTS.append(event)\n    return event\n"
        )
        monkeypatch.syspath_prepend(tmp_path)

    @pytest.mark.parametrize(
        "path", ["shop_of_ours.triggers.post_confirmation", "shop_of_ours.triggers:post_confirmation"]
    )
    def test_its_function_is_imported(self, cognito_pool, confirm, application, path):
        cognito_pool.on("PostConfirmation", path)
        assert confirm() is None
        (invocation,) = cognito_pool.triggers
        import shop_of_ours.triggers  # noqa: PLC0415 - made by the fixture

        assert invocation.handler is shop_of_ours.triggers.post_confirmation
        assert shop_of_ours.triggers.EVENTS.pop() == invocation.payload
        assert invocation.handler_name == "shop_of_ours.triggers.post_confirmation"

    def test_as_a_decorator_it_takes_one_too(self, cognito_pool, confirm, application):
        path = "shop_of_ours.triggers.post_confirmation"
        assert cognito_pool.on("PostConfirmation")(path) == path
        assert confirm() is None
        assert cognito_pool.triggers[0].handler_name == path

    @pytest.mark.parametrize("line", ["import nothing_of_that_name", "raise ModuleNotFoundError('moved')", "1 / 0"])
    def test_what_its_module_raises_is_the_applications(self, cognito_pool, tmp_path, monkeypatch, line):
        tmp_path.joinpath("breaks_at_import.py").write_text(f"{line}\n")
        monkeypatch.syspath_prepend(tmp_path)
        with pytest.raises((ModuleNotFoundError, ZeroDivisionError)) as caught:
            cognito_pool.on("PostConfirmation", "breaks_at_import.post_confirmation")
        assert traceback.extract_tb(caught.value.__traceback__)[-1].filename.endswith("breaks_at_import.py") or (
            caught.value.name == "nothing_of_that_name"
        )


class TestStandIns:
    def test_returns(self, cognito_pool, confirm):
        answer = cognito_pool.event(SOURCE, cognito_pool.add_user("ana").username)
        cognito_pool.on("PostConfirmation", returns=answer)
        assert confirm("bob") is None
        (invocation,) = cognito_pool.triggers
        assert (invocation.answer, invocation.error, invocation.why) == (answer, None, "")
        assert invocation.handler_name == repr(invocation.handler) == f"returns={answer!r}"

    def test_returns_none(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", returns=None)
        assert confirm() == ("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON")
        (invocation,) = cognito_pool.triggers
        assert (invocation.answer, invocation.error, invocation.attempts) == (None, None, 1)
        assert invocation.why == "the function returned None; it must return the event"
        assert invocation.handler_name == "returns=None"

    def test_returns_another_thing(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", returns={"statusCode": 200})
        assert confirm() == ("InvalidLambdaResponseException", "Unrecognizable lambda output")
        (invocation,) = cognito_pool.triggers
        assert (invocation.answer, invocation.error) == ({"statusCode": 200}, None)
        assert invocation.why == (f"the answer lacks {list(invocation.payload)}; a function must return the event")

    @pytest.mark.parametrize(
        ("raises", "shown", "text"),
        [
            (ValueError("mail is down"), "ValueError('mail is down')", "mail is down"),
            (KeyError("plan"), "KeyError('plan')", "'plan'"),
            (ZeroDivisionError, "ZeroDivisionError()", ""),
        ],
    )
    def test_raises(self, cognito_pool, confirm, raises, shown, text):
        cognito_pool.on("PostConfirmation", raises=raises)
        for name in ("ana", "bob"):
            assert confirm(name) == ("UserLambdaValidationException", f"PostConfirmation failed with error {text}.")
        first, second = cognito_pool.triggers
        assert repr(first.error) == shown
        assert first.error is second.error
        assert (first.answer, first.attempts) == (None, 1)
        assert first.why == f"the function raised {type(first.error).__name__}"
        assert first.handler_name == f"raises={shown}"

    def test_what_it_raises_does_not_grow(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", raises=ValueError("x"))
        lengths = set()
        for name in ("ana", "bob", "eve"):
            confirm(name)
            lengths.add(len(traceback.extract_tb(cognito_pool.triggers[-1].error.__traceback__)))
        assert len(lengths) == 1

    def test_missing(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", missing=True)
        assert confirm() == (
            "UnexpectedLambdaException",
            "PostConfirmation invocation failed due to error AccessDeniedException.",
        )
        (invocation,) = cognito_pool.triggers
        assert (invocation.answer, invocation.error, invocation.attempts) == (None, None, 1)
        assert invocation.why == "Lambda could not run it"
        assert invocation.handler_name == "missing=True"

    def test_times_out(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", times_out=True)
        before = time.perf_counter()
        assert confirm() == (
            "UnexpectedLambdaException",
            "PostConfirmation invocation failed due to error Socket timeout while invoking Lambda function.",
        )
        assert time.perf_counter() - before < 5
        (invocation,) = cognito_pool.triggers
        assert (invocation.answer, invocation.error, invocation.attempts) == (None, None, 3)
        assert invocation.duration == pytest.approx(15, abs=2)
        assert invocation.why == "no answer within 5 seconds, three times"
        assert invocation.handler_name == "times_out=True"


class TestInvocation:
    def test_of_a_function_that_answers(self, cognito_pool, confirm):
        def plans(event, context):
            return {**event, "plan": ("pro", None)}

        cognito_pool.on("PostConfirmation", plans)
        assert confirm() is None
        (invocation,) = cognito_pool.triggers
        assert invocation.source == SOURCE
        assert isinstance(invocation.event, PostConfirmationEvent)
        assert invocation.event is invocation.event
        assert invocation.event.model_dump(by_alias=True) == invocation.payload
        assert invocation.handler is plans
        assert invocation.handler_name == f"{__name__}.TestInvocation.test_of_a_function_that_answers.<locals>.plans"
        assert invocation.answer == {**invocation.payload, "plan": ["pro", None]}
        assert (invocation.error, invocation.why, invocation.attempts) == (None, "", 1)
        assert 0 <= invocation.duration < 5
        assert invocation.call is cognito_pool.calls[0]
        assert invocation.call.invocations == [invocation]
        assert invocation.calls == []
        assert repr(invocation) == f"<{SOURCE} for 'ana'>"

    def test_where_no_function_is_attached(self, cognito_pool, confirm):
        assert confirm() is None
        (invocation,) = cognito_pool.triggers
        assert (invocation.handler, invocation.handler_name, invocation.answer, invocation.error) == (
            None,
            "",
            None,
            None,
        )
        assert (invocation.why, invocation.attempts, invocation.duration, invocation.calls) == ("", 0, 0.0, [])
        assert invocation.call is cognito_pool.calls[0]

    def test_the_event_is_the_functions_own(self, cognito_pool, confirm):
        def spoils(event, context):
            answer = {**event, "request": dict(event["request"])}
            event["request"].clear()
            event.clear()
            return answer

        cognito_pool.on("PostConfirmation", spoils)
        assert confirm() is None
        (invocation,) = cognito_pool.triggers
        assert invocation.payload["request"]["userAttributes"]["email"] == "ana@example.com"
        assert invocation.answer == invocation.payload

    def test_the_answer_stays_as_it_was(self, cognito_pool, confirm):
        kept = []

        def keeps(event, context):
            kept.append(event)
            return event

        cognito_pool.on("PostConfirmation", keeps)
        confirm()
        kept[0].clear()
        assert cognito_pool.triggers[0].answer == cognito_pool.triggers[0].payload

    def test_of_one_that_raises(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", fails)
        assert confirm() == ("UserLambdaValidationException", "PostConfirmation failed with error ana.")
        (invocation,) = cognito_pool.triggers
        assert repr(invocation.error) == "ValueError('ana')"
        assert (invocation.answer, invocation.attempts) == (None, 1)
        assert invocation.why == invocation.call.why == "the function raised ValueError"
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    def test_the_frames_of_its_error_are_the_authors(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", fails)
        confirm()
        frames = traceback.extract_tb(cognito_pool.triggers[0].error.__traceback__)
        assert [(frame.filename, frame.name) for frame in frames] == [(__file__, "fails"), (__file__, "deeper")]

    def test_of_one_that_answers_with_another_users_name(self, cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", lambda event, context: {**event, "userName": None})
        assert confirm() == ("InvalidLambdaResponseException", "Unrecognizable lambda output")
        (invocation,) = cognito_pool.triggers
        assert invocation.why == "userName is None in the answer and 'ana' in the event"
        assert invocation.answer == {**invocation.payload, "userName": None}

    def test_of_one_that_takes_too_long_by_the_clock(self, cognito, cognito_pool, confirm):
        events = []

        def slow(event, context):
            events.append(event)
            cognito.clock.advance(seconds=6)
            return event

        cognito_pool.on("PostConfirmation", slow)
        assert confirm()[0] == "UnexpectedLambdaException"
        (invocation,) = cognito_pool.triggers
        assert (invocation.attempts, invocation.answer) == (3, None)
        assert invocation.why == "no answer within 5 seconds, three times"
        assert invocation.duration == pytest.approx(18, abs=2)
        assert events == [invocation.payload] * 3
        assert events[0] is not events[1]

    def test_of_one_that_answers_at_the_third_try(self, cognito, cognito_pool, confirm):
        tries = []

        def slow(event, context):
            tries.append(context.aws_request_id)
            if len(tries) < 3:
                cognito.clock.advance(seconds=6)
                raise ValueError
            return event

        cognito_pool.on("PostConfirmation", slow)
        assert confirm() is None
        (invocation,) = cognito_pool.triggers
        assert (invocation.attempts, invocation.error, invocation.why) == (3, None, "")
        assert invocation.answer == invocation.payload
        assert len(set(tries)) == 3

    def test_what_the_clock_was_moved_by_counts_in_its_duration(self, cognito, cognito_pool, confirm):
        def slow(event, context):
            cognito.clock.advance(seconds=3)
            assert context.get_remaining_time_in_millis() == pytest.approx(2000, abs=600)
            return event

        cognito_pool.on("PostConfirmation", slow)
        assert confirm() is None
        assert cognito_pool.triggers[0].duration == pytest.approx(3, abs=1)

    @pytest.mark.parametrize("error", [KeyboardInterrupt, GeneratorExit])
    def test_of_one_that_is_interrupted(self, cognito_pool, confirm, error):
        cognito_pool.on("PostConfirmation", raises=error)
        with pytest.raises(error) as caught:
            confirm()
        (invocation,) = cognito_pool.triggers
        assert invocation.error is caught.value is cognito_pool.calls[0].raised

    def test_two_of_the_same_event_are_equal(self, cognito_pool, confirm):
        confirm("ana")
        confirm("bob")
        ana, bob = cognito_pool.triggers
        assert ana == ana  # noqa: PLR0124 - it is of the same event
        assert ana != bob
        assert ana != ana.payload


class TestCalls:
    @pytest.fixture
    def join(self, cognito_pool, cognito_idp):
        """A function that adds the user to a group."""
        cognito_pool.add_user("boss", groups=["staff"])

        def function(event, context):
            cognito_idp.admin_add_user_to_group(
                UserPoolId=event["userPoolId"], Username=event["userName"], GroupName="staff"
            )
            return event

        return function

    def test_those_the_function_made(self, cognito_pool, confirm, join):
        cognito_pool.on("PostConfirmation", join)
        assert confirm() is None
        confirmed, joined = cognito_pool.calls
        (invocation,) = cognito_pool.triggers
        assert len(invocation.calls) == 1
        assert invocation.calls[0] is joined
        assert joined.caused_by is invocation
        assert confirmed.caused_by is None
        assert cognito_pool.users["ana"].groups == ["staff"]

    def test_those_before_and_after_are_the_applications(self, cognito_pool, cognito_idp, confirm, join):
        cognito_pool.on("PostConfirmation", join)
        cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        confirm()
        cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        assert [call.caused_by is None for call in cognito_pool.calls] == [True, True, False, True]

    def test_after_a_failing_function_they_are_the_applications_again(self, cognito_pool, cognito_idp, confirm):
        cognito_pool.on("PostConfirmation", raises=ValueError)
        confirm()
        cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        assert cognito_pool.calls[-1].caused_by is None

    def test_a_function_within_a_function(self, cognito_pool, cognito_idp, confirm):
        @cognito_pool.on("PostConfirmation")
        def invites(event, context):
            if event["userName"] == "ana":
                cognito_pool.add_user("bob", status="UNCONFIRMED")
                cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="bob")
            cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username=event["userName"])
            return event

        assert confirm() is None
        assert [(call.operation, call.request["Username"]) for call in cognito_pool.calls] == [
            ("AdminConfirmSignUp", "ana"),
            ("AdminConfirmSignUp", "bob"),
            ("AdminGetUser", "bob"),
            ("AdminGetUser", "ana"),
        ]
        of_ana, of_bob = cognito_pool.triggers
        assert [call.request["Username"] for call in of_ana.calls] == ["bob", "ana"]
        assert of_bob.calls == [cognito_pool.calls[2]]
        assert [call.caused_by and call.caused_by.payload["userName"] for call in cognito_pool.calls] == [
            None, "ana", "bob", "ana"
        ]  # fmt: skip

    def test_those_of_a_thread_the_function_started(self, cognito_pool, confirm, join):
        @cognito_pool.on("PostConfirmation")
        def in_a_thread(event, context):
            thread = threading.Thread(target=copy_context().run, args=(join, event, context))
            thread.start()
            thread.join()
            return event

        assert confirm() is None
        assert cognito_pool.triggers[0].calls == [cognito_pool.calls[1]]
        assert cognito_pool.calls[1].caused_by is cognito_pool.triggers[0]

    def test_those_of_an_executor_the_function_used(self, cognito_pool, confirm, join):
        @cognito_pool.on("PostConfirmation")
        def in_threads(event, context):
            with ThreadPoolExecutor(2) as executor:
                for work in [executor.submit(copy_context().run, join, event, context) for _ in range(3)]:
                    work.result()
            return event

        assert confirm() is None
        assert [call.operation for call in cognito_pool.triggers[0].calls] == ["AdminAddUserToGroup"] * 3

    def test_those_of_work_it_gives_to_the_applications_threads_too(self, cognito_pool, cognito_idp, confirm):
        with ThreadPoolExecutor(1) as executor:
            executor.submit(int).result()

            @cognito_pool.on("PostConfirmation")
            def waits(event, context):
                look = partial(cognito_idp.describe_user_pool, UserPoolId=cognito_pool.id)
                executor.submit(copy_context().run, look).result()
                return event

            assert confirm() is None
        assert cognito_pool.calls.operations == ["AdminConfirmSignUp", "DescribeUserPool"]
        assert cognito_pool.triggers[0].calls == [cognito_pool.calls[1]]
        assert cognito_pool.calls[0].caused_by is None

    def test_a_thread_without_the_context_is_the_applications(self, cognito_pool, cognito_idp, confirm):
        """As Python has it: a thread begins with a context of its own, and nothing is patched to change that."""
        start, submit = threading.Thread.start, ThreadPoolExecutor.submit

        @cognito_pool.on("PostConfirmation")
        def in_a_thread(event, context):
            assert (threading.Thread.start, ThreadPoolExecutor.submit) == (start, submit)
            thread = threading.Thread(target=cognito_idp.describe_user_pool, kwargs={"UserPoolId": cognito_pool.id})
            thread.start()
            thread.join()
            return event

        assert confirm() is None
        assert cognito_pool.triggers[0].calls == []
        assert cognito_pool.calls[1].caused_by is None

    def test_those_to_another_account_too(self, cognito_pool, cognito_idp, confirm):
        with Cognito(region="us-east-1") as inner:
            other = inner.create_pool()

            @cognito_pool.on("PostConfirmation")
            def elsewhere(event, context):
                cognito_idp.describe_user_pool(UserPoolId=other.id)
                return event

            assert confirm() is None
        assert cognito_pool.triggers[0].calls == inner.calls
        assert inner.calls[0].caused_by is cognito_pool.triggers[0]

    def test_threads_have_functions_of_their_own(self, cognito_pool):
        client = boto3.client("cognito-idp", region_name="us-east-1")
        names = [f"user{number}" for number in range(8)]
        for name in names:
            cognito_pool.add_user(name, status="UNCONFIRMED")

        @cognito_pool.on("PostConfirmation")
        def looks(event, context):
            client.admin_get_user(UserPoolId=cognito_pool.id, Username=event["userName"])
            return event

        def confirm(name):
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=name)

        with ThreadPoolExecutor(8) as executor:
            list(executor.map(confirm, names))
        assert {
            one.payload["userName"]: [call.request["Username"] for call in one.calls] for one in cognito_pool.triggers
        } == {name: [name] for name in names}
