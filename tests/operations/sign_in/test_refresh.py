"""New tokens for a refresh token: facts/sign-in.md 4.4, facts/texts-found-later.md 4.13."""

from __future__ import annotations

import pytest

from .conftest import claims

evidence = pytest.mark.evidence
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
ROTATING = {
    "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
    "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 30},
}
INVALID = ("NotAuthorizedException", "Invalid Refresh Token")


@pytest.fixture
def signed_in(ana, sign_in):
    """The AuthenticationResult of ana."""

    def signed_in(**given):
        return sign_in(**given)["AuthenticationResult"]

    return signed_in


@pytest.fixture
def get_tokens(cognito_pool, cognito_idp):
    """GetTokensFromRefreshToken; its AuthenticationResult."""
    if not hasattr(cognito_idp, "get_tokens_from_refresh_token"):
        pytest.skip("this botocore does not have GetTokensFromRefreshToken")

    def get_tokens(token, client=None, **given):
        given |= {"ClientId": (client or cognito_pool.client).id, "RefreshToken": token}
        return cognito_idp.get_tokens_from_refresh_token(**given)["AuthenticationResult"]

    return get_tokens


class TestRefresh:
    @evidence("observed", "moto-av: no new refresh token; the second name is an alias of the flow")
    @pytest.mark.parametrize("flow", ["REFRESH_TOKEN", "REFRESH_TOKEN_AUTH"])
    @pytest.mark.parametrize("by_admin", [False, True])
    def test_the_reply_has_new_tokens_but_no_new_refresh_token(self, signed_in, initiate, flow, by_admin):
        token = signed_in()["RefreshToken"]
        reply = initiate(flow, by_admin=by_admin, REFRESH_TOKEN=token)
        assert {*reply["AuthenticationResult"]} == {"AccessToken", "ExpiresIn", "IdToken", "TokenType"}
        assert reply["ChallengeParameters"] == {}
        assert initiate(flow, by_admin=by_admin, REFRESH_TOKEN=token)["AuthenticationResult"]

    @evidence("documented", "guide: auth_time and origin_jti stay; observed, moto-av test_jti_in_tokens")
    def test_only_the_claims_exp_iat_and_jti_change(self, passed, signed_in, initiate):
        result = signed_in()
        passed(100)
        new = initiate("REFRESH_TOKEN", REFRESH_TOKEN=result["RefreshToken"])["AuthenticationResult"]
        for name in ("IdToken", "AccessToken"):
            before, after = claims(result[name]), claims(new[name])
            assert {each for each in before if before[each] != after[each]} == {"exp", "iat", "jti"}
            assert after["iat"] == before["iat"] + 100

    @evidence("observed", "amplify-js#1645: a new group is in the refreshed token")
    def test_the_new_tokens_have_the_current_groups_of_the_user(self, signed_in, cognito_pool, cognito_idp, initiate):
        result = signed_in()
        cognito_idp.create_group(UserPoolId=cognito_pool.id, GroupName="staff")
        cognito_idp.admin_add_user_to_group(UserPoolId=cognito_pool.id, Username="ana", GroupName="staff")
        new = initiate("REFRESH_TOKEN", REFRESH_TOKEN=result["RefreshToken"])["AuthenticationResult"]
        assert claims(new["AccessToken"])["cognito:groups"] == ["staff"]

    @evidence("observed", "aws-sdk-net-extensions-cognito#75: over the stored username, never the alias")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_secret_hash_is_made_of_the_stored_username(self, cognito_pool, sign_in, initiate, refused):
        ana = cognito_pool.add_user("ana@example.com")
        client = cognito_pool.create_client(GenerateSecret=True, ExplicitAuthFlows=FLOWS)
        by_address = client.secret_hash("ana@example.com")
        result = sign_in("ana@example.com", client=client, SECRET_HASH=by_address)["AuthenticationResult"]
        given = {"REFRESH_TOKEN": result["RefreshToken"]}
        with refused("NotAuthorizedException", f"SecretHash does not match for the client: {client.id}"):
            initiate("REFRESH_TOKEN", client, SECRET_HASH=by_address, **given)
        assert initiate("REFRESH_TOKEN", client, SECRET_HASH=client.secret_hash(ana.sub), **given)

    @evidence("observed", "amplify-js#6559, #4396: sessions outlive a new password")
    def test_a_new_password_does_not_revoke_the_refresh_token(self, signed_in, cognito_pool, cognito_idp, initiate):
        result = signed_in()
        cognito_idp.admin_set_user_password(
            UserPoolId=cognito_pool.id, Username="ana", Password="N3w-passw0rd", Permanent=True
        )
        assert initiate("REFRESH_TOKEN", REFRESH_TOKEN=result["RefreshToken"])["AuthenticationResult"]


