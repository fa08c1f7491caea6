"""Functions that run an event loop of their own, called by an application that runs one."""

from __future__ import annotations

import asyncio
import contextvars
import threading

import pytest

from pytest_cognito_pool._service import loops

WHO = contextvars.ContextVar("who", default="nobody")


@pytest.fixture(params=["set aside", "in a thread"], autouse=True)
def way(request, monkeypatch):
    """Both ways: the second is that of Pythons on which the first was not tried."""
    monkeypatch.setattr(loops, "_CAN_SET_ASIDE", request.param == "set aside")
    return request.param


async def work(value):
    await asyncio.sleep(0)
    return value


@pytest.fixture
def confirm(cognito_pool, cognito_idp):
    def confirm(name="ana"):
        cognito_pool.add_user(name, status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=name)

    return confirm


def test_a_function_runs_a_loop_and_that_of_the_application_goes_on(cognito_pool, confirm, way):
    seen = {}

    @cognito_pool.on("PostConfirmation")
    def handler(event, _context):
        seen["result"] = asyncio.run(work("done"))
        seen["who"] = WHO.get()
        seen["thread"] = threading.current_thread()
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        return event

    async def application():
        WHO.set("ana")
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        other = asyncio.create_task(work("other"))
        confirm()
        assert asyncio.get_running_loop() is loop
        assert asyncio.get_event_loop_policy().get_event_loop() is loop
        assert asyncio.current_task() is task
        async with asyncio.timeout(5) if hasattr(asyncio, "timeout") else Nothing():
            return await other

    assert asyncio.run(application()) == "other"
    assert (seen["result"], seen["who"]) == ("done", "ana")
    assert (seen["thread"] is threading.current_thread()) is (way == "set aside")


class Nothing:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        return None


def test_calls_of_such_a_function_are_its_own(cognito_pool, cognito_idp, confirm):
    async def look(event):
        return cognito_idp.admin_get_user(UserPoolId=event["userPoolId"], Username=event["userName"])

    @cognito_pool.on("PostConfirmation")
    def handler(event, _context):
        asyncio.run(look(event))
        return event

    async def application():
        confirm("ana")
        confirm("ben")

    asyncio.run(application())
    assert [call.request["Username"] for one in cognito_pool.triggers for call in one.calls] == ["ana", "ben"]


def test_a_function_that_calls_a_function_that_runs_a_loop(cognito_pool, cognito_idp, confirm):
    @cognito_pool.on("PostConfirmation")
    def outer(event, _context):
        async def inside():
            if event["userName"] == "ana":
                confirm("ben")
            return await work("x")

        asyncio.run(inside())
        return event

    async def application():
        confirm("ana")
        return await work("end")

    assert asyncio.run(application()) == "end"
    assert cognito_pool.users["ben"].status == "CONFIRMED"


def test_what_it_raises_is_what_it_raises(cognito_pool, cognito_idp, confirm):
    async def fails():
        raise ValueError("mail is down")

    @cognito_pool.on("PostConfirmation")
    def handler(event, _context):
        asyncio.run(fails())

    async def application():
        with pytest.raises(cognito_idp.exceptions.UserLambdaValidationException, match="mail is down"):
            confirm()
        return await work("end")

    assert asyncio.run(application()) == "end"
    assert isinstance(cognito_pool.triggers[0].error, ValueError)


def test_an_application_without_a_loop(cognito_pool, confirm):
    threads = []

    @cognito_pool.on("PostConfirmation")
    def handler(event, _context):
        threads.append(threading.current_thread())
        return event

    confirm()
    assert threads == [threading.current_thread()]


def test_where_asyncio_was_never_imported(monkeypatch):
    monkeypatch.delitem(loops.sys.modules, "asyncio.events")
    assert loops.outside(lambda: 5) == 5
