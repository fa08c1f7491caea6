"""What an account held at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_cognito_pool._service.account import Account


class Snapshot:
    """The pools, app clients, users, groups, codes and page tokens of an account at one moment, and its clock.

    Made by `Cognito.snapshot`; `Cognito.restore` puts them back, as often as you like.
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        self._put_back = account.saved()
        self._shown = f"{len(account.pools)} pools, {sum(len(pool.users) for pool in account.pools.values())} users"

    def is_of(self, account: Account) -> bool:
        """Whether it was made of that account."""
        return self._account is account

    def put_back(self) -> None:
        """Make everything as it was."""
        self._put_back()

    def __repr__(self) -> str:
        return f"<Snapshot of {self._shown}>"
