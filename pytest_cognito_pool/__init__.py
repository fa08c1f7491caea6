"""A fake Amazon Cognito user pool for pytest that enforces the service's rules.

Installing the plugin provides the fixtures `cognito_pool` (a `UserPool`), `cognito` (the `Cognito` account) and
`cognito_idp` (a boto3 client). Outside pytest use `with Cognito() as cognito`. Records are `Call`, `Invocation` and
`Message`; trigger events are typed, for example `PostConfirmationEvent`. A mistake in a test raises `UsageError`.

Every public name can be imported from here; its module is loaded on first use.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pytest_cognito_pool._api.app_client import AppClient
    from pytest_cognito_pool._api.call_log import CallLog
    from pytest_cognito_pool._api.clock import Clock
    from pytest_cognito_pool._api.cognito import Cognito
    from pytest_cognito_pool._api.domains import Domain
    from pytest_cognito_pool._api.enforcement import Enforcement
    from pytest_cognito_pool._api.errors import (
        GuardError,
        TemplateWarning,
        UnreportedError,
        UnusedFaultWarning,
        UsageError,
    )
    from pytest_cognito_pool._api.faults import Fault
    from pytest_cognito_pool._api.groups import Group, Groups
    from pytest_cognito_pool._api.outbox import Outbox
    from pytest_cognito_pool._api.pool import UserPool
    from pytest_cognito_pool._api.server import Server
    from pytest_cognito_pool._api.snapshots import Snapshot
    from pytest_cognito_pool._api.templates.loading import Loaded
    from pytest_cognito_pool._api.tokens import Tokens
    from pytest_cognito_pool._api.trigger_handlers import TriggerHandler
    from pytest_cognito_pool._api.trigger_log import TriggerLog
    from pytest_cognito_pool._api.users import (
        SignIn,
        Transition,
        User,
        Users,
        UserStatus,
    )
    from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError
    from pytest_cognito_pool._service.events.parts import CallerContext, TriggerEvent
    from pytest_cognito_pool._service.events.senders import (
        CustomEmailSenderEvent,
        CustomSenderRequest,
        CustomSMSSenderEvent,
    )
    from pytest_cognito_pool._service.events.signing_in import (
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
    from pytest_cognito_pool._service.events.signing_up import (
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
    from pytest_cognito_pool._service.events.tokens import (
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
    from pytest_cognito_pool._service.journal import (
        Attempt,
        Call,
        Error,
        Injected,
        Invocation,
        Message,
        Permission,
    )
    from pytest_cognito_pool._service.triggers.lambda_context import LambdaContext
else:

    def __getattr__(name):
        # freezegun reads every name of every module when it stops the time, even in suites that do not use the plugin.
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
        """Load the plugin for `-p pytest_cognito_pool`, which is needed where entry points are not read."""
        from pytest_cognito_pool import plugin

        if not pluginmanager.is_registered(plugin):
            pluginmanager.register(plugin, "cognito_pool")


_HOMES = {
    "_api.app_client": ("AppClient",),
    "_api.call_log": ("CallLog",),
    "_api.clock": ("Clock",),
    "_api.cognito": ("Cognito",),
    "_api.domains": ("Domain",),
    "_api.enforcement": ("Enforcement",),
    "_api.errors": ("GuardError", "TemplateWarning", "UnreportedError", "UnusedFaultWarning", "UsageError"),
    "_api.faults": ("Fault",),
    "_api.groups": ("Group", "Groups"),
    "_api.outbox": ("Outbox",),
    "_api.pool": ("UserPool",),
    "_api.server": ("Server",),
    "_api.snapshots": ("Snapshot",),
    "_api.templates.loading": ("Loaded",),
    "_api.tokens": ("Tokens",),
    "_api.trigger_handlers": ("TriggerHandler",),
    "_api.trigger_log": ("TriggerLog",),
    "_api.users": ("SignIn", "Transition", "User", "UserStatus", "Users"),
    "_service.errors.unsupported": ("UnsupportedOperationError",),
    "_service.events.parts": ("CallerContext", "TriggerEvent"),
    "_service.events.senders": ("CustomEmailSenderEvent", "CustomSMSSenderEvent", "CustomSenderRequest"),
    "_service.events.signing_in": (
        "ChallengeResult", "CreateAuthChallengeEvent", "CreateAuthChallengeRequest",
        "CreateAuthChallengeResponse", "DefineAuthChallengeEvent", "DefineAuthChallengeRequest",
        "DefineAuthChallengeResponse", "InboundFederationEvent", "InboundFederationRequest",
        "InboundFederationResponse", "PostAuthenticationEvent", "PostAuthenticationRequest",
        "PostAuthenticationResponse", "PreAuthenticationEvent", "PreAuthenticationRequest",
        "PreAuthenticationResponse", "UserMigrationEvent", "UserMigrationRequest", "UserMigrationResponse",
        "VerifyAuthChallengeResponseEvent", "VerifyAuthChallengeResponseRequest",
        "VerifyAuthChallengeResponseResponse",
    ),
    "_service.events.signing_up": (
        "CustomMessageEvent", "CustomMessageRequest", "CustomMessageResponse", "PostConfirmationEvent",
        "PostConfirmationRequest", "PostConfirmationResponse", "PreSignUpEvent", "PreSignUpRequest",
        "PreSignUpResponse",
    ),
    "_service.events.tokens": (
        "ClaimsAndScopeOverrideDetails", "ClaimsOverrideDetails", "GroupOverrideDetails",
        "PreTokenGenerationEvent", "PreTokenGenerationRequest", "PreTokenGenerationResponse",
        "PreTokenGenerationV2Event", "PreTokenGenerationV2Request", "PreTokenGenerationV2Response",
        "TokenClaimsAndScopeOverrideDetails",
    ),
    "_service.journal": ("Attempt", "Call", "Error", "Injected", "Invocation", "Message", "Permission"),
    "_service.triggers.lambda_context": ("LambdaContext",),
}  # fmt: skip

__all__ = [
    "AppClient", "Attempt", "Call", "CallLog", "CallerContext", "ChallengeResult", "ClaimsAndScopeOverrideDetails",
    "ClaimsOverrideDetails", "Clock", "Cognito", "CreateAuthChallengeEvent", "CreateAuthChallengeRequest",
    "CreateAuthChallengeResponse", "CustomEmailSenderEvent", "CustomMessageEvent", "CustomMessageRequest",
    "CustomMessageResponse", "CustomSMSSenderEvent", "CustomSenderRequest", "DefineAuthChallengeEvent",
    "DefineAuthChallengeRequest", "DefineAuthChallengeResponse", "Domain", "Enforcement", "Error", "Fault", "Group",
    "GroupOverrideDetails", "Groups", "GuardError", "InboundFederationEvent", "InboundFederationRequest",
    "InboundFederationResponse", "Injected", "Invocation", "LambdaContext", "Loaded", "Message", "Outbox", "Permission",
    "PostAuthenticationEvent", "PostAuthenticationRequest", "PostAuthenticationResponse", "PostConfirmationEvent",
    "PostConfirmationRequest", "PostConfirmationResponse", "PreAuthenticationEvent", "PreAuthenticationRequest",
    "PreAuthenticationResponse", "PreSignUpEvent", "PreSignUpRequest", "PreSignUpResponse", "PreTokenGenerationEvent",
    "PreTokenGenerationRequest", "PreTokenGenerationResponse", "PreTokenGenerationV2Event",
    "PreTokenGenerationV2Request", "PreTokenGenerationV2Response", "Server", "SignIn", "Snapshot", "TemplateWarning",
    "TokenClaimsAndScopeOverrideDetails", "Tokens", "Transition", "TriggerEvent", "TriggerHandler", "TriggerLog",
    "UnreportedError", "UnsupportedOperationError", "UnusedFaultWarning", "UsageError", "User", "UserMigrationEvent",
    "UserMigrationRequest", "UserMigrationResponse", "UserPool", "UserStatus", "Users",
    "VerifyAuthChallengeResponseEvent", "VerifyAuthChallengeResponseRequest", "VerifyAuthChallengeResponseResponse",
]  # fmt: skip
