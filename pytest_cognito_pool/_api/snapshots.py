"""The state of an account at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_cognito_pool._service.account import Account


class Snapshot:
    """The pools, app clients, users, groups, codes, sign-ins, page tokens and clock of an account at one moment.

    Made by `Cognito.snapshot`; `Cognito.restore` restores it, as often as you like.
    """

    __slots__ = ("_account", "_put_back", "_shown")

    def __init__(self, account: Account) -> None:
        self._account = account
        self._put_back = account.saved()
        self._shown = f"{len(account.pools)} pools, {sum(len(pool.users) for pool in account.pools.values())} users"

    def __repr__(self) -> str:
        return f"<Snapshot of {self._shown}>"


def restore(snapshot: object, account: Account) -> bool:
    """Restore a snapshot; False if it is not a snapshot of that account."""
    if not isinstance(snapshot, Snapshot) or snapshot._account is not account:  # noqa: SLF001 - hidden from authors
        return False
    snapshot._put_back()  # noqa: SLF001 - the same
    return True
