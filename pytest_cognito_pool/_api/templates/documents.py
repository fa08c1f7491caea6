"""The forms of the documents that can be loaded: where they have mappings, lists and strings."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from pytest_cognito_pool._api.templates.declared import TemplateError

T = TypeVar("T")


class Resource(BaseModel):
    """A resource of a CloudFormation template."""

    Type: str
    Condition: str = ""
    Metadata: dict[str, Any] = {}
    Properties: dict[str, Any] = {}


class Parameter(BaseModel):
    """A parameter of a CloudFormation template."""

    Type: str = "String"
    Default: Any = None
    AllowedValues: list[Any] = []
    AllowedPattern: str | None = None
    MinLength: float | None = None
    MaxLength: float | None = None
    MinValue: float | None = None
    MaxValue: float | None = None


class Template(BaseModel):
    """A CloudFormation template."""

    Parameters: dict[str, Parameter] = {}
    Mappings: dict[Any, Any] = {}
    Conditions: dict[str, Any] = {}
    Resources: dict[str, Resource]


class Trigger(BaseModel):
    """The properties of an event of the type Cognito."""

    UserPool: Any = None
    Trigger: str | list[str]


class Event(BaseModel):
    """An event of a SAM function."""

    Type: str = ""
    Properties: dict[str, Any] = {}


class Instance(BaseModel):
    """A resource of a state, or as a plan would make it."""

    address: str
    mode: str = "managed"
    type: str
    name: str
    index: str | int | None = None
    values: dict[str, Any] = {}


class Module(BaseModel):
    """A module of a state, or as a plan would make it."""

    resources: list[Instance] = []
    child_modules: list[Module] = []


class Values(BaseModel):
    """The values of a state or of a plan."""

    root_module: Module = Module()


class Change(BaseModel):
    """What a plan does not know of a resource."""

    after_unknown: dict[str, Any] = {}


class ResourceChange(BaseModel):
    """A change that a plan makes."""

    address: str
    change: Change = Change()


class Block(BaseModel):
    """A resource of a configuration."""

    type: str
    name: str
    expressions: dict[str, Any] = {}


class Output(BaseModel):
    """An output of a module."""

    expression: dict[str, Any] = {}


class ModuleCall(BaseModel):
    """A module that a configuration uses."""

    expressions: dict[str, dict[str, Any]] = {}
    module: Configuration


class Configuration(BaseModel):
    """A module of the configuration that a plan contains."""

    resources: list[Block] = []
    module_calls: dict[str, ModuleCall] = {}
    outputs: dict[str, Output] = {}


class Configurations(BaseModel):
    """The configuration that a plan contains."""

    root_module: Configuration = Configuration()


class Shown(BaseModel):
    """What `terraform show -json` prints."""

    values: Values = Values()
    planned_values: Values = Values()
    resource_changes: list[ResourceChange] = []
    configuration: Configurations = Configurations()


_WANTED: Final = {
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "list_type": "a list",
    "string_type": "a string",
    "float_parsing": "a number",
    "float_type": "a number",
}


# Making an adapter takes longer than checking by it.
_adapters: Final[dict[object, TypeAdapter[Any]]] = {}


def check(form: type[T], content: Any, place: str = "") -> T:
    """The content, if it has the form.

    Args:
        form: the form.
        content: the content.
        place: where it stands, for the message.

    Raises:
        TemplateError: naming the first place that has another form.
    """
    adapter: TypeAdapter[T] = _adapters.get(form) or _adapters.setdefault(form, TypeAdapter(form))
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        parts = [str(part) for part in (place, *first["loc"]) if part != ""]
        if first["type"] == "missing":
            raise TemplateError(f"{'.'.join(parts[:-1])} has no {parts[-1]}") from None
        wanted = _WANTED.get(first["type"], first["msg"])
        found = "empty" if first["input"] is None else repr(first["input"])
        raise TemplateError(f"{'.'.join(parts)} is {found}; it must be {wanted}", typed=first["input"]) from None
