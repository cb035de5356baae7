"""Teaching the network the corpus."""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from tokenizers import Tokenizer
from torch import nn

from coolhead.perception.tokens import Cutter
from training.batches import Batch, collate, in_batches, restyle, targets_of
from training.corpus import Labelled
from training.losses import distillation, loss, positive_weights
from training.measure import main_metrics, predict
from training.network import MINILM, Shape, TextNetwork, brief_floats
from training.opinions import Taught
from training.public import SideTasks, read_beside

CORES = 2

TURNS_A_STEP = 80
"""Of all workers together."""

DECAY_A_LAYER, KIND_RATE = 0.85, 2e-4
SIDE_WEIGHT = 0.5
WEIGHT_DECAY, CLIP, WARM_UP = 0.01, 1.0, 0.08
AUGMENTED = 0.45
"""Share of conversations that are seen in another style in an epoch."""

AVERAGE = 0.99
"""Of the running average of the weights, which is what is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One run of training.

    Attributes:
        name: of its checkpoint.
        epochs: over the training split.
        seed: of order, styles and dropout.
        encoder_rate: of the encoder's uppermost layer.
        head_rate: of everything above the encoder.
        side_texts: public texts and questions to learn from beside each of a worker's steps; 0 for none.
        words_rate: of the word pieces and their places; 0 leaves them as they are.
        frozen: lower layers of the encoder that stay as they are, which saves time.
        shape: of the encoder.
        workers: processes that share every step, with a core each where there are two. For a small network
            two threads in one process waste half on waiting; a large one has too much to share.
        soft: how much the teacher's opinion counts beside the labels, 0-1.
    """

    name: str
    epochs: int
    seed: int
    encoder_rate: float
    head_rate: float
    side_texts: int = 0
    words_rate: float = 0.0
    frozen: int = 0
    shape: Shape = MINILM
    workers: int = CORES
    soft: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What there is to learn from.

    Attributes:
        tokenizer: the tokenizer.json that ships.
        conversations: all splits of the corpus.
        public: folder of the public sets.
        taught: the teacher's opinion by conversation.
    """

    tokenizer: Path
    conversations: list[Labelled]
    public: Path
    taught: dict[str, Taught] = field(default_factory=dict)


def rates(network: TextNetwork, stage: Stage) -> list[dict[str, object]]:
    """Parameter groups: lower layers, which know language in general, move less; word pieces least or not."""
    words = (network.encoder.word, network.encoder.position, network.encoder.norm)
    for part in words:
        part.requires_grad_(stage.words_rate > 0)
    network.encoder.layers[: stage.frozen].requires_grad_(False)
    network.encoder.kind.requires_grad_(stage.frozen == 0)
    groups: list[dict[str, object]] = [
        {
            "params": [p for name, p in network.named_parameters() if not name.startswith("encoder.")],
            "lr": stage.head_rate,
        },
    ]
    if stage.words_rate:
        pieces = [parameter for part in words for parameter in part.parameters()]
        groups.append({"params": pieces, "lr": stage.words_rate, "weight_decay": 0.0})
    if stage.frozen == 0:
        groups.append({"params": [network.encoder.kind.weight], "lr": KIND_RATE, "weight_decay": 0.0})
    for number, layer in list(enumerate(network.encoder.layers))[stage.frozen :]:
        rate = stage.encoder_rate * DECAY_A_LAYER ** (stage.shape.layers - 1 - number)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    return groups


class Average:
    """A running average of the weights; steadier than the last step's."""

    def __init__(self, network: nn.Module) -> None:
        self._weights = {name: value.detach().clone() for name, value in network.state_dict().items()}
        self._steps = 0

    def follow(self, network: nn.Module) -> None:
        """Moves a little towards the network as it is."""
        self._steps += 1
        keep = min(AVERAGE, self._steps / (self._steps + 10))
        for name, value in network.named_parameters():
            if value.requires_grad:
                self._weights[name].lerp_(value.detach(), 1 - keep)

    def weights(self) -> dict[str, torch.Tensor]:
        """The average as a state dict."""
        return self._weights


def schedule(optimizer: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    """A short warm-up, then down to nothing in a straight line."""
    warm = max(1, int(steps * WARM_UP))
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )


def shuffled(conversations: Sequence[Labelled], chance: random.Random, workers: int) -> list[list[Labelled]]:
    """One epoch: a batch for each worker in turn, the same number for each."""
    order = list(conversations)
    chance.shuffle(order)
    batches = list(in_batches(order, TURNS_A_STEP // workers))
    return batches[: len(batches) // workers * workers]


def share(network: nn.Module, workers: int) -> None:
    """Replaces every worker's gradients by their mean."""
    if workers == 1:
        return
    gradients = [p.grad for p in network.parameters() if p.grad is not None]
    together = torch.cat([gradient.flatten() for gradient in gradients])
    dist.all_reduce(together)
    together /= workers
    start = 0
    for gradient in gradients:
        gradient.copy_(together[start : start + gradient.numel()].view_as(gradient))
        start += gradient.numel()


def fit(network: TextNetwork, material: Material, stage: Stage, work: Path) -> None:
    """Trains on the training split, a process a core; averaged weights end in `work` and in the network.

    A stage that has been run before is not run again.
    """
    done, running = work / f"{stage.name}.pt", work / f"{stage.name}.running.pt"
    if not done.exists():
        meet = work / f"{stage.name}.meet"
        meet.unlink(missing_ok=True)
        torch.save(network.state_dict(), running)
        torch.multiprocessing.spawn(_work, (material, stage, running, meet), nprocs=stage.workers)
        running.rename(done)
    network.load_state_dict(torch.load(done))


class Worker:
    """One of the processes that train together."""

    def __init__(self, rank: int, material: Material, stage: Stage, weights: dict[str, torch.Tensor]) -> None:
        torch.manual_seed(stage.seed * stage.workers + rank)
        self.rank, self.stage, self.taught = rank, stage, material.taught
        self.order = random.Random(stage.seed)  # noqa: S311 - shuffling, not secrecy
        self.style = random.Random(f"{stage.seed} {rank}")  # noqa: S311 - noise, not secrecy
        self.cutter = Cutter(Tokenizer.from_file(str(material.tokenizer)))
        self.network, self.side = network_like(weights, stage.shape), SideTasks()
        self.train = [each for each in material.conversations if each.split == "train"]
        self.held = [each for each in material.conversations if each.split == "validation"]
        marked = [targets_of(turn) for each in self.train for turn in each.turns]
        self.rare = positive_weights(
            *(torch.from_numpy(np.stack(column)) for column in zip(*marked, strict=True))
        )
        texts = read_beside(material.public, stage.seed)[rank :: stage.workers] if stage.side_texts else []
        self.texts = itertools.cycle(texts)
        self.trained = nn.ModuleList([self.network, self.side] if stage.side_texts else [self.network])
        groups = rates(self.network, stage)
        if stage.side_texts:
            groups.append({"params": list(self.side.parameters()), "lr": stage.head_rate})
        self.optimizer = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY, fused=True)
        batches = shuffled(self.train, random.Random(stage.seed), stage.workers)  # noqa: S311 - as above
        self.rate = schedule(self.optimizer, stage.epochs * len(batches) // stage.workers)
        self.average = Average(self.network)

    def epoch(self) -> float:
        """Goes once through the training split; the mean loss."""
        losses: list[float] = []
        self.network.train()
        workers = self.stage.workers
        for batch in shuffled(self.train, self.order, workers)[self.rank :: workers]:
            losses.append(self.step(batch))
            if self.rank == 0 and len(losses) % 15 == 0:
                print(
                    f"  {len(losses)}: {np.mean(losses[-15:]):.3f}, {time.strftime('%H:%M:%S')}", flush=True
                )
        return float(np.mean(losses))

    def step(self, batch: list[Labelled]) -> float:
        """Learns from one batch, together with the other workers; the loss on the corpus."""
        texts = [restyle(each, self.style, AUGMENTED) for each in batch]
        with brief_floats():
            value = self._loss(collate(batch, texts, self.cutter, self.taught))
        value.backward()
        if self.stage.side_texts:
            some = list(itertools.islice(self.texts, self.stage.side_texts))
            with brief_floats():
                aside = self.side.loss(self.network, self.cutter, some)
            (SIDE_WEIGHT * aside).backward()
        share(self.trained, self.stage.workers)
        nn.utils.clip_grad_norm_(self.trained.parameters(), CLIP)
        self.optimizer.step()
        self.rate.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.average.follow(self.network)
        return float(value.detach())

    def _loss(self, batch: Batch) -> torch.Tensor:
        logits, conversation = self.network(batch.flat, batch.window, batch.sides)
        logits, conversation = logits.float(), conversation.float()
        soft, value = self.stage.soft, loss(logits, conversation, batch, self.rare)
        return (1 - soft) * value + soft * distillation(logits, conversation, batch) if soft else value


def network_like(weights: dict[str, torch.Tensor], shape: Shape) -> TextNetwork:
    """A network for weights as `fit` keeps them, with them in it."""
    network = TextNetwork(len(weights["encoder.word.weight"]), shape)
    network.load_state_dict(weights)
    return network


def _work(rank: int, material: Material, stage: Stage, running: Path, meet: Path) -> None:
    os.setsid()  # a session each, so that a busy machine gives each worker a share of its own
    torch.set_num_threads(CORES // stage.workers)
    store = dist.FileStore(str(meet), stage.workers)
    dist.init_process_group("gloo", store=store, rank=rank, world_size=stage.workers)
    worker = Worker(rank, material, stage, torch.load(running))
    judge = network_like(worker.average.weights(), stage.shape)
    for epoch in range(stage.epochs):
        mean = worker.epoch()
        if rank == 0:
            torch.save(worker.average.weights(), running)
            judge.load_state_dict(worker.average.weights())
            found = main_metrics(predict(judge, worker.cutter, worker.held))
            told = " ".join(f"{name} {value:.3f}" for name, value in found.items())
            print(f"{stage.name} {epoch + 1}: {mean:.3f}, {time.strftime('%H:%M:%S')} | {told}", flush=True)
    dist.barrier()
    dist.destroy_process_group()
