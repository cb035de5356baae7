from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters

from coolhead.errors import (
    ConflictError,
    ForbiddenError,
    InputError,
    NotFoundError,
    ThrottledError,
    UnauthenticatedError,
)
from coolhead.services.access import Viewer
from coolhead.services.people.accounts import Accounts
from coolhead.services.people.keys import Keys
from coolhead.services.people.passwords import NOBODY, Passwords
from coolhead.services.people.sessions import Sessions
from coolhead.storage import api_keys, sessions
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope
from coolhead.storage.database import Database
from coolhead.wiring import local_now

PASSWORD = "three unrelated words"


class Clock:
    def __init__(self) -> None:
        self.now = local_now()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(database: Database, clock: Clock, passwords: Passwords) -> Accounts:
    return Accounts(database, clock, passwords)


@pytest.fixture
def at(database: Database, clock: Clock, passwords: Passwords, accounts: Accounts) -> Sessions:
    return Sessions(database, clock, passwords, accounts)


@pytest.fixture
def keys(database: Database, clock: Clock) -> Keys:
    return Keys(database, clock)


async def signed_in(accounts: Accounts, email: str = "ada@example.com", address: str = "::1") -> str:
    return await accounts.sign_in(email=email, password=PASSWORD, address=address, browser="b")


@pytest.fixture
async def ada(accounts: Accounts) -> Viewer:
    await accounts.create_first_admin(email=" Ada@Example.com ", name="Ada", password=PASSWORD)
    return (await accounts.signed_in(await signed_in(accounts))).viewer


async def test_the_first_admin_is_created_once(accounts: Accounts) -> None:
    assert await accounts.needs_first_admin()
    await accounts.create_first_admin(email="ada@example.com", name="Ada", password=PASSWORD)
    assert not await accounts.needs_first_admin()
    with pytest.raises(ConflictError):
        await accounts.create_first_admin(email="eve@example.com", name="Eve", password=PASSWORD)


async def test_who_signs_in_is_who_they_are_until_they_sign_out(accounts: Accounts, ada: Viewer) -> None:
    assert (ada.name, ada.is_admin, ada.clients) == ("Ada", True, None)
    token = await signed_in(accounts, "ADA@example.com")
    assert (await accounts.signed_in(token)).viewer == ada
    await accounts.sign_out(token)
    with pytest.raises(UnauthenticatedError):
        await accounts.signed_in(token)


async def test_passwords_and_tokens_are_kept_as_hashes_only(
    accounts: Accounts, at: Sessions, ada: Viewer, database: Database
) -> None:
    token = await signed_in(accounts)
    account = (await accounts.list_users(ada))[0]
    assert account.password_hash.startswith("$argon2id$")
    (session, *_) = await at.list_of(ada)
    assert token not in repr(session)
    async with database.read() as connection:
        assert await sessions.find(connection, token, local_now()) is None


async def test_wrong_words_and_unknown_people_sound_the_same(accounts: Accounts, ada: Viewer) -> None:
    said = set()
    for email, password in (("ada@example.com", "wrong wrong wrong"), ("eve@example.com", PASSWORD)):
        with pytest.raises(UnauthenticatedError) as caught:
            await accounts.sign_in(email=email, password=password, address="::1", browser="b")
        said.add(str(caught.value))
    assert len(said) == 1
    assert ada.name not in said.pop()


async def test_too_many_attempts_with_an_account_are_refused_for_a_while(
    accounts: Accounts, ada: Viewer, clock: Clock
) -> None:
    for number in range(8):
        with pytest.raises(UnauthenticatedError):
            await accounts.sign_in(email="ada@example.com", password="no", address=f"::{number}", browser="")
    with pytest.raises(ThrottledError) as caught:
        await signed_in(accounts, address="::99")
    assert "15 minutes" in caught.value.hint
    clock.now += timedelta(minutes=16)
    assert (await accounts.signed_in(await signed_in(accounts))).viewer == ada


async def test_too_many_attempts_from_an_address_are_refused(accounts: Accounts, ada: Viewer) -> None:
    for number in range(40):
        with pytest.raises(UnauthenticatedError):
            await accounts.sign_in(email=f"{number}@example.com", password="no", address="bad", browser="")
    with pytest.raises(ThrottledError):
        await signed_in(accounts, address="bad")
    assert (await accounts.signed_in(await signed_in(accounts, address="good"))).viewer == ada


