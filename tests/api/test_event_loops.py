"""Functions that run an event loop of their own, called by an application that runs one."""

from __future__ import annotations

import asyncio
import contextvars
import sys
import threading
import types
import warnings

import pytest

from pytest_cognito_pool._service.triggers import event_loop as loops

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


def test_the_loop_that_python_gives_a_function(cognito_pool, confirm, way):
    """An older idiom of Lambda functions; the loop is there at the next call, but for a thread that has ended."""
    found = []

    def handler(event, _context):
        with warnings.catch_warnings():
            # From 3.12 on Python says that it makes a loop.
            warnings.simplefilter("ignore", DeprecationWarning)
            found.append(asyncio.get_event_loop())
        found[-1].run_until_complete(work("x"))
        return event

    async def application():
        own = asyncio.get_running_loop()
        confirm("ana")
        with cognito_pool.on("PostConfirmation", lambda event, context: asyncio.run(work(event))):
            confirm("ben")
        confirm("cy")
        assert asyncio.get_event_loop() is own
        return await work("end")

    cognito_pool.on("PostConfirmation", handler)
    loops._of_functions.loop = None
    try:
        assert asyncio.run(application()) == "end"
        assert (found[0] is found[1]) is (way == "set aside")
    finally:
        for loop in found:
            loop.close()
    asyncio.run(application_of(confirm))
    found[-1].close()


async def application_of(confirm):
    """After a function closed the loop it has another."""
    confirm("dee")


def test_a_loop_that_nobody_set_stays_so(cognito_pool, confirm, way):
    """What `asyncio.get_event_loop` does is as before."""
    policy = asyncio.get_event_loop_policy()
    before = policy._local._loop, policy._local._set_called
    cognito_pool.on("PostConfirmation", lambda event, context: event)

    async def application():
        confirm()

    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(application())
    finally:
        loop.close()
    assert (policy._local._loop, policy._local._set_called) == before


def test_libraries_that_ask_sniffio(cognito_pool, confirm, monkeypatch):
    """As anyio does, which refuses to run where one of them runs."""
    library = contextvars.ContextVar("library", default=None)
    monkeypatch.setitem(sys.modules, "sniffio", types.SimpleNamespace(current_async_library_cvar=library))
    seen = []

    @cognito_pool.on("PostConfirmation")
    def handler(event, _context):
        seen.append(library.get())
        return event

    async def application():
        library.set("asyncio")
        confirm()
        return library.get()

    assert asyncio.run(application()) == "asyncio"
    assert seen == [None]


class Elsewhere:
    """A policy that keeps the loop of a thread in a place of its own."""

    def __init__(self, policy):
        self._policy = policy

    def __getattr__(self, name):
        if name == "_local":
            raise AttributeError(name)
        return getattr(self._policy, name)


def test_a_policy_that_keeps_its_loop_elsewhere(monkeypatch):
    policy = Elsewhere(asyncio.get_event_loop_policy())

    async def application():
        with monkeypatch.context() as patch:
            patch.setattr(asyncio.events, "get_event_loop_policy", lambda: policy)
            value = loops.outside(lambda: 5)
        return value, await work("end")

    assert asyncio.run(application()) == (5, "end")
