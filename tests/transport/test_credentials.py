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
import {app}
def test_confirm(cognito_pool):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    {app}.client().admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    {app}.client().sign_up(ClientId=cognito_pool.client.id, Username="bob", Password="Passw0rd!")
    assert cognito_pool.users["ana"].status == "CONFIRMED"
    assert "REAL" not in repr(cognito_pool.calls) + repr([vars_of(call) for call in cognito_pool.calls])
def vars_of(call):
    return [(name, getattr(call, name)) for name in call.__slots__]
"""
# When the client is made, each with the application and with the ini options.
MOMENTS = {
    "in_the_test": (IN_THE_TEST, ""),
    "at_import": (AT_IMPORT, "cognito_pool_region = us-east-1"),
    "before_any_fake": (AT_IMPORT.replace('"cognito-idp"', '"cognito-idp", "us-east-1"'), ""),
}
# All moments in one process, which takes its time to start.
PROGRAM = """
import sys, pytest
for moment in sys.argv[1:]:
    plugins = [f"-pno:{plugin}" for plugin in ("cacheprovider", "randomly", "xdist")]
    ini = [f"--rootdir={moment}", f"-c{moment}/pytest.ini", "--import-mode=importlib"]
    code = pytest.main(["-q", *ini, *plugins, moment])
    print(moment, "ended with", int(code))
"""


@pytest.mark.parametrize("configured", CONFIGURED)
def test_no_provider_is_asked_whenever_the_client_is_made(tmp_path, configured):
    profile, config = CONFIGURED[configured]
    aws = tmp_path / ".aws"
    aws.mkdir()
    (aws / "config").write_text(config.format(ran=tmp_path / "ran"))
    # botocore itself refuses to make a client for a profile that nobody defines, before any fake can help.
    moments = [moment for moment in MOMENTS if moment != "before_any_fake" or configured.endswith(("token", "profile"))]
    for moment in moments:
        app, ini = MOMENTS[moment]
        folder = tmp_path / moment
        folder.mkdir()
        (folder / "conftest.py").write_text(GUARD)
        (folder / f"app_{moment}.py").write_text(app)
        (folder / "test_app.py").write_text(TEST.format(app=f"app_{moment}"))
        (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = .\n{ini}\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    if profile:
        environment["AWS_DEFAULT_PROFILE" if "DEFAULT" in configured else "AWS_PROFILE"] = profile
    command = [sys.executable, "-c", PROGRAM, *moments]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert [f"{moment} ended with 0" in done.stdout for moment in moments] == [True] * len(moments), done.stdout
    assert done.stdout.count("1 passed") == len(moments)
    assert not (tmp_path / "ran").exists()
