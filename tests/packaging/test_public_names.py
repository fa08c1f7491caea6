"""What `pytest_cognito_pool` offers, and that it costs nothing until it is asked for."""

from __future__ import annotations

import ast
import json
import pydoc
import subprocess
import sys
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import pytest_cognito_pool

HEAVY = {"boto3", "botocore", "pydantic", "asyncio", "ssl", "cryptography", "unittest.mock", "regex", "pytest"}


@pytest.mark.parametrize("name", pytest_cognito_pool.__all__)
def test_every_public_name_resolves(name):
    assert getattr(pytest_cognito_pool, name) is not None


def test_public_names_are_sorted_and_there_once():
    assert sorted(set(pytest_cognito_pool.__all__)) == pytest_cognito_pool.__all__


def test_type_checkers_and_python_see_the_same_names():
    tree = ast.parse(Path(pytest_cognito_pool.__file__).read_text(encoding="utf-8"))
    blocks = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    seen = {
        alias.asname or alias.name: node.module
        for block in blocks
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert sorted(seen) == pytest_cognito_pool.__all__
    for name, module in seen.items():
        assert getattr(pytest_cognito_pool, name) is getattr(import_module(module), name)


def test_a_star_import_brings_them_all():
    namespace: dict[str, object] = {}
    exec("from pytest_cognito_pool import *", namespace)  # noqa: S102 - not allowed in a function
    assert sorted(namespace.keys() - {"__builtins__"}) == pytest_cognito_pool.__all__


def test_they_are_listed():
    assert set(dir(pytest_cognito_pool)) >= {*pytest_cognito_pool.__all__, "__doc__", "__name__"}
    assert "annotations" not in dir(pytest_cognito_pool)


def test_they_are_in_the_help():
    text = pydoc.plain(pydoc.render_doc(pytest_cognito_pool))
    assert "class UserPool" in text
    assert "cognito_pool" in text.partition("PACKAGE CONTENTS")[0]


def test_freezegun_imports_nothing():
    """It looks at every name of every module when it stops the time, also where nothing of ours is used."""
    program = "import freezegun, pytest_cognito_pool\nwith freezegun.freeze_time('2030-01-01'): pass"
    imported = imported_by(program)
    assert [name for name in imported if name.startswith("pytest_cognito_pool")] == ["pytest_cognito_pool"]
    assert "pydantic" not in imported


def test_every_public_class_says_what_it_is():
    for name in pytest_cognito_pool.__all__:
        thing = getattr(pytest_cognito_pool, name)
        if isinstance(thing, type):
            assert thing.__doc__, name
            assert thing.__module__.partition(".")[0] == "pytest_cognito_pool", name


def test_a_misspelt_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match=r"^module 'pytest_cognito_pool' has no attribute 'Cogito'$"):
        _ = pytest_cognito_pool.Cogito


def test_a_misspelt_import_is_an_import_error():
    with pytest.raises(ImportError, match=r"^cannot import name 'Cogito' from 'pytest_cognito_pool'"):
        exec("from pytest_cognito_pool import Cogito")  # noqa: S102 - what is tested


def test_pytest_finds_the_plugin():
    (found,) = [entry for entry in entry_points(group="pytest11") if entry.name == "cognito_pool"]
    assert found.value == "pytest_cognito_pool.plugin"


def imported_by(code):
    program = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    # Isolated, and without `site`: neither coverage nor an editable install's finder brings modules of its own.
    root = str(Path(pytest_cognito_pool.__file__).parents[1])
    path = [root, *(entry for entry in sys.path if entry)]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {path!r}\n{program}"],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


def test_importing_the_package_imports_nothing():
    imported = imported_by("import pytest_cognito_pool")
    assert HEAVY.isdisjoint(imported)
    assert [name for name in imported if name.startswith("pytest_cognito_pool")] == ["pytest_cognito_pool"]


@pytest.mark.parametrize("name", ["UsageError", "UnsupportedOperationError", "UnreportedError", "Call", "CallLog"])
def test_plain_names_import_nothing_heavy(name):
    imported = imported_by(f"from pytest_cognito_pool import {name}")
    assert HEAVY.isdisjoint(imported)


@pytest.mark.parametrize("module", ["boto3", "pydantic", "regex", "pytest", "unittest.mock"])
def test_the_account_alone_imports_little(module):
    assert module not in imported_by("from pytest_cognito_pool import Cognito")
