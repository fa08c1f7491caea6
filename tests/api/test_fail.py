"""Faults: which calls meet them, in which order, and what is left of them."""

from __future__ import annotations

import threading

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

from pytest_cognito_pool import Cognito, Fault, UnreportedError

THROTTLED = "TooManyRequestsException"


@pytest.fixture
def client(cognito):
    """A client that sends three requests for a call."""
    return boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 3}))


@pytest.fixture
def patient(cognito):
    """A client that sends one request for a call, so that the application sees each error."""
    return boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))


@pytest.fixture
def outcome(cognito_pool):
    """What becomes of a call that looks a user up."""
    cognito_pool.add_user("ana")

    def look_up(client, username="ana", pool=cognito_pool):
        try:
            client.admin_get_user(UserPoolId=pool.id, Username=username)
        except client.exceptions.ClientError as error:
            return error.response["Error"]["Code"]
        return "ok"

    return look_up


def attempts(pool):
    return [[attempt.outcome() for attempt in call.attempts] for call in pool.calls]


class TestTimes:
    def test_one_call_fails_with_every_attempt(self, cognito_pool, client, outcome):
        fault = cognito_pool.fail("AdminGetUser", THROTTLED)
        assert isinstance(fault, Fault)
        assert (fault.operation, fault.hits, fault.left) == ("AdminGetUser", 0, 1)
        assert [outcome(client), outcome(client)] == [THROTTLED, "ok"]
        assert (fault.hits, fault.left) == (1, 0)
        assert attempts(cognito_pool) == [[THROTTLED] * 3, ["ok"]]

    def test_several_calls_fail(self, cognito_pool, client, outcome):
        fault = cognito_pool.fail("AdminGetUser", THROTTLED, times=2)
        assert [outcome(client) for _ in range(3)] == [THROTTLED, THROTTLED, "ok"]
        assert (fault.hits, fault.left) == (2, 0)

    def test_all_calls_fail_until_the_block_ends(self, cognito_pool, client, outcome):
        with cognito_pool.fail("AdminGetUser", THROTTLED, times=None) as fault:
            assert [outcome(client) for _ in range(4)] == [THROTTLED] * 4
            assert (fault.hits, fault.left) == (4, None)
        assert outcome(client) == "ok"

    def test_threads_share_what_is_left(self, cognito_pool, client, outcome):
        fault = cognito_pool.fail("AdminGetUser", THROTTLED, times=5)
        found = []
        threads = [threading.Thread(target=lambda: found.append(outcome(client))) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(found) == [THROTTLED] * 5 + ["ok"] * 15
        assert (fault.hits, fault.left) == (5, 0)


class TestAttempts:
    def test_the_first_requests_fail_and_then_comes_the_truth(self, cognito_pool, client, outcome):
        fault = cognito_pool.fail("AdminGetUser", THROTTLED, attempts=2)
        assert outcome(client) == "ok"
        assert attempts(cognito_pool) == [[THROTTLED, THROTTLED, "ok"]]
        assert (fault.hits, fault.left) == (2, 0)

    def test_they_are_counted_whoever_sends_them(self, cognito_pool, patient, outcome):
        cognito_pool.fail("AdminGetUser", THROTTLED, attempts=2)
        assert [outcome(patient) for _ in range(3)] == [THROTTLED, THROTTLED, "ok"]

    def test_an_error_that_is_not_retried_ends_the_call(self, cognito_pool, client, outcome):
        cognito_pool.fail("AdminGetUser", "InvalidParameterException", attempts=1)
        assert [outcome(client), outcome(client)] == ["InvalidParameterException", "ok"]
        assert attempts(cognito_pool) == [["InvalidParameterException"], ["ok"]]


class TestOrder:
    def test_faults_are_spent_in_the_order_in_which_they_were_armed(self, cognito_pool, patient, outcome):
        cognito_pool.fail("AdminGetUser", THROTTLED)
        cognito_pool.fail("AdminGetUser", "InternalErrorException", times=2)
        cognito_pool.fail("AdminGetUser", "UserNotFoundException")
        assert [outcome(patient) for _ in range(5)] == [
            THROTTLED,
            "InternalErrorException",
            "InternalErrorException",
            "UserNotFoundException",
            "ok",
        ]

    def test_attempts_of_one_call_meet_one_fault_after_the_other(self, cognito_pool, client, outcome):
        cognito_pool.fail("AdminGetUser", THROTTLED, attempts=1)
        cognito_pool.fail("AdminGetUser", "InternalErrorException", attempts=1)
        assert outcome(client) == "ok"
        assert attempts(cognito_pool) == [[THROTTLED, "InternalErrorException", "ok"]]

    def test_a_call_that_met_one_for_whole_calls_meets_no_other(self, cognito_pool, client, outcome):
        cognito_pool.fail("AdminGetUser", THROTTLED, attempts=1)
        cognito_pool.fail("AdminGetUser", "InternalErrorException")
        cognito_pool.fail("AdminGetUser", "UserNotFoundException")
        assert [outcome(client), outcome(client)] == ["InternalErrorException", "UserNotFoundException"]
        assert attempts(cognito_pool)[0] == [THROTTLED, "InternalErrorException", "InternalErrorException"]

    def test_the_account_tells_what_is_armed(self, cognito, cognito_pool, patient, outcome):
        first = cognito_pool.fail("AdminGetUser", THROTTLED)
        with cognito.fail("ListUserPools", THROTTLED, optional=True) as second:
            assert cognito.faults == [first, second]
        assert cognito.faults == [first]
        assert outcome(patient) == THROTTLED


class TestWhich:
    def test_other_operations_are_left_alone(self, cognito_pool, client, outcome):
        fault = cognito_pool.fail("AdminConfirmSignUp", THROTTLED, optional=True)
        assert outcome(client) == "ok"
        assert fault.hits == 0

    def test_a_pools_fault_is_for_calls_that_name_it(self, cognito, cognito_pool, patient, outcome):
        other = cognito.create_pool()
        other.add_user("ana")
        cognito_pool.fail("AdminGetUser", THROTTLED)
        assert outcome(patient, pool=other) == "ok"
        assert outcome(patient) == THROTTLED

    def test_an_app_client_names_its_pool(self, cognito, cognito_pool, patient):
        other = cognito.create_pool()
        cognito_pool.fail("SignUp", THROTTLED)
        patient.sign_up(ClientId=other.client.id, Username="ana", Password="Passw0rd!")
        with pytest.raises(patient.exceptions.TooManyRequestsException):
            patient.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")

    def test_an_accounts_fault_is_for_every_call(self, cognito, patient, outcome):
        cognito.fail("AdminGetUser", THROTTLED, times=2)
        cognito.fail("ListUserPools", THROTTLED)
        assert [outcome(patient), outcome(patient, pool=cognito.create_pool())] == [THROTTLED, THROTTLED]
        with pytest.raises(patient.exceptions.TooManyRequestsException):
            patient.list_user_pools(MaxResults=1)

    def test_when_says_which_calls_are_meant(self, cognito_pool, patient, outcome):
        cognito_pool.add_user("bob")
        seen = []

        def is_bob(request):
            seen.append(request)
            return request["Username"] == "bob"

        cognito_pool.fail("AdminGetUser", THROTTLED, when=is_bob)
        assert [outcome(patient), outcome(patient, "bob"), outcome(patient, "bob")] == ["ok", THROTTLED, "ok"]
        assert seen[0] == {"UserPoolId": cognito_pool.id, "Username": "ana"}

    def test_when_is_asked_once_of_a_call_with_several_attempts(self, cognito_pool, client, outcome):
        asked = []
        cognito_pool.fail("AdminGetUser", THROTTLED, when=lambda _request: asked.append(1) or len(asked) == 2)
        cognito_pool.fail("AdminGetUser", "InternalErrorException", attempts=1)
        assert [outcome(client), outcome(client), outcome(client)] == ["ok", THROTTLED, "ok"]
        assert len(asked) == 2

    def test_when_cannot_change_the_request(self, cognito, cognito_pool, client, outcome):
        def changes(request):
            request["Username"] = "bob"

        cognito_pool.fail("AdminGetUser", THROTTLED, when=changes, optional=True)
        assert outcome(client) == "ok"
        with pytest.raises(UnreportedError, match="`when` raised TypeError"):
            cognito.check()
        assert cognito_pool.calls[0].request["Username"] == "ana"

    def test_when_may_call_the_pool_itself(self, cognito_pool, client, outcome):
        def is_known(request):
            client.admin_get_user(UserPoolId=request["UserPoolId"], Username=request["Username"])
            return True

        cognito_pool.fail("AdminEnableUser", THROTTLED, when=is_known)
        with pytest.raises(client.exceptions.TooManyRequestsException):
            client.admin_enable_user(UserPoolId=cognito_pool.id, Username="ana")

    def test_one_that_its_own_when_spends_is_spent(self, cognito_pool, patient, outcome):
        """The call that `when` makes meets the fault first; for the call it was asked of there is nothing left."""
        cognito_pool.add_user("bob")

        def is_meant(request):
            return request["Username"] == "bob" or outcome(patient, "bob") == THROTTLED

        fault = cognito_pool.fail("AdminGetUser", THROTTLED, when=is_meant)
        assert outcome(patient, "ana") == "ok"
        assert [call.outcome() for call in cognito_pool.calls] == ["ok", THROTTLED]
        assert fault.left == 0

    def test_a_when_that_raises_says_no_and_is_told(self, cognito, cognito_pool, client, outcome):
        def broken(request):
            return request["Nonsense"]

        fault = cognito_pool.fail("AdminGetUser", THROTTLED, when=broken, optional=True)
        assert outcome(client) == "ok"
        with pytest.raises(UnreportedError, match=r"`when` raised KeyError at \S*test_fail\.py:\d+$"):
            cognito.check()
        assert fault.hits == 0

    def test_an_operation_that_is_not_simulated_can_fail(self, cognito_pool, client):
        cognito_pool.fail("InitiateAuth", "NotAuthorizedException")
        with pytest.raises(client.exceptions.NotAuthorizedException, match=r"Incorrect username or password\."):
            client.initiate_auth(ClientId=cognito_pool.client.id, AuthFlow="USER_PASSWORD_AUTH")

    def test_one_of_your_own_replies_can_be_lost(self, cognito, cognito_pool, client):
        cognito.answer("GetSigningCertificate", {"Certificate": "MIIC"})
        cognito_pool.fail("GetSigningCertificate", ReadTimeoutError, attempts=1, after=True)
        assert client.get_signing_certificate(UserPoolId=cognito_pool.id)["Certificate"] == "MIIC"

    def test_calls_of_functions_fail_too(self, cognito_pool, client):
        def greet(event, context):
            client.admin_get_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            return event

        cognito_pool.on("PostConfirmation", greet)
        cognito_pool.add_user("bob", status="UNCONFIRMED")
        cognito_pool.fail("AdminGetUser", THROTTLED)
        with pytest.raises(client.exceptions.UserLambdaValidationException, match="Rate exceeded"):
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="bob")
        assert cognito_pool.users["bob"].status == "CONFIRMED"


