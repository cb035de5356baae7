"""The demo workspace: plays written conversations, stepped, at real pace, or two of them by themselves.

Where a conversation stands is read from its turns, so a restart goes on where it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple
from uuid import uuid4

import structlog
from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from coolhead.codebook import Channel, Speaker
from coolhead.errors import CoolheadError, FileError, NotFoundError
from coolhead.guidance.document import Strict
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Live, Opening
from coolhead.services.people.accounts import Accounts
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope
from coolhead.storage.conversations import Status, Summary
from coolhead.storage.moments import KeptMoment

log = structlog.get_logger()

PASSWORD = "keep-a-cool-head"  # noqa: S105 (of made-up people in a made-up workspace, printed at the start)
CLIENTS = ("northline", "tessell")


class Person(NamedTuple):
    """Somebody of the demo: `key` begins their e-mail address; `clients` are where they are assigned."""

    key: str
    name: str
    role: Role
    clients: tuple[str, ...] = CLIENTS


PEOPLE = (
    Person("admin", "Ada", Role.ADMIN),
    Person("sam", "Sam", Role.SUPERVISOR),
    Person("mara", "Mara", Role.AGENT),
    Person("ravi", "Ravi", Role.AGENT),
    Person("bea", "Bea", Role.SUPERVISOR, ("tessell",)),
    Person("ines", "Ines", Role.AGENT, ("tessell",)),
    Person("theo", "Theo", Role.ANALYST, ("northline",)),
    Person("lena", "Lena", Role.TRAINER),
    Person("june", "June", Role.CLIENT_VIEWER, ("northline",)),
    Person("oskar", "Oskar", Role.CLIENT_VIEWER, ("tessell",)),
)
LONGEST_WAIT_S = 12.0
UNTIMED_WAIT_S = 4.0
REST_S = 45.0
REFERENCE = "demo"
MOST_LIVE = 200


class Line(Strict):
    """One turn of a written conversation; `start` and `end` in seconds from its beginning."""

    speaker: Speaker
    text: str = Field(min_length=1)
    start: float | None = Field(default=None, ge=0)
    end: float | None = Field(default=None, ge=0)


class Script(Strict):
    """A written conversation of the demo workspace.

    Attributes:
        id: the name of its file.
        title: what it is about, a few words.
        difficulty: the kind of difficulty, a few words.
        about: two sentences for people.
        key: what the customer is known by; None when they are not.
        agent: account of the demo who answers, by the first part of the e-mail address.
        plays_itself: True for those that play by themselves, over and over.
        begins_with: how many turns have been said when the workspace opens.
    """

    id: str
    title: str
    difficulty: str
    about: str
    client: str
    channel: Channel
    customer: str
    key: str | None = None
    agent: str
    plays_itself: bool = False
    begins_with: int = Field(default=0, ge=0)
    turns: tuple[Line, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a played conversation has come: `done` of `turns` were said."""

    script: Script
    conversation: Summary
    done: int
    turns: int


def load_scripts(folder: Traversable | None = None) -> dict[str, Script]:
    """The written conversations of the package (or of `folder`), by id.

    Raises:
        FileError: one of them cannot be read; names the file.
    """
    folder = folder or files("coolhead") / "content" / "demo"
    if not folder.is_dir():
        return {}
    scripts = {}
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".yaml"):
            script = _script(entry)
            scripts[script.id] = script
    return scripts


def email_of(person: str) -> str:
    """The e-mail address with which a person of the demo signs in."""
    return f"{person}@demo.example"


