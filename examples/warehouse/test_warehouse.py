import base64
import json
from urllib.error import HTTPError

import pytest
from warehouse import TokenSource


@pytest.fixture
def domain(cognito_pool):
    return cognito_pool.add_domain("warehouse")


@pytest.fixture
def service(cognito_pool, cognito_idp):
    cognito_idp.create_resource_server(
        UserPoolId=cognito_pool.id,
        Identifier="stock",
        Name="Stock",
        Scopes=[{"ScopeName": "read", "ScopeDescription": "read the stock"}],
    )
    return cognito_pool.create_client(
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["stock/read"],
        GenerateSecret=True,
    )


@pytest.fixture
def source(domain, service):
    return TokenSource(f"{domain.url}/oauth2/token", service.id, str(service.secret), "stock/read")


def test_the_token_says_what_the_service_may_do(source, service):
    _, claims, _ = source.token().split(".")
    said = json.loads(base64.urlsafe_b64decode(f"{claims}==="))
    assert (said["client_id"], said["scope"]) == (service.id, "stock/read")


def test_a_token_is_used_until_it_expires(cognito_pool, source, monkeypatch):
    first = source.token()
    assert source.headers() == {"Authorization": f"Bearer {first}"}
    assert cognito_pool.calls.operations[-1:] == ["POST /oauth2/token"]
    monkeypatch.setattr("warehouse.time.time", lambda: source.used_until)
    assert source.token() != first
    assert len(cognito_pool.calls.of("POST /oauth2/token")) == 2


def test_a_scope_that_the_service_may_not_have(cognito_pool, domain, service):
    source = TokenSource(f"{domain.url}/oauth2/token", service.id, str(service.secret), "stock/write")
    with pytest.raises(HTTPError) as refused:
        source.token()
    with refused.value as error:
        assert json.load(error) == {"error": "invalid_scope"}
    assert "not 'stock/write'" in cognito_pool.calls.one("POST /oauth2/token").why
