"""AWS Lambda Powertools reads our events: its data classes all of them, its parser models some."""

from __future__ import annotations

import copy

import pytest
from pydantic import ValidationError

from pytest_cognito_pool import Cognito
from pytest_cognito_pool._service.events import parsing as events
from pytest_cognito_pool._service.events.sources import TRIGGER_OF, TRIGGERS
from pytest_cognito_pool._service.protocol import model

pytest.importorskip("aws_lambda_powertools")
classes = pytest.importorskip("aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event")
parser = pytest.importorskip("aws_lambda_powertools.utilities.parser.models.cognito")
Wrapper = pytest.importorskip("aws_lambda_powertools.utilities.data_classes.common").DictWrapper

ARN = "arn:aws:lambda:us-east-1:123456789012:function:f"
CLIENT_CREDENTIALS = "TokenGeneration_ClientCredentials"
# Powertools has nothing for it.
WITHOUT = {"InboundFederation"}
# The installed service model may be older than version 3.
VERSIONS = [version[1] for version in model.shape("PreTokenGenerationLambdaVersionType").enum]
SOURCES = [(source, "1") for source, trigger in TRIGGER_OF.items() if trigger not in WITHOUT] + [
    (source, version) for source in TRIGGERS["PreTokenGeneration"][:-1] for version in VERSIONS[1:]
]
every_event = pytest.mark.parametrize(("source", "version"), SOURCES)
GROUPS = {"groupsToOverride": ["staff"], "iamRolesToOverride": ["arn:a"], "preferredRole": "arn:a"}
SESSION = [{"challengeName": "SRP_A", "challengeResult": True, "challengeMetadata": "first"}]
CLAIMS = {"claimsToAddOrOverride": {"plan": "pro"}, "claimsToSuppress": ["email"]}
SCOPES = {"scopesToAdd": ["shop/read"], "scopesToSuppress": ["openid"]}
# What nests, filled in: requests and responses by their members in the JSON.
REQUESTS = {"session": SESSION, "groupConfiguration": GROUPS, "linkParameter": "https://example.com"}
RESPONSES = {
    "claimsOverrideDetails": {**CLAIMS, "groupOverrideDetails": GROUPS},
    "claimsAndScopeOverrideDetails": {
        "idTokenGeneration": {**CLAIMS, **SCOPES},
        "accessTokenGeneration": {**CLAIMS, **SCOPES},
        "groupOverrideDetails": GROUPS,
    },
    "userAttributes": {"email": "ana@example.com"},
    "desiredDeliveryMediums": ["EMAIL"],
    "publicChallengeParameters": {"question": "6 x 9"},
    "privateChallengeParameters": {"answer": "42"},
}


@pytest.fixture
def sent():
    """The event of a source, from a pool whose tokens are made in that version."""
    with Cognito() as cognito:

        def sent(source, version, *, by_client=False, **given):
            config = {"PreTokenGenerationConfig": {"LambdaArn": ARN, "LambdaVersion": f"V{version}_0"}}
            pool = cognito.create_pool(LambdaConfig=config if version != "1" else {})
            pool.add_user("ana", groups=["staff"])
            return pool.event(source, "ana", client=pool.client if by_client else None, **given)

        yield sent


def data_class(payload):
    """The data class of Powertools for an event."""
    trigger = TRIGGER_OF[payload["triggerSource"]]
    return getattr(classes, f"{trigger}V2TriggerEvent" if payload["version"] != "1" else f"{trigger}TriggerEvent")


def read(theirs, ours, place=()):
    """The places that both read, each with both values; what is not there Powertools reads as empty or false."""
    for name in sorted(set(dir(type(theirs))) - set(dir(Wrapper))):
        if not isinstance(getattr(type(theirs), name), property):
            continue
        here, value = (*place, name), getattr(theirs, name)
        own = None if ours is None else getattr(ours, name)
        if isinstance(value, Wrapper):
            yield from read(value, own, here)
        elif isinstance(value, list) and value and isinstance(value[0], Wrapper):
            assert len(value) == len(own)
            for number, item in enumerate(value):
                yield from read(item, own[number], (*here, number))
        else:
            yield here, value, own


