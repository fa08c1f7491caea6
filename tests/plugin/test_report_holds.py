"""Nothing that an author's objects do keeps a report from being written, and no report is without bound."""

from __future__ import annotations

import sys

import pytest

TITLE = "Cognito calls"
CONFIRM = """
import dataclasses
import os
import shutil

import pytest
from pytest_cognito_pool import Cognito


@pytest.fixture
def confirm(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    return lambda: cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")


@pytest.fixture
def gone(tmp_path, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return lambda: shutil.rmtree(folder)
"""


def run(suite, code, *args):
    return suite.run(CONFIRM + code, *args)


def test_whatever_its_objects_do(suite):
    """Each of these ended the whole run once; the last test tells that it goes on."""
    done = run(
        suite,
        """
class Mute:
    error = ZeroDivisionError

    def __call__(self, event, context):
        raise ValueError("x")

    def __repr__(self):
        raise self.error("mute")


class Failing(Mute):
    error = pytest.fail.Exception


@dataclasses.dataclass(frozen=True)
class Frozen(Exception):
    code: str


class Lazy(Exception):
    @property
    def exceptions(self):
        raise LookupError


class Speechless(Exception):
    def __str__(self):
        raise RuntimeError

    __repr__ = __str__


def of_exec():
    names = {"__name__": None}
    exec("def fails(event, context): raise ValueError('x')", names)
    return names["fails"]


def speechless(event, context):
    raise Speechless


def frozen(event, context):
    raise Frozen("y")


@pytest.mark.parametrize("error", [Frozen("x"), Lazy("x")], ids=["frozen", "lazy"])
def test_raises(cognito_pool, error):
    raise error


def test_frozen_in_a_function(cognito_pool, cognito_idp, confirm):
    cognito_pool.on("PostConfirmation", frozen)
    with pytest.raises(cognito_idp.exceptions.UserLambdaValidationException):
        confirm()


@pytest.mark.parametrize("handler", [Mute(), Failing(), of_exec(), speechless], ids=list("abcd"))
def test_handler(cognito_pool, confirm, handler):
    cognito_pool.on("PostConfirmation", handler)
    confirm()


def test_deleted_directory(cognito_pool, confirm, gone):
    def fails(event, context):
        raise ValueError("x")

    cognito_pool.on("PostConfirmation", fails)
    gone()
    confirm()


def test_fault_in_a_deleted_directory(cognito_pool, confirm, gone):
    gone()
    cognito_pool.fail("AdminGetUser", Speechless())
    cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", when=lambda request: 1 / 0)
    confirm()


def test_next():
    pass
""",
    )
    assert done.outcomes == {"passed": 2, "failed": 8}
    assert "INTERNALERROR" not in done.text
    assert "PostConfirmation_ConfirmSignUp -> <Mute object whose __repr__ raised ZeroDivisionError>" in done.text
    assert "PostConfirmation_ConfirmSignUp -> <Failing object whose __repr__ raised Failed>" in done.text
    assert "PostConfirmation_ConfirmSignUp -> None.fails" in done.text
    told = done.problem("test_fault_in_a_deleted_directory").splitlines()
    assert told[0].startswith("code of the test raised an exception: ")
    assert "`when` raised ZeroDivisionError at" in told[0]
    assert "fail('AdminGetUser', <Speechless object whose __repr__ raised RuntimeError>)" in done.text


def test_what_breaks_the_timeline_itself_is_told_in_its_place(suite):
    done = run(
        suite,
        """
from importlib import import_module


def test_it(cognito_pool, confirm, monkeypatch):
    report = import_module("pytest_cognito_pool._plugin.report")
    monkeypatch.setattr(report, "timeline", lambda *_args, whole: 1 / 0)
    confirm()
    assert False
""",
    )
    assert done.calls("test_it") == "the Cognito timeline could not be written: ZeroDivisionError: division by zero"


def test_many_calls_are_folded_in_the_middle(suite):
    body = """
def test_it(cognito_idp):
    for number in range(1000):
        cognito_idp.list_user_pools(MaxResults=1 + number % 60)
    assert False
"""
    lines = run(suite, body).calls("test_it").splitlines()
    assert len(lines) == 31
    assert lines[0] == " 1  ListUserPools(MaxResults=1) -> ok"
    assert lines[10] == "... 970 more calls ..."
    assert lines[-1] == "1000  ListUserPools(MaxResults=40) -> ok"
    assert len(run(suite, body, "-vv").calls("test_it").splitlines()) == 1000


