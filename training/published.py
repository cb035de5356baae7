"""The published encoders' weights, put into `network.Encoder`."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from training.network import KINDS, LONGEST, Encoder

MINILM_NAMES = {
    "qkv": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "out": ("attention.output.dense",),
    "norm_attention": ("attention.output.LayerNorm",),
    "up": ("intermediate.dense",),
    "down": ("output.dense",),
    "norm_out": ("output.LayerNorm",),
}
MPNET_NAMES = MINILM_NAMES | {
    "qkv": ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
    "out": ("attention.attn.o",),
    "norm_attention": ("attention.LayerNorm",),
}
MPNET_PIECES = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}
MPNET_FIRST_PLACE = 2
"""Its positions begin after the one for padding."""


def load_minilm(encoder: Encoder, folder: Path, kept: Sequence[int]) -> None:
    """Takes over all-MiniLM-L6-v2, with the word pieces in `kept`."""
    source = load_file(folder / "model.safetensors")
    kind = source["embeddings.token_type_embeddings.weight"][:1].repeat(KINDS, 1)
    encoder.load_state_dict(_common(encoder, source, MINILM_NAMES, kept, first=0) | {"kind.weight": kind})


def load_mpnet(encoder: Encoder, folder: Path, pieces: Sequence[str]) -> None:
    """Takes over all-mpnet-base-v2 for the word pieces `pieces`, which are MiniLM's and its own too."""
    source = load_file(folder / "model.safetensors")
    theirs = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    kept = [theirs[MPNET_PIECES.get(piece, piece)] for piece in pieces]
    kind = torch.zeros(KINDS, encoder.shape.width)
    distance = distances(source["encoder.relative_attention_bias.weight"])
    encoder.load_state_dict(
        _common(encoder, source, MPNET_NAMES, kept, first=MPNET_FIRST_PLACE)
        | {"kind.weight": kind, "distance": distance}
    )


def distances(weight: Tensor) -> Tensor:
    """What each pair of places adds to attention [heads, T, T], from `weight` [32, heads].

    Near distances have a row of their own, far ones share one, growing with the logarithm (Raffel et al.
    2020, section 2.1, as MPNet has it).
    """
    half = weight.shape[0] // 2
    exact = half // 2
    ahead = torch.arange(LONGEST)[None, :] - torch.arange(LONGEST)[:, None]
    apart = ahead.abs()
    far = exact + ((apart.clamp(min=1) / exact).log() / math.log(128 / exact) * (half - exact)).long().clamp(
        max=half - exact - 1
    )
    row = torch.where(apart < exact, apart, far) + half * (ahead > 0)
    return weight[row].permute(2, 0, 1).contiguous()


def _common(
    encoder: Encoder,
    source: dict[str, Tensor],
    names: dict[str, tuple[str, ...]],
    kept: Sequence[int],
    first: int,
) -> dict[str, Tensor]:
    mine = {
        "word.weight": source["embeddings.word_embeddings.weight"][list(kept)],
        "position.weight": source["embeddings.position_embeddings.weight"][first : first + LONGEST],
        "norm.weight": source["embeddings.LayerNorm.weight"],
        "norm.bias": source["embeddings.LayerNorm.bias"],
    }
    for number in range(encoder.shape.layers):
        for part in ("weight", "bias"):
            for name, theirs in names.items():
                mine[f"layers.{number}.{name}.{part}"] = torch.cat(
                    [source[f"encoder.layer.{number}.{each}.{part}"] for each in theirs]
                )
    return mine
