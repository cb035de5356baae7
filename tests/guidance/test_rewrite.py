"""Better words for a draft: what is offered, when nothing is, and that no fact is lost or made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Misstep
from coolhead.guidance.rewrite import BLANK, Rewrite, facts, rewrite
from coolhead.perception.reading import Evidence, Reading, Sign
from tests.guidance.talk import Talk, customer


def offered(draft: str, misstep: str, *words: str, heat: int = 2, at: int | None = None) -> Rewrite | None:
    talk = Talk()
    talk.hear(customer(heat, *words))
    sign = Sign(Misstep(misstep), 0.9, Evidence(at, None if at is None else at + 1))
    return rewrite(draft, talk.picture, Reading(missteps=(sign,)))


def mended(draft: str, misstep: str, *words: str, heat: int = 2, at: int | None = None) -> str | None:
    """The whole draft with the rewrite in its place."""
    better = offered(draft, misstep, *words, heat=heat, at=at)
    return better and draft[: better.start] + better.text + draft[better.end :]


CAN = "What I can do is [the nearest thing you can offer]."

BETTER = [
    ("negative_language", "I can't send anyone before Friday.", "The earliest I can send someone is Friday."),
    (
        "negative_language",
        "Sorry, but we can't ship any orders until next Monday, the depot is closed.",
        "I'm sorry about that. The earliest we can ship orders is next Monday, the depot is closed.",
    ),
    (
        "negative_language",
        "I cannot call you before 3pm tomorrow",
        "The earliest I can call you is 3pm tomorrow.",
    ),
    (
        "negative_language",
        "i cant book you in before the 14th",
        "The earliest I can book you in is the 14th.",
    ),
    (
        "negative_language",
        "We cannot refund you until we receive the item.",
        "As soon as we receive the item, we can refund you.",
    ),
    ("negative_language", "I can't help unless you send a photo.", "If you send a photo, I can help."),
    ("negative_language", "I can't open it without your passport.", "With your passport, I can open it."),
    (
        "negative_language",
        "There is nothing I can do.",
        "What I can do is [a step you can take, even a small one].",
    ),
    (
        "negative_language",
        "That's not possible.",
        "What I can do instead is [the nearest thing you can offer].",
    ),
    ("negative_language", "Unfortunately we can't refund £40.", f"Unfortunately we can't refund £40. {CAN}"),
    (
        "negative_language",
        "I don't know when the engineer will come.",
        "Let me find out when the engineer will come; I'll tell you by [day and time].",
    ),
    (
        "negative_language",
        "You have to fill in the form first.",
        "Please fill in the form first, and I'll [what you do then].",
    ),
    ("dismissive", "Please calm down.", "I can hear how frustrating this is."),
    (
        "dismissive",
        "Thanks. Calm down and tell me your order number.",
        "Thanks. I can hear how frustrating this is. Please tell me your order number.",
    ),
    ("dismissive", "Sir, there's no need to shout.", "I can hear how frustrating this is."),
    ("defensive", "That's not our fault.", "I'm sorry this happened. Let me see what I can do about it."),
    ("defensive", "You should have read it.", "Let's look at what we can do from here: [the next step]."),
    ("defensive", "You didn't send us the receipt.", "Could you send me the receipt, please?"),
    ("defensive", "The system won't let me do that.", f"I don't have a way to do that myself. {CAN}"),
    ("vague_commitment", "I'll get back to you soon.", "I'll get back to you by [day and time]."),
    (
        "vague_commitment",
        "Thanks. Someone will call you as soon as possible.",
        "Thanks. Someone will call you by [day and time].",
    ),
    (
        "vague_commitment",
        "I'll check with the depot and let you know.",
        "I'll check with the depot and let you know by [day and time].",
    ),
    (
        "vague_commitment",
        "I'll let you know as soon as I hear back.",
        "I'll let you know as soon as I hear back, and by [day and time] either way.",
    ),
    (
        "overpromise",
        "I guarantee it will arrive tomorrow.",
        "It should arrive tomorrow. I'll check on [day], and tell you if anything has changed.",
    ),
    (
        "overpromise",
        "You'll definitely get the refund by Friday.",
        "You should get the refund by Friday. I'll check on [day], and tell you if anything has changed.",
    ),
    ("scripted", "We apologise for any inconvenience caused.", "I'm sorry about [what happened to them]."),
    ("scripted", "Rest assured that the refund takes 5 days.", "The refund takes 5 days."),
    ("jargon", "We missed the SLA for this one.", "We missed the promised time for this one."),
    ("jargon", "You need an RMA.", "You need a return number."),
    ("rude", "That's not my problem.", "Let me see what I can do: [the nearest thing you can offer]."),
    (
        "asks_again",
        "Could you give me your order number again?",
        "I have your order number as [what they gave you]; is that right?",
    ),
]


@pytest.mark.parametrize(("misstep", "draft", "better"), BETTER, ids=[draft for _, draft, _ in BETTER])
def test_a_better_wording(misstep: str, draft: str, better: str) -> None:
    assert mended(draft, misstep) == better


QUIET = [
    ("negative_language", "I can't do that today, but I can offer you a voucher."),
    ("negative_language", "Can't you wait until Friday?"),
    ("negative_language", "You have to wait until Friday."),
    ("negative_language", "You have to understand that we are busy."),
    ("negative_language", "I can't promise not to call before Friday. Would you like an email?"),
    ("negative_language", "If it isn't possible, let me know."),
    ("dismissive", "It's only a small delay."),
    ("defensive", "You should have called within 14 days."),
    ("defensive", "The courier lost it."),
    ("vague_commitment", "We will refund you if it is broken."),
    ("vague_commitment", "I'll call you by noon."),
    ("vague_commitment", "Will someone call me?"),
    ("vague_commitment", "We will do our best."),
    ("overpromise", "I promise I will call you."),
    ("overpromise", "You will never see a delay again and we guarantee it."),
    ("jargon", "Your SKU and your RMA are wrong."),
    ("rude", "Well, you would say that."),
    ("premature_solution", "I'll send you a new one."),
    ("interrupts", "Let me stop you there."),
]


@pytest.mark.parametrize(("misstep", "draft"), QUIET, ids=[draft for _, draft in QUIET])
def test_quiet_rather_than_wrong(misstep: str, draft: str) -> None:
    assert mended(draft, misstep) is None


def test_without_a_misstep_nothing_is_offered() -> None:
    assert rewrite("Please calm down.", Talk().picture, Reading()) is None


def test_the_feeling_named_is_the_one_shown() -> None:
    assert mended("Calm down.", "dismissive", heat=3) == "I can hear how angry this has made you."
    assert mended("Calm down.", "dismissive", heat=1) == "I can see that this matters to you."


def test_a_feeling_passed_over_is_named_first_where_its_cause_is_known() -> None:
    draft = "Okay, you'd need to fill out a log. It takes 5 minutes."
    better = "The way you have had to keep asking is frustrating; I can see that. " + draft
    assert mended(draft, "dismissive", "repeat_contact") == better
    assert mended(draft, "dismissive") is None
    assert mended("It's just a log.", "dismissive", "repeat_contact") is None


def test_a_stock_apology_becomes_one_for_what_happened() -> None:
    said = mended("Hi Sam. We are sorry for any inconvenience. Best, Jo", "scripted", "repeat_contact")
    assert said == "Hi Sam. I'm sorry about the way you have had to keep asking. Best, Jo"
    said = mended("I understand your frustration.", "scripted", "broken_promise")
    assert said == "The promise that was not kept is frustrating; I can see that."


def test_what_sounds_canned_to_someone_upset_is_said_for_them() -> None:
    hear = "Sorry to hear that, Ms Ito. I'm sorry to hear that."
    assert mended(hear, "scripted", "effort", at=30) == (
        "Sorry to hear that, Ms Ito. I'm sorry about how much of your time this has taken."
    )
    else_ = "Is there anything else I can help you with today?"
    assert mended(else_, "scripted") == "Is there anything about this that is still open for you today?"
    assert mended(else_, "scripted", heat=1) is None


def test_the_sentence_that_the_evidence_points_to_comes_first() -> None:
    draft = "I'll call you soon. I'll send you the form shortly."
    assert (
        mended(draft, "vague_commitment", at=25)
        == "I'll call you soon. I'll send you the form by [day and time]."
    )
    assert (
        mended(draft, "vague_commitment")
        == "I'll call you by [day and time]. I'll send you the form shortly."
    )


def test_the_worst_misstep_is_mended_first() -> None:
    signs = tuple(Sign(Misstep(word), 0.9, Evidence()) for word in ("vague_commitment", "dismissive"))
    talk = Talk()
    talk.hear(customer(2))
    better = rewrite("Calm down. I'll call you soon.", talk.picture, Reading(missteps=signs))
    assert better
    assert better.misstep is Misstep.DISMISSIVE
    assert better.why == "The draft passes over the feeling; name it instead."


WHO = st.sampled_from(["I", "We", "they", "Sorry, but we", "Unfortunately I", "DHL", "Ms Ito"])
CANNOT = st.sampled_from(
    ["can't", "cannot", "won't be able to", "will", "'ll definitely", "should have", "promise to"]
)
ACT = st.sampled_from(
    [
        "send anyone",
        "refund £40.50",
        "book you in",
        "call Dana at 3pm",
        "ship any orders to Leeds",
        "calm down",
        "get back to you",
    ]
)
TAIL = st.sampled_from(
    [
        "before Friday",
        "until the 14th",
        "until we hear from Priya",
        "without your passport",
        "soon",
        "by 5 May",
        "unless you pay 20%",
        "",
    ]
)
END = st.sampled_from([".", "!", "", "?", " - Sam", ", it is closed until 9:30."])
BEFORE = st.sampled_from(
    ["", "Hi Ana. ", "Order 55-81 is late.\n", "Calm down. ", "We apologise for any inconvenience. "]
)


@given(
    BEFORE,
    WHO,
    CANNOT,
    ACT,
    TAIL,
    END,
    st.sampled_from(Misstep),
    st.sampled_from(["effort", "policy", "thanks"]),
)
def test_no_fact_is_lost_and_none_is_made_up(
    before: str, who: str, cannot: str, act: str, tail: str, end: str, misstep: Misstep, word: str
) -> None:
    draft = f"{before}{who} {cannot} {act} {tail}{end}"
    better = offered(draft, misstep.value, word)
    if better:
        told = facts(BLANK.sub("", better.text))
        assert told <= facts(draft)
        assert told >= facts(draft[better.start : better.end])
        assert better.text[0].isupper() or better.text[0] == draft[better.start]
        assert better.text.rstrip()[-1] in ".?!" or better.text[-1] == draft[better.end - 1]
        assert 0 <= better.start < better.end <= len(draft)
