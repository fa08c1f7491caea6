"""The names that editors complete are those of the service model and of the triggers."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import get_args

import pytest

from pytest_cognito_pool._api import literals

NAMES = runpy.run_path(str(Path(__file__).parents[1] / "packaging/literal_names.py"))["names"]()


@pytest.mark.parametrize("alias", ["TriggerName", "SourceName"])
def test_closed_names_are_all_there(alias):
    assert get_args(getattr(literals, alias)) == tuple(NAMES[alias])


@pytest.mark.parametrize("alias", ["OperationName", "ErrorCode"])
def test_open_names_are_of_the_newest_model(alias):
    """An older model has fewer; what a newer one adds is there when the names are written again."""
    written = get_args(getattr(literals, alias))
    assert list(written) == sorted(set(written))
    assert {*NAMES[alias]} <= {*written} or {*NAMES[alias]} > {*written}
