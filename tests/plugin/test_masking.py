"""Passwords, secrets and tokens are printed by no report, whatever compares them."""

from __future__ import annotations

import sys

from pytest_cognito_pool._plugin import hooks

SUITE = """
import dataclasses

import pytest

from pytest_cognito_pool import Message
from pytest_cognito_pool._service.events.parsing import parse


# In pieces, as pytest prints the lines of the suite.
PASSWORD = "".join(["Hunter", "Two2!"])
OTHER = "".join(["Other", "One1!"])


@dataclasses.dataclass
class Mine:
    message: Message


@pytest.fixture
def message(cognito_pool, cognito_idp):
    cognito_idp.admin_create_user(
        UserPoolId=cognito_pool.id, Username="ana", TemporaryPassword=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "ana@example.com"}], DesiredDeliveryMediums=["EMAIL"],
        ClientMetadata={"newPassword": PASSWORD},
    )
    return cognito_pool.outbox[0]


@pytest.fixture
def other(message):
    return dataclasses.replace(message, code=type(message.code)(OTHER), body="zzz")


def test_message(message, other):
    assert message == other

def test_list(message, other):
    assert [message] == [other]

def test_dict(message, other):
    assert {"a": message} == {"a": other}

def test_mine(message, other):
    assert Mine(message) == Mine(other)

def test_texts(message, other):
    assert message.code == other.code

def test_inside(message):
    assert message.code not in message.body

def test_log(cognito_pool, message):
    assert cognito_pool.outbox == []

def test_call(cognito_pool, message):
    call = cognito_pool.calls[0]
    assert call == dataclasses.replace(call, operation="SignUp", request={})

def test_request(cognito_pool, message):
    assert cognito_pool.calls[0].request == {}

def test_secret(cognito_pool):
    client = cognito_pool.create_client(ClientSecret=PASSWORD[:-1])
    assert client.secret == "x"

def test_event(cognito_pool):
    sent = cognito_pool.event("UserMigration_Authentication", "ana", request={"password": PASSWORD})
    event = parse(sent)
    assert event.request == 5

def test_maps_of_an_event(cognito_pool):
    told = {"password": PASSWORD}
    event = parse(cognito_pool.event("PreSignUp_SignUp", "ana", validation_data=told, client_metadata=told))
    assert event == 5

@pytest.mark.parametrize("wrong", [lambda event: [event], lambda event: event | {"request": [event["request"]]}])
def test_a_wrong_answer(cognito_pool, cognito_idp, wrong):
    cognito_pool.on("PreSignUp", lambda event, context: wrong(event))
    cognito_idp.sign_up(
        ClientId=cognito_pool.client.id, Username="ana", Password=PASSWORD, ClientMetadata={"password": PASSWORD},
        ValidationData=[{"Name": "password", "Value": PASSWORD}],
    )

def test_call_of_another_name(cognito_pool, message):
    cognito_pool.calls.one("AdminSetUserPassword", Password=PASSWORD)
"""


def check(text):
    assert "AdminCreateUser" in text
    assert "HunterTwo2" not in text
    assert "OtherOne1" not in text


def test_by_no_comparison(suite):
    run = suite.run(SUITE, "-vv")
    assert run.outcomes == {"failed": 15}, run.text
    check(run.text)


def test_no_secret_is_in_files_or_told_by_workers(suite):
    run = suite.run(SUITE, "-n1", "-pxdist", "--junitxml=report.xml")
    assert run.outcomes == {"failed": 15}, run.text
    check(run.text)
    check(suite.pytester.path.joinpath("report.xml").read_text())


def test_the_fields_that_differ_are_named(suite):
    run = suite.run(SUITE, "-k", "test_message or test_call")
    assert "E         code: '***' != '***'" in run.problem("test_message")
    assert "E         body: '***' != 'zzz'" in run.problem("test_message")
    assert "E         operation: 'AdminCreateUser' != 'SignUp'" in run.problem("test_call")


def test_nothing_is_compared_where_nothing_of_ours_was_imported(monkeypatch):
    monkeypatch.delitem(sys.modules, "pytest_cognito_pool._service.records")
    assert hooks.pytest_assertrepr_compare("==", 1, 2) is None
