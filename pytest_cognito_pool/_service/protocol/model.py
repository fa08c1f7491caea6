"""The service model that botocore ships: the vocabulary of operations, parameters and errors."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import OperationModel, ServiceModel, Shape, StructureShape

TARGET_PREFIX: Final = "AWSCognitoIdentityProviderService."
API_VERSION: Final = "2016-04-18"
# The parameters that say which pool a request is about; the first one that it has decides.
SUBJECTS: Final = ("UserPoolId", "ClientId", "AccessToken", "ResourceArn", "Domain")

# Documented: they need no signature; botocore signs them anyway.
_PUBLIC: Final = frozenset({"GetClientToken", "GetDerivedToken"})

_adopted: list[ServiceModel] = []


def adopt(model: ServiceModel) -> None:
    """Use a client's model if none is loaded yet: loading one takes a quarter of the time of a first call.

    A model other than the one installed with botocore is not used.
    """
    if not _adopted and model.api_version == API_VERSION and "AWS_DATA_PATH" not in os.environ:
        _adopted.append(model)


def service() -> ServiceModel:
    """The model of cognito-idp, as installed."""
    if not _adopted:
        from botocore.loaders import create_loader
        from botocore.model import ServiceModel

        description = create_loader().load_service_model("cognito-idp", "service-2", API_VERSION)
        _adopted.append(ServiceModel(description, "cognito-idp"))
    return _adopted[0]


@cache
def operations() -> frozenset[str]:
    """Every operation the installed model has."""
    return frozenset(service().operation_names)


@cache
def operation(name: str) -> OperationModel:
    """The model of one operation; the name is one of `operations()`."""
    return service().operation_model(name)


@cache
def needs_signature(name: str) -> bool:
    """Whether the operation needs a signature: all do, except those with `auth_type` none."""
    return name not in _PUBLIC and operation(name).auth_type != "none"


@cache
def parameters(name: str) -> tuple[str, ...]:
    """The operation's parameters."""
    return tuple(members(operation(name).input_shape))


@cache
def subject(name: str) -> str | None:
    """The parameter of the operation that says which pool a request is about; None if none does."""
    return next((parameter for parameter in SUBJECTS if parameter in parameters(name)), None)


@cache
def has_output(name: str) -> bool:
    """Whether replies of the operation have a body."""
    return operation(name).output_shape is not None


@cache
def errors(name: str) -> tuple[str, ...]:
    """The errors the model declares for the operation; each once, though it lists some twice."""
    return tuple(dict.fromkeys(shape.name for shape in operation(name).error_shapes))


def members(shape: Shape | None) -> Mapping[str, Shape]:
    """The members of a structure; empty if there is no structure."""
    structure: StructureShape | None = shape  # type: ignore[assignment]
    return structure.members if structure is not None else {}


def shape(name: str) -> Shape:
    """A shape of the model by its name."""
    return service().shape_for(name)


def mismatches(value: Any, shape: Shape | None) -> str:
    """The mismatches that botocore's own parameter validator finds in a value; empty if there are none."""
    from botocore.validate import ParamValidator

    if shape is None:
        return f"expected nothing, got {value!r}" if value else ""
    report: str = ParamValidator().validate(value, shape).generate_report()
    return report


def is_reply(kind: type) -> bool:
    """Whether botocore makes exceptions of that class from replies."""
    from botocore.exceptions import ClientError

    return issubclass(kind, ClientError)


def is_exception(name: str) -> bool:
    """Whether it is the name of an exception that botocore raises itself."""
    from botocore import exceptions

    found = getattr(exceptions, name, None)
    return isinstance(found, type) and is_botocores(found)


def version() -> str:
    """The version of the installed botocore, whose service model this is."""
    import botocore

    return str(botocore.__version__)


def is_botocores(kind: type) -> bool:
    """Whether botocore raises exceptions of that class itself, for example if no reply comes."""
    from botocore.exceptions import BotoCoreError

    return issubclass(kind, BotoCoreError)
