import pytest
import tenants
from tenants import Tenant

from pytest_cognito_pool import Cognito, UserPool


@pytest.fixture
def shop(cognito: Cognito) -> Tenant:
    return tenants.create("shop", callback_url="https://shop.example.com/callback")


@pytest.fixture
def pool(cognito: Cognito, shop: Tenant) -> UserPool:
    return cognito.pools[shop.pool_id]
