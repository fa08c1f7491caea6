import pytest


@pytest.fixture
def cognito_pool_settings():
    """The settings of the production pool, as in the infrastructure code."""
    return {
        "Id": "eu-central-1_Members01",
        "AutoVerifiedAttributes": ["email"],
        "Schema": [{"Name": "email", "Required": True}, {"Name": "referrer", "AttributeDataType": "String"}],
        "Policies": {"PasswordPolicy": {"MinimumLength": 12}},
    }


@pytest.fixture
def applicant(cognito_pool):
    return cognito_pool.add_user("ana", status="UNCONFIRMED", email="ana@example.com")