class TestRefusals:
    @evidence("observed", "captures; of another client's: repost.aws cognito-invalid-refresh-token-error")
    def test_an_unknown_token_or_a_token_of_another_app_client_is_refused(
        self, signed_in, cognito_pool, initiate, refused
    ):
        with refused(*INVALID):
            initiate("REFRESH_TOKEN", REFRESH_TOKEN="eyJjdHkiOiJKV1Qi.x.y.z.w")
        other = cognito_pool.create_client(ExplicitAuthFlows=FLOWS)
        with refused(*INVALID):
            initiate("REFRESH_TOKEN", other, REFRESH_TOKEN=signed_in()["RefreshToken"])

    @evidence("observed", "amplify-swift#3496")
    @pytest.mark.parametrize(("days", "works"), [(30, True), (30.1, False)])
    def test_a_token_expires_after_30_days(self, passed, signed_in, initiate, refused, days, works):
        token = signed_in()["RefreshToken"]
        passed(days * 86400)
        if works:
            assert initiate("REFRESH_TOKEN", REFRESH_TOKEN=token)["AuthenticationResult"]
            return
        with refused("NotAuthorizedException", "Refresh Token has expired"):
            initiate("REFRESH_TOKEN", REFRESH_TOKEN=token)

    @evidence("observed", "aws-sdk-android#366")
    def test_the_token_of_a_deleted_user_is_refused(self, signed_in, cognito_pool, cognito_idp, initiate, refused):
        token = signed_in()["RefreshToken"]
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        with refused("UserNotFoundException", "User does not exist."):
            initiate("REFRESH_TOKEN", REFRESH_TOKEN=token)

    @evidence("observed", "the type; which of two texts is inferred")
    def test_the_token_of_a_disabled_user_is_refused(self, signed_in, cognito_pool, cognito_idp, initiate, refused):
        token = signed_in()["RefreshToken"]
        cognito_idp.admin_disable_user(UserPoolId=cognito_pool.id, Username="ana")
        with refused("NotAuthorizedException"):
            initiate("REFRESH_TOKEN", REFRESH_TOKEN=token)


