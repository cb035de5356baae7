"""The customer's own address, whole or in parts, and the postcode when it was asked for; not a shop's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number

_CLEAR_TYPES = (
    "street|str|road|rd|lane|ln|avenue|ave|av|crescent|cres|terrace|tce|gardens|gdns|grove|boulevard|blvd|parkway|"
    "pkwy|highway|hwy|mews|alley|esplanade|parade|pde|cul-de-sac|circle|cir|trail|turnpike|causeway|"
    "nagar|colony|apartments?|residency|society|bhavan|nivas|marg|layout|enclave|vihar|chowk|extension|extn|puram|bagh|sarani|subdivision|subd|village|compound|"
    "cottages|wharf|quay|embankment"
)
_WORD_TYPES = (
    "st|way|drive|dr|court|ct|close|place|pl|row|walk|park|hill|green|square|sq|end|rise|view|point|cross|main|loop|"
    "crossing|gate|heights|house|path|vale|fields|meadows?|brow|bank|croft|fold|dale|yard|towers?|estate|road east"
)
_NO_NAME = (
    "on|in|at|for|to|from|my|your|is|was|and|with|than|then|that|this|it|i|you|we|they|he|she|a|an|by|down|per|out|or|"
    "minutes?|hours?|hour|mins?|days?|weeks?|months?|years?|times?|miles?|pounds?|dollars?|bedrooms?|gb|tb|other|more|"
    "different|separate|long|free|new|of|people|star|items?|percent|am|pm|about|off|up|the|over|across|into|under|near|opposite|around|after|before|still|just|but|so|if|not|no|are|were|"
    "have|has|had|day|working|orders?|only|each|every|all|way|good|best|big|wrong|right|call|calls|car|digits?|inch"
)
_NAME = rf"(?!(?:{_NO_NAME})\b)[^\W\d_][\w.'’-]*"
_NUMBER = r"(?:\d{1,5}(?: \d{1,2}){0,3}(?:[-/ ]?[a-z](?![\w'’]))?(?:[-/]\d{1,4}[a-z]?)?)"
_STREET = re.compile(
    rf"(?<![\w.,/-])(?:(?:number|no\.?|#) ?)?{_NUMBER},? (?:\d{{1,3}}(?:st|nd|rd|th) |(?:the |old |st\.? |saint )?{_NAME} "
    rf"(?:{_NAME} ){{0,3}}?)(?:{_CLEAR_TYPES}|(?P<weak>{_WORD_TYPES}))(?![\w'’])\.?"
)
_EUROPEAN = re.compile(
    r"(?<!\w)[^\W\d_]{2,30}(?:straße|strasse|str\.|weg|platz|gasse|allee|straat|laan|gracht|plein|kade|gatan|vägen|veien|"
    r"vej)\.? \d{1,4} ?[a-z]?(?!\w)"
    r"|(?<!\w)(?:\d{1,4}(?: ?(?:bis|ter))?,? )(?:rue|chemin|impasse|quai|allée|boulevard|avenue|place) "
    r"(?:de la |de l['’]|des |du |de |d['’]|la |le )?[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}"
    r"|(?<!\w)(?:viale|corso|piazza|calle|avenida|avda\.?|plaza|paseo|rua|carrer|ulica|ul\.) "
    r"(?:[^\W\d_][\w'’.-]* ){1,4}(?:n[º°.]? ?)?\d{1,4}(?!\w)"
)
_UNIT = re.compile(
    r"(?<!\w)(?:flat|apartment|apt\.?|unit|villa|plot|block|blk\.?|lot|house no\.?|h\.? ?no\.?|door no\.?|"
    r"tower|building|bldg\.?|brgy\.?|barangay|purok|sitio|phase|level|suite|house number|condo unit)"
    r" ?(?:no\.? ?(?=\d))?#?(?:[a-z]?-?\d{1,5}[a-z]?(?:[-/]\d{1,4}[a-z]?){0,3}|[a-z]|[1-9]\w{0,3})(?!\w)"
    r"|(?<!\w)(?:brgy\.?|barangay|purok|sitio|subd\.?) [^\W\d_]\w+"
    r"|(?<!\w)#\d{1,4}(?![-\d])"
    r"|(?<!\w)[a-z]-?\d{2,4}, (?=[^\W\d_])"
)
_UK = r"(?:[a-z] ?[a-z]?[ ,]{0,2}\d ?[a-z\d]?[ ,]{0,2}\d ?[a-z] ?[a-z]|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})"
_POSTCODE = re.compile(
    rf"(?<![\w])(?:{_UK}|[a-z]\d[a-z] ?\d[a-z]\d|[acdefhknprtvwxy]\d[\dw] ?[a-z\d]{{4}}|\d{{4}} ?[a-z]{{2}}(?=\W|$))(?!\w)"
)
_OWN = words(
    r"i live", r"we live", r"i'?m (?:at|living|staying)", r"living at", r"lives? (?:at|in|on)", r"(?:my|our|the|billing|delivery|home|postal|shipping|new|old|current|residential|mailing|"
    r"correspondence|permanent|installation|customer'?s?) (?:\w+ )?address",
    r"address(?: is| should be| to)?", r"deliver(?:ed|y)? (?:it )?(?:to|at)", r"send (?:it|them|the \w+|mine|that)? ?to",
    r"ship(?:ped)? (?:it )?to", r"moved? (?:to|from|into)", r"my (?:flat|house|place|home|apartment|mum'?s|parents'?)",
    r"our (?:house|flat|home|place|apartment)", r"should go to", r"come to", r"collect (?:it )?from", r"i am at",
    r"adresse", r"direcci[oó]n", r"indirizzo", r"i'?m in flat", r"post ?code", r"live (?:at|in|on)", r"residing at",
    r"go to",
)  # fmt: skip
_COMPANY = words(
    r"(?:our|your|their|nearest|the|local|a|that|this) (?:\w+ ){0,2}(?:stores?|shops?|branch(?:es)?|depots?|warehouse|offices?|head office|"
    r"headquarters|showroom|hotel|restaurant|clinic|surgery|station|locker|outlet|centre|center|dealer|garage|"
    r"hub|museum|hospital|bank|school|gym|cinema|pharmacy|supermarket|collection point|pick-?up point|counter)",
    r"(?:store|shop|branch|depot|office|hotel|restaurant|locker|garage|dealer|pick-?up point|outlet)(?: (?:is|at|on|in|near))?",
    r"visit us", r"return(?:s|ed)?(?: \w+){0,3} to", r"send (?:the |your )?(?:returns?|parcel back|item back)(?: \w+)? to",
    r"(?:bought|ordered|collected|picked up)(?: \w+)? (?:at|from|in)", r"we(?:'re| are) (?:at|based|located)", "located",
    r"find us", r"head ?office", r"neighbou?r", "instead of", "not", "returns address",
    r"write to us",
)  # fmt: skip
_ASKED = words(
    r"(?<!email )(?<!e-mail )(?<!mail )(?<!ip )(?<!mac )(?<!web )address(?:es)?",
    r"(?:first|1st|second|2th|1|one) line(?: of)?",
    r"where (?:do|are|would) you (?:live|living|stay|staying|based at|want it)",
    r"(?:house|flat|door|apartment|unit|building) (?:number|name|no)",
    r"street (?:name|address|and|number)",
    r"where (?:do|should|shall|can|are|will|to|would) (?:we|i|the \w+|you)?(?: \w+)? ?(?:send|deliver|ship|post|come|dispatch|collect)\w*",
    r"(?:suburb|town|city|barangay|landmark|locality)(?! (?:you|were|where) )",
    r"where(?:'s| is) (?:it|this|that) (?:going|being delivered)",
    r"deliver(?:ed)? (?:it )?to",
)
_POSTCODE_ASKED = words(
    r"post ?codes?(?! area)", r"zip(?: ?codes?)?", r"postal codes?", "eir ?code", r"(?:area )?pin ?code",
)  # fmt: skip
_NOT_ASKED = words(
    r"(?:store|shop|branch|office|depot|hotel)(?:'s)? (?:\w+ )?(?:address|postcode|post code)",
    r"(?:postcode|address|street|town|city) (?:of|for|is) (?:the|your|our|that)? ?(?:\w+ )?(?:store|shop|branch|office|depot|hotel)",
    r"(?:is|are) (?:your|the|our) \w+ (?:store|shop|branch)",
    "e-?mail",
    "spell the",
    "confirm your date",
)
_LEAD = re.compile(
    r"\W*(?:(?:yes|yeah|yep|sure|ok|okay|so|um|uh|er|erm|well|it's|its|it is|that's|that is|that would be|the address is|"
    r"my address is|address is|address|i live at|i live in|i'm at|we live at|we're at|we are at|i am at|at|deliver to|send it to|to|"
    r"please|po|opo|ma'am|sir|hi|still|no|the postcode is|postcode is|postcode|zip is|zip|the first line is|"
    r"first line is|i think|oh|ah|my|new|one is|home|that'll be)(?!\w|['’])\W*)*"
)
_REFUSES = words(
    r"(?:do|did|have|has|is|was|are|wo|ca|does)n't", "dont", "cant", "not", "never", "why", "what", "sorry", "cannot",
    "forgot", "hang on", "hold on", "let me", "already", "same", "can i", "can you", "where", "how", "which", "store",
    "shop", "order", "reference", "pounds", "phone", "email", "months?", "years?", "since", "ago",
)  # fmt: skip
_MINE_BEHIND = re.compile(r"\W*(?:(?:is|that's|thats|which is|that is|as) )+(?:my|our|the|where i|where we)\b")
_PLACE_WORD = re.compile(rf"\b(?:{_CLEAR_TYPES}|{_WORD_TYPES}|cottage|farm|lodge|hall|schoolhouse|barn|manor|mill|villa)\b")
_TAIL_TOKEN = re.compile(r"(?:[,\s]|[-–—](?=\s)|(?<=[a-z]\.)\s)*([^\s,;!?()\[\]]+)")
_CONNECTORS = frozenset("in near opposite upon de la le di del der am of the behind beside opp off by on floor next".split())
_ENDS = frozenset(
    "and but so if because please thanks thank cheers my is it's its it was that that's which who with for where when "
    "i i'm we you can could they he she to at from not instead or as po opo sir ma'am then also just last this have "
    "has will would should right correct ok okay yes no there now today tomorrow between before after about hi hello "
    "your our phone mobile email dob born date number since been are all do does did don't what why how still expiry "
    "until not, contact call name order arrived hasn't never every dear regards the,".split()
)
_PLACE_NUMBER = re.compile(r"\d{4,6}(?:-\d{4})?|\d{3}|[a-z]{1,2}\d{1,2}[a-z]?|\d[a-z]{2}|\d{1,4}[a-z]?|[a-z]")
_NUMBER_ASKED = words(r"(?:house|door|flat|building|apartment|unit) (?:\w+ or )?(?:number|no)", r"which flat")
_LONGEST_ANSWER = 14
_TOWN = re.compile(r"[^\W\d_][\w' -]{2,40}[ ,]+\d{4,6}")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)|ground|first|second|third|fourth|fifth|top")
_FLOOR = re.compile(r" (?:floor|cross|main|block|stage|phase|avenue|street|road)\b", re.IGNORECASE)
_REACH = 70
_LONGEST_TAIL = 18


class Address:
    """Finds streets, flats and what follows them, and whole answers to the question for the address."""

    name = "address"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every address of the customer."""
        request = line.context.request
        asked = bool(_ASKED.search(request)) and not _NOT_ASKED.search(request)
        at = 0
        found = False
        for start, end, strong, weak in _anchors(line.low):
            if start < at:
                continue
            if weak and not (asked or _OWN.search(line.low, max(0, start - _REACH), start) or _capital(line.normal.text, start, end)):
                continue
            at = _tail(line, end)
            verdict = self._verdict(line, start, at, asked, strong)
            if verdict:
                found = True
                yield self._finding(start, at, *verdict)
        if asked and not found:
            yield from self._answer(line)

    def _verdict(self, line: Line, start: int, end: int, asked: bool, strong: bool) -> tuple[float, str] | None:
        left = line.low[max(0, start - _REACH) : start]
        own = max((match.end() for match in _OWN.finditer(left)), default=0)
        company = max((match.end() for match in _COMPANY.finditer(left)), default=0)
        behind = _COMPANY.search(line.low[end : end + 14])
        mine = _MINE_BEHIND.match(line.low, end)
        if not mine and (company > own or (behind and not own)):
            return None
        if not (mine or own or asked) and _COMPANY.search(line.context.request):
            return None
        if own or mine:
            return 0.95, Evidence.NAMED
        if asked:
            return 0.94, Evidence.ASKED
        return (0.9, "form of an address") if strong else None

    def _answer(self, line: Line) -> Iterator[Finding]:
        """A whole reply that has no form of its own: "the old schoolhouse, church lane"."""
        lead = _LEAD.match(line.low)
        start = lead.end() if lead else 0
        stop = re.search(r"[.;!?](?=\s|$)|\n|$", line.low[start:])
        end = start + (stop.start() if stop else 0)
        end = min(end, next((m.start() for m in re.finditer(r"\S+", line.low[:end]) if m.start() > start and m.group() in _ENDS), end))
        said = line.low[start:end].rstrip(" ,.-")
        if not said or not _has_place(said, line.context.request) or _REFUSES.search(line.low) or "?" in line.low or "@" in said or "[" in said:
            return
        if len(said.split()) <= _LONGEST_ANSWER and not re.search(r"\d{7}", said):
            yield self._finding(start, start + len(said), 0.76 if _TOWN.fullmatch(said) else 0.66, Evidence.ASKED)

    def _finding(self, start: int, end: int, score: float, why: str) -> Finding:
        return Finding(start=start, end=end, type=PersonalData.ADDRESS, score=score, recogniser=self.name, why=why)


