"""A pool that is expensive to fill: it is filled once for the whole run, and rolled back after each test."""

import pytest

from pytest_cognito_pool import Cognito


@pytest.fixture(scope="session")
def company():
    with Cognito(region="eu-west-1") as cognito:
        pool = cognito.create_pool(Id="eu-west-1_Staff0001")
        for number in range(500):
            pool.add_user(f"worker{number:03}", groups=["sales" if number % 5 else "support"])
        yield cognito


@pytest.fixture
def staff(company):
    with company.rollback():
        yield company.pools["eu-west-1_Staff0001"]
