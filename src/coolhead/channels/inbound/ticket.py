"""The generic ticket webhook: what any ticket system with templates for its requests can send."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from coolhead.codebook import Channel, Speaker
from coolhead.errors import InputError
from coolhead.services.conversations.inlets import Incoming
from coolhead.services.text import readable
from coolhead.services.turns.hearing import Said

LONGEST_TEXT = 20_000


def _as_text(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return readable(value.strip()) if isinstance(value, str) else value


Name = Annotated[str, BeforeValidator(_as_text), Field(max_length=200)]
Id = Annotated[
    str, BeforeValidator(_as_text), Field(min_length=1, max_length=150, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class TicketIn(BaseModel):
    """One ticket of the other system."""

    model_config = ConfigDict(extra="forbid")

    id: Id = Field(description="Its id or number there.")
    status: Literal["open", "closed"] = Field(
        default="open", description="closed ends the conversation here."
    )
    channel: Channel = Field(default=Channel.EMAIL, description="How it is held.")
    customer: Name = Field(default="", description="The customer's name.")
    customer_key: Name = Field(
        default="", description="By what the customer is known again: an address, a number."
    )
    agent: Name = Field(default="", description="The agent's name.")


class MessageIn(BaseModel):
    """One message of it."""

    model_config = ConfigDict(extra="forbid")

    id: Id = Field(description="Its id there; sending it again changes nothing.")
    author: Literal["customer", "agent"] = Field(description="Who wrote it.")
    text: Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=LONGEST_TEXT)] = Field(
        description="The words, without the letters quoted below."
    )


class TicketMessageIn(BaseModel):
    """What is posted."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "ticket": {
                        "id": "48213",
                        "status": "open",
                        "channel": "email",
                        "customer": "Daniel Okafor",
                        "customer_key": "daniel@example.com",
                        "agent": "Mara",
                    },
                    "message": {
                        "id": "48213-3",
                        "author": "customer",
                        "text": "This is the third time I have written about the same bill.",
                    },
                }
            ]
        },
    )

    ticket: TicketIn
    message: MessageIn | None = Field(
        default=None, description="What was said; null when only the status changed."
    )


def read(payload: Any) -> Incoming | None:
    """What a ticket system tells; None for an open ticket without a message.

    Raises:
        InputError: a field is missing, unknown or too long.
    """
    try:
        told = TicketMessageIn.model_validate(payload)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"The field {where} will not do: {first['msg']}.", hint="See docs/how-to/tickets.md."
        ) from error
    ticket, message = told.ticket, told.message
    if message is None and ticket.status == "open":
        return None
    said = (
        None
        if message is None
        else Said(id=f"ticket-{message.id}", speaker=Speaker(message.author), text=message.text)
    )
    return Incoming(
        reference=f"ticket-{ticket.id}",
        channel=ticket.channel,
        customer=ticket.customer,
        customer_key=ticket.customer_key or None,
        agent=ticket.agent,
        said=said,
        ended=ticket.status == "closed",
    )
