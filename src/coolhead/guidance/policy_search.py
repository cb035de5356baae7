"""Finds sentences of a policy by the words that somebody types, the last of them perhaps half typed."""

from __future__ import annotations

import re

from coolhead.guidance.policy import Policy, Sentence

_WORD = re.compile(r"\w+")
WORTH = (6, 4, 3, 1)
"""Points for a word: in a fact's name, in the sentence, in what a fact is about, in the section's title."""


def search(policy: Policy, query: str, *, most: int = 8) -> tuple[Sentence, ...]:
    """The sentences that have every word of `query` or its beginning, best first and at most `most`.

    Without a word in `query`, those that state facts.
    """
    wanted = _words(query)
    if not wanted:
        return tuple(each for each in policy.sentences if each.facts)[:most]
    titles = {section.id: _words(section.title) for section in policy.sections}
    ranked = []
    for number, sentence in enumerate(policy.sentences):
        names = _words(" ".join(sentence.facts).replace("_", " "))
        about = _words(" ".join(policy.facts[name].says for name in sentence.facts))
        points = _points(wanted, names, _words(sentence.text), about, titles[sentence.section])
        if points:
            ranked.append((-points, not sentence.facts, number, sentence))
    return tuple(sentence for *_, sentence in sorted(ranked, key=lambda each: each[:3])[:most])


def _points(wanted: set[str], *places: set[str]) -> int:
    """How well the words fit, which are looked for in the best place first; 0 when one is nowhere."""
    points = 0
    for word in wanted:
        worth = [
            value
            for value, place in zip(WORTH, places, strict=True)
            if any(each.startswith(word) for each in place)
        ]
        if not worth:
            return 0
        points += worth[0]
    return points


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
