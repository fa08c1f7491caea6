"""How things are measured side by side, and printed."""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING, Any

import boto3
from botocore.awsrequest import AWSResponse
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 21
KEYS = {"region_name": "us-east-1", "aws_access_key_id": "key", "aws_secret_access_key": "secret"}


def paired(ours: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> list[tuple[float, float]]:
    """Seconds of both, taken in turn, after one round that does not count."""
    ours(), other()
    gc.disable()
    try:
        return [(seconds(ours), seconds(other)) for _ in range(rounds)]
    finally:
        gc.enable()


def seconds(action: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def ratio(pairs: list[tuple[float, float]]) -> float:
    return statistics.median(ours / other for ours, other in pairs)


def difference(pairs: list[tuple[float, float]]) -> float:
    return statistics.median(ours - other for ours, other in pairs)


def line(what: str, value: float, note: str = "") -> None:
    print(f"{what:<55} {value:8.2f}  {note}", flush=True)


READY = {"date": "Mon, 23 Nov 2026 20:00:00 GMT", "content-type": "application/x-amz-json-1.1", "content-length": "2"}


class Body:
    """The raw body of a ready reply."""

    def stream(self) -> list[bytes]:
        return [b"{}"]


def ready_client() -> Any:
    """A client whose before-send handler returns a ready reply."""
    client = boto3.client("cognito-idp", **KEYS)

    def ready(request: Any, **_kwargs: Any) -> AWSResponse:
        return AWSResponse(request.url, 200, READY, Body())

    client.meta.events.register("before-send.cognito-identity-provider", ready)
    return client


def signing() -> Callable[[], object]:
    """A function that signs as a token is signed."""
    key = generate_private_key(65537, 2048)
    return lambda: key.sign(b"c" * 900, PKCS1v15(), SHA256())
