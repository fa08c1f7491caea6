"""What an author is told of an IAM policy that is none."""

from __future__ import annotations

import errno
import json
import os
from datetime import date
from pathlib import Path

import pytest

from pytest_cognito_pool import Permission, UsageError
from pytest_cognito_pool._api.checks import policies

ACTION = "cognito-idp:AdminConfirmSignUp"
POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1"
ALLOW = {"Effect": "Allow", "Action": ACTION, "Resource": POOL}
STATEMENT_KEYS = "'Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'"


def policy(*statements, version="2012-10-17"):
    return {"Version": version, "Statement": list(statements)}


def without(name, **elements):
    return {key: value for key, value in {**ALLOW, **elements}.items() if key != name}


def refusal(given):
    with pytest.raises(UsageError) as caught:
        policies.read(given)
    return caught.value


def told(given):
    return str(refusal(given))


@pytest.fixture
def file(tmp_path):
    """A file with that text, and what a refusal calls it."""

    def write(content):
        path = tmp_path / "worker.json"
        path.write_text(content, encoding="utf-8")
        return path, f"the policy {str(path)!r}"

    return write


class TestAccepted:
    @pytest.mark.parametrize(
        "printed",
        [
            {"PolicyVersion": {"Document": policy(ALLOW), "VersionId": "v1", "IsDefaultVersion": True}},
            {"RoleName": "worker", "PolicyName": "confirm", "PolicyDocument": policy(ALLOW)},
        ],
    )
    @pytest.mark.parametrize("form", [dict, json.dumps])
    def test_what_the_command_line_prints(self, printed, form):
        (statement,) = policies.read(form(printed)).statements
        assert statement.name == "statement 1"

    def test_all_policies_of_a_role(self):
        statements = policies.read(policy(ALLOW, {**ALLOW, "Sid": "Two"}), json.dumps(policy(ALLOW))).statements
        assert [statement.name for statement in statements] == [
            "statement 1 of policy 1",
            "statement 2 of policy 1 'Two'",
            "statement 1 of policy 2",
        ]

    def test_tuples_for_lists(self):
        document = {"Version": "2012-10-17", "Statement": ({**ALLOW, "Action": (ACTION,), "Resource": (POOL, "*")},)}
        (statement,) = policies.read(document).statements
        assert statement.obstacles(Permission(ACTION, POOL), {}) == []

    def test_a_version_that_yaml_made_a_date_of(self):
        assert policies.read({**policy(ALLOW), "Version": date(2012, 10, 17)}).statements

    def test_a_file_with_a_byte_order_mark(self, tmp_path):
        path = tmp_path / "worker.json"
        path.write_text(json.dumps(policy(ALLOW)), encoding="utf-8-sig")
        assert len(policies.read(path).statements) == 1

    def test_a_dict(self):
        assert len(policies.read(policy(ALLOW, ALLOW)).statements) == 2

    def test_json_text(self):
        assert len(policies.read(json.dumps(policy(ALLOW))).statements) == 1
        assert len(policies.read(f"\n  {json.dumps(policy(ALLOW), indent=2)}\n").statements) == 1

    def test_a_path_and_its_text(self, file):
        path, _ = file(json.dumps(policy(ALLOW)))
        assert len(policies.read(path).statements) == len(policies.read(str(path)).statements) == 1

    def test_a_single_statement_as_an_object(self):
        (statement,) = policies.read({"Statement": ALLOW}).statements
        assert (statement.name, statement.allows) == ("statement 1", True)

    def test_no_statements(self):
        assert policies.read(policy()).statements == []

    def test_an_id_and_a_sid(self):
        (statement,) = policies.read({"Id": "worker", **policy({**ALLOW, "Sid": "Confirming"})}).statements
        assert statement.name == "statement 1 'Confirming'"

    @pytest.mark.parametrize("of_version", [{}, {"Version": "2008-10-17"}])
    def test_an_old_version_whose_variables_are_none(self, of_version):
        (statement,) = policies.read({**of_version, "Statement": {**ALLOW, "Resource": "arn:${aws:a}"}}).statements
        assert statement.resource.is_met("arn:${aws:a}", {"aws:a": ["b"]})
        assert not statement.resource.is_met("arn:b", {"aws:a": ["b"]})

    @pytest.mark.parametrize(
        ("operator", "value", "sent", "other"),
        [
            ("Bool", True, "true", "false"),
            ("Bool", False, "false", "true"),
            ("Null", False, "anything", ""),
            ("NumericEquals", 10, "10", "11"),
            ("NumericLessThan", 1.5, "1", "2"),
            ("NumericEquals", [1, 2], "2", "3"),
            ("DateLessThan", 1769860800, "2026-01-31T11:59:59Z", "2026-01-31T12:00:01Z"),
            ("StringEquals", True, "true", "True"),
            ("StringEquals", 5, "5", "6"),
        ],
    )
    def test_numbers_and_booleans_in_conditions(self, operator, value, sent, other):
        (statement,) = policies.read(policy({**ALLOW, "Condition": {operator: {"aws:a": value}}})).statements
        needed = Permission(ACTION, POOL)
        assert statement.obstacles(needed, {"aws:a": [sent]}) == []
        told = f"Condition {operator} aws:a (it is {repr(other) if other else 'absent'})"
        assert statement.obstacles(needed, {"aws:a": [other] if other else []}) == [told]

    @pytest.mark.parametrize("empty", [{}, {"StringEquals": {}}])
    def test_a_condition_that_asks_for_nothing(self, empty):
        (statement,) = policies.read(policy({**ALLOW, "Condition": empty})).statements
        assert statement.conditions == []


