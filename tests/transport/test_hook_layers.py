"""The hook and other tools that patch the same method: no layer of ours stays where it does anything."""

from __future__ import annotations

import functools
import gc

import botocore.endpoint
import pytest

from pytest_cognito_pool import Cognito
from pytest_cognito_pool._service.transport import botocore_hook as transport


def top():
    return botocore.endpoint.Endpoint.make_request


def put(make_request):
    botocore.endpoint.Endpoint.make_request = make_request


def tracer(wraps):
    """Another tool's wrapper of what is there; with functools.wraps it copies every mark of it."""
    covered = top()

    def make_request(self, operation_model, request_dict):
        return covered(self, operation_model, request_dict)

    return functools.wraps(covered)(make_request) if wraps else make_request


@pytest.fixture(autouse=True)
def original():
    before = top()
    yield before
    put(before)


@pytest.mark.parametrize("wraps", [False, True])
def test_no_layer_stays_though_a_tracer_comes_and_goes_in_between(original, client, wraps):
    gc.collect()
    before = set(transport._hooks)
    for _ in range(50):
        with Cognito():
            covered = top()
            put(tracer(wraps))
            with Cognito():
                client.list_user_pools(MaxResults=1)
        assert top() is not covered
        put(covered)
    gc.collect()
    assert len(set(transport._hooks) - before) <= 1
    transport.settle()
    assert top() is original


@pytest.mark.parametrize("wraps", [False, True])
def test_a_covered_hook_is_inert_and_used_again_when_it_is_on_top(original, client, wraps):
    with Cognito():
        hook = top()
        put(tracer(wraps))
        mine = top()
    assert top() is mine
    with Cognito() as second:
        assert top() is not mine
        client.list_user_pools(MaxResults=1)
        assert second.calls.operations == ["ListUserPools"]
    assert top() is mine
    put(hook)
    with Cognito() as third:
        assert top() is hook
        client.list_user_pools(MaxResults=1)
        assert third.calls.operations == ["ListUserPools"]
    assert top() is original


def test_one_that_is_put_back_after_the_last_fake_goes_when_a_test_ends(original):
    with Cognito():
        hook = top()
        put(tracer(wraps=True))
    put(hook)
    transport.settle()
    assert top() is original
