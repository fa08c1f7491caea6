"""How long calls take with each fake, by turns in one run."""

from __future__ import annotations

import statistics
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from behaviour import PASSWORD, confirm, sign_up
from fakes import Fake
from measures import ready_client, seconds, signing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Context = Callable[[], AbstractContextManager[Fake]]

ROUNDS, COUNT = 21, 20
FLOOR = "a ready reply"


@contextmanager
def ready() -> Iterator[Fake]:
    """No fake: a client that gets a ready reply, which is the least that any fake in the process can take."""
    yield Fake(ready_client(), "us-east-1_AbCdEf123", "1example23456789")


def speed(fakes: dict[str, Context]) -> dict[str, dict[str, float]]:
    """The milliseconds of each measure with each fake: the median of the rounds, after one that does not count."""
    sign = signing()

    def tokens(client: Any, **given: Any) -> None:
        client.initiate_auth(**given)
        sign(), sign()

    floor: dict[str, Callable[[], float]] = {
        "a confirm": lambda: a_confirm(ready),
        "a sign-in": lambda: a_sign_in(ready, tokens),
        "a new pool": lambda: a_new_pool(ready),
    }
    measures = {"a confirm": a_confirm, "a sign-in": a_sign_in, "a new pool": a_new_pool}
    taken: dict[str, dict[str, list[float]]] = {name: {} for name in measures}
    for _ in range(ROUNDS + 1):
        for name, measure in measures.items():
            taken[name].setdefault(FLOOR, []).append(floor[name]())
            for fake, context in fakes.items():
                taken[name].setdefault(fake, []).append(measure(context))
    return {
        name: {fake: statistics.median(each[1:]) * 1e3 for fake, each in by_fake.items()}
        for name, by_fake in taken.items()
    }


def a_confirm(context: Context) -> float:
    """The seconds of one AdminConfirmSignUp."""
    with context() as fake:
        for number in range(COUNT):
            sign_up(fake, f"user{number}")
        return seconds(lambda: [confirm(fake, f"user{number}") for number in range(COUNT)]) / COUNT


def initiate_auth(client: Any, **given: Any) -> None:
    client.initiate_auth(**given)


def a_sign_in(context: Context, call: Callable[..., None] = initiate_auth) -> float:
    """The seconds of one InitiateAuth with a password."""
    with context() as fake:
        sign_up(fake, "ana")
        confirm(fake, "ana")
        given = {
            "ClientId": fake.client_id,
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": "ana", "PASSWORD": PASSWORD},
        }
        # The first sign-in of a process makes keys.
        call(fake.client, **given)
        return seconds(lambda: [call(fake.client, **given) for _ in range(COUNT)]) / COUNT


def a_new_pool(context: Context) -> float:
    """The seconds of what a test begins and ends with: a boto3 client, a pool and an app client."""

    def once() -> None:
        with context():
            pass

    return seconds(once)
