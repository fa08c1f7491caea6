"""Which user a name means: usernames, subs, aliases and username attributes of one pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.attributes import VERIFIED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_cognito_pool._service.user import User

ALIASES: Final = ("email", "phone_number", "preferred_username")


class Names:
    """The names of a pool's users.

    A username comes first, then the sub of a local user, then an attribute that stands for the username: in a pool
    with UsernameAttributes verified or not, in one with AliasAttributes only once verified (documented).
    """

    def __init__(
        self, username_attributes: Sequence[str], alias_attributes: Sequence[str], *, case_sensitive: bool
    ) -> None:
        self._fold = str if case_sensitive else str.lower
        self._verified_only = not username_attributes
        self._usernames: dict[str, User] = {}
        self._subs: dict[str, User] = {}
        self._aliases: dict[str, dict[str, User]] = {
            name: {} for name in ALIASES if name in username_attributes or name in alias_attributes
        }

    def find(self, name: str) -> User | None:
        """The user whom admin operations find by this name."""
        folded = self._fold(name)
        found = self._usernames.get(folded)
        if found is None:
            found = self._subs.get(folded)
            # Only a local user's sub is a name.
            if found is not None and found.status == "EXTERNAL_PROVIDER":
                found = None
        if found is None:
            found = next((owners[folded] for owners in self._aliases.values() if folded in owners), None)
        return found

    def username_owner(self, username: str) -> User | None:
        """The user who has this username."""
        return self._usernames.get(self._fold(username))

    def alias_owner(self, attribute: str, value: str) -> User | None:
        """The user for whom this value of an attribute stands; None for attributes that are no names here."""
        return self._aliases.get(attribute, {}).get(self._fold(value))

    def add(self, user: User) -> None:
        """Make a new user known."""
        self._usernames[self._fold(user.username)] = user
        if user.sub != user.username:
            self._subs[user.sub] = user
        self.claim(user)

    def remove(self, user: User) -> None:
        """Forget a user."""
        self.release(user)
        self._usernames.pop(self._fold(user.username), None)
        self._subs.pop(user.sub, None)

    def claim(self, user: User) -> None:
        """Let the user's attributes stand for her username, as far as they may and are free."""
        for attribute, value in self.standing(user.attributes):
            self._aliases[attribute].setdefault(self._fold(value), user)

    def release(self, user: User) -> None:
        """Take back what `claim` gave; call it before the attributes change."""
        for attribute, value in self.standing(user.attributes):
            owners = self._aliases[attribute]
            if owners.get(self._fold(value)) is user:
                del owners[self._fold(value)]

    def take(self, attribute: str, owner: User) -> None:
        """Let that attribute of the user no more stand for her username."""
        del self._aliases[attribute][self._fold(owner.attributes[attribute])]

    def standing(self, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Those attributes, with their values, that would stand for a user's username."""
        for attribute in self._aliases:
            value = attributes.get(attribute)
            to_verify = self._verified_only and attribute in VERIFIED
            if value and not (to_verify and attributes.get(VERIFIED[attribute]) != "true"):
                yield attribute, value

    def __iter__(self) -> Iterator[str]:
        """The names people use: usernames, or where these are made up what stands for them."""
        yield from (user.username for user in self._usernames.values() if user.username != user.sub)
        if not self._verified_only:
            for owners in self._aliases.values():
                yield from owners

    def unverified(self, name: str) -> Iterator[tuple[str, User]]:
        """Users who would be found by this name if that attribute were verified; slow, for failure reports."""
        for user in self._usernames.values():
            for attribute in self._aliases:
                if self._fold(user.attributes.get(attribute, "")) == self._fold(name):
                    yield attribute, user
