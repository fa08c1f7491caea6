"""What an account holds: user pools, their app clients and their users."""

from __future__ import annotations

import copy
import itertools
from bisect import bisect_left
from contextlib import ExitStack, contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.errors import hint, listed
from pytest_cognito_pool._service import ids, locks
from pytest_cognito_pool._service.errors.pools import CLIENT_NOT_FOUND, POOL_NOT_FOUND
from pytest_cognito_pool._service.errors.users import ALIAS_EXISTS, USER_NOT_FOUND, USERNAME_EXISTS_GIVEN
from pytest_cognito_pool._service.identities import Identities
from pytest_cognito_pool._service.paging import Tokens
from pytest_cognito_pool._service.pool.groups import Groups
from pytest_cognito_pool._service.pool.schema import VERIFIED, Schema, is_email, taken
from pytest_cognito_pool._service.triggers.functions import Functions
from pytest_cognito_pool._service.user import status
from pytest_cognito_pool._service.user.codes import Codes
from pytest_cognito_pool._service.user.index import Names
from pytest_cognito_pool._service.user.user import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pytest_cognito_pool._service.clock import Clock
    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate, Why
    from pytest_cognito_pool._service.user.index import Known
    from pytest_cognito_pool._service.user.user import Transition, UserStatus

_NUMBER: Final = attrgetter("number")
_CHANGING: Final = attrgetter(*User.CHANGING)
_ENOUGH_TO_COMPARE: Final = 1000


class AppClient:
    """One app client of a pool.

    Attributes:
        number: counts the account's app clients in the order of their creation.
    """

    __slots__ = ("created", "id", "modified", "number", "pool", "secret", "settings")

    def __init__(self, number: int, pool: Pool, client_id: str, secret: str | None, settings: dict[str, Any]) -> None:
        self.number = number
        self.pool = pool
        self.id = client_id
        self.secret = secret
        self.settings = settings
        self.created = self.modified = pool.clock.time()

    @property
    def hides_unknown_users(self) -> bool:
        """Whether answers to this client must not say that a user does not exist."""
        return self.settings.get("PreventUserExistenceErrors") == "ENABLED"


