"""The groups of a pool and their members."""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.errors.groups import GROUP_EXISTS, GROUP_NOT_FOUND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.user.user import User


_NAMED: Final = 8


class Group:
    """One group.

    Attributes:
        number: counts the pool's groups in the order of their creation.
        settings: Description, RoleArn and Precedence, as far as they are given.
        members: the users by sub, in the order in which they were added.
    """

    __slots__ = ("created", "members", "modified", "name", "number", "settings")

    def __init__(self, number: int, name: str, settings: dict[str, Any], created: float) -> None:
        self.number = number
        self.name = name
        self.settings = settings
        self.members: dict[str, User] = {}
        self.created = self.modified = created


class Groups:
    """The groups of one pool; the caller holds the pool's lock."""

    def __init__(self) -> None:
        self._born = 0
        self._groups: dict[str, Group] = {}

    def all(self) -> list[Group]:
        """The groups, in the order of their creation."""
        return list(self._groups.values())

    def of(self, user: User) -> list[Group]:
        """The groups the user is in, in the order of their creation."""
        return [group for group in self._groups.values() if user.sub in group.members]

    def find(self, name: str) -> Group:
        """The group with that name.

        Raises:
            ServiceError: ResourceNotFoundException.
        """
        group = self._groups.get(name.lower())
        if group is None or group.name != name:
            # Only the first few groups are named.
            there = [each.name for each in islice(self._groups.values(), _NAMED)]
            more = len(self._groups) - len(there)
            raise GROUP_NOT_FOUND(f"existing groups: {there}{f' and {more} more' if more else ''}")
        return group

    def named(self, name: str) -> Group | None:
        """The group with that name, without regard to case; None if there is none."""
        return self._groups.get(name.lower())

    def create(self, name: str, settings: Mapping[str, Any], at: float) -> Group:
        """Create a group.

        Raises:
            ServiceError: GroupExistsException, for a name that differs from another only in case.
        """
        other = self._groups.get(name.lower())
        if other is not None:
            raise GROUP_EXISTS(f"the group {other.name!r} exists")
        self._born += 1
        group = self._groups[name.lower()] = Group(self._born, name, dict(settings), at)
        return group

    def remove(self, group: Group) -> None:
        """Delete a group; its members stay users."""
        del self._groups[group.name.lower()]

    def forget(self, user: User) -> None:
        """Remove a user from all groups."""
        for group in self._groups.values():
            group.members.pop(user.sub, None)

    def configuration(self, user: User) -> dict[str, Any]:
        """The groupConfiguration of a token event.

        Documented: the group with the lowest Precedence gives the preferred role. If several groups have the lowest
        Precedence, there is a preferred role only if they have the same role. A group without a Precedence comes last.
        """
        groups = self.of(user)
        roles = [group.settings["RoleArn"] for group in groups if "RoleArn" in group.settings]
        first = min((_precedence(group) for group in groups), default=math.inf)
        preferred = {group.settings.get("RoleArn") for group in groups if _precedence(group) == first}
        return {
            "groupsToOverride": [group.name for group in groups],
            "iamRolesToOverride": roles,
            "preferredRole": preferred.pop() if len(preferred) == 1 else None,
        }


def _precedence(group: Group) -> float:
    return float(group.settings.get("Precedence", math.inf))
