"""Scenarios made from conversations: nobody is left in them, and they are entered where it went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from coolhead.codebook import Channel, Heat, Issue, Misstep, Speaker
from coolhead.conversation.turn import Conversation, Turn
from coolhead.engine import Engine
from coolhead.errors import InputError
from coolhead.perception.reading import Evidence, HeatReading, Reading, Sign
from coolhead.practice.debrief import debrief
from coolhead.practice.disguise import Disguise
from coolhead.practice.disguise.plain import is_plain
from coolhead.practice.from_life import Lived, LivedTurn, entry_of, from_life, mark_of
from coolhead.practice.persona import shipped_persona
from coolhead.practice.run import Practice, Run
from coolhead.practice.scenario import load_scenario

C, A = Speaker.CUSTOMER, Speaker.AGENT
SOFA = (
    (C, "Hi, my name is priyanka Raman and my order BX-4471 from Kestrel & Moss isn't here. "
        "It was promised for Tuesday 14 March."),
    (A, "Hello Priyanka, this is Gareth. Which address was it sent to?"),
    (C, "12 Harbour View, Plymouth PL1 3QQ. Your colleague Anjali told me on the 9th that it had left the "
        "warehouse in Exeter. I paid £418.60 for that sofa and I took two days off. "
        "gareth seems to know nothing."),
    (A, "You have to wait for the depot, Ms Raman. I can't do anything about it, those are the rules."),
    (C, "Are you serious? I've called 3 times, I spent 45 minutes on the phone with Exeter and nobody, "
        "NOBODY at Kestrel cares! My mum Sunita comes home from Derriford Hospital on Friday. Plymouth isn't "
        "the moon! priyanka.raman@mail.example, or www.raman-family.example, or 07700 900417."),
    (A, "Please calm down."),
    (C, "Twenty years with you, and Anjali lied to my face at 17:45. I'll go to the Plymouth Herald, and to "
        "O'Donnell's brother-in-law."),
)  # fmt: skip
SECRETS = """priyanka raman bx-4471 bx 4471 kestrel moss tuesday 14 march gareth harbour plymouth pl1 3qq
    anjali 9th exeter 418.60 £418.60 two 45 sunita derriford friday mail.example 07700 900417 twenty 17:45
    herald o'donnell lloyd 12 3"""


def texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for each in node.values():
            yield from texts(each)
    elif isinstance(node, list):
        for each in node:
            yield from texts(each)


def words_of(text: str) -> set[str]:
    """Every word of every value of a scenario, in small letters; what only its form needs is left out."""
    content: dict[str, Any] = YAML(typ="safe").load(text)
    for fact in content["facts"]:
        del fact["id"]
    stock = resources.files("coolhead.practice").joinpath("content/from_life.yaml").read_text("utf-8")
    own = set(texts(YAML(typ="safe").load(stock)))
    told = "\n".join(each for each in texts(content) if each not in own)
    comments = "\n".join(line for line in text.split("\n") if line.startswith("# Words"))
    return set(re.findall(r"[\w£.'’:@/-]*\w", f"{told}\n{comments}".lower())) | set(
        re.findall(r"\w+", f"{told}\n{comments}".lower())
    )


def lived(player: Practice, said: Sequence[tuple[Speaker, str]], **record: Any) -> Lived:
    turns = tuple(
        Turn(id=f"t{at}", speaker=speaker, text=text, place=float(at))
        for at, (speaker, text) in enumerate(said)
    )
    engine: Engine = player._engine
    moments = engine.hear_all(Conversation(id="c", channel=Channel.CHAT, turns=turns))
    given: dict[str, Any] = {
        "customer": "",
        "agent": "",
        "keys": (),
        "company": "",
        "mark": "0badcafe",
    } | record
    return Lived(
        turns=[LivedTurn(speaker=m.turn.speaker, text=m.turn.text, reading=m.reading) for m in moments],
        channel=Channel.CHAT,
        issue=Issue.DELIVERY,
        **given,
    )


@pytest.fixture(scope="module")
def sofa(player: Practice) -> Lived:
    return lived(
        player,
        SOFA,
        customer="Priyanka Raman",
        agent="Gareth Lloyd",
        keys=("BX-4471",),
        company="Kestrel & Moss",
    )


@pytest.mark.parametrize("seed", range(12))
def test_no_name_number_address_or_key_of_the_source_is_left(sofa: Lived, seed: int) -> None:
    left = words_of(from_life(sofa, "from-life", seed)) & set(SECRETS.split())
    assert left == set()


def test_without_a_record_names_are_found_by_how_they_are_written(sofa: Lived) -> None:
    bare = Lived(
        turns=sofa.turns,
        channel=sofa.channel,
        issue=sofa.issue,
        customer="",
        agent="",
        keys=(),
        company="",
        mark="0badcafe",
    )
    assert words_of(from_life(bare, "from-life", 1)) & set(SECRETS.split()) == set()


def test_a_scenario_says_by_a_mark_what_it_was_made_from_and_nobody_tells_it(sofa: Lived) -> None:
    scenario = load_scenario(from_life(sofa, "from-life", 3))
    assert scenario.made_from == "0badcafe"
    assert "0badcafe" not in scenario.texts
    assert mark_of("one") != mark_of("two")
    assert len(mark_of("one")) == 8


def test_the_same_name_becomes_the_same_name_everywhere(sofa: Lived) -> None:
    content = YAML(typ="safe").load(from_life(sofa, "from-life", 3))
    told = [each["says"] for each in content["so_far"]]
    name, surname = content["customer"].split()
    assert f"my name is {name} {surname}" in told[0]
    assert told[1].startswith(f"Hello {name}, this is {content['agent']}.")


