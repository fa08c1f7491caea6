"""Whatever credentials a machine is configured with, none is asked for, and no real one is recorded."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROCESS = f"{sys.executable} -c \"open(r'{{ran}}', 'w').close(); print('{{{{}}}}')\""
SSO = """
[profile chosen]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = developer
region = eu-central-1
"""
ROLE = """
[profile chosen]
role_arn = arn:aws:iam::123456789012:role/worker
source_profile = base
[profile base]
aws_access_key_id = AKIAREALREALREAL0000
aws_secret_access_key = real-secret
"""
CONFIGURED = {
    "nothing": (None, ""),
    "sso profile without token": ("chosen", SSO),
    "role profile": ("chosen", ROLE),
    "credential_process": ("chosen", f"[profile chosen]\ncredential_process = {PROCESS}\n"),
    "AWS_PROFILE missing": ("nowhere", ""),
    "AWS_DEFAULT_PROFILE missing": ("nowhere", ""),
}
GUARD = """
import socket, subprocess
def refuse(*args, **kwargs):
    raise SystemExit(f"reached out: {args}")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = subprocess.Popen = refuse
"""
IN_THE_TEST = """
import boto3
def client():
    return boto3.client("cognito-idp")
"""
AT_IMPORT = """
import boto3
made = boto3.client("cognito-idp")
def client():
    return made
"""
TEST = """
import app
def test_confirm(cognito_pool):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    app.client().admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    app.client().sign_up(ClientId=cognito_pool.client.id, Username="bob", Password="Passw0rd!")
    assert cognito_pool.users["ana"].status == "CONFIRMED"
    assert "REAL" not in repr(cognito_pool.calls) + repr([vars_of(call) for call in cognito_pool.calls])
def vars_of(call):
    return [(name, getattr(call, name)) for name in call.__slots__]
"""


@pytest.fixture
def run(tmp_path):
    def run(configured, app, ini):
        profile, config = CONFIGURED[configured]
        aws = tmp_path / ".aws"
        aws.mkdir()
        (aws / "config").write_text(config.format(ran=tmp_path / "ran"))
        (tmp_path / "conftest.py").write_text(GUARD)
        (tmp_path / "app.py").write_text(app)
        (tmp_path / "test_app.py").write_text(TEST)
        (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = .\n{ini}\n")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        environment |= {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
        if profile:
            environment["AWS_DEFAULT_PROFILE" if "DEFAULT" in configured else "AWS_PROFILE"] = profile
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:randomly",
            "-p",
            "no:xdist",
        ]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert "1 passed" in done.stdout, done.stdout + done.stderr
        assert not (tmp_path / "ran").exists()

    return run


@pytest.mark.parametrize("configured", CONFIGURED)
def test_a_client_made_in_the_test_asks_no_provider(run, configured):
    run(configured, IN_THE_TEST, "")


@pytest.mark.parametrize("configured", CONFIGURED)
def test_a_client_made_at_import_asks_no_provider_when_the_region_is_set(run, configured):
    run(configured, AT_IMPORT, "cognito_pool_region = us-east-1")


@pytest.mark.parametrize("configured", ["sso profile without token", "role profile"])
def test_calls_of_a_client_made_before_any_fake_ask_no_provider(run, configured):
    run(configured, AT_IMPORT.replace('"cognito-idp"', '"cognito-idp", "us-east-1"'), "")
