from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest
import trustme

from coolhead.channels.egress import GuardedTransport, HttpPoster, Network, is_public, system_resolve
from coolhead.services.sending.dispatch import Answer, NoAnswerError

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
PUBLIC = "93.184.215.14"


class Web:
    """A receiver on this machine that answers with `answer` and keeps what it was sent."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.requests: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0] or 0)
        self.requests.append(head + await reader.readexactly(length))
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def serving(
    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n", tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[Web, int]]:
    web = Web(answer)
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield web, server.sockets[0].getsockname()[1]


def knows(*addresses: str) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


def poster(
    allowed: Sequence[Network] = (),
    resolve: Callable[[str, int], Awaitable[Sequence[str]]] = system_resolve,
    tls: ssl.SSLContext | None = None,
) -> HttpPoster:
    return HttpPoster(GuardedTransport(allowed, resolve=resolve, tls=tls))


async def test_a_message_arrives_with_its_headers_under_the_name_of_the_address() -> None:
    async with serving() as (web, port):
        answer = await poster(LOOPBACK, knows("127.0.0.1")).post(
            f"http://crm.example:{port}/hook?a=1", {"webhook-id": "msg_1"}, b'{"a":1}'
        )
    assert answer == Answer(status=204)
    (request,) = web.requests
    assert request.startswith(b"POST /hook?a=1 HTTP/1.1\r\n")
    assert f"host: crm.example:{port}".encode() in request.lower()
    assert b"webhook-id: msg_1" in request
    assert request.endswith(b'\r\n\r\n{"a":1}')


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0",  # noqa: S104 (never bound)
        "224.0.0.1", "255.255.255.255", "192.0.0.8", "192.0.0.192", "192.88.99.1",
        "198.18.0.1", "168.63.129.16", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
        "64:ff9b::a00:1", "2002:a00:1::1", "2001:0:a00:1::1", "2001:db8::1",
    ],
)  # fmt: skip
async def test_no_request_goes_where_it_may_not(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address.partition("%")[0]))
    for resolve in (knows(address), knows(PUBLIC, address)):
        with pytest.raises(NoAnswerError, match="private network"):
            await poster(resolve=resolve).post("https://crm.example/", {}, b"")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "0"],
)
async def test_no_way_to_write_this_machine_gets_through(host: str) -> None:
    async with serving() as (web, port):
        with pytest.raises(NoAnswerError):
            await poster().post(f"http://{host}:{port}/", {}, b"")
    assert web.requests == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_the_open_internet_is_open(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


async def test_the_open_internet_needs_https_and_an_allowed_network_does_not() -> None:
    with pytest.raises(NoAnswerError, match="https"):
        await poster(resolve=knows(PUBLIC)).post("http://crm.example/", {}, b"")


async def test_a_name_that_changes_its_mind_after_the_check_gains_nothing() -> None:
    asked = []

    async def fickle(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    async with serving() as (web, port):
        answer = await poster(LOOPBACK, fickle).post(f"http://crm.example:{port}/", {}, b"")
    assert (answer.status, asked, len(web.requests)) == (204, ["crm.example"], 1)


async def test_a_redirect_is_not_followed() -> None:
    async with serving() as (inside, inside_port):
        moved = f"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{inside_port}/\r\n\r\n".encode()
        async with serving(moved) as (_, port):
            answer = await poster(LOOPBACK).post(f"http://127.0.0.1:{port}/", {}, b"")
    assert (answer.accepted, answer.status, inside.requests) == (False, 307, [])


async def test_what_the_receiver_asks_is_passed_on_and_its_words_are_not_read() -> None:
    endless = b"HTTP/1.1 503 Busy\r\nRetry-After: 90\r\nContent-Length: 999999999\r\n\r\nwords"
    async with serving(endless) as (_, port):
        answer = await poster(LOOPBACK).post(f"http://127.0.0.1:{port}/", {}, b"")
    assert answer == Answer(status=503, retry_after="90")


async def test_the_next_address_is_tried_when_one_is_dead() -> None:
    async with serving() as (web, port):
        resolve = knows("127.0.0.9", "127.0.0.1")
        answer = await poster(LOOPBACK, resolve).post(f"http://crm.example:{port}/", {}, b"")
    assert (answer.status, len(web.requests)) == (204, 1)


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n"])
async def test_a_receiver_that_speaks_no_http_gave_no_answer(answer: bytes) -> None:
    async with serving(answer) as (_, port):
        with pytest.raises(NoAnswerError, match="connection failed"):
            await poster(LOOPBACK).post(f"http://127.0.0.1:{port}/", {}, b"")


async def test_a_name_without_an_entry_is_told() -> None:
    async def unknown(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such host")

    for resolve in (unknown, knows()):
        with pytest.raises(NoAnswerError, match="no entry"):
            await poster(resolve=resolve).post("https://crm.example/", {}, b"")


async def test_the_certificate_has_to_be_of_the_name_though_the_address_is_connected() -> None:
    authority = trustme.CA()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("crm.example").configure_cert(tls)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    async with serving(tls=tls) as (web, port):
        sending = poster(LOOPBACK, knows("127.0.0.1"), trusting)
        assert (await sending.post(f"https://crm.example:{port}/", {}, b"")).status == 204
        with pytest.raises(NoAnswerError):
            await sending.post(f"https://other.example:{port}/", {}, b"")
    assert len(web.requests) == 1


@pytest.mark.parametrize("address", ["https://xn--/", "https://a\tb.example/", "https://e.example:99999/"])
async def test_an_address_that_nobody_can_read_gave_no_answer(address: str) -> None:
    with pytest.raises(NoAnswerError):
        await poster().post(address, {}, b"")
