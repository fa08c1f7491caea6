"""Print the budgets' ratios, each measured side by side in this run: `python benchmarks [name ...]`."""

from __future__ import annotations

import base64
import contextlib
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import moto
from measures import KEYS, ROUNDS, difference, line, paired, ratio, ready_client, seconds, signing
from over_http import http_libraries, http_server

from pytest_cognito_pool import Cognito, UserPool
from pytest_cognito_pool._service.sign_in import srp

if TYPE_CHECKING:
    from collections.abc import Iterator


def confirm(count: int = 100) -> None:
    """One AdminConfirmSignUp against the same call with a ready reply."""
    client, ready = boto3.client("cognito-idp", **KEYS), ready_client()
    for name, settings, function in (
        ("without a trigger", {"LambdaConfig": OTHER_TRIGGER}, None),
        ("with the trigger recorded", {}, None),
        ("with a function that returns its event", {}, lambda event, _context: event),
    ):
        cognito = Cognito()
        pool = cognito.create_pool(**settings)
        if function:
            pool.on("PostConfirmation", function)
        add_users(pool, count * (ROUNDS + 1))
        firsts = iter(range(0, count * (ROUNDS + 1), count))

        def ours(cognito: Cognito = cognito, pool: UserPool = pool, firsts: Iterator[int] = firsts) -> None:
            with cognito:
                confirm_all(client, pool, count, next(firsts))

        def other(pool: UserPool = pool) -> None:
            confirm_all(ready, pool, count)

        pairs = paired(ours, other)
        microseconds = statistics.median(seconds for seconds, _ in pairs) / count * 1e6
        line(f"confirm {name}, x a ready reply", ratio(pairs), f"{microseconds:.0f} us")


OTHER_TRIGGER = {"PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:f"}


def add_users(pool: UserPool, count: int, status: Any = "UNCONFIRMED") -> None:
    for number in range(count):
        pool.add_user(f"user{number}", status=status)


