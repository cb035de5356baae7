"""Practice material as files: a zip with a folder for each family, or single files; read with every error."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from coolhead.errors import InputError
from coolhead.guidance.document import DocumentError, Problem
from coolhead.services.documents.documents import LONGEST_TEXT, Kind
from coolhead.services.training.pieces import FAMILIES, family_of, id_of, is_id, piece

MOST_FILES = 500
MOST_BYTES = 8_000_000
"""Of all files of a zip together, unpacked."""

WHEN = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip, so that the same material gives the same bytes."""

_TELLS = {"openings": "scenario", "style": "persona", "items": "drill"}
_TELLING = re.compile(rf"^({'|'.join(_TELLS)}):", re.MULTILINE)
_ID = re.compile(r"^id: *[\"']?([^\s\"'#]+)", re.MULTILINE)
_EXPORTED = re.compile(r"^(?:.*-)?lesson\.(.+?)(?:-(?:\d+|draft|shipped))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A file that cannot be taken in, and everything wrong with it."""

    file: str
    problems: tuple[Problem, ...]


class BundleError(InputError):
    """Some of the files cannot be taken in, so none was."""

    code = "invalid_bundle"

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        count = len(rejected)
        super().__init__(
            f"{count} file{'s' if count > 1 else ''} cannot be taken in, so nothing was.",
            hint="Put right what is listed, and choose the files again.",
        )
        self.rejected = tuple(rejected)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    data: bytes


def bundled(texts: Mapping[Kind[Any], str]) -> bytes:
    """A zip with the text of each piece: `scenario/late-parcel.yaml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind in sorted(texts, key=lambda each: each.name):
            info = zipfile.ZipInfo(f"{family_of(kind).name}/{id_of(kind)}.{kind.suffix}", WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, texts[kind])
    return out.getvalue()


def read_bundle(files: Sequence[tuple[str, bytes]]) -> dict[Kind[Any], str]:
    """The pieces in some files, each a zip, a YAML or a Markdown file, given by name and content.

    Raises:
        BundleError: a file is not a piece of material; all such files are named, with every problem.
    """
    found: dict[Kind[Any], str] = {}
    rejected: list[Rejected] = []
    for file in _unpacked(files, rejected):
        try:
            kind, text = _read(file)
            if kind in found:
                raise _wrong(file, f"there is another file for {kind.name}.")
            found[kind] = text
        except DocumentError as error:
            rejected.append(Rejected(file=file.name, problems=error.problems))
    if not (found or rejected):
        rejected.append(Rejected(file="", problems=(Problem(1, 1, "there is no material in it."),)))
    if rejected:
        raise BundleError(rejected)
    return found


def _unpacked(files: Sequence[tuple[str, bytes]], rejected: list[Rejected]) -> Iterator[_File]:
    for name, data in files:
        if not zipfile.is_zipfile(io.BytesIO(data)):
            yield _File(name, data)
            continue
        try:
            yield from _members(data)
        except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
            said = str(error) if isinstance(error, ValueError) else "this zip cannot be unpacked."
            rejected.append(Rejected(file=name, problems=(Problem(1, 1, said),)))


def _members(data: bytes) -> list[_File]:
    """The files in a zip.

    Raises:
        ValueError: they are too many, or too large.
        zipfile.BadZipFile: it is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = [each for each in archive.infolist() if not each.is_dir() and not _is_litter(each.filename)]
        if len(inside) > MOST_FILES:
            raise ValueError(f"more than {MOST_FILES} files.")
        if sum(each.file_size for each in inside) > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES // 1_000_000} MB when unpacked.")
        return [_File(each.filename, archive.read(each)) for each in inside]


def _is_litter(name: str) -> bool:
    """True for what some systems put into every zip."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _read(file: _File) -> tuple[Kind[Any], str]:
    try:
        text = file.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise _wrong(file, "not text in UTF-8.") from error
    if "\0" in text:
        raise _wrong(file, "not text.")
    if len(text) > LONGEST_TEXT:
        raise _wrong(file, f"longer than {LONGEST_TEXT:,} characters.")
    kind = _kind_of(file, text)
    if kind.load(text) is None:
        raise _wrong(file, "there is nothing in it.")
    return kind, text


def _kind_of(file: _File, text: str) -> Kind[Any]:
    path = PurePosixPath(file.name.replace("\\", "/"))
    name, piece_id = _lesson(path) if path.suffix == ".md" else _by_keys(path, text)
    if name not in FAMILIES:
        raise _wrong(file, "this is no scenario, persona, drill or lesson.")
    if not is_id(piece_id):
        raise _wrong(file, "its id must have small letters, digits and hyphens, 40 at most.")
    return piece(FAMILIES[name], piece_id)


def _lesson(path: PurePosixPath) -> tuple[str, str]:
    match = _EXPORTED.match(path.stem)
    return "lesson", match.group(1) if match else path.stem


def _by_keys(path: PurePosixPath, text: str) -> tuple[str, str]:
    """The family by the folder, or by a key that only that family has."""
    key = _TELLING.search(text)
    name = path.parent.name if path.parent.name in FAMILIES else _TELLS.get(key.group(1) if key else "", "")
    match = _ID.search(text)
    return name, match.group(1) if match else path.stem


def _wrong(file: _File, message: str) -> DocumentError:
    return DocumentError(file.name, [Problem(1, 1, message)])
