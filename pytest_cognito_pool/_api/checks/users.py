"""A user as the author describes them: checked, completed and added to a pool."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_pool._api.checks.forms import GROUP, PASSWORD, USERNAME, check
from pytest_cognito_pool._api.checks.names import list_of
from pytest_cognito_pool._api.errors import UsageError, accepted, unknown_name
from pytest_cognito_pool._service.errors.passwords import PASSWORD_SET
from pytest_cognito_pool._service.errors.users import USERNAME_EXISTS_ADMIN
from pytest_cognito_pool._service.user import passwords
from pytest_cognito_pool._service.user.addresses import VERIFIED, check_username, is_email
from pytest_cognito_pool._service.user.attributes import with_values
from pytest_cognito_pool._service.user.user import STATUSES

if TYPE_CHECKING:
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User, UserStatus


class NewUser(NamedTuple):
    """The arguments of `UserPool.add_user`."""

    username: str | None
    status: UserStatus
    attributes: Mapping[str, str]
    email: str | None
    phone_number: str | None
    password: str | None
    enabled: bool
    groups: Iterable[str]

    def added_to(self, pool: Pool) -> User:
        """Store the user in the pool, and return it.

        Raises:
            UsageError: for a user that the pool cannot have.
        """
        __tracebackhide__ = True
        if self.status not in STATUSES:
            raise unknown_name("unknown status", self.status, STATUSES)
        if self.username is not None:
            check("username", self.username, USERNAME)
        if self.password is not None:
            check("password", self.password, PASSWORD, shown=False)
        given = _given(self, pool.schema.names)
        signed_up_with = next((given[name] for name in pool.username_attributes if given.get(name)), None)
        username = self.username or signed_up_with or _generated(pool)
        attributes = _completed(pool, username, given, self.status)
        password = self.password or passwords.conforming(pool.password_policy)
        stored = None if self.status == "EXTERNAL_PROVIDER" else password
        user = pool.new_user(username, self.status, attributes, stored)
        user.enabled = self.enabled
        groups = _group_names(self.groups, [group.name for group in pool.groups.all()])
        accepted(lambda: _store(pool, username, user, password))
        _join(pool, user, [*groups, *_federated(pool, user)])
        return user


def _given(new: NewUser, known: tuple[str, ...]) -> dict[str, str]:
    """The attributes and the addresses, each given once."""
    given = checked_attributes(new.attributes, known)
    for name, value in (("email", new.email), ("phone_number", new.phone_number)):
        if value is not None and name in given:
            raise UsageError(f"{name} is given twice: {value!r}, and {given[name]!r} in attributes", typed=value)
        if value is not None:
            given |= checked_attributes({name: value}, known)
    return given


def checked_attributes(attributes: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, str]:
    """The attributes, each in the pool's schema and each value a string."""
    if not isinstance(attributes, Mapping):
        raise UsageError(f"attributes must be a dict of strings, not {attributes!r}", typed=attributes)
    for name, value in attributes.items():
        if name not in known and name.startswith("custom:"):
            row = {"Name": name.removeprefix("custom:"), "AttributeDataType": "String"}
            raise UsageError(f"the pool's schema has no attribute {name!r}; give the pool Schema=[{row}]", typed=name)
        if name not in known:
            raise unknown_name("the pool's schema has no attribute", name, known)
        if not isinstance(value, str):
            message = f"attribute values must be strings: {name}={value!r}; did you mean {str(value).lower()!r}?"
            raise UsageError(message, typed=value)
    return dict(attributes)


def _generated(pool: Pool) -> str:
    """A username that no user has."""
    number = len(pool.users) + 1
    while True:
        name = f"user{number}"
        if pool.username_attributes:
            name = f"{name}@example.com" if "email" in pool.username_attributes else f"+1555{number:07}"
        if pool.users.index.find(name) is None and pool.users.index.find(f"{name}@example.com") is None:
            return name
        number += 1


def _completed(pool: Pool, username: str, given: dict[str, str], status: UserStatus) -> dict[str, str]:
    """The attributes, completed with those that follow from the username and the status."""
    if pool.username_attributes and status != "EXTERNAL_PROVIDER":
        given = _without_contradiction(given, pool.users.with_username(username, given))
    else:
        given = with_usual_email(pool, username, given)
    for address, flag in VERIFIED.items():
        if given.get(address):
            given.setdefault(flag, "false" if status == "UNCONFIRMED" else "true")
    return with_values(given)


def with_usual_email(pool: Pool, username: str, given: dict[str, str]) -> dict[str, str]:
    """The attributes with a default e-mail address, if none is given and usernames are not addresses."""
    if "email" in given or pool.username_attributes:
        return given
    address = username if is_email(username) else f"{username}@example.com"
    return {**given, "email": address if is_email(address) else ""}


def _without_contradiction(given: Mapping[str, str], completed: dict[str, str]) -> dict[str, str]:
    """The completed attributes; an error if the username contradicts an address that was given."""
    for name, value in given.items():
        if completed[name] != value:
            raise UsageError(f"{name} is given twice: {value!r}, and {completed[name]!r} as the username", typed=value)
    return completed


def _store(pool: Pool, username: str, user: User, password: str) -> None:
    if user.status != "EXTERNAL_PROVIDER":
        check_username(username, pool.username_attributes, pool.alias_attributes)
    pool.schema.check_new(user.attributes, required=False)
    passwords.check(password, pool.password_policy, PASSWORD_SET)
    with pool.lock:
        pool.users.check_free(username, user.attributes, USERNAME_EXISTS_ADMIN)
        pool.users.conflicts(user.sub, user.attributes)
        pool.users.add(user, pool.clock.time())


def _federated(pool: Pool, user: User) -> list[str]:
    """Give a user of an identity provider their identity there, and return the groups that a sign-in adds."""
    provider = pool.identity_providers.of_username(user.username) if user.status == "EXTERNAL_PROVIDER" else None
    if provider is None:
        return []
    from pytest_cognito_pool._service.user.identities import with_identity

    subject = user.username[len(provider.name) + 1 :]
    user.attributes = with_identity(user.attributes, provider.name, provider.type, subject, user.created, primary=True)
    return [pool.identity_providers.group_name(provider)]


def _group_names(groups: Iterable[str], existing: Iterable[str]) -> list[str]:
    """The names of groups, each once.

    Raises:
        UsageError: for anything but a list of names, and for a name that differs from another only in case.
    """
    names = list(dict.fromkeys(list_of("names", "groups", groups)))
    known = {name.lower(): name for name in existing}
    for name in names:
        check("group name", name, GROUP)
        other = known.setdefault(name.lower(), name)
        if other != name:
            raise UsageError(f"the group {other!r} exists already; names must differ in more than case", typed=name)
    return names


def _join(pool: Pool, user: User, groups: Iterable[str]) -> None:
    with pool.lock:
        existing = {group.name: group for group in pool.groups.all()}
        for name in groups:
            group = existing.get(name) or pool.groups.create(name, {}, pool.clock.time())
            group.members[user.sub] = user
