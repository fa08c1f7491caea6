"""What the application swallows fails the test: once, right after its body."""

from __future__ import annotations

import textwrap

import pytest

# The application of these suites asks for what is not simulated and takes no answer for an answer.
SWALLOW = """
import boto3
import pytest

def swallow():
    try:
        boto3.client("cognito-idp").describe_risk_configuration(UserPoolId="us-east-1_TestPool1")
    except Exception:
        pass
"""
TRUTH = """\
the application ignored the error of DescribeRiskConfiguration(UserPoolId='us-east-1_TestPool1'):
  DescribeRiskConfiguration is not simulated by pytest-cognito-pool.
  To give your own reply: cognito.answer('DescribeRiskConfiguration', {...})"""
CALLS = " 1  DescribeRiskConfiguration() -> UnsupportedOperationError"
SECTION = f"{'-' * 32} Cognito calls {'-' * 33}\n{CALLS}"


def run(suite, code, *args, **options):
    return suite.run(SWALLOW + textwrap.dedent(code), *args, **options)


def test_what_is_swallowed_fails_the_test_once_in_the_call_phase(suite):
    done = run(
        suite,
        """
        def test_swallows(cognito_pool):
            swallow()
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_swallows") == f"{TRUTH}\n{SECTION}"
    reports = done.result.reprec.getreports("pytest_runtest_logreport")
    assert [(report.when, report.outcome) for report in reports] == [
        ("setup", "passed"),
        ("call", "failed"),
        ("teardown", "passed"),
    ]


def test_each_swallowed_call_is_told(suite):
    done = run(
        suite,
        """
        def test_swallows(cognito_pool, cognito_idp):
            swallow()
            try:
                cognito_idp.list_user_import_jobs(UserPoolId=cognito_pool.id, MaxResults=1)
            except NotImplementedError:
                pass
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_swallows").startswith(
        TRUTH + "\nthe application ignored the error of "
        "ListUserImportJobs(UserPoolId='us-east-1_TestPool1', MaxResults=1):\n"
        "  ListUserImportJobs is not simulated by pytest-cognito-pool.\n"
        "  To give your own reply: cognito.answer('ListUserImportJobs', {...})\n"
    )


def test_a_test_that_expects_it_is_told_all_the_same(suite):
    done = run(
        suite,
        """
        from pytest_cognito_pool import UnsupportedOperationError

        def test_expects(cognito_pool, cognito_idp):
            with pytest.raises(UnsupportedOperationError):
                cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)
        """,
    )
    assert done.outcomes == {"failed": 1}


