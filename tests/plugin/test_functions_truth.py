"""An assertion of a test that fails inside a function fails the test: once, right after its body."""

from __future__ import annotations

import textwrap

import boto3
import pytest

from pytest_cognito_pool import Cognito, UnreportedError

# The application of these suites confirms ana, and takes every error for an answer.
APPLICATION = """\
import pytest


@pytest.fixture
def confirm(cognito_pool, cognito_idp):
    def call(name="ana"):
        cognito_pool.add_user(name, status="UNCONFIRMED")
        try:
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=name)
        except Exception:
            pass

    return call


"""
# Functions elsewhere, each with an assertion that fails.
FUNCTIONS = "def asserts(event, context):\n    assert event['userName'] == 'bob'\n"
TOLD = "the application ignored an assertion that failed in"
SOURCE = "PostConfirmation_ConfirmSignUp"
CALLS = " 1  AdminConfirmSignUp(Username='ana') -> UserLambdaValidationException, 'ana' UNCONFIRMED -> CONFIRMED"


def run(suite, body, *args, **options):
    return suite.run(APPLICATION + textwrap.dedent(body).lstrip("\n"), *args, **options)


def line_of(suite, part, file="test_suite.py"):
    """The number of the only line of the file that has it."""
    lines = suite.pytester.path.joinpath(file).read_text().splitlines()
    (number,) = [number for number, line in enumerate(lines, 1) if part in line]
    return number


INSIDE = """
    def test_it(cognito_pool, confirm):
        @cognito_pool.on("PostConfirmation")
        def welcome(event, context):
            assert event["userName"] == "bob"
            return event

        confirm()
"""


def told_inside(suite):
    return (
        f"{TOLD} {SOURCE} -> test_suite.test_it.<locals>.welcome:\n"
        "  AssertionError: assert 'ana' == 'bob'\n"
        "    \n"
        "    - bob\n"
        "    + ana\n"
        f"  test_suite.py:{line_of(suite, 'assert event')}: in welcome\n"
        '      assert event["userName"] == "bob"'
    )


def test_it_fails_the_test_once_in_the_call_phase(suite):
    done = run(suite, INSIDE)
    assert done.outcomes == {"failed": 1}
    problem = done.problem("test_it")
    told, _, calls = problem.partition(f"\n{'-' * 32} Cognito calls {'-' * 33}\n")
    assert [line.rstrip() for line in told.splitlines()] == [line.rstrip() for line in told_inside(suite).splitlines()]
    assert calls.splitlines()[:3] == [
        CALLS,
        f"      {SOURCE} -> test_suite.test_it.<locals>.welcome",
        "        AssertionError: assert 'ana' == 'bob'",
    ]
    reports = done.result.reprec.getreports("pytest_runtest_logreport")
    assert [(report.when, report.outcome) for report in reports] == [
        ("setup", "passed"),
        ("call", "failed"),
        ("teardown", "passed"),
    ]


def test_without_rewritten_assertions_too(suite):
    done = run(suite, INSIDE, "--assert=plain", subprocess=True)
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_it").startswith(
        f"{TOLD} {SOURCE} -> test_suite.test_it.<locals>.welcome:\n  AssertionError\n"
        f"  test_suite.py:{line_of(suite, 'assert event')}: in welcome\n"
    )


def test_each_is_told(suite):
    done = run(
        suite,
        """
        def test_it(cognito_pool, confirm):
            @cognito_pool.on("PostConfirmation")
            def welcome(event, context):
                raise AssertionError(event["userName"])

            confirm("ana")
            confirm("bob")
        """,
    )
    assert done.outcomes == {"failed": 1}
    place = f'  test_suite.py:{line_of(suite, "raise")}: in welcome\n      raise AssertionError(event["userName"])\n'
    function = f"{TOLD} {SOURCE} -> test_suite.test_it.<locals>.welcome:\n"
    assert done.problem("test_it").startswith(
        f"{function}  AssertionError: ana\n{place}{function}  AssertionError: bob\n{place}"
    )


