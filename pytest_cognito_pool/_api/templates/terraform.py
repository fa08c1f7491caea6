"""Read Terraform's JSON: what `terraform show -json` prints of a state or of a plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._api.templates.declared import Declared, Function, Kinds, Source, Step, TemplateError, drawn
from pytest_cognito_pool._api.templates.documents import Shown, check
from pytest_cognito_pool._api.templates.references import References
from pytest_cognito_pool._service.pool.schema import STANDARD
from pytest_cognito_pool._service.protocol import model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from botocore.model import Shape

    from pytest_cognito_pool._api.templates.documents import Instance, Module

_COGNITO: Final = "aws_cognito_"
_CREATES: Final[Mapping[str, str]] = {
    "user_pool": "CreateUserPool",
    "user_pool_client": "CreateUserPoolClient",
    "managed_user_pool_client": "CreateUserPoolClient",
    "user_group": "CreateGroup",
    "user": "AdminCreateUser",
    "user_in_group": "AdminAddUserToGroup",
    "user_pool_domain": "CreateUserPoolDomain",
    "resource_server": "CreateResourceServer",
    "identity_provider": "CreateIdentityProvider",
    "user_pool_ui_customization": "SetUICustomization",
    "managed_login_branding": "CreateManagedLoginBranding",
}
_KINDS: Final = Kinds(
    word="type",
    prefix=_COGNITO,
    made=_CREATES,
    not_simulated={"risk_configuration": "SetRiskConfiguration", "user_pool_replica": "CreateUserPoolReplica"},
    skipped=frozenset({"identity_pool", "identity_pool_roles_attachment", "identity_pool_provider_principal_tag"}),
    only_warned=frozenset({"log_delivery_configuration"}),
)
# Attributes whose name in the API is not theirs in PascalCase; by type, or "" for every type.
_NAMES: Final[Mapping[tuple[str, str], str]] = {
    ("user_pool", "name"): "PoolName",
    ("user_pool_client", "name"): "ClientName",
    ("user_group", "name"): "GroupName",
    ("resource_server", "name"): "Name",
    ("", "scope"): "Scopes",
    ("", "callback_urls"): "CallbackURLs",
    ("", "logout_urls"): "LogoutURLs",
    ("", "default_redirect_uri"): "DefaultRedirectURI",
    ("", "kms_key_id"): "KMSKeyID",
    ("", "custom_sms_sender"): "CustomSMSSender",
    ("", "allowed_oauth_flows"): "AllowedOAuthFlows",
    ("", "allowed_oauth_flows_user_pool_client"): "AllowedOAuthFlowsUserPoolClient",
    ("", "allowed_oauth_scopes"): "AllowedOAuthScopes",
    ("", "css"): "CSS",
    ("", "recovery_mechanism"): "RecoveryMechanisms",
    ("", "recovery_mechanisms"): "RecoveryMechanisms",
    ("", "from_email_address"): "From",
    ("", "reply_to_email_address"): "ReplyToEmailAddress",
    ("", "group_name"): "GroupName",
}
# What the provider computes, and what the API has no parameter for.
_COMPUTED: Final = frozenset(
    {
        "arn", "id", "creation_date", "last_modified_date", "domain_name", "custom_domain", "endpoint",
        "estimated_number_of_users", "region", "tags", "scope_identifiers", "cloudfront_distribution",
        "cloudfront_distribution_arn", "cloudfront_distribution_zone_id", "aws_account_id", "s3_bucket", "version",
        "managed_login_branding_id", "settings_all", "sub", "status", "mfa_setting_list", "preferred_mfa_setting",
        "image_url", "css_version", "timeouts", "name_pattern", "name_prefix", "client_secret",
    }
)  # fmt: skip
_MFA: Final = ("software_token_mfa_configuration", "email_mfa_configuration", "web_authn_configuration")
_MAJOR: Final = frozenset({"0", "1"})


def is_terraform(content: Mapping[str, Any]) -> bool:
    """Whether the content of a file is of Terraform: of `terraform show -json`, or a raw state."""
    return "format_version" in content or "terraform_version" in content


class State:
    """A state or a plan, while its resources are made.

    Args:
        content: the content of the file.
        account: the id of the account.
        region: the region.
    """

    def __init__(self, content: Mapping[str, Any], account: str, region: str) -> None:
        if "format_version" not in content:
            raise UsageError("it is a raw state; load the output of: terraform show -json")
        major = str(content["format_version"]).partition(".")[0]
        if major not in _MAJOR:
            raise UsageError(f"its format_version is {content['format_version']}; 0.x and 1.x can be read")
        is_plan = "planned_values" in content
        shown = check(Shown, content)
        root = shown.planned_values if is_plan else shown.values
        self._resources = {each.address: each for each in _resources(root.root_module) if each.mode != "data"}
        changes = shown.resource_changes if is_plan else ()
        self._unknown = {each.address: each.change.after_unknown for each in changes}
        self._references = References(self._resources, shown.configuration.root_module, self._attribute)
        self._words = {"account": account, "region": region}
        self._made: dict[str, Mapping[str, Any]] = {}

    def source(self) -> Source:
        """What it declares.

        Raises:
            TemplateError: for a resource of a kind that cannot be loaded.
            UnsupportedOperationError: for a resource that is not simulated.
        """
        declared: list[Declared] = []
        warnings: list[str] = []
        for address, resource in self._resources.items():
            if resource.type.startswith(_COGNITO) and _KINDS.is_made(address, resource.type, warnings):
                declared.append(self._declared(address, resource.type.removeprefix(_COGNITO), resource))
        return Source(declared, list(self._functions()), warnings)

    def _declared(self, address: str, name: str, resource: Instance) -> Declared:
        steps = partial(self._steps, address, name, resource)
        note = partial(self._made.__setitem__, address)
        pool = partial(self._pool_id, address, resource)
        return Declared(address, (), f"{_COGNITO}{name}", _CREATES[name], pool, steps, note)

    def _pool_id(self, address: str, resource: Instance) -> Any:
        return self._complete(address, resource).get("user_pool_id")

    def _functions(self) -> Iterator[Function]:
        for address, resource in self._resources.items():
            if resource.type == "aws_lambda_function":
                name = str(resource.values.get("function_name", resource.name))
                arn = self._attribute("aws_lambda_function", name, address, "arn")
                yield Function((address, name), str(arn))

    def _steps(self, address: str, name: str, resource: Instance) -> list[Step]:
        values = self._complete(address, resource)
        if name == "managed_user_pool_client":
            name = "user_pool_client"
            if "id" not in values:
                raise TemplateError("it takes over an app client that another service makes; load a state instead")
        if name == "user_pool":
            return self._pool(address, values)
        if name == "user":
            return self._user(values)
        operation = _CREATES[name]
        certificate = values.pop("certificate_arn", None)
        parameters = _translated(operation, name, {key: each for key, each in values.items() if key not in _COMPUTED})
        if name == "user_pool_client":
            _of_client(parameters, values, address)
        if name == "user_group" and parameters.get("Precedence") == 0:
            del parameters["Precedence"]
        if certificate is not None:
            parameters["CustomDomainConfig"] = {"CertificateArn": certificate}
        return [Step(operation, parameters)]

    def _pool(self, address: str, values: dict[str, Any]) -> list[Step]:
        """Observed: the provider sets everything about second factors by SetUserPoolMfaConfig, after CreateUserPool."""
        pool_id = values.get("id") or f"{self._words['region']}_{drawn(address, 9)}"
        tags = values.pop("tags_all", None) or values.get("tags")
        plain = {key: each for key, each in values.items() if key not in {*_COMPUTED, *_MFA, "domain"}}
        policies = {key: plain.pop(key) for key in ("password_policy", "sign_in_policy") if key in plain}
        if policies:
            plain["policies"] = [policies]
        parameters = _translated("CreateUserPool", "user_pool", plain)
        if tags:
            parameters["UserPoolTags"] = tags
        parameters["Id"] = pool_id
        mfa = _second_factors(parameters, values)
        return [Step("CreateUserPool", parameters), *([Step("SetUserPoolMfaConfig", mfa)] if mfa else [])]

    def _user(self, values: Mapping[str, Any]) -> list[Step]:
        named = {"Username": values.get("username", "")}
        attributes = [
            {"Name": name if name in STANDARD or ":" in name else f"custom:{name}", "Value": str(value)}
            for name, value in check(dict[str, Any], values.get("attributes", {}), "attributes").items()
            if name != "sub"
        ]
        first = {**named, "UserPoolId": values.get("user_pool_id", "")}
        if attributes:
            first["UserAttributes"] = attributes
        for key, name in (("temporary_password", "TemporaryPassword"), ("message_action", "MessageAction")):
            if key in values:
                first[name] = values[key]
        steps = [Step("AdminCreateUser", first)]
        if "password" in values:
            steps.append(Step("AdminSetUserPassword", {**named, "Password": values["password"], "Permanent": True}))
        if values.get("enabled") is False:
            steps.append(Step("AdminDisableUser", named))
        return steps

    def _complete(self, address: str, resource: Instance) -> dict[str, Any]:
        """The values that are set; in a plan, unknown ones as the configuration refers to them."""
        values: dict[str, Any] = _without_unset(resource.values)
        for name, unknown in self._unknown.get(address, {}).items():
            if name not in _COMPUTED and name not in {"client_secret", "tags_all", "domain"}:
                found = self._references.referred(resource, (name,), unknown, values.get(name))
                if found is not None:
                    values[name] = found
        return values

    def _attribute(self, kind: str, name: str, address: str | None, attribute: str) -> Any:
        """An attribute of a resource: of one that was made, as its values have it, or invented."""
        values = self._resources[address].values if address else {}
        member = _MADE.get((kind.removeprefix(_COGNITO), attribute), ())
        value: Any = self._made.get(address or "", {})
        if value and member:
            for part in member:
                value = value[part]
            return value
        if values.get(attribute) is not None:
            return values[attribute]
        if attribute == "scope_identifiers":
            return [f"{values['identifier']}/{scope['scope_name']}" for scope in values.get("scope", ())]
        called = str(values.get("function_name") or values.get("name") or name)
        return self._arn(kind, called) if attribute == "arn" else f"{called}-{attribute}"

    def _arn(self, kind: str, name: str) -> str:
        service = kind.removeprefix("aws_").partition("_")[0]
        region = "" if service == "iam" else self._words["region"]
        part = {"iam": f"role/{name}", "lambda": f"function:{name}"}.get(service, name)
        return f"arn:aws:{service}:{region}:{self._words['account']}:{part}"


_MADE: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("user_pool", "id"): ("Id",),
    ("user_pool", "arn"): ("Arn",),
    ("user_pool_client", "id"): ("ClientId",),
    ("user_group", "name"): ("Group", "GroupName"),
    ("user", "username"): ("User", "Username"),
}


def _resources(module: Module) -> Iterator[Instance]:
    yield from module.resources
    for child in module.child_modules:
        yield from _resources(child)


def _without_unset(value: Any) -> Any:
    """The value without null, empty strings, lists and maps, which mean that nothing is set."""
    if isinstance(value, dict):
        found = {name: _without_unset(each) for name, each in value.items()}
        return {name: each for name, each in found.items() if each not in (None, "", [], {})}
    return [_without_unset(each) for each in value] if isinstance(value, list) else value


def _translated(operation: str, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as parameters of the operation: blocks as structures, names as the API has them."""
    shape = model.operation(operation).input_shape
    return _structure(values, shape, kind)