class TestSource:
    @pytest.mark.parametrize("given", [None, 5, [ALLOW], b"{}", True])
    def test_what_is_no_policy_at_all(self, given):
        assert told(given) == f"a policy must be a dict, JSON text or a path, not {given!r}"

    def test_a_missing_file(self, tmp_path):
        path = tmp_path / "worker.json"
        message = f"the policy {str(path)!r} cannot be read: {os.strerror(errno.ENOENT)}"
        assert told(path) == told(str(path)) == message

    @pytest.mark.parametrize("typed", ["worker.json", Path("worker.json")])
    def test_a_missing_file_is_called_as_it_was_typed(self, tmp_path, monkeypatch, typed):
        monkeypatch.chdir(tmp_path)
        error = refusal(typed)
        reason = os.strerror(errno.ENOENT)
        assert str(error) == f"the policy 'worker.json' cannot be read: {reason}; it was looked for in {tmp_path}"
        assert error.typed == typed

    def test_a_folder(self, tmp_path):
        assert told(tmp_path) == f"the policy {str(tmp_path)!r} cannot be read: {os.strerror(errno.EISDIR)}"

    def test_text_that_is_no_json(self):
        assert told('{"Statement": [}') == "the policy is not valid JSON: Expecting value: line 1 column 16 (char 15)"

    def test_a_file_that_is_no_json(self, file):
        path, source = file("Statement: []\n")
        message = f"{source} is not valid JSON: Expecting value: line 1 column 1 (char 0)"
        assert told(path) == told(str(path)) == message

    def test_a_file_that_is_no_text(self, tmp_path):
        path = tmp_path / "worker.json"
        path.write_bytes(b"\xff")
        reason = "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"
        assert told(path) == f"the policy {str(path)!r} cannot be read: {reason}"

    def test_a_path_that_no_file_can_have(self):
        looked = f"it was looked for in {Path.cwd()}"
        assert told("a\0b.json") == f"the policy 'a\\x00b.json' cannot be read: embedded null byte; {looked}"

    def test_text_of_a_list(self):
        assert told("[1, 2]") == "the policy is [1, 2], not an object with a Statement"

    @pytest.mark.parametrize(("content", "shown"), [("[]", "[]"), ("5", "5"), ("null", "None"), ('"a"', "'a'")])
    def test_a_file_with_other_json(self, file, content, shown):
        path, source = file(content)
        assert told(path) == f"{source} is {shown}, not an object with a Statement"


class TestDocument:
    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("Statements", "did you mean 'Statement'?"),
            ("version", "did you mean 'Version'?"),
            ("Effect", "known names: 'Version', 'Id', 'Statement'"),
            ("PolicyDocument", "known names: 'Version', 'Id', 'Statement'"),
        ],
    )
    def test_an_unknown_element(self, name, hint):
        error = refusal({**policy(ALLOW), name: "x"})
        assert str(error) == f"the policy has no element {name!r}; {hint}"
        assert error.typed == name

    @pytest.mark.parametrize("name", ["Principal", "NotPrincipal"])
    def test_a_principal(self, name):
        assert told({**policy(ALLOW), name: "*"}) == (
            f"the policy has a {name}, which only resource policies have; give an identity policy"
        )

    @pytest.mark.parametrize("version", ["2012-10-18", "", 2012, None])
    def test_an_unknown_version(self, version):
        error = refusal(policy(ALLOW, version=version))
        assert str(error) == f"the policy: unknown Version {version!r}; use '2012-10-17'"
        assert error.typed == version

    def test_no_statement(self):
        assert told({}) == "the policy has no Statement"
        assert told('{"Version": "2012-10-17"}') == "the policy has no Statement"

    @pytest.mark.parametrize("statements", ["*", None, 5, True])
    def test_statements_that_are_no_list(self, statements):
        message = f"the policy: Statement is {statements!r}, not a list of statements"
        assert told({"Statement": statements}) == message

    @pytest.mark.parametrize(
        ("document", "message"),
        [
            ({"Statements": []}, "{} has no element 'Statements'; did you mean 'Statement'?"),
            ({"Version": "1", "Statement": []}, "{}: unknown Version '1'; use '2012-10-17'"),
            ({}, "{} has no Statement"),
            ({"Statement": 5}, "{}: Statement is 5, not a list of statements"),
            ({"Statement": [ALLOW, 5]}, "{}, statement 2 is 5, not an object"),
            ({"Statement": {**ALLOW, "Action": []}}, "{}, statement 1: Action is empty"),
        ],
    )
    def test_of_a_file_its_path_is_told(self, file, document, message):
        path, source = file(json.dumps(document))
        assert told(path) == message.format(source)