def _has_place(said: str, request: str) -> bool:
    """True when a reply names a place: a word such as "lane", a town with its postcode, the number asked for."""
    if _PLACE_WORD.search(said) and len(said.split()) > 1:
        return True
    if _NUMBER_ASKED.search(request) and re.match(r"\d{1,4}[a-z]?(?!\w)", said):
        return True
    return bool(_TOWN.fullmatch(said))


def _anchors(low: str) -> list[tuple[int, int, bool, bool]]:
    """Start, end, whether it is an address on its own, whether its type is a common word; by start."""
    found = [(m.start(), m.end(), True, bool(m.group("weak"))) for m in _STREET.finditer(low)]
    found += [(m.start(), m.end(), any(c.isdigit() for c in m.group()), False) for m in _EUROPEAN.finditer(low)]
    found += [(m.start(), m.end(), False, False) for m in _UNIT.finditer(low)]
    return sorted(found, key=lambda anchor: (anchor[0], -anchor[1]))


def _capital(text: str, start: int, end: int) -> bool:
    """True when the street's name is written with capitals."""
    names = re.findall(r"[^\W\d_]{2,}", text[start:end])
    return len(names) > 1 and all(name[0].isupper() for name in names)


def _tail(line: Line, end: int) -> int:
    """How far an address goes on after its street: town, state, postcode, "flat 5B"."""
    text = line.normal.text
    plain = 0
    kept = at = end
    for _ in range(_LONGEST_TAIL):
        match = _TAIL_TOKEN.match(text, at)
        if match is None or (text[at - 1 : at] == "." and text[at - 3 : at - 2] != " " and not _abbreviated(text, at)):
            break
        word = match.group(1)
        bare = word.rstrip(".,").lower()
        is_state = word.isupper() and len(word) == 2 and text[match.end() :].lstrip()[:1].isdigit()
        if (bare in _ENDS and not is_state) or "@" in word:
            break
        at = match.end()
        if _ORDINAL.fullmatch(bare) and _FLOOR.match(text, at):
            at = kept = _FLOOR.match(text, at).end()  # type: ignore[union-attr]
            continue
        if word[0].isdigit() or _PLACE_NUMBER.fullmatch(bare):
            if not _PLACE_NUMBER.fullmatch(bare) or line.scan.bare[match.start(1)] == "\x00":
                break
            kept = at
        elif word[0].isupper() or bare in _UNIT_WORDS:
            kept = at
        elif line.in_small_letters and bare not in _CONNECTORS:
            plain += 1
            if plain > 5:
                break
            kept = at
        elif bare not in _CONNECTORS:
            break
        if word.endswith(".") and not _abbreviated(text, at):
            break
    while kept and text[kept - 1] in " ,.-":
        kept -= 1
    return kept


