"""Reading a playbook: what is wrong is told with its place and the nearest word, all of it together."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coolhead.codebook import Heat, Technique
from coolhead.errors import FileError
from coolhead.guidance.document import DocumentError, Problem
from coolhead.guidance.playbook import Playbook, load

GOOD = """\
name: Mine
entries:
  - name: one
    title: Do it
    when: {heat: {at_least: angry}}
    techniques: [empathy]
    say: ["It is {trouble}."]
    why: Because.
"""


def problems(text: str) -> list[str]:
    """What is wrong with a playbook, one string a problem: `line:column: message`."""
    with pytest.raises(DocumentError) as caught:
        load(dedent(text))
    return [line.removeprefix("playbook:") for line in caught.value.message.splitlines()]


def entry(lines: str) -> list[str]:
    """What is wrong with an entry that has `lines` in place of `when`; the first of them is line 5."""
    return problems(GOOD.replace("    when: {heat: {at_least: angry}}\n", lines))


def test_a_good_playbook_is_read() -> None:
    playbook = load(GOOD)
    assert playbook.entries[0].when.heat
    assert playbook.entries[0].when.heat.at_least is Heat.ANGRY
    assert playbook.entries[0].techniques == (Technique.EMPATHY,)
    assert playbook.entries[0].after == "customer"
    assert playbook.entry("one") is playbook.entries[0]
    assert playbook.entry("two") is None


def test_a_file_is_named_in_its_errors(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD.replace("angry", "angri"), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load(file)
    assert caught.value.message == f'{file}:5:29: "angri" is not a heat; did you mean "angry"?'
    assert (caught.value.line, caught.value.column) == (5, 29)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read: No such file"):
        load(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("name: Zoë".encode("latin-1"))
    with pytest.raises(FileError, match="not UTF-8 at byte 8"):
        load(tmp_path / "latin.yaml")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8-sig")
    assert load(tmp_path / "mine.yaml").name == "Mine"


WRONG_ENTRIES = {
    "    when: {triggers: [broken_promis]}\n": [
        '5:23: "broken_promis" is not a trigger; did you mean "broken_promise"?'
    ],
    "    when: {trigger: [effort]}\n": ['5:12: unknown key "trigger"; did you mean "triggers"?'],
    "    when: {stage: solve}\n": ['5:19: "stage" must be a list.'],
    "    when: {channel: [fax]}\n": [
        '5:22: "fax" is not a channel; write one of: call, chat, email, social.'
    ],
    "    when: {heat: angry}\n": ['5:18: "heat" must be a block of keys.'],
    "    when: {heat: {}}\n": ["5:12: Give at_least, at_most or both."],
    "    when: {heat: {at_least: angry, at_most: tense}}\n": [
        "5:12: No value is at least that and at most that."
    ],
    "    when: {turns: {at_least: many}}\n": ['5:30: "at_least" must be a whole number.'],
    "    when: {turns: {at_least: -1}}\n": ['5:30: "at_least": input should be greater than or equal to 0.'],
    "    when: {risk: {at_least: 60}}\n": ['5:29: "at_least": input should be less than or equal to 1.'],
    "    when: {not_yet: {apolgy: ever}}\n": ['5:22: "apolgy" is not a technique; did you mean "apology"?'],
    "    when: {not_yet: {apology: never}}\n": [
        '5:31: "never" is not a time (such as "in the last 4 turns"); did you mean "ever"?'
    ],
    "    when: {not_yet: {apology: in the last 0 turns}}\n": [
        '5:31: "in the last 0 turns" is not a time (such as "in the last 4 turns"); '
        'did you mean "in the last N turns"?'
    ],
    "    when:\n": ['5:5: "when" must be a block of keys.'],
    "": ['3:5: "when" is missing.'],
    "    when: {}\n": ["5:5: no condition: this would match every turn."],
    "    after: agent\n    when: {cues: [thanks]}\n": ['6:12: never matches: an agent turn shows no "cues".'],
    "    when: {cues: [thanks]}\n    unless: {cues: [praise, thanks]}\n": [
        '6:14: never matches: "unless" forbids what "when" asks for in "cues".'
    ],
    "    when: {not_yet: {apology: ever}, done: {apology: in the last 2 turns}}\n": [
        '5:54: never matches: "apology" cannot be done in the last 2 turns and not yet done ever.'
    ],
    "    when: {heat: {at_least: angry}, peak: {at_most: tense}}\n": [
        '5:12: never matches: "heat" cannot be above "peak".'
    ],
    "    when: {turns: {at_least: 2}}\n    cool_down: long\n": ['6:16: "cool_down" must be a whole number.'],
    "    when: {turns: {at_least: 2}}\n    not_again_once_done: sometimes\n": [
        '6:26: "not_again_once_done" must be true or false.'
    ],
    "    when: {turns: {at_least: 2}}\n    after: nobody\n": [
        "6:12: \"after\": input should be 'customer' or 'agent'."
    ],
    "    when: {turns: {at_least: 2}}\n    priority: 1\n    priority: 2\n": [
        '7:5: not YAML here: found duplicate key "priority" with value "2" (original value: "1").'
    ],
}


@pytest.mark.parametrize("lines", WRONG_ENTRIES)
def test_each_mistake_is_told_with_its_place(lines: str) -> None:
    assert entry(lines) == WRONG_ENTRIES[lines]


def test_all_mistakes_are_told_together_in_the_order_of_the_file() -> None:
    wrong = """\
        name: Mine
        rests: 3
        entries:
          - name: one
            title: Do it
            when: {heat: {at_least: angri}}
            techniques: [empathy]
            say: ["It is {truble}."]
            why: Because.
          - name: two
            title: Do it
            when: {heat: {at_least: angry}}
            techniqes: [empathy]
            say: ["It is {truble}."]
            why: Because.
          - name: two
            title: Do it
            when: {}
            techniques: [empathy]
            say: ["It is {truble}."]
            why: "{trouble} and {heet}"
    """
    assert problems(wrong) == [
        '2:1: unknown key "rests"; did you mean "rest"?',
        '6:29: "angri" is not a heat; did you mean "angry"?',
        '13:5: unknown key "techniqes"; did you mean "techniques"?',
        '16:11: the name "two" is already used on line 10.',
        "18:5: no condition: this would match every turn.",
        '20:11: unknown slot "{truble}"; did you mean "trouble"?',
        '21:10: unknown slot "{heet}"; did you mean "heat"?',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ['1:1: "the file" must be a block of keys.']),
        ("- one\n", ['1:1: "the file" must be a block of keys.']),
        ("name: Mine\nentries: []\n", ['2:1: "entries" must not be empty.']),
        ("name: [\n", ["2:1: not YAML here: expected the node content, but found '<stream end>'."]),
        ("name: a: b\n", ["1:8: not YAML here: mapping values are not allowed here."]),
    ],
)
def test_what_is_no_playbook_at_all(text: str, told: list[str]) -> None:
    assert problems(text) == told


@settings(max_examples=50)
@given(st.text(max_size=60) | st.sampled_from([GOOD[:n] for n in range(0, len(GOOD), 7)]))
def test_any_text_is_a_playbook_or_an_error_with_a_place(text: str) -> None:
    found = outcome(text)
    assert isinstance(found, Playbook) or all(each.line >= 1 and each.column >= 1 for each in found)


def outcome(text: str) -> Playbook | tuple[Problem, ...]:
    try:
        return load(text)
    except DocumentError as error:
        return error.problems


@pytest.mark.parametrize("text", ["[" * 2000, "a: &a [*a]\n", "entries: &e\n  - *e\n", "x" * 1_000_001])
def test_what_is_meant_to_break_it_does_not(text: str) -> None:
    with pytest.raises(DocumentError):
        load(text)
