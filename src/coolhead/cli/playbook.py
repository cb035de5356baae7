"""`coolhead playbook check` and `coolhead playbook try`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from coolhead.analysis import Analysis
from coolhead.cli.batch import hear
from coolhead.cli.source import Source
from coolhead.conversation.formats import ReadOptions
from coolhead.engine import Moment
from coolhead.guidance.playbook import load
from coolhead.guidance.trial import EntryTrial, try_playbook

app = typer.Typer(help="Check a playbook, or try it on past conversations.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="The playbook, a YAML file.")]
MOST_PLACES = 12


@app.command()
def check(file: File) -> None:
    """Check a playbook; every mistake is told with its line, its column and the nearest valid word."""
    playbook = load(file)
    typer.echo(f"{file}: {len(playbook.entries)} entries, all well.")


@app.command("try")
def try_it(
    file: File,
    on: Annotated[list[Path], typer.Option(help="Files or folders of past conversations.", metavar="PATH")],
    jobs: Annotated[int, typer.Option(min=1, help="How many processes hear conversations.")] = 1,
) -> None:
    """Say how often each entry would have fired on past conversations, and on which turns."""
    playbook = load(file)
    source = Source(on, ReadOptions(), Console(stderr=True))
    counted = _Counted(hear(source.conversations(), jobs=jobs, playbook=playbook))
    trials = try_playbook(playbook, counted.moments())
    _print(Console(highlight=False), trials, counted)
    source.exit_unless_all_read(counted.conversations)


class _Counted:
    """Passes on the moments of conversations and keeps what the table needs of each."""

    def __init__(self, heard: Iterator[Analysis]) -> None:
        self._heard = heard
        self.conversations = 0
        self.customer_turns = 0
        self.numbers: dict[tuple[str, str], int] = {}

    def moments(self) -> Iterator[tuple[str, Sequence[Moment]]]:
        for analysis in self._heard:
            self.conversations += 1
            name = analysis.conversation.id
            for number, moment in enumerate(analysis.moments, 1):
                self.customer_turns += moment.turn.by_customer
                if moment.card:
                    self.numbers[name, moment.turn.id] = number
            yield name, analysis.moments


def _print(console: Console, trials: Sequence[EntryTrial], counted: _Counted) -> None:
    table = Table("entry", "fired", "done anyway", "where (conversation:turn)", box=None, pad_edge=False)
    for trial in trials:
        places = [
            f"{each.conversation_id}:{counted.numbers[each.conversation_id, each.turn_id]}"
            for each in trial.fired
        ]
        more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
        table.add_row(
            trial.entry.name,
            str(len(trial.fired)),
            str(trial.done_anyway) if trial.fired else "",
            " ".join(places[:MOST_PLACES]) + more,
        )
    console.print(table)
    fired = sum(len(trial.fired) for trial in trials)
    console.print(
        f"\n{fired} cards in {counted.conversations} conversations ({counted.customer_turns} customer turns)."
        "\n“Done anyway” counts cards whose advice the agent's next turn followed without having seen it.",
        style="dim",
    )
