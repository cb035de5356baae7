"""Everything of a client as one file, and such a file taken in elsewhere, losing nothing but secrets.

The file is a zip: JSON lines, one file a noun of `storage.portable`; `people.jsonl`; one vCon a conversation;
and `manifest.json` with counts and checksums, by which it is checked before anything is written.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import zipfile
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from uuid import uuid4

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError, FileError, NotFoundError
from coolhead.services import audit
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.conversations.vcon import vcon_of
from coolhead.services.conversations.whole import whole_of
from coolhead.services.keeping.taken_in import settle
from coolhead.services.people.clients import short_name
from coolhead.services.people.joining import email_given, name_given
from coolhead.storage import accounts, clients, conversations, portable
from coolhead.storage.accounts import Account
from coolhead.storage.audit import Action
from coolhead.storage.database import Database
from coolhead.storage.portable import LEFT, NOUNS, Noun, Row

log = structlog.get_logger()

FORMAT = "coolhead-client"
VERSION = 1
MANIFEST = "manifest.json"
PEOPLE = "people"
PIECE = 64 * 1024
LONGEST_LINE = 32 * 1024 * 1024
LARGEST_MANIFEST = 1024 * 1024
CHUNK = 500
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
LARGE = 64 * 1024 * 1024
MOST_SQUEEZED = 100
UNFIT = (StatementError, ValueError, LookupError, TypeError, ArithmeticError, RecursionError)
"""What comes of values that a table, or who reads it, cannot take."""


class FileSum(BaseModel):
    """What the manifest says of one file: how many lines, and the SHA-256 of its bytes."""

    model_config = ConfigDict(extra="forbid")

    rows: int
    sha256: str


class Manifest(BaseModel):
    """What the file holds.

    Attributes:
        schema_revision: the form of the tables; only an installation with the same takes the file in.
        left: what was not taken along, and why.
    """

    model_config = ConfigDict(extra="forbid")

    format: str
    version: int
    schema_revision: str
    made_at: datetime
    client_id: str
    files: dict[str, FileSum]
    vcons: int
    left: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was taken in: the client's short name here, and how many rows of each noun."""

    client_id: str
    rows: dict[str, int]


class _Sink:
    """What the zip is written to: hands on what has gathered, and keeps nothing."""

    def __init__(self) -> None:
        self._gathered = bytearray()

    def write(self, data: bytes) -> int:
        self._gathered += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def full(self) -> bool:
        return len(self._gathered) >= PIECE

    def take(self) -> bytes:
        taken = bytes(self._gathered)
        self._gathered.clear()
        return taken


@dataclass(slots=True)
class _Sums:
    """Counts and checksums of a file while its lines are written."""

    rows: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def line(self, row: Row) -> bytes:
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self.rows += 1
        self.digest.update(line)
        return line

    def sum(self) -> FileSum:
        return FileSum(rows=self.rows, sha256=self.digest.hexdigest())


