"""HTTP bodies and headers, byte for byte."""

from __future__ import annotations

import http.client
import io
import json
import re
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito_pool._service.errors.pools import POOL_NOT_FOUND
from pytest_cognito_pool._service.errors.requests import SERIALIZATION, SERIALIZATION_TEXT
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.errors.users import USER_NOT_FOUND
from pytest_cognito_pool._service.protocol import model, wire

AT = 1_700_000_000.0
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def request(body=b"{}", **changes):
    values = {
        "method": "POST",
        "path": "/",
        "target": f"{model.TARGET_PREFIX}AdminConfirmSignUp",
        "content_type": wire.CONTENT_TYPE,
        "invocation_id": "",
        "authorization": "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261125/us-east-1/cognito-idp/aws4_request",
        "body": body,
        "region": "us-east-1",
        "url": "https://cognito-idp.us-east-1.amazonaws.com/",
    }
    return wire.Request(**{**values, **changes})


def refusal(read):
    assert read.refusal is not None
    return read.refusal


class TestParameters:
    def test_an_object_is_read(self):
        assert wire.read(request('{"Username":"josé","n":[1,null]}'.encode())).parameters == {
            "Username": "josé",
            "n": [1, None],
        }

    def test_white_space_around_it_does_no_harm(self):
        assert wire.read(request(b' \r\n\t{ "a" : 1 }\n')).parameters == {"a": 1}

    def test_of_a_member_given_twice_the_last_counts(self):
        assert wire.read(request(b'{"a":1,"a":2}')).parameters == {"a": 2}

    def test_a_lone_surrogate_may_be_escaped(self):
        assert wire.read(request(rb'{"a":"\ud800"}')).parameters == {"a": "\ud800"}

    @pytest.mark.parametrize(
        "body",
        [
            b"{",
            b"",
            b" ",
            b"null",
            b'"x"',
            b"5",
            b"true",
            b'{"a":1,}',
            b'{"a":1} x',
            b"{'a':1}",
            b"{a:1}",
            b'{"a":NaN}',
            b'{"a":Infinity}',
            b'{"a":-Infinity}',
            b'{"a":01}',
            b'{"a":"\n"}',
            b'{"a":"\\x"}',
            b'{"a":tru}',
            b'{"a":"\xff"}',
            b"\xff",
            b"\xef\xbb\xbf{}",
            '{"a":"é"}'.encode("latin-1"),
            "{}".encode("utf-16"),
            b'{"a":' * 100_000,
            b'{"a":' + b"9" * 5000 + b"}",
            b"[" * 100_000,
        ],
        ids=lambda body: repr(body[:16]),
    )
    def test_a_body_that_is_no_json_object_is_refused_without_a_text(self, body):
        error = refusal(wire.read(request(body)))
        assert (error.code, error.message, error.status) == ("SerializationException", None, 400)

    @pytest.mark.parametrize(("opening", "closing"), [('{"a":', "}"), ("[", "]")])
    def test_a_body_may_nest_by_50(self, opening, closing):
        deepest = '{"a":' + opening * 49 + "1" + closing * 49 + "}"
        assert wire.read(request(deepest.encode())).parameters == json.loads(deepest)
        too_deep = '{"a":' + opening * 50 + "1" + closing * 50 + "}"
        error = refusal(wire.read(request(too_deep.encode())))
        assert (error.code, error.message, error.status) == ("SerializationException", None, 400)
        assert error.why == "the body is not a JSON object, or nests too deeply"

    @pytest.mark.parametrize("body", [b"[]", b'["x"]', b"[{}]"])
    def test_a_list_is_refused_with_a_text(self, body):
        error = refusal(wire.read(request(body)))
        assert (error.code, error.message) == ("SerializationException", "Start of list found where not expected")


class TestOperation:
    def test_the_target_names_it(self):
        assert wire.read(request()).operation == "AdminConfirmSignUp"

    @pytest.mark.parametrize(
        "target",
        [
            "",
            "AdminConfirmSignUp",
            model.TARGET_PREFIX,
            f"{model.TARGET_PREFIX}AdminConfirmsignup",
            f"{model.TARGET_PREFIX}AdminConfirmSignUp ",
            "DynamoDB_20120810.AdminConfirmSignUp",
        ],
    )
    def test_any_other_target_is_refused(self, target):
        error = refusal(wire.read(request(target=target)))
        assert (error.code, error.message, error.status) == ("UnknownOperationException", None, 400)
        assert error.why == f"X-Amz-Target is {target!r}"
        assert wire.write(error, AT).body == b'{"__type":"UnknownOperationException"}'


class TestProtocol:
    def test_the_protocol_passes(self):
        assert wire.read(request()).refusal is None

    @pytest.mark.parametrize("changes", [{"method": "GET"}, {"path": "/users"}, {"method": "PUT", "path": "/x"}])
    def test_another_method_or_path_is_not_understood(self, changes):
        error = refusal(wire.read(request(**changes)))
        reply = wire.write(error, AT)
        assert reply.status == 404
        assert reply.body == (
            b'{"code":"BadRequest","message":"The server did not understand the operation that was requested.",'
            b'"type":"client"}'
        )
        assert reply.headers["content-type"] == "application/json"
        assert not any(name.startswith("x-amzn-error") for name in reply.headers)

    def test_the_author_is_told_which(self):
        error = refusal(wire.read(request(method="GET", path="/x")))
        assert error.why == "the service takes POST /, not GET /x"

    @pytest.mark.parametrize("content_type", ["", "application/json", "application/x-amz-json-1.0"])
    def test_another_content_type_is_unknown(self, content_type):
        error = refusal(wire.read(request(content_type=content_type)))
        reply = wire.write(error, AT)
        assert (reply.status, reply.body) == (404, b"<UnknownOperationException/>\n")
        assert reply.headers["content-type"] == "application/xml"
        assert reply.headers["content-length"] == str(len(reply.body))
        assert error.why == f"Content-Type is {content_type!r}, not 'application/x-amz-json-1.1'"


