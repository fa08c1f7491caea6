"""Which signed calls are let through: facts/admin-confirm-sign-up.md, section 1.4, and IAM's own rules."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from pytest_cognito_pool import Cognito

evidence = pytest.mark.evidence
GLOBAL_KEY = "a condition key that IAM has for any service; the facts say nothing of Cognito"
USER = "arn:aws:iam::123456789012:user/pytest"
NOTHING = {"Version": "2012-10-17", "Statement": []}


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action="*", resource="*", **condition):
    return {"Effect": "Allow", "Action": f"cognito-idp:{action}", "Resource": resource, "Condition": condition}


def deny(action="*", resource="*", **condition):
    return {**allow(action, resource, **condition), "Effect": "Deny"}


def denial(operation, resource, user=USER):
    return (
        f"User: {user} is not authorized to perform: cognito-idp:{operation} on resource: {resource} "
        f"because no identity-based policy allows the cognito-idp:{operation} action"
    )


def arn(pool_id, region="us-east-1"):
    return f"arn:aws:cognito-idp:{region}:123456789012:userpool/{pool_id}"


@pytest.fixture
def denied(refused):
    """Assert that the block is refused for want of a permission."""
    return lambda operation, resource: refused("AccessDeniedException", denial(operation, resource))


@pytest.fixture
def lets_pass(cognito, cognito_pool, cognito_idp):
    """Whether a policy of one statement with that condition lets a call through."""

    def check(call=None, **condition):
        with cognito.enforce(policy(allow(**condition))):
            try:
                call() if call else cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
            except cognito_idp.exceptions.ClientError as error:
                if error.response["Error"]["Code"] != "AccessDeniedException":
                    raise
        return cognito.calls[-1].error is None

    return check


class TestDenial:
    @evidence("observed", "public captures: AdminConfirmSignUp up to the ARN, other admin operations as a whole")
    def test_the_message_names_the_user_and_the_action_and_the_pool(self, cognito, cognito_pool, cognito_idp, refused):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito.enforce(NOTHING)
        with refused(
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/pytest is not authorized to perform: cognito-idp:AdminConfirmSignUp "
            "on resource: arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1 "
            "because no identity-based policy allows the cognito-idp:AdminConfirmSignUp action",
        ):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"
        assert not cognito_pool.triggers

    @evidence("inferred", "the same sentence for every operation: it is built from the action and the resource")
    def test_another_operation_is_denied_with_the_same_text(self, cognito, cognito_pool, cognito_idp, denied):
        cognito.enforce(policy(allow("AdminConfirmSignUp")))
        with denied("DescribeUserPool", cognito_pool.arn):
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)

    @evidence("observed", "public capture of AdminConfirmSignUp: the ARN holds the name of the IAM user")
    def test_the_message_names_the_identity_of_the_session(self, cognito, cognito_pool, refused):
        client = cognito.session(NOTHING, user="serverless-agent").client("cognito-idp")
        user = "arn:aws:iam::123456789012:user/serverless-agent"
        with refused("AccessDeniedException", denial("AdminConfirmSignUp", cognito_pool.arn, user)):
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")

    @evidence("observed", "public capture: the ARN of a denial held ap-northeast-1 as the id of the pool")
    def test_permission_is_checked_before_the_pool_and_the_form_of_its_id(self, cognito, cognito_idp, denied):
        cognito.enforce(NOTHING)
        for pool_id in ("ap-northeast-1", "us-east-1_Nowhere"):
            with denied("AdminConfirmSignUp", arn(pool_id)):
                cognito_idp.admin_confirm_sign_up(UserPoolId=pool_id, Username="ana")

    @evidence("inferred", "a denial came before the constraints of userPoolId; of other parameters there is no capture")
    def test_permission_is_checked_before_the_constraints_of_parameters(
        self, cognito, cognito_pool, cognito_idp, denied
    ):
        cognito.enforce(NOTHING)
        with denied("AdminConfirmSignUp", cognito_pool.arn):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="a b")

    @evidence("inferred", "authorisation comes before the pool is looked up, and so before the user is")
    def test_permission_is_checked_before_the_user_is_looked_up(self, cognito, cognito_pool, cognito_idp, denied):
        cognito.enforce(NOTHING)
        with denied("AdminGetUser", cognito_pool.arn):
            cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="nobody")

    @evidence("inferred", "no capture of an explicit deny of Cognito's; type and status are those of an implicit deny")
    def test_an_explicit_deny_overrides_an_allow_and_gives_the_same_error(
        self, cognito, cognito_pool, cognito_idp, refused
    ):
        cognito.enforce(policy(allow(), deny("DescribeUserPool")))
        with refused("AccessDeniedException"):
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        cognito_idp.list_users(UserPoolId=cognito_pool.id)

    @evidence("model", "measured on botocore: neither that code nor a status of 400 is tried again")
    def test_botocore_does_not_retry_a_denied_request(self, cognito, cognito_pool, cognito_idp, denied):
        cognito.enforce(NOTHING)
        with denied("DescribeUserPool", cognito_pool.arn):
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        assert len(cognito.calls.one("DescribeUserPool").attempts) == 1


class TestResource:
    @evidence("inferred", "a denial names the ARN of one pool, and a policy is for that ARN")
    def test_a_policy_for_one_pool_does_not_allow_another_pool(self, cognito, cognito_pool, cognito_idp, denied):
        other = cognito.create_pool()
        cognito.enforce(policy(allow("DescribeUserPool", cognito_pool.arn)))
        cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        with denied("DescribeUserPool", other.arn):
            cognito_idp.describe_user_pool(UserPoolId=other.id)

    @evidence("inferred", "the ARN is built before any pool is looked up: only the endpoint gives a region")
    def test_the_region_of_the_resource_is_the_region_of_the_endpoint(self, cognito, cognito_pool, denied):
        client = boto3.client("cognito-idp", region_name="eu-west-1")
        cognito.enforce(policy(allow(resource=cognito_pool.arn)))
        with denied("DescribeUserPool", arn(cognito_pool.id, "eu-west-1")):
            client.describe_user_pool(UserPoolId=cognito_pool.id)

    @evidence("inferred", "neither is about a single pool; the facts have no capture of their denial")
    def test_listing_and_creating_pools_need_a_policy_for_all_resources(self, cognito, cognito_idp, denied):
        cognito.enforce(policy(allow(resource=arn("*"))))
        with denied("ListUserPools", "*"):
            cognito_idp.list_user_pools(MaxResults=1)
        with denied("CreateUserPool", "*"):
            cognito_idp.create_user_pool(PoolName="customers")
        cognito.enforce(policy(allow("ListUserPools"), allow("CreateUserPool")))
        cognito_idp.create_user_pool(PoolName="customers")
        assert len(cognito_idp.list_user_pools(MaxResults=9)["UserPools"]) == 1

    @evidence("inferred", "the model: ResourceArn is the ARN of the user pool to tag; no capture of a denial")
    def test_the_resource_of_tag_resource_is_its_resource_arn(self, cognito, cognito_pool, cognito_idp, denied):
        cognito.answer("TagResource", {})
        other = cognito.create_pool()
        cognito.enforce(policy(allow("TagResource", cognito_pool.arn)))
        cognito_idp.tag_resource(ResourceArn=cognito_pool.arn, Tags={"env": "test"})
        with denied("TagResource", other.arn):
            cognito_idp.tag_resource(ResourceArn=other.arn, Tags={"env": "test"})


class TestConditions:
    @evidence("inferred", GLOBAL_KEY)
    @pytest.mark.cognito_pool(UserPoolTags={"Env": "test"})
    def test_a_condition_can_match_the_tags_of_the_pool(self, lets_pass):
        assert lets_pass(StringEquals={"aws:ResourceTag/Env": "test"})
        assert lets_pass(StringEquals={"AWS:resourcetag/env": "test"})
        assert not lets_pass(StringEquals={"aws:ResourceTag/Env": "live"})
        assert not lets_pass(StringEquals={"aws:ResourceTag/Team": "test"})
        assert lets_pass(Null={"aws:ResourceTag/Team": "true"})

    @evidence("inferred", GLOBAL_KEY)
    def test_a_pool_that_does_not_exist_has_no_tags(self, lets_pass, cognito_idp):
        def call():
            cognito_idp.describe_user_pool(UserPoolId="us-east-1_Nowhere")

        assert not lets_pass(call, StringEquals={"aws:ResourceTag/Env": "test"})

    @evidence("inferred", GLOBAL_KEY)
    def test_a_condition_can_match_the_tags_in_the_request(self, lets_pass, cognito_idp):
        def call():
            cognito_idp.create_user_pool(PoolName="customers", UserPoolTags={"Env": "test"})

        assert lets_pass(call, StringEquals={"aws:RequestTag/Env": "test"})
        assert lets_pass(call, StringLike={"aws:RequestTag/env": "t*"})
        assert not lets_pass(call, StringEquals={"aws:RequestTag/Env": "live"})
        assert not lets_pass(call, StringEquals={"aws:ResourceTag/Env": "test"})
        assert not lets_pass(StringEquals={"aws:RequestTag/Env": "test"})

    @evidence("inferred", GLOBAL_KEY)
    def test_a_condition_can_match_the_tags_that_tag_resource_adds(self, lets_pass, cognito, cognito_pool, cognito_idp):
        cognito.answer("TagResource", {})

        def call():
            cognito_idp.tag_resource(ResourceArn=cognito_pool.arn, Tags={"env": "test"})

        assert lets_pass(call, StringEquals={"aws:RequestTag/env": "test"})
        assert not lets_pass(call, StringEquals={"aws:RequestTag/env": "live"})
        assert lets_pass(call, **{"ForAllValues:StringEquals": {"aws:TagKeys": ["env", "team"]}})
        assert not lets_pass(call, **{"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}})

    @evidence("inferred", GLOBAL_KEY)
    @pytest.mark.parametrize(
        ("operation", "parameters"),
        [
            ("TagResource", {"Tags": {"team": "a"}}),
            ("UntagResource", {"TagKeys": ["team"]}),
            ("ListTagsForResource", {}),
        ],
    )
    def test_a_condition_can_match_the_tags_of_a_pool_named_by_its_arn(
        self, lets_pass, cognito, cognito_idp, operation, parameters
    ):
        cognito.answer(operation, {})
        pool = cognito.create_pool(UserPoolTags={"env": "test"})

        def call():
            cognito_idp._make_api_call(operation, {"ResourceArn": pool.arn, **parameters})

        assert lets_pass(call, StringEquals={"aws:ResourceTag/env": "test"})
        assert not lets_pass(call, StringEquals={"aws:ResourceTag/env": "live"})

    @evidence("inferred", "the form of a request is checked after its permission")
    @pytest.mark.parametrize("tags", [5, True, "a", None])
    @pytest.mark.parametrize("member", ["UserPoolTags", "TagKeys", "Tags"])
    def test_malformed_tags_do_not_disturb_the_check_of_permission(self, cognito, member, tags):
        cognito.enforce(policy(allow("CreateUserPool")))
        client = boto3.client("cognito-idp", config=Config(parameter_validation=False))

        def tamper(params, **_kwargs):
            params["body"] = json.dumps({"PoolName": "x", member: tags})

        client.meta.events.register("before-call.cognito-identity-provider", tamper)
        with suppress(client.exceptions.ClientError):
            client.create_user_pool(PoolName="x")
        (call,) = cognito.calls
        assert call.raised is None
        refused = member == "UserPoolTags" and tags is not None
        assert (call.error.code if call.error else None) == ("SerializationException" if refused else None)

    @evidence("inferred", GLOBAL_KEY)
    def test_a_condition_can_match_the_tag_keys_in_the_request(self, lets_pass, cognito_idp):
        def call():
            cognito_idp.create_user_pool(PoolName="customers", UserPoolTags={"env": "test", "team": "a"})

        assert lets_pass(call, **{"ForAllValues:StringEquals": {"aws:TagKeys": ["env", "team", "cost"]}})
        assert not lets_pass(call, **{"ForAllValues:StringEquals": {"aws:TagKeys": ["env"]}})
        assert lets_pass(call, **{"ForAnyValue:StringEquals": {"aws:TagKeys": ["env"]}})
        assert not lets_pass(call, **{"ForAnyValue:StringEquals": {"aws:TagKeys": ["cost"]}})
        assert lets_pass(call, Null={"aws:TagKeys": "false"})
        assert lets_pass(Null={"aws:TagKeys": "true"})

    @evidence("inferred", GLOBAL_KEY)
    def test_a_condition_can_match_the_tag_keys_that_untag_resource_removes(
        self, lets_pass, cognito, cognito_pool, cognito_idp
    ):
        cognito.answer("UntagResource", {})

        def call():
            cognito_idp.untag_resource(ResourceArn=cognito_pool.arn, TagKeys=["env"])

        assert lets_pass(call, **{"ForAnyValue:StringEquals": {"aws:TagKeys": "env"}})
        assert not lets_pass(call, **{"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}})
        assert not lets_pass(call, Null={"aws:RequestTag/env": "false"})

    @evidence("inferred", GLOBAL_KEY)
    def test_a_condition_can_match_the_region_of_the_endpoint(self, lets_pass, cognito):
        pool = cognito.create_pool(Id="eu-west-1_AbCdEf123")
        client = boto3.client("cognito-idp", region_name="eu-west-1")
        assert lets_pass(StringEquals={"aws:RequestedRegion": "us-east-1"})
        assert not lets_pass(StringEquals={"aws:RequestedRegion": "eu-west-1"})
        assert lets_pass(
            lambda: client.describe_user_pool(UserPoolId=pool.id), StringEquals={"aws:RequestedRegion": "eu-west-1"}
        )

    @evidence("inferred", GLOBAL_KEY)
    @pytest.mark.parametrize("key", ["aws:CurrentTime", "aws:EpochTime"])
    def test_a_condition_can_match_the_time(self, lets_pass, cognito, key):
        moment = (cognito.clock.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        assert lets_pass(DateLessThan={key: moment})
        assert not lets_pass(DateGreaterThan={key: moment})
        cognito.clock.advance(hours=2)
        assert lets_pass(DateGreaterThan={key: moment})
        assert not lets_pass(DateLessThan={key: moment})

    @evidence("inferred", GLOBAL_KEY)
    def test_a_condition_can_compare_the_epoch_time_as_a_number(self, lets_pass, cognito):
        now = int(cognito.clock.now().timestamp())
        assert lets_pass(NumericGreaterThanEquals={"aws:EpochTime": now}, NumericLessThan={"aws:EpochTime": now + 600})

    @evidence("inferred", GLOBAL_KEY)
    @pytest.mark.parametrize(
        ("operator", "key", "value", "other"),
        [
            ("StringEquals", "aws:username", "pytest", "ana"),
            ("StringEquals", "aws:PrincipalAccount", "123456789012", "210987654321"),
            ("StringEquals", "aws:ResourceAccount", "123456789012", "210987654321"),
            ("StringEquals", "aws:PrincipalType", "User", "AssumedRole"),
            ("ArnEquals", "aws:PrincipalArn", USER, "arn:aws:iam::123456789012:user/ana"),
            ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/*", "arn:aws:iam::*:role/*"),
            ("Bool", "aws:SecureTransport", "true", "false"),
            ("Bool", "aws:ViaAWSService", "false", "true"),
            ("Bool", "aws:PrincipalIsAWSService", "false", "true"),
        ],
    )
    def test_a_condition_can_match_the_caller_and_the_transport(self, lets_pass, operator, key, value, other):
        assert lets_pass(**{operator: {key: value}})
        assert not lets_pass(**{operator: {key: other}})

    @evidence("inferred", GLOBAL_KEY)
    def test_a_request_without_mfa_has_no_condition_key_for_mfa(self, lets_pass):
        assert not lets_pass(Bool={"aws:MultiFactorAuthPresent": "false"})
        assert lets_pass(BoolIfExists={"aws:MultiFactorAuthPresent": "false"})

    @evidence("inferred", "IAM's evaluation is the same for any service; the facts have no explicit deny")
    @pytest.mark.cognito_pool(UserPoolTags={"env": "live"})
    def test_a_deny_can_have_a_condition(self, cognito, cognito_pool, cognito_idp, refused):
        other = cognito.create_pool(UserPoolTags={"env": "test"})
        cognito.enforce(policy(allow(), deny(StringEquals={"aws:ResourceTag/env": "live"})))
        cognito_idp.describe_user_pool(UserPoolId=other.id)
        with refused("AccessDeniedException"):
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)

    @evidence("inferred", "a policy variable of IAM for any service; the facts say nothing of Cognito")
    def test_a_resource_can_have_the_name_of_the_iam_user_as_a_variable(self, cognito, refused):
        own = policy(allow("DescribeUserPool", arn("us-east-1_${aws:username}")))
        pools = {name: cognito.create_pool(Id=f"us-east-1_{name}") for name in ("ana", "bob")}
        for user, other in [("ana", "bob"), ("bob", "ana")]:
            client = cognito.session(own, user=user).client("cognito-idp")
            client.describe_user_pool(UserPoolId=pools[user].id)
            with refused("AccessDeniedException"):
                client.describe_user_pool(UserPoolId=pools[other].id)


class TestUnsigned:
    @evidence("model", "auth_type none; and a request without a signature has no identity whose policy could be asked")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_a_policy_does_not_restrict_operations_that_need_no_signature(self, cognito, cognito_pool, cognito_idp):
        cognito.enforce(policy(deny()))
        client_id = cognito_pool.client.id
        cognito_idp.sign_up(
            ClientId=client_id,
            Username="ana",
            Password="Passw0rd!",
            UserAttributes=[{"Name": "email", "Value": "ana@example.com"}],
        )
        code = cognito_pool.outbox[-1].code
        cognito_idp.confirm_sign_up(ClientId=client_id, Username="ana", ConfirmationCode=code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "text observed: aws-aspnet-cognito-identity-provider#66, #155; type and status inferred")
    @pytest.mark.parametrize("enforced", [False, True])
    def test_an_unsigned_request_is_refused_where_a_signature_is_needed(self, cognito, cognito_pool, refused, enforced):
        client = boto3.client("cognito-idp", region_name="us-east-1", config=Config(signature_version=UNSIGNED))
        if enforced:
            cognito.enforce(NOTHING)
        with refused("MissingAuthenticationTokenException", "Missing Authentication Token"):
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        call = cognito.calls.one("AdminConfirmSignUp")
        assert (call.caller, call.permission) == ("", None)
        assert call.why == "the application's client does not sign its requests"

    @evidence("model", "auth_type none")
    def test_an_unsigned_request_can_sign_up_a_user(self, cognito_pool):
        client = boto3.client("cognito-idp", region_name="us-east-1", config=Config(signature_version=UNSIGNED))
        client.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"


class TestLambdaFunctions:
    @evidence("inferred", "on Lambda a function has its own role; the facts have no call of a function")
    def test_the_calls_of_a_function_are_not_checked_against_the_policy(self, cognito, cognito_pool, cognito_idp):
        def function(event, _context):
            ids = {"UserPoolId": event["userPoolId"], "Username": event["userName"]}
            cognito_idp.admin_update_user_attributes(**ids, UserAttributes=[{"Name": "name", "Value": "Ana"}])
            return event

        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_pool.on("PostConfirmation", function)
        cognito.enforce(policy(allow("AdminConfirmSignUp")))
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.users["ana"].attributes["name"] == "Ana"

    @evidence("inferred", "on Lambda a function has its own role; the facts have no call of a function")
    def test_the_calls_of_a_function_with_its_own_session_are_checked(
        self, cognito, cognito_pool, cognito_idp, refused
    ):
        role = cognito.session(policy(allow("AdminGetUser")), user="role").client("cognito-idp")
        seen = []

        def function(event, _context):
            ids = {"UserPoolId": event["userPoolId"], "Username": event["userName"]}
            seen.append(role.admin_get_user(**ids)["UserStatus"])
            user = "arn:aws:iam::123456789012:user/role"
            with refused("AccessDeniedException", denial("AdminDisableUser", cognito_pool.arn, user)):
                role.admin_disable_user(**ids)
            seen.append("denied")
            return event

        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_pool.on("PostConfirmation", function)
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert (seen, cognito_pool.users["ana"].enabled) == (["CONFIRMED", "denied"], True)

    @evidence("inferred", "on Lambda a function has its own role; the facts have no call of a function")
    def test_the_call_that_invokes_a_function_is_checked(self, cognito, cognito_pool, cognito_idp, denied):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_pool.on("PostConfirmation", lambda event, _context: event)
        cognito.enforce(NOTHING)
        with denied("AdminConfirmSignUp", cognito_pool.arn):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert not cognito_pool.triggers


@evidence("observed", "anomalyco/guide#336; the status is inferred")
def test_an_unknown_access_key_is_refused(cognito, cognito_pool, refused):
    stranger = Cognito().session().client("cognito-idp")
    with refused("UnrecognizedClientException", "The security token included in the request is invalid."):
        stranger.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    call = cognito.calls.one("AdminConfirmSignUp")
    assert (call.caller, call.permission) == ("", None)
    assert call.why == "the session belongs to another Cognito()"
