"""Practice, and what it is made of."""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import TYPE_CHECKING

from coolhead.services.training.assigning import Assigning
from coolhead.services.training.casting import Casting
from coolhead.services.training.drafts import Drafts
from coolhead.services.training.learning import Learning
from coolhead.services.training.material import Material
from coolhead.services.training.progressing import Progressing
from coolhead.wiring.casework import Casework
from coolhead.wiring.ground import local_now

if TYPE_CHECKING:
    from coolhead.services.training.drilling import Drilling
    from coolhead.services.training.looking_back import LookingBack
    from coolhead.services.training.practising import Practising


class Training(Casework):
    """Practice, and what it is made of."""

    @cached_property
    def material(self) -> Material:
        return Material(self.database, self.documents, self.editing, local_now)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.database, self.documents, self.editing, self.publishing, self.material)

    @cached_property
    def casting(self) -> Casting:
        return Casting(self.database, self.material, local_now)

    @cached_property
    def practising(self) -> Practising:
        from coolhead.channels.llm import language_model
        from coolhead.services.training.practising import MOST_SEED, Practising

        model = language_model(self.settings)
        return Practising(
            self.database,
            self.casting,
            self.guides,
            self.threads,
            local_now,
            lambda: secrets.randbelow(MOST_SEED),
            model.reword if model else None,
        )

    @cached_property
    def looking_back(self) -> LookingBack:
        from coolhead.services.training.looking_back import LookingBack

        return LookingBack(self.database, self.practising, local_now)

    @cached_property
    def drilling(self) -> Drilling:
        from coolhead.services.training.drilling import Drilling

        return Drilling(self.database, self.material, self.guides, self.threads, local_now)

    @cached_property
    def assigning(self) -> Assigning:
        return Assigning(self.database, self.material, local_now)

    @cached_property
    def progressing(self) -> Progressing:
        return Progressing(self.database, self.material, self.casting, self.threads, local_now)

    @cached_property
    def learning(self) -> Learning:
        return Learning(
            self.database, self.material, self.assigning, self.progressing, self.casting, local_now
        )
