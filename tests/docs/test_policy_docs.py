"""The pages on policies are current, and their examples work."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from coolhead.guidance.policy import load

ROOT = Path(__file__).parents[2]


def test_the_reference_is_what_the_tables_say() -> None:
    reference = runpy.run_path(str(ROOT / "tools/policy_reference.py"))["reference"]
    page = (ROOT / "docs/reference/policies.md").read_text(encoding="utf-8")
    assert page == reference(), (
        "make it anew: .venv/bin/python tools/policy_reference.py > docs/reference/policies.md"
    )


def test_the_how_to_shows_policies_that_can_be_published() -> None:
    page = (ROOT / "docs/how-to/publish-policies.md").read_text(encoding="utf-8")
    example = re.findall(r"```\n(---\n.*?)```", page, flags=re.DOTALL)[0]
    assert load(example).facts["refund_days"].words == "5 working days"
