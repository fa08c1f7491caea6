"""What the package promises of its own form."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import statistics
import sys
from importlib import import_module
from pathlib import Path

import pytest

import pytest_cognito_pool
from pytest_cognito_pool._service import operations
from pytest_cognito_pool._service.operations.families import FAMILY_OF
from pytest_cognito_pool._service.protocol import model

sys.path.insert(0, str(Path(__file__).parent))
operation_families = import_module("operation_families")
ROOT = Path(pytest_cognito_pool.__file__).parent
MODULES = {str(path.relative_to(ROOT)): path for path in sorted(ROOT.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 45
MEDIAN_FUNCTION = 8


def test_the_package_has_modules_and_nothing_else():
    """Three wheels lay in it for a while."""
    others = [path for path in ROOT.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}]
    assert [path.name for path in others] == ["py.typed"]


def functions():
    """The name and the number of lines, signature and docstring apart, of every function."""
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
                yield f"{module}:{node.name}", lines


def test_functions_are_short():
    lengths = dict(functions())
    assert statistics.median(lengths.values()) <= MEDIAN_FUNCTION
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def lines_of_code(module):
    """The lines of a module, those of docstrings and blank ones apart."""
    documented = {
        line
        for node in ast.walk(TREES[module])
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        if ast.get_docstring(node)
        for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)
    }
    lines = enumerate(MODULES[module].read_text(encoding="utf-8").splitlines(), 1)
    return sum(number not in documented and bool(line.strip()) for number, line in lines)


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_short(module):
    assert lines_of_code(module) <= LONGEST_MODULE


def imported_at_import(body):
    """The packages that statements import when the module is, those for type checkers apart."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.If):
            if ast.unparse(node.test) != "TYPE_CHECKING":
                yield from imported_at_import(node.body)
            yield from imported_at_import(node.orelse)
        elif isinstance(node, (ast.Try, ast.With, ast.ClassDef)):
            yield from imported_at_import(node.body)


LOADED = ["plugin.py", "_plugin/hooks.py", "_plugin/hookspecs.py"]


@pytest.mark.parametrize("module", LOADED)
def test_what_pytest_loads_imports_pytest_and_the_standard_library_only(module):
    """And one another; that nothing else of ours is loaded is tested with the start-up."""
    known = {"pytest", "pytest_cognito_pool", *sys.stdlib_module_names}
    assert set(imported_at_import(TREES[module].body)) <= known


def changes(tree, function=None):
    """Assignments to an attribute `status`, each with the function it is in."""
    for node in ast.iter_child_nodes(tree):
        inner = node.name if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else function
        if isinstance(node, ast.Attribute) and node.attr == "status" and isinstance(node.ctx, (ast.Store, ast.Del)):
            yield f"{inner}: {ast.unparse(node)}"
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("setattr"):
            yield f"{inner}: {ast.unparse(node)}"
        yield from changes(node, inner)


def test_only_the_status_table_changes_a_status():
    made = {module: sorted(changes(tree)) for module, tree in TREES.items()}
    assert made.pop("_service/user/status.py") == ["change: user.status", "put_back: user.status"]
    # What a snapshot puts back of pools and what is in them; users have a function of their own.
    assert made.pop("_service/records.py") == [
        "copied: setattr(twin, name, value if name in kept else copy.deepcopy(value, memo))",
        "put_back: setattr(thing, name, copy.copy(value))",
    ]
    # What is replaced in HTTP libraries.
    assert made.pop("_service/transport/http_libraries/seams.py") == [
        "_replace_in: setattr(seam.owner, seam.name, after)",
        "settle: setattr(replaced.owner, replaced.name, replaced.before)",
    ]
    # A new user, and an error with its HTTP status, are given theirs.
    assert {found for module in made.values() for found in module} <= {"__init__: self.status"}


def test_the_table_of_operations_is_written_anew():
    folder = ROOT / "_service" / "operations"
    assert (folder / "families.py").read_text(encoding="utf-8") == operation_families.table(folder)


@pytest.mark.parametrize("name", FAMILY_OF)
def test_an_operation_is_one_of_the_services_and_named_as_it(name):
    # An older botocore does not have the newer ones.
    assert name in {*model.operations(), "GetClientToken", "GetDerivedToken", "GetTokensFromRefreshToken"}
    assert operations.find(name) is not None
    module = import_module(f"{operations.__name__}.{FAMILY_OF[name]}")
    assert [found for found in vars(module) if found.replace("_", "") == name.lower()]


PUBLIC = [getattr(pytest_cognito_pool, name) for name in pytest_cognito_pool.__all__]
CLASSES = [thing for thing in PUBLIC if isinstance(thing, type)]


def public_functions(kind):
    """The functions of a class and its bases that are ours and public, special methods among them."""
    for base in kind.__mro__:
        if not base.__module__.startswith("pytest_cognito_pool"):
            continue
        for name, member in vars(base).items():
            if name.startswith("_") and not name.startswith("__"):
                continue
            found = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
            if inspect.isfunction(found) and found.__module__.startswith("pytest_cognito_pool"):
                yield f"{base.__name__}.{name}", found


def is_anything(annotation):
    return annotation in {"Any", "typing.Any"} or getattr(annotation, "__name__", "") == "Any"


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_public_signatures_say_what_they_take_and_give(kind):
    for name, function in public_functions(kind):
        signature = inspect.signature(function)
        assert not is_anything(signature.return_annotation), name
        for parameter in signature.parameters.values():
            # Amazon's own settings are as Amazon types them.
            if not (parameter.kind is parameter.VAR_KEYWORD and parameter.name == "settings"):
                assert not is_anything(parameter.annotation), f"{name}({parameter})"


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_public_fields_say_what_they_hold(kind):
    if dataclasses.is_dataclass(kind):
        assert not [field.name for field in dataclasses.fields(kind) if is_anything(field.type)]


def test_nothing_imports_what_was_promised_not_to_be():
    everywhere = {
        (module, name)
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        for name in _names(node)
        if name.startswith(("unittest", "mock", "moto"))
    }
    assert everywhere == set()


def _names(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
