"""The operations on app clients and SECRET_HASH: facts/lifecycle.md E, facts/sign-in.md 8 and 9."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

import boto3
import pytest

from pytest_cognito_pool import Cognito, UnsupportedOperationError, UsageError
from pytest_cognito_pool._service.pool import app_clients

evidence = pytest.mark.evidence


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
    def test_a_minimal_app_client_has_six_defaults_and_no_auth_flows(self, create, cognito_pool):
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
    def test_the_reply_has_the_settings_as_given(self, create):
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

    @evidence("inferred", "the schema of the pool has the attribute")
    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String"}])
    def test_custom_attributes_of_the_pool_are_accepted(self, create):
        assert create(ReadAttributes=["custom:plan"])["ReadAttributes"] == ["custom:plan"]

    @evidence("inferred", "no capture; CreateUserPoolClient has ClientSecret in new models only")
    def test_a_secret_cannot_be_both_given_and_generated(self, cognito_pool):
        with pytest.raises(UsageError, match="InvalidParameterException"):
            cognito_pool.create_client(GenerateSecret=True, ClientSecret="s" * 51)

    @evidence("inferred", "a refused request changes nothing")
    def test_a_refused_app_client_is_not_created(self, create, cognito_pool, cognito_idp, refused):
        with refused("InvalidParameterException"):
            create(AllowedOAuthFlowsUserPoolClient=True)
        with refused("ResourceNotFoundException"):
            cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId="abc")
        assert cognito_pool.calls[-1].why == f"{cognito_pool.id} has the app clients ['testclient0000000000000001']"

    @evidence("inferred", "a setting without an effect here must not look as if it had one")
    @pytest.mark.parametrize("operation", ["CreateUserPoolClient", "UpdateUserPoolClient"])
    def test_a_setting_that_is_not_simulated_raises_unsupported_operation_error(self, keys, monkeypatch, operation):
        # Newer models have PublishSecretsInAWSSecretsManager; any other setting stands for it.
        monkeypatch.setattr(app_clients, "KNOWN", app_clients.KNOWN - {"LogoutURLs"})
        named = {"ClientName": "shop"} if operation.startswith("Create") else {"ClientId": "shop"}
        cognito, send = Cognito(), boto3.client("cognito-idp", **keys)._make_api_call
        request = {"UserPoolId": cognito.create_pool(client_id="shop").id, "LogoutURLs": [], **named}
        with pytest.raises(UnsupportedOperationError, match=f"^{operation} with LogoutURLs is not"), cognito:
            send(operation, request)


class TestDescribeUserPoolClient:
    @evidence("model", "DescribeUserPoolClient returns the client")
    @pytest.mark.parametrize("secret", [True, False])
    def test_an_app_client_is_described_as_it_was_created(self, create, cognito_pool, cognito_idp, secret):
        client = create(GenerateSecret=secret)
        described = cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client["ClientId"])
        assert described["UserPoolClient"] == client


class TestUpdateUserPoolClient:
    @pytest.fixture
    def update(self, cognito_pool, cognito_idp):
        def update(client, **given):
            parameters = {"UserPoolId": cognito_pool.id, "ClientId": client["ClientId"], **given}
            return cognito_idp.update_user_pool_client(**parameters)["UserPoolClient"]

        return update

    @evidence("documented", "UpdateUserPoolClient: what is not given is set to its default; the name is inferred")
    def test_each_setting_left_out_returns_to_its_default_except_the_name(self, create, update, cognito):
        plain = create()
        client = create(
            AccessTokenValidity=2,
            AuthSessionValidity=15,
            EnableTokenRevocation=False,
            ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"],
            PreventUserExistenceErrors="ENABLED",
            RefreshTokenValidity=4,
        )
        cognito.clock.advance(hours=1)
        updated = update(client, WriteAttributes=["email"])
        own = ("ClientId", "CreationDate", "LastModifiedDate")
        assert updated == plain | {name: updated[name] for name in own} | {"WriteAttributes": ["email"]}
        assert (updated["ClientId"], updated["CreationDate"]) == (client["ClientId"], client["CreationDate"])
        hour = updated["LastModifiedDate"] - client["LastModifiedDate"]
        assert hour.total_seconds() == pytest.approx(3600, abs=60)

    @evidence("model", "UpdateUserPoolClient returns the client")
    def test_describe_user_pool_client_returns_the_updated_app_client(self, create, update, cognito_pool, cognito_idp):
        updated = update(create(), ClientName="shop", ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"])
        assert (updated["ClientName"], updated["ExplicitAuthFlows"]) == ("shop", ["ALLOW_CUSTOM_AUTH"])
        described = cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId=updated["ClientId"])
        assert described["UserPoolClient"] == updated
        assert [client.name for client in cognito_pool.clients] == ["pytest", "shop"]

    @evidence("inferred", "UpdateUserPoolClient has no member for the secret")
    def test_the_secret_does_not_change(self, create, update, cognito_idp):
        client = create(GenerateSecret=True)
        assert update(client, ClientName="shop")["ClientSecret"] == client["ClientSecret"]
        cognito_idp.sign_up(
            ClientId=client["ClientId"], Username="ana", Password="Passw0rd!", SecretHash=hash_of(client, "ana")
        )

    @evidence("inferred", "operations read the current settings of the app client")
    def test_new_settings_take_effect_at_once(self, create, update, cognito_idp, refused):
        client = create(WriteAttributes=["email"])
        person = {"ClientId": client["ClientId"], "Password": "Passw0rd!"}
        name = [{"Name": "name", "Value": "Ana"}]
        with refused("NotAuthorizedException", "A client attempted to write unauthorized attribute"):
            cognito_idp.sign_up(Username="ana", UserAttributes=name, **person)
        update(client)
        cognito_idp.sign_up(Username="ana", UserAttributes=name, **person)

    @evidence("inferred", "as observed on CreateUserPoolClient")
    @pytest.mark.parametrize(
        "given",
        [
            {"AllowedOAuthFlowsUserPoolClient": True},
            {"ReadAttributes": ["custom:plan"]},
            {"WriteAttributes": ["custom:plan"]},
        ],
    )
    def test_a_refused_update_changes_nothing(self, create, update, cognito_idp, refused, given):
        client = create(AuthSessionValidity=15)
        with refused("InvalidParameterException"):
            update(client, ClientName="shop", **given)
        ids = {name: client[name] for name in ("UserPoolId", "ClientId")}
        assert cognito_idp.describe_user_pool_client(**ids)["UserPoolClient"] == client

    @evidence("inferred", "as observed on CreateUserPoolClient, of the secret it was created with")
    def test_client_credentials_are_accepted_for_an_app_client_created_with_a_secret(self, create, update):
        given = {"AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["email"]}
        client = update(create(GenerateSecret=True), AllowedOAuthFlowsUserPoolClient=True, **given)
        assert {name: client[name] for name in given} == given


@evidence("inferred", "an empty list counts as no list")
def test_an_empty_list_of_attributes_restricts_nothing(cognito_pool, cognito_idp):
    client = cognito_pool.create_client(
        ReadAttributes=[], WriteAttributes=[], ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )
    pairs = [{"Name": "name", "Value": "Ana"}]
    cognito_idp.sign_up(ClientId=client.id, Username="ana", Password="Passw0rd!", UserAttributes=pairs)
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.sign_in("ana", client).id_claims["name"] == "Ana"


class TestListUserPoolClients:
    @pytest.fixture
    def five(self, create):
        return [create(ClientName=f"app{number}") for number in range(5)]

    @pytest.fixture
    def listing(self, cognito_pool, cognito_idp):
        """One page: the names of the clients, and the token of the next."""

        def listing(**given):
            reply = cognito_idp.list_user_pool_clients(**{"UserPoolId": cognito_pool.id, **given})
            return [client["ClientName"] for client in reply["UserPoolClients"]], reply.get("NextToken")

        return listing

    @evidence("model", "UserPoolClientDescription: three members, and no secret")
    def test_an_app_client_is_listed_with_its_name_and_ids(self, create, cognito_pool, cognito_idp):
        client = create(GenerateSecret=True)
        assert cognito_idp.list_user_pool_clients(UserPoolId=cognito_pool.id)["UserPoolClients"] == [
            {"ClientId": cognito_pool.client.id, "UserPoolId": cognito_pool.id, "ClientName": "pytest"},
            {"ClientId": client["ClientId"], "UserPoolId": cognito_pool.id, "ClientName": "web"},
        ]

    @evidence("inferred", "a pool may have no app client")
    def test_the_list_is_empty_for_a_pool_without_app_clients(self, cognito_idp, listing):
        pool_id = cognito_idp.create_user_pool(PoolName="shop")["UserPool"]["Id"]
        assert listing(UserPoolId=pool_id) == ([], None)

    @evidence("model", "MaxResults and NextToken; the order is inferred")
    @pytest.mark.parametrize(
        ("size", "pages"),
        [
            (1, [["pytest"], ["app0"], ["app1"], ["app2"], ["app3"], ["app4"]]),
            (4, [["pytest", "app0", "app1", "app2"], ["app3", "app4"]]),
            (6, [["pytest", "app0", "app1", "app2", "app3", "app4"]]),
        ],
    )
    @pytest.mark.usefixtures("five")
    def test_pages_are_full_and_the_last_has_no_token(self, cognito_pool, cognito_idp, size, pages):
        seen = cognito_idp.get_paginator("list_user_pool_clients").paginate(
            UserPoolId=cognito_pool.id, PaginationConfig={"PageSize": size}
        )
        assert [[client["ClientName"] for client in page["UserPoolClients"]] for page in seen] == pages

    @evidence("inferred", "without MaxResults a page has as many as are allowed")
    def test_a_page_has_at_most_sixty_app_clients(self, cognito_pool, listing):
        for number in range(60):
            cognito_pool.create_client(ClientName=f"app{number}")
        seen, token = listing()
        assert (len(seen), seen[0], seen[-1]) == (60, "pytest", "app58")
        assert listing(NextToken=token) == (["app59"], None)

    @evidence("inferred", "an application that deletes what it lists must see every client")
    def test_deleting_between_pages_hides_no_app_client(self, five, cognito_pool, cognito_idp, listing):
        seen, token = listing(MaxResults=3)
        cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=five[1]["ClientId"])
        assert seen + listing(NextToken=token)[0] == ["pytest", "app0", "app1", "app2", "app3", "app4"]

    @evidence("inferred", "no capture of the text")
    @pytest.mark.usefixtures("five")
    def test_a_made_up_token_or_a_token_of_another_pool_is_refused(self, cognito, listing, refused):
        _, token = listing(MaxResults=1)
        with refused("InvalidParameterException"):
            listing(NextToken="made-up")
        with refused("InvalidParameterException"):
            listing(UserPoolId=cognito.create_pool().id, NextToken=token)


class TestDeleteUserPoolClient:
    @evidence("model", "DeleteUserPoolClient has no output")
    def test_the_app_client_is_deleted_and_the_others_stay(self, create, cognito_pool, cognito_idp, refused):
        client_id = create()["ClientId"]
        reply = cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client_id)
        assert set(reply) == {"ResponseMetadata"}
        assert [client.name for client in cognito_pool.clients] == ["pytest"]
        with refused("ResourceNotFoundException", f"User pool client {client_id} does not exist."):
            cognito_idp.sign_up(ClientId=client_id, Username="ana", Password="Passw0rd!")
        cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")

    @evidence("inferred", "users belong to the pool, not to an app client")
    def test_users_who_signed_up_with_the_app_client_stay(self, create, cognito_pool, cognito_idp):
        client_id = create()["ClientId"]
        cognito_idp.sign_up(ClientId=client_id, Username="ana", Password="Passw0rd!")
        cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client_id)
        assert list(cognito_pool.users) == ["ana"]

    @evidence("inferred", "a second deletion finds nothing")
    def test_deleting_an_app_client_twice_is_refused(self, create, cognito_pool, cognito_idp, refused):
        client_id = create()["ClientId"]
        cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client_id)
        with refused("ResourceNotFoundException", f"User pool client {client_id} does not exist."):
            cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client_id)

    @evidence("inferred", "our own: a pool without an app client says so")
    def test_the_only_app_client_of_a_pool_can_be_deleted(self, cognito_pool, cognito_idp):
        cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=cognito_pool.client.id)
        assert cognito_pool.clients == []
        with pytest.raises(UsageError) as caught:
            _ = cognito_pool.client
        assert str(caught.value) == f"pool {cognito_pool.id} has no app client; make one with create_client()"


OF_ONE_CLIENT = ["describe_user_pool_client", "update_user_pool_client", "delete_user_pool_client"]


@evidence("inferred", "as observed on SignUp")
@pytest.mark.parametrize("operation", OF_ONE_CLIENT)
def test_an_unknown_app_client_is_refused(cognito_pool, cognito_idp, refused, operation):
    with refused("ResourceNotFoundException", "User pool client abc does not exist."):
        getattr(cognito_idp, operation)(UserPoolId=cognito_pool.id, ClientId="abc")
    assert cognito_pool.calls[-1].why == f"{cognito_pool.id} has the app clients ['testclient0000000000000001']"


@evidence("inferred", "an app client belongs to one pool")
@pytest.mark.parametrize("operation", OF_ONE_CLIENT)
def test_an_app_client_of_another_pool_is_unknown(cognito, cognito_pool, cognito_idp, refused, operation):
    other = cognito.create_pool()
    with refused("ResourceNotFoundException", f"User pool client {other.client.id} does not exist."):
        getattr(cognito_idp, operation)(UserPoolId=cognito_pool.id, ClientId=other.client.id)
    assert [client.name for client in other.clients] == ["pytest"]


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
    def test_the_hash_is_computed_over_the_username_as_written(self, sign_up, client, cognito_pool):
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
        why = f"the hash does not match 'ana' and {client['ClientId']!r}; client.secret_hash('ana') is the right one"
        assert cognito_pool.calls[-1].why == why

    @evidence("inferred", "no evidence of the text for a client without a secret")
    def test_a_hash_for_an_app_client_without_a_secret_is_refused(self, sign_up, cognito_pool, refused):
        public = cognito_pool.client
        with refused("NotAuthorizedException"):
            sign_up("ana", ClientId=public.id, SecretHash="AAAA")
        assert cognito_pool.calls[-1].why == f"app client {public.id!r} has no secret"
