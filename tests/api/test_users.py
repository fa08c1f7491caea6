"""UserPool.users and User: a live, read-only view."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import timedelta

import pytest

from pytest_cognito_pool import Transition


class TestMapping:
    def test_it_is_one(self, cognito_pool):
        ana, bob = cognito_pool.add_user("ana"), cognito_pool.add_user("bob")
        users = cognito_pool.users
        assert isinstance(users, Mapping)
        assert (len(users), list(users), list(users.values())) == (2, ["ana", "bob"], [ana, bob])
        assert list(users.items()) == [("ana", ana), ("bob", bob)]
        assert users == {"ana": ana, "bob": bob}
        assert ("ana" in users, "cyd" in users) == (True, False)
        assert users.get("cyd") is None
        assert users.get("ana") == ana

    def test_an_empty_one_is_false(self, cognito_pool):
        assert not cognito_pool.users
        assert cognito_pool.users == {}

    def test_nothing_can_be_put_in(self, cognito_pool):
        with pytest.raises(TypeError):
            cognito_pool.users["ana"] = None

    @pytest.mark.parametrize("key", [5, None, ("ana",)])
    def test_what_is_no_name_is_not_in_it(self, cognito_pool, key):
        cognito_pool.add_user("ana")
        cognito_pool.add_user(str(key), email="")
        assert key not in cognito_pool.users

    def test_it_is_in_the_order_of_creation(self, cognito_pool, cognito_idp):
        for name in ("cyd", "ana", "bob"):
            cognito_pool.add_user(name)
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        cognito_pool.add_user("ana")
        assert list(cognito_pool.users) == ["cyd", "bob", "ana"]

    def test_it_may_change_while_it_is_iterated(self, cognito_pool, cognito_idp):
        for name in ("ana", "bob", "cyd"):
            cognito_pool.add_user(name)
        for name in cognito_pool.users:
            cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username=name)
        assert cognito_pool.users == {}

    def test_its_repr(self, cognito_pool):
        assert repr(cognito_pool.users) == "<Users >"
        for number in range(10):
            cognito_pool.add_user(f"u{number}")
        assert repr(cognito_pool.users) == "<Users 'u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7' and 2 more>"


class TestIterating:
    def test_a_name_that_is_taken_for_a_user_says_so(self, cognito_pool):
        cognito_pool.add_user("ana")
        (name,) = cognito_pool.users
        with pytest.raises(AttributeError) as caught:
            assert name.status
        assert str(caught.value) == (
            "'str' object has no attribute 'status'; iterating over users gives their names: "
            "iterate over users.values()"
        )

    def test_any_other_attribute_is_one_of_text(self, cognito_pool):
        cognito_pool.add_user("ana")
        (name,) = cognito_pool.users
        assert (name.upper(), name == "ana", repr(name), hash(name)) == ("ANA", True, "'ana'", hash("ana"))
        with pytest.raises(AttributeError) as caught:
            assert name.stutas
        assert str(caught.value) == "'str' object has no attribute 'stutas'"

    def test_a_copy_is_plain_text(self, cognito_pool):
        cognito_pool.add_user("ana")
        (name,) = cognito_pool.users
        assert type(copy.copy(name)) is str


class TestNames:
    def test_the_sub(self, cognito_pool):
        user = cognito_pool.add_user("ana")
        assert cognito_pool.users[user.sub] == user

    def test_the_sub_of_a_federated_user_is_none(self, cognito_pool):
        user = cognito_pool.add_user("Google_1", status="EXTERNAL_PROVIDER")
        assert user.sub not in cognito_pool.users

    def test_an_email_without_aliases_is_none(self, cognito_pool):
        cognito_pool.add_user("ana")
        assert "ana@example.com" not in cognito_pool.users

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_an_unverified_username_attribute(self, cognito_pool):
        user = cognito_pool.add_user("ana@example.com", status="UNCONFIRMED")
        assert cognito_pool.users["ana@example.com"] == user


class TestUnknown:
    def test_it_is_a_key_error_that_names_the_nearest(self, cognito_pool):
        cognito_pool.add_user("ana")
        cognito_pool.add_user("robert")
        with pytest.raises(KeyError) as caught:
            cognito_pool.users["anna"]
        assert str(caught.value) == f"no user of {cognito_pool.id} has the name 'anna'; did you mean 'ana'?"
        assert type(caught.value).__name__ == "KeyError"

    def test_the_nearest_is_named_once(self, cognito_pool):
        cognito_pool.add_user("ana")
        with pytest.raises(KeyError) as caught:
            cognito_pool.users["anna"]
        assert str(caught.value).count("'ana'") == 1

    def test_whatever_the_case(self, cognito_pool):
        cognito_pool.add_user("ana")
        with pytest.raises(KeyError, match=r"did you mean 'ana'\?$"):
            cognito_pool.users["ANA"]

    def test_of_an_empty_pool(self, cognito_pool):
        with pytest.raises(KeyError) as caught:
            cognito_pool.users["ana"]
        assert str(caught.value) == f"no user of {cognito_pool.id} has the name 'ana'; it has no users"

    def test_nothing_like_it(self, cognito_pool):
        cognito_pool.add_user("robert")
        with pytest.raises(KeyError) as caught:
            cognito_pool.users["xyz"]
        assert str(caught.value) == f"no user of {cognito_pool.id} has the name 'xyz'; known names: 'robert'"

    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_an_unverified_alias_is_told_of(self, cognito_pool):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        with pytest.raises(KeyError) as caught:
            cognito_pool.users["ana@example.com"]
        assert str(caught.value).startswith(
            "'ana@example.com' is the email of 'ana', and not an alias until it is verified"
        )

    def test_of_a_large_pool(self, cognito_pool):
        for number in range(1001):
            cognito_pool.add_user(f"user{number}")
        with pytest.raises(KeyError) as caught:
            cognito_pool.users["ana"]
        assert str(caught.value) == f"none of the 1001 users of {cognito_pool.id} has the name 'ana'"

    def test_it_leaves_no_cause_behind(self, cognito_pool):
        with pytest.raises(KeyError) as caught:
            cognito_pool.users["ana"]
        assert caught.value.__suppress_context__


class TestUser:
    def test_it_is_as_they_are_now(self, cognito_pool, cognito_idp):
        users = cognito_pool.users
        user = cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        cognito_idp.admin_disable_user(UserPoolId=cognito_pool.id, Username="ana")
        change = [{"Name": "name", "Value": "Ana"}]
        cognito_idp.admin_update_user_attributes(UserPoolId=cognito_pool.id, Username="ana", UserAttributes=change)
        assert (user.status, user.enabled, user.attributes["name"]) == ("CONFIRMED", False, "Ana")
        assert users["ana"] == user

    def test_a_deleted_one_is_as_they_last_were(self, cognito_pool, cognito_idp):
        user = cognito_pool.add_user("ana")
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        assert (user.username, user.status) == ("ana", "CONFIRMED")
        assert "ana" not in cognito_pool.users

    def test_their_history(self, cognito_pool, cognito_idp):
        user = cognito_pool.add_user("ana", status="UNCONFIRMED")
        of_ana = {"UserPoolId": cognito_pool.id, "Username": "ana"}
        cognito_idp.admin_confirm_sign_up(**of_ana)
        cognito_idp.admin_set_user_password(**of_ana, Password="Passw0rd!")
        cognito_idp.admin_set_user_password(**of_ana, Password="Passw0rd!", Permanent=True)
        assert user.history == [
            Transition("UNCONFIRMED", "CONFIRMED", "AdminConfirmSignUp"),
            Transition("CONFIRMED", "FORCE_CHANGE_PASSWORD", "AdminSetUserPassword"),
            Transition("FORCE_CHANGE_PASSWORD", "CONFIRMED", "AdminSetUserPassword"),
        ]
        times = [change.at for change in user.history]
        assert times == sorted(times)
        assert abs(user.modified - times[-1]) < timedelta(milliseconds=2)

    def test_one_who_was_deleted(self, cognito_pool, cognito_idp):
        user = cognito_pool.add_user("ana", enabled=False)
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        assert repr(user) == "<User 'ana' CONFIRMED disabled deleted>"
        assert user.attributes["email"] == "ana@example.com"
        again = cognito_pool.add_user("ana")
        assert (repr(again), again == user) == ("<User 'ana' CONFIRMED>", False)

    def test_what_it_gives_out_is_a_copy(self, cognito_pool):
        user = cognito_pool.add_user("ana")
        user.attributes["name"] = "x"
        user.history.append(None)
        assert "name" not in user.attributes
        assert user.history == []

    @pytest.mark.parametrize("name", ["status", "enabled", "username", "sub", "attributes", "history", "other"])
    def test_it_is_read_only(self, cognito_pool, name):
        with pytest.raises(AttributeError):
            setattr(cognito_pool.add_user("ana"), name, "x")

    def test_the_sub_is_no_attribute_of_it(self, cognito_pool):
        assert "sub" not in cognito_pool.add_user("ana").attributes

    def test_equality(self, cognito, cognito_pool, cognito_idp):
        ana = cognito_pool.add_user("ana")
        assert ana == cognito_pool.users["ana"]
        assert ana is not cognito_pool.users["ana"]
        assert ana != cognito_pool.add_user("bob")
        assert ana != cognito.create_pool().add_user("ana")
        assert ana != "ana"
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        assert ana != cognito_pool.add_user("ana")

    def test_hash(self, cognito_pool):
        ana = cognito_pool.add_user("ana")
        assert {ana, cognito_pool.users["ana"]} == {ana}
        assert len({ana, cognito_pool.add_user("bob")}) == 2

    def test_repr(self, cognito_pool):
        assert repr(cognito_pool.add_user("ana", status="UNCONFIRMED")) == "<User 'ana' UNCONFIRMED>"
        assert repr(cognito_pool.add_user("bob", enabled=False)) == "<User 'bob' CONFIRMED disabled>"

    def test_no_repr_has_their_password(self, cognito_pool):
        user = cognito_pool.add_user("ana", password="My-s3cret-word")
        assert "My-s3cret-word" not in f"{user!r}{cognito_pool.users!r}{cognito_pool!r}"
