"""Requests made from the service model: whatever is sent, the service answers it, and with nothing it cannot say."""

from __future__ import annotations

import base64
import contextlib
import json
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pytest_cognito_pool import Cognito, UnreportedError, UnsupportedOperationError
from pytest_cognito_pool._service.operations.families import FAMILY_OF
from pytest_cognito_pool._service.protocol import model

# An older botocore does not have all.
OPERATIONS = sorted(FAMILY_OF.keys() & model.operations())
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
# Pools of each kind, the same in every example, so that operations get past their first look-up.
POOLS = {
    "us-east-1_Plain": {},
    "us-east-1_Email": {"UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"]},
    "us-east-1_Phone": {
        "UsernameAttributes": ["phone_number", "email"],
        "AutoVerifiedAttributes": ["phone_number"],
        "SmsConfiguration": SMS,
    },
    "us-east-1_Alias": {
        "AliasAttributes": ["email", "phone_number", "preferred_username"],
        "UsernameConfiguration": {"CaseSensitive": False},
        "AutoVerifiedAttributes": ["email"],
        "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
        "Schema": [
            {"Name": "plan", "AttributeDataType": "String"},
            {"Name": "age", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "0"}},
            {"Name": "born", "AttributeDataType": "DateTime", "Mutable": False},
        ],
    },
    "eu-west-1_Other": {},
}
CLIENTS = {pool_id: f"client{number}" for number, pool_id in enumerate(POOLS)}
NAMES = ["ana", "bob@example.com", "+15551234567", "user1", "ANA"]
ATTRIBUTES = ["email", "phone_number", "email_verified", "name", "custom:plan", "custom:age", "sub", "birthdate"]
# What is likely to be right, by shape; anything else is drawn from the shape's type and constraints.
LIKELY = {
    "UserPoolIdType": list(POOLS),
    "ClientIdType": list(CLIENTS.values()),
    "UsernameType": NAMES,
    "PasswordType": ["Passw0rd!", "short", "passw0rd!", "Passw0rd!" * 25],
    "AttributeNameType": ATTRIBUTES,
    "AttributeValueType": [*NAMES, "true", "false", "5", "-1", "2000-01-01", ""],
    "CustomAttributeNameType": ["plan", "email", "custom:plan", "name"],
    "UserFilterType": ['email = "a"', 'username ^= "a"', "status = ", 'email = "\\"', 'sub="x" and'],
    "SecretHashType": ["aGFzaA=="],
    "ResourceServerIdentifierType": ["orders"],
    "ProviderNameType": ["corp", "Google", "Cognito"],
    "ProviderNameTypeV2": ["corp", "Google"],
    "ProviderDetailsType": [
        {"MetadataFile": "<a/>"},
        {"client_id": "1", "client_secret": "2", "authorize_scopes": "openid"},
    ],
    "SearchPaginationTokenType": ["token"],
    "PaginationKey": ["token"],
    "StringType": ["0", "5", "abc", "1e5", "-3", "9" * 30, ""],
}
TEXTS = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(categories=["Cs", "Cc", "Zs", "So"]), max_size=6),
    st.sampled_from(["", " ", "\x00", "\ud800", "\udfff x", "a" * 129, "a" * 2049, "é", "\u2028", "{x}", "%s", "1\n"]),
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
quick = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def mostly(right, wrong):
    """Seven times in eight what is right: a request that is wrong all over says less than one wrong in a place."""
    # Not `one_of`, which takes each strategy once.
    return st.sampled_from([*[right] * 7, wrong]).flatmap(lambda chosen: chosen)


def strings(shape):
    likely = [*LIKELY.get(shape.name, ()), *shape.enum]
    return mostly(st.sampled_from(likely), TEXTS) if likely else TEXTS


def numbers(shape):
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 2**31)
    return mostly(st.integers(least, most), st.sampled_from([least - 1, most + 1, 0, -1, 2**31, 2**63, -(2**70)]))


def structures(shape, wrong):
    required = set(shape.metadata.get("required", ()))
    members = {name: values(member, wrong) for name, member in shape.members.items()}
    likely = st.fixed_dictionaries(
        {name: member for name, member in members.items() if name in required},
        optional={name: member for name, member in members.items() if name not in required},
    )
    return mostly(likely, st.fixed_dictionaries({}, optional=members))


