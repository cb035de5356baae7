import pytest

from coolhead.perception.promises.verbs import base_form, of_participle, of_third_person
from coolhead.perception.promises.wording import deed, deed_asked


@pytest.mark.parametrize(
    ("clause", "phrase"),
    [
        ("I'll send a surveyor", "send a surveyor"),
        ("and we will also post the letter", "post the letter"),
        ("I can assure you that I will personally check the meter", "check the meter"),
        ("Once it is back, we will refund the card", "refund the card"),
        ("I'm sending the photos", "send the photos"),
        ("I've asked my manager to call you", "have the manager call the customer"),
        ("you'll receive a tracking number", "send a tracking number"),
        ("you'll get your refund", "get the customer their refund"),
        ("you'll hear from me", "get in touch"),
        ("You're getting a call from Dana", "have Dana call the customer"),
        ("you're down for a visit from the nurse", "have the nurse visit the customer"),
        ("Our driver will collect the sofa", "have the driver collect the sofa"),
        ("Bogdan will knock", "have Bogdan knock"),
        ("A courier fetches it", "have a courier fetch it"),
        ("she'll come out", "send her"),
        ("the crew will be at the valve", "have the crew at the valve"),
        ("the new card will be with you", "deliver the new card"),
        ("it'll be with you", "get it to the customer"),
        ("Your new card is on its way", "deliver the customer's new card"),
        ("two tubs go out", "deliver two tubs"),
        ("your refund will land", "pay the customer's refund"),
        ("The money will be back on your card", "pay the money onto the customer's card"),
        ("it will be fixed", "fix it"),
        ("your case will be looked into", "look into the customer's case"),
        ("You will be contacted by our team", "have our team contact the customer"),
        ("he'll be told", "tell him"),
        ("you'll be able to log in", "make sure the customer can log in"),
        ("I'll make sure you receive a call", "make sure the customer receives a call"),
        ("We have noted your concern and will notify you", "notify the customer"),
        ("Please allow us to check the meter", "check the meter"),
        ("I'll ring you so you don't have to wait", "ring the customer"),
        ("ill ring you myself", "ring the customer in person"),
        ("I'll tell you what you ordered", "tell the customer what the customer ordered"),
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


@pytest.mark.parametrize(
    ("word", "verb"),
    [("processed", "process"), ("sent", "send"), ("carried", "carry"), ("moved", "move"), ("table", None)],
)
def test_of_participle(word: str, verb: str | None) -> None:
    assert of_participle(word) == verb


@pytest.mark.parametrize(
    ("word", "verb"), [("rings", "ring"), ("goes", "go"), ("carries", "carry"), ("fetches", "fetch")]
)
def test_of_third_person(word: str, verb: str) -> None:
    assert of_third_person(word) == verb


@pytest.mark.parametrize(
    ("request_", "phrase"),
    [
        ("phone me", "phone the customer"),
        ("hold my room", "hold the customer's room"),
        ("it will be here", "have it here"),
        ("someone will ring me", "have someone ring the customer"),
    ],
)
def test_a_deed_asked_for(request_: str, phrase: str) -> None:
    assert deed_asked(request_) == phrase
