"""The table of rules: each deed moves the customer the way its rule says, and no state leaves its range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.practice.customer import CustomerState, move
from coolhead.practice.persona import shipped_personas
from coolhead.practice.rules import Dimension, Rule, load_rules, shipped_rules
from coolhead.practice.scenario import Difficulty
from coolhead.practice.seen import Deed, Seen

MIDDLE = CustomerState(heat=2, trust=0.5, heard=0.5, clarity=0.5, hope=0.5)
SHARE = st.floats(0, 1)
STATES = st.builds(CustomerState, heat=st.floats(0, 4), trust=SHARE, heard=SHARE, clarity=SHARE, hope=SHARE)


@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: rule.name)
def test_a_rule_moves_the_customer_in_the_direction_it_states(rule: Rule) -> None:
    after, fired = move(MIDDLE, Seen(deeds=frozenset({rule.when})), {}, shipped_rules(), {})
    assert rule.name in [each.name for each in fired]
    for dimension, by in rule.moves.items():
        moved = getattr(after, dimension) - getattr(MIDDLE, dimension)
        assert moved * by > 0, f"{rule.name} moves {dimension} by {moved}, and states {by}"


def test_every_deed_but_neutral_ones_has_a_rule_and_every_rule_a_source() -> None:
    ruled = {rule.when for rule in shipped_rules()}
    assert set(Deed) - ruled == set()
    assert all(rule.source for rule in shipped_rules())


def test_what_helps_cools_and_what_hurts_heats() -> None:
    cooling = {r.when for r in shipped_rules() if r.moves.get(Dimension.HEAT, 0) < 0}
    heating = {r.when for r in shipped_rules() if r.moves.get(Dimension.HEAT, 0) > 0}
    assert {Deed.RESTATED_RIGHT, Deed.FEELING_RIGHT, Deed.APOLOGY_SINCERE, Deed.OWNED, Deed.DATED} <= cooling
    assert {Deed.BLAMED, Deed.DISMISSED, Deed.SAID_NO, Deed.TOO_EARLY, Deed.VAGUE, Deed.SWORE} <= heating


@given(state=STATES, deeds=st.frozensets(st.sampled_from(list(Deed))), data=st.data())
def test_no_state_leaves_its_range(state: CustomerState, deeds: frozenset[Deed], data: st.DataObject) -> None:
    persona = data.draw(st.sampled_from(list(shipped_personas().values())))
    after, fired = move(state, Seen(deeds=deeds), persona.sensitive, shipped_rules(), {})
    assert 0 <= after.heat <= 4
    assert all(0 <= getattr(after, each) <= 1 for each in ("trust", "heard", "clarity", "hope"))
    moved = sum(each.moved.get(Dimension.HEAT, 0.0) for each in fired)
    assert after.heat - state.heat == pytest.approx(moved, abs=1e-9)


def test_a_second_time_is_worth_less_where_the_table_says_so() -> None:
    seen = Seen(deeds=frozenset({Deed.APOLOGY_SINCERE}))
    first, _ = move(MIDDLE, seen, {}, shipped_rules(), {})
    second, _ = move(MIDDLE, seen, {}, shipped_rules(), {"apology_sincere": 1})
    assert first.heat < second.heat < MIDDLE.heat


def test_harder_begins_hotter() -> None:
    for persona in shipped_personas().values():
        heats = [persona.begins(difficulty).heat for difficulty in Difficulty]
        assert heats == sorted(heats)


def test_two_rules_of_one_name_are_told_with_their_place() -> None:
    rule = "{name: a, when: owned, moves: {heat: -0.1}, why: x, source: y}"
    with pytest.raises(Exception, match=r"r\.yaml:3:12"):
        load_rules(f"rules:\n  - {rule}\n  - {rule}\n", "r.yaml")
