"""How figures are shown, as a table or one JSON object, and kept in `results/` with when and on what."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coolhead.perception.calibration import Sheet
from coolhead.perception.encoder import MODELS

RESULTS = Path(__file__).parent / "results"
PLACES = 4


def show(figures: Mapping[str, Any], *, as_json: bool) -> None:
    """Prints one JSON object whose keys are the figures' names, or a table of the plain numbers."""
    if as_json:
        print(json.dumps(rounded(figures)))
        return
    for name, value in figures.items():
        if isinstance(value, float):
            print(f"{name:40} {value:.3f}")
        elif isinstance(value, int):
            print(f"{name:40} {value}")


def rounded(value: Any) -> Any:
    """The same with every float cut to four places; not a number becomes None, as JSON knows none."""
    if isinstance(value, float):
        return round(value, PLACES) if value == value else None  # nan is not itself
    if isinstance(value, Mapping):
        return {name: rounded(each) for name, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list) else value


def keep(name: str, command: Sequence[str], figures: dict[str, Any], folder: Path = RESULTS) -> Path:
    """Writes the figures of the benchmark `name` to the folder, with date, weights and machine."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    found = {
        "command": " ".join(command),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "weights": Sheet.read(MODELS).version,
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "figures": figures,
    }
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return path


def kept(folder: Path = RESULTS) -> dict[str, dict[str, Any]]:
    """What the folder holds, by the benchmark's name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
