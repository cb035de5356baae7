"""Writes docs/reference/policies.md from the tables of facts, with the words of policy_reference.md.j2.

.venv/bin/python tools/policy_reference.py > docs/reference/policies.md
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, StrictUndefined

from coolhead.guidance.facts import KNOWN, TYPES, Chapter

PAGE = Path(__file__).with_suffix(".md.j2")


def reference() -> str:
    """The whole page."""
    plain = Environment(undefined=StrictUndefined, trim_blocks=True, autoescape=False)  # noqa: S701 (Markdown of our own)
    page = plain.from_string(PAGE.read_text(encoding="utf-8"))
    return page.render(chapters=list(Chapter), types=TYPES, known=KNOWN) + "\n"


if __name__ == "__main__":
    print(reference(), end="")
