"""`Cognito.load`: make what a template declares, all of it or nothing."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pytest_cognito_pool._api import silent
from pytest_cognito_pool._api.app_client import AppClient
from pytest_cognito_pool._api.errors import TemplateWarning, UsageError, accepted, unknown_key, unknown_name
from pytest_cognito_pool._api.templates import files
from pytest_cognito_pool._api.templates.declared import ORDER, placed
from pytest_cognito_pool._api.templates.stack import Stack, is_stack
from pytest_cognito_pool._api.templates.terraform import State, is_terraform
from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError
from pytest_cognito_pool._service.wording import hint

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pytest_cognito_pool._api.pool import UserPool
    from pytest_cognito_pool._api.pools import Faces
    from pytest_cognito_pool._api.templates.declared import Declared, Source
    from pytest_cognito_pool._service.pool.pool import Pool

    Handler = Callable[..., object] | str

T = TypeVar("T")


class Loaded:
    """What a template declared.

    Attributes:
        pools: the pools by logical id; in Terraform by address. The path of a CDK construct is found too.
        clients: the app clients, in the same way.
    """

    __slots__ = ("clients", "pools")

    def __init__(self, pools: Named[UserPool], clients: Named[AppClient]) -> None:
        self.pools: Mapping[str, UserPool] = pools
        self.clients: Mapping[str, AppClient] = clients

    @property
    def pool(self) -> UserPool:
        """The only pool.

        Raises:
            UsageError: if there are several.
        """
        if len(self.pools) != 1:
            raise UsageError(f"the template has the pools {list(self.pools)}; choose one: loaded.pools[...]")
        return next(iter(self.pools.values()))

    def __repr__(self) -> str:
        return f"<Loaded {list(self.pools)}>"


class Named(Mapping[str, T]):
    """Objects by their names in a template, and by other names of the same.

    Args:
        kind: what they are, for messages.
        found: the objects by their names.
        aliases: other names, with the names that they stand for.
    """

    def __init__(self, kind: str, found: Mapping[str, T], aliases: Mapping[str, str]) -> None:
        self._kind = kind
        self._found = dict(found)
        self._aliases = dict(aliases)

    def __getitem__(self, name: str) -> T:
        known = self._aliases.get(name, name)
        if known not in self._found:
            there_are = hint(name, list(self._found)) if self._found else "there are none"
            raise unknown_key(f"the template has no {self._kind} {name!r}; {there_are}")
        return self._found[known]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return repr(self._found)


def load(
    faces: Faces,
    path: str | os.PathLike[str],
    resource: str | None,
    parameters: Mapping[str, Any],
    functions: Mapping[str, Handler],
) -> Loaded:
    """Make what the template declares; `Cognito.load` says how.

    Raises:
        UsageError: for what cannot be read, resolved or made; nothing is left behind.
        UnsupportedOperationError: for what is not simulated.
    """
    __tracebackhide__ = True
    file, content = files.read(path)
    try:
        source = _source(file, content, faces, parameters)
    except UsageError as error:
        raise placed(file.name, error) from None
    wanted = _wanted(source, resource, file)
    handlers = _handlers(source, functions, file)
    account = faces.account
    put_back = account.saved()
    try:
        made = _Making(faces, file, alone=resource is not None).all(wanted)
    except BaseException:
        put_back()
        raise
    for text in source.warnings:
        warnings.warn(f"{file.name}: {text}", TemplateWarning, stacklevel=3)
    for pool in made.pools.values():
        faces.announce(account.pools[pool.id])
        _attach(pool, account.pools[pool.id], handlers)
    return made


def _source(file: Path, content: Mapping[str, Any], faces: Faces, parameters: Mapping[str, Any]) -> Source:
    account = faces.account
    if is_terraform(content):
        if parameters:
            raise UsageError("Terraform's JSON has no parameters: its variables have their values already")
        return State(content, account.id, account.region).source()
    if not is_stack(content):
        raise UsageError(
            "it has no Resources: load a CloudFormation, SAM or CDK template, or the output of terraform show -json; "
            "of a serverless.yml load what `sls package` writes"
        )
    return Stack(file, content, parameters, account.id, account.region).source()


def _wanted(source: Source, resource: str | None, file: Path) -> list[Declared]:
    """The resources in the order in which they are made; of the pools, with `resource` that one alone.

    Raises:
        UsageError: if there is no pool of that name, or no pool at all.
    """
    pools = [each for each in source.declared if each.creates == "CreateUserPool"]
    if not pools:
        raise UsageError(f"{file.name} declares no user pool")
    chosen = [each for each in pools if resource is None or resource in {each.address, *each.aliases}]
    if not chosen:
        known = [name for each in pools for name in (each.address, *each.aliases)]
        raise placed(file.name, unknown_name("it has no user pool", resource, known))
    others = [each for each in source.declared if each.creates != "CreateUserPool"]
    return sorted([*chosen, *others], key=lambda each: ORDER.index(each.creates))


class _Making:
    """Makes the resources of a template.

    Args:
        faces: the public objects of the account's pools.
        file: the file of the template.
        alone: whether only resources of the pools that are made are meant.
    """

    def __init__(self, faces: Faces, file: Path, *, alone: bool) -> None:
        self._faces = faces
        self._file = file
        self._alone = alone
        self._pools: dict[str, UserPool] = {}
        self._clients: dict[str, AppClient] = {}

    def all(self, declared: Iterable[Declared]) -> Loaded:
        """Make every resource, in the given order."""
        aliases: dict[str, str] = {}
        for each in declared:
            where = f"{self._file.name}: {each.address} ({each.kind})"
            try:
                if each.creates == "CreateUserPool" or not self._alone or self._belongs(each):
                    aliases.update(dict.fromkeys(each.aliases, each.address))
                    self._make(each)
            except UnsupportedOperationError as error:
                raise UnsupportedOperationError(error.operation, f"{error.detail} in {where}".strip()) from None
            except UsageError as error:
                raise placed(where, error) from None
        return Loaded(Named("user pool", self._pools, aliases), Named("app client", self._clients, aliases))

    def _belongs(self, each: Declared) -> bool:
        """Whether it is of a pool that was made; what cannot be resolved is of another."""
        try:
            return each.pool() in {pool.id for pool in self._pools.values()}
        except UsageError:
            return False

    def _make(self, each: Declared) -> None:
        first, *others = each.steps()
        account, shared = self._faces.account, {"UserPoolId": first.parameters.get("UserPoolId")}
        if first.operation == "CreateUserPool":
            pool = silent.add_pool(account, first.parameters)
            self._pools[each.address] = self._faces.of(pool)
            shared = {"UserPoolId": pool.id}
            each.made({"Id": pool.id, "Arn": pool.arn})
        elif first.operation == "CreateUserPoolClient":
            pool = accepted(lambda: account.pool(str(shared["UserPoolId"]), None))
            client = silent.add_client(account, pool, first.parameters)
            self._clients[each.address] = AppClient(client)
            names = {"ClientId": client.id, "ClientSecret": client.secret, "ClientName": client.settings["ClientName"]}
            each.made(names)
        else:
            each.made(silent.perform(account, first.operation, first.parameters))
        for step in others:
            silent.perform(account, step.operation, {**shared, **step.parameters})


def _handlers(source: Source, functions: Mapping[str, Handler], file: Path) -> dict[str, Handler]:
    """The author's functions by the ARN that they are attached by.

    Raises:
        UsageError: for a name that no function has.
    """
    known = {name: function.arn for function in source.functions for name in function.names}
    found = {}
    for name, handler in functions.items():
        if name not in known and not name.startswith("arn:"):
            raise placed(file.name, unknown_name("it has no function", name, known))
        found[known.get(name, name)] = handler
    return found


def _attach(pool: UserPool, record: Pool, handlers: Mapping[str, Handler]) -> None:
    """Attach the author's functions to the triggers whose ARNs they have."""
    for trigger, value in record.settings["LambdaConfig"].items():
        arn = value.get("LambdaArn", "") if isinstance(value, Mapping) else str(value)
        # An ARN may end with a version or an alias.
        plain = ":".join(arn.split(":")[:7])
        handler = handlers.get(arn, handlers.get(plain))
        if handler is not None:
            pool.on(trigger.removesuffix("Config"), handler)
