"""A suite that does not use the plugin pays nothing for it."""

from __future__ import annotations

import json

import pytest

HEAVY = {
    "asyncio", "boto3", "botocore", "cryptography", "http.server", "pydantic", "regex", "ssl", "unittest.mock",
}  # fmt: skip
OURS = [
    "pytest_cognito_pool", "pytest_cognito_pool._plugin", "pytest_cognito_pool._plugin.hooks",
    "pytest_cognito_pool._plugin.hookspecs", "pytest_cognito_pool.plugin",
]  # fmt: skip
# What a test is noted in, before it is known whether it has a fake.
OF_TESTS = ["pytest_cognito_pool._api", "pytest_cognito_pool._api.lifetimes"]
CONFTEST = """
    import json
    import sys

    def pytest_unconfigure():
        with open("modules.json", "w") as file:
            json.dump(sorted(sys.modules), file)
"""
SUITE = """
    import pytest

    def test_nothing():
        pass

    @pytest.mark.parametrize("number", [1, 2])
    def test_number(number):
        assert number == 2
"""


def modules(suite, *args, code=SUITE):
    suite.write(code, conftest=CONFTEST, env={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})
    result = suite.pytester.runpytest_subprocess("-p", "pytest_cognito_pool.plugin", *args)
    assert result.ret in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}, str(result.stdout)
    return json.loads(suite.pytester.path.joinpath("modules.json").read_text())


@pytest.fixture(autouse=True)
def _not_measured(monkeypatch):
    """Coverage, which would start in the subprocess, has imports of its own."""
    for variable in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"):
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize("options", [(), ("--collect-only",), ("--markers",), ("--fixtures",)], ids=" ".join)
def test_nothing_is_imported_for_a_suite_without_a_fake(suite, options):
    imported = modules(suite, *options)
    assert HEAVY.isdisjoint(imported)
    expected = OURS if options else sorted([*OURS, *OF_TESTS])
    assert [name for name in imported if name.startswith("pytest_cognito_pool")] == expected


def test_nothing_is_imported_to_collect_a_suite_with_one(suite):
    code = """
        import pytest
        from pytest_cognito_pool import plugin

        @pytest.mark.cognito_pool(UsernameAttributes=["email"])
        def test_pool(cognito_pool, cognito_idp, cognito):
            pass
    """
    imported = modules(suite, "--collect-only", code=code)
    assert HEAVY.isdisjoint(imported)
    assert [name for name in imported if name.startswith("pytest_cognito_pool")] == OURS


def test_the_measure_sees_what_is_imported(suite):
    imported = modules(suite, code="def test_pool(cognito_pool):\n    pass")
    assert {"botocore", "pytest_cognito_pool._api.cognito"} <= set(imported)


@pytest.mark.parametrize("module", ["boto3", "pydantic", "regex", "unittest.mock"])
def test_a_pool_alone_needs_little(suite, module):
    code = (
        "def test_pool(cognito_pool):\n    cognito_pool.add_user('ana')\n    assert cognito_pool.users['ana'].enabled"
    )
    assert module not in modules(suite, code=code)


def test_nothing_is_imported_for_tokens_before_the_first_one(suite):
    code = """
        def test_confirms(cognito_pool, cognito_idp):
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    """
    imported = modules(suite, code=code)
    assert "cryptography" not in imported
    assert not [name for name in imported if name.startswith("pytest_cognito_pool._service.tokens")]
