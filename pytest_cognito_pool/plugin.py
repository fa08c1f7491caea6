"""What pytest loads: ini options, the marker, the fixtures and the report hooks."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from pathlib import Path

    from botocore.client import BaseClient

    from pytest_cognito_pool._api.call_log import Error
    from pytest_cognito_pool._api.cognito import Cognito
    from pytest_cognito_pool._api.errors import TruthError
    from pytest_cognito_pool._api.faults import Plan
    from pytest_cognito_pool._api.lifetimes import Fake, Test
    from pytest_cognito_pool._api.pool import UserPool

_fake = pytest.StashKey["Cognito"]()
_test: pytest.StashKey[Test] = pytest.StashKey()
_plan: pytest.StashKey[Plan] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    from pytest_cognito_pool._plugin import hookspecs

    pluginmanager.add_hookspecs(hookspecs)
    parser.addini(
        "cognito_pool_region",
        "Region in which user pools live; also put into AWS_DEFAULT_REGION, with what else a boto3 client needs, for "
        "the whole run, so that clients made at import work. Unset: AWS_DEFAULT_REGION, else us-east-1.",
        default="",
    )
    parser.addini("cognito_pool_account", "Id of the AWS account that user pools live in.", default="")
    parser.getgroup("cognito-pool").addoption(
        "--cognito-pool-policy",
        metavar="FILE",
        help="Write the least IAM policy with which the application could make the calls of all tests that ran.",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    region = early_config.getini("cognito_pool_region")
    if region:
        from pytest_cognito_pool._service.transport.environment import environment

        environment.enter(region)
        early_config.add_cleanup(lambda: environment.leave(region))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "cognito_pool(**settings): CreateUserPool's own keys for the test's user pool, each in place of the whole "
        "value that the cognito_pool_settings fixture or an outer marker has.",
    )
    config.addinivalue_line(
        "markers",
        "cognito_errors(operation, *, only=(), exclude=(), common=False): run the test once per error that the service "
        "model declares for the operation, each of whose calls then fails with it.",
    )
    path = config.getoption("cognito_pool_policy")
    if path is not None and not config.getoption("collectonly"):
        _write_policy(config, config.invocation_params.dir / path)
    region = config.getini("cognito_pool_region")
    if region and not re.fullmatch("[a-z0-9-]+", region):
        raise pytest.UsageError(f"cognito_pool_region is {region!r}; a region looks like 'eu-central-1'")
    account = config.getini("cognito_pool_account")
    if account and not re.fullmatch("[0-9]{12}", account):
        raise pytest.UsageError(f"cognito_pool_account is {account!r}; an AWS account id has twelve digits")


def _write_policy(config: pytest.Config, path: Path) -> None:
    from pytest_cognito_pool._plugin.policy_file import PolicyFile

    if not path.parent.is_dir():
        raise pytest.UsageError(f"--cognito-pool-policy: there is no folder {path.parent} to write {path.name} to")
    if path.is_dir():
        raise pytest.UsageError(f"--cognito-pool-policy: {path} is a folder; name a file to write to")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(PolicyFile(path), "cognito-pool-policy-file")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marks = [(mark.args, mark.kwargs) for mark in metafunc.definition.iter_markers("cognito_errors")]
    if marks:
        from pytest_cognito_pool._api.checks.faults import runs
        from pytest_cognito_pool._api.errors import UsageError

        refusal, found = "", {}
        try:
            found = runs(marks)
        except UsageError as error:
            refusal = f"{metafunc.definition.nodeid}: {error}"
        if refusal:
            pytest.fail(refusal, pytrace=False)
        metafunc.fixturenames.append("_cognito_pool_error")
        metafunc.parametrize("_cognito_pool_error", list(found.values()), ids=list(found), indirect=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    # After parametrizing pytest forgets the fixtures that a test does not ask for itself.
    if isinstance(item, pytest.Function) and item.get_closest_marker("cognito_errors"):
        item.fixturenames = [*dict.fromkeys([*item.fixturenames, "_cognito_pool_error"])]


@pytest.fixture
def cognito_pool_settings() -> dict[str, Any]:
    """CreateUserPool's own keys for every user pool of the tests that see it; meant to be overridden."""
    return {}


@pytest.fixture
def _cognito_pool_given(request: pytest.FixtureRequest, cognito_pool_settings: Mapping[str, Any]) -> Mapping[str, Any]:
    from pytest_cognito_pool._api.checks.settings import unwrapped

    settings = dict(cognito_pool_settings)
    for marker in _markers(request.node):
        if marker.args:
            pytest.fail(f"the cognito_pool marker takes settings by name, not {marker.args!r}", pytrace=False)
        settings.update(marker.kwargs)
    return unwrapped(settings)


