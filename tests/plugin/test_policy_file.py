"""--cognito-pool-policy: the minimal IAM policy for the calls of a whole run, in a file."""

from __future__ import annotations

import json

import pytest

POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1"
OPTION = "--cognito-pool-policy=worker.json"


def allow(*actions, resource=POOL):
    return {"Effect": "Allow", "Action": [f"cognito-idp:{action}" for action in actions], "Resource": resource}


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def written(suite, name="worker.json"):
    return json.loads(suite.pytester.path.joinpath(name).read_text(encoding="utf-8"))


# Three pools, and calls of two tests that are the same.
SEVERAL = """
    import pytest

    def test_confirm(cognito_pool, cognito_idp):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")

    @pytest.mark.parametrize("number", range(4))
    def test_list(cognito_pool, cognito_idp, number):
        cognito_idp.list_users(UserPoolId=cognito_pool.id)
        cognito_idp.list_user_pools(MaxResults=1)

    def test_other(cognito, cognito_idp):
        cognito_idp.list_users(UserPoolId=cognito.create_pool(Id="us-east-1_Other").id)

    def test_unsigned(cognito_pool, cognito_idp):
        cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="bob", Password="Passw0rd!")

    def test_without():
        pass
"""
LEAST = policy(
    allow("ListUserPools", resource="*"),
    allow("ListUsers", resource=POOL.replace("TestPool1", "Other")),
    allow("AdminConfirmSignUp", "AdminGetUser", "ListUsers"),
)


def test_it_is_for_the_calls_of_all_tests(suite):
    suite.passes(SEVERAL, OPTION)
    assert written(suite) == LEAST


def test_it_is_readable(suite):
    suite.passes("def test_list(cognito_idp):\n    cognito_idp.list_user_pools(MaxResults=1)", OPTION)
    assert suite.pytester.path.joinpath("worker.json").read_bytes().decode().splitlines(keepends=True) == [
        "{\n",
        '  "Version": "2012-10-17",\n',
        '  "Statement": [\n',
        "    {\n",
        '      "Effect": "Allow",\n',
        '      "Action": [\n',
        '        "cognito-idp:ListUserPools"\n',
        "      ],\n",
        '      "Resource": "*"\n',
        "    }\n",
        "  ]\n",
        "}\n",
    ]


def test_workers_write_the_same_file(suite):
    suite.passes(SEVERAL, OPTION)
    alone = suite.pytester.path.joinpath("worker.json").read_bytes()
    suite.pytester.path.joinpath("worker.json").unlink()
    run = suite.run("", OPTION, "-n", "2")
    assert run.outcomes == {"passed": 8}
    assert suite.pytester.path.joinpath("worker.json").read_bytes() == alone
    assert run.text.count("the minimal IAM policy (") == 1
    assert f"the minimal IAM policy (5 permissions) is in {suite.pytester.path / 'worker.json'}\n" in run.text


def test_the_terminal_says_where_it_is(suite):
    run = suite.run(SEVERAL, OPTION)
    assert run.text.count("the minimal IAM policy (") == 1
    assert f"the minimal IAM policy (5 permissions) is in {suite.pytester.path / 'worker.json'}\n" in run.text


def test_without_the_option_nothing_is_written_or_said(suite):
    run = suite.run(SEVERAL)
    assert run.outcomes == {"passed": 8}
    assert "IAM" not in run.text
    assert not list(suite.pytester.path.glob("*.json"))


def test_a_run_enforces_what_it_wrote(suite):
    suite.passes(SEVERAL, OPTION)
    conftest = """
        import pytest

        @pytest.fixture(autouse=True)
        def enforced(cognito):
            cognito.enforce("worker.json")
    """
    suite.passes("", conftest=conftest)
    run = suite.run(
        """
        def test_more(cognito_pool, cognito_idp):
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        """,
    )
    assert run.outcomes == {"failed": 1}
    assert "AccessDeniedException" in run.problem("test_more")


def test_calls_of_set_up_and_teardown_are_in_it(suite):
    suite.passes(
        """
        import pytest

        @pytest.fixture
        def user(cognito_pool, cognito_idp):
            ids = {"UserPoolId": cognito_pool.id, "Username": "ana"}
            cognito_idp.admin_create_user(**ids)
            yield "ana"
            cognito_idp.admin_delete_user(**ids)

        def test_user(user):
            assert user == "ana"
        """,
        OPTION,
    )
    assert written(suite) == policy(allow("AdminCreateUser", "AdminDeleteUser"))


def test_calls_of_tests_that_do_not_pass_are_in_it(suite):
    run = suite.run(
        """
        import pytest

        @pytest.fixture
        def broken(cognito_pool, cognito_idp):
            cognito_idp.list_groups(UserPoolId=cognito_pool.id)
            raise ValueError

        def test_error(broken):
            pass

        def test_failing(cognito_pool, cognito_idp):
            cognito_idp.list_users(UserPoolId=cognito_pool.id)
            assert False

        def test_refused(cognito_pool, cognito_idp):
            cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="nobody")

        def test_denied(cognito, cognito_pool, cognito_idp):
            cognito.enforce({"Statement": []})
            cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")

        def test_skipped(cognito_idp):
            cognito_idp.list_user_pools(MaxResults=1)
            pytest.skip("not here")

        @pytest.mark.xfail
        def test_expected(cognito_pool, cognito_idp):
            cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
            assert False
        """,
        OPTION,
    )
    assert run.outcomes == {"errors": 1, "failed": 3, "skipped": 1, "xfailed": 1}
    assert written(suite) == policy(
        allow("ListUserPools", resource="*"),
        allow("AdminDeleteUser", "AdminGetUser", "DescribeUserPool", "ListGroups", "ListUsers"),
    )


