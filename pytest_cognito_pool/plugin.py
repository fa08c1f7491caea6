"""What pytest loads: ini options, the marker, the fixtures and the report hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from botocore.client import BaseClient

    from pytest_cognito_pool.cognito import Cognito
    from pytest_cognito_pool.environment import Environment  # noqa: F401 - names the type of a stash key
    from pytest_cognito_pool.pool import UserPool

_fake = pytest.StashKey["Cognito"]()
_environment = pytest.StashKey["Environment"]()


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    from pytest_cognito_pool import hookspecs

    pluginmanager.add_hookspecs(hookspecs)
    parser.addini(
        "cognito_pool_region",
        "Region in which user pools live; also put into AWS_DEFAULT_REGION, with what else a boto3 client needs, for "
        "the whole run, so that clients made at import work. Unset: AWS_DEFAULT_REGION, else us-east-1.",
        default="",
    )
    parser.addini("cognito_pool_account", "Id of the AWS account that user pools live in.", default="")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    region = early_config.getini("cognito_pool_region")
    if region:
        from pytest_cognito_pool.environment import Environment

        early_config.stash[_environment] = environment = Environment(region)
        environment.enter()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _environment in config.stash:
        config.stash[_environment].leave()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "cognito_pool(**settings): CreateUserPool's own keys for the test's user pool, each in place of the whole "
        "value that the cognito_pool_settings fixture or an outer marker has.",
    )
    account = config.getini("cognito_pool_account")
    if account and not (len(account) == 12 and account.isascii() and account.isdigit()):  # noqa: PLR2004
        raise pytest.UsageError(f"cognito_pool_account is {account!r}; an AWS account id has twelve digits")


@pytest.fixture
def cognito_pool_settings() -> dict[str, Any]:
    """CreateUserPool's own keys for every user pool of the tests that see it; meant to be overridden."""
    return {}


@pytest.fixture
def _cognito_pool_account(request: pytest.FixtureRequest) -> Iterator[Cognito]:
    from pytest_cognito_pool.cognito import Cognito

    config, hook = request.config, request.node.ihook
    settings = {"region": config.getini("cognito_pool_region"), "account": config.getini("cognito_pool_account")}
    cognito = Cognito(
        **{name: value for name, value in settings.items() if value},
        on_pool=lambda pool: hook.pytest_cognito_pool_created(pool=pool),
        on_call=lambda call: hook.pytest_cognito_pool_call(call=call),
    )
    request.node.stash[_fake] = cognito
    with cognito:
        yield cognito


@pytest.fixture
def _cognito_pool_default(
    request: pytest.FixtureRequest, _cognito_pool_account: Cognito, cognito_pool_settings: Mapping[str, Any]
) -> UserPool:
    from pytest_cognito_pool.cognito import DEFAULT_CLIENT_ID, DEFAULT_POOL
    from pytest_cognito_pool.errors import UnsupportedOperationError, UsageError

    settings = {"Id": f"{_cognito_pool_account.region}_{DEFAULT_POOL}", **cognito_pool_settings}
    for marker in reversed(list(request.node.iter_markers("cognito_pool"))):
        if marker.args:
            pytest.fail(f"the cognito_pool marker takes settings by name, not {marker.args!r}", pytrace=False)
        settings.update(marker.kwargs)
    try:
        return _cognito_pool_account.create_pool(client_id=DEFAULT_CLIENT_ID, **settings)
    except (UsageError, UnsupportedOperationError) as error:
        refusal = f"cognito_pool settings: {error}"
    pytest.fail(refusal, pytrace=False)


@pytest.fixture
def cognito(_cognito_pool_account: Cognito) -> Cognito:
    """The fake AWS account: several pools, every call, your own replies."""
    return _cognito_pool_account


@pytest.fixture
def cognito_pool(_cognito_pool_default: UserPool) -> UserPool:
    """A user pool with one app client."""
    return _cognito_pool_default


@pytest.fixture
def cognito_idp(_cognito_pool_account: Cognito) -> BaseClient:
    """A boto3 client for cognito-idp in the region of the pools."""
    import boto3

    return boto3.client("cognito-idp", region_name=_cognito_pool_account.region)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Tell the truth right after the body, in the call phase."""
    cognito = item.stash.get(_fake, None)
    try:
        result = yield
    except BaseException:
        if cognito is not None:
            _swallowed(cognito)
        raise
    if cognito is not None:
        _check(cognito)
    return result


def _check(cognito: Cognito) -> None:
    truth = _swallowed(cognito)
    if truth:
        pytest.fail(truth, pytrace=False)


def _swallowed(cognito: Cognito) -> str:
    """What the application swallowed and nobody was told yet."""
    from pytest_cognito_pool.errors import SwallowedError

    try:
        cognito.check()
    except SwallowedError as error:
        return str(error)
    return ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    cognito = item.stash.get(_fake, None)
    if cognito is None or call.excinfo is None:
        return (yield)
    from pytest_cognito_pool.report import TITLE, timeline, trim

    if not (item.config.option.fulltrace or item.config.option.usepdb):
        trim(call.excinfo.value)
        call.excinfo = pytest.ExceptionInfo.from_exception(call.excinfo.value)
    report = yield
    if report.failed and (calls := timeline(cognito)):
        report.sections.append((TITLE, calls))
    return report
