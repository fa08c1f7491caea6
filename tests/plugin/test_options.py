"""The options `cognito_pool_unused_faults`, `cognito_pool_report` and `--cognito-pool-report`."""

from __future__ import annotations

import pytest

UNUSED = """
import pytest
from pytest_cognito_pool import Cognito

def test_unused(cognito_pool):
    cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException")

def test_block(cognito_pool):
    with cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException"):
        pass

def test_outside():
    with Cognito() as cognito:
        cognito.fail("ListUserPools", "TooManyRequestsException")
"""
REPORTED = """
def test_passes(cognito_pool, cognito_idp):
    cognito_idp.list_users(UserPoolId=cognito_pool.id)

def test_fails(cognito_pool, cognito_idp):
    cognito_idp.list_groups(UserPoolId=cognito_pool.id)
    assert False

def test_calls_nothing(cognito_pool):
    pass
"""


class TestUnusedFaults:
    def test_they_fail(self, suite):
        assert suite.run(UNUSED).outcomes == {"failed": 3}

    def test_they_are_ignored(self, suite):
        assert suite.run(UNUSED, ini="cognito_pool_unused_faults = ignore").outcomes == {"passed": 3}

    def test_they_warn(self, suite):
        shown = ("-W", "default::pytest_cognito_pool.UnusedFaultWarning")
        done = suite.run(UNUSED, *shown, ini="cognito_pool_unused_faults = warn")
        assert done.outcomes == {"passed": 3, "warnings": 3}
        done.result.stdout.fnmatch_lines(["*UnusedFaultWarning: fault never used: fail('AdminConfirmSignUp', *"])

    def test_a_warning_can_be_an_error(self, suite):
        assert suite.run(UNUSED, ini="cognito_pool_unused_faults = warn").outcomes == {"failed": 3}


class TestReport:
    def test_failed_ones(self, suite):
        text = suite.run(REPORTED).text
        assert " 1  ListGroups() -> ok" in text
        assert "ListUsers" not in text

    @pytest.mark.parametrize("args", [["--cognito-pool-report=all"], []], ids=["option", "ini"])
    def test_all(self, suite, args):
        done = suite.run(REPORTED, *args, ini="" if args else "cognito_pool_report = all")
        done.result.stdout.fnmatch_lines(["=* Cognito calls of tests that passed =*"])
        done.result.stdout.fnmatch_lines(["_* test_passes _*", " 1  ListUsers() -> ok"], consecutive=True)
        done.result.stdout.fnmatch_lines(["_* test_calls_nothing _*", "no calls"], consecutive=True)
        assert done.calls("test_fails") == " 1  ListGroups() -> ok"
        assert done.text.count("ListGroups() -> ok") == 1

    def test_all_without_a_fake(self, suite):
        assert "Cognito calls" not in suite.run("def test_nothing(): pass", "--cognito-pool-report=all").text

    def test_none(self, suite):
        done = suite.run(REPORTED, "--cognito-pool-report=none", ini="cognito_pool_report = all")
        assert done.outcomes == {"passed": 2, "failed": 1}
        assert "Cognito calls" not in done.text

    def test_all_with_workers(self, suite):
        done = suite.run(REPORTED, "--cognito-pool-report=all", "-n1")
        done.result.stdout.fnmatch_lines(["_* test_passes _*", " 1  ListUsers() -> ok"], consecutive=True)


@pytest.mark.parametrize(
    ("ini", "text"),
    [
        ("cognito_pool_unused_faults = no", "cognito_pool_unused_faults is 'no'; use one of fail, warn, ignore"),
        ("cognito_pool_report = yes", "cognito_pool_report is 'yes'; use one of failed, all, none"),
    ],
)
def test_a_value_that_is_unknown(suite, ini, text):
    assert f"ERROR: {text}" in suite.run("", ini=ini).text
