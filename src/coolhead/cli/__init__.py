"""The command line: one file a group of commands; each only reads arguments, calls the library and prints."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console

from coolhead.cli import accounts, analyze, clients, doctor, playbook, practice, redact, serve
from coolhead.errors import CoolheadError

app = typer.Typer(
    name="coolhead",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
)
app.command("analyze")(analyze.analyze)
app.command("redact")(redact.redact)
app.command("serve")(serve.serve)
app.command("demo")(serve.demo)
app.command("doctor")(doctor.doctor)
app.command("practice")(practice.practice)
app.add_typer(playbook.app, name="playbook")
app.add_typer(clients.app, name="client")
app.add_typer(accounts.app, name="user")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("coolhead"))
        raise typer.Exit


@app.callback()
def coolhead(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Understands difficult conversations turn by turn, and coaches the person who answers."""


def main() -> None:
    """Runs the command line; an error that a person can act on is told in two lines, without a traceback."""
    try:
        app()
    except CoolheadError as error:
        console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
        console.print(f"Error: {error.message}")
        if error.hint:
            console.print(error.hint)
        sys.exit(1)