def test_only_what_is_shown_is_worded(suite):
    """To say why a user is unknown takes long in a pool of many."""
    done = run(
        suite,
        """
from importlib import import_module


def test_it(cognito_pool, cognito_idp, monkeypatch):
    for number in range(100):
        cognito_pool.add_user(f"user{number}")
    for number in range(200):
        with pytest.raises(cognito_idp.exceptions.UserNotFoundException):
            cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username=f"nobody{number}")
    assert False


def test_how_often(cognito_pool):
    assert cognito_pool.worded == 30


@pytest.fixture(scope="session", autouse=True)
def counted():
    directory = import_module("pytest_cognito_pool._service.user.directory")
    pool = import_module("pytest_cognito_pool").UserPool
    pool.worded = 0
    hint = directory.hint

    def counts(*args):
        pool.worded += 1
        return hint(*args)

    directory.hint = counts
    yield
    directory.hint = hint
    del pool.worded
""",
    )
    assert done.outcomes == {"failed": 1, "passed": 1}, done.text


def test_the_calls_of_a_function_are_folded_too(suite):
    done = run(
        suite,
        """
def test_it(cognito_pool, cognito_idp, confirm):
    @cognito_pool.on("PostConfirmation")
    def looks(event, context):
        for _ in range(100):
            cognito_idp.list_user_pools(MaxResults=1)
        raise ValueError("\\n".join(["x" * 2000] * 200))

    confirm()
""",
    )
    text = done.calls("test_it")
    assert "... 70 more calls ..." in text
    assert "more lines ..." in text
    assert len(text.splitlines()) < 105
    assert max(map(len, text.splitlines())) < 1100


def test_long_values_are_shortened(suite):
    body = """
def test_it(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_idp.admin_confirm_sign_up(
        UserPoolId=cognito_pool.id, Username="ana", ClientMetadata={"a": "x" * 5000, "b": "end"}
    )
    assert repr(cognito_pool.calls) == "no"
"""
    text = run(suite, body).calls("test_it")
    assert len(text) < 500
    assert "ClientMetadata={'a': 'xxx" in text
    assert "xxx', 'b': 'end'})" in text
    assert "x" * 5000 in run(suite, body, "-vv").calls("test_it")


def test_many_swallowed_errors_are_folded(suite):
    done = run(
        suite,
        """
import contextlib

def test_it(cognito_pool, cognito_idp):
    for _ in range(50):
        with contextlib.suppress(Exception):
            cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)
""",
    )
    assert "... 42 more like these ..." in done.problem("test_it")
    assert done.problem("test_it").partition(TITLE)[0].count("is not simulated") == 8


def test_the_pool_is_named_where_the_account_has_more_than_one(suite):
    done = run(
        suite,
        """
def test_it(cognito, cognito_pool, cognito_idp):
    cognito.create_pool(Id="us-east-1_Other")
    cognito_idp.list_users(UserPoolId="us-east-1_Other")
    assert False
""",
    )
    assert done.calls("test_it") == " 1  ListUsers(UserPoolId='us-east-1_Other') -> ok"


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exception groups came with 3.11")
def test_exception_groups(suite):
    """Frames are cut inside them too, and a failed assertion inside one is a failed assertion."""
    done = run(
        suite,
        """
import contextlib

def test_trimmed(cognito_pool, cognito_idp):
    errors = []
    try:
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="nobody")
    except Exception as error:
        errors.append(error)
    raise ExceptionGroup("both", errors)


def test_asserted(cognito_pool, confirm):
    @cognito_pool.on("PostConfirmation")
    def checks(event, context):
        try:
            assert event["userName"] == "ben"
        except AssertionError as error:
            raise ExceptionGroup("all", [ValueError("x"), error]) from None

    with contextlib.suppress(Exception):
        confirm()
""",
    )
    assert done.outcomes == {"failed": 2}
    assert "botocore" not in done.problem("test_trimmed").replace("botocore.errorfactory", "")
    assert "UserNotFoundException" in done.problem("test_trimmed")
    assert done.problem("test_asserted").startswith(
        "the application ignored an assertion that failed in PostConfirmation_ConfirmSignUp -> "
    )
