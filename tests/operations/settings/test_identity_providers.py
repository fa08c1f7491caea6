"""The operations on identity providers: facts/other-operations.md, section 4."""

from __future__ import annotations

import pytest

evidence = pytest.mark.evidence
MEASURED = evidence("observed", "floci-io/floci#2858, measured 2026-09")
DEPLOYED = evidence("observed", "cdk-preflight 2026-09")
CLIENT = {"client_id": "1", "client_secret": "secret", "authorize_scopes": "email"}
OIDC = {
    "client_id": "1",
    "authorize_scopes": "openid",
    "oidc_issuer": "https://idp.example.com",
    "attributes_request_method": "GET",
}
APPLE = {"client_id": "1", "team_id": "2", "key_id": "3", "private_key": "4", "authorize_scopes": "email"}
SAML = {"MetadataURL": "https://idp.example.com/metadata"}
MINIMAL = {
    "Facebook": CLIENT,
    "Google": CLIENT,
    "LoginWithAmazon": CLIENT,
    "OIDC": OIDC,
    "SAML": SAML,
    "SignInWithApple": APPLE,
}
BINDING = "urn:oasis:names:tc:SAML:2.0:bindings"


def metadata(*services):
    inside = "".join(
        f'<md:{service} Binding="{BINDING}:{binding}" Location="https://idp.example.com/{service}"/>'
        for service, binding in services
    )
    return f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">{inside}</md:EntityDescriptor>'


@pytest.fixture
def create(cognito_idp, cognito_pool):
    """Create an identity provider; of the social ones the name is the type."""

    def create(kind="OIDC", details=None, **given):
        name = given.pop("name", {"OIDC": "corp", "SAML": "partner"}.get(kind, kind))
        reply = cognito_idp.create_identity_provider(
            UserPoolId=cognito_pool.id,
            ProviderName=name,
            ProviderType=kind,
            ProviderDetails=MINIMAL[kind] if details is None else details,
            **given,
        )
        return reply["IdentityProvider"]

    return create


@pytest.fixture
def describe(cognito_idp, cognito_pool):
    def describe(name="corp"):
        reply = cognito_idp.describe_identity_provider(UserPoolId=cognito_pool.id, ProviderName=name)
        return reply["IdentityProvider"]

    return describe


@pytest.fixture
def update(cognito_idp, cognito_pool):
    def update(name="corp", **given):
        reply = cognito_idp.update_identity_provider(UserPoolId=cognito_pool.id, ProviderName=name, **given)
        return reply["IdentityProvider"]

    return update


