"""Imports go down: from plugin to _plugin, _api and _service, inside _service from room to room, and in no circle.

Imports inside functions count as any other; those for type checkers do not.
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


def imports(tree):
    """The modules of ours that a module imports."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for other in node.orelse:
                yield from imports(other)
        elif isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] == PACKAGE:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else node.module
        else:
            yield from imports(node)


GRAPH = {name: set(imports(tree)) - {name, PACKAGE} for name, tree in MODULES.items() if name != PACKAGE}


def room(module):
    """The floor of a module; in _service its room."""
    _, floor, *rest = module.split(".")
    return f"{floor}.{rest[0]}" if floor == "_service" and rest else floor


def circles(graph):
    """The nodes from which a way leads back to themselves."""

    def reached(start):
        found, waiting = set(), [start]
        while waiting:
            for node in graph.get(waiting.pop(), ()):
                if node not in found:
                    found.add(node)
                    waiting.append(node)
        return found

    return sorted(node for node in graph if node in reached(node))


def rooms():
    graph = {}
    for module, imported in GRAPH.items():
        others = {room(each) for each in imported if each != f"{PACKAGE}._service"}
        graph.setdefault(room(module), set()).update(others - {room(module)})
    return graph


def test_no_module_is_in_a_circle():
    assert circles(GRAPH) == []


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
    ("graph", "found"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}, "c": {"a"}}, ["a", "b"]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, ["a", "b", "c"]),
    ],
)
def test_circles_are_found(graph, found):
    assert circles(graph) == found