class Portability:
    """The use cases of taking a client away and in; both need the right to keep its data."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def export(self, viewer: Viewer, client_id: str) -> AsyncIterator[bytes]:
        """Everything of the client as a zip, a piece at a time, all as it is at one moment.

        Raises:
            NotFoundError: there is no such client, or the viewer may not know of it.
            ForbiddenError: they may not keep its data.
        """
        viewer.require(Right.KEEP_DATA, client_id)
        now = self._clock()
        async with self._database.write() as connection:
            if await clients.find(connection, client_id) is None:
                raise no_client(client_id)
            await audit.record(
                connection, viewer, Action.CLIENT_EXPORTED, at=now, subject=client_id, client_id=client_id
            )
        log.info("client_exported", client=client_id)
        return self._packed(client_id, now)

    async def take_in(self, viewer: Viewer, file: IO[bytes], as_id: str = "") -> Imported:
        """Writes what such a file holds, in one transaction; `as_id` is the client's short name here.

        People are known by their e-mail address; those who are not known get an account that is switched off.
        Webhooks come switched off. Secrets were not taken along.

        Raises:
            ForbiddenError: the viewer may not keep data.
            FileError: it is no such file, is damaged, or was made by another version.
            InputError: the short name will not do, or an address or name in the file.
            ConflictError: the client, or something of it, is here already.
        """
        viewer.require(Right.KEEP_DATA)
        with _opened(file) as archive:
            manifest = await asyncio.to_thread(_checked, archive)
            client_id = short_name(as_id or manifest.client_id)
            viewer.require(Right.KEEP_DATA, client_id)
            try:
                async with self._database.write() as connection:
                    await self._require_room(connection, manifest, client_id)
                    await self._write(connection, archive, manifest, client_id)
                    await audit.record(
                        connection,
                        viewer,
                        Action.CLIENT_IMPORTED,
                        at=self._clock(),
                        subject=client_id,
                        client_id=client_id,
                        was=manifest.client_id,
                    )
            except IntegrityError as error:
                raise ConflictError(
                    "Something of this client is here already.", hint="Take it in where it never was."
                ) from error
            except UNFIT as error:
                raise FileError("A value in the file cannot be kept.", path="the export") from error
        log.info("client_imported", client=client_id)
        return Imported(
            client_id=client_id,
            rows={name.removesuffix(".jsonl"): each.rows for name, each in manifest.files.items()},
        )

    async def _packed(self, client_id: str, now: datetime) -> AsyncIterator[bytes]:
        sink, files, people = _Sink(), dict[str, FileSum](), set[str]()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # writes only
            async with self._database.snapshot() as connection:
                for noun in NOUNS:
                    sums = _Sums()
                    with archive.open(f"{noun.name}.jsonl", "w", force_zip64=True) as file:
                        async for row in portable.stream(connection, noun, client_id):
                            people |= portable.people_in(noun, row)
                            file.write(sums.line(row))
                            if sink.full():
                                yield sink.take()
                    files[f"{noun.name}.jsonl"] = sums.sum()
                sums = _Sums()
                with archive.open(f"{PEOPLE}.jsonl", "w") as file:
                    for row in await _people(connection, people):
                        file.write(sums.line(row))
                files[f"{PEOPLE}.jsonl"] = sums.sum()
                ids = await portable.list_conversations(connection, client_id)
                for conversation_id in ids:
                    archive.writestr(
                        f"conversations/{conversation_id}.vcon.json", await _vcon(connection, conversation_id)
                    )
                    if sink.full():
                        yield sink.take()
                manifest = Manifest(
                    format=FORMAT,
                    version=VERSION,
                    schema_revision=await portable.schema_of(connection),
                    made_at=now,
                    client_id=client_id,
                    files=files,
                    vcons=len(ids),
                    left=dict(LEFT),
                )
            archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
        yield sink.take()

    async def _require_room(self, connection: AsyncConnection, manifest: Manifest, client_id: str) -> None:
        if await clients.find(connection, client_id):
            raise ConflictError(
                f"There is a client {client_id} already.", hint="Give it another short name (--as NAME)."
            )
        here = await portable.schema_of(connection)
        if manifest.schema_revision != here:
            raise FileError(
                f"The file has tables of the form {manifest.schema_revision}; here they have {here}.",
                hint="Bring both installations to the same version of Coolhead.",
                path="the export",
            )

    async def _write(
        self, connection: AsyncConnection, archive: zipfile.ZipFile, manifest: Manifest, client_id: str
    ) -> None:
        people = await self._take_in_people(connection, archive)
        taken: defaultdict[str, set[Any]] = defaultdict(set)
        for noun in NOUNS:
            tied: dict[str, str] = {}
            size = manifest.files[f"{noun.name}.jsonl"].rows if noun.refers else CHUNK
            for rows in _pieces(_lines(archive, noun.name), max(size, 1)):
                for row in rows:
                    _require_own(noun, row, manifest.client_id, taken)
                if client_id != manifest.client_id:
                    rows = [portable.renamed(noun, row, manifest.client_id, client_id) for row in rows]
                await portable.put(connection, noun, rows, people)
                tied |= {row["id"]: row[noun.later] for row in rows if noun.later and row[noun.later]}
            if not taken[noun.name].issuperset(tied.values()):
                raise FileError("A row belongs to something that is not in the file.", path=noun.name)
            await portable.tie(connection, noun, tied)
        await settle(connection, client_id, self._clock())

    async def _take_in_people(self, connection: AsyncConnection, archive: zipfile.ZipFile) -> dict[str, str]:
        """The accounts here by their ids in the file."""
        here: dict[str, str] = {}
        for row in _lines(archive, PEOPLE):
            email = email_given(str(row["email"]))
            known = await accounts.find_by_email(connection, email)
            if known is None:
                free = await accounts.find(connection, row["id"]) is None
                known = Account(
                    id=row["id"] if free else uuid4().hex,
                    email=email,
                    name=name_given(str(row["name"])),
                    is_admin=False,
                    password_hash="",
                    active=False,
                    created_at=self._clock(),
                )
                await accounts.add(connection, known, {})
            here[row["id"]] = known.id
        return here


async def _people(connection: AsyncConnection, ids: Iterable[str]) -> list[Row]:
    found = [await accounts.find(connection, account_id) for account_id in sorted(ids)]
    return [{"id": each.id, "email": each.email, "name": each.name} for each in found if each]


async def _vcon(connection: AsyncConnection, conversation_id: str) -> str:
    stand = await conversations.find_stand(connection, conversation_id)
    if stand is None:
        raise NotFoundError("There is no such conversation.")
    return await asyncio.to_thread(vcon_of, await whole_of(connection, stand))


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _no_export() from error
    if not all(map(_is_plain, archive.infolist())):
        raise _no_export()
    return archive


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """True for what an export is made of; False for what is encrypted, or grows out of all proportion."""
    squeezed = entry.file_size > LARGE and entry.file_size > MOST_SQUEEZED * entry.compress_size
    return entry.compress_type in METHODS and not entry.flag_bits & ENCRYPTED and not squeezed


def _checked(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, when every file is there and is what the manifest says."""
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise _no_export()
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _no_export() from error
    if manifest.format != FORMAT or manifest.version != VERSION:
        raise _no_export()
    expected = {f"{noun.name}.jsonl" for noun in NOUNS} | {f"{PEOPLE}.jsonl"}
    if set(manifest.files) != expected:
        raise FileError("It does not hold what it should.", path=MANIFEST)
    for name, said in manifest.files.items():
        if _sum(archive, name) != said:
            raise FileError("The file is damaged: it is not what the manifest says.", path=name)
    return manifest


