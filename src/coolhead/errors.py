"""Every error that Coolhead raises on purpose; this module imports nothing of Coolhead."""

from __future__ import annotations

from pathlib import Path


class CoolheadError(Exception):
    """Something went wrong that a person can act on.

    Attributes:
        code: stable, machine-readable name of the kind of error.
        message: one sentence, what happened and where.
        hint: one sentence, what to do about it; may be empty.
    """

    code = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class InputError(CoolheadError):
    """What was given cannot be used as it is."""

    code = "invalid_input"


class FileError(InputError):
    """A file, or one place in it, cannot be read.

    The message begins with `path:line:column:` as far as they are known (line and column count from 1).
    """

    code = "unreadable_file"

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        path: Path | str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}" if place else message, hint=hint)
        self.path = path
        self.line = line
        self.column = column


class NotFoundError(CoolheadError):
    """There is no such thing, or this person may not know of it."""

    code = "not_found"


class ConflictError(CoolheadError):
    """The thing is not in a state in which this can be done."""

    code = "conflict"


class ForbiddenError(CoolheadError):
    """This person or key may not do this."""

    code = "forbidden"


class PausedError(ForbiddenError):
    """This channel is closed to the customer until a stated time; `hint` gives the reason."""

    code = "paused"


class UnauthenticatedError(CoolheadError):
    """Nobody is signed in, or the key is not known."""

    code = "unauthenticated"


class ThrottledError(CoolheadError):
    """Too many attempts; `hint` says when to try again."""

    code = "throttled"


class SetupError(CoolheadError):
    """The installation itself lacks something (a file, a folder, a library)."""

    code = "setup"
