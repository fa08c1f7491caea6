"""What a test author gives for a pool or an app client, checked against the service model before anything is made."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._service.errors.service_error import ServiceError, worded
from pytest_cognito_pool._service.pool import schema as attributes
from pytest_cognito_pool._service.protocol import model, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from botocore.model import Shape

T = TypeVar("T")

DEFAULT_POOL_NAME: Final = "pytest-cognito-pool"
DEFAULT_CLIENT_NAME: Final = "pytest"


class Form(NamedTuple):
    """What a text must look like for a request to name it: the service model's own pattern and length.

    They stand here lest the set-up of a test load the model for them.
    """

    pattern: str
    longest: int
    like: str


POOL_ID: Final = Form(r"[\w-]+_[0-9a-zA-Z]+", 55, "us-east-1_AbCdEf123")
CLIENT_ID: Final = Form(r"[\w+]+", 128, "1example23456789")
CLIENT_SECRET: Final = Form(r"[\w+]+", 128, "1example" * 6)
REGION: Final = Form(r"[a-z0-9-]+", 30, "eu-central-1")
ACCOUNT: Final = Form(r"[0-9]{12}", 12, "123456789012")
IAM_USER: Final = Form(r"[\w+=,.@-]+", 64, "worker")
USERNAME: Final = Form(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", 128, "ana")
GROUP: Final = Form(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", 128, "staff")
PASSWORD: Final = Form(r"[\S]+", 256, "Passw0rd!")
# What describe-user-pool prints and create-user-pool has not.
_READ_ONLY: Final = frozenset(
    {
        "Arn", "CreationDate", "CustomDomain", "Domain", "EmailConfigurationFailure", "EstimatedNumberOfUsers",
        "LastModifiedDate", "SmsConfigurationFailure", "Status",
    }
)  # fmt: skip
_DESCRIBED: Final = {"Name": "PoolName", "SchemaAttributes": "Schema"}
_CLIENT_READ_ONLY: Final = frozenset({"UserPoolId", "CreationDate", "LastModifiedDate"})


def pool_settings(given: Mapping[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """The pool's id, when one is given, and CreateUserPool's parameters.

    Raises:
        UsageError: for a setting or a value that CreateUserPool does not take.
    """
    given = unwrapped(given)
    for described, name in _DESCRIBED.items():
        if described in given and name in given:
            raise UsageError(f"{described} and {name} are the same setting; give one of them", typed=described)
    parameters = {_DESCRIBED.get(name, name): value for name, value in given.items() if name not in _READ_ONLY}
    pool_id = parameters.pop("Id", None)
    check("no pool can have the Id", pool_id, POOL_ID)
    if not parameters:
        return pool_id, {"PoolName": DEFAULT_POOL_NAME}
    parameters = _with_schema_as_created({"PoolName": DEFAULT_POOL_NAME, **copy.deepcopy(parameters)})
    known = (*model.parameters("CreateUserPool"), "Id", *_DESCRIBED)
    return pool_id, _with_one_validity(_checked("CreateUserPool", "no pool setting has that name", parameters, known))


def unwrapped(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings, those inside the UserPool that describe-user-pool prints among them."""
    described = given.get("UserPool")
    if not isinstance(described, dict):
        return given
    return {**described, **{name: value for name, value in given.items() if name != "UserPool"}}


