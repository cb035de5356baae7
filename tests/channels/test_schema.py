"""Schemathesis: whatever is sent, the API does as its description says and never fails unforeseen."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from coolhead.channels.api import create_api
from coolhead.config import Settings
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Live, Opening
from coolhead.services.events.feed import Feed
from coolhead.services.events.hub import Hub
from coolhead.storage.api_keys import Scope
from coolhead.wiring import DEFAULT_CLIENT, Services, build, local_now
from tests.fakes import FakeEngine

ADMIN = Viewer(id="0" * 32, name="Ada", is_admin=True)


class Served:
    """The API behind a server in a thread of this process, with a key and one open conversation."""

    def __init__(self, services: Services) -> None:
        self.secret = self.conversation = ""
        self._services = services
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(30)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(30)

    @property
    def address(self) -> str:
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    async def _serve(self) -> None:
        """Streams end at once here, so that a call of them comes back."""
        services = self._services
        services.feed = Feed(services.database, Hub(), life_s=0.02)
        services.live = Live(services.database, services.guides, services.feed, services.threads, local_now)
        api = create_api(services)
        self._server = uvicorn.Server(uvicorn.Config(api, port=0, lifespan="off", log_config=None))
        async with services.running():
            _, self.secret = await services.keys.create(ADMIN, DEFAULT_CLIENT, "k", list(Scope))
            summary, _ = await services.live.open(ADMIN, Opening(client_id=DEFAULT_CLIENT))
            self.conversation = summary.id
            serving = asyncio.create_task(self._server.serve())
            while not self._server.started:  # noqa: ASYNC110 (uvicorn offers no event to wait for)
                await asyncio.sleep(0.01)
            self._ready.set()
            await serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("api") / "coolhead.db"
    served = Served(build(Settings(database=f"sqlite:///{path}"), FakeEngine()))
    served.start()
    yield served
    served.stop()


NOBODY: Any = None
schema = schemathesis.openapi.from_dict(create_api(NOBODY).openapi())


@schema.parametrize()
@settings(max_examples=15, suppress_health_check=list(HealthCheck), derandomize=True)
def test_the_api_does_as_described(case: schemathesis.Case, served: Served) -> None:
    if "conversation" in (case.path_parameters or {}) and case.meta.generation.mode.is_positive:
        case.path_parameters["conversation"] = served.conversation
    # That a turn ends after it starts, and the years of `started_at`, no JSON schema can say.
    headers = {} if _lacks_the_key(case) else {"Authorization": f"Bearer {served.secret}"}
    case.call_and_validate(
        base_url=served.address, headers=headers, excluded_checks=[positive_data_acceptance]
    )


def _lacks_the_key(case: schemathesis.Case) -> bool:
    """True where the case is one of wrong headers, such as none."""
    headers = case.meta.components.get(ParameterLocation.HEADER)
    return headers is not None and headers.mode.is_negative
