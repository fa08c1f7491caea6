"""What a failing test shows of its calls."""

from __future__ import annotations

import re

import pytest

HEADER = "-" * 32 + " Cognito calls " + "-" * 33
# A secret that no source line shows: what is printed of it comes from the run.
SECRETS = """
    import base64
    import os

    import pytest

    PASSWORD = "Aa1!" + os.urandom(8).hex()
    OTHER = "Bb2!" + os.urandom(8).hex()

    @pytest.fixture(autouse=True, scope="session")
    def _to_check(tmp_path_factory):
        with open("secrets.txt", "w") as file:
            file.write(f"{PASSWORD} {OTHER}")
"""


def secrets(suite):
    return suite.pytester.path.joinpath("secrets.txt").read_text().split()


def test_a_failing_test_shows_its_calls(suite):
    run = suite.run(
        """
        import pytest

        def test_confirms(cognito_pool, cognito_idp):
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            ana = {"UserPoolId": cognito_pool.id, "Username": "ana"}
            cognito_idp.admin_confirm_sign_up(**ana, ClientMetadata={"plan": "pro"})
            with pytest.raises(cognito_idp.exceptions.NotAuthorizedException):
                cognito_idp.admin_confirm_sign_up(**ana)
            with pytest.raises(cognito_idp.exceptions.UserNotFoundException):
                cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="anna")
            cognito_idp.list_user_pools(MaxResults=1)
            assert False
        """
    )
    assert run.calls("test_confirms") == (
        " 1  AdminConfirmSignUp(Username='ana', ClientMetadata={'plan': 'pro'}) -> ok, 'ana' UNCONFIRMED -> CONFIRMED\n"
        "      PostConfirmation_ConfirmSignUp -> no function attached\n"
        " 2  AdminConfirmSignUp(Username='ana') -> NotAuthorizedException\n"
        "      User cannot be confirmed. Current status is CONFIRMED\n"
        "      why: 'ana' is CONFIRMED; only an UNCONFIRMED user can be confirmed\n"
        " 3  AdminConfirmSignUp(Username='anna') -> UserNotFoundException\n"
        "      User does not exist.\n"
        "      why: no user of us-east-1_TestPool1 has the name 'anna'; did you mean 'ana'?\n"
        " 4  ListUserPools(MaxResults=1) -> ok"
    )
    assert run.text.count(HEADER) == 1


def test_calls_are_aligned_beyond_nine(suite):
    run = suite.run(
        """
        def test_lists(cognito_idp):
            for _ in range(10):
                cognito_idp.list_user_pools(MaxResults=1)
            assert False
        """
    )
    lines = run.calls("test_lists").splitlines()
    assert lines == [f"{number:2}  ListUserPools(MaxResults=1) -> ok" for number in range(1, 11)]


@pytest.mark.parametrize("option", ["", "-rA", "-v"])
def test_a_passing_test_shows_none(suite, option):
    run = suite.run(
        """
        def test_lists(cognito_idp):
            cognito_idp.list_user_pools(MaxResults=1)
        """,
        *([option] if option else []),
    )
    assert run.outcomes == {"passed": 1}
    assert "Cognito calls" not in run.text


def test_a_failing_test_without_calls_says_so(suite):
    run = suite.run(
        """
        def test_fails(cognito_pool):
            cognito_pool.add_user("ana")
            assert False

        def test_fails_without_a_fake():
            assert False
        """
    )
    assert run.outcomes == {"failed": 2}
    assert run.calls("test_fails") == "no calls"
    assert run.calls("test_fails_without_a_fake") is None


def test_a_skipped_and_an_xfailed_test_show_none(suite):
    run = suite.run(
        """
        import pytest

        def test_skips(cognito_idp):
            cognito_idp.list_user_pools(MaxResults=1)
            pytest.skip()

        def test_xfails(cognito_idp):
            cognito_idp.list_user_pools(MaxResults=1)
            pytest.xfail()
        """,
        "-rA",
    )
    assert run.outcomes == {"skipped": 1, "xfailed": 1}
    assert "Cognito calls" not in run.text


