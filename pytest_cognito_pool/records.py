"""What an account's calls leave behind: the logs, the pools' faces, and errors the application may have swallowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool.errors import SwallowedError, UnsupportedOperationError, UsageError
from pytest_cognito_pool.log import CallLog, TriggerLog
from pytest_cognito_pool.pool import UserPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_cognito_pool._service import state
    from pytest_cognito_pool.log import Call, Invocation


class Records:
    """Keeps what happens, and tells the author's hooks of it.

    Attributes:
        calls: every call, in order.
        pools: the pools as tests hold them, deleted ones too.
    """

    def __init__(
        self,
        account: state.Account,
        on_pool: Callable[[UserPool], object] | None,
        on_call: Callable[[Call], object] | None,
    ) -> None:
        self.calls: list[Call] = []
        self.pools: dict[str, UserPool] = {}
        self._account = account
        self._logs: dict[str, tuple[list[Call], list[Invocation[Any]]]] = {}
        self._unheard: list[Call] = []
        self._on_pool = on_pool
        self._on_call = on_call

    def created(self, record: state.Pool) -> None:
        """Give a new pool its face and its logs."""
        calls, triggers = self._logs[record.id] = ([], [])
        pool = self.pools[record.id] = UserPool(self._account, record, CallLog(calls), TriggerLog(triggers))
        if self._on_pool is not None:
            self._on_pool(pool)

    def _log(self, pool_id: str) -> tuple[list[Call], list[Invocation[Any]]]:
        """The pool's calls and invocations; a call may name a pool before it is made known here."""
        return self._logs.setdefault(pool_id, ([], []))

    def filed(self, call: Call) -> None:
        """File a call at its first attempt, when its parameters are known."""
        self.calls.append(call)
        if call.pool_id is not None:
            self._log(call.pool_id)[0].append(call)

    def invoked(self, pool: state.Pool, invocation: Invocation[Any]) -> None:
        """File a trigger invocation."""
        self._log(pool.id)[1].append(invocation)

    def finished(self, call: Call) -> None:
        """Note what came of a call, when the application gets it."""
        if isinstance(call.raised, (UnsupportedOperationError, UsageError)):
            self._unheard.append(call)
        if self._on_call is not None:
            self._on_call(call)

    def swallowed(self) -> SwallowedError | None:
        """What the application was told by the fake itself since this was last asked."""
        calls, self._unheard = self._unheard, []
        return SwallowedError([(call.signature(), str(call.raised)) for call in calls]) if calls else None
