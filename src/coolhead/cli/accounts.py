"""`coolhead user add`: makes an account from the terminal."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from coolhead.cli.serve import Data, Url
from coolhead.config import load_settings
from coolhead.storage.accounts import Role

app = typer.Typer(help="People who may sign in.", no_args_is_help=True)


@app.callback()
def people() -> None:
    """People who may sign in."""


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="What they sign in with.")],
    name: Annotated[str, typer.Option(help="How others see them.", prompt="Name")],
    role: Annotated[Role, typer.Option(help="What they are at these clients.")] = Role.AGENT,
    client: Annotated[
        list[str] | None, typer.Option(help="A client they work for; several by repeating it.")
    ] = None,
    password: Annotated[
        str,
        typer.Option(help="Asked for when left out.", prompt=True, hide_input=True, confirmation_prompt=True),
    ] = "",
    data: Data = None,
    database: Url = None,
) -> None:
    """Add a person who may sign in."""
    from coolhead.wiring import opened_accounts

    async def create() -> None:
        async with opened_accounts(load_settings(data=data, database=database)) as accounts:
            await accounts.create_user(
                email=email,
                name=name,
                password=password,
                is_admin=role is Role.ADMIN,
                roles={} if role is Role.ADMIN else dict.fromkeys(client or (), role),
            )

    asyncio.run(create())
    typer.echo(f"{email} can sign in as {role.value}.")
