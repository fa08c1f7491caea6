"""What tests of signed-in users share."""

from __future__ import annotations

import pytest


@pytest.fixture
def token(cognito_pool):
    """The access token of a user, who is added to the pool first."""

    def token(username="ana", client=None, **user):
        if cognito_pool.users.get(username) is None:
            cognito_pool.add_user(username, **user)
        return cognito_pool.sign_in(username, client).access_token

    return token
