"""A request says who signed it, and has no signature: nothing here checks one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.awsrequest import HeadersDict
from botocore.config import Config
from botocore.exceptions import ClientError, UnknownSignatureVersionError
from botocore.handlers import disable_signing

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

    from pytest_cognito_pool import UserPool

OWN = "AWS4-HMAC-SHA256 Credential=AKIAPYTESTCOGNITO000/us-east-1/cognito-idp/aws4_request"


def signed_headers(client: CognitoIdentityProviderClient) -> list[HeadersDict]:
    """The headers of each request of the client from now on, when it is signed."""
    seen: list[HeadersDict] = []

    def see(request: Any, **_kwargs: Any) -> None:
        seen.append(HeadersDict(request.headers.items()))
        assert len(request.headers.get_all("Authorization", [])) <= 1

    client.meta.events.register_last("request-created.cognito-identity-provider", see)
    return seen


def test_header_names_the_key_and_has_no_signature(
    cognito_pool: UserPool, cognito_idp: CognitoIdentityProviderClient
) -> None:
    seen = signed_headers(cognito_idp)
    cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
    assert [headers["Authorization"] for headers in seen] == [OWN]


def test_every_attempt_is_signed_once(cognito_pool: UserPool) -> None:
    client = boto3.client("cognito-idp", config=Config(retries={"mode": "standard"}))
    seen = signed_headers(client)
    cognito_pool.fail("DescribeUserPool", "InternalErrorException", attempts=2)
    client.describe_user_pool(UserPoolId=cognito_pool.id)
    assert [headers["Authorization"] for headers in seen] == [OWN] * 3


def test_header_that_a_handler_sets_is_replaced(
    cognito_pool: UserPool, cognito_idp: CognitoIdentityProviderClient
) -> None:
    def own(request: Any, **_kwargs: Any) -> None:
        request.headers["Authorization"] = "Bearer of-a-proxy"

    cognito_idp.meta.events.register_first("request-created.cognito-identity-provider", own)
    seen = signed_headers(cognito_idp)
    cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
    assert [headers["Authorization"] for headers in seen] == [OWN]


def test_operations_without_signature_have_no_header(
    cognito_pool: UserPool, cognito_idp: CognitoIdentityProviderClient
) -> None:
    seen = signed_headers(cognito_idp)
    cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")
    assert ["Authorization" in headers for headers in seen] == [False]


def test_client_that_chooses_not_to_sign_is_refused(cognito_pool: UserPool) -> None:
    client = boto3.client("cognito-idp")
    client.meta.events.register("choose-signer.cognito-identity-provider", disable_signing)
    with pytest.raises(ClientError, match="Missing Authentication Token"):
        client.describe_user_pool(UserPoolId=cognito_pool.id)


def test_other_way_of_signing_is_left_to_botocore(cognito_pool: UserPool) -> None:
    client = boto3.client("cognito-idp", config=Config(signature_version="v99"))
    with pytest.raises(UnknownSignatureVersionError, match="v99"):
        client.describe_user_pool(UserPoolId=cognito_pool.id)