FIXTURE = """
    import pytest

    @pytest.fixture
    def user(cognito_pool, cognito_idp):
        cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
"""


def test_a_failing_set_up_shows_the_calls_so_far(suite):
    run = suite.run(
        f"""{FIXTURE}
        raise ValueError

    def test_user(user):
        pass
    """
    )
    assert run.outcomes == {"errors": 1}
    assert run.calls("test_user", "setup") == (
        " 1  AdminCreateUser(Username='ana') -> ok\n      PreSignUp_AdminCreateUser -> no function attached"
    )


def test_a_failing_teardown_shows_all_calls(suite):
    run = suite.run(
        f"""{FIXTURE}
        yield
        cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
        raise ValueError

    def test_user(user, cognito_pool, cognito_idp):
        cognito_idp.admin_disable_user(UserPoolId=cognito_pool.id, Username="ana")
    """
    )
    assert run.outcomes == {"passed": 1, "errors": 1}
    assert run.calls("test_user", "teardown") == (
        " 1  AdminCreateUser(Username='ana') -> ok\n"
        "      PreSignUp_AdminCreateUser -> no function attached\n"
        " 2  AdminDisableUser(Username='ana') -> ok\n"
        " 3  AdminDeleteUser(Username='ana') -> ok"
    )


def test_the_next_test_does_not_show_them(suite):
    run = suite.run(
        """
        def test_first(cognito_idp):
            cognito_idp.list_user_pools(MaxResults=1)

        def test_second(cognito_idp):
            assert False

        def test_third():
            assert False
        """
    )
    assert run.outcomes == {"passed": 1, "failed": 2}
    assert run.calls("test_second") == "no calls"
    assert run.calls("test_third") is None


def test_several_pools_show_their_ids(suite):
    run = suite.run(
        """
        def test_two(cognito, cognito_pool, cognito_idp):
            cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
            second = cognito.create_pool(Id="us-east-1_Second")
            cognito_idp.admin_create_user(UserPoolId=second.id, Username="ana")
            cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="bob", Password="Passw0rd!")
            assert False
        """
    )
    assert run.calls("test_two") == (
        " 1  AdminCreateUser(UserPoolId='us-east-1_TestPool1', Username='ana') -> ok\n"
        "      PreSignUp_AdminCreateUser -> no function attached\n"
        " 2  AdminCreateUser(UserPoolId='us-east-1_Second', Username='ana') -> ok\n"
        "      PreSignUp_AdminCreateUser -> no function attached\n"
        " 3  SignUp(ClientId='testclient0000000000000001', Username='bob', Password='***') -> ok\n"
        "      PreSignUp_SignUp -> no function attached"
    )


def test_ids_of_a_pool_that_is_none_of_the_fakes_are_shown(suite):
    run = suite.run(
        """
        def test_other(cognito_pool, cognito_idp):
            cognito_idp.admin_create_user(UserPoolId="us-east-1_Other", Username="ana")
        """
    )
    assert run.calls("test_other") == (
        " 1  AdminCreateUser(UserPoolId='us-east-1_Other', Username='ana') -> ResourceNotFoundException\n"
        "      User pool us-east-1_Other does not exist.\n"
        "      why: existing pools: 'us-east-1_TestPool1'"
    )


def test_which_of_a_pools_clients_was_used_is_shown(suite):
    run = suite.run(
        """
        def test_two(cognito_pool, cognito_idp):
            second = cognito_pool.create_client(ClientId="second")
            cognito_idp.sign_up(ClientId="second", Username="bob", Password="Passw0rd!")
            assert False
        """
    )
    assert run.calls("test_two") == (
        " 1  SignUp(ClientId='second', Username='bob', Password='***') -> ok\n"
        "      PreSignUp_SignUp -> no function attached"
    )


