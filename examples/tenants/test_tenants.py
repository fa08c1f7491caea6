import json

import pytest
import tenants
from botocore.exceptions import ClientError


def test_a_customer_has_a_pool_with_two_clients(cognito, shop, pool):
    assert pool.region == "eu-west-1"
    assert [client.name for client in pool.clients] == ["web", "job"]
    assert cognito.calls.operations == [
        "CreateUserPool",
        "CreateResourceServer",
        "CreateUserPoolClient",
        "CreateUserPoolClient",
    ]


@pytest.mark.parametrize(
    ("callback_url", "message"),
    [
        ("http://shop.example.com/callback", "http://shop.example.com/callback cannot use the HTTP protocol."),
        ("https://shop.example.com/#/callback", "https://shop.example.com/#/callback cannot use fragment"),
    ],
)
def test_an_address_that_aws_refuses_leaves_nothing_behind(cognito, callback_url, message):
    with pytest.raises(ClientError) as caught:
        tenants.create("shop", callback_url=callback_url)
    assert caught.value.response["Error"]["Message"] == message
    assert not cognito.pools


def test_protecting_a_pool_keeps_its_settings(shop, pool):
    before = tenants.cognito.describe_user_pool(UserPoolId=shop.pool_id)["UserPool"]
    tenants.protect(shop.pool_id)
    after = tenants.cognito.describe_user_pool(UserPoolId=shop.pool_id)["UserPool"]
    assert after["DeletionProtection"] == "ACTIVE"
    before.update({"DeletionProtection": "ACTIVE", "LastModifiedDate": after["LastModifiedDate"]})
    assert after == before


def test_employees_come_from_their_own_provider(shop, pool):
    tenants.connect(shop.pool_id, shop.web_client_id, issuer="https://login.example.com", client_id="shop")
    pool.add_user("company_42", status="EXTERNAL_PROVIDER", email="ana@example.com")
    ana = pool.users["company_42"]
    assert ana.groups == [f"{shop.pool_id}_company"]
    assert json.loads(ana.attributes["identities"])[0]["providerName"] == "company"


def test_an_issuer_without_tls_changes_nothing(shop, pool):
    with pytest.raises(ClientError, match="OIDC endpoint must start with https://"):
        tenants.connect(shop.pool_id, shop.web_client_id, issuer="http://login.example.com", client_id="shop")
    named = {"UserPoolId": shop.pool_id, "ClientId": shop.web_client_id}
    web = tenants.cognito.describe_user_pool_client(**named)["UserPoolClient"]
    assert web["SupportedIdentityProviders"] == ["COGNITO"]
