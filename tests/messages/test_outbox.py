"""What an author is told by an outbox that has not what was asked for."""

from __future__ import annotations

import re

import pytest

from pytest_cognito_pool import Message, UsageError

VERIFIES = pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
HINT = "; the pool verifies no addresses: give it AutoVerifiedAttributes=['email']"
NO_SUCH_ATTRIBUTE = "messages cannot be filtered by"


@pytest.fixture
def sign_up(cognito_pool, cognito_idp):
    def call(*names):
        for name in names:
            rows = [{"Name": "email", "Value": f"{name}@example.com"}]
            cognito_idp.sign_up(
                ClientId=cognito_pool.client.id, Username=name, Password="Passw0rd!", UserAttributes=rows
            )

    return call


def failure(ask, kind=AssertionError, **wanted):
    """The error's text, with the codes, which are drawn by lot, as CODE."""
    with pytest.raises(kind) as caught:
        ask(**wanted)
    assert type(caught.value) is kind
    return re.sub(r"code '(\d{6}|\*\*\*)'", "code CODE", str(caught.value))


@pytest.mark.parametrize("index", [0, -1, 5])
def test_no_message_at_an_index_where_none_is_verified(cognito_pool, index):
    assert failure(lambda: cognito_pool.outbox[index], IndexError) == f"no message was sent{HINT}"


@VERIFIES
@pytest.mark.parametrize("index", [0, -1])
def test_no_message_at_an_index(cognito_pool, index):
    assert failure(lambda: cognito_pool.outbox[index], IndexError) == "no message was sent"


@VERIFIES
def test_no_message_beyond_the_last(cognito_pool, sign_up):
    sign_up("ana")
    assert failure(lambda: cognito_pool.outbox[1], IndexError) == "list index out of range"


@VERIFIES
def test_none_of_those_asked_for_is_not_none_at_all(cognito_pool, sign_up):
    sign_up("ana")
    assert failure(lambda: cognito_pool.outbox.of(username="bob")[-1], IndexError) == (
        "no message was sent, username 'bob'; there was one message"
    )


def test_not_one_where_none_is_verified(cognito_pool):
    assert failure(cognito_pool.outbox.one) == f"no message; there was no message at all{HINT}"
    assert failure(cognito_pool.outbox.one, recipient="ana@example.com", medium="SMS") == (
        f"no message, recipient 'ana@example.com', medium 'SMS'; there was no message at all{HINT}"
    )


@VERIFIES
def test_not_one(cognito_pool):
    assert failure(cognito_pool.outbox.one, username="ana") == (
        "no message, username 'ana'; there was no message at all"
    )


def test_no_hint_where_there_was_a_message(cognito_pool, cognito_idp):
    cognito_idp.admin_create_user(
        UserPoolId=cognito_pool.id,
        Username="ana",
        UserAttributes=[{"Name": "phone_number", "Value": "+15551234567"}],
    )
    assert failure(cognito_pool.outbox.one, username="bob") == (
        "no message, username 'bob'; there was one message:\n  <SMS to '+15551234567' on AdminCreateUser, code CODE>"
    )


@VERIFIES
def test_others_are_listed_nearest_first(cognito_pool, cognito_idp, sign_up):
    sign_up("ana", "bob")
    cognito_idp.resend_confirmation_code(ClientId=cognito_pool.client.id, Username="bob")
    assert failure(cognito_pool.outbox.one, recipient="bob@example.com", occasion="AdminCreateUser") == (
        "no message, recipient 'bob@example.com', occasion 'AdminCreateUser'; there were 3 messages:\n"
        "  <EMAIL to 'bob@example.com' on SignUp, code CODE>\n"
        "  <EMAIL to 'bob@example.com' on ResendCode, code CODE>\n"
        "  <EMAIL to 'ana@example.com' on SignUp, code CODE>"
    )


@VERIFIES
def test_several(cognito_pool, sign_up):
    sign_up("ana", "bob")
    assert failure(cognito_pool.outbox.one) == (
        "2 messages, not one:\n"
        "  <EMAIL to 'ana@example.com' on SignUp, code CODE>\n  <EMAIL to 'bob@example.com' on SignUp, code CODE>"
    )


