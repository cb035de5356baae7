"""IBANs, and account, sort and routing numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number
from coolhead.conversation.privacy.spoken import vocabulary

_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z][ -]?[A-Za-z][ -]?\d[ -]?\d(?:[ ,.-]{0,2}[A-Za-z0-9]){11,30}(?![A-Za-z0-9])"
)
_SMALL_WORD = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]*[a-z]{2}[a-z]*(?![A-Za-z0-9])|(?<![A-Za-z0-9])[A-Z][a-z]+"
)
_IBAN_COUNTRIES = vocabulary(
    "AD AE AL AT AZ BA BE BG BH BR BY CH CR CY CZ DE DK DO EE EG ES FI FO FR GB GE GI GL GR GT HR HU IE "
    "IL IQ IS IT JO "
    "KW KZ LB LC LI LT LU LV LY MC MD ME MK MR MT MU NL NO PK PL PS PT QA RO RS SA SC SE SI SK SM ST SV "
    "TL TN TR UA VA "
    "VG XK"
)
_IFSC = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z](?:[ -]?[A-Za-z]){3}[ -]?0(?:[ -]?[A-Za-z0-9]){6}(?![A-Za-z0-9])"
)
_BIC = re.compile(r"(?<![A-Za-z0-9])[A-Z]{4}(?:GB|DE|FR|US|IN|PH|AU|IE|NL|ES|IT|BE|AT|CH|SG|HK|NZ|SE|DK|"
    r"NO|PL)"
                  r"[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])")  # fmt: skip
_SORT_AND_ACCOUNT = re.compile(
    r"(?<![\d/-])(\d\d[- ]\d\d[- ]\d\d)(?:[ ,;/]|\band\b|\baccount\b|\bacc?t?\b){1,6}(\d{8}|\d{4} "
    r"\d{4})(?![\d/-])"
)
_NEW_ZEALAND = re.compile(r"(?<![\d-])\d\d[- ]\d{4}[- ]\d{7}[- ]\d{2,3}(?![\d-])")
_BIC_NAME = words("swift", "bic")


def is_iban(text: str) -> bool:
    """True when the check digits are right (ISO 7064, mod 97-10)."""
    code = "".join(filter(str.isalnum, text)).upper()
    if not 15 <= len(code) <= 34 or not code.isascii():
        return False
    return int("".join(str(int(char, 36)) for char in code[4:] + code[:4])) % 97 == 1


class CheckedIban:
    """Finds IBANs by their check digits, ends where the check is right."""

    name = "IBAN by check digits"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every IBAN, typed in groups or spelt."""
        for match in _IBAN.finditer(line.normal.text):
            end = _iban_end(_before_words(match.group()))
            if end:
                yield _bank(match.start(), match.start() + end, 1.0, self.name, "check digits")


def _before_words(text: str) -> str:
    """What stands before the first word in small letters; in an IBAN each group has digits."""
    word = _SMALL_WORD.search(text)
    return text[: word.start()] if word else text


def _iban_end(text: str) -> int:
    """How far the IBAN at the start of `text` reaches; 0 when there is none."""
    if text[:2].upper() not in _IBAN_COUNTRIES and text[:3].replace(" ", "").upper() not in _IBAN_COUNTRIES:
        return 0
    ends = [i + 1 for i, char in enumerate(text) if char.isalnum() and not text[i + 1 : i + 2].isalnum()]
    return next((end for end in reversed(ends) if is_iban(text[:end])), 0)


class BankCode:
    """IFSC and BIC codes."""

    name = "bank code by form"

    def find(self, line: Line) -> Iterator[Finding]:
        """IFSC by its form, BIC only beside its name."""
        for match in _IFSC.finditer(line.text):
            spelt = sum(map(str.isalnum, match.group())) == 11
            if spelt and ("ifsc" in line.low or "ifsc" in line.context.request or match.group().isupper()):
                yield _bank(*match.span(), 0.75, self.name, "form of an IFSC")
        if _BIC_NAME.search(line.low) or _BIC_NAME.search(line.context.request):
            for match in _BIC.finditer(line.text):
                yield _bank(*match.span(), 0.75, self.name, "form of a BIC")


