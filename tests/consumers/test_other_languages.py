"""Clients and verifiers in other processes: the AWS CLI, and packages of npm, unmodified."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

PASSWORD = "Passw0rd!"
SCRIPTS = Path(__file__).parent
MODULES = "PYTEST_COGNITO_POOL_NODE_MODULES"
AWS = "PYTEST_COGNITO_POOL_AWS"


@pytest.fixture
def node(tmp_path):
    """Run a script with what it is given as JSON; it prints JSON."""
    program = shutil.which("node")
    modules = Path(os.environ.get(MODULES, "")) / "node_modules"
    if program is None or MODULES not in os.environ or not modules.is_dir():
        pytest.skip(f"needs node, and {MODULES}: a folder in which npm installed the packages of tests/consumers/*.mjs")
    # Packages are looked for beside the script.
    (tmp_path / "node_modules").symlink_to(modules.resolve())

    def node(script, given, server):
        copy = shutil.copy(SCRIPTS / script, tmp_path)
        return json.loads(output([program, copy, json.dumps(given)], server).stdout)

    return node


@pytest.fixture
def aws(cognito_server):
    """Run a command of `aws cognito-idp`."""
    program = os.environ.get(AWS) or shutil.which("aws")
    if program is None:
        pytest.skip(f"needs the AWS CLI: aws on the PATH, or its path in {AWS}")

    def aws(*arguments, check=True):
        return output([program, "cognito-idp", *arguments, "--output", "json"], cognito_server, check=check)

    return aws


def output(command, server, *, check=True):
    done = subprocess.run(command, env=os.environ | server.env, capture_output=True, text=True, timeout=60, check=False)
    assert not check or done.returncode == 0, done.stderr
    return done


def sign_up(pool):
    return "sign-up", "--client-id", pool.client.id, "--username", "ana", "--password", PASSWORD


def test_the_aws_cli_signs_a_user_up_and_confirms_them(cognito_pool, aws):
    replied = json.loads(aws(*sign_up(cognito_pool), "--user-attributes", "Name=email,Value=ana@example.com").stdout)
    ana = cognito_pool.users["ana"]
    assert replied == {"UserConfirmed": False, "UserSub": ana.sub}
    assert ana.attributes["email"] == "ana@example.com"
    aws("admin-confirm-sign-up", "--user-pool-id", cognito_pool.id, "--username", "ana")
    assert ana.status == "CONFIRMED"
    assert cognito_pool.calls.operations == ["SignUp", "AdminConfirmSignUp"]


def test_the_aws_cli_shows_the_error_of_the_service(cognito_pool, aws):
    cognito_pool.add_user("ana")
    refused = aws(*sign_up(cognito_pool), check=False)
    assert refused.returncode != 0
    assert "An error occurred (UsernameExistsException) when calling the SignUp operation" in refused.stderr


@pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
def test_the_sdk_for_javascript_signs_up_and_in(cognito_pool, cognito_server, node):
    client, named = {"ClientId": cognito_pool.client.id}, {"UserPoolId": cognito_pool.id, "Username": "ana"}
    ana = {**client, "Username": "ana"}
    email = [{"Name": "email", "Value": "ana@example.com"}]
    [signed_up] = node(
        "aws_sdk.mjs", [["SignUp", {**ana, "Password": PASSWORD, "UserAttributes": email}]], cognito_server
    )
    assert signed_up["UserSub"] == cognito_pool.users["ana"].sub
    code = cognito_pool.outbox.one().code
    credentials = {"USERNAME": "ana", "PASSWORD": PASSWORD}
    calls = [
        ["ConfirmSignUp", {**ana, "ConfirmationCode": str(code)}],
        ["InitiateAuth", {**client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": credentials}],
        ["AdminGetUser", named],
    ]
    _, signed_in, shown = node("aws_sdk.mjs", calls, cognito_server)
    assert signed_in["AuthenticationResult"]["TokenType"] == "Bearer"
    assert shown["UserStatus"] == cognito_pool.users["ana"].status == "CONFIRMED"
    assert cognito_pool.calls.operations == ["SignUp", "ConfirmSignUp", "InitiateAuth", "AdminGetUser"]


def test_the_sdk_for_javascript_raises_the_class_of_an_error(cognito_pool, cognito_server, node):
    call = ["AdminConfirmSignUp", {"UserPoolId": cognito_pool.id, "Username": "nobody"}]
    [refused] = node("aws_sdk.mjs", [call], cognito_server)
    assert refused == {"error": "UserNotFoundException", "message": "User does not exist.", "isOfItsClass": True}


@pytest.fixture
def identity_js(cognito_pool, cognito_server, node):
    def identity_js(step, **given):
        pool = {"poolId": cognito_pool.id, "clientId": cognito_pool.client.id, "endpoint": cognito_server.url}
        return node(
            "identity_js.mjs", {"step": step, "username": "ana", "password": PASSWORD, **pool, **given}, cognito_server
        )

    return identity_js


@pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
def test_amazon_cognito_identity_js_signs_up_and_in_by_srp(cognito_pool, identity_js):
    assert identity_js("signUp") is False
    assert identity_js("confirm", code=str(cognito_pool.outbox.one().code)) == "SUCCESS"
    session = identity_js("signIn")
    assert session["attributes"]["email_verified"] == "true"
    assert cognito_pool.users["ana"].status == "CONFIRMED"
    assert cognito_pool.calls.operations[2:4] == ["InitiateAuth", "RespondToAuthChallenge"]


def test_amazon_cognito_identity_js_refuses_a_wrong_password(cognito_pool, identity_js):
    cognito_pool.add_user("ana")
    wrong = identity_js("signIn", password="Wrong-1!")
    assert wrong == {"error": "NotAuthorizedException", "message": "Incorrect username or password."}


@pytest.fixture
def tokens(cognito_pool):
    """What a verifier is given: the tokens of a user, and one whose signature is wrong."""
    cognito_pool.add_user("ana")

    def tokens():
        signed_in = cognito_pool.sign_in("ana")
        return {
            "issuer": cognito_pool.issuer,
            "poolId": cognito_pool.id,
            "clientId": cognito_pool.client.id,
            "idToken": str(signed_in.id_token),
            "accessToken": str(signed_in.access_token),
            "wrongToken": f"{signed_in.id_token[:-20]}{'A' * 20}",
            "jwks": cognito_pool.jwks,
        }

    return tokens


def test_aws_jwt_verify_takes_the_tokens(cognito, cognito_pool, tokens, node):
    pytest.importorskip("trustme", reason="needs the extra tls")
    # It fetches keys by HTTPS only.
    with cognito.serve(tls=True) as server:
        keys = f"{server.url}/{cognito_pool.id}/.well-known/jwks.json"
        verified = node("jwt_verify.mjs", {**tokens(), "jwksUri": keys}, server)
    assert verified["id"]["sub"] == verified["access"]["sub"] == cognito_pool.users["ana"].sub
    assert verified["wrong"] == "JwtInvalidSignatureError"
    assert verified["otherUse"] == "CognitoJwtInvalidTokenUseError"


def test_jose_takes_the_tokens(cognito_pool, cognito_server, tokens, node):
    keys = f"{cognito_server.url}/{cognito_pool.id}/.well-known/jwks.json"
    verified = node("jose.mjs", {**tokens(), "jwksUri": keys}, cognito_server)
    assert verified["payload"]["cognito:username"] == "ana"
    assert verified["wrong"] == "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"


def test_jose_finds_the_keys_by_a_local_issuer(cognito, cognito_pool, tokens, node):
    with cognito.serve(local_issuer=True) as server:
        verified = node("jose.mjs", tokens(), server)
        assert verified["payload"]["iss"] == f"{server.url}/{cognito_pool.id}"