class TestUnspent:
    def test_leaving_the_block_of_a_fault_that_was_not_reached_raises(self, cognito_pool):
        with pytest.raises(UnreportedError, match="fault never used"), cognito_pool.fail("AdminGetUser", THROTTLED):
            pass

    def test_an_exception_on_its_way_is_let_through_and_it_is_told_after_all(self, cognito, cognito_pool, patient):
        """As where pytest.raises stands around the block, and something else raised what it expects."""
        with pytest.raises(patient.exceptions.UserNotFoundException), cognito_pool.fail("AdminEnableUser", THROTTLED):
            patient.admin_get_user(UserPoolId=cognito_pool.id, Username="nobody")
        assert cognito.faults == []
        with pytest.raises(UnreportedError, match=r"fault never used: .*\n  there was one call"):
            cognito.check()

    def test_an_optional_one_need_not_be_reached(self, cognito_pool):
        with cognito_pool.fail("AdminGetUser", THROTTLED, times=3, optional=True) as fault:
            pass
        assert fault.left == 3

    def test_it_is_told_once(self, cognito, cognito_pool):
        cognito_pool.fail("AdminGetUser", THROTTLED)
        with pytest.raises(UnreportedError) as told:
            cognito.check()
        cognito.check()
        assert len(told.value.faults) == 1

    def test_what_was_told_is_not_told_again_when_its_block_is_left(self, cognito, cognito_pool):
        with cognito_pool.fail("AdminGetUser", THROTTLED) as fault, pytest.raises(UnreportedError):
            cognito.check()
        assert fault.left == 1

    def test_one_that_was_told_still_fails_calls(self, cognito, cognito_pool, patient, outcome):
        cognito_pool.fail("AdminGetUser", THROTTLED)
        with pytest.raises(UnreportedError):
            cognito.check()
        assert outcome(patient) == THROTTLED

    def test_outside_pytest_it_is_told_on_leaving(self):
        with pytest.raises(UnreportedError, match="fault never used"), Cognito() as cognito:
            cognito.fail("ListUserPools", THROTTLED)


