"""The events of the triggers that send messages instead of the service; they expect no answer."""

from __future__ import annotations

from pytest_cognito_pool._service.events.parts import Part, TriggerEvent
from pytest_cognito_pool._service.events.sources import TRIGGERS


class CustomSenderRequest(Part):
    """The request of an event of a custom sender.

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
    """The event with an e-mail to send.

    Attributes:
        request: the input of the function.
    """

    sources = TRIGGERS["CustomEmailSender"]

    request: CustomSenderRequest


class CustomSMSSenderEvent(TriggerEvent):
    """The event with an SMS to send.

    Attributes:
        request: the input of the function.
    """

    sources = TRIGGERS["CustomSMSSender"]

    request: CustomSenderRequest