def _sum(archive: zipfile.ZipFile, name: str) -> FileSum:
    digest, rows = hashlib.sha256(), 0
    try:
        with archive.open(name) as file:
            while line := file.readline(LONGEST_LINE):
                digest.update(line)
                rows += 1
    except (KeyError, OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise FileError("The file is damaged.", path=name) from error
    return FileSum(rows=rows, sha256=digest.hexdigest())


def _lines(archive: zipfile.ZipFile, noun: str) -> Iterator[Row]:
    name = f"{noun}.jsonl"
    with archive.open(name) as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise FileError("This line is no JSON.", path=name, line=number) from error
            if not isinstance(row, dict):
                raise FileError("This line is no JSON object.", path=name, line=number)
            yield row


def _pieces(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    piece: list[Row] = []
    for row in rows:
        piece.append(row)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece


def _require_own(noun: Noun, row: Row, client_id: str, taken: defaultdict[str, set[Any]]) -> None:
    """Passes a row that belongs to the client of the file, and to nothing that is here already."""
    name = f"{noun.name}.jsonl"
    if set(row) != portable.columns_of(noun):
        raise FileError("A row has other columns than it should.", path=name)
    own = row["id"] if noun.owner == "id" else row.get("client_id", client_id)
    strange = any(
        other not in taken[where] for where, other in portable.named_rows(noun, row) if where != noun.name
    )
    if own != client_id or strange:
        raise FileError("A row belongs to something that is not in the file.", path=name)
    if "id" in row and not noun.numbered:
        taken[noun.name].add(row["id"])


def _no_export() -> FileError:
    return FileError(
        "This is no export of a client.",
        hint="Take the file that the export of a client gave.",
        path="the file",
    )
