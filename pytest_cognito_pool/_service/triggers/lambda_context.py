"""What a function is given beside its event."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service import ids

if TYPE_CHECKING:
    from pytest_cognito_pool._service.clock import Stopwatch
    from pytest_cognito_pool._service.pool.pool import Pool

# Documented: the service waits five seconds for a function.
TIME_LIMIT: Final = 5.0


class LambdaContext:
    """The context object of Lambda's Python runtime, for one try of one invocation."""

    log = staticmethod(print)

    def __init__(self, trigger: str, pool: Pool, stopwatch: Stopwatch) -> None:
        self._stopwatch = stopwatch
        self.aws_request_id = ids.uuid()
        self.invoked_function_arn = _arn(trigger, pool)
        self.function_name = self.invoked_function_arn.split(":", 5)[5].removeprefix("function:").partition(":")[0]
        self.function_version = "$LATEST"
        self.memory_limit_in_mb = "128"
        self.log_group_name = f"/aws/lambda/{self.function_name}"
        self.log_stream_name = f"{pool.clock.now():%Y/%m/%d}/[$LATEST]{self.aws_request_id.replace('-', '')}"
        self.identity = SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None)
        self.client_context = None
        self.tenant_id = None

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the service stops waiting: five seconds, less those the clock was moved by."""
        return max(0, round((TIME_LIMIT - self._stopwatch.moved) * 1000))


def _arn(trigger: str, pool: Pool) -> str:
    """The function's ARN from the pool's LambdaConfig, else one with the trigger's name."""
    config = pool.settings["LambdaConfig"]
    configured = config.get(trigger) or config.get(f"{trigger}Config")
    if isinstance(configured, dict):
        configured = configured.get("LambdaArn")
    account = pool.arn.split(":")[4]
    return configured or f"arn:aws:lambda:{pool.region}:{account}:function:{trigger}"
