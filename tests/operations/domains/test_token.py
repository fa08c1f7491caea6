"""/oauth2/token: facts/oauth.md, sections 5 and 6."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
import requests

from pytest_cognito_pool._service.protocol import model

from .conftest import CALLBACK, HOST, query

evidence = pytest.mark.evidence
# An older botocore does not have the version.
NEW = pytest.mark.skipif("V3_0" not in model.shape("PreTokenGenerationLambdaVersionType").enum, reason="new")
VERIFIER = "a-verifier-of-the-application-that-is-long-enough"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(f"{part}==="))


def refused(reply, error, status=400):
    assert (reply.status_code, reply.text) == (status, json.dumps({"error": error}, separators=(",", ":")))
    return True


class TestAuthorizationCodes:
    @evidence("observed", "five captures, 2021 to 2024: members, their order, headers")
    def test_the_reply_has_three_tokens(self, code, token):
        reply = token(grant_type="authorization_code", code=code(), redirect_uri=CALLBACK)
        members = '{"id_token":"[^"]+","access_token":"[^"]+","refresh_token":"[^"]+",'
        assert re.fullmatch(f'{members}"expires_in":3600,"token_type":"Bearer"}}', reply.text)
        assert reply.headers["Content-Type"] == "application/json;charset=UTF-8"
        assert reply.headers["Set-Cookie"].startswith("XSRF-TOKEN=")

    @evidence("observed", "captures of 2021 and 2024: the order, no event_id, at_hash, version 2")
    def test_the_claims_of_the_tokens_have_a_fixed_order(self, exchanged, cognito_pool):
        cognito_pool.add_user("ana", groups=["staff"])
        tokens = exchanged(nonce="n1", scope="openid email")
        identity, access = claims(tokens["id_token"]), claims(tokens["access_token"])
        assert list(identity) == [
            "at_hash", "sub", "cognito:groups", "email_verified", "iss", "cognito:username", "nonce", "origin_jti",
            "aud", "token_use", "auth_time", "exp", "iat", "jti", "email",
        ]  # fmt: skip
        assert list(access) == [
            "sub", "cognito:groups", "iss", "version", "client_id", "origin_jti", "token_use", "scope", "auth_time",
            "exp", "iat", "jti", "username",
        ]  # fmt: skip
        digest = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
        assert identity["at_hash"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
        assert identity["nonce"] == "n1"
        assert access["version"] == 2

    @evidence(
        "documented", "only openid: all attributes; with email, phone or profile: only the attributes of these scopes"
    )
    @pytest.mark.parametrize(
        ("scope", "shown"),
        [
            ("openid", {"email", "email_verified", "name", "phone_number", "phone_number_verified"}),
            ("openid email", {"email", "email_verified"}),
            ("openid phone", {"phone_number", "phone_number_verified"}),
            ("openid profile", {"name"}),
            ("openid email profile", {"email", "email_verified", "name"}),
        ],
    )
    def test_the_scopes_select_the_attributes_in_the_id_token_and_user_info(
        self, cognito_pool, app, authorize_url, token, scope, shown
    ):
        client = app(AllowedOAuthScopes=["openid", "email", "phone", "profile"])
        cognito_pool.add_user("ana", phone_number="+15550001", attributes={"name": "Ana"})
        url = cognito_pool.managed_login(authorize_url(client_id=client.id, scope=scope), "ana")
        tokens = token(client, grant_type="authorization_code", code=query(url)["code"], redirect_uri=CALLBACK).json()
        attributes = {"email", "email_verified", "name", "phone_number", "phone_number_verified"}
        assert attributes & set(claims(tokens["id_token"])) == shown
        user_info = requests.get(
            f"{HOST}/oauth2/userInfo", headers={"Authorization": f"Bearer {tokens['access_token']}"}, timeout=5
        )
        assert attributes & set(user_info.json()) == shown

    @evidence("documented", "there is an ID token only with the scope openid")
    def test_without_the_scope_openid_there_is_no_id_token(self, exchanged):
        assert list(exchanged(scope="email")) == ["access_token", "refresh_token", "expires_in", "token_type"]

    @evidence("documented", "resource binding: the aud of the access token")
    def test_the_resource_is_the_audience_of_the_access_token(self, exchanged, token):
        tokens = exchanged(resource="https://api.example.com")
        assert claims(tokens["access_token"])["aud"] == "https://api.example.com"
        renewed = token(grant_type="refresh_token", refresh_token=tokens["refresh_token"]).json()
        assert claims(renewed["access_token"])["aud"] == "https://api.example.com"

    @evidence("observed", "three captures: tokens are made at the sign-in, before the redirect")
    def test_the_lifetime_of_the_tokens_starts_at_the_sign_in(self, cognito, code, token):
        given = code()
        cognito.clock.advance(minutes=4)
        reply = token(grant_type="authorization_code", code=given, redirect_uri=CALLBACK).json()
        access = claims(reply["access_token"])
        assert access["exp"] == access["auth_time"] + 3600
        assert cognito.clock.now().timestamp() - access["iat"] >= 239

    @evidence("documented", "a code works once, for five minutes, for its app client")
    def test_a_code_works_once_for_five_minutes_and_for_one_app_client(self, cognito, app, code, token):
        given = code()
        form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK}
        assert refused(token(code="unknown", **form), "invalid_grant")
        assert refused(token(app(), code=given, **form), "invalid_grant")
        assert token(code=given, **form).status_code == 200
        assert refused(token(code=given, **form), "invalid_grant")
        late = code()
        cognito.clock.advance(minutes=5, seconds=1)
        assert refused(token(code=late, **form), "invalid_grant")

    @evidence("observed", "stackoverflow.com/questions/50264679; that the code can still be used is inferred")
    def test_another_redirect_uri_is_refused(self, code, token):
        given = code()
        reply = token(grant_type="authorization_code", code=given, redirect_uri=f"{CALLBACK}/")
        assert refused(reply, "unauthorized_client")
        assert token(grant_type="authorization_code", code=given, redirect_uri=CALLBACK).status_code == 200

    @evidence("documented", "PKCE; amplify-js#6347 of a missing verifier")
    def test_a_code_with_a_challenge_needs_the_matching_verifier(self, code, token):
        given = code(code_challenge=CHALLENGE, code_challenge_method="S256")
        form = {"grant_type": "authorization_code", "code": given, "redirect_uri": CALLBACK}
        assert refused(token(**form), "invalid_grant")
        assert refused(token(**form, code_verifier="another"), "invalid_grant")
        assert token(**form, code_verifier=VERIFIER).status_code == 200

    @evidence("inferred", "a verifier without a challenge")
    def test_a_verifier_without_a_challenge_is_refused(self, code, token):
        reply = token(grant_type="authorization_code", code=code(), redirect_uri=CALLBACK, code_verifier=VERIFIER)
        assert refused(reply, "invalid_grant")

    @evidence("observed", "anthropics/claude-code#90190: email without email_verified, also from the default scopes")
    def test_a_scope_with_attributes_that_the_app_client_cannot_read_is_refused(
        self, cognito_pool, app, authorize_url, token
    ):
        client = app(ReadAttributes=["email", "name"])
        cognito_pool.add_user("ana")
        url = cognito_pool.managed_login(authorize_url(client_id=client.id), "ana")
        reply = token(client, grant_type="authorization_code", code=query(url)["code"], redirect_uri=CALLBACK)
        assert refused(reply, "invalid_grant")
        assert "['email_verified']" in cognito_pool.calls[-1].why


class TestRefreshing:
    @evidence("documented", "the refresh grant gives new tokens, and no new refresh token without rotation")
    def test_the_reply_has_new_tokens_but_no_refresh_token(self, exchanged, token, cognito_pool):
        tokens = exchanged()
        reply = token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])
        assert list(reply.json()) == ["id_token", "access_token", "expires_in", "token_type"]
        assert claims(reply.json()["access_token"])["version"] == 2
        assert cognito_pool.triggers.sources[-1] == "TokenGeneration_RefreshTokens"

    @evidence("documented", "refresh tokens rotate as in the API")
    @pytest.mark.skipif("RefreshTokenRotation" not in model.parameters("CreateUserPoolClient"), reason="new")
    def test_with_rotation_the_reply_has_a_new_refresh_token(self, app, cognito_pool, token):
        client = app(RefreshTokenRotation={"Feature": "ENABLED"}, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
        cognito_pool.add_user("ana")
        old = cognito_pool.sign_in("ana", client, scopes=["openid"]).refresh_token
        reply = token(client, grant_type="refresh_token", refresh_token=old)
        assert reply.json()["refresh_token"] != old
        assert refused(token(client, grant_type="refresh_token", refresh_token=old), "invalid_grant")

    @evidence("documented", "tokens of the API work here too")
    def test_a_refresh_token_of_the_api_is_accepted(self, cognito_pool, client, token):
        cognito_pool.add_user("ana")
        reply = token(grant_type="refresh_token", refresh_token=cognito_pool.sign_in("ana", client).refresh_token)
        assert "event_id" in claims(reply.json()["access_token"])

    @evidence("documented", "revoked, of another app client, or of a user who was deleted or disabled")
    def test_a_token_of_a_disabled_or_deleted_user_or_another_app_client_is_refused(
        self, cognito_pool, cognito_idp, client, app, token
    ):
        cognito_pool.add_user("ana")
        sent = cognito_pool.sign_in("ana", client).refresh_token
        named = {"UserPoolId": cognito_pool.id, "Username": "ana"}
        form = {"grant_type": "refresh_token", "refresh_token": sent}
        assert refused(token(app(), **form), "invalid_grant")
        cognito_idp.admin_disable_user(**named)
        assert refused(token(**form), "invalid_grant")
        cognito_idp.admin_delete_user(**named)
        assert refused(token(**form), "invalid_grant")

    @evidence("inferred", "a function can revoke the token, and the text of its error is in the reply")
    def test_the_request_fails_if_the_function_revokes_the_token_or_raises(
        self, cognito_pool, cognito_idp, client, token
    ):
        cognito_pool.add_user("ana")
        sent = cognito_pool.sign_in("ana", client).refresh_token

        def revoke(event, context):
            cognito_idp.admin_user_global_sign_out(UserPoolId=cognito_pool.id, Username="ana")
            return event

        cognito_pool.on("PreTokenGeneration", revoke)
        assert refused(token(grant_type="refresh_token", refresh_token=sent), "invalid_grant")
        again = cognito_pool.sign_in("ana", client).refresh_token
        cognito_pool.on("PreTokenGeneration", raises=ValueError("no plan"))
        reply = token(grant_type="refresh_token", refresh_token=again)
        assert reply.json() == {
            "error": "invalid_request",
            "error_description": "PreTokenGeneration failed with error no plan.",
        }


@pytest.fixture
def machine(cognito_idp, cognito_pool, app):
    cognito_idp.create_resource_server(
        UserPoolId=cognito_pool.id,
        Identifier="orders",
        Name="Orders",
        Scopes=[{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")],
    )
    return app(
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["orders/read", "orders/write"],
        GenerateSecret=True,
    )


class TestClientCredentials:
    @evidence("documented", "the guide's sample: only an access token")
    def test_the_reply_has_only_an_access_token(self, machine, token):
        reply = token(machine, grant_type="client_credentials")
        assert list(reply.json()) == ["access_token", "expires_in", "token_type"]
        access = claims(reply.json()["access_token"])
        assert list(access) == [
            "sub", "token_use", "scope", "auth_time", "iss", "exp", "iat", "version", "jti", "client_id",
        ]  # fmt: skip
        assert access["sub"] == access["client_id"] == machine.id
        assert set(access["scope"].split()) == {"orders/read", "orders/write"}

    @evidence("observed", "repost.aws/questions/QUnhrxb08MRJaH7hIRtUnCKA")
    def test_only_scopes_of_the_app_client_can_be_requested(self, machine, token):
        reply = token(machine, grant_type="client_credentials", scope="orders/read")
        assert claims(reply.json()["access_token"])["scope"] == "orders/read"
        assert refused(token(machine, grant_type="client_credentials", scope="orders/pay"), "invalid_scope")
        assert refused(token(machine, grant_type="client_credentials", scope="openid"), "invalid_scope")

    @evidence("inferred", "an app client that has only standard scopes has no scope to grant")
    def test_an_app_client_without_custom_scopes_is_refused(self, app, token):
        client = app(AllowedOAuthFlows=["client_credentials"], AllowedOAuthScopes=["openid"], GenerateSecret=True)
        assert refused(token(client, grant_type="client_credentials"), "invalid_scope")

    @evidence("observed", "streamlit-cognito-auth: everything in the query, and an empty body")
    def test_parameters_may_be_in_the_query(self, machine):
        query = {"grant_type": "client_credentials", "client_id": machine.id, "client_secret": machine.secret}
        reply = requests.post(f"{HOST}/oauth2/token", params=query, timeout=5)
        assert reply.status_code == 200

    @evidence("documented", "guide: token endpoint: only V3, with the metadata")
    @pytest.mark.parametrize(("version", "runs"), [("V2_0", 0), pytest.param("V3_0", 1, marks=NEW)])
    def test_only_version_3_of_the_event_invokes_the_function(
        self, cognito_pool, cognito_idp, machine, token, version, runs
    ):
        arn = "arn:aws:lambda:us-east-1:123456789012:function:f"
        config = {"PreTokenGenerationConfig": {"LambdaVersion": version, "LambdaArn": arn}}
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, LambdaConfig=config)

        def plan(event, context):
            details = {"accessTokenGeneration": {"claimsToAddOrOverride": {"plan": "pro"}}}
            return {**event, "response": {"claimsAndScopeOverrideDetails": details}}

        cognito_pool.on("PreTokenGeneration", plan)
        metadata = {"aws_client_metadata": '{"tenant":"a"}'}
        reply = token(machine, grant_type="client_credentials", scope="orders/read", **metadata)
        assert len(cognito_pool.triggers) == runs
        assert claims(reply.json()["access_token"]).get("plan") == ("pro" if runs else None)
        if runs:
            event = cognito_pool.triggers[0].payload
            assert event["triggerSource"] == "TokenGeneration_ClientCredentials"
            assert event["request"] == {
                "userAttributes": {},
                "groupConfiguration": None,
                "scopes": ["orders/read"],
                "clientMetadata": {"tenant": "a"},
            }

    @evidence("inferred", "metadata that is not a JSON object")
    @pytest.mark.parametrize("text", ["tenant", "[1]", "5", '["ab", "cd"]'])
    def test_client_metadata_must_be_a_json_object(self, machine, token, text):
        assert refused(token(machine, grant_type="client_credentials", aws_client_metadata=text), "invalid_request")

    @evidence("inferred", "a request fails if its function fails")
    @NEW
    def test_the_request_fails_if_the_function_fails(self, cognito_pool, cognito_idp, machine, token):
        arn = "arn:aws:lambda:us-east-1:123456789012:function:f"
        config = {"PreTokenGenerationConfig": {"LambdaVersion": "V3_0", "LambdaArn": arn}}
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, LambdaConfig=config)
        cognito_pool.on("PreTokenGeneration", raises=ValueError("no plan"))
        reply = token(machine, grant_type="client_credentials")
        assert reply.status_code == 400
        assert reply.json()["error"] == "invalid_request"


class TestRefusals:
    @evidence("observed", "amazon-cognito-auth-js#52, and the token endpoint's page")
    @pytest.mark.parametrize(
        "form",
        [
            {},
            {"grant_type": "authorization_code", "redirect_uri": CALLBACK},
            {"grant_type": "authorization_code", "code": "c"},
            {"grant_type": "refresh_token"},
        ],
    )
    def test_a_missing_parameter_is_refused(self, token, form):
        assert refused(token(**form), "invalid_request")

    @evidence("documented", "any other grant_type")
    def test_an_unsupported_grant_type_is_refused(self, token):
        assert refused(token(grant_type="password"), "unsupported_grant_type")

    @evidence("observed", "amazon-cognito-auth-js#52: a body of JSON")
    def test_a_json_body_is_refused(self, client):
        reply = requests.post(f"{HOST}/oauth2/token", json={"grant_type": "refresh_token"}, timeout=5)
        assert refused(reply, "invalid_request")

    @evidence("observed", "flask-cognito-lib#17, arctic#175, amazon-cognito-auth-js#206")
    def test_a_wrong_client_id_or_client_secret_is_refused(self, app, client):
        secret = app(GenerateSecret=True)
        url, form = f"{HOST}/oauth2/token", {"grant_type": "refresh_token", "refresh_token": "r"}
        bad = [
            {"data": {**form, "client_id": "unknown"}},
            {"data": {**form, "client_id": secret.id}},
            {"data": {**form, "client_id": secret.id, "client_secret": "wrong"}},
            {"data": form, "auth": (secret.id, "wrong")},
            {"data": form, "auth": (client.id, "")},
            {"data": form, "headers": {"Authorization": "Basic ?"}},
        ]
        for request in bad:
            assert refused(requests.post(url, timeout=5, **request), "invalid_client")
        empty = {**form, "client_id": client.id, "client_secret": ""}
        assert refused(requests.post(url, data=empty, timeout=5), "invalid_grant")
        assert refused(requests.post(url, data=form, timeout=5), "invalid_request")

    @evidence("observed", "a grant that is not allowed for the client")
    def test_a_grant_that_the_app_client_does_not_allow_is_refused(self, client, machine, app, token):
        public = app(AllowedOAuthFlows=["code"])
        assert refused(token(public, grant_type="client_credentials"), "unauthorized_client")
        form = {"grant_type": "authorization_code", "code": "c", "redirect_uri": CALLBACK}
        assert refused(token(machine, **form), "unauthorized_client")

    @evidence("observed", "amazon-cognito-auth-js#52, RestSharp#1707, remix-auth-oauth2#128")
    @pytest.mark.parametrize(
        "headers",
        [{"Content-Type": '"application/x-www-form-urlencoded"'}, {"Accept": "application/xml, text/xml"}],
    )
    def test_another_content_type_or_accept_header_is_refused(self, token, headers):
        reply = token(grant_type="refresh_token", refresh_token="r", headers=headers)
        assert (reply.status_code, reply.text) == (405, "")

    @evidence("observed", "amazon-cognito-auth-js#52")
    def test_the_method_get_is_refused(self, get, client):
        reply = get(f"{HOST}/oauth2/token")
        assert (reply.status_code, reply.text) == (405, "")
        assert reply.headers["Set-Cookie"].startswith("XSRF-TOKEN=")
