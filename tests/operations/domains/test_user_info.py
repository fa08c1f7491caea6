"""/oauth2/userInfo and /oauth2/revoke: facts/oauth.md, section 7."""

from __future__ import annotations

import pytest
import requests

from .conftest import HOST

evidence = pytest.mark.evidence
BAD = 'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"'
DEAD = (
    'error="invalid_token", error_description="Access token is expired, disabled, or deleted, or the user has '
    'globally signed out."'
)


def user_info(token):
    return requests.get(f"{HOST}/oauth2/userInfo", headers={"Authorization": f"Bearer {token}"}, timeout=5)


@pytest.fixture
def tokens(cognito_pool, client):
    cognito_pool.add_user("ana", phone_number="+15550001")
    return cognito_pool.sign_in("ana", client, scopes=["openid", "email"])


class TestUserInfo:
    @evidence("documented", "guide: userInfo endpoint: flat, strings, by scope; the order is inferred")
    def test_the_reply_has_the_attributes_of_the_scopes(self, tokens, cognito_pool):
        reply = user_info(tokens.access_token)
        assert reply.headers["Content-Type"] == "application/json;charset=UTF-8"
        sub = cognito_pool.users["ana"].sub
        assert reply.text == (f'{{"sub":"{sub}","email_verified":"true","email":"ana@example.com","username":"ana"}}')

    @evidence("documented", "ReadAttributes limit the reply")
    def test_the_reply_has_only_attributes_that_the_app_client_can_read(self, cognito_pool, app):
        client = app(ReadAttributes=["name"])
        cognito_pool.add_user("ana", attributes={"name": "Ana"})
        token = cognito_pool.sign_in("ana", client, scopes=["openid"]).access_token
        assert set(user_info(token).json()) == {"sub", "username", "name"}

    @evidence("documented", "guide: userInfo endpoint: no or malformed token; that it has a body is inferred")
    @pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic YTpi"}])
    def test_a_missing_or_malformed_token_is_refused(self, domain, headers):
        reply = requests.get(f"{HOST}/oauth2/userInfo", headers=headers, timeout=5)
        assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (400, BAD)
        assert reply.json()["error"] == "invalid_request"

    @evidence("documented", "guide: userInfo endpoint: tokens that are no longer valid")
    def test_an_expired_or_revoked_token_is_refused(self, cognito, cognito_pool, cognito_idp, client, tokens):
        named = {"UserPoolId": cognito_pool.id, "Username": "ana"}
        cognito_idp.admin_disable_user(**named)
        assert user_info(tokens.access_token).headers["WWW-Authenticate"] == DEAD
        cognito_idp.admin_enable_user(**named)
        cognito_idp.admin_user_global_sign_out(**named)
        assert user_info(tokens.access_token).status_code == 401
        again = cognito_pool.sign_in("ana", client, scopes=["openid"])
        assert user_info(again.access_token).status_code == 200
        cognito.clock.advance(hours=2)
        assert user_info(again.access_token).status_code == 401

    @evidence("inferred", "a token of an app client that was deleted")
    def test_a_token_of_a_deleted_app_client_is_refused(self, cognito_pool, cognito_idp, client, tokens):
        cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client.id)
        assert user_info(tokens.access_token).headers["WWW-Authenticate"] == DEAD

    @evidence("observed", "simov/grant#189: the text")
    def test_a_token_without_the_scope_openid_is_refused(self, cognito_pool, domain):
        cognito_pool.add_user("ana")
        reply = user_info(cognito_pool.sign_in("ana").access_token)
        assert reply.status_code == 401
        assert reply.json() == {
            "error": "invalid_token",
            "error_description": "Access token does not contain openid scope",
        }

    @evidence("documented", "an ID token is not an access token")
    def test_an_id_token_is_refused(self, tokens):
        assert user_info(tokens.id_token).status_code == 400


class TestRevoke:
    @evidence("documented", "guide: revocation endpoint: 200 and an empty body, also again and for an unknown token")
    def test_the_refresh_token_and_its_access_tokens_are_revoked(self, tokens, client, token):
        form = {"client_id": client.id, "token": tokens.refresh_token, "token_type_hint": "refresh_token"}
        for sent in (form, form, {**form, "token": "unknown"}):
            reply = requests.post(f"{HOST}/oauth2/revoke", data=sent, timeout=5)
            assert (reply.status_code, reply.text) == (200, "")
        assert user_info(tokens.access_token).status_code == 401
        assert token(grant_type="refresh_token", refresh_token=tokens.refresh_token).json() == {
            "error": "invalid_grant"
        }

    @evidence("inferred", "a token of another client is not revoked")
    def test_a_token_of_another_app_client_stays_valid(self, app, tokens):
        form = {"client_id": app().id, "token": tokens.refresh_token}
        assert requests.post(f"{HOST}/oauth2/revoke", data=form, timeout=5).status_code == 200
        assert user_info(tokens.access_token).status_code == 200

    @evidence("documented", "guide: revocation endpoint; oidc-client-ts#262 of the token type")
    def test_an_incomplete_or_unsupported_request_is_refused(self, app, tokens, client):
        off, secret = app(EnableTokenRevocation=False), app(GenerateSecret=True)

        def refused(**form):
            reply = requests.post(f"{HOST}/oauth2/revoke", data=form, timeout=5)
            return reply.status_code, reply.json()["error"]

        assert refused(client_id=client.id) == (400, "invalid_request")
        assert refused(client_id=off.id, token="t") == (400, "invalid_request")
        assert refused(client_id=client.id, token=tokens.access_token) == (400, "unsupported_token_type")
        assert refused(client_id=secret.id, token="t") == (401, "invalid_client")
        reply = requests.post(f"{HOST}/oauth2/revoke", data={"token": "t"}, auth=(secret.id, secret.secret), timeout=5)
        assert reply.status_code == 200
