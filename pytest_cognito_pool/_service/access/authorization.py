"""Who calls, which permission the call needs, and whether it is allowed; decided before the operation runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._service import subject
from pytest_cognito_pool._service.errors.requests import MISSING_TOKEN
from pytest_cognito_pool._service.journal import Permission

if TYPE_CHECKING:
    from pytest_cognito_pool._service.access.policy_text import Keys
    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.identities import Identity
    from pytest_cognito_pool._service.journal import Call
    from pytest_cognito_pool._service.protocol.wire import Request


def authorise(account: Account, request: Request, call: Call) -> None:
    """Note the caller and the permission that the call needs, and refuse the call if the policy does not allow it.

    Raises:
        ServiceError: MissingAuthenticationTokenException, UnrecognizedClientException or AccessDeniedException.
    """
    if not request.authorization:
        raise MISSING_TOKEN("the application's client does not sign its requests")
    identity = account.identities.find(request.access_key)
    if identity is None:
        from pytest_cognito_pool._service.errors.common import UNRECOGNIZED_CLIENT

        raise UNRECOGNIZED_CLIENT("the session belongs to another Cognito()")
    call.caller = identity.arn
    call.permission = needed(account, request.region, call)
    # On Lambda, functions have their own role.
    is_a_functions = identity is account.identities.own and call.caused_by is not None
    if identity.policy is not None and not is_a_functions:
        identity.policy.check(call.permission, _keys(account, request, call, identity), identity.arn)


def needed(account: Account, region: str | None, call: Call) -> Permission:
    """The action, and the resource that it needs."""
    return Permission(f"cognito-idp:{call.operation}", subject.resource(account, region, call.request))


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
        "aws:requestedregion": [request.region or account.region],
        "aws:resourceaccount": [account.id],
        "aws:securetransport": ["true"],
        "aws:username": [identity.name],
        "aws:viaawsservice": ["false"],
    }
    pool = account.pools.get(call.pool_id or "")
    if pool is not None:
        keys |= _tags("aws:resourcetag", pool.settings.get("UserPoolTags", {}))
    sent = call.request.get("UserPoolTags") or call.request.get("Tags")
    keys |= _tags("aws:requesttag", sent)
    names = call.request.get("TagKeys") or sent
    # Its type is validated later.
    return {**keys, "aws:tagkeys": [str(name) for name in names] if isinstance(names, (dict, list)) else []}


def _tags(prefix: str, tags: object) -> dict[str, list[str]]:
    pairs = tags.items() if isinstance(tags, dict) else ()
    return {f"{prefix}/{name}".lower(): [str(value)] for name, value in pairs}
