"""Words for every state of a call: there are some, and they are calm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coolhead.casework.courtesy import BEFORE, SAYING, words_for
from coolhead.casework.escalation import State
from tests.casework.test_escalation import ASKED


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_with_and_without_a_name(state: State) -> None:
    assert "{" not in words_for(replace(ASKED, state=state))
    named = words_for(replace(ASKED, state=state, supervisor="Sam"))
    assert ("Sam" in named) is ("{who}" in SAYING[state])


def test_the_words_keep_their_voice_down() -> None:
    assert not any("!" in words for words in (*BEFORE.values(), *SAYING.values()))
