"""What is in the distributions, and what an index shows of them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    tomllib = pytest.importorskip("tomli")

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_source_distribution_has_what_the_readme_names():
    included = set(PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    named = {path.partition("/")[0] for path in re.findall(r"`((?:docs|examples|benchmarks)/[\w./]+)`", README)}
    assert named == {"docs", "examples"}
    assert named | {"pytest_cognito_pool", "tests", "CHANGELOG.md"} <= included


README = (ROOT / "README.md").read_text()


def test_no_link_of_the_readme_is_dead_on_an_index():
    """A relative link leads nowhere there."""
    links = re.findall(r"\]\(([^)]*)\)", README)
    assert [link for link in links if not link.startswith(("https://", "#"))] == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:docs|examples)/[\w./]+)`", README))))
def test_what_the_readme_names_is_there(path):
    assert (ROOT / path).exists()
