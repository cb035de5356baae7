"""Who the names in a file are: agent, customer, supervisor. Knows no format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, islice, repeat

from coolhead.codebook import Speaker
from coolhead.conversation.formats.source import Origin

_SPELLINGS = {
    Speaker.AGENT: (
        "account manager, adviser, advisor, agent, ai, assistant, associate, attendant, bot, call "
        "agent, call center agent, call centre agent, care agent, chatbot, clerk, consultant, contact "
        "center agent, contact centre agent, csr, custom bot, customer care, customer rep, customer "
        "service, customer service agent, customer service rep, customer service representative, "
        "customer support, customer support agent, employee, gpt, help desk, helpdesk, human agent, "
        "live agent, model, operator, rep, representative, sales, sales agent, sales rep, service, "
        "service agent, service rep, specialist, staff, support, support agent, support rep, support "
        "team, tech support, technical support, teller, virtual agent, virtual assistant"
    ),
    Speaker.CUSTOMER: (
        "account holder, buyer, caller, cardholder, client, consumer, contact, customer, end user, "
        "enduser, guest, human, member, member of the public, passenger, patient, policyholder, "
        "prompter, requester, shopper, subscriber, tenant, user, visitor"
    ),
    Speaker.SUPERVISOR: (
        "duty manager, floor manager, lead, manager, shift manager, sme, supervisor, team lead, team leader"
    ),
}
_SILENT = frozenset(("action", "developer", "event", "function", "note", "system", "tool"))
"""Roles whose entries nobody said to anybody."""

_EVERYDAY = frozenset(
    [
        "action",
        "contact",
        "event",
        "function",
        "guest",
        "lead",
        "member",
        "model",
        "note",
        "sales",
        "service",
        "specialist",
        "staff",
        "support",
    ]
)
"""Labels that in front of a colon are as likely a heading: `Note: the refund takes a week.`"""

_BY_SPELLING: dict[str, Speaker | None] = {
    word.strip(): speaker for speaker, words in _SPELLINGS.items() for word in words.split(",")
} | dict.fromkeys(_SILENT)

_NUMBERED = re.compile(r"(.*?\D) ?\d{1,3}")
_BRACKETED = re.compile(r"(?P<before>[^()]*)\((?P<inside>[^()]*)\)")
_ANONYMOUS = re.compile(r"(?:(?:speaker|spk|channel|ch|participant|person|party|voice) ?)?(?:\d{1,3}|[a-z])")
_AGENT_OPENS = re.compile(
    r"thank(?:s| you) for (?:calling|contacting|reaching out)"
    r"|how (?:can|may) (?:i|we) (?:help|assist)"
    r"|you(?:'re| are) (?:speaking|through) (?:to|with)",
    re.IGNORECASE,
)
_OPENING = 30
"""Words in which an agent is expected to have greeted."""


@lru_cache(maxsize=1024)
def plain(label: str) -> str:
    """A label without case, punctuation and doubled spaces, for comparison."""
    return " ".join(re.sub(r"[_\-.:#/]+", " ", label.casefold()).split())


def is_silent(label: str) -> bool:
    """True for roles that nobody speaks in, such as `system` and `tool`."""
    return plain(label) in _SILENT


@lru_cache(maxsize=1024)
def is_known(label: str) -> bool:
    """True when the label says by itself who it is, or that nobody spoke."""
    name = plain(label)
    return any(candidate in _BY_SPELLING for candidate in _candidates(name))


def is_prefix(label: str) -> bool:
    """True for a label that says who speaks also where it merely stands before a colon in plain text."""
    name = plain(label)
    return name not in _EVERYDAY and (is_known(label) or (" " in name and is_anonymous(label)))


def is_anonymous(label: str) -> bool:
    """True for the numbers and letters that speech recognisers give, such as `spk_0` and `Speaker B`."""
    return _ANONYMOUS.fullmatch(plain(label)) is not None


def speaker_of(label: str) -> Speaker | None:
    """Who a label is by its spelling; None when it does not say, or nobody spoke."""
    found = (_BY_SPELLING.get(candidate) for candidate in _candidates(plain(label)))
    return next((speaker for speaker in found if speaker), None)


def cast_of(
    said: Iterable[tuple[str, str, int]], roles: Mapping[str, Speaker], origin: Origin
) -> dict[str, Speaker | None]:
    """Settles who each label is.

    In this order: what the person said, what the file says of its labels, the spelling, and last the
    greeting, for two anonymous voices of which exactly one greets as an agent does (which is explained).

    Args:
        said: label, text and line of each turn, in order.
        roles: what the file itself says about its labels.
        origin: the file and its options.

    Returns:
        The speaker by label; None for labels whose turns are left out.

    Raises:
        FileError: a label is nobody that is known; names the first line with one.
    """
    turns = list(said)
    told = {plain(label): speaker for label, speaker in origin.options.speakers.items()}
    by_file = {plain(label): speaker for label, speaker in roles.items()}
    cast: dict[str, Speaker | None] = {}
    unknown: dict[str, int] = {}
    for label, _, line in turns:
        name = plain(label)
        if name in told:
            cast[label] = told[name]
        elif name in by_file:
            cast[label] = by_file[name]
        elif is_known(label):
            cast[label] = speaker_of(label)
        else:
            unknown.setdefault(label, line)
    if unknown:
        cast |= _guess(turns, unknown, cast, origin)
    return cast


def _guess(
    turns: list[tuple[str, str, int]],
    unknown: Mapping[str, int],
    cast: Mapping[str, Speaker | None],
    origin: Origin,
) -> dict[str, Speaker | None]:
    if len(unknown) == 2 and not any(cast.values()) and all(is_anonymous(label) for label in unknown):
        greets = {label for label in unknown if _AGENT_OPENS.search(_opening(turns, label))}
        if len(greets) == 1:
            agent = greets.pop()
            customer = next(label for label in unknown if label != agent)
            origin.explain(
                f'"{agent}" is read as the agent, because of the greeting, and "{customer}" as the customer; '
                f'--speaker "{agent}=customer" --speaker "{customer}=agent" turns it round.'
            )
            return {agent: Speaker.AGENT, customer: Speaker.CUSTOMER}
    names = ", ".join(f'"{_short(label)}"' for label in unknown)
    sides = [Speaker.CUSTOMER] if Speaker.AGENT in cast.values() else [Speaker.AGENT, Speaker.CUSTOMER]
    examples = zip(unknown, chain(sides, repeat(Speaker.CUSTOMER)), strict=False)
    flags = " ".join(f'--speaker "{_short(label)}={side}"' for label, side in examples)
    raise origin.error(
        f"Unknown speaker {names}.",
        hint=f"Say who it is, for example {flags} (agent, customer, supervisor or ignore).",
        line=next(iter(unknown.values())),
    )


def _opening(turns: Iterable[tuple[str, str, int]], label: str) -> str:
    said = islice((word for who, text, _ in turns if who == label for word in text.split()), _OPENING)
    return " ".join(said)


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39]}…"


def _candidates(name: str) -> Iterable[str]:
    """The name, without its number, before its bracket, and in its bracket."""
    yield name
    if numbered := _NUMBERED.fullmatch(name):
        yield numbered[1].strip()
    if bracketed := _BRACKETED.fullmatch(name):
        yield bracketed["before"].strip()
        yield bracketed["inside"].strip()
