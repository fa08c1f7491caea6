"""The operations of signed-in users on their own profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.context import TOKEN_USER
from pytest_cognito_pool._service.errors.passwords import PASSWORD_CHANGED
from pytest_cognito_pool._service.errors.sign_in import INCORRECT_PASSWORD
from pytest_cognito_pool._service.errors.users import (
    MFA_OPTION_UNKNOWN,
    VERIFICATION_NAME,
    VERIFICATION_NOWHERE,
    VERIFICATION_OF_NOTHING,
)
from pytest_cognito_pool._service.messages.delivery import Destination
from pytest_cognito_pool._service.operations import changing_attributes, operation
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.user import attributes, codes, passwords
from pytest_cognito_pool._service.user.addresses import NAMED, VERIFIED

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        ChangePasswordRequestTypeDef,
        DeleteUserAttributesRequestTypeDef,
        DeleteUserRequestTypeDef,
        GetUserAttributeVerificationCodeRequestTypeDef,
        GetUserRequestTypeDef,
        SetUserSettingsRequestTypeDef,
        UpdateUserAttributesRequestTypeDef,
        VerifyUserAttributeRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import LockedContext


@operation("GetUser", on=TOKEN_USER)
def get_user(call: LockedContext, _request: GetUserRequestTypeDef) -> dict[str, Any]:
    readable = app_clients.readable(call.client, call.user.all_attributes)
    options = {"MFAOptions": call.user.mfa_options} if call.user.mfa_options else {}
    return {"Username": call.user.username, "UserAttributes": attributes.to_list(readable), **options}


@operation("UpdateUserAttributes", on=TOKEN_USER)
def update_user_attributes(call: LockedContext, request: UpdateUserAttributesRequestTypeDef) -> dict[str, Any]:
    deliveries = changing_attributes.change(call, attributes.from_list(request["UserAttributes"]))
    return {"CodeDeliveryDetailsList": [where.details() for where in deliveries]} if deliveries else {}


@operation("DeleteUserAttributes", on=TOKEN_USER)
def delete_user_attributes(call: LockedContext, request: DeleteUserAttributesRequestTypeDef) -> dict[str, Any]:
    changing_attributes.delete(call, request["UserAttributeNames"])
    return {}


@operation("DeleteUser", on=TOKEN_USER)
def delete_user(call: LockedContext, _request: DeleteUserRequestTypeDef) -> None:
    call.pool.remove(call.user)


@operation("ChangePassword", on=TOKEN_USER)
def change_password(call: LockedContext, request: ChangePasswordRequestTypeDef) -> dict[str, Any]:
    pool, user = call.pool, call.user
    pool.codes.attempt(user, "ChangePassword", call.at)
    # Documented: a user without a password sets the first one without a PreviousPassword.
    if user.password is not None and request.get("PreviousPassword") != user.password:
        raise INCORRECT_PASSWORD(f"the PreviousPassword is not the password of {user.shown}")
    passwords.check_new(user, request["ProposedPassword"], pool.password_policy, PASSWORD_CHANGED)
    user.set_password(request["ProposedPassword"], call.at)
    return {}


@operation("GetUserAttributeVerificationCode", on=TOKEN_USER)
def get_user_attribute_verification_code(
    call: LockedContext, request: GetUserAttributeVerificationCodeRequestTypeDef
) -> dict[str, Any]:
    name = _verifiable(request["AttributeName"])
    purpose = codes.verification(name)
    address = call.pool.codes.waiting(call.user, purpose) or call.user.attributes.get(name)
    if not address:
        raise VERIFICATION_NOWHERE(f"{call.user.shown} has no {name}", address=NAMED[name])
    where = Destination(name, address)
    call.check_sends("VerifyUserAttribute", [where])
    call.send_code("VerifyUserAttribute", purpose, where)
    return {"CodeDeliveryDetails": where.details()}


@operation("VerifyUserAttribute", on=TOKEN_USER)
def verify_user_attribute(call: LockedContext, request: VerifyUserAttributeRequestTypeDef) -> dict[str, Any]:
    pool, user, name = call.pool, call.user, _verifiable(request["AttributeName"])
    purpose = codes.verification(name)
    pool.codes.attempt(user, "VerifyUserAttribute", call.at)
    if not (user.attributes.get(name) or pool.codes.waiting(user, purpose)):
        raise VERIFICATION_OF_NOTHING(f"{user.shown} has no {name}", attribute=name)
    code = pool.codes.check(user, purpose, request["Code"], call.at)
    verified = {name: code.address, VERIFIED[name]: "true"}
    pool.users.conflicts(user.sub, {**user.attributes, **verified})
    pool.codes.use_up(user, purpose)
    call.change_attributes(verified)
    return {}


@operation("SetUserSettings", on=TOKEN_USER)
def set_user_settings(call: LockedContext, request: SetUserSettingsRequestTypeDef) -> dict[str, Any]:
    for option in request["MFAOptions"]:
        if option.get("AttributeName") != "phone_number":
            raise MFA_OPTION_UNKNOWN(f"the request has {option}")
    call.user.mfa_options = request["MFAOptions"]
    return {}


def _verifiable(name: str) -> str:
    if name not in VERIFIED:
        raise VERIFICATION_NAME(f"AttributeName is {name!r}")
    return name
