"""What pytest loads: options, markers, fixtures and collection hooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito_pool._plugin.hooks import FAKE, FAULT, REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Literal

    from botocore.client import BaseClient

    from pytest_cognito_pool._api.app_client import AppClient
    from pytest_cognito_pool._api.cognito import Cognito
    from pytest_cognito_pool._api.pool import UserPool
    from pytest_cognito_pool._api.server import Server
    from pytest_cognito_pool._service.journal import Error

_HTTP = ("auto", "always", "off")
_UNUSED_FAULTS = ("fail", "warn", "ignore")
_REPORTS = ("failed", "all", "none")


# The default of each ini option, and what it is for.
_INI: Mapping[str, tuple[str | bool, str]] = {
    "cognito_pool_region": (
        "",
        (
            "Region of the user pools. With it, AWS_DEFAULT_REGION and the keys that boto3 clients need are set for "
            "the whole run, unless they are set already, so that clients can be created at import. "
            "Default: AWS_DEFAULT_REGION, or else us-east-1."
        ),
    ),
    "cognito_pool_http": (
        "auto",
        (
            "Whether requests of HTTP libraries to Cognito's hosts are answered, for example requests for key sets. "
            "auto: while a fake is active. always: outside tests too, for verifiers that fetch keys at import. off: "
            "never."
        ),
    ),
    "cognito_pool_account": ("", "Id of the AWS account of the user pools."),
    "cognito_pool_unused_faults": (
        "fail",
        "What a fault does that the test armed with fail() and no call used: fail the test, warn, or ignore.",
    ),
    "cognito_pool_report": ("failed", "The same as --cognito-pool-report."),
    "cognito_pool_guard": (
        False,
        "Refuse every cognito-idp request that would be sent to AWS, in tests and while modules are imported.",
    ),
}


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    from pytest_cognito_pool._plugin import hooks, hookspecs

    pluginmanager.add_hookspecs(hookspecs)
    pluginmanager.register(hooks, "cognito_pool_hooks")
    for name, (default, meaning) in _INI.items():
        kind: Literal["bool", "string"] = "bool" if isinstance(default, bool) else "string"
        parser.addini(name, meaning, type=kind, default=default)
    group = parser.getgroup("cognito-pool")
    group.addoption(
        "--cognito-pool-guard",
        action="store_true",
        default=None,
        help="Refuse every cognito-idp request that would be sent to AWS; the same as cognito_pool_guard = true.",
    )
    group.addoption(
        "--cognito-pool-report",
        choices=_REPORTS,
        help="Which tests show their Cognito calls: failed (the default), all, or none.",
    )
    group.addoption(
        "--cognito-pool-policy",
        metavar="FILE",
        help="Write to FILE the minimal IAM policy that allows the application's calls in all tests that ran.",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    region = early_config.getini("cognito_pool_region")
    if region:
        from pytest_cognito_pool._api import process

        process.environment.enter(region)
        early_config.add_cleanup(lambda: process.environment.leave(region))
    if early_config.known_args_namespace.cognito_pool_guard or early_config.getini("cognito_pool_guard"):
        from pytest_cognito_pool._plugin.guard import Guard

        guard = Guard()
        early_config.add_cleanup(guard.start())
        early_config.pluginmanager.register(guard, "cognito-pool-guard")
    if _one_of(early_config, "cognito_pool_http", _HTTP) == "always":
        from pytest_cognito_pool._api import process

        early_config.add_cleanup(process.answering_keys())


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "cognito_pool(**settings): CreateUserPool's own keys for the test's user pool. Each replaces the whole value "
        "from the cognito_pool_settings fixture or from an outer marker.",
    )
    config.addinivalue_line(
        "markers",
        "cognito_pool_client(**settings): CreateUserPoolClient's own keys, ClientId and ClientSecret for the app "
        "client of the test's user pool. Each replaces the whole value from the cognito_pool_client_settings fixture "
        "or from an outer marker.",
    )
    config.addinivalue_line(
        "markers",
        "cognito_pool_real: let the test send requests to AWS, in spite of cognito_pool_guard.",
    )
    config.addinivalue_line(
        "markers",
        "cognito_errors(operation, *, only=(), exclude=(), common=False): run the test once for each error that the "
        "operation can return; its calls then fail with that error.",
    )
    path = config.getoption("cognito_pool_policy")
    if path is not None and not config.getoption("collectonly"):
        _write_policy(config, config.invocation_params.dir / path)
    verdict = _one_of(config, "cognito_pool_unused_faults", _UNUSED_FAULTS)
    if verdict != "fail":
        from pytest_cognito_pool._api import lifetimes

        config.add_cleanup(lifetimes.judging_unused_faults(verdict))
    report = config.getoption("cognito_pool_report") or _one_of(config, "cognito_pool_report", _REPORTS)
    config.stash[REPORT] = report
    if report == "all":
        from pytest_cognito_pool._plugin import all_calls

        config.pluginmanager.register(all_calls, "cognito-pool-all-calls")
    region = config.getini("cognito_pool_region")
    if region and not re.fullmatch("[a-z0-9-]+", region):
        raise pytest.UsageError(f"cognito_pool_region is {region!r}; use for example 'eu-central-1'")
    account = config.getini("cognito_pool_account")
    if account and not re.fullmatch("[0-9]{12}", account):
        raise pytest.UsageError(f"cognito_pool_account is {account!r}; an AWS account id has twelve digits")


def _one_of(config: pytest.Config, name: str, values: tuple[str, ...]) -> str:
    value = str(config.getini(name))
    if value not in values:
        raise pytest.UsageError(f"{name} is {value!r}; use one of {', '.join(values)}")
    return value


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
        from pytest_cognito_pool._api.checks.error_cases import error_cases
        from pytest_cognito_pool._api.errors import UsageError

        try:
            found = error_cases(marks)
        except UsageError as error:
            raise pytest.fail.Exception(f"{metafunc.definition.nodeid}: {error}", pytrace=False) from None
        metafunc.fixturenames.append("_cognito_pool_error")
        metafunc.parametrize("_cognito_pool_error", list(found.values()), ids=list(found), indirect=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    # Once a test is parametrized, pytest drops the fixtures that the test does not request itself.
    if isinstance(item, pytest.Function) and item.get_closest_marker("cognito_errors"):
        item.fixturenames = [*dict.fromkeys([*item.fixturenames, "_cognito_pool_error"])]


@pytest.fixture
def cognito_pool_settings() -> dict[str, Any]:
    """CreateUserPool's own keys for the test's user pool; override it for a class, a module or a whole suite."""
    return {}


@pytest.fixture
def cognito_pool_client_settings() -> dict[str, Any]:
    """CreateUserPoolClient's own keys, `ClientId` and `ClientSecret` for the app client of the test's user pool."""
    return {}


@pytest.fixture
def _cognito_pool_given(request: pytest.FixtureRequest, cognito_pool_settings: Mapping[str, Any]) -> Mapping[str, Any]:
    return _with_markers(request.node, "cognito_pool", cognito_pool_settings, "UserPool")


@pytest.fixture
def _cognito_pool_client_given(
    request: pytest.FixtureRequest, cognito_pool_client_settings: Mapping[str, Any]
) -> Mapping[str, Any]:
    return _with_markers(request.node, "cognito_pool_client", cognito_pool_client_settings, "UserPoolClient")


def _with_markers(node: pytest.Item, name: str, settings: Mapping[str, Any], wrapper: str) -> Mapping[str, Any]:
    """The settings of a fixture, replaced by those of the markers with that name.

    Markers come outermost first; on one node, markers of a derived class and of a parameter come last. Any of them may
    have its settings inside `wrapper`, as the AWS CLI prints them.
    """
    from pytest_cognito_pool._api.checks.settings import unwrapped

    complete = dict(unwrapped(settings, wrapper))
    for marker in (mark for each in node.listchain() for mark in each.own_markers if mark.name == name):
        if marker.args:
            pytest.fail(f"the {name} marker takes settings by name, not {marker.args!r}", pytrace=False)
        complete.update(unwrapped(marker.kwargs, wrapper))
    return complete


@pytest.fixture
def _cognito_pool_account(request: pytest.FixtureRequest, _cognito_pool_given: Mapping[str, Any]) -> Iterator[Cognito]:
    from pytest_cognito_pool._api.cognito import DEFAULT_ACCOUNT, Cognito
    from pytest_cognito_pool._api.errors import UnreportedError

    config, hook = request.config, request.node.ihook
    of_id = re.match("([a-z0-9-]+)_", str(_cognito_pool_given.get("Id", "")))
    cognito = Cognito(
        region=config.getini("cognito_pool_region") or (of_id and of_id[1]) or None,
        account=config.getini("cognito_pool_account") or DEFAULT_ACCOUNT,
        on_pool=lambda pool: hook.pytest_cognito_pool_created(pool=pool),
        on_call=lambda call: hook.pytest_cognito_pool_call(call=call),
        test_files=(*config.getini("python_files"), "conftest.py", request.node.path.name),
        http=config.getini("cognito_pool_http") != "off",
    )
    request.node.stash[FAKE] = cognito
    try:
        with cognito:
            yield cognito
    except UnreportedError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


@pytest.fixture
def _cognito_pool_complete(_cognito_pool_account: Cognito, _cognito_pool_given: Mapping[str, Any]) -> Mapping[str, Any]:
    from pytest_cognito_pool._api.cognito import DEFAULT_POOL

    return {"Id": f"{_cognito_pool_account.region}_{DEFAULT_POOL}", **_cognito_pool_given}


@pytest.fixture
def _cognito_pool_client_id(
    _cognito_pool_complete: Mapping[str, Any], _cognito_pool_client_given: Mapping[str, Any]
) -> Any:
    from pytest_cognito_pool._api.cognito import DEFAULT_CLIENT_ID

    in_client = _cognito_pool_client_given.get("ClientId", DEFAULT_CLIENT_ID)
    return _cognito_pool_complete.get("client_id", in_client)


@pytest.fixture
def _cognito_pool_default(
    _cognito_pool_account: Cognito,
    _cognito_pool_complete: Mapping[str, Any],
    _cognito_pool_client_given: Mapping[str, Any],
    _cognito_pool_client_id: Any,
) -> UserPool:
    from pytest_cognito_pool._api.errors import UsageError
    from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError

    settings = {**_cognito_pool_complete, "client_id": _cognito_pool_client_id}
    try:
        return _cognito_pool_account.create_pool(**settings, client_settings=_cognito_pool_client_given)
    except (UsageError, UnsupportedOperationError) as error:
        raise pytest.fail.Exception(f"cognito_pool settings: {error}", pytrace=False) from None


@pytest.fixture
def _cognito_pool_error(
    request: pytest.FixtureRequest,
    _cognito_pool_account: Cognito,
    _cognito_pool_complete: Mapping[str, Any],
    _cognito_pool_client_id: Any,
) -> Error:
    if not hasattr(request, "param"):
        pytest.fail(
            "cognito_error needs the marker @pytest.mark.cognito_errors('AdminConfirmSignUp') on a function, a method, "
            "a class or a module; it is not supported in pytest.param and on a unittest.TestCase",
            pytrace=False,
        )
    from pytest_cognito_pool._api.checks.error_cases import fault_of_case

    path, line, _name = request.node.location
    where = f"{path}:{(line or 0) + 1}"
    activity = _cognito_pool_account._activity  # noqa: SLF001 - the plugin is part of the package
    pool_id = _cognito_pool_complete["Id"]
    error, spec = fault_of_case(request.param, activity.account, pool_id, _cognito_pool_client_id, where)
    # The fault is armed after fixtures are set up: only calls of the test's body should fail.
    request.node.stash[FAULT] = activity.interventions.faults, spec
    return error


@pytest.fixture
def cognito(_cognito_pool_account: Cognito) -> Cognito:
    """The fake AWS account: several pools, all calls, your own replies."""
    return _cognito_pool_account


@pytest.fixture
def cognito_pool(_cognito_pool_default: UserPool) -> UserPool:
    """A user pool with one app client."""
    return _cognito_pool_default


@pytest.fixture
def cognito_pool_client(_cognito_pool_default: UserPool) -> AppClient:
    """The app client of the pool `cognito_pool`."""
    return _cognito_pool_default.client


@pytest.fixture
def cognito_idp(_cognito_pool_account: Cognito, _cognito_pool_complete: Mapping[str, Any]) -> BaseClient:
    """A boto3 client for cognito-idp in the region of the default pool; its calls are marked: `call.by_test`."""
    import boto3

    from pytest_cognito_pool._service.transport.clients import of_test

    region, _, _ = str(_cognito_pool_complete["Id"]).rpartition("_")
    return boto3.client("cognito-idp", region_name=region or _cognito_pool_account.region, config=of_test())


@pytest.fixture
def cognito_server(_cognito_pool_account: Cognito) -> Iterator[Server]:
    """An HTTP server in front of the fake, for other processes: its `url`, and the `env` that they need."""
    with _cognito_pool_account.serve() as server:
        yield server


@pytest.fixture
def cognito_error(_cognito_pool_error: Error) -> Error:
    """The error of this run of a test with the marker `cognito_errors`; every call of the operation fails with it."""
    return _cognito_pool_error
