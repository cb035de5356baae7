"""`python -m benchmarks report`: writes RESULTS.md, its diagram and the table that explains accuracy.

Measures nothing: it shows what lies in `results/`, and says what is not there. The words stand in
RESULTS.md.j2, the goals in `goals`, the tables in `tables`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks import tables
from benchmarks.diagram import diagram
from benchmarks.figures import RESULTS, kept
from benchmarks.plain import plain_table
from benchmarks.sets import ROOT

HERE = Path(__file__).parent
PAGE, PICTURE = HERE / "RESULTS.md", HERE / "reliability.svg"
ACCURACY = ROOT / "docs" / "explanation" / "accuracy.md"
CARD = ROOT / "src" / "coolhead" / "perception" / "models" / "CARD.md"
BEGIN, END = "<!-- figures: python -m benchmarks report -->", "<!-- end of figures -->"

Found = Mapping[str, Mapping[str, Any]]


def page(found: Found) -> str:
    """The whole of RESULTS.md."""
    environment = Environment(  # noqa: S701 - Markdown, not HTML; nothing in it comes from outside
        loader=FileSystemLoader(HERE), undefined=StrictUndefined, keep_trailing_newline=True
    )
    of = {name: dict(each["figures"]) for name, each in found.items()}
    floors = of.get("floors", {})
    given: dict[str, Any] = {
        "weights": sorted({each["weights"] for name, each in found.items() if name != "floors"}),
        "missing": "Not measured yet.",
        "run": lambda name: _circumstances(found[name]),
        **{
            name: of.get(name)
            for name in ("corpus", "robustness", "coach", "public", "speed", "peers", "live", "practice")
        },
        "discovery": of.get("issue-discovery"),
    }
    if "corpus" in of:
        given |= {
            "own_table": tables.own(of["corpus"]),
            "card_table": _simple_methods(),
            "calibration_table": tables.calibration(of["corpus"]),
        }
    if "robustness" in of:
        given |= tables.robustness(of["robustness"])
    if "coach" in of:
        given["coach_table"] = tables.coach(of["coach"])
    if "public" in of:
        given |= {"public_table": tables.public(of["public"], floors), "others_table": tables.others()}
    if "issue-discovery" in of:
        given["discovery_table"] = tables.discovery(of["issue-discovery"], floors)
    if "speed" in of:
        given |= tables.speed(of["speed"])
    if "peers" in of:
        given |= tables.peers(of["peers"])
    if "live" in of:
        given["live_table"] = tables.live(of["live"], of.get("live-postgres"))
    if "practice" in of:
        given |= tables.practice(of["practice"])
    return environment.get_template("RESULTS.md.j2").render(given)


def _circumstances(run: Mapping[str, Any]) -> str:
    return (
        f"`{run['command']}`, {run['measured_at'][:10]}, weights {run['weights']}, {run['cores']} cores, "
        f"load average {run['load_average']}."
    )


def _simple_methods() -> str:
    """The card's table for the test split; the card says how many turns."""
    _, _, rest = CARD.read_text(encoding="utf-8").partition("### On the test split")
    return "\n".join(line for line in rest.split("\n\n## ")[0].splitlines() if line.startswith("|"))


def with_table(document: str, inserted: str) -> str:
    """The document with what stands between the two marks replaced."""
    before, _, rest = document.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{inserted}\n\n{END}{rest.partition(END)[2]}"


def main(arguments: Sequence[str]) -> None:
    """Writes the page, the diagram, and the table of the explanation."""
    argparse.ArgumentParser(prog="python -m benchmarks report", description=__doc__).parse_args(arguments)
    found = kept(RESULTS)
    PAGE.write_text(page(found), encoding="utf-8")
    print(f"written: {PAGE}")
    if "corpus" in found:
        PICTURE.write_text(diagram(found["corpus"]["figures"]["reliability"]), encoding="utf-8")
        document = ACCURACY.read_text(encoding="utf-8")
        ACCURACY.write_text(with_table(document, plain_table(found["corpus"])), encoding="utf-8")
        print(f"written: {PICTURE}, {ACCURACY}")
