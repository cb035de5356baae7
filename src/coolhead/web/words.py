"""How values read on a screen: times, shares, names. Text only; `templating` gives them to the templates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from markupsafe import Markup

from coolhead.casework.hours import WEEKDAYS, Hours, write_day
from coolhead.codebook import Channel, Promiser, Speaker
from coolhead.storage.audit import Action
from coolhead.storage.conversations import Summary
from coolhead.storage.moments import KeptMoment

MINUTE, HOUR, DAY = 60, 3600, 86_400
CHANNELS = {Channel.CALL: "Phone", Channel.CHAT: "Chat", Channel.EMAIL: "E-mail", Channel.SOCIAL: "Social"}


def span(seconds: float) -> str:
    """A length of time in one unit: "40 s", "6 min", "3 h", "2 days"."""
    for unit, name in ((DAY, "day"), (HOUR, "h"), (MINUTE, "min")):
        if seconds >= unit:
            count = int(seconds // unit)
            return f"{count} {name}{'s' if name == 'day' and count > 1 else ''}"
    return f"{int(seconds)} s"


def ago(at: datetime) -> Markup:
    """How long ago it was; the exact moment stands behind it."""
    passed = (datetime.now(UTC) - at).total_seconds()
    return _time(at, "ago", "just now" if passed < MINUTE else f"{span(passed)} ago")


def due(at: datetime) -> Markup:
    """How long until it is due, or how long it is late; the exact moment stands behind it."""
    left = (at - datetime.now(UTC)).total_seconds()
    return _time(at, "due", f"in {span(left)}" if left >= 0 else f"{span(-left)} late")


def _time(at: datetime, reads_as: str, text: str) -> Markup:
    exact = at.isoformat(timespec="seconds")
    return Markup('<time datetime="{}" data-as="{}" title="{}">{}</time>').format(
        exact, reads_as, at.strftime("%a %d %b %Y, %H:%M %Z").strip(), text
    )


def due_for(at: datetime, hours: Hours) -> Markup:
    """How long until it is due, or how late it is; the exact moment on the client's clocks behind it."""
    left = (at - datetime.now(UTC)).total_seconds()
    return _zoned(at, hours, "due", f"in {span(left)}" if left >= 0 else f"{span(-left)} late")


def day_for(at: datetime, hours: Hours) -> Markup:
    """Day and time on the client's clocks: "today 18:00", "Thu 26 Mar 12:00"; the exact moment behind it."""
    local, today = hours.local(at), hours.local(datetime.now(UTC)).date()
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((local.date() - today).days)
    year = "" if local.year == today.year else f" {local.year}"
    return _zoned(at, hours, "day", f"{near or f'{local:%a} {local.day} {local:%b}{year}'} {local:%H:%M}")


def _zoned(at: datetime, hours: Hours, reads_as: str, text: str) -> Markup:
    local = hours.local(at)
    return Markup('<time datetime="{}" data-as="{}" data-zone="{}" title="{}">{}</time>').format(
        local.isoformat(timespec="seconds"),
        reads_as,
        hours.time_zone,
        f"{local:%A} {local.day} {local:%B %Y, %H:%M:%S} {hours.time_zone}",
        text,
    )


def local_field(at: datetime, hours: Hours) -> str:
    """The moment as a `datetime-local` field on the client's clocks takes it, to the minute."""
    return hours.local(at).strftime("%Y-%m-%dT%H:%M")


def due_words(days: int) -> str:
    """When something is due, in words: "due today", "2 days late"."""
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late"
    return {0: "due today", 1: "due tomorrow"}.get(days, f"due in {days} days")


def week_words(hours: Hours) -> str:
    """The open hours of a week in one line, days that are alike together: "Mon–Fri 09:00-18:00"."""
    runs: list[tuple[int, int, str]] = []
    for day, spans in enumerate(hours.week):
        text = write_day(spans)
        if runs and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], day, text)
        else:
            runs.append((day, day, text))
    names = [name[:3] for name in WEEKDAYS]
    return ", ".join(
        f"{names[first]}{'' if first == last else '–' + names[last]} {text}"
        for first, last, text in runs
        if text
    )


def said_at(moment: KeptMoment, conversation: Summary) -> Markup:
    """When a turn was said: minutes into a call, the hour and minute of anything typed."""
    if conversation.channel is Channel.CALL and moment.turn.start is not None:
        minutes, seconds = divmod(int(moment.turn.start), MINUTE)
        return Markup("<span>{}:{:02d}</span>").format(minutes, seconds)
    return _time(moment.received_at, "clock", moment.received_at.strftime("%H:%M"))


def lasted(conversation: Summary) -> Markup:
    """How long the conversation has gone on, or went on."""
    if conversation.ended_at:
        return Markup("{}").format(span((conversation.ended_at - conversation.opened_at).total_seconds()))
    passed = (datetime.now(UTC) - conversation.opened_at).total_seconds()
    return _time(conversation.opened_at, "for", span(passed))


def took(moments: Sequence[KeptMoment], conversation: Summary) -> Markup:
    """How long a conversation was by its own clock, else by how long it was open."""
    ends = [each.turn.end or each.turn.start or 0.0 for each in moments]
    return Markup("{}").format(span(max(ends))) if any(ends) else lasted(conversation)


def percent(share: float) -> str:
    """A probability as people read it; never a false 0 % or 100 %."""
    return f"{min(99, max(1, round(100 * share)))} %"


def likely(score: float) -> str:
    """A score in words first, with the number beside them."""
    bounds = ((0.9, "very likely"), (0.7, "likely"), (0.5, "rather likely"), (0.0, "possible"))
    return f"{next(word for bound, word in bounds if score >= bound)} · {percent(score)}"


def speaker(moment: KeptMoment, conversation: Summary) -> str:
    """Who spoke, by name where it is known."""
    names = {
        Speaker.CUSTOMER: conversation.customer or "Customer",
        Speaker.AGENT: conversation.agent or "Agent",
        Speaker.SUPERVISOR: "Supervisor",
    }
    return names[moment.turn.speaker]


def promiser(who: Promiser, conversation: Summary) -> str:
    """Who is to keep a promise, as people read it."""
    if who is Promiser.AGENT and conversation.agent:
        return conversation.agent
    return {
        Promiser.AGENT: "the agent",
        Promiser.COMPANY: "the company",
        Promiser.SUPERVISOR: "the supervisor",
    }[who]


def channel(value: Channel) -> str:
    """How a conversation is held, as people read it."""
    return CHANNELS[value]


def initials(name: str) -> str:
    """One or two letters that stand for a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


def slug(text: str) -> str:
    """The text as a part of an id: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def lower_first(text: str) -> str:
    """The text with a small first letter, for the middle of a sentence."""
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")


def browser(user_agent: str) -> str:
    """The browser that calls itself so: "Firefox on Windows"; for one that is not known, what it says."""
    name = next((name for sign, name in BROWSERS if f"{sign}/" in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    return f"{name} on {system}" if name and system else name or user_agent[:60] or "A browser"


def action(value: Action) -> str:
    """What was done, in words: "account: signed in"."""
    return value.value.replace(".", ": ").replace("_", " ")


FILTERS = {
    each.__name__: each
    for each in (
        action,
        ago,
        browser,
        due,
        due_for,
        due_words,
        day_for,
        local_field,
        week_words,
        said_at,
        lasted,
        took,
        percent,
        likely,
        speaker,
        promiser,
        channel,
        initials,
        lower_first,
        slug,
        sentence,
    )
}