class Pool:
    """One user pool.

    Attributes:
        number: counts the account's pools in the order of their creation.
        settings: CreateUserPool's keys, complete with their defaults.
        has_own_triggers: whether it was ever given a LambdaConfig with a trigger in it.
        lock: to be held from finding a user to the end of changing her, and never while a function runs.
        users: in the order of their creation.
        groups: the groups and their members.
        codes: the confirmation codes sent to users.
        functions: the Lambda functions attached to its triggers.
    """

    def __init__(self, number: int, pool_id: str, account: Account, settings: dict[str, Any]) -> None:
        self.number = number
        self.id = pool_id
        self.region = pool_id.partition("_")[0]
        self.arn = ids.pool_arn(self.region, account.id, pool_id)
        self.clock = account.clock
        self.settings = settings
        self.has_own_triggers = bool(settings["LambdaConfig"])
        self.schema = Schema(settings.get("Schema", ()))
        self.created = self.modified = self.clock.time()
        self.lock = locks.new(of_pool=True)
        self.clients: dict[str, AppClient] = {}
        self.users: list[User] = []
        self.groups = Groups()
        self.codes = Codes()
        self.functions = Functions()
        self.user_pages: Tokens[tuple[str, int]] = Tokens(self.clock)
        self.pages: Tokens[int] = Tokens(self.clock)
        self._born = 0
        self.names = Names(
            self.username_attributes,
            self.alias_attributes,
            case_sensitive=settings.get("UsernameConfiguration", {}).get("CaseSensitive", True),
        )

    def configure(self, settings: dict[str, Any]) -> None:
        """Give the pool other settings; the caller holds the lock."""
        self.settings = settings
        self.has_own_triggers = self.has_own_triggers or bool(settings["LambdaConfig"])
        self.modified = self.clock.time()

    @property
    def username_attributes(self) -> list[str]:
        """What users sign up with in place of a username; empty where they choose one."""
        names: list[str] = self.settings.get("UsernameAttributes", [])
        return names

    @property
    def alias_attributes(self) -> list[str]:
        """What may stand for the username once verified."""
        names: list[str] = self.settings.get("AliasAttributes", [])
        return names

    @property
    def password_policy(self) -> Mapping[str, Any]:
        """The PasswordPolicy, complete."""
        policy: Mapping[str, Any] = self.settings["Policies"]["PasswordPolicy"]
        return policy

    @property
    def is_passwordless(self) -> bool:
        """Whether users can sign in with a code in place of a password."""
        factors = self.settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"]
        return "EMAIL_OTP" in factors or "SMS_OTP" in factors

    def find(self, name: str) -> User:
        """The user whom admin operations find by this name.

        Raises:
            ServiceError: UserNotFoundException.
        """
        with self.lock:
            user = self.names.find(name)
            if user is None:
                raise USER_NOT_FOUND(self.why_unknown(name))
            return user

    def has(self, user: User) -> bool:
        """Whether the user is in the pool; one who was deleted is not."""
        return self.names.username_owner(user.username) is user

    def with_username(self, username: str, attributes: dict[str, str]) -> dict[str, str]:
        """The attributes of a new user, the one she signs up with among them."""
        if not self.username_attributes:
            return attributes
        attribute = "email" if is_email(username) else "phone_number"
        return {**attributes, attribute: username}

    def check_free(self, username: str, attributes: Mapping[str, str], exists: ErrorTemplate) -> None:
        """Refuse the username of another user, or what another signed up with; the caller holds the lock.

        Raises:
            ServiceError: UsernameExistsException, with the operation's own text.
        """
        owner = self.names.username_owner(username)
        if owner is not None:
            raise exists(f"{owner.username!r} is {owner.status}")
        for attribute in self.username_attributes:
            owner = self.names.alias_owner(attribute, attributes.get(attribute, ""))
            if owner is not None:
                raise taken(USERNAME_EXISTS_GIVEN, attribute, attributes[attribute], owner.username)

    def conflicts(
        self, sub: str, attributes: Mapping[str, str], *, force: bool = False, exists: ErrorTemplate = ALIAS_EXISTS
    ) -> list[tuple[str, User]]:
        """Refuse attributes with which a user would have another's alias; with `force`, say which are to be taken.

        Nothing is changed: `take_over` takes them, when nothing can be refused any more.

        Raises:
            ServiceError: AliasExistsException, with the operation's own text.
        """
        to_take: list[tuple[str, User]] = []
        for attribute, value, owner in self.names.conflicts(sub, attributes):
            # Documented: only a verified address is taken away.
            if not force or attributes.get(VERIFIED.get(attribute, "")) != "true":
                raise taken(exists, attribute, value, owner.username)
            to_take.append((attribute, owner))
        return to_take

    def take_over(self, to_take: Iterable[tuple[str, User]]) -> None:
        """Take aliases away from their owners, whose addresses are not verified any more (documented)."""
        for attribute, owner in to_take:
            self.names.take(attribute, owner)
            owner.attributes = {**owner.attributes, VERIFIED[attribute]: "false"}
            owner.modified = self.clock.time()

    def add(self, user: User) -> None:
        """Store a new user; the caller holds the lock and has seen that the name is free."""
        self._born += 1
        user.number = self._born
        user.created = user.modified = self.clock.time()
        self.users.append(user)
        self.names.add(user)

    def remove(self, user: User) -> None:
        """Delete a user; the caller holds the lock."""
        del self.users[bisect_left(self.users, user.number, key=_NUMBER)]
        self.names.remove(user)
        self.groups.forget(user)
        self.codes.forget(user, attempts=True)

    def check_status(self, user: User, occasion: str) -> None:
        """Refuse what the status table has not.

        Raises:
            ServiceError: NotAuthorizedException.
        """
        status.check(user, occasion)

    def change_status(self, user: User, occasion: str) -> Transition:
        """Change the user's status as the table says; the caller holds the lock."""
        # Observed: a user who is confirmed as she signs up was created and modified at the same time.
        at = user.created if occasion.startswith("SignUp") else self.clock.time()
        return status.change(user, occasion, at)

    def change_attributes(self, user: User, changed: Mapping[str, str]) -> None:
        """Set attributes, delete those set to an empty text; the caller holds the lock."""
        self.names.release(user)
        # A new dict: a snapshot keeps the old one.
        user.attributes = {name: value for name, value in {**user.attributes, **changed}.items() if value}
        self.names.claim(user)
        user.modified = self.clock.time()

    def after(self, number: int, count: int) -> list[User]:
        """So many of the users created after the one of that number, in the order of their creation."""
        start = bisect_left(self.users, number + 1, key=_NUMBER)
        return self.users[start : start + count]

    def why_unknown(self, name: str) -> Why:
        """Why nobody is found by this name, for the author of the test.

        What there is at this moment is noted; likeness is looked for when it is read.
        """
        count = len(self.users)
        if count > _ENOUGH_TO_COMPARE:
            return f"none of the {count} users of {self.id} has the name {name!r}"
        known, folded = self.names.known(), self.names.fold(name)
        return lambda: _unknown(self.id, name, folded, known)

    def saved(self) -> Callable[[], None]:
        """What puts the pool back as it is now, functions apart; the caller of either holds the lock."""
        groups = [(group, dict(group.members), group.settings, group.modified) for group in self.groups.all()]
        parts = [
            saved(self, "settings", "has_own_triggers", "modified", "clients", "users", "_born"),
            saved(self.schema, "_rows"),
            saved(self.groups, "_groups", "_born"),
            saved(self.codes, "_codes", "_attempts", "_refused"),
            self.user_pages.saved(),
            self.pages.saved(),
            self.names.saved(),
            *(saved(client, "settings", "modified") for client in self.clients.values()),
        ]
        users = [(user, _CHANGING(user)) for user in self.users]

        def put_back() -> None:
            for part in parts:
                part()
            for group, members, settings, modified in groups:
                group.members, group.settings, group.modified = dict(members), settings, modified
            for user, values in users:
                (user.attributes, user.enabled, user.history, user.modified, user.password) = values[:-1]
                status.put_back(user, values[-1])

        return put_back


