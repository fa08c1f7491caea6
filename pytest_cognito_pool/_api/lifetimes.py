"""The running test: it ends what it armed, and reports what the application ignored."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_cognito_pool._api.errors import UnreportedError
    from pytest_cognito_pool._api.recorder import Recorder
    from pytest_cognito_pool._service.account import Account


class Fake(Protocol):
    """A fake, as far as the running test needs it.

    Attributes:
        account: the account.
        recorder: what happened in it.
    """

    account: Account
    recorder: Recorder

    def disarm(self, test: Test, /) -> None:
        """Remove the faults and the policies that a test armed; called when its body ends."""

    def unused(self) -> Sequence[object]:
        """The faults that would fail the test if it ended now."""
        ...

    def unreported(self, test: Test, /) -> UnreportedError | None:
        """What the application ignored, and which faults of a test are unused."""


# The running tests, the innermost last: a test that runs pytest itself contains others.
_tests: Final[list[Test]] = []
_active: Final[list[Fake]] = []
_at_begin: Final[list[Callable[[], None]]] = []
_at_end: Final[list[Callable[[Test], None]]] = []
# What unused faults do, the innermost run last.
_verdicts: Final[list[str]] = []
_interrupts: Final[list[bool]] = []
# The environment variables that fakes set.
_VARIABLES: Final = (
    "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_EC2_METADATA_DISABLED",
)  # fmt: skip


class Test:
    """A test from the beginning of its set-up to the end of its teardown.

    Attributes:
        fakes: all fakes that were active during the test, in the order in which they were entered.
        wide: how many fixtures are being set up that outlive it.
        unused: the message about faults that were not used in a body that passed.
        failed: whether any part of it failed.
        variables: the values of the environment variables that fakes set, before the test; empty if a fake was active.
    """

    __test__ = False

    def __init__(self) -> None:
        self.fakes: list[Fake] = list(_active)
        self.wide = 0
        self.unused = ""
        self.failed = False
        self._armed: list[Callable[[Test], None]] = []
        self.variables = {} if _active else {name: os.environ.get(name) for name in _VARIABLES}
        _tests.append(self)
        _interrupts.clear()
        for begin in _at_begin:
            begin()
        for fake in self.fakes:
            fake.recorder.begin()

    def takes_away(self, end: Callable[[Test], None]) -> None:
        """Call `end` when the test is over, to remove what was armed."""
        self._armed.append(end)

    def disarm(self) -> None:
        """Remove the faults and the policies that it armed."""
        for fake in self.fakes:
            fake.disarm(self)

    def end(self) -> None:
        """Remove what the test armed, end it and the tests inside it, and restore the process."""
        self.disarm()
        for end in self._armed:
            end(self)
        while self in _tests:
            _tests.pop()
        for settle in _at_end:
            settle(self)

    @contextmanager
    def sets_up_wide(self) -> Iterator[None]:
        """Note, during a with-block, that a fixture is set up that outlives the test."""
        self.wide += 1
        try:
            yield
        finally:
            self.wide -= 1


def judging_unused_faults(verdict: str) -> Callable[[], None]:
    """Let unused faults fail tests, warn, or be ignored, until the returned function is called."""
    _verdicts.append(verdict)

    def end() -> None:
        _verdicts.pop()

    return end


def unused_faults() -> str:
    """What an unused fault does: `fail`, `warn` or `ignore`."""
    return _verdicts[-1] if _verdicts else "fail"


def running() -> Test | None:
    """The running test."""
    return _tests[-1] if _tests else None


def owner() -> Test | None:
    """The test that removes what is armed now; None if it stays until its fake is left."""
    test = running()
    return None if test is None or test.wide else test


def owner_until(end: Callable[[Test], None]) -> Test | None:
    """The same as `owner`, but the test calls `end` when it is over."""
    test = owner()
    if test is not None:
        test.takes_away(end)
    return test


def entered(fake: Fake) -> None:
    """Note a fake that is active from now on."""
    _active.append(fake)
    test = running()
    if test is not None and fake not in test.fakes:
        fake.recorder.begin()
        test.fakes.append(fake)


def left(fake: Fake) -> None:
    """Forget a fake that is no longer active."""
    _active.remove(fake)


def at_begin(begin: Callable[[], None]) -> None:
    """Call `begin` whenever a test begins."""
    _at_begin.append(begin)


def at_end(settle: Callable[[Test], None]) -> None:
    """Call `settle` whenever a test is over."""
    _at_end.append(settle)


def interrupt() -> None:
    """Note that the run was interrupted; the next test begins a new run."""
    _interrupts.append(True)


def is_interrupted() -> bool:
    """Whether the run was interrupted."""
    return bool(_interrupts)
