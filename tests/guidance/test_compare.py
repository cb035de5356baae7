from __future__ import annotations

from coolhead.guidance.amend import add_entry, change_settings, entries_in, remove_entry, replace_entry
from coolhead.guidance.compare import (
    Fate,
    KeyChange,
    Piece,
    compare_lines,
    compare_playbooks,
    conditions_in_words,
)
from tests.guidance.test_amend import NEW, SMALL


def test_a_playbook_is_compared_entry_by_entry_in_words() -> None:
    cool, thank = entries_in(SMALL)
    after = replace_entry(
        SMALL, cool, cool | {"say": ["I do hear you."], "when": {"heat": {"at_least": "tense"}}}
    )
    after = change_settings(add_entry(remove_entry(after, thank), NEW), {"rest": 4})
    settings, changed, added, removed = compare_playbooks(SMALL, after)
    assert settings.keys == (KeyChange("rest", (Piece(Fate.REMOVED, "3"), Piece(Fate.ADDED, "4"))),)
    assert (changed.name, changed.fate) == ("cool", Fate.CHANGED)
    assert changed.keys == (
        KeyChange(
            "when: heat",
            (Piece(Fate.SAME, "at least "), Piece(Fate.REMOVED, "angry"), Piece(Fate.ADDED, "tense")),
        ),
        KeyChange(
            "wording 1", (Piece(Fate.SAME, "I"), Piece(Fate.ADDED, " do"), Piece(Fate.SAME, " hear you."))
        ),
    )
    assert (added.name, added.fate, added.keys[1].key) == ("new-one", Fate.ADDED, "when: cues")
    assert (removed.name, removed.fate) == ("thank", Fate.REMOVED)
    assert compare_playbooks(SMALL, SMALL + "# a comment\n") == ()


def test_conditions_are_told_in_words() -> None:
    told = conditions_in_words(
        {
            "triggers": ["broken_promise", "effort", "policy"],
            "heat": {"at_least": "tense", "at_most": "angry"},
            "not_yet": {"name_the_feeling": "since heat rose"},
            "undated_promise": True,
        }
    )
    assert told == (
        ("triggers", "broken promise, effort or policy"),
        ("heat", "at least tense and at most angry"),
        ("not yet", "name the feeling since heat rose"),
        ("undated promise", "yes"),
    )


def test_lines_are_told_with_their_numbers_and_a_little_around_them() -> None:
    before = "".join(f"line {number}\n" for number in range(1, 21))
    after = before.replace("line 10\n", "line ten\n").replace("line 19\n", "")
    first, second = compare_lines(before, after)
    assert [(line.fate, line.old, line.new, line.text) for line in first] == [
        (Fate.SAME, 8, 8, "line 8"),
        (Fate.SAME, 9, 9, "line 9"),
        (Fate.REMOVED, 10, None, "line 10"),
        (Fate.ADDED, None, 10, "line ten"),
        (Fate.SAME, 11, 11, "line 11"),
        (Fate.SAME, 12, 12, "line 12"),
    ]
    assert [line.text for line in second if line.fate is Fate.REMOVED] == ["line 19"]
    assert compare_lines(before, before) == ()
