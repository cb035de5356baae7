"""Numbers by which a state knows a person: social security, tax, identity card, passport, driving licence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number
from coolhead.conversation.privacy.recognisers.check_digits import luhn, verhoeff

_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"


def _ssn(text: str) -> bool:
    area, group, serial = text[:3], text[3:5], text[5:]
    return area not in ("000", "666") and group != "00" and serial != "0000"


def _dni(text: str) -> bool:
    return _DNI[int(text[:8]) % 23] == text[8]


def _aadhaar(text: str) -> bool:
    return verhoeff(text)


def _south_african(text: str) -> bool:
    """Date of birth as year, month, day in front, Luhn check digit at the end."""
    return 1 <= int(text[2:4]) <= 12 and 1 <= int(text[4:6]) <= 31 and luhn(text)


def _driver(text: str) -> bool:
    """The month of birth (50 more for women) and the day stand in the licence's six digits."""
    digits = re.findall(r"\d{6}", text[2:])
    return any(int(d[1:3]) % 50 in range(1, 13) and 1 <= int(d[3:5]) <= 31 for d in digits[:1])


# Up to five letters of the surname, filled up with nines, then six digits, initials, check characters.
_LICENCE = (
    r"[A-Za-z]{2,5}(?: ?9){0,3}(?: ?\d){6}"
    r"(?:(?: ?[A-Z9]){2}(?: ?\d)?(?: ?[A-Z\d]){2,3}|[a-z9]{2}\d?[a-z\d]{2,3})"
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A document number with a form of its own: what it is called, how it looks, whether it checks."""

    name: str
    pattern: re.Pattern[str]
    score: float
    valid: Callable[[str], bool] = bool


def _form(name: str, pattern: str, score: float, valid: Callable[[str], bool] = bool) -> _Form:
    return _Form(name, re.compile(rf"(?<![A-Za-z0-9])(?<![\d][-.]){pattern}(?![A-Za-z0-9])"), score, valid)


_FORMS = (
    _form("social security number", r"[0-8]\d\d-\d\d-\d{4}(?!-?\d)", 0.78, _ssn),
    _form(
        "national insurance number",
        r"(?i:[A-CEGHJ-PQR-TW-Z][ -]?[A-CEGHJ-NPQR-TW-Z](?:[ ,-]{0,2}\d){6}[ ,-]{0,2}[A-D])",
        0.74,
    ),
    _form("PAN", r"(?i:[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z])", 0.74),
    _form("driving licence", _LICENCE, 0.74, _driver),
    _form("South African identity number", r"\d{6} ?\d{4} ?[012]\d\d", 0.7, _south_african),
    _form("codice fiscale", r"(?i:[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z])", 0.78),
    _form("DNI", r"\d{8}[ -]?[A-Z]", 0.64, lambda text: _dni(text)),
    _form("Aadhaar number", r"(?<!\d )[2-9]\d{3} \d{4} \d{4}(?! \d)", 0.6, _aadhaar),
)


class DocumentForm:
    """Finds numbers that only one kind of document has."""

    name = "document number by form"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every number that has such a form and passes its check."""
        for form in _FORMS:
            for match in form.pattern.finditer(line.text):
                if form.valid("".join(filter(str.isalnum, match.group()))):
                    yield Finding(
                        start=match.start(),
                        end=match.end(),
                        type=PersonalData.NATIONAL_ID,
                        score=form.score,
                        recogniser=self.name,
                        why=f"form of a {form.name}",
                    )


def _fit(number: Number, evidence: Evidence) -> float:
    length = len(number.code)
    letters = sum(map(str.isalpha, number.code))
    if length - letters < 3 or length > 24 or letters > 9:
        return 0
    if length >= 7:
        return 1
    if evidence in (Evidence.HINTED, Evidence.HINTED_BEFORE):
        return 0
    if evidence.in_line:
        return 0.93 if length >= 4 else 0
    return (0.97 if length >= 4 else 0.8) if number.alone else 0


DOCUMENT = Kind(
    name="document number by its name",
    type=PersonalData.NATIONAL_ID,
    cue=words(
        r"ssns?",
        r"(?:last (?:4|four)(?: digits)? of (?:my|your|the|his|her) )?(?:social(?: security)?|ssn)"
        r"(?: (?:insurance )?(?:numbers?|no\.?))?(?! media)",
        r"national insurance(?: (?:numbers?|no\.?))?",
        r"n\.?i\.? (?:numbers?|no\.?|num)",
        "nino",
        r"(?:your|my|his|her) n\.?i\.?",
        r"aadh?a+r(?: card)?(?: (?:numbers?|no\.?))?",
        r"adh?a+r(?: card)?(?: (?:numbers?|no\.?))?",
        r"uidai|nric|mykad|(?:ic|fin)(?= (?:numbers?|no\b))(?: \w+)?|emirates id|curp|cpf",
        r"phil ?sys(?: (?:id|card))?(?: (?:numbers?|no\.?))?",
        r"phil ?id",
        r"national id(?:entity)?(?: (?:card|numbers?|no\.?))*",
        r"passports?(?: (?:numbers?|no\.?|#|num|id))?",
        r"driv(?:er'?s?|ers'|ing)'? (?:licen[cs]e|permit)(?: (?:numbers?|no\.?|#))?",
        r"licen[cs]e(?: (?:numbers?|no\.?|#))",
        r"(?:on|from) (?:your|my|the) licen[cs]e",
        r"dl (?:numbers?|no\.?|#)",
        r"pan (?:card|numbers?|no\.?)(?: (?:numbers?|no\.?))?",
        r"voter(?:'?s)? id",
        r"tax(?:payer)? (?:file|id(?:entification)?|number|no)(?: (?:numbers?|no\.?))?",
        "tfn",
        "tin",
        r"sin(?= ?:? ?(?:number|no|is|\d))|(?:your|my|his|her) sin",
        r"(?:south african|sa|rsa|uae|national|citizen|resident|state|government|gov|photo|singapore|"
        r"malaysian|indian|philippine|irish) (?:id|identity)(?: (?:card|numbers?|no\.?))*",
        r"(?:sss|gsis|umid|prc|philhealth|pag-?ibig)(?: (?:id|numbers?|no\.?))?",
        r"medicare(?: (?:card|numbers?|no\.?))*",
        r"nhs (?:numbers?|no\.?)",
        r"pps[n]?(?: (?:numbers?|no\.?))?",
        r"pesel|ird(?: (?:numbers?|no\.?))?|hkid|bvn|cnic|nin(?= (?:numbers?|no|is|\d))",
        "bsn",
        r"(?:el |mi |my )?(?:dni|nie|nif)",
        r"personnummer|cpr|steuer-?(?:id|nummer)|ausweis(?:nummer)?|personalausweis",
        r"codice fiscale",
        r"id cards?(?: (?:numbers?|no\.?))?",
        r"identity (?:card|document|numbers?)(?: (?:numbers?|no\.?))?",
        r"government id|photo id|valid id",
        r"residence permit|visa number|green card|alien (?:registration )?number",
    ),
    hint=words(
        r"licen[cs]e(?! plate)",
        r"(?:your|my|the|his|her) id (?:numbers?|no\.?)",
        r"^\W*id (?:numbers?|no\.?)",
    ),
    fit=_fit,
    uses_code=True,
)

RECOGNISERS = (DocumentForm(), DOCUMENT)
