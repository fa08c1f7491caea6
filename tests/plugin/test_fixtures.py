"""The fixtures a test author asks for."""

from __future__ import annotations


def test_the_pool_has_documented_ids_and_one_app_client(suite):
    suite.passes(
        """
        def test_ids(cognito_pool, cognito_idp):
            assert cognito_pool.id == "us-east-1_TestPool1"
            assert cognito_pool.client.id == "testclient0000000000000001"
            assert cognito_pool.arn == "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1"
            assert cognito_pool.client.secret is None
            described = cognito_idp.describe_user_pool(UserPoolId="us-east-1_TestPool1")["UserPool"]
            assert described["Id"] == cognito_pool.id
        """
    )


def test_the_pool_is_a_new_one_for_each_test(suite):
    suite.passes(
        """
        import pytest

        @pytest.mark.parametrize("time", [1, 2])
        def test_alone(cognito_pool, cognito_idp, time):
            assert not cognito_pool.users
            assert not cognito_pool.calls
            cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
        """
    )


def test_the_pool_is_one_of_the_account(suite):
    suite.passes(
        """
        def test_same(cognito_pool, cognito):
            assert list(cognito.pools) == [cognito_pool.id]
            assert cognito.pools[cognito_pool.id] is cognito_pool
        """
    )


def test_the_account_alone_has_no_pool(suite):
    suite.passes(
        """
        import boto3
        from pytest_cognito_pool import Cognito

        def test_account(cognito):
            assert isinstance(cognito, Cognito)
            assert (cognito.region, cognito.account) == ("us-east-1", "123456789012")
            assert not cognito.pools
            assert boto3.client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []
            assert cognito.calls.operations == ["ListUserPools"]
        """
    )


def test_the_client_alone_is_answered_by_the_fake(suite):
    suite.passes(
        """
        def test_client(cognito_idp):
            assert cognito_idp.meta.region_name == "us-east-1"
            assert cognito_idp.list_user_pools(MaxResults=1)["UserPools"] == []
        """
    )


def test_any_fixture_may_come_first(suite):
    suite.passes(
        """
        import itertools
        import pytest

        FIXTURES = ["cognito", "cognito_pool", "cognito_idp"]

        @pytest.mark.parametrize("names", list(itertools.permutations(FIXTURES)))
        def test_order(request, names):
            fixtures = {name: request.getfixturevalue(name) for name in names}
            pool = fixtures["cognito_pool"]
            fixtures["cognito_idp"].admin_create_user(UserPoolId=pool.id, Username="ana")
            assert fixtures["cognito"].calls == pool.calls != []
        """
    )


def test_settings_are_empty_unless_overridden(suite):
    suite.passes(
        """
        def test_settings(cognito_pool_settings):
            assert cognito_pool_settings == {}
        """
    )


SETTINGS = """
    import pytest

    @pytest.fixture
    def cognito_pool_settings():
        return {"UsernameAttributes": ["email"], "Id": "us-east-1_AbCdEf123", "PoolName": "customers"}
"""


def test_settings_are_overridden_in_a_conftest(suite):
    suite.passes(
        """
        def test_settings(cognito_pool, cognito_idp):
            assert cognito_pool.id == "us-east-1_AbCdEf123"
            described = cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)["UserPool"]
            assert (described["Name"], described["UsernameAttributes"]) == ("customers", ["email"])
        """,
        conftest=SETTINGS,
    )


def test_settings_are_overridden_again_in_a_module_and_a_class(suite):
    suite.passes(
        """
        import pytest

        @pytest.fixture
        def cognito_pool_settings(cognito_pool_settings):
            return {**cognito_pool_settings, "PoolName": "partners"}

        def test_module(cognito_pool, cognito_idp):
            described = cognito_idp.describe_user_pool(UserPoolId="us-east-1_AbCdEf123")["UserPool"]
            assert (described["Name"], described["UsernameAttributes"]) == ("partners", ["email"])

        class TestClass:
            @pytest.fixture
            def cognito_pool_settings(self):
                return {}

            def test_class(self, cognito_pool):
                assert cognito_pool.id == "us-east-1_TestPool1"
        """,
        conftest=SETTINGS,
    )


