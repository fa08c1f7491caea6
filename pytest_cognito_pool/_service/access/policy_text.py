"""Strings in IAM policies: their wildcards and variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    # Condition keys in lower case, each with its values.
    Keys = Mapping[str, Sequence[str]]

# Every request to AWS has these keys, but requests here lack them; treating them as absent would be wrong.
KEYS_NOT_SIMULATED: Final = frozenset({"aws:sourceip", "aws:useragent", "aws:userid"})
_VARIABLE: Final = re.compile(r"\$\{([^}]*)\}")
# To mean one of these characters literally, a policy writes it as a variable.
_LITERALS: Final = frozenset("*?$")
# More than one character, so that no literal equals them.
_ANY_NUMBER: Final = "any characters"
_ANY_ONE: Final = "any character"
_WILDCARDS: Final = {"*": _ANY_NUMBER, "?": _ANY_ONE}
# A colon that is not inside a variable.
_COLON: Final = re.compile(r":(?![^{}]*\})")
_ARN_PARTS: Final = 6


class PolicyError(ValueError):
    """An error in a policy.

    Attributes:
        typed: the part of it that is wrong.
    """

    def __init__(self, message: str, typed: str) -> None:
        super().__init__(message)
        self.typed = typed


class PolicyText:
    """A string of a policy, which may contain variables and, depending on its element, wildcards.

    Args:
        text: as written in the policy.
        variables: whether `${...}` is a variable, as from version 2012-10-17 on.

    Raises:
        PolicyError: for a variable that is not simulated.
    """

    __slots__ = ("_parts", "text")

    def __init__(self, text: str, *, variables: bool) -> None:
        self.text = text
        # Literal strings and names of variables alternate, as `re.split` returns them.
        self._parts = _VARIABLE.split(text) if variables else [text]
        for variable in self._parts[1::2]:
            if _key(variable) in KEYS_NOT_SIMULATED:
                message = f"the variable ${{{variable}}} is not simulated by pytest-cognito-pool"
                raise PolicyError(message, text)

    def equals(self, value: str, keys: Keys, *, ignore_case: bool = False) -> bool:
        """Whether the value equals the text; wildcards have no meaning."""
        return self._stands_for(value, keys, _folded if ignore_case else str, wildcards={})

    def is_like(self, value: str, keys: Keys, *, ignore_case: bool = False) -> bool:
        """Whether the value matches the text with its wildcards."""
        return self._stands_for(value, keys, _folded if ignore_case else str, wildcards=_WILDCARDS)

    def _stands_for(self, value: str, keys: Keys, fold: Callable[[str], str], wildcards: Mapping[str, str]) -> bool:
        tokens: list[str] = []
        for place, part in enumerate(self._parts):
            if place % 2:
                known = _value(part, keys)
                if known is None:
                    return False
                tokens += map(fold, known)
            else:
                tokens += [wildcards.get(character) or fold(character) for character in part]
        return _can_be(tokens, map(fold, value))

    def arn_parts(self) -> list[PolicyText]:
        """The text as the parts of an ARN; a wildcard matches inside its part only."""
        variables = len(self._parts) > 1
        split = _COLON.split(self.text, maxsplit=_ARN_PARTS - 1)
        return [PolicyText(part, variables=variables) for part in split]

    def __repr__(self) -> str:
        return repr(self.text)


def _can_be(tokens: Iterable[str], characters: Iterable[str]) -> bool:
    """Whether tokens match characters, found in one step for each character.

    Bit n of `reached` is set while the first n tokens match the characters read so far. A token for any number of
    characters is not counted: instead, the bit of its position is set in `stays`.
    """
    takes: dict[str, int] = {}
    stays, end = 0, 1
    for token in tokens:
        if token == _ANY_NUMBER:
            stays |= end
        else:
            takes[token] = takes.get(token, 0) | end
            end <<= 1
    takes_any = takes.get(_ANY_ONE, 0)
    reached = 1
    for character in characters:
        reached = (reached & (takes.get(character, 0) | takes_any)) << 1 | reached & stays
        if not reached:
            return False
    return reached & end != 0


def _folded(character: str) -> str:
    """A character without its case, as `re` ignores it; not a whole string, which may grow in lower case."""
    return character.lower()[0].upper()


def _value(variable: str, keys: Keys) -> str | None:
    """The value of the variable; None if it has no value or several."""
    if variable in _LITERALS:
        return variable
    values = keys.get(_key(variable), ())
    if len(values) == 1:
        return values[0]
    default = variable.partition(",")[2]
    return default.strip().strip("'") if default else None


def _key(variable: str) -> str:
    """The condition key that a variable names, without its default."""
    return variable.partition(",")[0].strip().lower()
