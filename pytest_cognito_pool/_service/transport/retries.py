"""The decisions of botocore's retry handlers: nothing waits for their delays, and their quota is given back."""

from __future__ import annotations

from typing import Any

from pytest_cognito_pool._service import locks


class Retries:
    """The retries of the calls that one fake answers."""

    def __init__(self) -> None:
        self._lock = locks.new()
        # By the id of a quota: a client's quota, and how much retries took from it.
        self._taken: dict[int, tuple[Any, int]] = {}

    def decided(
        self, responses: list[tuple[Any, Any]], context: dict[str, Any]
    ) -> tuple[list[tuple[Any, Any]], float | None]:
        """The handlers' responses to needs-retry without their delay, and the delay, if they asked for one.

        Args:
            responses: each handler with its result: the delay in seconds, if the request is to be sent again.
            context: the request's context, in which a handler notes how much it took from the quota.
        """
        asking = next(((handler, delay) for handler, delay in responses if delay is not None), None)
        if asking is None or asking[1] is False:
            return responses, None
        handler, delay = asking
        self._note(_quota(handler), context.get("retry_quota_capacity", 0))
        return [(handler, 0)], float(delay)

    def _note(self, quota: Any, taken: int) -> None:
        if quota is not None:
            with self._lock:
                self._taken[id(quota)] = quota, taken + self._taken.get(id(quota), (quota, 0))[1]

    def give_back(self) -> None:
        """Give every client back the quota that retries took; it must last for the client's whole life."""
        with self._lock:
            taken, self._taken = self._taken, {}
        for quota, amount in taken.values():
            # A quota never gets more than it began with.
            quota.release(amount)


def _quota(handler: Any) -> Any:
    """The quota of a retry handler; None in the legacy mode, which has no quota."""
    checker = getattr(getattr(handler, "__self__", None), "_retry_quota", None)
    return getattr(checker, "_quota", None)
