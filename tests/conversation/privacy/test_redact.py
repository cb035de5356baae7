from __future__ import annotations

import json
from itertools import count, islice

from coolhead.conversation.privacy import redact
from coolhead.errors import FileError


def run(lines: list[str], *, as_json: bool = False) -> tuple[list[str], list[FileError]]:
    errors: list[FileError] = []
    return list(redact(lines, as_json=as_json, on_error=errors.append)), errors


def test_plain_lines_come_out_masked_one_for_one() -> None:
    out, errors = run(["my mobile is 07700 900456\n", "\n", "order 44718290\r\n"])
    assert out == ["my mobile is [PHONE]", "", "order 44718290"]
    assert errors == []


def test_a_plain_line_answers_the_line_before() -> None:
    out, _ = run(["And the CVV?", "581"])
    assert out == ["And the CVV?", "[CVV]"]


def test_digits_may_come_over_several_lines() -> None:
    out, _ = run(
        [
            "What is the card number?",
            "four seven one six",
            "go on",
            "eight nine three seven",
            "okay",
            "double two",
        ]
    )
    assert out == ["What is the card number?", "[CARD]", "go on", "[CARD]", "okay", "[CARD]"]


def test_plain_lines_as_json_have_their_number_as_id() -> None:
    out, _ = run(["hello", "pin is 4419"], as_json=True)
    assert [json.loads(line) for line in out] == [
        {"id": 1, "text": "hello", "spans": []},
        {"id": 2, "text": "pin is [SECRET]", "spans": [{"start": 7, "end": 11, "type": "SECRET"}]},
    ]


def test_jsonl_keeps_its_ids_and_reads_the_turn_before() -> None:
    lines = [
        json.dumps({"id": "a", "before": "What's the sort code?", "text": "20-45-67"}),
        json.dumps({"id": 7, "before": ["card number?", "[CARD]", "go on"], "text": "one one two two"}),
        json.dumps({"id": None, "before": None, "text": "20-45-67"}),
        json.dumps({"text": "no id"}),
    ]
    out, errors = run(lines)
    assert [json.loads(line) for line in out] == [
        {"id": "a", "text": "[BANK_ACCOUNT]"},
        {"id": 7, "text": "[CARD]"},
        {"id": None, "text": "20-45-67"},
        {"id": 4, "text": "no id"},
    ]
    assert errors == []


def test_a_bad_line_is_named_and_the_others_go_on() -> None:
    out, errors = run(
        ['{"id": 1, "text": "one"}', '{"id": 2, "text"', "", "[3]", '{"id": 5}', '{"id": 6, "text": "six"}']
    )
    assert [json.loads(line)["id"] for line in out] == [1, 6]
    assert [(error.line, error.code) for error in errors] == [(n, "unreadable_file") for n in (2, 4, 5)]
    assert "not JSON" in errors[0].message
    assert 'no "text"' in errors[1].message
    assert all(error.hint for error in errors)


def test_errors_do_not_repeat_the_line() -> None:
    _, errors = run(
        ['{"id": 1, "text": "x"}', '{"text": 4716893722815510, "note": "secret"}', "my pin is 4419"]
    )
    assert len(errors) == 2
    assert not any("4716" in str(error) or "4419" in str(error) for error in errors)


def test_offsets_count_code_points_of_the_text_as_given() -> None:
    text = "😀 my e-mail is zoë@example.org 😀"
    out, _ = run([json.dumps({"id": 1, "text": text})], as_json=True)
    (span,) = json.loads(out[0])["spans"]
    assert text[span["start"] : span["end"]] == "zoë@example.org"


def test_half_a_surrogate_pair_can_be_written() -> None:
    out, _ = run(['{"id": 1, "text": "\\ud83d hello"}'])
    assert out[0].encode()


def test_a_byte_order_mark_does_not_hide_jsonl() -> None:
    out, errors = run(['\ufeff{"id": 1, "text": "hello"}'])
    assert json.loads(out[0]) == {"id": 1, "text": "hello"}
    assert errors == []


def test_an_endless_stream_is_masked_as_it_comes() -> None:
    lines = (f"line {number}" for number in count())
    assert len(list(islice(redact(lines, on_error=lambda _: None), 5))) == 5
