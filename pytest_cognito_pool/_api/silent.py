"""Operations that a test performs itself, silently: no call, trigger or message is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.checks.settings import check_client_id, checked, client_settings, pool_settings
from pytest_cognito_pool._api.errors import UsageError, accepted
from pytest_cognito_pool._service import ids, operations
from pytest_cognito_pool._service.context import Context
from pytest_cognito_pool._service.errors.unsupported import check_simulated
from pytest_cognito_pool._service.journal import Call, Unheard
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.pool import settings as service_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_cognito_pool._api.templates.declared import Step
    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool

_NOBODY: Final = Unheard()


def perform(account: Account, operation: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """Perform an operation that is simulated, and return its result.

    Raises:
        UsageError: for parameters that the operation does not take, and for an error of the service.
        UnsupportedOperationError: for a setting that is not simulated.
    """
    __tracebackhide__ = True
    known = checked(operation, f"unknown parameter of {operation}", dict(parameters))
    context = Context(Call(operation, known), account, None, _NOBODY)
    function = operations.find(operation) or operations.unsupported
    return accepted(lambda: function(context, known)) or {}


def add_pool(account: Account, given: Mapping[str, Any]) -> Pool:
    """Create a pool without an app client.

    Args:
        account: the account.
        given: CreateUserPool's own keys, those of describe-user-pool, or a resource of a CloudFormation template or its
            Properties.

    Raises:
        UsageError: for a setting that CreateUserPool does not take, and for an Id that exists.
        UnsupportedOperationError: for a setting that is not simulated.
    """
    __tracebackhide__ = True
    given, others = _of_api(given)
    pool_id, parameters = pool_settings(given)
    check_simulated("CreateUserPool", parameters, service_settings.KNOWN)
    pool_id = pool_id or ids.pool_id(account.region)
    if pool_id in account.pools:
        raise UsageError(f"a pool with the Id {pool_id!r} exists already", typed=pool_id)
    region = pool_id.partition("_")[0]
    complete = accepted(lambda: service_settings.created(parameters, region, account.id, by_author=True))
    pool = accepted(lambda: account.add_pool(complete, pool_id))
    try:
        for step in others:
            perform(account, step.operation, {"UserPoolId": pool.id, **step.parameters})
    except BaseException:
        account.remove_pool(pool)
        raise
    return pool


def _of_api(given: Mapping[str, Any]) -> tuple[Mapping[str, Any], Sequence[Step]]:
    """The parameters of CreateUserPool, and the operations that follow, out of settings in any form."""
    properties = given.get("Properties", given)
    if not {"Properties", "UserPoolName", "EnabledMfas"} & given.keys():
        return given, ()
    from pytest_cognito_pool._api.templates.properties import pool_steps

    of_fixtures = {name: value for name, value in given.items() if name in {"Id", "client_id"}}
    first, *others = pool_steps({name: value for name, value in properties.items() if name not in of_fixtures})
    return {**first.parameters, **of_fixtures}, others


def add_client(account: Account, pool: Pool, given: Mapping[str, Any]) -> AppClient:
    """Create an app client.

    Args:
        account: the account.
        pool: its pool.
        given: CreateUserPoolClient's own keys, `ClientId` and `ClientSecret`.

    Raises:
        UsageError: for a setting that CreateUserPoolClient does not take, and for a ClientId that exists.
        UnsupportedOperationError: for a setting that is not simulated.
    """
    __tracebackhide__ = True
    client_id, parameters = client_settings(given)
    check_simulated("CreateUserPoolClient", parameters, app_clients.KNOWN)
    check_client_id(client_id, account.clients)
    return accepted(lambda: account.add_client(pool, parameters, client_id))
