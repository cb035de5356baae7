"""The draft of a follow-up, in the client's tone: made by rules from what the note tells, no language model.

A draft is for a person to read, change and send. What only they know stands in square brackets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coolhead.casework.contacts import Fate, Pledge
from coolhead.casework.follow_up import Kind, Why
from coolhead.casework.hours import Hours
from coolhead.casework.tone import Tone
from coolhead.codebook import Issue, Resolved
from coolhead.picture.quote import quotation

MOST_PLEDGES = 4
MOST_QUESTIONS = 2
STILL_OWED = (Fate.OPEN, Fate.UNCONFIRMED)
TOPICS = {
    Issue.DELIVERY: "your delivery",
    Issue.WRONG_ITEM: "the wrong item that you received",
    Issue.PRODUCT_DEFECT: "the fault that you reported",
    Issue.BILLING: "your bill",
    Issue.REFUND_RETURN: "your refund",
    Issue.OUTAGE: "the interruption of your service",
    Issue.ACCOUNT_ACCESS: "your access to your account",
    Issue.BOOKING_CHANGE: "your booking",
    Issue.CANCELLATION: "your cancellation",
    Issue.TECHNICAL_HELP: "the help that you asked for",
    Issue.STAFF_CONDUCT: "how you were treated",
    Issue.INFORMATION: "your question",
}
"""Each issue as a letter to the customer names it; any other is their request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a draft is made from.

    Attributes:
        tone: how the client sounds.
        hours: in whose time zone days are named.
        client: the client's name.
        customer: the customer's name; empty when not known.
        agent: who writes or calls; empty for nobody yet.
        spoke_at: when the conversation was.
        issue: what it was about; None while that is not clear.
        outcome: whether it was solved; None when that is not known.
        why: what made it rough.
        pledges: what was promised, and what became of it.
        questions: what the customer asked and nobody answered, in their (masked) words.
    """

    tone: Tone
    hours: Hours
    client: str
    customer: str
    agent: str
    spoke_at: datetime
    issue: Issue | None
    outcome: Resolved | None
    why: tuple[Why, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter, or what to say on the phone, which has no subject."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The wordings of one tone; `{…}` is filled in."""

    greeting: str
    greeting_unnamed: str
    calling: str
    subject: str
    about: str
    sorry: str
    thanks: str
    kept: str
    broken: str
    owed: str
    owed_by: str
    asked: str
    solved: str
    unsolved: str
    close: str
    sign: str


BANKS: dict[Tone, Bank] = {
    Tone.WARM: Bank(
        greeting="Hi {first},",
        greeting_unnamed="Hi there,",
        calling="Hi {first}, it's {agent} from {client}. Is this a good moment?",
        subject="How are things with {topic}?",
        about="We talked on {day} about {topic}, and I've been thinking of you since.",
        sorry="That was a rough one. You had every reason to be upset, and I'm sorry it came to that.",
        thanks="Thank you for bearing with us.",
        kept="Good news: we said we'd {what}, and that's done.",
        broken="We said we'd {what}, and we haven't. I'm sorry. Next: [what you will do, by when].",
        owed="We still owe you this: we'll {what}. I haven't forgotten it.",
        owed_by="We still owe you this: we'll {what} by {by}. I haven't forgotten it.",
        asked="You also asked {question}. Here's the answer: [your answer].",
        solved="Is everything still working out for you?",
        unsolved="I know it isn't sorted yet. This is where we are: [what has happened since].",
        close="If anything's off, just tell me. I'm here.",
        sign="Take care,\n{agent}\n{client}",
    ),
    Tone.PLAIN: Bank(
        greeting="Hello {first},",
        greeting_unnamed="Hello,",
        calling="Hello {first}, this is {agent} from {client}. Do you have a minute?",
        subject="Following up on {topic}",
        about="I am getting back to you about {topic}, which we talked about on {day}.",
        sorry="I am sorry about the trouble this has caused you.",
        thanks="Thank you for your patience.",
        kept="We said we would {what}. That is done.",
        broken="We said we would {what} and have not. I am sorry. Next: [what you will do, by when].",
        owed="Still to come: we will {what}.",
        owed_by="Still to come: we will {what} by {by}.",
        asked="You asked {question}. The answer: [your answer].",
        solved="Is everything in order now?",
        unsolved="It is not solved yet. Where it stands: [what has happened since].",
        close="If something is still wrong, please tell me.",
        sign="Best wishes,\n{agent}\n{client}",
    ),
    Tone.FORMAL: Bank(
        greeting="Dear {full},",
        greeting_unnamed="Dear customer,",
        calling="Good day, this is {agent} of {client}. May I speak with {full}?",
        subject="Our conversation about {topic}",
        about="I am contacting you with regard to our conversation of {day} about {topic}.",
        sorry="Please accept our apologies for the inconvenience that this matter has caused you.",
        thanks="We thank you for your patience.",
        kept="We undertook to {what}. This has been done.",
        broken="We undertook to {what} and have not done so. I apologise. Next: [what you will do, by when].",
        owed="We have undertaken to {what}. This remains our commitment.",
        owed_by="We have undertaken to {what} by {by}. This remains our commitment.",
        asked="You asked {question}. In answer: [your answer].",
        solved="May I ask whether the matter has been settled to your satisfaction?",
        unsolved="The matter is not yet settled. Its present state is as follows: [what has happened since].",
        close="Should anything remain open, please do not hesitate to let me know.",
        sign="Yours sincerely,\n{agent}\n{client}",
    ),
}


