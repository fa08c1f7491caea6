"""What a function is given, and which triggers a pool has."""

from __future__ import annotations

import re
from datetime import datetime, timezone

import boto3
import pytest
import time_machine

from pytest_cognito_pool import (
    UnreportedError,
    UnsupportedOperationError,
)
from pytest_cognito_pool._service.clock import Stopwatch
from pytest_cognito_pool._service.triggers.lambda_context import of_invocation

evidence = pytest.mark.evidence
OURS = evidence("inferred", "what the fake records and tells a test author; the service has no say in it")
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1"
MOMENT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


def echo(event, _context):
    return event


class TestLambdaContext:
    @evidence("documented", "AWS Lambda: the context object of the Python runtime")
    def test_the_context_has_the_attributes_of_the_python_runtime(self, cognito_pool, confirm):
        contexts = []
        cognito_pool.on("PostConfirmation", lambda event, context: contexts.append(context) or event)
        with time_machine.travel(MOMENT, tick=False):
            confirm()
            confirm("bob")
        context, other = contexts
        assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", context.aws_request_id)
        assert context.aws_request_id != other.aws_request_id
        assert context.function_name == "PostConfirmation"
        assert context.function_version == "$LATEST"
        assert context.invoked_function_arn == f"{LAMBDA}:PostConfirmation"
        assert context.memory_limit_in_mb == "128"
        assert context.log_group_name == "/aws/lambda/PostConfirmation"
        assert context.log_stream_name == f"2030/01/02/[$LATEST]{context.aws_request_id.replace('-', '')}"
        assert context.client_context is None

    @evidence("inferred", "awslambdaric LambdaContext: an identity without values is still an object")
    def test_the_identity_has_no_values(self, cognito_pool, confirm):
        seen = []
        cognito_pool.on("PostConfirmation", lambda event, context: seen.append(context.identity) or event)
        confirm()
        assert [(each.cognito_identity_id, each.cognito_identity_pool_id) for each in seen] == [(None, None)]

    @pytest.mark.parametrize(
        ("arn", "name"),
        [
            (f"{LAMBDA}:welcome", "welcome"),
            (f"{LAMBDA}:welcome:live", "welcome"),
            ("arn:aws-cn:lambda:cn-north-1:210987654321:function:welcome", "welcome"),
            pytest.param("arn:aws:lambda:us-east-1:123456789012:welcome", "welcome"),
        ],
    )
    @evidence("model", "ArnType, which has no more than five parts to give")
    def test_the_arn_and_the_name_are_from_the_configuration_of_the_pool(self, cognito, arn, name):
        seen = []
        pool_id = f"{arn.split(':')[3]}_AbCdEf123"
        pool = cognito.create_pool(Id=pool_id, LambdaConfig={"PostConfirmation": arn})
        pool.on("PostConfirmation", lambda event, context: seen.append(context) or event)
        pool.add_user("ana", status="UNCONFIRMED")
        client = boto3.client("cognito-idp", region_name=pool.region)
        client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
        assert (seen[0].invoked_function_arn, seen[0].function_name) == (arn, name)

    @evidence("inferred", "without a configuration the function has the trigger's name, in the pool's region")
    def test_without_a_configuration_the_arn_has_the_region_of_the_pool(self, cognito):
        pool = cognito.create_pool(Id="eu-west-1_AbCdEf123")
        context = of_invocation("PreSignUp", pool._record, Stopwatch(pool._record.clock))
        assert context.invoked_function_arn == "arn:aws:lambda:eu-west-1:123456789012:function:PreSignUp"

    @evidence("model", "LambdaConfigType: some triggers have a version beside the ARN")
    @pytest.mark.parametrize(
        ("trigger", "member"),
        [
            ("CustomEmailSender", "CustomEmailSender"),
            ("CustomSMSSender", "CustomSMSSender"),
            pytest.param("PreTokenGeneration", "PreTokenGenerationConfig"),
        ],
    )
    def test_the_arn_of_a_trigger_with_an_event_version_is_used(self, cognito, trigger, member):
        config = {member: {"LambdaVersion": "V1_0", "LambdaArn": f"{LAMBDA}:welcome"}, "KMSKeyID": KEY}
        pool = cognito.create_pool(LambdaConfig=config)
        assert (
            of_invocation(trigger, pool._record, Stopwatch(pool._record.clock)).invoked_function_arn
            == f"{LAMBDA}:welcome"
        )


TWO = {"PreSignUp": f"{LAMBDA}:check", "CustomMessage": f"{LAMBDA}:write"}


