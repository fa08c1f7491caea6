"""Tokens made invalid, and how access tokens are checked: facts/sign-in.md 4.5, facts/lifecycle.md F4."""

from __future__ import annotations

import base64
import json

import boto3
import pytest

from pytest_cognito_pool import Cognito

evidence = pytest.mark.evidence
REVOKED = ("NotAuthorizedException", "Access Token has been revoked")
REFRESH_REVOKED = ("NotAuthorizedException", "Refresh Token has been revoked")


@pytest.fixture
def result(ana, sign_in):
    """The AuthenticationResult of ana."""
    return sign_in()["AuthenticationResult"]


class TestGlobalSignOut:
    @evidence("documented", "model; observed, amplify-js#3540, #3435")
    @pytest.mark.parametrize("by_admin", [False, True])
    def test_all_tokens_of_the_user_are_revoked(
        self, result, cognito_pool, cognito_idp, sign_in, initiate, refused, by_admin
    ):
        other = sign_in()["AuthenticationResult"]
        bob = cognito_pool.sign_in(cognito_pool.add_user("bob").username)
        if by_admin:
            cognito_idp.admin_user_global_sign_out(UserPoolId=cognito_pool.id, Username="ana")
        else:
            cognito_idp.global_sign_out(AccessToken=result["AccessToken"])
        for each in (result, other):
            with refused(*REVOKED):
                cognito_idp.get_user(AccessToken=each["AccessToken"])
            with refused(*REFRESH_REVOKED):
                initiate("REFRESH_TOKEN", REFRESH_TOKEN=each["RefreshToken"])
        assert cognito_idp.get_user(AccessToken=bob.access_token)
        assert cognito_idp.get_user(AccessToken=sign_in()["AuthenticationResult"]["AccessToken"])

    @evidence("documented", "model: AdminDisableUser revokes the access tokens")
    def test_disabling_a_user_revokes_the_access_token(self, result, cognito_pool, cognito_idp, refused):
        named = {"UserPoolId": cognito_pool.id, "Username": "ana"}
        cognito_idp.admin_disable_user(**named)
        with refused(*REVOKED):
            cognito_idp.get_user(AccessToken=result["AccessToken"])
        cognito_idp.admin_enable_user(**named)
        with refused(*REVOKED):
            cognito_idp.get_user(AccessToken=result["AccessToken"])


class TestRevokeToken:
    @evidence("model", "the refresh token and the access tokens of the same sign-in, refreshed ones too")
    def test_the_tokens_of_one_sign_in_are_revoked(self, result, cognito_pool, cognito_idp, sign_in, initiate, refused):
        other = sign_in()["AuthenticationResult"]
        refreshed = initiate("REFRESH_TOKEN", REFRESH_TOKEN=result["RefreshToken"])["AuthenticationResult"]
        cognito_idp.revoke_token(Token=result["RefreshToken"], ClientId=cognito_pool.client.id)
        for token in (result["AccessToken"], refreshed["AccessToken"]):
            with refused(*REVOKED):
                cognito_idp.get_user(AccessToken=token)
        with refused(*REFRESH_REVOKED):
            initiate("REFRESH_TOKEN", REFRESH_TOKEN=result["RefreshToken"])
        assert cognito_idp.get_user(AccessToken=other["AccessToken"])

    @evidence("model", "the types; the order is inferred")
    def test_a_wrong_app_client_or_secret_or_token_type_is_refused(
        self, result, ana, cognito_pool, cognito_idp, refused
    ):
        def revoke(client, token=result["RefreshToken"], **given):
            return cognito_idp.revoke_token(Token=token, ClientId=client.id, **given)

        with refused("UnauthorizedException"):
            cognito_idp.revoke_token(Token=result["RefreshToken"], ClientId="unknown")
        with refused("UnauthorizedException"):
            revoke(cognito_pool.create_client())
        secret = cognito_pool.create_client(GenerateSecret=True)
        with refused("UnauthorizedException"):
            revoke(secret)
        with refused("UnauthorizedException"):
            revoke(secret, ClientSecret="x" * 24)
        with refused("UnsupportedOperationException"):
            revoke(cognito_pool.create_client(EnableTokenRevocation=False))
        for token in (result["AccessToken"], result["IdToken"]):
            with refused("UnsupportedTokenTypeException"):
                revoke(cognito_pool.client, token)
        revoke(cognito_pool.client, ClientSecret="x" * 24)
        own = cognito_pool.sign_in("ana", secret).refresh_token
        assert revoke(secret, own, ClientSecret=secret.secret)
        assert ana.sign_ins == []

    @evidence("inferred", "as RFC 7009: an unknown token is already invalid")
    @pytest.mark.parametrize("token", ["eyJjdHkiOiJKV1Qi.x.y.z.w", "abc", "a.W10.c", "a.eA.c"])
    def test_an_unknown_token_is_accepted(self, cognito_pool, cognito_idp, token):
        cognito_idp.revoke_token(Token=token, ClientId=cognito_pool.client.id)


