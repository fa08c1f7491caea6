"""What is in the distributions, and what an index shows of them."""

from __future__ import annotations

import re
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import pytest_cognito_pool

if sys.version_info >= (3, 11):
    import tomllib
else:
    tomllib = pytest.importorskip("tomli")

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_source_distribution_has_what_the_readme_names():
    included = set(PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    named = {"docs", "examples", "benchmarks", "CONTRIBUTING.md"}
    assert all(name in README for name in named)
    assert named | {"pytest_cognito_pool", "tests", "mkdocs.yml", "CHANGELOG.md"} <= included


README = (ROOT / "README.md").read_text()


def test_no_link_of_the_readme_is_dead_on_an_index():
    """A relative link leads nowhere there."""
    links = re.findall(r"\]\(([^)]*)\)", README)
    assert [link for link in links if not link.startswith(("https://", "#"))] == []


SITE = PROJECT["project"]["urls"]["Documentation"]


@pytest.mark.parametrize("page", sorted(set(re.findall(rf"{SITE}([\w/-]*)", README))))
def test_a_link_of_the_readme_leads_to_a_page_of_the_site(page):
    assert (ROOT / "docs" / f"{page.rstrip('/')}.md").exists()


def test_the_readme_is_short_and_begins_with_a_test():
    lines = README.splitlines()
    assert len(lines) <= 90
    assert any("def test_" in line for line in lines[:15])


def test_the_addresses_are_those_of_the_site():
    assert re.findall(r"^site_url: (.*)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE) == [SITE]
    assert all(url.startswith(SITE) for url in PROJECT["project"]["urls"].values())


def test_the_version_is_the_one_that_is_installed():
    assert pytest_cognito_pool.__version__ == version("pytest-cognito-pool")
