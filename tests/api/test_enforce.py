"""Cognito.enforce and Cognito.session: who may do what in a test; and the least policy for the calls it made."""

from __future__ import annotations

import json

import boto3
import pytest

from pytest_cognito_pool import Cognito, Enforcement, Permission, UsageError

USER = "arn:aws:iam::123456789012:user/{}"
NOTHING = {"Version": "2012-10-17", "Statement": []}


def policy(*actions, resource="*"):
    allow = {"Effect": "Allow", "Action": [f"cognito-idp:{action}" for action in actions], "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [allow]}


def may(client, pool):
    """Which of three operations the client may call."""
    calls = {
        "AdminGetUser": lambda: client.admin_get_user(UserPoolId=pool.id, Username="ana"),
        "DescribeUserPool": lambda: client.describe_user_pool(UserPoolId=pool.id),
        "ListUsers": lambda: client.list_users(UserPoolId=pool.id),
    }
    return {name for name, call in calls.items() if outcome(client, call) == "ok"}


def outcome(client, call):
    try:
        call()
    except client.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return "ok"


ALL = {"AdminGetUser", "DescribeUserPool", "ListUsers"}


@pytest.fixture
def pool(cognito_pool):
    cognito_pool.add_user("ana")
    return cognito_pool


class TestEnforce:
    def test_without_it_everything_is_allowed(self, pool, cognito_idp):
        assert may(cognito_idp, pool) == ALL

    def test_as_a_statement_it_holds_until_the_test_ends(self, cognito, pool, cognito_idp):
        assert isinstance(cognito.enforce(policy("ListUsers")), Enforcement)
        assert may(cognito_idp, pool) == may(cognito_idp, pool) == {"ListUsers"}

    @pytest.mark.parametrize("turn", [1, 2])
    def test_it_does_not_outlive_its_test(self, cognito, pool, cognito_idp, turn):
        assert may(cognito_idp, pool) == ALL
        cognito.enforce(NOTHING)

    def test_a_later_one_takes_its_place(self, cognito, pool, cognito_idp):
        cognito.enforce(policy("ListUsers"))
        cognito.enforce(policy("AdminGetUser"))
        assert may(cognito_idp, pool) == {"AdminGetUser"}

    def test_leaving_its_block_everything_is_allowed_again(self, cognito, pool, cognito_idp):
        with cognito.enforce(policy("ListUsers")) as enforcement:
            assert isinstance(enforcement, Enforcement)
            assert may(cognito_idp, pool) == {"ListUsers"}
        assert may(cognito_idp, pool) == ALL

    def test_leaving_its_block_with_an_error_everything_is_allowed_again(self, cognito, pool, cognito_idp):
        with pytest.raises(LookupError), cognito.enforce(NOTHING):
            raise LookupError
        assert may(cognito_idp, pool) == ALL

    def test_leaving_its_block_what_was_before_holds_again(self, cognito, pool, cognito_idp):
        cognito.enforce(policy("ListUsers"))
        with cognito.enforce(policy("AdminGetUser")):
            assert may(cognito_idp, pool) == {"AdminGetUser"}
            with cognito.enforce(policy("DescribeUserPool")):
                assert may(cognito_idp, pool) == {"DescribeUserPool"}
            assert may(cognito_idp, pool) == {"AdminGetUser"}
        assert may(cognito_idp, pool) == {"ListUsers"}

    def test_a_statement_inside_a_block_ends_with_it(self, cognito, pool, cognito_idp):
        with cognito.enforce(policy("AdminGetUser")):
            cognito.enforce(policy("ListUsers"))
            assert may(cognito_idp, pool) == {"ListUsers"}
        assert may(cognito_idp, pool) == ALL

    def test_a_block_entered_again_enforces_again(self, cognito, pool, cognito_idp):
        enforced = cognito.enforce(policy("ListUsers"))
        cognito.enforce(policy("AdminGetUser"))
        for _ in range(2):
            with enforced:
                assert may(cognito_idp, pool) == {"ListUsers"}
            assert may(cognito_idp, pool) == {"AdminGetUser"}

    def test_an_account_that_is_left_enforces_nothing_when_it_is_entered_again(self, keys):
        cognito, client = Cognito(region="us-east-1"), boto3.client("cognito-idp", **keys)
        with cognito:
            pool = cognito.create_pool()
            pool.add_user("ana")
            cognito.enforce(policy("ListUsers"))
            cognito.fail("ListUsers", "TooManyRequestsException", optional=True)
        with cognito:
            assert cognito.faults == []
            assert may(client, pool) == {"AdminGetUser", "DescribeUserPool", "ListUsers"}

    def test_it_takes_json_text(self, cognito, pool, cognito_idp):
        cognito.enforce(json.dumps(policy("ListUsers"), indent=2))
        assert may(cognito_idp, pool) == {"ListUsers"}

    @pytest.mark.parametrize("typed", [str, lambda path: path])
    def test_it_takes_a_path(self, cognito, pool, cognito_idp, tmp_path, typed):
        path = tmp_path / "worker.json"
        path.write_text(json.dumps(policy("ListUsers")))
        cognito.enforce(typed(path))
        assert may(cognito_idp, pool) == {"ListUsers"}

    def test_a_dict_changed_later_changes_nothing(self, cognito, pool, cognito_idp):
        given = policy("ListUsers")
        cognito.enforce(given)
        given["Statement"][0]["Action"].append("cognito-idp:AdminGetUser")
        assert may(cognito_idp, pool) == {"ListUsers"}

    def test_what_is_no_policy_leaves_the_one_that_holds(self, cognito, pool, cognito_idp):
        cognito.enforce(policy("ListUsers"))
        with pytest.raises(UsageError) as caught:
            cognito.enforce({"Statement": 5})
        assert str(caught.value) == "the policy: Statement is 5, not a list of statements"
        assert may(cognito_idp, pool) == {"ListUsers"}

    def test_it_is_for_every_client_and_every_pool(self, cognito, pool):
        other = cognito.create_pool()
        other.add_user("ana")
        client = boto3.client("cognito-idp", "us-east-1", aws_access_key_id="mine", aws_secret_access_key="secret")
        cognito.enforce(policy("ListUsers"))
        assert may(client, pool) == may(client, other) == {"ListUsers"}

    def test_it_is_for_its_own_account_only(self, cognito, pool, cognito_idp):
        cognito.enforce(NOTHING)
        with Cognito(account="210987654321") as other:
            inner = other.create_pool()
            inner.add_user("ana")
            assert may(cognito_idp, inner) == ALL
            assert may(cognito_idp, pool) == set()

    def test_why_is_told_of_the_call(self, cognito, pool, cognito_idp):
        cognito.enforce(policy("ListUsers", resource=f"{pool.arn}2"))
        assert may(cognito_idp, pool) == set()
        assert [(call.operation, call.why) for call in cognito.calls] == [
            ("AdminGetUser", "no statement of the policy allows it"),
            ("DescribeUserPool", "no statement of the policy allows it"),
            ("ListUsers", "no statement of the policy allows it; statement 1 would if its Resource matched"),
        ]


class TestSession:
    def test_several_callers_each_with_a_policy_of_their_own(self, cognito, pool, cognito_idp):
        reader = cognito.session(policy("ListUsers"), user="reader").client("cognito-idp")
        clerk = cognito.session(policy("AdminGetUser"), user="clerk").client("cognito-idp")
        cognito.enforce(policy("DescribeUserPool"))
        assert may(reader, pool) == {"ListUsers"}
        assert may(clerk, pool) == {"AdminGetUser"}
        assert may(cognito_idp, pool) == {"DescribeUserPool"}
        assert [call.caller for call in pool.calls[::3]] == [
            USER.format(name) for name in ("reader", "clerk", "pytest")
        ]

    def test_without_a_policy_everything_is_allowed(self, cognito, pool):
        cognito.enforce(NOTHING)
        assert may(cognito.session().client("cognito-idp"), pool) == ALL
        assert pool.calls[0].caller == USER.format("worker")

    def test_it_takes_json_text_and_a_path(self, cognito, pool, tmp_path):
        path = tmp_path / "worker.json"
        path.write_text(json.dumps(policy("ListUsers")))
        for given in (path, str(path), path.read_text()):
            assert may(cognito.session(given).client("cognito-idp"), pool) == {"ListUsers"}

    def test_users_of_the_same_name_have_policies_of_their_own(self, cognito, pool):
        first = cognito.session(policy("ListUsers")).client("cognito-idp")
        second = cognito.session(policy("AdminGetUser")).client("cognito-idp")
        assert may(first, pool) == {"ListUsers"}
        assert may(second, pool) == {"AdminGetUser"}

    def test_it_is_in_the_region_of_the_pools(self):
        with Cognito(region="eu-west-1") as cognito:
            session = cognito.session()
            assert isinstance(session, boto3.Session)
            assert session.region_name == session.client("cognito-idp").meta.region_name == "eu-west-1"

    def test_its_clients_for_other_regions_are_theirs_too(self, cognito):
        pool = cognito.create_pool(Id="eu-west-1_AbCdEf123")
        pool.add_user("ana")
        client = cognito.session(policy("ListUsers"), user="reader").client("cognito-idp", region_name="eu-west-1")
        assert may(client, pool) == {"ListUsers"}
        assert pool.calls[0].caller == USER.format("reader")

    def test_a_client_with_keys_given_to_it_is_theirs_all_the_same(self, cognito, pool):
        session = cognito.session(policy("ListUsers"), user="reader")
        client = session.client("cognito-idp", aws_access_key_id="mine", aws_secret_access_key="secret")
        assert may(client, pool) == {"ListUsers"}

    def test_the_caller_of_operations_without_signature_is_nobody(self, cognito, pool):
        client = cognito.session(NOTHING).client("cognito-idp")
        client.sign_up(ClientId=pool.client.id, Username="bob", Password="Passw0rd!")
        call = pool.calls.one("SignUp")
        assert (call.caller, call.permission) == ("", None)

    def test_under_another_fake_nobody_knows_them(self, cognito, pool):
        client = cognito.session().client("cognito-idp")
        with Cognito(account="210987654321") as other:
            inner = other.create_pool(Id="us-east-1_Inner")
            assert outcome(client, lambda: client.list_users(UserPoolId=inner.id)) == "UnrecognizedClientException"
            assert outcome(client, lambda: client.list_users(UserPoolId=pool.id)) == "ok"
            assert other.calls[0].why == "the session belongs to another Cognito()"
        assert outcome(client, lambda: client.list_users(UserPoolId=pool.id)) == "ok"

    def test_a_call_of_theirs_that_names_no_pool_reaches_the_account_that_made_them(self, cognito):
        client = cognito.session().client("cognito-idp")
        with Cognito() as inner:
            assert client.list_user_pools(MaxResults=1)["UserPools"] == []
        assert inner.calls == []
        assert cognito.calls.operations == ["ListUserPools"]

    @pytest.mark.parametrize("user", ["a", "ana.b@example.com", "a_b+c=d,e-f", "a" * 64])
    def test_their_name_is_in_their_arn(self, cognito, pool, user):
        cognito.session(user=user).client("cognito-idp").list_users(UserPoolId=pool.id)
        assert pool.calls[0].caller == USER.format(user)

    @pytest.mark.parametrize(
        ("user", "at_most"),
        [
            ("", ""),
            ("a b", ""),
            ("team/ana", ""),
            ("ana\n", ""),
            (5, ""),
            (None, ""),
            ("a" * 65, ", with at most 64 characters"),
        ],
    )
    def test_a_name_that_no_user_can_have(self, cognito, user, at_most):
        with pytest.raises(UsageError) as caught:
            cognito.session(user=user)
        assert str(caught.value) == f"invalid name of an IAM user {user!r}; a valid one is 'worker'{at_most}"
        assert caught.value.typed == user

    def test_what_is_no_policy(self, cognito):
        with pytest.raises(UsageError) as caught:
            cognito.session({})
        assert str(caught.value) == "the policy has no Statement"


class TestPermission:
    def test_of_a_call_it_is_the_action_and_the_arn(self, pool, cognito_idp):
        cognito_idp.list_users(UserPoolId=pool.id)
        assert pool.calls[0].permission == Permission("cognito-idp:ListUsers", pool.arn)
        assert pool.calls[0].caller == USER.format("pytest")

    def test_of_what_is_about_no_one_pool_it_is_a_star(self, cognito, cognito_idp):
        cognito_idp.list_user_pools(MaxResults=1)
        assert cognito.calls[0].permission == Permission("cognito-idp:ListUserPools", "*")

    def test_of_what_needs_no_signature_there_is_none(self, pool, cognito_idp):
        cognito_idp.sign_up(ClientId=pool.client.id, Username="bob", Password="Passw0rd!")
        assert (pool.calls[0].permission, pool.calls[0].caller) == (None, "")

    def test_of_a_denied_call_it_is_what_was_missing(self, cognito, pool, cognito_idp):
        cognito.enforce(NOTHING)
        assert outcome(cognito_idp, lambda: cognito_idp.list_users(UserPoolId=pool.id)) == "AccessDeniedException"
        assert pool.calls[0].permission == Permission("cognito-idp:ListUsers", pool.arn)

    def test_its_account_is_that_of_the_fake(self):
        with Cognito(account="210987654321") as cognito:
            pool = cognito.create_pool(Id="us-east-1_Pool")
            cognito.session(user="ana").client("cognito-idp").list_users(UserPoolId=pool.id)
            call = cognito.calls[0]
        assert call.permission.resource == "arn:aws:cognito-idp:us-east-1:210987654321:userpool/us-east-1_Pool"
        assert call.caller == "arn:aws:iam::210987654321:user/ana"


class TestLeastPolicy:
    def test_of_no_calls(self, cognito, cognito_pool):
        assert cognito.calls.policy() == cognito_pool.calls.policy() == NOTHING

    def test_it_has_a_statement_for_each_resource_both_in_order(self, cognito, pool, cognito_idp):
        other = cognito.create_pool(Id="us-east-1_Other")
        cognito_idp.list_users(UserPoolId=pool.id)
        cognito_idp.list_user_pools(MaxResults=1)
        cognito_idp.admin_get_user(UserPoolId=pool.id, Username="ana")
        cognito_idp.list_users(UserPoolId=other.id)
        cognito_idp.list_users(UserPoolId=pool.id)
        assert cognito.calls.policy() == {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Action": ["cognito-idp:ListUserPools"], "Resource": "*"},
                {"Effect": "Allow", "Action": ["cognito-idp:ListUsers"], "Resource": other.arn},
                {
                    "Effect": "Allow",
                    "Action": ["cognito-idp:AdminGetUser", "cognito-idp:ListUsers"],
                    "Resource": pool.arn,
                },
            ],
        }
        assert json.loads(json.dumps(cognito.calls.policy())) == cognito.calls.policy()

    def test_of_a_pool_it_is_for_its_own_calls(self, cognito, pool, cognito_idp):
        other = cognito.create_pool()
        cognito_idp.list_users(UserPoolId=pool.id)
        cognito_idp.list_users(UserPoolId=other.id)
        assert pool.calls.policy() == policy("ListUsers", resource=pool.arn)
        assert other.calls.policy() == policy("ListUsers", resource=other.arn)

    def test_of_some_calls_it_is_for_these(self, pool, cognito_idp):
        may(cognito_idp, pool)
        assert pool.calls.of("ListUsers").policy() == policy("ListUsers", resource=pool.arn)

    def test_what_needs_no_signature_needs_no_policy(self, pool, cognito_idp):
        cognito_idp.sign_up(ClientId=pool.client.id, Username="bob", Password="Passw0rd!")
        assert pool.calls.policy() == NOTHING

    def test_what_functions_call_is_left_out(self, cognito, pool, cognito_idp):
        role = cognito.session(user="role").client("cognito-idp")

        def function(event, _context):
            cognito_idp.list_users(UserPoolId=event["userPoolId"])
            role.describe_user_pool(UserPoolId=event["userPoolId"])
            return event

        pool.add_user("bob", status="UNCONFIRMED")
        pool.on("PostConfirmation", function)
        cognito_idp.admin_confirm_sign_up(UserPoolId=pool.id, Username="bob")
        assert pool.calls.operations == ["AdminConfirmSignUp", "ListUsers", "DescribeUserPool"]
        assert pool.calls.policy() == policy("AdminConfirmSignUp", resource=pool.arn)

    def test_calls_that_were_refused_are_in_it(self, cognito, pool, cognito_idp):
        with cognito.enforce(policy("ListUsers")):
            may(cognito_idp, pool)
        code = outcome(cognito_idp, lambda: cognito_idp.admin_enable_user(UserPoolId=pool.id, Username="nobody"))
        assert code == "UserNotFoundException"
        actions = ("AdminEnableUser", "AdminGetUser", "DescribeUserPool", "ListUsers")
        assert pool.calls.policy() == policy(*actions, resource=pool.arn)

    def test_calls_of_all_callers_are_in_it(self, cognito, pool, cognito_idp):
        cognito_idp.list_users(UserPoolId=pool.id)
        cognito.session().client("cognito-idp").admin_get_user(UserPoolId=pool.id, Username="ana")
        assert pool.calls.policy() == policy("AdminGetUser", "ListUsers", resource=pool.arn)

    def test_of_one_caller_it_is_for_their_calls(self, cognito, pool, cognito_idp):
        cognito_idp.list_users(UserPoolId=pool.id)
        cognito.session(user="clerk").client("cognito-idp").admin_get_user(UserPoolId=pool.id, Username="ana")
        assert pool.calls.policy(user="clerk") == policy("AdminGetUser", resource=pool.arn)
        assert pool.calls.policy(user="pytest") == policy("ListUsers", resource=pool.arn)
        with pytest.raises(UsageError) as caught:
            pool.calls.policy(user="lerk")
        assert str(caught.value) == "no call was made by the IAM user 'lerk'; did you mean 'clerk'?"

    def test_enforced_it_allows_the_same_calls_and_no_other(self, cognito, pool, cognito_idp):
        def scenario():
            cognito_idp.list_user_pools(MaxResults=1)
            cognito_idp.admin_get_user(UserPoolId=pool.id, Username="ana")
            cognito_idp.list_users(UserPoolId=pool.id)

        other = cognito.create_pool()
        scenario()
        least = cognito.calls.policy()
        cognito.enforce(least)
        scenario()
        assert cognito.calls.policy() == least
        assert may(cognito_idp, pool) == {"AdminGetUser", "ListUsers"}
        assert may(cognito_idp, other) == set()
