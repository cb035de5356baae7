"""Every error of the API as a problem document (RFC 9457); the one table from errors to HTTP statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from coolhead.errors import (
    ConflictError,
    CoolheadError,
    ForbiddenError,
    InputError,
    NotFoundError,
    SetupError,
    ThrottledError,
    UnauthenticatedError,
)

MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[type[CoolheadError], HTTPStatus] = {
    UnauthenticatedError: HTTPStatus.UNAUTHORIZED,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
    ThrottledError: HTTPStatus.TOO_MANY_REQUESTS,
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    SetupError: HTTPStatus.SERVICE_UNAVAILABLE,
}


class WrongValue(BaseModel):
    """One value of a request that will not do."""

    where: str = Field(description="Path of the value, such as body.turns.3.text.")
    message: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """An error, as RFC 9457 describes it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:coolhead:problem:not_found",
                "title": "Not Found",
                "status": 404,
                "detail": "There is no such conversation.",
                "code": "not_found",
                "hint": "Check the address or the id.",
                "errors": [],
            }
        }
    )

    type: str = Field(description="urn:coolhead:problem: and the code.")
    title: str = Field(description="The HTTP status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened.")
    code: str = Field(description="Stable name of the kind of error, for programs.")
    hint: str = Field(default="", description="What to do about it; may be empty.")
    errors: list[WrongValue] = Field(default=[], description="Which values will not do; empty otherwise.")


def problem(
    status: int, code: str, detail: str, *, hint: str = "", errors: Sequence[WrongValue] = ()
) -> Response:
    """The response for an error."""
    body = Problem(
        type=f"urn:coolhead:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        hint=hint,
        errors=list(errors),
    )
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else None
    return Response(body.model_dump_json(), status, headers, MEDIA_TYPE)


def from_error(error: CoolheadError) -> Response:
    """The response for an error that Coolhead raised on purpose."""
    status = next(
        (status for kind, status in STATUS.items() if isinstance(error, kind)),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )
    return problem(status, error.code, _plain(error.message), hint=_plain(error.hint))


def install(app: FastAPI) -> None:
    """Answers every error of `app` with a problem document."""
    app.add_exception_handler(CoolheadError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_wrong_values)
    app.add_exception_handler(HTTPException, _on_http_error)


def documented(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The problem documents of an operation, for OpenAPI."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        int(status): {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


async def _on_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, CoolheadError)  # noqa: S101 (what it is installed for)
    return from_error(error)


async def _on_wrong_values(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 (what it is installed for)
    wrong = [
        WrongValue(where=_plain(".".join(str(part) for part in each["loc"])), message=_plain(each["msg"]))
        for each in error.errors()
    ]
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        InputError.code,
        "Some values of the request will not do.",
        hint="Correct those named in errors and send it again.",
        errors=wrong,
    )


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (what it is installed for)
    status = HTTPStatus(error.status_code)
    hints = {
        HTTPStatus.BAD_REQUEST: "Send JSON in UTF-8.",
        HTTPStatus.NOT_FOUND: "The paths are listed in openapi.json.",
        HTTPStatus.METHOD_NOT_ALLOWED: "The methods of each path are listed in openapi.json.",
    }
    code = status.phrase.lower().replace(" ", "_")
    answer = problem(status, code, f"{status.phrase}.", hint=hints.get(status, ""))
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers["Allow"] = ", ".join(sorted(_methods(request)))
    return answer


def _methods(request: Request) -> set[str]:
    """The methods of every route with this path; Starlette's own `Allow` names those of the first one."""
    found: set[str] = set()
    for route in request.app.routes:
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods or set()
    return found


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
