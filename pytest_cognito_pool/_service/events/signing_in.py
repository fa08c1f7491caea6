"""The events of signing in, custom challenges, user migration and federation."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from pytest_cognito_pool._service.events.parts import Part, TriggerEvent
from pytest_cognito_pool._service.events.sources import TRIGGERS
from pytest_cognito_pool._service.secrets import Secret


class PreAuthenticationRequest(Part):
    """The request of a PreAuthentication event.

    Attributes:
        user_attributes: all values are strings.
        validation_data: the ClientMetadata of the call; None if it had none.
        user_not_found: whether the user does not exist; absent unless the app client hides that.
    """

    user_attributes: dict[str, str]
    validation_data: dict[str, str] | None = None
    user_not_found: bool | None = None


class PreAuthenticationResponse(Part):
    """The response to a PreAuthentication event: empty."""


class PreAuthenticationEvent(TriggerEvent):
    """The event before a password is checked.

    Attributes:
        request: the input of the function.
        response: empty.
    """

    sources = TRIGGERS["PreAuthentication"]

    request: PreAuthenticationRequest
    response: PreAuthenticationResponse = Field(default_factory=PreAuthenticationResponse)


class PostAuthenticationRequest(Part):
    """The request of a PostAuthentication event.

    Attributes:
        user_attributes: all values are strings.
        new_device_used: whether the user signed in from a new device.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    new_device_used: bool
    client_metadata: dict[str, str] | None = None


class PostAuthenticationResponse(Part):
    """The response to a PostAuthentication event: empty."""


class PostAuthenticationEvent(TriggerEvent):
    """The event after a user signed in.

    Attributes:
        request: the input of the function.
        response: empty.
    """

    sources = TRIGGERS["PostAuthentication"]

    request: PostAuthenticationRequest
    response: PostAuthenticationResponse = Field(default_factory=PostAuthenticationResponse)


class ChallengeResult(Part):
    """One challenge of a session.

    Attributes:
        challenge_name: its name, for example `SRP_A` or `CUSTOM_CHALLENGE`.
        challenge_result: whether the user passed it.
        challenge_metadata: the name that CreateAuthChallenge gave it.
    """

    challenge_name: str
    challenge_result: bool
    challenge_metadata: str | None = None


class DefineAuthChallengeRequest(Part):
    """The request of a DefineAuthChallenge event.

    Attributes:
        user_attributes: all values are strings.
        session: the challenges so far.
        user_not_found: whether the user does not exist; absent unless the app client hides that.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    session: list[ChallengeResult]
    user_not_found: bool | None = None
    client_metadata: dict[str, str] | None = None


class DefineAuthChallengeResponse(Part):
    """The response to a DefineAuthChallenge event.

    Attributes:
        challenge_name: the next challenge.
        issue_tokens: whether the user is signed in.
        fail_authentication: whether the sign-in is refused.
    """

    challenge_name: str | None = None
    issue_tokens: bool | None = None
    fail_authentication: bool | None = None


class DefineAuthChallengeEvent(TriggerEvent):
    """The event that asks for the next step of a sign-in.

    Attributes:
        request: the input of the function.
        response: the decision of the function.
    """

    sources = TRIGGERS["DefineAuthChallenge"]

    request: DefineAuthChallengeRequest
    response: DefineAuthChallengeResponse = Field(default_factory=DefineAuthChallengeResponse)


class CreateAuthChallengeRequest(Part):
    """The request of a CreateAuthChallenge event.

    Attributes:
        user_attributes: all values are strings.
        challenge_name: the challenge to make.
        session: the challenges so far.
        user_not_found: whether the user does not exist; absent unless the app client hides that.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    challenge_name: str
    session: list[ChallengeResult]
    user_not_found: bool | None = None
    client_metadata: dict[str, str] | None = None


class CreateAuthChallengeResponse(Part):
    """The response to a CreateAuthChallenge event.

    Attributes:
        public_challenge_parameters: the parameters for the application.
        private_challenge_parameters: the parameters for VerifyAuthChallengeResponse only.
        challenge_metadata: a name for the challenge.
    """

    public_challenge_parameters: dict[str, str] | None = None
    private_challenge_parameters: dict[str, str] | None = None
    challenge_metadata: str | None = None


