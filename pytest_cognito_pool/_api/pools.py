"""The pools of an account, as an author of a test holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pytest_cognito_pool._api.errors import unknown_key
from pytest_cognito_pool._api.pool import UserPool
from pytest_cognito_pool._service.wording import hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_cognito_pool._api.recorder import Recorder
    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.pool.pool import Pool


class Pools(Mapping[str, UserPool]):
    """The pools of an account by id, including those made through CreateUserPool.

    Args:
        account: the account.
        recorder: what happens in it.
        on_pool: called with each pool, however it was made.
    """

    __slots__ = ("_account", "_faces", "_on_pool", "_recorder")

    def __init__(self, account: Account, recorder: Recorder, on_pool: Callable[[UserPool], object] | None) -> None:
        self._account = account
        self._recorder = recorder
        self._on_pool = on_pool
        recorder.on_pool = self.announce
        # By the number of the pool: a new one may have the id of one that was deleted.
        self._faces: dict[int, UserPool] = {}

    def face(self, record: Pool) -> UserPool:
        """The public object of a pool, always the same."""
        # Two threads may ask at once.
        known = self._faces.get(record.number)
        return known or self._faces.setdefault(record.number, UserPool(self._account, record, self._recorder))

    def announce(self, record: Pool) -> None:
        """Tell the author's hook of a new pool."""
        if self._on_pool is not None:
            self._on_pool(self.face(record))

    def __getitem__(self, pool_id: str) -> UserPool:
        record = self._account.pools.get(pool_id)
        if record is None:
            there_are = hint(pool_id, list(self), "existing pools") if self else "there is none"
            raise unknown_key(f"no pool has the id {pool_id!r}; {there_are}")
        return self.face(record)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._account.pools))

    def __len__(self) -> int:
        return len(self._account.pools)

    def __repr__(self) -> str:
        return f"<Pools {list(self)}>"
