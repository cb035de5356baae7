import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Abuse, Behaviour, Cue, Issue, Misstep, Resolved, Technique, Term, Trigger
from coolhead.errors import SetupError
from coolhead.perception.calibration import Sheet
from coolhead.perception.encoder import MODELS

OF_A_TURN: dict[str, list[Term]] = {
    "behaviours": list(Behaviour),
    "abuse": [kind for kind in Abuse if kind is not Abuse.NONE],
    "triggers": list(Trigger),
    "cues": list(Cue),
    "next_best": list(Technique),
    "techniques": list(Technique),
    "missteps": list(Misstep),
}


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return Sheet.read(MODELS)


def test_the_sheet_names_every_term_of_the_codebook(sheet: Sheet) -> None:
    named = {name: list(group.names) for name, group in sheet.turn.items() if name != "heat"}
    assert named == {name: [term.value for term in terms] for name, terms in OF_A_TURN.items()}
    assert sheet.turn["heat"].names == ("1", "2", "3", "4")
    assert sheet.conversation["issue"].names == tuple(term.value for term in Issue)
    assert sheet.conversation["resolved"].names == tuple(term.value for term in Resolved)


@given(st.lists(st.floats(-30, 30, width=32), min_size=80, max_size=80))
def test_likelihoods_rise_with_the_logit_and_choices_sum_to_one(sheet: Sheet, values: list[float]) -> None:
    logits = np.array(values, dtype=np.float32)
    for group in sheet.turn.values():
        likely = group.likelihood(logits)
        assert ((likely >= 0) & (likely <= 1)).all()
        assert (group.likelihood(logits + 1) >= likely).all()
        assert group.choice(logits).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "sheet_text", ["", "[]", "{}", json.dumps({"version": "1", "turn": [{"group": "heat"}]})]
)
def test_a_sheet_that_is_not_one_is_refused(tmp_path: Path, sheet_text: str) -> None:
    (tmp_path / "labels.json").write_text(sheet_text)
    with pytest.raises(SetupError, match=r"labels\.json"):
        Sheet.read(tmp_path)
