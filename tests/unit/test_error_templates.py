"""Every error of the service is made from a template that says how well its text is known."""

from __future__ import annotations

import ast
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import pytest_cognito_pool
from pytest_cognito_pool._service import errors
from pytest_cognito_pool._service.errors import oauth
from pytest_cognito_pool._service.errors.service_error import ErrorTemplate
from pytest_cognito_pool._service.protocol import fault_catalogue, model

ROOT = Path(pytest_cognito_pool.__file__).parent
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")}
FAMILIES = [import_module(f"{errors.__name__}.{module.name}") for module in pkgutil.iter_modules(errors.__path__)]
# Errors of pages and OAuth endpoints, which no service model has.
PAGES = {name for name, value in vars(oauth).items() if isinstance(value, ErrorTemplate)}
TEMPLATES = {
    name: template
    for family in FAMILIES
    for name, template in vars(family).items()
    if isinstance(template, ErrorTemplate)
}
# One makes an error of the service from what the model or the author says.
MAKERS = {"_service/protocol/fault_catalogue.py"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_its_evidence(name):
    template = TEMPLATES[name]
    assert template.evidence in {"observed", "documented", "model", "inferred"}
    assert template.source.strip()
    assert template.source == template.source.strip()
    assert template.status in ({400, 403, 404, 500, 503} | ({302, 401, 405} if name in PAGES else set()))


def test_there_is_one_for_each_error_of_the_service_that_is_simulated():
    assert len(TEMPLATES) > 80
    declared = {code for operation in model.operations() for code in model.errors(operation)}
    # The last one is that of an operation that an older botocore does not have.
    known = declared | {*fault_catalogue.COMMON, "BadRequest", "RefreshTokenReuseException"}
    assert {template.code for name, template in TEMPLATES.items() if name not in PAGES} - known == set()


def test_no_other_module_words_an_error():
    made = {
        f"{module}:{node.lineno}"
        for module, tree in TREES.items()
        if module not in MAKERS and not module.startswith("_service/errors/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in {"ErrorTemplate", "ServiceError"}
    }
    assert made == set()


def test_every_template_is_used():
    used = {
        node.id if isinstance(node, ast.Name) else node.attr
        for module, tree in TREES.items()
        if not module.startswith("_service/errors/")
        for node in ast.walk(tree)
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load)
    }
    assert TEMPLATES.keys() - used == set()
