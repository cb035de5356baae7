"""Requests to addresses that people have entered: only where they may go, within bounds, never on from there.

A name is resolved once, every address it has is checked, and the connection goes to an address that was
checked; so a name that changes its mind between check and connection gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from functools import cache

import httpx

from coolhead.services.sending.dispatch import Answer, NoAnswerError

TIMEOUT_S = 20.0
CONNECT_S = 10.0
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
# Not all of these are private to the standard library: protocol assignments (where a cloud keeps its
# metadata), relays of 6to4, and the address at which another cloud answers its machines.
SPECIAL = tuple(
    ipaddress.ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2001::/23")
)


async def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a host as the system knows them.

    Raises:
        OSError: it knows none.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def is_public(address: Address) -> bool:
    """True for an address of the open internet, however it is written.

    IPv6 addresses that carry an IPv4 address inside (mapped, 6to4, Teredo, NAT64) are not taken for one.
    """
    if isinstance(address, ipaddress.IPv6Address):
        carries = address.ipv4_mapped or address.sixtofour or address.teredo
        if carries or address not in GLOBAL_V6:
            return False
    if any(address in network for network in SPECIAL if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast


class GuardedTransport(httpx.AsyncBaseTransport):
    """Connects to public addresses over HTTPS, and to allowed networks also without.

    Every request has a connection of its own, so none is ever used for another name than it was made for.
    """

    def __init__(
        self,
        allowed: Sequence[Network] = (),
        *,
        resolve: Resolve = system_resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._inner = httpx.AsyncHTTPTransport(
            verify=tls or _system_tls(),
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends the request to an address that it may go to.

        Raises:
            NoAnswerError: it may not go there.
            httpx.TransportError: it went wrong on the way.
        """
        host, secure = request.url.host, request.url.scheme == "https"
        failure: httpx.ConnectError | httpx.ConnectTimeout | None = None
        for address in await self._checked(host, request.url.port or (443 if secure else 80), secure=secure):
            sent = httpx.Request(
                request.method,
                request.url.copy_with(host=str(address)),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return await self._inner.handle_async_request(sent)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure or NoAnswerError("The name of the address has no entry.")

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._inner.aclose()

    async def _checked(self, host: str, port: int, *, secure: bool) -> list[Address]:
        try:
            found = [ipaddress.ip_address(each.partition("%")[0]) for each in await self._resolve(host, port)]
        except (OSError, UnicodeError) as error:
            raise NoAnswerError("The name of the address has no entry.") from error
        addresses = list(dict.fromkeys(found))
        inside = [self._is_allowed(address) for address in addresses]
        if not all(ok or is_public(address) for ok, address in zip(inside, addresses, strict=True)):
            raise NoAnswerError("The address leads into a private network, which is not allowed.")
        if not secure and not all(inside):
            raise NoAnswerError("Messages go to the open internet over https:// only.")
        return addresses

    def _is_allowed(self, address: Address) -> bool:
        return any(address in network for network in self._allowed if network.version == address.version)


@cache
def _system_tls() -> ssl.SSLContext:
    """The authorities that the system trusts; to read them takes a while, and one reading serves all."""
    return ssl.create_default_context()


class HttpPoster:
    """Posts messages; as `services.sending.dispatch.Poster`."""

    def __init__(self, transport: GuardedTransport) -> None:
        self._client = httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(TIMEOUT_S, connect=CONNECT_S),
            follow_redirects=False,
            trust_env=False,
        )

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """Posts a body once; the answer's own body is not read.

        Raises:
            NoAnswerError: there was no answer.
        """
        try:
            request = self._client.build_request("POST", url, headers=headers, content=body)
            async with asyncio.timeout(TIMEOUT_S):
                response = await self._client.send(request, stream=True)
                await response.aclose()
        except (TimeoutError, httpx.TimeoutException) as error:
            raise NoAnswerError("No answer in time.") from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise NoAnswerError("The address cannot be read.") from error
        except (httpx.HTTPError, ssl.SSLError, OSError) as error:
            raise NoAnswerError(f"The connection failed: {type(error).__name__}.") from error
        return Answer(status=response.status_code, retry_after=response.headers.get("retry-after", ""))
