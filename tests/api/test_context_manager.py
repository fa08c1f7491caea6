"""Cognito as a context manager: outside pytest's fixtures, one in the other, and the truth on leaving."""

from __future__ import annotations

import os

import boto3
import botocore.endpoint
import pytest

from pytest_cognito_pool import Cognito, UnreportedError, UnsupportedOperationError, UsageError

NOT_SIMULATED = (
    "GetSigningCertificate is not simulated by pytest-cognito-pool.\n"
    "To give your own reply: cognito.answer('GetSigningCertificate', {...})"
)


@pytest.fixture(scope="module")
def client():
    return boto3.client("cognito-idp", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret")


def swallow(client, pool):
    with pytest.raises(UnsupportedOperationError):
        client.get_signing_certificate(UserPoolId=pool.id)


def leave_with(error, client, pool):
    swallow(client, pool)
    raise error


def swallow_two(client, pool):
    swallow(client, pool)
    with pytest.raises(UnsupportedOperationError):
        client.describe_risk_configuration(UserPoolId=pool.id)


class TestAlone:
    def test_it_answers_while_it_is_entered(self, client):
        make_request = botocore.endpoint.Endpoint.make_request
        with Cognito() as cognito:
            assert isinstance(cognito, Cognito)
            pool = cognito.create_pool()
            pool.add_user("ana", status="UNCONFIRMED")
            client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
            assert botocore.endpoint.Endpoint.make_request is not make_request
        assert botocore.endpoint.Endpoint.make_request is make_request
        assert pool.users["ana"].status == "CONFIRMED"
        assert cognito.calls.operations == ["AdminConfirmSignUp"]

    def test_it_may_be_entered_again(self, client):
        cognito = Cognito()
        pool = cognito.create_pool()
        for _ in range(2):
            with cognito:
                client.describe_user_pool(UserPoolId=pool.id)
        assert len(pool.calls) == 2

    def test_pools_may_be_made_before(self, client):
        cognito = Cognito()
        pool = cognito.create_pool()
        pool.add_user("ana")
        with cognito:
            assert client.admin_get_user(UserPoolId=pool.id, Username="ana")["Username"] == "ana"

    def test_what_a_client_needs_is_there_meanwhile(self, monkeypatch):
        names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_EC2_METADATA_DISABLED")
        for name in names:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AWS_PROFILE", "nobody")
        before = dict(os.environ)
        with Cognito(region="eu-west-1") as cognito:
            assert all(name in os.environ for name in names)
            assert "AWS_PROFILE" not in os.environ
            pool = cognito.create_pool()
            assert boto3.client("cognito-idp").describe_user_pool(UserPoolId=pool.id)["UserPool"]["Id"] == pool.id
        assert dict(os.environ) == before

    @pytest.mark.parametrize("name", ["AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    @pytest.mark.parametrize("before", ["", None])
    def test_what_is_empty_or_missing_is_put_in(self, monkeypatch, name, before):
        monkeypatch.setenv(name, "") if before == "" else monkeypatch.delenv(name, raising=False)
        with Cognito() as cognito:
            pool = cognito.create_pool()
            boto3.Session().client("cognito-idp").describe_user_pool(UserPoolId=pool.id)
        assert os.environ.get(name) == before

    def test_what_is_there_stays(self, monkeypatch):
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        with Cognito() as cognito:
            assert (os.environ["AWS_ACCESS_KEY_ID"], cognito.region) == ("mine", "eu-central-1")
        assert os.environ["AWS_DEFAULT_REGION"] == "eu-central-1"

    def test_region_and_account(self, monkeypatch):
        monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
        assert Cognito().region == "us-east-1"
        cognito = Cognito(region="ap-south-1", account="210987654321")
        assert (cognito.region, cognito.account) == ("ap-south-1", "210987654321")
        assert cognito.create_pool().arn.startswith("arn:aws:cognito-idp:ap-south-1:210987654321:userpool/ap-south-1_")
        assert repr(cognito) == "<Cognito 210987654321 ap-south-1>"

    def test_parameters_are_given_by_name(self):
        with pytest.raises(TypeError):
            Cognito("us-east-1")


class TestTruth:
    def test_on_leaving(self, client):
        with pytest.raises(UnreportedError) as caught, Cognito() as cognito:
            swallow(client, cognito.create_pool(Id="us-east-1_Mine"))
        assert str(caught.value) == (
            "the application ignored the error of "
            "GetSigningCertificate(UserPoolId='us-east-1_Mine'):\n"
            "  GetSigningCertificate is not simulated by pytest-cognito-pool.\n"
            "  To give your own reply: cognito.answer('GetSigningCertificate', {...})"
        )
        assert caught.value.calls == (("GetSigningCertificate(UserPoolId='us-east-1_Mine')", NOT_SIMULATED),)

    def test_the_hook_and_the_environment_are_put_back_all_the_same(self, client):
        make_request, before = botocore.endpoint.Endpoint.make_request, dict(os.environ)
        with pytest.raises(UnreportedError), Cognito() as cognito:
            swallow(client, cognito.create_pool())
        assert botocore.endpoint.Endpoint.make_request is make_request
        assert dict(os.environ) == before

    def test_not_when_an_exception_is_on_its_way(self, client):
        with pytest.raises(ZeroDivisionError), Cognito() as cognito:
            leave_with(ZeroDivisionError, client, cognito.create_pool())

    def test_the_error_itself_may_be_on_its_way(self, client):
        with pytest.raises(UnsupportedOperationError), Cognito() as cognito:
            client.get_signing_certificate(UserPoolId=cognito.create_pool().id)

    def test_each_is_told_once(self, client):
        with Cognito() as cognito:
            swallow(client, cognito.create_pool())
            with pytest.raises(UnreportedError):
                cognito.check()
            cognito.check()

    def test_all_are_told(self, client):
        with pytest.raises(UnreportedError) as caught, Cognito() as cognito:
            swallow_two(client, cognito.create_pool(Id="us-east-1_Mine"))
        assert [call for call, _ in caught.value.calls] == [
            "GetSigningCertificate(UserPoolId='us-east-1_Mine')",
            "DescribeRiskConfiguration(UserPoolId='us-east-1_Mine')",
        ]

    def test_nothing_to_tell(self, client):
        with Cognito() as cognito:
            pool = cognito.create_pool()
            with pytest.raises(client.exceptions.UserNotFoundException):
                client.admin_get_user(UserPoolId=pool.id, Username="ana")
            assert cognito.check() is None


class TestNested:
    def test_the_one_that_owns_the_pool_answers(self, client):
        with Cognito() as outer:
            far = outer.create_pool()
            far.add_user("ana")
            with Cognito() as inner:
                near = inner.create_pool()
                near.add_user("bob")
                assert client.admin_get_user(UserPoolId=far.id, Username="ana")["Username"] == "ana"
                assert client.admin_get_user(UserPoolId=near.id, Username="bob")["Username"] == "bob"
        assert (outer.calls, inner.calls) == (far.calls, near.calls)
        assert (len(far.calls), len(near.calls)) == (1, 1)

    def test_the_one_that_owns_the_client_answers(self, client):
        with Cognito() as outer, Cognito() as inner:
            far, near = outer.create_pool(), inner.create_pool()
            for pool in (far, near):
                client.sign_up(ClientId=pool.client.id, Username="ana", Password="Passw0rd!")
                assert list(pool.users) == ["ana"]
                assert len(pool.calls) == 1

    def test_else_the_innermost(self, client):
        with Cognito() as outer, Cognito() as inner:
            outer.create_pool()
            assert client.list_user_pools(MaxResults=5)["UserPools"] == []
            with pytest.raises(client.exceptions.ResourceNotFoundException):
                client.describe_user_pool(UserPoolId="us-east-1_Nobodys")
            client.create_user_pool(PoolName="mine")
        assert outer.calls == []
        assert inner.calls.operations == ["ListUserPools", "DescribeUserPool", "CreateUserPool"]
        assert (len(outer.pools), len(inner.pools)) == (1, 1)

    def test_of_two_that_own_it_the_innermost(self, client):
        with Cognito() as outer, Cognito() as inner:
            for cognito in (outer, inner):
                cognito.create_pool(Id="us-east-1_Same")
            client.describe_user_pool(UserPoolId="us-east-1_Same")
        assert (len(outer.calls), len(inner.calls)) == (0, 1)

    def test_a_body_that_cannot_be_read_is_the_innermosts(self, keys):
        client = boto3.client("cognito-idp", **keys)
        client.meta.events.register(
            "before-call.cognito-identity-provider", lambda params, **_: params.update(body=b"{")
        )
        with Cognito() as outer, Cognito() as inner:
            with pytest.raises(client.exceptions.ClientError):
                client.list_user_pools(MaxResults=5)
            assert (len(outer.calls), len(inner.calls)) == (0, 1)

    def test_the_outer_one_goes_on_when_the_inner_one_ends(self, client):
        with Cognito() as outer:
            pool = outer.create_pool()
            with Cognito():
                pass
            client.describe_user_pool(UserPoolId=pool.id)
        assert len(pool.calls) == 1

    def test_they_may_end_in_any_order(self, client):
        make_request = botocore.endpoint.Endpoint.make_request
        first, second = Cognito(), Cognito()
        first.__enter__()
        second.__enter__()
        pool = second.create_pool()
        first.__exit__(None, None, None)
        client.describe_user_pool(UserPoolId=pool.id)
        second.__exit__(None, None, None)
        assert botocore.endpoint.Endpoint.make_request is make_request

    def test_each_tells_its_own_truth(self, client):
        with Cognito() as outer:
            pool = outer.create_pool()
            with Cognito():
                swallow(client, pool)
            with pytest.raises(UnreportedError):
                outer.check()

    def test_inside_the_fixtures(self, cognito, cognito_pool, cognito_idp):
        with Cognito() as inner:
            pool = inner.create_pool()
            cognito_idp.describe_user_pool(UserPoolId=pool.id)
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        assert (len(inner.calls), len(cognito.calls)) == (1, 1)


def test_one_that_is_entered_cannot_be_entered_again():
    with (
        Cognito(region="us-east-1") as cognito,
        pytest.raises(UsageError, match=r"^<Cognito 123456789012 us-east-1> is entered already$"),
    ):
        cognito.__enter__()
