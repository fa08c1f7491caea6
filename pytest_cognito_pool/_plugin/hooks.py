"""The hooks around each test: report what the application ignored, and end what the test armed."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytest_cognito_pool._api.cognito import Cognito
    from pytest_cognito_pool._api.errors import UnreportedError
    from pytest_cognito_pool._api.faults import Faults, FaultSpec
    from pytest_cognito_pool._api.lifetimes import Fake, Test

# Which tests show their calls; kept with the configuration.
REPORT: pytest.StashKey[str] = pytest.StashKey()
# What is kept with an item while its test runs.
FAKE: pytest.StashKey[Cognito] = pytest.StashKey()
TEST: pytest.StashKey[Test] = pytest.StashKey()
# The fault of the marker `cognito_errors`, and the faults that it joins when the fixtures are ready.
FAULT: pytest.StashKey[tuple[Faults, FaultSpec]] = pytest.StashKey()


@pytest.hookimpl(wrapper=True, tryfirst=True, specname="pytest_runtest_setup")
def pytest_begin_test(item: pytest.Item) -> Generator[None, object, object]:
    from pytest_cognito_pool._api.lifetimes import Test

    item.stash[TEST] = Test()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    lifetimes = sys.modules.get("pytest_cognito_pool._api.lifetimes")
    test = lifetimes.running() if lifetimes is not None and fixturedef.scope != "function" else None
    if test is None:
        return (yield)
    with test.sets_up_wide():
        return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    try:
        result = yield
    except BaseException:
        # Done here, as an interrupted run has no teardown.
        _unreported(item)
        raise
    if FAULT in item.stash:
        faults, spec = item.stash[FAULT]
        faults.arm(spec)
        del item.stash[FAULT]
    return result


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Report right after the body what the application ignored."""
    try:
        result = yield
    finally:
        found = _unreported(item)
    if not any(error.calls or error.assertions or error.raised or error.replies for error in found):
        # The report shows this later; an unused fault must not count as the failure that an xfail test expects.
        item.stash[TEST].unused = _joined(found)
    else:
        pytest.fail(_joined(found), pytrace=False)
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Remove what the test armed, before its fixtures are torn down: calls of teardown should not fail."""
    _unreported(item)
    if TEST in item.stash:
        item.stash[TEST].disarm()


@pytest.hookimpl(wrapper=True, tryfirst=True, specname="pytest_runtest_teardown")
def pytest_end_test(item: pytest.Item) -> Generator[None, object, object]:
    try:
        result = yield
    finally:
        found = _end(item)
    if found:
        pytest.fail(_joined(found), pytrace=False)
    return result


def _end(item: pytest.Item) -> list[UnreportedError]:
    """End the test: remove what it armed, and restore the process if no fake is left."""
    found = _unreported(item)
    if TEST in item.stash:
        item.stash[TEST].end()
    return found


def pytest_keyboard_interrupt() -> None:
    """Report nothing of an interrupted run; `pytest.exit` interrupts too."""
    from pytest_cognito_pool._api.lifetimes import interrupt

    interrupt()


def _fakes(item: pytest.Item) -> list[Fake]:
    """The fakes that were active during the test; none if another plugin ended its set-up early."""
    return item.stash[TEST].fakes if TEST in item.stash else []


def _unreported(item: pytest.Item) -> list[UnreportedError]:
    """The errors that the application ignored and the faults that it did not use, unless already reported."""
    found = [fake.unreported(item.stash[TEST]) for fake in _fakes(item)]
    return [error for error in found if error is not None]


def _joined(found: list[UnreportedError]) -> str:
    return "\n".join(map(str, found))


@pytest.hookimpl(specname="pytest_runtest_makereport")
def pytest_trim_traceback(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    # This runs after the hook that puts a unittest's own exception into the call, and before the hook that shows it.
    whole = item.config.getoption("fulltrace", default=False) or item.config.getoption("usepdb", default=False)
    if call.excinfo is not None and not whole and (_fakes(item) or _is_of_the_guard(call.excinfo.value)):
        from pytest_cognito_pool._plugin.traceback_filter import trim

        # An author's exception class may raise on any access; then the whole traceback is shown.
        with suppress(Exception):
            trim(call.excinfo.value)
            call.excinfo = pytest.ExceptionInfo.from_exception(call.excinfo.value)


def _is_of_the_guard(error: BaseException) -> bool:
    errors = sys.modules.get("pytest_cognito_pool._api.errors")
    return errors is not None and isinstance(error, errors.GuardError)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    test = item.stash.get(TEST, None)
    # Pytest itself reports an expected failure that passed.
    if test is not None and test.unused and report.passed and call.when == "call" and not hasattr(report, "wasxfail"):
        _fail(item, call, report, test.unused)
    if test is not None and test.fakes:
        test.failed |= report.failed
        if _shows_calls(item, call, report):
            from pytest_cognito_pool._plugin.report import TITLE, sections

            found = sections(test, whole=item.config.get_verbosity() > 1)
            report.sections += found or ([(TITLE, "no calls")] if call.when == "call" else [])
    if call.when == "teardown":
        _forget(item, report)
    return report


def _shows_calls(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> bool:
    """Whether the report shows the calls of the test."""
    shown = item.config.stash[REPORT]
    return (report.failed and shown != "none") or (shown == "all" and call.when == "call")


def _forget(item: pytest.Item, report: pytest.TestReport) -> None:
    """Keep nothing of a test that is over: items live as long as the run."""
    if FAKE in item.stash and item.config.getoption("cognito_pool_policy"):
        from pytest_cognito_pool._plugin.policy_file import note

        note(report, item.stash[FAKE], failed=item.stash[TEST].failed)
    keys: list[pytest.StashKey[Any]] = [FAKE, TEST, FAULT]
    for key in keys:
        if key in item.stash:
            del item.stash[key]


def _fail(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, unused: str) -> None:
    """Fail the report of a body that passed, and show the unused faults."""
    try:
        pytest.fail(unused, pytrace=False)
    except pytest.fail.Exception as error:
        call.excinfo = pytest.ExceptionInfo.from_exception(error)
        report.longrepr = item.repr_failure(call.excinfo)
    report.outcome = "failed"


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Say what a module needs that makes a client without a region."""
    report = yield
    if report.failed and "NoRegionError" in str(report.longrepr):
        hint = "a client was made without a region: set cognito_pool_region in the ini file, for example us-east-1"
        report.sections.append(("Cognito", hint))
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    # If the records were never imported, none of them can be compared.
    if "pytest_cognito_pool._service.records" not in sys.modules:
        return None
    from pytest_cognito_pool._plugin.comparisons import explained

    return explained(op, left, right)
