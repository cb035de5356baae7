import pytest

from coolhead.perception.when import Kind, find_phrases

TIMES = {
    "I'll call you by Thursday.": "by Thursday",
    "ill ring you at half past eight tomorrow morning before school": "at half past eight tomorrow morning",
    "You'll have it within the next 24 hours": "within the next 24 hours",
    "Perth van's booked for Thursday, two till four, and it is loaded": "for Thursday, two till four",
    "the crew comes between eight and ten thursday": "between eight and ten thursday",
    "It lands on the 12th how about that": "on the 12th",
    "Please allow 3-5 business days for it": "3-5 business days",
    "then ill be there at six myself": "at six",
}
NO_TIMES = [
    "Good morning, thank you for calling.",
    "You have been with us eleven years.",
    "It is £12 a month.",
    "The fee is £5.50 and the rest is 30%.",
    "It came two days ago.",
    "Our office is at 5 percent of capacity.",
    "We live on the third floor.",
    "See https://help.example/7d/10 for that.",
    "May I have your name?",
]


@pytest.mark.parametrize(("text", "words"), TIMES.items())
def test_words_that_name_a_time(text: str, words: str) -> None:
    assert [text[each.start : each.end] for each in find_phrases(text) if each.kind is Kind.TIME] == [words]


@pytest.mark.parametrize("text", NO_TIMES)
def test_words_that_name_none(text: str) -> None:
    assert [each for each in find_phrases(text) if each.kind is Kind.TIME] == []


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("We will write once the refund is processed.", "once the refund is processed", Kind.EVENT),
        (
            "It is released within 48 hours of it landing, sir.",
            "within 48 hours of it landing",
            Kind.EVENT,
        ),
        ("I'll stay until you have it and then go", "until you have it", Kind.EVENT),
        ("We'll get to it as soon as possible", "as soon as possible", Kind.OPEN),
        ("Someone will ring shortly", "shortly", Kind.OPEN),
        ("I'll do that right away", "right away", Kind.NOW),
        ("I will write every two hours", "every two hours", Kind.AGAIN),
    ],
)
def test_words_that_answer_without_a_time(text: str, words: str, kind: Kind) -> None:
    assert [(text[each.start : each.end], each.kind) for each in find_phrases(text)] == [(words, kind)]
