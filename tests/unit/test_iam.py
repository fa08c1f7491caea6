"""Whether a policy allows a request, and what the author of a test is told where it does not."""

from __future__ import annotations

import contextlib
from time import process_time

import pytest

from pytest_cognito_pool import Permission
from pytest_cognito_pool._api.checks import policies
from pytest_cognito_pool._service.errors.service_error import ServiceError

ANA = "arn:aws:iam::123456789012:user/ana"
POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1"
OTHER = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Other"
CONFIRM = "cognito-idp:AdminConfirmSignUp"
KEYS = {"aws:username": ["ana"], "aws:requestedregion": ["us-east-1"]}


def statement(effect="Allow", **elements):
    if not {"Action", "NotAction"} & {*elements}:
        elements["Action"] = "cognito-idp:*"
    if not {"Resource", "NotResource"} & {*elements}:
        elements["Resource"] = "*"
    return {"Effect": effect, **elements}


def check(*statements, action=CONFIRM, resource=POOL):
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    policies.read(document).check(Permission(action, resource), KEYS, ANA)


def allows(*statements, **needed):
    with contextlib.suppress(ServiceError):
        check(*statements, **needed)
        return True
    return False


def why(*statements, **needed):
    with pytest.raises(ServiceError) as caught:
        check(*statements, **needed)
    return caught.value.why


ALLOW, DENY = statement("Allow"), statement("Deny")
HERE = {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}
ELSEWHERE = {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], False),
        ([ALLOW], True),
        ([DENY], False),
        ([ALLOW, DENY], False),
        ([DENY, ALLOW], False),
        ([ALLOW, ALLOW], True),
        ([statement(Resource=OTHER), ALLOW], True),
        ([ALLOW, statement(Resource=OTHER)], True),
        ([statement(Resource=OTHER), statement(Action="s3:*")], False),
        ([ALLOW, statement("Deny", Resource=OTHER)], True),
        ([ALLOW, statement("Deny", Action="cognito-idp:AdminDeleteUser")], True),
        ([statement("Deny", Resource=OTHER)], False),
        ([ALLOW, statement("Deny", Condition=HERE)], False),
        ([ALLOW, statement("Deny", Condition=ELSEWHERE)], True),
        ([statement(Condition=HERE)], True),
        ([statement(Condition=ELSEWHERE)], False),
    ],
)
def test_a_deny_wins_and_what_nothing_allows_is_denied(statements, expected):
    assert allows(*statements) is expected


def test_statements_that_allow_the_action_and_the_resource_apart_do_not_allow_both():
    assert not allows(statement(Resource=OTHER), statement(Action="cognito-idp:AdminGetUser"))


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        (CONFIRM, True),
        ("cognito-idp:adminconfirmsignup", True),
        ("COGNITO-IDP:ADMINCONFIRMSIGNUP", True),
        ("cognito-idp:Admin*", True),
        ("cognito-idp:admin*", True),
        ("cognito-idp:*SignUp", True),
        ("cognito-idp:Admin?onfirmSignUp", True),
        ("cognito-*:AdminConfirmSignUp", True),
        ("*", True),
        ("*:*", True),
        ("cognito-idp:ConfirmSignUp", False),
        ("cognito-idp:AdminConfirmSignU", False),
        ("cognito-idp:AdminConfirmSignUp?", False),
        ("cognito-identity:*", False),
        ("cognito-idp:${aws:userid, 'AdminConfirmSignUp'}", False),
        (["cognito-idp:AdminGetUser", CONFIRM], True),
        (["cognito-idp:AdminGetUser", "cognito-idp:AdminDeleteUser"], False),
    ],
)
def test_actions_are_those_named_whatever_their_case_and_not_actions_all_others(actions, expected):
    assert allows(statement(Action=actions)) is expected
    assert allows(statement(NotAction=actions)) is not expected


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        (POOL, True),
        ("*", True),
        ("arn:aws:cognito-idp:us-east-1:123456789012:userpool/*", True),
        ("arn:aws:cognito-idp:*:123456789012:userpool/us-east-1_TestPool?", True),
        ("arn:aws:cognito-idp:*:*:userpool/*", True),
        # Documented: a star that ends a text goes beyond colons.
        ("arn:aws:cognito-idp:*", True),
        ("arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_testpool1", False),
        ("arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool", False),
        ("arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1?", False),
        ("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/*", False),
        ("arn:aws:cognito-idp:us-east-1:210987654321:userpool/*", False),
        (OTHER, False),
        ([OTHER, POOL], True),
        ([OTHER, "arn:aws:s3:::files"], False),
    ],
)
def test_resources_are_those_named_in_that_case_and_not_resources_all_others(resources, expected):
    assert allows(statement(Resource=resources)) is expected
    assert allows(statement(NotResource=resources)) is not expected


@pytest.mark.parametrize(
    "elements",
    [
        {"Resource": "arn:aws:cognito-idp:*:*:userpool/" + "*" * 20 + "b"},
        {"Resource": "arn:aws:cognito-idp:*:*:userpool/" + "*a" * 8 + "*b"},
        {"Resource": "arn:*a*a*b"},
        {"Action": "cognito-idp:*" + "?*" * 10 + "x"},
        {"Condition": {"StringLike": {"aws:username": "*" + "?*" * 10 + "x"}}},
        {"Condition": {"StringNotLike": {"aws:username": "*" + "?*" * 10 + "a"}}},
    ],
)
def test_no_wildcards_take_long(elements):
    long = "a" * 100_000
    before = process_time()
    document = {"Version": "2012-10-17", "Statement": [statement(**elements)]}
    with pytest.raises(ServiceError, match="AccessDeniedException"):
        policies.read(document).check(
            Permission(f"cognito-idp:{long}", f"arn:aws:cognito-idp:us-east-1:1:userpool/{long}"),
            {"aws:username": [long]},
            ANA,
        )
    assert process_time() - before < 1


