"""The context object that a function gets besides its event."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.clock import Clock, Stopwatch

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_cognito_pool._service.pool.pool import Pool

# Documented: the service waits five seconds for a function.
TIME_LIMIT: Final = 5.0


class LambdaContext:
    """The context object of Lambda's Python runtime, which a function gets besides its event.

    The fake passes one to each function that it runs; a test that calls a function itself creates one.

    Args:
        function_name: the name of the function.
        invoked_function_arn: its ARN; made from the name if omitted.

    Examples:
        >>> from pytest_cognito_pool import LambdaContext
        >>> context = LambdaContext("welcome")
        >>> context.invoked_function_arn
        'arn:aws:lambda:us-east-1:123456789012:function:welcome'
        >>> context.get_remaining_time_in_millis()
        5000
    """

    # Where authors import it from; helpers and reprs name it.
    __module__ = "pytest_cognito_pool"

    log = staticmethod(print)

    def __init__(self, function_name: str = "function", *, invoked_function_arn: str | None = None) -> None:
        clock = Clock()
        arn = invoked_function_arn or f"arn:aws:lambda:us-east-1:123456789012:function:{function_name}"
        self._become(function_name, arn, clock.now(), Stopwatch(clock))

    def _become(self, function_name: str, arn: str, now: datetime, stopwatch: Stopwatch) -> None:
        self._stopwatch = stopwatch
        self.aws_request_id = ids.uuid()
        self.invoked_function_arn = arn
        self.function_name = function_name
        self.function_version = "$LATEST"
        self.memory_limit_in_mb = "128"
        self.log_group_name = f"/aws/lambda/{function_name}"
        self.log_stream_name = f"{now:%Y/%m/%d}/[$LATEST]{self.aws_request_id.replace('-', '')}"
        self.identity = SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None)
        self.client_context = None
        self.tenant_id = None

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the service stops waiting: five seconds, minus the time by which the clock was moved."""
        return max(0, round((TIME_LIMIT - self._stopwatch.moved) * 1000))


def of_invocation(trigger: str, pool: Pool, stopwatch: Stopwatch) -> LambdaContext:
    """The context for one try of one invocation."""
    arn = _arn(trigger, pool)
    name = arn.split(":", 5)[5].removeprefix("function:").partition(":")[0]
    context = LambdaContext.__new__(LambdaContext)
    context._become(name, arn, pool.clock.now(), stopwatch)  # noqa: SLF001 - the class of this module
    return context


def _arn(trigger: str, pool: Pool) -> str:
    """Return the function's ARN from the pool's LambdaConfig, or an ARN made from the trigger's name."""
    config = pool.settings["LambdaConfig"]
    configured = config.get(trigger) or config.get(f"{trigger}Config")
    if isinstance(configured, dict):
        configured = configured.get("LambdaArn")
    return configured or f"arn:aws:lambda:{pool.region}:{pool.account}:function:{trigger}"
