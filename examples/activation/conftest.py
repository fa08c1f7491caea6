import pytest


@pytest.fixture
def cognito_pool_settings():
    return {"Id": "eu-central-1_Support01"}


@pytest.fixture
def ana(cognito_pool):
    return cognito_pool.add_user("ana", status="UNCONFIRMED")
