"""The parts of every trigger event, and how an event is dumped as it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializationInfo, SerializerFunctionWrapHandler, model_serializer
from pydantic.alias_generators import to_camel

from pytest_cognito_pool._service.secrets import sealed

if TYPE_CHECKING:
    from collections.abc import Iterator


class Part(BaseModel):
    """A JSON object of an event; when dumped, it keeps null where null was sent, and omits keys that were not sent."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """The parts of the repr; the values of secret keys are masked."""
        return ((name, sealed(value)) for name, value in super().__repr_args__())

    @model_serializer(mode="wrap")
    def _as_sent(self, dump: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        dumped: dict[str, Any] = dump(self)
        for name, field in type(self).model_fields.items():
            if name not in self.model_fields_set:
                dumped.pop(field.alias or name if info.by_alias else name, None)
        return dumped


class CallerContext(Part):
    """Who called.

    Attributes:
        aws_sdk_version: the caller's SDK; for most callers `aws-sdk-unknown-unknown`.
        client_id: the app client. For calls of an administrator: None after AdminConfirmSignUp, and
            `CLIENT_ID_NOT_APPLICABLE` after AdminCreateUser.
    """

    aws_sdk_version: str
    client_id: str | None


class TriggerEvent(Part):
    """The parts that every trigger event has.

    Attributes:
        version: the version of the event's format, a string.
        region: the pool's region.
        user_pool_id: the pool's id.
        user_name: the username as stored.
        caller_context: who called.
        trigger_source: the occasion that invoked the trigger.
    """

    sources: ClassVar[tuple[str, ...]] = ()

    version: str
    region: str
    user_pool_id: str
    user_name: str
    caller_context: CallerContext
    trigger_source: str