def saved(thing: object, *names: str) -> Callable[[], None]:
    """What puts these attributes of a thing back as they are now."""
    values = {name: copy.copy(getattr(thing, name)) for name in names}

    def put_back() -> None:
        for name, value in values.items():
            setattr(thing, name, copy.copy(value))

    return put_back


def _unknown(pool_id: str, name: str, folded: str, known: Known) -> str:
    for value, attribute, username in known.unverified:
        if value == folded:
            return f"{name!r} is the {attribute} of {username!r}, and no alias until it is verified"
    there_are = hint(name, known.names) if known.names else "it has no users"
    return f"no user of {pool_id} has the name {name!r}; {there_are}"


class Account:
    """One AWS account: the pools of all its regions.

    Attributes:
        pool_of_client: the id of the pool of each app client there ever was.
        known: the id of each pool there ever was, with the number of the last that had it.
        identities: who may call.
    """

    def __init__(self, account_id: str, region: str, clock: Clock) -> None:
        self.id = account_id
        self.region = region
        self.clock = clock
        self.pools: dict[str, Pool] = {}
        self.clients: dict[str, AppClient] = {}
        self.known: dict[str, int] = {}
        self.pool_of_client: dict[str, str] = {}
        self.pages: Tokens[int] = Tokens(clock)
        self.identities = Identities(account_id)
        self._numbers = itertools.count(1)

    def saved(self) -> Callable[[], None]:
        """What puts pools, app clients, users and the clock back as they are now, whatever was done meanwhile."""
        pools = list(self.pools.values())
        with _all_locked(pools):
            parts = [
                saved(self, "pools", "clients"),
                saved(self.clock, "ahead"),
                self.pages.saved(),
                *(pool.saved() for pool in pools),
            ]

        def put_back() -> None:
            with _all_locked({*pools, *self.pools.values()}):
                for part in parts:
                    part()

        return put_back

    def add_pool(self, settings: dict[str, Any], pool_id: str) -> Pool:
        """Store a new pool."""
        pool = self.pools[pool_id] = Pool(next(self._numbers), pool_id, self, settings)
        self.known[pool_id] = pool.number
        return pool

    def number(self, pool_id: str) -> int:
        """The number of the pool of a known id, or of the last one that had it."""
        pool = self.pools.get(pool_id)
        return self.known[pool_id] if pool is None else pool.number

    def remove_pool(self, pool: Pool) -> None:
        """Delete a pool with its app clients and users."""
        # Two calls may delete it at once.
        self.pools.pop(pool.id, None)
        for client_id in list(pool.clients):
            self.clients.pop(client_id, None)

    def add_client(self, pool: Pool, settings: dict[str, Any], client_id: str, secret: str | None) -> AppClient:
        """Store a new app client."""
        client = AppClient(next(self._numbers), pool, client_id, secret, settings)
        self.clients[client_id] = pool.clients[client_id] = client
        self.pool_of_client[client_id] = pool.id
        return client

    def remove_client(self, client: AppClient) -> None:
        """Delete an app client."""
        # Two calls may delete it at once.
        self.clients.pop(client.id, None)
        client.pool.clients.pop(client.id, None)

    def pool(self, pool_id: str, region: str) -> Pool:
        """The pool of that id in that region.

        Raises:
            ServiceError: ResourceNotFoundException.
        """
        pool = self.pools.get(pool_id)
        if pool is None:
            raise POOL_NOT_FOUND(f"there are the pools {_names(self.pools)}", id=pool_id)
        if pool.region != region:
            why = f"the pool is in {pool.region}, the application's client is for {region}"
            raise POOL_NOT_FOUND(why, id=pool_id)
        return pool

    def client(self, client_id: str, region: str) -> AppClient:
        """The app client of that id in that region.

        Raises:
            ServiceError: ResourceNotFoundException.
        """
        client = self.clients.get(client_id)
        if client is None:
            raise CLIENT_NOT_FOUND(f"there are the app clients {_names(self.clients)}", id=client_id)
        if client.pool.region != region:
            why = f"its pool is in {client.pool.region}, the application's client is for {region}"
            raise CLIENT_NOT_FOUND(why, id=client_id)
        return client


@contextmanager
def _all_locked(pools: Iterable[Pool]) -> Iterator[None]:
    """While nothing in these pools changes; locks are taken in the order of a fork."""
    with ExitStack() as stack:
        for lock in locks.in_order(pool.lock for pool in pools):
            stack.enter_context(lock)
        yield


def _names(there: Iterable[str]) -> str:
    """The first of the ids, as a list."""
    return f"[{listed(list(there))}]"


def new_user(
    username: str, status: UserStatus, attributes: dict[str, str], password: str | None, *, pool: Pool
) -> User:
    """A user of that pool, not yet stored; where users sign up with an attribute her username is her sub."""
    sub = ids.sub()
    generated = pool.username_attributes and status != "EXTERNAL_PROVIDER"
    return User(sub if generated else username, sub, status, attributes, password, pool.clock.time())
