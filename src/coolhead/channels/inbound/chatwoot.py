"""Chatwoot's webhooks `message_created` and `conversation_status_changed`, as its documentation has them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coolhead.codebook import Channel, Speaker
from coolhead.errors import InputError
from coolhead.services.conversations.inlets import Incoming
from coolhead.services.text import readable
from coolhead.services.turns.hearing import Said

LONGEST_TEXT = 20_000
LONGEST_NAME = 200
SPEAKERS = {"incoming": Speaker.CUSTOMER, "outgoing": Speaker.AGENT}
CHANNELS = {
    "Channel::Email": Channel.EMAIL,
    "Channel::FacebookPage": Channel.SOCIAL,
    "Channel::Instagram": Channel.SOCIAL,
    "Channel::TwitterProfile": Channel.SOCIAL,
    "Channel::Line": Channel.SOCIAL,
    "Channel::Telegram": Channel.SOCIAL,
    "Channel::Tiktok": Channel.SOCIAL,
}


Id = Annotated[int, Field(ge=0, lt=2**53)]


class _Open(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Person(_Open):
    name: str | None = None
    email: str | None = None
    phone_number: str | None = None


class _Meta(_Open):
    sender: _Person = Field(default_factory=_Person)
    assignee: _Person | None = None


class _Conversation(_Open):
    id: Id
    channel: str | None = None
    status: str | None = None
    meta: _Meta = Field(default_factory=_Meta)


class _Account(_Open):
    id: Id


class _Message(_Open):
    id: Id
    content: str | None = None
    message_type: str
    private: bool = False
    account: _Account
    conversation: _Conversation


class _StatusChanged(_Conversation):
    account: _Account | None = None
    messages: list[dict[str, Any]] = Field(default_factory=list)


def reference_of(account_id: int, conversation_id: int) -> str:
    """What a conversation of Chatwoot is called here; its number there counts within the account."""
    return f"chatwoot-{account_id}-{conversation_id}"


def read(payload: Any) -> Incoming | None:
    """What Chatwoot tells; None for what means nothing here: private notes, activities, other events.

    Raises:
        InputError: a field that is needed is missing or of another kind than documented.
    """
    event = payload.get("event") if isinstance(payload, dict) else None
    try:
        if event == "message_created":
            return _message(_Message.model_validate(payload))
        if event == "conversation_status_changed":
            return _ended(_StatusChanged.model_validate(payload))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InputError(f"The field {where} is not as Chatwoot documents it.") from error
    return None


def _message(message: _Message) -> Incoming | None:
    text, speaker = (message.content or "").strip(), SPEAKERS.get(message.message_type)
    if message.private or speaker is None or not text:
        return None
    said = Said(
        id=f"chatwoot-{message.id}", speaker=speaker, text=readable(text[:LONGEST_TEXT]), number=message.id
    )
    return _incoming(message.account.id, message.conversation, said)


def _ended(changed: _StatusChanged) -> Incoming | None:
    if changed.status != "resolved":
        return None
    account_id = changed.account.id if changed.account else _account_of(changed.messages)
    return _incoming(account_id, changed, None)


def _account_of(messages: list[dict[str, Any]]) -> int:
    """The account, which a change of status names in its last message only."""
    for message in messages:
        account_id = message.get("account_id")
        if isinstance(account_id, int) and 0 <= account_id < 2**53:
            return account_id
    raise InputError("The account is not named.", hint="Send a conversation that has a message.")


def _incoming(account_id: int, conversation: _Conversation, said: Said | None) -> Incoming:
    customer, agent = conversation.meta.sender, conversation.meta.assignee
    key = customer.email or customer.phone_number
    return Incoming(
        reference=reference_of(account_id, conversation.id),
        channel=CHANNELS.get(conversation.channel or "", Channel.CHAT),
        customer=_short(customer.name),
        customer_key=_short(key) or None,
        agent=_short(agent.name if agent else None),
        said=said,
        ended=said is None,
    )


def _short(name: str | None) -> str:
    return readable((name or "").strip()[:LONGEST_NAME])
