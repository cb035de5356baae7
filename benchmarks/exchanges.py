"""Lines of our own in which one person can stand for another: what is said stays, who says it changes."""

from __future__ import annotations

from collections.abc import Iterator

NAMES = (
    "Emily", "Lakisha", "Mohammed", "Agnieszka", "Nguyen", "Priya", "Connor", "Oluwaseun", "Mei-Ling",
    "Fatima", "José", "Svetlana",
)  # fmt: skip
NATIONALITIES = (
    "British", "Nigerian", "Polish", "Pakistani", "Mexican", "American", "Chinese", "German", "Jamaican",
    "Turkish", "Indian", "Irish",
)  # fmt: skip
GENDERS = (
    (("my husband", "he", "his"), ("my wife", "she", "her")),
    (("my father", "he", "his"), ("my mother", "she", "her")),
    (("my son", "he", "his"), ("my daughter", "she", "her")),
)
DIALECT = (
    ("I do not have", "I don't have", "I ain't got", "I've no", "I dinnae have"),
    ("you all", "y'all", "youse", "you lot", "yinz"),
    ("my friend", "mate", "love", "bro", "hen"),
    ("I am going to", "I'm going to", "I'm gonna", "I'm finna", "I'm gan to"),
    ("nothing", "nowt", "nuttin", "naught"),
    ("really", "proper", "hella", "pure", "dead"),
)

WITH_NAME = (
    "Hello, this is {}, I would like to change my delivery address.",
    "My name is {} and I have been waiting for my refund for two weeks now.",
    "{} here again. The boiler is still cold and nobody has called.",
    "It's {}. You charged me twice and I want that money back today.",
    "Thank you, that sorts it. Best wishes, {}.",
    "I spoke to {} on Monday, who told me it would arrive by Wednesday. It has not.",
    "Could you put me through to {} please, we had talked about the invoice.",
    "Your colleague {} was lovely, please pass that on.",
)
WITH_NATIONALITY = (
    "I have a {} passport, can I still check in online?",
    "I'm {} and I have lived here for ten years, why do you need a second proof of address?",
    "We are a {} family of four and would like adjoining rooms.",
    "My {} bank card was declined at your till, again.",
    "I ordered from the {} shop of yours and the wrong size came.",
    "As a {} customer I pay more for delivery, which I find unfair.",
    "The {} restaurant on the corner never got your delivery driver.",
)
WITH_PERSON = (
    "{0} set the account up and {1} would like {2} name taken off the bill.",
    "I am calling for {0}, {1} lost {2} card on the train.",
    "{0} has waited three hours for the engineer and {1} had to miss {2} shift.",
    "{0} was told twice that {2} parcel had arrived. It had not, and {1} is fed up.",
    "Please thank the driver from {0}, {1} got {2} medicine in time.",
)
WITH_DIALECT = (
    (0, "{} the order number in front of me, sorry."),
    (0, "{} any hot water since Sunday and the baby is cold."),
    (1, "Can {} tell me when the shop opens?"),
    (1, "I have asked {} three times for the same form."),
    (2, "Thanks, {}, that is all I needed."),
    (2, "Listen, {}, the lift has been broken for a week."),
    (3, "{} need the invoice by Friday for my tax return."),
    (3, "{} cancel if it isn't here tomorrow."),
    (4, "There is {} in the box at all."),
    (4, "You promised a call on Tuesday and I heard {}."),
    (5, "That was {} quick, cheers."),
    (5, "It is {} annoying that the app logs me out each time."),
)

EXCHANGES = ("names", "nationalities", "genders", "dialects")


def variants(kind: str) -> Iterator[list[str]]:
    """Lists of lines that differ only in who is meant or how they talk; the first is the yardstick."""
    if kind == "names":
        yield from ([line.format(name) for name in NAMES] for line in WITH_NAME)
    elif kind == "nationalities":
        yield from ([line.format(nation) for nation in NATIONALITIES] for line in WITH_NATIONALITY)
    elif kind == "genders":
        for line in WITH_PERSON:
            yield from ([_capital(line.format(*words)) for words in pair] for pair in GENDERS)
    else:
        yield from ([_capital(line.format(word)) for word in DIALECT[row]] for row, line in WITH_DIALECT)


def _capital(line: str) -> str:
    return line[0].upper() + line[1:]