_UNIT_WORDS = frozenset("flat apt apartment unit floor road street lane city town nagar brgy barangay".split())
_ABBREVIATION = re.compile(r"(?:^|\W)(?:st|rd|ave|brgy|apt|no|blk|subd|bldg|dr|ln|str|ext|extn|sto|sta|mt|[a-z])\.$", re.IGNORECASE)


def _abbreviated(text: str, end: int) -> bool:
    return bool(_ABBREVIATION.search(text, max(0, end - 7), end))


class Postcode:
    """Finds a postcode with letters that was asked for or is called one's own."""

    name = "postcode"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every postcode of the customer."""
        request = line.context.request
        asked = bool(_POSTCODE_ASKED.search(request) or _ASKED.search(request)) and not _NOT_ASKED.search(request)
        for match in _POSTCODE.finditer(line.low):
            left = line.low[max(0, match.start() - 45) : match.start()]
            if _COMPANY.search(left):
                continue
            named = _POSTCODE_ASKED.search(left)
            if named or asked:
                yield Finding(
                    start=match.start(),
                    end=match.end(),
                    type=PersonalData.ADDRESS,
                    score=0.93 if named else 0.8,
                    recogniser=self.name,
                    why=Evidence.NAMED if named else Evidence.ASKED,
                )


def _fit(number: Number, evidence: Evidence) -> float:
    if number.glued:
        return 0
    return 1 if number.size in (5, 6, 9) else 0.97 if number.size == 4 else 0


POSTAL_NUMBER = Kind(
    name="postcode in digits", type=PersonalData.ADDRESS, cue=_POSTCODE_ASKED, fit=_fit
)

RECOGNISERS = (Address(), Postcode(), POSTAL_NUMBER)
