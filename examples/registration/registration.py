"""Registration on a web site: sign up, get a code by mail, type it in."""

from __future__ import annotations

import os

import boto3

CLIENT_ID = os.environ.get("SITE_CLIENT_ID", "1example23456789")

cognito = boto3.client("cognito-idp")


def register(username: str, email: str, password: str) -> str:
    """Sign a user up, and return the next text of the page."""
    try:
        reply = cognito.sign_up(
            ClientId=CLIENT_ID,
            Username=username,
            Password=password,
            UserAttributes=[{"Name": "email", "Value": email}],
        )
    except cognito.exceptions.UsernameExistsException:
        return "That name is taken."
    except cognito.exceptions.InvalidPasswordException as error:
        return error.response["Error"]["Message"]
    except cognito.exceptions.UserLambdaValidationException:
        return "We cannot take you in."
    if reply["UserConfirmed"]:
        return "Welcome!"
    return f"We sent a code to {reply['CodeDeliveryDetails']['Destination']}."


def enter_code(username: str, code: str) -> str:
    """Try the code that the user typed, and return the next text of the page."""
    try:
        cognito.confirm_sign_up(ClientId=CLIENT_ID, Username=username, ConfirmationCode=code)
    except cognito.exceptions.CodeMismatchException:
        return "That is not the code we sent."
    except cognito.exceptions.ExpiredCodeException:
        return "That code is too old, ask for another."
    except cognito.exceptions.LimitExceededException:
        return "Too many tries, come back in an hour."
    return "Welcome!"


def another_code(username: str) -> None:
    """Send a new code; the old one is no longer valid."""
    cognito.resend_confirmation_code(ClientId=CLIENT_ID, Username=username)
