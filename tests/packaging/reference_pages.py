"""The generated parts of docs/reference, for pages.py: from the tables of the package, and by making the calls."""

from __future__ import annotations

from pathlib import Path

import boto3
from botocore.exceptions import ClientError
from invocations import invocations
from markdown import filled, table

import pytest_cognito_pool
from pytest_cognito_pool import Cognito
from pytest_cognito_pool._service.events.sources import TRIGGERS
from pytest_cognito_pool._service.operations.families import FAMILY_OF
from pytest_cognito_pool._service.protocol import fault_catalogue as catalogue
from pytest_cognito_pool._service.protocol import model
from pytest_cognito_pool._service.user.status import CHANGES
from pytest_cognito_pool._service.user.user import STATUSES

FOLDER = Path(__file__).parents[2] / "docs/reference"
AWS = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_"
# What texts of errors name of a call.
NAMED = {
    "id": "us-east-1_TestPool1",
    "principal": "arn:aws:iam::123456789012:user/pytest",
    "resource": "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1",
    "username": "ana",
}
PASSWORD = "Passw0rd!"


def pages():
    """The pages by their paths, as they should be with the service model of the installed botocore."""
    parts = {
        "operations": {"simulated operations": simulated(), "other operations": not_simulated()},
        "errors": {"common errors": common_errors(), "errors": errors()},
        "statuses": {"status drawing": drawing(), "status changes": changes(), "status trials": trials()},
        "triggers": triggers(),
    }
    paths = {FOLDER / f"{name}.md": generated for name, generated in parts.items()}
    return {path: filled(path.read_text(encoding="utf-8"), generated) for path, generated in paths.items()}


def stale(written, text):
    """A line that differs, apart from rows and headings that only one of two service models knows; or nothing."""
    ours, theirs = keyed(written), keyed(text)
    if ours[None] != theirs[None]:
        return "its words"
    return next((ours[key] for key in ours.keys() & theirs.keys() if ours[key] != theirs[key]), "")


def keyed(page):
    """The rows of a page's tables by their heading and their first cell; and, by None, the lines that are no rows."""
    heading, found = "", {None: []}
    for line in page.splitlines():
        if line.startswith("## "):
            heading = line
        elif line.startswith("| "):
            found[heading, line.split(" | ")[0]] = line
        elif line:
            found[None].append(line)
    return found


def link(operation):
    """An operation with a link to its page at AWS."""
    return f"[{operation}]({AWS}{operation}.html)"


def caller(operation):
    """By what the operation knows who calls."""
    if model.needs_signature(operation):
        return "signed"
    return "access token" if model.subject(operation) == "AccessToken" else "anyone"


def simulated():
    """The operations that are simulated, as far as the installed model knows them."""
    rows = [
        [link(name), caller(name), f"[{len(model.errors(name))}](errors.md#{name.lower()})"]
        for name in sorted(FAMILY_OF)
        if name in model.operations()
    ]
    return table(["operation", "called by", "errors of its own"], rows)


def not_simulated():
    """The operations that raise UnsupportedOperationError."""
    return table(["operation"], [[link(name)] for name in sorted(model.operations() - {*FAMILY_OF})])


def error_row(operation, code):
    """An error as the operation answers with it by default."""
    template = catalogue.text(operation, code)
    error = catalogue.error(operation, code, NAMED)
    described = template.source == "the model's description"
    text = template.source if described else f"`{error.message}`" if error.message else "none"
    return [code, str(error.status), text, template.evidence]


HEAD = ["error", "status", "text", "evidence"]


def common_errors():
    """The errors that any request may get, with the texts that AdminConfirmSignUp gives them."""
    return table(HEAD, [error_row("AdminConfirmSignUp", code) for code in catalogue.COMMON])


