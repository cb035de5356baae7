"""The vocabulary: all that Coolhead can say of a turn or a conversation, each term with its definition.

The terms and definitions are those of the codebook (docs/reference/codebook.md). A term names what words
and timing show, never what a person is.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Self


class Term(StrEnum):
    """A word of the codebook; its value is the word, `definition` says what shows it."""

    definition: str

    def __new__(cls, value: str, definition: str = "") -> Self:
        """Makes a member of its value and its definition."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.definition = definition
        term.__doc__ = definition
        return term

    @property
    def words(self) -> str:
        """The term as people read it: `asks_supervisor` is "asks supervisor"."""
        return self.value.replace("_", " ")


class Heat(IntEnum):
    """How worked up one customer turn is."""

    definition: str

    def __new__(cls, value: int, definition: str = "") -> Self:
        """Makes a member of its value and its definition."""
        heat = int.__new__(cls, value)
        heat._value_ = value
        heat.definition = definition
        heat.__doc__ = definition
        return heat

    CALM = 0, "neutral, friendly, relieved, thankful"
    TENSE = 1, "mild displeasure, worry, impatience; a complaint told politely"
    FRUSTRATED = 2, "clearly annoyed or disappointed; repeats, sighs; icy politeness"
    ANGRY = 3, "open anger: accusations, demands, threats to leave, shouting in text"
    FURIOUS = 4, "out of control or abusive: insults, harassment, threats of harm, swearing at the agent"

    @property
    def words(self) -> str:
        """The level as people read it: "frustrated"."""
        return self.name.lower()


class Behaviour(Term):
    """What a customer turn does, any number."""

    ANGRY = "angry", "open anger"
    PASSIVE_AGGRESSIVE = "passive_aggressive", "sarcasm, backhanded thanks, stonewalling"
    INDECISIVE = "indecisive", "keeps changing their mind or cannot choose, reopens what was settled"
    ABUSIVE = "abusive", "insult, harassment or threat aimed at the agent or staff"


class Abuse(Term):
    """The worst kind of abuse that a customer turn shows, one."""

    NONE = "none", "no abuse"
    PROFANITY = "profanity", "swearing not aimed at anyone"
    INSULT = "insult", "demeaning the agent or staff"
    HARASSMENT = "harassment", "sexual, or hateful about who someone is"
    THREAT = "threat", "of harm to people or property"

    @property
    def is_personal(self) -> bool:
        """True for what is aimed at a person; swearing at the situation is not abuse of a person."""
        return self in (Abuse.INSULT, Abuse.HARASSMENT, Abuse.THREAT)


class Trigger(Term):
    """What upset the customer, any number; the turn that shows it."""

    UNMET_EXPECTATION = "unmet_expectation", "product or service did not do what was expected"
    BROKEN_PROMISE = "broken_promise", "someone said they would and did not"
    REPEAT_CONTACT = "repeat_contact", "has had to contact about this before"
    MISCOMMUNICATION = "miscommunication", "was told different or wrong things, unclear terms"
    UNHEARD = "unheard", "feels ignored, interrupted, read a script to, or not believed"
    EFFORT = "effort", "waiting, transfers, hoops, repeating details"
    POLICY = "policy", "refused by a rule"
    EXTERNAL_STRESS = "external_stress", "personal pressure that is not the company's doing"


class Cue(Term):
    """What a customer turn signals, any number."""

    CHURN_THREAT = "churn_threat", "threatens to leave"
    PUBLIC_THREAT = "public_threat", "review, press, social media"
    LEGAL_THREAT = "legal_threat", "lawyer, regulator, ombudsman, chargeback, police"
    ASKS_SUPERVISOR = "asks_supervisor", "wants a supervisor"
    SAFETY_RISK = "safety_risk", "someone may come to harm, or is vulnerable"
    CONFIRMS = "confirms", "accepts a restatement or an offer"
    REJECTS = "rejects", "refuses or corrects it"
    THANKS = "thanks", "sincere thanks"
    PRAISE = "praise", "sincere praise, promises to return or recommend"


