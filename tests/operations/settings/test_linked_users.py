"""AdminLinkProviderForUser and AdminDisableProviderForUser: facts/other-operations.md, section 5."""

from __future__ import annotations

import json

import pytest

evidence = pytest.mark.evidence
CLIENT = {"client_id": "1", "client_secret": "secret", "authorize_scopes": "email"}
OIDC = {
    "client_id": "1",
    "authorize_scopes": "openid",
    "oidc_issuer": "https://idp.example.com",
    "attributes_request_method": "GET",
}
AT_GOOGLE = {"ProviderName": "Google", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "110"}
ANA = {"ProviderName": "Cognito", "ProviderAttributeValue": "ana"}


@pytest.fixture
def pool(cognito_pool, cognito_idp):
    """A pool with two identity providers."""
    for name, kind, details in (("Google", "Google", CLIENT), ("corp", "OIDC", OIDC)):
        cognito_idp.create_identity_provider(
            UserPoolId=cognito_pool.id, ProviderName=name, ProviderType=kind, ProviderDetails=details
        )
    return cognito_pool


@pytest.fixture
def link(pool, cognito_idp):
    def link(source, destination=ANA):
        cognito_idp.admin_link_provider_for_user(UserPoolId=pool.id, DestinationUser=destination, SourceUser=source)

    return link


@pytest.fixture
def disable(pool, cognito_idp):
    def disable(user):
        cognito_idp.admin_disable_provider_for_user(UserPoolId=pool.id, User=user)

    return disable


def identities(user):
    return json.loads(user.attributes["identities"])


class TestLink:
    @evidence("documented", "the sample of AdminGetUser; the form: a browser capture of 2021")
    def test_the_user_gets_the_identity(self, pool, link, passed):
        pool.add_user("ana")
        link(AT_GOOGLE)
        assert pool.users["ana"].attributes["identities"] == (
            '[{"userId":"110","providerName":"Google","providerType":"Google","issuer":null,"primary":false,'
            '"dateCreated":1800000000000}]'
        )
        assert pool.users["ana"].status == "CONFIRMED"

    @evidence("observed", "an API Gateway log of 2024: the claim has only strings, and an issuer that may be null")
    def test_the_id_token_has_the_identity(self, pool, link, passed):
        pool.add_user("ana")
        link(AT_GOOGLE)
        client = pool.create_client(ReadAttributes=["email"])
        claims = pool.sign_in("ana", client).id_claims
        assert claims["identities"] == [
            {
                "userId": "110",
                "providerName": "Google",
                "providerType": "Google",
                "issuer": None,
                "primary": "false",
                "dateCreated": "1800000000000",
            }
        ]

    @evidence("model", "AdminLinkProviderForUser: OIDC and SAML know other attributes too")
    def test_an_oidc_user_may_be_linked_by_another_attribute(self, pool, link):
        pool.add_user("ana")
        link({"ProviderName": "corp", "ProviderAttributeName": "email", "ProviderAttributeValue": "ana@example.com"})
        assert [each["userId"] for each in identities(pool.users["ana"])] == ["ana@example.com"]

    @evidence("model", "AdminLinkProviderForUser: the destination may come from a provider itself")
    def test_the_destination_may_be_a_federated_user(self, pool, link):
        pool.add_user("corp_42", status="EXTERNAL_PROVIDER")
        link(AT_GOOGLE, {"ProviderName": "corp", "ProviderAttributeValue": "42"})
        found = [(each["providerName"], each["primary"]) for each in identities(pool.users["corp_42"])]
        assert found == [("corp", True), ("Google", False)]

    @evidence("observed", "ten public handlers and a production log of 2026-07")
    def test_an_identity_that_is_already_linked_is_refused(self, pool, link, refused):
        pool.add_user("ana")
        link(AT_GOOGLE)
        with refused("InvalidParameterException", "SourceUser is already linked to DestinationUser"):
            link(AT_GOOGLE)
        assert pool.calls[-1].why == "'110' is linked to 'ana'"
        assert len(identities(pool.users["ana"])) == 1

    @evidence("observed", "aws-sdk-net#1000")
    def test_a_federated_user_of_the_pool_is_refused_as_the_source(self, pool, link, refused):
        pool.add_user("ana")
        pool.add_user("Google_110", status="EXTERNAL_PROVIDER")
        text = "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link"
        with refused("InvalidParameterException", text):
            link(AT_GOOGLE)

    @evidence("observed", "boto3#4163, on another occasion")
    def test_a_local_user_is_refused_as_the_source(self, pool, link, refused):
        pool.add_user("ana")
        text = (
            "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as "
            "a DestinationUser"
        )
        with refused("InvalidParameterException", text):
            link({**ANA, "ProviderAttributeName": "Cognito_Subject"})

    @pytest.mark.parametrize(
        "source",
        [
            pytest.param(
                {**AT_GOOGLE, "ProviderAttributeName": "email"},
                marks=evidence("documented", "AdminLinkProviderForUser: social providers know only the subject"),
            ),
            pytest.param(
                {**AT_GOOGLE, "ProviderName": "Facebook"},
                marks=evidence("inferred", "an unknown provider has no users"),
            ),
            pytest.param(
                {**AT_GOOGLE, "ProviderAttributeValue": "1" * 108},
                marks=evidence("observed", "aws-sdk-js-v3#6985: more than 128 characters; the text was not kept"),
            ),
        ],
        ids=["another attribute", "an unknown provider", "too long"],
    )
    def test_an_invalid_source_is_refused(self, pool, link, refused, source):
        pool.add_user("ana")
        with refused("InvalidParameterException"):
            link(source)
        assert "identities" not in pool.users["ana"].attributes

    @evidence("observed", "aws-sdk-js-v3#6985: 128 characters are accepted")
    def test_a_source_of_128_characters_is_accepted(self, pool, link):
        pool.add_user("ana")
        link({**AT_GOOGLE, "ProviderAttributeValue": "1" * 107})
        assert pool.users["ana"].attributes["identities"]

    @evidence("inferred", "UserNotFoundException is declared and was seen (amplify-js#497)")
    def test_an_unknown_destination_user_is_refused(self, link, refused):
        with refused("UserNotFoundException", "User does not exist."):
            link(AT_GOOGLE)

    @evidence("documented", "AdminLinkProviderForUser: at most five; type and text inferred")
    def test_a_sixth_identity_is_refused(self, pool, link, refused):
        pool.add_user("ana")
        for number in range(5):
            link({**AT_GOOGLE, "ProviderAttributeValue": str(number)})
        with refused("LimitExceededException"):
            link(AT_GOOGLE)

    @evidence("inferred", "the links of a user are deleted with the user")
    def test_an_identity_of_a_deleted_user_can_be_linked_again(self, pool, link, cognito_idp):
        pool.add_user("ana")
        link(AT_GOOGLE)
        cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="ana")
        pool.add_user("ana")
        link(AT_GOOGLE)
        assert len(identities(pool.users["ana"])) == 1


