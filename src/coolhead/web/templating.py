"""The templates and what they may call."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from coolhead.web import charts, marks, method, words
from coolhead.web.assets import static

templates = Environment(
    loader=PackageLoader("coolhead.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters |= {**words.FILTERS, "all_contested": marks.all_contested, "learn": method.address}
templates.globals |= {
    "static": static,
    "glyph": charts.glyph,
    "curve": charts.curve,
    "level_of": charts.level_of,
    "segments": marks.segments,
    "timed": marks.timed,
    "all_shown": marks.all_shown,
}


def draw(template: str, /, **values: Any) -> str:
    """The template's HTML."""
    return templates.get_template(template).render(**values)
