"""The test that runs: what it arms ends with it, and what the application ignores meanwhile is told with it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_cognito_pool.errors import TruthError


class Fake(Protocol):
    """A fake as the test that runs concerns it."""

    def begin(self) -> None:
        """Note that a test begins."""

    def disarm(self, test: Test, /) -> None:
        """Take away the faults and the policies that a test armed, as when its body ends."""

    def end(self, test: Test, /) -> None:
        """Take away whatever a test armed, when it is over."""

    def truth(self, test: Test, /) -> TruthError | None:
        """What the application swallowed, and which faults of a test were not spent."""

    def timeline(self, *, whole: bool) -> str:
        """The calls of the test, for its report; empty without any."""
        ...


# Tests that run, the innermost last: one that runs pytest has others inside.
_tests: Final[list[Test]] = []
_active: Final[list[Fake]] = []
_at_end: Final[list[Callable[[], None]]] = []


class Test:
    """A test from the beginning of its set-up to the end of its teardown.

    Attributes:
        fakes: those that were active at any time of it, in the order in which they were entered.
        wide: how many fixtures are being set up that outlive it.
        unspent: which faults were not spent in a body that passed.
        failed: whether any part of it failed.
    """

    __test__ = False

    def __init__(self) -> None:
        self.fakes: list[Fake] = list(_active)
        self.wide = 0
        self.unspent = ""
        self.failed = False
        _tests.append(self)

    def end(self) -> None:
        """Let it run no more, nor those inside it, and leave the process as it was before."""
        while self in _tests:
            _tests.pop()
        for settle in _at_end:
            settle()

    @contextmanager
    def sets_up_wide(self) -> Iterator[None]:
        """While a fixture is set up that outlives the test."""
        self.wide += 1
        try:
            yield
        finally:
            self.wide -= 1


def running() -> Test | None:
    """The test that runs."""
    return _tests[-1] if _tests else None


def owner() -> Test | None:
    """The test with which ends what is armed now; None for what lives until its fake is left."""
    test = running()
    return None if test is None or test.wide else test


def entered(fake: Fake) -> None:
    """Note a fake that is active from now on."""
    _active.append(fake)
    for test in _tests[-1:]:
        test.fakes.append(fake)


def left(fake: Fake) -> None:
    """Forget a fake that is active no more."""
    _active.remove(fake)


def at_end(settle: Callable[[], None]) -> None:
    """Have something done whenever a test is over."""
    _at_end.append(settle)
