"""An intranet in Flask; people sign in on the pages of Cognito's managed login."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from authlib.integrations.flask_client import OAuth, OAuthError
from flask import Flask, redirect, session, url_for

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

POOL_ID = os.environ.get("INTRANET_POOL_ID", "eu-central-1_Intranet1")
CLIENT_ID = os.environ.get("INTRANET_CLIENT_ID", "intranetclient000000000001")
CLIENT_SECRET = os.environ.get("INTRANET_CLIENT_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcde")
ISSUER = f"https://cognito-idp.eu-central-1.amazonaws.com/{POOL_ID}"

app = Flask(__name__)
app.secret_key = os.environ.get("INTRANET_KEY", "not for production")
oauth: Any = OAuth(app)
oauth.register(
    "cognito",
    client_id=CLIENT_ID,
    client_secret=CLIENT_SECRET,
    server_metadata_url=f"{ISSUER}/.well-known/openid-configuration",
    client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
)


@app.get("/")
def home() -> Response | str:
    user = session.get("user")
    if user is None:
        return redirect(url_for("login"))
    groups = ", ".join(user.get("cognito:groups", [])) or "no group"
    return f"Hello {user['email']} ({groups})"


@app.get("/login")
def login() -> Response:
    there: Response = oauth.cognito.authorize_redirect(url_for("callback", _external=True, _scheme="https"))
    return there


@app.get("/callback")
def callback() -> Response:
    session["user"] = oauth.cognito.authorize_access_token()["userinfo"]
    return redirect(url_for("home"))


@app.errorhandler(OAuthError)
def refused(error: OAuthError) -> tuple[str, int]:
    return f"You cannot sign in: {error.description or error.error}", 403


@app.get("/logout")
def logout() -> Response:
    session.clear()
    return redirect(url_for("home"))
