"""`cognito_pool.sign_in`, `issuer` and `jwks`, and what users show of their sign-ins."""

from __future__ import annotations

import jwt
import pytest

from pytest_cognito_pool import SignIn, Tokens, UsageError


def told(function, *args, **given):
    with pytest.raises(UsageError) as caught:
        function(*args, **given)
    return str(caught.value)


class TestTokens:
    def test_they_work_and_nothing_is_recorded(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana")
        tokens = cognito_pool.sign_in("ana")
        assert isinstance(tokens, Tokens)
        assert cognito_pool.calls == []
        assert cognito_pool.triggers == []
        assert cognito_idp.get_user(AccessToken=tokens.access_token)["Username"] == "ana"
        given = {"ClientId": cognito_pool.client.id, "AuthFlow": "REFRESH_TOKEN"}
        assert cognito_idp.initiate_auth(**given, AuthParameters={"REFRESH_TOKEN": tokens.refresh_token})

    def test_what_they_say(self, cognito_pool):
        cognito_pool.add_user("ana", groups=["staff"])
        tokens = cognito_pool.sign_in("ana")
        assert tokens.access_claims["username"] == tokens.id_claims["cognito:username"] == "ana"
        assert tokens.access_claims["cognito:groups"] == ["staff"]
        assert tokens.id_claims["iss"] == cognito_pool.issuer
        assert tokens.headers == {"Authorization": f"Bearer {tokens.access_token}"}
        assert repr(tokens.headers) == "{'Authorization': '***'}"
        key = jwt.PyJWKSet.from_dict(cognito_pool.jwks)[jwt.get_unverified_header(tokens.id_token)["kid"]]
        assert jwt.decode(tokens.id_token, key, audience=cognito_pool.client.id) == tokens.id_claims

    def test_they_are_masked(self, cognito_pool):
        cognito_pool.add_user("ana")
        assert repr(cognito_pool.sign_in("ana")) == "Tokens(access_token='***', id_token='***', refresh_token='***')"

    def test_another_app_client(self, cognito_pool):
        cognito_pool.add_user("ana")
        client = cognito_pool.create_client(AccessTokenValidity=5, TokenValidityUnits={"AccessToken": "minutes"})
        said = cognito_pool.sign_in("ana", client).access_claims
        assert (said["client_id"], said["exp"] - said["iat"]) == (client.id, 300)

    def test_a_user_of_another_provider(self, cognito_pool):
        cognito_pool.add_user("ana", status="EXTERNAL_PROVIDER")
        assert cognito_pool.sign_in("ana").id_claims["cognito:username"] == "ana"


class TestScopes:
    """Tokens as managed login gives them."""

    def test_what_they_say(self, cognito_pool):
        cognito_pool.add_user("ana", phone_number="+15550001")
        tokens = cognito_pool.sign_in("ana", scopes=["email", "profile", "openid"])
        assert tokens.access_claims["scope"] == "openid profile email"
        assert tokens.access_claims["version"] == 2
        assert "event_id" not in tokens.id_claims
        assert tokens.id_claims["email"] == "ana@example.com"
        assert "phone_number" not in tokens.id_claims
        assert cognito_pool.calls == []
        assert cognito_pool.triggers == []

    def test_the_order_of_scopes_is_that_of_a_java_set(self, cognito_pool):
        cognito_pool.add_user("ana")
        scopes = ["profile", "email", "phone", "openid", "aws.cognito.signin.user.admin"]
        said = cognito_pool.sign_in("ana", scopes=scopes).access_claims
        assert said["scope"] == "aws.cognito.signin.user.admin phone openid profile email"

    def test_without_openid(self, cognito_pool):
        cognito_pool.add_user("ana")
        tokens = cognito_pool.sign_in("ana", scopes=["aws.cognito.signin.user.admin"])
        assert (tokens.id_token, tokens.id_claims) == ("", {})
        assert tokens.access_claims["scope"] == "aws.cognito.signin.user.admin"

    def test_its_function(self, cognito, cognito_idp):
        arn = "arn:aws:lambda:us-east-1:123456789012:function:f"
        pool = cognito.create_pool(
            LambdaConfig={"PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": arn}}
        )
        pool.add_user("ana")
        pool.sign_in("ana", scopes=["openid", "email"], run_triggers=True)
        assert pool.triggers.sources == ["TokenGeneration_HostedAuth"]
        assert pool.triggers[0].payload["request"]["scopes"] == ["openid", "email"]

    def test_scopes_of_a_resource_server(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana")
        cognito_idp.create_resource_server(
            UserPoolId=cognito_pool.id,
            Identifier="orders",
            Name="Orders",
            Scopes=[{"ScopeName": "read", "ScopeDescription": "read"}],
        )
        tokens = cognito_pool.sign_in("ana", scopes=["openid", "orders/read"])
        assert tokens.access_claims["scope"].split() == ["openid", "orders/read"]

    def test_unknown_scopes(self, cognito_pool):
        cognito_pool.add_user("ana")
        text = "scopes is a list of strings, for example ['openid', 'email'], not 'openid email'"
        assert told(cognito_pool.sign_in, "ana", scopes="openid email") == text
        text = "app client 'testclient0000000000000001' may not have the scope 'emial'; did you mean 'email'?"
        assert told(cognito_pool.sign_in, "ana", scopes=["emial"]) == text

    def test_scopes_that_the_client_may_not_have(self, cognito_pool):
        cognito_pool.add_user("ana")
        client = cognito_pool.create_client(AllowedOAuthScopes=["openid"])
        text = f"app client {client.id!r} may not have the scope 'email'; known names: 'openid'"
        assert told(cognito_pool.sign_in, "ana", client, scopes=["email"]) == text


class TestTriggers:
    @staticmethod
    def adds_a_plan(event, _context):
        event["response"]["claimsOverrideDetails"] = {"claimsToAddOrOverride": {"plan": "pro"}}
        return event

    def test_only_when_asked(self, cognito_pool):
        cognito_pool.add_user("ana")
        cognito_pool.on("PreTokenGeneration", self.adds_a_plan)
        assert "plan" not in cognito_pool.sign_in("ana").id_claims
        assert cognito_pool.sign_in("ana", run_triggers=True).id_claims["plan"] == "pro"
        assert cognito_pool.triggers.sources == ["TokenGeneration_Authentication"]
        assert cognito_pool.calls == []

    def test_a_function_that_raises(self, cognito_pool):
        cognito_pool.add_user("ana")
        cognito_pool.on("PreTokenGeneration", raises=ValueError("no plan"))
        assert told(cognito_pool.sign_in, "ana", run_triggers=True) == (
            "Cognito refuses that: UserLambdaValidationException: PreTokenGeneration failed with error no plan.\n"
            "the function raised ValueError"
        )


class TestMistakes:
    def test_users(self, cognito_pool):
        cognito_pool.add_user("ana", enabled=False)
        cognito_pool.add_user("bob", status="UNCONFIRMED")
        assert told(cognito_pool.sign_in, "anna") == (
            f"no user of {cognito_pool.id} has the name 'anna'; did you mean 'ana'?"
        )
        assert told(cognito_pool.sign_in, 3) == "invalid username 3; a valid one is 'ana'"
        assert told(cognito_pool.sign_in, "ana") == "'ana' is disabled and cannot sign in"
        assert told(cognito_pool.sign_in, "bob") == "'bob' is UNCONFIRMED and cannot sign in; a CONFIRMED user can"

    def test_app_clients(self, cognito, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana")
        other = cognito.create_pool().client
        assert told(cognito_pool.sign_in, "ana", other).startswith(f"the pool has no app client {other.id!r}; ")
        assert told(cognito_pool.sign_in, "ana", "web").startswith("client must be an app client of the pool, ")
        cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=cognito_pool.client.id)
        assert told(cognito_pool.sign_in, "ana") == (
            f"pool {cognito_pool.id} has no app client; make one with create_client()"
        )

    def test_a_deleted_pool(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana")
        cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)
        assert told(cognito_pool.sign_in, "ana") == f"pool {cognito_pool.id} was deleted"


class TestUsers:
    def test_the_password_is_masked_and_comparable(self, cognito_pool):
        ana = cognito_pool.add_user("ana", password="S3cret-word")
        assert ana.password == "S3cret-word"
        assert repr(ana.password) == "'***'"
        assert cognito_pool.add_user("bob", status="EXTERNAL_PROVIDER").password is None

    def test_sign_ins(self, cognito, cognito_pool, cognito_idp):
        ana = cognito_pool.add_user("ana")
        assert ana.sign_ins == []
        tokens = cognito_pool.sign_in("ana")
        (sign_in,) = ana.sign_ins
        assert isinstance(sign_in, SignIn)
        assert sign_in.client_id == cognito_pool.client.id
        assert (sign_in.expires - sign_in.at).days == 30
        cognito_pool.sign_in("ana")
        cognito_idp.revoke_token(Token=tokens.refresh_token, ClientId=cognito_pool.client.id)
        assert len(ana.sign_ins) == 1
        cognito.clock.advance(days=31)
        assert ana.sign_ins == []
        cognito_pool.sign_in("ana")
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        assert ana.sign_ins == []

    def test_snapshots(self, cognito, cognito_pool, cognito_idp):
        ana = cognito_pool.add_user("ana")
        tokens = cognito_pool.sign_in("ana")
        before = cognito.snapshot()
        cognito_idp.global_sign_out(AccessToken=tokens.access_token)
        cognito_idp.admin_set_user_password(UserPoolId=cognito_pool.id, Username="ana", Password="N3w-passw0rd")
        cognito.restore(before)
        assert (ana.password, len(ana.sign_ins)) == ("Passw0rd!", 1)
        assert cognito_idp.get_user(AccessToken=tokens.access_token)["Username"] == "ana"

    def test_snapshots_before_and_after_the_first_sign_in(self, cognito, cognito_pool, cognito_idp):
        ana = cognito_pool.add_user("ana")
        before = cognito.snapshot()
        tokens = cognito_pool.sign_in("ana")
        after = cognito.snapshot()
        for _ in range(2):
            cognito.restore(before)
            assert ana.sign_ins == []
            cognito.restore(after)
            assert len(ana.sign_ins) == 1
            assert cognito_idp.get_user(AccessToken=tokens.access_token)["Username"] == "ana"

    def test_faults_by_token(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana")
        token = cognito_pool.sign_in("ana").access_token
        with (
            cognito_pool.fail("GetUser", "NotAuthorizedException"),
            pytest.raises(cognito_idp.exceptions.NotAuthorizedException, match="Invalid Access Token"),
        ):
            cognito_idp.get_user(AccessToken=token)
        assert cognito_pool.calls.operations == ["GetUser"]
