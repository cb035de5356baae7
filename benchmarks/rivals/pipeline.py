"""The base model as most would run it: a transformers pipeline. Needs torch and the MiniLM package too."""

from __future__ import annotations

from collections.abc import Callable

import torch
from minilm import LONGEST, weights
from transformers import pipeline


def load() -> Callable[[str, str], float]:
    """The mean of a text's token vectors; its first number, as it has no label to give."""
    torch.set_num_threads(1)
    features = pipeline("feature-extraction", model=str(weights()), tokenizer=str(weights()), device=-1)
    options = {"truncation": True, "max_length": LONGEST}

    def read(text: str, _: str) -> float:
        states = features(text, tokenize_kwargs=options, return_tensors=True)
        return float(states[0].mean(dim=0)[0])

    return read
