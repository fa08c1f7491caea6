"""The events of signing in, custom challenges and users who come from elsewhere."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from pytest_cognito_pool._service.events.parts import Part, TriggerEvent
from pytest_cognito_pool._service.events.sources import TRIGGERS
from pytest_cognito_pool._service.secrets import Secret


class PreAuthenticationRequest(Part):
    """What a PreAuthentication function is told.

    Attributes:
        user_attributes: all values are strings.
        validation_data: the ClientMetadata of the call; None where it had none.
        user_not_found: whether the user does not exist; absent unless the app client hides that.
    """

    user_attributes: dict[str, str]
    validation_data: dict[str, str] | None = None
    user_not_found: bool | None = None


class PreAuthenticationResponse(Part):
    """What a PreAuthentication function answers with: nothing."""


class PreAuthenticationEvent(TriggerEvent):
    """The event before a password is checked.

    Attributes:
        request: what the function is told.
        response: empty.
    """

    sources = TRIGGERS["PreAuthentication"]

    request: PreAuthenticationRequest
    response: PreAuthenticationResponse = Field(default_factory=PreAuthenticationResponse)


class PostAuthenticationRequest(Part):
    """What a PostAuthentication function is told.

    Attributes:
        user_attributes: all values are strings.
        new_device_used: whether the user signed in from a new device.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    new_device_used: bool
    client_metadata: dict[str, str] | None = None


class PostAuthenticationResponse(Part):
    """What a PostAuthentication function answers with: nothing."""


class PostAuthenticationEvent(TriggerEvent):
    """The event after a user signed in.

    Attributes:
        request: what the function is told.
        response: empty.
    """

    sources = TRIGGERS["PostAuthentication"]

    request: PostAuthenticationRequest
    response: PostAuthenticationResponse = Field(default_factory=PostAuthenticationResponse)


class ChallengeResult(Part):
    """One challenge of a session.

    Attributes:
        challenge_name: its name, for example `SRP_A` or `CUSTOM_CHALLENGE`.
        challenge_result: whether it was met.
        challenge_metadata: what CreateAuthChallenge called it.
    """

    challenge_name: str
    challenge_result: bool
    challenge_metadata: str | None = None


class DefineAuthChallengeRequest(Part):
    """What a DefineAuthChallenge function is told.

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
    """What a DefineAuthChallenge function answers with.

    Attributes:
        challenge_name: the next challenge.
        issue_tokens: whether the user is signed in.
        fail_authentication: whether the sign-in is refused.
    """

    challenge_name: str | None = None
    issue_tokens: bool | None = None
    fail_authentication: bool | None = None


class DefineAuthChallengeEvent(TriggerEvent):
    """The event that asks what comes next.

    Attributes:
        request: what the function is told.
        response: what it decides.
    """

    sources = TRIGGERS["DefineAuthChallenge"]

    request: DefineAuthChallengeRequest
    response: DefineAuthChallengeResponse = Field(default_factory=DefineAuthChallengeResponse)


class CreateAuthChallengeRequest(Part):
    """What a CreateAuthChallenge function is told.

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
    """What a CreateAuthChallenge function answers with.

    Attributes:
        public_challenge_parameters: what the application is told.
        private_challenge_parameters: what only VerifyAuthChallengeResponse is told.
        challenge_metadata: a name for the challenge.
    """

    public_challenge_parameters: dict[str, str] | None = None
    private_challenge_parameters: dict[str, str] | None = None
    challenge_metadata: str | None = None


class CreateAuthChallengeEvent(TriggerEvent):
    """The event that asks for a challenge.

    Attributes:
        request: what the function is told.
        response: the challenge.
    """

    sources = TRIGGERS["CreateAuthChallenge"]

    request: CreateAuthChallengeRequest
    response: CreateAuthChallengeResponse = Field(default_factory=CreateAuthChallengeResponse)


class VerifyAuthChallengeResponseRequest(Part):
    """What a VerifyAuthChallengeResponse function is told.

    Attributes:
        user_attributes: all values are strings.
        private_challenge_parameters: what CreateAuthChallenge kept for it.
        challenge_answer: what the user answered.
        user_not_found: whether the user does not exist; absent unless the app client hides that.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    private_challenge_parameters: dict[str, str]
    challenge_answer: str
    user_not_found: bool | None = None
    client_metadata: dict[str, str] | None = None


class VerifyAuthChallengeResponseResponse(Part):
    """What a VerifyAuthChallengeResponse function answers with.

    Attributes:
        answer_correct: whether the challenge was met.
    """

    answer_correct: bool | None = None


class VerifyAuthChallengeResponseEvent(TriggerEvent):
    """The event that asks whether an answer is right.

    Attributes:
        request: what the function is told.
        response: its verdict.
    """

    sources = TRIGGERS["VerifyAuthChallengeResponse"]

    request: VerifyAuthChallengeResponseRequest
    response: VerifyAuthChallengeResponseResponse = Field(default_factory=VerifyAuthChallengeResponseResponse)


class UserMigrationRequest(Part):
    """What a UserMigration function is told.

    Attributes:
        password: what the user typed; empty where they forgot it.
        validation_data: the ClientMetadata of a sign-in; None where it had none.
        client_metadata: the ClientMetadata of other calls; None, and no key in the JSON, when the call had none.
    """

    password: Annotated[str, AfterValidator(Secret)]
    validation_data: dict[str, str] | None = None
    client_metadata: dict[str, str] | None = None


class UserMigrationResponse(Part):
    """What a UserMigration function answers with.

    Attributes:
        user_attributes: those of the user to create.
        final_user_status: `CONFIRMED`, or the user must reset the password.
        message_action: `SUPPRESS` for no message.
        desired_delivery_mediums: `EMAIL`, `SMS` or both.
        force_alias_creation: whether the user takes an alias that another user has.
        enable_sms_mfa: whether the user signs in with a code by SMS.
    """

    user_attributes: dict[str, str] | None = None
    final_user_status: str | None = None
    message_action: str | None = None
    desired_delivery_mediums: list[str] | None = None
    force_alias_creation: bool | None = None
    enable_sms_mfa: bool | None = Field(default=None, alias="enableSMSMFA")


class UserMigrationEvent(TriggerEvent):
    """The event that asks for a user the pool does not have.

    Attributes:
        request: what the function is told.
        response: the user.
    """

    sources = TRIGGERS["UserMigration"]

    request: UserMigrationRequest
    response: UserMigrationResponse = Field(default_factory=UserMigrationResponse)


class InboundFederationRequest(Part):
    """What an InboundFederation function is told.

    Attributes:
        provider_name: the identity provider's name.
        provider_type: its type.
        attributes: what it said of the user.
    """

    provider_name: str
    provider_type: str
    attributes: dict[str, Any]


class InboundFederationResponse(Part):
    """What an InboundFederation function answers with.

    Attributes:
        user_attributes_to_map: the attributes to map, instead of the provider's.
    """

    user_attributes_to_map: dict[str, str]


class InboundFederationEvent(TriggerEvent):
    """The event before a federated user's attributes are mapped.

    Attributes:
        request: what the function is told.
        response: the attributes it gives.
    """

    sources = TRIGGERS["InboundFederation"]

    request: InboundFederationRequest
    response: InboundFederationResponse
