"""Calls: what each one keeps, and in which logs it lands."""

from __future__ import annotations

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from pytest_cognito_pool import Attempt, Call, CallLog, Cognito, Error, Transition, UnsupportedOperationError


def raw_client(body=None, **config):
    """A client that validates nothing, and sends that body in place of its own."""
    client = boto3.client("cognito-idp", region_name="us-east-1", config=Config(parameter_validation=False, **config))
    if body is not None:

        def replace(params, **_kwargs):
            params["body"] = body

        client.meta.events.register("before-call.cognito-identity-provider", replace)
    return client


class TestFields:
    def test_of_a_success(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana", ClientMetadata={"a": "b"})
        (call,) = cognito_pool.calls
        assert isinstance(call, Call)
        assert call.operation == "AdminConfirmSignUp"
        assert call.request == {"UserPoolId": cognito_pool.id, "Username": "ana", "ClientMetadata": {"a": "b"}}
        assert call.pool_id == cognito_pool.id
        assert (call.reply, call.error, call.raised, call.why) == ({}, None, None, "")
        assert call.attempts == [Attempt(reply={})]
        assert call.transitions == [("ana", Transition("UNCONFIRMED", "CONFIRMED", "AdminConfirmSignUp", at=0))]
        assert call.invocations == cognito_pool.triggers[:]
        assert call.outcome() == "ok, 'ana' UNCONFIRMED -> CONFIRMED"

    def test_of_a_reply(self, cognito_pool, cognito_idp):
        user = cognito_pool.add_user("ana")
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        reply = cognito_pool.calls[0].reply
        assert reply["Username"] == "ana"
        assert reply["UserAttributes"][0] == {"Name": "sub", "Value": user.sub}

    def test_a_reply_stays_as_it_was(self, cognito_pool, cognito_idp):
        described = cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        tags = cognito_pool.calls[0].reply["UserPool"]["UserPoolTags"]
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, UserPoolTags={"team": "blue"})
        assert tags == described["UserPool"]["UserPoolTags"] == {}

    def test_of_a_refusal(self, cognito_pool, cognito_idp, refused):
        cognito_pool.add_user("ana")
        with refused("NotAuthorizedException"):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        (call,) = cognito_pool.calls
        assert call.error == Error(
            "NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED", status=400
        )
        assert (call.reply, call.raised) == (None, None)
        assert call.why == "'ana' is CONFIRMED; only an UNCONFIRMED user can be confirmed"
        assert call.attempts == [Attempt(error=call.error)]
        assert call.attempts[0].why == call.why
        assert (call.transitions, call.invocations) == ([], [])

    def test_of_an_exception(self, cognito, cognito_pool, cognito_idp):
        with pytest.raises(UnsupportedOperationError) as caught:
            cognito_idp.get_signing_certificate(UserPoolId=cognito_pool.id)
        (call,) = cognito_pool.calls
        assert call.raised is caught.value
        assert (call.reply, call.error, call.why) == (None, None, "")
        assert repr(call) == f"<GetSigningCertificate(UserPoolId='{cognito_pool.id}') -> UnsupportedOperationError>"
        with pytest.raises(AssertionError, match="GetSigningCertificate"):
            cognito.check()

    def test_passwords_are_secret_and_comparable(self, cognito_pool, cognito_idp):
        cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")
        call = cognito_pool.calls.one("SignUp", Password="Passw0rd!")
        assert call.request["Password"] == "Passw0rd!"
        assert "Passw0rd!" not in repr(cognito_pool.calls)

    def test_a_generated_secret_is_secret_too(self, cognito_pool, cognito_idp):
        reply = cognito_idp.create_user_pool_client(UserPoolId=cognito_pool.id, ClientName="x", GenerateSecret=True)
        secret = reply["UserPoolClient"]["ClientSecret"]
        call = cognito_pool.calls[0]
        assert call.reply["UserPoolClient"]["ClientSecret"] == secret
        assert secret not in repr(call.attempts)

    def test_what_was_sent_beyond_the_model_is_kept(self, cognito_pool):
        client = raw_client(b'{"UserPoolId": "us-east-1_TestPool1", "Colour": "red"}')
        client.describe_user_pool()
        assert cognito_pool.calls[0].request == {"UserPoolId": "us-east-1_TestPool1", "Colour": "red"}

    @pytest.mark.parametrize("body", [b"{", b"[]", b"null", b""])
    def test_of_a_body_that_cannot_be_read(self, cognito, cognito_pool, refused, body):
        with refused("SerializationException"):
            raw_client(body).admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        (call,) = cognito.calls
        assert (call.operation, call.request, call.pool_id) == ("AdminGetUser", {}, None)
        assert call.error.code == "SerializationException"
        assert cognito_pool.calls == []

    def test_a_call_that_botocore_stops_is_none(self, cognito, cognito_idp):
        with pytest.raises(Exception, match="Parameter validation failed"):
            cognito_idp.admin_get_user(UserPoolId="x")
        assert cognito.calls == []


