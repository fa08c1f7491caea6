"""Entering and leaving fakes: in any order, by any thread, whatever fails meanwhile."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack

import boto3
import botocore.endpoint
import pytest
from botocore.exceptions import NoRegionError

from pytest_cognito_pool import Cognito, UsageError
from pytest_cognito_pool._api import lifetimes
from pytest_cognito_pool._service.transport import botocore_hook as transport
from pytest_cognito_pool._service.transport import environment as environments
from pytest_cognito_pool._service.transport.environment import environment

VARIABLES = ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_EC2_METADATA_DISABLED")


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """An environment without anything of AWS."""
    for name in [*VARIABLES, "AWS_PROFILE", "AWS_DEFAULT_PROFILE"]:
        # Else what a test leaves there would not be undone.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)


def present():
    return [name for name in VARIABLES if name in os.environ]


def test_in_the_order_in_which_they_were_entered():
    first, second = Cognito(region="us-east-1"), Cognito(region="us-east-1")
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert boto3.Session().client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []
    assert (first.calls, len(second.calls)) == ([], 1)
    second.__exit__(None, None, None)
    assert present() == []
    with pytest.raises(NoRegionError):
        boto3.Session().client("cognito-idp")


def test_the_region_of_the_first_is_kept_and_that_of_a_later_one_put_where_it_was_deleted(monkeypatch):
    with ExitStack() as first, Cognito(region="eu-west-1"):
        first.enter_context(Cognito(region="us-east-1"))
        assert os.environ["AWS_DEFAULT_REGION"] == "eu-west-1"
        del os.environ["AWS_DEFAULT_REGION"]
        with Cognito(region="ap-south-1"):
            assert os.environ["AWS_DEFAULT_REGION"] == "ap-south-1"
    assert present() == []


def test_what_was_there_is_there_again(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
    with Cognito():
        assert (os.environ["AWS_DEFAULT_REGION"], os.environ["AWS_ACCESS_KEY_ID"]) == ("us-east-1", "mine")
    assert (os.environ["AWS_DEFAULT_REGION"], os.environ["AWS_ACCESS_KEY_ID"]) == ("", "mine")


def test_what_is_set_between_two_fakes_outside_of_tests_stays(monkeypatch):
    monkeypatch.setattr(lifetimes, "_tests", [])
    with Cognito():
        pass
    os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
    with Cognito():
        pass
    assert os.environ["AWS_DEFAULT_REGION"] == "us-east-1"


def test_what_was_changed_meanwhile_stays():
    with Cognito():
        os.environ["AWS_DEFAULT_REGION"] = "eu-north-1"
    assert os.environ["AWS_DEFAULT_REGION"] == "eu-north-1"


@pytest.mark.parametrize("content", ["[broken", "[profile other]\nregion = x\n"])
def test_a_profile_that_cannot_be_read_is_hidden_as_one_that_is_not_there(tmp_path, monkeypatch, content):
    config = tmp_path / "config"
    config.write_text(content)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_PROFILE", "x")
    with Cognito():
        assert "AWS_PROFILE" not in os.environ
    assert os.environ["AWS_PROFILE"] == "x"
    monkeypatch.delenv("AWS_PROFILE")
    environment.settle(lifetimes.running().variables)
    assert "AWS_PROFILE" not in os.environ


@pytest.mark.parametrize("broken", ["attach", "_available_profiles"])
def test_an_exception_while_entering_leaves_nothing(monkeypatch, broken):
    monkeypatch.setenv("AWS_PROFILE", "x")
    original = botocore.endpoint.Endpoint.make_request
    cognito = Cognito()
    with monkeypatch.context() as patch:
        patch.setattr(transport if broken == "attach" else environments, broken, lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            cognito.__enter__()
    assert present() == []
    assert os.environ["AWS_PROFILE"] == "x"
    assert botocore.endpoint.Endpoint.make_request is original
    with cognito:
        assert len(present()) == 4


def test_leaving_goes_on_where_a_part_of_it_fails(monkeypatch):
    cognito = Cognito()
    cognito.__enter__()
    with monkeypatch.context() as patch:
        detach = transport.detach
        patch.setattr(transport, "settle", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            cognito.__exit__(None, None, None)
        assert detach is transport.detach
    assert present() == []
    transport.settle()


def test_one_that_is_not_entered_cannot_be_left():
    with pytest.raises(UsageError, match=r"^<Cognito 123456789012 us-east-1> is not entered$"):
        Cognito().__exit__(None, None, None)


def test_threads_that_enter_and_leave_while_others_call(keys):
    """The last fake may leave between two steps of another thread's call."""
    original = botocore.endpoint.Endpoint.make_request
    errors, done = [], threading.Event()

    def come_and_go():
        while not done.is_set():
            with Cognito(region="us-east-1"):
                pass

    def call():
        try:
            with Cognito(region="us-east-1") as cognito:
                pool = cognito.create_pool()
                client = boto3.Session(**keys).client("cognito-idp")
                for _ in range(100):
                    client.describe_user_pool(UserPoolId=pool.id)
                assert len(pool.calls) == 100
        except BaseException as error:  # noqa: BLE001 - it is of another thread
            errors.append(error)

    threads = [threading.Thread(target=come_and_go) for _ in range(2)] + [
        threading.Thread(target=call) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads[2:]:
        thread.join()
    done.set()
    for thread in threads[:2]:
        thread.join()
    assert errors == []
    assert botocore.endpoint.Endpoint.make_request is original
    assert present() == []


def test_the_last_fake_may_leave_in_the_middle_of_a_call(monkeypatch, keys):
    """Forced: it is gone when the hook, which has seen it, looks for who answers."""
    cognito = Cognito()
    cognito.__enter__()
    client = boto3.Session(**keys).client("cognito-idp")
    adopt = transport.model.adopt
    monkeypatch.setattr(transport.model, "adopt", lambda model: (cognito.__exit__(None, None, None), adopt(model)))
    assert client.list_user_pools(MaxResults=1)["UserPools"] == []
