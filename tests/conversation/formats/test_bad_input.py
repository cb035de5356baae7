import gzip
import json
import os
import threading
import tracemalloc
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.conversation.formats import read_conversations
from coolhead.conversation.turn import Conversation
from tests.conversation.formats.strategies import fewer_examples

GOOD = '{"id": "good", "turns": [{"role": "user", "text": "Hello?"}, {"role": "agent", "text": "Hello."}]}'
TIMES = (
    '{"turns": [{"role": "user", "text": "a", "at": %s, "end": %s}, {"role": "rep", "text": "b", "at": %s}]}'
)


def check(error, *, name, line, says, hint):
    """An error names file and line, says what is wrong, and what to do."""
    assert str(error.path).endswith(name)
    assert error.line == line
    assert error.message.startswith(f"{error.path}:{line}:")
    assert says in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    ("bad", "says", "hint"),
    [
        ('{"turns": [{"speaker": "customer", "te', "ends too early", "cut off"),
        ("{'turns': []}", "not JSON", "Correct it"),
        ('"just words"', "not a JSON object", "JSON object"),
        ('{"turns": []}', "no words", "transcript"),
        ('{"turns": [{"text": "Hello?"}]}', "Turn 1 does not say who speaks", "--column speaker="),
        ('{"turns": [{"speaker": "Zork", "text": "Hello?"}]}', 'Unknown speaker "Zork"', '--speaker "Zork='),
        ('{"turns": [{"speaker": "user", "text": "a"}, 7]}', "Turn 2 is not an object", "speaker and a text"),
        ('{"id": "x", "words": []}', "no list of turns", "--column turns="),
        (TIMES % (5, 6, 4), "Times run backwards: turn 2 begins at 4.000 s, before the turn", "of time"),
        (TIMES % (5, 3, 6), "Times run backwards: turn 1 begins at 5.000 s and ends at 3.000 s", "Correct"),
        (TIMES % (-1, 3, 6), "before the conversation begins", "order of time"),
        (TIMES % ('"soon"', 3, 6), '"at" of turn 1 is not a time', "ISO 8601"),
        (TIMES % ("NaN", 3, 6), "not a time", "ISO 8601"),
        (TIMES % ("true", 3, 6), "not a time", "ISO 8601"),
        (TIMES % ("1e300", 3, 6), "not a time", "ISO 8601"),
        (TIMES % ("1" * 5000, 3, 6), "number that cannot be one", "ordinary size"),
        ("[" * 100_000, "nested too deeply", "depth"),
        ('{"turns": ' + "[" * 100_000, "nested too deeply", "depth"),
    ],
)  # fmt: skip
def test_a_bad_record_is_one_error_and_the_next_go_on(look_at, bad, says, hint):
    seen = look_at("x.jsonl", f"{GOOD}\n{bad}\n\n{GOOD}\n")
    assert len(seen.conversations) == 2
    [error] = seen.errors
    check(error, name="x.jsonl", line=2, says=says, hint=hint)


def test_bytes_that_are_not_utf8_name_line_and_column(look_at):
    seen = look_at("x.jsonl", GOOD.encode() + b"\n" + GOOD.replace("Hello?", "Caf\u00e9?").encode("latin-1"))
    assert len(seen.conversations) == 1
    [error] = seen.errors
    assert error.column == GOOD.index("Hello?") + 4
    assert error.message.endswith("Byte 0xE9 is not UTF-8.")
    assert "iconv -f WINDOWS-1252" in error.hint


@pytest.mark.parametrize("name", ["x.json", "x.vtt", "x.srt"])
def test_latin_1_in_a_document_names_its_line(look_at, name):
    [error] = look_at(name, "WEBVTT\n\n00:01.000 --> 00:02.000\nAgent: Caf\u00e9\n".encode("latin-1")).errors
    check(error, name=name, line=4, says="0xE9", hint="iconv")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["x.jsonl", "x.csv", "x.vtt", "x.vcon"])
def test_utf16_is_one_error(look_at, name, encoding):
    [error] = look_at(name, f"{GOOD}\n{GOOD}".encode(encoding)).errors
    check(error, name=name, line=1, says="UTF-16", hint="iconv -f UTF-16")


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\x00" * 100])
def test_an_empty_file_is_one_error(look_at, content):
    [error] = look_at("x.jsonl", content).errors
    assert error.line == 1
    assert "empty" in error.message or "no text" in error.message


@pytest.mark.parametrize("name", ["x.jsonl", "x.csv", "x.wav", "x"])
def test_a_binary_file_is_one_error(look_at, name):
    [error] = look_at(
        name, b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00" + bytes(500)
    ).errors
    check(error, name=name, line=1, says="binary", hint="transcript")


def test_a_form_that_cannot_be_told_is_one_error(look_at):
    [error] = look_at("x.txt", "Just some words.\n").errors
    check(error, name="x.txt", line=1, says="what form", hint="--format: codebook, contact-lens")


def test_a_headers_only_table_is_one_error(look_at):
    [error] = look_at("x.csv", "speaker,text\n").errors
    check(error, name="x.csv", line=1, says="no conversation", hint="export")


def test_a_document_that_is_cut_off_names_the_place(look_at):
    [error] = look_at("x.vcon", '{\n "vcon": "0.4.0",\n "parties": [\n  {"name": "An').errors
    check(error, name="x.vcon", line=4, says="ends too early", hint="cut off")


def test_items_before_a_break_in_a_list_are_kept(look_at):
    seen = look_at("x.json", f"[\n{GOOD},\n7,\n{GOOD},\n{GOOD[:50]}")
    assert len(seen.conversations) == 2
    assert [error.line for error in seen.errors] == [3, 5]


