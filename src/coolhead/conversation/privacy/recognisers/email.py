"""E-mail addresses, typed, disguised or spoken; a company's mailbox is not personal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.spoken import vocabulary

_PROVIDERS = (
    r"g ?mail|google ?mail|yahoo|y ?mail|hot ?mail|outlook|i ?cloud|live|msn|aol|proton(?: ?mail)?|"
    r"rediff(?: ?mail)?|"
    r"gmx|bt ?internet|big ?pond|virgin ?media|sky|talk ?talk|o2|orange|wanadoo|web|free|mail|zoho|"
    r"fast ?mail|"
    r"comcast|verizon|me|optusnet|eircom|ntlworld|tiscali|blue ?yonder|hey|laposte|libero|telstra|yandex|att"
)
_SURE_PROVIDERS = (
    r"g ?mail|google ?mail|yahoo|y ?mail|hot ?mail|outlook|i ?cloud|proton ?mail|rediff ?mail|gmx|"
    r"bt ?internet|"
    r"big ?pond"
)
_DOT = (
    r"(?: ?[([{] ?dot ?[)\]}] ?| dot | period | full stop |(?<=\w)\.(?=\w)"
    r"| \. ?(?=(?:com|net|org|co|uk|in|de)\b))"
)
_AT = re.compile(
    r" ?@ ?| ?[(\[{<] ?at ?[)\]}>] ?| at[- ]the[- ]rate(?:[- ]of)? | at(?: sign| symbol)? | arroba | et "
    r"(?=g ?mail)"
)
_DOMAIN = re.compile(
    rf"(?:(?:[a-z](?:[ -][a-z]){{2,14}}|[^\W_](?:[\w-]|'(?=s )){{0,40}}(?: "
    rf"[a-z]{{1,12}}){{0,2}}?)(?:{_DOT}(?:[^\W\d_][\w-]{{1,24}}|[a-z](?:[ -][a-z]){{1,2}}(?!\w)))+"
    r")(?<![-_])"
)
_PROVIDER = re.compile(rf"(?:{_SURE_PROVIDERS})(?: com\b)?(?![\w-])")
_SPACED_DOT = re.compile(r"[a-z]\. [a-z]")
_LOCAL_TOKEN = re.compile(r"[^\s,;:!?()<>\[\]\"“”]+")
_JOINERS = vocabulary("dot underscore hyphen dash period plus point")
_NOT_LOCAL = vocabulary(
    "is it's its it that's thats that email e-mail mail address to on my your our the an yes yeah yep "
    "sure ok okay so "
    "um uh er erm of for and as use using send sends under with i'm im have into from or contact registered "
    "please try was be should then well this which username login id i me via by not but no would has "
    "had him "
    "her he she we they you new old lowercase capital all small letters spell spelled at are am sent emailed"
)
_NOT_ADDRESSED = vocabulary(
    "look looked looking buy bought shop shopped sign signed work works worked stay stayed here there "
    "them available "
    "online found seen saw go website site ordered order registered account logged booked arrive arrived"
)
_ROLES = vocabulary(
    "support help info information noreply no-reply donotreply contact sales service services care "
    "customer customers customercare customerservice customersupport billing complaints complaint hello "
    "team admin returns refunds refund feedback accounts orders order press enquiries enquiry inquiries "
    "privacy legal claims bookings booking reservations careers jobs dpo hr office mail helpdesk desk "
    "security fraud alerts notifications notification payments invoices marketing media newsletter "
    "postmaster webmaster abuse tech technical reply ceo director manager dataprotection members "
    "membership delivery deliveries shipping warranty cancellations disputes escalations concierge "
    "resolutions resolution reception frontdesk welcome ask queries query post "
)
_OWN = words(
    r"(?:my|his|her) (?:\w+ ){0,2}(?:e-?mail|address|mail)",
    r"(?:e-?mail|mail|write to) me",
    "mine is",
    r"send (?:it|them) to me",
)
_COMPANY = words(
    r"(?:e-?mail|write to|contact|reach|message|mail) (?:us|our)",
    r"(?:our|your) (?:\w+ ){0,3}(?:e-?mail|mailbox|inbox|address|team|desk|department|support)",
    r"us (?:at|on|via)",
    r"(?:support|service|care|company|team|department) (?:\w+ )?(?:e-?mail|mailbox|address|inbox)",
)
_ASKED = words(
    r"e-?mails?(?: (?:address|id))?", "mail id", r"(?:at|@) (?:sign|symbol)", "(?:after|before) the at"
)
_NAMED = words(r"e-?mails?(?: (?:address|id))?", "mail id", "gmail", "mail me")
_LOCAL_ASKED = words(r"before (?:the|that) (?:at|@)", r"first (?:part|bit|half) of (?:the|your) e-?mail")
_DOMAIN_ALONE = re.compile(
    rf"(?<!\w)((?:at |@)?(?:{_PROVIDERS}|[a-z]\w+){_DOT}(?:com|co|net|org|[a-z]{{2}})\b\S*)"
)
_NO_REPLY = re.compile(r"(?:do[-_.]?not|no)[-_.]?reply")
_SAYS_IT_IS = re.compile(r"\b(?:it's|its|it is|that's|thats|use|try|as|under) $")
_LETTER_RIGHT = re.compile(r"[ ,-]+[a-z0-9](?![a-z0-9'])")
_LETTER_LEFT = re.compile(r"(?<![a-z0-9'])[a-z0-9][ ,-]+$")
_SPELT = re.compile(r"((?:\b[a-z0-9]\b[ -]?){4,40})")
_JOINED = re.compile(
    r"((?<![a-z0-9'])[a-z0-9']{1,40}(?: (?:[a-z0-9']+ )?(?:dot|underscore|hyphen|dash) [a-z0-9']+)+(?: \d+)*)"
)
_REPLY = re.compile(r"^(?:(?:it's|its|yes|so|um|uh|that's|just|it is)\W+)*([a-z0-9][\w .'-]{1,40})$")


class Email:
    """Finds addresses around an "at"."""

    name = "e-mail address"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every address, a company's as harmless."""
        asked = bool(_ASKED.search(line.context.request))
        found = False
        for at in _AT.finditer(line.low):
            span = _around(line.low, at.start(), at.end(), asked)
            if span:
                found = True
                yield self._finding(line, *span, asked)
        if asked and not found:
            yield from self._parts(line)

    def _finding(self, line: Line, start: int, end: int, asked: bool) -> Finding:
        company = _is_company(line.low, start, end, asked)
        return Finding(
            start=start,
            end=end,
            type=None if company else PersonalData.EMAIL,
            score=0.99,
            recogniser=self.name,
            why="mailbox of a company" if company else "form of an e-mail address",
        )

    def _parts(self, line: Line) -> Iterator[Finding]:
        """One side of an address that is given in several turns."""
        if "www" in line.low or "/" in line.low or not line.context.request or len(line.low.split()) > 24:
            return
        patterns = [_DOMAIN_ALONE, _SPELT, _JOINED]
        if _LOCAL_ASKED.search(line.context.request):
            patterns.append(_REPLY)
        match = next((match for match in (pattern.search(line.low) for pattern in patterns) if match), None)
        if match:
            start, end = match.span(1)
            yield Finding(
                start=start,
                end=start + len(line.low[start:end].rstrip(" -.,")),
                type=PersonalData.EMAIL,
                score=0.7,
                recogniser=self.name,
                why="part of an e-mail address that was asked for",
            )