def scope(token):
    """What an access token allows."""
    return {*json.loads(base64.urlsafe_b64decode(f"{token.split('.')[1]}==="))["scope"].split()}


def with_claims(token, **changed):
    """The token with other claims and its old signature."""
    header, payload, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(f"{payload}===")) | changed
    return ".".join([header, base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("="), signature])


class TestAccessTokens:
    @evidence("inferred", "a token of another fake is signed with the same keys, but is not valid here")
    def test_a_token_of_another_fake_is_refused(self, cognito_pool, cognito_idp, refused):
        other = Cognito(region="us-east-1").create_pool(Id=cognito_pool.id)
        other.add_user("ana")
        with refused(*REVOKED):
            cognito_idp.get_user(AccessToken=other.sign_in("ana").access_token)
        assert cognito_pool.calls[-1].why.startswith("this fake did not issue it: ")

    @evidence("observed", "public capture")
    @pytest.mark.parametrize(("seconds", "works"), [(3600, True), (3601, False)])
    def test_a_token_expires_after_one_hour(self, passed, ana, sign_in, cognito_idp, refused, seconds, works):
        token = sign_in()["AuthenticationResult"]["AccessToken"]
        passed(seconds)
        if works:
            assert cognito_idp.get_user(AccessToken=token)["Username"] == "ana"
            return
        with refused("NotAuthorizedException", "Access Token has expired"):
            cognito_idp.get_user(AccessToken=token)

    @evidence("observed", "floci-io/floci#2018, of a bad token; which ones are bad is inferred")
    @pytest.mark.parametrize("token", ["x", "a.b.c", "a.e30.c", "..", "a.W10.c", "a.eyJpc3MiOjN9.c", "a.e30=.c"])
    def test_a_text_that_is_not_a_token_is_refused(self, cognito_idp, refused, token):
        with refused("NotAuthorizedException", "Invalid Access Token"):
            cognito_idp.get_user(AccessToken=token)

    @evidence("inferred", "base64 with padding in the middle is invalid")
    def test_a_token_with_padding_inside_is_refused(self, result, cognito_idp, refused):
        header, payload, signature = result["AccessToken"].split(".")
        with refused("NotAuthorizedException"):
            cognito_idp.get_user(AccessToken=f"{header}.{payload[:40]}={payload[40:]}.{signature}")

    @evidence("model", "token operations declare PasswordResetRequiredException")
    def test_the_token_of_a_user_who_must_reset_the_password_is_refused(
        self, result, cognito_pool, cognito_idp, refused
    ):
        cognito_idp.admin_reset_user_password(UserPoolId=cognito_pool.id, Username="ana")
        for call, given in (("get_user", {}), ("change_password", {"ProposedPassword": "N3w-passw0rd"})):
            with refused("PasswordResetRequiredException", "Password reset required for the user"):
                getattr(cognito_idp, call)(AccessToken=result["AccessToken"], **given)

    @evidence("inferred", "an ID token is not an access token")
    def test_an_id_token_is_refused(self, result, cognito_idp, refused):
        with refused("NotAuthorizedException", "Invalid Access Token"):
            cognito_idp.get_user(AccessToken=result["IdToken"])

    @evidence("observed", "public capture")
    @pytest.mark.parametrize("how", ["claims", "signature", "no signature", "key"])
    def test_a_token_with_a_wrong_signature_is_refused(self, result, cognito, cognito_idp, refused, how):
        token = result["AccessToken"]
        other = cognito.create_pool()
        other.add_user("ana")
        changed = {
            "claims": with_claims(token, username="bob"),
            "signature": f"{token[:-20]}{'A' * 20}",
            "no signature": f"{token.rpartition('.')[0]}.A",
            "key": ".".join([other.sign_in("ana").access_token.split(".")[0], *token.split(".")[1:]]),
        }[how]
        with refused("NotAuthorizedException", "Could not verify signature for Access Token"):
            cognito_idp.get_user(AccessToken=changed)

    @evidence("inferred", "a region knows its own pools only")
    def test_a_token_of_another_region_is_refused(self, result, refused, keys):
        elsewhere = boto3.client("cognito-idp", **keys | {"region_name": "eu-west-1"})
        with refused("NotAuthorizedException", "Invalid Access Token"):
            elsewhere.get_user(AccessToken=result["AccessToken"])

    @evidence("inferred", "the texts for a deleted user and for an invalid token")
    def test_the_token_of_a_deleted_user_or_app_client_is_refused(self, result, cognito_pool, cognito_idp, refused):
        client = cognito_pool.create_client()
        of_client = cognito_pool.sign_in("ana", client).access_token
        cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client.id)
        with refused("NotAuthorizedException", "Invalid Access Token"):
            cognito_idp.get_user(AccessToken=of_client)
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        with refused("UserNotFoundException", "User does not exist."):
            cognito_idp.get_user(AccessToken=result["AccessToken"])

    @evidence("observed", "a test against the service: an empty token is a constraint failure")
    def test_an_empty_token_is_refused(self, cognito_idp, refused):
        text = (
            "1 validation error detected: Value at 'accessToken' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+"
        )
        with refused("InvalidParameterException", text):
            cognito_idp.get_user(AccessToken="")

    @evidence("documented", "model: no IAM policy is asked for these operations")
    def test_no_iam_policy_is_needed(self, result, cognito, cognito_idp):
        cognito.enforce({"Version": "2012-10-17", "Statement": []})
        assert cognito_idp.get_user(AccessToken=result["AccessToken"])["Username"] == "ana"