def errors():
    """A section of each operation that is simulated."""
    sections = []
    for name in sorted({*FAMILY_OF} & model.operations()):
        own = [code for code in catalogue.codes(name) if code not in catalogue.COMMON]
        sections.append(f"## {name}\n\n{table(HEAD, [error_row(name, code) for code in sorted(own)])}")
    return "\n".join(sections)


def drawing():
    """The changes as a picture, in the language of Mermaid."""
    arrows = {
        ("[*]", "UNCONFIRMED"): ["SignUp"],
        ("[*]", "FORCE_CHANGE_PASSWORD"): ["AdminCreateUser"],
        ("[*]", "EXTERNAL_PROVIDER"): ["sign-in at a provider"],
    }
    for cause, (after, requirement) in CHANGES.items():
        before = requirement.status if requirement else "ANY"
        arrows.setdefault((before, after), []).append(cause)
    lines = [f"    {before} --> {after}: {'<br>'.join(causes)}" for (before, after), causes in arrows.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", '    state "any status" as ANY', *lines, "```\n"])


def changes():
    """The table by which a status is changed."""
    rows = [
        [
            cause,
            requirement.status if requirement else "any",
            after,
            f"{requirement.refusal.code}: `{requirement.refusal.message}`" if requirement else "",
        ]
        for cause, (after, requirement) in CHANGES.items()
    ]
    return table(["operation", "from", "to", "from any other status"], rows)


def trials():
    """What operations do to a user of each status, by making the calls."""
    with Cognito(region="us-east-1") as cognito:
        pool = cognito.create_pool()
        client = boto3.client("cognito-idp")
        pool_id = {"UserPoolId": pool.id}
        calls = {
            "AdminConfirmSignUp": lambda name: client.admin_confirm_sign_up(**pool_id, Username=name),
            "AdminSetUserPassword, permanent": lambda name: client.admin_set_user_password(
                **pool_id, Username=name, Password="Permanent1!", Permanent=True
            ),
            "AdminSetUserPassword, temporary": lambda name: client.admin_set_user_password(
                **pool_id, Username=name, Password="Temp0rary!"
            ),
            "AdminResetUserPassword": lambda name: client.admin_reset_user_password(**pool_id, Username=name),
            "InitiateAuth with the password": lambda name: client.initiate_auth(
                ClientId=pool.client.id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
            ),
        }
        # No user of an identity provider has a password.
        statuses = [status for status in STATUSES if status != "EXTERNAL_PROVIDER"]
        rows = [[f"`{status}`", *(outcome(pool, status, call) for call in calls.values())] for status in statuses]
    return table(["a user who is", *calls], rows)


def outcome(pool, status, call):
    """What becomes of a user of that status; `ok` if the status stays."""
    user = pool.add_user(
        f"user{len(pool.users)}", status=status, password=PASSWORD, attributes={"email_verified": "true"}
    )
    try:
        reply = call(user.username)
    except ClientError as error:
        return error.response["Error"]["Code"]
    if user.status != status:
        return user.status
    return reply.get("ChallengeName", "tokens" if "AuthenticationResult" in reply else "ok")


def triggers():
    """What invokes a trigger, and the triggers with their sources and events."""
    seen = invocations()
    rows = [[call, "<br>".join(f"`{source}`" for source in sources) or "none"] for call, sources in seen.items()]
    invoked = {source for sources in seen.values() for source in sources}
    listed = [
        [
            trigger,
            "<br>".join(f"**`{source}`**" if source in invoked else f"`{source}`" for source in sources),
            "<br>".join(f"[`{name}`](events.md#pytest_cognito_pool.{name})" for name in models(trigger)),
        ]
        for trigger, sources in TRIGGERS.items()
    ]
    return {
        "invocations": table(["call", "invocations, in order"], rows),
        "triggers": table(["trigger", "sources", "event"], listed),
    }


def models(trigger):
    """The public models of the events of a trigger, one for each version."""
    return [name for name in pytest_cognito_pool.__all__ if name in (f"{trigger}Event", f"{trigger}V2Event")]