def _around(low: str, at_start: int, at_end: int, asked: bool) -> tuple[int, int] | None:
    """The address around an at sign or the word "at"; None when it is no address."""
    written = "@" in low[at_start:at_end] or low[at_start:at_end].strip()[:1] in "([{<"
    domain = _DOMAIN.match(low, at_end) or _PROVIDER.match(low, at_end)
    if domain is None:
        return None
    spaced = written and (low[at_start : at_start + 1].isspace() or low[at_end - 1 : at_end].isspace())
    if (not written and _SPACED_DOT.search(domain.group())) or (
        spaced and not re.search(_DOT, domain.group())
    ):
        return None
    start = _local_start(low, at_start, glued=written and not low[at_start : at_start + 1].isspace())
    if start == at_start:
        return None
    local = low[start:at_start]
    end = domain.end()
    if written or asked or _is_address(low, start, local, low[at_end:end]):
        return start, end
    return None


def _is_address(low: str, start: int, local: str, domain: str) -> bool:
    """Tells "j dot smith at gmail dot com" from "looked at booking dot com"."""
    parts = local.split()
    if (
        set(parts) & _JOINERS
        or any(char.isdigit() for char in local)
        or "_" in local
        or "." in local.strip(".")
    ):
        return True
    if parts[-1] in _NOT_ADDRESSED:
        return False
    if _SAYS_IT_IS.search(low, 0, start):
        return True
    return bool(
        _PROVIDER.match(domain) or _NAMED.search(low) or sum(len(part.strip(",-")) == 1 for part in parts) > 1
    )


def _local_start(low: str, end: int, glued: bool) -> int:
    """Where the part before the at begins: back over names, digits, spelt letters and "dot"."""
    window = max(0, end - 160)
    tokens = [(m.start() + window, m.group()) for m in _LOCAL_TOKEN.finditer(low[window:end])]
    start, count = end, 0
    for at, token in reversed(tokens):
        if count and (glued or not _joins(low, at, token, start, count)):
            break
        right = at + len(token)
        if _is_no_name(token, low[max(0, at - 3) : at], low[right : right + 4]):
            break
        start, count = at, count + 1
    while low[start : start + 1] in ("'", "-", ".", "“"):
        start += 1
    return min(start, end)


def _joins(low: str, at: int, token: str, start: int, count: int) -> bool:
    """True when a word still belongs to the name that begins at `start`."""
    spelt = len(token) == 1 or token.isdigit()
    joined = not low[at + len(token) : start].strip()
    return (joined or spelt) and count <= (40 if spelt else 7) and not token.endswith((".", "…"))


def _is_no_name(token: str, left: str, right: str) -> bool:
    """Words that lead up to an address; "i" and "a" are letters of it beside another spelt letter."""
    if token in ("i", "a"):
        return not (_LETTER_RIGHT.match(right) or _LETTER_LEFT.search(left))
    return token in _NOT_LOCAL


def _is_company(low: str, start: int, end: int, asked: bool) -> bool:
    """A role before the at ("support@"), or "our", "us" before the address."""
    left = low[max(0, start - 70) : start]
    if _NO_REPLY.match(low, start):
        return True
    if asked or _OWN.search(left) or _OWN.search(low[end : end + 40]):
        return False
    if _COMPANY.search(left):
        return True
    local = re.split(r"\s*@|\s+at\s|\s*[(\[{<]", low[start:end])[0]
    if local in _ROLES:
        return True
    return bool(set(re.split(r"[._\-\s\d]+", local.split("+")[0])) & _ROLES)


RECOGNISERS = (Email(),)
