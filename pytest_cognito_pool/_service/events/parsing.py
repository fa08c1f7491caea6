"""The events of Lambda triggers, one pydantic model each; with the attribute names of AWS Lambda Powertools."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from pytest_cognito_pool._service.events.sources import TRIGGER_OF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.events.parts import Part, TriggerEvent

_MODULES: Final[Mapping[str, str]] = {
    "PreSignUp": "signing_up",
    "PostConfirmation": "signing_up",
    "CustomMessage": "signing_up",
    "PreAuthentication": "signing_in",
    "PostAuthentication": "signing_in",
    "DefineAuthChallenge": "signing_in",
    "CreateAuthChallenge": "signing_in",
    "VerifyAuthChallengeResponse": "signing_in",
    "UserMigration": "signing_in",
    "InboundFederation": "signing_in",
    "PreTokenGeneration": "tokens",
    "CustomEmailSender": "senders",
    "CustomSMSSender": "senders",
}


def model_of(source: str, version: str = "1") -> type[TriggerEvent]:
    """The model of the events of a triggerSource."""
    trigger = TRIGGER_OF[source]
    name = f"{trigger}V2Event" if version != "1" else f"{trigger}Event"
    model: type[TriggerEvent] = getattr(import_module(f"{__package__}.{_MODULES[trigger]}"), name)
    return model


def request_names(payload: Mapping[str, Any]) -> tuple[str, ...]:
    """The members that the request of such an event may have, as the JSON spells them."""
    model = model_of(payload["triggerSource"], payload["version"])
    request: type[Part] = model.model_fields["request"].annotation  # type: ignore[assignment]
    return tuple(field.alias or name for name, field in request.model_fields.items())


def parse(payload: Mapping[str, Any]) -> Any:
    """The event as an instance of its model."""
    return model_of(payload["triggerSource"], payload["version"]).model_validate(payload)


def mismatch(payload: Mapping[str, Any], sent: Mapping[str, Any]) -> str:
    """Why the JSON is not an event like the one sent, with strict types; empty if it is."""
    try:
        model_of(sent["triggerSource"], sent["version"]).model_validate(payload, strict=True)
    except ValidationError as error:
        return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return ""
