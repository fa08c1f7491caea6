"""A fault that is not spent fails the test: once, right after its body; the report shows the others."""

from __future__ import annotations

import re

import pytest

UNUSED = """\
fault never used: fail('AdminConfirmSignUp', 'TooManyRequestsException') at test_suite.py:{line}
  there was one call:
    <DescribeUserPool(UserPoolId='us-east-1_TestPool1') -> ok>
  pass optional=True if the fault may stay unused"""
SECTION = "-" * 32 + " Cognito calls " + "-" * 33


def phases(done):
    return [(report.when, report.outcome) for report in done.result.reprec.getreports("pytest_runtest_logreport")]


def test_a_fault_that_is_never_reached_fails_the_test_once_in_the_call_phase(suite):
    done = suite.run(
        """
        def test_reaches_nothing(cognito_pool, cognito_idp):
            cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        """
    )
    assert done.outcomes == {"failed": 1}
    assert phases(done) == [("setup", "passed"), ("call", "failed"), ("teardown", "passed")]
    assert done.problem("test_reaches_nothing") == (
        f"{UNUSED.format(line=2)}\n{SECTION}\n"
        " 1  DescribeUserPool() -> ok\n"
        "    unused: fail('AdminConfirmSignUp', 'TooManyRequestsException') at test_suite.py:2"
    )


def test_the_block_of_a_fault_points_at_its_line(suite):
    done = suite.run(
        """
        def test_reaches_nothing(cognito_pool, cognito_idp):
            with cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException"):
                cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
            raise LookupError("went on")
        """
    )
    assert done.outcomes == {"failed": 1}
    problem = done.problem("test_reaches_nothing")
    assert ">       with cognito_pool.fail(" in problem
    told = [line.removeprefix("E").strip() for line in problem.splitlines() if line.startswith("E  ")]
    headline, *rest = [line.strip() for line in UNUSED.format(line=2).splitlines()]
    assert told == [f"pytest_cognito_pool.UnreportedError: {headline}", *rest]
    assert "went on" not in problem


def test_an_optional_fault_and_one_that_is_spent_fail_nothing(suite):
    suite.passes(
        """
        import pytest

        def test_optional(cognito_pool):
            cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", optional=True)

        def test_spent(cognito_pool, cognito_idp):
            cognito_pool.fail("AdminConfirmSignUp", "InvalidParameterException")
            with pytest.raises(cognito_idp.exceptions.InvalidParameterException):
                cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        """
    )


def test_a_fault_of_a_fixture_is_asked_after_the_body(suite):
    done = suite.run(
        """
        import pytest

        @pytest.fixture
        def busy(cognito_pool):
            cognito_pool.fail("DescribeUserPool", "InvalidParameterException")

        def test_reaches_it(busy, cognito_pool, cognito_idp):
            with pytest.raises(cognito_idp.exceptions.InvalidParameterException):
                cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)

        def test_reaches_nothing(busy):
            pass
        """
    )
    assert done.outcomes == {"passed": 1, "failed": 1}
    assert "fault never used: fail('DescribeUserPool', 'InvalidParameterException') at test_suite.py:5" in done.text


@pytest.mark.parametrize("end", ["assert False", "pytest.skip('later')", "pytest.xfail('known')"])
def test_a_body_that_ends_otherwise_is_not_asked(suite, end):
    done = suite.run(
        f"""
        import pytest

        def test_ends(cognito_pool):
            cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
            {end}
        """
    )
    assert "never used" not in done.text
    assert len(phases(done)) == 3
    if end == "assert False":
        assert done.calls("test_ends") == (
            "    unused: fail('AdminConfirmSignUp', 'TooManyRequestsException') at test_suite.py:4"
        )


def test_a_unittest_is_asked_too(suite):
    done = suite.run(
        """
        import unittest
        import pytest

        class TestUnit(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def pool(self, cognito_pool):
                self.pool = cognito_pool

            def test_reaches_nothing(self):
                self.pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
        """
    )
    assert done.outcomes == {"failed": 1}
    assert "\n  there was no call at all\n" in done.text


AFTER = "fail('AdminConfirmSignUp', 'InvalidParameterException', after=True, message='no')"


def test_what_failed_by_a_fault_says_so(suite):
    done = suite.run(
        """
        def test_throttled(cognito_pool, cognito_idp):
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            cognito_pool.fail("AdminConfirmSignUp", "InvalidParameterException", message="no", after=True)
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        """
    )
    assert done.calls("test_throttled").splitlines() == [
        " 1  AdminConfirmSignUp(Username='ana') -> InvalidParameterException, 'ana' UNCONFIRMED -> CONFIRMED",
        "      attempt 1 -> InvalidParameterException, after it took effect",
        f"      the test's own {AFTER} at test_suite.py:3",
        "      PostConfirmation_ConfirmSignUp -> no function attached",
        "      no",
    ]


