import pytest


@pytest.fixture
def cognito_pool_settings():
    return {"Id": "eu-central-1_Partner01"}


@pytest.fixture
def pauses():
    """The pauses between the rounds of the job, which does not really sleep."""
    return []
