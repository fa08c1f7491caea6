"""AdminConfirmSignUp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.triggers import payloads

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import AdminConfirmSignUpRequestTypeDef

    from pytest_cognito_pool._service.context import Context


@operation("AdminConfirmSignUp")
def admin_confirm_sign_up(call: Context, request: AdminConfirmSignUpRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        user = pool.find(request["Username"])
        call.change_status(pool, user, "AdminConfirmSignUp")
        event = call.event(payloads.CONFIRM_SIGN_UP, pool, user)
    call.fire(pool, event)
    return {}
