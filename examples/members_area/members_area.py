"""A club's members' area over HTTP: joining, signing in, and a page for the staff."""

from __future__ import annotations

import os
from typing import Annotated, Any

import boto3
import jwt
from botocore.exceptions import ClientError
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

POOL_ID = os.environ.get("CLUB_POOL_ID", "eu-central-1_Club00001")
CLIENT_ID = os.environ.get("CLUB_CLIENT_ID", "clubclient0000000000000001")
ISSUER = f"https://cognito-idp.eu-central-1.amazonaws.com/{POOL_ID}"

app = FastAPI()
cognito = boto3.client("cognito-idp")
published = jwt.PyJWKClient(f"{ISSUER}/.well-known/jwks.json")


class Applicant(BaseModel):
    email: str
    password: str


class Code(BaseModel):
    email: str
    code: str


class NewPassword(Code):
    password: str


class Refresh(BaseModel):
    refresh_token: str


def member(bearer: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> dict[str, Any]:
    """The claims of the request's access token."""
    try:
        key = published.get_signing_key_from_jwt(bearer.credentials)
        claims: dict[str, Any] = jwt.decode(bearer.credentials, key, algorithms=["RS256"], issuer=ISSUER)
    except jwt.PyJWTError as error:
        raise HTTPException(401, f"{error}") from error
    if claims.get("token_use") != "access" or claims.get("client_id") != CLIENT_ID:
        raise HTTPException(401, "not an access token of this site")
    return claims


def staff(claims: Annotated[dict[str, Any], Depends(member)]) -> dict[str, Any]:
    if "staff" not in claims.get("cognito:groups", []):
        raise HTTPException(403, "for the staff")
    return claims


def refusal(error: ClientError) -> HTTPException:
    status = {"NotAuthorizedException": 401, "TooManyRequestsException": 429, "LimitExceededException": 429}
    return HTTPException(status.get(error.response["Error"]["Code"], 400), error.response["Error"]["Message"])


@app.post("/join", status_code=202)
def join(applicant: Applicant) -> dict[str, str]:
    try:
        cognito.sign_up(ClientId=CLIENT_ID, Username=applicant.email, Password=applicant.password)
    except cognito.exceptions.UsernameExistsException:
        # Do not reveal who is a member.
        pass
    except ClientError as error:
        raise refusal(error) from error
    return {"next": "enter the code that we have sent to you"}


@app.post("/confirm")
def confirm(given: Code) -> dict[str, str]:
    try:
        cognito.confirm_sign_up(ClientId=CLIENT_ID, Username=given.email, ConfirmationCode=given.code)
    except ClientError as error:
        raise refusal(error) from error
    return {"next": "sign in"}


@app.post("/login")
def login(given: Applicant) -> dict[str, Any]:
    parameters = {"USERNAME": given.email, "PASSWORD": given.password}
    try:
        reply = cognito.initiate_auth(ClientId=CLIENT_ID, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)
    except cognito.exceptions.UserNotConfirmedException:
        raise HTTPException(403, "enter the code that we have sent to you") from None
    except ClientError as error:
        raise refusal(error) from error
    if "AuthenticationResult" not in reply:
        raise HTTPException(403, "choose a password of your own first")
    return dict(reply["AuthenticationResult"])


@app.post("/refresh")
def refresh(given: Refresh) -> dict[str, Any]:
    parameters = {"REFRESH_TOKEN": given.refresh_token}
    try:
        reply = cognito.initiate_auth(ClientId=CLIENT_ID, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=parameters)
    except ClientError as error:
        raise refusal(error) from error
    return dict(reply["AuthenticationResult"])


@app.post("/forgot", status_code=202)
def forgot(email: str) -> dict[str, str]:
    try:
        # The app client has PreventUserExistenceErrors: the reply is the same for an unknown address.
        cognito.forgot_password(ClientId=CLIENT_ID, Username=email)
    except ClientError as error:
        raise refusal(error) from error
    return {"next": "enter the code that we have sent to you"}


@app.post("/reset")
def reset(given: NewPassword) -> dict[str, str]:
    try:
        cognito.confirm_forgot_password(
            ClientId=CLIENT_ID, Username=given.email, ConfirmationCode=given.code, Password=given.password
        )
    except ClientError as error:
        raise refusal(error) from error
    return {"next": "sign in"}


@app.get("/me")
def me(claims: Annotated[dict[str, Any], Depends(member)]) -> dict[str, Any]:
    return {"sub": claims["sub"], "groups": claims.get("cognito:groups", [])}


@app.get("/members")
def members(_claims: Annotated[dict[str, Any], Depends(staff)]) -> list[str]:
    pages = cognito.get_paginator("list_users").paginate(UserPoolId=POOL_ID, AttributesToGet=["email"])
    return [user["Attributes"][0]["Value"] for page in pages for user in page["Users"]]
