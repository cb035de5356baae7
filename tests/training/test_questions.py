"""The wordings that teach what questions ask for."""

from __future__ import annotations

import numpy as np

from coolhead.practice.hearing.meaning import KINDS
from training.questions import fit, read_wordings


def test_every_kind_has_wordings_taught_and_held_out_and_none_twice() -> None:
    said = read_wordings()
    assert len({text.lower() for text in said.texts}) == len(said.texts)
    for held in (False, True):
        assert set(said.kinds[said.held == held]) == set(range(len(KINDS)))


def test_a_fit_tells_apart_what_lies_apart() -> None:
    kinds = np.arange(len(KINDS)).repeat(3)
    vectors = np.eye(len(KINDS))[kinds] + np.random.default_rng(1).normal(0, 0.01, (len(kinds), len(KINDS)))
    weights, offset = fit(vectors, kinds)
    assert ((vectors @ weights + offset).argmax(axis=1) == kinds).all()
