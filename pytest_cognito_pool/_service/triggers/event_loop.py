"""Run functions inside an event loop as if there were no loop: on Lambda they have their own process."""

from __future__ import annotations

import contextvars
import sys
import threading
from contextlib import closing
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

# Tried up to 3.13; from 3.14 on the state of a loop is the thread's own, and a function gets a thread.
_CAN_SET_ASIDE: Final = sys.version_info < (3, 14)


class _OfFunctions(threading.local):
    """The loop that `asyncio.get_event_loop` gave functions of this thread; on Lambda, later calls get the same one."""

    loop: asyncio.AbstractEventLoop | None = None


_of_functions: Final = _OfFunctions()


def outside(function: Callable[[], Any]) -> Any:
    """What the function returns, called as if no event loop ran, so that it may run one of its own."""
    events = sys.modules.get("asyncio.events")
    # Where asyncio was never imported no loop runs.
    loop = events._get_running_loop() if events is not None else None  # noqa: SLF001 - the public one raises
    if loop is None:
        return function()
    context = contextvars.copy_context()
    if "sniffio" in sys.modules:
        # By this, anyio and others detect that a loop runs.
        context.run(sys.modules["sniffio"].current_async_library_cvar.set, None)
    work = partial(context.run, function)
    return _set_aside(loop, work) if _CAN_SET_ASIDE else _in_a_thread(work)


def _set_aside(loop: asyncio.AbstractEventLoop, function: Callable[[], Any]) -> Any:
    """In this thread: what the function shares with the application may belong to it, as a database connection does."""
    from asyncio import events, tasks

    # What 3.12 keeps beside the running loop for its eager tasks.
    swap = getattr(tasks, "_swap_current_task", lambda _loop, _task: None)
    task = swap(loop, None)
    # Another policy may store the loop of `get_event_loop` elsewhere; such a policy is not changed.
    local: Any = getattr(events.get_event_loop_policy(), "_local", SimpleNamespace(_loop=None, _set_called=False))
    before = local._loop, local._set_called  # noqa: SLF001 - there is no other way to have it back
    kept = _of_functions.loop
    local._loop, local._set_called = None if kept is None or kept.is_closed() else kept, False  # noqa: SLF001 - the same
    events._set_running_loop(None)  # noqa: SLF001 - what asyncio.run looks at
    try:
        return function()
    finally:
        events._set_running_loop(loop)  # noqa: SLF001 - the same
        # After `asyncio.run` there is none.
        _of_functions.loop = local._loop or kept  # noqa: SLF001 - the same
        local._loop, local._set_called = before  # noqa: SLF001 - the same
        swap(loop, task)


def _in_a_thread(function: Callable[[], Any]) -> Any:
    """In a thread that has ended when this returns."""
    outcome = _Outcome()
    thread = threading.Thread(target=outcome.of, args=(function,), name="cognito-pool-function")
    thread.start()
    thread.join()
    return outcome.result()


class _Outcome:
    """What a function returned or raised in another thread."""

    def __init__(self) -> None:
        self._returned: Any = None
        self._raised: BaseException | None = None

    def of(self, function: Callable[[], Any]) -> None:
        """Call the function, with a loop for `asyncio.get_event_loop`."""
        import asyncio

        try:
            with closing(asyncio.new_event_loop()) as loop:
                asyncio.set_event_loop(loop)
                self._returned = function()
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
            self._raised = error

    def result(self) -> Any:
        """What it returned; raises what it raised."""
        if self._raised is not None:
            raise self._raised
        return self._returned