class Technique(Term):
    """What an agent turn does well, any number; also what a card advises."""

    GREETING = "greeting", "opens, introduces self"
    USES_NAME = "uses_name", "addresses the customer by name"
    INVITES_STORY = "invites_story", "asks them to tell it, signals listening"
    CLARIFYING_QUESTION = "clarifying_question", "asks for a fact needed to solve it"
    PARAPHRASE = "paraphrase", "restates the problem or need in own words, or checks that understanding"
    EMPATHY = "empathy", "names or validates the feeling"
    HUMAN_MOMENT = "human_moment", "a personal, human touch"
    APOLOGY = "apology", "says sorry for what happened"
    OWNERSHIP = "ownership", "takes responsibility for getting it solved"
    POSITIVE_LANGUAGE = "positive_language", "says what can be done instead of what cannot"
    EXPLAINS = "explains", "gives the reason or the process plainly"
    SOLUTION = "solution", "offers a concrete remedy"
    CHOICE = "choice", "offers alternatives, or lets the customer decide"
    COMMITMENT = "commitment", "promises a named action by the agent or company"
    TIME_BOUND = "time_bound", "that promise says by when"
    FOLLOW_UP = "follow_up", "offers to check back after the contact"
    ESCALATION = "escalation", "offers or explains a hand-over to a supervisor or specialist"
    BOUNDARY = "boundary", "sets a respectful limit on abuse"
    THANKS = "thanks", "thanks for patience, feedback, loyalty"
    CONFIRMS_RESOLUTION = "confirms_resolution", "checks that it is solved, or whether anything is left"


class Misstep(Term):
    """What an agent turn does that tends to make things worse, any number."""

    NEGATIVE_LANGUAGE = "negative_language", '"I can\'t", "you have to", with nothing offered'
    DEFENSIVE = "defensive", 'denies fault, blames the customer, a colleague or "the system"'
    DISMISSIVE = "dismissive", '"calm down", minimises, skips a strong feeling just shown'
    PREMATURE_SOLUTION = "premature_solution", "offers a remedy before the facts or the feeling"
    OVERPROMISE = "overpromise", "guarantees what they do not control"
    VAGUE_COMMITMENT = "vague_commitment", "a promise with no date"
    SCRIPTED = "scripted", "canned or repeated phrase with nothing specific"
    JARGON = "jargon", "internal words a customer would not know"
    INTERRUPTS = "interrupts", "cuts the customer off"
    ASKS_AGAIN = "asks_again", "asks for what was already given"
    RUDE = "rude", "hostile or sarcastic towards the customer"


class Issue(Term):
    """What the conversation is about, one."""

    DELIVERY = "delivery", "a parcel, a visit or an order on its way"
    WRONG_ITEM = "wrong_item", "something else came than was ordered"
    PRODUCT_DEFECT = "product_defect", "it does not work, broke or spoiled"
    BILLING = "billing", "a charge, a bill or a payment"
    REFUND_RETURN = "refund_return", "money back, or sending it back"
    OUTAGE = "outage", "the service is down"
    ACCOUNT_ACCESS = "account_access", "cannot get in, identity, password"
    BOOKING_CHANGE = "booking_change", "a booking or an appointment must change"
    CANCELLATION = "cancellation", "wants to end a contract, an order or a booking"
    TECHNICAL_HELP = "technical_help", "how to make it work"
    STAFF_CONDUCT = "staff_conduct", "how someone of the company behaved"
    INFORMATION = "information", "a question, nothing wrong"
    OTHER = "other", "none of these"


class Resolved(Term):
    """Whether the customer got what they came for."""

    YES = "yes", "solved"
    PARTLY = "partly", "a part, or promised"
    NO = "no", "not solved"


class Speaker(Term):
    """Who spoke. A supervisor's turn is read as an agent's."""

    CUSTOMER = "customer", "the person who needs something"
    AGENT = "agent", "the person who answers"
    SUPERVISOR = "supervisor", "the person the agent hands over to"


class Channel(Term):
    """How the conversation is held."""

    CALL = "call", "spoken"
    CHAT = "chat", "typed, live"
    EMAIL = "email", "letters"
    SOCIAL = "social", "public or private messages on a network"


class Promiser(Term):
    """Who is to keep a promise."""

    AGENT = "agent", "the agent who made it"
    COMPANY = "company", "the company or another team"
    SUPERVISOR = "supervisor", "a supervisor"
