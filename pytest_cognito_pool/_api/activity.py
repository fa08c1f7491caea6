"""The activity in one fake: what is armed in it, and what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pytest_cognito_pool._api.interventions import Interventions

if TYPE_CHECKING:
    from pytest_cognito_pool._api.enforcement import Enforced
    from pytest_cognito_pool._api.errors import UnreportedError
    from pytest_cognito_pool._api.faults import ArmedFault
    from pytest_cognito_pool._api.lifetimes import Test
    from pytest_cognito_pool._api.recorder import Recorder
    from pytest_cognito_pool._service.account import Account


class Activity:
    """One fake, as far as the running test needs it.

    Attributes:
        account: the account.
        recorder: what happened in it.
        interventions: faults and own replies.
    """

    # None until it is needed.
    _enforced: Enforced | None = None

    def __init__(self, account: Account, recorder: Recorder) -> None:
        self.account = account
        self.recorder = recorder
        self.interventions = Interventions(recorder)

    @property
    def enforced(self) -> Enforced:
        """The policies that calls are checked against; most tests have none."""
        if self._enforced is None:
            from pytest_cognito_pool._api.enforcement import Enforced

            vars(self).setdefault("_enforced", Enforced(self.account.identities.own))
        return cast("Enforced", self._enforced)

    def disarm(self, test: Test | None) -> None:
        """Remove the faults and the policies that a test armed; without a test, remove all."""
        self.interventions.end(test)
        if self._enforced is not None:
            self._enforced.end(test)

    def unused(self) -> list[ArmedFault]:
        """The faults that would fail the test if it ended now."""
        return self.interventions.unused()

    def unreported(self, test: Test | None) -> UnreportedError | None:
        """The error about ignored failures and the unused faults of a test; without a test, about all unused faults."""
        return self.recorder.unreported(self.interventions.unreported(test))
