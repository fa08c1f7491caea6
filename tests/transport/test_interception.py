"""The hook on botocore: which clients it catches, what it leaves alone, what it leaves behind."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading

import boto3
import botocore.endpoint
import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError, HTTPClientError
from botocore.stub import Stubber
from moto import mock_aws

from pytest_cognito_pool import Cognito, UnreportedError, UnsupportedOperationError
from pytest_cognito_pool._service.operations.families import FAMILY_OF
from pytest_cognito_pool._service.protocol import model

KEYS = {"region_name": "us-east-1", "aws_access_key_id": "key", "aws_secret_access_key": "secret"}
MADE_AT_IMPORT = boto3.client("cognito-idp", **KEYS)
MAKE_REQUEST = botocore.endpoint.Endpoint.make_request


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Let nothing leave the process."""

    def refuse(*args):
        raise AssertionError(f"reached out: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def confirmed(cognito_pool):
    """Whether a client's AdminConfirmSignUp arrives at the pool."""
    cognito_pool.add_user("ana", status="UNCONFIRMED")

    def check(client):
        client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        return cognito_pool.users["ana"].status == "CONFIRMED"

    return check


def clients():
    return {
        "made at import": lambda: MADE_AT_IMPORT,
        "of boto3's default session": lambda: boto3.client("cognito-idp"),
        "of a session of its own": lambda: boto3.Session(**KEYS).client("cognito-idp"),
        "of botocore": lambda: botocore.session.get_session().create_client("cognito-idp", **KEYS),
        "with an endpoint_url": lambda: boto3.client("cognito-idp", endpoint_url="http://localhost:4566", **KEYS),
        "with retries of its own": lambda: boto3.client("cognito-idp", config=Config(retries={"mode": "adaptive"})),
        "with no retries": lambda: boto3.client("cognito-idp", config=Config(retries={"max_attempts": 0})),
    }


@pytest.mark.parametrize("kind", clients())
def test_every_client_is_caught(confirmed, kind):
    assert confirmed(clients()[kind]())


def test_a_client_of_another_region_finds_its_pool_there(cognito):
    pool = cognito.create_pool(Id="eu-west-1_AbCdEf123")
    pool.add_user("ana", status="UNCONFIRMED")
    boto3.client("cognito-idp", "eu-west-1").admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
    assert pool.users["ana"].status == "CONFIRMED"


def test_the_replies_metadata_is_complete(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    reply = cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    metadata = reply.pop("ResponseMetadata")
    assert reply == {}
    assert metadata["HTTPStatusCode"] == 200
    assert metadata["RetryAttempts"] == 0
    assert metadata["RequestId"] == metadata["HTTPHeaders"]["x-amzn-requestid"]
    assert metadata["HTTPHeaders"]["content-type"] == "application/x-amz-json-1.1"
    assert metadata["HTTPHeaders"]["content-length"] == "2"


def test_an_errors_members_are_where_boto3_has_them(cognito_pool, cognito_idp):
    with pytest.raises(cognito_idp.exceptions.UserNotFoundException) as caught:
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    response = caught.value.response
    assert response["message"] == response["Error"]["Message"] == "User does not exist."
    headers = response["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-amzn-errortype"] == "UserNotFoundException:"
    assert headers["x-amzn-errormessage"] == "User does not exist."


def test_an_unsigned_admin_call_is_refused(cognito_pool, refused):
    client = boto3.client("cognito-idp", "us-east-1", config=Config(signature_version=UNSIGNED))
    with refused("MissingAuthenticationTokenException", "Missing Authentication Token"):
        client.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")


def test_a_public_call_needs_no_signature(cognito_pool):
    client = boto3.client("cognito-idp", "us-east-1", config=Config(signature_version=UNSIGNED))
    client.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")
    assert cognito_pool.users["ana"].status == "UNCONFIRMED"


@pytest.mark.parametrize("target", ["", "AdminConfirmSignUp", "AWSCognitoIdentityProviderService.Nonsense"])
def test_a_request_without_a_known_target_is_refused(cognito_pool, cognito_idp, refused, target):
    def tamper(params, **_kwargs):
        params["headers"]["X-Amz-Target"] = target

    cognito_idp.meta.events.register("before-call.cognito-identity-provider", tamper)
    with refused("UnknownOperationException"):
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.calls[0].why == f"X-Amz-Target is {target!r}"


def test_a_request_to_another_path_is_not_understood(cognito_pool, cognito_idp, refused):
    def tamper(params, **_kwargs):
        params["url"] += "elsewhere"

    cognito_idp.meta.events.register("before-call.cognito-identity-provider", tamper)
    # Its body has no `__type`: botocore reports the status.
    with refused("404", "The server did not understand the operation that was requested.", status=404):
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")


def test_a_request_of_another_content_type_is_refused(cognito_pool, cognito_idp, refused):
    def tamper(params, **_kwargs):
        params["headers"]["Content-Type"] = "application/x-amz-json-1.0"

    cognito_idp.meta.events.register("before-call.cognito-identity-provider", tamper)
    with refused("404", status=404):
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")


@pytest.mark.parametrize("body", ["{", "", "null", "[]", b"\xff", '{"Username": NaN}'])
def test_a_malformed_body_is_refused(cognito, cognito_idp, refused, body):
    def tamper(params, **_kwargs):
        params["body"] = body

    cognito_idp.meta.events.register("before-call.cognito-identity-provider", tamper)
    with refused("SerializationException"):
        cognito_idp.admin_get_user(UserPoolId="us-east-1_AbCdEf123", Username="ana")
    assert cognito.calls[0].request == {}


def test_a_call_that_never_becomes_a_request_is_none_of_the_fakes(cognito, cognito_idp):
    def refuse(**_kwargs):
        raise LookupError("no header to add")

    cognito_idp.meta.events.register("request-created.cognito-identity-provider", refuse)
    with pytest.raises(LookupError):
        cognito_idp.list_user_pools(MaxResults=1)
    assert cognito.calls == []


def test_a_stubber_on_a_client_wins(cognito_pool, cognito_idp):
    with Stubber(cognito_idp) as stubber:
        stubber.add_response("admin_get_user", {"Username": "stubbed"})
        assert cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")["Username"] == "stubbed"
    assert cognito_pool.calls == []


def test_other_handlers_before_sending_are_not_run(cognito_pool, cognito_idp):
    cognito_idp.meta.events.register("before-send.cognito-identity-provider", lambda **_: pytest.fail("was run"))
    cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)


def test_other_services_are_left_alone(cognito_pool):
    with mock_aws():
        boto3.client("s3", "us-east-1").create_bucket(Bucket="left-alone")
    with pytest.raises(HTTPClientError, match="reached out"):
        boto3.client("sts", "us-east-1", config=Config(retries={"max_attempts": 0})).get_caller_identity()


def both_arrive():
    """That cognito-idp is ours and S3 is moto's, in a fake that is active."""
    boto3.client("s3", "us-east-1").create_bucket(Bucket="moto")
    client = boto3.client("cognito-idp", "us-east-1")
    made = client.create_user_pool(PoolName="ours")["UserPool"]
    assert len(made["SchemaAttributes"]) == 20
    assert made["Id"] in [pool["Id"] for pool in client.list_user_pools(MaxResults=60)["UserPools"]]
    return made["Id"]


def test_moto_before():
    with mock_aws(), Cognito(region="us-east-1") as cognito:
        assert both_arrive() in cognito.pools


def test_moto_after():
    with Cognito(region="us-east-1") as cognito, mock_aws():
        assert both_arrive() in cognito.pools


def test_moto_started_and_stopped_around():
    moto = mock_aws()
    with Cognito(region="us-east-1") as cognito:
        moto.start()
        assert both_arrive() in cognito.pools
    moto.stop()
    with Cognito(region="us-east-1") as cognito:
        assert list(cognito.pools) == []


def test_no_operation_reaches_the_network(keys):
    unsupported = sorted(model.operations() - set(FAMILY_OF))
    assert len(unsupported) > 30
    client = boto3.client("cognito-idp", config=Config(parameter_validation=False), **keys)
    with Cognito(region="us-east-1") as cognito:
        for operation in unsupported:
            with pytest.raises(UnsupportedOperationError, match=f"^{operation} is not simulated"):
                client._make_api_call(operation, {})
        with pytest.raises(UnreportedError):
            cognito.check()
    assert cognito.calls.operations == unsupported


def test_nothing_is_left_behind(keys):
    environment = dict(os.environ)
    client = boto3.client("cognito-idp", **keys)
    with Cognito() as cognito:
        cognito.create_pool(Id="us-east-1_AbCdEf123").add_user("ana")
        client.admin_get_user(UserPoolId="us-east-1_AbCdEf123", Username="ana")
        assert botocore.endpoint.Endpoint.make_request is not MAKE_REQUEST
    assert botocore.endpoint.Endpoint.make_request is MAKE_REQUEST
    assert dict(os.environ) == environment
    assert type(client._endpoint._event_emitter).__module__.startswith("botocore")
    with pytest.raises(HTTPClientError, match="reached out"):
        client.admin_get_user(UserPoolId="us-east-1_AbCdEf123", Username="ana")


@pytest.fixture
def bare_botocore():
    """Take whatever is on botocore off again."""
    yield
    botocore.endpoint.Endpoint.make_request = MAKE_REQUEST


def test_a_wrapper_put_over_the_hook_stays_and_is_passed(bare_botocore, keys):
    client, passed = boto3.client("cognito-idp", **keys), []
    with Cognito() as cognito:
        pool = cognito.create_pool()
        pool.add_user("ana")
        hook = botocore.endpoint.Endpoint.make_request

        def wrapper(self, operation_model, request_dict):
            passed.append(operation_model.name)
            return hook(self, operation_model, request_dict)

        botocore.endpoint.Endpoint.make_request = wrapper
        client.admin_get_user(UserPoolId=pool.id, Username="ana")
    assert botocore.endpoint.Endpoint.make_request is wrapper
    with Cognito() as cognito:
        pool = cognito.create_pool()
        pool.add_user("ana")
        client.admin_get_user(UserPoolId=pool.id, Username="ana")
        assert pool.calls.operations == ["AdminGetUser"]
    assert botocore.endpoint.Endpoint.make_request is wrapper
    assert passed == ["AdminGetUser", "AdminGetUser"]


def test_botocores_retries_are_real_and_cost_no_time(cognito, cognito_idp):
    seen = []

    def answer(_request):
        seen.append("request")
        if len(seen) < 3:
            raise EndpointConnectionError(endpoint_url="https://cognito-idp.us-east-1.amazonaws.com")
        return {"Groups": []}

    cognito.answer("ListGroups", answer)
    reply = cognito_idp.list_groups(UserPoolId="us-east-1_AbCdEf123")
    assert reply["ResponseMetadata"]["RetryAttempts"] == 2
    attempts = cognito.calls.one("ListGroups").attempts
    assert [type(attempt.raised).__name__ for attempt in attempts] == ["EndpointConnectionError"] * 2 + ["NoneType"]
    assert attempts[0].waited > 0
    assert attempts[2].reply == {"Groups": []}


def test_threads_share_a_pool(cognito_pool, cognito_idp):
    def create(number):
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username=f"user{number}")

    threads = [threading.Thread(target=create, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(cognito_pool.users) == sorted(f"user{number}" for number in range(20))
    assert len(cognito_pool.calls) == 20


ASYNC = """
import asyncio

from aiobotocore.session import get_session
from botocore.exceptions import EndpointConnectionError, HTTPClientError

from pytest_cognito_pool import Cognito


async def main(cognito):
    pool = cognito.create_pool()
    pool.add_user("ana", status="UNCONFIRMED")
    async with get_session().create_client("cognito-idp", region_name=cognito.region) as client:
        await client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
        assert pool.users["ana"].status == "CONFIRMED"
        try:
            await client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
        except client.exceptions.NotAuthorizedException as error:
            assert error.response["Error"]["Message"] == "User cannot be confirmed. Current status is CONFIRMED"
        await client.sign_up(ClientId=pool.client.id, Username="bob", Password="Passw0rd!")
        await asyncio.gather(
            *(client.admin_create_user(UserPoolId=pool.id, Username=f"user{number}") for number in range(10))
        )
        tries = []

        def answer(request):
            tries.append(request)
            if len(tries) == 1:
                raise EndpointConnectionError(endpoint_url="https://example.com")
            return {"Groups": []}

        cognito.answer("ListGroups", answer)
        await client.list_groups(UserPoolId=pool.id)
    assert len(pool.users) == 12
    assert pool.calls.one("ListGroups").attempts[0].waited > 0


with Cognito() as cognito:
    asyncio.run(main(cognito))
"""


def test_an_aiobotocore_client_is_caught():
    """In a process of its own: an event loop's leftovers are no concern of this suite's warnings."""
    pytest.importorskip("aiobotocore")
    done = subprocess.run([sys.executable, "-c", ASYNC], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
