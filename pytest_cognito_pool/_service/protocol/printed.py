"""Print members and their values in texts of refused requests as the service does: as Java does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from pytest_cognito_pool._service.protocol import model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.model import ListShape, MapShape, Shape

# `clientId` is sensitive in the model, but observed to be printed.
_ECHOED: Final = frozenset({"ClientIdType"})
# Observed: members that texts call by other names than the model.
_INTERNAL_NAMES: Final[Mapping[str, str]] = {"InviteMessageTemplate": "inviteMessage", "SMSMessage": "smsMessage"}
# How Java prints sensitive values inside a structure (inferred).
_REDACTED: Final = "*** Sensitive Data Redacted ***"


def name(of_model: str) -> str:
    """The name of a member in texts."""
    return _INTERNAL_NAMES.get(of_model) or of_model[0].lower() + of_model[1:]


def is_masked(shape: Shape) -> bool:
    """Whether texts leave out values of that shape."""
    return bool(shape.metadata.get("sensitive")) and shape.name not in _ECHOED


def value(shape: Shape, sent: object) -> str:
    """A value as Java prints it; it may contain values of wrong types, which are refused later."""
    if sent is None:
        return "null"
    if is_masked(shape):
        return _REDACTED
    form = _FORMS.get((shape.type_name, type(sent)))
    # Observed: a character of another alphabet is printed as a question mark.
    return form(shape, sent) if form else str(sent).encode("latin-1", "replace").decode("latin-1")


def _structure(shape: Shape, sent: Any) -> str:
    given = [(each, member) for each, member in model.members(shape).items() if each in sent]
    inside = ", ".join(f"{name(each)}={value(member, sent[each])}" for each, member in given)
    return f"{shape.name}({inside})"


def _map(shape: Shape, sent: Any) -> str:
    item = cast("MapShape", shape).value
    return "{" + ", ".join(f"{key}={value(item, each)}" for key, each in sent.items()) + "}"


def _list(shape: Shape, sent: Any) -> str:
    member = cast("ListShape", shape).member
    return "[" + ", ".join(value(member, each) for each in sent) + "]"


def _blob(_shape: Shape, sent: Any) -> str:
    return f"java.nio.HeapByteBuffer[pos=0 lim={len(sent)} cap={len(sent)}]"


def _boolean(_shape: Shape, sent: Any) -> str:
    return str(sent).lower()


# Observed: structures with their name, and blobs as buffers.
_FORMS: Final[dict[tuple[str, type], Callable[[Shape, Any], str]]] = {
    ("structure", dict): _structure,
    ("map", dict): _map,
    ("list", list): _list,
    ("blob", bytes): _blob,
    ("boolean", bool): _boolean,
}
