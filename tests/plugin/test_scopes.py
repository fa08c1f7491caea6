"""Fakes that fixtures of a wider scope hold: each test is told what is its own."""

from __future__ import annotations

import pytest

WIDE = """
import contextlib

import boto3
import pytest
from pytest_cognito_pool import Cognito

KEYS = {"region_name": "us-east-1", "aws_access_key_id": "key", "aws_secret_access_key": "secret"}


@pytest.fixture(scope="SCOPE")
def directory():
    with Cognito(region="us-east-1") as cognito:
        pool = cognito.create_pool(Id="us-east-1_Wide")
        pool.add_user("ana", status="UNCONFIRMED")
        idp().list_users(UserPoolId=pool.id)
        yield cognito


def idp():
    return boto3.Session(**KEYS).client("cognito-idp")


@pytest.fixture
def pool(directory):
    return directory.pools["us-east-1_Wide"]


def swallow():
    with contextlib.suppress(Exception):
        idp().describe_risk_configuration(UserPoolId="us-east-1_Wide")
"""


@pytest.fixture(params=["session", "module", "class"])
def run(suite, request):
    return lambda code, *args: suite.run(WIDE.replace("SCOPE", request.param) + code, *args)


@pytest.fixture
def run_once(suite):
    return lambda code, *args: suite.run(WIDE.replace("SCOPE", "session") + code, *args)


def test_reports_and_ignored_errors_belong_to_the_test_that_was_running(run):
    done = run(
        """
class TestAll:
    def test_first(self, pool):
        assert False

    def test_second(self, pool):
        idp().admin_get_user(UserPoolId=pool.id, Username="nobody")

    def test_third(self, pool):
        swallow()

    def test_fourth(self, pool):
        assert pool.calls.operations == ["ListUsers", "AdminGetUser", "DescribeRiskConfiguration"]

    def test_without(self):
        assert False
"""
    )
    assert done.outcomes == {"failed": 4, "passed": 1}
    # The set-up belongs to the test that caused it.
    assert done.calls("TestAll.test_first") == " 1  ListUsers() -> ok"
    assert (
        done.calls("TestAll.test_second").splitlines()[0]
        == " 1  AdminGetUser(Username='nobody') -> UserNotFoundException"
    )
    assert "botocore/client.py" not in done.problem("TestAll.test_second")
    assert done.problem("TestAll.test_third").startswith("the application ignored the error of ")
    assert done.calls("TestAll.test_without") == "no calls"


def test_a_fake_that_is_entered_again_has_the_calls_of_the_running_test_once(suite):
    done = suite.run(
        """
        import boto3
        from pytest_cognito_pool import Cognito

        directory = Cognito(region="us-east-1")
        directory.create_pool(Id="us-east-1_Wide")

        def call(operation):
            with directory:
                getattr(boto3.client("cognito-idp", region_name="us-east-1"), operation)(UserPoolId="us-east-1_Wide")

        def test_first():
            call("list_users")

        def test_second():
            call("describe_user_pool")
            call("list_groups")
            assert False
        """
    )
    assert done.outcomes == {"passed": 1, "failed": 1}
    assert done.calls("test_second") == " 1  DescribeUserPool() -> ok\n 2  ListGroups() -> ok"


def test_what_a_test_arms_ends_with_it(run):
    done = run(
        """
def outcome():
    try:
        idp().admin_get_user(UserPoolId="us-east-1_Wide", Username="ana")
        return "ok"
    except Exception as error:
        return type(error).__name__


@pytest.fixture
def armed(directory, pool):
    arm(directory, pool)
    yield
    # Its teardown meets no fault and no policy.
    assert outcome() == "ok"


def arm(directory, pool):
    pool.fail("AdminGetUser", "TooManyRequestsException", times=None)
    directory.enforce({"Version": "2012-10-17", "Statement": []})
    pool.on("PostConfirmation", lambda event, context: event)
    directory.answer("DescribeRiskConfiguration", {"RiskConfiguration": {"ClientId": "mine"}})


def check(directory, pool):
    assert outcome() == "ok"
    assert list(directory.faults) == []
    assert pool._record.functions.find("PostConfirmation_ConfirmSignUp") is None
    assert "mine" not in str(directory._activity.interventions.replies.get("DescribeRiskConfiguration"))


class TestAll:
    def test_by_itself(self, directory, pool):
        arm(directory, pool)
        assert outcome() != "ok"

    def test_next(self, directory, pool):
        check(directory, pool)

    def test_by_a_fixture(self, armed):
        assert outcome() != "ok"

    def test_after(self, directory, pool):
        check(directory, pool)
"""
    )
    # A fault behind a policy that refuses everything is never reached.
    assert done.outcomes == {"failed": 2, "passed": 2}
    for test in ("TestAll.test_by_itself", "TestAll.test_by_a_fixture"):
        assert "fail('AdminGetUser', 'TooManyRequestsException', times=None)" in done.problem(test)
        assert "fault never used: " in done.problem(test)