def test_an_unknown_speaker_in_a_document_names_its_own_line(look_at):
    turns = [{"speaker": "user", "text": "Hm."}, {"speaker": "Zo\u00eb", "text": "Hm?"}]
    [error] = look_at("x.json", json.dumps({"turns": turns}, indent=1)).errors
    check(error, name="x.json", line=8, says='Unknown speaker "Zo\u00eb"', hint='--speaker "Zo\u00eb=agent"')


def test_a_missing_file_and_a_folder_are_errors(look, tmp_path):
    [missing] = look(tmp_path / "nothing.jsonl").errors
    assert "no such file" in missing.message
    [folder] = look(tmp_path).errors
    assert "folder" in folder.message


def test_a_file_without_permission_is_an_error(look_at, look, tmp_path, monkeypatch):
    look_at("x.jsonl", GOOD)
    (tmp_path / "x.jsonl").chmod(0)
    if os.geteuid() == 0:  # root may read everything, so the system's refusal is played
        monkeypatch.setattr("pathlib.Path.open", _refuse)
    [error] = look(tmp_path / "x.jsonl").errors
    assert "no permission" in error.message
    assert "chmod" in error.hint


def _refuse(*_args, **_named):
    raise PermissionError(13, "Permission denied")


def test_a_damaged_gzip_file_keeps_what_came_before(look_at):
    lines = "".join(f'{GOOD[:-1]}, "filler": "{os.urandom(500).hex()}"}}\n' for _ in range(300))
    packed = gzip.compress(lines.encode())
    seen = look_at("x.jsonl.gz", packed[: len(packed) // 2])
    assert 50 < len(seen.conversations) < 300
    [error] = seen.errors
    assert "compressed file ends too early" in error.message
    assert error.line == len(seen.conversations)


LONG = 200 * 2**20
"""Bytes of a line that no record may have."""


@pytest.mark.parametrize(
    ("name", "goes_on"), [("x.jsonl", True), ("x.csv", False), ("x.vcon", True), ("x.vtt", False)]
)
def test_200_mb_on_one_line_are_refused_without_being_held(tmp_path, name, goes_on):
    path = tmp_path / name
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(
            b"WEBVTT\n" if name == "x.vtt" else b"speaker,text\n" if name == "x.csv" else b'{"vcon": "'
        )
        for _ in range(LONG // 2**20):
            file.write(b"x" * 2**20)
        file.write(f"\n{GOOD}\n".encode())
    tracemalloc.start()
    try:
        seen = list(read_conversations(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "longer than 64 MB" in seen[0].message
    assert seen[0].line in (1, 2)
    assert [type(item) for item in seen[1:]] == [Conversation] * goes_on
    assert peak < 150 * 2**20


@pytest.mark.parametrize(
    ("form", "count"), [("jsonl", 2800), ("csv", 1000)], ids=["62 MB JSONL", "22 MB CSV"]
)
def test_a_large_file_needs_no_more_memory_than_a_small_one(tmp_path, form, count):
    path = tmp_path / f"large.{form}.gz"
    text = "It is about my order. " * 500
    with gzip.open(path, "wt", compresslevel=1) as file:
        if form == "csv":
            file.write("conversation,speaker,text\n")
        for number in range(count):
            if form == "csv":
                file.write(f"{number},customer,{text}\n{number},agent,{text}\n")
            else:
                turns = [{"speaker": "customer", "text": text}, {"speaker": "agent", "text": text}]
                file.write(json.dumps({"id": str(number), "turns": turns}) + "\n")
    conversations = read_conversations(path)
    tracemalloc.start()
    try:
        assert sum(1 for _ in islice(conversations, 30)) == 30
        small = tracemalloc.get_traced_memory()[1]
        assert sum(1 for _ in conversations) == count - 30
        large = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert large < small + 2 * 2**20


def test_an_endless_pipe_gives_what_is_asked_of_it(tmp_path):
    pipe = tmp_path / "endless.jsonl"
    os.mkfifo(pipe)

    def feed():
        try:
            with pipe.open("w") as file:
                while True:
                    file.write(GOOD + "\n")
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed)
    feeder.start()
    conversations = read_conversations(pipe)
    assert [conversation.id for conversation in islice(conversations, 1000)] == ["good"] * 1000
    conversations.close()
    feeder.join(timeout=10)
    assert not feeder.is_alive()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nAgent: <v" + " " * 1_000_000),
        ("x.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nAgent: " + "<v a" * 200_000),
        ("x.jsonl", json.dumps({"messages": "user: a\n" + ">>" + " " * 1_000_000})),
        ("x.jsonl", json.dumps({"messages": "user: a\n" + "b\n" * 500_000})),
    ],
    ids=["spaces in a tag", "open tags", "spaces before a name", "many lines"],
)
def test_no_text_makes_a_reader_slow(look_at, name, content):
    """Each of these takes minutes or hours where the work grows with the square of the length."""
    assert len(look_at(name, content).words) == 1


BEGINNINGS = [
    b"",
    b"{",
    b"[{",
    b"WEBVTT\n\n",
    b"1\n00:00:01,000 --> ",
    b"speaker,text\n",
    b"\x1f\x8b",
    b'{"turns": [',
]


ENDINGS = [".json", ".jsonl", ".csv", ".vtt", ".srt", ".vcon", ""]
any_bytes = st.one_of(st.binary(), st.text().map(str.encode))


@fewer_examples
@given(st.sampled_from(BEGINNINGS), any_bytes, st.sampled_from(ENDINGS))
def test_no_bytes_break_a_reader(tmp_path_factory, beginning, rest, ending):
    path = tmp_path_factory.getbasetemp() / f"any{ending}"
    path.write_bytes(beginning + rest)
    assert list(read_conversations(path))
