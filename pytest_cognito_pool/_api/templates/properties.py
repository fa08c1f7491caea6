"""The properties of CloudFormation's resources as parameters of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.errors import unknown_name
from pytest_cognito_pool._api.templates.declared import Step, TemplateError
from pytest_cognito_pool._api.templates.documents import check
from pytest_cognito_pool._api.templates.intrinsics import FromParameter
from pytest_cognito_pool._service.protocol import model
from pytest_cognito_pool._service.wording import hint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import Shape

# Properties of AWS::Cognito::UserPool that SetUserPoolMfaConfig takes, with the member that each becomes.
_MFA: Final[Mapping[str, tuple[str, ...]]] = {
    "EnabledMfas": (),
    "EmailAuthenticationMessage": ("EmailMfaConfiguration", "Message"),
    "EmailAuthenticationSubject": ("EmailMfaConfiguration", "Subject"),
    "WebAuthnRelyingPartyID": ("WebAuthnConfiguration", "RelyingPartyId"),
    "WebAuthnUserVerification": ("WebAuthnConfiguration", "UserVerification"),
    "WebAuthnFactorConfiguration": ("WebAuthnConfiguration", "FactorConfiguration"),
}
# Members of the API that CloudFormation has under another name, or not at all.
_OF_API: Final = frozenset({"PoolName", "TemporaryPassword"})


def pool_steps(properties: Mapping[str, Any]) -> list[Step]:
    """The operations that make a user pool.

    Observed: MfaConfiguration beside any of the factors goes to SetUserPoolMfaConfig alone (cdkd, roadmap#769).

    Raises:
        TemplateError: for a property or a value that AWS::Cognito::UserPool does not take.
    """
    of_mfa = {name: properties[name] for name in _MFA if name in properties}
    plain = {name: value for name, value in properties.items() if name not in _MFA}
    pool = parameters("CreateUserPool", plain, extra=["UserPoolName", *_MFA])
    if "UserPoolName" in plain:
        pool["PoolName"] = coerced(plain["UserPoolName"], _member("CreateUserPool", "PoolName"), "UserPoolName")
    if not of_mfa:
        return [Step("CreateUserPool", pool)]
    mfa: dict[str, Any] = {}
    if "MfaConfiguration" in pool:
        mfa["MfaConfiguration"] = pool.pop("MfaConfiguration")
    for name, path in _MFA.items():
        if path and name in of_mfa:
            shape = model.members(_member("SetUserPoolMfaConfig", path[0]))[path[1]]
            mfa.setdefault(path[0], {})[path[1]] = coerced(of_mfa[name], shape, name)
    for factor in check(list[str], of_mfa.get("EnabledMfas", []), "EnabledMfas"):
        mfa.update(_factor(factor, pool, mfa))
    return [Step("CreateUserPool", pool), Step("SetUserPoolMfaConfig", mfa)]


def _factor(name: Any, pool: Mapping[str, Any], mfa: Mapping[str, Any]) -> dict[str, Any]:
    if name == "SMS_MFA":
        configuration = {"SmsConfiguration": pool["SmsConfiguration"]} if "SmsConfiguration" in pool else {}
        return {"SmsMfaConfiguration": configuration}
    if name == "SOFTWARE_TOKEN_MFA":
        return {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
    if name == "EMAIL_OTP":
        return {"EmailMfaConfiguration": mfa.get("EmailMfaConfiguration", {})}
    raise unknown_name("EnabledMfas has no value", name, ("EMAIL_OTP", "SMS_MFA", "SOFTWARE_TOKEN_MFA"))


def parameters(operation: str, properties: Mapping[str, Any], *, extra: list[str]) -> dict[str, Any]:
    """The properties that the operation takes, in its types; those in `extra` are left out.

    Raises:
        TemplateError: for a property or a value that the operation does not take.
    """
    shape = model.operation(operation).input_shape
    known = [name for name in model.members(shape) if name not in _OF_API]
    found = {}
    for name, value in properties.items():
        if name in extra:
            continue
        if name not in known:
            raise unknown_name("it has no property", name, [*known, *extra])
        found[name] = coerced(value, model.members(shape)[name], name)
    return found


def _member(operation: str, name: str) -> Shape:
    return model.members(model.operation(operation).input_shape)[name]


def coerced(value: Any, shape: Shape, path: str) -> Any:
    """A resolved value in the type of the API: templates write numbers and booleans as strings, and the reverse.

    Raises:
        TemplateError: naming the path of a value that the type does not have.
    """
    kind = shape.type_name
    if kind == "structure":
        return _structure(value, shape, path)
    if kind == "map":
        _check(value, dict, path)
        return {str(name): coerced(each, shape.value, f"{path}.{name}") for name, each in value.items()}  # type: ignore[attr-defined]
    if kind == "list":
        values = [part.strip() for part in value.split(",")] if isinstance(value, FromParameter) else value
        _check(values, list, path)
        return [coerced(each, shape.member, f"{path}[{place}]") for place, each in enumerate(values)]  # type: ignore[attr-defined]
    if isinstance(value, (dict, list)):
        raise TemplateError(f"{path} is {value!r}, and not one value", typed=value)
    return _scalar(value, shape, path)


def _structure(value: Any, shape: Shape, path: str) -> dict[str, Any]:
    _check(value, dict, path)
    known = model.members(shape)
    for name in value:
        if name not in known:
            raise TemplateError(f"it has no property {f'{path}.{name}'!r}; {hint(name, list(known))}", typed=name)
    return {name: coerced(each, known[name], f"{path}.{name}") for name, each in value.items()}


def _scalar(value: Any, shape: Shape, path: str) -> Any:
    kind = shape.type_name
    if kind == "boolean":
        if str(value).lower() not in {"true", "false"}:
            raise TemplateError(f"{path} is {value!r}; it must be true or false", typed=value)
        return str(value).lower() == "true"
    if kind in {"integer", "long"}:
        try:
            return int(str(value))
        except ValueError:
            raise TemplateError(f"{path} is {value!r}; it must be a whole number", typed=value) from None
    if isinstance(value, bool) and getattr(shape, "enum", None):
        written = f"{str(value).lower()!r}"
        raise TemplateError(
            f"1 validation error detected: Value {written} at '{path[:1].lower()}{path[1:]}' failed to satisfy "
            f"constraint: Member must satisfy enum value set: [{', '.join(shape.enum)}]\n"  # type: ignore[attr-defined]
            f"YAML reads OFF and ON without quotes as {value}; quote it",
            typed=value,
        )
    return str(value).lower() if isinstance(value, bool) else value if kind == "blob" else str(value)


def _check(value: Any, kind: type, path: str) -> None:
    if not isinstance(value, kind):
        wanted = "a list" if kind is list else "a mapping"
        raise TemplateError(f"{path} is {value!r}; it must be {wanted}", typed=value)
