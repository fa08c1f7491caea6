"""Texts that are made to be slow to check: each is answered quickly, with every violation it has."""

from __future__ import annotations

from contextlib import contextmanager
from time import process_time

import pytest

evidence = pytest.mark.evidence
LINK_PATTERN = r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{##[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*##\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"
CODE_PATTERN = r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"
ADDRESS_PATTERN = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+"
USER = "arn:aws:iam::123456789012:user/pytest"


def long(unit, end, length=20_000):
    """A text of that length: the unit again and again, and the end."""
    return (unit * length)[: length - len(end)] + end


def violation(value, path, constraint):
    value = value.replace("\u2028", "?")
    return f"Value '{value}' at '{path}' failed to satisfy constraint: Member must {constraint}"


def refusal(*violations):
    count = f"{len(violations)} validation error{'s' if len(violations) > 1 else ''}"
    return f"{count} detected: {'; '.join(violations)}"


@contextmanager
def at_once():
    before = process_time()
    yield
    # This includes the time of some imports.
    assert process_time() - before < 2


@pytest.fixture
def cognito_pool_settings():
    return {"AutoVerifiedAttributes": ["email"]}


@pytest.fixture
def sign_up(cognito_pool, cognito_idp):
    def sign_up():
        cognito_idp.sign_up(
            ClientId=cognito_pool.client.id,
            Username="ana",
            Password="Passw0rd!",
            UserAttributes=[{"Name": "email", "Value": "ana@example.com"}],
        )
        return cognito_pool.outbox.one()

    return sign_up


@pytest.fixture(autouse=True)
def _engine(cognito_idp, refused):
    """Import what checks texts that are not ASCII, and make a first call: both are slow, but only once."""
    with refused("InvalidParameterException"):
        cognito_idp.create_user_pool(PoolName="é")


class TestPatterns:
    @evidence("model", "EmailVerificationMessageByLinkType")
    @pytest.mark.parametrize("end", ["\0", "é\0", "##}\u2028"])
    @pytest.mark.parametrize("unit", ["{##a##}", "{##", "##}", "#"])
    def test_a_very_long_email_message_with_a_link_is_checked_quickly(self, cognito_idp, refused, unit, end):
        text = long(unit, end)
        path = "verificationMessageTemplate.emailMessageByLink"
        pattern = f"satisfy regular expression pattern: {LINK_PATTERN}"
        with at_once(), refused("InvalidParameterException", refusal(violation(text, path, pattern))):
            cognito_idp.create_user_pool(PoolName="p", VerificationMessageTemplate={"EmailMessageByLink": text})

    @evidence("model", "EmailVerificationMessageType")
    @pytest.mark.parametrize("end", ["", "\0", "é\0"])
    @pytest.mark.parametrize("unit", ["{####", "####}"])
    def test_a_very_long_email_message_with_a_code_is_checked_quickly(self, cognito_idp, refused, unit, end):
        text = long(unit, end)
        pattern = f"satisfy regular expression pattern: {CODE_PATTERN}"
        broken = violation(text, "emailVerificationMessage", pattern)
        with at_once(), refused("InvalidParameterException", refusal(broken)):
            cognito_idp.create_user_pool(PoolName="p", EmailVerificationMessage=text)

    @evidence("model", "EmailAddressType")
    @pytest.mark.parametrize("end", ["\0", "é\0"])
    def test_a_very_long_email_address_is_checked_quickly(self, cognito_idp, refused, end):
        text = long("@", end, 100_000)
        pattern = f"satisfy regular expression pattern: {ADDRESS_PATTERN}"
        broken = violation(text, "emailConfiguration.replyToEmailAddress", pattern)
        with at_once(), refused("InvalidParameterException", refusal(broken)):
            cognito_idp.create_user_pool(PoolName="p", EmailConfiguration={"ReplyToEmailAddress": text})

    @evidence("model", "SmsVerificationMessageType; the printed pattern: observed, cdk-preflight 2026-09")
    @pytest.mark.parametrize("unit", ["####}", "{####"])
    def test_a_message_that_is_too_long_is_also_checked_against_its_pattern(self, cognito_idp, refused, unit):
        text = long(unit, "\n", 100_000)
        too_long = violation(text, "smsVerificationMessage", "have length less than or equal to 140")
        pattern = r"satisfy regular expression pattern: (?s).*\{####\}(?s).*"
        no_code = violation(text, "smsVerificationMessage", pattern)
        with at_once(), refused("InvalidParameterException", refusal(too_long, no_code)):
            cognito_idp.create_user_pool(PoolName="p", SmsVerificationMessage=text)


class TestMessages:
    @evidence("model", "EmailVerificationMessageByLinkType")
    @pytest.mark.cognito_pool(
        VerificationMessageTemplate={
            "DefaultEmailOption": "CONFIRM_WITH_LINK",
            "EmailMessageByLink": "{##here##}" + "{##" * 6_663,
        }
    )
    def test_an_unclosed_link_placeholder_is_sent_as_it_is_written(self, sign_up):
        with at_once():
            message = sign_up()
        assert message.body.endswith('">here</a>' + "{##" * 6_663)

    @evidence("inferred", "without its placeholders a message of a function is not used")
    def test_a_message_of_a_function_without_its_placeholders_is_not_used(self, cognito_pool, sign_up):
        @cognito_pool.on("CustomMessage")
        def custom_message(event, _context):
            event["response"]["emailMessage"] = "{##" * 30_000
            return event

        with at_once():
            message = sign_up()
        assert message.body == f"Your confirmation code is {message.code}"


class TestFilters:
    @evidence("model", "UserFilterType")
    @pytest.mark.parametrize(
        ("unit", "start", "end"),
        [
            ("\\", 'name = "', '"'),
            ('\\"', 'name = "', ""),
            ('"', "", ""),
            (" ", "", "name"),
            ("^", "name ", '= "x"'),
            ("a", "", "="),
            ("=", 'name = "x"', ""),
            (" ", 'name = "x"', "x"),
        ],
    )
    def test_a_malformed_filter_of_the_greatest_length_is_refused_quickly(
        self, cognito_pool, cognito_idp, refused, unit, start, end
    ):
        text = start + long(unit, end, 256 - len(start))
        with at_once(), refused("InvalidParameterException", "Error while parsing filter."):
            cognito_idp.list_users(UserPoolId=cognito_pool.id, Filter=text)


class TestPolicies:
    @evidence("documented", "IAM: `*` is any characters and `?` one")
    @pytest.mark.parametrize("length", [55, 5_000, 100_000])
    @pytest.mark.parametrize("wildcards", ["*" * 20 + "b", "*a" * 8 + "*b", "*a*a*b", "*" + "?*" * 10 + "b"])
    def test_a_resource_with_many_wildcards_is_matched_quickly(self, cognito, cognito_idp, refused, wildcards, length):
        """Authorisation comes before validation, so that an id of any length is matched."""
        pool_id = long("a", "", length)
        resource = f"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{wildcards}"
        statement = {"Effect": "Allow", "Action": "cognito-idp:*", "Resource": resource}
        cognito.enforce({"Version": "2012-10-17", "Statement": [statement]})
        with at_once(), refused("AccessDeniedException"):
            cognito_idp.describe_user_pool(UserPoolId=pool_id)

    @evidence("documented", "IAM: StringLike has wildcards")
    def test_a_condition_with_many_wildcards_is_matched_quickly(self, cognito, cognito_pool, cognito_idp, refused):
        condition = {"StringLike": {"aws:RequestTag/team": "*" + "?*" * 10 + "x"}}
        statement = {"Effect": "Allow", "Action": "cognito-idp:*", "Resource": "*", "Condition": condition}
        cognito.enforce({"Version": "2012-10-17", "Statement": [statement]})
        with at_once(), refused("AccessDeniedException"):
            cognito_idp.create_user_pool(PoolName="p", UserPoolTags={"team": "a" * 100_000})
