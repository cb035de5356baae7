"""The words of public dialogues, by the id that their labels here have."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Spoken = list[tuple[str, str]]
"""Who (customer or agent) says what, turn by turn; without empty turns."""


def cucom(public: Path) -> dict[str, Spoken]:
    """CuCom's conversations by id ("cucom-0003"); none where the folder of public sets lacks them."""
    rows = _rows(public / "cucom_ecommerce" / "dialogues.jsonl.gz")
    return {f"cucom-{row['id'].removeprefix('conv_')}": _spoken(row) for row in rows}


def _spoken(row: dict[str, Any]) -> Spoken:
    return [(turn["role"], turn["text"]) for turn in row["turns"] if (turn.get("text") or "").strip()]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
