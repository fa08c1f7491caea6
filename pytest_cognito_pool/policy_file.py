"""The file that --cognito-pool-policy names: the least IAM policy for the calls of a whole run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool.calls import Permission, least, needed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from pytest_cognito_pool.cognito import Cognito

_ATTRIBUTE: Final = "cognito_pool_permissions"
_ACCESS_DENIED: Final = "AccessDeniedException"


def note(report: pytest.TestReport, cognito: Cognito, *, failed: bool) -> None:
    """Put what the calls of a test needed on its report, which reaches whoever writes the file.

    A test that passes though a policy refused its call is one that wants it refused.
    """
    calls = [call for call in cognito.calls if failed or call.error is None or call.error.code != _ACCESS_DENIED]
    vars(report)[_ATTRIBUTE] = [list(permission) for permission in dict.fromkeys(needed(calls))]


class PolicyFile:
    """Writes the file when the run ends; under xdist registered in the process that starts the others.

    Args:
        path: where to.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._permissions: set[Permission] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect what each test needed."""
        self._permissions |= {Permission(*permission) for permission in getattr(report, _ATTRIBUTE, ())}

    def pytest_sessionfinish(self) -> None:
        """Write the file."""
        self._path.write_text(json.dumps(least(self._permissions), indent=2) + "\n", encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say so."""
        count = len(self._permissions)
        permissions = "1 permission" if count == 1 else f"{count} permissions"
        terminalreporter.write_line(f"the least IAM policy ({permissions}) is in {self._path}")
