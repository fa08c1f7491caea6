"""The events of signing up: PreSignUp, PostConfirmation, CustomMessage."""

from __future__ import annotations

from pydantic import Field

from pytest_cognito_pool._service.events.parts import Part, TriggerEvent
from pytest_cognito_pool._service.events.sources import TRIGGERS


class PreSignUpRequest(Part):
    """The request of a PreSignUp event.

    Attributes:
        user_attributes: the attributes that the user signs up with, without sub and status.
        validation_data: the ValidationData of the call; None if it had none.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    validation_data: dict[str, str] | None = None
    client_metadata: dict[str, str] | None = None


class PreSignUpResponse(Part):
    """The response to a PreSignUp event; ignored if an administrator creates the user.

    Attributes:
        auto_confirm_user: whether the user is CONFIRMED at once.
        auto_verify_email: whether the e-mail address counts as verified.
        auto_verify_phone: whether the phone number counts as verified.
    """

    auto_confirm_user: bool = False
    auto_verify_email: bool = False
    auto_verify_phone: bool = False


class PreSignUpEvent(TriggerEvent):
    """The event before a user is created.

    Attributes:
        request: the input of the function.
        response: the decision of the function.
    """

    sources = TRIGGERS["PreSignUp"]

    request: PreSignUpRequest
    response: PreSignUpResponse = Field(default_factory=PreSignUpResponse)


class PostConfirmationRequest(Part):
    """The request of a PostConfirmation event.

    Attributes:
        user_attributes: all values are strings, `"true"` and `"false"` too, always with `sub` and
            `cognito:user_status`.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    client_metadata: dict[str, str] | None = None


class PostConfirmationResponse(Part):
    """The response to a PostConfirmation event: empty."""


class PostConfirmationEvent(TriggerEvent):
    """The event after a user was confirmed.

    Attributes:
        request: the input of the function.
        response: empty.
    """

    sources = TRIGGERS["PostConfirmation"]

    request: PostConfirmationRequest
    response: PostConfirmationResponse = Field(default_factory=PostConfirmationResponse)


class CustomMessageRequest(Part):
    """The request of a CustomMessage event.

    Attributes:
        user_attributes: all values are strings; `sub` and `cognito:user_status` are always there.
        code_parameter: the placeholder of the code in a message.
        link_parameter: the placeholder of the link in a message.
        username_parameter: the placeholder of the username in an invitation; None in other messages.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    code_parameter: str
    link_parameter: str | None = None
    username_parameter: str | None = None
    client_metadata: dict[str, str] | None = None


class CustomMessageResponse(Part):
    """The response to a CustomMessage event; None keeps the pool's own text.

    Attributes:
        sms_message: the text message.
        email_message: the body of the mail.
        email_subject: the subject of the mail.
    """

    sms_message: str | None = None
    email_message: str | None = None
    email_subject: str | None = None


class CustomMessageEvent(TriggerEvent):
    """The event before a message is sent.

    Attributes:
        request: the input of the function.
        response: the texts from the function.
    """

    sources = TRIGGERS["CustomMessage"]

    request: CustomMessageRequest
    response: CustomMessageResponse = Field(default_factory=CustomMessageResponse)
