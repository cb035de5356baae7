"""The table of routes: what each screen and each call of the API asks of who comes.

A new route gets its line in `ROUTES` ("METHOD /path", the path as its router writes it, sorted): the `Right`
that it needs, or a `Door` where no right is needed. A missing right is added in `coolhead.services.access`.
A route without a line is refused to everyone. The line is a first check, that somebody has the right at one
client at least; the use case behind the route asks for the client of the thing, with
`viewer.require(right, client_id)`.

Then `.venv/bin/python tools/rights_reference.py > docs/reference/rights.md` writes the page for people, and
`tests/web/test_rights.py` walks every route with every role; it is told there what a new `{part}` of a path
stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from coolhead.errors import ForbiddenError
from coolhead.services.access import Right

API = "/api/v1"


class Door(StrEnum):
    """Who may come to a route that asks for no right."""

    ANYONE = "anyone"
    SIGNED_IN = "whoever is signed in"


ROUTES: Mapping[str, Right | Door] = {
    "GET /": Door.SIGNED_IN,
    "GET /account": Door.SIGNED_IN,
    "GET /api/v1/conversations": Right.READ,
    "GET /api/v1/conversations/{conversation}": Right.READ,
    "GET /api/v1/conversations/{conversation}/events": Right.READ,
    "GET /api/v1/events": Right.READ,
    "GET /api/v1/openapi.json": Door.ANYONE,
    "GET /api/v1/promises": Right.READ,
    "GET /api/v1/promises/{promise}": Right.READ,
    "GET /api/v1/search": Right.READ,
    "GET /audit": Right.AUDIT,
    "GET /audit/export/{form}": Right.AUDIT,
    "GET /chat/{client_id}": Door.ANYONE,
    "GET /chat/{client_id}/stream": Door.ANYONE,
    "GET /client-import": Right.KEEP_DATA,
    "GET /clients": Right.KEEP_CLIENTS,
    "GET /clients/{client_id}/data": Right.KEEP_DATA,
    "GET /clients/{client_id}/integrations": Right.KEEP_INTEGRATIONS,
    "GET /clients/{client_id}/settings": Right.KEEP_CLIENTS,
    "GET /conversations": Right.READ,
    "GET /conversations/{conversation_id}": Right.READ,
    "GET /conversations/{conversation_id}/export/{form}": Right.EXPORT,
    "GET /conversations/{conversation_id}/note": Right.READ,
    "GET /conversations/{conversation_id}/print": Right.EXPORT,
    "GET /conversations/{conversation_id}/turns/{turn_id}/why": Right.READ,
    "GET /customers": Right.READ,
    "GET /customers/deletions/{client_id}": Right.KEEP_DATA,
    "GET /customers/{customer_id}": Right.READ,
    "GET /demo": Door.SIGNED_IN,
    "GET /demo/{script_id}/row": Door.SIGNED_IN,
    "GET /desk": Right.WORK,
    "GET /desk/stream": Right.WORK,
    "GET /desk/{conversation_id}": Right.WORK,
    "GET /desk/{conversation_id}/disposition": Right.NOTE,
    "GET /desk/{conversation_id}/gesture": Right.WORK,
    "GET /desk/{conversation_id}/note": Right.NOTE,
    "GET /desk/{conversation_id}/policies": Right.WORK,
    "GET /desk/{conversation_id}/stream": Right.WORK,
    "GET /documents": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/playbook": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/playbook/entries/{name}": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/playbook/new": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/playbook/trial": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/policies/preview": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/{kind}": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/{kind}/compare": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/{kind}/file": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/{kind}/text": Right.KEEP_DOCUMENTS,
    "GET /documents/{client_id}/{kind}/versions": Right.KEEP_DOCUMENTS,
    "GET /floor": Right.WATCH,
    "GET /floor/stream": Right.WATCH,
    "GET /floor/{conversation_id}": Right.WATCH,
    "GET /floor/{conversation_id}/stream": Right.WATCH,
    "GET /follow-ups": Right.FOLLOW_UP,
    "GET /follow-ups/stream": Right.FOLLOW_UP,
    "GET /follow-ups/{follow_up_id}": Right.FOLLOW_UP,
    "GET /forgotten": Door.ANYONE,
    "GET /framed/{inlet_id}": Door.ANYONE,
    "GET /framed/{inlet_id}/{conversation_id}/stream": Right.WORK,
    "GET /gestures": Right.RAISE,
    "GET /healthz": Door.ANYONE,
    "GET /join/{token}": Door.ANYONE,
    "GET /learn": Door.SIGNED_IN,
    "GET /learn/{name}": Door.SIGNED_IN,
    "GET /new-password/{token}": Door.ANYONE,
    "GET /p/{client_id}": Door.ANYONE,
    "GET /p/{client_id}.json": Door.ANYONE,
    "GET /people": Right.KEEP_PEOPLE,
    "GET /people/{account_id}/sessions": Right.KEEP_PEOPLE,
    "GET /promises": Right.READ,
    "GET /promises/badge": Right.READ,
    "GET /promises/stream": Right.READ,
    "GET /promises/{promise_id}/history": Right.READ,
    "GET /search": Right.READ,
    "GET /sign-in": Door.ANYONE,
    "GET /sign-in/elsewhere": Door.ANYONE,
    "GET /sign-in/elsewhere/back": Door.ANYONE,
    "GET /webhooks/{webhook_id}": Right.KEEP_INTEGRATIONS,
    "POST /account/password": Door.SIGNED_IN,
    "POST /account/sessions/end": Door.SIGNED_IN,
    "POST /account/sessions/{session_id}/end": Door.SIGNED_IN,
    "POST /api/v1/conversations": Right.TALK,
    "POST /api/v1/conversations/{conversation}/end": Right.TALK,
    "POST /api/v1/conversations/{conversation}/promises": Right.PROMISE,
    "POST /api/v1/conversations/{conversation}/turns": Right.TALK,
    "POST /api/v1/conversations/{conversation}/turns/batch": Right.TALK,
    "POST /api/v1/promises/{promise}/moves": Right.PROMISE,
    "POST /chat/{client_id}": Door.ANYONE,
    "POST /chat/{client_id}/again": Door.ANYONE,
    "POST /chat/{client_id}/leave": Door.ANYONE,
    "POST /chat/{client_id}/messages": Door.ANYONE,
    "POST /client-import": Right.KEEP_DATA,
    "POST /clients": Right.KEEP_CLIENTS,
    "POST /clients/{client_id}/data": Right.KEEP_DATA,
    "POST /clients/{client_id}/export": Right.KEEP_DATA,
    "POST /clients/{client_id}/holds": Right.KEEP_DATA,
    "POST /clients/{client_id}/inlets": Right.KEEP_INTEGRATIONS,
    "POST /clients/{client_id}/keys": Right.KEEP_KEYS,
    "POST /clients/{client_id}/keys/{key_id}/revoke": Right.KEEP_KEYS,
    "POST /clients/{client_id}/letters/{letter_id}": Right.KEEP_INTEGRATIONS,
    "POST /clients/{client_id}/name": Right.KEEP_CLIENTS,
    "POST /clients/{client_id}/settings": Right.KEEP_CLIENTS,
    "POST /clients/{client_id}/settings/check": Right.KEEP_CLIENTS,
    "POST /clients/{client_id}/webhooks": Right.KEEP_INTEGRATIONS,
    "POST /conversations/{conversation_id}/note/restore": Right.NOTE,
    "POST /conversations/{conversation_id}/turns/{turn_id}/contest": Right.CONTEST,
    "POST /customers/of/{conversation_id}": Right.WORK,
    "POST /customers/{customer_id}/delete": Right.KEEP_DATA,
    "POST /customers/{customer_id}/merge": Right.MERGE_CUSTOMERS,
    "POST /customers/{customer_id}/part": Right.MERGE_CUSTOMERS,
    "POST /demo/{script_id}/{action}": Door.SIGNED_IN,
    "POST /desk/{conversation_id}/card": Right.WORK,
    "POST /desk/{conversation_id}/disposition": Right.NOTE,
    "POST /desk/{conversation_id}/draft": Right.TALK,
    "POST /desk/{conversation_id}/end": Right.TALK,
    "POST /desk/{conversation_id}/gestures": Right.WORK,
    "POST /desk/{conversation_id}/help": Right.WORK,
    "POST /desk/{conversation_id}/limits/end": Right.WORK,
    "POST /desk/{conversation_id}/limits/hand_over": Right.WORK,
    "POST /desk/{conversation_id}/limits/said": Right.WORK,
    "POST /desk/{conversation_id}/note": Right.NOTE,
    "POST /desk/{conversation_id}/offers": Right.WORK,
    "POST /desk/{conversation_id}/offers/{offer_id}": Right.WORK,
    "POST /desk/{conversation_id}/take": Right.WORK,
    "POST /desk/{conversation_id}/turns": Right.TALK,
    "POST /documents/{client_id}/playbook/entries": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/playbook/entries/check": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/playbook/entries/remove": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/playbook/form": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/playbook/settings": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/playbook/trial": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/{kind}/check": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/{kind}/discard": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/{kind}/import": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/{kind}/publish": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/{kind}/redo": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/{kind}/text": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/{kind}/undo": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/{kind}/versions/{number}/restore": Right.KEEP_DOCUMENTS,
    "POST /documents/{client_id}/{kind}/versions/{number}/withdraw": Right.KEEP_DOCUMENTS,
    "POST /escalations/{escalation_id}/call_back": Right.WORK,
    "POST /escalations/{escalation_id}/withdraw": Right.WORK,
    "POST /escalations/{escalation_id}/{move}": Right.ANSWER_CALLS,
    "POST /first-admin": Door.ANYONE,
    "POST /floor/{conversation_id}/lift": Right.LIFT_PAUSES,
    "POST /floor/{conversation_id}/say": Right.ANSWER_CALLS,
    "POST /floor/{conversation_id}/whisper": Right.WATCH,
    "POST /follow-ups/in/{conversation_id}": Right.FOLLOW_UP,
    "POST /follow-ups/{follow_up_id}/edit": Right.FOLLOW_UP,
    "POST /follow-ups/{follow_up_id}/move": Right.FOLLOW_UP,
    "POST /follow-ups/{follow_up_id}/put-off": Right.FOLLOW_UP,
    "POST /follow-ups/{follow_up_id}/send": Right.FOLLOW_UP,
    "POST /forgotten": Door.ANYONE,
    "POST /gestures/{client_id}/raise": Right.RAISE,
    "POST /holds/{hold_id}/lift": Right.KEEP_DATA,
    "POST /in/{kind}/{inlet_id}": Door.ANYONE,
    "POST /inlets/{inlet_id}/close": Right.KEEP_INTEGRATIONS,
    "POST /inlets/{inlet_id}/secret": Right.KEEP_INTEGRATIONS,
    "POST /join/{token}": Door.ANYONE,
    "POST /new-password/{token}": Door.ANYONE,
    "POST /people": Right.KEEP_PEOPLE,
    "POST /people/invitations": Right.KEEP_PEOPLE,
    "POST /people/invitations/{invitation_id}/withdraw": Right.KEEP_PEOPLE,
    "POST /people/{account_id}": Right.KEEP_PEOPLE,
    "POST /people/{account_id}/reset": Right.KEEP_PEOPLE,
    "POST /people/{account_id}/sessions/end": Right.KEEP_PEOPLE,
    "POST /people/{account_id}/unlink": Right.KEEP_PEOPLE,
    "POST /promises/in/{conversation_id}": Right.PROMISE,
    "POST /promises/{promise_id}/edit": Right.PROMISE,
    "POST /promises/{promise_id}/merge": Right.PROMISE,
    "POST /promises/{promise_id}/move": Right.PROMISE,
    "POST /promises/{promise_id}/undo": Right.PROMISE,
    "POST /sign-in": Door.ANYONE,
    "POST /sign-out": Door.ANYONE,
    "POST /theme": Door.ANYONE,
    "POST /webhooks/{webhook_id}": Right.KEEP_INTEGRATIONS,
    "POST /webhooks/{webhook_id}/messages/{message_id}": Right.KEEP_INTEGRATIONS,
    "POST /webhooks/{webhook_id}/remove": Right.KEEP_INTEGRATIONS,
    "POST /webhooks/{webhook_id}/replay": Right.KEEP_INTEGRATIONS,
    "POST /webhooks/{webhook_id}/secret": Right.KEEP_INTEGRATIONS,
    "POST /webhooks/{webhook_id}/switch": Right.KEEP_INTEGRATIONS,
    "POST /webhooks/{webhook_id}/test": Right.KEEP_INTEGRATIONS,
}


def need_of(method: str, path: str) -> Right | Door:
    """What a route asks for; the path as its router writes it.

    Raises:
        ForbiddenError: the route has no line.
    """
    need = ROUTES.get(f"{method} {path}")
    if need is None:
        raise ForbiddenError(
            f"{method} {path} has no line in the table of routes.", hint="See coolhead/channels/routes.py."
        )
    return need
