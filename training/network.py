"""The network: MiniLM over one turn's words, a small transformer over the turns, label-wise attention.

Turns of a batch lie end to end without padding ("flat"), so that no time is spent on padding; only attention
pads. `TokenLabels` and `Context` are also what heads.onnx holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.labels import CONVERSATION_GROUPS, TURN_OUTPUTS

WIDTH, HEADS, INNER, LAYERS, LONGEST = 384, 12, 1536, 6, 128
CONTEXT_WIDTH, CONTEXT_HEADS = 256, 4
BEFORE = 8
"""Turns before the present one that the context sees."""

KINDS = 4
"""Token kinds: customer or agent (+2), plain or in capitals (+1)."""


class Unpad(torch.autograd.Function):
    """Rows of a padded tensor by index; no row twice, so that the way back is a plain copy (much faster)."""

    @staticmethod
    def forward(ctx: Any, padded: Tensor, index: Tensor) -> Tensor:
        """[rows * longest, D] to [n, D]."""
        ctx.save_for_backward(index)
        ctx.rows = padded.shape[0]
        return padded.index_select(0, index)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        """[n, D] to [rows * longest, D]."""
        (index,) = ctx.saved_tensors
        return gradient.new_zeros(ctx.rows, gradient.shape[1]).index_copy_(0, index, gradient), None


@dataclass(slots=True)
class Bucket:
    """Turns of like length, `size` tokens of the flat batch; `index` is where they go when padded."""

    size: int
    index: Tensor
    rows: int
    longest: int
    mask: Tensor

    def attend(self, qkv: Tensor) -> Tensor:
        """[n, 3 * 384] to [n, 384]: attention within each turn."""
        padded = qkv.new_zeros(self.rows * self.longest, qkv.shape[-1]).index_copy(0, self.index, qkv)
        split = padded.view(self.rows, self.longest, 3, HEADS, WIDTH // HEADS)
        query, key, value = (part.transpose(1, 2) for part in split.unbind(2))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=self.mask)
        flat: Tensor = Unpad.apply(mixed.transpose(1, 2).reshape(-1, WIDTH), self.index)
        return flat


@dataclass(slots=True)
class Flat:
    """Turns end to end, short ones first: `ids`, `kinds` [N]; `row`, `column` [N] tell turn and place in it.

    `member` [N, B] is 1 where a token is of a turn: sums and copies by turn are products with it (faster).
    """

    ids: Tensor
    kinds: Tensor
    row: Tensor
    column: Tensor
    words: Tensor
    rows: int
    longest: int
    buckets: list[Bucket]
    member: Tensor

    def pad(self, values: Tensor) -> Tensor:
        """[N, D] to [B, T, D], zeros elsewhere."""
        padded = values.new_zeros(self.rows * self.longest, values.shape[-1])
        return padded.index_copy(0, self.row * self.longest + self.column, values).view(
            self.rows, self.longest, -1
        )


class Layer(nn.Module):
    """One transformer layer as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm_out = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, flat: Flat) -> Tensor:
        """[N, 384] to [N, 384]."""
        parts = self.qkv(states).split([bucket.size for bucket in flat.buckets])
        mixed = [bucket.attend(part) for bucket, part in zip(flat.buckets, parts, strict=True)]
        return self.after_attention(states, torch.cat(mixed))

    def after_attention(self, states: Tensor, mixed: Tensor) -> Tensor:
        """The rest of the layer; the same in training and in the exported graph."""
        states = self.norm_attention(states + self.dropout(self.out(mixed)))
        inner = functional.gelu(self.up(states), approximate="tanh")
        return self.norm_out(states + self.dropout(self.down(inner)))


