"""Every public conversation that has both speakers is read; skipped where the data is not at hand."""

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coolhead.codebook import Channel, Speaker
from coolhead.conversation.formats import find_files, read_conversations, vcon_object
from coolhead.conversation.turn import Conversation, Turn

HOME = Path(__file__).parents[3]
FOLDERS = [Path(os.environ.get("COOLHEAD_TEST_DATA", "")), HOME.parent / "shared" / "data"]
PUBLIC = next(
    (folder / "public" for folder in FOLDERS if (folder / "public" / "vcon_examples").is_dir()), None
)

pytestmark = pytest.mark.skipif(
    PUBLIC is None, reason="the public conversations are not here (COOLHEAD_TEST_DATA names their folder)"
)

SIDES = {"customer": True, "user": True, "agent": False, "assistant": False}


def public(name):
    path = Path(PUBLIC or "") / name
    if not path.exists():
        pytest.skip(f"{name} is not among the public conversations here")
    return path


def lines(path):
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def two_sided(conversations):
    return [one for one in conversations if len({turn.by_customer for turn in one.turns}) == 2]


def raw_turns(record):
    """Speaker (true for the customer) and words, taken from a record without any reader."""
    return [
        (SIDES[turn["role"]], (turn.get("text") or turn.get("content") or "").strip())
        for turn in record["turns"]
    ]


@pytest.mark.parametrize(
    "name",
    [
        "star/dialogues.jsonl.gz",
        "cucom_ecommerce/dialogues.jsonl.gz",
        "cucom_ecommerce/banking_sample_hinglish.jsonl",
        "tau_bench/gpt4o_airline_trajectories.jsonl.gz",
        "ms_ckm_helpdesk/dialogues.jsonl.gz",
        "vcon_calls/calls.jsonl",
    ],
)
def test_turn_for_turn(name):
    path = public(name)
    every = (raw_turns(record) for record in lines(path))
    expected = [turns for turns in every if len({side for side, _ in turns}) == 2]
    read = two_sided(item for item in read_conversations(path) if isinstance(item, Conversation))
    assert len(read) == len(expected) > 20
    for conversation, turns in zip(read, expected, strict=True):
        said = [(turn.by_customer, turn.text) for turn in conversation.turns]
        assert said == [(side, words.replace("\r\n", "\n")) for side, words in turns if words]


@pytest.mark.parametrize("name", ["airline_few_shot.jsonl", "retail_few_shot.jsonl"])
def test_printed_trajectories(name):
    path = public(f"tau_bench/{name}")
    shown = [record["messages_display"] for record in lines(path)]
    read = list(read_conversations(path))
    assert len(two_sided(read)) == len(shown)
    for conversation, text in zip(read, shown, strict=True):
        customers = sum(turn.by_customer for turn in conversation.turns)
        assert customers == sum(line.startswith("user: ") for line in text.splitlines())
        assert not any("tool:" in turn.text for turn in conversation.turns)


def test_abcd():
    path = public("abcd_sample/abcd_sample.json")
    expected = [
        [(who == "customer", words.strip()) for who, words in record["original"] if who != "action"]
        for record in json.loads(path.read_text())
    ]
    read = list(read_conversations(path))
    assert [[(turn.by_customer, turn.text) for turn in one.turns] for one in read] == expected


def test_negotiations_are_read_once_their_sides_are_named(look):
    seen = look(
        public("casino/test.jsonl.gz"),
        columns=["speaker=id"],
        speakers=["mturk_agent_1=agent", "mturk_agent_2=customer"],
    )
    assert not seen.errors
    assert len(two_sided(seen.conversations)) == 100


def test_recorded_calls_as_vcon():
    calls = {record["id"]: record for record in lines(public("vcon_calls/calls.jsonl"))}
    files = [path for path in find_files([public("vcon_calls")]) if path.name.endswith(".vcon.json")]
    assert len(files) == len(calls) > 20
    for path in files:
        [conversation] = read_conversations(path)
        assert isinstance(conversation, Conversation)
        said = [(turn.by_customer, turn.text) for turn in conversation.turns]
        assert said == raw_turns(calls[conversation.id])
        assert conversation.channel is Channel.CALL
        assert conversation.agent
        assert conversation.customer


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ietf_ab_call_ext_rec.vcon", "only a recording"),
        ("ietf_ab_call_int_rec.vcon", "only a recording"),
        ("ietf_ab_call_ext_rec_signed.vcon", "only a recording"),
        ("ietf_ab_call_ext_rec_analysis.vcon", "tells its speakers apart"),
        ("ietf_ab_call_ext_rec_with_redact.vcon", "tells its speakers apart"),
    ],
)
def test_examples_without_two_voices_are_refused_in_words(name, says):
    [error] = read_conversations(public(f"vcon_examples/{name}"))
    assert says in error.message
    assert error.hint


@pytest.mark.parametrize(
    "name", ["ietf_ab_email_acct_prob_thread.vcon", "ietf_ab_email_prob_followup_text_thread.vcon"]
)
def test_example_letters(name):
    path = public(f"vcon_examples/{name}")
    bodies = [dialog["body"] for dialog in json.loads(path.read_text())["dialog"]]
    [conversation] = read_conversations(path)
    assert len(two_sided([conversation])) == 1
    assert conversation.channel is Channel.EMAIL
    for turn, body in zip(conversation.turns, bodies, strict=True):
        assert all(line.strip() in body for line in turn.text.splitlines())
        assert "wrote:" not in turn.text
        assert "<" not in turn.text


def test_nothing_public_raises():
    for item in find_files([public("")]):
        if isinstance(item, Path) and item.stat().st_size < 2**20:
            assert list(read_conversations(item))


def test_what_is_written_fits_the_schema_of_the_draft():
    jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="the validator comes with schemathesis")
    schema = json.loads(public("vcon_examples/ietf_vcon_json_schema.json").read_text())
    validator = jsonschema_rs.validator_for(schema, validate_formats=True)
    turns = (
        Turn(id="1", speaker=Speaker.CUSTOMER, text="It leaks.", start=0.0, end=1.5),
        Turn(id="2", speaker=Speaker.SUPERVISOR, text="Since when?", start=2.0, place=2.0),
    )
    conversation = Conversation(id="call 7", turns=turns, customer="Ann", channel=Channel.CALL)
    vcon = vcon_object(conversation, created_at=datetime(2026, 3, 1, tzinfo=UTC), analysis={"heat": [1]})
    validator.validate(vcon)
    assert not validator.is_valid(vcon | {"created_at": "yesterday"})
