"""Parts of generated pages: tables, and the marked places of a page where they go."""

from __future__ import annotations

import re


def cell(text):
    """A text that stands in a table."""
    return text.replace("|", "\\|").replace("\n", "<br>").replace("<br><br>", "<br>")


def table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines) + "\n"


def filled(text, parts):
    """The page with each part between the comments `begin` and `end` of its name."""
    for name, part in parts.items():
        text, count = re.subn(
            rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)",
            lambda found, part=part: f"{found[1]}{part}{found[2]}",
            text,
            flags=re.DOTALL,
        )
        assert count == 1, f"the page has {count} places for {name!r}"
    return text
