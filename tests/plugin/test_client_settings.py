"""The fixtures `cognito_pool_client` and `cognito_pool_client_settings`, and the marker `cognito_pool_client`."""

from __future__ import annotations

SETTINGS = """
import pytest

@pytest.fixture
def cognito_pool_client_settings():
    return {"ClientName": "web", "GenerateSecret": True}
"""


def test_the_fixture_and_the_marker(suite):
    suite.passes(
        f"""{SETTINGS}
def test_settings(cognito_pool, cognito_pool_client):
    assert cognito_pool_client == cognito_pool.client
    assert (cognito_pool_client.name, cognito_pool_client.id) == ("web", "testclient0000000000000001")
    assert cognito_pool_client.secret

@pytest.mark.cognito_pool_client(GenerateSecret=False, ClientSecret="s" * 24)
class TestMarked:
    @pytest.mark.cognito_pool_client(ClientId="1example")
    def test_both_markers(self, cognito_pool_client):
        assert (cognito_pool_client.id, cognito_pool_client.secret) == ("1example", "s" * 24)

@pytest.mark.cognito_pool(client_id="2example")
def test_the_id_among_the_settings_of_the_pool(cognito_pool_client):
    assert cognito_pool_client.id == "2example"

PRINTED = {{"ClientId": "3example", "UserPoolId": "us-east-1_x", "ClientName": "cli"}}

@pytest.mark.cognito_pool_client(UserPoolClient=PRINTED)
def test_as_the_cli_prints_it(cognito_pool_client):
    assert (cognito_pool_client.id, cognito_pool_client.name) == ("3example", "cli")

@pytest.mark.cognito_pool_client(ClientId="4example")
@pytest.mark.cognito_errors("SignUp", only=["ResourceNotFoundException"])
def test_errors_name_it(cognito_idp, cognito_pool_client, cognito_error):
    assert "4example" in cognito_error.message
    with pytest.raises(cognito_idp.exceptions.ResourceNotFoundException):
        cognito_idp.sign_up(ClientId="4example", Username="ana", Password="Passw0rd!")
"""
    )


REFUSED = {
    '@pytest.mark.cognito_pool_client("web")': "the cognito_pool_client marker takes settings by name, not ('web',)",
    "@pytest.mark.cognito_pool_client(GenerateSecrt=True)": (
        "cognito_pool settings: unknown app client setting 'GenerateSecrt'; did you mean 'GenerateSecret'?"
    ),
    '@pytest.mark.cognito_pool(client_id="a")\n@pytest.mark.cognito_pool_client(ClientId="b")': (
        "cognito_pool settings: client_id is 'a', and the app client's settings have the ClientId 'b'"
    ),
    '@pytest.mark.cognito_pool_client(AllowedOAuthFlows=["code"])': (
        "cognito_pool settings: Cognito refuses that: InvalidOAuthFlowException: CallbackUrls can not be empty when "
        "code flow or implicit flow is selected\nAllowedOAuthFlows=['code'], no CallbackURLs"
    ),
    "@pytest.mark.cognito_pool(GenerateSecret=True)": (
        "cognito_pool settings: 'GenerateSecret' is a setting of app clients, not of pools: use the fixture "
        "cognito_pool_client_settings, @pytest.mark.cognito_pool_client(GenerateSecret=...), or client_settings= of "
        "create_pool"
    ),
    '@pytest.mark.cognito_pool(CallbackURLs=[], ClientId="a")': (
        "cognito_pool settings: 'CallbackURLs', 'ClientId' are settings of app clients, not of pools: use the fixture "
        "cognito_pool_client_settings, @pytest.mark.cognito_pool_client(CallbackURLs=..., ClientId=...), or "
        "client_settings= of create_pool"
    ),
}


def test_what_is_refused(suite):
    tests = "\n".join(f"{marker}\ndef test_{number}(cognito_pool): pass" for number, marker in enumerate(REFUSED))
    done = suite.run(f"import pytest\n{tests}")
    assert done.outcomes == {"errors": len(REFUSED)}
    for number, text in enumerate(REFUSED.values()):
        assert done.problem(f"test_{number}", "setup").startswith(text)


def test_a_refused_app_client_leaves_no_pool(suite):
    suite.passes(
        """
        import pytest
        from pytest_cognito_pool import UsageError

        def test_nothing_is_left(cognito):
            with pytest.raises(UsageError):
                cognito.create_pool(Id="us-east-1_Refused01", client_settings={"AllowedOAuthFlows": ["code"]})
            assert not cognito.pools
            cognito.create_pool(Id="us-east-1_Refused01")
        """
    )