@pytest.fixture
def _cognito_pool_account(request: pytest.FixtureRequest, _cognito_pool_given: Mapping[str, Any]) -> Iterator[Cognito]:
    from pytest_cognito_pool._api.cognito import DEFAULT_ACCOUNT, Cognito
    from pytest_cognito_pool._api.errors import TruthError

    config, hook = request.config, request.node.ihook
    of_id = re.match("([a-z0-9-]+)_", str(_cognito_pool_given.get("Id", "")))
    cognito = Cognito(
        region=config.getini("cognito_pool_region") or (of_id and of_id[1]) or None,
        account=config.getini("cognito_pool_account") or DEFAULT_ACCOUNT,
        on_pool=lambda pool: hook.pytest_cognito_pool_created(pool=pool),
        on_call=lambda call: hook.pytest_cognito_pool_call(call=call),
        test_files=(*config.getini("python_files"), "conftest.py", request.node.path.name),
    )
    request.node.stash[_fake] = cognito
    truth = ""
    try:
        with cognito:
            yield cognito
    except TruthError as error:
        truth = str(error)
    if truth:
        pytest.fail(truth, pytrace=False)


@pytest.fixture
def _cognito_pool_complete(_cognito_pool_account: Cognito, _cognito_pool_given: Mapping[str, Any]) -> Mapping[str, Any]:
    from pytest_cognito_pool._api.cognito import DEFAULT_POOL

    return {"Id": f"{_cognito_pool_account.region}_{DEFAULT_POOL}", **_cognito_pool_given}


@pytest.fixture
def _cognito_pool_default(_cognito_pool_account: Cognito, _cognito_pool_complete: Mapping[str, Any]) -> UserPool:
    from pytest_cognito_pool._api.cognito import DEFAULT_CLIENT_ID
    from pytest_cognito_pool._api.errors import UnsupportedOperationError, UsageError

    try:
        return _cognito_pool_account.create_pool(client_id=DEFAULT_CLIENT_ID, **_cognito_pool_complete)
    except (UsageError, UnsupportedOperationError) as error:
        refusal = f"cognito_pool settings: {error}"
    pytest.fail(refusal, pytrace=False)


@pytest.fixture
def _cognito_pool_error(
    request: pytest.FixtureRequest, _cognito_pool_account: Cognito, _cognito_pool_complete: Mapping[str, Any]
) -> Error:
    if not hasattr(request, "param"):
        pytest.fail(
            "cognito_error needs the marker @pytest.mark.cognito_errors('AdminConfirmSignUp') on a function, a method, "
            "a class or a module; in pytest.param and on a unittest.TestCase it comes too late",
            pytrace=False,
        )
    path, line, _name = request.node.location
    where = f"{path}:{(line or 0) + 1}"
    error, request.node.stash[_plan] = _cognito_pool_account.marked(request.param, _cognito_pool_complete["Id"], where)
    return error


def _markers(node: pytest.Item) -> list[pytest.Mark]:
    """The markers, outermost first; on one node those of a derived class and of a parameter come last."""
    return [mark for each in node.listchain() for mark in each.own_markers if mark.name == "cognito_pool"]


@pytest.fixture
def cognito(_cognito_pool_account: Cognito) -> Cognito:
    """The fake AWS account: several pools, every call, your own replies."""
    return _cognito_pool_account


@pytest.fixture
def cognito_pool(_cognito_pool_default: UserPool) -> UserPool:
    """A user pool with one app client."""
    return _cognito_pool_default


@pytest.fixture
def cognito_idp(_cognito_pool_account: Cognito, _cognito_pool_complete: Mapping[str, Any]) -> BaseClient:
    """A boto3 client for cognito-idp in the region of the default pool."""
    import boto3

    region, _, _ = str(_cognito_pool_complete["Id"]).rpartition("_")
    return boto3.client("cognito-idp", region_name=region or _cognito_pool_account.region)


@pytest.fixture
def cognito_error(_cognito_pool_error: Error) -> Error:
    """The error of this run of a test with the marker `cognito_errors`; every call of the operation fails with it."""
    return _cognito_pool_error


