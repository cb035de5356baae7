"""`coolhead redact`: masks personal data in standard input."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from coolhead.conversation import privacy
from coolhead.errors import FileError


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
    failures: list[FileError] = []

    def tell(error: FileError) -> None:
        failures.append(error)
        typer.echo(str(error), err=True)

    for line in privacy.redact(sys.stdin, as_json=as_json, on_error=tell):
        typer.echo(line)
    if failures:
        raise typer.Exit(1)
