"""`coolhead redact`: masks personal data in standard input."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from coolhead.conversation.privacy import redact_lines
from coolhead.errors import CoolheadError


def redact(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print {id, text, spans} a line; offsets are into the input text.")
    ] = False,
) -> None:
    """Mask personal data in standard input, line by line.

    Takes plain lines, where the lines before tell what a bare number is, or JSON lines {id, before, text}
    with the turn before in `before`. Masks card and bank numbers, identity numbers, phones, e-mails,
    addresses, birth dates and secrets, typed or spoken. Exit code 1 when some lines could not be read.
    """
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a text stream here
    failed = False
    for result in redact_lines(sys.stdin, as_json=as_json):
        if isinstance(result, CoolheadError):
            failed = True
            typer.echo(f"{result.message} {result.hint}", err=True)
        else:
            typer.echo(result)
    if failed:
        raise typer.Exit(1)
