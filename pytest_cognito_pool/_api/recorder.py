"""What an account's calls leave behind: the logs, the pools' faces, and what the application may have swallowed."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_pool._api.errors import TruthError, UnsupportedOperationError, UsageError
from pytest_cognito_pool._api.faults import Faults
from pytest_cognito_pool._api.frames import error_lines, members, raised_at, raised_in
from pytest_cognito_pool._api.pool import UserPool
from pytest_cognito_pool._service.wording import LONGEST, said, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_cognito_pool._api.call_log import Call
    from pytest_cognito_pool._api.lifetimes import Test
    from pytest_cognito_pool._api.outbox import Message
    from pytest_cognito_pool._api.trigger_log import Invocation
    from pytest_cognito_pool._service import account as state


class Logs(NamedTuple):
    """What one pool leaves behind."""

    calls: list[Call]
    triggers: list[Invocation[Any]]
    outbox: list[Message]


class Records:
    """Keeps what happens, and tells the author's hooks of it.

    Attributes:
        calls: every call, in order.
        of_test: the calls since the test that runs began.
        raised: what hooks and predicates of the author's raised since then.
        faults: what the author put in the way of calls.
    """

    def __init__(
        self,
        account: state.Account,
        on_pool: Callable[[UserPool], object] | None,
        on_call: Callable[[Call], object] | None,
        test_files: Sequence[str],
    ) -> None:
        self.calls: list[Call] = []
        self.of_test: list[Call] = []
        self.raised: list[str] = []
        self.faults = Faults(self.note)
        # By the number of the pool: a new one may have the id of one that was deleted.
        self._faces: dict[int, UserPool] = {}
        self._logs: dict[int, Logs] = {}
        self._account = account
        # Other threads append while these are told.
        self._unheard: deque[Call] = deque()
        self._unjudged: deque[Invocation[Any]] = deque()
        self._raised: deque[str] = deque()
        self._replies: deque[tuple[Call, BaseException]] = deque()
        self._on_pool = on_pool
        self._on_call = on_call
        self._test_files = tuple(test_files)

    def begin(self) -> None:
        """Note that a test begins."""
        self.of_test = []
        self.raised = []

    def note(self, raised: str) -> None:
        """Keep what code of the author's raised where it only observes."""
        self.raised.append(raised)
        self._raised.append(raised)

    def logs(self, number: int) -> Logs:
        """The logs of the pool of that number; a call may name a pool before it is made known here."""
        return self._logs.setdefault(number, Logs([], [], []))

    @contextmanager
    def window(self) -> Iterator[None]:
        """While new logs are kept; then those from before are there again."""
        before = self.calls, self._logs
        self.calls, self._logs = [], {}
        try:
            yield
        finally:
            self.calls, self._logs = before

    def face(self, record: state.Pool) -> UserPool:
        """The pool as tests hold it."""
        # Two threads may ask at once.
        known = self._faces.get(record.number)
        return known or self._faces.setdefault(record.number, UserPool(self._account, record, self))

    def announce(self, pool: UserPool) -> None:
        """Tell the author's hook of a new pool."""
        if self._on_pool is not None:
            self._on_pool(pool)

    def created(self, record: state.Pool) -> None:
        """Tell the author's hook of a pool that the application created."""
        with self._observing("the hook for new pools"):
            self.announce(self.face(record))

    def filed(self, call: Call) -> None:
        """File a call at its first attempt, when its parameters are known."""
        self.calls.append(call)
        self.of_test.append(call)
        self.faults.filed(call)
        if call.pool_id is not None:
            self.logs(self._account.number(call.pool_id)).calls.append(call)

    def invoked(self, pool: state.Pool, invocation: Invocation[Any]) -> None:
        """File a trigger invocation, before its function runs."""
        self.logs(pool.number).triggers.append(invocation)
        if invocation.handler is not None:
            self._unjudged.append(invocation)

    def sent(self, pool: state.Pool, message: Message) -> None:
        """File a message to a user."""
        self.logs(pool.number).outbox.append(message)

    def reply_raised(self, call: Call, error: BaseException) -> None:
        """Note what an own reply raised."""
        self._replies.append((call, error))

    def finished(self, call: Call) -> None:
        """Note what came of a call, when the application gets it."""
        if isinstance(call.raised, (UnsupportedOperationError, UsageError)):
            self._unheard.append(call)
        if self._on_call is not None:
            with self._observing("the hook for calls"):
                self._on_call(call)

    @contextmanager
    def _observing(self, what: str) -> Iterator[None]:
        """While code of the author's observes; what it raises is told to the test and not to the application."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is
            text = f"{type(error).__name__}: {shortened(said(error), LONGEST)}"
            self.note(f"{what} raised {text} at {raised_at(error)}")

    def truth(self, test: Test | None) -> TruthError | None:
        """What the application swallowed since this was last asked, and which faults of a test it never came to.

        Args:
            test: whose faults; those of all and those that live longer when it is None.
        """
        told = [(call.signature(), said(call.raised)) for call in _drained(self._unheard)]
        replies = [(call.signature(), "\n".join(error_lines(error))) for call, error in _drained(self._replies)]
        failed = [
            (f"{invocation.source} -> {invocation.handler_name}", error_lines(invocation.error))
            for invocation in _drained(self._unjudged)
            if invocation.error is not None and self._is_failed(invocation.error)
        ]
        raised = list(_drained(self._raised))
        unspent = self.faults.told(test)
        if not (told or failed or unspent or raised or replies):
            return None
        return TruthError(told, failed, unspent, raised, replies)

    def _is_failed(self, error: BaseException) -> bool:
        """Whether it is a failed assertion of a test module or a conftest, or a group with one."""
        grouped = any(self._is_failed(each) for each in members(error))
        return grouped or (isinstance(error, AssertionError) and self._is_of_a_test(error))

    def _is_of_a_test(self, error: AssertionError) -> bool:
        """Whether it was raised in a test module or a conftest, as those name their files who run them."""
        path = PurePath(raised_in(error))
        # As pytest does: a pattern with folders is for the end of a path, any other for the file's name.
        return any(
            fnmatch(path.as_posix(), f"*/{pattern}") if "/" in pattern else fnmatch(path.name, pattern)
            for pattern in self._test_files
        )


def _drained(queue: deque[Any]) -> Iterator[Any]:
    """What is in the queue, taken out of it."""
    while queue:
        yield queue.popleft()
