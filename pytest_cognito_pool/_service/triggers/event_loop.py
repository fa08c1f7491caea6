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

# Tested up to Python 3.13. From 3.14 on, each thread keeps its own loop state, so a function gets its own thread.
_CAN_SET_ASIDE: Final = sys.version_info < (3, 14)


class _OfFunctions(threading.local):
    """The loop that `asyncio.get_event_loop` gave functions of this thread; on Lambda, later calls get the same one."""

    loop: asyncio.AbstractEventLoop | None = None


_of_functions: Final = _OfFunctions()


def outside(function: Callable[[], Any]) -> Any:
    """Call the function as if no event loop ran, so that it may run its own loop; return its result."""
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
    """Call the function in this thread: shared objects may be bound to it, for example a database connection."""
    from asyncio import events, tasks

    # Python 3.12 also keeps the current task of the loop, for its eager tasks.
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
        # `asyncio.run` leaves no loop.
        _of_functions.loop = local._loop or kept  # noqa: SLF001 - the same
        local._loop, local._set_called = before  # noqa: SLF001 - the same
        swap(loop, task)


def _in_a_thread(function: Callable[[], Any]) -> Any:
    """Call the function in a new thread, and wait until it ends."""
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
        """Return what the function returned, or raise what it raised."""
        if self._raised is not None:
            raise self._raised
        return self._returned
