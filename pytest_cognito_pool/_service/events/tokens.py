"""The events of PreTokenGeneration, in version 1 of their format and in later versions."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from pytest_cognito_pool._service.events.parts import Part, TriggerEvent
from pytest_cognito_pool._service.events.sources import TRIGGERS


class GroupOverrideDetails(Part):
    """The groups of a token.

    Attributes:
        groups_to_override: their names.
        iam_roles_to_override: the ARNs of their roles.
        preferred_role: the ARN of the preferred role; None if there is none.
    """

    groups_to_override: list[str] = Field(default_factory=list)
    iam_roles_to_override: list[str] = Field(default_factory=list)
    preferred_role: str | None = None


class PreTokenGenerationRequest(Part):
    """The request of a PreTokenGeneration event.

    Attributes:
        user_attributes: all values are strings.
        group_configuration: the user's groups.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    group_configuration: GroupOverrideDetails | None
    client_metadata: dict[str, str] | None = None


class ClaimsOverrideDetails(Part):
    """The changes to both tokens.

    Attributes:
        claims_to_add_or_override: claims; all values are strings.
        claims_to_suppress: names of claims.
        group_configuration: groups that replace the user's; in the JSON groupOverrideDetails.
    """

    claims_to_add_or_override: dict[str, str] | None = None
    claims_to_suppress: list[str] | None = None
    group_configuration: GroupOverrideDetails | None = Field(default=None, alias="groupOverrideDetails")


class PreTokenGenerationResponse(Part):
    """The response to a PreTokenGeneration event.

    Attributes:
        claims_override_details: the changes; None for no changes.
    """

    claims_override_details: ClaimsOverrideDetails | None = None


class PreTokenGenerationEvent(TriggerEvent):
    """The event before tokens are made, in version 1.

    Attributes:
        request: the input of the function.
        response: the changes from the function.
    """

    sources = TRIGGERS["PreTokenGeneration"]

    request: PreTokenGenerationRequest
    response: PreTokenGenerationResponse = Field(default_factory=PreTokenGenerationResponse)


class PreTokenGenerationV2Request(PreTokenGenerationRequest):
    """The request of a PreTokenGeneration event in versions 2 and 3.

    Attributes:
        scopes: the scopes of the access token.
    """

    scopes: list[str]


class TokenClaimsAndScopeOverrideDetails(Part):
    """The changes to one token.

    Attributes:
        claims_to_add_or_override: claims, any JSON.
        claims_to_suppress: names of claims.
        scopes_to_add: scopes of the access token.
        scopes_to_suppress: scopes to remove from the access token.
    """

    claims_to_add_or_override: dict[str, Any] | None = None
    claims_to_suppress: list[str] | None = None
    scopes_to_add: list[str] | None = None
    scopes_to_suppress: list[str] | None = None


class ClaimsAndScopeOverrideDetails(Part):
    """The changes to each token.

    Attributes:
        id_token_generation: changes of the ID token.
        access_token_generation: changes of the access token.
        group_configuration: groups that replace the user's; in the JSON groupOverrideDetails.
    """

    id_token_generation: TokenClaimsAndScopeOverrideDetails | None = None
    access_token_generation: TokenClaimsAndScopeOverrideDetails | None = None
    group_configuration: GroupOverrideDetails | None = Field(default=None, alias="groupOverrideDetails")


class PreTokenGenerationV2Response(Part):
    """The response to a PreTokenGeneration event in versions 2 and 3.

    Attributes:
        claims_scope_override_details: the changes; None for no changes; in the JSON claimsAndScopeOverrideDetails.
    """

    claims_scope_override_details: ClaimsAndScopeOverrideDetails | None = Field(
        default=None, alias="claimsAndScopeOverrideDetails"
    )


class PreTokenGenerationV2Event(TriggerEvent):
    """The event before tokens are made, in versions 2 and 3.

    Attributes:
        request: the input of the function.
        response: the changes from the function.
    """

    sources = TRIGGERS["PreTokenGeneration"]

    request: PreTokenGenerationV2Request
    response: PreTokenGenerationV2Response = Field(default_factory=PreTokenGenerationV2Response)
