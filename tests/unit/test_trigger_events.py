"""A model for every trigger: its events go in and come out as they are, named as Python names things."""

from __future__ import annotations

import copy
import inspect
import json
import re

import pytest
from pydantic import BaseModel, ValidationError

import pytest_cognito_pool
from pytest_cognito_pool import Cognito, TriggerEvent
from pytest_cognito_pool._service.events import parsing as events
from pytest_cognito_pool._service.events.sources import TRIGGER_OF, TRIGGERS
from pytest_cognito_pool._service.protocol import model as service

ARN = "arn:aws:lambda:us-east-1:123456789012:function:f"
GROUPS = {"groupsToOverride": ["staff"], "iamRolesToOverride": ["arn:a"], "preferredRole": "arn:a"}
SESSION = [
    {"challengeName": "SRP_A", "challengeResult": True, "challengeMetadata": None},
    {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False, "challengeMetadata": "captcha"},
    {"challengeName": "PASSWORD_VERIFIER", "challengeResult": True},
]
CLAIMS = {"claimsToAddOrOverride": {"plan": "pro"}, "claimsToSuppress": ["email"]}
SCOPES = {"scopesToAdd": ["shop/read"], "scopesToSuppress": ["openid"]}
ANY_CLAIMS = CLAIMS | {"claimsToAddOrOverride": {"plan": {"name": "pro", "seats": [1, None]}}}
# What functions answer with, by trigger and version of the event.
ANSWERS = {
    "PreSignUp": [{"autoConfirmUser": True, "autoVerifyEmail": True, "autoVerifyPhone": False}, {}],
    "PostConfirmation": [{}],
    "PreAuthentication": [{}],
    "PostAuthentication": [{}],
    "DefineAuthChallenge": [{"challengeName": "CUSTOM_CHALLENGE", "issueTokens": False, "failAuthentication": False}],
    "CreateAuthChallenge": [
        {
            "publicChallengeParameters": {"question": "6 x 9"},
            "privateChallengeParameters": {"answer": "42"},
            "challengeMetadata": "captcha",
        }
    ],
    "VerifyAuthChallengeResponse": [{"answerCorrect": True}],
    "PreTokenGeneration": [
        {"claimsOverrideDetails": CLAIMS | {"groupOverrideDetails": GROUPS}},
        {"claimsOverrideDetails": {"groupOverrideDetails": None}},
        {"claimsOverrideDetails": {"groupOverrideDetails": {}}},
    ],
    "UserMigration": [
        {
            "userAttributes": {"email": "ana@example.com"},
            "finalUserStatus": "CONFIRMED",
            "messageAction": "SUPPRESS",
            "desiredDeliveryMediums": ["EMAIL", "SMS"],
            "forceAliasCreation": True,
            "enableSMSMFA": False,
        }
    ],
    "CustomMessage": [{"smsMessage": "{####}", "emailMessage": "{####}", "emailSubject": "Hello"}],
    "InboundFederation": [{"userAttributesToMap": {"email": "ana@example.com"}}],
}
ANSWERS_V2 = [
    {
        "claimsAndScopeOverrideDetails": {
            "idTokenGeneration": ANY_CLAIMS,
            "accessTokenGeneration": ANY_CLAIMS | SCOPES,
            "groupOverrideDetails": GROUPS,
        }
    },
    {"claimsAndScopeOverrideDetails": {"idTokenGeneration": None, "accessTokenGeneration": {}}},
]
# Members of requests that event() leaves as they usually are.
REQUESTS = {
    "PreSignUp": {"validationData": {"captcha": "1"}, "clientMetadata": {"plan": "pro"}},
    "PostConfirmation": {"clientMetadata": {"plan": "pro"}},
    "PreAuthentication": {"validationData": {"captcha": "1"}, "userNotFound": False},
    "PostAuthentication": {"newDeviceUsed": True, "clientMetadata": {"plan": "pro"}},
    "DefineAuthChallenge": {"session": SESSION, "userNotFound": True, "clientMetadata": {"plan": "pro"}},
    "CreateAuthChallenge": {"session": SESSION, "userNotFound": True, "clientMetadata": {"plan": "pro"}},
    "VerifyAuthChallengeResponse": {
        "privateChallengeParameters": {"answer": "42"},
        "challengeAnswer": "41",
        "userNotFound": True,
        "clientMetadata": {"plan": "pro"},
    },
    "PreTokenGeneration": {"groupConfiguration": GROUPS, "clientMetadata": {"plan": "pro"}},
    "UserMigration": {
        "password": "Passw0rd!",
        "validationData": {"captcha": "1"},
        "clientMetadata": {"plan": "pro"},
    },
    "CustomMessage": {"linkParameter": None, "clientMetadata": {"plan": "pro"}},
    "CustomEmailSender": {"clientMetadata": {"plan": "pro"}},
    "CustomSMSSender": {"clientMetadata": {"plan": "pro"}},
    "InboundFederation": {"providerName": "corp", "attributes": {"idToken": {"groups": ["a", None]}}},
}
MODELS = {
    name: getattr(pytest_cognito_pool, name)
    for name in pytest_cognito_pool.__all__
    if name.endswith("Event") and name != "TriggerEvent"
}


