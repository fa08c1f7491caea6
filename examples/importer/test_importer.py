import importer
import pytest


@pytest.fixture
def accounts(cognito_pool):
    return [cognito_pool.add_user(name, status="UNCONFIRMED").username for name in ("ana", "ben")]


def test_two_refused_requests_are_botocores_own_affair(cognito_pool, accounts, pauses):
    throttled = cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", attempts=2)
    report = importer.activate(accounts, sleep=pauses.append)
    assert report.activated == ["ana", "ben"]
    assert throttled.left == 0
    assert [len(call.attempts) for call in cognito_pool.calls] == [3, 1]
    assert pauses == []


def test_who_met_a_busy_service_is_tried_again_after_a_pause(cognito_pool, accounts, pauses):
    cognito_pool.fail(
        "AdminConfirmSignUp", "TooManyRequestsException", when=lambda request: request["Username"] == "ana"
    )
    report = importer.activate(accounts, sleep=pauses.append)
    assert report.activated == ["ben", "ana"]
    assert pauses == [importer.PAUSE]


@pytest.mark.parametrize("code", ["LimitExceededException", "InternalErrorException"])
def test_a_service_that_stays_busy_is_left_alone_after_three_rounds(cognito_pool, accounts, pauses, code):
    with cognito_pool.fail("AdminConfirmSignUp", code, times=None) as fault:
        report = importer.activate(accounts, sleep=pauses.append)
    assert report.failed == {"ana": "the service is busy", "ben": "the service is busy"}
    assert fault.hits == 2 * importer.ROUNDS
    assert pauses == [importer.PAUSE, importer.PAUSE]
    assert cognito_pool.users["ana"].status == "UNCONFIRMED"


@pytest.mark.cognito_errors("AdminConfirmSignUp")
def test_no_error_of_the_service_ends_the_job(cognito_error, accounts, pauses):
    report = importer.activate(accounts, sleep=pauses.append)
    told = {*report.failed, *report.already_active}
    assert told == {"ana", "ben"}, cognito_error


def test_an_account_that_is_active_already_is_no_failure(cognito_pool, pauses):
    cognito_pool.add_user("ana")
    assert importer.activate(["ana"], sleep=pauses.append).already_active == ["ana"]
