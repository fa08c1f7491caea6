"""The status of a user and the one table of its changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

from pytest_cognito_pool._service import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.state import User

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


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of a user's status; compares without its time.

    Attributes:
        before: the status the user had.
        after: the status the user got.
        operation: the operation that did it.
        at: when, in seconds since the epoch.
    """

    before: UserStatus
    after: UserStatus
    operation: str
    at: float = field(compare=False)


def _from_any(after: UserStatus) -> dict[UserStatus, UserStatus]:
    return dict.fromkeys(STATUSES, after)


# AdminConfirmSignUp: observed for UNCONFIRMED, CONFIRMED and FORCE_CHANGE_PASSWORD, inferred for the other statuses.
# AdminSetUserPassword: documented for a temporary password, observed from UNCONFIRMED (aws-sdk-js#2976).
CHANGES: Final[Mapping[str, Mapping[UserStatus, UserStatus]]] = {
    "AdminConfirmSignUp": {"UNCONFIRMED": "CONFIRMED"},
    "AdminSetUserPassword Permanent=True": _from_any("CONFIRMED"),
    "AdminSetUserPassword Permanent=False": _from_any("FORCE_CHANGE_PASSWORD"),
}


def change(user: User, occasion: str, at: float) -> Transition:
    """Change the user's status as `occasion` does; the caller holds the pool's lock.

    Raises:
        ServiceError: NotAuthorizedException, where the table has no such change; the user stays as it was.
    """
    before = user.status
    after = CHANGES[occasion].get(before)
    if after is None:
        why = f"{user.username!r} is {before}; only an UNCONFIRMED user can be confirmed"
        raise texts.CANNOT_BE_CONFIRMED(why, status=before)
    transition = Transition(before, after, occasion.partition(" ")[0], at)
    user.status = after
    user.history = (*user.history, transition)
    user.modified = at
    return transition
