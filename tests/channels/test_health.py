from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from coolhead.channels import health
from coolhead.storage.database import Database


class Parts:
    def __init__(self, database: Database) -> None:
        self.database = database


@pytest.mark.parametrize(
    ("address", "status"), [("sqlite://", 200), ("postgresql://u@127.0.0.1:1/nowhere", 503)]
)
async def test_health_is_that_of_the_database(tmp_path, address: str, status: int) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'x.db'}" if address == "sqlite://" else address)
    app = FastAPI()
    app.state.services = Parts(database)
    app.include_router(health.router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        answer = await http.get("/healthz")
    await database.close()
    assert answer.status_code == status
