"""The calls of tests that passed, for `--cognito-pool-report=all`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._plugin.report import TITLE

if TYPE_CHECKING:
    import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the calls of each test that passed; pytest itself shows those of a test that failed."""
    passed = [report for report in terminalreporter.getreports("passed") if _calls(report)]
    if passed:
        terminalreporter.write_sep("=", f"{TITLE} of tests that passed")
    for report in passed:
        terminalreporter.write_sep("_", report.head_line or report.nodeid)
        for text in _calls(report):
            terminalreporter.write_line(text)


def _calls(report: pytest.TestReport) -> list[str]:
    return [text for title, text in report.sections if title.startswith(TITLE)]
