"""The reference pages name everything that the code has."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from coolhead.codebook import Abuse, Behaviour, Cue, Heat, Issue, Misstep, Technique, Trigger
from training import readings
from training.datasheet import counts
from training.second_pass import table

ROOT = Path(__file__).parents[2]


def names_of(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[>=<]", requirement)[0] for requirement in requirements}


def declared_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    browser = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return (
        names_of(project["build-system"]["requires"])
        | names_of(project["project"]["dependencies"])
        | names_of([r for extra in project["project"]["optional-dependencies"].values() for r in extra])
        | names_of(project["dependency-groups"]["dev"])
        | set(browser)
    )


def test_dependencies_page_lists_exactly_what_is_declared() -> None:
    page = (ROOT / "docs/reference/dependencies.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| ([a-z@][a-z0-9@/.-]+) \|", page, flags=re.MULTILINE)) - {"package"}
    assert listed == declared_dependencies()


@pytest.mark.parametrize("terms", [Behaviour, Abuse, Trigger, Cue, Technique, Misstep, Issue])
def test_codebook_page_defines_every_term(terms: type) -> None:
    page = (ROOT / "docs/reference/codebook.md").read_text(encoding="utf-8")
    assert [term.value for term in terms if f"`{term.value}`" not in page] == []


def test_codebook_page_names_every_heat_level() -> None:
    page = (ROOT / "docs/reference/codebook.md").read_text(encoding="utf-8")
    assert [heat for heat in Heat if f"| {heat.value} | {heat.words} |" not in page] == []


def test_every_link_between_docs_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []


def test_command_line_page_is_what_the_commands_say(tmp_path: Path) -> None:
    page = tmp_path / "cli.md"
    program = [sys.executable, "-m", "typer", "coolhead.cli", "utils", "docs", "--name", "coolhead"]
    command = [*program, "--title", "Command line", "--output", str(page)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own program
    assert page.read_text(encoding="utf-8") == (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("tables", [counts, table, readings.table])
def test_datasheet_says_what_the_corpus_is(tables: Callable[[], str]) -> None:
    page = (ROOT / "corpus/README.md").read_text(encoding="utf-8")
    assert tables() in page
