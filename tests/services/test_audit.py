"""What is recorded, and who reads it; on both databases."""

from __future__ import annotations

import json

import pytest

from coolhead.errors import ForbiddenError, NotFoundError, ThrottledError, UnauthenticatedError
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope
from coolhead.storage.audit import Action, Entry, Filter
from coolhead.storage.conversations import Summary
from coolhead.wiring import Services
from tests.services.people import PASSWORD, person, program


async def told(services: Services, **which: object) -> list[Entry]:
    """The whole log as an admin reads it, the oldest first."""
    reader = Viewer(id="reader", name="R", is_admin=True)
    return (await services.audit.list_of(reader, Filter(**which)))[::-1]  # type: ignore[arg-type]


async def opened(services: Services, client_id: str) -> Summary:
    summary, _ = await services.live.open(program(client_id), Opening(client_id=client_id))
    return summary


async def test_coming_in_and_failing_to_is_recorded(both_services: Services, client_id: str) -> None:
    accounts = both_services.accounts
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    for email in ("mara@example.com", "my password by mistake"):
        with pytest.raises(UnauthenticatedError):
            await accounts.sign_in(email=email, password="no no no no", address="::9", browser="")
    token = await accounts.sign_in(email="mara@example.com", password=PASSWORD, address="::8", browser="")
    await accounts.sign_out(token)
    await accounts.sign_out(token)
    entries = [(each.action, each.actor, each.subject) for each in await told(both_services)]
    assert entries == [
        (Action.ACCOUNT_CREATED, "", mara.id),
        (Action.SIGNED_IN, "Mara", mara.id),
        (Action.SIGN_IN_FAILED, "", mara.id),
        (Action.SIGN_IN_FAILED, "", ""),
        (Action.SIGNED_IN, "Mara", mara.id),
        (Action.SIGNED_OUT, "Mara", mara.id),
    ]
    assert "mistake" not in repr(await told(both_services))
    assert [each.details.get("address") for each in await told(both_services)][-2:] == ["::8", None]


async def test_changes_of_people_clients_and_keys_are_recorded(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    ada = await person(services, "Ada", Role.ADMIN)
    await services.accounts.change_user(ada, mara.id, roles={client_id: Role.SUPERVISOR})
    await services.accounts.change_user(ada, mara.id, roles={client_id: Role.SUPERVISOR})
    await services.accounts.change_user(ada, mara.id, password="other quiet words", active=False)
    await services.clients.add(ada, "other", "Other")
    key, _ = await services.keys.create(ada, "other", "phone", [Scope.READ])
    await services.keys.revoke(ada, "other", key.id)
    done = [each for each in await told(services) if each.actor == "Ada" and each.actor_id == ada.id]
    assert [(each.action, each.client_id) for each in done] == [
        (Action.SIGNED_IN, None),
        (Action.RIGHTS_CHANGED, None),
        (Action.PASSWORD_CHANGED, None),
        (Action.SWITCHED_OFF, None),
        (Action.CLIENT_CREATED, "other"),
        (Action.KEY_CREATED, "other"),
        (Action.KEY_REVOKED, "other"),
    ]
    assert done[1].details == {"was": f"{client_id}: agent", "now": f"{client_id}: supervisor"}


async def test_who_looks_at_anothers_conversation_is_recorded_once_an_hour(
    both_services: Services, client_id: str
) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    sam = await person(both_services, "Sam", Role.SUPERVISOR, client_id)
    summary = await both_services.desk.take(mara, (await opened(both_services, client_id)).id)
    for viewer in (mara, sam, sam, program(client_id)):
        await both_services.audit.looked_at(viewer, summary)
    views = await told(both_services, actions=(Action.VIEWED,))
    assert [(each.actor_id, each.subject, each.client_id) for each in views] == [
        (sam.id, summary.id, client_id),
        ("k", summary.id, client_id),
    ]


async def test_supervisors_read_of_their_clients_only(both_services: Services, client_id: str) -> None:
    services = both_services
    await services.accounts.create_client("other", "Other")
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    mara = await person(services, "Mara", Role.AGENT, client_id)
    for where in (client_id, "other"):
        summary = await opened(services, where)
        await services.audit.took_away(program(where), summary, "jsonl")
    assert {each.client_id for each in await services.audit.list_of(sam, Filter())} == {client_id}
    exported = [each async for each in await services.audit.export(sam, Filter(), "csv")]
    assert {each.client_id for each in exported} == {client_id}
    for attempt in (
        services.audit.list_of(sam, Filter(client_ids=("other",))),
        services.audit.export(sam, Filter(client_ids=("other",)), "csv"),
    ):
        with pytest.raises(NotFoundError):
            await attempt
    for refused in (mara, program(client_id)):
        with pytest.raises(ForbiddenError):
            await services.audit.list_of(refused, Filter())
    assert [each.action for each in await told(services)][-1] is Action.AUDIT_EXPORTED


async def test_what_is_undone_is_not_recorded(services: Services) -> None:
    ada = await person(services, "Ada", Role.ADMIN)
    before = await told(services)
    with pytest.raises(NotFoundError):
        await services.accounts.change_user(ada, ada.id, roles={"nowhere": Role.AGENT})
    assert await told(services) == before


async def test_attempts_that_are_throttled_do_not_fill_the_log(services: Services) -> None:
    for _ in range(8):
        with pytest.raises(UnauthenticatedError):
            await services.accounts.sign_in(email="a@b", password="x", address="::1", browser="")
    for _ in range(5):
        with pytest.raises(ThrottledError):
            await services.accounts.sign_in(email="a@b", password="x", address="::1", browser="")
    assert len(await told(services)) == 8
    assert json.dumps([dict(each.details) for each in await told(services)])
