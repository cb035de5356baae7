"""Whole pages and parts of pages: what every template is given besides its own values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from coolhead.services.access import Right, Viewer
from coolhead.web.needs import services_of
from coolhead.web.templating import draw

THEME_COOKIE = "coolhead_theme"
THEMES = ("light", "dark")
SHORTCUTS = (
    (("j",), "next conversation, or next turn of a replay"),
    (("k",), "previous conversation or turn"),
    (("r",), "write an answer"),
    (("Alt U",), "use the better wording"),
    (("Enter",), "send; Shift Enter makes a new line"),
    (("d",), "the advice is done"),
    (("x",), "not now"),
    (("w",), "why this advice"),
    (("t",), "take the conversation"),
    (("a",), "accept the first promise that is proposed"),
    (("u",), "undo what was just done to a promise"),
    (("h",), "ask a supervisor for help"),
    (("s",), "the limit was said"),
    (("o",), "hand over after abuse"),
    (("a",), "accept a call for a supervisor, or join"),
    (("↓", "↑"), "next or previous turn of a replay"),
    (("Space",), "play or pause a replay"),
    (("g d", "g f", "g c", "g s"), "go to Desk, Floor, Conversations, Search"),
    (("n",), "change the note"),
    (("h",), "in practice: a hint"),
    (("p",), "in practice: pause, or go on"),
    (("v",), "in practice: by voice; Alt V speaks, and sends"),
    (("/",), "search the policies"),
    (("g m", "g p", "g l"), "go to Promises, People, Clients"),
    (("g g", "g r"), "go to Guidance, Practice"),
    (("Ctrl S",), "save what you write there to the draft"),
    (("Esc",), "close what is open"),
    (("?",), "this sheet"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the main navigation."""

    name: str
    href: str
    here: bool


def page(request: Request, viewer: Viewer, template: str, /, **values: Any) -> HTMLResponse:
    """A whole page for somebody who is signed in."""
    return bare(
        request,
        template,
        viewer=viewer,
        places=_places(request, viewer),
        may_audit=viewer.may(Right.AUDIT),
        where=values.pop("where", ""),
        demo=services_of(request).settings.demo,
        **values,
    )


def bare(request: Request, template: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page for anyone, without the navigation."""
    theme = request.cookies.get(THEME_COOKIE, "")
    return HTMLResponse(
        draw(
            template,
            request=request,
            theme=theme if theme in THEMES else "",
            shortcuts=SHORTCUTS,
            **values,
        ),
        status_code=status,
    )


def part(template: str, /, **values: Any) -> HTMLResponse:
    """A piece of a page, put in place by htmx."""
    return HTMLResponse(draw(template, **values))


def is_htmx(request: Request) -> bool:
    """True when a page already open asks for a piece."""
    return request.headers.get("hx-request") == "true"


PLACES: tuple[tuple[str, str, Right | None], ...] = (
    ("Desk", "/desk", Right.WORK),
    ("Floor", "/floor", Right.WATCH),
    ("Promises", "/promises", Right.READ),
    ("Follow-ups", "/follow-ups", Right.FOLLOW_UP),
    ("Customers", "/customers", Right.READ),
    ("Practice", "/practice", Right.PRACTISE),
    ("Training", "/training", Right.TRAIN),
    ("Conversations", "/conversations", None),
    ("Search", "/search", None),
    ("Demo", "/demo", None),
    ("Guidance", "/documents", Right.KEEP_DOCUMENTS),
    ("People", "/people", Right.KEEP_PEOPLE),
    ("Clients", "/clients", Right.KEEP_CLIENTS),
)
"""The main navigation: what each entry is called, where it leads, and the right that it takes."""


def _places(request: Request, viewer: Viewer) -> list[Place]:
    demo = services_of(request).settings.demo
    return [
        Place(name=name, href=href, here=request.url.path.startswith(href))
        for name, href, right in PLACES
        if (right is None or viewer.may(right)) and (demo or href != "/demo")
    ]