def test_calls_of_functions_are_not(suite):
    suite.passes(
        """
        def test_function(cognito_pool, cognito_idp):
            def function(event, context):
                cognito_idp.list_users(UserPoolId=event["userPoolId"])
                return event

            cognito_pool.on("PostConfirmation", function)
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
            assert cognito_pool.calls.operations == ["AdminConfirmSignUp", "ListUsers"]
        """,
        OPTION,
    )
    assert written(suite) == policy(allow("AdminConfirmSignUp"))


def test_of_tests_that_use_no_fake_it_is_empty(suite):
    run = suite.run("def test_nothing():\n    pass", OPTION)
    assert run.outcomes == {"passed": 1}
    assert written(suite) == policy()
    assert f"the minimal IAM policy (0 permissions) is in {suite.pytester.path / 'worker.json'}\n" in run.text


def test_it_takes_the_place_of_a_file_that_is_there(suite):
    suite.pytester.path.joinpath("worker.json").write_text(
        "an old one, and much longer than that of a test without calls"
    )
    suite.passes("def test_nothing():\n    pass", OPTION)
    assert written(suite) == policy()


def test_a_relative_path_begins_where_pytest_was_started(suite, monkeypatch):
    suite.write("def test_list(cognito_idp):\n    cognito_idp.list_user_pools(MaxResults=1)", ini="testpaths = .")
    started = suite.pytester.mkdir("started")
    suite.pytester.mkdir("started/infra")
    monkeypatch.chdir(started)
    suite.passes("", "..", "--cognito-pool-policy=infra/worker.json")
    assert written(suite, "started/infra/worker.json") == policy(allow("ListUserPools", resource="*"))


def test_an_absolute_path(suite, tmp_path_factory):
    path = tmp_path_factory.mktemp("infra") / "worker.json"
    suite.passes("def test_nothing():\n    pass", f"--cognito-pool-policy={path}")
    assert json.loads(path.read_text()) == policy()


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
def test_a_missing_folder_is_a_usage_error(suite, workers):
    run = suite.run("def test_nothing():\n    pass", "--cognito-pool-policy=infra/worker.json", *workers)
    assert run.result.ret == pytest.ExitCode.USAGE_ERROR
    folder = suite.pytester.path / "infra"
    message = f"ERROR: --cognito-pool-policy: there is no folder {folder} to write worker.json to"
    assert [line for line in run.text.splitlines() if line] == [message]
    assert not folder.exists()


def test_it_is_in_the_help(suite):
    run = suite.run("", "--help")
    text = " ".join(run.text.split())
    assert (
        "--cognito-pool-policy=FILE Write to FILE the minimal IAM policy that allows the application's calls in "
        "all tests that ran."
    ) in text


def test_what_a_passing_test_wants_refused_is_not_in_it(suite):
    suite.passes(
        """
        import pytest

        def test_the_worker_may_not_delete(cognito, cognito_pool, cognito_idp):
            cognito.enforce({"Version": "2012-10-17", "Statement": []})
            with pytest.raises(cognito_idp.exceptions.ClientError, match="AccessDenied"):
                cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")

        def test_the_worker_lists(cognito_pool, cognito_idp):
            cognito_idp.list_users(UserPoolId=cognito_pool.id)
        """,
        OPTION,
    )
    assert written(suite) == policy(allow("ListUsers"))


def test_one_permission_is_one(suite):
    run = suite.run("def test_list(cognito_idp):\n    cognito_idp.list_user_pools(MaxResults=1)", OPTION)
    assert f"the minimal IAM policy (1 permission) is in {suite.pytester.path / 'worker.json'}\n" in run.text


def test_collecting_writes_nothing(suite):
    run = suite.run(SEVERAL, OPTION, "--collect-only")
    assert "IAM" not in run.text
    assert not suite.pytester.path.joinpath("worker.json").exists()


@pytest.mark.parametrize("name", ["", "."])
def test_a_folder_is_refused(suite, name):
    run = suite.run(SEVERAL, f"--cognito-pool-policy={name}")
    assert run.result.ret == pytest.ExitCode.USAGE_ERROR
    folder = suite.pytester.path
    assert f"ERROR: --cognito-pool-policy: {folder} is a folder; name a file to write to\n" in run.text


def test_what_a_fault_refused_is_in_it_and_what_others_called_is_not(suite):
    suite.passes(
        """
        import pytest

        def test_the_refusal_is_handled(cognito_pool, cognito_idp):
            cognito_pool.fail("AdminGetUser", "AccessDeniedException")
            with pytest.raises(cognito_idp.exceptions.ClientError, match="AccessDenied"):
                cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")

        def test_the_desk_deletes(cognito, cognito_pool):
            cognito_pool.add_user("ana")
            desk = cognito.session(user="desk").client("cognito-idp")
            desk.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        """,
        OPTION,
    )
    assert written(suite) == policy(allow("AdminGetUser"))


def test_a_run_of_no_test_leaves_the_file_as_it_is(suite):
    suite.pytester.path.joinpath("worker.json").write_text("{}")
    run = suite.run(SEVERAL, OPTION, "-k", "nothing_of_that_name")
    assert "IAM" not in run.text
    assert written(suite) == {}


def test_no_policy_is_enforced_on_the_teardown_of_fixtures(suite):
    suite.passes(
        """
        import pytest

        @pytest.fixture
        def tenant(cognito_pool, cognito_idp):
            cognito_pool.add_user("ana")
            yield
            cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")

        def test_lists(cognito, cognito_pool, cognito_idp, tenant):
            cognito.enforce({"Statement": {"Effect": "Allow", "Action": "cognito-idp:ListUsers", "Resource": "*"}})
            cognito_idp.list_users(UserPoolId=cognito_pool.id)
        """
    )
