"""Compare this plugin with moto, a Stubber and cognito-local: `python benchmarks/compare.py [--write]`.

cognito-local is measured where it is installed: `npm install -g cognito-local`. With `--write`, docs/comparison.md and
its picture are written again, and the table of the README; that needs `pip install matplotlib`.
"""

from __future__ import annotations

import platform
import sys
from datetime import datetime, timezone
from pathlib import Path

import boto3
from behaviour import CASES, behaviour
from fakes import FAKES
from speed import FLOOR, speed

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/packaging"))

from markdown import filled, table  # noqa: E402


def versions() -> dict[str, str]:
    """The fakes that are installed, with the names that tables have for them."""
    return {name: f"{name} {version}" for name, (_, version) in FAKES.items() if version}


def behaviour_table(results: dict[str, list[str]], fakes: dict[str, str]) -> str:
    """A line for each case; what differs from Cognito is bold."""
    rows = []
    for place, (case, (cognito, _)) in enumerate(CASES.items()):
        found = (results[name][place] for name in fakes)
        rows.append([case, cognito, *(each if each == cognito else f"**{each}**" for each in found)])
    return table(["what happens", "Cognito", *fakes.values()], rows)


def moto_table(results: dict[str, list[str]], fakes: dict[str, str]) -> str:
    """The same of this plugin and moto alone, for the README."""
    ours, moto = (results[name] for name in ("pytest-cognito-pool", "moto"))
    rows = [list(row) for row in zip(CASES, (cognito for cognito, _ in CASES.values()), ours, moto, strict=True)]
    return table(["what happens", "Cognito", "this plugin", fakes["moto"]], rows)


def speed_table(results: dict[str, dict[str, float]], fakes: dict[str, str]) -> str:
    """A line for each measure: milliseconds, and times the floor."""
    columns = {FLOOR: FLOOR} | fakes
    rows = [
        [name, *(f"{by_fake[each]:.2f} ms ({by_fake[each] / by_fake[FLOOR]:.1f} x)" for each in columns)]
        for name, by_fake in results.items()
    ]
    return table(["measure", *columns.values()], rows)


def machine() -> str:
    """On what and when it was measured."""
    today = datetime.now(timezone.utc).date()
    return f"Measured {today:%B %Y} with Python {platform.python_version()} and boto3 {boto3.__version__}.\n"


def picture(results: dict[str, dict[str, float]], path: Path) -> None:
    """The speeds as bars."""
    # Imported here, as only writing needs it.
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "comparison", "font.size": 11})
    figure, places = plt.subplots(len(results), 1, figsize=(7.2, 6.6), layout="constrained")
    for place, (name, by_fake) in zip(places, results.items(), strict=True):
        fakes = [*by_fake][::-1]
        colours = [
            "#9e9e9e" if fake == FLOOR else "#3f51b5" if fake.startswith("pytest") else "#c5cae9" for fake in fakes
        ]
        bars = place.barh(fakes, [by_fake[fake] for fake in fakes], color=colours)
        place.bar_label(bars, [f"{by_fake[fake]:.2f} ms" for fake in fakes], padding=4)
        place.set_title(name, loc="left", fontweight="bold")
        place.set_xscale("log")
        place.margins(x=0.25)
        place.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def write(page: str, parts: dict[str, str]) -> None:
    """Fill the marked places of a page."""
    path = ROOT / page
    path.write_text(filled(path.read_text(encoding="utf-8"), parts), encoding="utf-8")


def main() -> None:
    """Measure, print, and write if that is asked for."""
    fakes = versions()
    behaves = {name: behaviour(FAKES[name][0]) for name in fakes}
    takes = speed({name: FAKES[name][0] for name in fakes})
    parts = {
        "behaviour": behaviour_table(behaves, fakes),
        "speed": speed_table(takes, fakes),
        "machine": machine(),
    }
    print("\n".join(parts.values()))
    if "--write" in sys.argv:
        write("docs/comparison.md", parts)
        write("README.md", {"behaviour": moto_table(behaves, fakes)})
        picture(takes, ROOT / "docs/comparison.svg")


if __name__ == "__main__":
    main()