class TestGetTokensFromRefreshToken:
    @evidence("model", "with rotation off too; observed, amplify-js#14427")
    def test_without_rotation_there_is_no_new_refresh_token(self, signed_in, get_tokens):
        token = signed_in()["RefreshToken"]
        for _ in range(2):
            assert {*get_tokens(token)} == {"AccessToken", "ExpiresIn", "IdToken", "TokenType"}

    @evidence("documented", "guide: using the refresh token; a new one that is valid for the remaining time")
    def test_with_rotation_the_old_token_works_for_the_grace_period(
        self, passed, signed_in, cognito_pool, get_tokens, refused
    ):
        client = cognito_pool.create_client(**ROTATING)
        first = signed_in(client=client)["RefreshToken"]
        passed(100)
        second = get_tokens(first, client)["RefreshToken"]
        assert second != first
        passed(129)
        assert get_tokens(first, client)["RefreshToken"] not in {first, second}
        passed(130)
        with refused("RefreshTokenReuseException"):
            get_tokens(first, client)
        third = get_tokens(second, client)["RefreshToken"]
        passed(30 * 86400 + 1)
        with refused("NotAuthorizedException", "Refresh Token has expired"):
            get_tokens(third, client)

    @evidence("documented", "guide: the flow must be off for a client that rotates")
    def test_an_app_client_with_rotation_refuses_the_refresh_token_flow(
        self, signed_in, cognito_pool, initiate, get_tokens, refused
    ):
        client = cognito_pool.create_client(**ROTATING)
        with refused("InvalidParameterException"):
            initiate("REFRESH_TOKEN", client, REFRESH_TOKEN=signed_in(client=client)["RefreshToken"])

    @evidence("observed", "terraform-provider-aws#47196, #45646: refused when saved; an omitted rotation stays on")
    def test_rotation_and_the_refresh_token_flow_cannot_both_be_enabled(
        self, cognito_pool, cognito_idp, get_tokens, refused
    ):
        client = cognito_pool.create_client(RefreshTokenRotation={"Feature": "ENABLED"})
        named = {"UserPoolId": cognito_pool.id, "ClientId": client.id}

        def rotation():
            described = cognito_idp.describe_user_pool_client(**named)["UserPoolClient"]
            return described["RefreshTokenRotation"]

        assert rotation() == {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
        with refused("InvalidParameterException"):
            cognito_idp.update_user_pool_client(**named, ExplicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"])
        disabled = {"Feature": "DISABLED"}
        cognito_idp.update_user_pool_client(
            **named, ExplicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"], RefreshTokenRotation=disabled
        )
        assert rotation() == {"Feature": "DISABLED", "RetryGracePeriodSeconds": 0}

    @evidence("documented", "guide: REFRESH_TOKEN_AUTH is off where a client rotates")
    def test_the_default_flows_of_an_app_client_with_rotation_exclude_the_refresh_flow(
        self, ana, cognito_pool, initiate, get_tokens, refused
    ):
        client = cognito_pool.create_client(RefreshTokenRotation={"Feature": "ENABLED"})
        token = cognito_pool.sign_in("ana", client).refresh_token
        with refused("InvalidParameterException"):
            initiate("REFRESH_TOKEN", client, REFRESH_TOKEN=token)
        assert get_tokens(token, client)["RefreshToken"]

    @evidence("documented", "guide: without a grace period the old token is invalid at once")
    def test_without_a_grace_period_the_old_token_is_refused_at_once(
        self, passed, ana, cognito_pool, get_tokens, refused
    ):
        client = cognito_pool.create_client(RefreshTokenRotation={"Feature": "ENABLED"})
        token = cognito_pool.sign_in("ana", client).refresh_token
        get_tokens(token, client)
        with refused("RefreshTokenReuseException"):
            get_tokens(token, client)

    @evidence("inferred", "a token stays valid if the function fails")
    def test_a_failing_function_leaves_the_old_token_valid(self, passed, ana, cognito_pool, get_tokens, refused):
        client = cognito_pool.create_client(RefreshTokenRotation={"Feature": "ENABLED"})
        token = cognito_pool.sign_in("ana", client).refresh_token
        with cognito_pool.on("PreTokenGeneration", raises=ValueError("no")), refused("UserLambdaValidationException"):
            get_tokens(token, client)
        passed(60)
        assert get_tokens(token, client)["RefreshToken"]

    @evidence("inferred", "a secret that the app client does not need is ignored")
    def test_a_secret_is_ignored_if_the_app_client_has_none(self, signed_in, get_tokens):
        assert get_tokens(signed_in()["RefreshToken"], ClientSecret="x" * 24)

    @evidence("model", "the operation takes the plain secret; the error is inferred")
    def test_the_request_must_have_the_secret_of_the_app_client(self, ana, cognito_pool, sign_in, get_tokens, refused):
        client = cognito_pool.create_client(GenerateSecret=True, ExplicitAuthFlows=FLOWS)
        token = sign_in(client=client, SECRET_HASH=client.secret_hash("ana"))["AuthenticationResult"]["RefreshToken"]
        for given in ({}, {"ClientSecret": "x" * 24}):
            with refused("NotAuthorizedException"):
                get_tokens(token, client, **given)
        assert get_tokens(token, client, ClientSecret=client.secret)

    @evidence("documented", "guide: TokenGeneration_RefreshTokens")
    def test_the_trigger_source_is_token_generation_refresh_tokens(self, signed_in, cognito_pool, get_tokens):
        get_tokens(signed_in()["RefreshToken"])
        assert cognito_pool.triggers.sources[-1] == "TokenGeneration_RefreshTokens"
