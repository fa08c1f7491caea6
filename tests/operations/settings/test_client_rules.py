"""Settings of an app client that do not go together: facts/other-operations.md, sections 3, 4 and 22."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import UsageError
from pytest_cognito_pool._service.protocol import model

evidence = pytest.mark.evidence
DEPLOYED = "cdk-preflight 2026-09"
URL = "https://shop.example.com/callback"
CODE = {"AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "CallbackURLs": [URL]}
MACHINE = {"AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["orders/read"]}
RANGE = "Invalid range for token validity."
ANALYTICS = (
    "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are "
    "valid"
)
APPLICATION = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/1"
BY_ID = {
    "ApplicationId": "1a2b",
    "RoleArn": "arn:aws:iam::123456789012:role/pinpoint",
    "ExternalId": "external",
}


def invalid(text):
    return "InvalidParameterException", text


def oauth(text):
    return "InvalidOAuthFlowException", text


def validity(**settings):
    units = {name.removesuffix("Validity"): unit for name, (_, unit) in settings.items()}
    return {**{name: number for name, (number, _) in settings.items()}, "TokenValidityUnits": units}


# Settings that AWS refuses, with the error, the note for the test author, and similar settings that AWS accepts.
BROKEN = {
    "an unknown attribute to read": (
        {"ReadAttributes": ["email", "custom:x"]},
        invalid("Invalid read attributes specified while creating a client"),
        "'custom:x' is refused: ReadAttributes=['email', 'custom:x']",
        {"ReadAttributes": ["email", "email_verified"]},
        ("observed", DEPLOYED),
    ),
    "an unknown attribute to write": (
        {"WriteAttributes": ["custom:x"]},
        invalid("Invalid write attributes specified while creating a client"),
        "'custom:x' is refused: WriteAttributes=['custom:x']",
        {"WriteAttributes": ["email"]},
        ("observed", DEPLOYED),
    ),
    "a verified flag to write": (
        {"WriteAttributes": ["email", "email_verified"]},
        invalid("Invalid write attributes specified while creating a client"),
        "'email_verified' is refused: WriteAttributes=['email', 'email_verified']",
        {"WriteAttributes": ["email"]},
        ("observed", DEPLOYED),
    ),
    "the sub to write": (
        {"WriteAttributes": ["sub"]},
        invalid("Invalid write attributes specified while creating a client"),
        "'sub' is refused: WriteAttributes=['sub']",
        {"ReadAttributes": ["sub"]},
        ("observed", DEPLOYED),
    ),
    "OAuth without flows": (
        {"AllowedOAuthFlowsUserPoolClient": True},
        invalid(
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows."
        ),
        "AllowedOAuthFlowsUserPoolClient=True, no AllowedOAuthFlows, no AllowedOAuthScopes",
        {"AllowedOAuthFlowsUserPoolClient": True, **CODE},
        ("observed", DEPLOYED),
    ),
    "OAuth without scopes": (
        {"AllowedOAuthFlowsUserPoolClient": True, **CODE, "AllowedOAuthScopes": []},
        invalid(
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows."
        ),
        "AllowedOAuthFlowsUserPoolClient=True, AllowedOAuthFlows=['code'], AllowedOAuthScopes=[]",
        {"AllowedOAuthFlowsUserPoolClient": True, **CODE},
        ("observed", DEPLOYED),
    ),
    "client credentials together with codes": (
        {**CODE, "AllowedOAuthFlows": ["code", "client_credentials"], "GenerateSecret": True},
        oauth("client_credentials flow can not be selected along with code flow or implicit flow."),
        "AllowedOAuthFlows=['code', 'client_credentials']",
        {**MACHINE, "GenerateSecret": True},
        ("observed", f"{DEPLOYED}; the type as of similar rules (inferred)"),
    ),
    "client credentials without a secret": (
        MACHINE,
        oauth("client_credentials flow can not be selected if client does not have a client secret."),
        "AllowedOAuthFlows=['client_credentials'], no GenerateSecret",
        {**MACHINE, "GenerateSecret": True},
        ("observed", "anomalyco/sst#6272 and three more, with the type"),
    ),
    "a code without a callback": (
        {**CODE, "CallbackURLs": []},
        oauth("CallbackUrls can not be empty when code flow or implicit flow is selected"),
        "AllowedOAuthFlows=['code'], CallbackURLs=[]",
        CODE,
        ("observed", "cisagov/crossfeed#440, with the type"),
    ),
    "an unknown scope": (
        {**CODE, "AllowedOAuthScopes": ["openid", "orders/write"]},
        ("ScopeDoesNotExistException", "Invalid scope requested: orders/write"),
        "'orders/write' is refused: AllowedOAuthScopes=['openid', 'orders/write']",
        {**CODE, "AllowedOAuthScopes": ["openid", "orders/read", "aws.cognito.signin.user.admin"]},
        ("observed", "aws-cloudformation-user-guide#564, with the type"),
    ),
    "an unknown provider": (
        {"SupportedIdentityProviders": ["COGNITO", "Google"]},
        invalid("The provider Google does not exist for User Pool us-east-1_TestPool1."),
        "'Google' is refused: SupportedIdentityProviders=['COGNITO', 'Google']",
        {"SupportedIdentityProviders": ["COGNITO", "corp"]},
        ("observed", "terraform-aws-cognito-user-pool#72 and two more"),
    ),
    "a callback by HTTP": (
        {"CallbackURLs": [URL, "http://shop.example.com"]},
        invalid("http://shop.example.com cannot use the HTTP protocol."),
        f"'http://shop.example.com' is refused: CallbackURLs=['{URL}', 'http://shop.example.com']",
        {"CallbackURLs": ["http://localhost:3000/x", "http://127.0.0.1", "http://[::1]:8080", "myapp://example"]},
        ("observed", f"{DEPLOYED}; seven reports. The local ones: documented"),
    ),
    "a callback with a fragment": (
        {"CallbackURLs": [f"{URL}#top"]},
        invalid(f"{URL}#top cannot use fragment"),
        f"'{URL}#top' is refused: CallbackURLs=['{URL}#top']",
        {"CallbackURLs": [f"{URL}?top"]},
        ("observed", DEPLOYED),
    ),
    "a default that is not a callback": (
        {"CallbackURLs": [URL], "DefaultRedirectURI": "https://other.example.com/cb"},
        invalid("The default redirect URI https://other.example.com/cb is not in the callback URIs list."),
        (
            f"'https://other.example.com/cb' is refused: DefaultRedirectURI='https://other.example.com/cb', "
            f"CallbackURLs=['{URL}']"
        ),
        {"CallbackURLs": [URL], "DefaultRedirectURI": URL},
        ("observed", DEPLOYED),
    ),
    "older and newer flow names together": (
        {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ADMIN_NO_SRP_AUTH"]},
        invalid("Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names."),
        "ExplicitAuthFlows=['ALLOW_USER_SRP_AUTH', 'ADMIN_NO_SRP_AUTH']",
        {"ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"]},
        ("observed", DEPLOYED),
    ),
    "an access token of one minute": (
        validity(AccessTokenValidity=(1, "minutes")),
        invalid(RANGE),
        (
            "AccessTokenValidity=1, no IdTokenValidity, RefreshTokenValidity=30, TokenValidityUnits={'AccessToken': "
            "'minutes'}"
        ),
        validity(AccessTokenValidity=(5, "minutes")),
        ("observed", DEPLOYED),
    ),
    "an ID token of two days": (
        validity(IdTokenValidity=(2, "days")),
        invalid(RANGE),
        "no AccessTokenValidity, IdTokenValidity=2, RefreshTokenValidity=30, TokenValidityUnits={'IdToken': 'days'}",
        validity(IdTokenValidity=(86400, "seconds")),
        ("observed", DEPLOYED),
    ),
    "a refresh token of eleven years": (
        {"RefreshTokenValidity": 4015},
        invalid(RANGE),
        "no AccessTokenValidity, no IdTokenValidity, RefreshTokenValidity=4015, TokenValidityUnits={}",
        {"RefreshTokenValidity": 3650},
        ("observed", DEPLOYED),
    ),
    "an access token that outlives the refresh token": (
        validity(AccessTokenValidity=(2, "hours"), RefreshTokenValidity=(60, "minutes")),
        invalid("Access and Id Token expiration times must be less than or equal to refresh token expiration times."),
        (
            "AccessTokenValidity=2, no IdTokenValidity, RefreshTokenValidity=60, TokenValidityUnits={'AccessToken': "
            "'hours', 'RefreshToken': 'minutes'}"
        ),
        validity(AccessTokenValidity=(1, "hours"), RefreshTokenValidity=(60, "minutes")),
        ("observed", DEPLOYED),
    ),
    "user context data without a secret": (
        {"EnablePropagateAdditionalUserContextData": True},
        invalid("Client Secret is required to set EnablePropagateAdditionalUserContextData as true"),
        "EnablePropagateAdditionalUserContextData=True, no GenerateSecret",
        {"EnablePropagateAdditionalUserContextData": True, "GenerateSecret": True},
        ("observed", DEPLOYED),
    ),
    "half of an analytics configuration": (
        {"AnalyticsConfiguration": {"ApplicationId": "1a2b"}},
        invalid(ANALYTICS),
        "AnalyticsConfiguration={'ApplicationId': '1a2b'}",
        {"AnalyticsConfiguration": BY_ID},
        ("observed", DEPLOYED),
    ),
    "two analytics configurations": (
        {"AnalyticsConfiguration": {"ApplicationArn": APPLICATION, "ApplicationId": "1a2b"}},
        invalid(ANALYTICS),
        f"AnalyticsConfiguration={{'ApplicationId': '1a2b', 'ApplicationArn': '{APPLICATION}'}}",
        {"AnalyticsConfiguration": {"ApplicationArn": APPLICATION}},
        ("observed", DEPLOYED),
    ),
    "analytics in another region": (
        {"AnalyticsConfiguration": {"ApplicationArn": APPLICATION.replace("us-east-1", "ap-northeast-1")}},
        invalid("The integration with Pinpoint is not supported for the requested ap-northeast-1 region."),
        (
            "'ap-northeast-1' is refused: AnalyticsConfiguration.ApplicationArn="
            f"'{APPLICATION.replace('us-east-1', 'ap-northeast-1')}'"
        ),
        {"AnalyticsConfiguration": {"ApplicationArn": APPLICATION}},
        ("observed", DEPLOYED),
    ),
    "rotation together with the refresh token flow": (
        {
            "RefreshTokenRotation": {"Feature": "ENABLED"},
            "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
        },
        invalid("ALLOW_REFRESH_TOKEN_AUTH cannot be used with refresh token rotation."),
        (
            "RefreshTokenRotation={'RetryGracePeriodSeconds': 0, 'Feature': 'ENABLED'}, "
            "ExplicitAuthFlows=['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH']"
        ),
        {"RefreshTokenRotation": {"Feature": "ENABLED"}, "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]},
        ("inferred", "observed that it is refused (terraform-provider-aws#47196); neither type nor text"),
    ),
}
# An older botocore does not have every setting.
SETTINGS = {*model.parameters("CreateUserPoolClient")}
ROWS = [
    pytest.param(
        *row, id=name, marks=[evidence(*known), pytest.mark.skipif(not row[0].keys() <= SETTINGS, reason="new")]
    )
    for name, (*row, known) in BROKEN.items()
]


@pytest.fixture(autouse=True)
def _what_rules_refer_to(cognito_idp, cognito_pool):
    """A resource server and an identity provider."""
    scope = {"ScopeName": "read", "ScopeDescription": "read orders"}
    named = {"UserPoolId": cognito_pool.id}
    cognito_idp.create_resource_server(Identifier="orders", Name="orders", Scopes=[scope], **named)
    details = {
        "client_id": "1",
        "authorize_scopes": "openid",
        "oidc_issuer": "https://idp.example.com",
        "attributes_request_method": "GET",
    }
    cognito_idp.create_identity_provider(ProviderName="corp", ProviderType="OIDC", ProviderDetails=details, **named)


@pytest.mark.parametrize(("settings", "error", "why", "good"), ROWS)
class TestRules:
    def test_an_app_client_that_breaks_a_rule_is_not_created(
        self, cognito_idp, cognito_pool, refused, settings, error, why, good
    ):
        named = {"UserPoolId": cognito_pool.id, "ClientName": "web"}
        with refused(*error):
            cognito_idp.create_user_pool_client(**named, **settings)
        assert cognito_pool.calls[-1].why == why
        assert len(cognito_idp.list_user_pool_clients(UserPoolId=cognito_pool.id)["UserPoolClients"]) == 1
        assert cognito_idp.create_user_pool_client(**named, **good)["UserPoolClient"]["ClientName"] == "web"

    def test_an_update_that_breaks_a_rule_changes_nothing(
        self, cognito_idp, cognito_pool, refused, settings, error, why, good
    ):
        has_secret = good.get("GenerateSecret", False)
        gives_secret = settings.get("GenerateSecret", False)
        client = cognito_pool.create_client(GenerateSecret=gives_secret)
        named = {"UserPoolId": cognito_pool.id, "ClientId": client.id}
        before = cognito_idp.describe_user_pool_client(**named)["UserPoolClient"]
        given = {name: value for name, value in settings.items() if name != "GenerateSecret"}
        with refused(*error):
            cognito_idp.update_user_pool_client(**named, **given)
        assert cognito_idp.describe_user_pool_client(**named)["UserPoolClient"] == before
        named["ClientId"] = cognito_pool.create_client(GenerateSecret=has_secret).id
        given = {name: value for name, value in good.items() if name != "GenerateSecret"}
        assert cognito_idp.update_user_pool_client(**named, **given)

    def test_the_error_of_create_client_names_the_rule_and_the_settings(self, cognito_pool, settings, error, why, good):
        with pytest.raises(UsageError) as caught:
            cognito_pool.create_client(**settings)
        assert str(caught.value) == f"Cognito refuses that: {': '.join(error)}\n{why}"
        assert cognito_pool.create_client(**good).id


@evidence("observed", "terraform-aws-cognito-user-pool#72: every later update of the client fails in this way")
def test_an_update_that_still_names_a_deleted_provider_is_refused(cognito_idp, cognito_pool, refused):
    client = cognito_pool.create_client(SupportedIdentityProviders=["corp"])
    cognito_idp.delete_identity_provider(UserPoolId=cognito_pool.id, ProviderName="corp")
    named = {"UserPoolId": cognito_pool.id, "ClientId": client.id}
    with refused("InvalidParameterException", f"The provider corp does not exist for User Pool {cognito_pool.id}."):
        cognito_idp.update_user_pool_client(**named, SupportedIdentityProviders=["corp"])
    assert cognito_idp.describe_user_pool_client(**named)["UserPoolClient"]["SupportedIdentityProviders"] == ["corp"]


@evidence("observed", "cloudformation-coverage-roadmap#173: a client keeps the names of the scopes")
def test_a_resource_server_can_be_deleted_while_an_app_client_uses_its_scopes(cognito_idp, cognito_pool, refused):
    client = cognito_pool.create_client(**MACHINE, GenerateSecret=True)
    cognito_idp.delete_resource_server(UserPoolId=cognito_pool.id, Identifier="orders")
    named = {"UserPoolId": cognito_pool.id, "ClientId": client.id}
    assert cognito_idp.describe_user_pool_client(**named)["UserPoolClient"]["AllowedOAuthScopes"] == ["orders/read"]
    with refused("ScopeDoesNotExistException"):
        cognito_idp.update_user_pool_client(**named, **MACHINE)


@evidence("observed", "cdk-preflight 2026-09: only local addresses are an exception")
@pytest.mark.parametrize("url", ["http://[broken", "http:", "HTTP://shop.example.com", "http://localhost.example.com"])
def test_a_callback_that_is_not_local_cannot_use_http(cognito_pool, cognito_idp, refused, url):
    with refused("InvalidParameterException", f"{url} cannot use the HTTP protocol."):
        cognito_idp.create_user_pool_client(UserPoolId=cognito_pool.id, ClientName="web", CallbackURLs=[url])


@evidence("inferred", "every app client can read identities, so the setting may name them")
def test_read_attributes_may_contain_identities(cognito_pool):
    assert cognito_pool.create_client(ReadAttributes=["email", "identities"]).id


@evidence("documented", "RefreshTokenValidity: 0 stands for 30 days, whatever the unit")
def test_a_refresh_token_validity_of_0_is_accepted(cognito_pool):
    assert cognito_pool.create_client(RefreshTokenValidity=0, TokenValidityUnits={"RefreshToken": "minutes"}).id
