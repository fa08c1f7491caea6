"""niquests, whose urllib3-future takes the place of urllib3: it needs an environment of its own."""

from __future__ import annotations

import pytest

niquests = pytest.importorskip("niquests", reason="needs niquests, in an environment of its own")


def test_a_key_set(cognito_pool):
    url = f"{cognito_pool.issuer}/.well-known/jwks.json"
    assert niquests.get(url, timeout=5).json() == cognito_pool.jwks
    with niquests.Session() as session:
        for _ in range(2):
            assert session.get(url, timeout=5).json() == cognito_pool.jwks


def test_a_form(cognito_pool):
    domain = cognito_pool.add_domain("myapp")
    form = {"grant_type": "password", "client_id": cognito_pool.client.id}
    reply = niquests.post(f"{domain.url}/oauth2/token", data=form, timeout=5)
    assert (reply.status_code, reply.json()) == (400, {"error": "unsupported_grant_type"})


def test_boto3_beside_it(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.users["ana"].status == "CONFIRMED"
