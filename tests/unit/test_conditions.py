"""Condition operators of IAM policies: which requests they hold for."""

from __future__ import annotations

import pytest

from pytest_cognito_pool._service.access.conditions import condition
from pytest_cognito_pool._service.access.policy_text import PolicyText

KEY = "aws:key"
USER = "arn:aws:iam::123456789012:user/ana"
NOON = "2026-01-31T12:00:00Z"


def holds(operator, wanted, sent, **others):
    """Whether a condition with these values holds for a request with those; None is a request without the key."""
    values = [wanted] if isinstance(wanted, str) else wanted
    keys = {f"aws:{name}": [value] for name, value in others.items()}
    if sent is not None:
        keys[KEY] = [sent] if isinstance(sent, str) else sent
    made = condition(operator, "aws:Key", [PolicyText(value, variables=True) for value in values])
    return made.holds(keys)


def refusal(operator, *values):
    with pytest.raises(ValueError, match=r".") as caught:
        condition(operator, "aws:Key", [PolicyText(value, variables=True) for value in values])
    return str(caught.value)


TEXTS = [
    ("StringEquals", "ana", "ana", True),
    ("StringEquals", "ana", "Ana", False),
    ("StringEquals", "ana", "anas", False),
    ("StringEquals", "a*", "ana", False),
    ("StringEquals", "a*", "a*", True),
    ("StringEquals", "an?", "ana", False),
    ("StringEquals", "${aws:username}", "bob", True),
    ("StringEquals", "${aws:PrincipalOrgID}", "bob", False),
    ("StringEquals", "${aws:PrincipalOrgID, 'bob'}", "bob", True),
    ("StringEqualsIgnoreCase", "ana", "ANA", True),
    ("StringEqualsIgnoreCase", "ANA", "ana", True),
    ("StringEqualsIgnoreCase", "ana", "bob", False),
    ("StringEqualsIgnoreCase", "a*", "ANA", False),
    ("StringLike", "a*", "ana", True),
    ("StringLike", "a*", "Ana", False),
    ("StringLike", "an?", "ana", True),
    ("StringLike", "an?", "an", False),
    ("StringLike", "${aws:username}-*", "bob-1", True),
    ("StringLike", "${*}", "ana", False),
]
OPPOSITE = {
    "StringEquals": "StringNotEquals",
    "StringEqualsIgnoreCase": "StringNotEqualsIgnoreCase",
    "StringLike": "StringNotLike",
    "ArnEquals": "ArnNotEquals",
    "ArnLike": "ArnNotLike",
    "NumericEquals": "NumericNotEquals",
    "DateEquals": "DateNotEquals",
}


@pytest.mark.parametrize(("operator", "wanted", "sent", "expected"), TEXTS)
def test_texts(operator, wanted, sent, expected):
    assert holds(operator, wanted, sent, username="bob") is expected
    assert holds(OPPOSITE[operator], wanted, sent, username="bob") is not expected


ARNS = [
    (USER, USER, True),
    (USER, USER.upper(), False),
    (USER, f"{USER}s", False),
    ("arn:aws:iam::123456789012:user/*", USER, True),
    ("arn:aws:iam::123456789012:user/???", USER, True),
    ("arn:aws:iam::123456789012:user/??", USER, False),
    ("arn:aws:iam::*:user/ana", USER, True),
    ("arn:*:iam::*:*", USER, True),
    ("arn:aws:iam::*:role/*", USER, False),
    ("arn:aws:lambda:*:1:function:f", "arn:aws:lambda:us-east-1:1:function:f", True),
    ("arn:aws:lambda:*:1:*", "arn:aws:lambda:us-east-1:1:function:f:3", True),
    ("arn:aws:lambda:us-east-1:1:function:f:*", "arn:aws:lambda:us-east-1:1:function:f:3", True),
    # A wildcard stays within its part.
    ("arn:aws:lambda:*:function:f", "arn:aws:lambda:us-east-1:1:function:f", False),
    ("arn:aws:*:1:function:f", "arn:aws:lambda:us-east-1:1:function:f", False),
    ("arn:aws:iam::123456789012:user/*", "bob", False),
    ("arn:aws:iam::123456789012:user/${aws:username}", "arn:aws:iam::123456789012:user/bob", True),
    ("arn:aws:iam::123456789012:user/${aws:username}", USER, False),
    ("${aws:arn}", USER, True),
    ("${aws:arn}", "arn:aws:iam::123456789012:user/bob", False),
]


