"""Write the names that editors complete: `python tests/packaging/literal_names.py`, with the newest boto3."""

from __future__ import annotations

from pathlib import Path

from pytest_cognito_pool._service.events.sources import TRIGGERS
from pytest_cognito_pool._service.protocol import fault_catalogue, model

PATH = Path(__file__).parents[2] / "pytest_cognito_pool" / "_api" / "literals.py"
HEADER = '''"""The names of AWS, for editors and type checkers; written by tests/packaging/literal_names.py.

Names of operations and errors are open, as in `OperationName | str`: a newer botocore knows more of them.
"""

from __future__ import annotations

from typing import Literal

'''


def names():
    """The names by their aliases."""
    operations = sorted(model.operations())
    codes = {code for operation in operations for code in fault_catalogue.codes(operation)}
    sources = [source for each in TRIGGERS.values() for source in each]
    return {"OperationName": operations, "ErrorCode": sorted(codes), "TriggerName": [*TRIGGERS], "SourceName": sources}


def literal(alias, values):
    """The alias of one kind of names."""
    rows = "".join(f'    "{value}",\n' for value in values)
    return f"{alias} = Literal[\n{rows}]\n"


if __name__ == "__main__":
    PATH.write_text(HEADER + "".join(literal(*each) for each in names().items()), encoding="utf-8")
