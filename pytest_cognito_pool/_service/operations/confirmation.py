"""AdminConfirmSignUp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._service.context import USER
from pytest_cognito_pool._service.events.sources import PostConfirmation
from pytest_cognito_pool._service.operations import operation

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import AdminConfirmSignUpRequestTypeDef

    from pytest_cognito_pool._service.context import LockedContext


@operation("AdminConfirmSignUp", on=USER)
def admin_confirm_sign_up(call: LockedContext, _request: AdminConfirmSignUpRequestTypeDef) -> None:
    call.change_status("AdminConfirmSignUp")
    call.after(PostConfirmation.CONFIRM_SIGN_UP)
