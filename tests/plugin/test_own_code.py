"""Hooks of a conftest that raise: the test is told, the application is not."""

from __future__ import annotations

CONFTEST = """
    def pytest_cognito_pool_call(call):
        if call.operation == "ListUsers":
            raise LookupError("no such shelf")
"""
CALLS = """
    import pytest

    def test_passes_but_for_the_hook(cognito_pool, cognito_idp):
        assert cognito_idp.list_users(UserPoolId=cognito_pool.id)["Users"] == []

    def test_fails(cognito_pool, cognito_idp):
        cognito_idp.list_users(UserPoolId=cognito_pool.id)
        assert False

    @pytest.mark.xfail(strict=True)
    def test_is_expected_to_fail(cognito_pool, cognito_idp):
        cognito_idp.list_users(UserPoolId=cognito_pool.id)

    def test_next(cognito_pool, cognito_idp):
        cognito_idp.list_groups(UserPoolId=cognito_pool.id)
"""


def test_a_hook_that_raises_fails_the_test_once_in_the_call_phase(suite):
    run = suite.run(CALLS, conftest=CONFTEST)
    assert run.outcomes == {"failed": 2, "xfailed": 1, "passed": 1}
    told = run.problem("test_passes_but_for_the_hook").splitlines()
    text = "the hook for calls raised LookupError: no such shelf at conftest.py:3"
    assert told[0] == f"code of the test raised an exception: {text}"
    assert run.calls("test_fails") == f" 1  ListUsers() -> ok\n    {text}"
