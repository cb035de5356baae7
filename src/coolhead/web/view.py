"""A conversation as screens show it: the values that the parts of a desk or a replay are drawn from."""

from __future__ import annotations

from typing import Any

from coolhead.codebook import Cue, Issue, Trigger
from coolhead.picture.state import Alert, Picture, Stage
from coolhead.picture.topic import PLAIN
from coolhead.services.access import Right, Viewer
from coolhead.services.conversations.whole import Whole
from coolhead.services.documents.guides import Guide
from coolhead.web.advice import note_for
from coolhead.web.help import help_of
from coolhead.web.limits import limits_of
from coolhead.web.offers import offers_of
from coolhead.web.promises import ledger_of
from coolhead.web.templating import draw
from coolhead.web.wrap_up import ending_of, written_note

SURE_OF_ISSUE = 0.5
NOTICED_SHOWN = 3


def values_of(whole: Whole, viewer: Viewer, guide: Guide, *, watching: bool) -> dict[str, Any]:
    """What the templates of the desk need: `guide` is the client's; `watching` for those who only look on."""
    summary = whole.summary
    sentences = note_for(whole).sentences
    return {
        "conversation": summary,
        "moments": whole.moments,
        "contested": contested_places(whole),
        "base": f"/conversations/{summary.id}",
        "watching": watching,
        "mine_to_answer": summary.agent_id == viewer.id,
        "issue": issue_of(whole.picture),
        "noticed": noticed_in(whole.picture),
        "alert": None if summary.ended_at else latest_alert(whole.picture),
        "stages": list(Stage),
        "whispers": whole.whispers if _may_see_whispers(whole, viewer) else [],
        "note": written_note(whole),
        "sentences": sentences,
        "note_edited": whole.edited_note,
        "better": None,
        **ending_of(whole, viewer),
        **ledger_of(whole, viewer),
        **offers_of(whole, guide, watching=watching),
        **help_of(whole, viewer, watching=watching),
        **limits_of(whole, guide, viewer),
    }


def _may_see_whispers(whole: Whole, viewer: Viewer) -> bool:
    return whole.summary.agent_id == viewer.id or viewer.may(Right.WATCH, whole.summary.client_id)


def contested_places(whole: Whole) -> set[tuple[str, str]]:
    """The labels that somebody has contested: the turn's id and the word that was shown."""
    return {(contest.turn_id, contest.shown) for contest in whole.contests if contest.shown}


def issue_of(picture: Picture) -> str:
    """What it is about, in words; empty while that is not clear."""
    if not picture.issue:
        return ""
    issue = max(picture.issue, key=lambda each: picture.issue[each])
    clear = issue is not Issue.OTHER and picture.issue[issue] >= SURE_OF_ISSUE
    return f"about {PLAIN[issue]}" if clear else ""


def latest_alert(picture: Picture) -> Alert | None:
    """The latest alert of the last turns; None when there was none."""
    recent = {turn.id for turn in picture.recent}
    return next((alert for alert in reversed(picture.alerts) if alert.turn_id in recent), None)


def noticed_in(picture: Picture) -> list[str]:
    """The latest things that upset the customer or that they signalled, in words, each once."""
    latest = reversed([each.term for each in picture.noticed if isinstance(each.term, Trigger | Cue)])
    words = dict.fromkeys(term.words for term in latest if term not in (Cue.CONFIRMS, Cue.REJECTS))
    return list(words)[:NOTICED_SHOWN][::-1]


def regions(values: dict[str, Any], *names: str) -> dict[str, str]:
    """The HTML of some parts of the desk, by the id of the element they belong into."""
    return {name: draw(f"_{name}.html", **values) for name in names}
