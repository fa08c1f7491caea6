"""Tracebacks without the frames that an author cannot change."""

from __future__ import annotations

import os
import sys
from traceback import extract_tb, format_exception_only
from types import TracebackType
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.wording import LONGEST, folded, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_CUT: Final = frozenset({"aiobotocore", "boto3", "botocore", "pytest_cognito_pool"})


def members(error: BaseException) -> list[BaseException]:
    """The exceptions of an exception group; empty for any other exception."""
    try:
        found = getattr(error, "exceptions", ())
    except Exception:  # noqa: BLE001 - an author's property may raise anything
        found = ()
    return [each for each in found if isinstance(each, BaseException)] if isinstance(found, tuple) else []


def error_lines(error: BaseException) -> list[str]:
    """The exception and the lines of the application and the test that led to it, innermost last."""
    lines = folded("".join(format_exception_only(error)).splitlines(), 10, 10, "lines")
    lines = [shortened(line, LONGEST) for line in lines]
    for frame in extract_tb(without_ours(error.__traceback__)):
        lines.append(f"{_short(frame.filename)}:{frame.lineno}: in {frame.name}")
        if frame.line:
            lines.append(f"    {frame.line}")
    return lines


def raised_in(error: BaseException) -> str:
    """The file that raised the exception, ignoring helpers that assert for their callers; empty if there is none."""
    files = [
        each.tb_frame.f_code.co_filename
        for each in _frames(error.__traceback__)
        if not each.tb_frame.f_locals.get("__tracebackhide__") and _package(each.tb_frame) != "unittest"
    ]
    return files[-1] if files else ""


def raised_at(error: BaseException) -> str:
    """The line of the application or the test that raised the exception."""
    frames = extract_tb(without_ours(error.__traceback__))
    return f"{_short(frames[-1].filename)}:{frames[-1].lineno}" if frames else "an unknown line"


def here() -> str:
    """The running line of code outside the plugin."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - as `inspect` does, which takes long to import
    while frame is not None and _is_ours(frame):
        frame = frame.f_back
    return f"{_short(frame.f_code.co_filename)}:{frame.f_lineno}" if frame is not None else "an unknown line"


def _is_ours(frame: FrameType) -> bool:
    return _package(frame) == __name__.partition(".")[0]


def _package(frame: FrameType) -> str:
    """The package of a frame's module; code of `exec` may have any name or none."""
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def without_ours(traceback: TracebackType | None) -> TracebackType | None:
    """The traceback without the frames of botocore and of the fake."""
    rest: TracebackType | None = None
    for each in reversed(list(_frames(traceback))):
        if _package(each.tb_frame) not in _CUT:
            rest = TracebackType(rest, each.tb_frame, each.tb_lasti, each.tb_lineno)
    return rest


def _short(path: str) -> str:
    """The path relative to the current directory, if the file is inside it."""
    try:
        here = os.getcwd() + os.sep  # noqa: PTH109 - pathlib is not imported for it
    except OSError:
        # The current directory may be gone.
        return path
    return path.removeprefix(here)
