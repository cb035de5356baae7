import io
import os
from pathlib import Path

import pytest

from coolhead.codebook import Speaker
from coolhead.conversation.formats import Field, Format, ReadOptions, find_files, read_conversations
from coolhead.errors import FileError, InputError


@pytest.fixture
def tree(tmp_path):
    """A folder with a bit of everything in it."""
    for name in (
        "b.csv",
        "a.JSONL.GZ",
        "notes.md",
        ".hidden.csv",
        "deep/er/c.vcon",
        ".git/d.json",
        "deep/call.mp3",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def names(found, root):
    return [str(item.relative_to(root)) for item in found if isinstance(item, Path)]


def errors(found):
    return [item for item in found if isinstance(item, FileError)]


def test_a_folder_gives_its_known_files_in_order(tree):
    found = list(find_files([tree]))
    assert names(found, tree) == ["a.JSONL.GZ", "b.csv", "deep/er/c.vcon"]
    assert not errors(found)


def test_named_files_are_taken_whatever_they_are_called_and_once(tree):
    found = find_files([tree / "notes.md", tree / ".hidden.csv", tree / "b.csv", tree])
    assert names(found, tree) == ["notes.md", ".hidden.csv", "b.csv", "a.JSONL.GZ", "deep/er/c.vcon"]


def test_a_folder_that_leads_back_into_itself_is_one_error_and_the_rest_goes_on(tree):
    (tree / "deep" / "back").symlink_to(tree)
    found = list(find_files([tree]))
    assert names(found, tree) == ["a.JSONL.GZ", "b.csv", "deep/er/c.vcon"]
    [error] = errors(found)
    assert "leads back into itself" in error.message
    assert "Remove the link" in error.hint


def test_links_to_themselves_and_to_nothing_are_errors(tmp_path):
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nothing")
    read = [item for path in find_files([tmp_path]) for item in read_conversations(path)]
    assert ["no such file" in error.message for error in read] == [True, False]
    assert "cannot read it" in read[1].message


def test_a_file_is_read_once_under_two_names(tree):
    (tree / "z.csv").symlink_to(tree / "b.csv")
    assert names(find_files([tree]), tree) == ["a.JSONL.GZ", "b.csv", "deep/er/c.vcon"]


def test_an_empty_folder_is_an_error_that_names_the_endings(tmp_path):
    (tmp_path / "notes.md").write_text("x")
    [error] = find_files([tmp_path])
    assert "no file of a known kind" in error.message
    assert ".csv" in error.hint


def test_a_folder_that_may_not_be_listed_is_an_error(tree, monkeypatch):
    scandir = os.scandir

    def refuse(folder):
        if folder == tree / "deep":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr("os.scandir", refuse)
    found = list(find_files([tree]))
    assert names(found, tree) == ["a.JSONL.GZ", "b.csv"]
    assert "no permission" in errors(found)[0].message


def test_a_missing_path_is_left_to_the_reader(tmp_path):
    [path] = find_files([tmp_path / "nothing"])
    [error] = read_conversations(path)
    assert "no such file" in error.message


def test_standard_input_is_a_dash(monkeypatch):
    class Typed:
        buffer = io.BytesIO(b'{"turns": [{"speaker": "user", "text": "Hello?"}]}\n')

    monkeypatch.setattr("sys.stdin", Typed)
    [path] = find_files([Path("-")])
    [conversation] = read_conversations(path)
    assert conversation.id == "stdin"


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("x.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\nAgent: Hello\n", 1),
        ("x.txt", "1\n00:00:01,000 --> 00:00:02,000\nAgent: Hello\n", 1),
        ("x.txt", '{"turns": [{"role": "user", "content": "Hello"}]}', 1),
        ("x.txt", "speaker;text\nuser;Hello\n", 1),
        ("x.csv", '[{"turns": [{"role": "user", "content": "Hello"}]}]', 1),
        ("x.json", "WEBVTT\n\n00:01.000 --> 00:02.000\nAgent: Hello\n", 1),
    ],
)
def test_first_bytes_tell_the_form_whatever_the_name(look_at, name, content, found):
    seen = look_at(name, content)
    assert [len(words) for words in seen.words] == [found]


@pytest.mark.parametrize("form", ["vcon", "wtf", "contact-lens"])
def test_a_named_format_that_does_not_fit_is_an_error(look, files, form):
    errors = look(files / "codebook.jsonl", format=form).errors
    assert len(errors) == 2
    assert all(error.hint for error in errors)


def test_a_named_format_is_used(look_at):
    assert look_at("x.dat", "who|said\n", format="table", columns=["speaker=who", "text=said"]).errors
    assert look_at("x.json", "00:01.000 --> 00:02.000\nAgent: Hello\n", format="webvtt").words == [
        [("agent", "Hello")]
    ]


def test_options_from_flags():
    options = ReadOptions.of(
        format="srt", speakers=["Dana=Agent", "A=B=customer", "IVR=ignore"], columns=["speaker=Who wrote"]
    )
    assert options.format is Format.SRT
    assert options.speakers == {"Dana": Speaker.AGENT, "A=B": Speaker.CUSTOMER, "IVR": None}
    assert options.columns == {Field.SPEAKER: "Who wrote"}


@pytest.mark.parametrize(
    ("flags", "says", "hint"),
    [
        ({"format": "webvt"}, 'Did you mean "webvtt"?', "srt"),
        ({"speakers": ["Dana"]}, "not a pair", "Dana=agent"),
        ({"speakers": ["Dana=agnet"]}, 'Did you mean "agent"?', "ignore"),
        ({"columns": ["who=Author"]}, '--column does not know "who"', "speaker"),
        ({"columns": ["=Author"]}, "not a pair", "speaker=Author"),
    ],
)
def test_flags_that_are_wrong_say_what_is_right(flags, says, hint):
    with pytest.raises(InputError) as caught:
        ReadOptions.of(**flags)
    assert says in caught.value.message
    assert hint in caught.value.hint