class TestGetClientToken:
    @pytest.fixture
    def get(self, cognito_idp):
        if not hasattr(cognito_idp, "get_client_token"):
            pytest.skip("this botocore does not have GetClientToken")
        return cognito_idp.get_client_token

    @pytest.fixture
    def machine(self, cognito_pool, cognito_idp):
        orders = {"ScopeName": "read", "ScopeDescription": "read orders"}
        cognito_idp.create_resource_server(
            UserPoolId=cognito_pool.id, Identifier="orders", Name="orders", Scopes=[orders]
        )
        scopes = {"AllowedOAuthScopes": ["orders/read"], "AllowedOAuthFlows": ["client_credentials"]}
        return cognito_pool.create_client(GenerateSecret=True, ExplicitAuthFlows=["ALLOW_CLIENT_TOKEN_AUTH"], **scopes)

    @evidence("observed", "live report of 2026; the claims: documented")
    def test_the_reply_has_an_access_token_of_the_app_client(self, passed, get, machine, cognito_pool):
        given = get(ClientId=machine.id, Secret=machine.secret)["ClientAuthenticationResult"]
        assert (given["ExpiresIn"], given["TokenType"]) == (3600, "Bearer")
        payload = base64.urlsafe_b64decode(f"{given['AccessToken'].split('.')[1]}===")
        said = json.loads(payload)
        assert list(said) == [
            "sub", "token_use", "scope", "auth_time", "iss", "exp", "iat", "version", "jti", "client_id",
        ]  # fmt: skip
        assert (said["sub"], said["client_id"], said["version"], said["scope"]) == (
            machine.id, machine.id, 2, "orders/read",
        )  # fmt: skip

    @evidence("observed", "live report of 2026; of the flow: inferred")
    def test_a_wrong_secret_or_an_app_client_without_the_flow_is_refused(self, get, machine, cognito_pool, refused):
        with refused("NotAuthorizedException", "Invalid client or secret"):
            get(ClientId=machine.id, Secret="x" * 24)
        with refused("NotAuthorizedException", "Invalid client or secret"):
            get(ClientId=cognito_pool.client.id, Secret="x" * 24)
        other = cognito_pool.create_client(GenerateSecret=True)
        with refused("InvalidParameterException"):
            get(ClientId=other.id, Secret=other.secret)

    @evidence("observed", "a token without the scope aws.cognito.signin.user.admin")
    def test_the_token_cannot_be_used_for_get_user(self, get, machine, cognito_idp, refused):
        token = get(ClientId=machine.id, Secret=machine.secret)["ClientAuthenticationResult"]["AccessToken"]
        with refused("NotAuthorizedException", "Access Token does not have required scopes"):
            cognito_idp.get_user(AccessToken=token)

    @evidence("model", "Scopes; that they must be scopes of the client, and the type of a refusal, is inferred")
    def test_the_token_has_the_requested_scopes_of_the_app_client(self, get, cognito_pool, cognito_idp, refused):
        scopes = [{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")]
        cognito_idp.create_resource_server(
            UserPoolId=cognito_pool.id, Identifier="orders", Name="Orders", Scopes=scopes
        )
        machine = cognito_pool.create_client(
            GenerateSecret=True,
            ExplicitAuthFlows=["ALLOW_CLIENT_TOKEN_AUTH"],
            AllowedOAuthFlows=["client_credentials"],
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthScopes=["orders/read", "orders/write"],
        )
        given = {"ClientId": machine.id, "Secret": machine.secret}
        for scopes, allowed in (({}, {"orders/write", "orders/read"}), ({"Scopes": ["orders/read"]}, {"orders/read"})):
            reply = get(**given, **scopes)["ClientAuthenticationResult"]
            assert scope(reply["AccessToken"]) == allowed
        with refused("InvalidParameterException"):
            get(**given, Scopes=["orders/pay"])

    @evidence("documented", "guide: token endpoint; only V3 is invoked")
    @pytest.mark.parametrize(("version", "changed"), [("V2_0", False), ("V3_0", True)])
    def test_only_version_3_of_the_event_invokes_the_function(self, get, cognito, version, changed):
        arn = "arn:aws:lambda:us-east-1:123456789012:function:f"
        pool = cognito.create_pool(
            LambdaConfig={"PreTokenGenerationConfig": {"LambdaVersion": version, "LambdaArn": arn}}
        )
        machine = pool.create_client(GenerateSecret=True, ExplicitAuthFlows=["ALLOW_CLIENT_TOKEN_AUTH"])

        def function(event, _context):
            assert event["userName"] == "ClientCredentials"
            assert event["request"]["scopes"] == []
            access = {"claimsToAddOrOverride": {"team": "shop", "sub": "x"}, "scopesToAdd": ["a/b"]}
            event["response"] = {"claimsAndScopeOverrideDetails": {"accessTokenGeneration": access}}
            return event

        pool.on("PreTokenGeneration", function)
        token = get(ClientId=machine.id, Secret=machine.secret)["ClientAuthenticationResult"]["AccessToken"]
        said = json.loads(base64.urlsafe_b64decode(f"{token.split('.')[1]}==="))
        assert (said.get("team"), said["scope"]) == (("shop", "a/b") if changed else (None, ""))
        assert pool.triggers.sources == (["TokenGeneration_ClientCredentials"] if changed else [])
        assert said["sub"] == machine.id