def write_draft(kind: Kind, facts: Facts) -> Draft:
    """A letter to the customer, or what to say when they are called."""
    bank, words = BANKS[facts.tone], _words(facts)
    body = [each.format(**words) for each in _body(bank, facts)]
    matters = [*_pledges(bank, facts), *_questions(bank, facts)]
    if kind is Kind.CALL:
        opening = bank.calling.format(**words)
        return Draft(subject="", text="\n".join([opening, *body, *matters, bank.close]))
    greeting = (bank.greeting if facts.customer.strip() else bank.greeting_unnamed).format(**words)
    parts = [greeting, " ".join(body), *matters, bank.close, bank.sign.format(**words)]
    return Draft(subject=bank.subject.format(**words), text="\n\n".join(parts))


def _body(bank: Bank, facts: Facts) -> Iterator[str]:
    yield bank.about
    yield bank.sorry if facts.why else bank.thanks
    owed = any(each.fate in STILL_OWED or each.fate.is_broken for each in facts.pledges)
    if facts.outcome in (Resolved.NO, Resolved.PARTLY) and not owed:
        yield bank.unsolved
    if facts.outcome is Resolved.YES:
        yield bank.solved


def _pledges(bank: Bank, facts: Facts) -> Iterator[str]:
    for pledge in [each for each in facts.pledges if each.fate is not Fate.RELEASED][-MOST_PLEDGES:]:
        what = _plain(pledge.what)
        if pledge.fate is Fate.KEPT:
            yield bank.kept.format(what=what)
        elif pledge.fate.is_broken:
            yield bank.broken.format(what=what)
        elif pledge.due:
            yield bank.owed_by.format(what=what, by=_time(pledge.due, facts.hours))
        else:
            yield bank.owed.format(what=what)


def _questions(bank: Bank, facts: Facts) -> Iterator[str]:
    for question in facts.questions[-MOST_QUESTIONS:]:
        yield bank.asked.format(question=quotation(question))


def _words(facts: Facts) -> dict[str, str]:
    name = " ".join(facts.customer.split())
    return {
        "first": name.split()[0] if name else "there",
        "full": name or "the customer",
        "agent": facts.agent or "[your name]",
        "client": facts.client,
        "topic": TOPICS.get(facts.issue or Issue.OTHER, "your request"),
        "day": _day(facts.spoke_at, facts.hours),
    }


def _plain(what: str) -> str:
    """A promise without the mark at its end."""
    return what.strip().rstrip(".!")


def _day(at: datetime, hours: Hours) -> str:
    local = hours.local(at)
    return f"{local:%A}, {local.day} {local:%B}"


def _time(at: datetime, hours: Hours) -> str:
    return f"{_day(at, hours)}, {hours.local(at):%H:%M}"
