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
    "We pick it up 7.05 from your side": "7.05",
    "She looks in at nine tomorrow": "at nine tomorrow",
    "The lamps go up tomorrow": "tomorrow",
    "He is with you on Saturday for two hours": "on Saturday",
    "I'll know in up to 3 days": "in up to 3 days",
    "Yours by five ish": "by five ish",
    "It's Thursday noon at the latest.": "Thursday noon at the latest",
    "We come Sat morning": "Sat morning",
    "I'll ring on the eighteenth that gives us two goes": "on the eighteenth",
    "either we fit it today or we pay": "today",
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
    "That is £310 for three nights.",
    "I'll put you on hold for a minute",
    "The five weeks' interest is yours as well.",
    "The 24-hour line is closed.",
    "I'll write the second it turns into your road.",
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
        ("I'll write the second it turns into your road", "the second it turns into your road", Kind.EVENT),
        ("They'll ring when they have a gap", "when they have a gap", Kind.OPEN),
        ("It'll be looked at as soon as they can.", "as soon as they can", Kind.OPEN),
        ("You'll hear promptly", "promptly", Kind.OPEN),
        ("We'll get to it as soon as possible", "as soon as possible", Kind.OPEN),
        ("Someone will ring shortly", "shortly", Kind.OPEN),
        ("I'll do that right away", "right away", Kind.NOW),
        ("I will write every two hours", "every two hours", Kind.AGAIN),
    ],
)
def test_words_that_answer_without_a_time(text: str, words: str, kind: Kind) -> None:
    assert [(text[each.start : each.end], each.kind) for each in find_phrases(text)] == [(words, kind)]
