"""Plain English: words that readers with English as a second language stumble over are found and named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What is found, with what to write instead; CONTRIBUTING.md has the list for people.
WORDS = {
    r"\b(?:he|she|him|his|her|hers)\b": "they, the user",
    r"(?<!there )\b(?:is|are) no (?!longer\b)": "is not a, are not",
    r"\bone looks like\b": "for example",
    r"\b(?:un)?spent\b": "unused, used",
    r"\bswallow": "ignore",
    r"\btells? the truth\b": "says, names, reports",
    r"\bmade up\b": "generated, default",
    r"\bwill do\b": "is accepted",
    r"\bin vain\b": "without effect",
    r"\bbut for\b|\bsave for\b|\blest\b": "except, apart from",
    r"\btexts all\b": "strings",
    r"\bwhilst\b|\bhereby\b|\bthereof\b|\bwherein\b|\bhence\b|\bupon\b": "simple words",
}
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "pytest_cognito_pool").rglob("*.py")),
    *sorted((ROOT / "examples").rglob("*.py")),
]


def found(text):
    """Each bad word with the number of its line and what to write instead."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, better in WORDS.items():
            # Code between backticks has names of its own.
            for word in re.findall(pattern, re.sub(r"`[^`]*`", "", line), re.IGNORECASE):
                yield f"{number}: {word!r}; write: {better}"


def test_the_list_for_people_has_every_replacement():
    written = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("| write | not |")[2]
    assert re.findall(r"^\| ([a-z].*?) \| ", written, re.MULTILINE) == list(WORDS.values())


def test_every_page_and_module():
    # Texts of the service, and what tests say of their sources, are copied as they are.
    own = [path for path in PAGES if path.parent.name != "errors" and path.name != "fidelity-rules.md"]
    bad = {path.relative_to(ROOT).as_posix(): list(found(path.read_text(encoding="utf-8"))) for path in own}
    assert {name: words for name, words in bad.items() if words} == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The user confirms their address.", []),
        ("there is no user, and it is no longer there", []),
        ("She is no user\nan unspent fault", ["1: 'She'", "1: 'is no '", "2: 'unspent'"]),
        ("`he` is a name in code", []),
    ],
)
def test_what_is_found(text, words):
    assert [line.partition(";")[0] for line in found(text)] == words
