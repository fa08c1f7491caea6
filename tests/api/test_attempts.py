"""Which requests are attempts of one call, and which pool a call is about."""

from __future__ import annotations

import base64
import json
import uuid

import boto3
import pytest
from botocore.config import Config

from pytest_cognito_pool import Cognito

HEADER = "amz-sdk-invocation-id"


@pytest.fixture
def patient():
    """A client that tries again when it is throttled."""
    return boto3.client("cognito-idp", region_name="us-east-1", config=Config(retries={"mode": "standard"}))


def test_attempts_are_told_by_the_id_that_they_share(cognito_pool, patient):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", attempts=1)
    patient.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    (call,) = cognito_pool.calls
    assert [attempt.outcome() for attempt in call.attempts] == ["TooManyRequestsException", "ok"]


def test_ids_that_are_not_unique(cognito_pool, patient, monkeypatch):
    """Suites patch uuid4; a call inside another has the id of the other then."""
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=4))
    cognito_pool.add_user("ana", status="UNCONFIRMED")

    @cognito_pool.on("PostConfirmation")
    def welcome(event, _context):
        for _ in range(2):
            patient.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        return event

    for _ in range(2):
        cognito_pool.fail("AdminGetUser", "TooManyRequestsException", attempts=1)
    patient.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.calls.operations == ["AdminConfirmSignUp", "AdminGetUser", "AdminGetUser"]
    assert [len(call.attempts) for call in cognito_pool.calls] == [1, 3, 1]
    assert cognito_pool.triggers[0].calls == cognito_pool.calls[1:]


def test_a_call_inside_one_of_the_same_operation_with_its_id(cognito_pool, cognito_idp, monkeypatch):
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=4))
    for name in ("ana", "ben"):
        cognito_pool.add_user(name, status="UNCONFIRMED")

    @cognito_pool.on("PostConfirmation")
    def welcome(event, _context):
        if event["userName"] == "ana":
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ben")
        return event

    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert [(call.request["Username"], len(call.attempts)) for call in cognito_pool.calls] == [("ana", 1), ("ben", 1)]


def test_a_call_inside_another_of_the_same_user(cognito_pool, cognito_idp, monkeypatch):
    """A handler of the application's own client calls before the outer call has ended."""
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=4))
    for name in ("ana", "ben"):
        cognito_pool.add_user(name)

    def looks_again(parsed, **_kwargs):
        if parsed["Username"] == "ana":
            cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ben")

    cognito_idp.meta.events.register("after-call.cognito-identity-provider.AdminGetUser", looks_again)
    cognito_idp.meta.events.register("response-received.cognito-identity-provider", lambda **_: None)
    cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
    assert [(call.request["Username"], len(call.attempts)) for call in cognito_pool.calls] == [("ana", 1), ("ben", 1)]


@pytest.mark.parametrize("ids", [(None, None), ("one", "two"), ("same", "same")])
def test_whatever_a_handler_makes_of_the_id(cognito_pool, patient, ids):
    drawn = iter(ids)

    def replace(request, **_kwargs):
        del request.headers[HEADER]
        value = next(drawn)
        if value is not None:
            request.headers[HEADER] = value

    told = []
    patient.meta.events.register_last("request-created", replace)
    with Cognito(region="us-east-1", on_call=told.append) as cognito:
        cognito.fail("ListUserPools", "TooManyRequestsException", attempts=1)
        patient.list_user_pools(MaxResults=1)
        assert [len(call.attempts) for call in cognito.calls] == [2]
        assert told == cognito.calls


def token(claims):
    part = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"header.{part}.signature"


class TestAccessTokens:
    def test_the_issuer_names_the_pool(self, cognito_pool, cognito_idp):
        cognito_pool.fail("GetUser", "TooManyRequestsException", times=None)
        issuer = f"https://cognito-idp.us-east-1.amazonaws.com/{cognito_pool.id}"
        with pytest.raises(cognito_idp.exceptions.TooManyRequestsException):
            cognito_idp.get_user(AccessToken=token({"iss": issuer}))
        assert cognito_pool.calls.operations == ["GetUser"]

    @pytest.mark.parametrize(
        "other",
        [
            "a.b", "a.b.c", f"a.{base64.urlsafe_b64encode(b'[' * 100_000).decode()}.c",
            token([]), token("x"), token({}), token({"iss": 5}),
            token({"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other0001"}),
        ],
    )  # fmt: skip
    def test_any_other_token_names_none(self, cognito, cognito_pool, cognito_idp, other):
        fault = cognito_pool.fail("GetUser", "TooManyRequestsException", optional=True)
        cognito.answer("GetUser", {"Username": "ana", "UserAttributes": []})
        cognito_idp.get_user(AccessToken=other)
        assert (fault.hits, cognito_pool.calls) == (0, [])
        assert cognito.calls.operations == ["GetUser"]


def test_a_resource_names_its_pool(cognito, cognito_pool, cognito_idp):
    cognito.answer("ListTagsForResource", {"Tags": {}})
    cognito_idp.list_tags_for_resource(ResourceArn=cognito_pool.arn)
    assert cognito_pool.calls.operations == ["ListTagsForResource"]
