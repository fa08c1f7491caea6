"""botocore's own retries, on faults: how many requests, what is not waited, and the quota that is given back."""

from __future__ import annotations

import subprocess
import sys
import time

import boto3
import botocore
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from pytest_cognito_pool import Cognito

MODES = ["legacy", "standard", "adaptive"]
# Facts, section 8, measured on botocore 1.44.5: requests for a call in the modes standard (adaptive is the same) and
# legacy.
ATTEMPTS = {
    "TooManyRequestsException": (3, 1),
    "LimitExceededException": (3, 1),
    "ThrottlingException": (3, 5),
    "InternalErrorException": (3, 5),
    "InvalidParameterException": (1, 1),
    "UnexpectedLambdaException": (1, 1),
    "UnknownOperationException": (1, 1),
    # Not in the facts: botocore's lists of what is worth another request.
    "ServiceUnavailable": (3, 5),
    "ExpiredTokenException": (1, 1),
}
CONNECTION_ERRORS = [ConnectionClosedError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError]


def client(mode):
    return boto3.client("cognito-idp", config=Config(retries={"mode": mode}))


def confirm(client, pool):
    client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("code", ATTEMPTS)
def test_an_error_is_met_as_often_as_by_the_real_service(cognito_pool, mode, code):
    made = ATTEMPTS[code][mode == "legacy"]
    cognito_pool.fail("AdminConfirmSignUp", code)
    with pytest.raises(ClientError) as raised:
        confirm(client(mode), cognito_pool)
    (call,) = cognito_pool.calls
    assert [attempt.error.code for attempt in call.attempts] == [code] * made
    reached = f" (reached max retries: {made - 1})" if made > 1 else ""
    assert f"when calling the AdminConfirmSignUp operation{reached}:" in str(raised.value)
    assert raised.value.response["ResponseMetadata"]["RetryAttempts"] == made - 1


@pytest.mark.parametrize("code", ["ThrottlingException", "UnknownOperationException"])
def test_an_error_that_the_model_does_not_declare_is_a_plain_client_error(cognito_pool, code):
    cognito_pool.fail("AdminConfirmSignUp", code)
    with pytest.raises(ClientError) as raised:
        confirm(client("standard"), cognito_pool)
    assert type(raised.value) is ClientError


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("error", CONNECTION_ERRORS, ids=lambda error: error.__name__)
def test_a_connection_that_fails_is_tried_as_often(cognito_pool, mode, error):
    cognito_pool.fail("AdminConfirmSignUp", error)
    with pytest.raises(error) as raised:
        confirm(client(mode), cognito_pool)
    made = [attempt.raised for attempt in cognito_pool.calls[0].attempts]
    assert len(made) == (5 if mode == "legacy" else 3)
    assert len({id(each) for each in made}) == len(made)
    assert raised.value is made[-1]
    assert "https://cognito-idp.us-east-1.amazonaws.com/" in str(raised.value)


def test_the_url_is_the_clients_own(cognito_pool):
    local = boto3.client("cognito-idp", endpoint_url="http://localhost:4566")
    cognito_pool.fail("AdminConfirmSignUp", EndpointConnectionError)
    with pytest.raises(EndpointConnectionError, match='"http://localhost:4566/"'):
        confirm(local, cognito_pool)


def test_an_exception_given_whole_is_raised_as_it_is(cognito_pool):
    given = OSError("cable pulled")
    cognito_pool.fail("AdminConfirmSignUp", given)
    with pytest.raises(OSError, match="cable pulled") as raised:
        confirm(client("standard"), cognito_pool)
    assert raised.value is given
    # What botocore does not know is not sent again.
    assert len(cognito_pool.calls[0].attempts) == 1


def test_max_attempts_of_the_client_count(cognito_pool):
    cognito_pool.fail("AdminConfirmSignUp", "InternalErrorException")
    once = boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))
    with pytest.raises(ClientError):
        confirm(once, cognito_pool)
    assert len(cognito_pool.calls[0].attempts) == 1


@pytest.mark.parametrize("mode", MODES)
def test_the_retry_gets_through(cognito_pool, mode):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_pool.fail("AdminConfirmSignUp", "InternalErrorException", attempts=2)
    confirm(client(mode), cognito_pool)
    assert cognito_pool.users["ana"].status == "CONFIRMED"
    assert [attempt.outcome() for attempt in cognito_pool.calls[0].attempts] == [*["InternalErrorException"] * 2, "ok"]


@pytest.mark.parametrize("mode", MODES)
def test_no_delay_is_waited_and_each_is_noted(cognito_pool, monkeypatch, mode):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    cognito_pool.fail("AdminConfirmSignUp", "InternalErrorException", times=20)
    shared = client(mode)
    for _ in range(20):
        with pytest.raises(ClientError):
            confirm(shared, cognito_pool)
    assert set(slept) == {0}
    waited = [[attempt.waited for attempt in call.attempts] for call in cognito_pool.calls]
    assert all(delays[-1] == 0 for delays in waited)
    assert all(delay > 0 for delays in waited for delay in delays[:-1])


def test_a_client_shared_by_many_tests_makes_its_attempts_in_each(keys):
    """A client's quota of 500 is for its whole life: 60 tests of two retries at five each would exhaust it."""
    shared = boto3.client("cognito-idp", config=Config(retries={"mode": "standard"}), **keys)
    for _ in range(60):
        with Cognito(region="us-east-1") as cognito:
            cognito.fail("ListUserPools", "TooManyRequestsException")
            with pytest.raises(ClientError):
                shared.list_user_pools(MaxResults=1)
            assert len(cognito.calls[0].attempts) == 3


