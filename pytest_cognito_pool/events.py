"""The events of Lambda triggers, one pydantic model each; attribute names as AWS Lambda Powertools has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field, SerializationInfo, SerializerFunctionWrapHandler, model_serializer
from pydantic.alias_generators import to_camel

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Part(BaseModel):
    """A JSON object of an event; dumped, it has null where null was sent and nothing where nothing was."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)

    @model_serializer(mode="wrap")
    def _as_sent(self, dump: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        dumped: dict[str, Any] = dump(self)
        for name, field in type(self).model_fields.items():
            if name not in self.model_fields_set:
                dumped.pop(field.alias or name if info.by_alias else name, None)
        return dumped


class CallerContext(_Part):
    """Who called.

    Attributes:
        aws_sdk_version: the caller's SDK, `aws-sdk-unknown-unknown` for most.
        client_id: the app client; None where an administrator called.
    """

    aws_sdk_version: str
    client_id: str | None


class TriggerEvent(_Part):
    """What every trigger event has.

    Attributes:
        version: the version of the event's format, a text.
        region: the pool's region.
        user_pool_id: the pool's id.
        user_name: the username as stored.
        caller_context: who called.
        trigger_source: which occasion invoked the trigger.
    """

    sources: ClassVar[tuple[str, ...]] = ()

    version: str
    region: str
    user_pool_id: str
    user_name: str
    caller_context: CallerContext
    trigger_source: str


class PostConfirmationRequest(_Part):
    """What a PostConfirmation function is told.

    Attributes:
        user_attributes: texts all, `"true"` and `"false"` too; `sub` and `cognito:user_status` are always there.
        client_metadata: the ClientMetadata of the call; None, and no key in the JSON, when the call had none.
    """

    user_attributes: dict[str, str]
    client_metadata: dict[str, str] | None = None


class PostConfirmationResponse(_Part):
    """What a PostConfirmation function answers with: nothing."""


class PostConfirmationEvent(TriggerEvent):
    """The event after a user was confirmed.

    Attributes:
        request: what the function is told.
        response: empty.
    """

    sources = ("PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword")

    request: PostConfirmationRequest
    response: PostConfirmationResponse = Field(default_factory=PostConfirmationResponse)


_MODELS: Final = {source: model for model in (PostConfirmationEvent,) for source in model.sources}
SOURCES: Final = frozenset(_MODELS)


def parse(payload: Mapping[str, Any]) -> Any:
    """The model of an event, by its triggerSource."""
    return _MODELS[payload["triggerSource"]].model_validate(payload)