def test_it_is_told_beside_what_is_not_simulated(suite):
    done = run(
        suite,
        """
        def test_it(cognito_pool, cognito_idp, confirm):
            @cognito_pool.on("PostConfirmation")
            def welcome(event, context):
                raise AssertionError

            confirm()
            try:
                cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)
            except NotImplementedError:
                pass
        """,
    )
    assert done.problem("test_it").startswith(
        "the application ignored the error of DescribeRiskConfiguration(UserPoolId='us-east-1_TestPool1'):\n"
        "  DescribeRiskConfiguration is not simulated by pytest-cognito-pool.\n"
        "  To give your own reply: cognito.answer('DescribeRiskConfiguration', {...})\n"
        f"{TOLD} {SOURCE} -> test_suite.test_it.<locals>.welcome:\n  AssertionError\n"
    )


@pytest.mark.parametrize(
    ("end", "outcomes"),
    [
        ("assert 'the body' == 'fails'", {"failed": 1}),
        ("raise KeyError('the body')", {"failed": 1}),
        ("pytest.skip('the body')", {"skipped": 1}),
        ("pytest.xfail('the body')", {"xfailed": 1}),
    ],
)
def test_a_body_that_came_to_its_own_end_is_left_alone(suite, end, outcomes):
    done = run(suite, f"{textwrap.dedent(INSIDE)}    {end}\n")
    assert done.outcomes == outcomes
    assert TOLD not in done.text


