"""The models of trigger events: JSON in, the same JSON out."""

from __future__ import annotations

import copy
import json

import pytest
from pydantic import ValidationError

from pytest_cognito_pool import (
    CallerContext,
    PostConfirmationEvent,
    PostConfirmationRequest,
    PostConfirmationResponse,
    TriggerEvent,
)
from pytest_cognito_pool._service.events.parsing import parse

PAYLOAD = {
    "version": "1",
    "region": "us-east-1",
    "userPoolId": "us-east-1_AbCdEf123",
    "userName": "ana",
    "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": None},
    "triggerSource": "PostConfirmation_ConfirmSignUp",
    "request": {
        "userAttributes": {
            "sub": "1",
            "email_verified": "false",
            "cognito:user_status": "CONFIRMED",
            "custom:Plan": "x",
        },
        "clientMetadata": {"planName": "pro"},
    },
    "response": {},
}


def changed(*path, value=None, drop=False):
    payload = copy.deepcopy(PAYLOAD)
    place = payload
    for key in path[:-1]:
        place = place[key]
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return payload


VARIANTS = {
    "as captured": PAYLOAD,
    "with a client": changed("callerContext", "clientId", value="abc"),
    "without metadata": changed("request", "clientMetadata", drop=True),
    "metadata null": changed("request", "clientMetadata", value=None),
    "metadata empty": changed("request", "clientMetadata", value={}),
    "without a response": changed("response", drop=True),
    "forgot password": changed("triggerSource", value="PostConfirmation_ConfirmForgotPassword"),
    "other scripts": changed("userName", value="名前 é 😀"),
    "snake case keys in values": changed("request", "clientMetadata", value={"user_name": "x", "clientId": ""}),
}
variants = pytest.mark.parametrize("payload", VARIANTS.values(), ids=VARIANTS)


class TestDumped:
    @variants
    def test_by_alias_it_is_what_was_sent(self, payload):
        assert parse(payload).model_dump(by_alias=True) == payload

    @variants
    def test_as_json_it_is_what_was_sent_in_the_same_order(self, payload):
        event = parse(payload)
        assert json.loads(event.model_dump_json(by_alias=True)) == payload
        assert json.dumps(event.model_dump(by_alias=True)) == json.dumps(payload)

    @variants
    def test_there_and_back(self, payload):
        event = parse(payload)
        assert parse(event.model_dump(by_alias=True)) == event
        assert PostConfirmationEvent.model_validate_json(event.model_dump_json(by_alias=True)) == event
        assert PostConfirmationEvent.model_validate(event.model_dump()) == event

    def test_json_to_the_byte(self):
        part = CallerContext(aws_sdk_version="x", client_id=None)
        assert part.model_dump_json(by_alias=True) == '{"awsSdkVersion":"x","clientId":null}'
        assert part.model_dump_json() == '{"aws_sdk_version":"x","client_id":null}'

    def test_by_name(self):
        event = parse(PAYLOAD)
        assert event.model_dump() == {
            "version": "1",
            "region": "us-east-1",
            "user_pool_id": "us-east-1_AbCdEf123",
            "user_name": "ana",
            "caller_context": {"aws_sdk_version": "aws-sdk-unknown-unknown", "client_id": None},
            "trigger_source": "PostConfirmation_ConfirmSignUp",
            "request": {
                "user_attributes": PAYLOAD["request"]["userAttributes"],
                "client_metadata": {"planName": "pro"},
            },
            "response": {},
        }

    def test_absent_by_name_is_absent(self):
        dumped = parse(VARIANTS["without metadata"]).model_dump()
        assert "client_metadata" not in dumped["request"]

    def test_null_is_null_and_absent_is_absent(self):
        null, absent = parse(VARIANTS["metadata null"]), parse(VARIANTS["without metadata"])
        assert null.request.client_metadata is absent.request.client_metadata is None
        assert "clientMetadata" in null.model_dump(by_alias=True)["request"]
        assert "clientMetadata" not in absent.model_dump(by_alias=True)["request"]
        assert null.request.model_fields_set == {"user_attributes", "client_metadata"}
        assert absent.request.model_fields_set == {"user_attributes"}

    def test_without_a_response_there_is_one_to_look_at_and_none_to_dump(self):
        event = parse(VARIANTS["without a response"])
        assert event.response == PostConfirmationResponse()
        assert "response" not in event.model_fields_set
        assert "response" not in event.model_dump(by_alias=True)

    def test_a_part_alone(self):
        request = PostConfirmationRequest(user_attributes={"sub": "1"})
        assert request.model_dump(by_alias=True) == {"userAttributes": {"sub": "1"}}
        assert PostConfirmationResponse().model_dump(by_alias=True) == {}

    def test_what_is_set_later_is_dumped(self):
        event = parse(VARIANTS["without metadata"])
        event.request.client_metadata = {"a": "b"}
        assert event.model_dump(by_alias=True)["request"]["clientMetadata"] == {"a": "b"}

    def test_excluded_fields_stay_excluded(self):
        dumped = parse(PAYLOAD).model_dump(by_alias=True, exclude={"request", "response"})
        assert set(dumped) == set(PAYLOAD) - {"request", "response"}

    def test_unset_fields_excluded_by_hand_change_nothing(self):
        for payload in VARIANTS.values():
            assert parse(payload).model_dump(by_alias=True, exclude_unset=True) == payload


