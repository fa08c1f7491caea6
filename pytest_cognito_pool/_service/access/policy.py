"""Whether a policy allows a request: an explicit deny wins, and a request that no statement allows is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_cognito_pool._service.errors.common import ACCESS_DENIED, ACCESS_DENIED_EXPLICITLY
from pytest_cognito_pool._service.protocol import model
from pytest_cognito_pool._service.wording import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_cognito_pool._service.access.conditions import Absence, Condition
    from pytest_cognito_pool._service.access.policy_text import Keys, PolicyText
    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate, ServiceError
    from pytest_cognito_pool._service.journal import Permission


class Element(NamedTuple):
    """An Action, NotAction, Resource or NotResource of a statement.

    Attributes:
        name: as in the policy: `Action`, `NotResource` and so on.
        texts: the element matches if any of them does; with a Not prefix, if none does.
    """

    name: str
    texts: Sequence[PolicyText]

    def is_met(self, value: str, keys: Keys) -> bool:
        """Whether the element applies to the value."""
        # Case matters in ARNs, not in actions.
        ignore_case = self.name.endswith("Action")
        found = any(text.is_like(value, keys, ignore_case=ignore_case) for text in self.texts)
        return found is not self.name.startswith("Not")


class Statement(NamedTuple):
    """One statement of a policy.

    Attributes:
        name: its name in messages to the author.
        allows: whether its Effect is Allow.
    """

    name: str
    allows: bool
    action: Element
    resource: Element
    conditions: Sequence[Condition | Absence]

    def obstacles(self, needed: Permission, keys: Keys) -> list[str]:
        """The parts that do not match a request; empty if the statement applies."""
        elements = ((self.action, needed.action), (self.resource, needed.resource))
        unmet = [element.name for element, value in elements if not element.is_met(value, keys)]
        for each in self.conditions:
            if not each.holds(keys):
                values = ", ".join(map(repr, keys.get(each.key, ())))
                unmet.append(f"Condition {each.shown} (it is {values or 'absent'})")
        return unmet


class Policy(NamedTuple):
    """What an identity may do."""

    statements: Sequence[Statement]

    def check(self, needed: Permission, keys: Keys, principal: str) -> None:
        """Let a request pass, or refuse it.

        Args:
            needed: the action and the resource it needs.
            keys: the condition keys of the request.
            principal: the ARN of the identity.

        Raises:
            ServiceError: AccessDeniedException.
        """
        found = [(statement, statement.obstacles(needed, keys)) for statement in self.statements]
        applying = [statement for statement, obstacles in found if not obstacles]
        denying = next((statement for statement in applying if not statement.allows), None)
        if denying is not None:
            raise _denied(ACCESS_DENIED_EXPLICITLY, f"{denying.name} denies it", needed, principal)
        if not applying:
            near = "".join(_nearly(statement, obstacles, needed) for statement, obstacles in found if statement.allows)
            why = f"no statement of the policy allows it{near}"
            raise _denied(ACCESS_DENIED, why, needed, principal)


def _nearly(statement: Statement, obstacles: Sequence[str], needed: Permission) -> str:
    """The hint about a statement that nearly allows a request; empty if it does not."""
    if statement.action.name not in obstacles:
        return f"; {statement.name} would if its {', '.join(obstacles)} matched"
    plain = [text.text.removeprefix("cognito-idp:") for text in statement.action.texts]
    # Wildcards and other services' actions are not alphanumeric.
    misspelt = [name for name in plain if name.isalnum() and name not in model.operations()]
    meant = nearest(needed.action.removeprefix("cognito-idp:"), misspelt)
    return f"; {statement.name} has {meant[0]!r}, which is not an operation" if meant else ""


def _denied(text: ErrorTemplate, why: str, needed: Permission, principal: str) -> ServiceError:
    return text(why, principal=principal, operation=needed.action.partition(":")[2], resource=needed.resource)
