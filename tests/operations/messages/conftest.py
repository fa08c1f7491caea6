"""What tests of messages to users share."""

from __future__ import annotations

import pytest

EMAIL = {"email": "ana@example.com"}
BOTH = {**EMAIL, "phone_number": "+15551234567"}
PASSWORD = "Temp0rary!"


def pairs(attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


@pytest.fixture
def cognito_pool_settings():
    return {"AutoVerifiedAttributes": ["email"]}


@pytest.fixture
def sign_up(cognito_pool, cognito_idp):
    """Sign a user up at the pool's first app client, with attributes by name."""

    def sign_up(username="ana", attributes=None, **given):
        parameters = {"ClientId": cognito_pool.client.id, "Password": "Passw0rd!", **given}
        own = EMAIL if attributes is None else attributes
        return cognito_idp.sign_up(Username=username, UserAttributes=pairs(own), **parameters)

    return sign_up


@pytest.fixture
def resend(cognito_pool, cognito_idp):
    """Ask for another code at the pool's first app client."""

    def resend(username="ana", **given):
        return cognito_idp.resend_confirmation_code(ClientId=cognito_pool.client.id, Username=username, **given)

    return resend


@pytest.fixture
def create(cognito_pool, cognito_idp):
    """Create a user as an administrator, with attributes by name and a temporary password."""

    def create(username="ana", attributes=None, **given):
        parameters = {"UserPoolId": cognito_pool.id, "TemporaryPassword": PASSWORD, **given}
        own = BOTH if attributes is None else attributes
        return cognito_idp.admin_create_user(Username=username, UserAttributes=pairs(own), **parameters)["User"]

    return create


@pytest.fixture
def update(cognito_pool, cognito_idp):
    """Change attributes of ana by name."""

    def update(attributes, **given):
        cognito_idp.admin_update_user_attributes(
            UserPoolId=cognito_pool.id, Username="ana", UserAttributes=pairs(attributes), **given
        )

    return update


@pytest.fixture
def broken(cognito_pool):
    """A CustomMessage function that raises."""
    cognito_pool.on("CustomMessage", raises=ValueError("no template"))
