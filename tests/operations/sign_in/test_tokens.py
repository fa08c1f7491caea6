"""What the tokens say, to the byte: facts/sign-in.md 4, facts/lifecycle.md F3."""

from __future__ import annotations

import base64
import hashlib
import json

import jwt
import pytest

from .conftest import claims

evidence = pytest.mark.evidence
PLAN = {"Schema": [{"Name": "plan", "AttributeDataType": "String"}]}
ROLE = "arn:aws:iam::123456789012:role/"


@pytest.fixture
def tokens(sign_in):
    """The two JSON web tokens of a sign-in."""

    def tokens(*args, **given):
        result = sign_in(*args, **given)["AuthenticationResult"]
        return result["IdToken"], result["AccessToken"]

    return tokens


def raw(token, part):
    return base64.urlsafe_b64decode(f"{token.split('.')[part]}===").decode()


class TestBytes:
    @evidence("observed", "five decoded captures of 2018 to 2022: kid first, and slashes escaped")
    def test_the_header_has_kid_and_alg_in_this_order(self, ana, cognito_pool, tokens):
        for token, use in zip(tokens(), ("id", "access"), strict=True):
            kid = base64.b64encode(hashlib.sha256(f"{cognito_pool.id} {use}".encode()).digest()).decode()
            escaped = kid.replace("/", r"\/")
            assert raw(token, 0) == f'{{"kid":"{escaped}","alg":"RS256"}}'

    @evidence("observed", "the same captures")
    def test_slashes_are_escaped_but_letters_outside_ascii_are_not(self, cognito_pool, tokens):
        cognito_pool.add_user("ana", attributes={"profile": "https://a.b/é", "name": 'Änne "A" \\'})
        text = raw(tokens()[0], 1)
        assert r'"iss":"https:\/\/cognito-idp.us-east-1.amazonaws.com\/' in text
        assert r'"profile":"https:\/\/a.b\/é"' in text
        assert r'"name":"Änne \"A\" \\"' in text
        assert ": " not in text

    @evidence("inferred", "Java writes a question mark for what is not Unicode")
    def test_a_lone_surrogate_becomes_a_question_mark(self, cognito_pool, tokens):
        cognito_pool.add_user("ana", attributes={"name": "\udc80"})
        assert claims(tokens()[0])["name"] == "?"

    @evidence("observed", "12 captures of 2021 to 2026: the order of a Java HashMap")
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    def test_the_claims_of_an_id_token_have_a_fixed_order(self, cognito, cognito_pool, cognito_idp, tokens):
        cognito_pool.add_user("ana@example.com", phone_number="+15551234567", groups=["staff"])
        cognito_idp.update_group(UserPoolId=cognito_pool.id, GroupName="staff", RoleArn=f"{ROLE}a")
        assert list(claims(tokens("ana@example.com")[0])) == [
            "sub", "cognito:groups", "email_verified", "cognito:preferred_role", "iss", "phone_number_verified",
            "cognito:username", "origin_jti", "cognito:roles", "aud", "event_id", "token_use", "auth_time",
            "phone_number", "exp", "iat", "jti", "email",
        ]  # fmt: skip

    @evidence("observed", "the same captures")
    def test_the_claims_of_an_access_token_have_a_fixed_order(self, cognito_pool, tokens):
        cognito_pool.add_user("ana", groups=["staff"])
        assert list(claims(tokens()[1])) == [
            "sub", "cognito:groups", "iss", "client_id", "origin_jti", "event_id", "token_use", "scope", "auth_time",
            "exp", "iat", "jti", "username",
        ]  # fmt: skip

    @evidence("observed", "a capture of 2020: its length, its parts and the first of them")
    def test_a_refresh_token_has_five_parts_and_1785_characters(self, ana, sign_in):
        token = sign_in()["AuthenticationResult"]["RefreshToken"]
        assert raw(token, 0) == '{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}'
        assert (len(token), len(token.split("."))) == (1785, 5)


