"""The public objects of the groups of a pool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._api.checks.names import list_of
from pytest_cognito_pool._api.errors import UsageError, unknown_key
from pytest_cognito_pool._api.silent import perform
from pytest_cognito_pool._api.users import User
from pytest_cognito_pool._service.errors.service_error import ServiceError, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.pool.groups import Group as Record
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User as UserRecord


class Group:
    """A read-only view of a group."""

    __slots__ = ("_pool", "_record")

    def __init__(self, record: Record, pool: Pool) -> None:
        self._record = record
        self._pool = pool

    @property
    def name(self) -> str:
        """The GroupName."""
        return self._record.name

    @property
    def description(self) -> str | None:
        """The Description; None if it has none."""
        return self._record.settings.get("Description")

    @property
    def precedence(self) -> int | None:
        """The Precedence; None if it has none, and then it comes after all others."""
        return self._record.settings.get("Precedence")

    @property
    def role_arn(self) -> str | None:
        """The RoleArn; None if it has none."""
        return self._record.settings.get("RoleArn")

    @property
    def users(self) -> list[User]:
        """The members, in the order in which they were added."""
        with self._pool.lock:
            return [User(record, self._pool) for record in self._record.members.values()]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Group) and self._record is other._record

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"<Group {self.name!r} of {len(self._record.members)}>"


class Groups(Mapping[str, Group]):
    """The groups of a pool by name; iterating yields names, in the order in which the groups were created."""

    __slots__ = ("_pool",)

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def __getitem__(self, name: str) -> Group:
        __tracebackhide__ = True
        if not isinstance(name, str):
            raise KeyError(name)
        try:
            with self._pool.lock:
                return Group(self._pool.groups.find(name), self._pool)
        except ServiceError as error:
            raise unknown_key(f"no group of {self._pool.id} has the name {name!r}; {worded(error.why)}") from None

    def __iter__(self) -> Iterator[str]:
        with self._pool.lock:
            return iter([group.name for group in self._pool.groups.all()])

    def __len__(self) -> int:
        return len(self._pool.groups.all())

    def __repr__(self) -> str:
        return f"<Groups {list(self)}>"


def _member(pool: Pool, name: str) -> UserRecord:
    try:
        return pool.users.find(name)
    except ServiceError as error:
        raise UsageError(worded(error.why), typed=name) from None


def add(account: Account, pool: Pool, settings: Mapping[str, Any], users: Iterable[str]) -> Group:
    """Create a group with members.

    Args:
        account: the account.
        pool: the pool.
        settings: CreateGroup's own keys; a None is left out.
        users: names of the members.

    Raises:
        UsageError: for a group that the pool cannot have, and for an unknown user.
    """
    __tracebackhide__ = True
    names = list_of("names", "users", users)
    given = {name: value for name, value in settings.items() if value is not None}
    with pool.lock:
        members = [_member(pool, name) for name in names]
        perform(account, "CreateGroup", {"UserPoolId": pool.id, **given})
        group = pool.groups.find(given["GroupName"])
        group.members.update({user.sub: user for user in members})
    return Group(group, pool)
