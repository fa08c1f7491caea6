"""Write the documents' Python, and the examples, as an author with strict typing would write them.

`python tests/typing/documentation.py FOLDER` makes a module of each block and of each file in FOLDER, for mypy and
pyright to check. Lines keep their numbers: line 30 of `time_22.py` is line 30 of docs/how-to/time.md. A block whose
title is the name of a file, such as `club.py`, becomes a module of that name, so that other blocks can import it.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
DOCUMENTS: Final = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
# What the names of parameters, and of functions for what they return, stand for; functions not named here return None.
TYPES: Final = {
    "call": "pytest_cognito_pool.Call",
    "cognito": "pytest_cognito_pool.Cognito",
    "cognito_error": "pytest_cognito_pool.Error",
    "cognito_idp": "types_boto3_cognito_idp.CognitoIdentityProviderClient",
    "cognito_pool": "pytest_cognito_pool.UserPool",
    "cognito_pool_client": "pytest_cognito_pool.AppClient",
    "cognito_pool_client_settings": "dict[str, typing.Any]",
    "cognito_pool_settings": "dict[str, typing.Any]",
    "pool": "pytest_cognito_pool.UserPool",
    # pytest's own fixtures.
    "monkeypatch": "pytest.MonkeyPatch",
    "tmp_path": "pathlib.Path",
    # Lambda functions.
    "context": "object",
    "event": "dict[str, typing.Any]",
    "colleagues_are_confirmed": "dict[str, typing.Any]",
    "add_tenant": "dict[str, typing.Any]",
    "greet": "dict[str, typing.Any]",
    "join_staff": "dict[str, typing.Any]",
    "post_confirmation": "dict[str, typing.Any]",
    "welcome": "dict[str, typing.Any]",
    # The documents' own functions and fixtures.
    "accounts": "list[str]",
    "bucket": "str",
    "ana": "pytest_cognito_pool.User",
    "applicant": "pytest_cognito_pool.User",
    "approve": "str",
    "browser": "fastapi.testclient.TestClient",
    "callback_url": "str",
    "cognito_server": "pytest_cognito_pool.Server",
    "code": "str",
    "loaded": "pytest_cognito_pool.Loaded",
    "company": "pytest_cognito_pool.Cognito",
    "client": "pytest_cognito_pool.AppClient",
    "domain": "pytest_cognito_pool.Domain",
    "partner": "None",
    "service": "pytest_cognito_pool.AppClient",
    "source": "warehouse.TokenSource",
    "visitor": "flask.testing.FlaskClient",
    "customers": "typing.Callable[[], list[typing.Any]]",
    "message": "str",
    "name": "str",
    "pauses": "list[float]",
    "rows": "list[typing.Any]",
    "shop": "tenants.Tenant",
    "front_end": "typing.Callable[..., typing.Any]",
    "site": "pytest_cognito_pool.AppClient",
    "staff": "pytest_cognito_pool.UserPool",
    "wrong": "str",
}
# At the end, where they move no line; annotations are texts, so that it is early enough.
IMPORTS: Final = """
import pathlib, typing
import fastapi.testclient, flask.testing, pytest, tenants, warehouse, types_boto3_cognito_idp
import pytest_cognito_pool
"""
# What the stubs of botocore say, that any reply and any error may lack its members, is not what the examples are about.
EXAMPLE: Final = "\n# pyright: reportTypedDictNotRequiredAccess=false\n"
# The application that the README's first example is about.
MYAPP: Final = "def approve(username: str, *, plan: str) -> None: ...\n"


def main(folder: Path) -> None:
    """Write all modules."""
    folder.mkdir(parents=True, exist_ok=True)
    modules = {"myapp.py": MYAPP}
    for document in DOCUMENTS:
        modules |= blocks(document)
    for path in sorted((ROOT / "examples").glob("*/*.py")):
        # Several folders have a conftest.py, and nobody imports it.
        name = f"{path.parent.name}_conftest.py" if path.name == "conftest.py" else path.name
        modules[name] = typed(path.read_text(encoding="utf-8")) + EXAMPLE
    for name, source in modules.items():
        (folder / name).write_text(source, encoding="utf-8")


class Fence(NamedTuple):
    """A fenced block of a document.

    Attributes:
        language: for example `python`.
        title: what the reader sees above the block: the name of a file, or words; empty if there is none.
        fails: whether the document says that this example is to fail.
        code: the text of the block.
        above: the number of lines before it.
    """

    language: str
    title: str
    fails: bool
    code: str
    above: int

    @property
    def is_file(self) -> bool:
        """Whether the block is a file that the document's other examples need."""
        return self.title.endswith((".py", ".ini", ".yaml"))


FENCE: Final = re.compile(r'^(<!-- fails -->\n)?```(\w+)(?: title="(.*?)")?\n(.*?)^```$', re.DOTALL | re.MULTILINE)


def fences(document: Path) -> Iterator[Fence]:
    """The fenced blocks of a document, in their order."""
    text = document.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield Fence(found[2], found[3] or "", bool(found[1]), found[4], text.count("\n", 0, found.start(4)))


def blocks(document: Path) -> dict[str, str]:
    """The document's blocks of Python by the names of their modules, each at the lines that it has there."""
    page = document.stem.lower().replace("-", "_")
    modules = {}
    for fence in fences(document):
        if fence.language == "python":
            # Several pages have a conftest.py, and nobody imports it.
            named = fence.is_file and fence.title != "conftest.py"
            name = fence.title if named else f"{page}_{fence.above + 1}.py"
            modules[name] = "\n" * fence.above + typed(fence.code) + EXAMPLE
    return modules


def typed(source: str) -> str:
    """The source with an annotation wherever one is missing."""
    lines = [line.encode() for line in source.splitlines()]
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    insertions = [each for function in functions for each in missing(function, lines)]
    for line, column, annotation in sorted(insertions, reverse=True):
        there = lines[line - 1]
        lines[line - 1] = there[:column] + annotation.encode() + there[column:]
    return b"\n".join(lines).decode() + IMPORTS


def missing(function: ast.FunctionDef, lines: list[bytes]) -> list[tuple[int, int, str]]:
    """The annotations that are missing from a function, each after the line and the column where it belongs."""
    found = [
        (each.end_lineno or 0, each.end_col_offset or 0, f': "{TYPES[each.arg]}"')
        for each in [*function.args.args, *function.args.kwonlyargs]
        if each.annotation is None and each.arg != "self"
    ]
    if function.returns is None:
        end = next(number for number in range(function.lineno, len(lines) + 1) if b"):" in lines[number - 1])
        found.append((end, lines[end - 1].index(b"):") + 1, f' -> "{returned(function)}"'))
    return found


def returned(function: ast.FunctionDef) -> str:
    """The annotation of what a function returns; of a fixture that yields it, an iterator."""
    name = TYPES.get(function.name, "None")
    yields = any(isinstance(node, ast.Yield) for node in ast.walk(function))
    return f"typing.Iterator[{name}]" if yields else name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