class TestCreate:
    @MEASURED
    def test_the_reply_has_the_details_and_the_dates(self, create, cognito_pool):
        provider = create(AttributeMapping={"email": "mail"}, IdpIdentifiers=["example.com"])
        dates = {name: provider.pop(name) for name in ("CreationDate", "LastModifiedDate")}
        assert dates["CreationDate"] == dates["LastModifiedDate"]
        assert provider == {
            "UserPoolId": cognito_pool.id,
            "ProviderName": "corp",
            "ProviderType": "OIDC",
            "ProviderDetails": {**OIDC, "attributes_url_add_attributes": "false"},
            "AttributeMapping": {"email": "mail"},
            "IdpIdentifiers": ["example.com"],
        }

    @MEASURED
    def test_the_reply_has_idp_identifiers_only_if_the_request_has_them(self, create, describe, update):
        assert "IdpIdentifiers" not in create()
        assert describe()["IdpIdentifiers"] == []
        assert "IdpIdentifiers" not in update()
        assert update(IdpIdentifiers=[])["IdpIdentifiers"] == []

    @pytest.mark.parametrize(
        ("kind", "mapping"),
        [
            pytest.param("OIDC", {"username": "sub"}, marks=MEASURED),
            pytest.param("Google", {"username": "sub"}, marks=MEASURED),
            pytest.param("Facebook", {"username": "id"}, marks=evidence("documented", "AWS CLI examples")),
            pytest.param("LoginWithAmazon", {"username": "user_id"}, marks=evidence("inferred", "the model's text")),
            pytest.param("SignInWithApple", {"username": "sub"}, marks=evidence("inferred", "the model's text")),
            pytest.param("SAML", {}, marks=evidence("inferred", "observed only that a given mapping stays unchanged")),
        ],
    )
    def test_the_default_attribute_mapping_depends_on_the_provider_type(self, create, kind, mapping):
        assert create(kind)["AttributeMapping"] == mapping

    @evidence("model", "CreateIdentityProvider, ProviderDetails; Google observed in Terraform's acceptance tests")
    @pytest.mark.parametrize(
        ("kind", "added"),
        [
            (
                "Google",
                {
                    "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
                    "attributes_url_add_attributes": "true",
                    "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
                    "oidc_issuer": "https://accounts.google.com",
                    "token_request_method": "POST",
                    "token_url": "https://www.googleapis.com/oauth2/v4/token",
                },
            ),
            (
                "Facebook",
                {
                    "attributes_url": "https://graph.facebook.com/v17.0/me?fields=",
                    "attributes_url_add_attributes": "true",
                    "authorize_url": "https://www.facebook.com/v17.0/dialog/oauth",
                    "token_request_method": "GET",
                    "token_url": "https://graph.facebook.com/v17.0/oauth/access_token",
                },
            ),
            (
                "LoginWithAmazon",
                {
                    "attributes_url": "https://api.amazon.com/user/profile",
                    "attributes_url_add_attributes": "false",
                    "authorize_url": "https://www.amazon.com/ap/oa",
                    "token_request_method": "POST",
                    "token_url": "https://api.amazon.com/auth/o2/token",
                },
            ),
        ],
    )
    def test_the_service_adds_the_endpoints_of_social_providers(self, create, kind, added):
        assert create(kind)["ProviderDetails"] == {**CLIENT, **added}

    @evidence("model", "CreateIdentityProvider: the given version is in the addresses")
    def test_the_api_version_is_in_the_endpoints_of_facebook(self, create):
        details = create("Facebook", {**CLIENT, "api_version": "v19.0"})["ProviderDetails"]
        assert details["token_url"] == "https://graph.facebook.com/v19.0/oauth/access_token"

    @evidence("model", "CreateIdentityProvider: Apple's private_key is in no reply")
    def test_the_private_key_of_apple_is_not_shown(self, create, describe):
        created = create("SignInWithApple")["ProviderDetails"]
        assert "private_key" not in created
        assert created["token_url"] == "https://appleid.apple.com/auth/token"
        assert describe("SignInWithApple")["ProviderDetails"] == created

    @evidence("model", "CreateIdentityProvider: the redirect addresses of SAML metadata")
    def test_the_details_have_the_redirect_addresses_of_the_saml_metadata(self, create):
        both = metadata(("SingleSignOnService", "HTTP-Redirect"), ("SingleLogoutService", "HTTP-Redirect"))
        assert create("SAML", {"MetadataFile": both})["ProviderDetails"] == {
            "MetadataFile": both,
            "SSORedirectBindingURI": "https://idp.example.com/SingleSignOnService",
            "SLORedirectBindingURI": "https://idp.example.com/SingleLogoutService",
        }

    @evidence("inferred", "only SAML has metadata")
    def test_a_metadata_file_is_ignored_for_other_provider_types(self, create):
        file = metadata(("SingleSignOnService", "HTTP-Redirect"))
        assert "SSORedirectBindingURI" not in create("OIDC", {**OIDC, "MetadataFile": file})["ProviderDetails"]

    @evidence("inferred", "no capture of a file that is not metadata; a test may use any text")
    @pytest.mark.parametrize("file", ["metadata", "\ud800"])
    def test_a_metadata_file_that_is_not_metadata_is_accepted(self, create, file):
        assert create("SAML", {"MetadataFile": file})["ProviderDetails"] == {"MetadataFile": file}

    @evidence("observed", "several imported pools: name and description; that the group exists at once: inferred")
    def test_a_group_for_the_users_of_the_provider_is_created(self, create, cognito_idp, cognito_pool):
        create()
        groups = cognito_idp.list_groups(UserPoolId=cognito_pool.id)["Groups"]
        assert [(group["GroupName"], group["Description"]) for group in groups] == [
            (f"{cognito_pool.id}_corp", "Autogenerated group for users who sign in using corp")
        ]

    @evidence("inferred", "an existing group with this name is used")
    def test_an_existing_group_for_the_users_is_kept(self, create, cognito_idp, cognito_pool):
        name = f"{cognito_pool.id}_corp"
        cognito_idp.create_group(UserPoolId=cognito_pool.id, GroupName=name, Description="ours")
        create()
        assert cognito_idp.get_group(UserPoolId=cognito_pool.id, GroupName=name)["Group"]["Description"] == "ours"