def test_it_is_entered_where_it_went_wrong_and_can_be_played_and_replayed(
    player: Practice, sofa: Lived
) -> None:
    text = from_life(sofa, "from-life", 3)
    scenario = load_scenario(text)
    assert [each.by for each in scenario.so_far] == ["customer", "agent", "customer"]
    assert (scenario.issue, scenario.channel) == (Issue.DELIVERY, Channel.CHAT)
    persona = shipped_persona(scenario.personas[0])
    run = player.start(scenario, persona, scenario.difficulty, 3)
    assert run.last.reply == scenario.so_far[-1].says
    assert run.last.memory.told
    assert run.last.memory.deeds
    after = player.say(run, "I'm sorry. Let me look at that for you and call you back by five today.")
    again = player.say(run, "I'm sorry. Let me look at that for you and call you back by five today.")
    assert after == again
    assert after.last.reply not in {each.says for each in scenario.so_far}
    assert Run.from_json(after.to_json()) == after
    assert player.replay_from(after, 1) == run
    moments = player.moments(after)
    assert [moment.turn.id for moment in moments] == ["t0", "t1", "t2"]
    assert moments[-1].picture == after.picture
    assert len(moments[-1].picture.course) == 3
    harm = [line for line in debrief(player, after).scorecard.lines if line.criterion.value == "no_harm"]
    assert all("t-" not in turn for line in harm for turn in line.turns)


def turn(
    speaker: Speaker, heat: float | None = None, *, misstep: bool = False, text: str = "words"
) -> LivedTurn:
    level = None if heat is None else Heat(round(heat))
    return LivedTurn(
        speaker=speaker,
        text=text,
        reading=Reading(
            heat=None
            if heat is None or level is None
            else HeatReading(level=level, expected=heat, probabilities=(1, 0, 0, 0, 0), evidence=Evidence()),
            missteps=(Sign(Misstep.DISMISSIVE, 0.9, Evidence()),) if misstep else (),
        ),
    )


@pytest.mark.parametrize(
    ("turns", "place"),
    [
        ([turn(C, 1), turn(A), turn(C, 1.2), turn(A), turn(C, 3), turn(A), turn(C, 3.4)], 2),
        ([turn(C, 1), turn(A), turn(C, 2.2), turn(A, misstep=True), turn(C, 2.3)], 0),
        ([turn(C, 2), turn(A), turn(C, 2), turn(A, misstep=True), turn(C, 2)], 2),
        ([turn(C, 1), turn(A), turn(C, 1.3), turn(A), turn(C, 1)], 2),
        ([turn(C, 1), turn(A), turn(C, 2), turn(A, misstep=True), turn(C, 2.5)], 2),
        ([turn(A), turn(C, 3)], 1),
    ],
)
def test_where_it_went_wrong(turns: list[LivedTurn], place: int) -> None:
    assert entry_of(turns) == place


def test_where_no_customer_spoke_there_is_nothing_to_practise() -> None:
    with pytest.raises(InputError, match="No customer"):
        entry_of([turn(A)])


@pytest.mark.parametrize("issue", list(Issue))
def test_even_a_short_conversation_of_any_issue_makes_a_scenario_that_can_be_read(issue: Issue) -> None:
    short = Lived(
        turns=[turn(C, 2, text="Where is it?"), turn(A, text="Wait.")],
        channel=Channel.CHAT, issue=issue, customer="", agent="", keys=(), company="", mark="0badcafe",
    )  # fmt: skip
    assert load_scenario(from_life(short, "from-life", 1)).issue is issue


NAME = (
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9)
    .filter(lambda word: not is_plain(word))
    .map(str.title)
)
"""A word that stands in no list of plain ones: "in Thanks" is no place."""


@given(
    name=NAME,
    place=NAME,
    code=st.from_regex(r"[A-Z]{2}[0-9]{4,6}", fullmatch=True),
    sum_=st.decimals(1, 9999, places=2).map(str),
    day=st.integers(1, 28).map(str),
    seed=st.integers(0, 99),
)
def test_whatever_the_names_and_numbers_are_none_is_left(
    name: str, place: str, code: str, sum_: str, day: str, seed: int
) -> None:
    said = [
        f"I spoke with {name} in {place} about {code} on the {day}th.",
        f"{name}'s colleague took £{sum_}. {place} again! And {code.lower()} is what {name.upper()} said.",
    ]
    disguise = Disguise(said, (), (), seed)
    told = "\n".join(map(disguise.applied, said)).lower()
    for secret in (name.lower(), place.lower(), code.lower(), sum_, f"{day}th"):
        assert re.search(rf"(?<![\w.]){re.escape(secret)}(?![\w])", told) is None, secret
    again = Disguise(said, (), (), seed)
    assert "\n".join(map(again.applied, said)).lower() == told


def test_a_name_in_small_letters_that_is_a_word_too_goes_where_it_was_introduced() -> None:
    said = ["hi my name is mark and my name is wrong on the bill. will calls me mark too."]
    told = Disguise(said, (), (), 5).applied(said[0])
    assert "mark" not in told
    assert "my name is wrong on the bill" in told


def test_days_keep_their_distance_and_ordinary_words_stay() -> None:
    said = ["On Monday and again on Tuesday in May I may march to the shop. Mark it, Mark."]
    told = Disguise(said, (), (), 5).applied(said[0])
    days = re.findall(r"\b\w+day\b", told)
    order = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    assert (order.index(days[1]) - order.index(days[0])) % 7 == 1
    assert "I may march to the shop" in told
    assert "May" not in told
    assert re.search(r"\bMark\b", told) is None
