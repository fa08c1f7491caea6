"""The ini option `cognito_pool_http`, the fixture `cognito_server` and the program `python -m pytest_cognito_pool`."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading

import boto3
import pytest
import requests

from pytest_cognito_pool.__main__ import main

KEYS_AT_IMPORT = """
    import json
    import urllib.request

    KEYS = json.load(urllib.request.urlopen(
        "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_TestPool1/.well-known/jwks.json"
    ))
"""


class TestOption:
    def test_always(self, suite):
        suite.pytester.makepyfile(application=KEYS_AT_IMPORT)
        suite.passes(
            """
            import http.client

            import application
            import pytest
            import requests

            def test_keys(cognito_pool):
                assert application.KEYS == cognito_pool.jwks

            def test_outside_of_a_fake():
                url = "https://cognito-idp.us-east-1.amazonaws.com"
                assert requests.get(f"{url}/us-east-1_Any/.well-known/jwks.json").json()["keys"]
                connection = http.client.HTTPSConnection("cognito-idp.us-east-1.amazonaws.com")
                connection.request("GET", "/")
                assert connection.getresponse().status == 501

            def test_an_unknown_pool(cognito_pool):
                url = "https://cognito-idp.us-east-1.amazonaws.com"
                assert requests.get(f"{url}/us-east-1_Any/.well-known/jwks.json").status_code == 400
            """,
            ini="cognito_pool_http = always\npythonpath = .",
        )

    def test_off(self, suite):
        suite.passes(
            """
            import requests

            def test_it_is_left_alone(cognito_pool):
                assert requests.sessions.Session.get_adapter.__module__ == "requests.sessions"
            """,
            ini="cognito_pool_http = off",
        )

    def test_another_value(self, suite):
        suite.write("def test(): pass", ini="cognito_pool_http = sometimes")
        result = suite.pytester.runpytest()
        result.stderr.fnmatch_lines(["ERROR: cognito_pool_http is 'sometimes'; use one of auto, always, off"])


def test_the_fixture(suite):
    suite.passes(
        """
        import subprocess
        import sys

        def test_another_process(cognito_pool, cognito_server):
            program = (
                "import boto3, os\\n"
                "client = boto3.client('cognito-idp')\\n"
                f"client.sign_up(ClientId='{cognito_pool.client.id}', Username='ana', Password='Passw0rd!')\\n"
            )
            import os
            subprocess.run([sys.executable, "-c", program], env=os.environ | cognito_server.env, check=True)
            assert cognito_pool.users["ana"].status == "UNCONFIRMED"
        """
    )


class Program:
    """A running `python -m pytest_cognito_pool serve`."""

    def __init__(self, *options):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pytest_cognito_pool", "serve", "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.env = {}
        for line in self.process.stdout:
            if line.startswith("#"):
                break
            name, _, value = line.removeprefix("export ").strip().partition("=")
            self.env[name] = value

    @property
    def pool_id(self):
        return self.env["COGNITO_POOL_ID"]

    @property
    def client_id(self):
        return self.env["COGNITO_CLIENT_ID"]

    @property
    def url(self):
        return self.env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"]

    def end(self, number):
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


class TestProgram:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_it_serves_until_it_is_told_to_end(self, tmp_path, number):
        settings = tmp_path / "pool.json"
        settings.write_text(json.dumps({"UserPool": {"Id": "eu-west-1_Mine", "AutoVerifiedAttributes": ["email"]}}))
        program = Program("--settings", str(settings), "--domain", "myapp")
        client = boto3.client(
            "cognito-idp",
            endpoint_url=program.url,
            region_name="eu-west-1",
            aws_access_key_id="any",
            aws_secret_access_key="any",
        )
        assert program.pool_id == "eu-west-1_Mine"
        assert program.client_id == "testclient0000000000000001"
        assert program.env["COGNITO_DOMAIN_URL"] == f"{program.url}/myapp"
        assert program.env["AWS_REGION"] == "eu-west-1"
        client.sign_up(ClientId=program.client_id, Username="ana", Password="Passw0rd!")
        client.admin_confirm_sign_up(UserPoolId=program.pool_id, Username="ana")
        with pytest.raises(client.exceptions.NotAuthorizedException):
            client.admin_confirm_sign_up(UserPoolId=program.pool_id, Username="ana")
        form = {"grant_type": "password", "client_id": program.client_id}
        assert requests.post(f"{program.url}/oauth2/token", data=form, timeout=5).status_code == 400
        status, out, err = program.end(number)
        assert (status, err) == (0, "")
        assert out.splitlines() == [
            " 1  SignUp(Username='ana', Password='***') -> ok",
            "      PreSignUp_SignUp -> no function attached",
            " 2  AdminConfirmSignUp(Username='ana') -> ok, 'ana' UNCONFIRMED -> CONFIRMED",
            "      PostConfirmation_ConfirmSignUp -> no function attached",
            " 3  AdminConfirmSignUp(Username='ana') -> NotAuthorizedException",
            "      User cannot be confirmed. Current status is CONFIRMED",
            "      why: 'ana' is CONFIRMED; only an UNCONFIRMED user can be confirmed",
            " 4  POST /oauth2/token(grant_type='password') -> unsupported_grant_type",
            (
                "      why: grant_type is 'password', not one of ['authorization_code', 'refresh_token', "
                "'client_credentials']"
            ),
        ]

    def run(self, *options):
        return subprocess.run(
            [sys.executable, "-m", "pytest_cognito_pool", *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def test_mistakes(self, tmp_path):
        missing = self.run("serve", "--settings", str(tmp_path / "none.json"))
        assert missing.returncode == 2
        assert "No such file or directory" in missing.stderr

    @pytest.mark.parametrize(
        ("settings", "options", "told"),
        [
            ("{", (), "Expecting property name"),
            ("[]", (), "a JSON object with the pool's settings is needed"),
            ('{"PoolNam": "x"}', (), "unknown pool setting 'PoolNam'; did you mean 'PoolName'?"),
            ("{}", ("--port", "70000"), "port must be 0 (any free port) or up to 65535, not 70000"),
        ],
    )
    def test_mistakes_in_settings(self, tmp_path, capsys, settings, options, told):
        path = tmp_path / "pool.json"
        path.write_text(settings)
        before = signal.getsignal(signal.SIGTERM)
        with pytest.raises(SystemExit) as caught:
            main(["serve", "--settings", str(path), *options])
        signal.signal(signal.SIGTERM, before)
        assert caught.value.code == 2
        assert told in capsys.readouterr().err

    @pytest.mark.parametrize("options", [(), ("--domain", "myapp")])
    def test_in_this_process(self, capsys, monkeypatch, options):
        """Where its lines are measured."""
        before = signal.getsignal(signal.SIGTERM)

        class Once(threading.Event):
            def wait(self, timeout=None):
                if timeout != 3600:
                    return super().wait(timeout)
                url = re.search(r"export AWS_ENDPOINT\w+=(\S+)", capsys.readouterr().out)[1]
                requests.get(f"{url}/oauth2/token", timeout=5)
                headers = {
                    "X-Amz-Target": "AWSCognitoIdentityProviderService.ListUserPools",
                    "Content-Type": "application/x-amz-json-1.1",
                }
                assert requests.post(url, json={}, headers=headers, timeout=5).status_code == 400
                unknown = {**headers, "X-Amz-Target": "AWSCognitoIdentityProviderService.ListTagsForResource"}
                key = {"Authorization": "AWS4-HMAC-SHA256 Credential=a/b"}
                arn = {"ResourceArn": "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_x"}
                requests.post(url, json=arn, headers={**unknown, **key}, timeout=5)
                os.kill(os.getpid(), signal.SIGTERM)
                return False

        monkeypatch.setattr(threading, "Event", Once)
        assert main(["serve", "--port", "0", *options]) == 0
        signal.signal(signal.SIGTERM, before)
        out = capsys.readouterr().out
        assert f" 1  GET /oauth2/token() -> {'Method Not Allowed' if options else 'Not Found'}" in out
        assert "MissingAuthenticationTokenException" in out
