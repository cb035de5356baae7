"""What an agent's turn did to this customer: deeds, what was asked, offered, got wrong. Types alone."""

from __future__ import annotations

from dataclasses import dataclass

from coolhead.codebook import Term
from coolhead.practice.topic import Topic


class Deed(Term):
    """Something that an agent's turn does, as this customer would take it."""

    GREETED = "greeted", "opens, introduces self"
    USED_NAME = "used_name", "addresses them by name"
    LISTENED = "listened", "asks them to tell it"
    ASKED = "asked", "asks for a fact that was not given yet"
    ASKED_AGAIN = "asked_again", "asks for what was already given"
    ASKED_TOO_MUCH = "asked_too_much", "three or more questions at once"
    RESTATED_RIGHT = "restated_right", "restates facts of theirs, and none wrong"
    RESTATED_WRONG = "restated_wrong", "gets a fact of theirs wrong"
    RESTATED_NOTHING = "restated_nothing", "restates without one fact of theirs"
    FEELING_RIGHT = "feeling_right", "names the feeling they have"
    FEELING_WRONG = "feeling_wrong", "names a feeling they do not have"
    EMPATHY = "empathy", "validates a feeling without naming it"
    HUMAN = "human", "a personal, human touch"
    APOLOGY_SINCERE = "apology_sincere", "sorry for something specific"
    APOLOGY_PLAIN = "apology_plain", "sorry, and no more"
    APOLOGY_SCRIPTED = "apology_scripted", "sorry by a stock phrase"
    OWNED = "owned", "takes responsibility for getting it solved"
    POSITIVE = "positive", "says what can be done"
    EXPLAINED = "explained", "gives the reason or the process"
    OFFERED_WANTED = "offered_wanted", "offers what they would settle for"
    OFFERED_PARTLY = "offered_partly", "offers something that helps and does not end it"
    OFFERED_NEVER = "offered_never", "offers what they would never accept"
    OFFERED_OTHER = "offered_other", "offers something that is not about what they want"
    TOO_EARLY = "too_early", "offers before anything of theirs was acknowledged"
    CHOICE = "choice", "lets them decide"
    RECOMMENDED = "recommended", "says which one they would take"
    DATED = "dated", "a promise with a time"
    VAGUE = "vague", "a promise without a time"
    OVERPROMISED = "overpromised", "guarantees what is not in their hands"
    FOLLOWS_UP = "follows_up", "offers to check back afterwards"
    HANDS_OVER = "hands_over", "offers or explains a hand-over"
    THANKED = "thanked", "thanks for patience or openness"
    CHECKED_SOLVED = "checked_solved", "asks whether anything is left"
    SAID_NO = "said_no", '"I can\'t", with nothing offered'
    BLAMED = "blamed", "denies fault, blames them, a colleague or the system"
    DISMISSED = "dismissed", '"calm down", minimises'
    SCRIPTED = "scripted", "a canned phrase with nothing specific"
    JARGON = "jargon", "insiders' words"
    INTERRUPTED = "interrupted", "cuts them off"
    RUDE = "rude", "hostile or sarcastic"
    SWORE = "swore", "swears at them"
    SET_LIMIT = "set_limit", "a respectful limit on abuse"
    ENDED = "ended", "says goodbye or ends the contact"
    REPEATED = "repeated", "says a sentence again word for word"
    UNANSWERED = "unanswered", "leaves unanswered what they had just asked"
    PASSED_OVER = "passed_over", "words, and nothing done with them"
    NONSENSE = "nonsense", "no words that mean anything"
    SILENT = "silent", "says nothing"
    WAITED_ON = "waited_on", "nothing agreed after their patience ran out"


class Request(Term):
    """A question that no fact answers."""

    CHECK = "check", "have I got that right?"
    CONSENT = "consent", "may I, shall I, is that all right?"
    CHOOSE = "choose", "which one would you like?"
    ANYTHING_ELSE = "anything_else", "is there anything else?"
    SMALLTALK = "smalltalk", "how are you?"
    PRESENCE = "presence", "are you still there?"
    REPEAT = "repeat", "could you say that again, what do you mean?"
    DEED = "deed", "could you look, try, come, fill it in?"
    RELATION = "relation", "are you angry with me, do you trust us?"
    YOUR_TURN = "your_turn", "do you have any questions?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a topic.

    Attributes:
        fact: the one that answers it; None when the scenario holds none.
        answered: the scenario answers it, with a fact or without one.
        again: it was answered before.
        words: the question as it was put.
    """

    topic: Topic
    fact: str | None
    answered: bool = True
    again: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistaken:
    """A fact that was got wrong, and the agent's words for it."""

    fact: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one agent turn did.

    Attributes:
        asked: what it asks for, in its order.
        requests: questions that need no fact.
        other_question: what it asks that none of the above covers, as it was put; empty for nothing.
        mistaken: what it gets wrong.
        covered: facts that it restates.
        offered: ids of remedies offered.
        feeling: the feeling it names; empty for none.
        vague_words: the words that should have been a date; empty for none.
    """

    deeds: frozenset[Deed]
    asked: tuple[Asked, ...] = ()
    requests: tuple[Request, ...] = ()
    other_question: str = ""
    mistaken: tuple[Mistaken, ...] = ()
    covered: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    feeling: str = ""
    vague_words: str = ""

    @property
    def asks(self) -> bool:
        """True when the turn holds a question of any kind."""
        return bool(self.asked or self.requests or self.other_question)
