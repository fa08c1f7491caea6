import pytest


@pytest.fixture
def cognito_pool_settings():
    return {"Id": "eu-central-1_Partner01"}


@pytest.fixture
def pauses():
    """How long the job slept between its rounds, without sleeping."""
    return []
