"""The hooks that a conftest.py or another plugin may implement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_cognito_pool._api.pool import UserPool
    from pytest_cognito_pool._service.journal import Call


@pytest.hookspec()
def pytest_cognito_pool_created(pool: UserPool) -> None:
    """Called with each pool that a fixture, a test or the application creates, before its creator gets it.

    Examples:
        >>> def pytest_cognito_pool_created(pool):
        ...     pool.add_user("admin")
    """


@pytest.hookspec()
def pytest_cognito_pool_call(call: Call) -> None:
    """Called after each call has completed.

    Examples:
        >>> def pytest_cognito_pool_call(call):
        ...     print(call.operation, call.outcome())
    """
