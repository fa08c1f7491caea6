"""Who calls, what that needs, and whether she may: decided before anything is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._api.call_log import Permission
from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.common import UNRECOGNIZED_CLIENT
from pytest_cognito_pool._service.errors.requests import MISSING_TOKEN

if TYPE_CHECKING:
    from pytest_cognito_pool._api.call_log import Call
    from pytest_cognito_pool._service.access.policy_text import Keys
    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.identities import Identity
    from pytest_cognito_pool._service.protocol.wire import Request


def authorise(account: Account, request: Request, call: Call) -> None:
    """Note who calls and what that needs, and refuse what her policy does not allow.

    Raises:
        ServiceError: MissingAuthenticationTokenException, UnrecognizedClientException or AccessDeniedException.
    """
    if not request.authorization:
        raise MISSING_TOKEN("the application's client does not sign its requests")
    identity = account.identities.find(request.access_key)
    if identity is None:
        raise UNRECOGNIZED_CLIENT("its session was made by another fake")
    call.caller = identity.arn
    call.permission = needed(account, request.region, call)
    # On Lambda functions have a role of their own.
    is_a_functions = identity is account.identities.own and call.caused_by is not None
    if identity.policy is not None and not is_a_functions:
        identity.policy.check(call.permission, _keys(account, request, call, identity), identity.arn)


def needed(account: Account, region: str, call: Call) -> Permission:
    """The action, and the ARN of the pool as sent; `*` for operations that are about no one pool (inferred)."""
    pool_id, arn = call.request.get("UserPoolId"), call.request.get("ResourceArn")
    resource = ids.pool_arn(region, account.id, pool_id) if pool_id else arn or "*"
    return Permission(f"cognito-idp:{call.operation}", str(resource))


def _keys(account: Account, request: Request, call: Call, identity: Identity) -> Keys:
    """The condition keys of a request, in lower case."""
    now = account.clock.now()
    keys = {
        "aws:currenttime": [now.isoformat()],
        "aws:epochtime": [str(int(now.timestamp()))],
        "aws:principalaccount": [account.id],
        "aws:principalarn": [identity.arn],
        "aws:principalisawsservice": ["false"],
        "aws:principaltype": ["User"],
        "aws:requestedregion": [request.region],
        "aws:resourceaccount": [account.id],
        "aws:securetransport": ["true"],
        "aws:username": [identity.name],
        "aws:viaawsservice": ["false"],
    }
    named = call.pool_id or str(call.request.get("ResourceArn")).rpartition("/")[2]
    pool = account.pools.get(named)
    if pool is not None:
        keys |= _tags("aws:resourcetag", pool.settings.get("UserPoolTags", {}))
    sent = call.request.get("UserPoolTags") or call.request.get("Tags")
    keys |= _tags("aws:requesttag", sent)
    names = call.request.get("TagKeys") or sent
    # Its form is looked at later.
    return {**keys, "aws:tagkeys": [str(name) for name in names] if isinstance(names, (dict, list)) else []}


def _tags(prefix: str, tags: object) -> dict[str, list[str]]:
    pairs = tags.items() if isinstance(tags, dict) else ()
    return {f"{prefix}/{name}".lower(): [str(value)] for name, value in pairs}
