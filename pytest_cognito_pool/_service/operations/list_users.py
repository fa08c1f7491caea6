"""ListUsers: filter, order and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._service.context import LOCKED_POOL
from pytest_cognito_pool._service.errors.list_users import ATTRIBUTES_TO_GET, FILTER_ATTRIBUTE, FILTER_SYNTAX
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.paging import limit
from pytest_cognito_pool._service.user.user import described

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from types_boto3_cognito_idp.type_defs import ListUsersRequestTypeDef

    from pytest_cognito_pool._service.context import LockedContext
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User

    # The last user shown: the value of the searched attribute, and the user's number.
    _Place = tuple[str, int]

# Single quotes: inferred from three independent applications that send them.
_FILTER: Final = re.compile(
    r"""\s*"?([^\s"=^]+)"?\s*(\^?=)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*""", re.DOTALL
)


def _attribute(name: str) -> Callable[[User], str]:
    return lambda user: user.attributes.get(name, "")


# Documented: the attributes that can be searched, including both statuses.
_SEARCHABLE: Final[Mapping[str, Callable[[User], str]]] = {
    "username": lambda user: user.username,
    "sub": lambda user: user.sub,
    "cognito:user_status": lambda user: user.status,
    "status": lambda user: "Enabled" if user.enabled else "Disabled",
    **{
        name: _attribute(name)
        for name in ("email", "phone_number", "name", "given_name", "family_name", "preferred_username")
    },
}


class _Filter(NamedTuple):
    attribute: str
    prefix: bool
    value: str

    def __str__(self) -> str:
        return f"a ListUsers with the Filter {self.attribute} {'^=' if self.prefix else '='} {self.value!r}"

    def matches(self, user: User) -> bool:
        own, value = _SEARCHABLE[self.attribute](user), self.value
        # Documented: case matters in status, not in cognito:user_status.
        if self.attribute == "cognito:user_status":
            own, value = own.lower(), value.lower()
        return own.startswith(value) if self.prefix else own == value


@operation("ListUsers", on=LOCKED_POOL)
def list_users(call: LockedContext, request: ListUsersRequestTypeDef) -> dict[str, Any]:
    pool, chosen = call.pool, _parsed(request.get("Filter", ""))
    token = request.get("PaginationToken")
    question = str(chosen or "a ListUsers without Filter")
    place = pool.user_pages.place(token, question) if token else ("", 0)
    users, following = _page(pool, chosen, place, limit(request))
    wanted = _wanted(pool, users, list(request.get("AttributesToGet", ())))
    listed = [described(user, wanted=wanted) for user in users]
    if following is None:
        return {"Users": listed}
    return {"Users": listed, "PaginationToken": pool.user_pages.give(following, question)}


def _parsed(text: str) -> _Filter | None:
    if not text.strip():
        return None
    match = _FILTER.fullmatch(text)
    if match is None:
        raise FILTER_SYNTAX(f'Filter is {text!r}; expected: attribute = "value" or attribute ^= "value"')
    name, operator, double, single = match.groups()
    value = single if double is None else double
    if name not in _SEARCHABLE:
        raise FILTER_ATTRIBUTE(f"{name!r} cannot be searched; searchable attributes: {sorted(_SEARCHABLE)}")
    return _Filter(name, operator == "^=", re.sub(r"\\(.)", r"\1", value))


def _page(pool: Pool, chosen: _Filter | None, place: _Place, limit: int) -> tuple[list[User], _Place | None]:
    """Return the users of one page, and the place where the page ends; None for the last page.

    The next page begins after the last user, not after a count, so that a deletion in between skips no user.
    """
    if chosen is None:
        users = pool.users.after(place[1], limit + 1)
        ends = [("", user.number) for user in users]
    else:
        # Documented: with a filter, results are in ascending order of its attribute.
        key = _SEARCHABLE[chosen.attribute]
        users = sorted(filter(chosen.matches, pool.users), key=lambda user: (key(user), user.number))
        users = [user for user in users if (key(user), user.number) > place][: limit + 1]
        ends = [(key(user), user.number) for user in users]
    return users[:limit], ends[limit - 1] if len(users) > limit else None


def _wanted(pool: Pool, users: list[User], names: list[str]) -> frozenset[str] | None:
    """Return the attributes to show; None for all. An attribute that a user lacks is an error (documented)."""
    if not names:
        return None
    for name in names:
        without = [user.username for user in users if name not in user.all_attributes]
        if name not in pool.schema or without:
            raise ATTRIBUTES_TO_GET(f"{name!r} is not set on {without or 'any user'}")
    return frozenset(names)
