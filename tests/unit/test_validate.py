"""Requests against the service model: every constraint, every mismatch, every pattern."""

from __future__ import annotations

import base64
import re
import string
from itertools import product
from time import process_time

import pytest
from botocore.model import ShapeResolver
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.protocol import model, printed, validate

POOL = "us-east-1_AbCdEf123"
NAME = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+"
POOL_ID = r"[\w-]+_[0-9a-zA-Z]+"
SHAPES = [model.service().shape_for(name) for name in model.service().shape_names]
PATTERNS = sorted({shape.metadata["pattern"] for shape in SHAPES if "pattern" in shape.metadata})
UNICODE_PATTERNS = [pattern for pattern in PATTERNS if r"\p" in pattern]
ASCII = [chr(code) for code in range(128)]
DIVIDED = [pattern for pattern in PATTERNS if validate._divided(pattern)]
# What backtracking patterns repeat, and what they look for, over and over.
UNITS = ["a", "@", "a@", "{", "#", "{##", "##}", "{##a##}", "{####}", "{####", "_", "_a", "0", ".", "a-", " ", "arn:a:"]


def refusal(operation, body):
    with pytest.raises(ServiceError) as caught:
        validate.request(operation, body)
    return caught.value


def violations(operation, body):
    """The violations of a request, checked to be counted, joined and worded as the service does."""
    error = refusal(operation, body)
    assert (error.code, error.status) == ("InvalidParameterException", 400)
    assert error.why == ""
    head, _, rest = error.message.partition(" detected: ")
    found = rest.split("; ")
    assert head == ("1 validation error" if len(found) == 1 else f"{len(found)} validation errors")
    return found


def mismatch(operation, body):
    error = refusal(operation, body)
    assert (error.code, error.status) == ("SerializationException", 400)
    return error.message


def pool(**settings):
    return {"PoolName": "p", **settings}


has_maps_of_structures = pytest.mark.skipif(
    "AcrConfiguration" not in model.parameters("CreateUserPool"), reason="the installed service model has no such map"
)


class TestWhatIsRead:
    def test_a_request_comes_through_as_it_was_sent(self):
        body = {"UserPoolId": POOL, "Username": "ana", "ClientMetadata": {"plan": "pro", "": ""}}
        assert validate.request("AdminConfirmSignUp", body) == body

    def test_unknown_members_are_dropped_at_every_depth(self):
        body = {"UserPoolId": POOL, "Username": "ana", "Colour": "red", "UserAttributes": [{"Name": "n", "Size": 3}]}
        read = validate.request("AdminUpdateUserAttributes", body)
        assert read == {"UserPoolId": POOL, "Username": "ana", "UserAttributes": [{"Name": "n"}]}

    def test_an_optional_null_is_as_if_absent(self):
        body = {"UserPoolId": POOL, "Username": "ana", "ClientMetadata": None}
        assert validate.request("AdminConfirmSignUp", body) == {"UserPoolId": POOL, "Username": "ana"}

    def test_a_nested_optional_null_is_as_if_absent(self):
        read = validate.request("CreateUserPool", pool(Policies={"PasswordPolicy": None}, LambdaConfig={}))
        assert read == pool(Policies={}, LambdaConfig={})

    def test_the_request_is_not_changed(self):
        body = {"UserPoolId": POOL, "Username": "ana", "ClientMetadata": None, "Colour": "red"}
        before = dict(body)
        validate.request("AdminConfirmSignUp", body)
        assert body == before

    def test_an_operation_without_parameters_of_ours_takes_an_empty_request(self):
        assert validate.request("DescribeUserPool", {"UserPoolId": POOL}) == {"UserPoolId": POOL}

    @pytest.mark.parametrize(
        "name", ["ana", "a" * 128, "josé", "名前", "😀", "a\u0301", "a@b.c", "+1555", "<script>", "€"]
    )
    def test_usernames_of_any_script_pass(self, name):
        assert validate.request("AdminGetUser", {"UserPoolId": POOL, "Username": name})["Username"] == name

    def test_a_blob_is_decoded(self):
        read = validate.request("SetUICustomization", {"UserPoolId": POOL, "ImageFile": "aGk="})
        assert read["ImageFile"] == b"hi"

    @pytest.mark.parametrize("document", [{"a": [1, {"b": None}]}, "text", 5, [None], True])
    def test_a_document_may_be_anything(self, document):
        body = {"UserPoolId": POOL, "ClientId": "c", "Settings": document}
        assert validate.request("CreateManagedLoginBranding", body) == body

    @pytest.mark.parametrize("moment", [0, 1.5, -3, 1_700_000_000.123])
    def test_a_timestamp_is_a_number(self, moment):
        assert validate.reader(model.shape("DateType"))(moment, "date", []) == moment

    def test_a_long_is_a_whole_number(self):
        assert validate.reader(model.shape("LongType"))(2**40, "long", []) == 2**40

    @has_maps_of_structures
    def test_a_map_of_structures_is_read(self):
        body = pool(AcrConfiguration={})
        assert validate.request("CreateUserPool", body) == body

    @has_maps_of_structures
    def test_the_map_of_structures_of_the_model_is_read(self):
        body = pool(AcrConfiguration={"Level1": {"AcrValue": "low", "Colour": "red"}})
        read = validate.request("CreateUserPool", body)
        assert read == pool(AcrConfiguration={"Level1": {"AcrValue": "low"}})