class Encoder(nn.Module):
    """One turn's tokens to token states; knows nothing of other turns."""

    def __init__(self, pieces: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, WIDTH)
        self.position = nn.Embedding(LONGEST, WIDTH)
        self.kind = nn.Embedding(KINDS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, flat: Flat) -> Tensor:
        """Token states [N, 384]."""
        embedded = self.word(flat.ids) + self.position(flat.column) + self.kind(flat.kinds)
        states = self.dropout(self.norm(embedded))
        for layer in self.layers:
            states = layer(states, flat)
        return states

    def load_minilm(self, path: str, kept: list[int]) -> None:
        """Takes over the published weights, with the word pieces in `kept`."""
        source = load_file(path)
        mine = {
            "word.weight": source["embeddings.word_embeddings.weight"][kept],
            "position.weight": source["embeddings.position_embeddings.weight"][:LONGEST],
            "kind.weight": source["embeddings.token_type_embeddings.weight"][:1].repeat(KINDS, 1),
            "norm.weight": source["embeddings.LayerNorm.weight"],
            "norm.bias": source["embeddings.LayerNorm.bias"],
        }
        names = {
            "out": "attention.output.dense",
            "norm_attention": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm_out": "output.LayerNorm",
        }
        for number in range(LAYERS):
            theirs = f"encoder.layer.{number}."
            for part in ("weight", "bias"):
                qkv = [source[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                mine[f"layers.{number}.qkv.{part}"] = torch.cat(qkv)
                for name, their_name in names.items():
                    mine[f"layers.{number}.{name}.{part}"] = source[f"{theirs}{their_name}.{part}"]
        self.load_state_dict(mine)


class Context(nn.Module):
    """The vectors of the present turn and up to eight before it to one vector of the conversation so far."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.even = nn.LayerNorm(WIDTH)
        self.enter = nn.Linear(WIDTH, CONTEXT_WIDTH)
        self.side = nn.Embedding(2, CONTEXT_WIDTH)
        self.distance = nn.Embedding(BEFORE + 1, CONTEXT_WIDTH)
        layer = nn.TransformerEncoderLayer(
            CONTEXT_WIDTH,
            CONTEXT_HEADS,
            2 * CONTEXT_WIDTH,
            dropout,
            functional.gelu,
            batch_first=True,
            norm_first=True,
        )
        self.layers = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.norm = nn.LayerNorm(CONTEXT_WIDTH)
        # What was said must not drown in who said it and when.
        nn.init.normal_(self.side.weight, std=0.1)
        nn.init.normal_(self.distance.weight, std=0.1)

    def forward(self, vectors: Tensor, sides: Tensor, absent: Tensor | None) -> Tensor:
        """[B, W, 384], sides [B, W] (1: the agent's), absent [B, W]; the last place is the present turn."""
        distance = torch.arange(vectors.shape[1] - 1, -1, -1)
        entered = self.enter(self.even(vectors)) + self.side(sides) + self.distance(distance)
        return self.norm(self.layers(entered, src_key_padding_mask=absent)[:, -1])


class TokenLabels(nn.Module):
    """Every label's logit as a sum over the turn's tokens: how much each token weighs, times what it says."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.say = nn.Linear(WIDTH, CONTEXT_WIDTH)
        self.say_context = nn.Linear(CONTEXT_WIDTH, CONTEXT_WIDTH, bias=False)
        self.weigh = nn.Linear(WIDTH, CONTEXT_WIDTH)
        self.weigh_context = nn.Linear(CONTEXT_WIDTH, CONTEXT_WIDTH, bias=False)
        self.score = nn.Linear(CONTEXT_WIDTH, TURN_OUTPUTS)
        self.attend = nn.Linear(CONTEXT_WIDTH, TURN_OUTPUTS)
        self.whole = nn.Linear(CONTEXT_WIDTH, TURN_OUTPUTS)
        self.dropout = nn.Dropout(dropout)

    def parts(self, states: Tensor, context: Tensor, member: Tensor) -> tuple[Tensor, Tensor]:
        """What each token says and how much it weighs [N, L], from states [N, 384] and context [B, 256]."""
        said = self.say(states) + member @ self.say_context(context)
        said = self.dropout(functional.gelu(said, approximate="tanh"))
        weighed = functional.gelu(
            self.weigh(states) + member @ self.weigh_context(context), approximate="tanh"
        )
        return self.score(said), self.attend(weighed)

    def forward(self, states: Tensor, context: Tensor, flat: Flat) -> Tensor:
        """Logits [B, L]."""
        said, weight = self.parts(states, context, flat.member)
        said, weight = flat.pad(said), flat.pad(weight)
        outside = ~flat.pad(flat.words[:, None].float()).bool()
        attention = weight.masked_fill(outside, -1e4).softmax(dim=1)
        return (attention * said).sum(dim=1) + self.whole(context)


class TextNetwork(nn.Module):
    """All of it."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.encoder = Encoder(pieces)
        self.context = Context()
        self.labels = TokenLabels()
        self.conversation = nn.Sequential(
            nn.Linear(CONTEXT_WIDTH, CONTEXT_WIDTH),
            nn.GELU(),
            nn.Dropout(0.1),
            nn.Linear(CONTEXT_WIDTH, sum(len(names) for names in CONVERSATION_GROUPS.values())),
        )

    @staticmethod
    def vectors(states: Tensor, flat: Flat) -> Tensor:
        """The context-free vector of each turn [B, 384]: the mean of its token states."""
        return (flat.member.T @ states) / flat.member.sum(dim=0)[:, None]

    def forward(self, flat: Flat, window: Tensor, sides: Tensor) -> tuple[Tensor, Tensor]:
        """Turn logits [B, L] and conversation logits [B, C].

        Window [B, 9] holds the rows of the turns before and the present one last, -1 where there is none.
        """
        states = self.encoder(flat)
        vectors = self.vectors(states, flat)
        absent = window < 0
        rows = window.clamp(min=0)
        context = self.context(vectors[rows], sides[rows], absent)
        return self.labels(states, context, flat), self.conversation(context)
