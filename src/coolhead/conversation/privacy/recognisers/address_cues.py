"""The words that tell whose an address is and whether one was asked for; knows no form of an address."""

from __future__ import annotations

import re

from coolhead.conversation.privacy.kind import words
from coolhead.conversation.privacy.line import Context

_REACH = 70
_OWN = words(
    r"(?:i|we) live|live[sd]? (?:at|in|on)|living at|residing at|stay at|i am at",
    r"i'?m in flat",
    r"i'?m (?:at|living|staying)",
    r"(?:my|our|the|billing|delivery|home|postal|shipping|new|old|current|residential|mailing|"
    r"correspondence|permanent|installation|customer'?s?) (?:\w+ )?address",
    r"address(?: is| should be| to)?|adresse|direcci[oó]n|indirizzo|post ?code",
    r"deliver(?:ed|y)? (?:it )?(?:to|at)|ship(?:ped)? (?:it )?to|send (?:it|them|the \w+|mine|that)? ?to",
    r"moved? (?:to|from|into)|should go to|come to|go to|collect (?:it )?from",
    r"my (?:flat|house|place|home|apartment|mum'?s|parents'?)|our (?:house|flat|home|place|apartment)",
)
_BEING_IN = words(r"(?:we|i) (?:are|am|stay) (?:in|at)", r"(?:we|i)'(?:re|m) (?:in|at)")
_PREMISES = (
    "stores?|shops?|branch(?:es)?|depots?|warehouse|offices?|head office|headquarters|showroom|hotel|"
    "restaurant|clinic|surgery|station|locker|outlet|centre|center|dealer|garage|hub|museum|hospital|bank|school|gym|cinema|"
    "pharmacy|supermarket|unit|kiosk|stall|premises|salon|collection point|pick-?up point|counter"
)
COMPANY = words(
    rf"(?:our|your|their|nearest|the|local|a|that|this) (?:\w+ ){{0,2}}(?:{_PREMISES})",
    r"(?:store|shop|branch|depot|office|hotel|restaurant|locker|garage|dealer|pick-?up point|outlet)"
    r"(?: (?:is|at|on|in|near))?",
    r"return(?:s|ed)?(?: \w+){0,3} to|send (?:the |your )?(?:returns?|parcel back|item back)(?: \w+)? to",
    r"(?:bought|ordered|collected|picked up)(?: \w+)? (?:at|from|in)",
    r"we(?:'re| are) (?:based|located)|located|find us|visit us|write to us",
    r"our ?$|head ?office|returns address|neighbou?r|instead of|not",
)
_ADDRESS_ASKED = words(
    r"(?<!email )(?<!e-mail )(?<!mail )(?<!ip )(?<!mac )(?<!web )address(?:es)?",
    r"(?:first|1st|second|2th|1|one) line(?: of)?",
    r"where (?:do|are|would) you (?:live|living|stay|staying|based|located|want it)",
    r"(?:house|flat|door|apartment|unit|building) (?:number|name|no)",
    r"street (?:name|address|and|number)",
    r"where (?:do|should|shall|can|are|will|to|would) (?:we|i|the \w+|you)?(?: \w+)? ?"
    r"(?:send|deliver|ship|post|come|dispatch|collect)\w*",
    r"(?:suburb|town|city|barangay|landmark|locality)(?! (?:you|were|where) )",
    r"where(?:'s| is) (?:it|this|that) (?:going|being delivered)",
    r"deliver(?:ed)? (?:it )?to",
)
HOUSE_NUMBER_ASKED = words(
    r"(?:house|door|flat|building|apartment|unit) (?:\w+ or )?(?:number|no)", "which (?:flat|house)"
)
POSTCODE_ASKED = words(
    r"post ?codes?(?! area)|zip(?: ?codes?)?|postal codes?|eir ?code|(?:area )?pin ?code",
)
_NOT_HOME = words(
    r"(?:store|shop|branch|office|depot|hotel)(?:'s)? (?:\w+ )?(?:address|postcode|post code)",
    r"(?:postcode|address|street|town|city) (?:of|for|is) (?:the|your|our|that)? ?(?:\w+ )?"
    r"(?:store|shop|branch|office|depot|hotel)",
    r"(?:is|are) (?:your|the|our) \w+ (?:store|shop|branch)",
    r"e-?mail|spell the|confirm your date",
)


def address_asked(context: Context) -> bool:
    """True when the customer's address, or a part of it, was asked for."""
    return bool(_ADDRESS_ASKED.search(context.request)) and not _NOT_HOME.search(context.request)


def postcode_asked(context: Context) -> bool:
    """True when the customer's postcode or address was asked for."""
    if _NOT_HOME.search(context.request):
        return False
    return bool(POSTCODE_ASKED.search(context.request)) or address_asked(context)


def house_number_asked(context: Context) -> bool:
    """True when a bare number is a house or a flat."""
    return bool(HOUSE_NUMBER_ASKED.search(context.request))


def is_own(low: str, start: int, *, whole: bool) -> bool:
    """True when the words before call what begins at `start` one's own; `whole` for a whole address."""
    left = low[max(0, start - _REACH) : start]
    own = _last_end(_OWN, left) or (_last_end(_BEING_IN, left) if whole else 0)
    return own > 0 and own > _last_end(COMPANY, left)


def is_company(low: str, start: int, end: int) -> bool:
    """True when the words before, or right behind, call it a shop's or another company's."""
    return bool(COMPANY.search(low, max(0, start - _REACH), start) or COMPANY.search(low, end, end + 14))


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=0)
