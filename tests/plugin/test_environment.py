"""The environment after fakes, whatever else sets it: each test of a suite begins with what there was before."""

from __future__ import annotations

import pytest

# In file order: each test that finds something was left something by the one before it.
SUITE = """
import os

import boto3
import pytest
from botocore.exceptions import NoRegionError
from moto import mock_aws
from pytest_cognito_pool import Cognito

NAMES = ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_EC2_METADATA_DISABLED", "AWS_PROFILE")


@pytest.fixture(autouse=True)
def nothing_is_there():
    assert [name for name in NAMES if name in os.environ] == []
    yield


def test_monkeypatch_before(monkeypatch, cognito_pool):
    for name in NAMES[:3]:
        monkeypatch.setenv(name, os.environ[name])


def test_region_of_the_settings_and_monkeypatch_before(monkeypatch, request):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    request.getfixturevalue("cognito_pool")


def test_two_fakes_and_a_patch_of_the_first(monkeypatch):
    with Cognito(region="us-east-1"):
        with_first = pytest.MonkeyPatch()
        with_first.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with_first.undo()
    with Cognito(region="us-east-1"):
        pass


def test_monkeypatch_after(cognito_pool, monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")


def test_monkeypatch_deletes(monkeypatch, cognito_pool):
    for name in NAMES[:3]:
        monkeypatch.delenv(name)


def test_profile(monkeypatch, request):
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    request.getfixturevalue("cognito_pool")
    assert "AWS_PROFILE" not in os.environ


@pytest.mark.cognito_pool(Id="eu-west-1_AbCdEf123")
def test_another_region(monkeypatch, cognito_pool, cognito_idp):
    assert cognito_idp.meta.region_name == "eu-west-1"
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")


def test_the_default_region(cognito_pool):
    assert cognito_pool.id == "us-east-1_TestPool1"


def test_moto_inside(cognito_pool):
    mock = mock_aws()
    mock.start()
    boto3.client("s3").list_buckets()
    mock.stop()


def test_moto_inside_and_stopped_later(request, cognito_pool):
    mock = mock_aws()
    mock.start()
    request.addfinalizer(mock.stop)


@pytest.fixture
def moto():
    with mock_aws():
        yield


def test_moto_before(moto, cognito_pool, cognito_idp):
    assert cognito_idp.list_users(UserPoolId=cognito_pool.id)["Users"] == []


def test_moto_after(cognito_pool, moto, cognito_idp):
    assert cognito_idp.list_users(UserPoolId=cognito_pool.id)["Users"] == []


@pytest.fixture(scope="module")
def wide():
    with Cognito(region="us-east-1") as cognito:
        yield cognito


def test_a_wide_fake_is_entered_inside_a_narrow_one(cognito_pool, request):
    request.getfixturevalue("wide")


"""
AFTER = """

@pytest.fixture
def nothing_is_there():
    assert os.environ["AWS_DEFAULT_REGION"] == "us-east-1"


def test_after_which_it_is_still_there(wide):
    assert boto3.client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []
    assert wide.calls.operations == ["ListUserPools"]


def test_and_in_the_next(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


def test_and_after_that(wide):
    boto3.client("cognito-idp")
"""


def test_nothing_of_a_fake_outlives_it(suite):
    pytest.importorskip("moto")
    suite.passes(SUITE)


def test_a_fake_that_is_active_keeps_it(suite):
    head, _, tail = SUITE.partition("@pytest.fixture(autouse=True)\ndef nothing_is_there")
    wide = tail[tail.index('@pytest.fixture(scope="module")') : tail.rindex('"""') if '"""' in tail else None]
    suite.passes(head + wide + AFTER)


def test_a_region_that_a_session_fixture_sets_stays(suite):
    """It is set in the first item, around which nothing is put back that is not ours."""
    suite.passes(
        """
        import os
        import pytest

        @pytest.fixture(scope="session", autouse=True)
        def region():
            os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
            yield
            assert os.environ.pop("AWS_DEFAULT_REGION") == "us-east-1"

        def test_first(cognito_pool):
            pass

        def test_second():
            assert os.environ["AWS_DEFAULT_REGION"] == "us-east-1"

        def test_third(cognito_pool):
            assert os.environ["AWS_DEFAULT_REGION"] == "us-east-1"
        """
    )


def test_the_whole_run_where_the_option_says_so(suite):
    suite.passes(
        """
        import os
        from pytest_cognito_pool import Cognito

        def test_first(cognito_pool):
            with Cognito():
                pass

        def test_second():
            assert os.environ["AWS_DEFAULT_REGION"] == "ap-south-1"
        """,
        ini="cognito_pool_region = ap-south-1",
    )


def test_the_hook_of_a_test_that_another_tool_puts_back_is_gone_when_the_test_ends(suite):
    suite.passes(
        """
        import botocore.endpoint
        import pytest
        from pytest_cognito_pool import Cognito

        ORIGINAL = botocore.endpoint.Endpoint.make_request

        def test_first(monkeypatch, request):
            with Cognito():
                monkeypatch.setattr(botocore.endpoint.Endpoint, "make_request", lambda *args: None)

        def test_second():
            assert botocore.endpoint.Endpoint.make_request is ORIGINAL
        """
    )


OWN = """
import os
import unittest.mock

import boto3
import pytest
from pytest_cognito_pool import Cognito


@pytest.fixture(scope="module")
def wide():
    with Cognito(region="us-east-1") as cognito:
        yield cognito
"""


def test_a_value_of_the_authors_own_that_is_the_same_as_ours_stays(suite):
    """The usual fixture that takes AWS out of the environment puts it back after the fake is left."""
    suite.passes(
        OWN
        + """
def test_deleted(monkeypatch, request):
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    request.getfixturevalue("cognito_pool")


def test_cleared():
    with unittest.mock.patch.dict(os.environ, {}, clear=True), Cognito():
        assert os.environ["AWS_DEFAULT_REGION"] == "us-east-1"


def test_still_there():
    assert os.environ["AWS_DEFAULT_REGION"] == "us-east-1"
    assert os.environ["AWS_EC2_METADATA_DISABLED"] == "true"
""",
        env={"AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"},
    )


def test_a_wide_fake_has_it_again_in_the_next_test(suite):
    suite.passes(
        OWN
        + """
def test_patched_before(monkeypatch, request):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    request.getfixturevalue("wide")


def test_all_is_put_back(wide):
    with unittest.mock.patch.dict(os.environ, {"FOO": "1"}):
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]


def test_next(wide):
    boto3.client("cognito-idp").list_user_pools(MaxResults=1)
"""
    )


def test_keys_that_a_wide_patch_found_go_when_it_is_undone(suite):
    suite.passes(
        OWN
        + """
@pytest.fixture(scope="module")
def patch():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "mine")
        yield


class TestIt:
    def test_first(self, cognito_pool, request):
        request.getfixturevalue("patch")

    def test_second(self):
        assert os.environ["AWS_ACCESS_KEY_ID"] == "mine"
""",
        conftest="""
            import os

            def pytest_sessionfinish():
                assert "AWS_ACCESS_KEY_ID" not in os.environ
        """,
    )
