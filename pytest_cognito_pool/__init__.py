"""A fake Amazon Cognito user pool for pytest that enforces the service's rules.

The fixtures `cognito_pool` (a `UserPool`), `cognito` (the `Cognito` account) and `cognito_idp` (a boto3 client) are
there when the plugin is installed; outside pytest use `with Cognito() as cognito`. Records are `Call`, `Invocation` and
`Message`; trigger events are typed, for example `PostConfirmationEvent`. A mistake of a test author is a `UsageError`.

Every public name is importable from here, and nothing is imported before it is asked for.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_cognito_pool.calls import Attempt, Call, CallLog, Error, Permission
    from pytest_cognito_pool.clock import Clock
    from pytest_cognito_pool.cognito import Cognito
    from pytest_cognito_pool.errors import TruthError, UnsupportedOperationError, UsageError
    from pytest_cognito_pool.events.parts import (
        CallerContext,
        TriggerEvent,
    )
    from pytest_cognito_pool.events.senders import (
        CustomEmailSenderEvent,
        CustomSenderRequest,
        CustomSMSSenderEvent,
    )
    from pytest_cognito_pool.events.signing_in import (
        ChallengeResult,
        CreateAuthChallengeEvent,
        CreateAuthChallengeRequest,
        CreateAuthChallengeResponse,
        DefineAuthChallengeEvent,
        DefineAuthChallengeRequest,
        DefineAuthChallengeResponse,
        InboundFederationEvent,
        InboundFederationRequest,
        InboundFederationResponse,
        PostAuthenticationEvent,
        PostAuthenticationRequest,
        PostAuthenticationResponse,
        PreAuthenticationEvent,
        PreAuthenticationRequest,
        PreAuthenticationResponse,
        UserMigrationEvent,
        UserMigrationRequest,
        UserMigrationResponse,
        VerifyAuthChallengeResponseEvent,
        VerifyAuthChallengeResponseRequest,
        VerifyAuthChallengeResponseResponse,
    )
    from pytest_cognito_pool.events.signing_up import (
        CustomMessageEvent,
        CustomMessageRequest,
        CustomMessageResponse,
        PostConfirmationEvent,
        PostConfirmationRequest,
        PostConfirmationResponse,
        PreSignUpEvent,
        PreSignUpRequest,
        PreSignUpResponse,
    )
    from pytest_cognito_pool.events.tokens import (
        ClaimsAndScopeOverrideDetails,
        ClaimsOverrideDetails,
        GroupOverrideDetails,
        PreTokenGenerationEvent,
        PreTokenGenerationRequest,
        PreTokenGenerationResponse,
        PreTokenGenerationV2Event,
        PreTokenGenerationV2Request,
        PreTokenGenerationV2Response,
        TokenClaimsAndScopeOverrideDetails,
    )
    from pytest_cognito_pool.faults import Fault
    from pytest_cognito_pool.handlers import Attachment
    from pytest_cognito_pool.invocations import Invocation, TriggerLog
    from pytest_cognito_pool.outbox import Message, Outbox
    from pytest_cognito_pool.policies import Enforcement
    from pytest_cognito_pool.pool import AppClient, UserPool
    from pytest_cognito_pool.snapshots import Snapshot
    from pytest_cognito_pool.user import Transition, User, Users, UserStatus
else:

    def __getattr__(name):
        # It looks at every name of every module when it stops the time, in suites that use nothing of ours too.
        if sys._getframe(1).f_globals.get("__name__") == "freezegun.api":  # noqa: SLF001 - `inspect` takes long to import
            raise AttributeError(name)
        from importlib import import_module

        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__():
        own = [name for name in globals() if name.startswith("__")]
        return sorted({*__all__, *own, pytest_addoption.__name__})

    def pytest_addoption(pluginmanager):
        """Load the plugin for `-p pytest_cognito_pool`, which is asked for where entry points are not looked at."""
        from pytest_cognito_pool import plugin

        if not pluginmanager.is_registered(plugin):
            pluginmanager.register(plugin, "cognito_pool")


_HOMES = {
    "calls": (
        "Attempt",
        "Call",
        "CallLog",
        "Error",
        "Permission",
    ),
    "clock": ("Clock",),
    "cognito": ("Cognito",),
    "errors": (
        "TruthError",
        "UnsupportedOperationError",
        "UsageError",
    ),
    "events.parts": (
        "CallerContext",
        "TriggerEvent",
    ),
    "events.senders": (
        "CustomEmailSenderEvent",
        "CustomSMSSenderEvent",
        "CustomSenderRequest",
    ),
    "events.signing_in": (
        "ChallengeResult",
        "CreateAuthChallengeEvent",
        "CreateAuthChallengeRequest",
        "CreateAuthChallengeResponse",
        "DefineAuthChallengeEvent",
        "DefineAuthChallengeRequest",
        "DefineAuthChallengeResponse",
        "InboundFederationEvent",
        "InboundFederationRequest",
        "InboundFederationResponse",
        "PostAuthenticationEvent",
        "PostAuthenticationRequest",
        "PostAuthenticationResponse",
        "PreAuthenticationEvent",
        "PreAuthenticationRequest",
        "PreAuthenticationResponse",
        "UserMigrationEvent",
        "UserMigrationRequest",
        "UserMigrationResponse",
        "VerifyAuthChallengeResponseEvent",
        "VerifyAuthChallengeResponseRequest",
        "VerifyAuthChallengeResponseResponse",
    ),
    "events.signing_up": (
        "CustomMessageEvent",
        "CustomMessageRequest",
        "CustomMessageResponse",
        "PostConfirmationEvent",
        "PostConfirmationRequest",
        "PostConfirmationResponse",
        "PreSignUpEvent",
        "PreSignUpRequest",
        "PreSignUpResponse",
    ),
    "events.tokens": (
        "ClaimsAndScopeOverrideDetails",
        "ClaimsOverrideDetails",
        "GroupOverrideDetails",
        "PreTokenGenerationEvent",
        "PreTokenGenerationRequest",
        "PreTokenGenerationResponse",
        "PreTokenGenerationV2Event",
        "PreTokenGenerationV2Request",
        "PreTokenGenerationV2Response",
        "TokenClaimsAndScopeOverrideDetails",
    ),
    "faults": ("Fault",),
    "handlers": ("Attachment",),
    "invocations": (
        "Invocation",
        "TriggerLog",
    ),
    "outbox": (
        "Message",
        "Outbox",
    ),
    "policies": ("Enforcement",),
    "pool": (
        "AppClient",
        "UserPool",
    ),
    "snapshots": ("Snapshot",),
    "user": (
        "Transition",
        "User",
        "UserStatus",
        "Users",
    ),
}

__all__ = [
    "AppClient",
    "Attachment",
    "Attempt",
    "Call",
    "CallLog",
    "CallerContext",
    "ChallengeResult",
    "ClaimsAndScopeOverrideDetails",
    "ClaimsOverrideDetails",
    "Clock",
    "Cognito",
    "CreateAuthChallengeEvent",
    "CreateAuthChallengeRequest",
    "CreateAuthChallengeResponse",
    "CustomEmailSenderEvent",
    "CustomMessageEvent",
    "CustomMessageRequest",
    "CustomMessageResponse",
    "CustomSMSSenderEvent",
    "CustomSenderRequest",
    "DefineAuthChallengeEvent",
    "DefineAuthChallengeRequest",
    "DefineAuthChallengeResponse",
    "Enforcement",
    "Error",
    "Fault",
    "GroupOverrideDetails",
    "InboundFederationEvent",
    "InboundFederationRequest",
    "InboundFederationResponse",
    "Invocation",
    "Message",
    "Outbox",
    "Permission",
    "PostAuthenticationEvent",
    "PostAuthenticationRequest",
    "PostAuthenticationResponse",
    "PostConfirmationEvent",
    "PostConfirmationRequest",
    "PostConfirmationResponse",
    "PreAuthenticationEvent",
    "PreAuthenticationRequest",
    "PreAuthenticationResponse",
    "PreSignUpEvent",
    "PreSignUpRequest",
    "PreSignUpResponse",
    "PreTokenGenerationEvent",
    "PreTokenGenerationRequest",
    "PreTokenGenerationResponse",
    "PreTokenGenerationV2Event",
    "PreTokenGenerationV2Request",
    "PreTokenGenerationV2Response",
    "Snapshot",
    "TokenClaimsAndScopeOverrideDetails",
    "Transition",
    "TriggerEvent",
    "TriggerLog",
    "TruthError",
    "UnsupportedOperationError",
    "UsageError",
    "User",
    "UserMigrationEvent",
    "UserMigrationRequest",
    "UserMigrationResponse",
    "UserPool",
    "UserStatus",
    "Users",
    "VerifyAuthChallengeResponseEvent",
    "VerifyAuthChallengeResponseRequest",
    "VerifyAuthChallengeResponseResponse",
]
