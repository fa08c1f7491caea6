"""The guard's seam in botocore: guards nest, and the last one leaves botocore as it was."""

from __future__ import annotations

import boto3
import botocore.endpoint
import pytest

from pytest_cognito_pool._service.transport import guard

KEYS = {"region_name": "us-east-1", "aws_access_key_id": "key", "aws_secret_access_key": "secret"}


class RefusedError(Exception):
    """What a guard of these tests raises."""


def refused_by():
    client = boto3.client("cognito-idp", **KEYS)
    with pytest.raises(RefusedError) as caught:
        client.list_user_pools(MaxResults=1)
    return str(caught.value)


def test_the_inner_guard_decides():
    before = botocore.endpoint.Endpoint._send
    end_outer = guard.start(lambda operation, url: RefusedError(f"outer: {operation}"))
    end_inner = guard.start(lambda operation, url: RefusedError(f"inner: {operation} to {url}"))
    assert refused_by() == "inner: ListUserPools to https://cognito-idp.us-east-1.amazonaws.com/"
    end_inner()
    assert refused_by() == "outer: ListUserPools"
    end_outer()
    assert botocore.endpoint.Endpoint._send is before


@pytest.mark.parametrize(
    ("host", "is_of_aws"),
    [
        ("cognito-idp.eu-west-1.amazonaws.com", True),
        ("vpce-1.cognito-idp.eu-west-1.vpce.amazonaws.com", True),
        ("cognito-idp.cn-north-1.amazonaws.com.cn", True),
        ("cognito-idp.us-east-1.api.aws", True),
        ("cognito-idp-fips.us-east-1.amazonaws.com", True),
        ("localhost", False),
        ("cognito.example.com", False),
        ("myamazonaws.com", False),
        ("", False),
    ],
)
def test_the_hosts_of_aws(host, is_of_aws):
    assert guard._is_of_aws(host) is is_of_aws