@pytest.hookimpl(wrapper=True, tryfirst=True, specname="pytest_runtest_setup")
def pytest_begin_test(item: pytest.Item) -> Generator[None, object, object]:
    from pytest_cognito_pool._api.lifetimes import Test

    item.stash[_test] = test = Test()
    for fake in test.fakes:
        fake.begin()
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
        # Not left to teardown: an interrupted run has none.
        _truth(item)
        raise
    plan = item.stash.get(_plan, None)
    if plan is not None:
        # What fixtures do while they are set up is not what is tested.
        item.stash[_fake].faults.arm(plan)
        del item.stash[_plan]
    return result


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Tell right after the body what the application ignored."""
    try:
        result = yield
    except BaseException:
        _truth(item)
        raise
    found = _truth(item)
    if all(truth.is_of_faults for truth in found):
        # The report tells it, unless the test is expected to fail: that a fault was not spent is no such failure.
        item.stash[_test].unspent = _told(found)
    else:
        pytest.fail(_told(found), pytrace=False)
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Other fixtures' teardown is not what is tested, and a body that never ran owes nothing."""
    _truth(item)
    for fake in _fakes(item):
        fake.disarm(item.stash[_test])


@pytest.hookimpl(wrapper=True, tryfirst=True, specname="pytest_runtest_teardown")
def pytest_end_test(item: pytest.Item) -> Generator[None, object, object]:
    try:
        result = yield
    except BaseException:
        _end(item)
        raise
    if found := _end(item):
        pytest.fail(_told(found), pytrace=False)
    return result


def _end(item: pytest.Item) -> list[TruthError]:
    """End the test: what it armed is gone, and where no fake is left the process is as before."""
    found = _truth(item)
    for fake in _fakes(item):
        fake.disarm(item.stash[_test])
    if _test in item.stash:
        item.stash[_test].end()
    return found


def pytest_keyboard_interrupt() -> None:
    """Let what is left in a run that was interrupted, by `pytest.exit` too, be judged by nobody."""
    from pytest_cognito_pool._api.lifetimes import interrupt

    interrupt()


def _fakes(item: pytest.Item) -> list[Fake]:
    """The fakes that were active at any time of the test; one whose set-up another plugin ended has none."""
    return item.stash[_test].fakes if _test in item.stash else []


def _truth(item: pytest.Item) -> list[TruthError]:
    """What the application ignored or never came to, and nobody was told yet."""
    found = [fake.truth(item.stash[_test]) for fake in _fakes(item)]
    return [truth for truth in found if truth is not None]


def _told(found: list[TruthError]) -> str:
    return "\n".join(map(str, found))


@pytest.hookimpl(specname="pytest_runtest_makereport")
def pytest_trim_traceback(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    # After the hook that puts a unittest's own exception into the call, before the one that shows it.
    whole = item.config.getoption("fulltrace", default=False) or item.config.getoption("usepdb", default=False)
    if call.excinfo is not None and _fakes(item) and not whole:
        from pytest_cognito_pool._api.frames import trim

        # An author's exception may refuse anything; its traceback is then shown whole.
        with suppress(Exception):
            trim(call.excinfo.value)
            call.excinfo = pytest.ExceptionInfo.from_exception(call.excinfo.value)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    test = item.stash.get(_test, None)
    # An expected failure that passed is told as pytest tells it.
    if test is not None and test.unspent and report.passed and call.when == "call" and not hasattr(report, "wasxfail"):
        _fail(item, call, report, test.unspent)
    if test is not None and test.fakes and report.failed:
        from pytest_cognito_pool._plugin.report import TITLE, sections

        test.failed = True
        found = sections(test, whole=item.config.get_verbosity() > 1)
        report.sections += found or ([(TITLE, "no calls")] if call.when == "call" else [])
    if call.when == "teardown":
        _forget(item, report)
    return report


def _forget(item: pytest.Item, report: pytest.TestReport) -> None:
    """Keep nothing of a test that is over: items live as long as the run."""
    if _fake in item.stash and item.config.getoption("cognito_pool_policy"):
        from pytest_cognito_pool._plugin.policy_file import note

        note(report, item.stash[_fake], failed=item.stash[_test].failed)
    if _fake in item.stash:
        del item.stash[_fake]
    if _test in item.stash:
        del item.stash[_test]


def _fail(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, truth: str) -> None:
    """Let the report of a body that passed tell which faults were not spent."""
    try:
        pytest.fail(truth, pytrace=False)
    except pytest.fail.Exception as error:
        call.excinfo = pytest.ExceptionInfo.from_exception(error)
        report.longrepr = item.repr_failure(call.excinfo)
    report.outcome = "failed"


@pytest.hookimpl(tryfirst=True)
def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    # Where nothing of ours was imported nothing of ours is compared.
    comparing = sys.modules.get("pytest_cognito_pool._service.records")
    explained: list[str] | None = comparing.explained(op, left, right) if comparing is not None else None
    return explained