def read_map(value, sent):
    """What is read of a map of those values, and the violations."""
    definition = {"type": "map", "key": {"shape": "TagKeysType"}, "value": {"shape": value}, "min": 1}
    shape = ShapeResolver({**model.service()._shape_resolver._shape_map, "PeopleType": definition}).get_shape_by_name(
        "PeopleType"
    )
    found = []
    read = validate._BUILDERS["map"](shape)(sent, "people", found)
    return read, [text for _, text in found]


class TestMapsOfStructures:
    """Values that are structures or lists are read and addressed each by itself, as those of a list are."""

    def test_unknown_members_and_nulls_are_dropped(self):
        sent = {"ana": {"Name": "n", "Value": None, "Colour": "red"}, "bob": {"Name": "n", "Value": "v"}}
        assert read_map("AttributeType", sent) == ({"ana": {"Name": "n"}, "bob": {"Name": "n", "Value": "v"}}, [])
        assert sent["ana"] == {"Name": "n", "Value": None, "Colour": "red"}

    @pytest.mark.parametrize("member", [{}, {"Name": None}])
    def test_a_missing_member_is_addressed_by_its_key(self, member):
        assert read_map("AttributeType", {"ana": {"Name": "n"}, "bob": member})[1] == [
            "Value null at 'people.bob.member.name' failed to satisfy constraint: Member must not be null"
        ]

    def test_each_violation_is_found(self):
        assert read_map("AttributeType", {"ana": {"Name": "n" * 33}, "bob": {"Name": "n", "Value": "v" * 2049}})[1] == [
            (
                f"Value '{'n' * 33}' at 'people.ana.member.name' failed to satisfy constraint: "
                "Member must have length less than or equal to 32"
            ),
            (
                "Value at 'people.bob.member.value' failed to satisfy constraint: "
                "Member must have length less than or equal to 2048"
            ),
        ]

    def test_a_value_must_not_be_null(self):
        assert read_map("AttributeType", {"ana": None})[1] == [
            "Value null at 'people.ana.member' failed to satisfy constraint: Member must not be null"
        ]

    def test_length_and_keys_are_of_the_map(self):
        assert read_map("AttributeType", {})[1] == [
            "Value '{}' at 'people' failed to satisfy constraint: Member must have length greater than or equal to 1"
        ]
        assert read_map("AttributeType", {"": {"Name": "n"}})[1] == [
            (
                "Value '{=AttributeType(name=n)}' at 'people' failed to satisfy constraint: "
                "Map keys must satisfy constraint: [Member must have length less than or equal to 128, "
                "Member must have length greater than or equal to 1]"
            )
        ]

    def test_lists_are_read_too(self):
        sent = {"ana": [{"Name": "n", "Colour": "red"}, {}]}
        assert read_map("AttributeListType", sent)[1] == [
            "Value null at 'people.ana.member.2.member.name' failed to satisfy constraint: Member must not be null"
        ]
        assert read_map("AttributeListType", {"ana": sent["ana"][:1]}) == ({"ana": [{"Name": "n"}]}, [])

    @pytest.mark.parametrize("value", ["AttributeType", "AttributeListType", "ClientMetadataType"])
    def test_another_type_is_refused(self, value):
        with pytest.raises(ServiceError, match="SerializationException"):
            read_map(value, {"ana": "n"})


