import activation
import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError


def test_an_account_is_activated(ana):
    assert activation.activate("ana")
    assert ana.status == "CONFIRMED"


def test_a_lost_answer_is_no_failure(cognito_pool, ana):
    """The first request takes effect but its reply is lost; the second one is refused: the user is CONFIRMED."""
    cognito_pool.fail("AdminConfirmSignUp", ReadTimeoutError, after=True, attempts=1)
    assert activation.activate("ana")
    call = cognito_pool.calls.one("AdminConfirmSignUp")
    assert call.error
    assert call.error.code == "NotAuthorizedException"
    assert cognito_pool.users["ana"].status == "CONFIRMED"


def test_their_welcome_is_sent_once(cognito_pool, ana):
    cognito_pool.fail("AdminConfirmSignUp", ReadTimeoutError, after=True, attempts=1)
    activation.activate("ana")
    assert cognito_pool.triggers.sources == ["PostConfirmation_ConfirmSignUp"]


def test_where_both_answers_are_lost_it_is_looked_up(cognito_pool, ana):
    cognito_pool.fail("AdminConfirmSignUp", ReadTimeoutError, after=True)
    assert activation.activate("ana")
    assert cognito_pool.calls.operations == ["AdminConfirmSignUp", "AdminGetUser"]


def test_a_service_that_is_not_reached_changed_nothing(cognito_pool, ana):
    cognito_pool.fail("AdminConfirmSignUp", ConnectTimeoutError)
    assert not activation.activate("ana")
    assert ana.status == "UNCONFIRMED"


def test_the_clerk_is_told_when_nothing_can_be_known(cognito_pool, ana):
    cognito_pool.fail("AdminConfirmSignUp", ReadTimeoutError, after=True)
    cognito_pool.fail("AdminGetUser", ConnectTimeoutError)
    with pytest.raises(activation.NotKnown):
        activation.activate("ana")
    assert activation.activate("ana")


def test_an_account_that_must_change_its_password_is_not_active(cognito_pool):
    cognito_pool.add_user("clerk", status="FORCE_CHANGE_PASSWORD")
    assert not activation.activate("clerk")
