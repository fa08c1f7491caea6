"""The users of one pool: in the order of their creation, and by any name."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.errors.users import ALIAS_EXISTS, USER_NOT_FOUND, USERNAME_EXISTS_GIVEN
from pytest_cognito_pool._service.records import saved
from pytest_cognito_pool._service.user import status
from pytest_cognito_pool._service.user.addresses import VERIFIED, is_email, is_true
from pytest_cognito_pool._service.user.attributes import with_values
from pytest_cognito_pool._service.user.index import UserIndex
from pytest_cognito_pool._service.wording import hint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate, ServiceError, Why
    from pytest_cognito_pool._service.user.index import Known
    from pytest_cognito_pool._service.user.user import User

_NUMBER: Final = attrgetter("number")
# The attributes of a `User` that operations change; `saved` restores them.
_STATE: Final = attrgetter(
    "attributes", "enabled", "former_passwords", "history", "mfa_options", "modified", "password", "password_set",
    "status",
)  # fmt: skip
_ENOUGH_TO_COMPARE: Final = 1000


class Directory:
    """The users of one pool; the caller holds the pool's lock.

    Attributes:
        username_attributes: the attributes that users sign up with; empty if they choose a username.
        index: finds users by name.
    """

    def __init__(
        self, pool_id: str, username_attributes: Sequence[str], alias_attributes: Sequence[str], *, case_sensitive: bool
    ) -> None:
        self._pool_id = pool_id
        self._users: list[User] = []
        self._born = 0
        self.username_attributes = username_attributes
        self.index = UserIndex(username_attributes, alias_attributes, case_sensitive=case_sensitive)

    def __iter__(self) -> Iterator[User]:
        return iter(self._users)

    def __len__(self) -> int:
        return len(self._users)

    def __contains__(self, user: User) -> bool:
        return self.index.username_owner(user.username) is user

    def after(self, number: int, count: int) -> list[User]:
        """Up to `count` users created after the user with that number, in the order of their creation."""
        start = bisect_left(self._users, number + 1, key=_NUMBER)
        return self._users[start : start + count]

    def find(self, name: str, unknown: ErrorTemplate = USER_NOT_FOUND) -> User:
        """The user that admin operations find by this name.

        Raises:
            ServiceError: UserNotFoundException, or the operation's own.
        """
        user = self.index.find(name)
        if user is None:
            raise unknown(self.why_unknown(name))
        return user

    def signing_in(self, name: str) -> User | None:
        """Return the user who signs in by this name. Observed: a sub does not work, unless it is the username."""
        return self.index.find(name, by_sub=False)

    def why_unknown(self, name: str) -> Why:
        """Why no user is found by this name, for the author of the test.

        The names of this moment are kept; similar names are looked for when the text is read.
        """
        count = len(self._users)
        if count > _ENOUGH_TO_COMPARE:
            return f"none of the {count} users of {self._pool_id} has the name {name!r}"
        known, folded = self.index.known(), self.index.fold(name)
        return lambda: _unknown(self._pool_id, name, folded, known)

    def with_username(self, username: str, attributes: dict[str, str]) -> dict[str, str]:
        """The attributes of a new user, including the one that they sign up with."""
        if not self.username_attributes:
            return attributes
        attribute = "email" if is_email(username) else "phone_number"
        return {**attributes, attribute: username}

    def check_free(self, username: str, attributes: Mapping[str, str], exists: ErrorTemplate) -> None:
        """Refuse the username of another user, or an attribute that another user signed up with.

        Raises:
            ServiceError: UsernameExistsException, with the operation's own text.
        """
        owner = self.index.username_owner(username)
        if owner is not None:
            raise exists(f"{owner.shown} is {owner.status}")
        for attribute in self.username_attributes:
            owner = self.index.alias_owner(attribute, attributes.get(attribute, ""))
            if owner is not None:
                raise _taken(USERNAME_EXISTS_GIVEN, attribute, attributes[attribute], owner)

    def conflicts(
        self, sub: str, attributes: Mapping[str, str], *, force: bool = False, exists: ErrorTemplate = ALIAS_EXISTS
    ) -> list[tuple[str, User]]:
        """Refuse attributes that are aliases of another user; with `force`, return those that can be taken over.

        Nothing is changed here; call `take_over` when the request can no longer be refused.

        Raises:
            ServiceError: AliasExistsException, with the operation's own text.
        """
        to_take: list[tuple[str, User]] = []
        for attribute, value, owner in self.index.conflicts(sub, attributes):
            # Documented: only a verified address is taken away.
            if not force or not is_true(attributes.get(VERIFIED.get(attribute, ""))):
                raise _taken(exists, attribute, value, owner)
            to_take.append((attribute, owner))
        return to_take

    def take_over(self, to_take: Iterable[tuple[str, User]], at: float) -> None:
        """Take aliases from their owners, whose addresses are then no longer verified (documented)."""
        for attribute, owner in to_take:
            self.index.drop_alias(attribute, owner)
            owner.attributes = {**owner.attributes, VERIFIED[attribute]: "false"}
            owner.modified = at

    def add(self, user: User, at: float) -> None:
        """Store a new user; the caller has checked that the name is free."""
        self._born += 1
        user.number = self._born
        user.created = user.modified = user.password_set = at
        self._users.append(user)
        self.index.add(user)

    def remove(self, user: User) -> None:
        """Delete a user."""
        del self._users[bisect_left(self._users, user.number, key=_NUMBER)]
        self.index.remove(user)

    def change_attributes(self, user: User, changed: Mapping[str, str], at: float) -> None:
        """Set attributes, and delete those set to an empty string."""
        self.index.remove_aliases(user)
        # A new dict: a snapshot keeps the old one.
        user.attributes = with_values({**user.attributes, **changed})
        self.index.add_aliases(user)
        user.modified = at

    def saved(self) -> Callable[[], None]:
        """A function that restores the users and names of this moment."""
        parts = [saved(self, "_users", "_born"), self.index.saved()]
        users = [(user, _STATE(user)) for user in self._users]

        def put_back() -> None:
            for part in parts:
                part()
            for user, values in users:
                user.attributes, user.enabled, user.former_passwords, user.history, *others, before = values
                user.mfa_options, user.modified, user.password, user.password_set = others
                status.put_back(user, before)

        return put_back


def _unknown(pool_id: str, name: str, folded: str, known: Known) -> str:
    for value, attribute, username in known.unverified:
        if value == folded:
            return f"{name!r} is the {attribute} of {username!r}, and not an alias until it is verified"
    there_are = hint(name, known.names) if known.names else "it has no users"
    return f"no user of {pool_id} has the name {name!r}; {there_are}"


def _taken(template: ErrorTemplate, attribute: str, value: str, owner: User) -> ServiceError:
    """The refusal of an address that another user has."""
    return template(f"{value!r} is the {attribute} of {owner.shown}", attribute=attribute)
