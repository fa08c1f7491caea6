"""The ini options `cognito_pool_region` and `cognito_pool_account`."""

from __future__ import annotations

import sys

import pytest

REGION = "cognito_pool_region = eu-west-1"
# A program that runs pytest must find its environment as it left it.
PROGRAM = """
    import os
    import sys

    import pytest

    os.environ.pop("PYTEST_CURRENT_TEST", None)
    before = dict(os.environ)
    status = pytest.main(["-p", "no:randomly", "-p", "no:cacheprovider", *sys.argv[1:]])
    after = dict(os.environ)
    assert after == before, {name: (before.get(name), after.get(name)) for name in before.keys() ^ after.keys()}
    sys.exit(status)
"""
CLIENT_AT_IMPORT = """
    import boto3

    client = boto3.client("cognito-idp")
"""


def program(suite, *args):
    return suite.pytester.run(sys.executable, suite.pytester.makepyfile(program=PROGRAM), *args)


def test_pools_live_in_the_region(suite):
    suite.passes(
        """
        def test_region(cognito, cognito_pool, cognito_idp):
            assert cognito.region == cognito_pool.region == cognito_idp.meta.region_name == "eu-west-1"
            assert cognito_pool.id == "eu-west-1_TestPool1"
            assert cognito_pool.arn == "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_TestPool1"
            assert cognito.create_pool().id.startswith("eu-west-1_")
        """,
        ini=REGION,
    )


def test_the_region_may_be_given_on_the_command_line(suite):
    suite.passes(
        "def test_region(cognito):\n    assert cognito.region == 'eu-west-1'", "-o", "cognito_pool_region=eu-west-1"
    )


def test_without_one_pools_follow_the_environment(suite):
    suite.passes(
        """
        import boto3

        def test_region(cognito_pool, cognito_idp):
            assert cognito_pool.id == "ap-south-1_TestPool1"
            assert cognito_idp.meta.region_name == boto3.client("cognito-idp").meta.region_name == "ap-south-1"
        """,
        env={"AWS_DEFAULT_REGION": "ap-south-1"},
    )


def test_without_any_pools_live_in_us_east_1(suite):
    suite.passes(
        """
        import os
        import boto3

        BEFORE = os.environ.get("AWS_DEFAULT_REGION")

        def test_region(cognito_pool):
            assert cognito_pool.id == "us-east-1_TestPool1"
            assert boto3.client("cognito-idp").meta.region_name == "us-east-1"

        def test_later():
            assert BEFORE is None
            assert "AWS_DEFAULT_REGION" not in os.environ
        """
    )


def test_the_region_wins_over_the_environment_and_leaves_it(suite):
    suite.passes(
        """
        import os

        def test_region(cognito_pool, cognito_idp):
            assert cognito_pool.id == "eu-west-1_TestPool1"
            assert cognito_idp.meta.region_name == "eu-west-1"
            assert os.environ["AWS_DEFAULT_REGION"] == "ap-south-1"
        """,
        ini=REGION,
        env={"AWS_DEFAULT_REGION": "ap-south-1"},
    )


def test_clients_may_be_made_when_a_conftest_is_imported(suite):
    suite.passes(
        """
        from conftest import client

        def test_client(cognito_pool):
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
            assert cognito_pool.users["ana"].status == "CONFIRMED"
        """,
        conftest=CLIENT_AT_IMPORT,
        ini=REGION,
        subprocess=True,
    )


def test_without_the_region_a_client_at_import_is_refused_as_ever(suite):
    run = suite.run("def test_client(cognito):\n    pass", conftest=CLIENT_AT_IMPORT, subprocess=True)
    assert run.result.ret == pytest.ExitCode.USAGE_ERROR
    assert "NoRegionError" in run.text


def test_the_environment_is_there_for_the_whole_run_and_put_back(suite):
    suite.write(
        """
        import os

        BEFORE = dict(os.environ)

        def test_region(cognito):
            pass

        def test_without_a_fake():
            assert os.environ["AWS_DEFAULT_REGION"] == "eu-west-1"
        """,
        conftest="""
        import os

        def check():
            assert os.environ["AWS_DEFAULT_REGION"] == "eu-west-1"
            assert os.environ["AWS_ACCESS_KEY_ID"]
            assert os.environ["AWS_SECRET_ACCESS_KEY"]
            assert os.environ["AWS_EC2_METADATA_DISABLED"] == "true"

        check()

        def pytest_sessionfinish():
            check()
        """,
        ini=REGION,
    )
    result = program(suite)
    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=2)


