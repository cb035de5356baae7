"""The HTTP API, version 1: an application of its own, to be mounted at `/api/v1`."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from coolhead import __doc__ as purpose
from coolhead.channels.api import conversations, problems, promises, search, streams
from coolhead.channels.api.access import Services
from coolhead.channels.api.guard import Guard

__all__ = ["create_api"]


def create_api(services: Services) -> FastAPI:
    """The API over these services; every error is a problem document, also for unknown paths."""
    api = FastAPI(
        title="Coolhead API",
        version="1",
        description=purpose or "",
        servers=[{"url": "/api/v1"}],
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        routes=[
            *conversations.router.routes,
            *promises.router.routes,
            *search.router.routes,
            *streams.router.routes,
        ],
    )
    api.state.services = services
    problems.install(api)
    api.add_middleware(Guard)
    _complete_description(api)
    return api


def _complete_description(api: FastAPI) -> None:
    described = api.openapi

    def completed() -> dict[str, Any]:
        schema = described()
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        problem = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        parts.update(problem.pop("$defs", {}), Problem=problem)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for parameter in operation.get("parameters", ()):
                    _never_null(parameter["schema"])
        return schema

    # FastAPI's own way to change its description is to replace the method.
    api.openapi = completed  # type: ignore[method-assign]


def _never_null(schema: dict[str, Any]) -> None:
    """A parameter of a path, a query or a header can be left out but not be null, as FastAPI has it."""
    choices = [choice for choice in schema.pop("anyOf", ()) if choice != {"type": "null"}]
    for choice in choices:
        schema.update(choice)