class CreateAuthChallengeEvent(TriggerEvent):
    """The event that asks for a challenge.

    Attributes:
        request: the input of the function.
        response: the challenge.
    """

    sources = TRIGGERS["CreateAuthChallenge"]

    request: CreateAuthChallengeRequest
    response: CreateAuthChallengeResponse = Field(default_factory=CreateAuthChallengeResponse)


class VerifyAuthChallengeResponseRequest(Part):
    """The request of a VerifyAuthChallengeResponse event.

    Attributes:
        user_attributes: all values are strings.
        private_challenge_parameters: the private parameters from CreateAuthChallenge.
        challenge_answer: the user's answer.
        user_not_found: whether the user does not exist; absent unless the app client hides that.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    private_challenge_parameters: dict[str, str]
    challenge_answer: str
    user_not_found: bool | None = None
    client_metadata: dict[str, str] | None = None


class VerifyAuthChallengeResponseResponse(Part):
    """The response to a VerifyAuthChallengeResponse event.

    Attributes:
        answer_correct: whether the answer is right.
    """

    answer_correct: bool | None = None


class VerifyAuthChallengeResponseEvent(TriggerEvent):
    """The event that asks whether an answer is right.

    Attributes:
        request: the input of the function.
        response: the decision of the function.
    """

    sources = TRIGGERS["VerifyAuthChallengeResponse"]

    request: VerifyAuthChallengeResponseRequest
    response: VerifyAuthChallengeResponseResponse = Field(default_factory=VerifyAuthChallengeResponseResponse)


class UserMigrationRequest(Part):
    """The request of a UserMigration event.

    Attributes:
        password: the password that the user typed; empty if they forgot it.
        validation_data: the ClientMetadata of a sign-in; None if it had none.
        client_metadata: the ClientMetadata of other calls; None, and no key in the JSON, when the call had none.
    """

    password: Annotated[str, AfterValidator(Secret)]
    validation_data: dict[str, str] | None = None
    client_metadata: dict[str, str] | None = None


class UserMigrationResponse(Part):
    """The response to a UserMigration event.

    Attributes:
        user_attributes: the attributes of the user to create.
        final_user_status: `CONFIRMED`, or the user must reset the password.
        message_action: `SUPPRESS` for no message.
        desired_delivery_mediums: `EMAIL`, `SMS` or both.
        force_alias_creation: whether the user takes over an alias from another user.
        enable_sms_mfa: whether the user signs in with a code by SMS.
    """

    user_attributes: dict[str, str] | None = None
    final_user_status: str | None = None
    message_action: str | None = None
    desired_delivery_mediums: list[str] | None = None
    force_alias_creation: bool | None = None
    enable_sms_mfa: bool | None = Field(default=None, alias="enableSMSMFA")


class UserMigrationEvent(TriggerEvent):
    """The event that asks for a user who is not in the pool.

    Attributes:
        request: the input of the function.
        response: the user.
    """

    sources = TRIGGERS["UserMigration"]

    request: UserMigrationRequest
    response: UserMigrationResponse = Field(default_factory=UserMigrationResponse)


class InboundFederationRequest(Part):
    """The request of an InboundFederation event.

    Attributes:
        provider_name: the identity provider's name.
        provider_type: its type.
        attributes: the user's attributes from the provider.
    """

    provider_name: str
    provider_type: str
    attributes: dict[str, Any]


class InboundFederationResponse(Part):
    """The response to an InboundFederation event.

    Attributes:
        user_attributes_to_map: the attributes to map, instead of the provider's.
    """

    user_attributes_to_map: dict[str, str]


class InboundFederationEvent(TriggerEvent):
    """The event before a federated user's attributes are mapped.

    Attributes:
        request: the input of the function.
        response: the attributes to map.
    """

    sources = TRIGGERS["InboundFederation"]

    request: InboundFederationRequest
    response: InboundFederationResponse
