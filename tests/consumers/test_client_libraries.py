"""Libraries that applications sign in with and verify tokens by, unmodified."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest

pycognito = pytest.importorskip("pycognito", reason="needs the extra consumers")
jose = pytest.importorskip("jose.jwt", reason="needs the extra consumers")

# What pycognito calls is deprecated from Python 3.12 on.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")


@pytest.fixture
def application(cognito_pool):
    """A pycognito client of a user, which knows the keys of the pool."""

    def application(username="ana", client=None):
        client = client or cognito_pool.client
        secret = {"client_secret": client.secret} if client.secret else {}
        user = pycognito.Cognito(cognito_pool.id, client.id, username=username, user_pool_region="us-east-1", **secret)
        user.pool_jwk = cognito_pool.jwks
        return user

    return application


@pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
def test_pycognito_signs_up_and_in(cognito_pool, application):
    user = application()
    user.set_base_attributes(email="ana@example.com", name="Ana")
    user.register("ana", "Passw0rd!")
    user.confirm_sign_up(cognito_pool.outbox.one().code, username="ana")
    user.authenticate(password="Passw0rd!")
    assert user.id_claims["email"] == "ana@example.com"
    assert user.access_claims["username"] == "ana"
    assert cognito_pool.calls.operations[-2:] == ["InitiateAuth", "RespondToAuthChallenge"]


def test_pycognito_with_a_secret(cognito_pool, application):
    cognito_pool.add_user("ana")
    user = application(client=cognito_pool.create_client(GenerateSecret=True))
    user.authenticate(password="Passw0rd!")
    user.renew_access_token()
    assert user.access_claims["username"] == "ana"


def test_pycognito_refuses_a_wrong_password(cognito_pool, application):
    cognito_pool.add_user("ana")
    user = application()
    with pytest.raises(user.client.exceptions.NotAuthorizedException, match="Incorrect username or password"):
        user.authenticate(password="Wrong-1!")


def test_pycognito_renews_what_expired(cognito, cognito_pool, application):
    cognito_pool.add_user("ana")
    user = application()
    user.authenticate(password="Passw0rd!")
    before = user.access_token
    assert user.check_token(renew=False) is False
    user.renew_access_token()
    assert user.access_token != before
    user.verify_tokens()
    user.logout()
    assert cognito_pool.users["ana"].sign_ins == []


def test_pycognito_verifies_by_the_pools_keys_alone(cognito, cognito_pool, application):
    cognito_pool.add_user("ana")
    user = application()
    user.authenticate(password="Passw0rd!")
    user.pool_jwk = cognito.create_pool().jwks
    with pytest.raises(IndexError):
        user.verify_tokens()


def test_pycognito_replaces_a_temporary_password(cognito_pool, application):
    cognito_pool.add_user("ana", status="FORCE_CHANGE_PASSWORD")
    user = application()
    with pytest.raises(pycognito.exceptions.ForceChangePasswordException):
        user.authenticate(password="Passw0rd!")
    user.new_password_challenge("Passw0rd!", "N3w-passw0rd")
    assert cognito_pool.users["ana"].status == "CONFIRMED"


def test_pycognito_resets_a_password(cognito_pool, application):
    ana, user = cognito_pool.add_user("ana"), application()
    user.initiate_forgot_password()
    user.confirm_forgot_password(cognito_pool.outbox.one().code, "N3w-passw0rd")
    assert ana.password == "N3w-passw0rd"
    user.authenticate(password="N3w-passw0rd")
    user.change_password("N3w-passw0rd", "Other-passw0rd1")
    assert ana.password == "Other-passw0rd1"


def test_pycognito_changes_a_profile(cognito_pool, application):
    ana, user = cognito_pool.add_user("ana"), application()
    user.authenticate(password="Passw0rd!")
    user.update_profile({"name": "Ana Maria"})
    assert ana.attributes["name"] == user.get_user().name == "Ana Maria"


@pytest.mark.parametrize("use", ["id", "access"])
def test_python_jose_verifies_a_token(cognito_pool, use):
    ana, tokens = cognito_pool.add_user("ana"), cognito_pool.sign_in("ana")
    token = tokens.id_token if use == "id" else tokens.access_token
    audience = cognito_pool.client.id if use == "id" else None
    given = {"algorithms": ["RS256"], "audience": audience, "issuer": cognito_pool.issuer}
    said = jose.decode(token, cognito_pool.jwks, options={"verify_at_hash": False}, **given)
    assert said["sub"] == ana.sub
    with pytest.raises(jose.JWTError):
        jose.decode(f"{token[:-20]}{'A' * 20}", cognito_pool.jwks, **given)


def test_pyjwt_refuses_what_expired(cognito, cognito_pool):
    cognito_pool.add_user("ana")
    cognito.clock.move_to(cognito.clock.now() - timedelta(hours=2))
    token = cognito_pool.sign_in("ana").access_token
    key = jwt.PyJWKSet.from_dict(cognito_pool.jwks)[jwt.get_unverified_header(token)["kid"]]
    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(token, key, algorithms=["RS256"])
