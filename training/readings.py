"""What several readers said of the same customers' turns.

`corpus/readings/` holds what each said, none having seen another's labels: the first and the second of every
customer turn that is there, the third where those two differ. Training learns from all of them, so that a
turn on which readers differ teaches how likely each label is (Uma et al. 2021, "Learning from Disagreement").
The corpus itself holds what most of them said, and held-out conversations are judged by that.

`python -m training.readings settle` writes it into the corpus; `agree` prints how far the first two agree.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean, median_low
from typing import Any

from coolhead.codebook import Abuse, Behaviour, Heat
from coolhead.picture.outcome import is_deescalated
from training.agreement import of_customers
from training.lines import read, write

CORPUS = Path(__file__).parent.parent / "corpus"
FOLDER = CORPUS / "readings"
READERS = ("first", "second", "third")
MOST_BEST = 3
"""Techniques that may be best next."""

Labels = dict[str, Any]
"""Of one customer turn, as the corpus has them; no list is missing."""


def parse(line: str) -> Labels:
    """One reading ("3 angry abuse:insult; unheard; asks_supervisor; boundary empathy")."""
    head, triggers, cues, best = (part.split() for part in line.split(";"))
    heat, *shown = head
    abuse = [word.removeprefix("abuse:") for word in shown if word.startswith("abuse:")]
    return {
        "heat": int(heat),
        "behaviours": [word for word in shown if not word.startswith("abuse:")],
        "abuse": abuse[0] if abuse else str(Abuse.NONE),
        "triggers": triggers,
        "cues": cues,
        "next_best": best,
    }


def readings(folder: Path = FOLDER) -> dict[str, dict[int, list[Labels]]]:
    """What the readers said by conversation and place of the turn, the first reader first."""
    found: dict[str, dict[int, list[Labels]]] = {}
    for reader in READERS:
        for record in read(folder / f"{reader}.jsonl"):
            turns = found.setdefault(record["id"], {})
            for place, said in record["turns"].items():
                turns.setdefault(int(place), []).append(parse(said))
    return found


def differ(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """True where a third reading is needed: another label, or no technique that both call best."""
    same = all(set(first[name]) == set(second[name]) for name in ("behaviours", "triggers", "cues"))
    same = same and all(first[name] == second[name] for name in ("heat", "abuse"))
    apart = bool(first["next_best"]) and not set(first["next_best"]) & set(second["next_best"])
    return not same or apart


def majority(said: Sequence[Labels]) -> Labels:
    """What most say; of two who differ the first. Who abuses a person is abusive, and angry at least."""
    if len(said) == 2 and differ(*said):
        return said[0]
    abuse = _abuse(said)
    aimed = abuse not in (Abuse.NONE, Abuse.PROFANITY)
    heat = median_low([each["heat"] for each in said])
    shown = [label for label in _by_most(said, "behaviours") if label != Behaviour.ABUSIVE]
    return {
        "heat": max(heat, int(Heat.ANGRY)) if aimed else heat,
        "behaviours": [*shown, *([str(Behaviour.ABUSIVE)] if aimed else [])],
        "abuse": abuse,
        "triggers": _by_most(said, "triggers"),
        "cues": _by_most(said, "cues"),
        "next_best": _best(said),
    }


def _by_most(said: Sequence[Labels], name: str) -> list[str]:
    votes = Counter(label for each in said for label in each[name])
    return [label for label, count in votes.items() if count >= 2]


def _abuse(said: Sequence[Labels]) -> str:
    """The kind that most name where two see abuse; of as many the graver, in the codebook's order."""
    kinds = Counter(each["abuse"] for each in said if each["abuse"] != Abuse.NONE)
    gravest = max(kinds, key=lambda kind: (kinds[kind], list(Abuse).index(Abuse(kind))), default=Abuse.NONE)
    return str(gravest) if kinds.total() >= 2 else str(Abuse.NONE)


def _best(said: Sequence[Labels]) -> list[str]:
    """Those that at least half call best, by votes, then by mean rank; the first reader's for want of any."""
    ranks: dict[str, list[int]] = {}
    for each in said:
        for rank, label in enumerate(each["next_best"]):
            ranks.setdefault(label, []).append(rank)
    shared = [label for label, given in ranks.items() if 2 * len(given) >= len(said)]
    shared.sort(key=lambda label: (-len(ranks[label]), mean(ranks[label])))
    return shared[:MOST_BEST] or next((each["next_best"] for each in said if each["next_best"]), [])


def settle() -> int:
    """Writes what most readers say into the corpus; how many turns that changed."""
    said, changed = readings(), 0
    for path in sorted(CORPUS.glob("authored-*.jsonl")):
        records = read(path)
        reread = [record for record in records if record["id"] in said]
        for record in reread:
            for place, turns in said[record["id"]].items():
                changed += _relabel(record["turns"][place], majority(turns))
            customer = (turn for turn in record["turns"] if turn["speaker"] == "customer")
            record["deescalated"] = is_deescalated([turn["heat"] for turn in customer])
        if reread:
            write(path, records)
    return changed


def _relabel(turn: dict[str, Any], labels: Labels) -> bool:
    """Gives the turn these labels; True when they say something else, not only in another order."""
    changed = any(_meant(name, turn.get(name, [])) != _meant(name, value) for name, value in labels.items())
    for name, value in labels.items():
        if value == []:
            turn.pop(name, None)
        else:
            turn[name] = value
    return changed


def _meant(name: str, value: object) -> object:
    return frozenset(value) if isinstance(value, list) and name != "next_best" else value


def table() -> str:
    """How far the first two readers agree, and how far each agrees with what most said."""
    said = [turns for each in readings().values() for turns in each.values()]
    most = [majority(turns) for turns in said]
    compared = (
        of_customers([(turns[0], turns[1]) for turns in said]),
        *(of_customers([(gold, turns[n]) for gold, turns in zip(most, said, strict=True)]) for n in (0, 1)),
    )
    thrice = sum(len(turns) == len(READERS) for turns in said)
    return "\n".join(
        [
            f"{len(said):,} turns, {thrice:,} of them read three times:",
            "",
            "| label | measure | first and second | first and most | second and most |",
            "| --- | --- | ---: | ---: | ---: |",
            *(
                f"| {name} | {how} | {' | '.join(f'{each[name, how]:.2f}' for each in compared)} |"
                for name, how in compared[0]
            ),
        ]
    )


def main() -> None:
    """Settles the corpus, or prints the agreement."""
    parser = argparse.ArgumentParser(prog="python -m training.readings", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("settle", help="write what most say into the corpus")
    commands.add_parser("agree", help="print how far they agree")
    if parser.parse_args().command == "agree":
        print(table())
    else:
        print(f"{settle():,} turns changed.")


if __name__ == "__main__":
    main()
