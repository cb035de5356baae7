"""`coolhead serve` and `coolhead demo`: start the live product and say where it is.

What only a running server needs is imported when it starts, so that other commands and completion are quick.
"""

from __future__ import annotations

import errno
import socket
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from coolhead.config import Settings, load_settings
from coolhead.errors import SetupError

Data = Annotated[Path | None, typer.Option(help="Folder for the embedded database.", metavar="DIR")]
Host = Annotated[str | None, typer.Option(help="Network address to listen on.")]
Port = Annotated[int | None, typer.Option(help="Port to listen on; 0 takes any free one.")]
Url = Annotated[
    str | None, typer.Option("--database", help="postgresql://user:password@host/name in place of SQLite.")
]


def serve(data: Data = None, host: Host = None, port: Port = None, database: Url = None) -> None:
    """Start Coolhead for your team.

    The first visitor is asked to create the admin. Settings also come from the environment (COOLHEAD_...).
    """
    _run(load_settings(data=data, host=host, port=port, database=database))


def demo(data: Data = None, host: Host = None, port: Port = None, database: Url = None) -> None:
    """Start Coolhead with a demo workspace: two clients and six conversations to play."""
    if data is None and database is None:
        data = load_settings().data / "demo"
    _run(load_settings(data=data, host=host, port=port, database=database, demo=True))


def _run(settings: Settings) -> None:
    import uvicorn

    from coolhead.web.app import create_app
    from coolhead.wiring import build

    console = Console(highlight=False)
    listener = _listen(settings.host, settings.port)
    address = f"http://{settings.host}:{listener.getsockname()[1]}"
    console.print("Starting Coolhead ...", style="dim")
    app = create_app(build(settings))
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=3,
        )
    )
    _tell(console, settings, address)
    with listener:
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise SetupError(
            f"{host} port {port} {reason}.", hint="Choose another with --port, or --port 0."
        ) from error
    return listener


def _tell(console: Console, settings: Settings, address: str) -> None:
    console.print(f"\n  Coolhead is at [bold]{address}[/bold]\n")
    if settings.demo:
        _tell_of_demo(console, address)
    else:
        console.print("  The first visitor creates the admin.")
    where = "PostgreSQL" if settings.database else f"{settings.data / 'coolhead.db'}"
    console.print(f"  Data: {where}\n  Stop with Ctrl+C.\n", style="dim")


def _tell_of_demo(console: Console, address: str) -> None:
    from coolhead.services.demo.playing import PASSWORD, PEOPLE, email_of
    from coolhead.storage.accounts import Role

    console.print(f"  Sign in to the demo with any of these; the password is [bold]{PASSWORD}[/bold]")
    for person in PEOPLE:
        at = "" if person.role is Role.ADMIN else f" at {' and '.join(person.clients)}"
        console.print(f"    {email_of(person.key):<20} {person.name}, {person.role.words}{at}")
    console.print(f"\n  A customer's side of the chat: {address}/chat/northline")
