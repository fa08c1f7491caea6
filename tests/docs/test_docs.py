"""The documents are true: their examples run, their tables are the registry's."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import runpy
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

# pytester forgets the modules that a run imports; these cannot be imported twice.
import requests  # noqa: F401

import pytest_cognito_pool
from pytest_cognito_pool import Cognito
from pytest_cognito_pool._service.operations.families import FAMILY_OF
from pytest_cognito_pool._service.protocol import model

ROOT = Path(__file__).parents[2]
MYAPP = """
import boto3
def approve(username, *, plan):
    client = boto3.client("cognito-idp")
    pool_id = "us-east-1_TestPool1"
    client.admin_confirm_sign_up(UserPoolId=pool_id, Username=username, ClientMetadata={"plan": plan})
"""


fences = runpy.run_path(str(ROOT / "tests/typing/documentation.py"))["fences"]

# What examples import, with what they need for it.
OPTIONAL = {"aiobotocore": "aiobotocore", "fastapi": "httpx2", "flask": "flask", "django": "django"}
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = [
    pytest.param(page, place, id=f"{page.relative_to(ROOT).as_posix()}-{place}")
    for page in PAGES
    for place, fence in enumerate(fences(page))
    if fence.language == "python" and "def test_" in fence.code
]


@pytest.fixture
def suite(pytester, monkeypatch):
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    pytester.makepyfile(myapp=MYAPP)
    monkeypatch.syspath_prepend(pytester.path)
    return pytester


@pytest.mark.parametrize(("page", "place"), EXAMPLES)
def test_an_example_does_what_its_page_says(suite, page, place):
    """It passes, or it fails as the next block of the page shows."""
    fenced = list(fences(page))
    example = fenced[place]
    for imported, needed in OPTIONAL.items():
        if re.search(rf"^(from|import) {imported}", example.code, re.MULTILINE):
            pytest.importorskip(needed, reason=f"the example needs {needed}")
    for each in fenced:
        if each.is_file:
            (suite.path / each.title).write_text(each.code)
    suite.makepyfile(test_example=example.code)
    result = suite.runpytest("-p", "no:randomly")
    if example.fails:
        shown = fenced[place + 1].code
        assert result.ret == pytest.ExitCode.TESTS_FAILED
        result.stdout.fnmatch_lines([literal(line) for line in shown.splitlines()], consecutive=True)
        return
    outcomes = result.parseoutcomes()
    # A test with the marker cognito_errors runs several times.
    assert set(outcomes) == {"passed"}
    assert outcomes["passed"] >= example.code.count("def test_")


def test_the_report_of_the_readme_is_the_real_one(suite):
    fenced = list(fences(ROOT / "README.md"))
    example = next(each.code for each in fenced if each.language == "python")
    again = 'approve("ana", plan="pro")\n'
    suite.makepyfile(test_example=example.replace(again, again + "    " + again))
    result = suite.runpytest("-p", "no:randomly")
    shown = next(each.code for each in fenced if each.language == "text")
    result.stdout.fnmatch_lines([literal(line) for line in shown.splitlines()], consecutive=True)


def literal(line):
    """The line as a pattern; the seconds that botocore asks to wait are drawn by lot."""
    return re.sub(r"to wait [\d.]+ s", "to wait * s", line.replace("[", "[[]"))


def test_the_pages_of_names_have_every_public_name_once():
    pages = (page.read_text() for page in sorted((ROOT / "docs/reference").glob("*.md")))
    named = [name for page in pages for name in re.findall(r"^::: pytest_cognito_pool\.(\w+)$", page, re.MULTILINE)]
    assert sorted(named) == sorted(pytest_cognito_pool.__all__)


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


@pytest.fixture(scope="module")
def compared():
    """The modules of the benchmarks that compare what fakes do."""
    folder = str(ROOT / "benchmarks")
    sys.path.insert(0, folder)
    yield importlib.import_module("behaviour"), importlib.import_module("fakes")
    sys.path.remove(folder)


@pytest.mark.parametrize(
    ("page", "column"), [("README.md", "this plugin"), ("docs/comparison.md", "pytest-cognito-pool")]
)
def test_the_comparison_says_what_the_fakes_do(compared, page, column):
    behaviour, fakes = compared
    head, _, *rows = (ROOT / page).read_text().partition("<!-- begin behaviour -->\n")[2].splitlines()
    names = head.split(" | ")
    cells = [row.strip("| ").replace("**", "").split(" | ") for row in rows[: len(behaviour.CASES)]]
    assert [row[:2] for row in cells] == [[case, cognito] for case, (cognito, _) in behaviour.CASES.items()]
    of_ours = next(place for place, name in enumerate(names) if name.startswith(column))
    assert [row[of_ours] for row in cells] == behaviour.behaviour(fakes.ours)
    of_moto = next(place for place, name in enumerate(names) if name.startswith("moto"))
    if f"moto {version('moto')}" in names[of_moto]:
        assert [row[of_moto] for row in cells] == behaviour.behaviour(fakes.with_moto)
