"""What the plugin keeps with an item while its test runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_cognito_pool._api.cognito import Cognito
    from pytest_cognito_pool._api.faults import Faults, FaultSpec
    from pytest_cognito_pool._api.lifetimes import Test

FAKE: pytest.StashKey[Cognito] = pytest.StashKey()
TEST: pytest.StashKey[Test] = pytest.StashKey()
# What the marker `cognito_errors` arms when the fixtures are ready, and where.
FAULT: pytest.StashKey[tuple[Faults, FaultSpec]] = pytest.StashKey()