# The installed service model may be older than version 3.
VERSIONS = [version[1] for version in service.shape("PreTokenGenerationLambdaVersionType").enum]


def payloads():
    """Every event that event() builds, as it is and with all that it may have, by a name."""
    found = {}
    with Cognito() as cognito:
        for version in VERSIONS:
            config = {"PreTokenGenerationConfig": {"LambdaArn": ARN, "LambdaVersion": f"V{version}_0"}}
            pool = cognito.create_pool(LambdaConfig=config)
            pool.add_user("ana", phone_number="+15551234567", groups=["staff"])
            for source, trigger in TRIGGER_OF.items():
                if version == "1" or trigger == "PreTokenGeneration":
                    told = REQUESTS[trigger]
                    found[f"{source} of version {version}"] = pool.event(source, "ana")
                    found[f"{source} of version {version}, full"] = pool.event(source, "ana", request=told)
    # Whatever is changed of one is not to be seen in another.
    return copy.deepcopy(found)


PAYLOADS = payloads()
every_event = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)


def answered():
    """The full events with each answer a function may give."""
    for name, payload in PAYLOADS.items():
        if name.endswith("full") and "response" in payload:
            answers = ANSWERS[TRIGGER_OF[payload["triggerSource"]]] if payload["version"] == "1" else ANSWERS_V2
            for number, answer in enumerate(answers):
                yield pytest.param({**payload, "response": answer}, id=f"{name}, answer {number}")


every_answer = pytest.mark.parametrize("payload", list(answered()))


def parts(model):
    """The models a model is made of, itself the first."""
    yield model
    for field in model.model_fields.values():
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from parts(inner)


def same(event, payload):
    """Assert that attributes have what the JSON has, at every depth."""
    for name, field in type(event).model_fields.items():
        value, sent = getattr(event, name), payload.get(field.alias, ...)
        if sent is ...:
            assert name not in event.model_fields_set
        elif isinstance(value, BaseModel):
            same(value, sent)
        elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
            assert len(value) == len(sent)
            for item, sent_item in zip(value, sent, strict=True):
                same(item, sent_item)
        else:
            assert value == sent