def test_a_resource_may_hold_variables():
    mine = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/${aws:username}-*"
    own = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/ana-1"
    assert allows(statement(Resource=mine), resource=own)
    assert not allows(statement(Resource=mine), resource=own.replace("ana", "bob"))


@pytest.mark.parametrize(("resource", "expected"), [("*", True), (POOL, False), ("arn:*", False)])
def test_what_is_about_no_one_pool_needs_a_star(resource, expected):
    assert allows(statement(Resource=resource), resource="*") is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"StringEquals": {}}, True),
        ({"StringEquals": {"aws:username": "ana", "aws:RequestedRegion": "us-east-1"}}, True),
        ({"StringEquals": {"aws:username": "bob", "aws:RequestedRegion": "us-east-1"}}, False),
        ({"StringEquals": {"aws:username": ["bob", "ana"]}}, True),
        ({"StringEquals": {"aws:username": "ana"}, "StringLike": {"aws:RequestedRegion": "us-*"}}, True),
        ({"StringEquals": {"aws:username": "ana"}, "StringLike": {"aws:RequestedRegion": "eu-*"}}, False),
        ({"StringEquals": {"aws:SourceVpc": "vpc-1"}}, False),
        ({"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}, True),
    ],
)
def test_a_statement_applies_where_each_of_its_conditions_holds(condition, expected):
    assert allows(statement("Allow", Condition=condition)) is expected
    assert allows(ALLOW, statement("Deny", Condition=condition)) is not expected


def test_what_the_application_is_told_of_an_implicit_denial():
    with pytest.raises(ServiceError) as caught:
        check()
    assert (caught.value.code, caught.value.status) == ("AccessDeniedException", 400)
    assert caught.value.message == (
        f"User: {ANA} is not authorized to perform: cognito-idp:AdminConfirmSignUp on resource: {POOL} "
        "because no identity-based policy allows the cognito-idp:AdminConfirmSignUp action"
    )


def test_an_explicit_denial_is_of_the_same_type_and_status():
    with pytest.raises(ServiceError) as caught:
        check(ALLOW, DENY)
    assert (caught.value.code, caught.value.status) == ("AccessDeniedException", 400)


NOTHING = "no statement of the policy allows it"
FAR = {
    "Action": "cognito-idp:AdminGetUser",
    "Resource": OTHER,
    "Condition": {"StringEquals": {"aws:username": "bob"}},
}


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        ([], NOTHING),
        ([statement(Action="cognito-idp:AdminGetUser")], NOTHING),
        ([statement(NotAction=CONFIRM)], NOTHING),
        ([statement(**FAR)], NOTHING),
        ([statement("Deny", Resource=OTHER)], NOTHING),
        ([statement(Resource=OTHER)], f"{NOTHING}; statement 1 would if its Resource matched"),
        ([statement(NotResource=POOL)], f"{NOTHING}; statement 1 would if its NotResource matched"),
        (
            [statement(Sid="Confirming", Resource=OTHER)],
            f"{NOTHING}; statement 1 'Confirming' would if its Resource matched",
        ),
        (
            [statement(Condition=ELSEWHERE)],
            (
                f"{NOTHING}; statement 1 would if its "
                "Condition StringEquals aws:RequestedRegion (it is 'us-east-1') matched"
            ),
        ),
        (
            [statement(Condition={"StringEquals": {"aws:usernme": "ana"}})],
            f"{NOTHING}; statement 1 would if its Condition StringEquals aws:usernme (it is absent) matched",
        ),
        (
            [statement(Condition={"Null": {"aws:username": "true"}})],
            f"{NOTHING}; statement 1 would if its Condition Null aws:username (it is 'ana') matched",
        ),
        (
            [
                statement(
                    Resource=OTHER, Condition={**ELSEWHERE, "ForAnyValue:StringLikeIfExists": {"AWS:UserName": "b*"}}
                )
            ],
            (
                f"{NOTHING}; statement 1 would if its Resource, Condition StringEquals aws:RequestedRegion "
                "(it is 'us-east-1'), Condition ForAnyValue:StringLikeIfExists AWS:UserName (it is 'ana') matched"
            ),
        ),
        (
            [
                statement(**FAR),
                statement(Resource=OTHER),
                statement("Deny", Condition=ELSEWHERE),
                statement(Sid="There", Condition=ELSEWHERE),
            ],
            (
                f"{NOTHING}; statement 2 would if its Resource matched; "
                "statement 4 'There' would if its "
                "Condition StringEquals aws:RequestedRegion (it is 'us-east-1') matched"
            ),
        ),
        (
            [statement(Action=["cognito-idp:AdminGetUser", "cognito-idp:AdminConfirmSinUp"])],
            f"{NOTHING}; statement 1 has 'AdminConfirmSinUp', which is not an operation",
        ),
        ([statement(Action=["s3:AdminConfirmSinUp", "cognito-idp:AdminConfirmSinU?"])], NOTHING),
        ([statement(Action="cognito-idp:GetWebACLForResource")], NOTHING),
        ([DENY], "statement 1 denies it"),
        ([ALLOW, statement(Resource=OTHER), DENY], "statement 3 denies it"),
        ([statement("Deny", Sid="Nobody"), ALLOW, DENY], "statement 1 'Nobody' denies it"),
        ([statement("Deny", Condition=ELSEWHERE), statement("Deny", Condition=HERE)], "statement 2 denies it"),
    ],
)
def test_why(statements, told):
    assert why(*statements) == told
