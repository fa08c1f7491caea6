"""`cognito_pool.add_group` and `cognito_pool.groups`."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import UsageError

ROLE = "arn:aws:iam::123456789012:role/pro"


def told(function, *args, **given):
    with pytest.raises(UsageError) as caught:
        function(*args, **given)
    return str(caught.value)


def test_a_group_is_added_silently(cognito, cognito_pool, cognito_idp):
    ana = cognito_pool.add_user("ana")
    group = cognito_pool.add_group("pro", description="paid", precedence=1, role_arn=ROLE, users=["ana"])
    assert (group.name, group.description, group.precedence, group.role_arn) == ("pro", "paid", 1, ROLE)
    assert group.users == [ana]
    assert ana.groups == ["pro"]
    assert cognito.calls == []
    described = cognito_idp.get_group(UserPoolId=cognito_pool.id, GroupName="pro")["Group"]
    assert (described["Description"], described["Precedence"], described["RoleArn"]) == ("paid", 1, ROLE)


def test_a_group_without_settings(cognito_pool):
    group = cognito_pool.add_group("pro")
    assert (group.description, group.precedence, group.role_arn, group.users) == (None, None, None, [])


@pytest.mark.cognito_pool(UsernameAttributes=["email"])
def test_members_by_any_name(cognito_pool):
    ana = cognito_pool.add_user("ana@example.com")
    assert cognito_pool.add_group("pro", users=["ana@example.com"]).users == [ana]


def test_the_groups_are_a_mapping(cognito_pool):
    assert not cognito_pool.groups
    pro, free = cognito_pool.add_group("pro"), cognito_pool.add_group("free")
    assert list(cognito_pool.groups) == ["pro", "free"]
    assert len(cognito_pool.groups) == 2
    assert cognito_pool.groups["pro"] == pro != free
    assert hash(cognito_pool.groups["pro"]) == hash(pro)
    assert "basic" not in cognito_pool.groups
    assert 5 not in cognito_pool.groups
    assert repr(cognito_pool.groups) == "<Groups ['pro', 'free']>"
    assert repr(pro) == "<Group 'pro' of 0>"


def test_groups_that_the_application_made(cognito_pool, cognito_idp):
    cognito_idp.create_group(UserPoolId=cognito_pool.id, GroupName="pro")
    assert cognito_pool.groups["pro"].name == "pro"


def test_an_unknown_group_is_named_with_those_that_exist(cognito_pool):
    cognito_pool.add_group("pro")
    with pytest.raises(KeyError) as caught:
        _ = cognito_pool.groups["por"]
    assert str(caught.value) == "no group of us-east-1_TestPool1 has the name 'por'; existing groups: ['pro']"


def test_what_is_refused_adds_nothing(cognito_pool):
    cognito_pool.add_group("pro")
    assert told(cognito_pool.add_group, "pro") == (
        "Cognito refuses that: GroupExistsException: A group with the name already exists\nthe group 'pro' exists"
    )
    assert told(cognito_pool.add_group, "free", users=["ana"]) == (
        "no user of us-east-1_TestPool1 has the name 'ana'; it has no users"
    )
    assert told(cognito_pool.add_group, "free", users="ana") == (
        "users must be a list of names, not 'ana'; did you mean ['ana']?"
    )
    assert told(cognito_pool.add_group, "free", users=5) == "users must be a list of names, not 5"
    assert "Invalid type for parameter Precedence, value: first" in told(
        cognito_pool.add_group, "free", precedence="first"
    )
    assert "cognito_pool_account" in told(cognito_pool.add_group, "free", role_arn=ROLE.replace("1234", "9999"))
    assert list(cognito_pool.groups) == ["pro"]


def test_groups_go_with_a_snapshot(cognito, cognito_pool):
    with cognito.rollback():
        cognito_pool.add_group("pro")
    assert list(cognito_pool.groups) == []
