from dataclasses import replace

import pytest
from hypothesis import given

from coolhead.codebook import Channel, Speaker
from coolhead.conversation.formats import read_conversations, write_webvtt
from coolhead.conversation.turn import Conversation, Turn
from coolhead.errors import InputError
from tests.conversation.formats.strategies import conversations, fewer_examples


def test_webvtt_with_voice_tags(look, files):
    seen = look(files / "call.vtt")
    assert seen.words == [
        [
            ("agent", "Good morning, Northern Gas."),
            ("customer", "My boiler is off, again & again. Since Monday."),
            ("agent", "Oh no."),
            ("customer", "Yes."),
            ("agent", "Thank you for holding."),
        ]
    ]
    assert seen.times == [[(0.5, 2.0), (2.2, 5.0), (5.1, 6.0), (5.1, 6.0), (3600.0, 3601.0)]]
    assert seen.conversations[0].channel is Channel.CALL


def test_turns_that_begin_together_keep_the_order_of_the_file(look, files):
    turns = look(files / "call.vtt").conversations[0].turns
    assert sorted(turns, key=lambda turn: turn.order) == list(turns)


def test_srt_with_names_in_front(look, files):
    seen = look(files / "call.srt")
    assert seen.words == [
        [
            ("agent", "Good morning, Northern Gas."),
            ("customer", "My boiler is off, and this is the Third time: it went off on Monday."),
            ("agent", "Oh no."),
            ("customer", "Yes!"),
        ]
    ]
    assert seen.times == [[(0.5, 2.0), (2.2, 5.0), (5.1, 6.0), (5.1, 6.0)]]


def cues(*texts, gap=0.0):
    begins = [index * (1 + gap) for index in range(len(texts))]
    return "WEBVTT\n\n" + "\n\n".join(
        f"00:{begin:06.3f} --> 00:{begin + 1:06.3f}\n{text}"
        for begin, text in zip(begins, texts, strict=True)
    )


@pytest.mark.parametrize(("gap", "turns"), [(0.0, 1), (3.0, 1), (3.5, 2)])
def test_cues_of_one_speaker_are_joined_unless_a_silence_lies_between(look_at, gap, turns):
    seen = look_at("x.vtt", cues("Agent: One moment.", "Agent: I have it.", gap=gap))
    assert len(seen.words[0]) == turns
    assert " ".join(text for _, text in seen.words[0]) == "One moment. I have it."


def test_names_of_people_need_a_flag_that_the_error_shows(look_at):
    text = cues("Dana: Good morning.", "Customer: Is it?")
    [error] = look_at("x.vtt", text).errors
    assert str(error).endswith(
        'x.vtt:3: Unknown speaker "Dana". Say who it is, for example --speaker "Dana=agent" '
        "(agent, customer, supervisor or ignore)."
    )
    seen = look_at("x.vtt", text, speakers=["Dana=agent"])
    assert seen.words == [[("agent", "Good morning."), ("customer", "Is it?")]]


def test_cues_without_any_speaker_are_refused(look_at):
    [error] = look_at("x.vtt", cues("Good morning.")).errors
    assert "does not say who speaks" in error.message
    assert error.line == 3


def test_a_heading_is_no_speaker(look_at):
    seen = look_at("x.vtt", cues("Agent: I see it, and", "Note: it takes a week."))
    assert seen.words == [[("agent", "I see it, and Note: it takes a week.")]]


def test_a_web_address_and_a_clock_are_no_speakers(look_at):
    seen = look_at("x.vtt", cues("Agent: Go to", "https://shop.example/x", "at 10:30: sharp."))
    assert seen.words == [[("agent", "Go to https://shop.example/x at 10:30: sharp.")]]


@pytest.mark.parametrize("timing", ["00:99:aa --> 00:02.000", "--> 00:02.000", "00:01.000 -->"])
def test_times_that_cannot_be_read_are_named_with_their_line(look_at, timing):
    [error] = look_at("x.vtt", f"WEBVTT\n\n{timing}\nAgent: Hm.\n").errors
    assert error.line == 3
    assert "not a time" in error.message


@fewer_examples
@given(conversations(timed=True, alternating=True))
def test_what_is_written_as_webvtt_reads_the_same(tmp_path_factory, conversation):
    path = tmp_path_factory.getbasetemp() / "round.vtt"
    path.write_text(write_webvtt(conversation))
    spaced = (replace(turn, text=" ".join(turn.text.split())) for turn in conversation.turns)
    expected = tuple(turn for turn in spaced if turn.text)
    assert [read.turns for read in read_conversations(path)] == [expected]


def test_a_turn_without_an_end_is_written_up_to_the_next():
    turns = (
        Turn(id="1", speaker=Speaker.AGENT, text="a < b -->\n\nc", start=0.0),
        Turn(id="2", speaker=Speaker.CUSTOMER, text="Ok", start=3661.5),
    )
    assert write_webvtt(Conversation(id="x", turns=turns)) == (
        "WEBVTT\n\n00:00:00.000 --> 01:01:01.500\n<v Agent>a &lt; b --&gt; c</v>\n\n"
        "01:01:01.500 --> 01:01:01.501\n<v Customer>Ok</v>\n"
    )


def test_webvtt_cannot_be_written_without_times():
    turns = (Turn(id="1", speaker=Speaker.AGENT, text="Hello"),)
    with pytest.raises(InputError, match="no start time"):
        write_webvtt(Conversation(id="x", turns=turns))
