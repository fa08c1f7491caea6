"""Sign-ins from what is nearly right: passwords, proofs, sessions and tokens, real, changed and forged."""

from __future__ import annotations

import base64
import contextlib
import json

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito_pool import Cognito, UnreportedError, UnsupportedOperationError

from .test_fuzz import JSON, TEXTS, Wire, mostly

POOL, CLIENT = "us-east-1_Plain0001", "client1234567890"
ISSUER = f"https://cognito-idp.us-east-1.amazonaws.com/{POOL}"
# Stand for what an account gives; `filled` puts it in.
GIVEN = ("<access>", "<id>", "<refresh>", "<session>", "<block>", "<other access>")
FLOWS = [
    "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "USER_SRP_AUTH", "REFRESH_TOKEN",
    "REFRESH_TOKEN_AUTH", "CUSTOM_AUTH", "USER_AUTH",
]  # fmt: skip
TOKEN_OPERATIONS = {
    "get_user": {},
    "global_sign_out": {},
    "delete_user": {},
    "change_password": {"PreviousPassword": "Passw0rd!", "ProposedPassword": "N3w-passw0rd"},
    "get_user_attribute_verification_code": {"AttributeName": "email"},
    "verify_user_attribute": {"AttributeName": "email", "Code": "123456"},
    "update_user_attributes": {"UserAttributes": [{"Name": "name", "Value": "A"}]},
    "delete_user_attributes": {"UserAttributeNames": ["name"]},
    "set_user_settings": {"MFAOptions": []},
}
quick = settings(max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


CLAIMS = st.fixed_dictionaries(
    {"iss": mostly(st.just(ISSUER), JSON), "token_use": mostly(st.just("access"), JSON)},
    optional={"exp": JSON, "scope": JSON, "origin_jti": JSON},
)
FORGED = st.builds(lambda header, claims, end: f"{encoded(header)}.{encoded(claims)}.{end}", JSON, CLAIMS, TEXTS)
TOKENS = st.one_of(st.sampled_from(GIVEN), st.sampled_from([f"{name}x" for name in GIVEN]), FORGED, TEXTS)
NAMES = st.sampled_from(["ana", "bob", "temp", "nobody"]) | TEXTS
VALUES = {
    "USERNAME": NAMES,
    "PASSWORD": mostly(st.just("Passw0rd!"), TEXTS),
    "NEW_PASSWORD": mostly(st.just("N3w-passw0rd"), TEXTS),
    "SRP_A": st.sampled_from(["1", "-1", "ff", "0x2", "1_0", "", "g" * 9, "f" * 3000, " 7 "]) | TEXTS,
    "REFRESH_TOKEN": TOKENS,
    "SECRET_HASH": TEXTS,
    "PASSWORD_CLAIM_SECRET_BLOCK": TOKENS,
    "PASSWORD_CLAIM_SIGNATURE": TEXTS,
    "TIMESTAMP": mostly(st.just("Tue May 6 00:09:40 UTC 2025"), TEXTS),
    "userAttributes.name": TEXTS,
    "userAttributes.email": TEXTS,
}
PARAMETERS = st.fixed_dictionaries({}, optional=VALUES)


@pytest.fixture(scope="module")
def wire():
    return Wire().client


@contextlib.contextmanager
def account(wire):
    """A pool with users, and what it has given to them."""
    cognito = Cognito(region="us-east-1")
    pool = cognito.create_pool(Id=POOL, client_id=CLIENT)
    other = cognito.create_pool()
    for name, status in (("ana", "CONFIRMED"), ("bob", "UNCONFIRMED"), ("temp", "FORCE_CHANGE_PASSWORD")):
        pool.add_user(name, status=status)
    other.add_user("ana")
    with contextlib.suppress(UnreportedError), cognito:
        tokens = pool.sign_in("ana")
        temporary = {"USERNAME": "temp", "PASSWORD": "Passw0rd!"}
        begun = wire.initiate_auth(ClientId=CLIENT, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=temporary)
        challenge = wire.initiate_auth(
            ClientId=CLIENT, AuthFlow="USER_SRP_AUTH", AuthParameters={"USERNAME": "ana", "SRP_A": "ff"}
        )
        block = challenge["ChallengeParameters"]["SECRET_BLOCK"]
        yield dict(
            zip(GIVEN, [tokens.access_token, tokens.id_token, tokens.refresh_token, begun["Session"], block,
                        other.sign_in("ana").access_token], strict=True)
        )  # fmt: skip


def filled(value, given):
    if isinstance(value, dict):
        return {name: filled(item, given) for name, item in value.items()}
    for name, text in given.items():
        if isinstance(value, str) and value.startswith(name):
            return text + value.removeprefix(name)
    return value


def attempt(wire, operation, request):
    """Send it: there is a reply, an error of the service, or the author's error for what is not simulated."""
    with account(wire) as given, contextlib.suppress(ClientError, UnsupportedOperationError):
        getattr(wire, operation)(**filled(request, given))


@quick
@given(st.sampled_from(FLOWS), PARAMETERS, st.booleans())
def test_flows(wire, flow, parameters, by_admin):
    request = {"ClientId": CLIENT, "AuthFlow": flow, "AuthParameters": parameters}
    if by_admin:
        attempt(wire, "admin_initiate_auth", request | {"UserPoolId": POOL})
    else:
        attempt(wire, "initiate_auth", request)


@quick
@given(st.sampled_from(["NEW_PASSWORD_REQUIRED", "PASSWORD_VERIFIER", "SMS_MFA"]), PARAMETERS, TOKENS)
def test_answers(wire, name, answers, session):
    request = {"ClientId": CLIENT, "ChallengeName": name, "ChallengeResponses": answers, "Session": session}
    attempt(wire, "respond_to_auth_challenge", request)


@quick
@given(st.sampled_from(sorted(TOKEN_OPERATIONS)), TOKENS)
def test_access_tokens(wire, operation, token):
    attempt(wire, operation, {"AccessToken": token, **TOKEN_OPERATIONS[operation]})


@quick
@given(st.sampled_from(["revoke_token", "get_tokens_from_refresh_token"]), TOKENS)
def test_refresh_tokens(wire, operation, token):
    if hasattr(wire, operation):
        name = "Token" if operation == "revoke_token" else "RefreshToken"
        attempt(wire, operation, {"ClientId": CLIENT, name: token})
