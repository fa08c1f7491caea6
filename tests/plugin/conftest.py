"""A test author's suite, run by pytester."""

from __future__ import annotations

import os
import pkgutil
import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

# pytester forgets the modules that a run imports; these cannot be imported twice, or take their time.
import boto3
import pydantic  # noqa: F401
import pytest
import regex  # noqa: F401

import pytest_cognito_pool

if TYPE_CHECKING:
    from collections.abc import Mapping

for module in pkgutil.walk_packages(pytest_cognito_pool.__path__, "pytest_cognito_pool."):
    import_module(module.name)

_HEADER = re.compile(r"[_=]{3,} .+ [_=]{3,}")
_WORKER = re.compile(r"\[gw\d\] .+")
_TITLE = re.compile(r"-{3,} (.+) -{3,}")


@dataclass(frozen=True)
class Run:
    """What came of a run.

    Attributes:
        result: pytester's own.
    """

    result: pytest.RunResult

    @property
    def text(self) -> str:
        """All it printed."""
        return f"{self.result.stdout}\n{self.result.stderr}"

    @property
    def outcomes(self) -> dict[str, int]:
        """How many tests passed, failed and so on."""
        return self.result.parseoutcomes()

    def problem(self, test: str, phase: str = "") -> str:
        """What the report says of a test that failed; of one with an error in that phase."""
        header = re.compile(rf"_+ {f'ERROR at {phase} of ' if phase else ''}{re.escape(test)} _+")
        lines = str(self.result.stdout).splitlines()
        starts = [number for number, line in enumerate(lines) if header.fullmatch(line)]
        assert len(starts) == 1, f"{test} is reported {len(starts)} times in\n{self.text}"
        rest = [line for line in lines[starts[0] + 1 :] if not _WORKER.fullmatch(line)]
        return _until(rest, _HEADER)

    def calls(self, test: str, phase: str = "", title: str = "Cognito calls") -> str | None:
        """The section of that title of that problem; None without."""
        lines = self.problem(test, phase).splitlines()
        starts = [number for number, line in enumerate(lines) if _is_title(line, title)]
        assert len(starts) <= 1
        return _until(lines[starts[0] + 1 :], _TITLE) if starts else None


def _is_title(line: str, title: str) -> bool:
    match = _TITLE.fullmatch(line)
    return match is not None and match[1] == title


def _until(lines: list[str], stop: re.Pattern[str]) -> str:
    kept: list[str] = []
    for line in lines:
        if stop.fullmatch(line):
            break
        kept.append(line)
    return "\n".join(kept)


class Suite:
    """The suite of a test author, in a directory of its own and with no AWS configuration but what it is given."""

    def __init__(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pytester = pytester
        self._monkeypatch = monkeypatch
        for variable in os.environ:
            if variable.startswith(("AWS_", "PYTEST_")) and variable != "PYTEST_CURRENT_TEST":
                monkeypatch.delenv(variable)
        # The session made for one suite would bring its region and keys to the next.
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)

    def write(self, code: str = "", *, ini: str = "", conftest: str = "", env: Mapping[str, str] | None = None) -> None:
        """Write a test module, and the configuration around it."""
        if code:
            self.pytester.makepyfile(test_suite=code)
        if ini:
            self.pytester.makeini(f"[pytest]\n{ini}\n")
        if conftest:
            self.pytester.makeconftest(conftest)
        for variable, value in (env or {}).items():
            self._monkeypatch.setenv(variable, value)

    def run(
        self,
        code: str = "",
        *args: str,
        ini: str = "",
        conftest: str = "",
        env: Mapping[str, str] | None = None,
        randomly: bool = False,
        subprocess: bool = False,
    ) -> Run:
        """Write and run a suite, in file order, with warnings as errors."""
        self.write(code, ini=ini, conftest=conftest, env=env)
        # hypothesis imports all of itself at the end of a run.
        unwanted = ["cacheprovider", "hypothesispytest", *(() if randomly else ("randomly",))]
        options = ("-W", "error", *(f"-pno:{plugin}" for plugin in unwanted), *args)
        run = self.pytester.runpytest_subprocess if subprocess else self.pytester.runpytest_inprocess
        return Run(run(*options))

    def passes(self, code: str, *args: str, **options: object) -> None:
        """Run a suite whose tests all pass."""
        run = self.run(code, *args, **options)  # type: ignore[arg-type]
        assert run.result.ret == pytest.ExitCode.OK, run.text
        assert set(run.outcomes) == {"passed"}, run.text


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Suite:
    """A suite to write and run."""
    return Suite(pytester, monkeypatch)
