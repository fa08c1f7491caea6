"""The operations on the look of a pool's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import clock, ids
from pytest_cognito_pool._service.context import APP_CLIENT, LOCKED_POOL, POOL
from pytest_cognito_pool._service.errors.app_clients import CLIENT_NOT_FOUND
from pytest_cognito_pool._service.errors.branding import (
    CLIENT_WITHOUT_STYLE,
    NO_DOMAIN,
    STYLE_EXISTS,
    STYLE_NOT_FOUND,
)
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import branding
from pytest_cognito_pool._service.pool.branding import ALL, Customization, Style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_cognito_idp.type_defs import (
        CreateManagedLoginBrandingRequestTypeDef,
        DeleteManagedLoginBrandingRequestTypeDef,
        DescribeManagedLoginBrandingByClientRequestTypeDef,
        DescribeManagedLoginBrandingRequestTypeDef,
        GetUICustomizationRequestTypeDef,
        SetUICustomizationRequestTypeDef,
        UpdateManagedLoginBrandingRequestTypeDef,
    )

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.context import ClientContext, LockedContext, PoolContext
    from pytest_cognito_pool._service.pool.pool import Pool


@operation("CreateManagedLoginBranding", on=APP_CLIENT)
def create_managed_login_branding(
    call: ClientContext, request: CreateManagedLoginBrandingRequestTypeDef
) -> dict[str, Any]:
    settings, assets = branding.source(request), request.get("Assets", ())
    branding.check_assets(assets)
    with call.locked() as locked:
        if call.pool.has_style(call.client.id):
            raise STYLE_EXISTS("an app client can have only one style", client=call.client.id)
        style = Style(ids.uuid(), call.client.id, settings, assets, locked.at, locked.at)
        call.pool.styles[style.id] = style
    return {"ManagedLoginBranding": branding.described(style, call.pool.id)}


@operation("DescribeManagedLoginBranding", on=LOCKED_POOL)
def describe_managed_login_branding(
    call: LockedContext, request: DescribeManagedLoginBrandingRequestTypeDef
) -> dict[str, Any]:
    return _described(call, _style(call.pool, request), request)


@operation("DescribeManagedLoginBrandingByClient", on=LOCKED_POOL)
def describe_managed_login_branding_by_client(
    call: LockedContext, request: DescribeManagedLoginBrandingByClientRequestTypeDef
) -> dict[str, Any]:
    client_id = request["ClientId"]
    style = next((style for style in call.pool.styles.values() if style.client_id == client_id), None)
    if style is None:
        raise CLIENT_WITHOUT_STYLE(_told(call.pool), client=client_id)
    return _described(call, style, request)


@operation("UpdateManagedLoginBranding", on=LOCKED_POOL)
def update_managed_login_branding(
    call: LockedContext, request: UpdateManagedLoginBrandingRequestTypeDef
) -> dict[str, Any]:
    style = _style(call.pool, request)
    settings, assets = branding.source(request), request.get("Assets", style.assets)
    branding.check_assets(assets)
    updated = style._replace(settings=settings, assets=assets, modified=call.at)
    call.pool.styles[style.id] = updated
    return {"ManagedLoginBranding": branding.described(updated, call.pool.id)}


@operation("DeleteManagedLoginBranding", on=LOCKED_POOL)
def delete_managed_login_branding(call: LockedContext, request: DeleteManagedLoginBrandingRequestTypeDef) -> None:
    del call.pool.styles[_style(call.pool, request).id]


@operation("SetUICustomization", on=POOL)
def set_ui_customization(call: PoolContext, request: SetUICustomizationRequestTypeDef) -> dict[str, Any]:
    pool, client_id = call.pool, _client_id(call.pool, request)
    if not call.account.domains_of(pool):
        raise NO_DOMAIN(f"{pool.id} has no domain; CreateUserPoolDomain makes one")
    css = request.get("CSS")
    branding.check_css(css or "")
    with call.locked() as locked:
        before = pool.customizations.get(client_id)
        created = locked.at if before is None else before.created
        customization = Customization(css, bool(request.get("ImageFile")), created, locked.at)
        pool.customizations[client_id] = customization
    return {"UICustomization": _customized(call.account, pool, client_id, customization)}


@operation("GetUICustomization", on=POOL)
def get_ui_customization(call: PoolContext, request: GetUICustomizationRequestTypeDef) -> dict[str, Any]:
    pool, client_id = call.pool, _client_id(call.pool, request)
    found = next((each for each in (client_id, ALL) if each in pool.customizations), None)
    if found is None:
        # Observed: a missing customization is not an error.
        return {"UICustomization": {}}
    return {"UICustomization": _customized(call.account, pool, found, pool.customizations[found])}


def _style(pool: Pool, request: Mapping[str, Any]) -> Style:
    """The style of a request.

    Raises:
        ServiceError: ResourceNotFoundException.
    """
    style = pool.styles.get(request["ManagedLoginBrandingId"])
    if style is None:
        raise STYLE_NOT_FOUND(_told(pool))
    return style


def _told(pool: Pool) -> str:
    return f"styles of {pool.id}, by app client: { {style.client_id: style.id for style in pool.styles.values()} }"


def _described(call: LockedContext, style: Style, request: Mapping[str, Any]) -> dict[str, Any]:
    if request.get("ReturnMergedResources"):
        raise call.unsupported("ReturnMergedResources=True")
    return {"ManagedLoginBranding": branding.described(style, call.pool.id)}


def _client_id(pool: Pool, request: Mapping[str, Any]) -> str:
    """Return the id of the app client that the customization is for; `ALL` for all of them.

    Raises:
        ServiceError: ResourceNotFoundException.
    """
    client_id: str = request.get("ClientId", ALL)
    if client_id != ALL and client_id not in pool.clients:
        raise CLIENT_NOT_FOUND(f"{pool.id} has the app clients {list(pool.clients)}", id=client_id)
    return client_id


def _customized(account: Account, pool: Pool, client_id: str, customization: Customization) -> dict[str, Any]:
    version = clock.digits(customization.modified)
    host = next((domain.distribution for domain in account.domains_of(pool)), "")
    image = {"ImageUrl": f"https://{host}/{client_id}/{version}/assets/images/image.jpg"}
    style = {} if customization.css is None else {"CSS": customization.css, "CSSVersion": version}
    return {
        "UserPoolId": pool.id,
        "ClientId": client_id,
        **(image if customization.has_image else {}),
        **style,
        "LastModifiedDate": customization.modified,
        "CreationDate": customization.created,
    }