@VERIFIES
def test_several_of_those_asked_for(cognito_pool, sign_up):
    sign_up("ana", "bob")
    assert failure(cognito_pool.outbox.one, occasion="SignUp", medium="EMAIL") == (
        "2 messages, occasion 'SignUp', medium 'EMAIL', not one:\n"
        "  <EMAIL to 'ana@example.com' on SignUp, code CODE>\n  <EMAIL to 'bob@example.com' on SignUp, code CODE>"
    )


@VERIFIES
def test_more_than_five(cognito_pool, sign_up):
    sign_up(*"abcdefg")
    listed = "".join(f"\n  <EMAIL to '{name}@example.com' on SignUp, code CODE>" for name in "abcde")
    assert failure(cognito_pool.outbox.one, medium="EMAIL") == (
        f"7 messages, medium 'EMAIL', not one:{listed}\n  and 2 more"
    )
    assert failure(cognito_pool.outbox.one, medium="SMS") == (
        f"no message, medium 'SMS'; there were 7 messages:{listed}\n  and 2 more"
    )


@pytest.mark.parametrize("ask", ["of", "one"])
@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("recipent", "did you mean 'recipient'?"),
        ("Username", "did you mean 'username'?"),
        ("code", "known names: 'medium', 'occasion', 'recipient', 'username'"),
    ],
)
def test_an_attribute_by_which_none_is_found(cognito_pool, ask, name, hint):
    assert failure(getattr(cognito_pool.outbox, ask), UsageError, **{name: "x"}) == (
        f"{NO_SUCH_ATTRIBUTE} {name!r}; {hint}"
    )


@VERIFIES
def test_reprs(cognito_pool, sign_up):
    assert repr(cognito_pool.outbox) == "[]"
    sign_up("ana")
    code = cognito_pool.outbox[0].code
    assert repr(cognito_pool.outbox) == f"[<EMAIL to 'ana@example.com' on SignUp, code '{code}'>]"
    assert repr(cognito_pool.outbox.of(username="ana")) == f"[<EMAIL to 'ana@example.com' on SignUp, code '{code}'>]"
    by_sms = Message("+1555", "SMS", "", "It is 1", "1", "ResendCode", "ana")
    assert repr(by_sms) == "<SMS to '+1555' on ResendCode, code '1'>"


def test_an_invitation_that_went_nowhere(cognito_pool, cognito_idp):
    """Whether addresses are verified has nothing to do with it."""
    cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
    assert failure(cognito_pool.outbox.one) == (
        "no message; there was no message at all; "
        "AdminCreateUser sends no invitation with MessageAction='SUPPRESS', or without an address to send it to"
    )


@VERIFIES
@pytest.mark.parametrize(
    ("source", "text", "why"),
    [
        ("CustomMessage_SignUp", "Welcome!", "emailMessage was not used: it has no '{####}'"),
        ("CustomMessage_SignUp", "Welcome! {####}", ""),
        (
            "CustomMessage_AdminCreateUser",
            "Welcome!",
            "emailMessage was not used: it has no '{####}' and no '{username}'",
        ),
        ("CustomMessage_AdminCreateUser", "Hi {username}", "emailMessage was not used: it has no '{####}'"),
    ],
)
def test_a_text_of_a_function_that_is_not_used(cognito_pool, cognito_idp, sign_up, source, text, why):
    def writes(event, _context):
        event["response"] |= {"emailMessage": text, "smsMessage": "for the other medium"}
        return event

    cognito_pool.on("CustomMessage", writes)
    if source == "CustomMessage_SignUp":
        sign_up("ana")
    else:
        cognito_idp.admin_create_user(
            UserPoolId=cognito_pool.id,
            Username="ana",
            UserAttributes=[{"Name": "email", "Value": "ana@example.com"}],
            DesiredDeliveryMediums=["EMAIL"],
        )
    assert cognito_pool.triggers.one(source).why == why
    assert ("Welcome" in cognito_pool.outbox.one().body) is (why == "")
