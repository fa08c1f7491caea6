"""A fake Amazon Cognito user pool for pytest that enforces the service's rules.

Every public name is importable from here, and nothing is imported before it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_cognito_pool.cognito import Cognito
    from pytest_cognito_pool.errors import SwallowedError, UnsupportedOperationError, UsageError
    from pytest_cognito_pool.events import (
        CallerContext,
        PostConfirmationEvent,
        PostConfirmationRequest,
        PostConfirmationResponse,
        TriggerEvent,
    )
    from pytest_cognito_pool.log import Attempt, Call, CallLog, Error, Invocation, TriggerLog
    from pytest_cognito_pool.pool import AppClient, UserPool
    from pytest_cognito_pool.user import Transition, User, Users, UserStatus
else:

    def __getattr__(name):
        from importlib import import_module

        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__():
        return sorted({*globals(), *__all__})


_HOMES = {
    "cognito": ("Cognito",),
    "errors": ("SwallowedError", "UnsupportedOperationError", "UsageError"),
    "events": (
        "CallerContext",
        "PostConfirmationEvent",
        "PostConfirmationRequest",
        "PostConfirmationResponse",
        "TriggerEvent",
    ),
    "log": ("Attempt", "Call", "CallLog", "Error", "Invocation", "TriggerLog"),
    "pool": ("AppClient", "UserPool"),
    "user": ("Transition", "User", "UserStatus", "Users"),
}

__all__ = [
    "AppClient",
    "Attempt",
    "Call",
    "CallLog",
    "CallerContext",
    "Cognito",
    "Error",
    "Invocation",
    "PostConfirmationEvent",
    "PostConfirmationRequest",
    "PostConfirmationResponse",
    "SwallowedError",
    "Transition",
    "TriggerEvent",
    "TriggerLog",
    "UnsupportedOperationError",
    "UsageError",
    "User",
    "UserPool",
    "UserStatus",
    "Users",
]