def test_settings_of_a_whole_session_are_left_as_they_are(suite):
    suite.passes(
        """
        import copy
        import pytest

        GIVEN = {"UserPoolTags": {"team": "a"}, "Policies": {"PasswordPolicy": {"MinimumLength": 12}}}
        BEFORE = copy.deepcopy(GIVEN)

        @pytest.fixture(scope="session")
        def cognito_pool_settings():
            return GIVEN

        @pytest.mark.parametrize("time", [1, 2])
        @pytest.mark.cognito_pool(PoolName="customers")
        def test_settings(cognito_pool, cognito_idp, time):
            described = cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)["UserPool"]
            assert described["UserPoolTags"] == {"team": "a"}
            described["UserPoolTags"]["team"] = "b"
            cognito_idp.update_user_pool(UserPoolId=cognito_pool.id, UserPoolTags={"team": "c"})
            assert GIVEN == BEFORE
        """
    )


def test_wrong_settings_are_an_error_at_set_up_and_hide_nothing(suite):
    run = suite.run(
        """
        import pytest

        @pytest.fixture
        def cognito_pool_settings():
            return {"UsernameAttribute": ["email"]}

        def test_settings(cognito_pool):
            pass

        def test_account(cognito, cognito_idp):
            pass
        """
    )
    assert run.outcomes == {"errors": 1, "passed": 1}
    assert run.problem("test_settings", "setup").startswith("cognito_pool settings: unknown pool setting ")


def test_an_own_fixture_called_cognito_breaks_nothing(suite):
    suite.passes(
        """
        import pytest

        @pytest.fixture
        def cognito():
            return "mine"

        def test_pool(cognito, cognito_pool, cognito_idp):
            assert cognito == "mine"
            cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
            assert list(cognito_pool.users) == ["ana"]
        """
    )


def test_an_own_fixture_called_cognito_idp_breaks_nothing(suite):
    suite.passes(
        """
        import boto3
        import pytest

        @pytest.fixture
        def cognito_idp():
            return boto3.client("cognito-idp", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b")

        def test_pool(cognito, cognito_pool, cognito_idp):
            cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
            assert cognito.calls.operations == ["AdminCreateUser"]
        """
    )


def test_an_own_fixture_may_wrap_the_pool(suite):
    suite.passes(
        """
        import pytest

        @pytest.fixture
        def cognito_pool(cognito_pool):
            cognito_pool.add_user("ana")
            return cognito_pool

        def test_pool(cognito_pool, cognito_idp):
            assert cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")["UserStatus"] == "CONFIRMED"
        """
    )


def test_the_pool_is_there_for_a_test_that_does_not_name_it(suite):
    suite.passes(
        """
        import boto3
        import pytest

        pytestmark = pytest.mark.usefixtures("cognito_pool")

        def test_application():
            boto3.client("cognito-idp").admin_create_user(UserPoolId="us-east-1_TestPool1", Username="ana")
        """
    )


def test_the_pool_may_be_asked_for_in_a_doctest(suite):
    suite.passes(
        '''
        def confirm():
            """Confirm ana.

            >>> pool = getfixture("cognito_pool")
            >>> pool.add_user("ana")
            <User 'ana' CONFIRMED>
            """
        ''',
        "--doctest-modules",
    )


def test_the_fixtures_are_listed_with_what_they_are(suite):
    text = suite.run("", "--fixtures").text
    for name, line in {
        "cognito": "The fake AWS account: several pools, all calls, your own replies.",
        "cognito_pool": "A user pool with one app client.",
        "cognito_idp": "A boto3 client for cognito-idp in the region of the default pool; its calls are marked:",
        "cognito_pool_client": "The app client of the pool `cognito_pool`.",
        "cognito_pool_client_settings": "CreateUserPoolClient's own keys, `ClientId` and `ClientSecret` for the app",
        "cognito_pool_settings": "CreateUserPool's own keys for the test's user pool; override it for a class,",
    }.items():
        assert f"\n{name} -- " in text
        assert line in text
    assert "\n_cognito_pool" not in text
