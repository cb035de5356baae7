import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Channel, Speaker
from coolhead.conversation.formats import read_conversations, vcon_object, write_vcon
from coolhead.conversation.turn import Conversation, Turn
from tests.conversation.formats.strategies import conversations, fewer_examples, moments

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def recorded(files):
    """An object of a vCon with a recording and a transcript, to be changed."""
    return json.loads((files / "recorded.vcon.json").read_text())


@pytest.fixture
def look_in(look_at):
    def look(vcon, **said):
        return look_at("x.vcon", json.dumps(vcon), **said)

    return look


def test_a_transcript_of_a_recording_from_the_first_drafts(look, files):
    seen = look(files / "recorded.vcon.json")
    [conversation] = seen.conversations
    assert [speaker for speaker, _ in seen.words[0]] == ["agent", "customer", "agent", "agent"]
    assert (conversation.agent, conversation.customer) == ("Femke Bos", "Omar Haddad")
    assert conversation.started_at == datetime(2026, 2, 3, 8, 30, tzinfo=UTC)
    assert conversation.channel is Channel.CALL


def test_typed_dialog(look, files):
    seen = look(files / "typed.vcon")
    assert seen.words == [
        [
            ("customer", "Half of the roses are dead."),
            ("agent", "I am sorry, Ines.\nShall I send new ones & a guide?"),
            ("customer", "Yes, please."),
        ]
    ]
    assert seen.times == [[(0.0, None), (40.0, 50.0), (55.0, None)]]


def test_letters_without_what_they_quote(look, files):
    seen = look(files / "letters.vcon")
    assert seen.words == [[("customer", "The kettle leaks."), ("agent", "We send you another one.")]]
    assert seen.conversations[0].channel is Channel.EMAIL
    assert '"Tom", who began the contact, is read as the customer' in seen.explained[0]


def test_the_one_who_began_an_outbound_contact_is_the_agent(look_in, files):
    vcon = json.loads((files / "letters.vcon").read_text())
    vcon["dialog"][0]["meta"] = {"direction": "out"}
    assert [speaker for speaker, _ in look_in(vcon).words[0]] == ["agent", "customer"]


def test_flags_win_over_the_vcon(look, files):
    seen = look(files / "recorded.vcon.json", speakers=["Femke Bos=supervisor"])
    assert [speaker for speaker, _ in seen.words[0]] == ["supervisor", "customer", "supervisor", "supervisor"]


WTF = {
    "transcript": {"text": "Hi. Hello.", "language": "en", "duration": 4.0, "confidence": 0.9},
    "segments": [
        {"id": 0, "start": 0.0, "end": 1.0, "text": "Hi.", "speaker": "Omar Haddad"},
        {"id": 1, "start": 1.5, "end": 2.0, "text": "Hello.", "speaker": "Femke Bos"},
    ],
    "metadata": {"provider": "example", "model": "m"},
}
LINES = "Femke: Hello there.\nOmar: Hi: it leaks.\nBadly."
DEEPGRAM_PARAGRAPHS = [
    {
        "sentences": [{"text": "How may I help?"}, {"text": "Tell me."}],
        "speaker": 0,
        "start": 0.0,
        "end": 2.0,
    },
    {"sentences": [{"text": "It leaks."}], "speaker": 1, "start": 2.5, "end": 3.0},
]
DEEPGRAM_WORDS = [
    {"word": "how", "punctuated_word": "How", "start": 0.0, "end": 0.2, "speaker": 0},
    {"word": "may", "punctuated_word": "may", "start": 0.2, "end": 0.4, "speaker": 0},
    {"word": "i", "punctuated_word": "I", "start": 0.4, "end": 0.5, "speaker": 0},
    {"word": "help", "punctuated_word": "help?", "start": 0.5, "end": 0.9, "speaker": 0},
    {"word": "leaks", "punctuated_word": "Leaks.", "start": 1.0, "end": 1.5, "speaker": 1},
]


def deepgram(**best):
    return {"type": "transcript", "body": {"results": {"channels": [{"alternatives": [best]}]}}}


