"""The conversations that a command is given: found, read one by one, failures told as they are met."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from rich.console import Console

from coolhead.conversation.formats import ReadOptions, find_files, read_conversations
from coolhead.conversation.turn import Conversation
from coolhead.errors import FileError

SOME_FAILED, NOTHING_READ = 1, 2
TOLD_OF_ONE_FILE = 5


class Source:
    """Reads files as they are asked for and counts what failed.

    Attributes:
        failures: files or conversations that could not be read so far.
        files: how many files there are; 0 until they were looked for.
        files_done: how many of them were read to their end.
    """

    def __init__(self, paths: list[Path], options: ReadOptions, messages: Console) -> None:
        self._paths = paths
        self._options = options
        self._messages = messages
        self.failures = 0
        self.files = 0
        self.files_done = 0

    def conversations(self) -> Iterator[Conversation]:
        """Every conversation that can be read."""
        found = list(find_files(self._paths))
        self.files = len(found)
        for file in found:
            if isinstance(file, FileError):
                self._fail(file)
            elif _is_where_output_goes(file):
                self._fail(FileError("This is the file being written.", hint="Write elsewhere.", path=file))
            else:
                yield from self._of_file(file)
            self.files_done += 1

    def exit_unless_all_read(self, count: int) -> None:
        """Ends the command with code 1 when some of them failed, 2 when `count`, those read, is none.

        Raises:
            typer.Exit: not everything was read.
        """
        if self.failures:
            self._messages.print(f"{self.failures} could not be read, {count} were.", highlight=False)
        elif not count:
            self._messages.print("There was nothing to read.", highlight=False)
        if not count:
            raise typer.Exit(NOTHING_READ)
        if self.failures:
            raise typer.Exit(SOME_FAILED)

    def _of_file(self, file: Path) -> Iterator[Conversation]:
        before = self.failures
        for found in read_conversations(file, options=self._options, explain=self._explain):
            if isinstance(found, FileError):
                self._fail(found, quietly=self.failures - before >= TOLD_OF_ONE_FILE)
            else:
                yield found
        if self.failures - before > TOLD_OF_ONE_FILE:
            more = self.failures - before - TOLD_OF_ONE_FILE
            self._messages.print(f"✗ {file}: {more} more could not be read.", markup=False, highlight=False)

    def _explain(self, message: str) -> None:
        self._messages.print(message, style="dim", markup=False, highlight=False, soft_wrap=True)

    def _fail(self, error: FileError, *, quietly: bool = False) -> None:
        self.failures += 1
        if quietly:
            return
        self._messages.print("✗ " + error.message, markup=False, highlight=False, soft_wrap=True)
        if error.hint:
            self._messages.print(
                "  " + error.hint, style="dim", markup=False, highlight=False, soft_wrap=True
            )


def _is_where_output_goes(file: Path) -> bool:
    """True for the file that standard output is led to: reading it while writing it would never end."""
    try:
        return file.is_file() and os.path.samestat(file.stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):
        return False
