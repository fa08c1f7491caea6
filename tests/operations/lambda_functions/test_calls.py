"""Functions that call back into the pool, from any thread and from asynchronous applications."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial

import pytest

from pytest_cognito_pool import (
    CustomMessageEvent,
    PostConfirmationEvent,
    PreSignUpEvent,
)

evidence = pytest.mark.evidence
OURS = evidence("inferred", "what the fake records and tells a test author; the service has no say in it")


def causes(pool):
    """Each call with the user of the call that caused it."""
    return [(call.operation, call.caused_by and call.caused_by.payload["userName"]) for call in pool.calls]


@pytest.fixture
def look(cognito_pool, cognito_idp):
    """A call for functions to make."""
    return partial(cognito_idp.admin_get_user, UserPoolId=cognito_pool.id)


class TestCallsFromFunctions:
    @OURS
    def test_a_call_of_the_function_belongs_to_its_invocation(self, cognito_pool, confirm, look):
        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            assert look(Username=event["userName"])["UserStatus"] == "CONFIRMED"
            return event

        confirm("ana")
        look(Username="ana")
        outer, inner, after = cognito_pool.calls
        invocation = cognito_pool.triggers.one(PostConfirmationEvent)
        assert (outer.caused_by, after.caused_by) == (None, None)
        assert inner.caused_by is invocation
        assert invocation.calls == [inner]
        assert invocation.calls[0] is inner

    @OURS
    def test_each_call_belongs_to_the_function_that_made_it(self, cognito_pool, confirm, sign_up, look):
        @cognito_pool.on("PreSignUp")
        def check(event, _context):
            look(Username="ana")
            return event

        @cognito_pool.on("PostConfirmation")
        def invite(event, _context):
            sign_up(Username="bob")
            look(Username="ana")
            return event

        confirm("ana")
        assert causes(cognito_pool) == [
            ("AdminConfirmSignUp", None),
            ("SignUp", "ana"),
            ("AdminGetUser", "bob"),
            ("AdminGetUser", "ana"),
        ]
        outer, inner = cognito_pool.triggers.one(PostConfirmationEvent), cognito_pool.triggers.one(PreSignUpEvent)
        assert outer.calls == [cognito_pool.calls[1], cognito_pool.calls[3]]
        assert inner.calls == [cognito_pool.calls[2]]
        assert inner.call is cognito_pool.calls[1]

    @OURS
    def test_calls_from_nested_threads_belong_to_the_function(self, cognito_pool, confirm, look):
        def run(target, **given):
            thread = threading.Thread(target=copy_context().run, args=(target,), kwargs=given)
            thread.start()
            thread.join()

        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            run(look, Username="ana")
            run(lambda: run(look, Username="ana"))
            return event

        confirm("ana")
        look(Username="ana")
        assert causes(cognito_pool) == [
            ("AdminConfirmSignUp", None),
            ("AdminGetUser", "ana"),
            ("AdminGetUser", "ana"),
            ("AdminGetUser", None),
        ]

    @OURS
    def test_calls_from_an_executor_that_outlives_the_function(self, cognito_pool, confirm, look):
        with ThreadPoolExecutor(max_workers=1) as executor:

            @cognito_pool.on("PostConfirmation")
            def welcome(event, _context):
                executor.submit(copy_context().run, partial(look, Username=event["userName"])).result()
                return event

            confirm("ana")
            confirm("bob")
            executor.submit(look, Username="bob").result()
        assert causes(cognito_pool) == [
            ("AdminConfirmSignUp", None),
            ("AdminGetUser", "ana"),
            ("AdminConfirmSignUp", None),
            ("AdminGetUser", "bob"),
            ("AdminGetUser", None),
        ]

    @OURS
    def test_calls_from_an_executor_that_two_functions_share(self, cognito_pool, confirm, look):
        met, done = threading.Barrier(2, timeout=10), threading.Event()
        with ThreadPoolExecutor(max_workers=1) as executor:

            @cognito_pool.on("PostConfirmation")
            def welcome(event, _context):
                if event["userName"] == "ana":
                    executor.submit(copy_context().run, partial(look, Username="ana")).result()
                    met.wait()
                    assert done.wait(10)
                else:
                    met.wait()
                    executor.submit(copy_context().run, partial(look, Username="bob")).result()
                    done.set()
                return event

            threads = [threading.Thread(target=confirm, args=(name,)) for name in ("ana", "bob")]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        looks = cognito_pool.calls.of("AdminGetUser")
        assert [call.caused_by.payload["userName"] for call in looks] == ["ana", "bob"]

    @OURS
    def test_calls_after_the_end_of_the_function_belong_to_the_application(self, cognito_pool, confirm, look):
        ended, threads = threading.Event(), []

        def look_later():
            assert ended.wait(10)
            look(Username="ana")

        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            threads.append(threading.Thread(target=copy_context().run, args=(look_later,)))
            threads[0].start()
            return event

        confirm("ana")
        ended.set()
        threads[0].join()
        assert causes(cognito_pool) == [("AdminConfirmSignUp", None), ("AdminGetUser", None)]
        assert cognito_pool.triggers[0].calls == []

    @OURS
    def test_calls_from_other_threads_belong_to_the_application(self, cognito_pool, confirm, look):
        running, looked = threading.Event(), threading.Event()

        def application():
            assert running.wait(10)
            thread = threading.Thread(target=look, kwargs={"Username": "ana"})
            thread.start()
            thread.join()
            looked.set()

        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            running.set()
            assert looked.wait(10)
            return event

        other = threading.Thread(target=application)
        other.start()
        confirm("ana")
        other.join()
        assert causes(cognito_pool) == [("AdminConfirmSignUp", None), ("AdminGetUser", None)]

    @OURS
    def test_many_functions_at_once_have_their_own_calls(self, cognito_pool, confirm, look):
        @cognito_pool.on("PostConfirmation")
        def welcome(event, _context):
            name = event["userName"]
            look(Username=name)
            with ThreadPoolExecutor(max_workers=2) as executor:
                for work in [executor.submit(copy_context().run, partial(look, Username=name)) for _ in range(2)]:
                    work.result()
            return event

        names = [f"user{number}" for number in range(24)]
        with ThreadPoolExecutor(max_workers=8) as application:
            list(application.map(confirm, names, timeout=60))
        assert sorted(cognito_pool.calls.operations) == ["AdminConfirmSignUp"] * 24 + ["AdminGetUser"] * 72
        for invocation in cognito_pool.triggers:
            name = invocation.payload["userName"]
            assert [call.request["Username"] for call in invocation.calls] == [name] * 3
            assert invocation.call.request["Username"] == name
        assert sorted(invocation.payload["userName"] for invocation in cognito_pool.triggers) == sorted(names)

    @evidence(
        "observed", "ASUCICREPO/PDF_accessability_UI#14: a function deletes an unconfirmed user with the same username"
    )
    def test_a_function_may_delete_an_unconfirmed_user_with_the_same_username(self, cognito_pool, cognito_idp, sign_up):
        sign_up(Username="ana")

        @cognito_pool.on("PreSignUp")
        def delete_twin(event, _context):
            cognito_idp.admin_delete_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            return event

        sign_up(Username="ana")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("inferred", "no lock is held while a function runs")
    def test_a_sign_up_is_refused_if_its_function_creates_a_user_with_the_username(
        self, cognito_pool, cognito_idp, sign_up, refused
    ):
        @cognito_pool.on("PreSignUp_SignUp")
        def take_the_name(event, _context):
            cognito_idp.admin_create_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            return event

        with refused("UsernameExistsException", "User already exists"):
            sign_up(Username="ana")
        assert cognito_pool.users["ana"].status == "FORCE_CHANGE_PASSWORD"

    @evidence("inferred", "the user is not read again after the function")
    def test_a_post_confirmation_function_may_delete_the_user(self, cognito_pool, cognito_idp, confirm):
        @cognito_pool.on("PostConfirmation")
        def delete(event, _context):
            cognito_idp.admin_delete_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            return event

        confirm("ana")
        assert not cognito_pool.users

    @evidence("inferred", "the message is ready before the function runs")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_a_custom_message_function_may_delete_the_user(self, cognito_pool, cognito_idp, sign_up):
        @cognito_pool.on("CustomMessage")
        def delete(event, _context):
            cognito_idp.admin_delete_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            event["response"]["emailMessage"] = "Gone, {####}"
            return event

        sign_up(Username="ana")
        message = cognito_pool.outbox[-1]
        assert (message.username, message.body) == ("ana", f"Gone, {message.code}")
        assert not cognito_pool.users
        assert cognito_pool.triggers.one(CustomMessageEvent).event.user_name == "ana"


ASYNC = """
import asyncio
import threading
from contextvars import copy_context

