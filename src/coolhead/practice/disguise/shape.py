"""Stand-ins of the same shape: numbers, codes, and words in capitals."""

from __future__ import annotations

import re

from coolhead.practice.chance import fraction, shuffled

TIMES = ("st", "nd", "rd", "th", "am", "pm", "h", "min", "gb", "mb", "kg", "km", "cm", "g", "k", "p", "x")
"""What may follow a number without a space."""

MOST_COUNTED = 100
"""The largest number that is taken for a count, an hour, a day of the month or a share."""


def shaped(token: str, attempt: int, seed: int) -> str:
    """The token with other digits and code letters; another one with each attempt."""
    tail = next((each for each in TIMES if re.fullmatch(rf"[\d.,:]+{each}", token.lower())), "")
    head = token[: len(token) - len(tail)]
    made: list[str] = []
    digits = re.sub(r"\D", "", head)
    if digits == head and int(digits) <= MOST_COUNTED:  # a count, an hour, a day of the month, a share
        low, high = (1, 9) if len(digits) == 1 else (10, 28 if int(digits) <= 31 else 99)
        values = shuffled(range(low, high + 1), seed, token)
        return f"{values[attempt]}{tail}" if attempt < len(values) else f"{100 + attempt}{tail}"
    for at, each in enumerate(head):
        chance = fraction(seed, token, attempt, at)
        if each.isdigit():
            low = 1 if not made or not made[-1].isdigit() else 0
            choices = [str(digit) for digit in range(low, 10) if str(digit) != each]
            made.append(choices[int(chance * len(choices))])
        elif each.isalpha():
            letters = "BCDFGHKLMNPRSTVWXZ" if each.isupper() else "bcdfghklmnprstvwxz"
            choices = [letter for letter in letters if letter != each]
            made.append(choices[int(chance * len(choices))])
        else:
            made.append(each)
    return "".join(made) + tail


def cased(word: str, like: str) -> str:
    """The word in capitals as `like` is."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.title() if like[:1].isupper() else word
