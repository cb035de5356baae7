"""The one piece of advice that an agent sees."""

from __future__ import annotations

from dataclasses import dataclass

from coolhead.codebook import Technique


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A part of the client's policies that advice rests on.

    Attributes:
        policy: the title of the policies.
        section: anchor of the section on their public page.
        title: of that section.
    """

    policy: str
    section: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Advice after a turn.

    Attributes:
        id: name of the playbook entry it comes from.
        title: what to do, an imperative of a few words ("Own the missed visit before you offer a date").
        say: one example wording for this moment.
        techniques: what following it would show.
        why: one sentence on this conversation, naming what was noticed.
        learn: link into the docs that explains the method.
        noticed: the conditions that held, in words ("heat is angry", "trigger: broken promise").
        cites: the parts of the client's policies that it rests on.
    """

    id: str
    title: str
    say: str
    techniques: tuple[Technique, ...]
    why: str
    learn: str
    noticed: tuple[str, ...]
    cites: tuple[Cited, ...] = ()