def values(shape, wrong):
    """Values of a shape that botocore can serialise; with `wrong` set, JSON of any type in between."""
    if shape.type_name == "string":
        right = strings(shape)
    elif shape.type_name in {"integer", "long"}:
        right = numbers(shape)
    elif shape.type_name == "boolean":
        right = st.booleans()
    elif shape.type_name == "list":
        right = st.lists(values(shape.member, wrong), max_size=3)
    elif shape.type_name == "map":
        right = st.dictionaries(strings(shape.key), values(shape.value, wrong), max_size=3)
    elif shape.type_name == "blob":
        right = st.binary(max_size=20).map(lambda data: base64.b64encode(data).decode()) if wrong else st.binary()
    elif getattr(shape, "is_document_type", False):
        right = JSON
    elif shape.type_name == "structure":
        right = structures(shape, wrong)
    else:
        raise NotImplementedError(shape.type_name)
    return mostly(right, JSON) if wrong else right


def requests(operation, *, wrong=False):
    return structures(model.operation(operation).input_shape, wrong)


class Wire:
    """A client that validates nothing and, where a body is set, sends that in place of its own."""

    def __init__(self):
        config = Config(parameter_validation=False)
        keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
        self.client = boto3.client("cognito-idp", region_name="us-east-1", config=config, **keys)
        self.client.meta.events.register("before-call.cognito-identity-provider", self._replace)
        self.body = None

    def _replace(self, params, **_kwargs):
        if self.body is not None:
            params["body"] = self.body

    def send(self, operation, request=None, body=None):
        self.body = body
        method = xform_name(operation)
        try:
            return getattr(self.client, method)(**(request or {}))
        finally:
            self.body = None


@pytest.fixture(scope="module")
def wire():
    return Wire()


@pytest.fixture
def check(pytestconfig):
    """The hook of our conftest.py, which checks every reply and error of the fixtures' fakes."""
    return lambda call: pytestconfig.hook.pytest_cognito_pool_call(call=call)


@contextlib.contextmanager
def account(check):
    """An account with pools of all kinds and users in them; what it tells authors is not told to us."""
    cognito = Cognito(region="us-east-1", on_call=check)
    for pool_id, pool_settings in POOLS.items():
        pool = cognito.create_pool(Id=pool_id, client_id=CLIENTS[pool_id], **pool_settings)
        for name, status in (("ana", "UNCONFIRMED"), ("user1", "CONFIRMED")):
            pool.add_user(f"{name}@example.com" if pool_settings.get("UsernameAttributes") else name, status=status)
    with contextlib.suppress(UnreportedError), cognito:
        yield cognito


def attempt(wire, operation, request=None, body=None):
    """Send it: there is a reply, an error of the service, or the author's error for what is not simulated."""
    status, unsupported = 200, "none"
    try:
        wire.send(operation, request, body)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    except UnsupportedOperationError as error:
        unsupported = error.detail
    assert status == 200 or 400 <= status < 500
    assert unsupported, "an operation that is simulated said that it is not"


def send(check, wire, operation, request=None, body=None):
    """Send it to an account of its own, and look at what that kept of it."""
    with account(check) as cognito:
        attempt(wire, operation, request, body)
        assert len(cognito.calls) == 1
        call = cognito.calls[0]
        assert call.operation == operation
        assert call.invocations == [one for pool in cognito.pools.values() for one in pool.triggers]
        assert repr(call)
        for one in call.invocations:
            assert one.event.model_dump(by_alias=True) == one.payload


@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_a_client_can_send_is_answered(check, wire, operation):
    @quick
    @given(requests(operation))
    def answered(request):
        send(check, wire, operation, request)

    answered()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_json_is_sent_is_answered(check, wire, operation):
    @quick
    @given(requests(operation, wrong=True) | JSON)
    def answered(content):
        send(check, wire, operation, body=json.dumps(content).encode())

    answered()


ALL_BUT_X = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {
            "Effect": "Deny",
            "Action": "*",
            "Resource": "*",
            "Condition": {
                "StringEquals": {"aws:RequestTag/x": "${aws:ResourceTag/x}"},
                "ForAnyValue:StringEquals": {"aws:TagKeys": "x"},
            },
        },
    ],
}


@pytest.mark.parametrize("operation", ["AdminConfirmSignUp", "CreateUserPool", "ListUserPools", "UpdateUserPool"])
def test_whatever_json_is_sent_is_judged(check, wire, operation):
    @quick
    @given(requests(operation, wrong=True) | JSON)
    def judged(content):
        with account(check) as cognito:
            cognito.enforce(ALL_BUT_X)
            attempt(wire, operation, body=json.dumps(content).encode())
            (call,) = cognito.calls
            assert (call.error and call.error.code) == "SerializationException" or call.permission

    judged()


