"""The documents are true: their examples run, their tables are the registry's."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

# pytester forgets the modules that a run imports; these cannot be imported twice.
import requests  # noqa: F401

import pytest_cognito_pool
from pytest_cognito_pool import Cognito
from pytest_cognito_pool._service.operations.families import FAMILY_OF
from pytest_cognito_pool._service.protocol import fault_catalogue as catalogue
from pytest_cognito_pool._service.protocol import model

ROOT = Path(__file__).parents[2]
MYAPP = """
import boto3
def approve(username, *, plan):
    client = boto3.client("cognito-idp")
    pool_id = "us-east-1_TestPool1"
    client.admin_confirm_sign_up(UserPoolId=pool_id, Username=username, ClientMetadata={"plan": plan})
"""


def blocks(name, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / name).read_text(), re.DOTALL | re.MULTILINE)


# What examples import, with what they need for it.
OPTIONAL = {"aiobotocore": "aiobotocore", "fastapi": "httpx2", "flask": "flask"}
PAGES = ["README.md", *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md")))]
EXAMPLES = [
    pytest.param(code, id=f"{name}-{place}")
    for name in PAGES
    for place, code in enumerate(blocks(name, "python"))
    if "def test_" in code
]


@pytest.fixture
def suite(pytester, monkeypatch):
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    pytester.makepyfile(myapp=MYAPP)
    monkeypatch.syspath_prepend(pytester.path)
    return pytester


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_passes(suite, code):
    for imported, needed in OPTIONAL.items():
        if f"from {imported}" in code:
            pytest.importorskip(needed, reason=f"the example needs {needed}")
    suite.makepyfile(test_example=code)
    result = suite.runpytest("-p", "no:randomly")
    outcomes = result.parseoutcomes()
    # A test with the marker cognito_errors runs several times.
    assert set(outcomes) == {"passed"}
    assert outcomes["passed"] >= code.count("def test_")


def test_the_report_of_the_readme_is_the_real_one(suite):
    example = blocks("README.md", "python")[0]
    again = 'approve("ana", plan="pro")\n'
    suite.makepyfile(test_example=example.replace(again, again + "    " + again))
    result = suite.runpytest("-p", "no:randomly")
    shown = blocks("README.md", "text")[0]
    result.stdout.fnmatch_lines([literal(line) for line in shown.splitlines()], consecutive=True)


def literal(line):
    return line.replace("[", "[[]")


def test_the_table_of_operations_is_the_registrys():
    section = (ROOT / "docs/reference.md").read_text().partition("## Operations")[2]
    assert re.findall(r"^\| (\w+) \|$", section, re.MULTILINE)[1:] == sorted(FAMILY_OF)


def test_the_table_of_errors_is_the_catalogues():
    known = {
        "id": "us-east-1_TestPool1",
        "principal": "arn:aws:iam::123456789012:user/pytest",
        "resource": "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1",
        "username": "ana",
    }
    rows = []
    for code in [*sorted(model.errors("AdminConfirmSignUp")), *catalogue.COMMON]:
        error = catalogue.error("AdminConfirmSignUp", code, known)
        row = catalogue.text("AdminConfirmSignUp", code)
        described = row.source == "the model's description"
        text = row.source if described else f"`{error.message}`" if error.message else "none"
        rows.append(f"| {code} | {error.status} | {text} | {row.evidence} |")
    table = (ROOT / "docs/reference.md").read_text().partition("| error | status | text | evidence |")[2]
    written = table.partition("\n\n")[0].splitlines()[2:]
    # An older service model has one error less.
    assert [row for row in written if row in rows or "OperationNotEnabled" not in row] == rows


def test_the_page_of_every_name_has_every_name():
    named = re.findall(r"^::: pytest_cognito_pool\.(\w+)$", (ROOT / "docs/api.md").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(pytest_cognito_pool.__all__)


def test_every_public_name_is_documented():
    text = (ROOT / "docs/reference.md").read_text() + (ROOT / "README.md").read_text()
    parts = {"CallLog", "TriggerLog", "Users", "UserStatus", "CallerContext", "TriggerEvent", "Attempt", "Error"}
    parts |= {"PostConfirmationRequest", "PostConfirmationResponse", "Invocation", "AppClient", "UsageError"}
    parts |= {"UnreportedError", "Outbox", "Groups", "TriggerHandler", "Enforcement", "Fault"}
    parts |= {name for name in pytest_cognito_pool.__all__ if name.endswith(("Request", "Response", "Details"))}
    missing = [name for name in pytest_cognito_pool.__all__ if name not in text and name not in parts]
    assert missing == []


MODULES = [
    module.name
    for module in pkgutil.walk_packages(pytest_cognito_pool.__path__, "pytest_cognito_pool.")
    if not module.name.endswith("plugin")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_docstrings_run(name):
    module = importlib.import_module(name)
    with Cognito(region="us-east-1") as cognito:
        names = vars(pytest_cognito_pool) | {
            each: getattr(pytest_cognito_pool, each) for each in pytest_cognito_pool.__all__
        }
        names |= {"cognito": cognito, "cognito_pool": cognito.create_pool()}
        for example in doctest.DocTestFinder(exclude_empty=True).find(module, globs=names):
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            results = runner.run(example)
            assert results.failed == 0, example.name


def test_the_pages_on_fidelity_are_up_to_date():
    checked = subprocess.run(
        [sys.executable, "tests/packaging/fidelity.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_what_is_not_simulated_is_not_said_to_be():
    names = {
        *re.findall(r"`([A-Z][A-Za-z]+)`", (ROOT / "docs/fidelity.md").read_text().partition("## Not simulated")[2])
    }
    assert names & {*model.operations()} <= {*FAMILY_OF}
