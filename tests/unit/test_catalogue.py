"""The catalogue has every error of every operation of the installed service model."""

from __future__ import annotations

import pytest

from pytest_cognito_pool._service.protocol import fault_catalogue as catalogue
from pytest_cognito_pool._service.protocol import model

VALUES = {"id": "us-east-1_AbCdEf123", "principal": "arn", "resource": "*", "username": "ana"}

OF_SIGNATURES = {
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "OptInRequired",
    "RequestExpired",
    "UnrecognizedClientException",
}


@pytest.mark.parametrize("operation", sorted(model.operations()))
def test_every_error_of_an_operation_can_be_made(operation):
    codes = catalogue.codes(operation)
    assert len(set(codes)) == len(codes)
    assert {*model.errors(operation), *catalogue.COMMON} - OF_SIGNATURES <= {*codes}
    assert {*codes} >= OF_SIGNATURES or not model.needs_signature(operation)
    for code in codes:
        error = catalogue.error(operation, code, VALUES)
        assert error.code == code
        assert error.message or code in {"SerializationException", "UnknownOperationException"}
        assert "{" not in str(error.message)
        assert "<" not in str(error.message)


@pytest.mark.parametrize("operation", ["SignUp", "InitiateAuth", "GetUser"])
def test_what_needs_no_signature_is_not_refused_for_one(operation):
    assert not OF_SIGNATURES & {*catalogue.codes(operation)}


def test_the_status_is_500_where_the_model_says_that_the_service_is_at_fault():
    codes = {code for operation in model.operations() for code in model.errors(operation)}
    # botocore tells no public name of this trait.
    at_fault = {code for code in codes if model.shape(code)._shape_model.get("fault")}
    operations = {code: operation for operation in model.operations() for code in model.errors(operation)}
    made = {code for code in codes if catalogue.error(operations[code], code, VALUES).status == 500}
    assert made == at_fault
    assert "InternalErrorException" in made


def test_an_error_without_a_known_text_has_the_models_description():
    error = catalogue.error("AdminConfirmSignUp", "InvalidParameterException", VALUES)
    assert error.message == (
        "This exception is thrown when the Amazon Cognito service encounters an invalid parameter."
    )


def test_where_the_model_has_no_description_the_text_is_the_code(monkeypatch):
    shape = model.shape("InvalidParameterException")
    monkeypatch.setattr(shape, "documentation", "")
    monkeypatch.setattr(model, "shape", lambda _name: shape)
    error = catalogue.error("AdminConfirmSignUp", "InvalidParameterException", VALUES)
    assert error.message == "InvalidParameterException"


@pytest.mark.parametrize(
    ("operation", "trigger"),
    [
        ("AdminConfirmSignUp", "PostConfirmation"),
        ("SignUp", "PreSignUp"),
        ("InitiateAuth", "PreAuthentication"),
        ("ResendConfirmationCode", "CustomMessage"),
    ],
)
def test_the_trigger_that_failed_is_one_of_the_operation(operation, trigger):
    error = catalogue.error(operation, "UnexpectedLambdaException", VALUES)
    assert error.message == f"{trigger} invocation failed due to error AccessDeniedException."


def test_every_trigger_named_is_of_an_operation_that_the_model_has():
    # An older botocore does not have them.
    newer = {"GetClientToken", "GetDerivedToken", "GetTokensFromRefreshToken"}
    named = {*catalogue._TRIGGERS, *(operation for operation, _ in catalogue._OF_OPERATION)}
    assert named - model.operations() <= newer
    for operation, code in catalogue._OF_OPERATION:
        assert operation in newer or code in catalogue.codes(operation)
