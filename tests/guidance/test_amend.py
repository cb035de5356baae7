from __future__ import annotations

import difflib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coolhead.errors import ConflictError
from coolhead.guidance.amend import (
    Plain,
    add_entry,
    change_settings,
    entries_in,
    remove_entry,
    replace_entry,
    settings_in,
)
from coolhead.guidance.playbook import load, shipped_text

SMALL = """# Ours.
name: Small
rest: 3  # turns

entries:

  # --- Anger ---

  - name: cool
    title: Cool down
    when:
      heat: {at_least: angry}  # and above
    techniques: [empathy]
    say:
      - "I hear you."  # short is best
    why: "They are {heat}."
    priority: 60

  # --- Thanks ---

  - name: thank
    title: Thank them
    when:
      cues: [thanks]
    techniques: [thanks]
    say:
      - "Thank you."
    why: "They thank you."
"""
FLOW = "name: x\nentries: [{name: a, title: A, when: {cues: [thanks]}, techniques: [empathy], say: [hi]}]"
NEW: Plain = {
    "name": "new-one",
    "title": "Something new",
    "when": {"cues": ["thanks"], "not_yet": {"empathy": "in the last 4 turns"}},
    "techniques": ["empathy"],
    "say": ["Thank you: truly.", 'They said "yes".'],
    "why": "It helps now.",
}


def removed_and_added(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


def named(text: str, name: str) -> Plain:
    return next(entry for entry in entries_in(text) if entry["name"] == name)


def test_only_the_lines_that_changed_change_and_every_comment_stays() -> None:
    was = named(SMALL, "cool")
    after = replace_entry(
        SMALL, was, was | {"title": "Take a breath", "when": {"heat": {"at_least": "tense"}}}
    )
    assert removed_and_added(SMALL, after) == (
        ["    title: Cool down", "      heat: {at_least: angry}  # and above"],
        ['    title: "Take a breath"', "      heat: {at_least: tense}  # and above"],
    )


def test_new_keys_stand_where_the_reference_has_them() -> None:
    was = named(SMALL, "thank")
    after = replace_entry(SMALL, was, was | {"after": "agent", "unless": {"risk": {"at_most": 0.5}}})
    keys = list(named(after, "thank"))
    assert keys == ["name", "title", "after", "when", "unless", "techniques", "say", "why"]


def test_an_entry_is_added_at_the_end_and_removed_with_nothing_else() -> None:
    longer = add_entry(SMALL, NEW)
    assert longer.startswith(SMALL.rstrip("\n"))
    assert load(longer).entry("new-one") is not None
    assert remove_entry(longer, NEW).rstrip("\n") == SMALL.rstrip("\n")
    shorter = remove_entry(SMALL, named(SMALL, "cool"))
    assert "# --- Anger ---" in shorter
    assert [entry["name"] for entry in entries_in(shorter)] == ["thank"]


@pytest.mark.parametrize("text", ["name: x\n", "name: x\nentries:\n", "name: x\nentries: []\n", FLOW, ""])
def test_entries_can_be_added_however_the_list_is_written(text: str) -> None:
    assert entries_in(add_entry(text, NEW)) == [*entries_in(text), NEW]


def test_what_somebody_else_has_changed_is_not_overwritten() -> None:
    was = named(SMALL, "cool")
    theirs = replace_entry(SMALL, was, was | {"priority": 61})
    with pytest.raises(ConflictError, match="changed meanwhile"):
        replace_entry(theirs, was, was | {"title": "Mine"})
    with pytest.raises(ConflictError, match="removed or renamed"):
        remove_entry(remove_entry(SMALL, was), was)
    with pytest.raises(ConflictError, match="There is an entry"):
        add_entry(longer := add_entry(SMALL, NEW), NEW)
    assert longer


def test_settings_change_on_their_own_lines() -> None:
    after = change_settings(SMALL, settings_in(SMALL) | {"rest": 5, "urgent_from": 90})
    assert removed_and_added(SMALL, after) == (["rest: 3  # turns"], ["rest: 5  # turns", "urgent_from: 90"])


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=30,
)
entries = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["cool", "other"]),
        "title": texts,
        "say": st.lists(texts, min_size=1, max_size=3),
    },
    optional={
        "when": st.dictionaries(
            st.sampled_from(["cues", "triggers"]), st.lists(texts, min_size=1), min_size=1
        ),
        "cool_down": st.integers(0, 100),
        "not_again_once_done": st.booleans(),
    },
)


@example(entry=NEW | {"when": {"cues": ["?0"], "heat": {"at_least": "?1"}}, "title": "?2"})
@given(entry=entries)
def test_whatever_an_entry_says_is_read_back_and_the_others_stay(entry: Plain) -> None:
    before = entries_in(SMALL)
    after = replace_entry(SMALL, before[0], entry)
    assert entries_in(after) == [entry, before[1]]
    assert SMALL.partition("  # --- Thanks ---")[2] in after
    assert entries_in(remove_entry(after, entry)) == [before[1]]


def test_every_entry_of_the_shipped_playbook_can_be_changed_alone() -> None:
    text = shipped_text()
    for was in entries_in(text)[::7]:
        removed, added = removed_and_added(text, replace_entry(text, was, was | {"priority": 33}))
        assert [line.strip() for line in added] == ["priority: 33"]
        assert len(removed) <= 1