class TestDisable:
    @evidence("model", "AdminDisableProviderForUser removes the link")
    def test_the_link_is_removed(self, pool, link, disable):
        pool.add_user("ana")
        link(AT_GOOGLE)
        link({**AT_GOOGLE, "ProviderAttributeValue": "111"})
        disable(AT_GOOGLE)
        assert [each["userId"] for each in identities(pool.users["ana"])] == ["111"]
        disable({**AT_GOOGLE, "ProviderAttributeValue": "111"})
        assert "identities" not in pool.users["ana"].attributes
        link(AT_GOOGLE)

    @evidence("inferred", "no capture of the refusal")
    def test_an_unknown_link_is_refused(self, pool, link, disable, refused):
        pool.add_user("ana")
        link(AT_GOOGLE)
        with refused("UserNotFoundException"):
            disable({**AT_GOOGLE, "ProviderAttributeName": "email"})
        assert pool.calls[-1].why == (
            "('Google', 'email', '110') is linked to no user; links: [('Google', 'Cognito_Subject', '110')]"
        )

    @evidence("model", "AdminDisableProviderForUser: a local user can no longer use the password")
    def test_a_local_user_cannot_sign_in_with_the_password(self, pool, disable, cognito_idp, refused):
        pool.add_user("ana", password="Passw0rd!")
        disable({**ANA, "ProviderAttributeName": "Cognito_Subject"})
        with refused("NotAuthorizedException", "Incorrect username or password."):
            cognito_idp.initiate_auth(
                ClientId=pool.client.id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": "ana", "PASSWORD": "Passw0rd!"},
            )
        assert pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "a snapshot has the links too")
    def test_a_snapshot_includes_the_links(self, pool, link, cognito):
        pool.add_user("ana")
        with cognito.rollback():
            link(AT_GOOGLE)
        link(AT_GOOGLE)
        assert len(identities(pool.users["ana"])) == 1


class TestFederatedUsers:
    @evidence("observed", "sign-in.md: captures of federated users; their group: several imported pools")
    def test_a_user_that_a_test_adds_has_the_group_and_the_identity(self, pool, passed):
        pool.add_user("google_110", status="EXTERNAL_PROVIDER", groups=["staff"])
        assert set(pool.users["google_110"].groups) == {"staff", f"{pool.id}_Google"}
        assert identities(pool.users["google_110"]) == [
            {
                "userId": "110",
                "providerName": "Google",
                "providerType": "Google",
                "issuer": None,
                "primary": True,
                "dateCreated": 1800000000000,
            }
        ]

    @evidence("inferred", "an unknown provider gives no group and no identity")
    def test_a_user_of_an_unknown_provider_has_no_group_and_no_identity(self, pool):
        pool.add_user("Facebook_1", status="EXTERNAL_PROVIDER")
        assert pool.users["Facebook_1"].groups == []
        assert "identities" not in pool.users["Facebook_1"].attributes