@pytest.mark.usefixtures("ada")
async def test_attempts_at_the_same_moment_are_all_counted(accounts: Accounts) -> None:
    attempts = [
        accounts.sign_in(email="ada@example.com", password="no", address="::7", browser="") for _ in range(20)
    ]
    failed = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(each, UnauthenticatedError) for each in failed) == 8
    assert sum(isinstance(each, ThrottledError) for each in failed) == 12


@pytest.mark.usefixtures("ada")
async def test_success_forgets_the_attempts_before_it(accounts: Accounts) -> None:
    for _ in range(50):
        await signed_in(accounts)


@pytest.mark.parametrize(
    ("email", "address"), [("x" * 5000, "::1"), ("a\x00b@example.com", "::1"), ("\ud800@x", "y" * 5000)]
)
async def test_strange_attempts_fail_like_any_other(accounts: Accounts, email: str, address: str) -> None:
    with pytest.raises(UnauthenticatedError):
        await accounts.sign_in(email=email, password="no", address=address, browser="")


def test_the_hash_of_nobody_costs_as_much_as_a_real_one() -> None:
    assert extract_parameters(NOBODY) == extract_parameters(PasswordHasher().hash(PASSWORD))


@pytest.mark.usefixtures("ada")
async def test_a_second_first_admin_costs_nothing(
    accounts: Accounts, passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(passwords, "hash", hashed.append)
    with pytest.raises(ConflictError):
        await accounts.create_first_admin(email="eve@example.com", name="Eve", password=PASSWORD)
    assert not hashed


async def test_sessions_expire_are_listed_and_can_be_revoked(
    accounts: Accounts, at: Sessions, ada: Viewer, clock: Clock
) -> None:
    token = await signed_in(accounts)
    mine = (await accounts.signed_in(token)).session
    assert mine.id in [each.id for each in await at.list_of(ada)]
    await at.end(ada, session_id=mine.id)
    with pytest.raises(UnauthenticatedError):
        await accounts.signed_in(token)
    token = await signed_in(accounts)
    clock.now += timedelta(days=15)
    with pytest.raises(UnauthenticatedError):
        await accounts.signed_in(token)


async def test_who_is_switched_off_is_out_at_once(accounts: Accounts, ada: Viewer) -> None:
    mara = await accounts.create_user(email="mara@example.com", name="Mara", password=PASSWORD)
    token = await signed_in(accounts, "mara@example.com")
    await accounts.change_user(ada, mara.id, active=False)
    with pytest.raises(UnauthenticatedError):
        await accounts.signed_in(token)
    with pytest.raises(UnauthenticatedError):
        await signed_in(accounts, "mara@example.com")
    with pytest.raises(ConflictError):
        await accounts.change_user(ada, ada.id, is_admin=False)
    assert (await accounts.signed_in(await signed_in(accounts))).viewer == ada


async def test_a_new_password_ends_every_session(accounts: Accounts, ada: Viewer) -> None:
    token = await signed_in(accounts)
    await accounts.change_user(ada, ada.id, password="other unrelated words")
    with pytest.raises(UnauthenticatedError):
        await accounts.signed_in(token)
    with pytest.raises(UnauthenticatedError):
        await signed_in(accounts)


async def test_people_see_the_clients_they_are_assigned_to(accounts: Accounts, ada: Viewer) -> None:
    for client_id in ("a", "b"):
        await accounts.create_client(client_id, client_id.upper())
    mara = await accounts.create_user(
        email="mara@example.com", name="Mara", password=PASSWORD, roles={"a": Role.AGENT}
    )
    viewer = (await accounts.signed_in(await signed_in(accounts, "mara@example.com"))).viewer
    assert [each.id for each in await accounts.list_clients(viewer)] == ["a"]
    assert [each.id for each in await accounts.list_clients(ada)] == ["a", "b"]
    await accounts.change_user(ada, mara.id, roles={"b": Role.SUPERVISOR})
    viewer = (await accounts.signed_in(await signed_in(accounts, "mara@example.com"))).viewer
    assert viewer.roles == {"b": Role.SUPERVISOR}
    with pytest.raises(NotFoundError):
        await accounts.change_user(ada, mara.id, roles={"c": Role.AGENT})
    with pytest.raises(InputError):
        await accounts.change_user(ada, mara.id, roles={"b": Role.ADMIN})


@pytest.mark.parametrize(
    ("email", "name", "password"),
    [
        ("no address", "Eve", PASSWORD),
        ("", "Eve", PASSWORD),
        ("eve@example.com", " ", PASSWORD),
        ("eve@example.com", "Eve", "short"),
        ("eve@example.com", "Eve", "x" * 201),
    ],
)
async def test_what_will_not_do_is_refused(accounts: Accounts, email: str, name: str, password: str) -> None:
    with pytest.raises(InputError):
        await accounts.create_first_admin(email=email, name=name, password=password)


async def test_an_address_has_one_account(accounts: Accounts, ada: Viewer) -> None:
    with pytest.raises(ConflictError):
        await accounts.create_user(email="ADA@example.com", name="Eve", password=PASSWORD)
    assert len(await accounts.list_users(ada)) == 1


async def test_a_key_works_until_it_is_revoked(
    accounts: Accounts, keys: Keys, ada: Viewer, database: Database
) -> None:
    await accounts.create_client("a", "A")
    key, secret = await keys.create(ada, "a", "phone", [Scope.READ])
    viewer = await keys.program(secret)
    assert (viewer.account_id, viewer.clients, viewer.scopes) == (None, {"a"}, {Scope.READ})
    async with database.read() as connection:
        assert await api_keys.find(connection, secret) is None
    assert secret not in repr(await keys.list_of(ada, "a"))
    await keys.revoke(ada, "a", key.id)
    with pytest.raises(UnauthenticatedError):
        await keys.program(secret)
    with pytest.raises(NotFoundError):
        await keys.revoke(ada, "a", key.id)


async def test_only_admins_manage(accounts: Accounts, keys: Keys, ada: Viewer) -> None:
    await accounts.create_client("a", "A")
    await accounts.create_user(
        email="sam@example.com", name="Sam", password=PASSWORD, roles={"a": Role.SUPERVISOR}
    )
    sam = (await accounts.signed_in(await signed_in(accounts, "sam@example.com"))).viewer
    for refused in (
        accounts.change_user(sam, ada.id, active=False),
        keys.create(sam, "a", "x", [Scope.READ]),
        keys.list_of(sam, "a"),
        keys.revoke(sam, "a", "x"),
    ):
        with pytest.raises(ForbiddenError):
            await refused


async def test_two_who_become_the_first_admin_at_once_are_one(accounts: Accounts) -> None:
    tried = await asyncio.gather(
        *(
            accounts.create_first_admin(email=f"{name}@example.com", name=name, password=PASSWORD)
            for name in ("ada", "bo", "cy")
        ),
        return_exceptions=True,
    )
    assert sorted(isinstance(each, ConflictError) for each in tried) == [False, True, True]


async def test_two_admins_cannot_leave_none_by_changing_each_other_at_once(accounts: Accounts) -> None:
    ada, bo = [
        await accounts.create_user(
            email=f"{name}@example.com", name=name, password=PASSWORD, is_admin=True
        )
        for name in ("ada", "bo")
    ]  # fmt: skip
    tried = await asyncio.gather(
        *(
            accounts.change_user(Viewer(id=by.id, name=by.name, is_admin=True), whom.id, is_admin=False)
            for by, whom in ((ada, bo), (bo, ada))
        ),
        return_exceptions=True,
    )
    assert sorted(isinstance(each, ConflictError) for each in tried) == [False, True]
    assert not await accounts.needs_first_admin()


@pytest.mark.parametrize(
    "email", ["ada", "a@b@c", "a@b,c@d", "a@b;c@d", "Ada <a@b>", "a b@c", '"a"@b', "@b", "a@", "a@b\r\nx"]
)
async def test_what_is_not_one_address_is_none(accounts: Accounts, email: str) -> None:
    with pytest.raises(InputError):
        await accounts.create_user(email=email, name="Ada", password=PASSWORD)
