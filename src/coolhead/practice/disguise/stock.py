"""What stands in the place of names, days, months and numbers."""

from __future__ import annotations

FIRST_NAMES = (
    "Nora", "Ivo", "Leda", "Marek", "Yara", "Tobin", "Selma", "Anton", "Mirela", "Joris", "Alba", "Kamil",
    "Edda", "Rasmus", "Talia", "Henrik",
)  # fmt: skip
LAST_NAMES = (
    "Varga", "Holm", "Benning", "Castell", "Ruiter", "Ohara", "Lindqvist", "Marlowe", "Petrova", "Quint",
    "Sorel", "Tandy",
)  # fmt: skip
PLACES = (
    "Harrowfield", "Eastmere", "Velden", "Northam", "Lisborne", "Carrick", "Osterhaven", "Windle", "Marbeck",
    "Tolmouth",
)  # fmt: skip
THINGS = ("Aurelo", "Branto", "Celvia", "Domaris", "Elvento", "Fintra", "Gavello", "Hestia", "Ilmara")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
NUMBERS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
MASKED = {
    "PHONE": "my mobile number", "EMAIL": "my e-mail address", "CARD": "my card number",
    "ADDRESS": "my address", "BIRTH_DATE": "my date of birth", "SECRET": "my password",
    "BANK_ACCOUNT": "my account number", "NATIONAL_ID": "my passport number", "CVV": "the code on the back",
}  # fmt: skip
"""What is said in the place of what was masked."""
ONSETS = ("Bel", "Cor", "Dar", "Fen", "Gal", "Hol", "Jan", "Kor", "Lor", "Mel", "Nar", "Pel", "Ros", "Tam")
MIDDLES = ("a", "e", "i", "o", "an", "en", "in", "or", "ar", "el")
ENDS = ("mund", "wick", "berg", "lia", "vik", "tess", "dale", "ric", "nora", "bel", "stan", "mere")
"""Of invented names, when the lists are used up."""