class TestConfiguration:
    @evidence("documented", "a trigger is invoked if the pool's configuration includes it")
    @pytest.mark.parametrize(
        ("config", "sources"),
        [
            ({}, ["PreSignUp_SignUp", "CustomMessage_SignUp", "PostConfirmation_ConfirmSignUp"]),
            (TWO, ["PreSignUp_SignUp", "CustomMessage_SignUp"]),
            ({"PostConfirmation": f"{LAMBDA}:welcome"}, ["PostConfirmation_ConfirmSignUp"]),
            ({"UserMigration": f"{LAMBDA}:move"}, []),
        ],
    )
    def test_if_triggers_are_configured_only_these_are_invoked(self, cognito, cognito_idp, sign_up, config, sources):
        pool = cognito.create_pool(AutoVerifiedAttributes=["email"], LambdaConfig=config)
        sign_up(Username="ana", ClientId=pool.client.id)
        cognito_idp.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
        assert pool.triggers.sources == sources
        assert [invocation.handler for invocation in pool.triggers] == [None] * len(sources)
        assert pool.users["ana"].status == "CONFIRMED"

    @OURS
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"], LambdaConfig=TWO)
    def test_a_function_that_is_attached_is_invoked_too(self, cognito_pool, cognito_idp, sign_up):
        with cognito_pool.on("PostConfirmation", echo):
            sign_up(Username="ana")
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.triggers.sources == [
            "PreSignUp_SignUp",
            "CustomMessage_SignUp",
            "PostConfirmation_ConfirmSignUp",
        ]
        cognito_pool.add_user("bob", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="bob")
        assert len(cognito_pool.triggers) == 3

    @OURS
    @pytest.mark.cognito_pool(LambdaConfig={"UserMigration": f"{LAMBDA}:move"})
    def test_a_function_attached_to_one_source_is_invoked_for_that_source(self, cognito_pool, cognito_idp, sign_up):
        cognito_pool.on("PreSignUp_AdminCreateUser", echo)
        sign_up(Username="ana")
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="bob")
        assert cognito_pool.triggers.sources == ["PreSignUp_AdminCreateUser"]

    @evidence("model", "CreateUserPool, UpdateUserPool and DescribeUserPool have LambdaConfig")
    def test_the_description_of_the_pool_has_its_configuration(self, cognito, cognito_idp):
        made = cognito_idp.create_user_pool(PoolName="staff", LambdaConfig=TWO)["UserPool"]
        assert made["LambdaConfig"] == TWO
        described = cognito_idp.describe_user_pool(UserPoolId=made["Id"])["UserPool"]
        assert described["LambdaConfig"] == TWO

        other = {
            "PostConfirmation": f"{LAMBDA}:welcome",
            "PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": f"{LAMBDA}:claims"},
            "CustomSMSSender": {"LambdaVersion": "V1_0", "LambdaArn": f"{LAMBDA}:text"},
            "KMSKeyID": KEY,
        }
        cognito_idp.update_user_pool(UserPoolId=made["Id"], LambdaConfig=other)
        described = cognito_idp.describe_user_pool(UserPoolId=made["Id"])["UserPool"]
        assert described["LambdaConfig"] == {**other, "PreTokenGeneration": f"{LAMBDA}:claims"}

        pool = cognito.pools[made["Id"]]
        pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
        assert pool.triggers.sources == ["PostConfirmation_ConfirmSignUp"]

    @evidence("documented", "the model of UpdateUserPool: what is omitted returns to its default")
    def test_an_update_without_a_configuration_removes_it(self, cognito_idp):
        pool_id = cognito_idp.create_user_pool(PoolName="staff", LambdaConfig=TWO)["UserPool"]["Id"]
        cognito_idp.update_user_pool(UserPoolId=pool_id)
        assert cognito_idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]["LambdaConfig"] == {}

    @evidence("documented", "the model of UpdateUserPool: what is omitted returns to its default")
    @pytest.mark.cognito_pool(LambdaConfig={"PostConfirmation": f"{LAMBDA}:welcome"})
    def test_a_removed_trigger_is_not_invoked(self, cognito_pool, cognito_idp, confirm):
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id)
        confirm()
        assert cognito_pool.triggers.sources == []

    @OURS
    def test_an_attached_function_stays_after_an_update(self, cognito_pool, cognito_idp, confirm):
        cognito_pool.on("PostConfirmation", echo)
        cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, LambdaConfig=TWO)
        confirm()
        assert cognito_pool.triggers.one("PostConfirmation").handler is echo

    @OURS
    @pytest.mark.parametrize(
        ("sender", "config", "attached"),
        [
            ("CustomEmailSender", {"LambdaVersion": "V1_0", "LambdaArn": f"{LAMBDA}:mail"}, None),
            ("CustomEmailSender", None, "CustomEmailSender"),
            ("CustomEmailSender", None, "CustomEmailSender_SignUp"),
        ],
    )
    def test_a_custom_sender_is_not_simulated(self, cognito, sign_up, sender, config, attached):
        configured = {sender: config, "KMSKeyID": KEY} if config else {}
        pool = cognito.create_pool(AutoVerifiedAttributes=["email"], LambdaConfig=configured)
        if attached:
            pool.on(attached, echo)
        with pytest.raises(UnsupportedOperationError, match=f"a {sender} trigger"):
            sign_up(Username="ana", ClientId=pool.client.id)
        with pytest.raises(UnreportedError):
            cognito.check()
        assert pool.outbox == []

    @evidence("inferred", "each pool has its own functions")
    def test_a_function_belongs_to_one_pool(self, cognito, cognito_pool, cognito_idp):
        other = cognito.create_pool()
        cognito_pool.on("PostConfirmation", raises=ValueError)
        other.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=other.id, Username="ana")
        assert other.triggers[0].handler is None
