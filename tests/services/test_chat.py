from __future__ import annotations

import pytest

from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.storage.accounts import Role
from coolhead.wiring import Services
from tests.services.people import person


async def test_two_sides_talk(both_services: Services, client_id: str) -> None:
    chat, mara = both_services.chat, await person(both_services, "Mara", Role.AGENT, client_id)
    token = await chat.begin(client_id, "Jo")
    await chat.say(token, "heat 3, where is my parcel?")
    (waiting,) = (await both_services.live.list_by_heat(mara, mine=True)).conversations
    assert (waiting.customer, waiting.agent) == ("Jo", "")
    await both_services.desk.take(mara, waiting.id)
    await chat.answer(mara, waiting.id, "Let me look.")
    talk = await chat.read(token)
    assert [(each.by_customer, each.text) for each in talk.messages] == [
        (True, "heat 3, where is my parcel?"),
        (False, "Let me look."),
    ]
    assert (talk.agent, talk.ended) == ("Mara", False)


async def test_the_customer_never_sees_what_the_turns_show(services: Services, client_id: str) -> None:
    token = await services.chat.begin(client_id)
    await services.chat.say(token, "heat 4")
    shown = repr(await services.chat.read(token))
    assert "name-the-feeling" not in shown
    assert "Heat" not in shown


async def test_a_message_sent_twice_is_one_message(services: Services, client_id: str) -> None:
    token = await services.chat.begin(client_id)
    for _ in range(2):
        await services.chat.say(token, "hello", message_id="m1")
    assert len((await services.chat.read(token)).messages) == 1


async def test_nothing_is_said_after_the_end(services: Services, client_id: str) -> None:
    token = await services.chat.begin(client_id)
    await services.chat.leave(token)
    assert (await services.chat.read(token)).ended
    with pytest.raises(ConflictError):
        await services.chat.say(token, "hello")


async def test_strangers_and_empty_words_are_refused(services: Services, client_id: str) -> None:
    token = await services.chat.begin(client_id)
    for text in ("", "  ", "x" * 4001):
        with pytest.raises(InputError):
            await services.chat.say(token, text)
    with pytest.raises(NotFoundError):
        await services.chat.say("guessed", "hello")
    with pytest.raises(NotFoundError):
        await services.chat.begin("nowhere")
    with pytest.raises(InputError):
        await services.chat.begin(client_id, "x" * 201)


@pytest.mark.parametrize("message_id", ["x" * 101, "a\x00b", "\ud800"])
async def test_an_id_that_no_database_holds_is_refused(
    both_services: Services, client_id: str, message_id: str
) -> None:
    """A visitor needs no account to send one."""
    token = await both_services.chat.begin(client_id)
    with pytest.raises(InputError):
        await both_services.chat.say(token, "hello", message_id)
