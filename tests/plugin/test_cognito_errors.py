"""The marker cognito_errors and its fixture: one run of a test for each error of an operation."""

from __future__ import annotations

import re
import textwrap

import botocore
import pytest

from pytest_cognito_pool._service.protocol import fault_catalogue as catalogue
from pytest_cognito_pool._service.protocol import model

CODES = list(model.errors("AdminConfirmSignUp"))
APP = """
import boto3
import pytest
from botocore.config import Config

def approve(username="ana"):
    client = boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))
    try:
        client.admin_confirm_sign_up(UserPoolId="us-east-1_TestPool1", Username=username)
    except client.exceptions.ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
"""


def run(suite, code, *args, **options):
    return suite.run(APP + textwrap.dedent(code), *args, **options)


def ids(done, name="test_marked"):
    return re.findall(rf"{name}\[(.+?)\] PASSED", done.text)


def test_the_test_runs_once_for_each_error(suite):
    done = run(
        suite,
        """
        @pytest.mark.cognito_errors("AdminConfirmSignUp")
        def test_marked(cognito_pool, cognito_error):
            assert approve() == (cognito_error.code, cognito_error.message)
            assert cognito_pool.calls[0].error == cognito_error
            assert approve() == (cognito_error.code, cognito_error.message)
        """,
        "-v",
    )
    assert ids(done) == CODES
    assert len(CODES) in {11, 12}
    assert done.outcomes == {"passed": len(CODES)}


def test_an_error_common_to_all_of_aws_names_who_calls_and_what(suite):
    done = run(
        suite,
        """
        ARN = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1"

        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["AccessDeniedException"])
        def test_marked(cognito_pool, cognito_error):
            who, _, what = cognito_error.message.partition(" is not authorized to perform: ")
            assert who == "User: arn:aws:iam::123456789012:user/pytest"
            assert what.startswith(f"cognito-idp:AdminConfirmSignUp on resource: {ARN} because ")
            assert approve() == (cognito_error.code, cognito_error.message)
        """,
    )
    assert done.outcomes == {"passed": 1}


def test_a_test_that_does_not_ask_for_the_error_gets_it_all_the_same(suite):
    done = run(
        suite,
        f"""
        @pytest.mark.cognito_errors("AdminConfirmSignUp")
        def test_marked(cognito_pool):
            assert approve()[0] in {CODES}

        @pytest.mark.cognito_errors("AdminConfirmSignUp")
        def test_without_any_fixture():
            assert approve()[0] in {CODES}
        """,
        "-v",
    )
    assert ids(done) == ids(done, "test_without_any_fixture") == CODES


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ("only=['ThrottlingException', 'UserNotFoundException']", ["UserNotFoundException", "ThrottlingException"]),
        (
            "only={'LimitExceededException', 'UserNotFoundException'}",
            ["LimitExceededException", "UserNotFoundException"],
        ),
        (f"exclude={CODES[1:]}", CODES[:1]),
        (
            "only=('UserNotFoundException', 'TooManyRequestsException'), exclude=['UserNotFoundException']",
            ["TooManyRequestsException"],
        ),
        ("common=True", catalogue.codes("AdminConfirmSignUp")),
        (f"common=True, exclude={CODES}", list(catalogue.COMMON)),
    ],
)
def test_some_of_them(suite, arguments, codes):
    done = run(
        suite,
        f"""
        @pytest.mark.cognito_errors("AdminConfirmSignUp", {arguments})
        def test_marked(cognito_error):
            code, message = approve()
            assert code == cognito_error.code
            assert message == (cognito_error.message or "")
            assert cognito_error.status in (400, 403, 500, 503)
        """,
        "-v",
    )
    assert ids(done) == codes


def test_errors_of_several_operations(suite):
    done = run(
        suite,
        """
        @pytest.mark.cognito_errors("AdminGetUser", only=["UserNotFoundException"])
        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["TooManyRequestsException"])
        def test_marked(cognito_pool, cognito_idp, cognito_error):
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            call = {"UserPoolId": cognito_pool.id, "Username": "ana"}
            codes = []
            for operation in (cognito_idp.admin_get_user, cognito_idp.admin_confirm_sign_up):
                try:
                    operation(**call)
                except cognito_idp.exceptions.ClientError as error:
                    codes.append(error.response["Error"]["Code"])
            assert codes == [cognito_error.code]
        """,
        "-v",
    )
    assert ids(done) == ["AdminConfirmSignUp-TooManyRequestsException", "AdminGetUser-UserNotFoundException"]


