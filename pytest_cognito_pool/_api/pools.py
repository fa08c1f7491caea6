"""The public mapping of the pools of an account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pytest_cognito_pool._api.errors import unknown_key
from pytest_cognito_pool._api.pool import UserPool
from pytest_cognito_pool._service.wording import hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_cognito_pool._api.activity import Activity
    from pytest_cognito_pool._service.pool.pool import Pool


class Faces:
    """The public objects of the pools of an account: always the same object for a pool.

    Args:
        activity: what is armed and recorded in the fake.
        on_pool: called with each pool, however it was made.
    """

    def __init__(self, activity: Activity, on_pool: Callable[[UserPool], object] | None) -> None:
        self.account = activity.account
        self._activity = activity
        self._on_pool = on_pool
        activity.recorder.on_pool = self.announce
        # By the number of the pool: a new one may have the id of one that was deleted.
        self._faces: dict[int, UserPool] = {}

    def of(self, record: Pool) -> UserPool:
        """The public object of a pool."""
        # Two threads may ask at once.
        known = self._faces.get(record.number)
        return known or self._faces.setdefault(record.number, UserPool(record, self._activity))

    def announce(self, record: Pool) -> None:
        """Call the author's hook with a new pool."""
        if self._on_pool is not None:
            self._on_pool(self.of(record))


class Pools(Mapping[str, UserPool]):
    """The pools of an account by id, including those made through CreateUserPool."""

    __slots__ = ("_faces",)

    def __init__(self, faces: Faces) -> None:
        self._faces = faces

    def __getitem__(self, pool_id: str) -> UserPool:
        record = self._faces.account.pools.get(pool_id)
        if record is None:
            there_are = hint(pool_id, list(self), "existing pools") if self else "there are no pools"
            raise unknown_key(f"no pool has the id {pool_id!r}; {there_are}")
        return self._faces.of(record)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._faces.account.pools))

    def __len__(self) -> int:
        return len(self._faces.account.pools)

    def __repr__(self) -> str:
        return f"<Pools {list(self)}>"
