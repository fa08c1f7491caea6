"""How the pages of a pool look: styles of managed login, and customizations of the classic pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._service.errors.branding import CSS_CLASS, INVALID_ASSET, ONE_SOURCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The key of the customization for all app clients.
ALL: Final = "ALL"
# Documented: the only category that takes this format.
_ICON: Final = "FAVICON_ICO"
# Documented: the classes that a style sheet of the classic pages may name.
_CLASSES: Final = frozenset(
    f"{name}-customizable"
    for name in (
        "logo", "banner", "label", "textDescription", "idpDescription", "legalText", "submitButton", "errorMessage",
        "inputField", "idpButton", "socialButton", "redirect", "passwordCheck-notValid", "passwordCheck-valid",
        "background",
    )
)  # fmt: skip
_RULE: Final = re.compile(r"\.([\w-]+)(?::[\w-]+)?\s*\{")


class Style(NamedTuple):
    """One style of managed login.

    Attributes:
        id: its ManagedLoginBrandingId.
        client_id: the app client that has it.
        settings: its Settings; None if Cognito's own values are used.
        assets: its Assets.
        created: in seconds since the epoch.
        modified: the same.
    """

    id: str
    client_id: str
    settings: Any
    assets: Sequence[Mapping[str, Any]]
    created: float
    modified: float


class Customization(NamedTuple):
    """One customization of the classic pages.

    Attributes:
        css: its style sheet; None for none.
        has_image: whether it has a logo.
        created: in seconds since the epoch.
        modified: the same.
    """

    css: str | None
    has_image: bool
    created: float
    modified: float


def source(given: Mapping[str, Any]) -> Any:
    """The Settings of a request; None if it asks for Cognito's own values.

    Raises:
        ServiceError: InvalidParameterException, unless it asks for exactly one of the two.
    """
    provided, settings = bool(given.get("UseCognitoProvidedValues")), given.get("Settings")
    if provided == (settings is not None):
        told = {name: given[name] for name in ("UseCognitoProvidedValues", "Settings") if name in given}
        raise ONE_SOURCE(f"the request has {told or 'neither'}")
    return settings


def check_assets(assets: Sequence[Mapping[str, Any]]) -> None:
    """Refuse ICO files for anything but the favicon.

    Raises:
        ServiceError: InvalidParameterException.
    """
    wrong = [asset for asset in assets if (asset["Extension"] == "ICO") and asset["Category"] != _ICON]
    if wrong:
        told = ", ".join(
            f"{{category: {asset['Category']}, extension: {asset['Extension']}, colorMode: {asset['ColorMode']}}}"
            for asset in wrong
        )
        raise INVALID_ASSET("the extension ICO needs the category FAVICON_ICO", assets=told)


def check_css(css: str) -> None:
    """Refuse a style sheet with classes that the pages do not have.

    Raises:
        ServiceError: InvalidParameterException.
    """
    for name in _RULE.findall(css):
        if name not in _CLASSES:
            raise CSS_CLASS(f"the classes are {sorted(_CLASSES)}", name=name)


def described(style: Style, pool_id: str) -> dict[str, Any]:
    """The ManagedLoginBranding of a reply. Observed: Assets always, Settings only if they are given."""
    return {
        "ManagedLoginBrandingId": style.id,
        "UserPoolId": pool_id,
        "UseCognitoProvidedValues": style.settings is None,
        **({} if style.settings is None else {"Settings": style.settings}),
        "Assets": list(style.assets),
        "CreationDate": style.created,
        "LastModifiedDate": style.modified,
    }
