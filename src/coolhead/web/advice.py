"""What the library offers beside the card: remedies, a note, better words for a draft."""

from __future__ import annotations

from coolhead.picture.state import Picture
from coolhead.services.live import Whole
from coolhead.web.needs import Services


def offers_for(picture: Picture) -> list[object]:
    return []


def note_for(whole: Whole) -> str:
    return ""


def sentences_for(whole: Whole) -> list[object]:
    return []


async def better_words(here: Services, picture: Picture, text: str) -> object | None:
    return None
