"""What puts a thing back as it is now: the parts of a snapshot."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def saved(thing: object, *names: str) -> Callable[[], None]:
    """What puts these attributes of a thing back as they are now."""
    values = {name: copy.copy(getattr(thing, name)) for name in names}

    def put_back() -> None:
        for name, value in values.items():
            setattr(thing, name, copy.copy(value))

    return put_back
