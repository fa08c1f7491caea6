"""The guard: no test, and no import, sends a request to a real user pool."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest

from pytest_cognito_pool._api.errors import GuardError
from pytest_cognito_pool._service.transport import guard

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

_TITLE: Final = "Cognito guard"


class Guard:
    """Refuses requests, and fails what made them, even if it ignored the refusal."""

    def __init__(self) -> None:
        self._refused: list[str] = []
        self._is_open = False

    def start(self) -> Callable[[], None]:
        """Refuse requests until the returned function is called."""
        return guard.start(self._refuse)

    def _refuse(self, operation: str, url: str) -> GuardError | None:
        if self._is_open:
            return None
        text = (
            f"{operation} was about to be sent to {url}: no fake is active. Ask for the fixture cognito_pool, or mark "
            "the test with @pytest.mark.cognito_pool_real to let it reach AWS (cognito_pool_guard)"
        )
        self._refused.append(text)
        return GuardError(text)

    def _taken(self) -> str:
        """What was refused since this was asked last, each text once."""
        refused, self._refused = self._refused, []
        return "\n".join(dict.fromkeys(refused))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Let a test with the marker through."""
        self._is_open = item.get_closest_marker("cognito_pool_real") is not None
        try:
            return (yield)
        finally:
            self._is_open = False

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Fail what was imported, even if it ignored the refusal."""
        report = yield
        refused = self._taken()
        if refused and report.passed:
            report.outcome, report.longrepr, report.result = "failed", refused, []
        return report

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail the set-up."""
        with self._judging(item, "setup"):
            return (yield)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail the test."""
        with self._judging(item, "call"):
            return (yield)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail the teardown."""
        with self._judging(item, "teardown"):
            return (yield)

    @contextmanager
    def _judging(self, item: pytest.Item, when: str) -> Iterator[None]:
        try:
            yield
        except GuardError:
            self._taken()
            raise
        except BaseException:
            refused = self._taken()
            if refused:
                item.add_report_section(when, _TITLE, refused)
            raise
        refused = self._taken()
        if refused:
            pytest.fail(refused, pytrace=False)
