"""What tests of ConfirmSignUp and ResendConfirmationCode share."""

from __future__ import annotations

import threading

import pytest

EMAIL = {"email": "ana@example.com"}


@pytest.fixture
def cognito_pool_settings():
    return {"AutoVerifiedAttributes": ["email"]}


@pytest.fixture
def sign_up(cognito_pool, cognito_idp):
    """Sign a user up, with attributes by name; return the code that was sent to the user."""

    def sign_up(username="ana", attributes=None, **given):
        pairs = [
            {"Name": name, "Value": value} for name, value in (EMAIL if attributes is None else attributes).items()
        ]
        parameters = {"ClientId": cognito_pool.client.id, "Password": "Passw0rd!", "UserAttributes": pairs, **given}
        cognito_idp.sign_up(Username=username, **parameters)
        return cognito_pool.outbox[-1].code if cognito_pool.outbox else None

    return sign_up


@pytest.fixture
def confirm(cognito_pool, cognito_idp):
    """Confirm a sign-up at the pool's first app client."""

    def confirm(code, username="ana", **given):
        parameters = {"ClientId": cognito_pool.client.id, "ConfirmationCode": code, **given}
        return cognito_idp.confirm_sign_up(Username=username, **parameters)

    return confirm


@pytest.fixture
def resend(cognito_pool, cognito_idp):
    """Ask for another code at the pool's first app client; return where it went."""

    def resend(username="ana", **given):
        parameters = {"ClientId": cognito_pool.client.id, **given}
        return cognito_idp.resend_confirmation_code(Username=username, **parameters)["CodeDeliveryDetails"]

    return resend


@pytest.fixture
def hiding(cognito_pool):
    """The id of an app client that hides whether users exist."""
    return cognito_pool.create_client(PreventUserExistenceErrors="ENABLED").id


@pytest.fixture
def at_once():
    """Run a function of no arguments in so many threads, all from the same moment."""

    def at_once(count, job):
        start = threading.Barrier(count)

        def run():
            start.wait()
            job()

        threads = [threading.Thread(target=run) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return at_once
