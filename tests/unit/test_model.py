"""Which service model judges: the one that is installed, not any that a client brings."""

from __future__ import annotations

import types

import pytest

from pytest_cognito_pool._service.protocol import model


@pytest.fixture
def adopted(monkeypatch):
    """The models adopted, none at first."""
    found = []
    monkeypatch.setattr(model, "_adopted", found)
    return found


def of_version(version):
    return types.SimpleNamespace(api_version=version)


def test_that_of_a_client_spares_loading_it(adopted, monkeypatch):
    monkeypatch.delenv("AWS_DATA_PATH", raising=False)
    first = of_version(model.API_VERSION)
    model.adopt(first)
    model.adopt(of_version(model.API_VERSION))
    assert adopted == [first]
    assert model.service() is first


def test_not_that_of_another_version_or_path(adopted, monkeypatch):
    monkeypatch.delenv("AWS_DATA_PATH", raising=False)
    model.adopt(of_version("2014-01-01"))
    monkeypatch.setenv("AWS_DATA_PATH", "/elsewhere")
    model.adopt(of_version(model.API_VERSION))
    assert adopted == []
    assert model.service().api_version == model.API_VERSION
    assert "AdminConfirmSignUp" in model.service().operation_names
