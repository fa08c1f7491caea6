"""The generated parts of docs/fidelity.md and docs/fidelity-rules.md, for pages.py.

The rules of behaviour come from the evidence of the tests, the rules between settings and what updates keep from the
package itself.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from markdown import filled, table

ROOT = Path(__file__).parents[2]
KINDS = ("observed", "documented", "model", "inferred")
SERVICE = "pytest_cognito_pool._service"
FAMILIES = {
    "User pools": "pool_rules",
    "Second factors": "mfa",
    "App clients": "client_rules",
    "Identity providers": "provider_rules",
}
# Of tests of what the fake itself records and tells, which is no rule of the service.
OURS = "what the fake records and tells a test author; the service has no say in it"
RULES_HEAD = """# Every rule of behaviour

Written by `python tests/packaging/pages.py` from the tests in `tests/operations`, which call the fake through boto3:
one line for each test, in its words, with the kind of its evidence and where that is found.
[The overview](fidelity.md) says what the kinds mean.
"""


class Collector:
    """A plugin of pytest that keeps what was collected."""

    items = ()

    def pytest_collection_finish(self, session):
        self.items = session.items


def collected():
    """The tests of the operations: file, class, function and the evidence of all its parameters, in their order."""
    collector, arguments = Collector(), ["--collect-only", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        status = pytest.main([*arguments, str(ROOT / "tests/operations")], plugins=[collector])
    assert status == 0, f"the tests cannot be collected: {status}"
    found = {}
    for item in collector.items:
        if next(item.iter_markers("evidence")).args[1] == OURS:
            continue
        scopes = [node.name for node in item.listchain() if isinstance(node, pytest.Class)]
        path = Path(item.path).relative_to(ROOT / "tests/operations").as_posix()
        key = (path, *scopes[:1], item.originalname)
        evidence = found.setdefault(key, {})
        evidence[next(item.iter_markers("evidence")).args] = None
    return dict(sorted(found.items(), key=lambda entry: entry[0][0]))


def in_words(name):
    """A name of Python as a sentence: `TestSignUp` and `test_the_reply_is_empty`."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name.removeprefix("Test").removeprefix("test_"))
    return name.replace("_", " ")


def rules_page(tests):
    """The page with a line for each test."""
    parts = [RULES_HEAD]
    by_file = {}
    for (path, *names), evidence in tests.items():
        by_file.setdefault(path, []).append((names, evidence))
    for path, group in by_file.items():
        parts.append(f"## {in_words(Path(path).stem).capitalize()}\n\n`tests/operations/{path}`\n")
        rows = [
            [
                ": ".join(map(in_words, names)),
                ", ".join(dict.fromkeys(kind for kind, _ in evidence)),
                "; ".join(dict.fromkeys(where for _, where in evidence)),
            ]
            for names, evidence in group
        ]
        parts.append(table(["rule", "evidence", "source"], rows))
    return "\n".join(parts)


def counts(tests):
    """How many tests have evidence of which kind; one with several kinds counts for its weakest."""
    weakest = Counter(max((kind for kind, _ in evidence), key=KINDS.index) for evidence in tests.values())
    rows = [[kind, str(weakest[kind])] for kind in KINDS]
    return table(["kind", "rules"], [*rows, ["all", str(sum(weakest.values()))]])


def setting_rules():
    """The rules between settings, by family."""
    parts = []
    for family, module in FAMILIES.items():
        rules = import_module(f"{SERVICE}.pool.{module}")._RULES
        rows = [
            [
                f"`{rule.error.message}`",
                rule.error.code,
                ", ".join(f"`{path}`" for path in rule.about),
                rule.error.evidence,
                rule.error.source,
            ]
            for rule in rules
        ]
        parts.append(f"### {family}\n\n{table(['text', 'error', 'settings', 'evidence', 'source'], rows)}")
    return "\n".join(parts)


def updates():
    """What an update does to what it leaves out."""
    pools = import_module(f"{SERVICE}.pool.settings").OMITTED
    clients = import_module(f"{SERVICE}.pool.app_clients").KEPT
    rows = [["UpdateUserPool", f"`{name}`", *omitted] for name, omitted in pools.items()]
    rows += [["UpdateUserPoolClient", f"`{name}`", "kept", *known] for name, known in clients.items()]
    return table(["operation", "setting that is left out", "effect", "evidence", "source"], rows)


def pages():
    """The pages by their paths, as they should be."""
    tests = collected()
    generated = {"counts": counts(tests), "setting rules": setting_rules(), "updates": updates()}
    path = ROOT / "docs/fidelity.md"
    return {
        path: filled(path.read_text(encoding="utf-8"), generated),
        ROOT / "docs/fidelity-rules.md": rules_page(tests),
    }


def stale(written, text):
    """What differs between a page as it is and as it should be; or nothing."""
    return "" if written == text else "its rules"
