"""Texts of IAM policies: what their wildcards and variables stand for."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito_pool._service.access.policy_text import PolicyText

KEYS = {
    "aws:username": ["ana"],
    "aws:principalarn": ["arn:aws:iam::123456789012:user/ana"],
    "aws:principaltag/team": ["a*"],
    "aws:principaltag/digit": ["a?"],
    "aws:principaltag/class": ["[ab].+"],
    "aws:principaltag/none": [""],
    "aws:tagkeys": ["env", "team"],
    "aws:empty": [],
}


def text(written, *, variables=True):
    return PolicyText(written, variables=variables)


@pytest.mark.parametrize(
    ("written", "value", "is_like"),
    [
        ("*", "", True),
        ("*", "cognito-idp:AdminGetUser", True),
        ("**", "a", True),
        ("", "", True),
        ("", "a", False),
        ("a", "a", True),
        ("a", "ab", False),
        ("a", "ba", False),
        ("a*", "a", True),
        ("a*", "abc", True),
        ("a*", "ba", False),
        ("*c", "abc", True),
        ("*c", "abcd", False),
        ("a*c", "ac", True),
        ("a*c", "abbc", True),
        ("a*c*e", "abcde", True),
        ("a*c*e", "abde", False),
        ("?", "a", True),
        ("?", "", False),
        ("?", "ab", False),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("a?*", "a", False),
        ("a?*", "abc", True),
        ("*", "a\nb", True),
        ("a?b", "a\nb", True),
        ("a", "a\n", False),
    ],
)
def test_a_star_is_any_characters_and_a_question_mark_one(written, value, is_like):
    assert text(written).is_like(value, {}) is is_like


@pytest.mark.parametrize("character", list(".+^$()[]{}|\\-#& ~/:"))
def test_characters_of_regular_expressions_are_literal(character):
    written = text(f"a{character}b")
    for matches in (written.is_like, written.equals):
        assert matches(f"a{character}b", {})
        assert not matches("ab", {})
        assert not matches("axb", {})
        assert not matches("aab", {})


@pytest.mark.parametrize("written", ["[ab]", "a|b", "(a)", "a+", "a{1}", "^a$", r"\w", r"\x61", "(?i)A", "."])
def test_regular_expressions_are_none(written):
    assert not text(written).is_like("a", {})
    assert not text(written).equals("a", {})


@pytest.mark.parametrize(("written", "value"), [("*", "a"), ("a*", "ab"), ("?", "a"), ("a?c", "abc")])
def test_where_equality_is_asked_for_wildcards_are_literal(written, value):
    assert not text(written).equals(value, {})
    assert text(written).equals(written, {})


@pytest.mark.parametrize("value", ["ANA", "ana", "aNa"])
def test_case_is_ignored_when_that_is_asked_for(value):
    assert text("Ana").equals(value, {}, ignore_case=True)
    assert text("A?a").is_like(value, {}, ignore_case=True)
    assert not text("Ana").equals(value, {})
    assert not text("A?a").is_like(value, {})


def test_the_value_of_a_variable_follows_the_case_of_its_text():
    assert text("${aws:username}").equals("ANA", KEYS, ignore_case=True)
    assert not text("${aws:username}").equals("ANA", KEYS)


@pytest.mark.parametrize(
    ("written", "value", "is_like"),
    [
        ("${aws:username}", "ana", True),
        ("${aws:username}", "bob", False),
        ("${aws:username}", "${aws:username}", False),
        ("${aws:username}", "aws:username", False),
        ("${AWS:UserName}", "ana", True),
        ("user/${aws:username}", "user/ana", True),
        ("${aws:username}-*", "ana-1", True),
        ("${aws:username}-*", "bob-1", False),
        ("?${aws:username}?", "(ana)", True),
        ("${aws:username}${aws:username}", "anaana", True),
        ("${aws:username}/${aws:PrincipalTag/None}", "ana/", True),
    ],
)
def test_a_variable_is_its_key_in_any_case(written, value, is_like):
    assert text(written).is_like(value, KEYS) is is_like


def test_a_variable_stands_for_its_value_where_equality_is_asked_for_too():
    assert text("user/${aws:username}").equals("user/ana", KEYS)
    assert not text("user/${aws:username}").equals("user/bob", KEYS)


@pytest.mark.parametrize(
    ("written", "itself", "others"),
    [
        ("${aws:PrincipalTag/Team}", "a*", ["a", "abc"]),
        ("${aws:PrincipalTag/Digit}", "a?", ["a1", "a"]),
        ("${aws:PrincipalTag/Class}", "[ab].+", ["axy", "b.x"]),
    ],
)
def test_the_value_of_a_variable_is_literal(written, itself, others):
    assert text(written).is_like(itself, KEYS)
    assert [other for other in others if text(written).is_like(other, KEYS)] == []


@pytest.mark.parametrize("literal", ["*", "?", "$"])
def test_a_wildcard_written_as_a_variable_is_literal(literal):
    written = text(f"a${{{literal}}}c")
    for matches in (written.is_like, written.equals):
        assert matches(f"a{literal}c", {})
        assert not matches("abc", {})
        assert not matches(f"a${{{literal}}}c", {})


def test_a_dollar_written_as_a_variable_begins_none():
    assert text("${$}{aws:username}").equals("${aws:username}", KEYS)


@pytest.mark.parametrize(
    ("written", "value", "is_like"),
    [
        ("${aws:username, 'nobody'}", "ana", True),
        ("${aws:username, 'nobody'}", "nobody", False),
        ("${aws:SourceVpc, 'nobody'}", "nobody", True),
        ("${aws:SourceVpc,'nobody'}", "nobody", True),
        ("user/${aws:SourceVpc, 'nobody'}", "user/nobody", True),
        ("${aws:SourceVpc, 'nobody'}", "'nobody'", False),
        ("${aws:SourceVpc, 'a, b'}", "a, b", True),
        ("${aws:SourceVpc, 'no*'}", "no*", True),
        ("${aws:SourceVpc, 'no*'}", "nobody", False),
        ("${aws:SourceVpc, ''}", "", True),
        ("${aws:empty, 'nobody'}", "nobody", True),
        ("${aws:PrincipalTag/None, 'nobody'}", "", True),
        ("${aws:PrincipalTag/None, 'nobody'}", "nobody", False),
    ],
)
def test_a_default_stands_for_a_variable_without_value(written, value, is_like):
    assert text(written).is_like(value, KEYS) is is_like


@pytest.mark.parametrize(
    "written", ["${aws:SourceVpc}", "${}", "${aws:empty}", "a${aws:SourceVpc}", "*${aws:SourceVpc}*"]
)
@pytest.mark.parametrize("value", ["", "a", "None", "${aws:SourceVpc}", "${}", "${aws:empty}"])
def test_a_text_whose_variable_has_no_value_is_like_nothing(written, value):
    assert not text(written).is_like(value, KEYS)
    assert not text(written).equals(value, KEYS)


@pytest.mark.parametrize("value", ["env", "team", "envteam", "['env', 'team']", ""])
def test_a_variable_with_several_values_has_none(value):
    assert not text("${aws:TagKeys}").is_like(value, KEYS)
    assert not text("${aws:TagKeys}").equals(value, KEYS)


@pytest.mark.parametrize(
    ("written", "value", "is_like"),
    [
        ("${aws:username}", "ana", False),
        ("${aws:username}", "${aws:username}", True),
        ("${aws:SourceVpc, 'nobody'}", "nobody", False),
        ("${aws:SourceVpc, 'nobody'}", "${aws:SourceVpc, 'nobody'}", True),
        ("${*}", "*", False),
        ("${*}", "${anything}", True),
        ("${?}", "${a}", True),
    ],
)
def test_in_a_version_without_variables_they_are_literal(written, value, is_like):
    assert text(written, variables=False).is_like(value, KEYS) is is_like


@pytest.mark.parametrize(
    "written", ["$", "${", "${aws:username", "$aws:username", "{aws:username}", "$ {aws:username}"]
)
def test_what_is_no_variable_is_literal(written):
    assert text(written).equals(written, KEYS)
    assert text(written).is_like(written, KEYS)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("arn:aws:iam::123456789012:user/ana", ["arn", "aws", "iam", "", "123456789012", "user/ana"]),
        ("arn:aws:lambda:*:1:function:f:1", ["arn", "aws", "lambda", "*", "1", "function:f:1"]),
        ("arn:aws:iam::1:user/${aws:username}", ["arn", "aws", "iam", "", "1", "user/${aws:username}"]),
        ("arn:aws:s3:::${aws:username}:a:b", ["arn", "aws", "s3", "", "", "${aws:username}:a:b"]),
        ("arn:${aws:Partition}:iam::1:user/a", ["arn", "${aws:Partition}", "iam", "", "1", "user/a"]),
        ("${aws:PrincipalArn}", ["${aws:PrincipalArn}"]),
        ("${aws:a, 'b:c'}:aws", ["${aws:a, 'b:c'}", "aws"]),
        ("*", ["*"]),
    ],
)
def test_an_arn_has_six_parts_whatever_colons_its_variables_have(written, parts):
    assert [part.text for part in text(written).arn_parts()] == parts


def test_the_parts_of_an_arn_have_its_variables():
    parts = text("arn:aws:iam::1:user/${aws:username}").arn_parts()
    assert parts[5].is_like("user/ana", KEYS)
    assert not parts[5].is_like("user/${aws:username}", KEYS)


def test_the_parts_of_an_arn_have_no_variables_in_a_version_without():
    parts = text("arn:aws:iam::1:user/${aws}", variables=False).arn_parts()
    assert parts[5].is_like("user/${aws}", {"aws": ["ana"]})
    assert not parts[5].is_like("user/ana", {"aws": ["ana"]})


def test_it_shows_what_the_policy_has():
    assert repr(text("user/${aws:username}")) == "'user/${aws:username}'"


def by_expression(written, value, *, wildcards, ignore_case):
    """What a regular expression says of a text without variables."""
    meant = {"*": ".*", "?": "."} if wildcards else {}
    pattern = "".join(meant.get(character) or re.escape(character) for character in written)
    return bool(re.fullmatch(pattern, value, re.DOTALL | (re.IGNORECASE if ignore_case else 0)))


@settings(max_examples=600, database=None)
@given(st.text("ab*?K", max_size=8), st.text("ab*?kA\n", max_size=8), st.booleans())
def test_a_text_is_like_what_its_regular_expression_matches(written, value, ignore_case):
    for wildcards, matches in ((True, text(written).is_like), (False, text(written).equals)):
        expected = by_expression(written, value, wildcards=wildcards, ignore_case=ignore_case)
        assert matches(value, {}, ignore_case=ignore_case) is expected


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("k", "\N{KELVIN SIGN}"),
        ("s", "\N{LATIN SMALL LETTER LONG S}"),
        ("i", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"),
        ("?", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"),
        ("ß", "\N{LATIN CAPITAL LETTER SHARP S}"),
        ("ss", "ß"),
        ("\N{GREEK SMALL LETTER FINAL SIGMA}", "\N{GREEK CAPITAL LETTER SIGMA}"),
        ("é", "É"),
        ("e", "é"),
        ("\ud800*", "\ud800"),
    ],
    ids=ascii,
)
def test_cases_are_those_that_a_regular_expression_ignores(written, value):
    for one, other in ((written, value), (value, written)):
        expected = by_expression(one, other, wildcards=True, ignore_case=True)
        assert text(one).is_like(other, {}, ignore_case=True) is expected


@pytest.mark.parametrize("ignore_case", [False, True])
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("*" * 20 + "b", "a" * 100_000),
        ("*a" * 8 + "*b", "a" * 100_000),
        ("*a*a*b", "a" * 100_000),
        ("*" + "?*" * 10 + "x", "a" * 100_000),
        ("*" + "a" * 6_000 + "b", "a" * 100_000),
        ("*" + "a?" * 3_000 + "b", "a" * 100_000),
        ("*?" * 3_000 + "b", "a" * 100_000),
        ("${aws:long}*" * 8 + "b", "a" * 100_000),
    ],
    ids=lambda each: each[:8],
)
def test_no_wildcards_take_long(written, value, ignore_case):
    keys = {"aws:long": ["a" * 1_000]}
    before = process_time()
    assert not text(written).is_like(value, keys, ignore_case=ignore_case)
    assert text(written).is_like(value + written[-1], keys, ignore_case=ignore_case)
    assert process_time() - before < 1
