"""The events of the triggers that send messages in the service's place; they expect no answer."""

from __future__ import annotations

from pytest_cognito_pool._service.events.parts import Part, TriggerEvent
from pytest_cognito_pool._service.events.sources import TRIGGERS


class CustomSenderRequest(Part):
    """What a custom sender is told.

    Attributes:
        type: the version of the request's format.
        code: the code, encrypted with the pool's KMS key.
        client_metadata: the ClientMetadata of the call; None, and null in the JSON, when the call had none.
        user_attributes: all values are strings.
    """

    type: str
    code: str
    client_metadata: dict[str, str] | None
    user_attributes: dict[str, str]


class CustomEmailSenderEvent(TriggerEvent):
    """The event that hands over a mail.

    Attributes:
        request: what the function is told.
    """

    sources = TRIGGERS["CustomEmailSender"]

    request: CustomSenderRequest


class CustomSMSSenderEvent(TriggerEvent):
    """The event that hands over a text message.

    Attributes:
        request: what the function is told.
    """

    sources = TRIGGERS["CustomSMSSender"]

    request: CustomSenderRequest
