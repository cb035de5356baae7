"""A playbook in forms: its entries, one entry to change, and what the draft would have done lately."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from coolhead.channels.sse import EventStream
from coolhead.errors import ConflictError, InputError
from coolhead.guidance.amend import (
    Plain,
    add_entry,
    change_settings,
    entries_in,
    remove_entry,
    replace_entry,
    settings_in,
)
from coolhead.guidance.compare import Fate, compare_entries, conditions_in_words
from coolhead.guidance.document import DocumentError
from coolhead.guidance.form import ENTRY, SETTINGS, TIMES
from coolhead.guidance.phrases import SLOTS
from coolhead.guidance.playbook import Entry, check_settings
from coolhead.services.access import Right, Viewer
from coolhead.services.documents.documents import PLAYBOOK
from coolhead.services.documents.trials import Progress
from coolhead.web import playbook_form as forms
from coolhead.web.documents import Opened, document_page, opened
from coolhead.web.method import pages_of_method
from coolhead.web.needs import Here, Services
from coolhead.web.pages import part
from coolhead.web.security import Person
from coolhead.web.stream import message, partial
from coolhead.web.templating import draw

router = APIRouter(prefix="/documents/{client_id}/playbook")

DAYS = (1, 7, 30, 90)
PLACES_SHOWN = 20
STEPS = 40
"""How many times at most a trial tells how far it has come."""

ABOUT = {side: Entry.model_fields[side].description for side in forms.SIDES}
EMPTY: Plain = {"name": "", "title": "", "when": {}, "techniques": [], "say": [""], "why": ""}


@router.get("")
async def entries(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """Every entry of the playbook."""
    return await _page(request, here, person, await opened(here, person, client_id, PLAYBOOK))


@router.get("/entries/{name}")
async def entry(request: Request, here: Here, person: Person, client_id: str, name: str) -> Response:
    """One entry to change; an entry that is gone leads to the list."""
    document = await opened(here, person, client_id, PLAYBOOK)
    found = next((each for each in _entries(document.desktop.text) if each.get("name") == name), None)
    if found is None:
        return RedirectResponse(document.base, status_code=303)
    return await _page(request, here, person, document, **_form(document, found, was=found))


@router.get("/new")
async def new(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """A new entry to fill in."""
    document = await opened(here, person, client_id, PLAYBOOK)
    values = _form(document, EMPTY, was=None) | {"complaints": {}}
    return await _page(request, here, person, document, **values)


@router.post("/entries")
async def save(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """Keeps an entry in the draft; what is wrong with it, or was changed meanwhile, is told beside it."""
    form = await request.form()
    entry, was = forms.read_entry(form), _was(form)
    document = await opened(here, person, client_id, PLAYBOOK)
    values = _form(document, entry, was=was)
    if values["complaints"]:
        return await _page(request, here, person, document, status=422, **values)
    if entry == was:
        return RedirectResponse(f"{document.base}/entries/{entry['name']}", status_code=303)
    title = entry["title"]
    change = f"Changed “{title}”" if was else f"Added “{title}”"
    try:
        await here.editing.amend(
            person,
            client_id,
            PLAYBOOK,
            lambda text: replace_entry(text, was, entry) if was else add_entry(text, entry),
            change=change,
        )
    except ConflictError as error:
        return await _conflicted(request, here, person, entry, was, error, client_id)
    return RedirectResponse(f"{document.base}/entries/{entry['name']}", status_code=303)


@router.post("/entries/remove")
async def remove(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """Takes an entry out of the draft; undo brings it back."""
    was = _was(await request.form()) or {}
    await here.editing.amend(
        person,
        client_id,
        PLAYBOOK,
        lambda text: remove_entry(text, was),
        change=f"Removed “{was.get('title', '')}”",
    )
    return RedirectResponse(f"/documents/{client_id}/playbook", status_code=303)


@router.post("/form")
async def redraw(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """The form with one condition or wording more or less, as its `do` says; nothing is kept."""
    form = await request.form()
    document = await opened(here, person, client_id, PLAYBOOK)
    changed = _done(forms.read_entry(form), str(form.get("do", "")), form)
    values = _form(document, changed, was=_was(form))
    values["complaints"] = _begun(values["complaints"], changed)
    return part("_entry_form.html", document=document, base=document.base, **values)


@router.post("/entries/check")
async def check(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """What is wrong with an entry that is being typed, each thing for the place beside its field."""
    form = await request.form()
    document = await opened(here, person, client_id, PLAYBOOK)
    entry = forms.read_entry(form)
    complaints = _form(document, entry, was=_was(form))["complaints"]
    return part("_complaints.html", fields=forms.fields(), complaints=_begun(complaints, entry))


@router.post("/settings")
async def settings(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """Changes the playbook as a whole in the draft.

    Raises:
        InputError: a value will not do.
    """
    values = forms.read_settings(await request.form())
    for complaint in check_settings(values):
        raise InputError(complaint.message[:1].upper() + complaint.message[1:])
    await here.editing.amend(
        person,
        client_id,
        PLAYBOOK,
        lambda text: change_settings(text, values),
        change="Changed the playbook as a whole",
    )
    return RedirectResponse(f"/documents/{client_id}/playbook", status_code=303)


@router.get("/trial")
async def trial(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """Where the draft is tried on past conversations."""
    document = await opened(here, person, client_id, PLAYBOOK)
    return document_page(
        request, person, "playbook_trial.html", document, f"{document.base}/trial", days=DAYS
    )


@router.post("/trial")
async def try_it(
    here: Here, person: Person, client_id: str, days: Annotated[int, Form(ge=1, le=366)] = 7
) -> Response:
    """Tries the draft and tells how far it has come, then what each entry would have done."""
    person.require(Right.KEEP_DOCUMENTS, client_id)
    document = await opened(here, person, client_id, PLAYBOOK)
    return EventStream(_tried(here, person, document, days))


async def _tried(here: Services, person: Viewer, document: Opened, days: int) -> AsyncIterator[str]:
    changed = _fates(document, await _before(here, person, document))
    progress: Progress | None = None
    try:
        async for progress in here.trials.run(person, document.client.id, document.desktop.text, days=days):
            if progress.done % max(1, progress.total // STEPS) == 0:
                yield message(partial("trial", draw("_trial_progress.html", progress=progress)))
    except DocumentError as error:
        yield message(partial("trial", draw("_problems.html", problems=error.problems, most=PLACES_SHOWN)))
        return
    assert progress is not None  # noqa: S101 (a trial tells at least once)
    values = {"progress": progress, "days": days, "most": PLACES_SHOWN, "fates": changed}
    yield message(partial("trial", draw("_trial.html", base=document.base, **values)))


async def _conflicted(
    request: Request,
    here: Services,
    person: Viewer,
    entry: Plain,
    was: Plain | None,
    error: ConflictError,
    client_id: str,
) -> Response:
    """The form again with the person's own words, and what the others have made of the entry meanwhile."""
    document = await opened(here, person, client_id, PLAYBOOK)
    name = (was or entry).get("name")
    theirs = next((each for each in _entries(document.desktop.text) if each.get("name") == name), None)
    values = _form(document, entry, was=theirs if was else None)
    values |= {"conflict": error, "theirs": compare_entries(was or {}, theirs) if theirs else ()}
    return await _page(request, here, person, document, status=409, **values)


