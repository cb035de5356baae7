import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.perception.promises.clauses import clauses


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("I see. I'll ring you.", ["I see", "I'll ring you"]),
        (
            "i moved it to friday and ill ring you at ten",
            ["i moved it to friday", "and ill ring you at ten"],
        ),
        (
            "Once it is back, we will refund you.",
            ["Once it is back, we will refund you"],
        ),
        ("I'll send it, and the driver will call.", ["I'll send it", "and the driver will call"]),
        ("I'm sure that it'll be there", ["I'm sure that it'll be there"]),
        ("Mr. Okoye, it is £5.50.", ["Mr. Okoye", "it is £5.50"]),
        ("On the 27th I'll write to her", ["On the 27th I'll write to her"]),
        ("and next friday at ten we'll lift it", ["and next friday at ten we'll lift it"]),
        ("", []),
        ("?!", []),
    ],
)
def test_cuts(text: str, cut: list[str]) -> None:
    assert [text[each.start : each.end] for each in clauses(text)] == cut


def test_a_question_is_marked() -> None:
    assert [each.asked for each in clauses("I can. Shall I?")] == [False, True]


@given(st.text())
def test_clauses_are_in_order_and_apart(text: str) -> None:
    place = 0
    for each in clauses(text):
        assert place <= each.start < each.end <= len(text)
        place = each.end