class TestWhere:
    def test_a_call_that_names_a_pool_is_the_pools(self, cognito, cognito_pool, cognito_idp):
        other = cognito.create_pool()
        cognito_idp.describe_user_pool(UserPoolId=other.id)
        assert (other.calls.operations, cognito_pool.calls) == (["DescribeUserPool"], [])
        assert cognito.calls == other.calls

    def test_a_call_that_names_an_app_client_is_its_pools(self, cognito, cognito_pool, cognito_idp):
        other = cognito.create_pool()
        for pool in (cognito_pool, other):
            for client in (pool.client, pool.create_client()):
                name = f"u{client.id}"
                cognito_idp.sign_up(ClientId=client.id, Username=name, Password="Passw0rd!")
            assert [call.request["ClientId"] for call in pool.calls] == list(pool._record.clients)
            assert {call.pool_id for call in pool.calls} == {pool.id}
        assert cognito.calls.operations == ["SignUp"] * 4

    def test_a_call_of_no_pool_is_the_accounts_only(self, cognito, cognito_pool, cognito_idp):
        cognito_idp.list_user_pools(MaxResults=1)
        cognito_idp.create_user_pool(PoolName="x")
        assert cognito.calls.operations == ["ListUserPools", "CreateUserPool"]
        assert [call.pool_id for call in cognito.calls] == [None, None]
        assert cognito_pool.calls == []

    def test_a_call_of_an_unknown_pool_or_client_too(self, cognito, cognito_pool, cognito_idp, refused):
        with refused("ResourceNotFoundException"):
            cognito_idp.describe_user_pool(UserPoolId="us-east-1_Other")
        with refused("ResourceNotFoundException"):
            cognito_idp.sign_up(ClientId="other", Username="ana", Password="Passw0rd!")
        assert [call.pool_id for call in cognito.calls] == [None, None]
        assert cognito_pool.calls == []

    @pytest.mark.parametrize("body", [b'{"UserPoolId":5}', b'{"UserPoolId":["x"]}', b'{"ClientId":{}}'])
    def test_a_call_with_an_id_that_is_none_too(self, cognito, cognito_pool, refused, body):
        with refused("SerializationException"):
            raw_client(body).describe_user_pool_client()
        assert cognito.calls[0].pool_id is None
        assert cognito_pool.calls == []

    def test_the_pool_named_comes_before_the_client(self, cognito, cognito_pool, cognito_idp, refused):
        other = cognito.create_pool()
        with refused("ResourceNotFoundException"):
            cognito_idp.describe_user_pool_client(UserPoolId=other.id, ClientId=cognito_pool.client.id)
        assert (len(other.calls), len(cognito_pool.calls)) == (1, 0)

    def test_calls_of_a_deleted_pool_stay(self, cognito, cognito_pool, cognito_idp, refused):
        cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)
        with refused("ResourceNotFoundException"):
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        assert cognito_pool.calls.operations == ["DeleteUserPool", "DescribeUserPool"]
        assert cognito.calls == cognito_pool.calls
        assert repr(cognito_pool) == f"<UserPool {cognito_pool.id} deleted>"

    def test_calls_of_a_deleted_app_client_are_the_pools(self, cognito_pool, cognito_idp, refused):
        client_id = cognito_pool.client.id
        cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client_id)
        with refused("ResourceNotFoundException"):
            cognito_idp.sign_up(ClientId=client_id, Username="ana", Password="Passw0rd!")
        assert cognito_pool.calls.operations == ["DeleteUserPoolClient", "SignUp"]

    def test_a_pool_that_has_the_id_of_a_deleted_one_has_its_own_calls(self, cognito, cognito_pool, cognito_idp):
        cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)
        again = cognito.create_pool(Id=cognito_pool.id)
        cognito_idp.describe_user_pool(UserPoolId=again.id)
        assert cognito_pool.calls.operations == ["DeleteUserPool"]
        assert again.calls.operations == ["DescribeUserPool"]

    def test_a_pool_the_application_made_has_logs_too(self, cognito, cognito_idp):
        pool_id = cognito_idp.create_user_pool(PoolName="x")["UserPool"]["Id"]
        cognito_idp.describe_user_pool(UserPoolId=pool_id)
        assert cognito.pools[pool_id].calls.operations == ["DescribeUserPool"]

    def test_logs_are_live_and_equal_to_lists(self, cognito, cognito_pool, cognito_idp):
        calls, all_calls = cognito_pool.calls, cognito.calls
        assert isinstance(calls, CallLog)
        assert isinstance(all_calls, CallLog)
        cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        assert calls == all_calls == [cognito_pool.calls[0]]


