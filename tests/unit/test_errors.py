"""What the plugin says to a test author."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import UnreportedError, UnsupportedOperationError, UsageError
from pytest_cognito_pool._api.errors import unknown_name
from pytest_cognito_pool._service.wording import listed, nearest

NAMES = ["AliasAttributes", "UsernameAttributes", "PoolName"]


class TestUsageError:
    def test_it_is_a_value_error_that_says_what_was_typed(self):
        error = UsageError("no", typed="x", suggestions=["y", "z"])
        assert isinstance(error, ValueError)
        assert (str(error), error.typed, error.suggestions) == ("no", "x", ("y", "z"))

    def test_without_suggestions(self):
        error = UsageError("no")
        assert (error.typed, error.suggestions) == (None, ())


class TestUnsupportedOperationError:
    def test_of_an_operation(self):
        error = UnsupportedOperationError("ListGroups")
        assert isinstance(error, NotImplementedError)
        assert (error.operation, error.detail) == ("ListGroups", "")
        assert str(error) == (
            "ListGroups is not simulated by pytest-cognito-pool.\n"
            "To give your own reply: cognito.answer('ListGroups', {...})"
        )

    def test_of_a_setting(self):
        error = UnsupportedOperationError("CreateUserPool", "Colour")
        assert (error.operation, error.detail) == ("CreateUserPool", "Colour")
        assert str(error) == (
            "CreateUserPool with Colour is not simulated by pytest-cognito-pool.\n"
            "Leave it out, or, if the application makes this call, give your own reply: "
            "cognito.answer('CreateUserPool', {...})"
        )


class TestUnreportedError:
    def test_it_lists_the_calls(self):
        error = UnreportedError([("ListGroups()", "one\ntwo"), ("GetGroup(GroupName='a')", "three")])
        assert isinstance(error, AssertionError)
        assert error.calls == (("ListGroups()", "one\ntwo"), ("GetGroup(GroupName='a')", "three"))
        assert str(error) == (
            "the application ignored the error of ListGroups():\n  one\n  two\n"
            "the application ignored the error of GetGroup(GroupName='a'):\n  three"
        )


class TestNearest:
    @pytest.mark.parametrize("typed", ["AliasAttribute", "aliasattributes", "ALIASATTRIBUTES", "AlaisAttributes"])
    def test_whatever_the_case(self, typed):
        assert nearest(typed, NAMES)[0] == "AliasAttributes"

    def test_nothing_near(self):
        assert nearest("x", NAMES) == []
        assert nearest("x", []) == []

    def test_at_most_three(self):
        assert len(nearest("user", [f"user{number}" for number in range(9)])) == 3

    @pytest.mark.parametrize("typed", [5, None, ["x"]])
    def test_what_is_no_text(self, typed):
        assert nearest(typed, NAMES) == []


class TestListed:
    def test_all_of_few(self):
        assert listed(["a", "b"]) == "'a', 'b'"
        assert listed([]) == ""

    def test_the_first_of_many(self):
        assert listed(list("abcdefgh")) == "'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'"
        assert listed(list("abcdefghij")) == "'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h' and 2 more"
        assert listed(list("abc"), limit=1) == "'a' and 2 more"


class TestUnknownName:
    def test_with_a_suggestion(self):
        error = unknown_name("no such setting", "PoolNam", NAMES)
        assert str(error) == "no such setting 'PoolNam'; did you mean 'PoolName'?"
        assert (error.typed, error.suggestions) == ("PoolNam", ("PoolName",))

    def test_with_several(self):
        error = unknown_name("no such setting", "AttributesAlias", ["AttributesAliases", "AttributeAlias"])
        assert str(error) == "no such setting 'AttributesAlias'; did you mean 'AttributeAlias' or 'AttributesAliases'?"

    def test_without_one_it_lists_what_there_is(self):
        error = unknown_name("no such setting", "x", NAMES)
        assert str(error) == "no such setting 'x'; known names: 'AliasAttributes', 'PoolName', 'UsernameAttributes'"
        assert error.suggestions == ()