class TestSuccess:
    def test_members_are_sorted_at_every_depth_and_without_spaces(self):
        reply = wire.write({"b": {"d": 1, "c": [{"f": None, "e": 1.5}]}, "a": True}, AT)
        assert (reply.status, reply.body) == (200, b'{"a":true,"b":{"c":[{"e":1.5,"f":null}],"d":1}}')

    def test_an_empty_output_is_an_empty_object(self):
        assert wire.write({}, AT).body == b"{}"

    def test_no_output_is_no_body(self):
        reply = wire.write(None, AT)
        assert (reply.body, reply.headers["content-length"]) == (b"", "0")

    def test_other_scripts_are_escaped(self):
        assert wire.write({"a": "é\ud800"}, AT).body == b'{"a":"\\u00e9\\ud800"}'

    def test_the_headers(self):
        reply = wire.write({"a": 1}, AT)
        assert list(reply.headers) == ["date", "content-type", "content-length", "x-amzn-requestid"]
        assert reply.headers["content-type"] == "application/x-amz-json-1.1"
        assert reply.headers["content-length"] == "7"
        assert UUID.fullmatch(reply.headers["x-amzn-requestid"])

    def test_the_date_is_that_of_the_reply(self):
        date = wire.write({}, 1_700_000_000.9).headers["date"]
        assert date == "Tue, 14 Nov 2023 22:13:20 GMT"
        assert parsedate_to_datetime(date).timestamp() == 1_700_000_000

    def test_each_reply_has_an_id_of_its_own(self):
        assert len({wire.write({}, AT).headers["x-amzn-requestid"] for _ in range(50)}) == 50


class TestFailure:
    def test_the_captured_body(self):
        error = ServiceError("NotAuthorizedException", "Incorrect username or password.")
        reply = wire.write(error, AT)
        assert reply.status == 400
        assert reply.body == b'{"__type":"NotAuthorizedException","message":"Incorrect username or password."}'

    def test_the_trio_of_headers(self):
        reply = wire.write(USER_NOT_FOUND("why"), AT)
        assert reply.body == b'{"__type":"UserNotFoundException","message":"User does not exist."}'
        assert reply.headers["x-amzn-errortype"] == "UserNotFoundException:"
        assert reply.headers["x-amzn-errormessage"] == "User does not exist."
        assert UUID.fullmatch(reply.headers["x-amzn-requestid"])
        assert reply.headers["content-type"] == "application/x-amz-json-1.1"
        assert reply.headers["content-length"] == str(len(reply.body))

    def test_the_why_stays_with_the_author(self):
        reply = wire.write(USER_NOT_FOUND("the author's own hint"), AT)
        assert b"hint" not in reply.body
        assert not any("hint" in value for value in reply.headers.values())

    def test_a_serialization_exception_has_no_message(self):
        reply = wire.write(SERIALIZATION("why"), AT)
        assert reply.body == b'{"__type":"SerializationException"}'
        assert reply.headers["x-amzn-errortype"] == "SerializationException:"
        assert "x-amzn-errormessage" not in reply.headers

    def test_a_serialization_exception_with_a_text_spells_it_with_a_capital(self):
        reply = wire.write(SERIALIZATION_TEXT("why", text="Expected map or null"), AT)
        assert reply.body == b'{"__type":"SerializationException","Message":"Expected map or null"}'
        assert reply.headers["x-amzn-errormessage"] == "Expected map or null"

    def test_an_internal_error_has_its_status(self):
        assert wire.write(ServiceError("InternalErrorException", "x", status=500), AT).status == 500

    def test_braces_in_what_is_echoed_stay(self):
        assert POOL_NOT_FOUND("why", id="{x}").message == "User pool {x} does not exist."

    @pytest.mark.parametrize(
        ("text", "sent"),
        [
            ("a b", b"a b"),
            ("a\n", b"a"),
            ("a\nb", b"a b"),
            ("a\r\nset-cookie: b", b"a  set-cookie: b"),
            ("\ta\x00\x1f\x7fb\x85\x9f", b"a   b"),
            ("josé", "josé".encode()),
            ("€ 名前", "€ 名前".encode()),
            ("\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}".encode()),
            ("\ud800", b"?"),
            ("", b""),
        ],
    )
    def test_the_header_can_be_sent(self, text, sent):
        reply = wire.write(ServiceError("X", text), AT)
        assert reply.headers["x-amzn-errormessage"].encode("latin-1") == sent
        assert json.loads(reply.body) == {"__type": "X", "message": text}

    @given(st.text())
    def test_a_receiver_reads_any_header_as_one(self, text):
        headers = wire.write(ServiceError("X", text), AT).headers
        raw = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("latin-1") + b"\r\n"
        assert dict(http.client.parse_headers(io.BytesIO(raw)).items()) == headers

    @pytest.mark.parametrize("text", ["a\nb", "é", "\ud800", '"', "\\"])
    def test_any_text_is_json(self, text):
        reply = wire.write(ServiceError("X", text), AT)
        assert json.loads(reply.body) == {"__type": "X", "message": text}
