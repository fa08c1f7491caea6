"""Faults: the errors that a test injects, and how they are used up."""

from __future__ import annotations

import warnings
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from pytest_cognito_pool._api import lifetimes
from pytest_cognito_pool._api.errors import UnreportedError, UnusedFaultWarning, UsageError
from pytest_cognito_pool._api.frames import raised_at
from pytest_cognito_pool._api.log import Log, listing, there_were
from pytest_cognito_pool._service import locks
from pytest_cognito_pool._service.wording import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType

    from typing_extensions import Self

    from pytest_cognito_pool._service.journal import Call

    # Called for each attempt, with the call and the URL it was sent to.
    Failure = Callable[[Call, str], BaseException]


class FaultOptions(TypedDict, total=False):
    """The options that `Cognito.fail` takes and documents."""

    times: int | None
    attempts: int | None
    after: bool
    message: str | None
    reason_code: str | None
    when: Callable[[Mapping[str, Any]], object] | None
    optional: bool


class FaultSpec(NamedTuple):
    """A fault as it was typed and checked.

    Attributes:
        operation: the operation whose calls fail.
        failure: returns the error for an attempt.
        shown: the `fail(...)` as it was typed.
        where: the line it was typed in.
        pool_id: the pool whose calls fail; None for every call of the account.
        limit: how many calls or attempts fail; None for all.
        of_attempts: whether single attempts are counted instead of whole calls.
        after: whether the operation takes effect before it fails.
        when: a function of the request that says whether it fails; None for every request.
        optional: whether the test may end before it is used up.
        remedy: what to type if it may stay unused.
    """

    operation: str
    failure: Failure
    shown: str
    where: str
    pool_id: str | None
    limit: int | None
    of_attempts: bool
    after: bool
    when: Callable[[Mapping[str, Any]], object] | None
    optional: bool
    remedy: str = "pass optional=True if the fault may stay unused"


class ArmedFault:
    """An active fault, and how often it was used.

    Attributes:
        spec: what was typed.
        owner: the test that it ends with; None if it stays until the fake is left.
        hits: how many calls or attempts it made fail.
        face: the public object of the fault.
    """

    def __init__(self, spec: FaultSpec, faults: Faults) -> None:
        self.spec = spec
        self.owner = lifetimes.owner()
        self.hits = 0
        self.face = Fault(self, faults)
        self._faults = faults
        self._lock = locks.new()
        self._since: list[Call] = []
        # By id: the calls that it made fail, and the calls with the result of `when`, which runs once for each call.
        self._failed: dict[int, Call] = {}
        self._meant: dict[int, tuple[Call, bool]] = {}

    @property
    def left(self) -> int | None:
        """How many calls or attempts it will still make fail; None if there is no limit."""
        return None if self.spec.limit is None else self.spec.limit - self.hits

    def saw(self, call: Call) -> None:
        """Note a call made while it was armed."""
        self._since.append(call)

    def matches(self, call: Call) -> bool:
        """Whether the last attempt of a call fails; if so, it is counted."""
        if id(call) in self._failed and not self.spec.of_attempts:
            return True
        # No lock is held while the author's `when` runs.
        if not self._is_for(call):
            return False
        with self._lock:
            if self.left == 0:
                return False
            self.hits += 1
            self._failed[id(call)] = call
        return True

    def _is_for(self, call: Call) -> bool:
        spec = self.spec
        if call.operation != spec.operation or spec.pool_id not in {None, call.pool_id} or self.left == 0:
            return False
        if id(call) not in self._meant:
            self._meant[id(call)] = call, spec.when is None or self._asked(spec.when, call)
        return self._meant[id(call)][1]

    def _asked(self, when: Callable[[Mapping[str, Any]], object], call: Call) -> bool:
        """What `when` returns; if it raises, False, and the test reports the exception."""
        try:
            return bool(when(MappingProxyType(call.request)))
        except Exception as error:  # noqa: BLE001 - the application must not see what the author's code raises
            # Without the text of the exception, which may quote a password.
            self._faults.note(f"{self!r}: `when` raised {type(error).__name__} at {raised_at(error)}")
            return False

    @property
    def is_unused(self) -> bool:
        """Whether the test fails if it ends now."""
        return not self.spec.optional and (self.hits == 0 if self.left is None else self.left > 0)

    def unused(self) -> str:
        """The message about how often it was used, and which other calls were made."""
        others = [call for call in self._since if id(call) not in self._failed]
        others.sort(key=lambda call: -likeness(self.spec.operation, call.operation))
        headline = f"fault {'not used up' if self._failed else 'never used'}: {self!r}"
        there = f"{self._used()}{there_were(others, 'other call' if self._failed else 'call')}"
        return f"{headline}\n{listing(f'  {there}', [f'  {call!r}' for call in others])}\n  {self.spec.remedy}"

    def _used(self) -> str:
        if not self._failed:
            declined = sum(not meant for _, meant in self._meant.values())
            return f"calls that `when` declined: {declined}; " if declined else ""
        if not self.spec.of_attempts:
            return f"it was used for {self.hits} of {self.spec.limit} calls; "
        made = ", ".join(f"{len(call.attempts)} of {call!r}" for call in self._failed.values())
        return f"it was used for {self.hits} of {self.spec.limit} attempts, botocore gave up after {made}; "

    def __repr__(self) -> str:
        return f"{self.spec.shown} at {self.spec.where}"


