"""Other plugins and frameworks of tests: each runs a suite of its own with the plugin, in a process of its own."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

NEEDS = "needs the extra neighbours"
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/how-to/neighbours.md").read_text(encoding="utf-8")
APPLICATION = """
import boto3

def approve(username):
    client = boto3.client("cognito-idp", region_name="us-east-1")
    client.admin_confirm_sign_up(UserPoolId="us-east-1_TestPool1", Username=username)
"""
# By the name of the distribution: the suite, and what the run comes to.
SUITES = {
    "pytest-asyncio": (
        """
import asyncio
import pytest
import pytest_asyncio
from application import approve

@pytest_asyncio.fixture
async def ana(cognito_pool):
    return cognito_pool.add_user("ana", status="UNCONFIRMED")

@pytest.mark.asyncio
async def test_in_its_loop(cognito_pool, ana):
    ran = []

    async def later():
        ran.append("later")

    def function(event, context):
        asyncio.run(later())
        return event

    cognito_pool.on("PostConfirmation", function)
    approve("ana")
    assert (ana.status, ran) == ("CONFIRMED", ["later"])

@pytest.mark.asyncio
async def test_in_threads(cognito_pool):
    for number in range(5):
        cognito_pool.add_user(f"user{number}", status="UNCONFIRMED")
    await asyncio.gather(*(asyncio.to_thread(approve, f"user{number}") for number in range(5)))
    assert {user.status for user in cognito_pool.users.values()} == {"CONFIRMED"}
""",
        [],
        {"passed": 2},
    ),
    "anyio": (
        """
import anyio
import pytest
from application import approve

@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
async def test_on_both_backends(cognito_pool, anyio_backend):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    await anyio.to_thread.run_sync(approve, "ana")
    assert cognito_pool.users["ana"].status == "CONFIRMED"
""",
        [],
        {"passed": 2},
    ),
    "pytest-rerunfailures": (
        """
import pytest
from application import approve

runs = []

@pytest.mark.flaky(reruns=2)
def test_a_rerun_has_a_new_pool(cognito_pool):
    assert not cognito_pool.users and not cognito_pool.calls
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    approve("ana")
    runs.append(1)
    assert len(runs) == 2

@pytest.mark.flaky(reruns=1)
def test_an_unused_fault_is_told_of_each_run(cognito_pool):
    cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
""",
        [],
        {"passed": 1, "failed": 1, "rerun": 2},
    ),
    "pytest-timeout": (
        """
import time
import pytest
from application import approve

def test_nothing_waits(cognito_pool):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_pool.on("PostConfirmation", times_out=True)
    with pytest.raises(Exception, match="Socket timeout"):
        approve("ana")

@pytest.mark.timeout(0.5)
def test_too_long(cognito_pool):
    time.sleep(5)

def test_the_next_is_as_ever(cognito_pool):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    approve("ana")
""",
        ["--timeout=20"],
        {"passed": 2, "failed": 1},
    ),
    "pytest-django": (
        """
import pytest
from application import approve
from django.conf import settings
from django.http import HttpResponse
from django.test import TestCase
from django.urls import path

def view(request, username):
    approve(username)
    return HttpResponse("approved")

urlpatterns = [path("approve/<username>", view)]

@pytest.fixture(autouse=True)
def _urls(settings):
    settings.ROOT_URLCONF = __name__

def test_its_client(client, cognito_pool):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    assert client.get("/approve/ana").content == b"approved"

@pytest.mark.django_db
def test_its_database(client, cognito_pool, django_user_model):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    client.get("/approve/ana")
    django_user_model.objects.create_user("ana")
    assert cognito_pool.users["ana"].status == "CONFIRMED"

class TestApproval(TestCase):
    @pytest.fixture(autouse=True)
    def _pool(self, cognito_pool):
        self.pool = cognito_pool

    def test_a_test_case(self):
        self.pool.add_user("ana", status="UNCONFIRMED")
        self.client.get("/approve/ana")
        self.assertEqual(self.pool.users["ana"].status, "CONFIRMED")
""",
        ["--ds=django_settings"],
        {"passed": 3},
    ),
    "pytest-randomly": (
        """
import pytest
from application import approve

@pytest.mark.parametrize("number", range(5))
def test_each_has_its_pool(cognito_pool, number):
    assert not cognito_pool.users
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    approve("ana")
""",
        ["-p", "randomly", "-p", "no:xdist"],
        {"passed": 5},
    ),
    "pytest-xdist": (
        """
import pytest
from application import approve

@pytest.mark.parametrize("number", range(6))
def test_in_workers(cognito_pool, number):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    approve("ana")
""",
        ["-n2"],
        {"passed": 6},
    ),
    "pytest-socket": (
        """
