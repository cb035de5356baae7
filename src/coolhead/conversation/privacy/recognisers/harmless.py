"""What looks personal and is not: references, a card's last four digits, expiry dates, company lines."""

from __future__ import annotations

from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.number import Number

_REFERENCE = (
    "order|case|e-?ticket|ticket|tracking|track|dhl|fedex|ups|usps|hermes|evri|dpd|gls|lbc|blue ?dart|"
    "auspost|"
    "royal mail|ninja ?van|"
    "reference|ref|claim|policy|invoice|serial|booking|confirmation|reservation|"
    "flight|pnr|imei|sku|item|product|part|parcel|package|consignment|waybill|awb|voucher|gift ?card|"
    "promo(?:tion)?|"
    "coupon|discount|loyalty|rewards?|points|frequent flyer|member(?:ship)?|customer|client|employee|"
    "staff|badge|"
    "extension|version|error|build|firmware|seat|gate|platform|room|train|bus|transaction|trx|txn|utr|"
    "receipt|"
    "quote|quotation|complaint|incident|rma|returns?|docket|job|appointment|purchase order|vin|registration|"
    "batch|delivery|shipment|shipping|label|device|router|modem|meter|subscription|contract|application|"
    "request|"
    "service|work order|bar ?code|isbn|student|patient|prescription|locker|letter|statement|store|branch|"
    "model|"
    "activation|country|dial(?:ling)?|dress|qr|offer|access point|asset|fault|outage|survey|"
    "conversation|chat|"
    "interaction|ticketing|user|subscriber|participant|lead|agent|operator|dispute|credit note|merchant|"
    "terminal|"
    "ombudsman|docket|warranty|licen[cs]e plate|number plate|car reg|plate|vehicle|chassis|engine|flyer|"
    "trip|ride|"
    "coach|cabin|table|lane|bay|stop|route|line item|lot|sim|iccid|mpan|mprn|mac|ip|http|status|exit|"
    "zone|channel|conference|meeting|zoom|webinar"
)
_OWN_ACCOUNTS = (
    "council tax|tax|bill|parking|loan|mortgage|customer|client|electric(?:ity)?|gas|energy|utility|water|"
    "broadband|internet|cable|phone|mobile|"
    "wireless|"
    "loyalty|rewards?|membership|online|service|subscriber|billing|toll|shopping|user|store|frequent flyer"
)


def _any(number: Number, evidence: Evidence) -> float:
    if evidence is Evidence.HINTED_BEFORE:
        return 0.9
    return 1 if evidence.in_line or number.whole else 0.97


def _four(number: Number, evidence: Evidence) -> float:
    if not evidence.in_line:
        return 1 if number.size == 4 and number.whole else 0
    if 2 <= number.size <= 5:
        return 1
    return 0


def _expiry(number: Number, _evidence: Evidence) -> float:
    return 1 if number.size in (4, 6) else 0.9 if number.size in (3, 5) else 0


def _line(number: Number, _evidence: Evidence) -> float:
    return 1 if number.size >= 3 else 0


REFERENCE = Kind(
    name="business reference",
    type=None,
    cue=words(
        rf"(?:{_REFERENCE})(?:'?s)?(?: (?:numbers?|no\.?|num|id|#|codes?|ref(?:erence)?|refs?))+",
        r"(?<!for the )(?<!for your )(?<!for this )(?<!for my )"
        r"(?:orders?|(?<!in )case|ticket|tracking|reference|ref|invoice|serial|booking|confirmation|"
        r"reservation|flight|pnr|imei|"
        r"sku|awb|waybill|consignment|voucher|receipt|docket|utr|extension|ext|badge|version|model|error|"
        r"gate|seat|"
        r"platform|room|train|bus|quote|quotation|claim|policy|rma|vin|iccid|channel|batch|complaint|"
        r"parcel|item|"
        r"incident|purchase order|po (?:numbers?|no\.?)|isbn|mac|imsi|mpan|mprn|udid|uuid|asin|upc|"
        r"ean|docket|shipment|transaction)",
        rf"(?:{_OWN_ACCOUNTS}) (?:account|acct|a/c)(?: (?:numbers?|no\.?|id|#))?",
        r"account (?:id|ref(?:erence)?|username)|account (?:number |no\.? )?with (?:you|us)",
        r"(?:vat|company|charity|business) (?:registration |reg )?(?:numbers?|no\.?|id)",
        r"(?:code|number|digits)(?: is| are|'s)? (?:on|from|at) (?:the|your|my) (?:\w+ )?(?:parcel|label|"
        r"box|letter|ticket|bill|"
        r"receipt|unit|device|router|machine|sticker|package|packaging|invoice|screen|display|meter|slip|"
        r"docket|form|"
        r"confirmation|order|boiler|appliance|product|item|tag|leaflet|docs?|documents?)",
        r"meter(?: reading)?|readings?",
        r"(?:gift|loyalty|rewards?|membership|points|library|sim|memory|oyster|travel|club|store|staff|"
        r"student|key) ?cards?(?: numbers?)?",
        r"(?:clubcard|nectar|avios|flybuys|everyday rewards)(?: card)?(?: numbers?)?",
        r"trace number|auth(?:orisation|orization)? reference|mandate(?: reference)?",
    ),
    hint=words(
        rf"(?:{_REFERENCE})", "account balance", "balance", "total", "model", "bill", "page", "section"
    ),
    fit=_any,
    uses_code=True,
)

