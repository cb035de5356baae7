"""PINs, passcodes and one-time codes, by the words around them or the question before."""

from __future__ import annotations

from coolhead.conversation.privacy.finding import PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.number import Number


def _pin(number: Number, evidence: Evidence) -> float:
    if number.glued or not number.whole:
        return 0
    if not evidence.in_line and not number.alone and number.size < 4:
        return 0
    return 1 if number.size == 4 else 0.95 if 4 < number.size <= 8 else 0


def _code(number: Number, evidence: Evidence) -> float:
    length = len(number.code)
    if evidence in (Evidence.HINTED, Evidence.HINTED_BEFORE):
        return 0.9 if 4 <= number.size <= 8 and length <= 10 else 0
    if 4 <= length <= 12 and number.size >= 3:
        return 1
    return 0.7 if 2 <= number.size <= 3 and number.alone and not evidence.in_line else 0


PIN = Kind(
    name="PIN by its name",
    type=PersonalData.SECRET,
    cue=words(
        r"(?<!drop )(?:(?:atm|card|voice|account|phone|banking|security|sim|telephone) )?pin(?: ?(?:code|"
        r"number|no))?",
        r"[mt]-?pin",
        "pass ?code",
        "pass ?number",
        "telephone banking (?:code|number)",
        r"(?:my |the |your )?pass ?word",
    ),
    fit=_pin,
)

ONE_TIME_CODE = Kind(
    name="one-time code by its name",
    type=PersonalData.SECRET,
    cue=words(
        r"otps?",
        r"(?:one|1)[- ]time (?:code|pass ?code|pass ?word|pin)",
        r"(?:verification|authentication|authenticator|authori[sz]ation|confirm(?:ation)? sms|log-?in|"
        r"sign-?in|access|"
        r"sms|text|2fa|mfa|reset|passcode|secret) (?:pass)?codes?",
        r"(?:two|2)[- ]?(?:factor|step)(?: \w+)?(?: code)?",
        r"2 ?fa(?: code)?",
        r"(?<!account )(?<!card )(?<!phone )(?<!order )(?<!reference )"
        r"(?:pass)?(?:code|number|digits|pin) (?:that )?(?:(?:we|i|you|it|they|he)(?:'ve|'ll)?|has|just|was) "
        r"(?:\w+ ){0,3}(?:sent|send|sending|texted|text|emailed|messaged|came|get|got|received|popped)",
        r"(?:sent|texted|emailed|gave|got|received) (?:me |you |us |him |her )?(?:a |the |this "
        r")(?:[\w-]+ ){0,3}(?:code|pin|otp|number)",
        r"(?:number|digits) (?:in|from|on) (?:the|that|your) (?:text|sms|message|app)",
        r"(?:text|message|sms) (?:that )?(?:we|i|they|you)(?:'ve)? (?:just )?(?:sent|got|received)",
        r"[4-8][- ]digit number",
        r"[5-8][- ]digit (?:code|pass ?code|otp|pin)|4[- ]digit (?:otp|pin|pass ?code)",
        r"code (?:in|from|on) (?:the|your|my) (?:text|app|e-?mail|sms|message|phone|authenticator)",
        r"codes? (?:that(?:'s)? )?(?:has |just )*(?:came|come|arrived)(?: through)?",
    ),
    hint=words(
        r"(?<!post )(?<!sort )(?<!zip )(?<!pin )(?<!area )(?<!error )(?<!promo )codes?(?! (?:of|for|e\b))",
        r"(?:google|whatsapp|it|they) (?:just )?(?:sent|texted) me",
    ),
    fit=_code,
    uses_code=True,
)

RECOGNISERS = (PIN, ONE_TIME_CODE)
