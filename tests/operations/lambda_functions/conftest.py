"""What tests of Lambda functions share."""

from __future__ import annotations

from functools import partial

import pytest

EMAIL = {"Name": "email", "Value": "ana@example.com"}


@pytest.fixture
def confirm(cognito_pool, cognito_idp):
    """Confirm a user who has signed up, as an administrator."""

    def confirm(username="ana", **given):
        cognito_pool.add_user(username, status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=username, **given)

    return confirm


@pytest.fixture
def sign_up(cognito_pool, cognito_idp):
    """Sign a user up with an e-mail address."""
    return partial(cognito_idp.sign_up, ClientId=cognito_pool.client.id, Password="Passw0rd!", UserAttributes=[EMAIL])
