"""Resolve the parameters, conditions and functions of a CloudFormation template."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidationError

from pytest_cognito_pool._api.templates.declared import TemplateError
from pytest_cognito_pool._service.wording import hint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._api.templates.documents import Parameter, Template

# What a function or a reference to AWS::NoValue drops.
NOTHING: Final = object()
# More values than any template has: aliases of YAML can stand for very many.
_MOST: Final = 200_000
_PLACE: Final = re.compile(r"\$\{(!?)([^}]*)\}")
_OF_SERVERLESS: Final = re.compile(r"(?:self|opt|file|param|env|sls|ssm|cf|s3|aws)(?:\(|:)")
_SSM: Final = "AWS::SSM::Parameter::Value<"
_NUMBER: Final = re.compile(r"[-+]?\d+(\.\d+)?")
_PAIR: Final = TypeAdapter(tuple[Any, Any])
_CONDITIONS: Final = TypeAdapter(Annotated[list[Any], Field(min_length=1)])
# By function: the form of its argument, and how an author writes it.
_ARGUMENTS: Final[Mapping[str, tuple[TypeAdapter[Any], str]]] = {
    "Ref": (TypeAdapter(str), "a name"),
    "Condition": (TypeAdapter(str), "the name of a condition"),
    "Fn::GetAtt": (TypeAdapter(Annotated[str, Field(pattern=r"\.")] | tuple[str, Any]), "[resource, attribute]"),
    "Fn::Sub": (TypeAdapter(str | tuple[str, dict[str, Any]]), "a text, or [text, {name: value}]"),
    "Fn::Join": (_PAIR, "[separator, values]"),
    "Fn::Split": (_PAIR, "[separator, text]"),
    "Fn::Select": (_PAIR, "[index, values]"),
    "Fn::If": (TypeAdapter(tuple[str, Any, Any]), "[condition, value, other value]"),
    "Fn::Equals": (_PAIR, "[value, value]"),
    "Fn::And": (_CONDITIONS, "[condition, ...]"),
    "Fn::Or": (_CONDITIONS, "[condition, ...]"),
    "Fn::Not": (TypeAdapter(tuple[Any]), "[condition]"),
    "Fn::FindInMap": (
        TypeAdapter(tuple[Any, Any, Any] | tuple[Any, Any, Any, dict[str, Any]]),
        "[map, key, key]",
    ),
}
_ANY: Final = (TypeAdapter(object), "a value")


class FromParameter(str):
    """A string that came from a parameter, which may stand for a list."""

    __slots__ = ()


class Resolver:
    """Resolves values of one template.

    Args:
        template: the template.
        given: the author's values of parameters, and of exports of other stacks.
        pseudo: the pseudo parameters, such as `AWS::Region`.
        reference: returns what a `Ref` to a resource is.
        attribute: returns what a `Fn::GetAtt` of a resource is.
    """

    def __init__(
        self,
        template: Template,
        given: Mapping[str, Any],
        pseudo: Mapping[str, Any],
        reference: Callable[[str], Any],
        attribute: Callable[[str, str], Any],
    ) -> None:
        self._template = template
        self._given = given
        self._pseudo = pseudo
        self._reference = reference
        self._attribute = attribute
        self._parameters: dict[str, Any] = {}
        self._running: list[str] = []
        self._left = _MOST
        self._functions: Mapping[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Condition": self.condition,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::Split": self._split,
            "Fn::Select": self._select,
            "Fn::If": self._if,
            "Fn::Equals": lambda value: len({_text(self.value(each)) for each in value}) == 1,
            "Fn::And": lambda value: all(self._flag(each) for each in value),
            "Fn::Or": lambda value: any(self._flag(each) for each in value),
            "Fn::Not": lambda value: not self._flag(value[0]),
            "Fn::FindInMap": self._find_in_map,
            "Fn::ImportValue": self._import_value,
            "Fn::Base64": lambda value: base64.b64encode(_text(self.value(value)).encode()).decode(),
            "Fn::ToJsonString": lambda value: json.dumps(self.value(value), separators=(",", ":")),
            "Fn::Length": lambda value: len(self._list("Fn::Length", value)),
        }

    def value(self, value: Any) -> Any:
        """The value with everything in it resolved; NOTHING for what is dropped.

        Raises:
            TemplateError: for what cannot be resolved.
        """
        self._left -= 1
        if self._left < 0:
            raise TemplateError(f"the template has more than {_MOST} values, counting aliases")
        if isinstance(value, list):
            return [each for each in map(self.value, value) if each is not NOTHING]
        if not isinstance(value, dict):
            return self._plain(value)
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name in self._functions:
                return self._called(name, argument)
            if isinstance(name, str) and name.startswith("Fn::"):
                raise TemplateError(f"the function {name} is not supported", typed=name)
        resolved = {name: self.value(each) for name, each in value.items()}
        return {name: each for name, each in resolved.items() if each is not NOTHING}

    def _called(self, function: str, argument: Any) -> Any:
        form, written = _ARGUMENTS.get(function, _ANY)
        try:
            form.validate_python(argument)
        except ValidationError:
            raise TemplateError(f"{function} takes {written}, not {argument!r}", typed=argument) from None
        return self._functions[function](argument)

    def _plain(self, value: Any) -> Any:
        if value is None:
            raise TemplateError("null is not a value of a template")
        if isinstance(value, str):
            for _, inside in _PLACE.findall(value):
                if _OF_SERVERLESS.match(inside):
                    raise TemplateError(
                        f"${{{inside}}} is a variable of the Serverless Framework; load the file that `sls package` "
                        "writes: .serverless/cloudformation-template-update-stack.json",
                        typed=value,
                    )
        return value

    def condition(self, name: Any) -> bool:
        """Whether a condition of the template holds."""
        conditions = self._template.Conditions
        if name not in conditions:
            raise TemplateError(f"there is no condition {name!r}; {_hint(name, conditions)}", typed=name)
        return bool(self._once(f"condition {name}", lambda: self._flag(conditions[name])))

    def parameter(self, name: str) -> Any:
        """The value of a parameter."""
        if name not in self._parameters:
            self._parameters[name] = self._parameter(name, self._template.Parameters[name])
        return self._parameters[name]

    def _parameter(self, name: str, declared: Parameter) -> Any:
        kind = declared.Type
        given = self._given.get(name)
        if given is None and not kind.startswith(_SSM):
            given = declared.Default
        if given is None:
            raise TemplateError(f"the parameter {name} has no value; give parameters={{{name!r}: ...}}", typed=name)
        if "List" in kind:
            parts = [part.strip() for part in given.split(",")] if isinstance(given, str) else [*map(_text, given)]
            for part in parts:
                _check(name, part, declared)
            return parts
        text = FromParameter(",".join(map(_text, given)) if isinstance(given, (list, tuple)) else _text(given))
        if kind == "Number" and not _NUMBER.fullmatch(text):
            raise TemplateError(f"the parameter {name} is a Number, not {text!r}", typed=given)
        _check(name, text, declared)
        return text

    def _flag(self, value: Any) -> bool:
        return _text(self.value(value)) == "true"

    def _list(self, function: str, value: Any) -> list[Any]:
        found = self.value(value)
        if not isinstance(found, list):
            raise TemplateError(f"{function} needs a list, not {found!r}", typed=found)
        return found

    def _once(self, what: str, resolve: Callable[[], Any]) -> Any:
        if what in self._running:
            raise TemplateError(f"circular dependency: {' -> '.join([*self._running, what])}")
        self._running.append(what)
        try:
            return resolve()
        finally:
            self._running.pop()

    def _ref(self, name: Any) -> Any:
        if name == "AWS::NoValue":
            return NOTHING
        if name in self._pseudo:
            return self._pseudo[name]
        if name in self._template.Parameters:
            return self.parameter(name)
        self._check_resource(name)
        return self._once(f"Ref {name}", lambda: self._reference(name))

    def _get_att(self, value: Any) -> Any:
        name, attribute = value.split(".", 1) if isinstance(value, str) else (value[0], _text(self.value(value[1])))
        self._check_resource(name)
        return self._once(f"{name}.{attribute}", lambda: self._attribute(name, attribute))

    def _check_resource(self, name: Any) -> None:
        resources = self._template.Resources
        if name not in resources:
            known = [*self._template.Parameters, *resources]
            raise TemplateError(f"there is no parameter and no resource {name!r}; {_hint(name, known)}", typed=name)
        needed = resources[name].Condition
        if needed and not self.condition(needed):
            raise TemplateError(f"it refers to {name}, whose condition {needed} is false", typed=name)

    def _sub(self, value: Any) -> str:
        text, own = (value, {}) if isinstance(value, str) else value
        own = {name: self.value(each) for name, each in own.items()}
        self._plain(text)

        def found(match: re.Match[str]) -> str:
            literal, name = match[1], match[2].strip()
            if literal:
                return f"${{{name}}}"
            if name in own:
                return _text(own[name])
            return _text(self._get_att(name) if "." in name else self._ref(name))

        return _PLACE.sub(found, text)

    def _join(self, value: Any) -> str:
        separator, parts = value
        return _text(self.value(separator)).join(map(_text, self._list("Fn::Join", parts)))

    def _split(self, value: Any) -> list[str]:
        separator, text = (_text(self.value(each)) for each in value)
        if not separator:
            raise TemplateError("Fn::Split needs a separator")
        return text.split(separator)

    def _select(self, value: Any) -> Any:
        place, values = _text(self.value(value[0])), self._list("Fn::Select", value[1])
        try:
            return values[int(place)]
        except (IndexError, ValueError):
            raise TemplateError(f"Fn::Select has no element {place} of {values!r}", typed=place) from None

    def _if(self, value: Any) -> Any:
        name, yes, no = value
        return self.value(yes if self.condition(name) else no)

    def _find_in_map(self, value: Any) -> Any:
        keys = [_text(self.value(each)) for each in value[:3]]
        found: Any = self._template.Mappings
        for key in keys:
            if not isinstance(found, dict) or key not in found:
                default: Mapping[str, Any] = next(iter(value[3:]), {})
                if "DefaultValue" not in default:
                    raise TemplateError(f"Fn::FindInMap finds no {key!r} in {'.'.join(keys)}", typed=key)
                return self.value(default["DefaultValue"])
            found = found[key]
        return self.value(found)

    def _import_value(self, value: Any) -> Any:
        name = _text(self.value(value))
        if name not in self._given:
            raise TemplateError(f"Fn::ImportValue {name!r} is of another stack; give parameters={{{name!r}: ...}}")
        return self._given[name]


def _check(name: str, text: str, declared: Parameter) -> None:
    """Refuse a value that the parameter does not allow."""
    allowed = [*map(_text, declared.AllowedValues)]
    if allowed and text not in allowed:
        raise TemplateError(f"the parameter {name} is {text!r}; its AllowedValues are {allowed}", typed=text)
    pattern = declared.AllowedPattern
    if pattern is not None and not _matches(pattern, text):
        raise TemplateError(f"the parameter {name} is {text!r}; its AllowedPattern is {pattern!r}", typed=text)
    sizes = {"MinLength": float(len(text)), "MaxLength": float(len(text))}
    if _NUMBER.fullmatch(text):
        sizes |= {"MinValue": float(text), "MaxValue": float(text)}
    for bound, size in sizes.items():
        limit = getattr(declared, bound)
        if limit is not None and (size < limit if bound.startswith("Min") else size > limit):
            raise TemplateError(f"the parameter {name} is {text!r}; its {bound} is {limit:g}", typed=text)


def _matches(pattern: str, text: str) -> bool:
    """Whether the whole text matches; a pattern that Java can read and Python cannot matches everything."""
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return True


def _text(value: Any) -> str:
    """A scalar as CloudFormation compares and joins it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, (dict, list)):
        raise TemplateError(f"a string is needed, not {value!r}", typed=value)
    return str(value)


def _hint(name: object, known: Any) -> str:
    names = [str(each) for each in known]
    return hint(str(name), names) if names else "there are none"
