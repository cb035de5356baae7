import gzip
import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Channel
from coolhead.conversation.formats import read_conversations, write_codebook
from tests.conversation.formats.strategies import conversations, fewer_examples


def test_the_codebooks_own_form_is_read_without_its_labels(look, files):
    seen = look(files / "codebook.jsonl")
    first, second = seen.conversations
    assert seen.words[0] == [
        ("agent", "Hello, you are chatting with Nils."),
        ("customer", "My parcel went to the wrong street."),
        ("supervisor", "I have it re-routed; it comes tomorrow before noon."),
    ]
    assert (first.id, first.channel, first.industry) == ("parcel-1", Channel.CHAT, "parcel delivery")
    assert first.started_at == datetime.fromisoformat("2026-03-18T14:20:00+08:00")
    assert second.channel is Channel.CALL
    assert seen.times[1] == [(0.4, 2.0), (2.2, 3.9)]
    assert [turn.place for turn in second.turns] == [0.4, 2.2]


def test_labels_change_nothing(look, files, look_at):
    bare = []
    for line in (files / "codebook.jsonl").read_text().splitlines():
        value = json.loads(line)
        keys = {"speaker", "text", "start", "end"}
        value["turns"] = [{key: turn[key] for key in turn.keys() & keys} for turn in value["turns"]]
        bare.append(json.dumps({key: value[key] for key in value.keys() - {"issue", "csat"}}))
    assert (
        look_at("bare.jsonl", "\n".join(bare)).conversations == look(files / "codebook.jsonl").conversations
    )


def test_chat_messages_leave_out_tools_and_keep_their_numbers(look, files):
    seen = look(files / "messages.jsonl")
    assert seen.words == [
        [
            ("customer", "The heating app logs me out every hour."),
            ("agent", "I see the account. Which phone is it on?"),
            ("customer", "An old one."),
        ],
        [("customer", "Where is my voucher?"), ("agent", "It is in your inbox.")],
    ]
    assert [turn.id for turn in seen.conversations[0].turns] == ["2", "5", "6"]
    assert [conversation.id for conversation in seen.conversations] == ["messages-1", "messages-2"]


def test_a_printed_log_in_one_string_is_read(look, files):
    assert look(files / "trajectories.jsonl").words == [
        [
            ("customer", "I want to move my booking.\nTo Tuesday: any time."),
            ("agent", "Here are two times:\n1. Morning: 9:30\n2. Noon: 12:15"),
            ("customer", "Noon, please."),
        ]
    ]


def test_a_list_of_conversations_with_pairs_is_read(look, files):
    seen = look(files / "pairs.json")
    assert [conversation.id for conversation in seen.conversations] == ["71", "72"]
    assert seen.words[0] == [("agent", "Good evening!"), ("customer", "The lamp arrived in pieces.")]


def test_keys_can_be_named(look_at):
    line = '{"n": 1, "steps": [{"k": "customer", "v": "Hello?"}, {"k": "agent", "v": "Hello!"}]}'
    assert look_at("x.jsonl", line).errors
    seen = look_at("x.jsonl", line, columns=["turns=steps", "speaker=k", "text=v"])
    assert seen.words == [[("customer", "Hello?"), ("agent", "Hello!")]]


def test_gzip_and_a_byte_order_mark_are_read(look_at, files):
    plain = (files / "codebook.jsonl").read_bytes()
    packed = look_at("codebook.jsonl.gz", gzip.compress(b"\xef\xbb\xbf" + plain))
    assert packed.conversations == look_at("codebook.jsonl", plain).conversations
    assert len(packed.conversations) == 2


def test_wtf_is_sorted_and_joined_but_for_silence(look, files):
    seen = look(files / "wtf.json")
    assert seen.words == [
        [("agent", "Good afternoon."), ("customer", "My train was cancelled. Twice."), ("customer", "Hello?")]
    ]
    assert seen.times == [[(0.5, 2.0), (3.0, 5.2), (8.9, 9.5)]]


