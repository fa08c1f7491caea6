"""How long a function may take, and by which clock."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from datetime import datetime, timezone

import freezegun
import pytest
import time_machine

evidence = pytest.mark.evidence
OURS = evidence("inferred", "what the fake records and tells a test author; the service has no say in it")
MOMENT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


def echo(event, _context):
    return event


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
    def test_a_simulated_timeout_counts_three_tries_but_takes_no_real_time(self, cognito_pool, confirm, refused):
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
    def test_a_function_that_needs_more_than_five_seconds_is_tried_three_times(
        self, cognito, cognito_pool, confirm, refused, clock
    ):
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
    def test_the_second_try_counts_if_it_is_in_time(self, cognito, cognito_pool, confirm, clock):
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

    @evidence("inferred", "the service does not see an error that comes too late")
    def test_an_error_after_more_than_five_seconds_is_a_timeout(self, cognito, cognito_pool, confirm, refused):
        @cognito_pool.on("PostConfirmation")
        def slow(_event, _context):
            cognito.clock.advance(seconds=6)
            raise ValueError("mail is down")

        with refused("UnexpectedLambdaException", TIMED_OUT):
            confirm()
        invocation = cognito_pool.triggers[0]
        assert invocation.attempts == 3
        assert repr(invocation.error) == "ValueError('mail is down')"

    @evidence("inferred", "the service does not see an error that comes too late")
    def test_a_late_error_is_ignored_if_the_next_try_succeeds(self, cognito, cognito_pool, confirm):
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

    @evidence("inferred", "an error at the second try ends the invocation")
    def test_an_error_at_the_second_try_is_not_tried_again(self, cognito, cognito_pool, confirm, refused):
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
    def test_a_function_that_does_not_move_the_clock_is_in_time(self, cognito_pool, confirm, clock):
        cognito_pool.on("PostConfirmation", echo)
        with clock():
            confirm()
        invocation = cognito_pool.triggers[0]
        assert invocation.attempts == 1
        assert 0 < invocation.duration < 5

    @OURS
    def test_time_that_time_machine_adds_within_a_function_counts(self, cognito_pool, confirm, refused):
        with time_machine.travel(MOMENT, tick=False) as traveller:
            cognito_pool.on("PostConfirmation", lambda event, _context: traveller.shift(6) or event)
            with refused("UnexpectedLambdaException", TIMED_OUT):
                confirm()
        assert cognito_pool.triggers[0].attempts == 3

    @OURS
    def test_time_that_freezegun_adds_within_a_function_counts(self, cognito_pool, confirm, refused):
        with freezegun.freeze_time(MOMENT) as frozen:
            cognito_pool.on("PostConfirmation", lambda event, _context: frozen.tick(6) and event)
            with refused("UnexpectedLambdaException", TIMED_OUT):
                confirm()
        assert cognito_pool.triggers[0].attempts == 3

    @OURS
    @pytest.mark.parametrize("moment", ["2001-01-01", "2099-01-01"])
    def test_a_function_may_stop_the_time_for_a_while(self, cognito_pool, confirm, moment):
        @cognito_pool.on("PostConfirmation")
        def stop_time(event, _context):
            with time_machine.travel(moment, tick=False):
                return event

        confirm()
        assert cognito_pool.triggers[0].attempts == 1

    @OURS
    def test_a_function_may_set_the_clock_back(self, cognito, cognito_pool, confirm):
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
    def test_real_time_and_the_moved_clock_are_added(self, cognito, cognito_pool, confirm, refused):
        with time_machine.travel(MOMENT, tick=False):

            @cognito_pool.on("PostConfirmation")
            def slow(event, _context):
                time.sleep(0.6)
                cognito.clock.advance(seconds=5.5)
                return event

            with refused("UnexpectedLambdaException", TIMED_OUT):
                confirm()

    @OURS
    def test_the_context_has_the_remaining_time(self, cognito, cognito_pool, confirm, refused):
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
    def test_a_short_step_of_the_clock_counts(self, cognito, cognito_pool, confirm):
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
    def test_an_answer_after_exactly_five_seconds_is_in_time(self, cognito, cognito_pool, confirm):
        @cognito_pool.on("PostConfirmation")
        def just_in_time(event, _context):
            cognito.clock.advance(seconds=5)
            return event

        for number in range(20):
            confirm(f"user{number}")
        assert [invocation.attempts for invocation in cognito_pool.triggers] == [1] * 20

    @OURS
    def test_the_fake_may_be_first_imported_while_time_is_frozen(self):
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