PACKED = base64.urlsafe_b64encode(json.dumps(WTF).encode()).decode().rstrip("=")
UTTERANCES = [{"speaker": "Omar", "text": "Hm."}, {"speaker": "Femke", "text": "Yes?"}]
BY_INDEX = [{"parties": 1, "text": "Hm."}, {"parties": 0, "text": "Yes?"}]
SHAPES = {
    "wtf": (
        {"type": "wtf_transcription", "schema": "wtf-1.0", "encoding": "json", "body": WTF},
        "Hi.|Hello.",
    ),
    "wtf in text": ({"type": "wtf-transcription", "body": json.dumps(WTF)}, "Hi.|Hello."),
    "wtf packed": ({"type": "transcript", "encoding": "base64url", "body": PACKED}, "Hi.|Hello."),
    "lines": (
        {"type": "transcript", "encoding": "none", "body": LINES},
        "Hello there.|Hi: it leaks.\nBadly.",
    ),
    "utterances": ({"type": "transcript", "body": {"utterances": UTTERANCES}}, "Hm.|Yes?"),
    "by party index": ({"type": "transcript", "body": BY_INDEX}, "Hm.|Yes?"),
    "paragraphs": (
        deepgram(paragraphs={"paragraphs": DEEPGRAM_PARAGRAPHS}),
        "How may I help? Tell me.|It leaks.",
    ),
    "words": (deepgram(words=DEEPGRAM_WORDS), "How may I help?|Leaks."),
}


@pytest.mark.parametrize(("entry", "expected"), SHAPES.values(), ids=SHAPES)
def test_shapes_of_transcripts(look_in, recorded, entry, expected):
    recorded["analysis"] = [{"dialog": 0, "vendor": "someone"} | entry]
    seen = look_in(recorded)
    assert not seen.errors
    assert "|".join(text for _, text in seen.words[0]) == expected
    assert {speaker for speaker, _ in seen.words[0]} == {"agent", "customer"}


def test_a_wtf_transcript_in_attachments_is_read(look_in, recorded):
    recorded["analysis"] = []
    recorded["attachments"] = [{"type": "wtf_transcription", "encoding": "json", "body": WTF}]
    assert look_in(recorded).words == [[("customer", "Hi."), ("agent", "Hello.")]]


def test_recordings_one_after_the_other_share_one_course_of_time(look_in, recorded):
    recorded["dialog"].append(recorded["dialog"][0] | {"start": "2026-02-03T08:40:00Z"})
    recorded["analysis"] = [
        {"type": "wtf_transcription", "dialog": index, "vendor": "someone", "body": WTF} for index in (0, 1)
    ]
    assert look_in(recorded).times == [[(0.0, 1.0), (1.5, 2.0), (600.0, 601.0), (601.5, 602.0)]]


def test_a_signed_vcon_is_read_and_says_that_the_signature_is_not_checked(look_in, recorded, look, files):
    payload = base64.urlsafe_b64encode(json.dumps(recorded).encode()).decode().rstrip("=")
    seen = look_in({"payload": payload, "signatures": [{"protected": "e30", "signature": "AA"}]})
    assert seen.conversations == look(files / "recorded.vcon.json").conversations
    assert "its signature is not checked" in seen.explained[0]


@pytest.mark.parametrize("key", ["critical", "must_support"])
def test_an_unsupported_critical_extension_is_refused(look_in, recorded, key):
    [error] = look_in(recorded | {key: ["CC", "lawful_hold"]}).errors
    assert "lawful_hold" in error.message
    assert "CC" not in error.message


def test_an_encrypted_vcon_is_refused(look_in):
    [error] = look_in({"ciphertext": "AAAA", "recipients": [], "iv": "AA", "tag": "AA"}).errors
    assert "encrypted" in error.message


def test_a_recording_alone_is_refused(look_in, recorded):
    [error] = look_in(recorded | {"analysis": []}).errors
    assert "only a recording" in error.message
    assert "Transcribe" in error.hint


def test_a_transcript_that_does_not_tell_voices_apart_is_refused(look_in, recorded):
    recorded["analysis"] = [
        {"type": "transcript", "dialog": 0, "body": [{"speaker": 0, "text": "Hi. Hello."}]}
    ]
    [error] = look_in(recorded).errors
    assert "tells its speakers apart" in error.message


