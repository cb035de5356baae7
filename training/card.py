"""The model card that ships beside the weights: what they are made of and what they get right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TEMPLATE = Path(__file__).parent / "card.md"


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of several systems on one split.

    Attributes:
        title: what is above it.
        counts: what was measured on.
        systems: metrics by name, by system.
    """

    title: str
    counts: Mapping[str, int]
    systems: Mapping[str, Mapping[str, float]]

    def __str__(self) -> str:
        names = list(next(iter(self.systems.values())))
        rows = [
            "| | " + " | ".join(self.systems) + " |",
            "| --- |" + " ---: |" * len(self.systems),
            *(
                f"| {name} | " + " | ".join(_cell(each[name]) for each in self.systems.values()) + " |"
                for name in names
            ),
        ]
        told = ", ".join(f"{count:,} {what}" for what, count in self.counts.items())
        return "\n".join([f"### {self.title}", "", f"{told}.", "", *rows])


def _cell(value: float) -> str:
    return "–" if value != value else f"{value:.3f}"  # nan is not itself


def write_card(target: Path, version: str, tables: Sequence[Table], intents: Table) -> None:
    """Fills the template and writes CARD.md."""
    told = TEMPLATE.read_text(encoding="utf-8")
    told = told.replace("{version}", version).replace("{tables}", "\n\n".join(map(str, tables)))
    told = told.replace("{intents}", str(intents))
    target.write_text(told, encoding="utf-8")
