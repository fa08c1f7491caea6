"""Write the generated pages of docs/ again: `python tests/packaging/pages.py`.

With `--check` nothing is written, and the process fails if a page is not up to date. Rows for operations and errors
that the installed botocore does not know, or that it is the first to know, do not count then.
"""

from __future__ import annotations

import sys
from importlib import import_module

if __name__ == "__main__":
    # The second imports the plugin, which pytest has to import itself in the first.
    for name in ("fidelity", "reference_pages"):
        kind = import_module(name)
        for path, text in kind.pages().items():
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
            elif difference := kind.stale(path.read_text(encoding="utf-8"), text):
                sys.exit(f"{path.name} is not up to date ({difference}): run python tests/packaging/pages.py")