def test_what_is_not_swallowed_is_told_once(suite):
    done = run(
        suite,
        """
        def test_it(cognito_pool, cognito_idp):
            cognito_pool.add_user("ana", status="UNCONFIRMED")

            @cognito_pool.on("PostConfirmation")
            def welcome(event, context):
                assert event["userName"] == "bob"

            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert TOLD not in done.text
    assert "UserLambdaValidationException" in done.problem("test_it")
    assert "        AssertionError: assert 'ana' == 'bob'\n" in done.calls("test_it")


def test_the_next_test_begins_anew(suite):
    done = run(suite, textwrap.dedent(INSIDE) + "\ndef test_next(cognito_pool, confirm):\n    confirm()\n")
    assert done.outcomes == {"failed": 1, "passed": 1}


def test_in_a_fixture_it_fails_the_test(suite):
    done = run(
        suite,
        """
        @pytest.fixture
        def ana(cognito_pool, confirm):
            with cognito_pool.on("PostConfirmation", asserts):
                confirm()

        def asserts(event, context):
            assert False

        def test_it(ana):
            pass
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_it").startswith(f"{TOLD} {SOURCE} -> test_suite.asserts:\n")


def test_in_the_teardown_of_a_fixture_it_is_an_error(suite):
    done = run(
        suite,
        """
        @pytest.fixture
        def ana(cognito_pool, confirm):
            yield
            cognito_pool.on("PostConfirmation", asserts)
            confirm()

        def asserts(event, context):
            assert False

        def test_it(ana):
            pass
        """,
    )
    assert done.outcomes == {"passed": 1, "errors": 1}
    assert done.problem("test_it", "teardown").startswith(f"{TOLD} {SOURCE} -> test_suite.asserts:\n")


ELSEWHERE = """
    def test_it(cognito_pool, confirm):
        cognito_pool.on("PostConfirmation", "{path}")
        confirm()
"""


def elsewhere(suite, monkeypatch, path, *args, functions=FUNCTIONS, **options):
    """Run a test whose function stands in another module."""
    module = path.rpartition(".")[0]
    suite.pytester.makepyfile(**{module: functions})
    monkeypatch.syspath_prepend(suite.pytester.path)
    return run(suite, ELSEWHERE.format(path=path), *args, **options)


def test_one_of_the_application_is_what_it_is_on_lambda(suite, monkeypatch):
    assert elsewhere(suite, monkeypatch, "application.asserts").outcomes == {"passed": 1}


def test_one_of_the_application_that_a_tests_function_calls_is_none_of_its_own(suite):
    suite.pytester.makepyfile(application="def check(name):\n    assert name == 'bob'\n")
    done = run(
        suite,
        """
        from application import check

        def test_it(cognito_pool, confirm):
            cognito_pool.on("PostConfirmation", lambda event, context: check(event["userName"]))
            confirm()
        """,
    )
    assert done.outcomes == {"passed": 1}


def test_one_that_only_says_what_is_raised_is_the_applications_affair(suite):
    done = run(
        suite,
        """
        def test_it(cognito_pool, confirm):
            cognito_pool.on("PostConfirmation", raises=AssertionError("as on Lambda"))
            confirm()
        """,
    )
    assert done.outcomes == {"passed": 1}


def test_another_error_of_a_test_module_is_the_applications_affair(suite):
    done = run(
        suite,
        """
        def test_it(cognito_pool, confirm):
            @cognito_pool.on("PostConfirmation")
            def fails(event, context):
                raise ValueError

            confirm()
        """,
    )
    assert done.outcomes == {"passed": 1}


@pytest.mark.parametrize("module", ["test_functions", "functions_test"])
def test_one_of_another_test_module(suite, monkeypatch, module):
    done = elsewhere(suite, monkeypatch, f"{module}.asserts", "test_suite.py")
    assert done.outcomes == {"failed": 1}
    told = [line.rstrip() for line in done.problem("test_it").splitlines()]
    assert told[0] == f"{TOLD} {SOURCE} -> {module}.asserts:"
    assert told[1].startswith("  AssertionError")
    assert f"  {module}.py:2: in asserts" in told


def test_one_of_a_conftest(suite):
    done = run(
        suite,
        """
        def test_it(ana):
            pass
        """,
        conftest="""
        import pytest

        def asserts(event, context):
            assert event["userName"] == "bob"

        @pytest.fixture
        def ana(cognito_pool, confirm):
            cognito_pool.on("PostConfirmation", asserts)
            confirm()
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_it").startswith(
        f"{TOLD} {SOURCE} -> conftest.asserts:\n  AssertionError: assert 'ana' == 'bob'\n"
    )
    assert f"  conftest.py:{line_of(suite, 'assert event', 'conftest.py')}: in asserts\n" in done.problem("test_it")


@pytest.mark.parametrize(
    ("patterns", "module", "outcomes"),
    [
        ("test_suite.py check_*.py", "check_functions", {"failed": 1}),
        ("test_suite.py check_*.py", "test_functions", {"passed": 1}),
        ("test_suite.py functions.py", "functions", {"failed": 1}),
        ("test_suite.py", "functions", {"passed": 1}),
    ],
)
def test_what_a_test_module_is_the_ini_says(suite, monkeypatch, patterns, module, outcomes):
    done = elsewhere(suite, monkeypatch, f"{module}.asserts", ini=f"python_files = {patterns}")
    assert done.outcomes == outcomes


def test_a_test_module_that_was_named_on_the_command_line_is_one(suite):
    suite.pytester.makepyfile(checks=APPLICATION + textwrap.dedent(INSIDE).lstrip("\n"))
    done = suite.run("", "checks.py")
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_it").startswith(f"{TOLD} {SOURCE} -> checks.test_it.<locals>.welcome:\n")


def in_a_folder(suite, monkeypatch, patterns):
    """Run a test beside whose module, a folder deeper, its function stands."""
    folder = suite.pytester.mkpydir("checks")
    deeper = folder / "deeper"
    deeper.mkdir()
    (deeper / "__init__.py").write_text("")
    (deeper / "functions.py").write_text(FUNCTIONS)
    body = textwrap.dedent(ELSEWHERE.format(path="checks.deeper.functions.asserts"))
    (folder / "suite.py").write_text(APPLICATION + body)
    monkeypatch.syspath_prepend(suite.pytester.path)
    return suite.run("", ini=f"python_files = {patterns}")


def test_a_pattern_of_the_ini_may_have_folders(suite, monkeypatch):
    assert in_a_folder(suite, monkeypatch, "checks/suite.py checks/deeper/*.py").outcomes == {"failed": 1}


def test_a_star_of_the_ini_stands_for_folders_too(suite, monkeypatch):
    assert in_a_folder(suite, monkeypatch, "checks/*.py").outcomes == {"failed": 1}


@pytest.mark.parametrize("mode", ["prepend", "append", "importlib"])
def test_however_modules_are_imported(suite, mode):
    done = run(suite, INSIDE, f"--import-mode={mode}")
    assert done.outcomes == {"failed": 1}
    assert "in welcome" in done.problem("test_it")


def test_with_xdist(suite):
    passes = "\ndef test_next(cognito_pool, confirm):\n    confirm()\n"
    done = run(suite, textwrap.dedent(INSIDE) + passes, "-n", "2", subprocess=True)
    assert done.outcomes == {"failed": 1, "passed": 1}
    problem = [line.rstrip() for line in done.problem("test_it").splitlines()]
    told = [line.rstrip() for line in told_inside(suite).splitlines()]
    assert problem[: len(told)] == told
    assert CALLS in problem


ASSERTING = {
    "unittest": "unittest.TestCase().assertEqual(event['userName'], 'bob')",
    "unittest-fail": "unittest.TestCase().fail('no')",
    "helper": "helper(event)",
    "hiding-helper": "hiding(event)",
    "raised": "raise AssertionError('no')",
    "of-a-kind": "raise OfAKind('no')",
    "in-a-thread-pool": "list(concurrent.futures.ThreadPoolExecutor(1).map(helper, [event]))",
}
HELPERS = """
    import concurrent.futures
    import unittest
    from unittest import mock

    class OfAKind(AssertionError):
        pass

    def helper(event):
        assert event["userName"] == "bob"

    def hiding(event):
        __tracebackhide__ = True
        assert event["userName"] == "bob"

    def test_it(cognito_pool, confirm):
        @cognito_pool.on("PostConfirmation")
        def welcome(event, context):
            {line}
            return event

        confirm()
"""


@pytest.mark.parametrize("line", ASSERTING.values(), ids=ASSERTING)
def test_however_it_is_asserted(suite, line):
    done = run(suite, HELPERS.format(line=line))
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_it").startswith(f"{TOLD} {SOURCE} -> test_suite.test_it.<locals>.welcome:\n  ")


@pytest.mark.parametrize(
    "line",
    ["mock.Mock().assert_called_once_with(event)", "mock.Mock(return_value=1).assert_called()"],
)
def test_an_assertion_of_a_mock(suite, line):
    done = run(suite, HELPERS.format(line=line))
    assert done.outcomes == {"failed": 1}


def test_a_unittest_that_asserts_in_its_function(suite):
    done = suite.run(
        """
        import unittest

        import boto3
        import pytest

        class TestCase(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def _pool(self, cognito_pool):
                self.pool = cognito_pool

            def test_it(self):
                def welcome(event, context):
                    self.assertEqual(event["userName"], "bob")

                self.pool.on("PostConfirmation", welcome)
                self.pool.add_user("ana", status="UNCONFIRMED")
                try:
                    boto3.client("cognito-idp").admin_confirm_sign_up(UserPoolId=self.pool.id, Username="ana")
                except Exception:
                    pass
        """
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("TestCase.test_it").startswith(
        f"{TOLD} {SOURCE} -> test_suite.TestCase.test_it.<locals>.welcome:\n  AssertionError: 'ana' != 'bob'\n"
    )


@pytest.mark.parametrize(
    ("line", "outcomes"),
    [
        ("pytest.fail('no welcome')", {"failed": 1}),
        ("pytest.skip('no welcome')", {"skipped": 1}),
        ("pytest.xfail('no welcome')", {"xfailed": 1}),
        ("pytest.importorskip('no_module_of_that_name')", {"skipped": 1}),
    ],
)
def test_an_end_that_a_function_puts_to_the_test_is_one(suite, line, outcomes):
    done = run(suite, HELPERS.format(line=line))
    assert done.outcomes == outcomes
    assert TOLD not in done.text
    if "failed" in outcomes:
        assert "Failed: no welcome" in done.problem("test_it")
        assert done.calls("test_it").splitlines()[0] == (
            " 1  AdminConfirmSignUp(Username='ana') -> Failed, 'ana' UNCONFIRMED -> CONFIRMED"
        )


def test_an_exception_that_was_to_be_raised_inside_and_was_not(suite):
    done = run(suite, HELPERS.format(line="pytest.raises(ValueError, int)"))
    assert done.outcomes == {"failed": 1}
    assert "DID NOT RAISE" in done.problem("test_it")


def test_one_that_the_function_itself_catches_is_its_own_affair(suite):
    done = run(
        suite,
        """
        def test_it(cognito_pool, confirm):
            @cognito_pool.on("PostConfirmation")
            def welcome(event, context):
                with pytest.raises(AssertionError):
                    assert False
                return event

            confirm()
        """,
    )
    assert done.outcomes == {"passed": 1}


def test_one_in_a_function_within_a_function(suite):
    done = run(
        suite,
        """
        def test_it(cognito_pool, confirm):
            @cognito_pool.on("PostConfirmation")
            def welcome(event, context):
                assert event["userName"] == "ana"
                confirm("bob")
                return event

            confirm()
        """,
    )
    assert done.outcomes == {"failed": 1}
    told = done.problem("test_it").splitlines()
    assert told[1].rstrip() == "  AssertionError: assert 'bob' == 'ana'"
    assert done.problem("test_it").count(TOLD) == 1


def test_one_in_a_thread_of_the_application(suite):
    done = run(
        suite,
        """
        import threading

        def test_it(cognito_pool, confirm):
            @cognito_pool.on("PostConfirmation")
            def welcome(event, context):
                assert False

            thread = threading.Thread(target=confirm)
            thread.start()
            thread.join()
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_it").startswith(f"{TOLD} {SOURCE} -> test_suite.test_it.<locals>.welcome:\n")


class TestOutsideOfFixtures:
    @pytest.fixture
    def confirm(self, keys):
        client = boto3.client("cognito-idp", **keys)

        def call(pool):
            pool.add_user("ana", status="UNCONFIRMED")
            with pytest.raises(client.exceptions.UserLambdaValidationException):
                client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")

        return call

    def test_leaving_tells(self, confirm):
        def asserts(event, context):
            raise AssertionError(event["userName"])

        with pytest.raises(UnreportedError) as caught, Cognito(region="us-east-1") as cognito:  # noqa: PT012 - told on leaving
            pool = cognito.create_pool()
            pool.on("PostConfirmation", asserts)
            confirm(pool)
        ((invocation, lines),) = caught.value.assertions
        assert invocation == f"{SOURCE} -> {asserts.__module__}.{asserts.__qualname__}"
        assert lines[0] == "AssertionError: ana"
        assert lines[1].endswith(": in asserts")
        assert lines[2] == '    raise AssertionError(event["userName"])'
        assert len(lines) == 3
        assert caught.value.calls == ()
        assert str(caught.value) == "\n".join([f"{TOLD} {invocation}:", *(f"  {line}" for line in lines)])

    def test_not_when_an_exception_is_on_its_way(self, confirm):
        with pytest.raises(ZeroDivisionError), Cognito(region="us-east-1") as cognito:  # noqa: PT012 - the same
            pool = cognito.create_pool()
            pool.on("PostConfirmation", lambda event, context: self.no())
            confirm(pool)
            raise ZeroDivisionError

    def no(self):
        raise AssertionError

    def test_it_is_told_once(self, confirm):
        with Cognito(region="us-east-1") as cognito:
            pool = cognito.create_pool()
            pool.on("PostConfirmation", lambda event, context: self.no())
            confirm(pool)
            with pytest.raises(UnreportedError):
                cognito.check()
            cognito.check()

    @pytest.mark.parametrize(
        ("patterns", "told"),
        [
            (("test_*.py",), True),
            (("plugin/test_*.py",), True),
            (("*_truth.py", "other.py"), True),
            (("other.py",), False),
            ((), False),
        ],
    )
    def test_which_files_are_tests_may_be_said(self, confirm, patterns, told):
        with Cognito(region="us-east-1", test_files=patterns) as cognito:
            pool = cognito.create_pool()
            pool.on("PostConfirmation", lambda event, context: self.no())
            confirm(pool)
            if told:
                with pytest.raises(UnreportedError):
                    cognito.check()
            else:
                assert cognito.check() is None
