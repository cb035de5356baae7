"""`python -m benchmarks NAME [options]` runs one benchmark; `python -m benchmarks list` names them all.

A benchmark is a module here with a function `main` that takes its own arguments.
"""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path

NAMES = (
    "corpus", "robustness", "coach", "public", "floors", "issue_discovery", "speed", "peers", "live",
    "practice", "all", "report",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Runs what the arguments name; 2 when there is no such benchmark."""
    wanted = (arguments[0] if arguments else "list").replace("-", "_")
    if wanted not in NAMES:
        for name in NAMES:
            print(f"{name.replace('_', '-'):16} {_line(name)}")
        return 0 if wanted == "list" else 2
    try:
        benchmark = importlib.import_module(f"benchmarks.{wanted}")
    except ModuleNotFoundError as error:
        sys.exit(f"{wanted} needs {error.name}: pip install -r benchmarks/requirements.txt")
    benchmark.main(arguments[1:])
    return 0


def _line(name: str) -> str:
    """What a benchmark's docstring says of it, read without loading what it needs."""
    folder = Path(__file__).parent
    file = folder / f"{name}.py"
    source = (file if file.is_file() else folder / name / "__init__.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0].partition(": ")[2]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