async def _page(
    request: Request, here: Services, person: Viewer, document: Opened, **values: Any
) -> Response:
    text = document.desktop.text
    before = await _before(here, person, document)
    return document_page(
        request,
        person,
        "playbook.html",
        document,
        document.base,
        entries=_entries(text),
        readable=_readable(text),
        fates=_fates(document, before),
        settings=[(control, _settings(text).get(name, control.given)) for name, control in SETTINGS.items()],
        in_words=conditions_in_words,
        **({"entry": None} | values),
    )


async def _before(here: Services, person: Viewer, document: Opened) -> str:
    return await here.editing.text_of(person, document.client.id, PLAYBOOK, document.desktop.now)


def _fates(document: Opened, before: str) -> dict[str, Fate]:
    """Which entries the draft has added or changed."""
    if document.desktop.draft is None:
        return {}
    old = {each.get("name"): each for each in _entries(before)}
    fates = {}
    for each in _entries(document.desktop.text):
        if old.get(each.get("name")) != each:
            fates[str(each.get("name"))] = Fate.CHANGED if each.get("name") in old else Fate.ADDED
    return fates


def _form(document: Opened, entry: Plain, *, was: Plain | None) -> dict[str, Any]:
    """What the form of an entry is drawn from."""
    taken = {each.get("name") for each in _entries(document.desktop.text)} - {(was or {}).get("name")}
    return {
        "entry": forms.shown(entry),
        "was": json.dumps(was) if was else "",
        "complaints": forms.complaints_by_field(entry, [str(name) for name in taken]),
        "controls": ENTRY,
        "sides": [
            (side, ABOUT[side], list(forms.conditions_of(entry, side)), forms.to_add(entry, side))
            for side in forms.SIDES
        ],
        "times": TIMES,
        "slots": SLOTS,
        "split_time": forms.split_time,
        "method": pages_of_method(),
        "conflict": None,
        "theirs": (),
    }


def _begun(complaints: dict[str, list[str]], entry: Plain) -> dict[str, list[str]]:
    """The complaints about what has been filled in; what is still missing is told when it is to be kept."""
    return {field: said for field, said in complaints.items() if entry.get(field.split(".")[0])}


def _done(entry: Plain, do: str, form: FormData) -> Plain:
    what, _, where = do.partition(":")
    side, _, name = where.partition(".")
    match what:
        case "add":
            return forms.with_condition(entry, side, str(form.get(f"new.{side}", "")))
        case "drop":
            return forms.without_condition(entry, side, name)
        case "line":
            return entry | {"say": [*entry.get("say", []), ""]}
        case _:
            return entry


def _was(form: FormData) -> Plain | None:
    """The entry as the form was opened on it; None for a new one."""
    try:
        was = json.loads(str(form.get("was") or "null"))
    except ValueError:
        return None
    return was if isinstance(was, dict) else None


@lru_cache(maxsize=64)
def _entries(text: str) -> list[Plain]:
    try:
        return entries_in(text)
    except DocumentError:
        return []


@lru_cache(maxsize=64)
def _settings(text: str) -> Plain:
    return settings_in(text) if _readable(text) else {}


@lru_cache(maxsize=64)
def _readable(text: str) -> bool:
    try:
        entries_in(text)
    except DocumentError:
        return False
    return True
