"""AWS names that an author types: operations, parameters and triggers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._service.events.sources import TRIGGER_OF, TRIGGERS
from pytest_cognito_pool._service.protocol import model
from pytest_cognito_pool._service.wording import nearest

if TYPE_CHECKING:
    from botocore.model import Shape


def list_of(kind: str, what: str, given: Iterable[str]) -> list[str]:
    """The names in a list; a string, whose letters would be taken for names, is refused.

    Args:
        kind: what they are names of, in the plural, for messages.
        what: the parameter that they are given as.
        given: the list.

    Raises:
        UsageError: for anything but a list.
    """
    if isinstance(given, str):
        raise UsageError(f"{what} must be a list of {kind}, not {given!r}; did you mean [{given!r}]?", typed=given)
    if not isinstance(given, Iterable):
        raise UsageError(f"{what} must be a list of {kind}, not {given!r}", typed=given)
    return list(given)


def check_operation(name: str) -> None:
    """Refuse an operation that Cognito does not have.

    Raises:
        UsageError: naming what the author may have meant.
    """
    if not isinstance(name, str) or name not in model.operations():
        raise unknown_name("Cognito has no operation", name, model.operations())


def check_parameters(operation: str, names: Iterable[str]) -> None:
    """Refuse an operation or parameters that the service does not have.

    Raises:
        UsageError: naming what the author may have meant.
    """
    if isinstance(operation, str) and "/" in operation:
        _check_endpoint(operation)
        return
    check_operation(operation)
    for name in names:
        if name not in model.parameters(operation):
            raise unknown_name(f"{operation} has no parameter", name, model.parameters(operation))


def _check_endpoint(name: str) -> None:
    """Refuse what is not an endpoint of domains, such as `POST /oauth2/token`; its parameters are not checked."""
    from pytest_cognito_pool._service.oauth.endpoints import NAMES

    if name not in NAMES:
        raise unknown_name("Cognito domains have no endpoint", name, NAMES)


def check_members(value: Any, shape: Shape | None, path: str) -> None:
    """Refuse a member that its structure does not have, at any depth.

    Raises:
        UsageError: naming the member, where it is, and what the author may have meant.
    """
    if isinstance(value, dict) and getattr(shape, "type_name", "") == "structure":
        members = model.members(shape)
        for name, item in value.items():
            if name not in members:
                raise unknown_name(f"{path} has no member", name, members)
            check_members(item, members[name], f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for item in value:
            check_members(item, getattr(shape, "member", None), path)


def sources_of(name: str) -> tuple[str, ...]:
    """The sources of a trigger, or the source itself.

    Raises:
        UsageError: for a name that is neither a trigger nor a source.
    """
    if isinstance(name, str) and name in TRIGGER_OF:
        return (name,)
    if not isinstance(name, str) or name not in TRIGGERS:
        known = [*TRIGGERS, *TRIGGER_OF]
        # If no name is similar, the long list of sources would only hide the triggers.
        raise unknown_name(
            "Cognito has no trigger or trigger source", name, known if nearest(name, known) else TRIGGERS
        )
    return TRIGGERS[name]