class TestClaims:
    @evidence("observed", "captures; documented: using the ID token")
    @pytest.mark.cognito_pool(**PLAN)
    def test_an_id_token_has_the_attributes_of_the_user(self, passed, cognito_pool, tokens):
        given = {"custom:plan": "7", "address": "Main St 1", "updated_at": "1700000000.5", "birthdate": "2000-01-01"}
        ana = cognito_pool.add_user("ana", attributes=given)
        said = claims(tokens()[0])
        drawn = [said.pop(name) for name in ("jti", "origin_jti", "event_id")]
        assert all(len(text) == 36 for text in drawn)
        assert said == {
            "sub": ana.sub,
            "email_verified": True,
            "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{cognito_pool.id}",
            "cognito:username": "ana",
            "aud": cognito_pool.client.id,
            "token_use": "id",
            "auth_time": 1_800_000_000,
            "exp": 1_800_003_600,
            "iat": 1_800_000_000,
            "email": "ana@example.com",
            "custom:plan": "7",
            "birthdate": "2000-01-01",
            # Inferred: as OpenID Connect has these two.
            "address": {"formatted": "Main St 1"},
            "updated_at": 1700000000,
        }

    @evidence("inferred", "a number as in OpenID Connect, even if it is large")
    def test_a_large_updated_at_is_not_rounded(self, cognito_pool, tokens):
        cognito_pool.add_user("ana", attributes={"updated_at": "9" * 400})
        assert claims(tokens()[0])["updated_at"] == int("9" * 400)

    @evidence("documented", "guide: the access token; no attributes, one scope")
    @pytest.mark.cognito_pool(**PLAN)
    def test_an_access_token_has_no_attributes(self, passed, cognito_pool, tokens):
        ana = cognito_pool.add_user("ana", attributes={"custom:plan": "7"})
        said = claims(tokens()[1])
        for name in ("jti", "origin_jti", "event_id"):
            del said[name]
        assert said == {
            "sub": ana.sub,
            "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{cognito_pool.id}",
            "client_id": cognito_pool.client.id,
            "token_use": "access",
            "scope": "aws.cognito.signin.user.admin",
            "auth_time": 1_800_000_000,
            "exp": 1_800_003_600,
            "iat": 1_800_000_000,
            "username": "ana",
        }

    @evidence("documented", "guide: groups in both tokens, roles in the ID token")
    def test_groups_are_in_both_tokens_and_roles_in_the_id_token(self, cognito_pool, cognito_idp, tokens):
        cognito_pool.add_user("ana", groups=["staff", "admins"])
        for name, precedence in (("staff", 2), ("admins", 1)):
            cognito_idp.update_group(
                UserPoolId=cognito_pool.id, GroupName=name, RoleArn=f"{ROLE}{name}", Precedence=precedence
            )
        said_id, said_access = map(claims, tokens())
        assert said_id["cognito:groups"] == said_access["cognito:groups"] == ["staff", "admins"]
        assert said_id["cognito:roles"] == [f"{ROLE}staff", f"{ROLE}admins"]
        assert said_id["cognito:preferred_role"] == f"{ROLE}admins"
        assert not {"cognito:roles", "cognito:preferred_role"} & {*said_access}

    @evidence("observed", "moto-av test_jti_in_tokens: one origin_jti, two jti")
    def test_the_tokens_of_a_sign_in_share_origin_jti_but_not_jti(self, ana, tokens):
        said_id, said_access = map(claims, tokens())
        assert said_id["origin_jti"] == said_access["origin_jti"]
        assert said_id["event_id"] == said_access["event_id"]
        assert said_id["jti"] != said_access["jti"]
        assert claims(tokens()[0])["origin_jti"] != said_id["origin_jti"]

    @evidence("observed", "moto-av: attributes outside ReadAttributes do not appear")
    def test_an_id_token_has_only_attributes_that_the_app_client_can_read(self, ana, cognito_pool, tokens):
        client = cognito_pool.create_client(ExplicitAuthFlows=["USER_PASSWORD_AUTH"], ReadAttributes=["email_verified"])
        said = claims(tokens(client=client)[0])
        assert "email" not in said
        assert said["email_verified"] is True

    @evidence("documented", "model: validity and its units")
    def test_the_validity_is_a_setting_of_the_app_client(self, ana, cognito_pool, sign_in):
        units = {"AccessToken": "minutes", "IdToken": "days"}
        client = cognito_pool.create_client(
            ExplicitAuthFlows=["USER_PASSWORD_AUTH"],
            AccessTokenValidity=5,
            IdTokenValidity=1,
            TokenValidityUnits=units,
        )
        result = sign_in(client=client)["AuthenticationResult"]
        said_id, said_access = claims(result["IdToken"]), claims(result["AccessToken"])
        assert result["ExpiresIn"] == said_access["exp"] - said_access["iat"] == 300
        assert said_id["exp"] - said_id["iat"] == 86400


class TestKeys:
    @evidence("documented", "guide: verifying a JSON web token; its order: five captures")
    def test_the_key_set_has_two_rsa_keys(self, cognito_pool):
        keys = cognito_pool.jwks["keys"]
        assert [list(key) for key in keys] == [["alg", "e", "kid", "kty", "n", "use"]] * 2
        assert {(key["alg"], key["e"], key["kty"], key["use"]) for key in keys} == {("RS256", "AQAB", "RSA", "sig")}
        assert len({key["kid"] for key in keys}) == len({key["n"] for key in keys}) == 2
        assert all(len(key["kid"]) == 44 for key in keys)
        assert json.dumps(cognito_pool.jwks, separators=(",", ":")).startswith('{"keys":[{"alg":"RS256","e":"AQAB",')

    @evidence("documented", "guide: verifying a JSON web token; a library does")
    def test_a_library_verifies_the_tokens(self, ana, cognito_pool, tokens):
        keys = {key.key_id: key for key in jwt.PyJWKSet.from_dict(cognito_pool.jwks).keys}
        for token, audience in zip(tokens(), (cognito_pool.client.id, None), strict=True):
            key = keys[jwt.get_unverified_header(token)["kid"]]
            given = {"algorithms": ["RS256"], "issuer": cognito_pool.issuer, "audience": audience}
            assert jwt.decode(token, key, **given)["sub"] == ana.sub
            with pytest.raises(jwt.InvalidSignatureError):
                jwt.decode(f"{token[:-20]}{'A' * 20}", key, **given)

    @evidence("inferred", "a verifier of one pool must not know the keys of another pool")
    def test_the_keys_of_another_pool_have_other_ids(self, cognito, cognito_pool):
        kids = {key["kid"] for pool in (cognito_pool, cognito.create_pool()) for key in pool.jwks["keys"]}
        assert len(kids) == 4