class TestConstraints:
    def test_a_missing_member_must_not_be_null(self):
        assert violations("AdminConfirmSignUp", {"Username": "ana"}) == [
            "Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"
        ]

    def test_a_null_member_must_not_be_null(self):
        assert violations("AdminConfirmSignUp", {"UserPoolId": None, "Username": "ana"}) == [
            "Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"
        ]

    @pytest.mark.parametrize("body", [{"UserPoolId": POOL}, {"UserPoolId": POOL, "Username": None}])
    def test_a_missing_username_is_masked(self, body):
        assert violations("AdminConfirmSignUp", body) == [
            "Value at 'username' failed to satisfy constraint: Member must not be null"
        ]

    def test_a_missing_client_id_is_echoed_though_it_is_sensitive(self):
        assert "Value null at 'clientId' failed to satisfy constraint: Member must not be null" in violations(
            "SignUp", {"Username": "ana"}
        )

    def test_the_captured_pattern_text(self):
        # anomalyco/guide#127, but for the value: the one quoted there satisfies the pattern
        error = refusal("AdminConfirmSignUp", {"UserPoolId": "YOUR-USER-POOL-ID", "Username": "ana"})
        assert error.message == (
            "1 validation error detected: Value 'YOUR-USER-POOL-ID' at 'userPoolId' failed to satisfy constraint: "
            r"Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+"
        )

    @pytest.mark.parametrize(
        ("username", "constraints"),
        [
            ("a b", [f"Member must satisfy regular expression pattern: {NAME}"]),
            ("a" * 129, ["Member must have length less than or equal to 128"]),
            ("\ud800", [f"Member must satisfy regular expression pattern: {NAME}"]),
            ("ana\n", [f"Member must satisfy regular expression pattern: {NAME}"]),
            (
                "",
                [
                    "Member must have length greater than or equal to 1",
                    f"Member must satisfy regular expression pattern: {NAME}",
                ],
            ),
        ],
    )
    def test_a_username_is_masked_in_every_text(self, username, constraints):
        found = violations("AdminConfirmSignUp", {"UserPoolId": POOL, "Username": username})
        assert sorted(found) == sorted(f"Value at 'username' failed to satisfy constraint: {c}" for c in constraints)

    def test_every_violation_is_counted(self):
        error = refusal("AdminConfirmSignUp", {"UserPoolId": "", "Username": ""})
        assert error.message.startswith("4 validation errors detected: Value '' at 'userPoolId' failed to ")
        assert error.message.count("; ") == 3

    @pytest.mark.parametrize(
        ("limit", "bound"), [(61, "less than or equal to 60"), (-1, "greater than or equal to 0"), (2**80, "less than")]
    )
    def test_a_number_has_its_range(self, limit, bound):
        (found,) = violations("ListUsers", {"UserPoolId": POOL, "Limit": limit})
        assert found.startswith(
            f"Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value {bound}"
        )

    @pytest.mark.parametrize("limit", [0, 1, 60])
    def test_a_number_in_its_range_passes(self, limit):
        assert validate.request("ListUsers", {"UserPoolId": POOL, "Limit": limit})["Limit"] == limit

    @pytest.mark.parametrize("body", [{}, {"MaxResults": None}])
    def test_an_omitted_number_is_read_as_0(self, body):
        assert violations("ListUserPools", body) == [
            "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1"
        ]

    def test_an_omitted_number_that_may_be_0_is_no_violation(self):
        assert validate._missing(model.shape("IntegerType"), "number") == []

    def test_an_enum_lists_its_values(self):
        assert violations("CreateUserPool", pool(MfaConfiguration="MAYBE")) == [
            (
                "Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: "
                "Member must satisfy enum value set: [OFF, ON, OPTIONAL]"
            )
        ]

    def test_an_enum_has_its_case(self):
        assert violations("CreateUserPool", pool(MfaConfiguration="off"))

    def test_a_nested_member_is_addressed_by_its_path(self):
        assert violations("CreateUserPool", pool(Policies={"PasswordPolicy": {"MinimumLength": 5}})) == [
            (
                "Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: "
                "Member must have value greater than or equal to 6"
            )
        ]

    def test_a_list_of_structures_is_addressed_from_1(self):
        rows = [{"Name": "plan"}, {"Name": "x" * 21}]
        assert violations("CreateUserPool", pool(Schema=rows)) == [
            (
                "Value 'xxxxxxxxxxxxxxxxxxxxx' at 'schema.2.member.name' failed to satisfy constraint: "
                "Member must have length less than or equal to 20"
            )
        ]

    def test_a_list_has_its_length(self):
        assert violations("CreateUserPool", pool(Schema=[])) == [
            "Value '[]' at 'schema' failed to satisfy constraint: Member must have length greater than or equal to 1"
        ]

    def test_a_list_that_is_too_long_is_printed_as_java_does(self):
        rows = [{"Name": "n", "Mutable": True}] * 51
        (found,) = violations("CreateUserPool", pool(Schema=rows))
        row = "SchemaAttributeType(name=n, mutable=true)"
        assert found.startswith(f"Value '[{row}, {row}, ")
        assert found.endswith(
            f"{row}]' at 'schema' failed to satisfy constraint: Member must have length less than or equal to 50"
        )

    def test_a_list_of_texts_is_violated_as_a_whole_and_each_constraint_named_once(self):
        names = ["mail", "email", "post", None]
        assert violations("CreateUserPool", pool(AliasAttributes=names)) == [
            (
                "Value '[mail, email, post, null]' at 'aliasAttributes' failed to satisfy constraint: "
                "Member must satisfy constraint: [Member must satisfy enum value set: [phone_number, email, "
                "preferred_username], Member must not be null]"
            )
        ]

    def test_a_map_names_its_keys_and_its_values_apart(self):
        assert violations("CreateUserPool", pool(UserPoolTags={"": "x" * 257, "team": None})) == [
            (
                f"Value '{{={'x' * 257}, team=null}}' at 'userPoolTags' failed to satisfy constraint: "
                "Map keys must satisfy constraint: [Member must have length less than or equal to 128, "
                "Member must have length greater than or equal to 1]"
            ),
            (
                f"Value '{{={'x' * 257}, team=null}}' at 'userPoolTags' failed to satisfy constraint: "
                "Map value must satisfy constraint: [Member must have length less than or equal to 256, "
                "Member must have length greater than or equal to 0, Member must not be null]"
            ),
        ]

    @has_maps_of_structures
    def test_a_map_has_its_length(self):
        mapping = {f"level{number}": {} for number in range(5)}
        found = violations("CreateUserPool", pool(AcrConfiguration=mapping))
        assert any("at 'acrConfiguration'" in line and line.endswith("equal to 4") for line in found)

    @pytest.mark.parametrize("mapping", [{}, {"a": ""}, {str(number): "x" for number in range(500)}])
    def test_client_metadata_may_have_any_number_of_entries(self, mapping):
        body = {"UserPoolId": POOL, "Username": "ana", "ClientMetadata": mapping}
        assert validate.request("AdminConfirmSignUp", body) == body

    def test_a_metadata_value_has_its_length(self):
        body = {"UserPoolId": POOL, "Username": "ana", "ClientMetadata": {"a": "x" * 131073}}
        (found,) = violations("AdminConfirmSignUp", body)
        assert found.endswith(
            "Map value must satisfy constraint: [Member must have length less than or equal to 131072, "
            "Member must have length greater than or equal to 0]"
        )

    def test_passwords_and_attribute_values_are_masked(self):
        body = {
            "ClientId": "c*",
            "Username": "ana",
            "Password": "my secret",
            "SecretHash": "my*hash",
            "UserAttributes": [{"Name": "name", "Value": "v" * 2049}, {"Value": "x"}],
        }
        error = refusal("SignUp", body)
        assert not any(hidden in error.message for hidden in ("my secret", "my*hash", "vvv"))
        assert violations("SignUp", body) == [
            (
                "Value 'c*' at 'clientId' failed to satisfy constraint: "
                r"Member must satisfy regular expression pattern: [\w+]+"
            ),
            r"Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+",
            (
                "Value at 'secretHash' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                r"[\w+=/]+"
            ),
            (
                "Value at 'userAttributes.1.member.value' failed to satisfy constraint: "
                "Member must have length less than or equal to 2048"
            ),
            "Value null at 'userAttributes.2.member.name' failed to satisfy constraint: Member must not be null",
        ]


