"""Tracebacks of failures without the frames of botocore and of the fake."""

from __future__ import annotations

from pytest_cognito_pool._api.frames import members, without_ours


def trim(error: BaseException) -> None:
    """Remove the frames of botocore and of the fake from the exception, its causes and the members of a group."""
    chain: list[BaseException | None] = [error]
    seen: set[int] = set()
    while chain:
        link = chain.pop()
        if link is not None and id(link) not in seen:
            seen.add(id(link))
            # A traceback with no frame left would point nowhere.
            cut = without_ours(link.__traceback__) or link.__traceback__
            # Not through the author's class, which may be frozen.
            BaseException.with_traceback(link, cut)
            chain += [link.__cause__, link.__context__, *members(link)]
