"""Groups and who is in them: facts/lifecycle.md D, facts/sign-in.md 9."""

from __future__ import annotations

import threading

import boto3
import pytest

from pytest_cognito_pool import UsageError
from pytest_cognito_pool._service import paging

evidence = pytest.mark.evidence
ROLE = "arn:aws:iam::123456789012:role/staff"
NOT_FOUND = "Group not found."
NO_USER = "User does not exist."
EXISTS = "A group with the name already exists"


@pytest.fixture
def groups(cognito_pool, cognito_idp):
    """The operations, by their names in boto3, on the test's pool and without the reply's metadata."""

    class Operations:
        def __getattr__(self, name):
            def call(**given):
                reply = getattr(cognito_idp, name)(**{"UserPoolId": cognito_pool.id, **given})
                assert reply.pop("ResponseMetadata")["HTTPStatusCode"] == 200
                return reply

            return call

    return Operations()


@pytest.fixture
def create(groups):
    def create(name="staff", **given):
        return groups.create_group(GroupName=name, **given)["Group"]

    return create


def names(reply):
    return [group["GroupName"] for group in reply["Groups"]]


def usernames(reply):
    return [user["Username"] for user in reply["Users"]]


class TestCreateGroup:
    @evidence("documented", "lifecycle.md D: optional members absent")
    def test_the_reply_is_the_group(self, create, cognito_pool):
        group = create()
        assert group == {
            "GroupName": "staff",
            "UserPoolId": cognito_pool.id,
            "LastModifiedDate": group["CreationDate"],
            "CreationDate": group["CreationDate"],
        }

    @evidence("model", "CreateGroup: Description, RoleArn and Precedence")
    @pytest.mark.parametrize(
        "given",
        [
            {"Description": "those who work here", "RoleArn": ROLE, "Precedence": 5},
            {"Precedence": 0},
            {"Description": ""},
        ],
    )
    def test_the_reply_has_the_settings_as_given(self, create, given):
        group = create(**given)
        shown = ("Description", "RoleArn", "Precedence")
        assert {name: group[name] for name in shown if name in group} == given

    @evidence("observed", "aws-amplify/amplify-backend#1781: names clash whatever the case of their letters")
    @pytest.mark.parametrize("name", ["ADMINS", "Admins", "admins"])
    def test_a_name_that_differs_only_in_case_is_taken(self, create, groups, cognito_pool, refused, name):
        create("ADMINS", Precedence=1)
        with refused("GroupExistsException", EXISTS):
            create(name, Precedence=2)
        assert cognito_pool.calls[-1].why == "the group 'ADMINS' exists"
        (group,) = groups.list_groups()["Groups"]
        assert (group["GroupName"], group["Precedence"]) == ("ADMINS", 1)

    @evidence("inferred", "a group belongs to one pool")
    def test_two_pools_may_have_groups_with_the_same_name(self, create, cognito, cognito_idp):
        create()
        other = cognito.create_pool()
        group = cognito_idp.create_group(UserPoolId=other.id, GroupName="staff")["Group"]
        assert group["UserPoolId"] == other.id

    @evidence("observed", "cdk-preflight 2026-09; on UpdateGroup inferred")
    def test_a_role_of_another_account_is_refused(self, create, cognito_pool, cognito_idp, refused):
        role = "arn:aws:iam::210987654321:role/staff"
        with refused("InvalidParameterException", "Cross-account pass role is not allowed."):
            create(RoleArn=role)
        assert cognito_pool.calls[-1].why == (
            f"RoleArn={role!r}; the pool is in the account 123456789012 (ini: cognito_pool_account)"
        )
        group = create()
        with refused("InvalidParameterException", "Cross-account pass role is not allowed."):
            cognito_idp.update_group(UserPoolId=cognito_pool.id, GroupName=group["GroupName"], RoleArn=role)

    @evidence("model", "RoleArn's pattern")
    def test_a_role_that_is_not_an_arn_is_refused(self, create, groups, refused):
        with refused("InvalidParameterException"):
            create(RoleArn="a role without an ARN")
        assert groups.list_groups() == {"Groups": []}

    @evidence("inferred", "only one of several callers creates the group")
    def test_only_one_of_many_simultaneous_creations_of_a_group_succeeds(self, cognito_pool, cognito_idp):
        start, ends = threading.Barrier(8), []

        def make(number):
            start.wait()
            try:
                cognito_idp.create_group(UserPoolId=cognito_pool.id, GroupName="staff", Precedence=number)
            except cognito_idp.exceptions.GroupExistsException:
                ends.append("refused")
            else:
                ends.append("made")

        threads = [threading.Thread(target=make, args=[number]) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(ends) == ["made"] + ["refused"] * 7


class TestGetGroup:
    @evidence("model", "GetGroup returns the group")
    def test_a_group_is_described_as_it_was_created(self, create, groups):
        group = create(Description="those who work here", RoleArn=ROLE, Precedence=5)
        assert groups.get_group(GroupName="staff") == {"Group": group}

    @evidence("inferred", "observed only that names clash whatever their case; a look-up compares them exactly")
    def test_a_name_in_another_case_finds_no_group(self, create, groups, cognito_pool, refused):
        create("Staff")
        with refused("ResourceNotFoundException", NOT_FOUND):
            groups.get_group(GroupName="staff")
        assert cognito_pool.calls[-1].why == "existing groups: ['Staff']"


class TestUpdateGroup:
    @evidence("inferred", "the model's `updates any of the properties`; whether it replaces or merges is not known")
    def test_the_given_settings_change_and_the_others_stay(self, create, groups, cognito):
        group = create(Description="those who work here", RoleArn=ROLE, Precedence=5)
        cognito.clock.advance(hours=1)
        updated = groups.update_group(GroupName="staff", Precedence=0)["Group"]
        assert updated == group | {"Precedence": 0, "LastModifiedDate": updated["LastModifiedDate"]}
        assert (updated["LastModifiedDate"] - group["LastModifiedDate"]).total_seconds() == pytest.approx(3600, abs=60)
        assert groups.get_group(GroupName="staff") == {"Group": updated}

    @evidence("model", "UpdateGroup: Description, RoleArn and Precedence")
    def test_the_description_and_role_and_precedence_can_be_set_later(self, create, groups):
        create()
        given = {"Description": "those who work here", "RoleArn": ROLE, "Precedence": 5}
        updated = groups.update_group(GroupName="staff", **given)["Group"]
        assert {name: updated[name] for name in given} == given

    @evidence("inferred", "members are not a property of the group")
    def test_the_members_of_the_group_stay(self, create, groups, cognito_pool):
        create()
        cognito_pool.add_user("ana", groups=["staff"])
        groups.update_group(GroupName="staff", Precedence=5)
        assert cognito_pool.users["ana"].groups == ["staff"]


class TestDeleteGroup:
    @evidence("model", "DeleteGroup has no output")
    def test_the_group_is_deleted_and_its_members_stay_users(self, create, groups, cognito_pool, refused):
        create()
        cognito_pool.add_user("ana", groups=["staff", "editors"])
        assert groups.delete_group(GroupName="staff") == {}
        with refused("ResourceNotFoundException", NOT_FOUND):
            groups.get_group(GroupName="staff")
        assert cognito_pool.users["ana"].groups == ["editors"]

    @evidence("inferred", "a name is free after its group was deleted; the new group is a different group")
    def test_a_new_group_with_the_same_name_has_no_members(self, create, groups, cognito_pool):
        cognito_pool.add_user("ana", groups=["staff"])
        groups.delete_group(GroupName="staff")
        assert create("STAFF")["GroupName"] == "STAFF"
        assert groups.list_users_in_group(GroupName="STAFF") == {"Users": []}
        assert cognito_pool.users["ana"].groups == []

    @evidence("inferred", "a second deletion finds nothing")
    def test_deleting_a_group_twice_is_refused(self, create, groups, cognito_pool, refused):
        create()
        groups.delete_group(GroupName="staff")
        with refused("ResourceNotFoundException", NOT_FOUND):
            groups.delete_group(GroupName="staff")
        assert cognito_pool.calls[-1].why == "existing groups: []"


class TestMembers:
    @pytest.fixture(autouse=True)
    def ana(self, create, cognito_pool):
        create()
        return cognito_pool.add_user("ana")

    @pytest.fixture
    def in_staff(self, groups):
        return lambda: usernames(groups.list_users_in_group(GroupName="staff"))

    @evidence("documented", "lifecycle.md D: AdminAddUserToGroup and AdminRemoveUserFromGroup have no output")
    def test_a_user_joins_and_leaves(self, groups, in_staff, cognito_pool):
        assert groups.admin_add_user_to_group(Username="ana", GroupName="staff") == {}
        assert cognito_pool.users["ana"].groups == ["staff"]
        assert in_staff() == ["ana"]
        assert groups.admin_remove_user_from_group(Username="ana", GroupName="staff") == {}
        assert cognito_pool.users["ana"].groups == []
        assert in_staff() == []

    @evidence("inferred", "another fake: both are idempotent")
    def test_a_user_who_is_added_twice_is_a_member_once(self, groups, in_staff):
        for _ in range(2):
            groups.admin_add_user_to_group(Username="ana", GroupName="staff")
        assert in_staff() == ["ana"]
        groups.admin_remove_user_from_group(Username="ana", GroupName="staff")
        assert in_staff() == []

    @evidence("inferred", "another fake: removing a user who is not a member succeeds")
    def test_removing_a_user_who_is_not_a_member_is_accepted(self, groups, in_staff, cognito_pool):
        cognito_pool.add_user("bob", groups=["staff"])
        assert groups.admin_remove_user_from_group(Username="ana", GroupName="staff") == {}
        assert in_staff() == ["bob"]

    @evidence("inferred", "admin operations find a user by the username, the sub or an alias")
    @pytest.mark.parametrize("operation", ["admin_add_user_to_group", "admin_remove_user_from_group"])
    def test_the_sub_finds_the_user(self, groups, cognito_pool, ana, operation):
        getattr(groups, operation)(Username=ana.sub, GroupName="staff")
        assert cognito_pool.users["ana"].groups == (["staff"] if "add" in operation else [])

    @evidence("inferred", "group membership is not part of the user")
    def test_joining_a_group_does_not_modify_the_user(self, groups, cognito, cognito_pool, ana):
        before = ana.modified
        cognito.clock.advance(hours=1)
        groups.admin_add_user_to_group(Username="ana", GroupName="staff")
        assert cognito_pool.users["ana"].modified == before

    @evidence("documented", "lifecycle.md G3: groups invoke no trigger")
    def test_no_trigger_is_invoked(self, groups, cognito_pool):
        groups.admin_add_user_to_group(Username="ana", GroupName="staff")
        groups.admin_remove_user_from_group(Username="ana", GroupName="staff")
        assert cognito_pool.triggers == []

    @evidence("inferred", "a user who was deleted is in no group")
    def test_a_deleted_user_is_in_no_group(self, groups, in_staff, cognito_pool):
        groups.admin_add_user_to_group(Username="ana", GroupName="staff")
        groups.admin_delete_user(Username="ana")
        assert in_staff() == []
        assert cognito_pool.add_user("ana").groups == []

    @evidence("inferred", "a member is described like any user in a list")
    def test_list_users_in_group_shows_the_current_state_of_a_member(self, groups, ana):
        groups.admin_add_user_to_group(Username="ana", GroupName="staff")
        groups.admin_disable_user(Username="ana")
        attributes = [{"Name": "name", "Value": "Ana"}]
        groups.admin_update_user_attributes(Username="ana", UserAttributes=attributes)
        (member,) = groups.list_users_in_group(GroupName="staff")["Users"]
        (user,) = groups.list_users()["Users"]
        assert member == user
        assert member == {
            "Username": "ana",
            "Attributes": [
                {"Name": "sub", "Value": ana.sub},
                {"Name": "email", "Value": "ana@example.com"},
                {"Name": "email_verified", "Value": "true"},
                {"Name": "name", "Value": "Ana"},
            ],
            "UserCreateDate": member["UserCreateDate"],
            "UserLastModifiedDate": member["UserLastModifiedDate"],
            "Enabled": False,
            "UserStatus": "CONFIRMED",
        }


class TestAdminListGroupsForUser:
    @evidence("model", "AdminListGroupsForUser returns whole groups")
    def test_the_groups_have_all_their_settings(self, create, groups, cognito_pool):
        group = create(Description="those who work here", RoleArn=ROLE, Precedence=5)
        create("editors")
        cognito_pool.add_user("ana", groups=["staff"])
        assert groups.admin_list_groups_for_user(Username="ana") == {"Groups": [group]}

    @evidence("inferred", "a user may be in no group")
    def test_the_list_is_empty_for_a_user_without_groups(self, create, groups, cognito_pool):
        create()
        cognito_pool.add_user("ana")
        assert groups.admin_list_groups_for_user(Username="ana") == {"Groups": []}

    @evidence("inferred", "no evidence of an order")
    def test_groups_come_in_the_order_of_their_creation(self, create, groups, cognito_pool):
        for name in ("c", "a", "b"):
            create(name)
        cognito_pool.add_user("ana", groups=["b", "c", "a"])
        assert names(groups.admin_list_groups_for_user(Username="ana")) == ["c", "a", "b"]


UNKNOWN_GROUP = {
    "get_group": {},
    "update_group": {"Precedence": 1},
    "delete_group": {},
    "list_users_in_group": {},
    "admin_add_user_to_group": {"Username": "ana"},
    "admin_remove_user_from_group": {"Username": "ana"},
}
UNKNOWN_USER = {
    "admin_add_user_to_group": {"GroupName": "staff"},
    "admin_remove_user_from_group": {"GroupName": "staff"},
    "admin_list_groups_for_user": {},
}
UNKNOWN_POOL = {
    **{operation: {"GroupName": "staff", **given} for operation, given in UNKNOWN_GROUP.items()},
    "create_group": {"GroupName": "staff"},
    "list_groups": {},
    "admin_list_groups_for_user": {"Username": "ana"},
}


class TestUnknown:
    @evidence("observed", "aws-amplify/amplify-cli#2214")
    @pytest.mark.parametrize("operation", UNKNOWN_GROUP)
    def test_an_unknown_group_is_refused(self, create, groups, cognito_pool, refused, operation):
        cognito_pool.add_user("ana")
        create("editors")
        with refused("ResourceNotFoundException", NOT_FOUND):
            getattr(groups, operation)(GroupName="staff", **UNKNOWN_GROUP[operation])
        assert cognito_pool.calls[-1].why == "existing groups: ['editors']"

    @evidence("inferred", "as observed on AdminGetUser")
    @pytest.mark.parametrize("operation", UNKNOWN_USER)
    def test_an_unknown_user_is_refused(self, create, groups, cognito_pool, refused, operation):
        cognito_pool.add_user("ana")
        create()
        with refused("UserNotFoundException", NO_USER):
            getattr(groups, operation)(Username="anna", **UNKNOWN_USER[operation])
        why = f"no user of {cognito_pool.id} has the name 'anna'; did you mean 'ana'?"
        assert cognito_pool.calls[-1].why == why

    @evidence("inferred", "no evidence which is looked up first")
    @pytest.mark.parametrize("operation", ["admin_add_user_to_group", "admin_remove_user_from_group"])
    def test_the_user_is_looked_up_before_the_group(self, groups, refused, operation):
        with refused("UserNotFoundException", NO_USER):
            getattr(groups, operation)(Username="ana", GroupName="staff")

    @evidence("observed", "lifecycle.md E: CLI log")
    @pytest.mark.parametrize("operation", UNKNOWN_POOL)
    def test_an_unknown_pool_is_refused(self, groups, cognito, cognito_pool, refused, operation):
        with refused("ResourceNotFoundException", "User pool us-east-1_AAAAAAAAA does not exist."):
            getattr(groups, operation)(UserPoolId="us-east-1_AAAAAAAAA", **UNKNOWN_POOL[operation])
        assert cognito.calls[-1].why == f"existing pools: {cognito_pool.id!r}"


LISTS = {
    "list_groups": {},
    "admin_list_groups_for_user": {"Username": "ana"},
    "list_users_in_group": {"GroupName": "group0"},
}


class TestPages:
    @pytest.fixture
    def five(self, create, cognito_pool):
        """Five groups, and ana in all of them; five users, and all of them in the first group."""
        for number in range(5):
            create(f"group{number}")
        cognito_pool.add_user("ana", groups=[f"group{number}" for number in range(5)])
        for name in ("bob", "cid", "dan", "eve"):
            cognito_pool.add_user(name, groups=["group0"])

    @pytest.fixture
    def listing(self, groups):
        """One page of a list: the names, and the token of the next."""

        def listing(operation, **given):
            reply = getattr(groups, operation)(**LISTS[operation], **given)
            return (usernames if "Users" in reply else names)(reply), reply.get("NextToken")

        return listing

    ALL = pytest.mark.parametrize(
        ("operation", "everything"),
        [
            ("list_groups", ["group0", "group1", "group2", "group3", "group4"]),
            ("admin_list_groups_for_user", ["group0", "group1", "group2", "group3", "group4"]),
            ("list_users_in_group", ["ana", "bob", "cid", "dan", "eve"]),
        ],
    )

    @evidence("model", "Limit and NextToken; the order is inferred")
    @ALL
    @pytest.mark.usefixtures("five")
    def test_pages_are_full_and_the_last_has_no_token(self, cognito_pool, cognito_idp, operation, everything):
        for limit in (1, 2, 5, 60):
            pages = cognito_idp.get_paginator(operation).paginate(
                UserPoolId=cognito_pool.id, PaginationConfig={"PageSize": limit}, **LISTS[operation]
            )
            seen = [usernames(page) if "Users" in page else names(page) for page in pages]
            assert seen == [everything[start : start + limit] for start in range(0, 5, limit)]

    @evidence("inferred", "as in ListUsers: without Limit, or with 0, a page has sixty")
    @pytest.mark.parametrize("operation", LISTS)
    @pytest.mark.parametrize("given", [{}, {"Limit": 0}])
    def test_a_page_has_at_most_sixty_entries(self, create, cognito_pool, listing, operation, given):
        everything = [f"group{number}" for number in range(61)]
        for name in everything:
            create(name)
        cognito_pool.add_user("ana", groups=everything)
        for number in range(60):
            cognito_pool.add_user(f"user{number:02}", groups=["group0"])
        seen, token = listing(operation, **given)
        assert len(seen) == 60
        more, token = listing(operation, NextToken=token, **given)
        assert (len(more), token) == (1, None)
        assert len({*seen, *more}) == 61

    @evidence("model", "Limit is 60 at most")
    @pytest.mark.parametrize("operation", LISTS)
    def test_a_limit_above_sixty_is_refused(self, listing, refused, operation):
        text = (
            "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: "
            "Member must have value less than or equal to 60"
        )
        with refused("InvalidParameterException", text):
            listing(operation, Limit=61)

    @evidence("inferred", "an application that removes what it lists must see everything")
    def test_deleting_between_pages_hides_no_group(self, five, groups, listing):
        seen, token = listing("list_groups", Limit=2)
        groups.delete_group(GroupName="group1")
        more, _ = listing("list_groups", NextToken=token)
        assert seen + more == ["group0", "group1", "group2", "group3", "group4"]

    @evidence("inferred", "the same for the members of a group")
    def test_removing_members_between_pages_hides_no_member(self, five, groups, listing):
        seen, token = listing("list_users_in_group", Limit=2)
        for name in seen:
            groups.admin_remove_user_from_group(Username=name, GroupName="group0")
        more, _ = listing("list_users_in_group", NextToken=token)
        assert seen + more == ["ana", "bob", "cid", "dan", "eve"]

    @evidence("inferred", "no evidence of an order")
    def test_members_come_in_the_order_in_which_the_users_were_created(self, create, groups, cognito_pool, listing):
        create("group0")
        for name in ("bob", "ana"):
            cognito_pool.add_user(name)
        for name in ("ana", "bob"):
            groups.admin_add_user_to_group(Username=name, GroupName="group0")
        assert listing("list_users_in_group") == (["bob", "ana"], None)

    @evidence("inferred", "a token can be used again")
    @ALL
    def test_a_page_can_be_asked_for_again(self, five, listing, operation, everything):
        _, token = listing(operation, Limit=3)
        for _ in range(2):
            assert listing(operation, NextToken=token) == (everything[3:], None)

    @evidence("inferred", "a token stands for a position, not for a page size")
    @ALL
    def test_the_limit_may_change_between_pages(self, five, listing, operation, everything):
        _, token = listing(operation, Limit=1)
        assert listing(operation, NextToken=token, Limit=3)[0] == everything[1:4]

    @evidence("inferred", "no capture of the text")
    @pytest.mark.parametrize("operation", LISTS)
    def test_a_made_up_token_is_refused(self, five, listing, refused, operation):
        with refused("InvalidParameterException"):
            listing(operation, NextToken="made-up")

    @evidence("inferred", "a token is valid only with the parameters of the request that returned it")
    @pytest.mark.usefixtures("five")
    @pytest.mark.parametrize("asked", LISTS)
    def test_a_token_of_another_list_is_refused(self, groups, listing, cognito, refused, asked):
        _, token = listing(asked, Limit=1)
        other = cognito.create_pool()
        for operation, given in (
            ("admin_list_groups_for_user", {"Username": "bob"}),
            ("list_users_in_group", {"GroupName": "group1"}),
            ("list_groups", {"UserPoolId": other.id}),
            ("list_user_pool_clients", {}),
        ):
            with refused("InvalidParameterException"):
                getattr(groups, operation)(NextToken=token, **given)

    @evidence("inferred", "the username and the sub name the same user")
    def test_a_token_works_with_another_name_of_the_same_user(self, five, groups, cognito_pool, listing):
        _, token = listing("admin_list_groups_for_user", Limit=4)
        reply = groups.admin_list_groups_for_user(Username=cognito_pool.users["ana"].sub, NextToken=token)
        assert names(reply) == ["group4"]

    @evidence("inferred", "documented for ListUsers: an hour")
    def test_a_token_lasts_an_hour(self, five, cognito, listing, refused):
        _, token = listing("list_groups", Limit=4)
        cognito.clock.advance(seconds=paging.LIFETIME - 60)
        assert listing("list_groups", NextToken=token) == (["group4"], None)
        cognito.clock.advance(seconds=61)
        with refused("InvalidParameterException"):
            listing("list_groups", NextToken=token)

    @evidence("inferred", "the number of tokens that are kept is limited")
    def test_the_oldest_tokens_become_invalid_first(self, five, listing, refused, monkeypatch):
        monkeypatch.setattr(paging, "_MOST", 2)
        tokens = [listing("list_groups", Limit=1)[1] for _ in range(3)]
        with refused("InvalidParameterException"):
            listing("list_groups", NextToken=tokens[0])
        for token in tokens[1:]:
            assert listing("list_groups", NextToken=token, Limit=1)[0] == ["group1"]


class TestGroupsOfAddUser:
    @evidence("inferred", "our own, in place of CreateGroup and AdminAddUserToGroup")
    def test_missing_groups_are_created(self, create, groups, cognito_pool):
        staff = create(RoleArn=ROLE)
        user = cognito_pool.add_user("ana", groups=["editors", "staff"])
        assert user.groups == cognito_pool.users["ana"].groups == ["staff", "editors"]
        first, second = groups.list_groups()["Groups"]
        assert first == staff
        assert second == {
            "GroupName": "editors",
            "UserPoolId": cognito_pool.id,
            "LastModifiedDate": second["CreationDate"],
            "CreationDate": second["CreationDate"],
        }

    @evidence("inferred", "our own: nothing is recorded")
    def test_no_call_is_recorded_and_no_trigger_is_invoked(self, cognito_pool):
        cognito_pool.add_user("ana", groups=["staff"])
        assert cognito_pool.calls == []
        assert cognito_pool.triggers == []

    @evidence("inferred", "our own: any iterable")
    @pytest.mark.parametrize("groups", [(), ["a", "b"], ("a", "b"), {"a": 1, "b": 2}])
    def test_any_iterable_of_names_is_accepted(self, cognito_pool, groups):
        assert cognito_pool.add_user("ana", groups=groups).groups == list(groups)

    @evidence("inferred", "our own")
    @pytest.mark.parametrize(
        ("groups", "text"),
        [
            ("staff", "groups must be a list of names, not 'staff'; did you mean ['staff']?"),
            (None, "groups must be a list of names, not None"),
            ([None], "invalid group name None; a valid one is 'staff'"),
            ([5], "invalid group name 5; a valid one is 'staff'"),
            (["a", ""], "invalid group name ''; a valid one is 'staff'"),
            (["two words"], "invalid group name 'two words'; a valid one is 'staff'"),
            (
                ["a" * 129],
                f"invalid group name '{'a' * 129}'; a valid one is 'staff', with at most 128 characters",
            ),
        ],
    )
    def test_a_value_that_is_not_a_list_of_names_is_refused(self, cognito_pool, cognito_idp, groups, text):
        with pytest.raises(UsageError) as caught:
            cognito_pool.add_user("ana", groups=groups)
        assert str(caught.value) == text
        assert not cognito_pool.users
        assert cognito_idp.list_groups(UserPoolId=cognito_pool.id)["Groups"] == []

    @evidence("inferred", "our own: a refused request changes nothing")
    def test_no_group_is_created_for_a_refused_user(self, cognito_pool, cognito_idp):
        with pytest.raises(UsageError, match=r"^Cognito refuses that: InvalidPasswordException"):
            cognito_pool.add_user("ana", password="short", groups=["staff"])
        assert cognito_idp.list_groups(UserPoolId=cognito_pool.id)["Groups"] == []

    @evidence("inferred", "our own: names are strings")
    def test_a_group_name_that_is_not_a_string_is_refused(self, cognito_pool):
        with pytest.raises(UsageError) as caught:
            cognito_pool.add_user("ana", groups=[3])
        assert str(caught.value) == "invalid group name 3; a valid one is 'staff'"
        assert not cognito_pool.users

    @evidence("inferred", "our own: a user is in a group only once")
    def test_a_group_given_twice_counts_once(self, cognito_pool):
        assert cognito_pool.add_user("ana", groups=["staff", "staff"]).groups == ["staff"]

    @evidence("observed", "aws-amplify/amplify-backend#1781: the pool cannot have both names")
    @pytest.mark.parametrize(
        ("given", "text"),
        [
            (["STAFF"], "the group 'staff' exists already; names must differ in more than case"),
            (["editors", "Editors"], "the group 'editors' exists already; names must differ in more than case"),
        ],
    )
    def test_a_group_name_that_differs_only_in_case_is_refused(self, create, cognito_pool, given, text):
        create()
        with pytest.raises(UsageError) as caught:
            cognito_pool.add_user("ana", groups=given)
        assert str(caught.value) == text
        assert not cognito_pool.users


@evidence("inferred", "an endpoint knows only the pools of its region")
def test_the_endpoint_of_another_region_does_not_know_the_group(create, cognito_pool, refused, keys):
    create()
    abroad = boto3.client("cognito-idp", **{**keys, "region_name": "eu-west-1"})
    with refused("ResourceNotFoundException", f"User pool {cognito_pool.id} does not exist."):
        abroad.get_group(UserPoolId=cognito_pool.id, GroupName="staff")
