"""GetDerivedToken: the model's descriptions, and RFC 8693."""

from __future__ import annotations

import pytest

from pytest_cognito_pool._service.protocol import model

from .conftest import claims

evidence = pytest.mark.evidence
pytestmark = pytest.mark.skipif("GetDerivedToken" not in model.operations(), reason="needs a newer botocore")


@pytest.fixture
def agent(cognito_pool, cognito_idp):
    """An app client that exchanges tokens, of a pool with a resource server."""
    cognito_idp.create_resource_server(
        UserPoolId=cognito_pool.id,
        Identifier="orders",
        Name="Orders",
        Scopes=[{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")],
    )
    return cognito_pool.create_client(
        ExplicitAuthFlows=["ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"],
        AllowedOAuthScopes=["orders/read", "openid"],
        GenerateSecret=True,
    )


@pytest.fixture
def tokens(ana, cognito_pool):
    def tokens(username="ana"):
        return cognito_pool.sign_in(username, scopes=["openid", "orders/read", "orders/write"])

    return tokens


@pytest.fixture
def derive(cognito_idp, agent, tokens):
    def derive(**given):
        usual = {"ClientId": agent.id, "ClientSecret": agent.secret, "SubjectTokenType": "ACCESS_TOKEN"}
        request = {**usual, "SubjectToken": tokens().access_token, **given}
        return cognito_idp.get_derived_token(**{name: value for name, value in request.items() if value is not None})

    return derive


@evidence("model", "the reply; without scopes in the request, those of the subject token")
def test_the_default_is_an_access_token_with_the_scopes_of_the_subject(derive, agent, ana):
    reply = derive()
    assert (reply["IssuedTokenType"], reply["TokenType"], reply["ExpiresIn"]) == ("ACCESS_TOKEN", "Bearer", 3600)
    assert reply["Scopes"] == ["openid", "orders/read", "orders/write"]
    said = claims(reply["IssuedToken"])
    assert (said["sub"], said["client_id"], said["token_use"]) == (ana.sub, agent.id, "access")
    assert "act" not in said


@evidence("model", "the intersection of what is asked for, the subject's and the app client's")
def test_requested_scopes_are_limited_to_the_subject_and_the_app_client(derive):
    reply = derive(Scopes=["orders/read", "orders/write", "email"])
    assert reply["Scopes"] == ["orders/read"]
    assert claims(reply["IssuedToken"])["scope"] == "orders/read"


@evidence("model", "RequestedTokenType; that an ID token is N_A: RFC 8693")
def test_an_id_token_can_be_requested(derive, tokens):
    reply = derive(SubjectTokenType="ID_TOKEN", SubjectToken=tokens().id_token, RequestedTokenType="ID_TOKEN")
    assert (reply["IssuedTokenType"], reply["TokenType"]) == ("ID_TOKEN", "N_A")
    said = claims(reply["IssuedToken"])
    assert said["token_use"] == "id"
    assert "at_hash" not in said


@evidence("model", "Audiences and Resources; that they are the aud claim: RFC 8693")
@pytest.mark.parametrize("name", ["Audiences", "Resources"])
def test_audiences_or_resources_are_the_aud_claim(derive, name):
    assert claims(derive(**{name: ["orders"]})["IssuedToken"])["aud"] == "orders"


@evidence("model", "the act claim identifies the intermediary; its form: RFC 8693")
def test_the_actor_is_the_act_claim(derive, tokens, cognito_pool):
    bot = cognito_pool.add_user("bot")
    reply = derive(ActorToken=tokens("bot").access_token, ActorTokenType="ACCESS_TOKEN")
    assert claims(reply["IssuedToken"])["act"] == {"sub": bot.sub}


@evidence("inferred", "the types are the model's")
def test_wrong_tokens_secrets_and_resources_are_refused(derive, cognito_pool, tokens, refused):
    with refused("InvalidParameterException"):
        derive(Audiences=["a"], Resources=["orders"])
    with refused("ResourceNotFoundException"):
        derive(Resources=["unknown"])
    with refused("InvalidParameterException"):
        derive(ActorToken=tokens().access_token)
    with refused("NotAuthorizedException", "Invalid client or secret"):
        derive(ClientSecret=None)
    with refused("NotAuthorizedException"):
        derive(SubjectToken="a.b.c")
    with refused("NotAuthorizedException"):
        derive(SubjectTokenType="ID_TOKEN")
    with refused("InvalidParameterException"):
        derive(ClientId=cognito_pool.client.id, ClientSecret=None)


@evidence("inferred", "tokens of other issuers, and the event of a function, were never seen")
def test_other_token_types_providers_and_triggers_are_not_simulated(derive, cognito_pool, unsupported):
    with unsupported("GetDerivedToken with SubjectTokenType='SAML2'"):
        derive(SubjectTokenType="SAML2")
    with unsupported("GetDerivedToken with SubjectTokenProviderName"):
        derive(SubjectTokenProviderName="Google")
    cognito_pool.on("PreTokenGeneration", returns=None)
    with unsupported("GetDerivedToken with a PreTokenGeneration trigger"):
        derive()