@pytest.mark.parametrize(
    "vcon",
    [
        {"vcon": "0.4.0"},
        {"vcon": "0.4.0", "parties": "x", "dialog": {}},
        {"vcon": "0.4.0", "parties": [1], "dialog": [None, 3]},
        {"vcon": "0.4.0", "dialog": [{"type": "text", "body": 3, "parties": "a"}]},
        {"vcon": "0.4.0", "dialog": [{"type": "text", "start": [], "body": "x"}]},
        {"vcon": "0.4.0", "analysis": [{"type": "transcript", "body": {"results": {"channels": [3]}}}]},
        {"payload": "%%%", "signatures": []},
        {"payload": "W10", "signatures": []},
    ],
)
def test_a_malformed_vcon_is_one_error(look_in, vcon):
    seen = look_in(vcon)
    assert len(seen.errors) == 1
    assert not seen.conversations


def conversation(**changes):
    turns = (
        Turn(id="1", speaker=Speaker.CUSTOMER, text="It leaks.", start=0.0, end=1.25, place=0.0),
        Turn(id="2", speaker=Speaker.AGENT, text="Since when?", start=1.5, place=1.5),
    )
    started = datetime(2026, 2, 3, 8, 30, tzinfo=UTC)
    return replace(
        Conversation(id="call 7", turns=turns, channel=Channel.CALL, started_at=started), **changes
    )


def test_what_is_written_is_valid(check_vcon):
    vcon = vcon_object(conversation(agent="Femke"), created_at=NOW, analysis={"heat": [1]})
    check_vcon(vcon)
    assert UUID(vcon["uuid"]).version == 8
    assert UUID(vcon["uuid"]).variant == RFC_4122
    assert vcon["parties"] == [{"role": "customer"}, {"role": "agent", "name": "Femke"}]
    assert vcon["extensions"] == ["CC"]
    assert "critical" not in vcon
    assert [dialog["parties"] for dialog in vcon["dialog"]] == [[0, 1], [1, 0]]
    assert vcon["dialog"][0]["duration"] == 1.25
    assert vcon["analysis"][0]["body"] == {"heat": [1]}
    assert vcon["analysis"][0]["vendor"] == "Coolhead"


def test_a_vcon_of_other_words_has_another_uuid():
    first = vcon_object(conversation(), created_at=NOW)
    assert first["uuid"] == vcon_object(conversation(), created_at=NOW)["uuid"]
    assert first["uuid"] != vcon_object(conversation(id="call 8"), created_at=NOW)["uuid"]


@fewer_examples
@given(conversations(timed=True), moments)
def test_what_is_written_as_vcon_reads_the_same(tmp_path_factory, conversation, started_at):
    begun = replace(conversation, started_at=started_at)
    first = begun.turns[0].start or 0.0
    if first:  # a vCon tells when its first dialog began, so time counts from there
        turns = (replace(turn, start=turn.start - first, end=turn.end - first) for turn in begun.turns)
        begun = replace(begun, turns=tuple(replace(turn, place=turn.start) for turn in turns))
    path = tmp_path_factory.getbasetemp() / "round.vcon"
    path.write_text(write_vcon(begun, created_at=NOW))
    [read] = read_conversations(path)
    assert [(t.id, t.speaker, t.text) for t in read.turns] == [(t.id, t.speaker, t.text) for t in begun.turns]
    assert [t.start for t in read.turns] == pytest.approx([t.start for t in begun.turns], abs=1e-5)
    assert [t.end for t in read.turns] == pytest.approx([t.end for t in begun.turns], abs=1e-5)
    assert (read.id, read.channel, read.started_at) == (begun.id, begun.channel, begun.started_at)


@fewer_examples
@given(conversations(timed=False))
def test_a_conversation_without_times_stays_without(tmp_path_factory, conversation):
    path = tmp_path_factory.getbasetemp() / "round.vcon"
    path.write_text(write_vcon(conversation, created_at=NOW))
    assert list(read_conversations(path)) == [replace(conversation, started_at=NOW)]


KEYS = [
    "type",
    "body",
    "dialog",
    "parties",
    "start",
    "speaker",
    "text",
    "payload",
    "segments",
    "transcript",
    "results",
    "channels",
    "alternatives",
]
any_json = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=12,
)


@fewer_examples
@given(any_json)
def test_no_json_breaks_the_reader(tmp_path_factory, value):
    path = tmp_path_factory.getbasetemp() / "any.vcon"
    transcript = {"type": "transcript", "body": value}
    path.write_text(
        json.dumps({"vcon": "0.4.0", "parties": value, "dialog": [value], "analysis": [transcript]})
    )
    assert len(list(read_conversations(path))) == 1