def test_the_closest_marker_of_an_operation_counts(suite):
    done = run(
        suite,
        """
        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["TooManyRequestsException"])
        class TestMarked:
            def test_outer(self, cognito_error):
                assert approve()[0] == "TooManyRequestsException"

            @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["UserNotFoundException"])
            def test_inner(self, cognito_error):
                assert approve()[0] == "UserNotFoundException"
        """,
        "-v",
    )
    assert done.outcomes == {"passed": 2}
    assert "test_outer[TooManyRequestsException] PASSED" in done.text
    assert "test_inner[UserNotFoundException] PASSED" in done.text


def test_with_parameters_of_the_tests_own(suite):
    done = run(
        suite,
        """
        @pytest.mark.parametrize("name", ["ana", "bob"])
        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["TooManyRequestsException", "UserNotFoundException"])
        def test_marked(cognito_error, name):
            assert approve(name)[0] == cognito_error.code
        """,
        "-v",
    )
    assert sorted(ids(done)) == [
        "TooManyRequestsException-ana",
        "TooManyRequestsException-bob",
        "UserNotFoundException-ana",
        "UserNotFoundException-bob",
    ]


def test_under_xdist_and_in_random_order(suite):
    pytest.importorskip("xdist")
    done = run(
        suite,
        """
        @pytest.mark.cognito_errors("AdminConfirmSignUp")
        def test_marked(cognito_error):
            assert approve()[0] == cognito_error.code
        """,
        "-n2",
        randomly=True,
    )
    assert done.outcomes == {"passed": len(CODES)}


def test_the_pool_of_the_settings_is_named_in_the_texts(suite):
    done = run(
        suite,
        """
        @pytest.mark.cognito_pool(Id="eu-west-1_AbCdEf123")
        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["ResourceNotFoundException"])
        def test_marked(cognito_pool, cognito_error, cognito_idp):
            assert cognito_error.message == "User pool eu-west-1_AbCdEf123 does not exist."
            with pytest.raises(cognito_idp.exceptions.ResourceNotFoundException, match=cognito_error.message):
                cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")

        @pytest.mark.cognito_errors("SignUp", only=["ResourceNotFoundException"])
        def test_of_an_app_client(cognito_pool, cognito_error, cognito_idp):
            assert cognito_error.message == "User pool client testclient0000000000000001 does not exist."
            with pytest.raises(cognito_idp.exceptions.ResourceNotFoundException, match=cognito_error.message):
                cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")
        """,
    )
    assert done.outcomes == {"passed": 2}


ALWAYS = "cognito_errors('AdminConfirmSignUp', only=['TooManyRequestsException'])"


def test_a_run_that_never_calls_the_operation_fails(suite):
    done = run(
        suite,
        """
        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["TooManyRequestsException"])
        def test_marked(cognito_pool):
            pass
        """,
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_marked[TooManyRequestsException]").splitlines()[:3] == [
        f"fault never used: {ALWAYS} at test_suite.py:12",
        "  there was no call at all",
        "  have the test call AdminConfirmSignUp, or leave the error out: exclude=['TooManyRequestsException']",
    ]


def test_set_up_and_teardown_of_other_fixtures_meet_no_error(suite):
    done = run(
        suite,
        """
        @pytest.fixture
        def confirmed(cognito_pool):
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            assert approve() is None
            yield
            cognito_pool.add_user("bob", status="UNCONFIRMED")
            assert approve("bob") is None

        @pytest.fixture
        def expected(cognito_error):
            return cognito_error.code

        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["TooManyRequestsException"])
        def test_marked(confirmed):
            assert approve()[0] == "TooManyRequestsException"

        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["TooManyRequestsException"])
        def test_that_asks_first(expected, confirmed):
            assert approve()[0] == expected
        """,
    )
    assert done.outcomes == {"passed": 2}


def test_in_a_parameter_it_comes_too_late_and_for_that_parameter_only(suite):
    done = run(
        suite,
        """
        @pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.cognito_errors("AdminConfirmSignUp"))])
        def test_marked(x):
            assert x == 1
        """,
    )
    assert done.outcomes == {"passed": 1, "errors": 1}
    assert done.problem("test_marked[2]", "setup").splitlines()[-1] == NEEDED


def test_a_module_and_a_class_can_be_marked(suite):
    done = run(
        suite,
        """
        pytestmark = pytest.mark.cognito_errors("AdminConfirmSignUp", only=["TooManyRequestsException"])

        def test_marked():
            assert approve()[0] == "TooManyRequestsException"

        class TestMarked:
            def test_method(self):
                assert approve()[0] == "TooManyRequestsException"
        """,
    )
    assert done.outcomes == {"passed": 2}


