"""The public objects of the users of a pool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar, overload

from pytest_cognito_pool._api.errors import unknown_key
from pytest_cognito_pool._service import clock
from pytest_cognito_pool._service.errors.service_error import ServiceError, worded
from pytest_cognito_pool._service.secrets import Secret
from pytest_cognito_pool._service.user.user import Transition, UserStatus
from pytest_cognito_pool._service.wording import listed

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User as Record

T = TypeVar("T")

__all__ = ["SignIn", "Transition", "User", "UserStatus", "Users"]


class SignIn(NamedTuple):
    """A sign-in of a user.

    Attributes:
        client_id: the app client that the user signed in with.
        at: when the user signed in, in UTC.
        expires: when the refresh token expires, in UTC.
    """

    client_id: str
    at: datetime
    expires: datetime


class User:
    """A read-only view of the current state of a user; of a deleted user, the last state."""

    __slots__ = ("_pool", "_record")

    def __init__(self, record: Record, pool: Pool) -> None:
        self._record = record
        self._pool = pool

    @property
    def username(self) -> str:
        """The username as stored; in a pool with UsernameAttributes it is the `sub`."""
        return self._record.username

    @property
    def sub(self) -> str:
        """The user's UUID."""
        return self._record.sub

    @property
    def status(self) -> UserStatus:
        """The UserStatus, as AWS spells it."""
        return self._record.status

    @property
    def enabled(self) -> bool:
        """Whether the user may sign in."""
        return self._record.enabled

    @property
    def attributes(self) -> dict[str, str]:
        """All attributes except `sub`; values are strings, `"true"` and `"false"` too."""
        return dict(self._record.attributes)

    @property
    def groups(self) -> list[str]:
        """The names of the groups the user is in, in the order in which the groups were made."""
        with self._pool.lock:
            return [group.name for group in self._pool.groups.of(self._record)]

    @property
    def password(self) -> str | None:
        """The current password, masked in reports; None if the user has no password."""
        return None if self._record.password is None else Secret(self._record.password)

    @property
    def locked_for(self) -> float:
        """Seconds until attempts to sign in with a password are allowed again; 0 if they are allowed now."""
        return self._pool.sign_ins.lockouts.remaining(self._record, self._pool.clock.time())

    @property
    def sign_ins(self) -> list[SignIn]:
        """The sign-ins with a refresh token that can still be used, in order."""
        with self._pool.lock:
            there = self._record in self._pool.users
            active = self._pool.sign_ins.grants.active(self._record, self._pool.clock.time()) if there else []
        return [SignIn(each.client_id, clock.moment(each.auth_time), clock.moment(each.expires)) for each in active]

    @property
    def created(self) -> datetime:
        """When the user was created, in UTC."""
        return clock.moment(self._record.created)

    @property
    def modified(self) -> datetime:
        """When the user was last changed, in UTC."""
        return clock.moment(self._record.modified)

    @property
    def history(self) -> list[Transition]:
        """The changes of the status since the user was created, in order; empty for a new user."""
        return list(self._record.history)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, User) and self._record is other._record

    def __hash__(self) -> int:
        return hash(self.sub)

    def __repr__(self) -> str:
        disabled = "" if self.enabled else " disabled"
        deleted = "" if self._record in self._pool.users else " deleted"
        return f"<User {self._record.shown} {self.status}{disabled}{deleted}>"


class _Name(str):
    """A username whose AttributeError says how to iterate over users, if a user's attribute is read."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        # A copy is a plain string.
        return str, (str(self),)

    def __getattr__(self, name: str) -> NoReturn:
        __tracebackhide__ = True
        hint = "; iterating over users gives their names: iterate over users.values()" if hasattr(User, name) else ""
        raise AttributeError(f"{str.__name__!r} object has no attribute {name!r}{hint}")


class Users(Mapping[str, User]):
    """The users of a pool, by any name that admin operations accept for them.

    Iterating yields usernames in the order in which the users were created.
    """

    __slots__ = ("_pool",)

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def __getitem__(self, name: str) -> User:
        __tracebackhide__ = True
        if not isinstance(name, str):
            raise KeyError(name)
        try:
            with self._pool.lock:
                return User(self._pool.users.find(name), self._pool)
        except ServiceError as error:
            raise unknown_key(worded(error.why)) from None

    def __contains__(self, name: object) -> bool:
        # Faster than `find`, which builds an error.
        return isinstance(name, str) and self._pool.users.index.find(name) is not None

    @overload
    def get(self, name: str, /) -> User | None: ...
    @overload
    def get(self, name: str, /, default: User) -> User: ...
    @overload
    def get(self, name: str, /, default: T) -> User | T: ...
    def get(self, name: str, /, default: object = None) -> object:
        """The user of that name, or the default."""
        user = self._pool.users.index.find(name) if isinstance(name, str) else None
        return default if user is None else User(user, self._pool)

    def __iter__(self) -> Iterator[str]:
        return iter([_Name(user.username) for user in self._pool.users])

    def __len__(self) -> int:
        return len(self._pool.users)

    def __repr__(self) -> str:
        return f"<Users {listed(list(self._pool.users), show=attrgetter('shown'))}>"