def client_settings(given: Mapping[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """The app client's id, when one is given, and CreateUserPoolClient's parameters less the pool.

    Raises:
        UsageError: for a setting or a value that CreateUserPoolClient does not take.
    """
    parameters = {name: copy.deepcopy(value) for name, value in given.items() if name not in _CLIENT_READ_ONLY}
    client_id, secret = parameters.pop("ClientId", None), parameters.pop("ClientSecret", None)
    check("no app client can have that ClientSecret", secret, CLIENT_SECRET, shown=False)
    parameters = {"ClientName": DEFAULT_CLIENT_NAME, "UserPoolId": "us-east-1_any", **parameters}
    known = (*model.parameters("CreateUserPoolClient"), "ClientId", "ClientSecret")
    checked = _checked("CreateUserPoolClient", "no app client setting has that name", parameters, known)
    del checked["UserPoolId"]
    return client_id, {**checked, **({"ClientSecret": secret} if secret is not None else {})}


def check(what: str, value: object, form: Form, *, shown: bool = True) -> None:
    """Refuse a value that no request could name.

    Raises:
        UsageError: naming the value, unless it is a secret, and what one looks like.
    """
    fits = isinstance(value, str) and len(value) <= form.longest and validate.matcher(form.pattern)(value)
    if value is not None and not fits:
        typed = f"{what} {value!r}" if shown else what
        too_long = isinstance(value, str) and len(value) > form.longest
        at_most = f" and has at most {form.longest} characters" if too_long else ""
        raise UsageError(f"{typed}; one looks like {form.like!r}{at_most}", typed=value)


def check_client_id(client_id: str | None, taken: Container[str]) -> None:
    """Refuse the id of an app client that no request could name, or that there is.

    Raises:
        UsageError: naming the id.
    """
    check("no app client can have the ClientId", client_id, CLIENT_ID)
    if client_id is not None and client_id in taken:
        raise UsageError(f"there is an app client with the ClientId {client_id!r} already", typed=client_id)


def group_names(groups: Iterable[str], there: Iterable[str]) -> list[str]:
    """The names of groups, each once.

    Raises:
        UsageError: for what is no list of names, and for one that another group has but for the case of its letters.
    """
    if isinstance(groups, str):
        raise UsageError(f"groups is a list of names, not {groups!r}; did you mean [{groups!r}]?", typed=groups)
    if not isinstance(groups, Iterable):
        raise UsageError(f"groups is a list of names, not {groups!r}", typed=groups)
    names = list(dict.fromkeys(groups))
    known = {name.lower(): name for name in there}
    for name in names:
        if not isinstance(name, str):
            raise UsageError(f"no group can have the name {name!r}; one looks like {GROUP.like!r}", typed=name)
        check("no group can have the name", name, GROUP)
        other = known.setdefault(name.lower(), name)
        if other != name:
            raise UsageError(f"there is the group {other!r}; no other can have the name {name!r}", typed=name)
    return names


def client_id(client: object) -> str | None:
    """The id of an app client, where one is given.

    Raises:
        UsageError: for what is none.
    """
    found = getattr(client, "id", None)
    if client is not None and not isinstance(found, str):
        raise UsageError(
            f"client is an app client of the pool, not {client!r}; one is cognito_pool.client", typed=client
        )
    return found


def accepted(make: Callable[[], T]) -> T:
    """What `make` makes of what the author gave; a refusal of the service becomes the author's error."""
    __tracebackhide__ = True
    try:
        return make()
    except ServiceError as error:
        why = f"\n{worded(error.why)}" if error.why else ""
        raise UsageError(f"Cognito refuses that: {error.code}: {error.message}{why}") from None


def _checked(operation: str, what: str, parameters: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    __tracebackhide__ = True
    shape = model.operation(operation).input_shape
    for name in parameters:
        if name not in model.members(shape):
            raise unknown_name(what, name, known)
    check_names(parameters, shape, "")
    report = model.mismatches(parameters, shape)
    if report:
        raise UsageError(report)
    return accepted(lambda: validate.request(operation, parameters))


def check_names(value: Any, shape: Shape | None, path: str) -> None:
    """Refuse a member that its structure does not have, at any depth.

    Raises:
        UsageError: naming the member, where it is, and what it may have meant.
    """
    if isinstance(value, dict) and getattr(shape, "type_name", "") == "structure":
        members = model.members(shape)
        for name, item in value.items():
            if name not in members:
                raise unknown_name(f"{path} has no member of that name", name, members)
            check_names(item, members[name], f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for item in value:
            check_names(item, getattr(shape, "member", None), path)


def _with_schema_as_created(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters with the schema as create-user-pool takes it, whichever way it is given."""
    schema = parameters.get("Schema")
    if isinstance(schema, list):
        own = [_created_row(row) for row in schema if row not in attributes.STANDARD.values()]
        parameters = {**parameters, "Schema": own}
        if schema and not own:
            del parameters["Schema"]
    return parameters


def _created_row(row: Any) -> Any:
    if isinstance(row, dict) and isinstance(row.get("Name"), str):
        return {**row, "Name": row["Name"].removeprefix("dev:").removeprefix("custom:")}
    return row


def _with_one_validity(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters without the older name of a number of days that describe-user-pool prints beside the newer."""
    if "TemporaryPasswordValidityDays" in parameters.get("Policies", {}).get("PasswordPolicy", {}):
        parameters.get("AdminCreateUserConfig", {}).pop("UnusedAccountValidityDays", None)
    return parameters
