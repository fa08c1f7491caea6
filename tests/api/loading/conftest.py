"""Load templates, and look at what was made."""

from __future__ import annotations

import json
import textwrap

import boto3
import pytest

from pytest_cognito_pool import UsageError


@pytest.fixture
def load(cognito, tmp_path):
    """Load a template: text of YAML, or what becomes JSON."""

    def load(template, name="cfn.yaml", **given):
        text = textwrap.dedent(template) if isinstance(template, str) else json.dumps(template)
        path = tmp_path / name
        path.write_text(text)
        return cognito.load(path, **given)

    return load


@pytest.fixture
def refusal(load, cognito):
    def refusal(template, kind=UsageError, **given):
        with pytest.raises(kind) as caught:
            load(template, **given)
        assert not cognito.pools, "something is left behind"
        return str(caught.value)

    return refusal


def described(pool):
    return boto3.client("cognito-idp", region_name=pool.region).describe_user_pool(UserPoolId=pool.id)["UserPool"]


def client_of(pool, client):
    named = {"UserPoolId": pool.id, "ClientId": client.id}
    return boto3.client("cognito-idp", region_name=pool.region).describe_user_pool_client(**named)["UserPoolClient"]


def mfa_of(pool):
    return boto3.client("cognito-idp", region_name=pool.region).get_user_pool_mfa_config(UserPoolId=pool.id)