def test_a_swallowed_case_of_a_simulated_operation_fails_too(suite):
    done = run(
        suite,
        """
        def test_swallows(cognito_pool, cognito_idp):
            answer = {"Username": "ana", "ConfirmationCode": "1", "Session": "s" * 20}
            try:
                cognito_idp.confirm_sign_up(ClientId=cognito_pool.client.id, **answer)
            except Exception:
                pass
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_swallows").startswith(
        "the application ignored the error of "
        "ConfirmSignUp(ClientId='testclient0000000000000001', Username='ana', ConfirmationCode='1', Session='***'):\n"
        "  ConfirmSignUp with Session is not simulated by pytest-cognito-pool.\n"
        "  Leave it out, or, if the application makes this call, give your own reply: "
        "cognito.answer('ConfirmSignUp', {...})\n"
    )


def test_what_is_not_swallowed_is_told_once(suite):
    done = run(
        suite,
        """
        def test_raises(cognito_pool, cognito_idp):
            cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert "told it" not in done.text
    assert (
        "UnsupportedOperationError: DescribeRiskConfiguration is not simulated by pytest-cognito-pool.\n" in done.text
    )


def test_an_own_answer_makes_it_pass(suite):
    done = run(
        suite,
        """
        def test_answered(cognito, cognito_pool):
            cognito.answer("DescribeRiskConfiguration", {"RiskConfiguration": {}})
            swallow()
        """,
    )
    assert done.outcomes == {"passed": 1}


def test_a_swallowed_wrong_reply_of_an_own_answer_fails(suite):
    done = run(
        suite,
        """
        def test_answered(cognito, cognito_pool):
            cognito.answer("DescribeRiskConfiguration", lambda request: {"RiskConfiguration": []})
            swallow()
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_answered").startswith(
        "the application ignored the error of DescribeRiskConfiguration(UserPoolId='us-east-1_TestPool1'):\n"
        "  invalid reply of DescribeRiskConfiguration:\n"
        "  Invalid type for parameter RiskConfiguration, value: [], type: <class 'list'>, valid types: <class 'dict'>\n"
    )


def test_a_swallowed_error_of_an_own_answer_fails(suite):
    done = run(
        suite,
        """
        def test_answered(cognito, cognito_pool):
            def reply(request):
                raise ConnectionError("down")

            cognito.answer("DescribeRiskConfiguration", reply)
            swallow()
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_answered").startswith(
        "the application ignored the exception of your reply to "
        "DescribeRiskConfiguration(UserPoolId='us-east-1_TestPool1'):\n"
        "  ConnectionError: down\n"
    )


def test_a_swallowed_error_of_the_service_is_the_applications_affair(suite):
    done = run(
        suite,
        """
        def test_refused(cognito_pool, cognito_idp):
            with pytest.raises(cognito_idp.exceptions.UserNotFoundException):
                cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        """,
    )
    assert done.outcomes == {"passed": 1}


@pytest.mark.parametrize(
    ("before", "body", "outcomes"),
    [
        ("", "assert 'the body' == 'fails'", {"failed": 1}),
        ("", "raise KeyError('the body')", {"failed": 1}),
        ("", "pytest.skip('the body')", {"skipped": 1}),
        ("", "pytest.xfail('the body')", {"xfailed": 1}),
        ("@pytest.mark.xfail(reason='the body')", "raise ValueError('the body')", {"xfailed": 1}),
        ("@pytest.mark.xfail(raises=ValueError, strict=True)", "raise ValueError('the body')", {"xfailed": 1}),
        ("@pytest.mark.xfail(raises=ValueError)", "raise KeyError('the body')", {"failed": 1}),
    ],
    ids=["assert", "raise", "skip", "xfail", "mark", "mark-raises", "mark-raises-another"],
)
def test_a_body_that_came_to_its_own_end_is_left_alone(suite, before, body, outcomes):
    done = run(
        suite,
        f"""
        {before}
        def test_swallows(cognito_pool):
            swallow()
            {body}
        """,
    )
    assert done.outcomes == outcomes
    assert "told it" not in done.text
    if "failed" in outcomes:
        assert "the body" in done.problem("test_swallows")


def test_a_test_marked_skip_or_not_run_is_left_alone(suite):
    done = run(
        suite,
        """
        @pytest.mark.skip
        def test_skipped(cognito_pool):
            swallow()

        @pytest.mark.xfail(run=False)
        def test_not_run(cognito_pool):
            swallow()
        """,
    )
    assert done.outcomes == {"skipped": 1, "xfailed": 1}


def test_an_xfail_for_another_reason_does_not_hide_it(suite):
    done = run(
        suite,
        """
        @pytest.mark.xfail(raises=ValueError)
        def test_swallows(cognito_pool):
            swallow()
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_swallows").startswith(TRUTH)


def test_an_expected_failure_is_one(suite):
    done = run(
        suite,
        """
        @pytest.mark.xfail(strict=True)
        def test_swallows(cognito_pool):
            swallow()
        """,
    )
    assert done.outcomes == {"xfailed": 1}


def test_what_the_set_up_of_another_fixture_swallows_fails_the_test(suite):
    done = run(
        suite,
        """
        @pytest.fixture
        def user(cognito_pool):
            swallow()

        def test_user(user):
            pass
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_user") == f"{TRUTH}\n{SECTION}"


@pytest.mark.parametrize(
    ("end", "outcomes"),
    [("pytest.skip('the fixture')", {"skipped": 1}), ("raise ValueError('the fixture')", {"errors": 1})],
    ids=["skip", "raise"],
)
def test_a_set_up_that_came_to_its_own_end_is_left_alone(suite, end, outcomes):
    done = run(
        suite,
        f"""
        @pytest.fixture
        def user(cognito_pool):
            swallow()
            {end}

        def test_user(user):
            pass
        """,
    )
    assert done.outcomes == outcomes


def test_what_the_teardown_of_another_fixture_swallows_is_an_error(suite):
    done = run(
        suite,
        """
        @pytest.fixture
        def user(cognito_pool):
            yield
            swallow()

        def test_user(user):
            pass
        """,
    )
    assert done.outcomes == {"passed": 1, "errors": 1}
    assert done.problem("test_user", "teardown") == f"{TRUTH}\n{SECTION}"


def test_what_body_and_teardown_swallow_is_told_where_it_happened(suite):
    done = run(
        suite,
        """
        @pytest.fixture
        def user(cognito_pool):
            yield
            swallow()

        def test_user(user):
            swallow()
        """,
    )
    assert done.outcomes == {"failed": 1, "errors": 1}
    told = "the application ignored the error of DescribeRiskConfiguration(UserPoolId='us-east-1_TestPool1'):\n"
    assert done.problem("test_user").count(told) == 1


def test_a_test_that_asks_for_the_pool_in_its_body_is_told_the_truth_too(suite):
    done = run(
        suite,
        """
        def test_user(request):
            request.getfixturevalue("cognito_pool")
            swallow()
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_user") == f"{TRUTH}\n{SECTION}"


def test_a_failing_body_that_asked_for_the_pool_is_left_alone(suite):
    done = run(
        suite,
        """
        def test_user(request):
            request.getfixturevalue("cognito_pool")
            swallow()
            raise ValueError
        """,
    )
    assert done.outcomes == {"failed": 1}


def test_the_next_test_begins_anew(suite):
    done = run(
        suite,
        """
        def test_swallows(cognito_pool):
            swallow()

        def test_later(cognito_pool):
            pass

        def test_without():
            pass
        """,
    )
    assert done.outcomes == {"failed": 1, "passed": 2}


def test_an_inner_context_tells_its_own_truth(suite):
    done = run(
        suite,
        """
        from pytest_cognito_pool import Cognito, UnreportedError

        def test_inner(cognito_pool):
            with pytest.raises(UnreportedError):
                with Cognito(region="us-east-1"):
                    try:
                        boto3.client("cognito-idp").describe_risk_configuration(UserPoolId="us-east-1_Inner")
                    except NotImplementedError:
                        pass
        """,
    )
    assert done.outcomes == {"passed": 1}


def test_a_thread_of_the_application_is_heard(suite):
    done = run(
        suite,
        """
        import threading

        def test_thread(cognito_pool):
            thread = threading.Thread(target=swallow)
            thread.start()
            thread.join()
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_thread") == f"{TRUTH}\n{SECTION}"


UNITTEST = """
import unittest

@pytest.mark.usefixtures("cognito_pool")
class TestCase(unittest.TestCase):
"""


@pytest.mark.parametrize(
    ("body", "outcomes"),
    [
        ("boto3.client('cognito-idp').list_user_pools(MaxResults=1)", {"passed": 1}),
        ("swallow()", {"failed": 1}),
        ("swallow(); self.fail('the body')", {"failed": 1}),
        ("swallow(); raise ValueError('the body')", {"failed": 1}),
        ("swallow(); self.skipTest('the body')", {"skipped": 1}),
    ],
    ids=["passes", "swallows", "fails", "raises", "skips"],
)
def test_a_unittest_is_told_the_truth(suite, body, outcomes):
    done = run(suite, f"{UNITTEST}    def test_method(self):\n        {body}\n")
    assert done.outcomes == outcomes
    if body == "swallow()":
        assert done.problem("TestCase.test_method") == f"{TRUTH}\n{SECTION}"
    elif "failed" in outcomes:
        assert "the body" in done.problem("TestCase.test_method")
        assert "told it" not in done.text


def test_a_unittest_that_expects_to_fail_is_left_alone(suite):
    done = run(
        suite,
        f"{UNITTEST}    @unittest.expectedFailure\n    def test_method(self):\n        swallow(); self.fail()\n",
    )
    assert done.outcomes == {"xfailed": 1}


def test_a_unittest_is_told_what_its_set_up_swallowed(suite):
    done = run(suite, f"{UNITTEST}    def setUp(self):\n        swallow()\n    def test_method(self):\n        pass\n")
    assert done.outcomes == {"failed": 1}
    assert done.problem("TestCase.test_method") == f"{TRUTH}\n{SECTION}"
