"""Mask passwords, secrets and tokens in requests and replies; the service model says where they are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from pytest_cognito_pool._service.protocol import model
from pytest_cognito_pool._service.secrets import is_secret, may_be_secret, sealed

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.model import ListShape, MapShape, Shape

    Mask = Callable[[Any], Any]

# The shapes whose values are secret. The model has other shapes with the trait `sensitive`, such as usernames and
# attribute values: tests are about these, so they are shown. Keys of maps have their own rules (`is_secret`).
SECRET_SHAPES: Final = frozenset(
    {
        "ClientSecretType", "DeviceKeyType", "GetDerivedTokenTokenModelType", "PasswordType", "SecretCodeType",
        "SecretHashType", "SessionType", "SoftwareTokenMFAUserCodeType", "TokenModelType",
    }
)  # fmt: skip


def request(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a request, masked."""
    return cast("dict[str, Any]", _mask_of(operation, "input_shape")(parameters))


def reply(operation: str, result: dict[str, Any]) -> dict[str, Any]:
    """The members of a reply, masked."""
    return cast("dict[str, Any]", _mask_of(operation, "output_shape")(result))


@cache
def _mask_of(operation: str, side: str) -> Mask:
    """The mask for one side of an operation; a newer client may send operations that the installed model lacks."""
    shape = getattr(model.operation(operation), side) if operation in model.operations() else None
    return _unknown if shape is None else _mask(shape.name) or copied


def _unknown(value: Any) -> Any:
    """A value that the model does not have, masked by the names of its keys."""
    if not isinstance(value, dict):
        return value
    return {
        name: _unknown(item) if isinstance(item, dict) else sealed(item, secret=may_be_secret(name))
        for name, item in value.items()
    }


def copied(value: Any) -> Any:
    """A deep copy of a JSON value."""
    if isinstance(value, dict):
        return {name: copied(item) for name, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value


@cache
def _mask(name: str) -> Mask | None:
    """A function that masks a value of the shape; None if nothing in it can be secret."""
    shape = model.shape(name)
    if name in SECRET_SHAPES:
        return _secret
    build = _BUILDERS.get(shape.type_name)
    return None if build is None else build(shape)


def _secret(value: Any) -> Any:
    return sealed(value, secret=True)


def _pair(value: Any) -> Any:
    """An attribute, or an element of ValidationData, masked if its name is that of a secret."""
    if not isinstance(value, dict) or not is_secret(value.get("Name")):
        return copied(value)
    return {**value, "Value": _secret(value.get("Value"))} if "Value" in value else dict(value)


def _structure(shape: Shape) -> Mask | None:
    if {*model.members(shape)} == {"Name", "Value"}:
        return _pair
    masks = {name: _mask(member.name) for name, member in model.members(shape).items()}
    secret = {name: mask for name, mask in masks.items() if mask is not None}

    def mask(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        known = {name: secret.get(name, copied)(item) for name, item in value.items() if name in masks}
        return known | _unknown({name: item for name, item in value.items() if name not in masks})

    return mask if secret else None


def _list(shape: Shape) -> Mask | None:
    member = _mask(cast("ListShape", shape).member.name)

    def mask(value: Any) -> Any:
        return [member(item) for item in value] if member and isinstance(value, list) else value

    return mask if member else None


def _map(shape: Shape) -> Mask:
    inner = _mask(cast("MapShape", shape).value.name) or copied

    def mask(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: _secret(item) if is_secret(key) else inner(item) for key, item in value.items()}

    return mask


_BUILDERS: Final[dict[str, Callable[[Shape], Mask | None]]] = {"structure": _structure, "list": _list, "map": _map}