def test_whatever_bytes_are_sent_are_answered(check, wire):
    @settings(quick, max_examples=100)
    @given(st.binary(max_size=60) | st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")))
    @example(b"\xed\xa0\x80")
    @example(b'{"UserPoolId":"\xed\xa0\x80"}')
    @example(b'{"UserPoolId":"us-east-1_Plain","Username":"ana","ClientMetadata":{"a":"\\ud800"}}')
    @example(b'{"UserPoolId":1e400}')
    @example(b'{"UserPoolId":' + b"9" * 4300 + b"}")
    @example(b'{"UserPoolId":-' + b"9" * 4301 + b"}")
    @example(b'{"UserPoolId":' + b"[" * 100_000)
    @example(b'{"":{"":{"":{}}}}')
    def answered(body):
        send(check, wire, "AdminConfirmSignUp", body=body)

    answered()


def test_several_requests_one_after_the_other(check, wire):
    """What one request leaves behind, the next one finds."""
    steps = st.sampled_from(OPERATIONS).flatmap(lambda name: st.tuples(st.just(name), requests(name)))

    @settings(quick, max_examples=40)
    @given(st.lists(steps, min_size=2, max_size=8))
    def answered(requests):
        with account(check):
            for operation, request in requests:
                attempt(wire, operation, request)

    answered()


POOL_REQUESTS = st.fixed_dictionaries(
    {"PoolName": st.just("p")},
    optional={
        "UsernameAttributes": st.lists(st.sampled_from(["email", "phone_number"]), max_size=3),
        "AutoVerifiedAttributes": st.lists(st.sampled_from(["email", "phone_number"]), max_size=3),
        "Policies": values(model.shape("UserPoolPolicyType"), wrong=False),
        "AdminCreateUserConfig": values(model.shape("AdminCreateUserConfigType"), wrong=False),
        "Schema": st.lists(values(model.shape("SchemaAttributeType"), wrong=False), min_size=1, max_size=2),
        "SmsConfiguration": st.just(SMS),
        "LambdaConfig": st.sampled_from([{}, {"PostConfirmation": "arn:aws:lambda:us-east-1:123456789012:function:f"}]),
    },
)


@example({"PoolName": "p", "UsernameAttributes": ["email", "email"]}, ("ana", {}, {"Password": "Passw0rd!"}))
@example({"PoolName": "p", "Policies": {"SignInPolicy": {}}}, ("ana", {}, {}))
@example(
    {
        "PoolName": "p",
        "Schema": [
            {"Name": "age", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "abc"}},
        ],
    },
    ("ana", {"custom:age": "5"}, {}),
)
@settings(quick, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    POOL_REQUESTS,
    st.tuples(
        st.sampled_from(NAMES),
        st.dictionaries(
            st.sampled_from([*ATTRIBUTES, "custom:"]), st.sampled_from(LIKELY["AttributeValueType"]), max_size=3
        ),
        st.fixed_dictionaries({}, optional={"Password": st.sampled_from(LIKELY["PasswordType"])}),
    ),
)
def test_users_of_any_pool_that_can_be_made(check, wire, pool, user):
    """A setting that is taken does not break what comes after it."""
    name, attributes, password = user
    with account(check):
        try:
            pool_id = wire.send("CreateUserPool", pool)["UserPool"]["Id"]
        except (ClientError, UnsupportedOperationError):
            return
        client = wire.send("CreateUserPoolClient", {"UserPoolId": pool_id, "ClientName": "c"})["UserPoolClient"]
        rows = {"UserAttributes": [{"Name": key, "Value": value} for key, value in attributes.items()]}
        of_user = {"UserPoolId": pool_id, "Username": name}
        attempt(wire, "AdminCreateUser", {**of_user, **rows})
        attempt(wire, "AdminDeleteUser", of_user)
        attempt(wire, "SignUp", {"ClientId": client["ClientId"], "Username": name, **rows, **password})
        attempt(wire, "AdminUpdateUserAttributes", {**of_user, **rows})
        attempt(wire, "AdminConfirmSignUp", of_user)
        attempt(wire, "AdminSetUserPassword", {**of_user, "Password": "Passw0rd!", **password})
        attempt(wire, "ListUsers", {"UserPoolId": pool_id})
        attempt(wire, "DescribeUserPool", {"UserPoolId": pool_id})


def test_many_at_once_are_all_answered(check):
    """Threads that make, list and delete the same users meet nothing but the service's own refusals."""
    wires = [Wire() for _ in range(4)]

    def work(wire):
        of_user = {"UserPoolId": "us-east-1_Plain", "Username": "eve"}
        for operation, request in [
            ("AdminCreateUser", of_user),
            ("ListUsers", {"UserPoolId": "us-east-1_Plain", "Limit": 1}),
            ("AdminSetUserPassword", {**of_user, "Password": "Passw0rd!", "Permanent": True}),
            ("AdminDeleteUser", of_user),
        ] * 5:
            attempt(wire, operation, request)

    with account(check) as cognito, ThreadPoolExecutor(len(wires)) as threads:
        assert list(threads.map(work, wires)) == [None] * len(wires)
    assert len(cognito.calls) == 80
