"""`python -m benchmarks NAME [options]` runs one benchmark; `python -m benchmarks list` names them all.

A benchmark is a module here with a function `main` that takes its own arguments.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

NAMES = [each.name for each in pkgutil.iter_modules(benchmarks.__path__) if not each.name.startswith("_")]


def main(arguments: list[str]) -> int:
    """Runs what the arguments name; 2 when there is no such benchmark."""
    wanted = (arguments[0] if arguments else "list").replace("-", "_")
    if wanted in NAMES:
        run = getattr(importlib.import_module(f"benchmarks.{wanted}"), "main", None)
        if run is not None:
            run(arguments[1:])
            return 0
    for name in NAMES:
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "main"):
            line = (module.__doc__ or "").partition("\n")[0].partition(": ")[2]
            print(f"{name.replace('_', '-'):16} {line}")
    return 0 if wanted == "list" else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
