"""The records of an account: the logs of its pools, and failures that were not reported yet."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_pool._api.errors import UnreportedError, UsageError
from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError
from pytest_cognito_pool._service.wording import LONGEST, said, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.journal import Call, Invocation, Message
    from pytest_cognito_pool._service.pool.pool import Pool


class Logs(NamedTuple):
    """The logs of one pool."""

    calls: list[Call]
    triggers: list[Invocation[Any]]
    outbox: list[Message]


class Recorder:
    """The Listener of one fake: it records what happens, and calls the author's hooks.

    Args:
        account: the account.
        on_call: called with each call when the application gets its result.
        test_files: patterns of the names of files whose failed assertions fail the test.

    Attributes:
        calls: every call, in order.
        of_test: the calls since the running test began.
        raised: what hooks and predicates of the author raised since then.
        watchers: called with each call that is received.
        on_pool: called with each pool that the application creates.
    """

    def __init__(
        self,
        account: Account,
        on_call: Callable[[Call], object] | None,
        test_files: Sequence[str],
    ) -> None:
        self.calls: list[Call] = []
        self.of_test: list[Call] = []
        self.raised: list[str] = []
        self.watchers: list[Callable[[Call], None]] = []
        self.on_pool: Callable[[Pool], object] = lambda _pool: None
        # By the number of the pool: a new one may have the id of one that was deleted.
        self._logs: dict[int, Logs] = {}
        self._account = account
        # What is not reported yet; other threads may append during the report.
        self._unreported_calls: deque[Call] = deque()
        self._unreported_invocations: deque[Invocation[Any]] = deque()
        self._unreported_raised: deque[str] = deque()
        self._unreported_replies: deque[tuple[Call, BaseException]] = deque()
        self._queues: tuple[deque[Any], ...] = (
            self._unreported_calls,
            self._unreported_invocations,
            self._unreported_raised,
            self._unreported_replies,
        )
        self._on_call = on_call
        self._test_files = tuple(test_files)

    def begin(self) -> None:
        """Note that a test begins."""
        self.of_test = []
        self.raised = []

    def note(self, raised: str) -> None:
        """Keep the message about an exception of an author's hook or predicate."""
        self.raised.append(raised)
        self._unreported_raised.append(raised)

    def logs(self, number: int) -> Logs:
        """The logs of the pool of that number; a call may name a pool before the pool is announced."""
        return self._logs.setdefault(number, Logs([], [], []))

    def forget(self) -> None:
        """Drop all records."""
        self.calls.clear()
        self.of_test.clear()
        self._logs.clear()
        for queue in self._queues:
            queue.clear()

    @contextmanager
    def window(self) -> Iterator[None]:
        """Record into new logs during a with-block; afterwards restore the old logs."""
        before = self.calls, self._logs
        self.calls, self._logs = [], {}
        try:
            yield
        finally:
            self.calls, self._logs = before

    def pool_created(self, pool: Pool) -> None:
        """Call the author's hook with a pool that the application created."""
        with self._observing("the hook for new pools"):
            self.on_pool(pool)

    def call_received(self, call: Call) -> None:
        """Record a call at its first attempt, when its parameters are known."""
        self.calls.append(call)
        self.of_test.append(call)
        for watch in self.watchers:
            watch(call)
        if call.pool_id is not None:
            self.logs(self._account.number(call.pool_id)).calls.append(call)

    def trigger_invoked(self, pool: Pool, invocation: Invocation[Any]) -> None:
        """Record a trigger invocation, before its function runs."""
        self.logs(pool.number).triggers.append(invocation)
        if invocation.handler is not None:
            self._unreported_invocations.append(invocation)

    def message_sent(self, pool: Pool, message: Message) -> None:
        """Record a message to a user."""
        self.logs(pool.number).outbox.append(message)

    def reply_raised(self, call: Call, error: BaseException) -> None:
        """Note what an own reply raised."""
        self._unreported_replies.append((call, error))

    def call_finished(self, call: Call) -> None:
        """Note the result of a call, when the application gets it."""
        if isinstance(call.raised, (UnsupportedOperationError, UsageError)):
            self._unreported_calls.append(call)
        if self._on_call is not None:
            with self._observing("the hook for calls"):
                self._on_call(call)

    @contextmanager
    def _observing(self, what: str) -> Iterator[None]:
        """Run a hook of the author in a with-block; what it raises is reported, and hidden from the application."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - an author's hook may raise anything
            from pytest_cognito_pool._api.frames import raised_at

            text = f"{type(error).__name__}: {shortened(said(error), LONGEST)}"
            self.note(f"{what} raised {text} at {raised_at(error)}")

    def unreported(self, faults: Sequence[str]) -> UnreportedError | None:
        """The error about these unused faults and what the application ignored, unless reported before."""
        if not (faults or any(self._queues)):
            return None
        from pytest_cognito_pool._api.frames import error_lines

        calls = [(call.signature(), said(call.raised)) for call in _drained(self._unreported_calls)]
        replies = [
            (call.signature(), "\n".join(error_lines(error))) for call, error in _drained(self._unreported_replies)
        ]
        assertions = [
            (f"{invocation.source} -> {invocation.handler_name}", error_lines(invocation.error))
            for invocation in _drained(self._unreported_invocations)
            if invocation.error is not None and self._is_failed_assertion(invocation.error)
        ]
        raised = list(_drained(self._unreported_raised))
        if not (calls or assertions or faults or raised or replies):
            return None
        return UnreportedError(calls, assertions, faults, raised, replies)

    def _is_failed_assertion(self, error: BaseException) -> bool:
        """Whether it is a failed assertion of a test module or a conftest, or a group with one."""
        from pytest_cognito_pool._api.frames import members

        grouped = any(self._is_failed_assertion(each) for each in members(error))
        return grouped or (isinstance(error, AssertionError) and self._is_of_a_test(error))

    def _is_of_a_test(self, error: AssertionError) -> bool:
        """Whether a test module or a conftest raised it, according to the patterns in `test_files`."""
        from pytest_cognito_pool._api.frames import raised_in

        path = PurePath(raised_in(error))
        # As in pytest, a pattern with folders must match the end of a path, any other pattern the file's name.
        return any(
            fnmatch(path.as_posix(), f"*/{pattern}") if "/" in pattern else fnmatch(path.name, pattern)
            for pattern in self._test_files
        )


def _drained(queue: deque[Any]) -> Iterator[Any]:
    """Take every item out of the queue."""
    while queue:
        yield queue.popleft()