def test_within_a_test_the_quota_is_as_it_is(keys):
    shared = boto3.client("cognito-idp", config=Config(retries={"mode": "standard"}), **keys)
    for _ in range(2):
        with Cognito(region="us-east-1") as cognito, cognito.fail("ListUserPools", "ThrottlingException", times=None):
            for _ in range(60):
                with pytest.raises(ClientError):
                    shared.list_user_pools(MaxResults=1)
            # 500 are a hundred retries of 5.
            assert sum(len(call.attempts) - 1 for call in cognito.calls) == 100


def test_what_is_given_back_is_what_was_taken(keys):
    shared = boto3.client("cognito-idp", config=Config(retries={"mode": "standard"}), **keys)
    with Cognito(region="us-east-1") as outer, outer.fail("ListUserPools", "ThrottlingException", times=None):
        for _ in range(60):
            with pytest.raises(ClientError):
                shared.list_user_pools(MaxResults=1)
        with Cognito(region="us-east-1") as inner:
            inner.fail("ListUserPools", "ThrottlingException")
            with pytest.raises(ClientError):
                shared.list_user_pools(MaxResults=1)
            # The outer fake has taken all there is.
            assert len(inner.calls[0].attempts) == 1


def test_a_success_takes_nothing_that_is_not_given_back(keys):
    shared = boto3.client("cognito-idp", config=Config(retries={"mode": "standard"}), **keys)
    for _ in range(60):
        with Cognito(region="us-east-1") as cognito:
            cognito.fail("ListUserPools", "TooManyRequestsException", attempts=2)
            assert shared.list_user_pools(MaxResults=1)["UserPools"] == []
            assert len(cognito.calls[0].attempts) == 3


def test_retries_of_other_services_wait(cognito, monkeypatch):
    """Their delays are botocore's: nothing of it is patched for ours."""
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    sts = boto3.client("sts", config=Config(retries={"mode": "standard"}))

    def refuse(**_kwargs):
        raise ConnectTimeoutError(endpoint_url="x")

    sts.meta.events.register("before-send.sts", refuse)
    monkeypatch.setattr("random.random", lambda: 0.5)
    with pytest.raises(ConnectTimeoutError):
        sts.get_caller_identity()
    assert len(slept) == 2
    assert all(delay >= 0 for delay in slept)


ASYNC = """
import asyncio

from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import ClientError, ReadTimeoutError

from pytest_cognito_pool import Cognito

ATTEMPTS = {attempts!r}


async def call(cognito, pool, mode, code):
    config = AioConfig(retries={{"mode": mode}})
    async with get_session().create_client("cognito-idp", region_name=cognito.region, config=config) as client:
        with pool.fail("AdminConfirmSignUp", code):
            try:
                await client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
            except ClientError as error:
                assert error.response["Error"]["Code"] == code
        attempts = pool.calls[-1].attempts
        assert len(attempts) == ATTEMPTS[code][mode == "legacy"], (mode, code, len(attempts))
        assert all(attempt.waited > 0 for attempt in attempts[:-1])


async def lost(cognito, pool):
    config = AioConfig(retries={{"mode": "standard"}})
    pool.add_user("bob", status="UNCONFIRMED")
    async with get_session().create_client("cognito-idp", region_name=cognito.region, config=config) as client:
        pool.fail("AdminConfirmSignUp", ReadTimeoutError, after=True, attempts=1)
        try:
            await client.admin_confirm_sign_up(UserPoolId=pool.id, Username="bob")
        except client.exceptions.NotAuthorizedException as error:
            assert error.response["Error"]["Message"] == "User cannot be confirmed. Current status is CONFIRMED"
    assert [attempt.outcome() for attempt in pool.calls[-1].attempts] == ["ReadTimeoutError", "NotAuthorizedException"]


async def shared():
    config = AioConfig(retries={{"mode": "standard"}})
    with Cognito(region="us-east-1"):
        made = get_session().create_client("cognito-idp", region_name="us-east-1", config=config)
        client = await made.__aenter__()
    for _ in range(60):
        with Cognito(region="us-east-1") as cognito:
            cognito.fail("ListUserPools", "TooManyRequestsException")
            try:
                await client.list_user_pools(MaxResults=1)
            except ClientError:
                pass
            assert len(cognito.calls[0].attempts) == 3
    await made.__aexit__(None, None, None)


async def main(cognito):
    pool = cognito.create_pool()
    start = asyncio.get_running_loop().time()
    for mode in ("legacy", "standard", "adaptive"):
        for code in ATTEMPTS:
            await call(cognito, pool, mode, code)
    await lost(cognito, pool)
    asked = sum(attempt.waited for each in pool.calls for attempt in each.attempts)
    assert asked > asyncio.get_running_loop().time() - start, asked


with Cognito(region="us-east-1") as cognito:
    asyncio.run(main(cognito))
asyncio.run(shared())
"""


def test_an_aiobotocore_client_sends_as_many():
    """In a process of its own: an event loop's leftovers are no concern of this suite's warnings."""
    pytest.importorskip("aiobotocore")
    code = ASYNC.format(attempts=ATTEMPTS)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_botocore_is_as_it_was(keys):
    """No module of it is patched for the retries."""
    before = {name: dict(vars(module)) for name, module in sys.modules.items() if name.startswith("botocore.retr")}
    with Cognito(region="us-east-1") as cognito:
        cognito.fail("ListUserPools", "InternalErrorException")
        with pytest.raises(ClientError):
            boto3.client("cognito-idp", **keys).list_user_pools(MaxResults=1)
        for name, names in before.items():
            assert vars(sys.modules[name]) == names
    assert botocore.endpoint.time is time
