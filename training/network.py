"""The network: an encoder over one turn's words, a small transformer over the turns, label-wise attention.

The encoder that ships is MiniLM; its teacher is the same network over MPNet (Song et al. 2020). Turns of a
batch lie end to end without padding ("flat"), so that no time is spent on padding; only attention pads.
`TokenLabels` and `Context` are also what heads.onnx holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.labels import CONVERSATION_GROUPS, TURN_OUTPUTS

LONGEST = 128
CONTEXT_WIDTH, CONTEXT_HEADS = 256, 4
BEFORE = 8
"""Turns before the present one that the context sees."""

KINDS = 4
"""Token kinds: customer or agent (+2), plain or in capitals (+1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The size of an encoder."""

    width: int
    heads: int
    inner: int
    layers: int


MINILM = Shape(width=384, heads=12, inner=1536, layers=6)
MPNET = Shape(width=768, heads=12, inner=3072, layers=12)


def brief_floats() -> torch.autocast:
    """Products in 16-bit floats: half the time or less where the processor knows them."""
    return torch.autocast("cpu", dtype=torch.bfloat16)


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

    def attend(self, qkv: Tensor, heads: int, distance: Tensor | None) -> Tensor:
        """[n, 3 * width] to [n, width]: attention within each turn; `distance` is `Encoder.distance`."""
        padded = qkv.new_zeros(self.rows * self.longest, qkv.shape[-1]).index_copy(0, self.index, qkv)
        split = padded.view(self.rows, self.longest, 3, heads, -1)
        query, key, value = (part.transpose(1, 2) for part in split.unbind(2))
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=self._mask(query, distance)
        )
        flat: Tensor = Unpad.apply(mixed.transpose(1, 2).reshape(-1, qkv.shape[-1] // 3), self.index)
        return flat

    def _mask(self, query: Tensor, distance: Tensor | None) -> Tensor:
        if distance is None:
            return self.mask
        near = distance[:, : self.longest, : self.longest].to(query.dtype)
        return near[None].masked_fill(~self.mask, -1e4)


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

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm_attention = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm_out = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, flat: Flat, distance: Tensor | None) -> Tensor:
        """[N, width] to [N, width]."""
        parts = self.qkv(states).split([bucket.size for bucket in flat.buckets])
        mixed = [
            bucket.attend(part, self.heads, distance)
            for bucket, part in zip(flat.buckets, parts, strict=True)
        ]
        return self.after_attention(states, torch.cat(mixed))

    def after_attention(self, states: Tensor, mixed: Tensor) -> Tensor:
        """The rest of the layer; the same in training and in the exported graph."""
        states = self.norm_attention(states + self.dropout(self.out(mixed)))
        inner = functional.gelu(self.up(states), approximate="tanh")
        return self.norm_out(states + self.dropout(self.down(inner)))


class Encoder(nn.Module):
    """One turn's tokens to token states; knows nothing of other turns.

    Attributes:
        distance: what the distance between two tokens adds to their attention [heads, T, T]; MiniLM has none.
    """

    def __init__(self, pieces: int, shape: Shape = MINILM, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(pieces, shape.width)
        self.position = nn.Embedding(LONGEST, shape.width)
        self.kind = nn.Embedding(KINDS, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        self.distance: Tensor | None
        self.register_buffer(
            "distance", torch.zeros(shape.heads, LONGEST, LONGEST) if shape == MPNET else None
        )

    def forward(self, flat: Flat) -> Tensor:
        """Token states [N, width]."""
        embedded = self.word(flat.ids) + self.position(flat.column) + self.kind(flat.kinds)
        states = self.dropout(self.norm(embedded))
        for layer in self.layers:
            states = layer(states, flat, self.distance)
        return states


class Context(nn.Module):
    """The vectors of the present turn and up to eight before it to one vector of the conversation so far."""

    def __init__(self, width: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.even = nn.LayerNorm(width)
        self.enter = nn.Linear(width, CONTEXT_WIDTH)
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
        """[B, W, width], sides [B, W] (1: the agent's), absent [B, W]; the last place is the present turn."""
        distance = torch.arange(vectors.shape[1] - 1, -1, -1)
        entered = self.enter(self.even(vectors)) + self.side(sides) + self.distance(distance)
        return self.norm(self.layers(entered, src_key_padding_mask=absent)[:, -1])


class TokenLabels(nn.Module):
    """Every label's logit as a sum over the turn's tokens: how much each token weighs, times what it says."""

    def __init__(self, width: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.say = nn.Linear(width, CONTEXT_WIDTH)
        self.say_context = nn.Linear(CONTEXT_WIDTH, CONTEXT_WIDTH, bias=False)
        self.weigh = nn.Linear(width, CONTEXT_WIDTH)
        self.weigh_context = nn.Linear(CONTEXT_WIDTH, CONTEXT_WIDTH, bias=False)
        self.score = nn.Linear(CONTEXT_WIDTH, TURN_OUTPUTS)
        self.attend = nn.Linear(CONTEXT_WIDTH, TURN_OUTPUTS)
        self.whole = nn.Linear(CONTEXT_WIDTH, TURN_OUTPUTS)
        self.dropout = nn.Dropout(dropout)

    def parts(self, states: Tensor, context: Tensor, member: Tensor) -> tuple[Tensor, Tensor]:
        """What each token says and how much it weighs [N, L], from states [N, width] and context [B, 256]."""
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

    def __init__(self, pieces: int, shape: Shape = MINILM) -> None:
        super().__init__()
        self.encoder = Encoder(pieces, shape)
        self.context = Context(shape.width)
        self.labels = TokenLabels(shape.width)
        self.conversation = nn.Sequential(
            nn.Linear(CONTEXT_WIDTH, CONTEXT_WIDTH),
            nn.GELU(),
            nn.Dropout(0.1),
            nn.Linear(CONTEXT_WIDTH, sum(len(names) for names in CONVERSATION_GROUPS.values())),
        )

    @staticmethod
    def vectors(states: Tensor, flat: Flat) -> Tensor:
        """The context-free vector of each turn [B, width]: the mean of its token states."""
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
