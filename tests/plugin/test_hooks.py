"""The hooks that a conftest may implement."""

from __future__ import annotations

HOOKS = """
    SEEN = []

    def pytest_cognito_pool_created(pool):
        SEEN.append(pool.id)

    def pytest_cognito_pool_call(call):
        SEEN.append((call.operation, call.outcome()))
"""


def test_the_pool_of_the_fixture_is_announced(suite):
    suite.passes(
        """
        from conftest import SEEN

        def test_fixture(cognito_pool):
            assert SEEN == ["us-east-1_TestPool1"]
        """,
        conftest=HOOKS,
    )


def test_the_pool_of_create_pool_is_announced(suite):
    suite.passes(
        """
        from conftest import SEEN

        def test_create(cognito):
            assert SEEN == []
            pool = cognito.create_pool()
            assert SEEN == [pool.id]
        """,
        conftest=HOOKS,
    )


def test_the_pool_of_the_application_is_announced(suite):
    suite.passes(
        """
        from conftest import SEEN

        def test_application(cognito_idp):
            pool = cognito_idp.create_user_pool(PoolName="customers")["UserPool"]
            assert SEEN == [pool["Id"], ("CreateUserPool", "ok")]
        """,
        conftest=HOOKS,
    )


def test_an_announced_pool_is_complete(suite):
    suite.passes(
        """
        def test_fixture(cognito_pool, cognito_idp):
            assert list(cognito_pool.users) == ["admin"]
            assert not cognito_pool.calls

        def test_create(cognito):
            assert list(cognito.create_pool().users) == ["admin"]

        def test_application(cognito, cognito_idp):
            pool_id = cognito_idp.create_user_pool(PoolName="customers")["UserPool"]["Id"]
            assert list(cognito.pools[pool_id].users) == ["admin"]
        """,
        conftest="""
        def pytest_cognito_pool_created(pool):
            pool.add_user("admin")
            if len(pool._record.clients):
                assert pool.client.id
        """,
    )


def test_calls_are_announced_when_the_application_gets_what_came_of_them(suite):
    suite.passes(
        """
        import pytest
        from conftest import SEEN

        def test_calls(cognito, cognito_pool, cognito_idp):
            SEEN.clear()
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            ana = {"UserPoolId": cognito_pool.id, "Username": "ana"}
            cognito_idp.admin_confirm_sign_up(**ana)
            with pytest.raises(cognito_idp.exceptions.NotAuthorizedException):
                cognito_idp.admin_confirm_sign_up(**ana)
            cognito.answer("DescribeRiskConfiguration", {"RiskConfiguration": {}})
            cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)
            assert SEEN == [
                ("AdminConfirmSignUp", "ok, 'ana' UNCONFIRMED -> CONFIRMED"),
                ("AdminConfirmSignUp", "NotAuthorizedException"),
                ("DescribeRiskConfiguration", "ok"),
            ]
        """,
        conftest=HOOKS,
    )


def test_a_call_of_several_attempts_is_announced_once(suite):
    suite.passes(
        """
        from conftest import SEEN
        from botocore.exceptions import ConnectTimeoutError

        def test_attempts(cognito, cognito_idp):
            outcomes = [ConnectTimeoutError(endpoint_url="x"), ConnectTimeoutError(endpoint_url="x")]

            def reply(request):
                if outcomes:
                    raise outcomes.pop()
                return {"UserPools": []}

            cognito.answer("ListUserPools", reply)
            cognito_idp.list_user_pools(MaxResults=1)
            assert SEEN == [("ListUserPools", "ok")]
        """,
        conftest=HOOKS,
    )


def test_what_is_not_simulated_is_announced_too(suite):
    run = suite.run(
        """
        from conftest import SEEN

        def test_unsupported(cognito_pool, cognito_idp):
            cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)

        def test_later():
            assert SEEN == ["us-east-1_TestPool1", ("DescribeRiskConfiguration", "UnsupportedOperationError")]
        """,
        conftest=HOOKS,
    )
    assert run.outcomes == {"failed": 1, "passed": 1}


def test_only_the_hooks_of_its_own_directory_see_a_test(suite):
    suite.pytester.mkpydir("elsewhere")
    suite.pytester.path.joinpath("elsewhere", "conftest.py").write_text(
        "def pytest_cognito_pool_created(pool):\n    raise AssertionError('of another directory')\n"
    )
    suite.passes("def test_here(cognito_pool):\n    pass")


def test_a_plugin_may_implement_them(suite):
    suite.pytester.makepyfile(own_plugin="def pytest_cognito_pool_created(pool):\n    pool.add_user('admin')\n")
    suite.pytester.syspathinsert()
    suite.passes("def test_admin(cognito_pool):\n    assert list(cognito_pool.users) == ['admin']", "-p", "own_plugin")


def test_a_misspelt_parameter_is_refused_by_pluggy(suite):
    run = suite.run("def test_nothing():\n    pass", conftest="def pytest_cognito_pool_created(pol):\n    pass")
    assert "pytest_cognito_pool_created" in run.text
    assert "passed" not in run.text