class AccountForm:
    """A sort code with the eight digits of the account right behind it; New Zealand's account numbers."""

    name = "account by form"

    def find(self, line: Line) -> Iterator[Finding]:
        """Each number as a finding of its own."""
        for match in _NEW_ZEALAND.finditer(line.low):
            yield _bank(*match.span(), 0.8, self.name, "form of an account in New Zealand")
        for match in _SORT_AND_ACCOUNT.finditer(line.low):
            for group in (1, 2):
                yield _bank(*match.span(group), 0.93, self.name, "form of a sort code with an account")


def _bank(start: int, end: int, score: float, name: str, why: str) -> Finding:
    return Finding(
        start=start, end=end, type=PersonalData.BANK_ACCOUNT, score=score, recogniser=name, why=why
    )


def _fit(number: Number, evidence: Evidence) -> float:
    size = number.size
    if number.glued and size < 5:
        return 0
    if evidence in (Evidence.ASKED, Evidence.CONTINUED) and 2 <= size < 6:
        return 0.9 if number.whole and number.alone else 0
    if evidence in (Evidence.HINTED, Evidence.HINTED_BEFORE):
        return 0.97 if 7 <= size <= 17 else 0
    return 1 if 6 <= size <= 12 else 0.93 if 4 <= size <= 24 else 0


_OTHER = (
    r"(?<!customer )(?<!electricity )(?<!gas )(?<!energy )(?<!utility )(?<!water )(?<!broadband "
    r")(?<!internet )"
    r"(?<!loyalty )(?<!membership )(?<!member )(?<!online )(?<!user )(?<!client )(?<!rewards )(?<!mobile )"
)

ACCOUNT = Kind(
    name="bank account by its name",
    type=PersonalData.BANK_ACCOUNT,
    cue=words(
        r"sort ?codes?|sort(?= ?:? ?\d\d)",
        r"s/c|sc(?= ?:? ?\d)",
        r"(?:savings?|checking|chequing)(?=\W{0,3}\d)",
        r"routing(?: (?:number|no|code))?",
        "aba(?: number)?",
        "iban",
        "bsb",
        "ifsc(?: code)?",
        "clabe",
        r"transit(?: (?:number|no))?|institution(?: (?:number|no))",
        r"cheque account|(?:universal )?branch code",
        r"bank (?:account|acct|a/c|details)(?: (?:number|no|details))?",
        r"(?:savings?|checking|chequing|current|salary|payroll|joint|payout|payee|beneficiary)(?: "
        r"(?:account|acct|a/c))"
        r"(?: (?:number|no))?",
        r"a/c(?: (?:number|no))?",
        r"acct?\.?(?: (?:number|no))?\.?",
        r"(?:bdo|bpi|metrobank|landbank|unionbank|sbi|hdfc|icici|axis|barclays|hsbc|lloyds|natwest|"
        r"santander|monzo|"
        r"halifax|chase|wells fargo|citi(?:bank)?|commbank|westpac|nab|anz|revolut|n26|ing) (?:bank "
        r")?(?:account|acct)",
        r"accounts? (?:number )?(?:should|do|shall|can|will) (?:we|i|the \w+) (?:credit|refund|pay|debit|"
        r"send|transfer)",
    ),
    hint=words(
        r"(?:refund|transfer|pay|paid|deposit|credit|send)(?:ed)? (?:\w+ ){0,3}(?:in)?to",
        r"direct debit(?: comes from)?",
        r"(?:taking|take|took|taken|debit(?:ed|ing)?) (?:\w+ ){0,3}from",
        r"(?:do you|i) bank with",
        r"at (?:barclays|hsbc|lloyds|natwest|santander|monzo|chase|bdo|bpi)",
    ),
    fit=_fit,
)


def _bare_fit(number: Number, evidence: Evidence) -> float:
    """A little less than a business reference's, which wins where both names fit ("council tax account")."""
    if number.size < 7:
        return 0 if evidence.in_line else 0.97 * _fit(number, evidence)
    return 0.97 * _fit(number, Evidence.HINTED)


BARE_ACCOUNT = Kind(
    name="account number",
    type=PersonalData.BANK_ACCOUNT,
    cue=words(_OTHER + r"account(?:'?s)?(?: (?:number|no\.?|num|#)(?:'?s)?)?"),
    fit=_bare_fit,
)

RECOGNISERS = (CheckedIban(), BankCode(), AccountForm(), ACCOUNT, BARE_ACCOUNT)
