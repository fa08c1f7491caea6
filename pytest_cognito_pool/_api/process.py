"""What fakes change in the process; it is undone when the last fake is left and when a test is over."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from pytest_cognito_pool._api import lifetimes
from pytest_cognito_pool._service.transport import botocore_hook
from pytest_cognito_pool._service.transport.environment import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_cognito_pool._api.lifetimes import Fake
    from pytest_cognito_pool._service.dispatch import Dispatcher

__all__ = ["active", "environment"]

lifetimes.at_begin(environment.renew)
lifetimes.at_end(lambda test: environment.settle(test.variables))
lifetimes.at_end(lambda _test: botocore_hook.settle())


@contextmanager
def active(fake: Fake, dispatcher: Dispatcher, region: str) -> Iterator[None]:
    """While the fake answers the calls of the process.

    Args:
        fake: what running tests need of the fake.
        dispatcher: answers the calls.
        region: where clients without a region of their own send their requests.
    """
    with ExitStack() as stack:
        environment.enter(region, within_test=lifetimes.running() is not None)
        stack.callback(environment.leave, region)
        botocore_hook.attach(dispatcher)
        stack.callback(botocore_hook.detach, dispatcher)
        lifetimes.entered(fake)
        stack.callback(lifetimes.left, fake)
        yield