class TestTypes:
    @pytest.mark.parametrize(
        ("body", "text"),
        [
            ({"Username": {}}, "Start of structure or map found where not expected."),
            ({"Username": []}, "Start of list found where not expected"),
            ({"Username": True}, "TRUE_VALUE can not be converted to a String"),
            ({"Username": False}, "FALSE_VALUE can not be converted to a String"),
            ({"Username": 5}, "NUMBER_VALUE can not be converted to a String"),
            ({"Username": 5.5}, "NUMBER_VALUE can not be converted to a String"),
            ({"ClientMetadata": "x"}, "Expected map or null"),
            ({"ClientMetadata": 5}, "Expected map or null"),
            ({"ClientMetadata": True}, "Expected map or null"),
            ({"ClientMetadata": ["x"]}, "Start of list found where not expected"),
            ({"ClientMetadata": {"a": 1}}, "NUMBER_VALUE can not be converted to a String"),
            ({"ClientMetadata": {"a": {}}}, "Start of structure or map found where not expected."),
            ({"ClientMetadata": {"a": [1]}}, "Start of list found where not expected"),
        ],
    )
    def test_of_a_confirm(self, body, text):
        assert mismatch("AdminConfirmSignUp", {"UserPoolId": POOL, "Username": "ana", **body}) == text

    @pytest.mark.parametrize(
        ("operation", "body", "text"),
        [
            ("ListUsers", {"Limit": "5"}, "STRING_VALUE can not be converted to an Integer"),
            ("ListUsers", {"Limit": 5.0}, "NUMBER_VALUE can not be converted to an Integer"),
            ("ListUsers", {"Limit": True}, "TRUE_VALUE can not be converted to an Integer"),
            ("ListUsers", {"AttributesToGet": "email"}, "Expected list or null"),
            ("ListUsers", {"AttributesToGet": {}}, "Start of structure or map found where not expected."),
            ("ListUsers", {"AttributesToGet": [5]}, "NUMBER_VALUE can not be converted to a String"),
            ("ListUsers", {"AttributesToGet": [[]]}, "Start of list found where not expected"),
            ("CreateUserPool", {"Policies": "x"}, "Expected structure or null"),
            ("CreateUserPool", {"Policies": []}, "Start of list found where not expected"),
            ("CreateUserPool", {"Schema": ["x"]}, "Expected structure or null"),
            pytest.param(
                "CreateUserPool",
                {"AcrConfiguration": {"a": "x"}},
                "Expected structure or null",
                marks=has_maps_of_structures,
            ),
            ("AdminCreateUser", {"ForceAliasCreation": None, "UserAttributes": 5}, "Expected list or null"),
            ("CreateUserPool", {"Policies": 5}, "Unexpected value type in payload"),
            ("AdminCreateUser", {"ForceAliasCreation": 1}, "NUMBER_VALUE can not be converted to a Boolean"),
            ("SetUICustomization", {"ImageFile": 5}, "NUMBER_VALUE can not be converted to a Blob"),
            ("SetUICustomization", {"ImageFile": "not base64!"}, None),
            ("SetUICustomization", {"ImageFile": "é"}, None),
        ],
    )
    def test_of_others(self, operation, body, text):
        required = {"UserPoolId": POOL, "PoolName": "p", "Username": "ana"}
        assert mismatch(operation, {**required, **body}) == text

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("2026-01-01", "STRING_VALUE can not be converted to a Timestamp"),
            (True, "TRUE_VALUE can not be converted to a Timestamp"),
            ({}, "Start of structure or map found where not expected."),
        ],
    )
    def test_of_timestamps(self, value, text):
        with pytest.raises(ServiceError) as caught:
            validate.reader(model.shape("DateType"))(value, "date", [])
        assert caught.value.message == text

    def test_of_longs(self):
        with pytest.raises(ServiceError) as caught:
            validate.reader(model.shape("LongType"))("5", "long", [])
        assert caught.value.message == "STRING_VALUE can not be converted to a Long"

    @pytest.mark.parametrize(
        "body",
        [
            {"UserPoolId": "no pool", "Username": 5},
            {"UserPoolId": 5, "Username": "a b"},
            {"UserPoolId": "", "Username": "", "ClientMetadata": []},
            {"ClientMetadata": {"a": {}}},
        ],
    )
    def test_a_wrong_type_wins_over_constraints(self, body):
        assert mismatch("AdminConfirmSignUp", body)

    def test_a_wrong_type_tells_the_author_why(self):
        error = refusal("AdminConfirmSignUp", {"UserPoolId": POOL, "Username": []})
        assert error.why == "a JSON list was sent where the model has a String"

    def test_a_null_row_is_not_told_that_null_is_expected(self):
        """Null stands where the text says it may: it is a violated constraint, as in a list of texts."""
        assert violations("CreateUserPool", pool(Schema=[{"Name": "plan"}, None])) == [
            (
                "Value '[SchemaAttributeType(name=plan), null]' at 'schema' failed to satisfy constraint: "
                "Member must satisfy constraint: [Member must not be null]"
            )
        ]

    @pytest.mark.parametrize(("sent", "read"), [("true", True), ("yes", True), ("", True), ("False", False)])
    def test_a_text_is_accepted_for_a_boolean(self, sent, read):
        """Observed for "yes" (floci-io/floci#2869)."""
        body = {"UserPoolId": POOL, "Username": "ana", "ForceAliasCreation": sent}
        assert validate.request("AdminCreateUser", body)["ForceAliasCreation"] is read


