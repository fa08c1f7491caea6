"""A service that gives each customer their own user pool: for users, a web application and a nightly job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import boto3

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import ResourceServerScopeTypeTypeDef

cognito = boto3.client("cognito-idp", region_name="eu-west-1")

REPORTS: ResourceServerScopeTypeTypeDef = {"ScopeName": "read", "ScopeDescription": "read the customer's reports"}


class Tenant(NamedTuple):
    """The ids and the secret that the service keeps for a customer."""

    pool_id: str
    web_client_id: str
    job_client_id: str
    job_secret: str


def create(name: str, *, callback_url: str) -> Tenant:
    """Create the customer's pool; nothing is left behind if AWS refuses a part of it."""
    pool_id = cognito.create_user_pool(
        PoolName=name,
        UsernameAttributes=["email"],
        AutoVerifiedAttributes=["email"],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
    )["UserPool"]["Id"]
    try:
        cognito.create_resource_server(UserPoolId=pool_id, Identifier="reports", Name="Reports", Scopes=[REPORTS])
        web = cognito.create_user_pool_client(
            UserPoolId=pool_id,
            ClientName="web",
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthFlows=["code"],
            AllowedOAuthScopes=["openid", "email"],
            CallbackURLs=[callback_url],
            SupportedIdentityProviders=["COGNITO"],
        )["UserPoolClient"]
        job = cognito.create_user_pool_client(
            UserPoolId=pool_id,
            ClientName="job",
            GenerateSecret=True,
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthFlows=["client_credentials"],
            AllowedOAuthScopes=["reports/read"],
        )["UserPoolClient"]
    except cognito.exceptions.ClientError:
        cognito.delete_user_pool(UserPoolId=pool_id)
        raise
    return Tenant(pool_id, web["ClientId"], job["ClientId"], job["ClientSecret"])


def protect(pool_id: str) -> None:
    """Protect the pool against deletion.

    UpdateUserPool resets most settings that a request omits, so the current settings are sent along.
    """
    pool: dict[str, Any] = {**cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]}
    kept = (
        "AutoVerifiedAttributes",
        "EmailConfiguration",
        "LambdaConfig",
        "VerificationMessageTemplate",
        "UserPoolTags",
    )
    settings = {name: pool[name] for name in kept if name in pool}
    cognito.update_user_pool(UserPoolId=pool_id, DeletionProtection="ACTIVE", **settings)


def connect(pool_id: str, web_client_id: str, *, issuer: str, client_id: str) -> None:
    """Let the customer's employees sign in with their own identity provider."""
    cognito.create_identity_provider(
        UserPoolId=pool_id,
        ProviderName="company",
        ProviderType="OIDC",
        ProviderDetails={
            "client_id": client_id,
            "oidc_issuer": issuer,
            "authorize_scopes": "openid email",
            "attributes_request_method": "GET",
        },
        AttributeMapping={"email": "email"},
    )
    web: dict[str, Any] = {
        **cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=web_client_id)["UserPoolClient"]
    }
    settings = {name: value for name, value in web.items() if name not in {"CreationDate", "LastModifiedDate"}}
    settings["SupportedIdentityProviders"] = ["COGNITO", "company"]
    cognito.update_user_pool_client(**settings)
