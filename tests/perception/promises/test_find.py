from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Promiser, Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.promises import find_promises
from coolhead.perception.reading import Promise

NOW = datetime(2026, 3, 18, 14, 20, tzinfo=timezone(timedelta(hours=8)))


def said(*lines: str) -> tuple[Promise, ...]:
    """Promises of the last line; the first speaker is told before the words."""
    turns = []
    for place, line in enumerate(lines):
        speaker, words = line.split(": ", 1)
        turns.append(Turn(id=str(place), speaker=Speaker(speaker), text=words, place=float(place)))
    return find_promises(turns[-1], turns[:-1], NOW)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=NOW.tzinfo)


PROMISES = [
    (
        "I'll call you back by Thursday.",
        "call the customer back",
        Promiser.AGENT,
        "by Thursday",
        at(19, 23, 59),
    ),
    (
        "ill ring you first thing tomorrow",
        "ring the customer",
        Promiser.AGENT,
        "first thing tomorrow",
        at(19, 9),
    ),
    (
        "We will send a new charger within 3 to 5 business days.",
        "send a new charger",
        Promiser.COMPANY,
        "within 3 to 5 business days",
        at(25, 23, 59),
    ),
    (
        "You will receive a confirmation email within the hour.",
        "send a confirmation email",
        Promiser.COMPANY,
        "within the hour",
        at(18, 15, 20),
    ),
    (
        "My supervisor will ring you within two hours.",
        None,
        Promiser.SUPERVISOR,
        "within two hours",
        at(18, 16, 20),
    ),
    (
        "Someone will get back to you soon.",
        "have someone get back to the customer",
        Promiser.COMPANY,
        None,
        None,
    ),
    ("I'll email you as soon as possible.", "email the customer", Promiser.AGENT, None, None),
    (
        "We will notify you by email once the refund is processed.",
        None,
        Promiser.COMPANY,
        "once the refund is processed",
        None,
    ),
    (
        "the engineer will be with you by half past five",
        None,
        Promiser.COMPANY,
        "by half past five",
        at(18, 17, 30),
    ),
]


@pytest.mark.parametrize(("words", "what", "who", "when", "due"), PROMISES)
def test_a_promise_is_found(
    words: str, what: str | None, who: Promiser, when: str | None, due: datetime | None
) -> None:
    (promise,) = said("customer: And what happens now?", f"agent: {words}")
    assert (promise.who, promise.when, promise.due) == (who, when, due)
    assert promise.what == (what or promise.what)
    assert words[promise.evidence.start : promise.evidence.end] == words.rstrip(".")


@pytest.mark.parametrize(
    "words",
    [
        "Let me check that for you.",
        "If it isn't there by Friday, we will refund you.",
        "if you send it by friday we'll refund it the same day",
        "I'm sorry, I can't promise it will be there by Monday.",
        "Shall I book the engineer for Tuesday at ten?",
        "Would you like me to send a new one by Tuesday?",
        "I've already refunded the fee.",
        "You need to send us the form by Friday.",
        "Refunds usually take three to five business days.",
        "Hopefully it will be there by Monday.",
        "I would ring you tomorrow if I could.",
        "I wish I could get it to you today.",
        "What time did the driver come on Tuesday?",
        "Thank you for waiting so long.",
        "Good morning, my name is Ana, how can I help?",
    ],
)
def test_what_only_looks_like_a_promise(words: str) -> None:
    assert said("customer: And what happens now?", f"agent: {words}") == ()


def test_several_promises_in_one_turn() -> None:
    found = said(
        "customer: It leaks again.",
        "agent: Sorry. The plumber will be with you tomorrow morning, and I'll ring you at six to hear.",
    )
    assert [(each.who, each.when, each.due) for each in found] == [
        (Promiser.COMPANY, "tomorrow morning", at(19, 12)),
        (Promiser.AGENT, "at six", at(18, 18)),
    ]


def test_the_customer_names_the_time_and_the_agent_agrees() -> None:
    (promise,) = said("customer: Can you have it here by Friday?", "agent: Yes, we'll do that.")
    assert (promise.what, promise.when, promise.due) == ("have it here", "by Friday", at(20, 23, 59))


