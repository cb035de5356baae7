from __future__ import annotations

import httpx
import pytest

from coolhead.channels.api import guard
from coolhead.channels.api.problems import STATUS
from coolhead.errors import CoolheadError
from coolhead.services.access import Viewer
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope
from coolhead.wiring import Services
from tests.services.people import person

TURN = {"id": "1", "speaker": "customer", "text": "heat 3, the third time", "start": 1.5, "end": 4.0}
JSON = {"Content-Type": "application/json"}


async def opened(http: httpx.AsyncClient, **given: object) -> str:
    answer = await http.post("/conversations", json=given)
    assert answer.status_code == 201
    conversation: str = answer.json()["id"]
    return conversation


def is_problem(answer: httpx.Response, status: int, code: str) -> bool:
    body = answer.json()
    return (
        answer.status_code == status == body["status"]
        and answer.headers["content-type"] == "application/problem+json"
        and body["code"] == code
        and body["type"] == f"urn:coolhead:problem:{code}"
        and bool(body["title"] and body["detail"])
    )


async def test_a_conversation_from_its_opening_to_its_end(http: httpx.AsyncClient) -> None:
    conversation = await opened(
        http, reference="call-1", channel="call", customer="Jo", started_at="2026-03-18T14:20:00+01:00"
    )
    first = await http.post(f"/conversations/{conversation}/turns", json=TURN)
    assert first.status_code == 201
    assert first.json()["reading"]["heat"]["level"] == 3
    assert first.json()["card"]["id"] == "name-the-feeling"
    again = await http.post(f"/conversations/{conversation}/turns", json=TURN)
    assert (again.status_code, again.json()) == (200, first.json())
    batch = await http.post(
        f"/conversations/{conversation}/turns/batch",
        json={"turns": [{"id": "2", "speaker": "agent", "text": "I see", "start": 5}, TURN]},
    )
    assert [each["turn"]["id"] for each in batch.json()["turns"]] == ["2", "1"]
    whole = (await http.get(f"/conversations/{conversation}")).json()
    assert [each["turn"]["id"] for each in whole["turns"]] == ["1", "2"]
    assert whole["picture"]["started_at"] == "2026-03-18T14:20:00+01:00"
    assert whole["note"]["drafted"]
    assert whole["conversation"]["card"] is None
    ended = await http.post(f"/conversations/{conversation}/end")
    assert ended.json()["status"] == "ended"
    listed = (await http.get("/conversations", params={"status": "ended"})).json()
    assert (listed["total"], listed["conversations"][0]) == (1, ended.json())
    refused = await http.post(f"/conversations/{conversation}/turns", json=TURN | {"id": "3"})
    assert is_problem(refused, 409, "conflict")


