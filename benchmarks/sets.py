"""Where the public sets lie and how their rows are read; every benchmark on them comes through here."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def data_folder(given: Path | None) -> Path:
    """The folder given, else the one that COOLHEAD_DATA names, else shared/data beside the repository."""
    return given or Path(os.environ.get("COOLHEAD_DATA") or ROOT.parent / "shared" / "data")


def find_file(data: Path, folder: str, names: Sequence[str]) -> Path | None:
    """The first of `names` that lies in a folder of that name at or below `data`; None when there is none.

    So `--data` may name a folder of many sets as well as the folder of one.
    """
    folders = [each for each in (data, *sorted(data.rglob("*"))) if each.is_dir() and each.name == folder]
    return next((each / name for name in names for each in folders if (each / name).is_file()), None)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line, gzipped or not."""
    read = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in read.decode().split("\n") if line.strip()]
