"""CreateUserPoolClient, DescribeUserPoolClient and SECRET_HASH: facts/lifecycle.md E, facts/sign-in.md 8 and 9."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

import pytest

from pytest_cognito_pool import UsageError

evidence = pytest.mark.evidence
OAUTH_INCOMPLETE = (
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows."
)


@pytest.fixture
def create(cognito_pool, cognito_idp):
    """Create an app client of the test's pool; return it as the reply has it."""

    def create(**given):
        parameters = {"UserPoolId": cognito_pool.id, "ClientName": "web", **given}
        return cognito_idp.create_user_pool_client(**parameters)["UserPoolClient"]

    return create


def hash_of(client, username):
    """The SECRET_HASH as applications compute it."""
    message = f"{username}{client['ClientId']}".encode()
    return base64.b64encode(hmac.new(client["ClientSecret"].encode(), message, hashlib.sha256).digest()).decode()


class TestCreateUserPoolClient:
    @evidence("observed", "public captures of a minimal CreateUserPoolClient, 2023 and 2025")
    def test_the_minimal_reply_has_six_defaults_and_no_flows(self, create, cognito_pool):
        client = create()
        assert client == {
            "UserPoolId": cognito_pool.id,
            "ClientName": "web",
            "ClientId": client["ClientId"],
            "LastModifiedDate": client["CreationDate"],
            "CreationDate": client["CreationDate"],
            "RefreshTokenValidity": 30,
            "TokenValidityUnits": {},
            "AllowedOAuthFlowsUserPoolClient": False,
            "EnableTokenRevocation": True,
            "EnablePropagateAdditionalUserContextData": False,
            "AuthSessionValidity": 3,
        }

    @evidence("observed", "lifecycle.md E: 26 lower-case alphanumerics")
    def test_the_id_is_26_lower_case_alphanumerics(self, create):
        assert re.fullmatch(r"[a-z0-9]{26}", create()["ClientId"])

    @evidence("observed", "lifecycle.md E: a secret of 51 or 52 lower-case alphanumerics")
    def test_a_secret_is_generated_when_asked_for(self, create):
        assert re.fullmatch(r"[a-z0-9]{51,52}", create(GenerateSecret=True)["ClientSecret"])

    @evidence("inferred", "no secret, no member")
    def test_no_secret_is_generated_when_it_is_not_asked_for(self, create):
        assert "ClientSecret" not in create(GenerateSecret=False)

    @evidence("inferred", "settings come back as they were given; observed for flows")
    def test_the_settings_come_back(self, create):
        given = {
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            "AccessTokenValidity": 2,
            "IdTokenValidity": 3,
            "RefreshTokenValidity": 4,
            "TokenValidityUnits": {"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"},
            "ReadAttributes": ["email", "email_verified"],
            "WriteAttributes": ["email"],
            "PreventUserExistenceErrors": "ENABLED",
            "CallbackURLs": ["https://example.com"],
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid"],
            "SupportedIdentityProviders": ["COGNITO"],
            "EnableTokenRevocation": False,
            "AuthSessionValidity": 15,
        }
        client = create(**given)
        assert {name: client[name] for name in given} == given

    @evidence("inferred", "no capture of the text")
    @pytest.mark.parametrize("kind", ["ReadAttributes", "WriteAttributes"])
    def test_attributes_that_the_schema_lacks_are_refused(self, create, refused, cognito_pool, kind):
        with refused("InvalidParameterException"):
            create(**{kind: ["email", "custom:plan"]})
        assert cognito_pool.calls[-1].why == "the pool's schema lacks ['custom:plan']"

    @evidence("inferred", "an attribute of the pool's own")
    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String"}])
    def test_attributes_of_the_pools_own_are_accepted(self, create):
        assert create(ReadAttributes=["custom:plan"])["ReadAttributes"] == ["custom:plan"]

    @evidence("observed", "jobairkhan.com/2019/02/10/aws-cognito-user-pools-client-credentials")
    @pytest.mark.parametrize("given", [{}, {"AllowedOAuthFlows": ["code"]}, {"AllowedOAuthScopes": ["openid"]}])
    def test_oauth_needs_flows_and_scopes(self, create, refused, given):
        with refused("InvalidParameterException", OAUTH_INCOMPLETE):
            create(AllowedOAuthFlowsUserPoolClient=True, **given)

    @evidence("observed", "jobairkhan.com/2019/02/10/aws-cognito-user-pools-client-credentials")
    def test_client_credentials_need_a_secret(self, create, refused):
        text = "client_credentials flow can not be selected if client does not have a client secret."
        given = {"AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["shop/read"]}
        with refused("InvalidParameterException", text):
            create(AllowedOAuthFlowsUserPoolClient=True, **given)
        client = create(AllowedOAuthFlowsUserPoolClient=True, GenerateSecret=True, **given)
        assert client["AllowedOAuthFlows"] == ["client_credentials"]

    @evidence("inferred", "no capture; CreateUserPoolClient has ClientSecret in new models only")
    def test_a_secret_cannot_be_given_and_generated(self, cognito_pool):
        with pytest.raises(UsageError, match="InvalidParameterException"):
            cognito_pool.create_client(GenerateSecret=True, ClientSecret="s" * 51)

    @evidence("inferred", "a refusal is no change")
    def test_a_refused_client_is_not_there(self, create, cognito_pool, cognito_idp, refused):
        with refused("InvalidParameterException"):
            create(AllowedOAuthFlowsUserPoolClient=True)
        with refused("ResourceNotFoundException"):
            cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId="abc")
        assert cognito_pool.calls[-1].why == f"{cognito_pool.id} has the app clients ['testclient0000000000000001']"


