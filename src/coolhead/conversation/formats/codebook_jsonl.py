"""The codebook's own form, one JSON object a line with a list of turns, and the shapes near to it.

Reads who spoke, the words and the times; labels (heat, techniques, promises ...) are never looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from coolhead.codebook import Channel
from coolhead.conversation.formats.fields import find_key, utterances_of
from coolhead.conversation.formats.moments import Moment, parse_moment
from coolhead.conversation.formats.options import Field
from coolhead.conversation.formats.prefixes import prefixed_lines
from coolhead.conversation.formats.records import Record
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.speakers import is_prefix, plain
from coolhead.conversation.formats.utterances import Draft, Utterance
from coolhead.conversation.turn import Conversation, Turn

_IDS = ("id", "conversation_id", "conv_id", "convo_id", "dialogue_id", "dialog_id", "call_id", "uuid")
_STARTS = ("started_at", "start_time", "start", "created_at", "timestamp")
_CHANNELS = {
    "voice": Channel.CALL,
    "phone": Channel.CALL,
    "telephone": Channel.CALL,
    "audio": Channel.CALL,
    "mail": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
} | {str(channel): channel for channel in Channel}


def draft_of(record: Record, origin: Origin) -> Draft:
    """The conversation of one object that has a list of turns.

    The list may be called `turns`, `messages` and the like; its items are objects (`speaker` and `text`,
    `role` and `content` ...) or pairs of speaker and text. A text of lines such as `user: Hello` stands for
    a list too.

    Raises:
        FileError: there is no list of turns, or an item of it cannot be read.
    """
    value = record.value
    key = turns_key(value, origin.options.columns)
    if key is None:
        raise origin.error(
            "No conversation found: there is no list of turns.",
            hint="Name the key that holds it, for example --column turns=chat_logs, or another --format.",
            line=record.line,
        )
    return Draft(
        id=next((str(value[name]) for name in _IDS if isinstance(value.get(name), str | int)), record.name),
        utterances=_utterances(value[key], record, origin),
        line=record.line,
        channel=channel_of(value.get("channel")),
        started_at=_started_at(value),
        customer=_name(value.get("customer")),
        agent=_name(value.get("agent")),
        industry=_name(value.get("industry")),
    )


def turns_key(value: Mapping[str, object], columns: Mapping[Field, str]) -> str | None:
    """The key of an object that holds its turns; None when it has no such list."""
    lists = [key for key, held in value.items() if _is_list_of_turns(held)]
    key = find_key(lists, Field.TURNS, columns)
    if key is None and columns.get(Field.TURNS) in value:
        return columns[Field.TURNS]
    return key


def channel_of(word: object) -> Channel:
    """The channel that a file's word means; chat when it is not known."""
    return _CHANNELS.get(word.strip().lower(), Channel.CHAT) if isinstance(word, str) else Channel.CHAT


def codebook_object(conversation: Conversation) -> dict[str, object]:
    """The conversation in the codebook's form, ready for JSON; what is not known is left out."""
    about = {
        "customer": conversation.customer,
        "agent": conversation.agent,
        "industry": conversation.industry,
    }
    started = {} if conversation.started_at is None else {"started_at": conversation.started_at.isoformat()}
    return {
        "id": conversation.id,
        "channel": str(conversation.channel),
        **started,
        **{key: text for key, text in about.items() if text},
        "turns": [_turn_object(turn) for turn in conversation.turns],
    }


def write_codebook(conversation: Conversation, *, about: Mapping[str, object] | None = None) -> str:
    """The conversation as one line of the codebook's JSONL, without a line break.

    `about` is what else is known of it, ready for JSON: its issue, its note ...
    """
    return json.dumps(codebook_object(conversation) | dict(about or {}), ensure_ascii=False)


def _turn_object(turn: Turn) -> dict[str, object]:
    times = {"start": turn.start, "end": turn.end}
    known = {key: seconds for key, seconds in times.items() if seconds is not None}
    return {"speaker": str(turn.speaker), "text": turn.text, **known}


def _is_list_of_turns(held: object) -> bool:
    if isinstance(held, str):
        return "\n" in held and any(prefixed_lines(held, is_prefix))
    return isinstance(held, list) and (not held or isinstance(held[0], dict | list))


def _utterances(held: object, record: Record, origin: Origin) -> list[Utterance]:
    if isinstance(held, str):
        return [
            Utterance(label=label, text=words, line=record.line, number=number)
            for number, (label, words) in enumerate(_lines(held, origin), start=1)
            if words != "None"  # how such logs print an assistant's turn that only calls a tool
        ]
    if not isinstance(held, list):
        hint = "It should be a list of objects with a speaker and a text."
        raise origin.error("The turns are not a list.", hint=hint, line=record.line)
    return utterances_of(held, record.line, origin)


def _lines(held: str, origin: Origin) -> list[tuple[str, str]]:
    told = {plain(name) for name in origin.options.speakers}
    return list(prefixed_lines(held, lambda label: plain(label) in told or is_prefix(label)))


def _started_at(value: Mapping[str, object]) -> Moment | None:
    """When it began; None when no key tells, or what stands there is not a time."""
    for name in _STARTS:
        try:
            if moment := parse_moment(value.get(name)):
                return moment
        except ValueError:
            continue
    return None


def _name(value: object) -> str:
    return value if isinstance(value, str) else ""
