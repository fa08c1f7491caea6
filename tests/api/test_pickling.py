"""Records and exceptions that go to another process."""

from __future__ import annotations

import copy
import pickle

import pytest

from pytest_cognito_pool import UnreportedError, UnsupportedOperationError, UsageError


def there_and_back(thing):
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 - our own


class StrangeError(Exception):
    """An exception that cannot be made of its arguments."""

    def __init__(self, first, second):
        super().__init__(f"{first} {second}")


@pytest.fixture
def failed(cognito_pool, cognito_idp):
    """A call with a function that raised, one that met a fault, and one that raised."""

    def fails(event, _context):
        cognito_idp.list_groups(UserPoolId=event["userPoolId"])
        raise StrangeError(1, 2)

    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_pool.on("PostConfirmation", fails)
    with pytest.raises(cognito_idp.exceptions.UserLambdaValidationException):
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    cognito_pool.fail("AdminGetUser", StrangeError(3, 4))
    with pytest.raises(StrangeError):
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
    cognito_pool.fail("AdminGetUser", OSError(5, "down"))
    with pytest.raises(OSError, match="down"):
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
    return cognito_pool


def test_a_copy_has_functions_exceptions_and_faults_as_they_are(failed):
    calls, triggers = copy.deepcopy((failed.calls, failed.triggers))
    assert calls == failed.calls
    assert calls[0] is not failed.calls[0]
    assert calls[0].invocations[0] is triggers[0]
    assert triggers[0].handler is failed.triggers[0].handler
    assert triggers[0].error is failed.triggers[0].error
    assert calls[2].attempts[0].fault is failed.calls[2].attempts[0].fault
    assert calls[2].why == failed.calls[2].why
    calls[0].request["Username"] = "changed"
    assert failed.calls[0].request["Username"] == "ana"
    shallow = copy.copy(failed.triggers[0])
    assert (shallow.handler, shallow.calls) == (failed.triggers[0].handler, failed.triggers[0].calls)
    assert shallow.calls is failed.triggers[0].calls
    assert copy.copy(failed.calls[2].attempts[0]) == failed.calls[2].attempts[0]


def test_records_name_their_handlers_and_exceptions(failed):
    calls, triggers = there_and_back((failed.calls, failed.triggers))
    assert type(calls) is type(failed.calls)
    assert calls.operations == failed.calls.operations
    assert [call.outcome() for call in calls] == [
        "UserLambdaValidationException, 'ana' UNCONFIRMED -> CONFIRMED",
        "ok",
        "NamedError",
        "OSError",
    ]
    assert calls[0].invocations[0].handler_name == "tests.api.test_pickling.failed.<locals>.fails"
    assert str(calls[0].invocations[0].error) == "StrangeError: 1 2"
    assert str(calls[2].raised) == "StrangeError: 3 4"
    assert str(calls[3].raised) == "[Errno 5] down"
    assert calls[2].why.startswith("the test's own fail('AdminGetUser'")
    assert calls[1].caused_by is calls[0].invocations[0] is triggers[0]
    assert triggers[0].call is calls[0]
    assert triggers[0].event.trigger_source == "PostConfirmation_ConfirmSignUp"
    assert triggers == failed.triggers
    with pytest.raises(NotImplementedError, match=r"fails cannot run here: this record comes from another process"):
        triggers[0].handler({}, None)


def test_records_without_any(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    calls = there_and_back(cognito_pool.calls)
    assert calls == cognito_pool.calls
    assert calls[0].invocations[0].handler is None
    assert there_and_back(cognito_pool.users["ana"].history) == cognito_pool.users["ana"].history


def test_an_exception_whose_contents_cannot_be_pickled(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana")
    cognito_pool.fail("AdminGetUser", ValueError(lambda: 0))
    with pytest.raises(ValueError, match="lambda"):
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
    assert str(there_and_back(cognito_pool.calls)[0].raised).startswith("ValueError: <function")


@pytest.mark.parametrize(
    "error",
    [
        UnreportedError([("Call()", "text")], [("Trigger", ["a", "b"])], ["fault"], ["hook"], [("Call()", "reply")]),
        UnsupportedOperationError("GetUser"),
        UnsupportedOperationError("AdminSetUserPassword", "PasswordHistorySize"),
        UsageError("no", typed=5, suggestions=["a"]),
    ],
)
def test_exceptions_are_the_same(error):
    again = there_and_back(error)
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_what_was_typed_may_be_anything():
    again = there_and_back(UsageError("no", typed=lambda: 0))
    assert str(again.typed).startswith("<function")


def test_a_key_error_is_one(cognito, cognito_pool):
    for ask in (lambda: cognito_pool.users["nobody"], lambda: cognito.pools["us-east-1_Nobody"]):
        with pytest.raises(KeyError) as caught:
            ask()
        assert type(caught.value) is KeyError
        again = there_and_back(caught.value)
        assert str(again) == str(caught.value)
        assert str(again).startswith("no ")