def test_what_the_environment_has_stays_for_the_whole_run(suite):
    suite.write(
        """
        import os

        def test_environment(cognito):
            assert os.environ["AWS_DEFAULT_REGION"] == "ap-south-1"
            assert os.environ["AWS_ACCESS_KEY_ID"] == "mine"
            assert os.environ["AWS_SECRET_ACCESS_KEY"] == "my secret"
        """,
        ini=REGION,
        env={"AWS_DEFAULT_REGION": "ap-south-1", "AWS_ACCESS_KEY_ID": "mine", "AWS_SECRET_ACCESS_KEY": "my secret"},
    )
    assert program(suite).ret == pytest.ExitCode.OK


@pytest.mark.parametrize(
    "conftest",
    [
        "import pytest\nraise pytest.UsageError('wrong')",
        "import pytest\ndef pytest_configure():\n    raise pytest.UsageError('wrong')",
        "raise ValueError",
    ],
    ids=["import", "configure", "error"],
)
def test_the_environment_is_put_back_after_a_run_that_never_began(suite, conftest):
    suite.write("def test_nothing():\n    pass", conftest=conftest, ini=REGION)
    result = program(suite)
    assert "assert after == before" not in str(result.stderr)
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_the_environment_is_put_back_after_a_wrong_account(suite):
    suite.write("def test_nothing():\n    pass", ini=f"{REGION}\ncognito_pool_account = 12")
    result = program(suite)
    assert "assert after == before" not in str(result.stderr)
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_pools_live_in_the_account(suite):
    suite.passes(
        """
        def test_account(cognito, cognito_pool):
            assert cognito.account == "000000000042"
            assert cognito_pool.arn == "arn:aws:cognito-idp:us-east-1:000000000042:userpool/us-east-1_TestPool1"
        """,
        ini="cognito_pool_account = 000000000042",
    )


@pytest.mark.parametrize("account", ["12", "1234567890123", "12345678901x", "\u0661" * 12])
def test_a_wrong_account_is_a_usage_error(suite, account):
    run = suite.run("def test_nothing():\n    pass", "-o", f"cognito_pool_account={account}")
    assert run.result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: cognito_pool_account is {account!r}; an AWS account id has twelve digits\n" in run.text


@pytest.mark.parametrize("region", ["eu_west_1", "eu west 1"])
def test_a_wrong_region_is_a_usage_error(suite, region):
    run = suite.run("def test_pool(cognito_pool):\n    pass", "-o", f"cognito_pool_region={region}")
    assert run.result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"cognito_pool_region is {region!r}" in run.text


def test_the_options_are_in_the_help(suite):
    text = " ".join(suite.run("", "--help").text.split())
    assert (
        "cognito_pool_region (string): Region of the user pools. With it, AWS_DEFAULT_REGION and the keys that boto3 "
        "clients need are set for the whole run, unless they are set already, so that clients can be created at "
        "import. Default: AWS_DEFAULT_REGION, or else us-east-1."
    ) in text
    assert "cognito_pool_account (string): Id of the AWS account of the user pools." in text


def test_the_client_of_the_test_is_for_the_default_pool_whatever_the_option_says(suite):
    suite.passes(
        """
        import pytest

        @pytest.mark.cognito_pool(Id="eu-central-1_abcDEF123")
        def test_another(cognito_pool, cognito_idp):
            assert cognito_idp.list_users(UserPoolId=cognito_pool.id)["Users"] == []
            assert cognito_idp.meta.region_name == "eu-central-1"
        """,
        ini=REGION,
    )


@pytest.mark.parametrize("autoload", [True, False])
def test_the_package_itself_is_a_name_of_the_plugin(suite, autoload):
    env = {} if autoload else {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    suite.write("def test_pool(cognito_pool): cognito_pool.add_user('ana')", env=env)
    done = suite.pytester.runpytest_subprocess("-p", "pytest_cognito_pool", "-W", "error")
    assert done.parseoutcomes() == {"passed": 1}, str(done.stdout)


def test_the_package_may_be_named_where_the_plugin_is_loaded_already(suite):
    for options in (["pytest_cognito_pool"], ["cognito_pool", "pytest_cognito_pool"]):
        arguments = [argument for name in options for argument in ("-p", name)]
        suite.passes("def test_pool(cognito_pool): cognito_pool.add_user('ana')", *arguments)