def test_the_statement_is_told_by_its_place():
    assert told(policy(ALLOW, {**ALLOW, "Effect": "No"}, ALLOW)).startswith("the policy, statement 2 has the Effect")


STATEMENTS = {
    "no object": ("x", " is 'x', not an object"),
    "a list": ([ALLOW], f" is [{ALLOW!r}], not an object"),
    "nothing": (None, " is None, not an object"),
    "an element misspelt": (
        {**ALLOW, "Actions": ACTION},
        " has no element 'Actions'; did you mean 'Action'?",
    ),
    "an element unknown": (
        {**ALLOW, "xyz": ACTION},
        f" has no element 'xyz'; known names: {STATEMENT_KEYS}",
    ),
    "a principal": (
        {**ALLOW, "Principal": "*"},
        " has a Principal, which only resource policies have; give an identity policy",
    ),
    "a principal that is not": (
        {**ALLOW, "NotPrincipal": "*"},
        " has a NotPrincipal, which only resource policies have; give an identity policy",
    ),
    "no effect": (without("Effect"), " has no Effect; it is 'Allow' or 'Deny'"),
    "an effect in lower case": ({**ALLOW, "Effect": "allow"}, " has the Effect 'allow'; did you mean 'Allow'?"),
    "an effect misspelt": ({**ALLOW, "Effect": "Denied"}, " has the Effect 'Denied'; did you mean 'Deny'?"),
    "an effect unknown": ({**ALLOW, "Effect": "x"}, " has the Effect 'x'; known names: 'Allow', 'Deny'"),
    "an effect of another type": ({**ALLOW, "Effect": True}, " has the Effect True; known names: 'Allow', 'Deny'"),
    "no action": (without("Action"), " has neither Action nor NotAction; it needs one of them"),
    "no resource": (without("Resource"), " has neither Resource nor NotResource; it needs one of them"),
    "both actions": ({**ALLOW, "NotAction": ACTION}, " has Action and NotAction; it needs one of them"),
    "both resources": ({**ALLOW, "NotResource": POOL}, " has Resource and NotResource; it needs one of them"),
}


@pytest.mark.parametrize(("statement", "message"), STATEMENTS.values(), ids=STATEMENTS)
def test_a_statement(statement, message):
    assert told(policy(statement)) == f"the policy, statement 1{message}"


@pytest.mark.parametrize("name", ["Action", "NotAction", "Resource", "NotResource"])
class TestElement:
    def told(self, name, value):
        statement = policy({**without(name.removeprefix("Not")), name: value})
        message = told(statement)
        assert message.startswith(f"the policy, statement 1: {name} ")
        return message.removeprefix(f"the policy, statement 1: {name} ")

    def test_an_empty_list(self, name):
        assert self.told(name, []) == "is empty"

    @pytest.mark.parametrize("value", [None, 5, True, {"a": "b"}, b"*"])
    def test_what_is_no_text(self, name, value):
        assert self.told(name, value) == f"is {value!r}, which is not a string"
        assert self.told(name, ["*", value]) == f"is {value!r}, which is not a string"


ACTION_LIKE = "a valid one is 'cognito-idp:AdminConfirmSignUp', or '*'"
RESOURCE_LIKE = f"a valid one is {POOL!r}, or '*'"


@pytest.mark.parametrize(
    ("name", "value", "like"),
    [
        ("Action", "AdminConfirmSignUp", ACTION_LIKE),
        ("Action", "", ACTION_LIKE),
        ("Action", "**", ACTION_LIKE),
        ("NotAction", "Admin*", ACTION_LIKE),
        ("Resource", "us-east-1_TestPool1", RESOURCE_LIKE),
        ("Resource", "", RESOURCE_LIKE),
        ("Resource", "ARN:aws:s3:::files", RESOURCE_LIKE),
        ("NotResource", "userpool/*", RESOURCE_LIKE),
    ],
)
def test_what_is_no_action_or_no_arn(name, value, like):
    statement = without(name.removeprefix("Not"))
    message = f"the policy, statement 1: invalid {name} {value!r}; {like}"
    assert told(policy({**statement, name: value})) == message
    assert told(policy({**statement, name: ["*", value]})) == message


