"""What a test reads while other threads change it."""

from __future__ import annotations

import sys
import threading

import pytest

from pytest_cognito_pool import Cognito


@pytest.fixture(autouse=True)
def _often():
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def while_another_thread(changes, read, rounds=2000):
    """Read again and again while a thread goes through the changes."""
    errors, done = [], threading.Event()

    def reads():
        try:
            while not done.is_set():
                read()
        except BaseException as error:  # noqa: BLE001 - it is of another thread
            errors.append(error)

    thread = threading.Thread(target=reads)
    thread.start()
    for number in range(rounds):
        changes(number)
    done.set()
    thread.join()
    assert errors == []


def test_app_clients(cognito_pool):
    while_another_thread(
        lambda number: cognito_pool.create_client(ClientName=f"c{number}"),
        lambda: (cognito_pool.clients, cognito_pool.client),
        rounds=500,
    )


def test_the_schema(cognito_pool, cognito_idp):
    """A refusal names the attributes that there are."""
    pool = cognito_pool._record

    def add(number):
        pool.schema.add_custom([{"Name": f"a{number}", "AttributeDataType": "String"}])

    while_another_thread(add, lambda: (pool.schema.names, pool.schema.describe(), pool.schema._known()), rounds=1500)
    with pytest.raises(cognito_idp.exceptions.InvalidParameterException):
        cognito_idp.admin_create_user(
            UserPoolId=cognito_pool.id, Username="ana", UserAttributes=[{"Name": "custom:nothing", "Value": "x"}]
        )


def test_the_clock(cognito):
    """No step is lost."""
    before = cognito.clock.ahead
    threads = [
        threading.Thread(target=lambda: [cognito.clock.advance(seconds=1) for _ in range(500)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cognito.clock.ahead - before == 2000


def test_a_call_that_names_a_pool_before_it_is_known_here_is_the_pools(cognito, cognito_idp, monkeypatch):
    """Forced: another thread calls between the two steps in which a pool is made."""
    faces = cognito._faces
    face = faces.of

    def called_meanwhile(record):
        monkeypatch.setattr(faces, "of", face)
        cognito_idp.describe_user_pool(UserPoolId=record.id)
        assert cognito.pools[record.id].calls.operations == ["DescribeUserPool"]
        return face(record)

    monkeypatch.setattr(faces, "of", called_meanwhile)
    pool = cognito.create_pool()
    assert pool.calls.operations == ["DescribeUserPool"]
    assert cognito.pools[pool.id] is pool


def test_faults_that_are_armed_at_once():
    """None is lost, whoever is the first."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(50):
            cognito = Cognito(region="us-east-1")
            ready = threading.Barrier(4)

            def arm(cognito=cognito, ready=ready):
                ready.wait()
                cognito.fail("ListUserPools", "TooManyRequestsException")

            threads = [threading.Thread(target=arm) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert len(cognito.faults) == 4
    finally:
        sys.setswitchinterval(interval)
