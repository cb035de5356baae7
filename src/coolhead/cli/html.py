"""The report of `coolhead analyze --html`: one file that opens in any browser, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from jinja2 import Environment, PackageLoader

from coolhead.analysis import Analysis
from coolhead.errors import FileError
from coolhead.web.charts import curve
from coolhead.web.marks import segments

_templates = Environment(
    loader=PackageLoader("coolhead.cli"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


class HtmlReport:
    """A report that is written as conversations come, so that its length costs no memory."""

    def __init__(self, page: TextIO | None) -> None:
        self._page = page
        self._count = 0

    @classmethod
    @contextmanager
    def to(cls, path: Path | None, client: str) -> Iterator[HtmlReport]:
        """A report into the file, or one that writes nothing for None.

        Raises:
            FileError: the file cannot be written.
        """
        if path is None:
            yield cls(None)
            return
        try:
            page = path.open("w", encoding="utf-8")
        except OSError as error:
            raise FileError(
                f"cannot be written: {error.strerror}.", hint="Name another file.", path=path
            ) from error
        with page:
            page.write(_templates.get_template("report_head.html").render(client=client))
            yield cls(page)
            page.write("</main></body></html>\n")

    def add(self, analysis: Analysis) -> None:
        """Writes one conversation."""
        if self._page is None:
            return
        self._count += 1
        scores = [point.score for point in analysis.picture.course]
        self._page.write(
            _templates.get_template("report_conversation.html").render(
                analysis=analysis,
                chart=curve(scores, analysis.picture.level, f"heat{self._count}", width=320, height=56),
                segments=segments,
                bends={bend.number: bend for bend in analysis.turning_points},
            )
        )
