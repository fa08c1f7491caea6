"""What HTTP libraries cost while a fake is active, and what the HTTP server costs, against moto's."""

from __future__ import annotations

import http.client
import http.server
import json
import logging
import statistics
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import requests
from measures import KEYS, ROUNDS, difference, line, paired, ratio, seconds
from moto.server import ThreadedMotoServer

from pytest_cognito_pool import Cognito

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def http_libraries(count: int = 100) -> None:
    """Entering a fake with and without the seams; a request to another host; a key set."""
    with_seams, without = Cognito(), Cognito(http=False)

    def cycles(cognito: Cognito) -> None:
        for _ in range(count):
            with cognito:
                pass

    pairs = paired(lambda: cycles(with_seams), lambda: cycles(without))
    line("enter and leave, us more for HTTP libraries", difference(pairs) / count * 1e6)
    with elsewhere() as url:

        def fetch() -> None:
            for _ in range(count):
                requests.get(url, timeout=5)

        def while_active() -> None:
            with with_seams:
                fetch()

        pairs = paired(while_active, fetch)
        line("a request to another host while active, x inactive", ratio(pairs))
        line("the same, us more", difference(pairs) / count * 1e6)
    with Cognito() as cognito:
        keys = f"{cognito.create_pool().issuer}/.well-known/jwks.json"
        requests.get(keys, timeout=5)
        line(
            "a key set by requests, ms",
            statistics.median(seconds(lambda: requests.get(keys, timeout=5)) for _ in range(201)) * 1e3,
        )


@contextmanager
def elsewhere() -> Iterator[str]:
    """Another host, which answers at once."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


START = """
import time
from pytest_cognito_pool import Cognito
cognito = Cognito(region="us-east-1")
start = time.perf_counter()
with cognito.serve() as server:
    server.url
    started = time.perf_counter()
print(started - start, time.perf_counter() - started)
"""


def http_server(count: int = 50) -> None:
    """The start of a server, and a request that is kept alive, against one in the process and one to moto's server."""
    command = [sys.executable, "-c", START]
    taken = [subprocess.run(command, check=True, capture_output=True).stdout.split() for _ in range(ROUNDS)]
    line("server start, first of a process, ms", statistics.median(float(start) for start, _ in taken) * 1e3)
    line("server stop, ms", statistics.median(float(stop) for _, stop in taken) * 1e3)
    with Cognito() as cognito, cognito.serve() as server, moto_server() as moto_url:
        pool = cognito.create_pool()
        pool.add_user("ana")
        inside, over_http = boto3.client("cognito-idp", **KEYS), Outside(server.url, pool.id)
        moto = boto3.client("cognito-idp", endpoint_url=moto_url, **KEYS)

        def in_process() -> None:
            for _ in range(count):
                inside.admin_get_user(UserPoolId=pool.id, Username="ana")

        pairs = paired(lambda: over_http.get(count), in_process)
        microseconds = statistics.median(seconds for seconds, _ in pairs) / count * 1e6
        line("a kept-alive request, x boto3 in the process", ratio(pairs), f"{microseconds:.0f} us")
        with without_fake(cognito, moto) as moto_gets:
            pairs = paired(lambda: moto_gets(count), lambda: over_http.get(count))
            line("moto's server, x ours, kept alive", ratio(pairs))


class Outside:
    """A client that sends the JSON API itself over one connection, with nothing around it."""

    def __init__(self, url: str, pool_id: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
        self._body = json.dumps({"UserPoolId": pool_id, "Username": "ana"})
        self._headers = {
            "X-Amz-Target": "AWSCognitoIdentityProviderService.AdminGetUser",
            "Content-Type": "application/x-amz-json-1.1",
            "Authorization": "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/cognito-idp/aws4_request",
        }

    def get(self, count: int) -> None:
        for _ in range(count):
            self._connection.request("POST", "/", self._body, self._headers)
            reply = self._connection.getresponse()
            reply.read()
            if reply.status != 200:  # noqa: PLR2004
                raise RuntimeError(reply.status)


@contextmanager
def moto_server() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@contextmanager
def without_fake(cognito: Cognito, moto: Any) -> Iterator[Callable[[int], None]]:
    """Requests to moto's server, whose pool is made while no fake answers."""
    cognito.__exit__(None, None, None)
    pool_id = moto.create_user_pool(PoolName="moto")["UserPool"]["Id"]
    moto.admin_create_user(UserPoolId=pool_id, Username="ana", MessageAction="SUPPRESS")
    cognito.__enter__()
    yield Outside(moto.meta.endpoint_url, pool_id).get