async def test_a_reference_opens_once(http: httpx.AsyncClient) -> None:
    answers = [await http.post("/conversations", json={"reference": "call-1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()


async def test_a_paused_channel_opens_to_nobody_with_that_key(
    http: httpx.AsyncClient, services: Services, client_id: str
) -> None:
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    conversation = await opened(http, channel="call", customer_key="K-7")
    await http.post(f"/conversations/{conversation}/turns", json=TURN | {"text": "threat!"})
    await services.boundaries.end(sam, conversation, pause=True)
    refused = await http.post("/conversations", json={"channel": "call", "customer_key": "K-7"})
    assert is_problem(refused, 403, "paused")
    assert "paused until" in refused.json()["detail"]
    assert refused.json()["hint"]
    await opened(http, channel="chat", customer_key="K-7")
    await services.boundaries.lift(sam, conversation)
    await opened(http, channel="call", customer_key="K-7")


async def test_pages_are_by_heat(http: httpx.AsyncClient) -> None:
    for level in (1, 4, 2):
        conversation = await opened(http, customer=str(level))
        turn = TURN | {"text": f"heat {level}"}
        await http.post(f"/conversations/{conversation}/turns", json=turn)
    pages = [
        (await http.get("/conversations", params={"limit": 2, "offset": offset})).json() for offset in (0, 2)
    ]
    assert [each["customer"] for page in pages for each in page["conversations"]] == ["4", "2", "1"]
    assert {page["total"] for page in pages} == {3}


async def test_errors_are_problems_whatever_goes_wrong(
    http: httpx.AsyncClient, services: Services, admin: Viewer
) -> None:
    nowhere = "0" * 32
    conversation = await opened(http)
    turns = f"/conversations/{conversation}/turns"
    assert is_problem(await http.get("/nothing/here"), 404, "not_found")
    assert is_problem(await http.get(f"/conversations/{nowhere}"), 404, "not_found")
    assert is_problem(await http.get(f"/conversations/{nowhere}/events"), 404, "not_found")
    assert is_problem(await http.delete("/conversations"), 405, "method_not_allowed")
    assert is_problem(await http.get("/conversations/x"), 422, "invalid_input")
    assert is_problem(await http.get("/conversations?client=elsewhere"), 404, "not_found")
    assert is_problem(await http.get("/events?client=elsewhere"), 404, "not_found")
    assert is_problem(await http.post(turns, json={}), 422, "invalid_input")
    assert is_problem(await http.post(turns, content=b"{", headers=JSON), 422, "invalid_input")
    assert is_problem(await http.post(turns, content=b"\xff\xfe", headers=JSON), 422, "invalid_input")
    assert is_problem(await http.post(turns, json=TURN | {"end": 0.5}), 422, "invalid_input")
    assert is_problem(await http.post(turns, json=TURN | {"more": 1}), 422, "invalid_input")
    assert is_problem(await http.post(turns, json=TURN | {"text": "x" * 20_001}), 422, "invalid_input")
    assert is_problem(await http.post(f"{turns}/batch", json={"turns": []}), 422, "invalid_input")
    late = {"started_at": "9999-12-31T23:59:59-12:00"}
    assert is_problem(await http.post("/conversations", json=late), 422, "invalid_input")
    unknown = await http.get("/conversations", headers={"Authorization": "Bearer chk_guessed"})
    assert is_problem(unknown, 401, "unauthenticated")
    assert unknown.headers["www-authenticate"] == "Bearer"
    _, reading = await services.keys.create(admin, "main", "reader", [Scope.READ])
    only_reads = {"Authorization": f"Bearer {reading}"}
    assert is_problem(await http.post(turns, json=TURN, headers=only_reads), 403, "forbidden")


async def test_a_wrong_value_is_named_but_not_repeated(http: httpx.AsyncClient) -> None:
    conversation = await opened(http)
    turn = TURN | {"speaker": "4111 1111 1111 1111"}
    answer = await http.post(f"/conversations/{conversation}/turns/batch", json={"turns": [TURN, turn]})
    assert [each["where"] for each in answer.json()["errors"]] == ["body.turns.1.speaker"]
    assert "4111" not in answer.text


@pytest.mark.parametrize("text", [r"a\u0000b", r"half \ud83d of a smile", r"\udfff", r"\u001b[31m"])
async def test_broken_text_is_repaired(http: httpx.AsyncClient, text: str) -> None:
    conversation = await opened(http)
    body = b'{"id": "1", "speaker": "customer", "text": "%s"}' % text.encode()
    answer = await http.post(f"/conversations/{conversation}/turns", content=body, headers=JSON)
    assert answer.status_code == 201
    assert "\N{REPLACEMENT CHARACTER}" in answer.json()["turn"]["text"]
    assert (await http.get(f"/conversations/{conversation}")).status_code == 200


@pytest.mark.parametrize("name", [r"a\u0000b", r"\ud83d", ""])
async def test_broken_ids_are_refused(http: httpx.AsyncClient, name: str) -> None:
    conversation = await opened(http)
    body = b'{"id": "%s", "speaker": "customer", "text": "x", "\\ud83d": 1}' % name.encode()
    answer = await http.post(f"/conversations/{conversation}/turns", content=body, headers=JSON)
    assert is_problem(answer, 422, "invalid_input")


async def test_a_body_that_is_too_large_is_refused(http: httpx.AsyncClient, monkeypatch) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 100)
    answer = await http.post("/conversations", json={"customer": "x" * 100})
    assert is_problem(answer, 413, "too_large")


async def test_an_unforeseen_error_tells_and_logs_nothing_of_its_text(
    http: httpx.AsyncClient, services: Services, monkeypatch, capsys
) -> None:
    async def fail(*_: object) -> None:
        raise ValueError("my card is 4111")

    monkeypatch.setattr(type(services.live), "read", fail)
    answer = await http.get(f"/conversations/{'0' * 32}")
    assert is_problem(answer, 500, "internal")
    logged = capsys.readouterr()
    assert "4111" not in answer.text + logged.out + logged.err
    assert "ValueError" in logged.err


def test_every_kind_of_error_has_a_status() -> None:
    assert all(any(issubclass(kind, known) for known in STATUS) for kind in CoolheadError.__subclasses__())


async def test_the_description_is_complete(http: httpx.AsyncClient) -> None:
    schema = (await http.get("/openapi.json")).json()
    assert schema["servers"] == [{"url": "/api/v1"}]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            place = f"{method} {path}"
            assert operation["summary"], place
            assert operation["description"], place
            assert operation["security"] == [{"API key": []}], place
            for status, answer in operation["responses"].items():
                kinds = set(answer.get("content", {}))
                assert kinds == ({"application/problem+json"} if status >= "4" else kinds), place
                for answer_kind in kinds - {"application/problem+json"}:
                    assert answer["content"][answer_kind]["example"], place
            for parameter in operation.get("parameters", []):
                assert parameter["description"], f"{place} {parameter['name']}"
            if "requestBody" in operation:
                name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
                body = schema["components"]["schemas"][name.rpartition("/")[2]]
                assert body["examples"], place
