"""The documents at the issuer of a pool: facts/oauth.md, section 1."""

from __future__ import annotations

import json

import pytest

evidence = pytest.mark.evidence


@evidence("observed", "five captures: two keys, compact, sorted members, slashes as they are")
def test_the_issuer_serves_the_key_set_of_the_pool(get, cognito_pool):
    reply = get(f"{cognito_pool.issuer}/.well-known/jwks.json")
    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.text == json.dumps(cognito_pool.jwks, separators=(",", ":"))
    assert [list(key) for key in reply.json()["keys"]] == [["alg", "e", "kid", "kty", "n", "use"]] * 2


@evidence("observed", "two test suites that quote it; the status is that of the newer one")
@pytest.mark.parametrize("document", ["jwks.json", "openid-configuration"])
def test_the_documents_of_an_unknown_pool_are_refused(get, cognito_pool, document):
    reply = get(f"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE/.well-known/{document}")
    assert reply.status_code == 400
    assert reply.text == '{"message":"User pool us-east-1_EXAMPLE does not exist."}'


@evidence("observed", "localstack#12914, and a capture of 2019")
def test_the_openid_configuration_names_the_endpoints_of_the_domain(get, cognito_pool, domain):
    reply = get(f"{cognito_pool.issuer}/.well-known/openid-configuration")
    assert reply.text == (
        '{"authorization_endpoint":"https://myapp.auth.us-east-1.amazoncognito.com/oauth2/authorize",'
        '"end_session_endpoint":"https://myapp.auth.us-east-1.amazoncognito.com/logout",'
        '"id_token_signing_alg_values_supported":["RS256"],'
        '"issuer":"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_TestPool1",'
        '"jwks_uri":"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_TestPool1/.well-known/jwks.json",'
        '"response_types_supported":["code","token"],'
        '"revocation_endpoint":"https://myapp.auth.us-east-1.amazoncognito.com/oauth2/revoke",'
        '"scopes_supported":["openid","email","phone","profile"],"subject_types_supported":["public"],'
        '"token_endpoint":"https://myapp.auth.us-east-1.amazoncognito.com/oauth2/token",'
        '"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"],'
        '"userinfo_endpoint":"https://myapp.auth.us-east-1.amazoncognito.com/oauth2/userInfo"}'
    )


@evidence("observed", "openiddict-core#1586, simov/grant#163, for these two endpoints")
def test_without_a_domain_the_openid_configuration_names_endpoints_at_the_issuer(get, cognito_pool):
    found = get(f"{cognito_pool.issuer}/.well-known/openid-configuration").json()
    assert found["authorization_endpoint"] == f"{cognito_pool.issuer}/authorize"
    assert found["token_endpoint"] == f"{cognito_pool.issuer}/token"


@evidence("inferred", "of two domains the custom one is used")
def test_the_openid_configuration_prefers_the_custom_domain(get, cognito_pool, domain):
    custom = cognito_pool.add_domain("auth.example.com")
    found = get(f"{cognito_pool.issuer}/.well-known/openid-configuration").json()
    assert found["token_endpoint"] == f"{custom.url}/oauth2/token"


@evidence("observed", "capture of 2026: the document is at the issuer only")
def test_a_domain_does_not_serve_the_openid_configuration(get, domain, cognito_pool):
    assert get(f"{domain.url}/.well-known/openid-configuration").status_code == 404


@evidence("observed", "aws-jwt-verify#279: 403 for a pool that is not UPDATED")
def test_the_host_issuer_cognito_idp_answers_403(get, cognito_pool):
    url = f"https://issuer-cognito-idp.us-east-1.amazonaws.com/{cognito_pool.id}/.well-known/jwks.json"
    assert get(url).status_code == 403


@evidence("inferred", "the hosts of China have another suffix")
def test_a_pool_in_china_has_hosts_that_end_in_com_cn(cognito):
    pool = cognito.create_pool(Id="cn-north-1_Pool")
    assert pool.issuer == "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Pool"
    assert pool.add_domain("myapp").url == "https://myapp.auth.cn-north-1.amazoncognito.com.cn"
