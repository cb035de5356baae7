"""A kept conversation in the forms of the conversation library, with its note and disposition."""

from __future__ import annotations

from typing import Any

from coolhead.conversation.formats import write_vcon
from coolhead.conversation.turn import Conversation
from coolhead.services.conversations.whole import Whole


def conversation_of(whole: Whole) -> Conversation:
    """What was said (masked, as it is stored)."""
    summary = whole.summary
    return Conversation(
        id=summary.id,
        turns=tuple(moment.turn for moment in whole.moments),
        channel=summary.channel,
        started_at=whole.picture.started_at,
        customer=summary.customer,
        agent=summary.agent,
    )


def vcon_of(whole: Whole) -> str:
    """The conversation with its note and disposition as a vCon, on one line."""
    about = about_of(whole)
    return write_vcon(
        conversation_of(whole),
        created_at=whole.summary.active_at,
        analysis=about,
        product="wrap-up",
        note=about["note"]["text"],
    )


def about_of(whole: Whole) -> dict[str, Any]:
    """The note, the disposition and the offers, ready for JSON; proposals stand where nobody has decided."""
    edited, confirmed = whole.edited_note, whole.disposition
    return {
        "note": {
            "text": edited.text if edited else whole.drafted_note().text,
            "version": edited.version if edited else 0,
            "edited_by": edited.edited_by if edited else None,
            "edited_at": edited.edited_at.isoformat() if edited else None,
        },
        "disposition": {
            "issue": confirmed.issue if confirmed else whole.summary.issue,
            "outcome": confirmed.outcome if confirmed else whole.summary.resolved,
            "confirmed_by": confirmed.confirmed_by if confirmed else None,
            "confirmed_at": confirmed.confirmed_at.isoformat() if confirmed else None,
        },
        "offers": [
            {
                "offered": [choice.what for choice in offer.choices],
                "answer": offer.answer,
                "accepted": None if offer.chosen is None else offer.choices[offer.chosen].what,
                "offered_by": offer.offered_by,
                "offered_at": offer.offered_at.isoformat(),
            }
            for offer in whole.offers
        ],
    }