@pytest.mark.parametrize("operator", ["ArnEquals", "ArnLike"])
@pytest.mark.parametrize(("wanted", "sent", "expected"), ARNS)
def test_arns_part_by_part(operator, wanted, sent, expected):
    assert holds(operator, wanted, sent, username="bob", arn=USER) is expected
    assert holds(OPPOSITE[operator], wanted, sent, username="bob", arn=USER) is not expected


@pytest.mark.parametrize(
    ("wanted", "sent", "expected"),
    [
        ("true", "true", True),
        ("true", "false", False),
        ("false", "false", True),
        ("false", "true", False),
        ("True", "true", True),
        ("true", "TRUE", True),
        ("true", "yes", False),
        ("false", "yes", False),
    ],
)
def test_booleans(wanted, sent, expected):
    assert holds("Bool", wanted, sent) is expected


@pytest.mark.parametrize(
    ("order", "smaller", "same", "greater"),
    [
        ("Equals", False, True, False),
        ("LessThan", True, False, False),
        ("LessThanEquals", True, True, False),
        ("GreaterThan", False, False, True),
        ("GreaterThanEquals", False, True, True),
        ("NotEquals", True, False, True),
    ],
)
class TestOrders:
    @pytest.mark.parametrize("limit", ["10", "10.0", "1e1"])
    def test_of_numbers(self, order, smaller, same, greater, limit):
        # As texts 9 would be the greater.
        sent = {"9": smaller, "-11": smaller, "9.9": smaller, "10": same, "10.0": same, "10.5": greater, "100": greater}
        assert {value: holds(f"Numeric{order}", limit, value) for value in sent} == sent

    @pytest.mark.parametrize("limit", [NOON, "2026-01-31T12:00:00+00:00", "2026-01-31T13:00:00+01:00", "1769860800"])
    def test_of_dates(self, order, smaller, same, greater, limit):
        sent = {
            "2026-01-31T11:59:59Z": smaller,
            "2026-01-31": smaller,
            "1769860799": smaller,
            "2026-01-31T12:30:00+01:00": smaller,
            NOON: same,
            "2026-01-31T12:00:00+00:00": same,
            "1769860800": same,
            "2026-01-31T12:00:01Z": greater,
            "2026-01-31T12:00:00-01:00": greater,
            "2026-02-01": greater,
            "1769860801": greater,
        }
        assert {value: holds(f"Date{order}", limit, value) for value in sent} == sent


@pytest.mark.parametrize("order", ["Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"])
@pytest.mark.parametrize(("kind", "limit"), [("Numeric", "10"), ("Date", NOON)])
def test_what_cannot_be_compared_passes_no_comparison(kind, order, limit):
    assert not holds(f"{kind}{order}", limit, "ana")


@pytest.mark.parametrize(
    ("wanted", "sent", "expected"),
    [
        ("true", None, True),
        ("true", "ana", False),
        ("true", [], True),
        ("false", None, False),
        ("false", "ana", True),
        ("false", ["ana", "bob"], True),
        ("False", "ana", True),
    ],
)
def test_null_is_the_absence_of_a_key(wanted, sent, expected):
    assert holds("Null", wanted, sent) is expected


# An operator and a value that it takes; with the key absent none of them is looked at.
TAKEN = {
    "StringEquals": "ana",
    "StringEqualsIgnoreCase": "ana",
    "StringLike": "ana",
    "ArnEquals": USER,
    "ArnLike": USER,
    "Bool": "true",
    "NumericEquals": "10",
    "NumericLessThan": "10",
    "NumericLessThanEquals": "10",
    "NumericGreaterThan": "10",
    "NumericGreaterThanEquals": "10",
    "DateEquals": NOON,
    "DateLessThan": NOON,
    "DateLessThanEquals": NOON,
    "DateGreaterThan": NOON,
    "DateGreaterThanEquals": NOON,
}
NEGATED = {OPPOSITE[operator]: value for operator, value in TAKEN.items() if operator in OPPOSITE}


@pytest.mark.parametrize("sent", [None, []], ids=["absent", "without values"])
class TestWithoutTheKey:
    @pytest.mark.parametrize(("operator", "wanted"), TAKEN.items())
    def test_a_condition_does_not_hold(self, operator, wanted, sent):
        assert holds(operator, wanted, sent) is False

    @pytest.mark.parametrize(("operator", "wanted"), NEGATED.items())
    def test_a_negated_condition_holds(self, operator, wanted, sent):
        assert holds(operator, wanted, sent) is True

    @pytest.mark.parametrize(("operator", "wanted"), [*TAKEN.items(), *NEGATED.items()])
    def test_one_with_if_exists_holds(self, operator, wanted, sent):
        assert holds(f"{operator}IfExists", wanted, sent) is True
        assert holds(f"ForAnyValue:{operator}IfExists", wanted, sent) is True
        assert holds(f"ForAllValues:{operator}IfExists", wanted, sent) is True

    @pytest.mark.parametrize(("operator", "wanted"), [*TAKEN.items(), *NEGATED.items()])
    def test_one_for_all_values_holds_and_one_for_any_does_not(self, operator, wanted, sent):
        assert holds(f"ForAllValues:{operator}", wanted, sent) is True
        assert holds(f"ForAnyValue:{operator}", wanted, sent) is False