class TestThereAndBack:
    @every_event
    def test_every_event_loads(self, payload):
        event = events.parse(payload)
        trigger = TRIGGER_OF[payload["triggerSource"]]
        later = "V2" if payload["version"] != "1" else ""
        assert type(event) is MODELS[f"{trigger}{later}Event"]
        assert isinstance(event, TriggerEvent)
        same(event, payload)

    @every_event
    def test_the_same_json_comes_out(self, payload):
        event = events.parse(payload)
        assert event.model_dump(by_alias=True) == payload
        assert json.loads(event.model_dump_json(by_alias=True)) == payload

    @pytest.mark.parametrize(
        "payload",
        [
            pytest.param(payload, id=name)
            for name, payload in PAYLOADS.items()
            # Versions 2 and 3 have their source second, where the models have it last.
            if not name.endswith("full") and payload["version"] == "1"
        ],
    )
    def test_it_comes_out_in_the_same_order(self, payload):
        assert json.dumps(events.parse(payload).model_dump(by_alias=True)) == json.dumps(payload)

    @every_answer
    def test_a_dumped_answer_is_the_same_json(self, payload):
        event = events.parse(payload)
        same(event, payload)
        assert event.model_dump(by_alias=True) == payload
        assert json.loads(event.model_dump_json(by_alias=True)) == payload

    @every_answer
    def test_there_by_name_and_back(self, payload):
        event = events.parse(payload)
        assert type(event).model_validate(event.model_dump()) == event
        assert type(event).model_validate_json(event.model_dump_json()) == event

    @every_event
    def test_every_event_is_like_itself(self, payload):
        assert events.mismatch(payload, payload) == ""

    @every_answer
    def test_every_answer_is_like_what_was_sent(self, payload):
        name = f"{payload['triggerSource']} of version {payload['version']}"
        sent = PAYLOADS.get(name) or PAYLOADS[f"{payload['triggerSource']} of version 1"]
        assert events.mismatch(payload, sent) == ""

    @every_event
    def test_without_a_response_there_is_one_to_look_at_and_none_to_dump(self, payload):
        sent = {name: value for name, value in payload.items() if name != "response"}
        if payload["triggerSource"].startswith("InboundFederation"):
            with pytest.raises(ValidationError, match=r"\nresponse\n  Field required"):
                events.parse(sent)
            return
        event = events.parse(sent)
        if "response" in payload:
            assert event.response == type(event.response)()
        else:
            assert "response" not in type(event).model_fields
        assert event.model_dump(by_alias=True) == sent

    @pytest.mark.parametrize("source", TRIGGER_OF)
    def test_the_request_is_needed(self, source):
        payload = next(payload for payload in PAYLOADS.values() if payload["triggerSource"] == source)
        with pytest.raises(ValidationError, match=r"^1 validation error for .*\nrequest\n  Field required"):
            events.parse({name: value for name, value in payload.items() if name != "request"})


class TestModels:
    def test_every_trigger_has_one(self):
        assert {source for model in MODELS.values() for source in model.sources} == set(TRIGGER_OF)
        assert set(MODELS) == {f"{trigger}Event" for trigger in TRIGGERS} | {"PreTokenGenerationV2Event"}

    @pytest.mark.parametrize("model", MODELS.values())
    def test_it_names_its_sources(self, model):
        trigger = model.__name__.removesuffix("Event").removesuffix("V2")
        assert model.sources == TRIGGERS[trigger]

    @pytest.mark.parametrize("source", TRIGGER_OF)
    def test_it_is_that_of_the_source(self, source):
        assert events.model_of(source) is MODELS[f"{TRIGGER_OF[source]}Event"]

    @pytest.mark.parametrize("source", TRIGGERS["PreTokenGeneration"])
    @pytest.mark.parametrize("version", ["2", "3"])
    def test_tokens_have_another_in_later_versions(self, source, version):
        assert events.model_of(source, version) is MODELS["PreTokenGenerationV2Event"]

    @pytest.mark.parametrize("model", MODELS.values())
    def test_names_are_snake_case(self, model):
        names = [name for part in parts(model) for name in part.model_fields]
        assert names
        assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []

    def test_two_names_are_not_those_of_the_json(self):
        """All others are the JSON's own in snake case."""
        odd = {}
        for model in MODELS.values():
            for part in parts(model):
                for name, field in part.model_fields.items():
                    if re.sub(r"(?<!^)(?=[A-Z])", "_", field.alias).lower() != name:
                        odd[name] = field.alias
        assert odd == {
            "enable_sms_mfa": "enableSMSMFA",
            "group_configuration": "groupOverrideDetails",
            "claims_scope_override_details": "claimsAndScopeOverrideDetails",
        }

    @pytest.mark.parametrize("model", MODELS.values())
    def test_every_attribute_is_explained(self, model):
        for part in parts(model):
            # Newer Pythons take the indentation off themselves.
            explained = re.findall(r"^    (\w+): ", inspect.cleandoc(part.__doc__ or ""), re.MULTILINE)
            inherited = {name for base in part.__mro__[1:] for name in getattr(base, "model_fields", ())}
            assert explained == [name for name in part.model_fields if name not in inherited]

    @pytest.mark.parametrize("model", MODELS.values())
    def test_it_has_a_json_schema(self, model):
        schema = model.model_json_schema()
        assert list(schema["properties"]) == [field.alias for field in model.model_fields.values()]
        assert {"callerContext", "request"} <= set(schema["required"])


