import pytest


@pytest.fixture
def cognito_pool_settings():
    return {"Id": "eu-central-1_Customers"}


@pytest.fixture
def ana(cognito, cognito_pool):
    cognito_pool.add_user("ben", groups=["new"])
    return cognito_pool.add_user("ana", status="UNCONFIRMED")