def test_several_attempts_are_told(suite):
    run = suite.run(
        """
        from botocore.exceptions import ConnectTimeoutError

        def test_attempts(cognito, cognito_idp):
            outcomes = [ConnectTimeoutError(endpoint_url="x"), ConnectTimeoutError(endpoint_url="x")]

            def reply(request):
                if outcomes:
                    raise outcomes.pop()
                return {"UserPools": []}

            cognito.answer("ListUserPools", reply)
            cognito_idp.list_user_pools(MaxResults=1)
            assert False
        """
    )
    lines = run.calls("test_attempts").splitlines()
    assert lines[0] == " 1  ListUserPools(MaxResults=1) -> ok"
    asked = r"      attempt {} -> ConnectTimeoutError; botocore asked to wait \d+\.\d s"
    assert re.fullmatch(asked.format(1), lines[1])
    assert re.fullmatch(asked.format(2), lines[2])
    assert lines[3:] == ["      attempt 3 -> ok"]


def test_a_call_whose_every_attempt_failed_names_the_last(suite):
    run = suite.run(
        """
        from botocore.config import Config
        from botocore.exceptions import ConnectTimeoutError
        import boto3

        def test_attempts(cognito):
            def reply(request):
                raise ConnectTimeoutError(endpoint_url="x")

            cognito.answer("ListUserPools", reply)
            client = boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "max_attempts": 2}))
            client.list_user_pools(MaxResults=1)
        """
    )
    lines = run.calls("test_attempts").splitlines()
    assert lines[0] == " 1  ListUserPools(MaxResults=1) -> ConnectTimeoutError"
    asked = r"      attempt {} -> ConnectTimeoutError; botocore asked to wait \d+\.\d s"
    assert re.fullmatch(asked.format(1), lines[1])
    assert re.fullmatch(asked.format(2), lines[2])
    assert lines[3:] == ["      attempt 3 -> ConnectTimeoutError"]


CALLS = {
    "SignUp": 'cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="bob", Password=PASSWORD)',
    "AdminCreateUser": (
        'cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="bob", TemporaryPassword=PASSWORD)'
    ),
    "AdminSetUserPassword": (
        'cognito_idp.admin_set_user_password(UserPoolId=cognito_pool.id, Username="ana", Password=PASSWORD)'
    ),
    "InitiateAuth": (
        "cognito_idp.initiate_auth(ClientId=cognito_pool.client.id, AuthFlow='USER_PASSWORD_AUTH', "
        "AuthParameters={'USERNAME': 'ana', 'PASSWORD': PASSWORD, 'SECRET_HASH': OTHER})"
    ),
    "ChangePassword": (
        "cognito_idp.change_password(PreviousPassword=PASSWORD, ProposedPassword=OTHER, AccessToken=OTHER)"
    ),
    "RespondToAuthChallenge": (
        "cognito_idp.respond_to_auth_challenge(ClientId=cognito_pool.client.id, ChallengeName='NEW_PASSWORD_REQUIRED',"
        " Session=PASSWORD * 2, ChallengeResponses={'USERNAME': 'ana', 'NEW_PASSWORD': OTHER})"
    ),
    "ConfirmForgotPassword": (
        "cognito_idp.confirm_forgot_password(ClientId=cognito_pool.client.id, Username='ana', "
        "ConfirmationCode='123456', Password=PASSWORD, SecretHash=OTHER)"
    ),
}


def asking(call):
    return f"""{SECRETS}
    def application(cognito_idp, cognito_pool):
        {call}

    def test_asks(cognito_idp, cognito_pool):
        cognito_pool.add_user("ana")
        try:
            application(cognito_idp, cognito_pool)
        except Exception:
            pass
        print(cognito_pool.calls, cognito_pool.calls[0], cognito_pool.calls[0].attempts)
        assert cognito_pool.calls.one("ListUsers")
    """


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_no_secret_is_printed_of_a_call(suite, call):
    run = suite.run(asking(call), "-vv")
    assert run.outcomes == {"failed": 1}
    assert "'***'" in run.text
    for secret in secrets(suite):
        assert secret not in run.text


