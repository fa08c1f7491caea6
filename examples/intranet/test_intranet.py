import pytest

WHY = "this application needs flask and authlib"
pytest.importorskip("flask", reason=WHY)
pytest.importorskip("authlib", reason=WHY)

from intranet import CLIENT_ID, CLIENT_SECRET, POOL_ID, app  # noqa: E402 - after the check that it is there

CALLBACK = "https://localhost/callback"


@pytest.fixture
def cognito_pool_settings():
    return {"Id": POOL_ID}


@pytest.fixture
def client(cognito_pool, partner):
    cognito_pool.add_domain("intranet")
    return cognito_pool.create_client(
        ClientId=CLIENT_ID,
        ClientSecret=CLIENT_SECRET,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email"],
        CallbackURLs=[CALLBACK],
        SupportedIdentityProviders=["COGNITO", "Partner"],
    )


@pytest.fixture
def partner(cognito_pool, cognito_idp):
    """An identity provider of another company."""
    cognito_idp.create_identity_provider(
        UserPoolId=cognito_pool.id,
        ProviderName="Partner",
        ProviderType="OIDC",
        ProviderDetails={
            "client_id": "intranet",
            "client_secret": "secret",
            "attributes_request_method": "GET",
            "authorize_scopes": "openid email",
            "oidc_issuer": "https://login.partner.example.com",
        },
        AttributeMapping={"email": "mail", "username": "sub"},
    )


@pytest.fixture
def visitor(client):
    return app.test_client()


def test_somebody_signs_in(cognito_pool, visitor):
    cognito_pool.add_user("ana", groups=["staff"])
    assert visitor.get("/").location == "/login"
    callback_url = cognito_pool.managed_login(visitor.get("/login").location, "ana")
    assert visitor.get(callback_url).location == "/"
    assert visitor.get("/").text == "Hello ana@example.com (staff)"
    visitor.get("/logout")
    assert visitor.get("/").location == "/login"


def test_somebody_from_the_other_company(cognito_pool, visitor):
    claims = {"sub": "77", "mail": "zoe@partner.example.com"}
    callback_url = cognito_pool.managed_login(visitor.get("/login").location, provider="Partner", claims=claims)
    visitor.get(callback_url)
    assert visitor.get("/").text == f"Hello zoe@partner.example.com ({cognito_pool.id}_Partner)"


def test_a_function_keeps_somebody_out(cognito_pool, visitor):
    cognito_pool.add_user("ana")
    cognito_pool.on("PreTokenGeneration", raises=PermissionError("not at night"))
    callback_url = cognito_pool.managed_login(visitor.get("/login").location, "ana")
    told = visitor.get(callback_url)
    assert told.status_code == 403
    assert told.text.strip() == "You cannot sign in: PreTokenGeneration failed with error not at night."


def test_a_code_works_once(cognito_pool, visitor):
    cognito_pool.add_user("ana")
    callback_url = cognito_pool.managed_login(visitor.get("/login").location, "ana")
    visitor.get(callback_url)
    assert visitor.get(callback_url).status_code == 403