class TestDataClasses:
    @every_event
    @pytest.mark.parametrize("by_client", [False, True])
    def test_every_attribute_has_the_same_name_and_value(self, sent, source, version, by_client):
        metadata = {} if TRIGGER_OF[source] == "PreAuthentication" else {"client_metadata": {"plan": "pro"}}
        payload = sent(source, version, by_client=by_client, **metadata)
        ours = events.parse(payload)
        if source == CLIENT_CREDENTIALS:
            # Where no user takes part there are no groups, and Powertools' attributes of them break.
            assert ours.request.group_configuration is None
            payload["request"]["groupConfiguration"] = {}
        found = list(read(data_class(payload)(copy.deepcopy(payload)), ours))
        assert {"client_id", "trigger_source", "user_name"} <= {place[-1] for place, _, _ in found}
        for place, theirs, own in found:
            assert (own is None and not theirs) or own == theirs, place

    @every_event
    def test_powertools_reads_events_with_everything_filled_in(self, sent, source, version):
        payload = sent(source, version)
        for part, filled in (("request", REQUESTS), ("response", RESPONSES)):
            there = payload.get(part, {})
            there |= {name: value for name, value in filled.items() if name in there}
        found = list(read(data_class(payload)(copy.deepcopy(payload)), events.parse(payload)))
        for place, theirs, own in found:
            assert (own is None and not theirs) or own == theirs, place
        deep = {place[-1] for place, theirs, _ in found if theirs}
        if TRIGGER_OF[source] == "PreTokenGeneration":
            assert {"claims_to_add_or_override", "claims_to_suppress", "groups_to_override", "preferred_role"} <= deep
        if payload["version"] != "1":
            assert {"scopes_to_add", "scopes_to_suppress"} <= deep
        if "session" in payload["request"]:
            assert {"challenge_name", "challenge_result", "challenge_metadata"} <= deep

    def test_there_is_one_for_every_trigger_but_one(self):
        names = {name.removesuffix("TriggerEvent") for name in dir(classes) if name.endswith("TriggerEvent")}
        assert names - {"Base"} == {*TRIGGERS, "PreTokenGenerationV2"} - WITHOUT


MODELS = {
    "PreSignUp": "PreSignup",
    "UserMigration": "MigrateUser",
    "VerifyAuthChallengeResponse": "VerifyAuthChallenge",
}
LITERAL = [(("triggerSource",), "literal_error")]
NO_CLIENT = [(("callerContext", "clientId"), "string_type")]
NOT_ANSWERED = [(("response", "answerCorrect"), "bool_type")]
SCOPES_LIST = (("request", "scopes"), "dict_type")
NO_GROUPS = (("request", "groupConfiguration"), "model_type")
# Every event that the parser's models refuse, whoever calls; where each names one source, it refuses all others.
DIFFERENCES = {
    ("PreSignUp_AdminCreateUser", "1"): LITERAL,
    ("PreSignUp_ExternalProvider", "1"): LITERAL,
    ("PostConfirmation_ConfirmForgotPassword", "1"): LITERAL,
    ("VerifyAuthChallengeResponse_Authentication", "1"): NOT_ANSWERED,
    **{(source, "1"): LITERAL for source in TRIGGERS["CustomEmailSender"][1:]},
    **{(source, "1"): LITERAL for source in TRIGGERS["CustomSMSSender"][1:]},
    (CLIENT_CREDENTIALS, "1"): [NO_GROUPS, SCOPES_LIST],
    **{(source, version): [SCOPES_LIST] for source in TRIGGERS["PreTokenGeneration"][:-1] for version in VERSIONS[1:]},
}
BY_AN_ADMINISTRATOR = {("PostConfirmation_ConfirmSignUp", "1"): NO_CLIENT}


def parser_model(payload):
    trigger = TRIGGER_OF[payload["triggerSource"]]
    version = {"1": "V1"}.get(payload["version"], "V2AndV3") if trigger == "PreTokenGeneration" else ""
    name = MODELS.get(trigger, trigger.replace("SignUp", "Signup"))
    return getattr(parser, f"Cognito{name}TriggerModel{version}")


def refused(payload):
    """What a parser model says against an event: places and types of its errors."""
    try:
        parser_model(payload).model_validate(payload)
    except ValidationError as error:
        return [(each["loc"], each["type"]) for each in error.errors()]
    return []


class TestParserModels:
    @pytest.mark.parametrize(
        ("by_client", "expected"),
        [(False, {**DIFFERENCES, **BY_AN_ADMINISTRATOR}), (True, DIFFERENCES)],
        ids=["by an administrator", "by an app client"],
    )
    def test_these_events_they_refuse_and_no_others(self, sent, by_client, expected):
        found = {event: refused(sent(*event, by_client=by_client)) for event in SOURCES}
        assert {event: errors for event, errors in found.items() if errors} == expected

    def test_there_is_one_for_every_trigger_but_one(self):
        names = {name for name in dir(parser) if "TriggerModel" in name}
        with Cognito() as cognito:
            pool = cognito.create_pool()
            pool.add_user("ana")
            used = {parser_model(pool.event(source, "ana")).__name__ for source, version in SOURCES if version == "1"}
        assert names == used
        assert not [name for name in names if "Federation" in name]

    def test_an_answered_challenge_is_accepted(self, sent):
        payload = sent("VerifyAuthChallengeResponse_Authentication", "1")
        payload["response"]["answerCorrect"] = True
        assert refused(payload) == []

    def test_custom_challenges_of_a_session_are_refused(self, sent):
        session = [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False, "challengeMetadata": None}]
        payload = sent("DefineAuthChallenge_Authentication", "1", request={"session": session})
        assert refused(payload) == [(("request", "session", 0, "challengeName"), "literal_error")]
