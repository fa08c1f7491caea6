"""What goes on in one fake: what is armed in it, and what it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._api.own_replies import OwnReplies

if TYPE_CHECKING:
    from pytest_cognito_pool._api.checks.policies import Enforced
    from pytest_cognito_pool._api.errors import TruthError
    from pytest_cognito_pool._api.lifetimes import Test
    from pytest_cognito_pool._api.recorder import Records
    from pytest_cognito_pool._service.account import Account


class Activity:
    """One fake as the test that runs concerns it.

    Attributes:
        account: the account.
        records: what happened in it.
        replies: the author's own replies.
    """

    def __init__(self, account: Account, records: Records) -> None:
        self.account = account
        self.records = records
        self.replies = OwnReplies()
        self._enforced: Enforced | None = None

    @property
    def enforced(self) -> Enforced:
        """The policies that calls are judged by; most tests have none."""
        if self._enforced is None:
            from pytest_cognito_pool._api.checks.policies import Enforced

            self._enforced = Enforced(self.account.identities.own)
        return self._enforced

    def begin(self) -> None:
        """Note that a test begins."""
        self.records.begin()

    def disarm(self, test: Test | None) -> None:
        """Take away the faults and the policies that a test armed, as when its body ends; without one, all."""
        self.records.faults.end(test)
        if self._enforced is not None:
            self._enforced.end(test)

    def truth(self, test: Test | None) -> TruthError | None:
        """What the application swallowed, and which faults of a test were not spent; without one, which of all."""
        return self.records.truth(test)

    def timeline(self, *, whole: bool) -> str:
        """The calls of the test, for its report; empty without any."""
        from pytest_cognito_pool._plugin.report import timeline

        return timeline(self.account, self.records, whole=whole)
