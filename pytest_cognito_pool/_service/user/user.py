"""A user as the service stores them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from pytest_cognito_pool._service import clock
from pytest_cognito_pool._service.records import Comparable
from pytest_cognito_pool._service.user.attributes import to_list
from pytest_cognito_pool._service.wording import known_as

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from datetime import datetime

UserStatus = Literal[
    "UNCONFIRMED",
    "CONFIRMED",
    "ARCHIVED",
    "COMPROMISED",
    "UNKNOWN",
    "RESET_REQUIRED",
    "FORCE_CHANGE_PASSWORD",
    "EXTERNAL_PROVIDER",
]
STATUSES: Final[tuple[UserStatus, ...]] = get_args(UserStatus)
# With the current password, these are as many as the model's largest PasswordHistorySize.
_MOST_FORMER_PASSWORDS: Final = 23
# The default time of a transition that an author writes for a comparison, which ignores the time.
_UNKNOWN: Final = clock.moment(0)


@dataclass(frozen=True, slots=True, eq=False)
class Transition(Comparable):
    """One change of a user's status; compares without its time.

    Attributes:
        before: the status the user had.
        after: the status the user got.
        operation: the operation that did it.
        at: when, in UTC.
    """

    before: UserStatus
    after: UserStatus
    operation: str
    at: datetime = field(default=_UNKNOWN, compare=False)


class User:
    """One user; only the status table changes `status`, and `attributes` are replaced and never changed in place."""

    __slots__ = (
        "attributes", "created", "enabled", "former_passwords", "history", "mfa_options", "modified", "number",
        "password", "password_set", "status", "sub", "username",
    )  # fmt: skip

    def __init__(
        self, username: str, sub: str, status: UserStatus, attributes: dict[str, str], password: str | None
    ) -> None:
        # The directory that stores the user gives these four.
        self.number = 0
        self.created = self.modified = self.password_set = 0.0
        self.username = username
        self.sub = sub
        self.status: UserStatus = status
        self.attributes = attributes
        self.password = password
        self.former_passwords: tuple[str, ...] = ()
        self.enabled = True
        # Set by SetUserSettings; the list is replaced and never changed in place.
        self.mfa_options: Sequence[Mapping[str, object]] = ()
        self.history: tuple[Transition, ...] = ()

    def copy(self, attributes: dict[str, str], status: UserStatus) -> User:
        """The same user with other attributes and another status, not stored."""
        return User(self.username, self.sub, status, attributes, self.password)

    def set_password(self, password: str | None, at: float) -> None:
        """Replace the password; the old one is kept, as a policy may forbid its reuse."""
        if self.password is not None:
            self.former_passwords = (*self.former_passwords, self.password)[-_MOST_FORMER_PASSWORDS:]
        self.password = password
        self.password_set = self.modified = at

    @property
    def shown(self) -> str:
        """The user, for the author of the test; see `known_as`."""
        return known_as(self.username, self.sub, self.attributes)

    @property
    def all_attributes(self) -> dict[str, str]:
        """The attributes as replies list them: sub first."""
        return {"sub": self.sub, **self.attributes}


def described(user: User, key: str = "Attributes", wanted: Container[str] | None = None) -> dict[str, Any]:
    """A user as replies list them.

    Args:
        user: the user.
        key: the member for the attributes.
        wanted: the names of the attributes to list; None for all.
    """
    listed = {name: value for name, value in user.all_attributes.items() if wanted is None or name in wanted}
    return {
        "Username": user.username,
        "UserCreateDate": user.created,
        "UserLastModifiedDate": user.modified,
        "Enabled": user.enabled,
        "UserStatus": user.status,
        key: to_list(listed),
        **({"MFAOptions": user.mfa_options} if user.mfa_options else {}),
    }