AGREED = [
    ("Will you ring me tomorrow at 3?", "Yes I will, Mr Dale.", "ring the customer", at(19, 15)),
    (
        "i need it fixed by tonight",
        "No problem at all, I'll make sure of it.",
        "get it fixed",
        at(18, 23, 59),
    ),
    ("ring me back in half an hour please", "consider it done", "ring the customer back", at(18, 14, 50)),
    ("can i have the form in my inbox tonight", "ok done deal", None, at(18, 23, 59)),
    ("Could the fitter come Friday morning?", "He can, yes.", None, at(20, 12)),
    ("What about Thursday at two?", "Thursday at two it is.", "make it", at(19, 14)),
    (
        "Can you get it here by Saturday?",
        "Yes, we can do that, it'll be there.",
        "get it here",
        at(21, 23, 59),
    ),
    ("Can you phone me tomorrow?", "Yes, I'll phone you.", "phone the customer", at(19, 23, 59)),
]


@pytest.mark.parametrize(("asked", "answer", "what", "due"), AGREED)
def test_agreeing_is_one_promise_with_the_time_asked_for(
    asked: str, answer: str, what: str | None, due: datetime
) -> None:
    (promise,) = said(f"customer: {asked}", f"agent: {answer}")
    assert (promise.what, promise.due) == (what or promise.what, due)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("I need it by Friday.", "Yes, I understand you want it by Friday."),
        ("I need it by Friday.", "Okay."),
        ("Can you get it here by Saturday?", "I'd like to, but the depot is shut."),
        ("will you call me tomorrow at 3", "i'll see what i can do"),
        ("I'll pay it on Friday, ok?", "Yes, that's fine."),
        ("Can I drop the box off on Monday?", "Of course you can."),
        ("You said Friday and it never came.", "Yes, you're right."),
        ("Are you open on Sunday?", "Yes, we are."),
        ("Shall I ring you back on Thursday?", "Yes please."),
        ("Can you text me when he's ten minutes away?", "Of course I can."),
    ],
)
def test_what_only_sounds_like_agreeing(words: str, answer: str) -> None:
    assert [each.due for each in said(f"customer: {words}", f"agent: {answer}") if each.due] == []


def test_the_customer_picks_a_time_that_was_offered() -> None:
    offer = "agent: We can do Thursday or Friday for the fitting, which is better?"
    (promise,) = said(offer, "customer: friday please", "agent: Great, all set.")
    assert (promise.when, promise.due) == ("friday", at(20, 23, 59))


@pytest.mark.parametrize(
    ("words", "dues"),
    [
        ("The refund lands Friday.", [at(20, 23, 59)]),
        ("A van collects the old fridge tomorrow morning.", [at(19, 12)]),
        ("You're getting a call from Dana at four.", [at(18, 16)]),
        ("Your new card is on its way, Thursday latest.", [at(19, 23, 59)]),
        ("Give me until 4:30 and I'll have the answer.", [at(18, 16, 30)]),
        ("I've asked my manager to call you before noon tomorrow.", [at(19, 12)]),
        ("I'll email it today and call you Friday.", [at(18, 23, 59), at(20, 23, 59)]),
        ("I'll post it tomorrow, and text you on Saturday.", [at(19, 23, 59), at(21, 23, 59)]),
        ("we will waive the fee on your next bill", [None]),
        ("The crew left the depot at ten past.", []),
        ("The flight leaves at seven tomorrow morning.", []),
        ("Parcels leave our warehouse every night at ten.", []),
        ("You'll need to bring your passport tomorrow.", []),
    ],
)
def test_plain_forms_without_the_future(words: str, dues: list[datetime | None]) -> None:
    assert [each.due for each in said("customer: And now?", f"agent: {words}")] == dues


@pytest.mark.parametrize(
    "answer", ["Done.", "Okay, that's all arranged for you.", "Lovely. Anything else today?"]
)
def test_an_accepted_offer_is_a_promise_of_the_turn_after(answer: str) -> None:
    offer = "agent: Would you like me to send a new one by Tuesday?"
    (promise,) = said(offer, "customer: yes please", f"agent: {answer}")
    assert (promise.what, promise.when, promise.due) == ("send a new one", "by Tuesday", at(24, 23, 59))


@pytest.mark.parametrize("answer", ["no thanks", "yes but not by Tuesday", "what would it cost?"])
def test_an_offer_not_accepted_is_none(answer: str) -> None:
    assert said("agent: Shall I send a new one by Tuesday?", f"customer: {answer}", "agent: All right.") == ()


@pytest.mark.parametrize(
    ("offer", "accepted", "answer"),
    [
        ("I can put a block on it for ten days.", "Fine, do that.", "What is the plate, please?"),
        ("Can I take some details today?", "yes okay", "When did it begin?"),
        ("How can I make your week?", "You could get Monday right.", "Oh no! What went wrong?"),
        ("I can tell you the slots, Tuesday at six or Sunday.", "Okay.", "One is upstairs, one is not."),
        ("I can refund it this week.", "yes do that", "Before that, may I offer a month free?"),
        ("It is five to seven days.", "Seven days?! Can I just send it back?", "Of course. Which one is it?"),
    ],
)
def test_what_only_sounds_like_an_offer_that_was_accepted(offer: str, accepted: str, answer: str) -> None:
    assert said(f"agent: {offer}", f"customer: {accepted}", f"agent: {answer}") == ()


