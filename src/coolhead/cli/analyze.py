"""`coolhead analyze`: reads conversations, hears them, and reports to people or to programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from coolhead.analysis import Analysis, to_record
from coolhead.cli.batch import hear
from coolhead.cli.html import HtmlReport
from coolhead.cli.report import print_report
from coolhead.cli.source import Source
from coolhead.conversation.formats import Format, ReadOptions
from coolhead.guidance.playbook import load


def analyze(
    paths: Annotated[
        list[Path], typer.Argument(help="Files or folders; - reads standard input.", metavar="PATH...")
    ],
    format: Annotated[  # the option's name on the command line
        Format | None, typer.Option(help="The form of every file; told from name and content when left out.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a conversation, a line each.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(help="Also write a report to read in a browser.", metavar="FILE")
    ] = None,
    client: Annotated[str, typer.Option(help="Whose customers these are; stands in the reports.")] = "",
    jobs: Annotated[int, typer.Option(min=1, help="How many processes hear conversations.")] = 1,
    playbook: Annotated[Path | None, typer.Option(help="Advise by this playbook.", metavar="FILE")] = None,
    speaker: Annotated[
        list[str] | None, typer.Option(help='Who a name is: "Dana=agent", "Bot=ignore".', metavar="NAME=ROLE")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help='What a column holds: "text=Message".', metavar="FIELD=COLUMN")
    ] = None,
) -> None:
    """Read transcripts and report what happened in each conversation.

    Reads vCon, WTF, Contact Lens, WebVTT, SRT, CSV and JSON lines, also gzipped. Labels in the input are
    never read. Exit code 1 when some conversations could not be read, 2 when none could.
    """
    options = ReadOptions.of(format=format, speakers=speaker or (), columns=column or ())
    messages = Console(stderr=True)
    source = Source(paths, options, messages)
    heard = hear(source.conversations(), jobs=jobs, playbook=load(playbook) if playbook else None)
    count = _report(_with_progress(heard, source, messages), as_json=as_json, html=html, client=client)
    source.exit_unless_all_read(count)


def _with_progress(heard: Iterator[Analysis], source: Source, messages: Console) -> Iterator[Analysis]:
    """Passes the analyses on; shows a bar of files where several are read at a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=messages, transient=True, disable=not messages.is_terminal) as progress:
        task = progress.add_task("files", total=None)
        for number, analysis in enumerate(heard, 1):
            progress.update(
                task,
                total=source.files,
                completed=source.files_done,
                description=f"{number} conversations, files",
            )
            yield analysis


def _report(heard: Iterator[Analysis], *, as_json: bool, html: Path | None, client: str) -> int:
    console = Console(highlight=False)
    count = 0
    with HtmlReport.to(html, client) as page:
        for analysis in heard:
            count += 1
            page.add(analysis)
            if as_json:
                record = {"client": client, **to_record(analysis)} if client else to_record(analysis)
                typer.echo(json.dumps(record, ensure_ascii=False))
            elif html is None:
                print_report(console, analysis)
    return count
