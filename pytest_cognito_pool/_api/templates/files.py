"""Read the file of a template: JSON, or YAML with the short forms of CloudFormation's functions."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pytest_cognito_pool._api.errors import UsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    import yaml


def read(path: str | os.PathLike[str]) -> tuple[Path, Any]:
    """The path and the content of a file.

    Raises:
        UsageError: if it does not exist, or is neither JSON nor YAML.
    """
    file = Path(path)
    if file.suffix == ".tf":
        raise UsageError(f"{file.name} is Terraform's own language; load the output of: terraform show -json")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"there is no template {str(file)!r}: {error.strerror}", typed=str(path)) from None
    except UnicodeDecodeError:
        raise UsageError(f"{file.name} is not a text file in UTF-8", typed=str(path)) from None
    content = _json(file, text) if text.lstrip().startswith(("{", "[")) else _yaml(file, text)
    if not isinstance(content, dict):
        raise UsageError(f"{file.name} is not a template: its content is not a mapping")
    return file, content


def _json(file: Path, text: str) -> Any:
    def once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                raise UsageError(f"{file.name} has the key {name!r} twice in one mapping", typed=name)
            found[name] = value
        return found

    try:
        return json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise UsageError(f"{file.name} is not valid JSON: line {error.lineno}: {error.msg}") from None


def _yaml(file: Path, text: str) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=_loader(file))  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark is not None else ""
        raise UsageError(f"{file.name} is not valid YAML: {line}{getattr(error, 'problem', error)}") from None


def _loader(file: Path) -> type[yaml.SafeLoader]:
    """A loader of YAML 1.1, CloudFormation's dialect, in which dates and odd numbers are strings."""
    import yaml

    class Loader(yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - yaml's
            seen = set()
            for key, _ in node.value:
                if key.tag != "tag:yaml.org,2002:merge" and key.value in seen:
                    line = key.start_mark.line + 1
                    raise UsageError(f"{file.name} has the key {key.value!r} twice in one mapping, in line {line}")
                seen.add(key.value if isinstance(key.value, str) else id(key))
            return super().construct_mapping(node, deep)

    numbers = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp"}
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in numbers]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    digits = list("-+0123456789")
    Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?(?:0|[1-9]\d*)$"), digits)
    Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?(?:0|[1-9]\d*)\.\d+$"), digits)
    Loader.add_multi_constructor("!", _short_form)
    return Loader


def _short_form(loader: yaml.SafeLoader, name: str, node: yaml.Node) -> dict[str, Any]:
    """A function in its short form, such as `!Ref`, as its long form."""
    import yaml

    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(cast("yaml.MappingNode", node), deep=True)
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in {"Ref", "Condition"} else f"Fn::{name}": value}