class Fault:
    """An injected error, returned by `fail`.

    It is a context manager: leaving the block removes the fault, and raises `UnreportedError` if it is unused. If the
    block raises another exception, the unused fault is reported later, and only if the test passes.
    """

    __slots__ = ("_armed", "_faults")

    def __init__(self, armed: ArmedFault, faults: Faults) -> None:
        self._armed = armed
        self._faults = faults

    @property
    def operation(self) -> str:
        """The operation whose calls fail."""
        return self._armed.spec.operation

    @property
    def hits(self) -> int:
        """How many calls it made fail; with `attempts=`, how many attempts."""
        return self._armed.hits

    @property
    def left(self) -> int | None:
        """How many calls it will still make fail; with `attempts=`, how many attempts; None if there is no limit."""
        return self._armed.left

    @property
    def after(self) -> bool:
        """Whether the operation takes effect before it fails."""
        return self._armed.spec.after

    def __enter__(self) -> Self:
        if self not in self._faults.armed():
            raise UsageError(f"{self!r} was removed when its block ended; call fail(...) again", typed=self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        self._faults.disarm(self._armed)
        if kind is None:
            unused = self._faults.unused_of(self._armed)
            if unused:
                raise UnreportedError(faults=unused)

    def __repr__(self) -> str:
        return repr(self._armed)


class Faults:
    """The faults of an account, in the order in which they are used.

    Args:
        note: called with a message about each `when` that raises.
    """

    def __init__(self, note: Callable[[str], None]) -> None:
        self.note = note
        self._lock = locks.new()
        self._armed: list[ArmedFault] = []
        self._unreported: list[ArmedFault] = []

    def armed(self) -> Log[Fault]:
        """The public objects of the faults that were not removed, used up or not."""
        return Log([fault.face for fault in tuple(self._armed)])

    def has(self, operation: str) -> bool:
        """Whether any fault is for the operation."""
        return any(fault.spec.operation == operation for fault in tuple(self._armed))

    def unused(self) -> list[ArmedFault]:
        """The faults that would fail the test if it ended now."""
        return [fault for fault in tuple(self._armed) if fault.is_unused]

    def arm(self, spec: FaultSpec) -> Fault:
        """Make calls fail from now on."""
        fault = ArmedFault(spec, self)
        with self._lock:
            self._armed.append(fault)
            self._unreported.append(fault)
        return fault.face

    def disarm(self, fault: ArmedFault) -> None:
        """Remove a fault."""
        with self._lock:
            self._armed[:] = [each for each in self._armed if each is not fault]

    def end(self, owner: lifetimes.Test | None) -> None:
        """Remove the faults that a test armed; without a test, every fault."""
        with self._lock:
            self._armed[:] = [fault for fault in self._armed if not _ends_with(fault, owner)]

    def saw(self, call: Call) -> None:
        """Note a call that is made."""
        for fault in tuple(self._armed):
            fault.saw(call)

    def match(self, call: Call) -> ArmedFault | None:
        """The fault that the last attempt of a call fails with."""
        for fault in tuple(self._armed):
            if fault.matches(call):
                return fault
        return None

    def unreported(self, owner: lifetimes.Test | None) -> list[str]:
        """The messages about the unused faults of a test, each only once; without a test, about all unused faults."""
        return self._reported(fault for fault in tuple(self._unreported) if _ends_with(fault, owner))

    def unused_of(self, fault: ArmedFault) -> list[str]:
        """The message about an unused fault, if it was not reported before."""
        return self._reported([fault])

    def _reported(self, faults: Iterable[ArmedFault]) -> list[str]:
        asked = set(faults)
        with self._lock:
            ready = [fault for fault in self._unreported if fault in asked]
            self._unreported[:] = [fault for fault in self._unreported if fault not in asked]
        found = [fault.unused() for fault in ready if fault.is_unused]
        if lifetimes.unused_faults() == "warn":
            for text in found:
                warnings.warn(text, UnusedFaultWarning, stacklevel=2)
        return found if lifetimes.unused_faults() == "fail" else []


def _ends_with(fault: ArmedFault, owner: lifetimes.Test | None) -> bool:
    return owner is None or fault.owner is owner
