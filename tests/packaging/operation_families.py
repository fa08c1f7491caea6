"""Write the table that says in which module each operation is: `python tests/packaging/operation_families.py`."""

from __future__ import annotations

import ast
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "pytest_cognito_pool" / "_service" / "operations"
HEADER = '''"""In which module each operation is; written by tests/packaging/operation_families.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILY_OF: Final[Mapping[str, str]] = {
'''


def declared(folder):
    """Each operation that is declared in the folder, with its module."""
    found = {
        decorator.args[0].value: path.stem
        for path in sorted(folder.glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "operation"
    }
    return dict(sorted(found.items()))


def table(folder):
    """The text of the module."""
    rows = (f'    "{operation}": "{module}",\n' for operation, module in declared(folder).items())
    return f"{HEADER}{''.join(rows)}}}\n"


if __name__ == "__main__":
    (FOLDER / "families.py").write_text(table(FOLDER), encoding="utf-8")
