"""The customer's own address, whole or in parts, and the postcode when it was asked for; not a shop's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.line import Context, Line
from coolhead.conversation.privacy.number import Number
from coolhead.conversation.privacy.recognisers.address_cues import (
    COMPANY,
    HOUSE_NUMBER_ASKED,
    address_asked,
    house_number_asked,
    is_company,
    is_own,
)
from coolhead.conversation.privacy.recognisers.address_extent import extent

_CLEAR_TYPES = (
    "street|str|road|rd|lane|ln|avenue|ave|av|crescent|cres|terrace|tce|gardens|gdns|grove|boulevard|"
    "blvd|parkway|"
    "pkwy|highway|hwy|mews|alley|esplanade|parade|pde|cul-de-sac|circle|cir|trail|turnpike|causeway|"
    "nagar|colony|apartments?|residency|society|bhavan|nivas|marg|layout|enclave|vihar|chowk|extension|"
    "extn|puram|bagh|sarani|subdivision|subd|village|compound|"
    "cottages|wharf|quay|embankment"
)
_WORD_TYPES = (
    "st|way|drive|dr|court|ct|close|place|pl|row|walk|park|hill|green|square|sq|end|rise|view|point|"
    "cross|main|loop|"
    "crossing|gate|heights|house|path|vale|fields|meadows?|brow|bank|croft|fold|dale|yard|towers?|estate|"
    "road east"
)
_NO_NAME = (
    "on|in|at|for|to|from|my|your|is|was|and|with|than|then|that|this|it|i|you|we|they|he|she|a|an|by|"
    "down|per|out|or|"
    "minutes?|hours?|hour|mins?|days?|weeks?|months?|years?|times?|miles?|pounds?|dollars?|bedrooms?|gb|"
    "tb|other|more|"
    "different|separate|long|free|new|of|people|star|items?|percent|am|pm|about|off|up|the|over|across|"
    "into|under|near|opposite|around|after|before|still|just|but|so|if|not|no|are|were|"
    "have|has|had|day|working|orders?|only|each|every|all|way|good|best|big|wrong|right|call|calls|car|"
    "digits?|inch"
)
_NAME = rf"(?!(?:{_NO_NAME})\b)[^\W\d_][\w.'’-]*"
_NUMBER = r"(?:\d{1,5}(?: \d{1,2}){0,3}(?:[-/ ]?[a-z](?![\w'’]))?(?:[-/]\d{1,4}[a-z]?){0,3})"
_STREET = re.compile(
    rf"(?<![\w.,/-])(?:(?:number|no\.?|#) ?)?{_NUMBER},? (?:\d{{1,3}}(?:st|nd|rd|th) |(?:the |old |st\.? "
    rf"|saint )?{_NAME} "
    rf"(?:{_NAME} ){{0,3}}?)(?:{_CLEAR_TYPES}|(?P<weak>{_WORD_TYPES}))(?![\w'’])\.?"
)
_EUROPEAN = re.compile(
    r"(?<!\w)[^\W\d_]{2,30}(?:straße|strasse|str\.|weg|platz|gasse|allee|straat|laan|gracht|plein|kade|"
    r"gatan|vägen|veien|"
    r"vej)\.? \d{1,4} ?[a-z]?(?!\w)"
    r"|(?<!\w)(?:\d{1,4}(?: ?(?:bis|ter))?,? )(?:rue|chemin|impasse|quai|allée|boulevard|avenue|place) "
    r"(?:de la |de l['’]|des |du |de |d['’]|la |le )?[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}"
    r"|(?<!\w)(?:c/|viale|corso|piazza|calle|avenida|avda\.?|plaza|paseo|rua|carrer|ulica|ul\.) "
    r"(?:[^\W\d_][\w'’.-]* ){1,4}(?:n[º°.]? ?)?\d{1,4}(?!\w)"
)
_NUMBER_BEHIND = re.compile(
    rf"(?<!\w){_NAME} (?:{_NAME} )?(?:{_CLEAR_TYPES}|{_WORD_TYPES}),? "
    rf"(?:at )?(?:number|no\.?|#) ?\d{{1,4}}[a-z]?(?!\w)"
)
_AFTER_OWN = re.compile(
    rf"(?<!\w)(?:(?:address|house|home|place|flat) is|(?:live|living|staying) at)[ :]"
    rf"(?:now |at |number |no\.? )*({_NUMBER},? (?:the )?{_NAME})"
)
_SAID_TO_BE = re.compile(r"(?<!\w)(?:address is|(?:i|we) live (?:at|in)|home is(?: at)?)(?: now)? (?!\d)")
_NUMBER_AND_NAME = re.compile(rf"{_NUMBER},? (?:the )?{_NAME}")
# "via" is an English word too: its street is known by capitals alone.
_ITALIAN = re.compile(r"\bVia (?:[^\W\d_][\w'’.]* ){1,3}\d{1,4}\b")
_UNIT = re.compile(
    r"(?<!\w)(?:flat|apartment|apt\.?|unit|villa|plot|block|blk\.?|lot|house no\.?|h\.? ?no\.?|door no\.?|"
    r"tower|building|bldg\.?|brgy\.?|barangay|purok|sitio|phase|level|suite|house number|condo unit)"
    r" ?(?:no\.? ?(?=\d))?#?(?:[a-z]?-?\d{1,5}[a-z]?(?:[-/]\d{1,4}[a-z]?){0,3}|[a-z]|[1-9]\w{0,3})(?!\w)"
    r"|(?<!\w)(?:brgy\.?|barangay|purok|sitio|subd\.?) [^\W\d_]\w+"
    r"|(?<!\w)p\.? ?o\.? ?box \d{1,6}(?!\w)"
    r"|(?<!\w)#\d{1,4}(?![-\d])"
    r"|(?<!\w)[a-z]-?\d{2,4}, (?=[^\W\d_])"
)
_LEAD = re.compile(
    r"\W*(?:(?:yes|yeah|yep|sure|ok|okay|so|um|uh|er|erm|well|it's|its|it is|that's|that is|that would "
    r"be|the address is|"
    r"my address is|address is|address|i live at|i live in|i'm at|we live at|we're at|we are at|i am at|"
    r"at|deliver to|send it to|to|"
    r"please|po|opo|ma'am|sir|hi|still|no|the postcode is|postcode is|postcode|zip is|zip|the first line is|"
    r"first line is|i think|oh|ah|my|new|one is|home|that'll be)(?!\w|['’])\W*)*"
)
_REFUSES = words(
    r"(?:do|did|have|has|is|was|are|wo|ca|does)n't|dont|cant|cannot|not|never|why|what|sorry|forgot|hang on",
    r"hold on|let me|already|same|can i|can you|where|how|which|store|shop|order|reference|pounds",
    r"phone|email|months?",
    r"years?|since|ago",
)
_MINE_BEHIND = re.compile(
    r"\W*(?:(?:is|that's|thats|which is|that is|as) )+(?:my|our|the|where i|where we)\b"
)
_PLACE_WORD = re.compile(
    rf"\b(?:{_CLEAR_TYPES}|{_WORD_TYPES}|cottage|farm|lodge|hall|schoolhouse|barn|manor|mill|villa)\b"
)
_LONGEST_ANSWER = 14
_LONGEST_HOUSE_NUMBER = 4
_TOWN = re.compile(r"[^\W\d_][\w' -]{2,40}[ ,]+\d{4,6}")
_CLEAR = re.compile(rf"\b(?:{_CLEAR_TYPES})\b")
_CLAUSE = re.compile(
    r"[.;!?](?=\s|$)|\n|(?<=\s)(?:and|but|so|if|because|please|thanks|thank|cheers|is|it's|was|that's|which|"
    r"with|i|i'm|you|thats|po|opo|sir|ma'am|then|just|my|your|phone|email|not)(?=[\s,.])"
)
_HOUSE_NUMBER = re.compile(r"\d{1,4}[a-z]?(?!\w)")
_LONG_NUMBER = re.compile(r"\d{7}")


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A part that makes an address: a street with its number, a flat.

    Attributes:
        start: first character.
        end: one past the last.
        is_whole: it says enough to be an address on its own.
        is_common_word: its type of street is a common word too ("way", "place").
    """

    start: int
    end: int
    is_whole: bool
    is_common_word: bool


