"""Which files a person means by the paths they give: files as named, folders with all that is in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from coolhead.conversation.formats.detect import ENDINGS, ending_of
from coolhead.conversation.formats.read import unreadable
from coolhead.conversation.formats.source import STDIN
from coolhead.errors import FileError

_Place = tuple[int, int]
"""Device and inode: the same folder under any name."""


def find_files(paths: Iterable[Path]) -> Iterator[Path | FileError]:
    """The files to read, each once.

    A file that is named is taken whatever it is called. In a folder, at any depth and in the order of
    names, those whose ending says that they may hold conversations are taken (`ENDINGS`, also with `.gz`);
    hidden files and folders are passed over. What cannot be listed, a folder that leads back into itself,
    and a folder without such files come as errors.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _found(path):
            if isinstance(found, FileError):
                yield found
            elif (real := _real(found)) not in seen or found == STDIN:
                seen.add(real)
                yield found


def _real(path: Path) -> Path:
    """The file behind all links; the path itself where links go in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _found(path: Path) -> Iterator[Path | FileError]:
    try:
        is_folder = path != STDIN and path.is_dir()
    except (OSError, RuntimeError) as error:
        yield unreadable(path, error)
        return
    if not is_folder:
        yield path
        return
    empty = True
    for found in _walk(path, ()):
        empty = False
        yield found
    if empty:
        hint = f"Files in folders need one of the endings {' '.join(ENDINGS)}, also with .gz."
        yield FileError("The folder holds no file of a known kind.", hint=hint, path=path)


def _walk(folder: Path, above: tuple[_Place, ...]) -> Iterator[Path | FileError]:
    try:
        status = folder.stat()
        place = (status.st_dev, status.st_ino)
        if place in above:
            hint = "Remove the link, or name the folders that you want."
            yield FileError("The folder leads back into itself.", hint=hint, path=folder)
            return
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield unreadable(folder, error)
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from _entry(Path(entry.path), (*above, place))


def _entry(path: Path, above: tuple[_Place, ...]) -> Iterator[Path | FileError]:
    if path.is_dir():
        yield from _walk(path, above)
    elif ending_of(path.name) in ENDINGS and (path.is_file() or path.is_symlink()):
        yield path
