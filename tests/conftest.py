"""What every test of ours stands on: no impossible answer, no rule without its evidence."""

from __future__ import annotations

import os
from contextlib import contextmanager

import boto3
import freezegun
import hypothesis
import pytest

from pytest_cognito_pool._service.protocol import fault_catalogue as catalogue
from pytest_cognito_pool._service.protocol import model, validate
from pytest_cognito_pool._service.secrets import Secret

# It looks at every name of every module, and Powertools' lazy ones cannot be made while time stands.
freezegun.configure(extend_ignore_list=["aws_lambda_powertools"])
# Machines are slow at times; and a CI run says of the same commit the same.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

EVIDENCE = {"observed", "documented", "model", "inferred"}
KEYS = {"region_name": "us-east-1", "aws_access_key_id": "key", "aws_secret_access_key": "secret"}


def pytest_collection_modifyitems(items):
    for item in items:
        if "/tests/operations/" in str(item.path):
            marks = list(item.iter_markers("evidence"))
            if not marks or any(len(mark.args) != 2 or mark.args[0] not in EVIDENCE for mark in marks):
                raise pytest.UsageError(f"{item.nodeid} needs @pytest.mark.evidence(kind, where)")


def pytest_cognito_pool_call(call):
    """Check every reply against the output shape, and every error against those the operation can have."""
    if call.error:
        possible = {*catalogue.codes(call.operation), "BadRequest"}
        assert call.error.code in possible, f"{call.operation} cannot answer {call.error.code}"
    if call.reply is not None:
        shape = model.operation(call.operation).output_shape
        assert shape or not call.reply, f"{call.operation} has no output"
        if shape:
            violations: list[str] = []
            read = validate.reader(shape)(_plain(call.reply), "", violations)
            # The service's own replies break length constraints of the model: phone_number_verified has 21 characters.
            assert not [text for text in violations if "length" not in text]
            assert read == call.reply, f"{call.operation} has no such members"


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Secret) else value


@pytest.fixture
def refused(cognito_idp):
    """Assert that the block is refused with that error, and with that text where one is given."""

    @contextmanager
    def check(code, message=None, status=400):
        with pytest.raises(cognito_idp.exceptions.ClientError) as caught:
            yield caught
        response = caught.value.response
        assert response["Error"]["Code"] == code
        assert response["ResponseMetadata"]["HTTPStatusCode"] == status
        if message is not None:
            assert response["Error"]["Message"] == message

    return check


@pytest.fixture
def keys():
    """What a client needs when no fake is active."""
    return dict(KEYS)


@pytest.fixture
def client(keys):
    """A client that no fake has made ready."""
    return boto3.client("cognito-idp", **keys)
