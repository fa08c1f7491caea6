"""What the unknown values of a plan refer to, in the configuration that the plan contains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._api.templates.declared import TemplateError
from pytest_cognito_pool._api.templates.documents import Configuration, ModuleCall, check

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._api.templates.documents import Instance

    # The kind and the name of a resource, its address if it is known, and the attribute.
    Attribute = Callable[[str, str, "str | None", str], Any]


class References:
    """Looks up references of one plan.

    Args:
        resources: the resources by their addresses.
        root: the configuration of the root module.
        attribute: returns an attribute of a resource.
    """

    def __init__(self, resources: Mapping[str, Instance], root: Configuration, attribute: Attribute) -> None:
        self._resources = resources
        self._root = root
        self._attribute = attribute

    def referred(self, resource: Instance, path: tuple[Any, ...], unknown: Any, known: Any) -> Any:
        """A value with its unknown parts."""
        if isinstance(unknown, dict):
            parts = dict(known or {})
            for name, each in unknown.items():
                found = self.referred(resource, (*path, name), each, parts.get(name))
                if found is not None:
                    parts[name] = found
            return parts
        if isinstance(unknown, list):
            there = [*(known or ()), *[None] * len(unknown)]
            items = [self.referred(resource, (*path, place), each, there[place]) for place, each in enumerate(unknown)]
            return [each for each in items if each is not None] or known
        return self._looked_up(resource, path) if unknown is True else known

    def _looked_up(self, resource: Instance, path: tuple[Any, ...]) -> Any:
        """What the configuration refers to at that place; None if it refers to nothing."""
        module, prefix = _module_of(self._root, resource.address)
        named = resource.type, resource.name
        declared = (each.expressions for each in module.resources if (each.type, each.name) == named)
        expression: Any = next(declared, {})
        for part in path:
            if _references(expression):
                break
            try:
                expression = expression[part]
            except (KeyError, IndexError, TypeError):
                return None
        references = _references(expression)
        what = ".".join(map(str, path))
        return self._of_reference(references, module, prefix, resource.index, what) if references else None

    def _of_reference(self, references: list[str], module: Configuration, prefix: str, index: Any, what: str) -> Any:
        """What the first reference of an expression stands for."""
        reference = references[0]
        if reference.startswith("local."):
            raise TemplateError(f"{what} is {reference}, which the plan does not contain; load a state instead")
        if reference.startswith(("var.", "module.")):
            return self._through_module(reference, module, prefix, index, what)
        exact = re.match(r"[^.]+\.[^.\[]+(?:\[[^]]*\])?", reference)
        wanted = f"{prefix}{exact[0] if exact else reference}"
        kind, name, attribute, *_ = *_plain(reference.removeprefix("data.")).split("."), "id", "id"
        return self._attribute(kind, name, self._address(wanted, index, what), attribute)

    def _address(self, wanted: str, index: Any, what: str) -> str | None:
        """The address of the resource that is referred to; None if it is not among the resources.

        Raises:
            TemplateError: if several instances could be meant.
        """
        alike = [each for each in self._resources if _plain(each) == _plain(wanted)]
        same = [each for each in alike if index is not None and self._resources[each].index == index]
        found = [wanted] if wanted in alike else same if len(same) == 1 else alike
        if len(found) > 1:
            raise TemplateError(f"{what} refers to {wanted}, which may be any of {found}; load a state instead")
        return found[0] if found else None

    def _through_module(self, reference: str, module: Configuration, prefix: str, index: Any, what: str) -> Any:
        start, name, *rest = reference.split(".")
        if start == "module":
            inner = _call(module, name).module
            output = inner.outputs.get(rest[0]) if rest else None
            references = _references(output.expression) if output else []
            if references:
                return self._of_reference(references, inner, f"{prefix}module.{name}.", index, what)
        elif prefix:
            outer, call = _caller(self._root, prefix)
            expression = call.expressions.get(name, {})
            if _references(expression):
                parent = prefix.rpartition("module.")[0]
                return self._of_reference(_references(expression), outer, parent, index, what)
            if "constant_value" in expression:
                return expression["constant_value"]
        raise TemplateError(f"{what} is {reference}, which the plan does not contain; load a state instead")


def _plain(address: str) -> str:
    """An address without the indices of instances."""
    return re.sub(r"\[[^]]*\]", "", address)


def _module_of(root: Configuration, address: str) -> tuple[Configuration, str]:
    """The configuration of the module that a resource is in, and the beginning of the addresses in it."""
    module, prefix = root, ""
    for call in re.findall(r"module\.[^.\[]+(?:\[[^]]*\])?\.", address):
        name = _plain(call).removeprefix("module.").rstrip(".")
        module, prefix = _call(module, name).module, prefix + call
    return module, prefix


def _caller(root: Configuration, prefix: str) -> tuple[Configuration, ModuleCall]:
    """The module that calls the module with that prefix, and the call."""
    parent, _, last = prefix.rstrip(".").rpartition("module.")
    outer, _ = _module_of(root, parent)
    return outer, _call(outer, _plain(last))


def _call(module: Configuration, name: str) -> ModuleCall:
    return module.module_calls.get(name) or ModuleCall(module=Configuration())


def _references(expression: Any) -> list[str]:
    """What an expression refers to."""
    found = expression.get("references", []) if isinstance(expression, dict) else []
    return check(list[str], found, "references")
