"""Children that are forked while other threads hold locks of the fake."""

from __future__ import annotations

import os
import signal
import threading
import time
import warnings

import boto3
import pytest

from pytest_cognito_pool import Cognito
from pytest_cognito_pool._service import locks

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")


def forked(work, seconds=20):
    """Whether the work ended well in a child, within so many seconds."""
    with warnings.catch_warnings():
        # Of a process with threads, which is what is tested.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a child of a test run must not go on
            os._exit(1)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def test_while_another_thread_changes_the_pool(cognito_pool, keys):
    client, done = boto3.Session(**keys).client("cognito-idp"), threading.Event()
    cognito_pool.add_user("ana")

    def busy():
        while not done.is_set():
            with cognito_pool._record.lock:
                time.sleep(0.002)

    def work():
        assert client.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")["Username"] == "ana"
        cognito_pool.add_user("ben")
        cognito_pool.fail("AdminGetUser", "TooManyRequestsException", optional=True)
        with Cognito(region="us-east-1") as inner:
            inner.create_pool()

    thread = threading.Thread(target=busy)
    thread.start()
    try:
        assert all(forked(work) for _ in range(4))
    finally:
        done.set()
        thread.join()
    assert "ben" not in cognito_pool.users


def test_while_other_threads_enter_and_leave():
    done = threading.Event()

    def come_and_go():
        while not done.is_set():
            with Cognito(region="us-east-1") as cognito:
                cognito.create_pool()

    threads = [threading.Thread(target=come_and_go) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        assert all(forked(lambda: Cognito().create_pool()) for _ in range(10))
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_no_lock_is_made_while_another_is_held(monkeypatch, keys):
    """A fork, which has the list of all, would wait for the one and its holder for the list."""
    new, made = locks.new, []

    def checked(**given):
        made.append([lock for lock in locks._places if lock._is_owned()])
        return new(**given)

    monkeypatch.setattr(locks, "new", checked)
    with Cognito(region="us-east-1") as cognito:
        client = boto3.Session(**keys).client("cognito-idp")
        pool_id = client.create_user_pool(PoolName="x")["UserPool"]["Id"]
        cognito.pools[pool_id].add_user("ana", status="UNCONFIRMED")
        client.admin_confirm_sign_up(UserPoolId=pool_id, Username="ana")
        with cognito.rollback(), Cognito(region="us-east-1"):
            cognito.create_pool()
    assert len(made) >= 6
    assert not any(made)


def test_every_lock_is_free_in_parent_and_child(cognito, cognito_pool):
    """Taken in one order: a pool's first, in which the others are taken."""
    faults = cognito._activity.interventions.faults

    def free():
        assert not locks._held
        for lock in (cognito_pool._record.lock, faults._lock):
            assert lock.acquire(blocking=False)
            lock.release()

    locks._take()
    taken = list(locks._held)
    locks._release()
    assert taken.index(cognito_pool._record.lock) < taken.index(faults._lock)
    assert forked(free)
    free()
