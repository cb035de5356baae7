"""Amazon Contact Lens: the transcript in the JSON that the analysis of a call or chat leaves."""

from __future__ import annotations

from dataclasses import replace

from coolhead.codebook import Channel
from coolhead.conversation.formats.fields import utterances_of
from coolhead.conversation.formats.records import Record
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.utterances import Draft


def is_contact_lens(value: object) -> bool:
    """True for the file of one contact."""
    return isinstance(value, dict) and isinstance(value.get("Transcript"), list) and "Participants" in value


def draft_of(record: Record, origin: Origin) -> Draft:
    """The conversation of one contact.

    Speakers are the `Participants` by their `ParticipantRole`; voice segments are joined by speaker, chat
    messages stay as they are, and entries without words (attachments, events) are left out.

    Raises:
        FileError: there is no transcript, or an entry of it cannot be read.
    """
    value = record.value
    transcript = value.get("Transcript")
    if not isinstance(transcript, list) or not transcript:
        hint = "Export the file of a contact whose analysis has finished."
        raise origin.error("There is no Transcript with entries in it.", hint=hint, line=record.line)
    is_call = str(value.get("Channel", "VOICE")).upper() == "VOICE"
    return Draft(
        id=_contact_id(value) or record.name,
        utterances=[
            replace(entry, label=_role(entry.label, value))
            for entry in utterances_of(transcript, record.line, origin)
        ],
        line=record.line,
        channel=Channel.CALL if is_call else Channel.CHAT,
        is_speech=is_call,
    )


def _role(label: str, value: dict[str, object]) -> str:
    """The role of a participant's id; the id itself when the file names no role for it."""
    participants = value.get("Participants")
    for participant in participants if isinstance(participants, list) else ():
        if isinstance(participant, dict) and participant.get("ParticipantId") == label:
            role = participant.get("ParticipantRole")
            return role if isinstance(role, str) and role else label
    return label


def _contact_id(value: dict[str, object]) -> str:
    about = value.get("CustomerMetadata")
    contact = about.get("ContactId") if isinstance(about, dict) else None
    return contact if isinstance(contact, str) else ""