def confirm_all(client: Any, pool: UserPool, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        client.admin_confirm_sign_up(UserPoolId=pool.id, Username=f"user{number}")


def cycle() -> None:
    """A fixture cycle: fake, pool and app client set up and torn down."""

    def once() -> None:
        with Cognito() as cognito:
            cognito.create_pool()

    once()
    line("fixture cycle, ms", statistics.median(seconds(once) for _ in range(201)) * 1e3)


def restore(users: int = 1000) -> None:
    """Going back to a snapshot of seeded users, against seeding them again."""
    with Cognito() as cognito:
        pool = cognito.create_pool()
        add_users(pool, users)
        seeded = cognito.snapshot()

        def seed() -> None:
            add_users(Cognito().create_pool(), users)

        line("restore, x seeding again", ratio(paired(lambda: cognito.restore(seeded), seed)))
        line("snapshot, x seeding again", ratio(paired(cognito.snapshot, seed)))


def unknown(client: Any, pool: UserPool, count: int = 100) -> None:
    for number in range(count):
        with contextlib.suppress(client.exceptions.UserNotFoundException):
            client.admin_get_user(UserPoolId=pool.id, Username=f"nobody{number}")


def million(users: int = 1_000_000) -> None:
    """A confirm, a page of users and the memory of a user in a large pool, against a small one."""
    with Cognito() as cognito:
        client = boto3.client("cognito-idp", **KEYS)
        small, large, ten = cognito.create_pool(), cognito.create_pool(), cognito.create_pool()
        add_users(ten, 10)
        add_users(small, 2500)
        tracemalloc.start()
        add_users(large, 20_000)
        line("memory of a user, bytes (by allocation)", tracemalloc.get_traced_memory()[0] / 20_000)
        tracemalloc.stop()
        before = resident()
        for number in range(20_000, users):
            large.add_user(f"user{number}", status="UNCONFIRMED")
        line("memory of a user, bytes (resident)", (resident() - before) / (users - 20_000))
        gc.collect()
        gc.freeze()
        places = {small.id: iter(range(0, 2500, 100)), large.id: iter(range(500_000, users, 100))}

        def confirms(pool: UserPool) -> None:
            confirm_all(client, pool, 100, next(places[pool.id]))

        line("confirm among a million, x among 2500", ratio(paired(lambda: confirms(large), lambda: confirms(small))))

        pairs = paired(lambda: unknown(client, large), lambda: unknown(client, ten))
        line("AdminGetUser of an unknown user among a million, x among 10", ratio(pairs))

        def page(pool: UserPool) -> None:
            for _ in range(5):
                client.list_users(UserPoolId=pool.id, Limit=60)

        line("page of ListUsers among a million, x among 2500", ratio(paired(lambda: page(large), lambda: page(small))))


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def sign_in(count: int = 100) -> None:
    """A sign-in with a password, against two RS256 signatures and a ready reply, and against moto's."""
    client, ready = boto3.client("cognito-idp", **KEYS), ready_client()
    cognito = Cognito()
    pool = cognito.create_pool()
    pool.add_user("ana")
    given = {
        "ClientId": pool.client.id,
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": "ana", "PASSWORD": "Passw0rd!"},
    }
    sign = signing()

    def ours() -> None:
        with cognito:
            for _ in range(count):
                client.initiate_auth(**given)

    def least() -> None:
        for _ in range(count):
            ready.initiate_auth(**given)
            sign(), sign()

    pairs = paired(ours, least)
    microseconds = statistics.median(seconds for seconds, _ in pairs) / count * 1e6
    line("sign-in, x two signatures and a ready reply", ratio(pairs), f"{microseconds:.0f} us")

    with moto.mock_aws():
        other_client = boto3.client("cognito-idp", **KEYS)
        pool_id = other_client.create_user_pool(PoolName="moto")["UserPool"]["Id"]
        named = {"UserPoolId": pool_id, "Username": "ana"}
        other_client.admin_create_user(**named, MessageAction="SUPPRESS")
        other_client.admin_set_user_password(**named, Password="Passw0rd!", Permanent=True)
        flows = {"ClientName": "moto", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}
        described = other_client.create_user_pool_client(UserPoolId=pool_id, **flows)["UserPoolClient"]

        def other() -> None:
            for _ in range(count):
                other_client.initiate_auth(**given | {"ClientId": described["ClientId"]})

        line("moto's sign-in, x ours", 1 / ratio(paired(ours, other)))


def flows() -> None:
    """Single calls, in ms: the tenth sign-in, one by SRP, and a whole flow from sign-up to tokens."""
    with Cognito() as cognito:
        client, pool = boto3.client("cognito-idp", **KEYS), cognito.create_pool(AutoVerifiedAttributes=["email"])
        pool.add_user("ana")
        given = {"ClientId": pool.client.id, "AuthFlow": "USER_PASSWORD_AUTH"}

        def with_password(name: str = "ana") -> None:
            client.initiate_auth(**given, AuthParameters={"USERNAME": name, "PASSWORD": "Passw0rd!"})

        line("the tenth sign-in, ms", [seconds(with_password) for _ in range(10)][-1] * 1e3)
        secret = 2**255 + 19
        public = pow(srp.G, secret, srp.N)

        def with_srp() -> None:
            parameters = {"USERNAME": "ana", "SRP_A": f"{public:x}"}
            srp_given = {"ClientId": pool.client.id, "AuthFlow": "USER_SRP_AUTH"}
            challenge = client.initiate_auth(**srp_given, AuthParameters=parameters)["ChallengeParameters"]
            identity, b_public = srp.Identity(pool.id.partition("_")[2], "ana"), int(challenge["SRP_B"], 16)
            x, u = srp.private(int(challenge["SALT"], 16), identity, "Passw0rd!"), srp.scrambling(public, b_public)
            shared = pow(b_public - srp.K * pow(srp.G, x, srp.N), secret + u * x, srp.N)
            at, block = "Tue May 6 00:09:40 UTC 2025", challenge["SECRET_BLOCK"]
            answers = {
                "USERNAME": "ana",
                "PASSWORD_CLAIM_SECRET_BLOCK": block,
                "PASSWORD_CLAIM_SIGNATURE": srp.signed(srp.derived(u, shared), identity, base64.b64decode(block), at),
                "TIMESTAMP": at,
            }
            client.respond_to_auth_challenge(
                ClientId=pool.client.id, ChallengeName="PASSWORD_VERIFIER", ChallengeResponses=answers
            )

        line("a sign-in by SRP, both sides, ms", statistics.median(seconds(with_srp) for _ in range(ROUNDS)) * 1e3)
        names = iter(range(1000))

        def whole() -> None:
            name = f"user{next(names)}"
            email = [{"Name": "email", "Value": f"{name}@example.com"}]
            named = {"ClientId": pool.client.id, "Username": name}
            client.sign_up(**named, Password="Passw0rd!", UserAttributes=email)
            client.confirm_sign_up(**named, ConfirmationCode=pool.outbox[-1].code)
            with_password(name)

        line("sign-up, confirm and sign-in, ms", statistics.median(seconds(whole) for _ in range(ROUNDS)) * 1e3)


FIRST_TOKEN = """
import time
from pytest_cognito_pool import Cognito
with Cognito(region="us-east-1") as cognito:
    pool = cognito.create_pool()
    pool.add_user("ana")
    start = time.perf_counter()
    pool.sign_in("ana")
    print(time.perf_counter() - start)
"""


def first_token() -> None:
    """The first token of a process, the making of its keys included."""
    command = [sys.executable, "-c", FIRST_TOKEN]
    taken = [float(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(ROUNDS)]
    line("first token of a process, ms", statistics.median(taken) * 1e3)


UNUSED = "def test_nothing():\n    pass\n"
FIRST = """
def test_confirm(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
"""
BOTO3 = """
import boto3
import moto
from botocore.awsrequest import AWSResponse
class Body:
    def stream(self):
        return [b"{}"]
def test_confirm():
    client = boto3.client(
        "cognito-idp", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )
    client.meta.events.register("before-send", lambda request, **_: AWSResponse(request.url, 200, {}, Body()))
    client.admin_confirm_sign_up(UserPoolId="us-east-1_AbCdEf123", Username="ana")
"""


def start_up() -> None:
    """pytest with the plugin installed and unused, against pytest without it."""
    pairs = processes(UNUSED, UNUSED, ours=(), other=("-p", "no:cognito_pool"), PYTHONDONTWRITEBYTECODE="")
    line("start-up with the plugin unused, ms more", difference(pairs) * 1e3)


def first() -> None:
    """The first confirm of a run with bytecode off, against boto3's own."""
    pairs = processes(FIRST, BOTO3, ours=(), other=("-p", "no:cognito_pool"), PYTHONDONTWRITEBYTECODE="1")
    line("first confirm with bytecode off, ms more than boto3's own", difference(pairs) * 1e3)


def processes(
    ours_code: str, other_code: str, ours: tuple[str, ...], other: tuple[str, ...], **environment: str
) -> list[tuple[float, float]]:
    with tempfile.TemporaryDirectory() as folder:

        def run(name: str, code: str, options: tuple[str, ...]) -> None:
            path = Path(folder, name, "test_one.py")
            path.parent.mkdir(exist_ok=True)
            path.write_text(code)
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "test_one.py"]
            plain = {**os.environ, "PYTEST_ADDOPTS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "", **environment}
            subprocess.run(command, cwd=path.parent, check=True, capture_output=True, env=plain)

        return paired(lambda: run("ours", ours_code, ours), lambda: run("other", other_code, other))


BENCHMARKS = {
    "confirm": confirm,
    "cycle": cycle,
    "first": first,
    "start-up": start_up,
    "restore": restore,
    "million": million,
    "sign-in": sign_in,
    "flows": flows,
    "first-token": first_token,
    "http-libraries": http_libraries,
    "http-server": http_server,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHMARKS:
        BENCHMARKS[name]()
