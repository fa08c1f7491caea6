"""What a test author gives for a pool or an app client, checked against the service model before anything is made."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pytest_cognito_pool._service import model, texts, validate
from pytest_cognito_pool.errors import UsageError, unknown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from botocore.model import Shape

T = TypeVar("T")

DEFAULT_POOL_NAME: Final = "pytest-cognito-pool"
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
    parameters = {_DESCRIBED.get(name, name): value for name, value in given.items() if name not in _READ_ONLY}
    pool_id = parameters.pop("Id", None)
    if pool_id is not None and not validate.matcher(r"[\w-]+_[0-9a-zA-Z]+")(str(pool_id)):
        message = f"no pool can have the Id {pool_id!r}; one looks like 'us-east-1_AbCdEf123'"
        raise UsageError(message, typed=pool_id)
    named = {"PoolName": DEFAULT_POOL_NAME, **parameters}
    if not parameters:
        return pool_id, named
    known = (*model.parameters("CreateUserPool"), "Id", *_DESCRIBED)
    checked = _checked("CreateUserPool", "no pool setting has that name", copy.deepcopy(named), known)
    return pool_id, _as_created(checked)


def client_settings(given: Mapping[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """The app client's id, when one is given, and CreateUserPoolClient's parameters less the pool.

    Raises:
        UsageError: for a setting or a value that CreateUserPoolClient does not take.
    """
    parameters = {name: value for name, value in given.items() if name not in _CLIENT_READ_ONLY}
    client_id = parameters.pop("ClientId", None)
    if client_id is not None and not validate.matcher(r"[\w+]{1,128}")(str(client_id)):
        raise UsageError(f"no app client can have the ClientId {client_id!r}", typed=client_id)
    secret = parameters.pop("ClientSecret", None)
    parameters = {"ClientName": "pytest", "UserPoolId": "us-east-1_any", **parameters}
    known = (*model.parameters("CreateUserPoolClient"), "ClientId", "ClientSecret")
    checked = _checked("CreateUserPoolClient", "no app client setting has that name", parameters, known)
    del checked["UserPoolId"]
    return client_id, {**checked, **({"ClientSecret": secret} if secret is not None else {})}


def accepted(make: Callable[[], T]) -> T:
    """What `make` makes of what the author gave; a refusal of the service becomes the author's error."""
    __tracebackhide__ = True
    try:
        return make()
    except texts.ServiceError as error:
        why = f"\n{error.why}" if error.why else ""
        raise UsageError(f"Cognito refuses that: {error.code}: {error.message}{why}") from None


def _checked(operation: str, what: str, parameters: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    __tracebackhide__ = True
    shape = model.operation(operation).input_shape
    for name in parameters:
        if name not in model.members(shape):
            raise unknown_name(what, name, known)
    _check_names(parameters, shape, "")
    report = model.mismatches(parameters, shape)
    if report:
        raise UsageError(report)
    return accepted(lambda: validate.request(operation, parameters))


def _check_names(value: Any, shape: Shape | None, path: str) -> None:
    if isinstance(value, dict) and getattr(shape, "type_name", "") == "structure":
        members = model.members(shape)
        for name, item in value.items():
            if name not in members:
                raise unknown_name(f"{path} has no setting of that name", name, members)
            _check_names(item, members[name], f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for item in value:
            _check_names(item, getattr(shape, "member", None), path)


def _as_created(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters with what describe-user-pool prints in its own form as create-user-pool takes it."""
    if "TemporaryPasswordValidityDays" in parameters.get("Policies", {}).get("PasswordPolicy", {}):
        parameters.get("AdminCreateUserConfig", {}).pop("UnusedAccountValidityDays", None)
    for row in parameters.get("Schema", ()):
        row["Name"] = row.get("Name", "").removeprefix("dev:").removeprefix("custom:")
    return parameters
