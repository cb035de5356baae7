import csv
import io
import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Speaker
from coolhead.conversation.formats import read_conversations, source, write_csv
from coolhead.conversation.turn import Conversation, Turn
from tests.conversation.formats.strategies import conversations, fewer_examples


def test_a_mixed_table_is_sorted_out_and_the_columns_are_explained(look, files):
    seen = look(files / "mixed.csv")
    assert seen.words == [
        [("customer", 'It says "paid"; it is not.'), ("agent", "I see it.")],
        [("agent", "Hello"), ("customer", "Two\nlines")],
    ]
    assert [conversation.id for conversation in seen.conversations] == ["A", "B"]
    assert seen.times == [[(0.0, None), (30.0, None)], [(0.0, None), (39.0, None)]]
    assert seen.conversations[0].started_at == datetime.fromisoformat("2026-02-03T10:00:00+01:00")
    [explained] = seen.explained
    assert explained.endswith(
        'mixed.csv: Column "Conv ID" as the conversation, "Author" as the speaker, "Message" as the text, '
        '"Sent at" as the start; --column FIELD=NAME changes it.'
    )


def test_one_conversation_without_a_conversation_column(look, files):
    seen = look(files / "one.tsv")
    assert seen.words == [[("agent", "Welcome back."), ("customer", "Thanks.")]]
    assert seen.times == [[(0.0, None), (1.5, None)]]
    assert seen.conversations[0].id == "one"


def test_jsonl_with_a_turn_a_line(look, files):
    seen = look(files / "rows.jsonl")
    assert [len(words) for words in seen.words] == [2, 2]
    assert [conversation.id for conversation in seen.conversations] == ["x", "y"]


def test_a_line_that_is_not_json_spoils_its_conversation_alone(look_at, files):
    lines = (files / "rows.jsonl").read_text().splitlines()
    lines.insert(3, "{")
    seen = look_at("rows.jsonl", "\n".join(lines))
    assert [conversation.id for conversation in seen.conversations] == ["x"]
    [error] = seen.errors
    assert error.line == 4


def test_columns_can_be_named(look_at):
    text = "a,b,c\nuser,Hello?,9\nstaff,Hello!,9\n"
    [error] = look_at("x.csv", text).errors
    assert error.line == 1
    assert "No column for the speaker" in error.message
    assert 'the columns are "a", "b", "c"' in error.hint
    seen = look_at("x.csv", text, columns=["speaker=a", "text=b", "conversation=c"])
    assert seen.words == [[("customer", "Hello?"), ("agent", "Hello!")]]
    assert seen.conversations[0].id == "9"
    assert not seen.explained


def test_a_named_column_that_is_not_there_is_an_error(look_at):
    [error] = look_at("x.csv", "speaker,text\nuser,Hello?\n", columns=["start=when"]).errors
    assert "No column for the start" in error.message


def test_a_bad_row_spoils_its_conversation_alone(look_at):
    text = b"conversation,speaker,text\na,user,Caf\xe9\nb,user,Hello?\nc,user,Hello?,more\n"
    seen = look_at("x.csv", text)
    assert [conversation.id for conversation in seen.conversations] == ["b"]
    assert [(error.line, error.message.split(": ")[1]) for error in seen.errors] == [
        (2, "Byte 0xE9 is not UTF-8."),
        (4, "The row has 4 cells, the header 3."),
    ]


def test_an_unclosed_quotation_mark_is_an_error_with_its_line(look_at):
    text = 'speaker,text\nuser,Hello?\nuser,"Hello' + "\nuser,again" * 20_000
    [error] = look_at("x.csv", text).errors
    assert error.line == 3
    assert "quotation mark" in error.hint


def test_in_a_large_table_rows_must_stand_together(look, files, monkeypatch):
    monkeypatch.setattr("coolhead.conversation.formats.table.MAX_RECORD", 100)
    seen = look(files / "mixed.csv")
    assert [conversation.id for conversation in seen.conversations] == ["A", "B"]
    assert len(seen.words[0]) == 1
    assert ['"A" are not together' in error.message for error in seen.errors] == [True, False]


def test_a_table_without_end_is_not_gathered_as_one_conversation(look_at):
    row = json.dumps({"speaker": "user", "text": "x" * 100_000}) + "\n"
    seen = look_at("x.jsonl", row * 700)
    [error] = seen.errors
    assert error.line == 668
    assert "--column conversation=NAME" in error.hint


def test_the_limit_of_mixed_tables_is_the_limit_of_a_record():
    assert source.MAX_RECORD == 64 * 2**20


def round_trip(tmp_path_factory, written):
    path = tmp_path_factory.getbasetemp() / "round.csv"
    path.write_text("".join(write_csv(written)), newline="")
    return list(read_conversations(path))


several = st.lists(
    st.one_of(conversations(timed=True), conversations(timed=False)),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one.id,
)


@fewer_examples
@given(several)
def test_what_is_written_as_csv_reads_the_same(tmp_path_factory, written):
    chats = [replace(conversation, channel="chat") for conversation in written]
    assert round_trip(tmp_path_factory, chats) == chats


def test_times_are_written_by_the_clock_where_it_is_known(tmp_path_factory):
    turns = (Turn(id="1", speaker=Speaker.AGENT, text="Hi", start=0.0, end=1.5, place=0.0),)
    begun = Conversation(id="x", turns=turns, started_at=datetime.fromisoformat("2026-02-03T10:00:00+08:00"))
    assert "2026-02-03T10:00:01.500000+08:00" in "".join(write_csv([begun]))
    assert round_trip(tmp_path_factory, [begun]) == [begun]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'=1", "''=1", "'tis"])
def test_no_cell_is_a_command_to_a_spreadsheet(tmp_path_factory, text):
    turns = (Turn(id="1", speaker=Speaker.CUSTOMER, text=text, place=1.0),)
    conversation = Conversation(id="x", turns=turns)
    rows = list(csv.reader(io.StringIO("".join(write_csv([conversation])))))
    assert not rows[1][2].startswith(("=", "+", "-", "@"))
    assert round_trip(tmp_path_factory, [conversation]) == [conversation]