RAISING = f"""{SECRETS}
    def test_raises(cognito_idp, cognito_pool):
        cognito_pool.add_user("bob")
        cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="bob", Password=PASSWORD)
"""


@pytest.mark.parametrize("options", [(), ("--tb=short",), ("--tb=native",), ("-vv",), ("-l",)], ids=" ".join)
def test_no_secret_is_printed_of_an_error_that_reaches_the_test(suite, options):
    run = suite.run(RAISING, *options)
    assert run.outcomes == {"failed": 1}
    assert "UsernameExistsException" in run.text
    assert secrets(suite)[0] not in run.text


def test_no_secret_is_printed_of_what_is_not_simulated(suite):
    run = suite.run(
        f"""{SECRETS}
    def test_raises(cognito_idp, cognito_pool):
        cognito_idp.associate_software_token(AccessToken=OTHER, Session=PASSWORD * 2)
    """
    )
    assert run.outcomes == {"failed": 1}
    assert "AssociateSoftwareToken is not simulated" in run.text
    for secret in secrets(suite):
        assert secret not in run.text


COMPARISONS = {
    "request": 'cognito_pool.calls.one("SignUp").request == {"Username": "bob"}',
    "other-request": (
        'cognito_pool.calls.one("SignUp").request == {"ClientId": cognito_pool.client.id, "Username": "ana", '
        '"Password": OTHER[:5]}'
    ),
    "member": 'cognito_pool.calls.one("SignUp").request["Password"] == "another"',
    "swapped": '"another" == cognito_pool.calls.one("SignUp").request["Password"]',
    "in": '"another" in cognito_pool.calls.one("SignUp").request["Password"]',
    "not-in": 'PASSWORD[:4] not in cognito_pool.calls.one("SignUp").request["Password"]',
    "list": '[cognito_pool.calls.one("SignUp").request["Password"]] == ["another"]',
    "call": "cognito_pool.calls[0] == None",
    "calls": "cognito_pool.calls == []",
    "attempts": "cognito_pool.calls[0].attempts == []",
    "of": 'cognito_pool.calls.one("SignUp", Username="zoe")',
    "of-password": 'cognito_pool.calls.one("SignUp", Password="another")',
    "of-another": 'cognito_pool.calls.one("SignUp", Username="zoe", Password=PASSWORD)',
}


@pytest.mark.parametrize("options", [(), ("-vv",)], ids=["short", "verbose"])
@pytest.mark.parametrize("comparison", COMPARISONS.values(), ids=COMPARISONS)
def test_no_secret_is_printed_by_a_failing_assertion(suite, comparison, options):
    run = suite.run(
        f"""{SECRETS}
    def test_compares(cognito_idp, cognito_pool):
        cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="bob", Password=PASSWORD)
        assert {comparison}
    """,
        *options,
    )
    assert run.outcomes == {"failed": 1}
    assert secrets(suite)[0] not in run.text


def test_a_generated_client_secret_is_not_printed(suite):
    run = suite.run(
        """
        def test_client(cognito_idp, cognito_pool):
            made = cognito_pool.create_client(GenerateSecret=True)
            with open("secrets.txt", "w") as file:
                file.write(made.secret)
            cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId=made.id)
            print(made, cognito_pool.calls[0].reply, cognito_pool.calls[0].attempts)
            assert cognito_pool.calls[0].reply == {}
        """,
        "-vv",
    )
    assert run.outcomes == {"failed": 1}
    assert "'ClientSecret': '***'" in run.text
    assert secrets(suite)[0] not in run.text