class TestDescribeUserPoolClient:
    @evidence("model", "DescribeUserPoolClient returns the client")
    @pytest.mark.parametrize("secret", [True, False])
    def test_a_client_is_described_as_it_was_created(self, create, cognito_pool, cognito_idp, secret):
        client = create(GenerateSecret=secret)
        described = cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client["ClientId"])
        assert described["UserPoolClient"] == client

    @evidence("inferred", "as observed on SignUp")
    def test_an_unknown_client_is_refused(self, cognito_pool, cognito_idp, refused):
        with refused("ResourceNotFoundException"):
            cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId="abc")

    @evidence("inferred", "a client is of one pool")
    def test_a_client_of_another_pool_is_unknown(self, cognito, cognito_pool, cognito_idp, refused):
        other = cognito.create_pool()
        with refused("ResourceNotFoundException"):
            cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId=other.client.id)


class TestSecretHash:
    @pytest.fixture
    def client(self, create):
        return create(GenerateSecret=True)

    @pytest.fixture
    def sign_up(self, cognito_idp, client):
        def sign_up(username, **given):
            parameters = {"ClientId": client["ClientId"], "Password": "Passw0rd!", **given}
            return cognito_idp.sign_up(Username=username, **parameters)

        return sign_up

    @evidence("observed", "qwigo/warrant#74, alexrudd/cognito-srp#1: HMAC-SHA256 over username and client id")
    def test_the_right_hash_is_accepted(self, sign_up, client, cognito_pool):
        sign_up("ana", SecretHash=hash_of(client, "ana"))
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("observed", "qwigo/warrant#74: over the username as written in the same request")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_hash_is_over_the_username_as_written(self, sign_up, client, cognito_pool):
        sign_up("ana@example.com", SecretHash=hash_of(client, "ana@example.com"))
        assert cognito_pool.users["ana@example.com"].status == "UNCONFIRMED"

    @evidence("observed", "amplify-android#2504")
    def test_a_missing_hash_is_refused(self, sign_up, client, cognito_pool, refused):
        text = f"Client {client['ClientId']} is configured with secret but SECRET_HASH was not received"
        with refused("NotAuthorizedException", text):
            sign_up("ana")
        assert not cognito_pool.users
        assert cognito_pool.calls[-1].why == f"app client {client['ClientId']!r} has a secret"

    @evidence("observed", "aws-sdk-net-extensions-cognito#75, #122; amplify-android#3111 (2025)")
    @pytest.mark.parametrize("wrong", ["of another user", "of nothing"])
    def test_a_wrong_hash_is_refused(self, sign_up, client, cognito_pool, refused, wrong):
        sent = hash_of(client, "bob") if wrong == "of another user" else "AAAA"
        with refused("NotAuthorizedException", f"SecretHash does not match for the client: {client['ClientId']}"):
            sign_up("ana", SecretHash=sent)
        assert not cognito_pool.users
        assert cognito_pool.calls[-1].why == f"the hash is not that of 'ana' and {client['ClientId']!r}"

    @evidence("inferred", "no evidence of the text for a client without a secret")
    def test_a_hash_nobody_asked_for_is_refused(self, sign_up, cognito_pool, refused):
        public = cognito_pool.client
        with refused("NotAuthorizedException"):
            sign_up("ana", ClientId=public.id, SecretHash="AAAA")
        assert cognito_pool.calls[-1].why == f"app client {public.id!r} has no secret"
