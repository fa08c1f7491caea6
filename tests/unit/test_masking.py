"""What of requests and replies is masked: told by the service model's shapes."""

from __future__ import annotations

import pytest

from pytest_cognito_pool._service.protocol import masking, model
from pytest_cognito_pool._service.secrets import Secret

# Sensitive in the model, and what tests are about: shown. The values of both maps are masked by their keys.
SHOWN = {
    "AttributeValueType",
    "AuthParametersType",
    "ChallengeResponsesType",
    "ClientIdType",
    "SessionIpAddressType",
    "UserContextDataType",
    "UsernameType",
}
# Not sensitive in the model.
ALSO_SECRET = {"DeviceKeyType"}


def test_every_sensitive_shape_is_in_one_of_two_groups():
    """A shape that a newer model brings fails this until it is put into one."""
    service = model.service()
    sensitive = {name for name in service.shape_names if service.shape_for(name).metadata.get("sensitive")}
    assert sensitive - SHOWN == sensitive & masking.SECRET_SHAPES
    assert not SHOWN & masking.SECRET_SHAPES
    assert masking.SECRET_SHAPES - sensitive - ALSO_SECRET <= {"GetDerivedTokenTokenModelType"}


def example(shape, seen=()):
    """A value of the shape with every member, and the texts of it that are secret."""
    if shape.name in seen:
        return None
    seen = (*seen, shape.name)
    if shape.type_name == "structure":
        return {name: example(member, seen) for name, member in model.members(shape).items()}
    if shape.type_name == "list":
        return [example(shape.member, seen)]
    if shape.type_name == "map":
        return {"PASSWORD": "hidden", "USERNAME": example(shape.value, seen)}
    return "hidden" if shape.name in masking.SECRET_SHAPES else "shown"


def check(masked, sent):
    if isinstance(sent, dict):
        assert masked.keys() == sent.keys()
        for name, value in sent.items():
            check(masked[name], value)
    elif isinstance(sent, list):
        for mine, other in zip(masked, sent, strict=True):
            check(mine, other)
    else:
        assert masked == sent
        assert isinstance(masked, Secret) is (sent == "hidden")


@pytest.mark.parametrize("operation", sorted(model.operations()))
def test_every_secret_of_an_operation_is_masked_and_nothing_else(operation):
    shapes = model.operation(operation)
    for mask, shape in ((masking.request, shapes.input_shape), (masking.reply, shapes.output_shape)):
        sent = example(shape) if shape is not None else {}
        check(mask(operation, sent), sent)


def test_a_reply_is_a_copy():
    sent = {"UserPool": {"Id": "x", "LambdaConfig": {"PreSignUp": "y"}}}
    masked = masking.reply("DescribeUserPool", sent)
    masked["UserPool"]["LambdaConfig"]["PreSignUp"] = "z"
    assert sent["UserPool"]["LambdaConfig"]["PreSignUp"] == "y"


def test_values_of_a_wrong_type_stay():
    sent = {"AuthFlow": 5, "AuthParameters": ["x"], "ClientId": None, "Session": 7, "UserContextData": "x"}
    assert masking.request("InitiateAuth", sent) == sent
    assert masking.reply("ListDevices", {"Devices": "none"}) == {"Devices": "none"}
    assert masking.reply("CreateUserPoolClient", {"UserPoolClient": 1}) == {"UserPoolClient": 1}


def test_values_of_pairs_by_their_names():
    """ValidationData may carry a password, as applications of the wild do."""
    pairs = [{"Name": "password", "Value": "x"}, {"Name": "name", "Value": "y"}, {"Name": "secret"}, "none"]
    masked = masking.request("SignUp", {"ValidationData": pairs})
    assert masked["ValidationData"] == pairs
    assert (
        repr(masked["ValidationData"][:2]) == "[{'Name': 'password', 'Value': '***'}, {'Name': 'name', 'Value': 'y'}]"
    )


def test_an_operation_of_a_newer_model_is_recorded_as_it_is():
    assert masking.request("DeleteEverything", {"Password": "x"}) == {"Password": "x"}


class TestUnknownNames:
    """What the model does not have is masked by its name: a misspelled password must not show."""

    def test_an_operation_that_does_not_exist(self):
        given = {
            "Username": "ana",
            "Passwrd": "x",
            "AuthParameters": {"PASSWORD": "x", "SECRET_HASH": "x"},
            "AccessToken": "x",
        }
        masked = masking.request("SingUp", given)
        assert masked == given
        assert repr(masked) == (
            "{'Username': 'ana', 'Passwrd': '***', 'AuthParameters': {'PASSWORD': '***', 'SECRET_HASH': '***'}, "
            "'AccessToken': '***'}"
        )

    def test_a_parameter_that_does_not_exist(self):
        masked = masking.request("SignUp", {"Password": ["x"], "passwd": "x", "Username": "ana"})
        assert repr(masked) == "{'Password': ['***'], 'Username': 'ana', 'passwd': '***'}"

    def test_what_is_no_object(self):
        assert masking._unknown([1]) == [1]
