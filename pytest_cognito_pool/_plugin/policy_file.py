"""The file that --cognito-pool-policy names: the minimal IAM policy for the calls of a whole run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._api.call_log import minimal_policy, needed
from pytest_cognito_pool._service.errors.common import ACCESS_DENIED
from pytest_cognito_pool._service.journal import Permission

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from pytest_cognito_pool._api.cognito import Cognito
    from pytest_cognito_pool._service.journal import Call

_ATTRIBUTE: Final = "cognito_pool_permissions"


def note(report: pytest.TestReport, cognito: Cognito, *, failed: bool) -> None:
    """Store the needed permissions on the report, which reaches the process that writes the file."""
    calls = [call for call in cognito.calls if call.caller == cognito.caller and (failed or not _is_refused(call))]
    vars(report)[_ATTRIBUTE] = [list(permission) for permission in dict.fromkeys(needed(calls))]


def _is_refused(call: Call) -> bool:
    """Whether a policy refused the call; if the test passes, the refusal was expected."""
    return any(
        attempt.fault is None and attempt.error is not None and attempt.error.code == ACCESS_DENIED.code
        for attempt in call.attempts
    )


class PolicyFile:
    """Writes the file when the run ends; under xdist only the controller does.

    Args:
        path: where the file is written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._permissions: set[Permission] = set()
        self._is_due = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect what each test needed."""
        self._is_due = True
        self._permissions |= {Permission(*permission) for permission in getattr(report, _ATTRIBUTE, ())}

    def pytest_sessionfinish(self) -> None:
        """Write the file, if any test ran."""
        if self._is_due:
            self._path.write_text(json.dumps(minimal_policy(self._permissions), indent=2) + "\n", encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say where the file is."""
        if not self._is_due:
            return
        count = len(self._permissions)
        permissions = "1 permission" if count == 1 else f"{count} permissions"
        terminalreporter.write_line(f"the minimal IAM policy ({permissions}) is in {self._path}")
