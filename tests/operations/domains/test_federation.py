"""Signing in through an identity provider: facts/oauth.md, sections 3.4 and 8."""

from __future__ import annotations

import jwt
import pytest

from pytest_cognito_pool import UsageError

from .conftest import CALLBACK, query

evidence = pytest.mark.evidence
CLAIMS = {"sub": "1234", "email": "ana@example.com", "email_verified": True, "hd": "example.com"}


@pytest.fixture
def google(cognito_idp, cognito_pool):
    cognito_idp.create_identity_provider(
        UserPoolId=cognito_pool.id,
        ProviderName="Google",
        ProviderType="Google",
        ProviderDetails={"client_id": "id", "client_secret": "secret", "authorize_scopes": "openid email"},
        AttributeMapping={"email": "email", "email_verified": "email_verified", "username": "sub"},
    )


@pytest.fixture
def client(app, google):
    return app(SupportedIdentityProviders=["COGNITO", "Google"])


@pytest.fixture
def sign_in(cognito_pool, authorize_url, google):
    def sign_in(**claims):
        return cognito_pool.managed_login(authorize_url(), provider="Google", claims={**CLAIMS, **claims})

    return sign_in


@evidence("documented", "status, username, group, and the triggers of a first sign-in")
def test_the_first_sign_in_through_a_provider_creates_the_user(sign_in, cognito_pool, token):
    url = sign_in()
    ana = cognito_pool.users["Google_1234"]
    assert ana.status == "EXTERNAL_PROVIDER"
    assert ana.attributes["email"] == "ana@example.com"
    assert ana.attributes["email_verified"] == "true"
    assert ana.groups == [f"{cognito_pool.id}_Google"]
    assert cognito_pool.triggers.sources == [
        "PreSignUp_ExternalProvider",
        "PostConfirmation_ConfirmSignUp",
        "TokenGeneration_HostedAuth",
    ]
    tokens = token(grant_type="authorization_code", code=query(url)["code"], redirect_uri=CALLBACK)
    assert tokens.status_code == 200
    assert cognito_pool.calls.operations[-2:] == ["GET /oauth2/idpresponse", "POST /oauth2/token"]


@evidence("documented", "later sign-ins: other triggers, and the attributes are updated")
def test_a_later_sign_in_updates_the_attributes_of_the_user(sign_in, cognito_pool):
    sign_in()
    before = len(cognito_pool.triggers)
    sign_in(email="new@example.com")
    assert cognito_pool.users["Google_1234"].attributes["email"] == "new@example.com"
    assert len(cognito_pool.users) == 1
    assert cognito_pool.triggers.sources[before:] == [
        "PreAuthentication_Authentication",
        "TokenGeneration_HostedAuth",
        "PostAuthentication_Authentication",
    ]


@evidence("documented", "in lower case, if the pool ignores the case of usernames")
@pytest.mark.cognito_pool(UsernameConfiguration={"CaseSensitive": False})
def test_the_username_is_in_lower_case_if_the_pool_ignores_case(sign_in, cognito_pool):
    sign_in(sub="AbC")
    assert cognito_pool.users["google_abc"].username == "google_abc"


@evidence("observed", "github-cognito-openid-wrapper#46")
@pytest.mark.parametrize("subject", ["", None])
def test_claims_without_a_subject_are_refused(sign_in, subject):
    assert query(sign_in(sub=subject))["error_description"] == "username attribute mapping required"


@evidence("inferred", "a claim without a value gives no attribute")
def test_a_claim_without_a_value_sets_no_attribute(sign_in, cognito_pool):
    sign_in(email=None)
    assert "email" not in cognito_pool.users["Google_1234"].attributes


@evidence("observed", "captures 2020 to 2025: such tokens always have a nonce")
def test_the_id_token_has_a_nonce(sign_in, token):
    form = {"grant_type": "authorization_code", "code": query(sign_in())["code"], "redirect_uri": CALLBACK}
    said = jwt.decode(token(**form).json()["id_token"], options={"verify_signature": False})
    assert len(said["nonce"]) == 64


@evidence("documented", "a linked identity belongs to the user")
def test_a_linked_identity_signs_in_the_linked_user(sign_in, cognito_pool, cognito_idp):
    ana = cognito_pool.add_user("ana")
    link(cognito_idp, cognito_pool)
    sign_in()
    assert len(cognito_pool.users) == 1
    assert len(ana.sign_ins) == 1


@evidence("observed", "amplify-flutter#1716: a first try fails, a second one works")
def test_the_first_sign_in_fails_if_a_pre_sign_up_function_links_the_user(sign_in, cognito_pool, cognito_idp):
    cognito_pool.add_user("ana")

    def link_by_address(event, context):
        link(cognito_idp, cognito_pool)
        return event

    cognito_pool.on("PreSignUp_ExternalProvider", link_by_address)
    first = query(sign_in())
    assert first["error"] == "invalid_request"
    assert "Already found an entry for username Google_1234" in first["error_description"]
    assert "code" in query(sign_in())


@evidence("inferred", "as for a disabled user who signs in with a password")
def test_a_disabled_user_is_refused(sign_in, cognito_pool, cognito_idp):
    sign_in()
    cognito_idp.admin_disable_user(UserPoolId=cognito_pool.id, Username="Google_1234")
    assert query(sign_in()) == {
        "error_description": "User is disabled.",
        "state": "s1",
        "error": "invalid_request",
    }


@evidence("observed", "captures of 2026, of PreSignUp")
def test_the_text_of_a_failing_function_is_the_error_description(sign_in, cognito_pool):
    cognito_pool.on("PreSignUp", raises=ValueError("not here"))
    assert query(sign_in())["error_description"] == "PreSignUp failed with error not here. "


@evidence("inferred", "as for a client without any provider: trial of 2026-07")
def test_a_provider_that_the_app_client_does_not_support_is_refused(cognito_pool, app, authorize_url, google):
    other = app()
    with pytest.raises(UsageError, match="Login option is not available"):
        cognito_pool.managed_login(authorize_url(client_id=other.id), provider="Google", claims=CLAIMS)


@evidence("inferred", "the test author must name a provider of the pool")
def test_an_unknown_provider_is_refused(cognito_pool, authorize_url, google):
    with pytest.raises(UsageError) as caught:
        cognito_pool.managed_login(authorize_url(), provider="google", claims=CLAIMS)
    assert str(caught.value) == "the pool has no identity provider 'google'; did you mean 'Google'?"


def link(cognito_idp, pool):
    cognito_idp.admin_link_provider_for_user(
        UserPoolId=pool.id,
        DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": "ana"},
        SourceUser={
            "ProviderName": "Google",
            "ProviderAttributeName": "Cognito_Subject",
            "ProviderAttributeValue": "1234",
        },
    )
