"""`coolhead client export` and `import`: a whole client as one file, and back in elsewhere."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from coolhead.cli.serve import Data, Url
from coolhead.config import load_settings
from coolhead.errors import FileError

app = typer.Typer(help="Whole clients, to take away and in.", no_args_is_help=True)
TERMINAL = "somebody at the terminal"


@app.command("export")
def take_away(
    client: Annotated[str, typer.Argument(help="The client's short name.")],
    file: Annotated[Path, typer.Argument(help="The zip to write; it must not exist.")],
    data: Data = None,
    database: Url = None,
) -> None:
    """Write everything of a client into one file of open formats."""
    from coolhead.services.access import Viewer
    from coolhead.wiring import opened_portability

    async def export() -> None:
        async with opened_portability(load_settings(data=data, database=database)) as portability:
            pieces = await portability.export(Viewer(id="", name=TERMINAL, is_admin=True), client)
            try:
                with file.open("xb") as out:
                    async for piece in pieces:
                        out.write(piece)
            except OSError as error:
                raise FileError(f"The file cannot be written: {error.strerror}.", path=file) from error

    asyncio.run(export())
    typer.echo(f"{file} holds everything of {client}; keep it as safe as the database.")


@app.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(help="The zip that `coolhead client export` wrote.")],
    name: Annotated[
        str, typer.Option("--as", help="Another short name for the client here.", show_default=False)
    ] = "",
    data: Data = None,
    database: Url = None,
) -> None:
    """Take a client in from such a file."""
    from coolhead.services.access import Viewer
    from coolhead.services.keeping.portability import Imported
    from coolhead.wiring import opened_portability

    async def take() -> Imported:
        async with opened_portability(load_settings(data=data, database=database)) as portability:
            try:
                with file.open("rb") as given:
                    viewer = Viewer(id="", name=TERMINAL, is_admin=True)
                    return await portability.take_in(viewer, given, name)
            except OSError as error:
                raise FileError(f"The file cannot be read: {error.strerror}.", path=file) from error

    taken = asyncio.run(take())
    typer.echo(f"{taken.client_id} is here with {taken.rows['conversations']} conversations.")
