"""Drafts of follow-ups in every tone, as people read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coolhead.casework.contacts import Fate, Pledge
from coolhead.casework.follow_up import Kind, Why
from coolhead.casework.hours import Hours
from coolhead.casework.letter import Draft, Facts, write_draft
from coolhead.casework.tone import Tone
from coolhead.codebook import Issue, Resolved

LETTERS = Path(__file__).parent / "letters"
SPOKE = datetime(2026, 3, 18, 14, 20, tzinfo=UTC)


def pledge(what: str, fate: Fate, due: datetime | None = None) -> Pledge:
    return Pledge(promise_id="p", turn_id="t1", what=what, due=due, fate=fate, at=SPOKE)


ROUGH = Facts(
    tone=Tone.PLAIN,
    hours=Hours(time_zone="Europe/London"),
    client="Northline",
    customer="Priya Raman",
    agent="Mara Olsen",
    spoke_at=SPOKE,
    issue=Issue.BILLING,
    outcome=Resolved.NO,
    why=(Why.HOT, Why.UNSOLVED),
    pledges=(
        pledge("take the fee off the bill", Fate.KEPT),
        pledge("send a corrected bill", Fate.OPEN, datetime(2026, 3, 31, 16, tzinfo=UTC)),
        pledge("call back", Fate.BROKEN),
        pledge("send flowers", Fate.RELEASED),
    ),
    questions=("Will this happen every month?",),
)
BARE = replace(
    ROUGH, customer="", agent="", issue=None, outcome=Resolved.YES, why=(), pledges=(), questions=()
)
UNSOLVED = replace(ROUGH, why=(Why.UNSOLVED,), pledges=(), questions=())
CASES = {"rough": ROUGH, "bare": BARE, "unsolved": UNSOLVED}


def shown(draft: Draft) -> str:
    subject = f"Subject: {draft.subject}\n\n" if draft.subject else ""
    return f"{subject}{draft.text}\n"


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("case", CASES)
def test_a_draft_reads_as_written_down(case: str, kind: Kind, tone: Tone) -> None:
    draft = write_draft(kind, replace(CASES[case], tone=tone))
    expected = (LETTERS / f"{case}-{kind.value}-{tone.value}.txt").read_text("utf-8")
    assert shown(draft) == expected


@pytest.mark.parametrize("tone", Tone)
def test_a_draft_says_nothing_of_how_the_customer_was_read(tone: Tone) -> None:
    text = write_draft(Kind.EMAIL, replace(ROUGH, tone=tone)).text.lower()
    assert not {"angry", "furious", "heat", "escalat", "released", "flowers"} & set(text.split())
    assert "{" not in text


def test_days_are_named_on_the_clients_clocks() -> None:
    late = replace(BARE, spoke_at=datetime(2026, 3, 18, 23, 30, tzinfo=UTC))
    assert "Wednesday, 18 March" in write_draft(Kind.EMAIL, late).text
    tokyo = replace(late, hours=Hours(time_zone="Asia/Tokyo"))
    assert "Thursday, 19 March" in write_draft(Kind.EMAIL, tokyo).text


def test_formal_letters_have_no_contractions() -> None:
    for case in CASES.values():
        for kind in Kind:
            assert "'" not in write_draft(kind, replace(case, tone=Tone.FORMAL)).text.replace(
                "customer's", ""
            )
