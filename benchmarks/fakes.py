"""The fakes that are compared, each behind a boto3 client: this plugin, moto, a Stubber and cognito-local."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import moto
from botocore.config import Config
from botocore.stub import ANY, Stubber

from pytest_cognito_pool import Cognito

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEYS = {"region_name": "us-east-1", "aws_access_key_id": "key", "aws_secret_access_key": "secret"}
POOL = {"PoolName": "pool", "AutoVerifiedAttributes": ["email"]}
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
# A function gets its event and returns what Lambda returns.
Function = "Callable[[dict[str, Any]], dict[str, Any]]"


@dataclass
class Fake:
    """A pool of one of the fakes, with what a test can do beside calling it.

    Attributes:
        attach: attaches a PostConfirmation function; None where that is not possible.
        throttle: makes the next call of AdminConfirmSignUp fail; None where that is not possible.
    """

    client: Any
    pool_id: str
    client_id: str
    attach: Callable[[Function], object] | None = None
    throttle: Callable[[], object] | None = None


def made(client: Any, **more: Any) -> Fake:
    """A fake with a pool and an app client that were made by calls."""
    pool_id = client.create_user_pool(**POOL)["UserPool"]["Id"]
    app = client.create_user_pool_client(UserPoolId=pool_id, ClientName="app", ExplicitAuthFlows=FLOWS)
    return Fake(client, pool_id, app["UserPoolClient"]["ClientId"], **more)


@contextmanager
def ours() -> Iterator[Fake]:
    """This plugin."""
    with Cognito() as cognito:
        fake = made(boto3.client("cognito-idp", **KEYS))
        pool = cognito.pools[fake.pool_id]
        fake.attach = lambda function: pool.on("PostConfirmation", lambda event, _context: function(event))
        fake.throttle = lambda: pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
        yield fake


@contextmanager
def with_moto() -> Iterator[Fake]:
    """moto in the process."""
    with moto.mock_aws():
        yield made(boto3.client("cognito-idp", **KEYS))


class Told:
    """A client whose Stubber is told the successful reply of each call."""

    def __init__(self, client: Any) -> None:
        self._client, self._stubber = client, Stubber(client)
        self._stubber.activate()
        self.exceptions = client.exceptions

    def refuse(self, method: str, code: str) -> None:
        """Make the next call fail."""
        self._stubber.add_client_error(method, code)

    def __getattr__(self, method: str) -> Any:
        def call(**parameters: Any) -> Any:
            self._stubber.add_response(method, REPLIES.get(method, {}), dict.fromkeys(parameters, ANY))
            return getattr(self._client, method)(**parameters)

        return call


REPLIES: dict[str, Any] = {
    "create_user_pool": {"UserPool": {"Id": "us-east-1_AbCdEf123"}},
    "create_user_pool_client": {"UserPoolClient": {"ClientId": "1example23456789"}},
    "sign_up": {"UserConfirmed": False, "UserSub": "5a1b2c3d-0000-4000-8000-000000000000"},
    "admin_get_user": {"Username": "ana", "UserStatus": "CONFIRMED"},
    "initiate_auth": {"AuthenticationResult": {"AccessToken": "token"}},
}


@contextmanager
def stubber() -> Iterator[Fake]:
    """A Stubber of botocore; errors on demand are what it is for."""
    told = Told(boto3.client("cognito-idp", **KEYS))
    yield made(told, throttle=lambda: told.refuse("admin_confirm_sign_up", "TooManyRequestsException"))


class LambdaService(BaseHTTPRequestHandler):
    """As much of Lambda as cognito-local calls."""

    def do_POST(self) -> None:
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            reply, failed = self.server.function(event), {}  # type: ignore[attr-defined]
        except ValueError as error:
            reply, failed = {"errorMessage": str(error), "errorType": "Error"}, {"X-Amz-Function-Error": "Unhandled"}
        body = json.dumps(reply).encode()
        self.send_response(200)
        for name, value in ({"Content-Length": str(len(body))} | failed).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Print nothing."""


@contextmanager
def cognito_local() -> Iterator[Fake]:
    """cognito-local in a process of its own, with a Lambda service in this one."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        service = stack.enter_context(HTTPServer(("127.0.0.1", 0), LambdaService))
        service.function = lambda event: event  # type: ignore[attr-defined]
        threading.Thread(target=service.serve_forever, daemon=True).start()
        stack.callback(service.shutdown)
        settings = {
            "LambdaClient": {
                "endpoint": f"http://127.0.0.1:{service.server_port}",
                "region": "local",
                "credentials": {"accessKeyId": "key", "secretAccessKey": "secret"},
            },
            "TriggerFunctions": {"PostConfirmation": "function"},
            # Its own default wants addresses for usernames.
            "UserPoolDefaults": {"UsernameAttributes": []},
        }
        (folder / ".cognito").mkdir()
        (folder / ".cognito/config.json").write_text(json.dumps(settings))
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "CODE": "123456"}
        process = subprocess.Popen([shutil.which("cognito-local") or ""], cwd=folder, env=environment, **QUIET)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        client = boto3.client("cognito-idp", **KEYS, endpoint_url=f"http://127.0.0.1:{port}", config=ONCE)
        wait_for(port)

        def attach(function: Function) -> None:
            service.function = function  # type: ignore[attr-defined]

        yield made(client, attach=attach)


QUIET: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
ONCE = Config(retries={"total_max_attempts": 1})


def wait_for(port: int) -> None:
    """Wait until something listens at the port, for ten seconds at most."""
    with socket.socket() as tried:
        for _ in range(200):
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
            time.sleep(0.05)
    raise TimeoutError(f"nothing listens at port {port}")


def local_version() -> str | None:
    """The version of cognito-local; None where it is not installed."""
    found = shutil.which("cognito-local")
    if found is None:
        return None
    package = next(
        folder / "package.json" for folder in Path(found).resolve().parents if (folder / "package.json").exists()
    )
    return str(json.loads(package.read_text())["version"])


FAKES = {
    "pytest-cognito-pool": (ours, version("pytest-cognito-pool")),
    "moto": (with_moto, version("moto")),
    "Stubber": (stubber, f"of botocore {version('botocore')}"),
    "cognito-local": (cognito_local, local_version()),
}
