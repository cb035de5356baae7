"""The trained network as the two graphs that ship: 8-bit weights, one turn at a time, no padding."""

from __future__ import annotations

import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from training.network import CONTEXT_HEADS, CONTEXT_WIDTH, Encoder, TextNetwork

OPSET = 20
"""The first that has Gelu as one operator."""


class EncoderGraph(nn.Module):
    """ids [T], kinds [T] to states [T, width], their mean, the turn's vector [width], and that of its pieces.

    Word pieces are kept as 8-bit rows, each with its own scale.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        weight = encoder.word.weight.detach()
        scale = weight.abs().amax(dim=1, keepdim=True) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """One turn."""
        shape = self.encoder.shape
        each = shape.width // shape.heads
        word = functional.embedding(ids, self.rows).float() * functional.embedding(ids, self.scale)
        place = torch.arange(ids.shape[0])
        states = self.encoder.norm(word + self.encoder.position(place) + self.encoder.kind(kinds))
        for layer in self.encoder.layers:
            split = layer.qkv(states).view(-1, 3, shape.heads, each).permute(1, 2, 0, 3)
            query, key, value = split[0], split[1], split[2]
            attention = (query * each**-0.5) @ key.transpose(1, 2)
            if self.encoder.distance is not None:
                attention = attention + self.encoder.distance[:, : ids.shape[0], : ids.shape[0]]
            mixed = (attention.softmax(dim=-1) @ value).transpose(0, 1).reshape(-1, shape.width)
            states = layer.after_attention(states, mixed)
        return states, states.mean(dim=0), word.mean(dim=0)


class HeadsGraph(nn.Module):
    """states [T, width], vectors [W, width] and sides [W] of the window, the present turn last.

    Gives logits of the turn [L] and the conversation [C], and what each token adds to each logit [T - 2, L].
    """

    def __init__(self, network: TextNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor, vectors: Tensor, sides: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """One turn."""
        context = self._context(vectors, sides)
        words = states[1:-1]
        said, weight = self.network.labels.parts(words, context, torch.ones_like(words[:, :1]))
        added = weight.softmax(dim=0) * said
        logits = added.sum(dim=0) + self.network.labels.whole(context)[0]
        return logits, self.network.conversation(context)[0], added

    def _context(self, vectors: Tensor, sides: Tensor) -> Tensor:
        """What `Context` does, for one window without gaps; torch's own layer exports with a fixed length."""
        context = self.network.context
        distance = context.distance(vectors.shape[0] - 1 - torch.arange(vectors.shape[0]))
        states = context.enter(context.even(vectors)) + context.side(sides) + distance
        for layer in context.layers.layers:
            inner, attention = layer.norm1(states), layer.self_attn
            split = inner @ attention.in_proj_weight.T + attention.in_proj_bias
            query, key, value = split.view(-1, 3, CONTEXT_HEADS, CONTEXT_WIDTH // CONTEXT_HEADS).permute(
                1, 2, 0, 3
            )
            weight = (query * (CONTEXT_WIDTH // CONTEXT_HEADS) ** -0.5) @ key.transpose(1, 2)
            mixed = (weight.softmax(dim=-1) @ value).transpose(0, 1).reshape(-1, CONTEXT_WIDTH)
            states = states + attention.out_proj(mixed)
            states = states + layer.linear2(functional.gelu(layer.linear1(layer.norm2(states))))
        last: Tensor = context.norm(states[-1:])
        return last


def export(network: TextNetwork, folder: Path, *, whole: bool = False) -> None:
    """Writes encoder.onnx and heads.onnx; with `whole` in 32-bit floats, to compare against."""
    network.eval()
    torch.backends.mha.set_fastpath_enabled(False)
    folder.mkdir(parents=True, exist_ok=True)
    turn, width = torch.ones(7, dtype=torch.int64), network.encoder.shape.width
    sides = torch.zeros(3, dtype=torch.int64)
    _write(
        EncoderGraph(network.encoder),
        (turn, turn),
        folder / "encoder.onnx",
        {"ids": {0: "tokens"}, "kinds": {0: "tokens"}},
        {"states": {0: "tokens"}, "vector": {}, "pieces": {}},
        whole=whole,
    )
    _write(
        HeadsGraph(network),
        (torch.zeros(7, width), torch.zeros(3, width), sides),
        folder / "heads.onnx",
        {"states": {0: "tokens"}, "vectors": {0: "turns"}, "sides": {0: "turns"}},
        {"logits": {}, "conversation": {}, "added": {0: "words"}},
        whole=whole,
    )


def _write(
    graph: nn.Module,
    example: tuple[Tensor, ...],
    target: Path,
    inputs: dict[str, dict[int, str]],
    outputs: dict[str, dict[int, str]],
    *,
    whole: bool,
) -> None:
    plain = target.with_suffix(".plain.onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own age
        torch.onnx.export(
            graph.eval(),
            example,
            str(plain),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=inputs | outputs,
            opset_version=OPSET,
            dynamo=False,
        )
    if whole:
        plain.rename(target)
        return
    # Seven-bit weights: with eight, processors without VNNI saturate sums and would read turns differently.
    quantize_dynamic(
        plain,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    model = onnx.load(target)
    model.producer_name = "coolhead-training"
    onnx.save(model, target)
    plain.unlink()
