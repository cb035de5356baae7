"""What a customer can do in a reply, at which heat, and the plan of one reply. Types alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from coolhead.codebook import Term
from coolhead.practice.memory import Memory


class Act(Term):
    """One part of a reply. Those named `to_…` answer something the agent did; the others move the talk."""

    OPEN = "open", "begins, before telling what happened"
    TO_RUDENESS = "to_rudeness", "answers swearing or hostility"
    TO_INTERRUPTION = "to_interruption", "answers being cut off"
    TO_DISMISSAL = "to_dismissal", 'answers "calm down"'
    TO_BLAME = "to_blame", "answers being blamed, or fault denied"
    TO_HASTE = "to_haste", "answers a remedy before they were heard"
    TO_STOCK = "to_stock", "answers a canned phrase"
    TO_REPEAT = "to_repeat", "answers the same sentence said again"
    TO_MANY_QUESTIONS = "to_many_questions", "answers a pile of questions"
    TO_ASKED_AGAIN = "to_asked_again", "answers a question they had answered"
    TO_WRONG_FEELING = "to_wrong_feeling", "puts a wrongly named feeling right"
    TO_NO = "to_no", 'answers "I can\'t"'
    TO_OVERPROMISE = "to_overpromise", "answers a guarantee"
    TO_VAGUE = "to_vague", "answers a promise without a date"
    TO_JARGON = "to_jargon", "answers insiders' words"
    TO_EMPTY_RESTATEMENT = "to_empty_restatement", "answers a restatement that holds nothing"
    TO_UNANSWERED = "to_unanswered", "asks again what was not answered"
    TO_PASSED_OVER = "to_passed_over", "answers words that did nothing"
    TO_LIMIT = "to_limit", "answers a limit"
    TO_RIGHT = "to_right", "confirms a restatement"
    TO_FEELING = "to_feeling", "answers the right feeling, named"
    TO_APOLOGY = "to_apology", "answers a specific apology"
    TO_PLAIN_APOLOGY = "to_plain_apology", "answers a bare apology"
    TO_OWNERSHIP = "to_ownership", "answers somebody taking it on"
    TO_EMPATHY = "to_empathy", "answers empathy"
    TO_LISTENING = "to_listening", "begins to tell when asked to"
    TO_EXPLANATION = "to_explanation", "answers a reason or process"
    VENT = "vent", "lets it out"
    EASE = "ease", "shows that it gets better"
    DEMAND = "demand", "says what must happen"
    ASK_PLAN = "ask_plan", "asks what will be done"
    GIVE_FACT = "give_fact", "leads into a fact"
    KNOW_NOT = "know_not", "does not know what was asked"
    ON_FILE = "on_file", "says that they have it already"
    ANY_TIME = "any_time", "is free whenever it is"
    ALL_WELL = "all_well", "says that nobody came to harm"
    OFTEN = "often", "has stopped counting"
    AT_ONCE = "at_once", "needs it as soon as can be"
    HAS_REASONS = "has_reasons", "does not say why, yet"
    ANSWER_OTHER = "answer_other", "answers a question nobody could foresee"
    CORRECT = "correct", "puts a wrong restatement right"
    REJECT = "reject", "turns an offer down for now"
    REFUSE = "refuse", "leads into refusing what they would never accept"
    BARGAIN = "bargain", "takes a part and wants the rest"
    STILL_OPEN = "still_open", "says that what they want is still to be done"
    UNMOVED = "unmoved", "an offer that is not about what they want"
    WAVER = "waver", "cannot decide between offers"
    MOCK = "mock", "sarcasm"
    INSULT = "insult", "aims at the agent"
    ASK_MANAGER = "ask_manager", "asks for the manager"
    TELL_OTHERS = "tell_others", "says whom they will tell"
    REVEAL = "reveal", "leads into the hidden cause"
    ACCEPT = "accept", "leads into accepting an offer"
    CHOOSE = "choose", "says which of the things offered they would have"
    ASK_WHEN = "ask_when", "asks by when"
    CONSENT = "consent", "says yes to a small request"
    BAFFLED = "baffled", "answers nonsense"
    PROMPT = "prompt", "answers silence"
    SMALLTALK = "smalltalk", "answers small talk"
    PRESENCE = "presence", "says that they are still there"
    ASIDE = "aside", "what this persona adds of its own"
    REFUSE_HANDOVER = "refuse_handover", "does not want to be passed on"
    GO_WITH_MANAGER = "go_with_manager", "agrees to be handed over"
    THANK = "thank", "thanks"
    CLOSE = "close", "says goodbye, settled"
    HANG_UP = "hang_up", "leaves"
    LAST_WORD = "last_word", "the last line after the agent ended it"


class Ending(Term):
    """How a run ended."""

    SETTLED = "settled", "agreed, dated, and closed"
    HANDED_OVER = "handed_over", "passed on to a supervisor"
    GAVE_UP = "gave_up", "the customer left"
    ENDED_BY_AGENT = "ended_by_agent", "the agent ended it after abuse"
    STOPPED = "stopped", "the person who practises stopped; no blame"


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a reply.

    Attributes:
        lines: the scenario's wordings to choose from; empty where the wording bank has them.
        less: wordings of the same, in their order, for when those are used up.
        slots: what to fill in.
    """

    act: Act
    lines: tuple[str, ...] = ()
    slots: dict[str, str] = field(default_factory=dict)
    less: tuple[str, ...] = ()

    @property
    def is_lead(self) -> bool:
        """True for words that only lead into a fact: nobody says them after others ("Right. Sure.")."""
        return self.act is Act.GIVE_FACT and not self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a reply is to do.

    Attributes:
        act: the main act.
        steps: its parts in order.
        memory: what the customer remembers after it, the wording left out.
        ending: how the run ends with it; None when it goes on.
    """

    act: Act
    steps: tuple[Step, ...]
    memory: Memory
    ending: Ending | None = None