@pytest.mark.parametrize(
    ("operator", "wanted", "sent", "expected"),
    [
        ("StringEqualsIfExists", "ana", "ana", True),
        ("StringEqualsIfExists", "ana", "bob", False),
        ("StringNotEqualsIfExists", "ana", "ana", False),
        ("StringNotEqualsIfExists", "ana", "bob", True),
        ("BoolIfExists", "true", "false", False),
        ("ForAllValues:StringEqualsIfExists", "ana", ["ana", "bob"], False),
        ("ForAnyValue:StringEqualsIfExists", "ana", "bob", False),
    ],
)
def test_if_exists_changes_nothing_where_the_key_is_there(operator, wanted, sent, expected):
    assert holds(operator, wanted, sent) is expected


@pytest.mark.parametrize(
    ("operator", "wanted", "sent", "expected"),
    [
        ("StringEquals", ["ana", "bob"], "ana", True),
        ("StringEquals", ["ana", "bob"], "bob", True),
        ("StringEquals", ["ana", "bob"], "eva", False),
        ("StringLike", ["a*", "b*"], "bob", True),
        ("ArnLike", ["arn:aws:iam::1:*", USER], USER, True),
        ("Bool", ["true", "false"], "false", True),
        ("NumericEquals", ["1", "2"], "2", True),
        ("NumericLessThan", ["1", "5"], "3", True),
        ("DateEquals", ["2026-01-01", NOON], NOON, True),
        ("StringNotEquals", ["ana", "bob"], "ana", False),
        ("StringNotEquals", ["ana", "bob"], "bob", False),
        ("StringNotEquals", ["ana", "bob"], "eva", True),
        ("StringNotEqualsIgnoreCase", ["ana", "bob"], "BOB", False),
        ("StringNotLike", ["a*", "b*"], "bob", False),
        ("StringNotLike", ["a*", "b*"], "eva", True),
        ("ArnNotLike", ["arn:aws:iam::1:*", USER], USER, False),
        ("NumericNotEquals", ["1", "2"], "2", False),
        ("NumericNotEquals", ["1", "2"], "3", True),
        ("DateNotEquals", ["2026-01-01", NOON], NOON, False),
    ],
)
def test_of_several_values_one_will_do_and_where_it_is_negated_none_may(operator, wanted, sent, expected):
    assert holds(operator, wanted, sent) is expected


@pytest.mark.parametrize(
    ("operator", "sent", "expected"),
    [
        ("ForAllValues:StringEquals", ["env"], True),
        ("ForAllValues:StringEquals", ["env", "team"], True),
        ("ForAllValues:StringEquals", ["env", "cost"], False),
        ("ForAllValues:StringEquals", ["cost"], False),
        ("ForAnyValue:StringEquals", ["env", "cost"], True),
        ("ForAnyValue:StringEquals", ["cost"], False),
        ("ForAllValues:StringNotEquals", ["cost", "owner"], True),
        ("ForAllValues:StringNotEquals", ["env", "cost"], False),
        ("ForAnyValue:StringNotEquals", ["env", "cost"], True),
        ("ForAnyValue:StringNotEquals", ["env", "team"], False),
        ("ForAllValues:StringLike", ["env", "team"], True),
        ("ForAnyValue:StringNotLike", ["env", "team"], False),
    ],
)
def test_quantifiers_are_over_the_values_of_the_request(operator, sent, expected):
    assert holds(operator, ["env", "team"], sent) is expected


@pytest.mark.parametrize(
    ("operator", "wanted", "unwanted"),
    [
        ("StringEquals", "b", "c"),
        ("StringEqualsIgnoreCase", "B", "C"),
        ("StringLike", "b*", "c*"),
        ("ArnLike", "b", "c"),
        ("NumericEquals", "2", "3"),
        ("DateEquals", "2026-01-02", "2026-01-03"),
    ],
)
def test_of_a_key_with_several_values_one_must_be_wanted_and_none_unwanted(operator, wanted, unwanted):
    sent = {"Numeric": ["1", "2"], "Date": ["2026-01-01", "2026-01-02"]}.get(
        operator.removesuffix("Equals"), ["a", "b"]
    )
    assert holds(operator, wanted, sent) is True
    assert holds(operator, unwanted, sent) is False
    assert holds(OPPOSITE[operator], wanted, sent) is False
    assert holds(OPPOSITE[operator], unwanted, sent) is True


