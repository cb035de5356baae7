"""The playbook's pages are current, and their examples work."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from coolhead.guidance.document import DocumentError
from coolhead.guidance.playbook import default_playbook, load

ROOT = Path(__file__).parents[2]
METHOD = ROOT / "docs/explanation/method"


def test_the_reference_is_what_the_models_say() -> None:
    reference = runpy.run_path(str(ROOT / "tools/playbook_reference.py"))["reference"]
    page = (ROOT / "docs/reference/playbook.md").read_text(encoding="utf-8")
    assert page == reference(), (
        "make it anew: .venv/bin/python tools/playbook_reference.py > docs/reference/playbook.md"
    )


def test_the_how_to_shows_a_playbook_that_works_and_errors_that_are_real() -> None:
    page = (ROOT / "docs/how-to/write-a-playbook.md").read_text(encoding="utf-8")
    example = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)[0]
    assert load(example).entries[0].name == "own-broken-promise"
    wrong = example.replace("[broken_promise]", "[broken_promis]").replace(
        "    techniques:", "    tecniques:"
    )
    with pytest.raises(DocumentError) as caught:
        load(wrong)
    for line in re.findall(r"^northside\.yaml:(.*)$", page, flags=re.MULTILINE):
        assert f"playbook:{line}" in caught.value.message.splitlines()


def test_every_method_page_is_listed_and_linked_from_a_card() -> None:
    pages = {page.name for page in METHOD.glob("*.md")} - {"README.md"}
    index = (METHOD / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(([a-z-]+\.md)\)", index)) == pages
    assert {Path(entry.learn).name for entry in default_playbook().entries} == pages