def test_a_set_up_that_fails_arms_nothing(suite):
    done = run(
        suite,
        """
        @pytest.fixture
        def broken(cognito_pool):
            raise LookupError

        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["TooManyRequestsException"])
        class TestMarked:
            def test_before_the_error_is_chosen(self, broken):
                pass

            def test_after_it(self, cognito_error, broken):
                pass
        """,
    )
    assert done.outcomes == {"errors": 2}
    assert "never used" not in done.text


REFUSALS = {
    '"AdminConfirmSignup"': "Cognito has no operation 'AdminConfirmSignup'; did you mean 'AdminConfirmSignUp'?",
    '"AdminConfirmSignUp", only="UserNotFoundException"': "only must be a list of error codes, not "
    "'UserNotFoundException'; did you mean ['UserNotFoundException']?",
    f'"AdminConfirmSignUp", exclude={CODES}': "the cognito_errors marker excludes every error of AdminConfirmSignUp",
    '"AdminConfirmSignUp", comon=True': "the cognito_errors marker: got an unexpected keyword argument 'comon'; "
    "its form is cognito_errors('AdminConfirmSignUp', only=[], exclude=[], common=False)",
    "": "the cognito_errors marker: missing 1 required positional argument: 'operation'; "
    "its form is cognito_errors('AdminConfirmSignUp', only=[], exclude=[], common=False)",
}


@pytest.mark.parametrize("arguments", REFUSALS)
def test_a_marker_that_cannot_be_is_refused_when_tests_are_collected(suite, arguments):
    done = run(
        suite,
        f"""
        @pytest.mark.cognito_errors({arguments})
        def test_marked(cognito_error):
            pass
        """,
    )
    assert done.result.ret == pytest.ExitCode.INTERRUPTED
    text = done.text.replace(". Did you mean 'common'?", "")
    assert f"test_suite.py::test_marked: {REFUSALS[arguments]}\n" in text


def test_an_error_that_the_operation_does_not_have_is_refused(suite):
    done = run(
        suite,
        """
        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["AliasExistsException"])
        def test_marked(cognito_error):
            pass
        """,
    )
    assert (
        "test_suite.py::test_marked: AdminConfirmSignUp cannot answer with 'AliasExistsException'\n"
        f"errors of AdminConfirmSignUp in botocore {botocore.__version__}: "
        + ", ".join(catalogue.codes("AdminConfirmSignUp"))
        in done.text
    )


NEEDED = (
    "cognito_error needs the marker @pytest.mark.cognito_errors('AdminConfirmSignUp') on a function, a method, "
    "a class or a module; it is not supported in pytest.param and on a unittest.TestCase"
)


def test_the_fixture_without_the_marker(suite):
    done = run(
        suite,
        """
        def test_unmarked(cognito_error):
            pass
        """,
    )
    assert done.outcomes == {"errors": 1}
    assert done.problem("test_unmarked", "setup").splitlines()[-1] == NEEDED


def test_a_unittest_cannot_run_for_each(suite):
    done = run(
        suite,
        """
        import unittest

        class TestUnit(unittest.TestCase):
            @pytest.mark.cognito_errors("AdminConfirmSignUp")
            def test_marked(self):
                pass
        """,
    )
    assert done.outcomes == {"errors": 1}
    assert NEEDED in done.text


def test_a_fixture_of_the_authors_own_of_that_name_breaks_nothing(suite):
    done = run(
        suite,
        """
        @pytest.fixture
        def cognito_error():
            return "my own"

        @pytest.mark.cognito_errors("AdminConfirmSignUp", only=["TooManyRequestsException"])
        def test_marked(cognito_error):
            assert cognito_error == "my own"
            assert approve()[0] == "TooManyRequestsException"
        """,
    )
    assert done.outcomes == {"passed": 1}


def test_the_marker_is_registered(suite):
    done = suite.run("", "--markers")
    assert (
        "@pytest.mark.cognito_errors(operation, *, only=(), exclude=(), common=False): run the test once for each "
        "error that the operation can return; its calls then fail with that error." in done.text
    )


@pytest.mark.parametrize(
    "other", ["with Cognito() as other:\n        yield other", "with Cognito():\n        pass\n    yield"]
)
def test_another_fake_that_a_fixture_holds_meets_no_error(suite, other):
    suite.passes(
        f"""
import pytest
from pytest_cognito_pool import Cognito


@pytest.fixture
def other(cognito_pool):
    {other}


@pytest.mark.cognito_errors("AdminGetUser", only=["TooManyRequestsException"])
def test_it(other, cognito, cognito_pool, cognito_idp, cognito_error):
    assert cognito.faults
"""
        "    with pytest.raises(cognito_idp.exceptions.TooManyRequestsException):\n"
        "        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username='ana')\n"
    )
