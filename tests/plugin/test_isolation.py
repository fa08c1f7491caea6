"""Workers, random order, no assertion rewriting, no plugin at all; and nothing is left when a run ends."""

from __future__ import annotations

import os

import botocore.endpoint
import pytest

from pytest_cognito_pool._service.transport import botocore_hook as transport

# Every test passes alone, in any order and on any worker.
MIXED = """
    import os

    import boto3
    import pytest

    @pytest.mark.parametrize("number", range(6))
    def test_user(cognito_pool, number):
        assert not cognito_pool.users
        ana = {"UserPoolId": cognito_pool.id, "Username": "ana"}
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        boto3.client("cognito-idp").admin_confirm_sign_up(**ana)
        assert cognito_pool.calls.operations == ["AdminConfirmSignUp"]

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_marked(cognito_pool):
        cognito_pool.add_user("ana@example.com")

    @pytest.mark.parametrize("number", range(2))
    def test_without(number):
        assert not [name for name in os.environ if name.startswith("AWS_")]
"""
FAILING = """
    import pytest

    def test_refused(cognito_pool, cognito_idp):
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")

    def test_swallows(cognito_pool, cognito_idp):
        try:
            cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)
        except NotImplementedError:
            pass

    @pytest.mark.cognito_pool(UsernameAttribute=["email"])
    def test_wrong(cognito_pool):
        pass
"""
REFUSED = (
    " 1  AdminGetUser(Username='ana') -> UserNotFoundException\n"
    "      User does not exist.\n"
    "      why: no user of us-east-1_TestPool1 has the name 'ana'; it has no users"
)


def environment():
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}


def test_workers_share_nothing(suite):
    run = suite.run(MIXED, "-n", "2")
    assert run.result.ret == pytest.ExitCode.OK
    assert run.outcomes == {"passed": 9}


def test_workers_report_calls(suite):
    run = suite.run(FAILING, "-n", "2")
    assert run.outcomes == {"failed": 2, "errors": 1}
    assert run.calls("test_refused") == REFUSED
    assert run.problem("test_swallows").startswith("the application ignored the error of DescribeRiskConfiguration(")
    assert run.problem("test_wrong", "setup").startswith("cognito_pool settings: unknown pool setting ")


def test_workers_have_the_region_for_the_whole_run(suite):
    run = suite.run(
        """
        from conftest import client

        def test_region(cognito_pool):
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            client.admin_confirm_sign_up(UserPoolId="eu-west-1_TestPool1", Username="ana")
        """,
        "-n",
        "1",
        conftest='import boto3\nclient = boto3.client("cognito-idp")\n',
        ini="cognito_pool_region = eu-west-1",
        subprocess=True,
    )
    assert run.outcomes == {"passed": 1}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_does_not_matter(suite, seed):
    run = suite.run(MIXED, "-p", "randomly", f"--randomly-seed={seed}", randomly=True)
    assert run.outcomes == {"passed": 9}
    assert f"Using --randomly-seed={seed}" in run.text


def test_the_ids_that_are_made_up_do_not_follow_the_seed(suite):
    suite.passes(
        """
        import random

        SEEN = []

        def make(cognito):
            random.seed(1)
            SEEN.append(cognito.create_pool().id)

        def test_first(cognito):
            make(cognito)

        def test_second(cognito):
            make(cognito)
            assert SEEN[0] != SEEN[1]
        """
    )


def test_the_seed_of_a_test_is_left_alone(suite):
    suite.passes(
        """
        import random

        def test_seed(cognito, cognito_idp):
            random.seed(1)
            before = random.getstate()
            pool = cognito.create_pool()
            pool.add_user("ana")
            pool.create_client(GenerateSecret=True)
            cognito_idp.admin_create_user(UserPoolId=pool.id, Username="bob")
            assert random.getstate() == before
        """
    )


