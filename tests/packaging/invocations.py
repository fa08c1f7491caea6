"""What each call invokes, found out by making the calls."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import boto3
import requests

from pytest_cognito_pool import Cognito

PASSWORD = "Passw0rd!"
CALLBACK = "https://app.example.com/callback"
PROVIDER = {
    "ProviderName": "corp",
    "ProviderType": "OIDC",
    "ProviderDetails": {
        "client_id": "c",
        "client_secret": "s",
        "attributes_request_method": "GET",
        "oidc_issuer": "https://login.example.com",
        "authorize_scopes": "openid",
    },
    "AttributeMapping": {"email": "email"},
}
SITE = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email"],
    "CallbackURLs": [CALLBACK],
    "SupportedIdentityProviders": ["COGNITO", "corp"],
}
MACHINE = {
    "GenerateSecret": True,
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["client_credentials"],
    "AllowedOAuthScopes": ["orders/read"],
}
VERSION_3 = {
    "PreTokenGenerationConfig": {
        "LambdaVersion": "V3_0",
        "LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:claims",
    }
}


def invocations():
    """The sources that each call invokes, in their order."""
    seen = {}
    with Cognito(region="us-east-1") as cognito:
        pool = cognito.create_pool(AutoVerifiedAttributes=["email"])
        for call, make in [*Users(pool).calls().items(), *Pages(pool).calls().items()]:
            before = len(pool.triggers)
            make()
            seen[call] = pool.triggers.sources[before:]
        pool = cognito.create_pool(LambdaConfig=VERSION_3)
        Machine(pool).token()
        seen["POST /oauth2/token of a machine, if the function has version 3"] = pool.triggers.sources
    return seen


class Users:
    """The operations on users."""

    def __init__(self, pool):
        self.pool, self.client = pool, boto3.client("cognito-idp", region_name="us-east-1")
        self.app, self.of_pool = {"ClientId": pool.client.id}, {"UserPoolId": pool.id}
        pool.add_user("ana", status="UNCONFIRMED")
        pool.add_user("eve", password=PASSWORD)
        pool.add_user("fay", status="FORCE_CHANGE_PASSWORD", password=PASSWORD)
        self.tokens = pool.sign_in("eve")

    def calls(self):
        """The calls by what a reader calls them."""
        client, token = self.client, {"AccessToken": self.tokens.access_token}
        return {
            "`add_user`, `sign_in` of the fixture": lambda: self.pool.sign_in(self.pool.add_user("gil").username),
            "SignUp": lambda: self.sign_up("ben"),
            "SignUp, if a PreSignUp function says autoConfirmUser": self.confirmed_by_a_function,
            "ResendConfirmationCode": lambda: client.resend_confirmation_code(**self.app, Username="ben"),
            "ConfirmSignUp": lambda: client.confirm_sign_up(**self.app, Username="ben", ConfirmationCode=self.code),
            "AdminConfirmSignUp": lambda: client.admin_confirm_sign_up(**self.of_pool, Username="ana"),
            "AdminCreateUser": lambda: client.admin_create_user(
                **self.of_pool, Username="guest", UserAttributes=email("guest")
            ),
            "AdminUpdateUserAttributes of an address": lambda: client.admin_update_user_attributes(
                **self.of_pool, Username="ana", UserAttributes=email("anna")
            ),
            "UpdateUserAttributes of an address": lambda: client.update_user_attributes(
                **token, UserAttributes=email("eva")
            ),
            "GetUserAttributeVerificationCode": lambda: client.get_user_attribute_verification_code(
                **token, AttributeName="email"
            ),
            "VerifyUserAttribute": lambda: client.verify_user_attribute(**token, AttributeName="email", Code=self.code),
            "ForgotPassword": lambda: client.forgot_password(**self.app, Username="eve"),
            "ConfirmForgotPassword": lambda: client.confirm_forgot_password(
                **self.app, Username="eve", Password=PASSWORD, ConfirmationCode=self.code
            ),
            "AdminResetUserPassword": lambda: client.admin_reset_user_password(**self.of_pool, Username="ben"),
            "InitiateAuth, AdminInitiateAuth with a password": lambda: self.sign_in("eve"),
            "InitiateAuth, AdminInitiateAuth with a temporary password": lambda: self.sign_in("fay"),
            "RespondToAuthChallenge, AdminRespondToAuthChallenge with a new password": self.new_password,
            "InitiateAuth, AdminInitiateAuth, GetTokensFromRefreshToken with a refresh token": self.refresh,
        }

    @property
    def code(self):
        return self.pool.outbox[-1].code

    def sign_up(self, name):
        self.client.sign_up(**self.app, Username=name, Password=PASSWORD, UserAttributes=email(name))

    def confirmed_by_a_function(self):
        with self.pool.on("PreSignUp", lambda event, _context: event | {"response": {"autoConfirmUser": True}}):
            self.sign_up("cho")

    def sign_in(self, name):
        parameters = {"USERNAME": name, "PASSWORD": PASSWORD}
        reply = self.client.initiate_auth(**self.app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)
        self.session = reply.get("Session")

    def new_password(self):
        self.client.respond_to_auth_challenge(
            **self.app,
            ChallengeName="NEW_PASSWORD_REQUIRED",
            Session=self.session,
            ChallengeResponses={"USERNAME": "fay", "NEW_PASSWORD": "Permanent1!"},
        )

    def refresh(self):
        parameters = {"REFRESH_TOKEN": self.pool.sign_in("fay").refresh_token}
        self.client.initiate_auth(**self.app, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=parameters)


class Pages:
    """The pages and endpoints of a domain."""

    def __init__(self, pool):
        boto3.client("cognito-idp", region_name="us-east-1").create_identity_provider(UserPoolId=pool.id, **PROVIDER)
        self.pool, self.domain, self.site = pool, pool.add_domain("myapp"), pool.create_client(**SITE)

    def calls(self):
        """The calls by what a reader calls them."""
        return {
            "POST /login": lambda: self.browse("eve"),
            "POST /oauth2/token with a refresh token": self.refresh,
            "the first sign-in of a user of an identity provider": self.federated,
            "a later sign-in of a user of an identity provider": self.federated,
        }

    def browse(self, *who, **claims):
        query = {"response_type": "code", "client_id": self.site.id, "redirect_uri": CALLBACK}
        arrived = self.pool.managed_login(f"{self.domain.url}/oauth2/authorize?{urlencode(query)}", *who, **claims)
        (self.code,) = parse_qs(urlsplit(arrived).query)["code"]

    def federated(self):
        self.browse(provider="corp", claims={"sub": "1234", "email": "hal@example.com"})

    def refresh(self):
        shared = {"client_id": self.site.id, "redirect_uri": CALLBACK}
        token = posted(self.domain, shared | {"grant_type": "authorization_code", "code": self.code})["refresh_token"]
        posted(self.domain, shared | {"grant_type": "refresh_token", "refresh_token": token})


class Machine:
    """An app client that gets a token of its own."""

    def __init__(self, pool):
        boto3.client("cognito-idp", region_name="us-east-1").create_resource_server(
            UserPoolId=pool.id,
            Identifier="orders",
            Name="Orders",
            Scopes=[{"ScopeName": "read", "ScopeDescription": "read orders"}],
        )
        self.domain, self.client = pool.add_domain("orders"), pool.create_client(**MACHINE)

    def token(self):
        form = {"client_id": self.client.id, "client_secret": self.client.secret}
        posted(self.domain, form | {"grant_type": "client_credentials"})


def email(name):
    """The attribute of a request."""
    return [{"Name": "email", "Value": f"{name}@example.com"}]


def posted(domain, form):
    """What the token endpoint of the domain answers."""
    return requests.post(f"{domain.url}/oauth2/token", data=form, timeout=5).json()
