"""What people do around a conversation: take it, whisper, answer cards, contest labels."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.codebook import Abuse, Behaviour, Cue, Heat, Misstep, Technique, Trigger
from coolhead.conversation.privacy import mask
from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import summary_for
from coolhead.services.events import happenings
from coolhead.services.events.feed import Feed
from coolhead.services.people.accounts import person_of
from coolhead.services.text import readable
from coolhead.storage import accounts, contests, conversations, events, moments, whispers
from coolhead.storage.contests import Answer, CardAnswer, Contest, Field
from coolhead.storage.conversations import Summary
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind, NewEvent
from coolhead.storage.whispers import Whisper

log = structlog.get_logger()

TERMS: dict[Field, frozenset[str]] = {
    Field.HEAT: frozenset(str(int(level)) for level in Heat),
    Field.BEHAVIOURS: frozenset(Behaviour),
    Field.ABUSE: frozenset(Abuse),
    Field.TRIGGERS: frozenset(Trigger),
    Field.CUES: frozenset(Cue),
    Field.TECHNIQUES: frozenset(Technique),
    Field.MISSTEPS: frozenset(Misstep),
}
LONGEST = 4000


class Desk:
    """The use cases of agents and supervisors; all are refused to programs with an API key."""

    def __init__(self, database: Database, feed: Feed, clock: Clock) -> None:
        self._database = database
        self._feed = feed
        self._clock = clock

    async def take(self, viewer: Viewer, conversation_id: str) -> Summary:
        """The viewer becomes the conversation's agent.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: another agent has it; a supervisor may `assign` it.
        """
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK, for_change=True)
            if summary.agent_id == viewer.id:
                return summary
            if summary.agent_id is not None:
                raise ConflictError(
                    "Another agent has this conversation.", hint="Ask a supervisor to hand it over."
                )
            taken = await self._hand_over(connection, summary, viewer.id, viewer.name)
        self._feed.ring()
        return taken

    async def assign(self, viewer: Viewer, conversation_id: str, account_id: str) -> Summary:
        """A supervisor gives the conversation to an agent.

        Raises:
            NotFoundError: there is no such conversation or account, or it may not be known of.
            ForbiddenError: the viewer lacks the right.
            ConflictError: that person may not see this client's conversations.
        """
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WATCH, for_change=True)
            account = await accounts.find(connection, account_id)
            if account is None or not account.active:
                raise NotFoundError("There is no such account.", hint="Choose someone from the list.")
            if not (await person_of(connection, account)).may(Right.WORK, summary.client_id):
                raise ConflictError(
                    "That person does not answer for this client.", hint="An admin can make them its agent."
                )
            given = await self._hand_over(connection, summary, account.id, account.name)
        self._feed.ring()
        return given

    async def whisper(self, viewer: Viewer, conversation_id: str, text: str) -> Whisper:
        """A supervisor writes to the agent; the customer never sees it.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            InputError: the text is empty or too long.
        """
        words = written(text, "A whisper")
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WATCH)
            whisper = Whisper(
                id=uuid4().hex,
                conversation_id=summary.id,
                author_id=viewer.id,
                author=viewer.name,
                text=words,
                at=self._clock(),
            )
            await whispers.add(connection, whisper)
            await self._tell(connection, summary, happenings.whispered(whisper))
        self._feed.ring()
        return whisper

    async def answer_card(
        self, viewer: Viewer, conversation_id: str, turn_id: str, answer: Answer
    ) -> CardAnswer:
        """The agent has done what the standing card says, or puts it away; either way it stands no more.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: the card that followed that turn stands no more.
        """
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK, for_change=True)
            if summary.card is None or summary.card.turn_id != turn_id:
                raise ConflictError("That card stands no more.", hint="Look at the desk again.")
            given = CardAnswer(
                conversation_id=summary.id,
                turn_id=turn_id,
                card_id=summary.card.card.id,
                answer=answer,
                account_id=viewer.id,
                at=self._clock(),
            )
            await contests.add_answer(connection, given)
            await conversations.change(connection, summary.id, card=None)
            await self._tell(connection, summary, happenings.card_answered(given))
        self._feed.ring()
        return given

    async def contest(
        self,
        viewer: Viewer,
        conversation_id: str,
        turn_id: str,
        field: Field,
        *,
        shown: str | None,
        should_be: str | None,
        comment: str = "",
    ) -> Contest:
        """Keeps "this is wrong, it should be ..." for the next training; arguments as in `Contest`.

        Raises:
            NotFoundError: there is no such conversation or turn, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            InputError: a word is none of the field's, both are the same, or the comment is too long.
        """
        _check_terms(field, shown, should_be)
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.CONTEST)
            if await moments.find(connection, conversation_id, turn_id) is None:
                raise NotFoundError("There is no such turn.", hint="Look at the conversation again.")
            contest = Contest(
                id=uuid4().hex,
                conversation_id=summary.id,
                turn_id=turn_id,
                field=field,
                shown=shown,
                should_be=should_be,
                comment=written(comment, "A comment") if comment.strip() else "",
                account_id=viewer.id,
                at=self._clock(),
            )
            await contests.add(connection, contest)
            await self._tell(connection, summary, happenings.label_contested(contest))
        self._feed.ring()
        log.info("label_contested", conversation=conversation_id, field=field.value)
        return contest

    async def _hand_over(
        self, connection: AsyncConnection, summary: Summary, account_id: str, name: str
    ) -> Summary:
        await conversations.change(connection, summary.id, agent_id=account_id, agent=name)
        now_theirs = replace(summary, agent_id=account_id, agent=name, version=summary.version + 1)
        await self._tell(connection, summary, happenings.about(EventKind.ASSIGNED, now_theirs))
        return now_theirs

    async def _tell(self, connection: AsyncConnection, summary: Summary, event: NewEvent) -> None:
        await events.add(connection, summary.id, summary.client_id, [event], self._clock())


def written(text: str, what: str) -> str:
    """What a person has written, masked; `what` names it in errors, as in "A note".

    Raises:
        InputError: it is empty or too long.
    """
    words = mask(readable(text)).text.strip()
    if not words:
        raise InputError(f"{what} needs words.")
    if len(words) > LONGEST:
        raise InputError(f"{what} has at most {LONGEST} characters.", hint="Say it in fewer words.")
    return words


def _check_terms(field: Field, shown: str | None, should_be: str | None) -> None:
    for word in (shown, should_be):
        if word is not None and word not in TERMS[field]:
            raise InputError(
                f"{word!r} is no word for {field.value}.",
                hint=f"Use one of: {', '.join(sorted(TERMS[field]))}.",
            )
    if shown == should_be:
        raise InputError("What was shown and what it should be are the same.")