def _structure(values: Mapping[str, Any], shape: Shape | None, kind: str) -> dict[str, Any]:
    members = model.members(shape)
    found = {}
    for key, value in check(dict[str, Any], values, "a block").items():
        name = _name(kind, key, members)
        found[name] = _value(value, members[name], kind)
    return found


def _name(kind: str, key: str, members: Mapping[str, Any]) -> str:
    """The member that an attribute is."""
    pascal = "".join(part.capitalize() for part in key.split("_"))
    known = (_NAMES.get((kind, key), ""), _NAMES.get(("", key), ""), pascal, f"{pascal}s")
    for name in known:
        if name in members:
            return name
    by_case = {member.lower(): member for member in members}
    if pascal.lower() in by_case:
        return by_case[pascal.lower()]
    raise unknown_name("it has an attribute that the API does not have:", key, members)


def _value(value: Any, shape: Any, kind: str) -> Any:
    type_name = shape.type_name
    if type_name == "structure":
        return _structure(value[0] if isinstance(value, list) else value, shape, kind)
    if type_name == "list" and isinstance(value, list):
        return [_value(each, shape.member, kind) for each in value]
    if type_name == "string" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value


def _of_client(parameters: dict[str, Any], values: Mapping[str, Any], address: str) -> None:
    """Add the id and the secret, and drop the numbers that mean that nothing is set."""
    parameters["ClientId"] = values.get("id") or drawn(address, 26).lower()
    if "client_secret" in values:
        parameters["ClientSecret"] = values["client_secret"]
        parameters.pop("GenerateSecret", None)
    for name in ("AccessTokenValidity", "IdTokenValidity", "RefreshTokenValidity"):
        if parameters.get(name) == 0:
            del parameters[name]


def _second_factors(parameters: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of SetUserPoolMfaConfig; empty if second factors are off."""
    mode = values.get("mfa_configuration", "OFF")
    factors = {key: values[key] for key in _MFA if key in values}
    if mode == "OFF" and "web_authn_configuration" not in factors:
        return {}
    parameters.pop("MfaConfiguration", None)
    mfa = _translated("SetUserPoolMfaConfig", "user_pool", {"mfa_configuration": mode, **factors})
    if "SmsConfiguration" in parameters:
        mfa["SmsMfaConfiguration"] = {"SmsConfiguration": parameters["SmsConfiguration"]}
    return mfa