import pytest
from application import approve

def test_no_socket_is_opened(cognito_pool, socket_disabled):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    approve("ana")
    assert cognito_pool.sign_in("ana").access_token
""",
        ["--disable-socket"],
        {"passed": 1},
    ),
    "pytest": (
        """
from application import approve

def test_subtests(cognito_pool, subtests):
    for name in ("ana", "ben"):
        with subtests.test(name):
            cognito_pool.add_user(name, status="UNCONFIRMED")
            approve(name)
""",
        [],
        {"passed": 1},
    ),
    "unittest": (
        """
import unittest
import pytest
from application import approve

class TestApproval(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _pool(self, cognito_pool):
        self.pool = cognito_pool

    def test_its_own_subtests(self):
        for name in ("ana", "ben"):
            with self.subTest(name):
                self.pool.add_user(name, status="UNCONFIRMED")
                approve(name)

    def test_a_swallowed_error_fails_it(self):
        self.pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
""",
        [],
        {"passed": 1, "failed": 1},
    ),
    "moto": (
        """
import boto3
import pytest
from application import approve
from moto import mock_aws

@mock_aws
def test_decorated(cognito_pool):
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="bucket")
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    approve("ana")
    assert cognito_pool.calls.operations == ["AdminConfirmSignUp"]

@pytest.fixture(scope="session")
def aws():
    with mock_aws():
        yield boto3.client("s3", region_name="us-east-1")

def test_around(aws, cognito_pool):
    aws.create_bucket(Bucket="bucket")
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    approve("ana")

def test_inside(cognito_pool):
    with mock_aws():
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        approve("ana")
    cognito_pool.add_user("ben", status="UNCONFIRMED")
    approve("ben")
""",
        [],
        {"passed": 3},
    ),
    "freezegun": (
        """
import freezegun
from application import approve

@freezegun.freeze_time("2030-01-01")
def test_decorated(cognito_pool):
    assert cognito_pool.add_user("ana", status="UNCONFIRMED").created.year == 2030
    approve("ana")

@freezegun.freeze_time("2031-01-01")
class TestDecorated:
    def test_in_a_class(self, cognito_pool):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        approve("ana")
        assert cognito_pool.calls[0].at.year == 2031
""",
        [],
        {"passed": 2},
    ),
    "time-machine": (
        """
from application import approve

def test_its_fixture(cognito_pool, time_machine):
    time_machine.move_to("2030-01-01")
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    approve("ana")
    assert cognito_pool.calls[0].at.year == 2030
""",
        [],
        {"passed": 1},
    ),
    "aws-lambda-powertools": (
        """
from application import approve
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes import event_source
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import PostConfirmationTriggerEvent

logger = Logger(service="welcome")

@logger.inject_lambda_context
@event_source(data_class=PostConfirmationTriggerEvent)
def handler(event, context):
    assert event.user_name == "ana" and context.function_name
    return event.raw_event

def test_a_function_with_its_decorators(cognito_pool):
    cognito_pool.on("PostConfirmation", handler)
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    approve("ana")
    assert cognito_pool.triggers.one().error is None
""",
        [],
        {"passed": 1},
    ),
}
DJANGO = """
SECRET_KEY = "x"
ALLOWED_HOSTS = ["testserver"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
"""
# Each is loaded by the suite that is about it, and by no other.
PLUGINS = ("asyncio", "django", "randomly", "rerunfailures", "socket", "timeout", "xdist")


def is_installed(neighbour):
    if neighbour in {"unittest", "pytest"}:
        return neighbour == "unittest" or pytest.version_tuple >= (9, 0)
    try:
        return all(map(version, [neighbour, *(["trio"] if neighbour == "anyio" else [])]))
    except PackageNotFoundError:
        return False


@pytest.mark.parametrize("neighbour", SUITES)
def test_a_neighbour(pytester, neighbour):
    if not is_installed(neighbour):
        pytest.skip(NEEDS)
    code, args, outcomes = SUITES[neighbour]
    pytester.makepyfile(application=APPLICATION, django_settings=DJANGO, test_suite=code)
    pytester.syspathinsert()
    own = neighbour.removeprefix("pytest-")
    without = [option for name in PLUGINS if name != own for option in ("-p", f"no:{name}")]
    result = pytester.runpytest_subprocess(*without, *args)
    assert result.parseoutcomes() == outcomes


def test_the_page_has_each_neighbour_with_the_version_that_was_tested():
    rows = dict(re.findall(r"^\| ([\w.-]+) \| (\d[\w.]*) \|", PAGE, re.MULTILINE))
    assert {*SUITES} - {"pytest", "unittest"} <= rows.keys()
