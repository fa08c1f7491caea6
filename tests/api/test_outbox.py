"""Outbox and Message: what the pool would have sent, and how to find one of it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from pytest_cognito_pool import Message, Outbox, UsageError

pytestmark = pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])


@pytest.fixture
def sign_up(cognito_pool, cognito_idp):
    def call(name="ana"):
        rows = [{"Name": "email", "Value": f"{name}@example.com"}]
        cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username=name, Password="Passw0rd!", UserAttributes=rows)

    return call


@pytest.fixture
def some(cognito_pool, cognito_idp, sign_up):
    """Codes for ana and bob, another for ana, and an invitation for eve."""
    sign_up("ana")
    sign_up("bob")
    cognito_idp.resend_confirmation_code(ClientId=cognito_pool.client.id, Username="ana")
    cognito_idp.admin_create_user(
        UserPoolId=cognito_pool.id,
        Username="eve",
        TemporaryPassword="Temp0rary!",
        UserAttributes=[{"Name": "phone_number", "Value": "+15551234567"}],
    )
    return cognito_pool.outbox


def test_what_a_message_is(cognito_pool, sign_up):
    sign_up()
    (message,) = cognito_pool.outbox
    assert isinstance(message, Message)
    assert (message.recipient, message.medium, message.occasion, message.username) == (
        "ana@example.com", "EMAIL", "SignUp", "ana"
    )  # fmt: skip
    assert len(message.code) == 6
    assert message.code.isdecimal()
    assert message.body == f"Your confirmation code is {message.code}"
    assert message.subject == "Your verification code"


def test_what_an_invitation_by_sms_is(some):
    assert some[-1] == Message(
        recipient="+15551234567",
        medium="SMS",
        subject="",
        body="Your username is eve and temporary password is Temp0rary!.",
        code="Temp0rary!",
        occasion="AdminCreateUser",
        username="eve",
    )


def test_a_message_is_not_to_be_changed(some):
    with pytest.raises(FrozenInstanceError):
        some[0].code = "123456"


def test_messages_are_in_order(some):
    assert isinstance(some, Outbox)
    assert [(message.username, message.occasion) for message in some] == [
        ("ana", "SignUp"),
        ("bob", "SignUp"),
        ("ana", "ResendCode"),
        ("eve", "AdminCreateUser"),
    ]


def test_the_outbox_is_live_and_a_sequence(cognito_pool, sign_up):
    outbox = cognito_pool.outbox
    assert (outbox == [], len(outbox), bool(outbox), outbox[:]) == (True, 0, False, [])
    sign_up("ana")
    sign_up("bob")
    assert outbox == cognito_pool.outbox == list(outbox) == [outbox[0], outbox[1]]
    assert (outbox[-1].username, outbox[:1], len(outbox)) == ("bob", [outbox[0]], 2)
    assert outbox[0] in outbox


@pytest.mark.parametrize(
    ("wanted", "users"),
    [
        ({}, ["ana", "bob", "ana", "eve"]),
        ({"username": "ana"}, ["ana", "ana"]),
        ({"recipient": "bob@example.com"}, ["bob"]),
        ({"medium": "SMS"}, ["eve"]),
        ({"occasion": "SignUp"}, ["ana", "bob"]),
        ({"occasion": "SignUp", "username": "ana", "medium": "EMAIL"}, ["ana"]),
        ({"occasion": "SignUp", "username": "eve"}, []),
        ({"recipient": "BOB@example.com"}, []),
    ],
)
def test_those_with_these_attributes(some, wanted, users):
    found = some.of(**wanted)
    assert isinstance(found, Outbox)
    assert [message.username for message in found] == users


def test_the_one_with_these_attributes(some):
    assert some.one(occasion="ResendCode") is some[2]
    assert some.of(username="ana").one(occasion="SignUp") is some[0]
    assert some.of(medium="SMS").one() is some[3]


@pytest.mark.parametrize("ask", ["of", "one"])
def test_an_attribute_that_tells_none_apart_is_refused(some, ask):
    with pytest.raises(UsageError):
        getattr(some, ask)(code="123456")


def test_each_pool_has_its_own(cognito, cognito_pool, sign_up):
    sign_up()
    assert (len(cognito_pool.outbox), cognito.create_pool().outbox) == (1, [])


def test_a_temporary_password_is_shown_nowhere(some):
    assert "Temp0rary!" not in repr(some)
    assert [repr(some[-1].code), repr(some[-1].body)] == ["'***'", "'***'"]


INVITATION = {
    "EmailSubject": "{username}, {####}",
    "EmailMessage": "{username} {####}",
    "SMSMessage": "{username} {####}",
}


@pytest.mark.cognito_pool(AdminCreateUserConfig={"InviteMessageTemplate": INVITATION})
def test_a_temporary_password_in_a_subject_is_masked(cognito_pool, cognito_idp):
    cognito_idp.admin_create_user(
        UserPoolId=cognito_pool.id,
        Username="eve",
        TemporaryPassword="Temp0rary!",
        DesiredDeliveryMediums=["EMAIL"],
        UserAttributes=[{"Name": "email", "Value": "eve@example.com"}],
    )
    message = cognito_pool.outbox.one()
    assert "Temp0rary!" not in repr([message.subject, message.body, message.code])


def test_a_message_is_there_only_when_its_function_has_seen_it(cognito_pool, sign_up):
    seen = []

    @cognito_pool.on("CustomMessage")
    def looks(event, context):
        seen.append(len(cognito_pool.outbox))
        return event

    sign_up()
    assert (seen, len(cognito_pool.outbox)) == ([0], 1)


@pytest.mark.cognito_pool(AutoVerifiedAttributes=[])
def test_a_pool_that_verifies_nothing_sends_no_code(cognito_pool, sign_up):
    sign_up()
    assert cognito_pool.outbox == []
