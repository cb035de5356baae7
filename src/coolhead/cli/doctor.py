"""`coolhead doctor`: checks an installation and says what to do about what is wrong."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass

import typer
from rich.console import Console

from coolhead.cli.serve import Data, Url
from coolhead.codebook import Speaker
from coolhead.config import Settings, load_settings
from coolhead.conversation.turn import Turn
from coolhead.engine import Engine
from coolhead.errors import CoolheadError
from coolhead.guidance.playbook import default_playbook


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: `look` returns what was found, or raises a CoolheadError."""

    name: str
    look: Callable[[], str]


def doctor(data: Data = None, database: Url = None) -> None:
    """Check this installation: Python, model, playbook, browser code, database. Exit code 1 on failure."""
    settings = load_settings(data=data, database=database)
    console = Console(highlight=False)
    failed = 0
    for check in _checks(settings):
        try:
            found = check.look()
            console.print(f"[green]✓[/green] {check.name}: {found}")
        except CoolheadError as error:
            failed += 1
            console.print(f"[red]✗[/red] {check.name}: {error.message}\n  {error.hint}")
    if failed:
        raise typer.Exit(1)
    console.print("All is well.")


def _checks(settings: Settings) -> list[Check]:
    return [
        Check("Python", lambda: sys.version.split()[0]),
        Check("model", _model),
        Check("playbook", lambda: f"{len(default_playbook().entries)} entries"),
        Check("browser code", _browser_code),
        Check("database", lambda: asyncio.run(_database(settings))),
    ]


def _model() -> str:
    engine = Engine.load()
    turn = Turn(id="1", speaker=Speaker.CUSTOMER, text="This is the third time I call about the same bill!")
    heat = engine.hear(engine.start(), turn).reading.heat
    return f"loads and reads (a test sentence is {heat.level.words if heat else 'not rated'})"


def _browser_code() -> str:
    from coolhead.web.assets import check_vendor

    check_vendor()
    return "present"


async def _database(settings: Settings) -> str:
    from coolhead.wiring import opened_accounts

    async with opened_accounts(settings) as accounts:
        waiting = await accounts.needs_first_admin()
    return "ready" + (", nobody has signed up yet" if waiting else "")