class TestPrinted:
    """Values as the service's own language prints them: observed, cdk-preflight and floci-io/floci#2869."""

    def test_a_list_of_structures_that_is_too_long(self):
        scopes = [{"ScopeDescription": "d", "ScopeName": f"s{number}"} for number in range(101)]
        body = {"UserPoolId": POOL, "Identifier": "api", "Name": "api", "Scopes": scopes}
        (found,) = violations("CreateResourceServer", body)
        assert found.startswith(
            "Value '[ResourceServerScopeType(scopeName=s0, scopeDescription=d), ResourceServerScopeType(scopeName=s1, "
        )
        assert found.endswith(
            " at 'scopes' failed to satisfy constraint: Member must have length less than or equal to 100"
        )

    def test_a_list_of_texts_that_is_too_long(self):
        identifiers = [f"id{number}" for number in range(51)]
        body = {"ProviderName": "corp", "ProviderType": "OIDC", "ProviderDetails": {}, "UserPoolId": POOL}
        (found,) = violations("CreateIdentityProvider", {**body, "IdpIdentifiers": identifiers})
        assert found.startswith("Value '[id0, id1, id2, ")

    def test_a_list_of_enums(self):
        actions = {"Actions": {"EventAction": "BLOCK"}, "EventFilter": ["DELETE_USER"]}
        body = {"UserPoolId": POOL, "CompromisedCredentialsRiskConfiguration": actions}
        assert violations("SetRiskConfiguration", body) == [
            (
                "Value '[DELETE_USER]' at 'compromisedCredentialsRiskConfiguration.eventFilter' failed to satisfy "
                "constraint: Member must satisfy constraint: [Member must satisfy enum value set: [SIGN_IN, "
                "PASSWORD_CHANGE, SIGN_UP]]"
            )
        ]

    def test_an_enum_in_an_order_of_its_own(self):
        action = {"Actions": {"LowAction": {"EventAction": "ALLOW", "Notify": True}}}
        body = {"UserPoolId": POOL, "AccountTakeoverRiskConfiguration": action}
        assert violations("SetRiskConfiguration", body) == [
            (
                "Value 'ALLOW' at 'accountTakeoverRiskConfiguration.actions.lowAction.eventAction' failed to satisfy "
                "constraint: Member must satisfy enum value set: [MFA_IF_CONFIGURED, BLOCK, NO_ACTION, MFA_REQUIRED]"
            )
        ]

    def test_every_constraint_of_an_element_is_named(self):
        """Reported by hard use (reports.md, kind 5); the order is inferred."""
        assert violations(
            "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "web", "CallbackURLs": ["a b"]}
        ) == [
            (
                "Value '[a b]' at 'callbackURLs' failed to satisfy constraint: Member must satisfy constraint: [Member "
                "must have length less than or equal to 1024, Member must have length greater than or equal to 1, "
                r"Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+]"
            )
        ]

    def test_a_blob(self):
        image = base64.b64encode(bytes(131073)).decode()
        assert violations("SetUICustomization", {"UserPoolId": POOL, "ImageFile": image}) == [
            (
                "Value 'java.nio.HeapByteBuffer[pos=0 lim=131073 cap=131073]' at 'imageFile' failed to satisfy "
                "constraint: Member must have length less than or equal to 131072"
            )
        ]

    def test_another_alphabet(self):
        assert violations("CreateUserPool", pool(PoolName="ユーザー"))[0].startswith("Value '????' at 'poolName'")

    def test_secrets_inside(self):
        users = [{"Name": "n", "Value": "secret"}]
        shape = model.shape("AttributeListType")
        assert printed.value(shape, users) == "[AttributeType(name=n, value=*** Sensitive Data Redacted ***)]"

    def test_what_is_of_a_wrong_type_is_printed_somehow(self):
        assert printed.value(model.shape("SchemaAttributesListType"), ["x", {"Name": 5}, None]) == (
            "[x, SchemaAttributeType(name=5), null]"
        )
        assert printed.value(model.shape("UserPoolTagsType"), {"a": {"b": "c"}}) == "{a={'b': 'c'}}"

    def test_members_come_by_their_names(self):
        body = {"UserPoolId": "", "ManagedLoginBrandingId": "not-a-uuid", "Assets": [None]}
        found = violations("UpdateManagedLoginBranding", body)
        assert [text.partition(" at '")[2].partition("'")[0] for text in found] == [
            "assets", "managedLoginBrandingId", "userPoolId", "userPoolId",
        ]  # fmt: skip