class TestRecord:
    def test_an_attempt_names_its_fault(self, cognito_pool, client, outcome):
        fault = cognito_pool.fail("AdminGetUser", THROTTLED, attempts=1)
        outcome(client)
        first, second = cognito_pool.calls[0].attempts
        assert (first.fault.shown, first.fault.after) == (repr(fault), False)
        assert second.fault is None
        assert first.why == f"the test's own {fault!r}"
        assert first.error.code == THROTTLED

    def test_an_exception_is_what_was_raised(self, cognito_pool, client, outcome):
        cognito_pool.fail("AdminGetUser", ConnectTimeoutError)
        with pytest.raises(ConnectTimeoutError) as raised:
            outcome(client)
        (call,) = cognito_pool.calls
        assert call.raised is raised.value
        assert call.attempts[0].lost is None
        assert call.outcome() == "ConnectTimeoutError"
        assert call.error is None

    def test_what_the_application_did_not_get_is_there(self, cognito_pool, patient, outcome):
        cognito_pool.fail("AdminGetUser", THROTTLED, after=True, times=2)
        assert [outcome(patient, "nobody"), outcome(patient)] == [THROTTLED, THROTTLED]
        refused, answered = (call.attempts[0] for call in cognito_pool.calls)
        assert refused.lost.code == "UserNotFoundException"
        assert answered.lost is None

    def test_the_line_that_armed_it_is_named(self, cognito_pool, patient, outcome):
        fault = cognito_pool.fail("AdminGetUser", THROTTLED)
        shown, _, line = repr(fault).rpartition(":")
        assert shown.startswith("fail('AdminGetUser', 'TooManyRequestsException') at ")
        assert shown.endswith("test_fail.py")
        assert line.isdigit()
        outcome(patient)