@pytest.mark.parametrize(
    "condition",
    [
        None,
        [],
        "x",
        5,
        {"StringEquals": "ana"},
        {"StringEquals": [{"aws:username": "ana"}]},
        {"Null": None},
        {5: {"aws:username": "ana"}},
        {"StringEquals": {5: "ana"}},
    ],
)
def test_a_condition_of_another_shape(condition):
    assert told(policy({**ALLOW, "Condition": condition})) == (
        f"the policy, statement 1: Condition is {condition!r}; "
        "a valid one is {'StringEquals': {'aws:username': 'ana'}}"
    )


@pytest.mark.parametrize(
    ("operator", "value", "message", "typed"),
    [
        ("StringEquals", [], " is empty", []),
        ("StringEquals", None, " is None, which is not a string", None),
        ("StringEquals", ["ana", None], " is None, which is not a string", None),
        ("StringEquals", {"a": "b"}, " is {'a': 'b'}, which is not a string", {"a": "b"}),
        (
            "StringEqual",
            "a",
            ": unknown condition operator 'StringEqual'; did you mean 'StringEquals'?",
            "StringEqual",
        ),
        (
            "NullIfExists",
            "true",
            ": the condition operator Null takes neither IfExists nor a quantifier",
            "NullIfExists",
        ),
        (
            "IpAddress",
            "203.0.113.0/24",
            ": the condition operator 'IpAddress' is not simulated by pytest-cognito-pool",
            "IpAddress",
        ),
        ("Bool", "yes", ": 'yes' is neither 'true' nor 'false'", "yes"),
        ("Null", 1, ": '1' is neither 'true' nor 'false'", "1"),
        ("NumericLessThan", ["1", "ten"], ": 'ten' is not a number", "ten"),
        ("NumericLessThan", True, ": 'true' is not a number", "true"),
        ("DateLessThan", "today", ": 'today' is not a date, for example '2026-01-31T00:00:00Z'", "today"),
    ],
)
def test_a_condition(operator, value, message, typed):
    error = refusal(policy({**ALLOW, "Condition": {operator: {"aws:a": value}}}))
    assert str(error) == f"the policy, statement 1: Condition {operator} aws:a{message}"
    assert error.typed == typed


def test_a_refusal_has_no_cause_that_would_be_shown(tmp_path):
    for given in (tmp_path / "none.json", "{", policy({**ALLOW, "Condition": {"Bool": {"aws:a": "yes"}}})):
        error = refusal(given)
        assert (error.__cause__, error.__suppress_context__) == (None, True)


@pytest.mark.parametrize("key", ["aws:SourceIp", "aws:UserAgent", "aws:userid", "AWS:USERID"])
@pytest.mark.parametrize("operator", ["StringEquals", "Null", "StringLikeIfExists"])
def test_a_key_that_every_real_request_has_and_none_of_ours(key, operator):
    assert told(policy({**ALLOW, "Condition": {operator: {key: "true"}}})) == (
        f"the policy, statement 1: Condition {operator} {key}: "
        f"the condition key {key!r} is not simulated by pytest-cognito-pool"
    )


@pytest.mark.parametrize("version", [["2012-10-17"], {"a": "b"}])
def test_a_version_that_is_no_text(version):
    assert told({"Version": version, "Statement": []}) == (f"the policy: unknown Version {version!r}; use '2012-10-17'")


def test_of_several_policies_the_one_is_named():
    with pytest.raises(UsageError) as caught:
        policies.read(policy(ALLOW), policy({**ALLOW, "Effect": "allow"}))
    assert str(caught.value) == "policy 2, statement 1 has the Effect 'allow'; did you mean 'Allow'?"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{"Version": "2012-10-17", "Statement": [], "Statement": []}', "Statement"),
        ('{"Statement": {"Effect": "Allow", "Action": "*", "Action": "*", "Resource": "*"}}', "Action"),
    ],
)
def test_a_key_that_is_there_twice(text, key):
    assert told(text) == f"the policy is not valid JSON: the key {key!r} occurs twice"


@pytest.mark.parametrize("variable", ["aws:userid", "AWS:SourceIp", "aws:UserAgent, 'none'"])
def test_a_variable_that_every_real_request_has_and_none_of_ours(variable):
    text = f"arn:aws:cognito-idp:*:*:userpool/${{{variable}}}"
    message = f"the variable ${{{variable}}} is not simulated by pytest-cognito-pool"
    assert told(policy({**ALLOW, "Resource": text})) == f"the policy, statement 1: Resource: {message}"
    scope = "the policy, statement 1: Condition StringLike aws:username"
    assert told(policy({**ALLOW, "Condition": {"StringLike": {"aws:username": text}}})) == f"{scope}: {message}"
    assert policies.read(policy({**ALLOW, "Resource": text}, version="2008-10-17")).statements
