"""The dispatcher as a transport that is not botocore's asks it: of a request it knows bytes, and perhaps a region."""

from __future__ import annotations

import json

import pytest

from pytest_cognito_pool import Cognito
from pytest_cognito_pool._service import subject
from pytest_cognito_pool._service.protocol import model, wire

KEY = "AWS4-HMAC-SHA256 Credential=AKIAPYTESTCOGNITO000/20261126/us-east-1/cognito-idp/aws4_request"


@pytest.fixture
def told():
    return []


@pytest.fixture
def cognito(told):
    with Cognito(region="eu-west-1", on_call=told.append) as cognito:
        yield cognito


@pytest.fixture
def ask(cognito):
    def ask(operation, body, *, region=None, authorization=KEY, invocation_id=""):
        request = wire.Request(
            method="POST",
            path="/",
            target=f"{model.TARGET_PREFIX}{operation}",
            content_type=wire.CONTENT_TYPE,
            authorization=authorization,
            invocation_id=invocation_id,
            body=json.dumps(body).encode(),
            region=region,
            url="http://127.0.0.1:9229/",
        )
        reply = cognito._dispatcher.answer(request)
        return reply.status, json.loads(reply.body or "null")

    return ask


def test_an_unknown_region_matches_any(cognito, ask):
    pool = cognito.create_pool(Id="us-east-2_AbCdEf123")
    body = {"ClientId": pool.client.id, "Username": "ana", "Password": "Passw0rd!"}
    assert ask("SignUp", body, authorization="")[0] == 200
    assert ask("AdminGetUser", {"UserPoolId": pool.id, "Username": "ana"})[0] == 200
    assert pool.calls[1].permission.resource == pool.arn
    assert [each["Id"] for each in ask("ListUserPools", {"MaxResults": 9})[1]["UserPools"]] == [pool.id]


def test_a_known_region_does_not(cognito, ask):
    pool = cognito.create_pool(Id="us-east-2_AbCdEf123")
    status, error = ask("AdminGetUser", {"UserPoolId": pool.id, "Username": "ana"}, region="eu-west-1")
    assert (status, error["__type"]) == (400, "ResourceNotFoundException")


def test_a_pool_that_is_made_in_an_unknown_region_is_in_the_accounts(cognito, ask):
    assert ask("CreateUserPool", {"PoolName": "x"})[1]["UserPool"]["Id"].startswith("eu-west-1_")


def test_requests_that_share_nothing_are_calls_of_their_own(cognito, ask, told):
    for _ in range(2):
        ask("ListUserPools", {"MaxResults": 1})
    assert [len(call.attempts) for call in told] == [1, 1]
    assert cognito._dispatcher._in_flight == {}


def test_requests_that_share_an_id_are_attempts_of_one_call(cognito, ask, told):
    for _ in range(2):
        ask("ListUserPools", {"MaxResults": 1}, invocation_id="one")
    assert ([len(call.attempts) for call in cognito.calls], told) == ([2], [])
    for _ in range(2):
        cognito._dispatcher.finish("one")
    assert told == cognito.calls
    assert cognito._dispatcher._in_flight == {}


def test_a_pool_is_looked_for_by_each_parameter_that_may_name_it():
    assert tuple(subject._FINDERS) == model.SUBJECTS
