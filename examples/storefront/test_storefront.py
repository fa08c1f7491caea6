import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("storefront.mjs")
ANA = ("ana@example.com", "Passw0rd!")


@pytest.fixture
def cognito_pool_settings():
    return {"UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}


@pytest.fixture
def front_end(cognito_pool, cognito_server):
    """Run a command of the front end; it returns what the front end prints."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("the front end needs node")
    env = os.environ | cognito_server.env | {"SHOP_CLIENT_ID": cognito_pool.client.id}

    def run(*command: str) -> Any:
        done = subprocess.run([node, SCRIPT, *command], env=env, capture_output=True, text=True, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip()

    return run


def test_a_customer_signs_up_and_in(cognito_pool, front_end):
    assert front_end("signUp", *ANA)["UserConfirmed"] is False
    assert front_end("signIn", *ANA) == "UserNotConfirmedException: User is not confirmed."
    front_end("confirm", ANA[0], cognito_pool.outbox.one().code)
    assert cognito_pool.users[ANA[0]].status == "CONFIRMED"
    assert set(front_end("signIn", *ANA)) == {"AccessToken", "ExpiresIn", "IdToken", "RefreshToken", "TokenType"}
    assert cognito_pool.calls.operations == ["SignUp", "InitiateAuth", "ConfirmSignUp", "InitiateAuth"]


def test_too_many_requests(cognito_pool, front_end):
    cognito_pool.fail("SignUp", "TooManyRequestsException", message="Rate exceeded")
    assert front_end("signUp", *ANA) == "TooManyRequestsException: Rate exceeded"