@pytest.mark.parametrize("key", ["aws:key", "aws:Key", "AWS:KEY"])
def test_keys_have_no_case(key):
    made = condition("StringEquals", key, [PolicyText("ana", variables=True)])
    assert made.holds({KEY: ["ana"]})
    assert (made.key, made.shown) == (KEY, f"StringEquals {key}")


def test_null_shows_its_key_too():
    made = condition("Null", "aws:Key", [PolicyText("true", variables=True)])
    assert (made.key, made.shown) == (KEY, "Null aws:Key")


OPERATORS = (
    "'ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'Bool', 'DateEquals', 'DateGreaterThan', "
    "'DateGreaterThanEquals' and 16 more"
)


@pytest.mark.parametrize(
    ("operator", "plain", "hint"),
    [
        ("StringEqual", "StringEqual", "did you mean 'StringEquals'?"),
        ("stringlike", "stringlike", "did you mean 'StringLike'?"),
        ("StringLikeIfExist", "StringLikeIfExist", "did you mean 'StringLike' or 'StringNotLike'?"),
        ("ArnLikesIfExists", "ArnLikes", "did you mean 'ArnLike'?"),
        ("ForAllValues:Boolean", "Boolean", "did you mean 'Bool'?"),
        ("Nul", "Nul", "did you mean 'Null'?"),
        ("xyz", "xyz", f"known names: {OPERATORS}"),
        ("", "", f"known names: {OPERATORS}"),
    ],
)
def test_an_unknown_operator(operator, plain, hint):
    assert refusal(operator, "ana") == f"unknown condition operator {plain!r}; {hint}"


@pytest.mark.parametrize("operator", ["IpAddress", "NotIpAddress", "BinaryEquals"])
@pytest.mark.parametrize("written", ["{}", "{}IfExists", "ForAllValues:{}", "ForAnyValue:{}IfExists"])
def test_an_operator_that_is_not_simulated(operator, written):
    assert refusal(written.format(operator), "203.0.113.0/24") == (
        f"the condition operator {operator!r} is not simulated by pytest-cognito-pool"
    )


@pytest.mark.parametrize("operator", ["Bool", "BoolIfExists", "ForAnyValue:Bool", "Null"])
@pytest.mark.parametrize("value", ["yes", "1", "", "${aws:SecureTransport}"])
def test_what_is_neither_true_nor_false(operator, value):
    assert refusal(operator, value) == f"{value!r} is neither 'true' nor 'false'"


@pytest.mark.parametrize(
    "order", ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"]
)
class TestNoLimit:
    @pytest.mark.parametrize("value", ["ten", "", "0x10", "1_000", "nan", "1.", "\u0661", "${aws:EpochTime}"])
    def test_what_is_no_number(self, order, value):
        assert refusal(f"Numeric{order}", "10", value) == f"{value!r} is not a number"

    @pytest.mark.parametrize(
        "value", ["today", "", "2026-13-01", "20260131T000000Z", "31.01.2026", "-1", "${aws:CurrentTime}"]
    )
    def test_what_is_no_date(self, order, value):
        message = f"{value!r} is not a date, for example '2026-01-31T00:00:00Z'"
        assert refusal(f"Date{order}", NOON, value) == message


@pytest.mark.parametrize(
    "written",
    ["2026", "2026-01", "2026-01-01", "2026-01-01T00:00Z", "2026-01-01T00:00:00.25Z", "2026-01-01T01:00:00+01:00"],
)
def test_a_date_is_written_as_short_as_its_rest_is_the_first(written):
    assert holds("DateEquals", written, "2026-01-01T00:00:00+00:00") is True


@pytest.mark.parametrize("name", ["NullIfExists", "ForAllValues:Null", "ForAnyValue:NullIfExists"])
def test_null_takes_neither_if_exists_nor_a_quantifier(name):
    assert refusal(name, "true") == "the condition operator Null takes neither IfExists nor a quantifier"


@pytest.mark.parametrize("sent", ["ana", []])
def test_null_with_both_values_holds_always(sent):
    assert holds("Null", ["true", "false"], sent) is True


def test_null_looks_at_each_of_its_values():
    with pytest.raises(ValueError, match=r"^'yes' is neither 'true' nor 'false'$"):
        condition("Null", KEY, [PolicyText("true", variables=True), PolicyText("yes", variables=True)])