class TestRefusals:
    @pytest.mark.parametrize(
        ("kind", "details", "text"),
        [
            (
                "Google",
                {"client_id": "1", "client_secret": "2"},
                "clientId, clientSecret and authorizeScopes are all required idp details.",
            ),
            (
                "LoginWithAmazon",
                {**CLIENT, "client_secret": ""},
                "clientId, clientSecret and authorizeScopes are all required idp details.",
            ),
            (
                "SignInWithApple",
                {"client_id": "1", "private_key": "4", "key_id": "3"},
                "clientId, privateKey, teamId, and keyId are all required idp details.",
            ),
            (
                "OIDC",
                {"client_id": "1"},
                "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.",
            ),
            ("OIDC", {**OIDC, "oidc_issuer": "http://idp.example.com"}, "OIDC endpoint must start with https://"),
            (
                "OIDC",
                {**OIDC, "attributes_request_method": "PUT"},
                (
                    "1 validation error detected: Value 'PUT' at "
                    "'providerConfiguration.oidcConfig.attributesRequestMethod' failed to satisfy "
                    "constraint: Member must satisfy enum value set: [POST, GET]"
                ),
            ),
            ("SAML", {}, "At least one of the MetadataURL or MetadataFile should be provided."),
            (
                "SAML",
                {**SAML, "MetadataFile": "x"},
                "Only one of the MetadataURL or MetadataFile should be provided.",
            ),
            pytest.param(
                "SAML",
                {"MetadataFile": metadata(("SingleSignOnService", "HTTP-POST"))},
                "No SingleSignOn Http redirect binding location found in metadata.",
                marks=evidence("observed", "ssoready/dummyidp#10"),
            ),
        ],
    )
    @DEPLOYED
    def test_missing_or_invalid_details_are_refused(
        self, create, update, cognito_idp, cognito_pool, refused, kind, details, text
    ):
        with refused("InvalidParameterException", text):
            create(kind, details)
        assert cognito_idp.list_identity_providers(UserPoolId=cognito_pool.id)["Providers"] == []
        before = create(kind)
        with refused("InvalidParameterException", text):
            update(before["ProviderName"], ProviderDetails=details)

    @evidence("observed", "aws-cli#3179, with the type; cdk-preflight 2026-09")
    def test_a_social_provider_must_have_the_name_of_its_type(self, create, cognito_pool, refused):
        with refused("InvalidParameterException", "Provider MyGoogle cannot be of type Google."):
            create("Google", name="MyGoogle")
        assert cognito_pool.calls[-1].why == "ProviderType='Google'"

    @MEASURED
    def test_an_unknown_type_is_refused(self, cognito_idp, cognito_pool, refused):
        text = (
            "1 validation error detected: Value 'NotARealType' at 'providerType' failed to satisfy constraint: Member "
            "must satisfy enum value set: [Facebook, SAML, SignInWithApple, LoginWithAmazon, OIDC, Google]"
        )
        with refused("InvalidParameterException", text):
            cognito_idp.create_identity_provider(
                UserPoolId=cognito_pool.id, ProviderName="corp", ProviderType="NotARealType", ProviderDetails={}
            )

    @MEASURED
    def test_an_existing_name_is_refused(self, create, cognito_pool, refused):
        create()
        with refused("DuplicateProviderException", f"corp already exists for tenant {cognito_pool.id}."):
            create()
        assert cognito_pool.calls[-1].why == "existing identity providers: ['corp']"

    @evidence("observed", "aws-cli#9729 (2025-09), with the type")
    def test_a_mapping_to_an_unknown_attribute_is_refused(self, create, update, refused):
        text = "AttributeMapping contains invalid mapping: [custom:zen_groups]"
        with refused("InvalidParameterException", text):
            create(AttributeMapping={"email": "email", "custom:zen_groups": "groups"})
        create()
        with refused("InvalidParameterException", text):
            update(AttributeMapping={"custom:zen_groups": "groups"})

    @evidence("observed", "a public capture: a claim that Google does not offer")
    def test_a_mapping_from_an_unknown_claim_is_refused(self, create, refused):
        with refused("InvalidParameterException", "AttributeMapping contains invalid mapping: [hd]"):
            create("Google", AttributeMapping={"email": "email", "name": "hd"})

    @evidence("inferred", "the provider is looked up before the details are checked: other-operations.md 1")
    def test_an_existing_name_is_refused_before_wrong_details(self, create, refused):
        create()
        with refused("DuplicateProviderException"):
            create(details={})

    @pytest.mark.parametrize(
        ("job", "text"),
        [
            pytest.param("describe", "Identity provider corp for tenantId {pool} does not exist.", marks=MEASURED),
            pytest.param("update", "Identity provider corp in User Pool {pool} does not exist.", marks=MEASURED),
            pytest.param(
                "delete",
                "Identity provider corp in User Pool {pool} does not exist.",
                marks=evidence("observed", "floci-io/floci#2858: the type; the text is inferred"),
            ),
        ],
    )
    def test_an_unknown_provider_is_not_found(self, cognito_idp, cognito_pool, refused, job, text):
        with refused("ResourceNotFoundException", text.format(pool=cognito_pool.id)):
            getattr(cognito_idp, f"{job}_identity_provider")(UserPoolId=cognito_pool.id, ProviderName="corp")


