"""What type checkers are told of the names of triggers is what triggers there are."""

from __future__ import annotations

import ast
import inspect

import pytest

import pytest_cognito_pool
from pytest_cognito_pool import TriggerEvent
from pytest_cognito_pool._api import trigger_log as invocations
from pytest_cognito_pool._service.events.sources import TRIGGER_OF, TRIGGERS

# Read and not imported: they are there for type checkers alone.
TREE = ast.parse(inspect.getsource(invocations))
CLIENT_CREDENTIALS = "TokenGeneration_ClientCredentials"


def literals():
    """The names that each alias stands for."""
    return {
        node.targets[0].id: [text.value for text in ast.walk(node.value) if isinstance(text, ast.Constant)]
        for node in ast.walk(TREE)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Subscript)
        and ast.unparse(node.value.value) == "Literal"
    }


def overloads(method):
    """By the alias each overload of a method takes, what it returns."""
    return {
        ast.unparse(node.args.args[1].annotation): ast.unparse(node.returns)
        for node in ast.walk(TREE)
        if isinstance(node, ast.FunctionDef) and node.name == method and node.decorator_list
    }


def models(source):
    """The models of a source's events, as an annotation names them."""
    if source == CLIENT_CREDENTIALS:
        return "PreTokenGenerationV2Event"
    public = [getattr(pytest_cognito_pool, name) for name in pytest_cognito_pool.__all__ if name.endswith("Event")]
    return " | ".join(model.__name__ for model in public if issubclass(model, TriggerEvent) and source in model.sources)


@pytest.mark.parametrize(("method", "returned"), [("of", "TriggerLog"), ("one", "Invocation")])
def test_every_trigger_and_every_source_has_its_model(method, returned):
    typed = overloads(method)
    assert typed.pop("type[E]") == f"{returned}[E]"
    assert typed.pop("str | None") == f"{returned}[E_co]"
    known = {
        name: f"{returned}[{models(sources[0] if name in TRIGGERS else name)}]"
        for trigger, sources in TRIGGERS.items()
        for name in (trigger, *sources)
    }
    names = literals()
    assert {name: event for alias, event in typed.items() for name in names[alias]} == known


def test_every_name_is_there_once():
    names = [name for alias in literals().values() for name in alias]
    assert sorted(names) == sorted([*TRIGGERS, *TRIGGER_OF])
