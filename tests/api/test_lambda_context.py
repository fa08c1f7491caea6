"""The context for a function that a test calls itself."""

from __future__ import annotations

import re
from datetime import datetime, timezone

import time_machine

from pytest_cognito_pool import LambdaContext


def test_it_needs_nothing():
    context = LambdaContext()
    assert context.function_name == "function"
    assert context.invoked_function_arn == "arn:aws:lambda:us-east-1:123456789012:function:function"
    assert 0 < context.get_remaining_time_in_millis() <= 5000
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", context.aws_request_id)


def test_a_name_and_an_arn_of_ones_own():
    arn = "arn:aws:lambda:eu-west-1:210987654321:function:welcome:live"
    context = LambdaContext("welcome", invoked_function_arn=arn)
    assert (context.function_name, context.invoked_function_arn) == ("welcome", arn)
    assert context.log_group_name == "/aws/lambda/welcome"


def test_its_time_passes_with_the_clock():
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=timezone.utc), tick=False) as travelled:
        context = LambdaContext()
        assert context.log_stream_name.startswith("2030/01/01/[$LATEST]")
        travelled.shift(2)
        assert context.get_remaining_time_in_millis() == 3000