class TestUpdate:
    @MEASURED
    def test_omitted_values_are_kept_and_empty_values_are_cleared(self, create, update):
        create(AttributeMapping={"email": "mail"}, IdpIdentifiers=["example.com"])
        changed = update(ProviderDetails={**OIDC, "client_id": "2"})
        assert changed["ProviderDetails"]["client_id"] == "2"
        assert changed["AttributeMapping"] == {"email": "mail"}
        cleared = update(AttributeMapping={}, IdpIdentifiers=[])
        assert (cleared["AttributeMapping"], cleared["IdpIdentifiers"]) == ({}, [])
        assert cleared["ProviderDetails"]["client_id"] == "2"

    @evidence("inferred", "details that were described can be sent back, with another version")
    def test_described_details_can_be_sent_back(self, create, update):
        before = create("Facebook", {**CLIENT, "api_version": "v12.0"})["ProviderDetails"]
        after = update("Facebook", ProviderDetails={**before, "api_version": "v19.0"})["ProviderDetails"]
        assert after["token_url"] == "https://graph.facebook.com/v19.0/oauth/access_token"

    @evidence("inferred", "a value that no reply shows is kept, so that described details can be sent back")
    def test_the_private_key_of_apple_is_kept(self, create, update, describe):
        create("SignInWithApple")
        shown = describe("SignInWithApple")["ProviderDetails"]
        assert (
            update("SignInWithApple", ProviderDetails={**shown, "client_id": "2"})["ProviderDetails"]["client_id"]
            == "2"
        )

    @evidence("inferred", "a change sets the date")
    def test_the_last_modified_date_changes(self, create, update, passed):
        before = create()
        passed(60)
        after = update()
        assert (after["LastModifiedDate"] - before["LastModifiedDate"]).total_seconds() == 60
        assert after["CreationDate"] == before["CreationDate"]


class TestDeleteAndList:
    @evidence("model", "DeleteIdentityProvider has no output")
    def test_a_deleted_provider_is_not_found(self, create, cognito_idp, cognito_pool, refused, describe):
        create()
        named = {"UserPoolId": cognito_pool.id, "ProviderName": "corp"}
        assert set(cognito_idp.delete_identity_provider(**named)) == {"ResponseMetadata"}
        with refused("ResourceNotFoundException"):
            describe()
        assert create()["ProviderName"] == "corp"

    @MEASURED
    def test_the_list_has_four_members_for_each_provider(self, create, cognito_idp, cognito_pool):
        for kind in MINIMAL:
            create(kind)
        named, found, token = {"UserPoolId": cognito_pool.id}, [], {}
        while token is not None:
            page = cognito_idp.list_identity_providers(**named, MaxResults=4, **token)
            found += page["Providers"]
            token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
        assert [provider["ProviderType"] for provider in found] == list(MINIMAL)
        assert {frozenset(provider) for provider in found} == {
            frozenset({"ProviderName", "ProviderType", "CreationDate", "LastModifiedDate"})
        }
        assert len(cognito_idp.list_identity_providers(**named)["Providers"]) == len(MINIMAL)

    @evidence("model", "GetIdentityProviderByIdentifier; the refusal is inferred")
    def test_a_provider_is_found_by_its_identifier(self, create, cognito_idp, cognito_pool, describe, refused):
        create(IdpIdentifiers=["example.com", "example.org"])
        named = {"UserPoolId": cognito_pool.id}
        found = cognito_idp.get_identity_provider_by_identifier(**named, IdpIdentifier="example.org")
        assert found["IdentityProvider"] == describe()
        with refused("ResourceNotFoundException"):
            cognito_idp.get_identity_provider_by_identifier(**named, IdpIdentifier="example.net")

    @evidence("inferred", "a snapshot has the identity providers too")
    def test_a_snapshot_includes_the_identity_providers(self, create, cognito, cognito_idp, cognito_pool):
        with cognito.rollback():
            create()
        assert cognito_idp.list_identity_providers(UserPoolId=cognito_pool.id)["Providers"] == []
