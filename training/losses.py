"""What the network is taught to minimise."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional

from training.batches import Batch
from training.labels import CONVERSATION_SLICES, SLICES

WEIGHTS = {
    "heat": 0.6,
    "behaviours": 0.6,
    "abuse": 0.6,
    "triggers": 0.4,
    "cues": 0.4,
    "techniques": 0.35,
    "missteps": 0.35,
}
"""How much one label of the group counts; next best and the conversation have their own below."""

NEXT_BEST, ISSUE, RESOLVED, CSAT, LEVEL = 0.35, 0.3, 0.15, 0.15, 0.15
LABELS_ALONE = {"abuse"}
"""Groups so rare that the teacher misses many of them: its opinion of them is not asked (ADR 15)."""

FOCUS = 1.0
"""Exponent of the focal loss, in the form for targets between 0 and 1 (Li et al. 2020)."""


def positive_weights(targets: Tensor, learn: Tensor) -> Tensor:
    """Rare labels count more, moderately: (negatives / positives)^0.3, at most 4; [L]."""
    positive = (targets * learn).sum(dim=0)
    negative = learn.sum(dim=0) - positive
    return (negative / positive.clamp(min=1)).clamp(min=1).pow(0.3).clamp(max=4.0)


def loss(logits: Tensor, conversation: Tensor, batch: Batch, rare: Tensor) -> Tensor:
    """Mean over turns of the weighted sum over labels."""
    total = _labels(logits, batch, rare) + _level(logits, batch) + NEXT_BEST * _next_best(logits, batch)
    return total + _conversation(conversation, batch)


def _labels(logits: Tensor, batch: Batch, rare: Tensor) -> Tensor:
    plain = functional.binary_cross_entropy_with_logits(
        logits, batch.targets, pos_weight=rare, reduction="none"
    )
    focal = plain * (batch.targets - logits.sigmoid()).abs().pow(FOCUS) * batch.learn
    return sum(
        (weight * focal[:, SLICES[group]].sum(dim=1).mean() for group, weight in WEIGHTS.items()),
        start=logits.new_zeros(()),
    )


def _level(logits: Tensor, batch: Batch) -> Tensor:
    """Squared error of the expected heat: being two levels off is worse than one."""
    heat = SLICES["heat"]
    error = (logits[:, heat].sigmoid().sum(dim=1) - batch.targets[:, heat].sum(dim=1)).square()
    return LEVEL * (error * batch.learn[:, heat.start]).mean()


def _next_best(logits: Tensor, batch: Batch) -> Tensor:
    best = SLICES["next_best"]
    chosen = -(batch.targets[:, best] * logits[:, best].log_softmax(dim=1)).sum(dim=1)
    return (chosen * batch.learn[:, best.start]).mean()


def _conversation(logits: Tensor, batch: Batch) -> Tensor:
    """The end of the conversation, told from each turn; later turns count more."""
    parts = []
    for number, (group, weight) in enumerate((("issue", ISSUE), ("resolved", RESOLVED), ("csat", CSAT))):
        each = functional.cross_entropy(
            logits[:, CONVERSATION_SLICES[group]], batch.conversation[:, number], reduction="none"
        )
        parts.append(weight * (each if group == "issue" else each * batch.progress).mean())
    return sum(parts, start=logits.new_zeros(()))


def distillation(logits: Tensor, conversation: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy against the teacher's probabilities, weighted as the labels are; mean over turns."""
    each = functional.binary_cross_entropy_with_logits(logits, batch.soft.sigmoid(), reduction="none")
    total = sum(
        (
            weight * (each * batch.applies)[:, SLICES[group]].sum(dim=1).mean()
            for group, weight in WEIGHTS.items()
            if group not in LABELS_ALONE
        ),
        start=logits.new_zeros(()),
    )
    best = SLICES["next_best"]
    applies = batch.applies[:, best.start]
    total = total + NEXT_BEST * (applies * _against(logits[:, best], batch.soft[:, best])).mean()
    for group, weight in (("issue", ISSUE), ("resolved", RESOLVED), ("csat", CSAT)):
        place = CONVERSATION_SLICES[group]
        total = total + weight * _against(conversation[:, place], batch.soft_ends[:, place]).mean()
    return total


def _against(logits: Tensor, soft: Tensor) -> Tensor:
    return -(soft.softmax(dim=1) * logits.log_softmax(dim=1)).sum(dim=1)
