"""What fakes change in the process; it is undone when the last fake is left and when a test is over."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from pytest_cognito_pool._api import lifetimes
from pytest_cognito_pool._service.transport import botocore_hook
from pytest_cognito_pool._service.transport.environment import environment
from pytest_cognito_pool._service.transport.http_libraries import door

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_cognito_pool._api.lifetimes import Fake
    from pytest_cognito_pool._service.dispatch import Dispatcher
    from pytest_cognito_pool._service.router import Router

__all__ = ["active", "answering_keys", "environment"]

lifetimes.at_begin(environment.renew)
lifetimes.at_end(lambda test: environment.settle(test.variables))
lifetimes.at_end(lambda _test: botocore_hook.settle())
lifetimes.at_end(lambda _test: door.settle())


@contextmanager
def active(fake: Fake, dispatcher: Dispatcher, router: Router | None, region: str) -> Iterator[None]:
    """Let the fake answer the calls of the process during a with-block.

    Args:
        fake: what running tests need of the fake.
        dispatcher: answers the calls.
        router: answers the requests of HTTP libraries; None if they are not answered.
        region: the region for clients that do not set one.
    """
    with ExitStack() as stack:
        environment.enter(region, within_test=lifetimes.running() is not None)
        stack.callback(environment.leave, region)
        botocore_hook.attach(dispatcher)
        stack.callback(botocore_hook.detach, dispatcher)
        if router is not None:
            door.attach(router)
            stack.callback(door.detach, router)
        lifetimes.entered(fake)
        stack.callback(lifetimes.left, fake)
        yield


def answering_keys() -> Callable[[], None]:
    """Answer requests of HTTP libraries for the keys of any pool, until the returned function is called."""
    from pytest_cognito_pool._service.router import AnyPool

    keys = AnyPool()
    door.attach(keys)
    return lambda: door.detach(keys)