def test_secrets_stay_comparable(suite):
    suite.passes(
        """
        def test_compares(cognito_idp, cognito_pool):
            cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="bob", Password="Passw0rd!")
            call = cognito_pool.calls.one("SignUp", Password="Passw0rd!")
            assert call.request["Password"] == "Passw0rd!" != "passw0rd!"
            assert call.request == {
                "ClientId": cognito_pool.client.id, "Username": "bob", "Password": "Passw0rd!"
            }
        """
    )


def test_frames_of_botocore_and_of_the_fake_are_not_shown(suite):
    run = suite.run(
        """
        def application(client):
            client.admin_get_user(UserPoolId="us-east-1_TestPool1", Username="ana")

        def test_refused(cognito_pool, cognito_idp):
            application(cognito_idp)

        def test_not_simulated(cognito_pool, cognito_idp):
            cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)

        def test_usage(cognito_pool):
            cognito_pool.add_user("ana", status="confirmed")

        def test_log(cognito_pool):
            cognito_pool.calls.one("SignUp")

        def test_unknown(cognito_pool):
            cognito_pool.users["ana"]
        """
    )
    assert run.outcomes == {"failed": 5}
    shown = re.findall(r"^(\S+\.py):\d+: ", run.text, re.MULTILINE)
    assert set(shown) == {"test_suite.py"}
    assert "botocore/" not in run.text


def test_all_frames_are_shown_under_full_trace(suite):
    run = suite.run(
        """
        def test_refused(cognito_pool, cognito_idp):
            cognito_idp.admin_get_user(UserPoolId="us-east-1_TestPool1", Username="ana")
        """,
        "--full-trace",
    )
    assert "botocore/client.py" in run.text


def test_teardown_shows_no_frames_of_the_fake(suite):
    run = suite.run(
        """
        import pytest

        @pytest.fixture
        def user(cognito_pool, cognito_idp):
            yield
            try:
                cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)
            except NotImplementedError:
                pass

        def test_user(user):
            pass
        """
    )
    assert run.outcomes == {"passed": 1, "errors": 1}
    assert ".py:" not in run.problem("test_user", "teardown")


UNITTEST = f"""{SECRETS}
    import unittest

    import boto3

    @pytest.mark.usefixtures("cognito_pool")
    class TestCase(unittest.TestCase):
        def ask(self):
            client = boto3.client("cognito-idp")
            client.admin_set_user_password(UserPoolId="us-east-1_TestPool1", Username="ana", Password=PASSWORD)

        def test_raises(self):
            self.ask()

        def test_fails(self):
            with self.assertRaises(KeyError):
                self.ask()

        def test_asserts(self):
            boto3.client("cognito-idp").list_user_pools(MaxResults=1)
            self.assertEqual(1, 2)
"""


def test_a_failing_unittest_shows_its_calls(suite):
    run = suite.run(UNITTEST)
    assert run.outcomes == {"failed": 3}
    refused = (
        " 1  AdminSetUserPassword(Username='ana', Password='***') -> UserNotFoundException\n"
        "      User does not exist.\n"
        "      why: no user of us-east-1_TestPool1 has the name 'ana'; it has no users"
    )
    assert run.calls("TestCase.test_raises") == refused
    assert run.calls("TestCase.test_fails") == refused
    assert run.calls("TestCase.test_asserts") == " 1  ListUserPools(MaxResults=1) -> ok"


def test_a_failing_unittest_shows_no_frames_of_botocore_and_no_secret(suite):
    run = suite.run(UNITTEST)
    assert "botocore/" not in run.text
    assert secrets(suite)[0] not in run.text


def test_a_lone_surrogate_spoils_no_report(suite):
    run = suite.run(
        """
        def test_surrogate(cognito_pool, cognito_idp):
            cognito_idp.admin_get_user(UserPoolId=chr(0xD800), Username="ana")
        """
    )
    first, second, *_ = run.calls("test_surrogate").splitlines()
    assert "AdminGetUser(UserPoolId='\\ud800'" in first
    assert second.startswith("      1 validation error detected: Value '?' at 'userPoolId'")
