import pytest

from coolhead.perception.promises.wording import base_form, deed


@pytest.mark.parametrize(
    ("clause", "phrase"),
    [
        ("I'll send a surveyor", "send a surveyor"),
        ("and we will also post the letter", "post the letter"),
        ("I can assure you that I will personally check the meter", "check the meter"),
        ("Once it is back, we will refund the card", "refund the card"),
        ("I'm sending the photos", "send the photos"),
        ("you'll receive a tracking number", "send a tracking number"),
        ("you'll hear from me", "get in touch"),
        ("Our driver will collect the sofa", "have our driver collect the sofa"),
        ("Bogdan will knock", "have Bogdan knock"),
        ("the new card will be with you", "have the new card with you"),
        ("I'll ring you so you don't have to wait", "ring you"),
        ("two tubs go out", "two tubs go out"),
    ],
)
def test_a_deed_is_a_verb_phrase(clause: str, phrase: str) -> None:
    assert deed(clause) == phrase


@pytest.mark.parametrize(
    ("stem", "verb"),
    [
        ("send", "send"),
        ("putt", "put"),
        ("call", "call"),
        ("arrang", "arrange"),
        ("clos", "close"),
        ("book", "book"),
    ],
)
def test_base_form(stem: str, verb: str) -> None:
    assert base_form(stem) == verb
