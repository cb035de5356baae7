"""A policy as people and machines read it: HTML from its Markdown, and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from coolhead.guidance.facts import TYPES, Fact, Value, with_facts
from coolhead.guidance.money import Money
from coolhead.guidance.policy import Policy
from coolhead.guidance.policy_text import parser
from coolhead.services.documents.policies import Change, Coming, Published

SCHEMES = {"phone": "tel:", "email": "mailto:", "web": ""}
"""How an address of each type of contact begins."""

FIGURES = frozenset({"days", "working_days", "hours", "money"})
"""Types that readers look for, and that therefore stand out."""


@cache
def _html() -> MarkdownIt:
    markdown = parser()
    markdown.add_render_rule("fact", _fact)
    return markdown


def html_of(markdown: str, facts: Mapping[str, Fact]) -> Markup:
    """Markdown as safe HTML, facts in place of their citations; ways to reach somebody become links."""
    return Markup(_html().render(markdown, {"facts": facts}))  # noqa: S704 (the parser lets no HTML through)


def page_values(published: Published) -> dict[str, Any]:
    """What the template of the public page needs."""
    policy = published.policy
    return {
        "published": published,
        "intro": html_of(policy.intro, policy.facts),
        "sections": [(section, html_of(section.markdown, policy.facts)) for section in policy.sections],
        "effective": _day(published, published.effective_at),
        "coming_on": _day(published, published.coming.effective_at) if published.coming else "",
    }


def json_of(published: Published) -> dict[str, Any]:
    """What `/p/<client>.json` says; docs/reference/policies.md describes it."""
    policy = published.policy
    return {
        "client": published.client.id,
        "name": policy.name,
        "version": published.number,
        "effective_at": published.effective_at.isoformat(),
        "page": f"/p/{published.client.id}",
        "facts": {name: _fact_json(policy, fact) for name, fact in policy.facts.items()},
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "markdown": with_facts(section.markdown, policy.facts),
                "sentences": [
                    {"text": sentence.text, "facts": list(sentence.facts)} for sentence in section.sentences
                ],
            }
            for section in policy.sections
        ],
        "upcoming": _coming_json(published.coming) if published.coming else None,
    }


def _fact(_renderer: object, tokens: list[Token], place: int, _options: object, _env: object) -> str:
    token = tokens[place]
    fact: Fact = token.meta["fact"]
    words = escape(token.content)
    if fact.type in SCHEMES and not token.meta["chosen"]:
        target = str(fact.value).replace(" ", "") if fact.type == "phone" else str(fact.value)
        return f'<a href="{escape(SCHEMES[fact.type] + target)}">{words}</a>'
    return f'<span class="fact">{words}</span>' if fact.type in FIGURES else str(words)


def _day(published: Published, at: datetime) -> str:
    """The day by the client's own calendar: "1 March 2027"."""
    return f"{published.client.hours.local(at):%-d %B %Y}"


def _fact_json(policy: Policy, fact: Fact) -> dict[str, Any]:
    return {
        "type": fact.type,
        "unit": TYPES[fact.type].unit,
        "value": _value(fact.value),
        "words": fact.words,
        "says": fact.says,
        "section": policy.section_of(fact.name).id,
    }


def _coming_json(coming: Coming) -> dict[str, Any]:
    return {
        "version": coming.number,
        "effective_at": coming.effective_at.isoformat(),
        "facts": [_change_json(change) for change in coming.facts],
        "sections": list(coming.sections),
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "name": change.name,
        "says": change.says,
        "before": _value(change.before.value) if change.before else None,
        "after": _value(change.after.value) if change.after else None,
    }


def _value(value: Value) -> Any:
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    return value