class Address:
    """Finds streets, flats and what follows them, and whole answers to the question for the address."""

    name = "address"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every address of the customer."""
        asked = address_asked(line.context)
        at = 0
        found = False
        for anchor in _anchors(line.low, line.normal.text):
            if anchor.start < at or not (asked or _is_credible(line, anchor)):
                continue
            at = extent(line, anchor.end)
            why = _why(line, anchor, at, asked)
            if why:
                found = True
                yield self._finding(anchor.start, at, 0.94, why)
        if asked and not found:
            yield from self._answer(line)
        for match in () if found else _SAID_TO_BE.finditer(line.low):
            yield from self._clause(line, match.end(), Evidence.NAMED)

    def _answer(self, line: Line) -> Iterator[Finding]:
        """A whole reply that has no form of its own: "the old schoolhouse, church lane"."""
        lead = _LEAD.match(line.low)
        if not _REFUSES.search(line.low) and not any(sign in line.low for sign in "?@["):
            yield from self._clause(line, lead.end() if lead else 0, Evidence.ASKED)

    def _clause(self, line: Line, start: int, why: Evidence) -> Iterator[Finding]:
        """The clause that begins at `start`, when it names a place."""
        end = _CLAUSE.search(line.low, start)
        said = line.low[start : end.start() if end else len(line.low)].rstrip(" ,.-")
        if len(said.split()) > _LONGEST_ANSWER or _LONG_NUMBER.search(said):
            return
        if why is Evidence.NAMED:
            if _CLEAR.search(said) and len(said.split()) > 1:
                yield self._finding(start, start + len(said), 0.82, why)
        elif _has_place(said, line.context):
            clear = _TOWN.fullmatch(said) or _CLEAR.search(said) or _HOUSE_NUMBER.match(said)
            yield self._finding(start, start + len(said), 0.82 if clear else 0.66, why)

    def _finding(self, start: int, end: int, score: float, why: str) -> Finding:
        return Finding(
            start=start, end=end, type=PersonalData.ADDRESS, score=score, recogniser=self.name, why=why
        )


def _is_credible(line: Line, anchor: _Anchor) -> bool:
    """Tells "81 Rowan Way" from "1 way": a common word needs capitals or words that announce an address."""
    if not anchor.is_common_word:
        return True
    return is_own(line.low, anchor.start, whole=False) or _in_capitals(
        line.normal.text, anchor.start, anchor.end
    )


def _why(line: Line, anchor: _Anchor, end: int, asked: bool) -> str:
    """Why this is the customer's address; empty when it is not."""
    whole = anchor.is_whole or bool(_CLEAR.search(line.low, anchor.end, end))
    if _MINE_BEHIND.match(line.low, end) or is_own(line.low, anchor.start, whole=whole):
        return Evidence.NAMED
    if is_company(line.low, anchor.start, end):
        return ""
    if asked:
        return Evidence.ASKED
    return "form of an address" if whole and not COMPANY.search(line.context.request) else ""