import boto3
from aiobotocore.session import get_session

from pytest_cognito_pool import Cognito


async def main(cognito, handler):
    pool = cognito.create_pool()
    back = boto3.client("cognito-idp", region_name=cognito.region)

    @pool.on("PostConfirmation")
    def welcome(event, context):
        handler(back, event)
        return event

    names = [f"user{number}" for number in range(10)]
    for name in names:
        pool.add_user(name, status="UNCONFIRMED")
    async with get_session().create_client("cognito-idp", region_name=cognito.region) as client:
        await asyncio.gather(*(client.admin_confirm_sign_up(UserPoolId=pool.id, Username=name) for name in names))
        with pool.on("PostConfirmation", raises=ValueError("mail is down")):
            pool.add_user("ana", status="UNCONFIRMED")
            try:
                await client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
            except client.exceptions.UserLambdaValidationException as error:
                assert error.response["Error"]["Message"] == "PostConfirmation failed with error mail is down."
            else:
                raise AssertionError("was not refused")
        await client.admin_get_user(UserPoolId=pool.id, Username="ana")
    assert {user.status for user in pool.users.values()} == {"CONFIRMED"}
    assert len(pool.users) == 11
    for name, invocation in zip(sorted(names), sorted(pool.triggers, key=lambda each: each.payload["userName"])[1:]):
        assert [call.request["Username"] for call in invocation.calls] == [name]
        assert invocation.call.request["Username"] == name
    assert pool.calls[-1].caused_by is None


def at_once(back, event):
    back.admin_get_user(UserPoolId=event["userPoolId"], Username=event["userName"])


def in_a_thread(back, event):
    thread = threading.Thread(target=copy_context().run, args=(at_once, back, event))
    thread.start()
    thread.join()


with Cognito(region="us-east-1") as cognito:
    asyncio.run(main(cognito, {handler}))
"""


class TestAsynchronousApplication:
    @OURS
    @pytest.mark.parametrize(
        "handler",
        [
            "at_once",
            "in_a_thread",
        ],
    )
    def test_its_functions_may_call_the_pool(self, handler):
        """In its own process: what an event loop leaves behind must not cause warnings in this suite."""
        pytest.importorskip("aiobotocore")
        script = ASYNC.replace("{handler}", handler)
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
