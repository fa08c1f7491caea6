"""What an account's calls leave behind: the logs, the pools' faces, and what the application may have swallowed."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_pool.errors import TruthError, UnsupportedOperationError, UsageError
from pytest_cognito_pool.pool import UserPool
from pytest_cognito_pool.tracebacks import error_lines, raised_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_cognito_pool._service import state
    from pytest_cognito_pool.calls import Call
    from pytest_cognito_pool.invocations import Invocation
    from pytest_cognito_pool.outbox import Message


class Logs(NamedTuple):
    """What one pool leaves behind."""

    calls: list[Call]
    triggers: list[Invocation[Any]]
    outbox: list[Message]


class Records:
    """Keeps what happens, and tells the author's hooks of it.

    Attributes:
        pools: the pools as tests hold them, deleted ones too.
    """

    def __init__(
        self,
        account: state.Account,
        on_pool: Callable[[UserPool], object] | None,
        on_call: Callable[[Call], object] | None,
        test_files: Sequence[str],
    ) -> None:
        self.pools: dict[str, UserPool] = {}
        self._account = account
        self._logs: dict[str, Logs] = {}
        self._unheard: list[Call] = []
        self._unjudged: list[Invocation[Any]] = []
        self._on_pool = on_pool
        self._on_call = on_call
        self._test_files = tuple(test_files)

    def created(self, record: state.Pool) -> None:
        """Give a new pool its face and its logs."""
        logs = self._logs[record.id] = Logs([], [], [])
        pool = self.pools[record.id] = UserPool(self._account, record, logs)
        if self._on_pool is not None:
            self._on_pool(pool)

    def _log(self, pool_id: str) -> Logs:
        """The pool's logs; a call may name a pool before it is made known here."""
        return self._logs.setdefault(pool_id, Logs([], [], []))

    def filed(self, call: Call) -> None:
        """File a call at its first attempt, when its parameters are known."""
        self._account.calls.append(call)
        if call.pool_id is not None:
            self._log(call.pool_id).calls.append(call)

    def invoked(self, pool: state.Pool, invocation: Invocation[Any]) -> None:
        """File a trigger invocation, before its function runs."""
        self._log(pool.id).triggers.append(invocation)
        if invocation.handler is not None:
            self._unjudged.append(invocation)

    def sent(self, pool: state.Pool, message: Message) -> None:
        """File a message to a user."""
        self._log(pool.id).outbox.append(message)

    def finished(self, call: Call) -> None:
        """Note what came of a call, when the application gets it."""
        if isinstance(call.raised, (UnsupportedOperationError, UsageError)):
            self._unheard.append(call)
        if self._on_call is not None:
            self._on_call(call)

    def truth(self) -> TruthError | None:
        """What the application swallowed or never came to, since this was last asked."""
        calls, self._unheard = self._unheard, []
        invocations, self._unjudged = self._unjudged, []
        told = [(call.signature(), str(call.raised)) for call in calls]
        failed = [
            (f"{invocation.source} -> {invocation.handler_name}", error_lines(invocation.error))
            for invocation in invocations
            if isinstance(invocation.error, AssertionError) and self._is_of_a_test(invocation.error)
        ]
        unspent = self._account.faults.told()
        return TruthError(told, failed, unspent) if told or failed or unspent else None

    def _is_of_a_test(self, error: AssertionError) -> bool:
        """Whether it was raised in a test module or a conftest, as those name their files who run them."""
        path = PurePath(raised_in(error))
        # As pytest does: a pattern with folders is for the end of a path, any other for the file's name.
        return any(
            fnmatch(path.as_posix(), f"*/{pattern}") if "/" in pattern else fnmatch(path.name, pattern)
            for pattern in self._test_files
        )
