"""IAM policies that calls are checked against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._api import lifetimes

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

    from pytest_cognito_pool._service.access.policy import Policy
    from pytest_cognito_pool._service.identities import Identity


class Enforcement:
    """A policy that calls are checked against, returned by `Cognito.enforce`.

    It is a context manager: leaving the block enforces the earlier policy again.
    """

    def __init__(self, enforced: Enforced, policy: Policy) -> None:
        self._enforced = enforced
        self._place = _Place(policy, lifetimes.owner())
        enforced.add(self._place)

    def __enter__(self) -> Self:
        self._enforced.add(self._place)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._enforced.remove(self._place)


class _Place:
    """One enforcement of a policy; compared by identity, as the same policy may be enforced twice."""

    def __init__(self, policy: Policy, owner: lifetimes.Test | None) -> None:
        self.policy = policy
        self.owner = owner


class Enforced:
    """The policies enforced for an identity; the last one counts."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._places: list[_Place] = []

    def add(self, place: _Place) -> None:
        """Check calls against this policy from now on."""
        self._replace([*(each for each in self._places if each is not place), place])

    def remove(self, place: _Place) -> None:
        """Remove a policy; the one enforced before it counts again."""
        # A policy that was enforced inside its block ends with the block.
        found = self._places
        self._replace(found[: found.index(place)] if place in found else found)

    def end(self, owner: lifetimes.Test | None) -> None:
        """Remove the policies that a test enforced; without a test, remove all."""
        self._replace([each for each in self._places if owner is not None and each.owner is not owner])

    def _replace(self, places: list[_Place]) -> None:
        self._places = places
        self._identity.policy = places[-1].policy if places else None
