"""The fake as a program: `python -m pytest_cognito_pool serve`, for applications in any language."""

from __future__ import annotations

import argparse
import json
import shlex
import signal
import sys
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_cognito_pool._api.cognito import Cognito
    from pytest_cognito_pool._api.domains import Domain
    from pytest_cognito_pool._api.pool import UserPool
    from pytest_cognito_pool._api.server import Server
    from pytest_cognito_pool._service.journal import Call

_PORT = 9229


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m pytest_cognito_pool", description=__doc__)
    serve = parser.add_subparsers(required=True, metavar="serve").add_parser(
        "serve", help="answer requests until Ctrl-C or SIGTERM"
    )
    serve.add_argument("--port", type=int, default=_PORT, help=f"the port to listen on; 0 for any free port ({_PORT})")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine only)")
    serve.add_argument("--settings", metavar="FILE", help="JSON: CreateUserPool's keys, or describe-user-pool's output")
    serve.add_argument("--domain", metavar="NAME", help="a domain for the pool: a prefix such as myapp")
    serve.add_argument(
        "--local-issuer", action="store_true", help="make this server the issuer of tokens, not Amazon's host"
    )
    serve.add_argument("--tls", action="store_true", help="speak HTTPS; needs the extra tls")
    return _serve(parser, parser.parse_args(arguments))


def _serve(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    from pytest_cognito_pool import Cognito, UnsupportedOperationError, UsageError
    from pytest_cognito_pool._api.checks.settings import unwrapped
    from pytest_cognito_pool._api.cognito import DEFAULT_CLIENT_ID, DEFAULT_POOL

    settings = unwrapped(_settings(parser, options.settings))
    signal.signal(signal.SIGTERM, _interrupt)
    numbers = count(1)
    region = str(settings.get("Id", "")).rpartition("_")[0] or None
    cognito = Cognito(region=region, on_call=lambda call: _report(cognito, call, next(numbers)))
    try:
        with ExitStack() as stack:
            stack.enter_context(cognito)
            ids = {"Id": f"{cognito.region}_{DEFAULT_POOL}", "client_id": DEFAULT_CLIENT_ID}
            pool = cognito.create_pool(**{**ids, **settings})
            domain = pool.add_domain(options.domain) if options.domain else None
            server = stack.enter_context(
                cognito.serve(options.port, host=options.host, local_issuer=options.local_issuer, tls=options.tls)
            )
            _announce(server, pool, domain)
            _wait()
    except (UsageError, UnsupportedOperationError) as error:
        parser.exit(2, f"{parser.prog}: {error}\n")
    return 0


def _settings(parser: argparse.ArgumentParser, path: str | None) -> Mapping[str, Any]:
    if path is None:
        return {}
    try:
        settings = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        parser.exit(2, f"{parser.prog}: --settings {path}: {error}\n")
    if not isinstance(settings, dict):
        parser.exit(2, f"{parser.prog}: --settings {path}: a JSON object with the pool's settings is needed\n")
    return settings


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _announce(server: Server, pool: UserPool, domain: Domain | None) -> None:
    """Print the environment variables that AWS clients and the application need."""
    told = {**server.env, "COGNITO_POOL_ID": pool.id, "COGNITO_CLIENT_ID": pool.client.id}
    if domain is not None:
        told["COGNITO_DOMAIN_URL"] = f"{server.url}/{domain.name}"
    for name, value in told.items():
        print(f"export {name}={shlex.quote(value)}")  # noqa: T201 - a command that prints
    print(f"# {server.url} answers until Ctrl-C", flush=True)  # noqa: T201 - the same


def _wait() -> None:
    """Do nothing until the program is interrupted."""
    import threading

    with suppress(KeyboardInterrupt):
        while True:
            # With a timeout: on some systems signals do not interrupt an endless wait.
            threading.Event().wait(3600)


def _report(cognito: Cognito, call: Call, number: int) -> None:
    """Print a call as a failure report does, and forget it, as the program may run for days."""
    from pytest_cognito_pool._plugin import report

    activity = cognito._activity  # noqa: SLF001 - the program is part of the package
    print(report.call_lines(activity.account, call, number), flush=True)  # noqa: T201 - a command that prints
    activity.recorder.forget()


if __name__ == "__main__":
    sys.exit(main())