def test_what_a_wide_set_up_arms_lives_until_the_fake_is_left(run_once):
    done = run_once(
        """
@pytest.fixture(scope="session")
def armed(directory):
    pool = directory.pools["us-east-1_Wide"]
    directory.fail("AdminGetUser", "TooManyRequestsException", times=2)
    directory.fail("AdminEnableUser", "TooManyRequestsException")
    pool.on("PostConfirmation", lambda event, context: event)
    directory.answer("DescribeRiskConfiguration", {"RiskConfiguration": {"ClientId": "mine"}})


def look():
    return idp().admin_get_user(UserPoolId="us-east-1_Wide", Username="ana")


def test_first(armed, pool):
    with pytest.raises(Exception, match="TooManyRequests"):
        look()


def test_second(armed, pool):
    with pytest.raises(Exception, match="TooManyRequests"):
        look()
    look()
    assert idp().describe_risk_configuration(UserPoolId=pool.id)["RiskConfiguration"]["ClientId"] == "mine"
    assert pool._record.functions.find("PostConfirmation_ConfirmSignUp")
"""
    )
    assert done.outcomes == {"passed": 2, "errors": 1}
    told = done.problem("test_second", "teardown")
    assert told.count("fault never used: ") == 1
    assert "fault never used: fail('AdminEnableUser', 'TooManyRequestsException')" in told


@pytest.mark.parametrize("way", ["setup_class", "setup_module", "setUpClass"])
def test_xunit_set_ups_are_wide_too(suite, way):
    base = "unittest.TestCase" if way == "setUpClass" else "object"
    of_class = "    @classmethod\n    def {0}(cls): arm()\n" if way != "setup_module" else ""
    done = suite.run(
        f"""
import unittest
import boto3
from pytest_cognito_pool import Cognito

COGNITO = Cognito(region="us-east-1")

def arm():
    COGNITO.__enter__()
    COGNITO.fail("ListUserPools", "TooManyRequestsException", times=2)

def outcome():
    try:
        boto3.client("cognito-idp").list_user_pools(MaxResults=1)
        return "ok"
    except Exception as error:
        return type(error).__name__

{"def setup_module(): arm()" if not of_class else ""}

class TestAll({base}):
{of_class.format(way)}
    def test_first(self):
        assert outcome() != "ok"

    def test_second(self):
        assert outcome() != "ok"

    def test_third(self):
        assert outcome() == "ok"
        COGNITO.__exit__(None, None, None)
"""
    )
    assert done.outcomes == {"passed": 3}


def test_a_test_that_is_rolled_back(run_once):
    done = run_once(
        """
@pytest.fixture
def fresh(directory):
    with directory.rollback():
        yield directory


@pytest.mark.parametrize("number", [1, 2])
def test_confirms(fresh, pool, number):
    assert fresh.calls == []
    idp().admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
    assert pool.calls.operations == ["AdminConfirmSignUp"]
    assert number == 1


def test_teardown_fails(fresh, pool, request):
    request.addfinalizer(lambda: 1 / 0)
    idp().list_groups(UserPoolId=pool.id)
"""
    )
    assert done.outcomes == {"passed": 2, "failed": 1, "errors": 1}
    assert done.calls("test_confirms[2]").startswith(" 1  AdminConfirmSignUp(Username='ana') -> ok")
    assert done.calls("test_teardown_fails", "teardown") == " 1  ListGroups() -> ok"


def test_what_a_teardown_ignores_is_told_by_its_test(run_once):
    done = run_once(
        """
@pytest.fixture
def careless(directory):
    yield
    swallow()


def test_first(careless):
    pass


def test_second(directory):
    pass
"""
    )
    assert done.outcomes == {"passed": 2, "errors": 1}
    assert "the application ignored" in done.problem("test_first", "teardown")