def test_each_attempt_of_a_lost_reply_is_told(suite):
    done = suite.run(
        """
        import boto3
        from botocore.config import Config
        from botocore.exceptions import ReadTimeoutError

        def test_lost(cognito_pool):
            client = boto3.client("cognito-idp", config=Config(retries={"mode": "standard"}))
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            cognito_pool.fail("AdminConfirmSignUp", ReadTimeoutError, after=True, attempts=1)
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        """
    )
    lines = done.calls("test_lost").splitlines()
    assert re.fullmatch(
        r"      attempt 1 -> ReadTimeoutError, after it took effect; botocore asked to wait \d\.\d s", lines.pop(1)
    )
    assert lines == [
        " 1  AdminConfirmSignUp(Username='ana') -> NotAuthorizedException, 'ana' UNCONFIRMED -> CONFIRMED",
        "      attempt 2 -> NotAuthorizedException",
        "      the test's own fail('AdminConfirmSignUp', ReadTimeoutError, attempts=1, after=True) at test_suite.py:8",
        "      PostConfirmation_ConfirmSignUp -> no function attached",
        "      User cannot be confirmed. Current status is CONFIRMED",
        "      why: 'ana' is CONFIRMED; only an UNCONFIRMED user can be confirmed",
    ]


def test_what_a_lost_reply_was_in_place_of_is_told(suite):
    done = suite.run(
        """
        def test_lost(cognito_pool, cognito_idp):
            cognito_pool.fail("AdminConfirmSignUp", RuntimeError, after=True)
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="anna")
        """
    )
    assert done.calls("test_lost").splitlines()[:2] == [
        " 1  AdminConfirmSignUp(Username='anna') -> RuntimeError",
        "      attempt 1 -> RuntimeError, instead of UserNotFoundException",
    ]


def test_the_expected_error_of_another_call_hides_no_fault(suite):
    done = suite.run(
        """
        import pytest

        def test_reaches_nothing(cognito_pool, cognito_idp):
            with pytest.raises(cognito_idp.exceptions.ClientError):
                with cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException"):
                    cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="nobody")
        """
    )
    assert done.outcomes == {"failed": 1}
    assert "\n  there was one call:\n" in done.problem("test_reaches_nothing")


def test_teardown_of_fixtures_meets_no_fault(suite):
    suite.passes(
        """
        import pytest

        @pytest.fixture
        def group(cognito_pool, cognito_idp):
            yield
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)

        def test_throttled(group, cognito_pool, cognito_idp):
            cognito_pool.fail("DescribeUserPool", "InvalidParameterException", times=None)
            with pytest.raises(cognito_idp.exceptions.InvalidParameterException):
                cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        """
    )


def test_teardown_after_a_set_up_that_fails_meets_no_fault(suite):
    done = suite.run(
        """
        import pytest

        @pytest.fixture
        def group(cognito_pool, cognito_idp):
            yield
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)

        @pytest.fixture
        def broken(group, cognito_pool):
            cognito_pool.fail("DescribeUserPool", "InvalidParameterException")
            raise LookupError

        def test_nothing(broken):
            pass
        """
    )
    assert done.outcomes == {"errors": 1}


def test_subtests_share_their_tests_faults(suite):
    pytest.importorskip("_pytest.subtests")
    suite.passes(
        """
        import pytest

        def test_throttled(cognito_pool, cognito_idp, subtests):
            cognito_pool.fail("DescribeUserPool", "InvalidParameterException", times=3)
            for number in range(3):
                with subtests.test(number=number), pytest.raises(cognito_idp.exceptions.InvalidParameterException):
                    cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        """
    )


def test_subtests_of_a_unittest_do_too(suite):
    done = suite.run(
        """
        import unittest
        import pytest

        class TestUnit(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def pool(self, cognito_pool, cognito_idp):
                self.pool, self.client = cognito_pool, cognito_idp

            def test_throttled(self):
                self.pool.fail("DescribeUserPool", "InvalidParameterException", times=3)
                for number in range(3):
                    with self.subTest(number=number):
                        with self.assertRaises(self.client.exceptions.InvalidParameterException):
                            self.client.describe_user_pool(UserPoolId=self.pool.id)
        """
    )
    assert done.outcomes.get("failed", 0) == 0
    assert done.outcomes["passed"] == 1


def test_a_run_of_set_ups_only_owes_nothing(suite):
    done = suite.run(
        """
        import pytest

        @pytest.fixture
        def busy(cognito_pool):
            cognito_pool.fail("DescribeUserPool", "InvalidParameterException")

        def test_nothing(busy):
            pass

        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["UserNotFoundException"])
        def test_marked(cognito_pool):
            pass
        """,
        "--setup-only",
    )
    assert done.result.ret == pytest.ExitCode.OK
    assert "never used" not in done.text


def test_the_same_is_told_by_every_worker(suite):
    pytest.importorskip("xdist")
    done = suite.run(
        """
        import pytest

        @pytest.mark.parametrize("number", range(4))
        def test_reaches_nothing(cognito_pool, number):
            cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
        """,
        "-n2",
    )
    assert done.outcomes == {"failed": 4}
    for number in range(4):
        told = done.problem(f"test_reaches_nothing[{number}]").splitlines()
        assert told[1] == "  there was no call at all"
        assert told[2] == "  pass optional=True if the fault may stay unused"


def test_faults_end_with_their_test(suite):
    suite.passes(
        """
        def test_first(cognito, cognito_pool, cognito_idp):
            cognito_pool.fail("DescribeUserPool", "TooManyRequestsException", optional=True)

        def test_second(cognito, cognito_pool, cognito_idp):
            assert cognito.faults == []
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        """
    )
