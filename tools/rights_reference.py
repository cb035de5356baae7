"""Writes docs/reference/rights.md from the tables of rights and routes: who may do what, where.

.venv/bin/python tools/rights_reference.py > docs/reference/rights.md
"""

from __future__ import annotations

from coolhead.channels.routes import ROUTES, Door
from coolhead.services.access import GRANTS, Right
from coolhead.storage.accounts import Role

OPENING = """# Rights

This page is made from the tables that the code decides by (`tools/rights_reference.py`). How to give people
their roles: [People and rights](../how-to/people-and-rights.md).

A person has one role at each client they work for, and sees nothing of the others: a conversation of
another client "does not exist". Admins are so for the whole installation and have every right at every
client. A program has the scopes of its API key, at the key's client.

## Who may do what

"""

ROUTES_OPENING = """
## What each address asks for

An address that is not listed is refused to everyone. Where a right is named, a person needs it at the
client whose thing it is; lists hold only what belongs to clients where they have it.

| address | asks for |
| --- | --- |
"""


def reference() -> str:
    """The page, as Markdown."""
    heads = ["right", "allows to", *(role.words for role in Role), "scope of a key"]
    rows = [_row(right) for right in Right]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in [heads, ["---"] * len(heads), *rows])
    lines = [f"| `{route}` | {_need(need)} |" for route, need in sorted(ROUTES.items(), key=_place)]
    return OPENING + table + "\n" + ROUTES_OPENING + "\n".join(lines) + "\n"


def _row(right: Right) -> list[str]:
    grant = GRANTS[right]
    marks = ["yes" if role in grant.roles or role is Role.ADMIN else "–" for role in Role]
    return [f"`{right.value}`", grant.words, *marks, f"`{grant.scope.value}`" if grant.scope else "–"]


def _need(need: Right | Door) -> str:
    return f"`{need.value}`" if isinstance(need, Right) else need.value


def _place(line: tuple[str, Right | Door]) -> tuple[str, str]:
    method, path = line[0].split()
    return path, method


if __name__ == "__main__":
    print(reference(), end="")