# pytest's own logging fails too where it did not begin.
@pytest.mark.parametrize(("options", "errors"), [((), 2), (("-p", "no:logging"), 1)])
def test_a_set_up_that_another_plugin_ends(suite, options, errors):
    """Before a test of ours began there is nothing to end."""
    done = suite.run(
        "def test_it(cognito_pool): pass",
        *options,
        conftest="""
            import pytest

            @pytest.hookimpl(wrapper=True, tryfirst=True)
            def pytest_runtest_setup(item):
                raise RuntimeError("no")
                yield
        """,
    )
    assert done.outcomes == {"errors": errors}
    assert "INTERNALERROR" not in done.text


def test_a_test_that_is_run_again(suite):
    """As plugins do that rerun what failed: with the same item."""
    done = suite.run(
        """
        RUNS = []

        def test_it(cognito_pool, cognito_idp):
            RUNS.append(1)
            cognito_pool.fail("ListUsers", "TooManyRequestsException")
            if len(RUNS) > 1:
                try:
                    cognito_idp.list_users(UserPoolId=cognito_pool.id)
                except Exception:
                    pass
        """,
        "--cognito-pool-policy=policy.json",
        conftest="""
            from _pytest.runner import runtestprotocol

            def pytest_runtest_protocol(item, nextitem):
                for _ in range(2):
                    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
                    reports = runtestprotocol(item, nextitem=nextitem, log=False)
                    item._initrequest()
                for report in reports:
                    item.ihook.pytest_runtest_logreport(report=report)
                return True
        """,
    )
    assert done.outcomes == {"passed": 1}, done.text


@pytest.mark.parametrize(("strict", "outcome"), [("True", "failed"), ("False", "xpassed")])
def test_an_unused_fault_is_no_failure_that_was_expected(suite, strict, outcome):
    done = suite.run(
        f"""
        import pytest

        @pytest.mark.xfail(strict={strict})
        def test_it(cognito_pool):
            cognito_pool.fail("ListUsers", "TooManyRequestsException")
        """
    )
    assert done.outcomes == {outcome: 1}
    assert "never reached" not in done.text
    if outcome == "failed":
        assert "[XPASS(strict)]" in done.problem("test_it")


def test_an_unused_fault_where_expected_failures_are_run_as_tests(suite):
    done = suite.run(
        """
        import pytest

        @pytest.mark.xfail
        def test_it(cognito_pool):
            cognito_pool.fail("ListUsers", "TooManyRequestsException")
        """,
        "--runxfail",
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_it").startswith("fault never used: ")


def test_a_function_of_a_pool_that_was_deleted_ends_with_its_test_too(run_once):
    done = run_once(
        """
@pytest.fixture(scope="session")
def seeded(directory):
    return directory.snapshot()


@pytest.fixture(autouse=True)
def again(directory, seeded):
    directory.restore(seeded)


def test_first(pool):
    @pool.on("PostConfirmation")
    def fails(event, context):
        raise ValueError

    idp().delete_user_pool(UserPoolId=pool.id)


def test_second(pool):
    idp().admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
"""
    )
    assert done.outcomes == {"passed": 2}


@pytest.mark.parametrize("end", ["raise KeyboardInterrupt", "pytest.exit('enough')"])
def test_a_run_that_is_interrupted_judges_nothing_more(suite, end):
    done = suite.run(
        WIDE.replace("SCOPE", "session")
        + f"""
@pytest.fixture(scope="session", autouse=True)
def armed(directory):
    directory.fail("SignUp", "TooManyRequestsException")


def test_first():
    pass


def test_second():
    {end}
""",
        subprocess=True,
    )
    assert done.result.ret == pytest.ExitCode.INTERRUPTED
    assert done.outcomes == {"passed": 1}
    assert "UnreportedError" not in done.text


def test_nothing_is_kept_of_a_test_that_is_over(suite):
    """The items of a run live as long as it does; in a process of its own, as pytester keeps what hooks were given."""
    suite.passes(
        """
        import gc
        import weakref

        import pytest
        from pytest_cognito_pool import Cognito

        FAKES = []

        @pytest.mark.parametrize("number", range(5))
        def test_first(cognito, cognito_pool, cognito_idp, number):
            cognito_pool.add_user("ana")
            cognito_pool.on("PostConfirmation", lambda event, context: event)
            cognito_idp.list_users(UserPoolId=cognito_pool.id)
            FAKES.append(weakref.ref(cognito._account))
            with Cognito() as inner:
                FAKES.append(weakref.ref(inner._account))

        def test_second():
            gc.collect()
            assert [fake for fake in FAKES if fake() is not None] == []
        """,
        subprocess=True,
    )