class TestAttempts:
    def test_a_call_that_is_retried_is_one_call(self, cognito_pool):
        client = raw_client()
        client.meta.events.register(
            "needs-retry.cognito-identity-provider", lambda attempts, **_: 1.5 if attempts < 3 else None
        )
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        with pytest.raises(client.exceptions.NotAuthorizedException):
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        (call,) = cognito_pool.calls
        refused = Error("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED", status=400)
        assert [(one.reply, one.error, one.waited) for one in call.attempts] == [
            ({}, None, 1.5),
            (None, refused, 1.5),
            (None, refused, 0.0),
        ]
        assert (call.reply, call.error) == (None, refused)
        assert len(call.transitions) == len(cognito_pool.triggers) == 1


class TestUnsigned:
    def test_an_unsigned_admin_call_is_refused(self, cognito_pool, refused):
        client = raw_client(signature_version=UNSIGNED)
        with refused("MissingAuthenticationTokenException", "Missing Authentication Token"):
            client.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.calls[0].why == "the application's client does not sign its requests"


class TestBodies:
    @pytest.mark.parametrize("depth", [100, 300, 500, 700, 900, 5000])
    def test_a_deep_one_is_refused_like_any_other(self, cognito, cognito_pool, depth):
        client = raw_client(b'{"UserPoolId":' + b"[" * depth + b"]" * depth + b"}")
        with pytest.raises(client.exceptions.ClientError) as caught:
            client.describe_user_pool()
        assert caught.value.response["Error"]["Code"] == "SerializationException"
        assert len(cognito.calls) == 1

    @pytest.mark.parametrize("depth", [100, 300, 500, 700, 900])
    def test_a_deep_member_that_nobody_knows_does_no_harm(self, cognito_pool, depth):
        pool_id = cognito_pool.id.encode()
        client = raw_client(b'{"UserPoolId":"' + pool_id + b'","x":' + b"[" * depth + b"]" * depth + b"}")
        try:
            client.describe_user_pool()
        except client.exceptions.ClientError as error:
            assert error.response["Error"]["Code"] == "SerializationException"  # noqa: PT017 - either will do


class TestHooks:
    def test_a_fake_outside_pytest_tells_of_pools_and_calls(self):
        pools, calls = [], []
        with Cognito(on_pool=pools.append, on_call=calls.append) as cognito:
            pool = cognito.create_pool()
            client = boto3.client("cognito-idp")
            client.create_user_pool(PoolName="x")
            client.describe_user_pool(UserPoolId=pool.id)
        assert pools == list(cognito.pools.values())
        assert calls == cognito.calls
