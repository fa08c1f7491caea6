"""What a template declares, in the terms of the API."""

from __future__ import annotations

import hashlib
import string
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

# The operations that create resources, in the order in which resources can refer to each other.
ORDER: Final = (
    "CreateUserPool", "CreateResourceServer", "CreateIdentityProvider", "CreateUserPoolClient", "CreateGroup",
    "AdminCreateUser", "AdminAddUserToGroup", "CreateUserPoolDomain", "SetUICustomization",
    "CreateManagedLoginBranding",
)  # fmt: skip
_ALPHABET: Final = string.ascii_letters + string.digits


class Kinds(NamedTuple):
    """The kinds of resources of user pools that one form of templates has.

    Attributes:
        word: how the form calls a kind.
        prefix: the beginning of every kind; the other attributes have the rest.
        made: the kinds that are made.
        not_simulated: the kinds that are refused, with what each would need.
        skipped: the kinds that are of another service, or without an effect on what a pool does.
        only_warned: the kinds that have no effect in the fake.
    """

    word: str
    prefix: str
    made: Iterable[str]
    not_simulated: Mapping[str, str]
    skipped: Iterable[str]
    only_warned: Iterable[str]

    def is_made(self, address: str, kind: str, warnings: list[str]) -> bool:
        """Whether a resource is made; adds a warning for one that is left out although it belongs to a pool.

        Raises:
            UsageError: for an unknown kind.
            UnsupportedOperationError: for a kind that is not simulated.
        """
        name = kind.removeprefix(self.prefix)
        if name in self.not_simulated:
            raise UnsupportedOperationError(self.not_simulated[name], f"{address} ({kind})")
        known = (*self.made, *self.not_simulated, *self.skipped, *self.only_warned)
        if name not in known:
            raise unknown_name(f"{address} has an unknown {self.word}", kind, [self.prefix + each for each in known])
        if name in self.only_warned:
            warnings.append(f"{address} ({kind}) is left out: it has no effect in the fake")
        return name in self.made


class Step(NamedTuple):
    """One operation that makes a part of a resource.

    Attributes:
        operation: its name.
        parameters: its parameters; those of CreateUserPool may have `Id`, those of CreateUserPoolClient `ClientId` and
            `ClientSecret`.
    """

    operation: str
    parameters: Mapping[str, Any]


class Declared(NamedTuple):
    """A resource of a template.

    Attributes:
        address: its logical id, or its address in Terraform.
        aliases: other names of it, for example its path in a CDK application.
        kind: its type, as the template spells it.
        creates: the operation that creates it, one of `ORDER`.
        pool: resolves the id of the pool that it belongs to.
        steps: resolves its properties and returns the operations that make it; the resources that it refers to exist.
        made: called with the result of the first step.
    """

    address: str
    aliases: tuple[str, ...]
    kind: str
    creates: str
    pool: Callable[[], Any]
    steps: Callable[[], list[Step]]
    made: Callable[[Mapping[str, Any]], None]


class Function(NamedTuple):
    """A Lambda function that a template declares.

    Attributes:
        names: the names that an author may give: its logical id or address, its path, its name.
        arn: its ARN, without a version or an alias.
    """

    names: tuple[str, ...]
    arn: str


class Source(NamedTuple):
    """A template that was read.

    Attributes:
        declared: the resources of user pools.
        functions: the Lambda functions.
        warnings: what may make the deployment differ from what is loaded.
    """

    declared: Sequence[Declared]
    functions: Sequence[Function]
    warnings: Sequence[str]


class TemplateError(UsageError):
    """What cannot be read or resolved, without its place; `placed` adds the file and the resource."""


def placed(where: str, error: Exception) -> UsageError:
    """The error with its place."""
    return UsageError(f"{where}: {error}", typed=getattr(error, "typed", None))


def drawn(name: str, length: int) -> str:
    """Letters and digits that stand for what AWS draws by lot: the same for the same name."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest(), "big")
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)