def test_wtf_without_speakers_is_refused(look_at):
    body = {"transcript": {"text": "Hi"}, "segments": [{"id": 0, "start": 0, "end": 1, "text": "Hi"}]}
    [error] = look_at("x.json", json.dumps(body)).errors
    assert "does not tell who speaks" in error.message
    assert "diarisation" in error.hint


def test_two_anonymous_voices_are_told_by_the_greeting_and_this_is_said(look_at):
    segments = [
        {"id": 0, "start": 0, "end": 2, "text": "Thank you for calling the dentist.", "speaker": 0},
        {"id": 1, "start": 2, "end": 4, "text": "I broke a tooth.", "speaker": 1},
    ]
    body = json.dumps({"transcript": {"text": ""}, "segments": segments})
    seen = look_at("x.json", body)
    assert [speaker for speaker, _ in seen.words[0]] == ["agent", "customer"]
    assert '"Speaker 0" is read as the agent, because of the greeting' in seen.explained[0]
    turned = look_at("x.json", body, speakers=["Speaker 0=customer", "Speaker 1=agent"])
    assert [speaker for speaker, _ in turned.words[0]] == ["customer", "agent"]
    assert not turned.explained


def test_two_anonymous_voices_without_a_greeting_are_not_guessed(look_at):
    turns = [{"speaker": "A", "text": "Hm."}, {"speaker": "B", "text": "Hm?"}]
    [error] = look_at("x.jsonl", json.dumps({"turns": turns})).errors
    assert 'Unknown speaker "A", "B".' in error.message
    assert '--speaker "A=agent"' in error.hint


def test_contact_lens_voice(look, files):
    seen = look(files / "contact_lens_voice.json")
    assert seen.words == [[("customer", "Hello? You billed me twice."), ("agent", "Let me see both bills.")]]
    assert seen.times == [[(0.0, 4.0), (3.9, 9.0)]]
    assert (seen.conversations[0].id, seen.conversations[0].channel) == ("c-100", Channel.CALL)


def test_contact_lens_chat(look, files):
    seen = look(files / "contact_lens_chat.json")
    assert seen.words == [[("customer", "Which gate is it?"), ("agent", "Gate B7.")]]
    assert seen.times == [[(0.0, None), (10.5, None)]]
    assert seen.conversations[0].channel is Channel.CHAT


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("AGENT", "agent"),
        ("Agent 1", "agent"),
        ("agent_0", "agent"),
        ("Rep", "agent"),
        ("assistant", "agent"),
        ("Support agent", "agent"),
        ("Dana (Agent)", "agent"),
        ("Agent (Dana)", "agent"),
        ("customer-2", "customer"),
        ("Caller", "customer"),
        ("CLIENT", "customer"),
        ("user", "customer"),
        ("Visitor", "customer"),
        ("End user", "customer"),
        ("Team Lead", "supervisor"),
        ("supervisor", "supervisor"),
    ],
)
def test_spellings_of_speakers(look_at, label, speaker):
    turns = [{"speaker": label, "text": "Hello."}]
    assert look_at("x.jsonl", json.dumps({"turns": turns})).words == [[(speaker, "Hello.")]]


def test_speakers_can_be_left_out(look_at):
    turns = [{"speaker": "user", "text": "Hello?"}, {"speaker": "IVR", "text": "Press one."}]
    assert look_at("x.jsonl", json.dumps({"turns": turns}), speakers=["ivr=ignore"]).words == [
        [("customer", "Hello?")]
    ]


def test_what_cannot_be_stored_is_taken_out_of_texts(look_at):
    line = (
        '{"id": "a\\u0000b", "turns": [{"role": "user", "text": "a\\u0000\\ud800b \\ud83d\\ude00\\r\\nc"}]}'
    )
    seen = look_at("x.jsonl", line)
    assert seen.words == [[("customer", "a\ufffdb \U0001f600\nc")]]
    assert seen.conversations[0].id == "ab"


@fewer_examples
@given(st.one_of(conversations(timed=True), conversations(timed=False)))
def test_what_is_written_as_jsonl_reads_the_same(tmp_path_factory, conversation):
    path = tmp_path_factory.getbasetemp() / "round.jsonl"
    path.write_text(write_codebook(conversation) + "\n")
    assert list(read_conversations(path)) == [conversation]