def _has_place(said: str, context: Context) -> bool:
    """True when a reply names a place: a word such as "lane", a town with postcode, the number asked for."""
    if _PLACE_WORD.search(said) and len(said.split()) > 1:
        return True
    if house_number_asked(context) and _HOUSE_NUMBER.match(said):
        return True
    return bool(_TOWN.fullmatch(said) or _NUMBER_AND_NAME.match(said))


def _anchors(low: str, text: str) -> list[_Anchor]:
    """What an address is known by, by start, the longest first."""
    found = [_Anchor(m.start(), m.end(), True, bool(m.group("weak"))) for m in _STREET.finditer(low)]
    found += [
        _Anchor(m.start(), m.end(), any(map(str.isdigit, m.group())), False) for m in _EUROPEAN.finditer(low)
    ]
    found += [_Anchor(*m.span(1), True, False) for m in _AFTER_OWN.finditer(low)]
    found += [_Anchor(m.start(), m.end(), True, True) for m in _NUMBER_BEHIND.finditer(low)]
    found += [_Anchor(m.start(), m.end(), False, False) for m in _UNIT.finditer(low)]
    found += [_Anchor(m.start(), m.end(), True, False) for m in _ITALIAN.finditer(text)]
    return sorted(found, key=lambda anchor: (anchor.start, -anchor.end))


def _in_capitals(text: str, start: int, end: int) -> bool:
    """True when the street's name is written with capitals."""
    names = [name for name in re.findall(r"\w{2,}", text[start:end]) if not name.isdigit()]
    return len(names) > 1 and all(name[0].isupper() or name[0].isdigit() for name in names)


def _house_fit(number: Number, evidence: Evidence) -> float:
    """The house number that was asked for, wherever it stands in a short reply."""
    fits = evidence is Evidence.ASKED and number.size <= _LONGEST_HOUSE_NUMBER and number.alone
    return 1 if fits and not number.glued else 0


HOUSE_NUMBER = Kind(name="house number", type=PersonalData.ADDRESS, cue=HOUSE_NUMBER_ASKED, fit=_house_fit)

RECOGNISERS = (Address(), HOUSE_NUMBER)
