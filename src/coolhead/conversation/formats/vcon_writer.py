"""vCon, the IETF's conversation container: writing 0.4.0 with the contact-centre extension."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Conversation, Turn

VERSION = "0.4.0"
"""The version that is written."""


def vcon_object(
    conversation: Conversation,
    *,
    created_at: datetime,
    analysis: object = None,
    product: str = "analyze",
    note: str = "",
) -> dict[str, object]:
    """The conversation as a vCon 0.4.0, ready for JSON.

    Each turn is a text dialog; speakers are parties with the roles of the contact-centre extension.

    Args:
        conversation: what was said.
        created_at: when the vCon is made, with its UTC offset; also stands for the start of a conversation
            whose own start is not known, because each dialog must have one.
        analysis: anything that is JSON; written as one analysis of type `report`.
        product: which part of Coolhead made the analysis.
        note: the wrap-up note; written as one analysis of type `summary` when it has words.
    """
    speakers = sorted({turn.speaker for turn in conversation.turns}, key=list(Speaker).index)
    begun = conversation.started_at or created_at
    vcon: dict[str, object] = {
        "vcon": VERSION,
        "uuid": str(_uuid(conversation, created_at)),
        "extensions": ["CC"],
        "created_at": created_at.isoformat(),
        "parties": [_party(speaker, conversation) for speaker in speakers],
        "dialog": [
            _dialog(turn, start, speakers, conversation)
            for turn, start in zip(conversation.turns, _starts(conversation, begun), strict=True)
        ],
        "attachments": [],
    }
    count = len(conversation.turns)
    report = [] if analysis is None else [_report(analysis, product, count)]
    summary = [_summary(note, product, count)] if note else []
    return vcon | {"analysis": summary + report}


def write_vcon(
    conversation: Conversation,
    *,
    created_at: datetime,
    analysis: object = None,
    product: str = "analyze",
    note: str = "",
) -> str:
    """The vCon of `vcon_object` as JSON on one line, without a line break."""
    return json.dumps(
        vcon_object(conversation, created_at=created_at, analysis=analysis, product=product, note=note),
        ensure_ascii=False,
    )


def _uuid(conversation: Conversation, created_at: datetime) -> UUID:
    """Version 8: laid out as version 7, with a hash of the conversation where that has random bits."""
    milliseconds = int(created_at.timestamp() * 1000) & (2**48 - 1)
    digest = int.from_bytes(hashlib.sha256(repr(conversation).encode()).digest()[:10], "big")
    return UUID(
        int=milliseconds << 80 | 8 << 76 | (digest >> 64 & 0xFFF) << 64 | 2 << 62 | digest & (2**62 - 1)
    )


def _party(speaker: Speaker, conversation: Conversation) -> dict[str, object]:
    names = {Speaker.CUSTOMER: conversation.customer, Speaker.AGENT: conversation.agent}
    named = {"name": names[speaker]} if names.get(speaker) else {}
    return {"role": str(speaker), **named}


def _starts(conversation: Conversation, begun: datetime) -> Iterator[datetime]:
    """When each turn began; one without a time begins with the one before it, which keeps the order."""
    seconds = 0.0
    for turn in conversation.turns:
        seconds = seconds if turn.start is None else turn.start
        yield begun + timedelta(seconds=seconds)


def _dialog(
    turn: Turn, start: datetime, speakers: Sequence[Speaker], conversation: Conversation
) -> dict[str, object]:
    who = speakers.index(turn.speaker)
    others = [index for index in range(len(speakers)) if index != who]
    lasts = {} if turn.start is None or turn.end is None else {"duration": round(turn.end - turn.start, 6)}
    return {
        "type": "text",
        "start": start.isoformat(),
        **lasts,
        "parties": [who, *others],
        "mediatype": "text/plain; charset=utf-8",
        "encoding": "none",
        "body": turn.text,
        "application": str(conversation.channel),
        "interaction_id": conversation.id,
    }


def _report(analysis: object, product: str, dialogs: int) -> dict[str, object]:
    return {
        "type": "report",
        "dialog": list(range(dialogs)),
        "vendor": "Coolhead",
        "product": product,
        "schema": "coolhead-codebook",
        "mediatype": "application/json",
        "encoding": "json",
        "body": analysis,
    }


def _summary(note: str, product: str, dialogs: int) -> dict[str, object]:
    return {
        "type": "summary",
        "dialog": list(range(dialogs)),
        "vendor": "Coolhead",
        "product": product,
        "mediatype": "text/plain; charset=utf-8",
        "encoding": "none",
        "body": note,
    }
