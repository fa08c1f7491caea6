"""Read a CloudFormation template, also as SAM, CDK, the Serverless Framework and Amplify write it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.errors import unknown_name
from pytest_cognito_pool._api.templates import properties
from pytest_cognito_pool._api.templates.declared import (
    Declared,
    Function,
    Kinds,
    Source,
    Step,
    TemplateError,
    drawn,
    placed,
)
from pytest_cognito_pool._api.templates.documents import Event, Resource, Template, Trigger, check
from pytest_cognito_pool._api.templates.intrinsics import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_COGNITO: Final = "AWS::Cognito::"
# By type: the operation that creates a resource, and the parameter that a name left out goes to.
_CREATES: Final[Mapping[str, tuple[str, str]]] = {
    "UserPool": ("CreateUserPool", "UserPoolName"),
    "UserPoolClient": ("CreateUserPoolClient", "ClientName"),
    "UserPoolDomain": ("CreateUserPoolDomain", ""),
    "UserPoolGroup": ("CreateGroup", "GroupName"),
    "UserPoolIdentityProvider": ("CreateIdentityProvider", ""),
    "UserPoolResourceServer": ("CreateResourceServer", ""),
    "UserPoolUICustomizationAttachment": ("SetUICustomization", ""),
    "UserPoolUser": ("AdminCreateUser", "Username"),
    "UserPoolUserToGroupAttachment": ("AdminAddUserToGroup", ""),
    "ManagedLoginBranding": ("CreateManagedLoginBranding", ""),
}
_KINDS: Final = Kinds(
    word="Type",
    prefix=_COGNITO,
    made=_CREATES,
    not_simulated={
        "UserPoolRiskConfigurationAttachment": "SetRiskConfiguration",
        "Terms": "CreateTerms",
        "UserPoolReplica": "CreateUserPoolReplica",
        "UserPoolRegionalConfigurationAttachment": "UpdateUserPool in a replica's region",
    },
    skipped=frozenset({"IdentityPool", "IdentityPoolRoleAttachment", "IdentityPoolPrincipalTag"}),
    only_warned=frozenset({"LogDeliveryConfiguration"}),
)
_LAMBDA: Final = frozenset({"AWS::Lambda::Function", "AWS::Serverless::Function"})
_SERVICES: Final[Mapping[str, str]] = {
    "AWS::CertificateManager::Certificate": "arn:{partition}:acm:{region}:{account}:certificate/{drawn}",
    "AWS::IAM::Role": "arn:{partition}:iam::{account}:role/{name}",
    "AWS::KMS::Key": "arn:{partition}:kms:{region}:{account}:key/{drawn}",
    "AWS::SES::EmailIdentity": "arn:{partition}:ses:{region}:{account}:identity/{name}",
}
# The result of an operation, by the attributes of Fn::GetAtt; "" is what a Ref gives.
_MADE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "CreateUserPool": {"": ("Id",), "UserPoolId": ("Id",), "Arn": ("Arn",)},
    "CreateUserPoolClient": {
        "": ("ClientId",), "ClientId": ("ClientId",), "ClientSecret": ("ClientSecret",), "Name": ("ClientName",),
    },
    "CreateGroup": {"": ("Group", "GroupName")},
    "AdminCreateUser": {"": ("User", "Username")},
    "CreateResourceServer": {"": ("ResourceServer", "Identifier")},
    "CreateIdentityProvider": {"": ("IdentityProvider", "ProviderName")},
}  # fmt: skip


class Stack:
    """A template, while its resources are made.

    Args:
        file: its file.
        template: its content.
        given: the author's values of parameters and exports.
        account: the id of the account.
        region: the region.
    """

    def __init__(
        self, file: Path, template: Mapping[str, Any], given: Mapping[str, Any], account: str, region: str
    ) -> None:
        self._macros = {name: each for name, each in template["Resources"].items() if str(name).startswith("Fn::")}
        resources = {name: each for name, each in template["Resources"].items() if name not in self._macros}
        checked = check(Template, {**template, "Resources": resources})
        self._resources = checked.Resources
        partition = "aws-cn" if region.startswith("cn-") else "aws"
        self._words = {"partition": partition, "region": region, "account": account}
        name = str(given.get("AWS::StackName", file.name.partition(".")[0]))
        pseudo = {
            "AWS::AccountId": account,
            "AWS::NotificationARNs": [],
            "AWS::Partition": partition,
            "AWS::Region": region,
            "AWS::StackId": f"arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{drawn(name, 12)}",
            "AWS::StackName": name,
            "AWS::URLSuffix": "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com",
        }
        self._resolver = Resolver(checked, given, pseudo, self._reference, self._attribute)
        self._made: dict[str, dict[str, str]] = {}
        self._wired = _wired_by_sam(self._resources)
        _check_parameters(template, given)

    def source(self) -> Source:
        """What the template declares.

        Raises:
            TemplateError: for a resource of a kind that cannot be loaded.
            UnsupportedOperationError: for a resource that is not simulated.
        """
        declared: list[Declared] = []
        warnings: list[str] = []
        for name, macro in self._macros.items():
            if _COGNITO in json.dumps(macro, default=str):
                raise TemplateError(f"the function {name.rpartition('::')[0]} is not supported: Resources.{name}")
            warnings.append(f"Resources.{name} is left out: macros are not run")
        for logical_id, resource in self._resources.items():
            kind = resource.Type
            is_wanted = kind.startswith(_COGNITO) and self._is_wanted(logical_id, resource)
            if is_wanted and _KINDS.is_made(logical_id, kind, warnings):
                declared.append(self._declared(logical_id, kind.removeprefix(_COGNITO), resource))
            warnings += _changes_pools(logical_id, resource)
        return Source(declared, list(self._functions()), warnings)

    def _is_wanted(self, logical_id: str, resource: Resource) -> bool:
        try:
            return not resource.Condition or self._resolver.condition(resource.Condition)
        except TemplateError as error:
            raise placed(f"{logical_id} ({resource.Type})", error) from None

    def _declared(self, logical_id: str, name: str, resource: Resource) -> Declared:
        operation, _ = _CREATES[name]
        return Declared(
            logical_id,
            tuple(_paths(resource)),
            f"{_COGNITO}{name}",
            operation,
            partial(self._pool, resource),
            partial(self._steps, logical_id, name, resource),
            partial(self._note, logical_id, operation),
        )

    def _pool(self, resource: Resource) -> Any:
        return self._resolver.value(resource.Properties.get("UserPoolId", ""))

    def _steps(self, logical_id: str, name: str, resource: Resource) -> list[Step]:
        operation, named = _CREATES[name]
        given = check(dict[str, Any], self._resolver.value(resource.Properties), "Properties")
        if named:
            given = {named: f"{logical_id}-{drawn(logical_id, 12)}", **given}
        if name == "UserPool":
            for trigger, arn in self._wired.get(logical_id, {}).items():
                check(dict[str, Any], given.setdefault("LambdaConfig", {}), "LambdaConfig")
                given["LambdaConfig"][trigger] = self._resolver.value(arn)
            first, *others = properties.pool_steps(given)
            pool_id = f"{self._words['region']}_{drawn(logical_id, 9)}"
            return [Step(first.operation, {**first.parameters, "Id": pool_id}), *others]
        parameters = properties.parameters(operation, given, extra=[])
        if parameters.get("ClientId") == "ALL":
            del parameters["ClientId"]
        if operation == "CreateUserPoolClient":
            parameters["ClientId"] = drawn(logical_id, 26).lower()
        return [Step(operation, parameters)]

    def _note(self, logical_id: str, operation: str, result: Mapping[str, Any]) -> None:
        """Keep what a resource is called, for those that refer to it."""
        names = {}
        for attribute, path in _MADE.get(operation, {}).items():
            value: Any = result
            for member in path:
                value = value.get(member, "") if value else ""
            names[attribute] = str(value)
        if operation == "CreateUserPool":
            names["ProviderName"] = f"cognito-idp.{self._words['region']}.amazonaws.com/{names['']}"
            names["ProviderURL"] = f"https://{names['ProviderName']}"
        self._made[logical_id] = names

    def _reference(self, logical_id: str) -> str:
        resource = self._resources[logical_id]
        kind, given = resource.Type, resource.Properties
        if logical_id in self._made:
            return self._made[logical_id].get("", "") or f"{logical_id}-{drawn(logical_id, 12)}"
        if kind == "AWS::Cognito::UserPoolDomain":
            return self._property(given, "Domain")
        if kind in _LAMBDA:
            return self._function_name(logical_id, given)
        if kind in {"AWS::Lambda::Version", "AWS::Lambda::Alias"}:
            qualifier = self._property(given, "Name") if kind.endswith("Alias") else "1"
            return f"{self._arn_of(self._property(given, 'FunctionName'))}:{qualifier}"
        if kind == "AWS::CertificateManager::Certificate":
            return self._attribute(logical_id, "Arn")
        return f"{logical_id}-{drawn(logical_id, 12)}"

    def _attribute(self, logical_id: str, attribute: str) -> str:
        kind, given = self._resources[logical_id].Type, self._resources[logical_id].Properties
        if logical_id in self._made:
            known = self._made[logical_id]
            if attribute not in known:
                raise unknown_name(
                    f"{logical_id} ({kind}) has no attribute", attribute, [each for each in known if each]
                )
            return known[attribute]
        if kind in _LAMBDA and attribute == "Arn":
            return self._arn_of(self._function_name(logical_id, given))
        if attribute == "Arn":
            service = kind.partition("::")[2].partition("::")[0].lower()
            pattern = _SERVICES.get(kind, f"arn:{{partition}}:{service}:{{region}}:{{account}}:{{name}}")
            name = str(given.get("RoleName", logical_id)) if isinstance(given.get("RoleName", ""), str) else logical_id
            return pattern.format(**self._words, name=name, drawn=drawn(logical_id, 12))
        return f"{logical_id}.{attribute}"

    def _function_name(self, logical_id: str, given: Mapping[str, Any]) -> str:
        return self._property(given, "FunctionName") if "FunctionName" in given else logical_id

    def _property(self, given: Mapping[str, Any], name: str) -> str:
        """A property that is a string.

        Raises:
            TemplateError: if it is left out.
        """
        if name not in given:
            raise TemplateError(f"what it refers to has no property {name}")
        return check(str, self._resolver.value(given[name]), name)

    def _arn_of(self, name: str) -> str:
        pattern = "arn:{partition}:lambda:{region}:{account}:function:"
        return name if name.startswith("arn:") else pattern.format(**self._words) + name

    def _functions(self) -> Iterator[Function]:
        for logical_id, resource in self._resources.items():
            if resource.Type in _LAMBDA and self._is_wanted(logical_id, resource):
                try:
                    name = self._function_name(logical_id, resource.Properties)
                except TemplateError:
                    # Only a trigger that refers to it needs its name.
                    name = logical_id
                yield Function((logical_id, *_paths(resource), name), self._arn_of(name))


def _paths(resource: Resource) -> Iterator[str]:
    """The path of a construct of CDK, with and without its last part."""
    path = resource.Metadata.get("aws:cdk:path")
    if isinstance(path, str):
        yield path
        yield path.removesuffix("/Resource")


def _wired_by_sam(resources: Mapping[str, Resource]) -> dict[str, dict[str, Any]]:
    """By pool, the triggers that events of SAM's functions attach.

    Raises:
        TemplateError: as SAM refuses it: a pool that is not of the template, and a trigger that is attached twice.
    """
    wired: dict[str, dict[str, Any]] = {}
    functions = {name: each.Properties for name, each in resources.items() if each.Type == "AWS::Serverless::Function"}
    for logical_id, given in functions.items():
        alias = given.get("AutoPublishAlias")
        plain = {"Fn::GetAtt": [logical_id, "Arn"]}
        arn = {"Fn::Join": [":", [plain, alias]]} if alias else plain
        for event_id, pool, trigger in _events(logical_id, given):
            refused = f"Resource with id [{logical_id}] is invalid. Event with id [{event_id}] is invalid."
            if pool not in resources:
                raise TemplateError(f"{refused} Cognito events must reference a Cognito UserPool in the same template.")
            configured = resources[pool].Properties.get("LambdaConfig", {})
            check(dict[str, Any], configured, f"{pool}.Properties.LambdaConfig")
            if trigger in wired.setdefault(pool, {}) or trigger in configured:
                raise TemplateError(f'{refused} Cognito trigger "{trigger}" defined multiple times.')
            wired[pool][trigger] = arn
    return wired


def _events(logical_id: str, given: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The events of a SAM function that attach it: id, the pool's logical id, the trigger."""
    place = f"{logical_id}.Properties.Events"
    for event_id, event in check(dict[str, Event], given.get("Events", {}), place).items():
        if event.Type == "Cognito":
            attached = check(Trigger, event.Properties, f"{place}.{event_id}.Properties")
            pool = str(attached.UserPool.get("Ref")) if isinstance(attached.UserPool, dict) else ""
            triggers = [attached.Trigger] if isinstance(attached.Trigger, str) else attached.Trigger
            yield from ((event_id, pool, trigger) for trigger in triggers)


def _changes_pools(logical_id: str, resource: Resource) -> list[str]:
    """A warning about a custom resource that changes a pool after the deployment."""
    kind = resource.Type
    text = json.dumps(resource.Properties, default=str) if kind.startswith("Custom::") else ""
    writes = any(word in text for word in ("updateUserPool", "createUserPool", "setUserPool", "adminCreate"))
    if kind == "Custom::CognitoUserPool" or ("CognitoIdentityServiceProvider" in text and writes):
        return [f"{logical_id} ({kind}) changes a user pool after it is deployed; that is not loaded"]
    return []


def _check_parameters(template: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuse names that are neither parameters nor exports of other stacks."""
    known = [*template.get("Parameters", {}), "AWS::StackName"]
    imported = json.dumps(template, default=str)
    for name in given:
        if name not in known and not ("Fn::ImportValue" in imported and str(name) in imported):
            raise unknown_name("the template has no parameter", name, known)


def is_stack(content: Mapping[str, Any]) -> bool:
    """Whether the content of a file is a CloudFormation template."""
    return isinstance(content.get("Resources"), dict)
