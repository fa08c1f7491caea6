"""The guard: `cognito_pool_guard`, `--cognito-pool-guard` and the marker `cognito_pool_real`."""

from __future__ import annotations

import pytest

ON = "cognito_pool_guard = true"
KEYS = {
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "AKIAREALREALREALREAL",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_EC2_METADATA_DISABLED": "true",
}
# What is sent all the same does not leave the machine, and fails.
NO_NETWORK = """
import botocore.httpsession

def send(self, request):
    raise ConnectionError(f"sent to {request.url}")

before = botocore.httpsession.URLLib3Session.send
botocore.httpsession.URLLib3Session.send = send

def pytest_unconfigure():
    botocore.httpsession.URLLib3Session.send = before
"""
APPLICATION = """
import boto3
import pytest

def delete(**options):
    client = boto3.client("cognito-idp", **options)
    client.admin_delete_user(UserPoolId="eu-west-1_Prod00001", Username="ana")
"""
REFUSAL = (
    "AdminDeleteUser was about to be sent to https://cognito-idp.eu-west-1.amazonaws.com/: no fake is active. Ask for "
    "the fixture cognito_pool, or mark the test with @pytest.mark.cognito_pool_real to let it reach AWS "
    "(cognito_pool_guard)"
)


@pytest.fixture
def guarded(suite, monkeypatch):
    """Run a suite whose developer has keys of AWS in their shell."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)

    def run(code, *args, ini=ON, conftest=NO_NETWORK, **more):
        return suite.run(f"{APPLICATION}\n{code}", *args, ini=ini, conftest=conftest, **more)

    return run


@pytest.mark.parametrize(("ini", "args"), [(ON, []), ("", ["--cognito-pool-guard"])], ids=["ini", "option"])
def test_a_forgotten_fixture(guarded, ini, args):
    done = guarded("def test_forgotten():\n    delete()", *args, ini=ini)
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_forgotten").endswith(
        f"E       pytest_cognito_pool.GuardError: {REFUSAL}\n\ntest_suite.py:6: GuardError"
    )


def test_an_ignored_refusal_fails_the_test(guarded):
    done = guarded(
        """
def test_ignored():
    with pytest.raises(Exception):
        delete()
"""
    )
    assert done.outcomes == {"failed": 1}
    assert done.problem("test_ignored") == REFUSAL


def test_another_exception_has_it_beside(guarded):
    done = guarded(
        """
def test_other():
    try:
        delete()
    except Exception:
        raise RuntimeError("sorry") from None
"""
    )
    assert "RuntimeError: sorry" in done.problem("test_other")
    assert "Cognito guard call ---" in done.text
    assert REFUSAL in done.text


def test_a_failure_of_another_kind_is_as_it_was(guarded):
    done = guarded("def test_wrong():\n    assert 1 == 2")
    assert done.outcomes == {"failed": 1}
    assert "Cognito guard" not in done.text


def test_set_up_and_teardown(guarded):
    done = guarded(
        """
@pytest.fixture
def early():
    with pytest.raises(Exception):
        delete()

@pytest.fixture
def late():
    yield
    with pytest.raises(Exception):
        delete()

def test_early(early): pass
def test_late(late): pass
"""
    )
    assert done.outcomes == {"passed": 1, "errors": 2}
    assert done.problem("test_early", "setup") == REFUSAL
    assert done.problem("test_late", "teardown") == REFUSAL


def test_an_import(guarded):
    done = guarded("delete()")
    assert done.outcomes == {"errors": 1}
    assert f"E   pytest_cognito_pool.GuardError: {REFUSAL}" in done.text


def test_an_import_that_ignores_it(guarded):
    done = guarded("try:\n    delete()\nexcept Exception:\n    pass\ndef test_nothing(): pass")
    assert done.outcomes == {"errors": 1}
    assert REFUSAL in done.text


def test_a_conftest_that_ignores_it(guarded):
    conftest = f"{NO_NETWORK}{APPLICATION}\ntry:\n    delete()\nexcept Exception:\n    pass"
    done = guarded("def test_nothing(): pass", conftest=conftest)
    assert REFUSAL in done.text
    assert "passed" not in done.outcomes


def test_what_is_not_sent_to_aws(guarded):
    done = guarded(
        """
from botocore.stub import Stubber
from moto import mock_aws

GIVEN = {"UserPoolId": "eu-west-1_Prod00001", "Username": "ana"}

def test_a_fake(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana")
    cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")

def test_a_stubber():
    client = boto3.client("cognito-idp")
    with Stubber(client) as stubber:
        stubber.add_response("admin_delete_user", {}, GIVEN)
        client.admin_delete_user(**GIVEN)

@mock_aws
def test_moto():
    client = boto3.client("cognito-idp")
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.admin_delete_user(**GIVEN)

def test_another_service():
    with pytest.raises(ConnectionError, match="sent to https://sts"):
        boto3.client("sts").get_caller_identity()

def test_a_server_of_this_machine():
    with pytest.raises(ConnectionError, match="sent to http://localhost:9229/"):
        delete(endpoint_url="http://localhost:9229")
"""
    )
    assert done.outcomes == {"passed": 5}


def test_a_marked_test_reaches_aws(guarded):
    done = guarded(
        """
@pytest.mark.cognito_pool_real
def test_real():
    with pytest.raises(ConnectionError, match="sent to https://cognito-idp.eu-west-1.amazonaws.com/"):
        delete()

def test_not_marked():
    delete()
"""
    )
    assert done.outcomes == {"passed": 1, "failed": 1}


def test_an_async_client(guarded):
    pytest.importorskip("aiobotocore")
    done = guarded(
        """
import asyncio
from aiobotocore.session import get_session

async def delete_async():
    async with get_session().create_client("cognito-idp") as client:
        await client.admin_delete_user(UserPoolId="eu-west-1_Prod00001", Username="ana")

def test_forgotten():
    asyncio.run(delete_async())
""",
        conftest="",
    )
    assert done.outcomes == {"failed": 1}
    assert f"pytest_cognito_pool.GuardError: {REFUSAL}" in done.text


def test_without_it_nothing_is_refused(guarded):
    done = guarded("def test_forgotten():\n    delete()", ini="")
    assert "ConnectionError: sent to https://cognito-idp.eu-west-1.amazonaws.com/" in done.text


class TestNoRegion:
    MODULE = "import boto3\nclient = boto3.client('cognito-idp')\ndef test_nothing(): pass"
    HINT = "a client was made without a region: set cognito_pool_region in the ini file, for example us-east-1"

    @pytest.fixture(autouse=True)
    def _no_region(self, monkeypatch):
        monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
        monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    def test_the_collection_error_has_a_hint(self, suite):
        done = suite.run(self.MODULE)
        assert done.outcomes == {"errors": 1}
        assert self.HINT in done.text

    def test_with_the_region_there_is_none(self, suite):
        assert suite.run(self.MODULE, ini="cognito_pool_region = us-east-1").outcomes == {"passed": 1}
