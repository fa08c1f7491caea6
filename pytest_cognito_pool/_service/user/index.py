"""The user that a name means: usernames, subs, aliases and username attributes of one pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service.user.addresses import VERIFIED, is_true

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pytest_cognito_pool._service.user.user import User

ALIASES: Final = ("email", "phone_number", "preferred_username")


class Known(NamedTuple):
    """The names of a pool's users at one moment.

    Attributes:
        names: the names that people use.
        unverified: values of attributes that are not aliases until they are verified, each with the attribute's name
            and the username.
    """

    names: tuple[str, ...]
    unverified: tuple[tuple[str, str, str], ...]


class UserIndex:
    """The names of a pool's users.

    A name is looked up as a username, then as the sub of a local user, then as an alias: an attribute that stands for
    the username. In a pool with UsernameAttributes an alias need not be verified, with AliasAttributes it must be
    (documented).
    """

    def __init__(
        self, username_attributes: Sequence[str], alias_attributes: Sequence[str], *, case_sensitive: bool
    ) -> None:
        self.fold = str if case_sensitive else str.lower
        self._verified_only = not username_attributes
        self._known: Known | None = None
        self._usernames: dict[str, User] = {}
        self._subs: dict[str, User] = {}
        self._aliases: dict[str, dict[str, User]] = {
            name: {} for name in ALIASES if name in username_attributes or name in alias_attributes
        }

    def find(self, name: str, *, by_sub: bool = True) -> User | None:
        """The user of this name; admin operations find a local user by their sub too."""
        folded = self.fold(name)
        found = self._usernames.get(folded)
        if found is None and by_sub:
            found = self._subs.get(folded)
            # Only a local user's sub is a name.
            if found is not None and found.status == "EXTERNAL_PROVIDER":
                found = None
        if found is None:
            found = next((owners[folded] for owners in self._aliases.values() if folded in owners), None)
        return found

    def username_owner(self, username: str) -> User | None:
        """The user who has this username."""
        return self._usernames.get(self.fold(username))

    def alias_owner(self, attribute: str, value: str) -> User | None:
        """Return the user with this value of an attribute as an alias; None if there is no such user."""
        return self._aliases.get(attribute, {}).get(self.fold(value))

    def add(self, user: User) -> None:
        """Make a new user known."""
        self._usernames[self.fold(user.username)] = user
        if user.sub != user.username:
            self._subs[user.sub] = user
        self.add_aliases(user)

    def remove(self, user: User) -> None:
        """Forget a user."""
        self.remove_aliases(user)
        self._usernames.pop(self.fold(user.username), None)
        self._subs.pop(user.sub, None)

    def add_aliases(self, user: User) -> None:
        """Add the aliases of the user; no other user has any of them."""
        self._known = None
        for attribute, value in self.aliases_of(user.attributes):
            self._aliases[attribute][self.fold(value)] = user

    def remove_aliases(self, user: User) -> None:
        """Undo `add_aliases`; call it before the attributes change."""
        self._known = None
        for attribute, value in self.aliases_of(user.attributes):
            self._aliases[attribute].pop(self.fold(value), None)

    def drop_alias(self, attribute: str, owner: User) -> None:
        """Stop treating that attribute as an alias of the user."""
        self._known = None
        del self._aliases[attribute][self.fold(owner.attributes[attribute])]

    def conflicts(self, sub: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str, User]]:
        """Yield the attributes that are aliases of another user, each with its value and that user."""
        for attribute, value in self.aliases_of(attributes):
            owner = self.alias_owner(attribute, value)
            if owner is not None and owner.sub != sub:
                yield attribute, value, owner

    def aliases_of(self, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the attributes, with their values, that are aliases of a user who has them."""
        for attribute in self._aliases:
            value = attributes.get(attribute)
            to_verify = self._verified_only and attribute in VERIFIED
            if value and not (to_verify and not is_true(attributes.get(VERIFIED[attribute]))):
                yield attribute, value

    def __iter__(self) -> Iterator[str]:
        """The names that people use: usernames, or aliases if the usernames are generated."""
        yield from (user.username for user in self._usernames.values() if user.username != user.sub)
        if not self._verified_only:
            for owners in self._aliases.values():
                yield from owners

    def known(self) -> Known:
        """Return the current names, for the author of a test; kept until one changes."""
        if self._known is None:
            self._known = Known(tuple(self), tuple(self._unverified()))
        return self._known

    def _unverified(self) -> Iterator[tuple[str, str, str]]:
        for attribute in self._aliases if self._verified_only else ():
            for user in self._usernames.values():
                value = user.attributes.get(attribute)
                if value:
                    yield self.fold(value), attribute, user.username

    def saved(self) -> Callable[[], None]:
        """A function that restores the names of this moment."""
        usernames, subs = dict(self._usernames), dict(self._subs)
        aliases = {attribute: dict(owners) for attribute, owners in self._aliases.items()}

        def put_back() -> None:
            self._known = None
            self._usernames, self._subs = dict(usernames), dict(subs)
            self._aliases = {attribute: dict(owners) for attribute, owners in aliases.items()}

        return put_back