@pytest.mark.parametrize(
    ("words", "dues"),
    [
        ("You'll have the ring on Monday and the papers by the 2nd.", [at(23, 23, 59), (4, 2)]),
        ("We'll post the lamp today and the shade by Friday.", [at(18, 23, 59), at(20, 23, 59)]),
        ("I'll ring you tomorrow between nine and ten.", [at(19, 10)]),
        ("On the 27th I'll write to hear how she is.", [at(27, 23, 59)]),
        ("From Friday he'll start at your end of the road.", [at(20, 23, 59)]),
    ],
)
def test_things_and_times_belong_together(words: str, dues: list[datetime | tuple[int, int]]) -> None:
    wanted = [
        each if isinstance(each, datetime) else at(18, 23, 59).replace(month=each[0], day=each[1])
        for each in dues
    ]
    assert [each.due for each in said("customer: And now?", f"agent: {words}")] == wanted


def test_a_thing_without_a_verb_of_its_own_is_given_too() -> None:
    _, papers = said("customer: Well?", "agent: You'll have the ring on Monday and the papers by the 2nd.")
    assert papers.what == "get the customer the papers"


@pytest.mark.parametrize(
    "words",
    [
        "You're driving your mother home tomorrow.",
        "We can either swap it by Friday or pay you back.",
        "It comes to £90 for three nights.",
        "The 24-hour line was shut at ten.",
    ],
)
def test_other_deeds_lengths_and_efforts_are_none(words: str) -> None:
    assert said("customer: And now?", f"agent: {words}") == ()


@pytest.mark.parametrize(
    ("words", "dues"),
    [
        ("We cannot guarantee it will get there tomorrow.", []),
        ("While I cannot guarantee it will be there today, I will ring you at five.", [at(18, 17)]),
        ("I can't promise it'll be Monday, but I'll ring you on Friday.", [at(20, 23, 59)]),
        ("I guarantee it'll be there by Friday.", [at(20, 23, 59)]),
    ],
)
def test_what_is_not_guaranteed_is_none(words: str, dues: list[datetime]) -> None:
    assert [each.due for each in said("customer: And now?", f"agent: {words}")] == dues


def test_a_wish_gives_its_time_only_to_the_deed_wished_for() -> None:
    found = said(
        "customer: Can you deliver it on Friday?", "agent: Yes. I'll ask the driver to deliver with care."
    )
    assert [each.due for each in found if each.what.startswith("ask")] in ([], [None])


def test_an_accepted_offer_that_is_taken_back_is_none() -> None:
    offer = "agent: Shall I send a new one by Tuesday?"
    assert said(offer, "customer: yes please", "agent: Sorry, they have just sold out.") == ()


def test_a_supervisor_promises_as_one() -> None:
    (promise,) = said("customer: Well?", "supervisor: I'll ring you at noon on Friday.")
    assert (promise.who, promise.due) == (Promiser.SUPERVISOR, at(20, 12))


def test_customers_promise_nothing_that_counts() -> None:
    assert said("agent: Could you send the form?", "customer: I'll send it by Friday.") == ()


def test_that_afternoon_is_of_the_day_just_promised() -> None:
    found = said(
        "customer: And when will I know?",
        "agent: I'll take it to the panel on Friday at ten. I'll phone you that afternoon with the answer.",
    )
    assert [each.due for each in found] == [at(20, 10), at(20, 18)]


def test_without_a_clock_the_words_stay_and_nothing_is_due() -> None:
    turn = Turn(id="1", speaker=Speaker.AGENT, text="I'll call you back by Thursday.")
    (promise,) = find_promises(turn, [], None)
    assert (promise.when, promise.due) == ("by Thursday", None)


@given(st.text(max_size=200), st.text(max_size=80))
def test_any_words_are_read_and_evidence_lies_within_them(words: str, before: str) -> None:
    turn = Turn(id="2", speaker=Speaker.AGENT, text=words)
    earlier = [Turn(id="1", speaker=Speaker.CUSTOMER, text=before)]
    for promise in find_promises(turn, earlier, NOW):
        start, end = promise.evidence.start, promise.evidence.end
        assert start is not None
        assert end is not None
        assert 0 <= start < end <= len(words)
        assert promise.what
