"""Imports go down: from plugin to _plugin, _api and _service, inside _service from room to room, and in no circle.

Imports inside functions count as any other. Those for type checkers count for circles of modules alone: a protocol of
a lower room may name what a higher one passes.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pytest_cognito_pool

PACKAGE = "pytest_cognito_pool"
ROOT = Path(pytest_cognito_pool.__file__).parent


def name_of(path):
    parts = [PACKAGE, *path.relative_to(ROOT).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")}


def imports(tree, *, types=False):
    """The modules of ours that a module imports; with `types`, those for type checkers too."""
    for node in ast.iter_child_nodes(tree):
        if not types and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for other in node.orelse:
                yield from imports(other)
        elif isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] == PACKAGE:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else node.module
        else:
            yield from imports(node, types=types)


def graph(*, types):
    return {
        name: set(imports(tree, types=types)) - {name, PACKAGE} for name, tree in MODULES.items() if name != PACKAGE
    }


GRAPH = graph(types=False)


def room(module):
    """The floor of a module; in _service its room."""
    _, floor, *rest = module.split(".")
    return f"{floor}.{rest[0]}" if floor == "_service" and rest else floor


def circles(arrows):
    """The nodes from which a way leads back to themselves."""

    def reached(start):
        found, waiting = set(), [start]
        while waiting:
            for node in arrows.get(waiting.pop(), ()):
                if node not in found:
                    found.add(node)
                    waiting.append(node)
        return found

    return sorted(node for node in arrows if node in reached(node))


def rooms():
    found = {}
    for module, imported in GRAPH.items():
        others = {room(each) for each in imported if each != f"{PACKAGE}._service"}
        found.setdefault(room(module), set()).update(others - {room(module)})
    return found


def test_no_module_is_in_a_circle():
    assert circles(graph(types=True)) == []


def test_no_room_is_in_a_circle():
    assert circles(rooms()) == []


def test_every_room_has_its_place():
    """What import-linter checks is what there is."""
    tomllib = pytest.importorskip("tomllib", reason="from Python 3.11")
    project = Path(__file__).parents[2] / "pyproject.toml"
    contracts = tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (order,) = [contract["layers"] for contract in contracts if contract["name"] == "the rooms of the service"]
    placed = [each.strip() for row in order for each in row.replace(":", "|").split("|")]
    assert sorted(placed) == sorted({room(module).partition(".")[2] for module in GRAPH} - {""})


@pytest.mark.parametrize(
    ("arrows", "found"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}, "c": {"a"}}, ["a", "b"]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, ["a", "b", "c"]),
    ],
)
def test_circles_are_found(arrows, found):
    assert circles(arrows) == found