LAST_FOUR = Kind(
    name="last four digits",
    type=None,
    cue=words(
        r"(?:ending|ends|end|ended|finishing|finishes)(?: (?:in|with|on))?",
        r"last (?:4|four)(?: (?:digits?|numbers?))?(?! (?:\w+ )?(?:of|on) (?:\w+ )?(?:social|ssn))",
        r"final (?:4|four)(?: (?:digits?|numbers?))?",
    ),
    fit=_four,
)

EXPIRY = Kind(
    name="expiry date",
    type=None,
    cue=words(
        r"expir(?:y|es|ed|ing|ation)(?: (?:dates?|is|on|in))*",
        r"exp(?:\.| date)?",
        r"valid (?:thru|until|to)",
    ),
    fit=_expiry,
)

COMPANY_LINE = Kind(
    name="company line",
    type=None,
    cue=words(
        r"(?:call|ring|contact|reach|text|phone|dial|message|whatsapp) (?:us|our|the|this)(?: "
        r"\w+){0,3}?(?: back)?",
        r"our (?:\w+ ){0,3}(?:numbers?|lines?|hotline|helpline|desk|team|office|switchboard|branch|store|"
        r"centre|"
        r"center|reception|support)",
        r"(?:hot ?line|help ?line|help ?desk|switchboard|call cent(?:re|er)|toll[- ]?free|free ?phone|"
        r"premium rate)"
        r"(?: numbers?)?",
        r"customer (?:care|service|services|support|relations)(?: (?:line|number|team|desk|hotline|"
        r"department))*",
        r"(?:fraud|support|billing|claims|sales|complaints|technical|emergency|accounts|booking|"
        r"reservations|returns|"
        r"lost card|bereavement|retention|loyalty|front|service|information|info)s? "
        r"(?:team|department|dept|desk|line|hotline|number)(?: (?:on|at|is))?",
        r"(?:your|our|the|their) fax",
        r"department|dial|short ?code|emergency services|emergenc(?:y|ies)",
        r"(?:i|we|i've|we've|i have|she|he) (?:already |just |even )?(?:called|rang|phoned|dialled|"
        r"dialed|tried|rung)"
        r"(?! (?:from|you from))(?: (?:your|the|this|that))?(?: \w+)?(?: numbers?| line)?",
        r"your (?:\w+ )?(?:hot ?line|help ?line|line|switchboard|office|branch|shop|store|call cent(?:re|er)|"
        r"customer \w+|support|service)(?: numbers?)?",
        r"(?:text|send|reply|sms) (?!sent)[a-z]+ to",
        r"you can (?:also )?(?:call|reach|ring|phone|contact|text|dial)"
        r"(?: (?!me|him|her|my|his|our)\w+){0,4}? (?:on|at)",
        r"(?:number|line) (?:for|of) (?:the|our|your) (?:\w+ ){0,3}(?:team|department|branch|store|"
        r"office|bank|hotel|"
        r"desk|company|manager|centre|center|service|restaurant|clinic|surgery|airline)",
        r"press",
    ),
    fit=_line,
)

RECOGNISERS = (REFERENCE, LAST_FOUR, EXPIRY, COMPANY_LINE)