class TestRequestNames:
    @every_event
    def test_they_are_those_of_the_json(self, payload):
        assert set(payload["request"]) <= set(events.request_names(payload))

    def test_all_of_them(self):
        found = {
            TRIGGER_OF[payload["triggerSource"]] + payload["version"]: events.request_names(payload)
            for payload in PAYLOADS.values()
        }
        user, metadata = "userAttributes", "clientMetadata"
        sender = ("type", "code", metadata, user)
        tokens = (user, "groupConfiguration", metadata)
        assert found == {
            "PreSignUp1": (user, "validationData", metadata),
            "PostConfirmation1": (user, metadata),
            "PreAuthentication1": (user, "validationData", "userNotFound"),
            "PostAuthentication1": (user, "newDeviceUsed", metadata),
            "DefineAuthChallenge1": (user, "session", "userNotFound", metadata),
            "CreateAuthChallenge1": (user, "challengeName", "session", "userNotFound", metadata),
            "VerifyAuthChallengeResponse1": (
                user,
                "privateChallengeParameters",
                "challengeAnswer",
                "userNotFound",
                metadata,
            ),
            "PreTokenGeneration1": tokens,
            "PreTokenGeneration2": (*tokens, "scopes"),
            "PreTokenGeneration3": (*tokens, "scopes"),
            "UserMigration1": ("password", "validationData", metadata),
            "CustomMessage1": (user, "codeParameter", "linkParameter", "usernameParameter", metadata),
            "CustomEmailSender1": sender,
            "CustomSMSSender1": sender,
            "InboundFederation1": ("providerName", "providerType", "attributes"),
        }


class TestMismatch:
    @pytest.mark.parametrize(
        ("source", "response", "broken"),
        [
            (
                "PreSignUp_SignUp",
                {"autoConfirmUser": "true", "autoVerifyEmail": 1},
                (
                    "response.autoConfirmUser: Input should be a valid boolean; "
                    "response.autoVerifyEmail: Input should be a valid boolean"
                ),
            ),
            ("PreSignUp_SignUp", None, "response: Input should be an object"),
            (
                "CustomMessage_SignUp",
                {"emailMessage": 5},
                "response.emailMessage: Input should be a valid string",
            ),
            (
                "TokenGeneration_HostedAuth",
                {"claimsOverrideDetails": {"claimsToAddOrOverride": {"seats": 5}}},
                "response.claimsOverrideDetails.claimsToAddOrOverride.seats: Input should be a valid string",
            ),
            ("InboundFederation_ExternalProvider", {}, "response.userAttributesToMap: Field required"),
        ],
    )
    def test_it_names_the_place_and_what_is_wrong(self, source, response, broken):
        payload = PAYLOADS[f"{source} of version 1"]
        found = events.mismatch({**payload, "response": response}, payload)
        assert re.sub(r"a valid dictionary or instance of \w+", "an object", found) == broken

    def test_the_event_that_was_sent_says_what_is_expected(self):
        sent = PAYLOADS["PreSignUp_SignUp of version 1"]
        answer = PAYLOADS["CustomMessage_SignUp of version 1"]
        assert events.mismatch(answer, sent) == ""
        assert events.mismatch(sent, answer) == "request.codeParameter: Field required"
