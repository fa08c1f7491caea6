"""What every test of ours stands on: no impossible answer, no rule without its evidence."""

from __future__ import annotations

import base64
import gc
import os
from contextlib import contextmanager
from typing import ClassVar

import boto3

# Runs of pytest within pytest forget what they imported, and cryptography's own errors then have two classes.
import cryptography.exceptions
import cryptography.hazmat.primitives.asymmetric.padding
import cryptography.hazmat.primitives.asymmetric.rsa
import cryptography.hazmat.primitives.hashes  # noqa: F401
import freezegun
import hypothesis
import pytest

from pytest_cognito_pool._service.dispatch import Dispatcher
from pytest_cognito_pool._service.protocol import fault_catalogue, model, validate
from pytest_cognito_pool._service.secrets import Secret

# It looks at every name of every module, and Powertools' lazy ones cannot be made while time stands.
freezegun.configure(extend_ignore_list=["aws_lambda_powertools"])
# Machines are slow at times; and a CI run says of the same commit the same.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

# Answers outside the protocol, and to what is no operation.
OUTSIDE = {"BadRequest", "UnknownOperationException", "SerializationException"}
EVIDENCE = {"observed", "documented", "model", "inferred"}
KEYS = {"region_name": "us-east-1", "aws_access_key_id": "key", "aws_secret_access_key": "secret"}


def pytest_collection_modifyitems(items):
    for item in items:
        if "/tests/operations/" in str(item.path):
            marks = list(item.iter_markers("evidence"))
            if not marks or any(len(mark.args) != 2 or mark.args[0] not in EVIDENCE for mark in marks):
                raise pytest.UsageError(f"{item.nodeid} needs @pytest.mark.evidence(kind, where)")


def pytest_collection_finish():
    """Have no collection look at what is there by now: each run of pytest within pytest makes several."""
    gc.collect()
    gc.freeze()


class CheckedReplies:
    """A Listener that passes everything on, and notes replies and errors that the service could not give."""

    found: ClassVar[list[str]] = []

    def __init__(self, listener):
        self._listener = listener

    def __getattr__(self, name):
        return getattr(self._listener, name)

    def call_finished(self, call):
        self.found.extend(impossible(call))
        self._listener.call_finished(call)


def impossible(call):
    """What of a finished call the service could not have answered, by its model; pages have none."""
    if " /" in call.operation:
        return
    if call.operation not in model.operations():
        yield from () if call.error.code in OUTSIDE else (f"{call!r} is no operation",)
        return
    if call.error and call.error.code not in {*fault_catalogue.codes(call.operation), *OUTSIDE}:
        yield f"{call.operation} cannot answer {call.error.code}"
    if call.reply is None:
        return
    shape = model.operation(call.operation).output_shape
    if shape is None:
        yield from (f"{call.operation} has no output",) if call.reply else ()
        return
    violations: list[tuple[str, str]] = []
    read = validate.reader(shape)(_plain(call.reply), "", violations)
    # The service's own replies break constraints of the model: phone_number_verified has 21 characters, and the
    # CustomDomainConfig of a prefix is empty.
    yield from (f"{call!r}: {text}" for _, text in violations if "length" not in text and "certificateArn" not in text)
    if _plain(read) != _plain(call.reply):
        yield f"{call.operation} has no such members: {call.reply!r}"


@pytest.fixture(scope="session", autouse=True)
def _every_reply_is_checked():
    """Have every fake of the suite told of, those of `with Cognito()` too."""
    made = Dispatcher.__init__

    def checked(self, account, listener, interceptor):
        made(self, account, CheckedReplies(listener), interceptor)

    Dispatcher.__init__ = checked
    yield
    Dispatcher.__init__ = made


@pytest.fixture(autouse=True)
def _no_reply_is_impossible():
    CheckedReplies.found.clear()
    yield
    assert CheckedReplies.found == []


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
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