class TestRead:
    def test_by_name_and_by_alias(self):
        by_name = PostConfirmationEvent(
            version="1",
            region="us-east-1",
            user_pool_id="us-east-1_AbCdEf123",
            user_name="ana",
            caller_context=CallerContext(aws_sdk_version="aws-sdk-unknown-unknown", client_id=None),
            trigger_source="PostConfirmation_ConfirmSignUp",
            request=PostConfirmationRequest(
                user_attributes=PAYLOAD["request"]["userAttributes"], client_metadata={"planName": "pro"}
            ),
            response=PostConfirmationResponse(),
        )
        assert by_name == parse(PAYLOAD)
        assert by_name.model_dump(by_alias=True) == PAYLOAD

    def test_it_is_typed_to_the_leaf(self):
        event = parse(PAYLOAD)
        assert isinstance(event, PostConfirmationEvent)
        assert isinstance(event, TriggerEvent)
        assert event.request.user_attributes["email_verified"] == "false"
        assert event.caller_context.client_id is None
        assert event.user_name == "ana"

    def test_keys_amazon_adds_later_do_no_harm(self):
        event = parse(
            {**PAYLOAD, "newKey": 1, "request": {**PAYLOAD["request"], "other": {}}, "response": {"unknown": True}}
        )
        assert event == parse(PAYLOAD)
        assert event.model_dump(by_alias=True) == PAYLOAD

    def test_what_is_set_is_known(self):
        assert parse(PAYLOAD).model_fields_set == {
            "version", "region", "user_pool_id", "user_name", "caller_context", "trigger_source", "request", "response"
        }  # fmt: skip

    @pytest.mark.parametrize(
        "payload",
        [
            changed("userName", drop=True),
            changed("userName", value=5),
            changed("callerContext", "clientId", drop=True),
            changed("request", "userAttributes", value={"email_verified": True}),
            changed("request", "clientMetadata", value={"a": 1}),
            changed("request", value=None),
        ],
    )
    def test_what_is_no_event_is_refused(self, payload):
        with pytest.raises(ValidationError):
            parse(payload)

    def test_the_payload_is_not_touched(self):
        payload = copy.deepcopy(PAYLOAD)
        event = parse(payload)
        event.request.user_attributes["sub"] = "2"
        assert payload == PAYLOAD


class TestSchema:
    @pytest.mark.parametrize("mode", ["validation", "serialization"])
    def test_there_is_a_json_schema(self, mode):
        assert PostConfirmationEvent.model_json_schema(mode=mode)