class Demo:
    """Plays scripts by saying their turns through `Live`, as any other way in does."""

    def __init__(
        self, live: Live, accounts: Accounts, scripts: Iterable[Script], *, pace: float = 1.0
    ) -> None:
        self._live = live
        self._accounts = accounts
        self._scripts = {script.id: script for script in scripts}
        self._pace = pace
        self._players: dict[str, asyncio.Task[None]] = {}
        self.viewer = Viewer(id="demo", name="Demo", program_of=frozenset(CLIENTS), scopes=frozenset(Scope))

    @property
    def scripts(self) -> tuple[Script, ...]:
        """The conversations that can be played, by id."""
        return tuple(self._scripts.values())

    async def prepare(self) -> None:
        """Makes sure that the demo's conversations are there, each begun a little."""
        for script in self.scripts:
            conversation = await self._current(script)
            for _ in range(script.begins_with - conversation.turns):
                await self.step(conversation.id)

    async def start(self, script_id: str) -> Summary:
        """Opens a new conversation of that script, with nothing said yet.

        Raises:
            NotFoundError: there is no such script.
        """
        script = self._script(script_id)
        agent = await self._accounts.find_user(email_of(script.agent))
        summary, _ = await self._live.open(
            self.viewer,
            Opening(
                client_id=script.client,
                channel=script.channel,
                customer=script.customer,
                customer_key=script.key,
                agent=agent.name if agent else script.agent.title(),
                agent_id=agent.id if agent else None,
                reference=f"{REFERENCE}/{script.id}/{uuid4().hex[:12]}",
            ),
        )
        return summary

    async def current(self) -> list[Progress]:
        """How far each script's latest live conversation has come; scripts without one are left out."""
        page = await self._live.list_by_heat(self.viewer, status=Status.LIVE, limit=MOST_LIVE)
        return [
            self._progress_of(each)
            for each in page.conversations
            if (each.reference or "").startswith(f"{REFERENCE}/")
        ]

    async def progress(self, conversation_id: str) -> Progress:
        """How far the conversation has come.

        Raises:
            NotFoundError: there is no such conversation of the demo.
        """
        return self._progress_of((await self._live.read_stand(self.viewer, conversation_id)).summary)

    async def step(self, conversation_id: str) -> KeptMoment | None:
        """Says the next turn; ends the conversation after the last one and gives None.

        Raises:
            NotFoundError: there is no such conversation of the demo.
        """
        progress = await self.progress(conversation_id)
        if progress.conversation.status is Status.ENDED:
            return None
        if progress.done == progress.turns:
            await self._live.end(self.viewer, conversation_id)
            return None
        line = progress.script.turns[progress.done]
        said = Said(
            id=f"{progress.done + 1}",
            speaker=line.speaker,
            text=line.text,
            start=line.start,
            end=line.end,
            number=progress.done,
        )
        ((moment, _),) = await self._live.add_turns(self.viewer, conversation_id, [said])
        return moment

    async def play(self, conversation_id: str) -> None:
        """Says the turns that are left at the pace at which they were written; returns at the end."""
        while True:
            progress = await self.progress(conversation_id)
            if progress.conversation.status is Status.ENDED:
                return
            await asyncio.sleep(_wait_s(progress) / self._pace)
            await self.step(conversation_id)

    def play_in_background(self, conversation_id: str) -> asyncio.Task[None]:
        """Plays the conversation while the caller goes on, until `pause`; gives the task that does so."""
        if conversation_id not in self._players:
            task = asyncio.create_task(self._play_safely(conversation_id))
            self._players[conversation_id] = task
            task.add_done_callback(lambda _: self._players.pop(conversation_id, None))
        return self._players[conversation_id]

    def is_playing(self, conversation_id: str) -> bool:
        """True while the conversation plays in the background."""
        return conversation_id in self._players

    def pause(self, conversation_id: str) -> None:
        """Stops playing the conversation in the background."""
        if task := self._players.get(conversation_id):
            task.cancel()

    async def stop(self) -> None:
        """Stops all playing."""
        players = list(self._players.values())
        for player in players:
            player.cancel()
        await asyncio.gather(*players, return_exceptions=True)

    async def play_themselves(self) -> None:
        """Plays the scripts that play themselves, over and over, until cancelled or somebody pauses them."""
        async with asyncio.TaskGroup() as group:
            for script in self.scripts:
                if script.plays_itself:
                    group.create_task(self._play_forever(script))

    async def _play_forever(self, script: Script) -> None:
        while True:
            conversation = await self._current(script)
            await asyncio.wait({self.play_in_background(conversation.id)})
            paused = (await self.progress(conversation.id)).conversation.status is Status.LIVE
            if paused:
                return
            await asyncio.sleep(REST_S / self._pace)

    async def _play_safely(self, conversation_id: str) -> None:
        try:
            await self.play(conversation_id)
        except CoolheadError as error:
            log.warning("demo_stopped", conversation=conversation_id, error=error.code)

    async def _current(self, script: Script) -> Summary:
        for progress in await self.current():
            if progress.script.id == script.id:
                return progress.conversation
        return await self.start(script.id)

    def _progress_of(self, summary: Summary) -> Progress:
        script = self._script((summary.reference or "/").split("/")[1])
        turns = len(script.turns)
        return Progress(script=script, conversation=summary, done=min(summary.turns, turns), turns=turns)

    def _script(self, script_id: str) -> Script:
        script = self._scripts.get(script_id)
        if script is None:
            raise NotFoundError("There is no such demo conversation.", hint="Choose one from the list.")
        return script


def _wait_s(progress: Progress) -> float:
    if progress.done in (0, progress.turns):
        return 1.0
    before, line = progress.script.turns[progress.done - 1], progress.script.turns[progress.done]
    if line.start is None or before.start is None:
        return UNTIMED_WAIT_S
    return min(max(line.start - before.start, 0.5), LONGEST_WAIT_S)


def _script(entry: Traversable) -> Script:
    try:
        given = YAML(typ="safe", pure=True).load(entry.read_text("utf-8"))
        return Script.model_validate({**given, "id": entry.name.removesuffix(".yaml")})
    except (YAMLError, ValidationError, TypeError) as error:
        raise FileError(f"This demo conversation cannot be read: {error}", path=entry.name) from error