class TestPatterns:
    def test_the_model_has_patterns_of_both_kinds(self):
        assert len(PATTERNS) > len(UNICODE_PATTERNS) > 5

    @pytest.mark.parametrize("pattern", PATTERNS)
    def test_every_pattern_is_read_by_both_engines_alike(self, pattern):
        texts = [
            "",
            "x",
            "us-east-1_AbCdEf123",
            "a@b.c",
            "+1555",
            "arn:aws:iam::123456789012:role/x",
            "{####}",
            "a b",
            "~",
        ]
        ours = [bool(validate.matcher(pattern)(text)) for text in texts]
        assert ours == [bool(validate._unicode(pattern)(text)) for text in texts]
        validate.matcher(pattern)("é\u2003😀")

    @pytest.mark.parametrize("pattern", UNICODE_PATTERNS)
    def test_both_ways_agree_on_each_ascii_character(self, pattern):
        # Around the character and alone, so that patterns of several parts are reached too.
        forms = [
            f"{before}{char}{after}" for char in ASCII for before in ("", "a", "a@") for after in ("", "b", "{####}")
        ]
        ours, regex = validate.matcher(pattern), validate._unicode(pattern)
        assert [text for text in forms if bool(ours(text)) != bool(regex(text))] == []

    @pytest.mark.parametrize("pattern", UNICODE_PATTERNS)
    def test_both_ways_agree_on_ascii_texts(self, pattern):
        ours, regex = validate.matcher(pattern), validate._unicode(pattern)
        pieces = st.sampled_from([*ASCII, "{####}", "{##", "##}", "@"])

        @settings(max_examples=40, deadline=None, database=None)
        @given(st.lists(pieces, max_size=8).map("".join))
        def agree(text):
            assert bool(ours(text)) == bool(regex(text))

        agree()

    @pytest.mark.parametrize("pattern", [pattern for pattern in PATTERNS if r"\p" not in pattern])
    def test_a_pattern_without_classes_is_read_as_ascii_by_both(self, pattern):
        """`\\w` is ASCII, as in Java: no letter of another script gets through."""
        assert bool(validate.matcher(pattern)("é")) == (pattern in {"(?s).*", r"[\S]+"})

    def test_patterns_match_whole_values(self):
        for text in ("x us-east-1_a", "us-east-1_a\n", "us-east-1_a x", ""):
            assert not validate.matcher(POOL_ID)(text)
        assert validate.matcher(POOL_ID)("us-east-1_a")

    @pytest.mark.parametrize(
        "text", ["\u2028", "\u200d", "\u00a0", "\u3000", "\x85", "\x00", "\ud800", "\ue000", "\u202e"]
    )
    def test_separators_controls_and_surrogates_are_in_no_name(self, text):
        assert not validate.matcher(NAME)(text)
        assert not validate.matcher(NAME)(f"é{text}")

    def test_what_is_a_space_is_ascii(self):
        matches = validate.matcher(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+")
        assert matches("é\t\n\r\f\v ")
        assert not matches("é\u2003")
        assert all(matches(space) for space in string.whitespace)


class TestDividedPatterns:
    """Patterns that are one class throughout, literals of it in between, are matched without backtracking."""

    # Short texts of the literals' characters, of others of the class, and of what is in no class of the model.
    pieces = st.lists(st.sampled_from([*"{#}@a \n\0é\u2028", "{####}", "{##", "##}"]), max_size=10).map("".join)

    def test_the_model_has_them(self):
        assert r".*\{####\}.*" in DIVIDED
        assert any(r"*##\}" in pattern for pattern in DIVIDED)
        assert any("+@" in pattern for pattern in DIVIDED)

    @pytest.mark.parametrize("pattern", DIVIDED)
    def test_they_match_what_the_expression_does(self, pattern):
        ours, engines = validate.matcher(pattern), validate._compiled(pattern)

        @settings(max_examples=300, database=None)
        @given(self.pieces)
        def agree(text):
            assert bool(ours(text)) == bool(engines(text))

        agree()

    @settings(max_examples=600, database=None)
    @given(
        st.sampled_from([".", "[ab]", "[ab#]", "[^b]", r"[a\]b#]"]),
        st.sampled_from("*+"),
        st.lists(st.text("ab#]", min_size=1, max_size=3), min_size=1, max_size=3),
        st.text("ab#]\n", max_size=10),
    )
    def test_a_divided_pattern_matches_as_an_engine_does(self, kind, times, literals, text):
        run = kind + times
        pattern = run + run.join(map(re.escape, literals)) + run if literals else run
        assert bool(validate.matcher(pattern)(text)) == bool(re.fullmatch(pattern, text))

    @pytest.mark.parametrize(
        "pattern",
        [
            "[ab]+",
            "[ab]+[ab]+",
            "[ab]*c[ab]*",
            "[ab]*a[ab]+",
            "[ab]*a[abc]*",
            "x[ab]*a[ab]*",
            "[ab]*a[ab]*x",
            "[ab]*.[ab]*",
            "[ab]*a?[ab]*",
            "[ab]*a|b[ab]*",
            r"[\w]*\w[\w]*",
            POOL_ID,
        ],
    )
    def test_patterns_of_another_form_are_left_to_the_engine(self, pattern):
        assert validate._divided(pattern) is None
        for text in map("".join, product("abcx_", repeat=4)):
            assert bool(validate.matcher(pattern)(text)) == bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_text_that_can_be_sent_takes_long(pattern):
    most = max(shape.metadata.get("max", 0) for shape in SHAPES if shape.metadata.get("pattern") == pattern)
    matches = validate.matcher(pattern)
    # The first imports an engine; and what takes cubic time is to fail, not to hang.
    matches("é")
    for length, unit, end in product((5_000, max(most, 100_000)), UNITS, ("", "\0", "é\0")):
        text = (unit * length)[: length - len(end)] + end
        before = process_time()
        matches(text)
        assert process_time() - before < 1, (unit, end, length)