@pytest.mark.parametrize("option", ["--assert=plain", "--assert=rewrite"])
def test_assertions_may_be_plain(suite, option):
    run = suite.run(FAILING + "\n    def test_passes(cognito_pool):\n        assert cognito_pool.id", option)
    assert run.outcomes == {"failed": 2, "errors": 1, "passed": 1}
    assert run.calls("test_refused") == REFUSED


def test_the_plugin_may_be_switched_off(suite):
    run = suite.run(
        """
        import pytest

        def test_nothing():
            pass

        def test_pool(cognito_pool):
            pass

        def test_context():
            from pytest_cognito_pool import Cognito

            with Cognito(region="us-east-1") as cognito:
                cognito.create_pool().add_user("ana")
        """,
        "-p",
        "no:cognito_pool",
    )
    assert run.outcomes == {"passed": 2, "errors": 1}
    assert "fixture 'cognito_pool' not found" in run.text


def test_a_run_leaves_nothing(suite):
    before, make_request = environment(), botocore.endpoint.Endpoint.make_request
    run = suite.run(
        FAILING
        + """
    def test_passes(cognito_pool, cognito_idp):
        cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)

    @pytest.fixture
    def failing(cognito_pool):
        yield
        raise ValueError

    def test_teardown(failing):
        pass
    """
    )
    assert run.outcomes == {"failed": 2, "passed": 2, "errors": 2}
    assert environment() == before
    assert botocore.endpoint.Endpoint.make_request is make_request
    assert not transport._fakes


def test_an_interrupted_run_leaves_nothing(suite):
    before, make_request = environment(), botocore.endpoint.Endpoint.make_request
    run = suite.run(
        """
        import pytest

        def test_ends(cognito_pool, cognito_idp):
            pytest.exit("enough")
        """,
        ini="cognito_pool_region = eu-west-1",
    )
    assert run.result.ret == pytest.ExitCode.INTERRUPTED
    assert environment() == before
    assert botocore.endpoint.Endpoint.make_request is make_request
    assert not transport._fakes


def test_between_tests_botocore_is_as_it_was(suite):
    suite.passes(
        """
        import botocore.endpoint

        BEFORE = botocore.endpoint.Endpoint.make_request

        def test_fake(cognito):
            assert botocore.endpoint.Endpoint.make_request is not BEFORE

        def test_none():
            assert botocore.endpoint.Endpoint.make_request is BEFORE
        """
    )


def test_the_environment_of_a_test_is_put_back_after_it(suite):
    suite.passes(
        """
        import os

        import pytest

        BEFORE = dict(os.environ)

        def aws():
            return {name: value for name, value in os.environ.items() if name.startswith("AWS_")}

        def test_fake(cognito):
            assert aws() == {
                "AWS_ACCESS_KEY_ID": "AKIAPYTESTCOGNITO000",
                "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_EC2_METADATA_DISABLED": "true",
                "AWS_SECRET_ACCESS_KEY": aws()["AWS_SECRET_ACCESS_KEY"],
            }

        def test_none():
            assert aws() == {}

        @pytest.fixture
        def mine(monkeypatch):
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "my secret")
            monkeypatch.setenv("AWS_PROFILE", "nobody")

        def test_mine(mine, cognito):
            assert aws()["AWS_ACCESS_KEY_ID"] == "mine"
            assert aws()["AWS_SECRET_ACCESS_KEY"] == "my secret"
            assert "AWS_PROFILE" not in aws()

        def test_none_again():
            assert aws() == {}
        """
    )


def test_a_finished_test_keeps_no_fake_alive(suite):
    suite.passes(
        """
        import gc

        from pytest_cognito_pool import Cognito

        def alive():
            gc.collect()
            return sum(isinstance(thing, Cognito) and thing.account == "000000000042" for thing in gc.get_objects())

        def test_first(cognito_pool):
            assert alive() == 1

        def test_second(cognito_pool):
            assert alive() == 1

        def test_third():
            assert alive() == 0
        """,
        ini="cognito_pool_account = 000000000042",
    )
