"""Who makes calls: the identities of the account, recognised by the access key that signs a request."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service import ids

if TYPE_CHECKING:
    from pytest_cognito_pool._service.access.policy import Policy

# Every client signs with these, however it was created, except clients of a session with its own identity.
ACCESS_KEY: Final = "AKIAPYTESTCOGNITO000"
SECRET_KEY: Final = "pytest-cognito-pool-needs-no-secret-key"  # noqa: S105 - of the fake's own caller
_USER: Final = "pytest"


class Identity:
    """An IAM user.

    Attributes:
        policy: what the IAM user may do; None allows everything.
    """

    __slots__ = ("access_key", "arn", "name", "policy")

    def __init__(self, name: str, account_id: str, access_key: str, policy: Policy | None) -> None:
        self.name = name
        self.arn = f"arn:aws:iam::{account_id}:user/{name}"
        self.access_key = access_key
        self.policy = policy


class Identities:
    """The identities of an account.

    Attributes:
        own: the identity of every client that does not have another one.
    """

    def __init__(self, account_id: str) -> None:
        self._account_id = account_id
        self.own = Identity(_USER, account_id, ACCESS_KEY, None)
        self._known = {ACCESS_KEY: self.own}

    def add(self, name: str, policy: Policy | None) -> Identity:
        """Create an identity with a new access key."""
        access_key = f"AKIAPYTEST{ids.draw(string.ascii_uppercase, 10)}"
        identity = Identity(name, self._account_id, access_key, policy)
        self._known[access_key] = identity
        return identity

    def has_drawn(self, access_key: str) -> bool:
        """Whether the access key belongs to an identity that was added."""
        return access_key != ACCESS_KEY and access_key in self._known

    def find(self, access_key: str) -> Identity | None:
        """The identity with this access key; None if there is none."""
        return self._known.get(access_key)
