"""An OpenID Connect provider over HTTP: discovery, code flow with PKCE, and the checking of what it says."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import AsyncIterator, Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coolhead.channels.egress import GuardedTransport
from coolhead.config import Settings
from coolhead.errors import ForbiddenError, SetupError
from coolhead.services.people.passwords import new_token
from coolhead.services.people.single_sign_on import Begun, Claims
from coolhead.services.sending.dispatch import NoAnswerError

log = structlog.get_logger()

BACK = "/sign-in/elsewhere/back"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
MOST_BYTES = 1024 * 1024
TIMEOUT_S = 10.0
KNOWN_FOR_S = 3600.0
KEYS_AGAIN_AFTER_S = 60.0
LEEWAY_S = 60


class Discovered(BaseModel):
    """What is needed of the provider's description of itself."""

    model_config = ConfigDict(frozen=True)

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Said(BaseModel):
    """What the provider says of who is at the browser: in the ID token, or when it is asked."""

    model_config = ConfigDict(frozen=True)

    sub: str = Field(min_length=1, max_length=255)
    email: str = Field(default="", max_length=320)
    email_verified: bool = Field(default=False, strict=True)
    name: str = ""


class Tokens(BaseModel):
    """What a code is good for."""

    model_config = ConfigDict(frozen=True)

    id_token: str
    access_token: str = ""


class OidcProvider:
    """The provider of the settings; as `services.people.single_sign_on.Provider`.

    Requests go where the provider's own description says, but never on from there by a redirect, and into a
    private network only where the settings allow that network.
    """

    def __init__(
        self,
        settings: Settings,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret.get_secret_value()
        self._back = settings.address + BACK
        self._transport = Bounded(transport or GuardedTransport(settings.oidc_networks))
        self._clock = clock
        self._discovered: tuple[float, Discovered] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self.name = settings.oidc_name

    async def begin(self) -> Begun:
        """As the port says."""
        found = await self._discover()
        state, nonce, verifier = new_token(), new_token(), new_token() + new_token()
        url = prepare_grant_uri(
            found.authorization_endpoint,
            self._client_id,
            "code",
            redirect_uri=self._back,
            scope="openid email profile",
            state=state,
            nonce=nonce,
            # Authlib's stubs leave this one and `prepare` without types.
            code_challenge=create_s256_code_challenge(verifier),  # type: ignore[no-untyped-call]
            code_challenge_method="S256",
        )
        return Begun(url=str(url), state=state, nonce=nonce, verifier=verifier)

    async def finish(self, begun: Begun, answer: Mapping[str, str]) -> Claims:
        """As the port says."""
        if not hmac.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise _refused("the sign-in was not begun in this browser, or too long ago")
        if "error" in answer:
            raise _refused("your sign-in service said no")
        if answer.get("iss", self._issuer) != self._issuer:
            raise _refused("the answer is another service's")
        found = await self._discover()
        tokens = await self._exchange(answer.get("code", ""), begun.verifier, found)
        claims = await self._checked(tokens.id_token, begun.nonce, found)
        if not claims.email and found.userinfo_endpoint:
            claims = await self._asked(tokens.access_token, claims, found)
        return Claims(
            issuer=self._issuer,
            subject=claims.sub,
            email=claims.email,
            email_verified=claims.email_verified,
            name=claims.name,
        )

    async def _asked(self, access_token: str, known: Said, found: Discovered) -> Said:
        """What the provider answers about the same person (OpenID Connect Core 1.0, 5.3)."""
        headers = {"Authorization": f"Bearer {access_token}"}
        try:
            told = Said.model_validate(await self._get(found.userinfo_endpoint, headers))
        except ValidationError as error:
            raise _refused("what your sign-in service says of you cannot be read") from error
        if told.sub != known.sub:
            raise _refused("your sign-in service speaks of somebody else")
        return told

    async def _checked(self, token: str, nonce: str, found: Discovered) -> Said:
        required = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = (await self._decoded(token, found)).claims
            required.validate(claims)
            if claims.get("azp", self._client_id) != self._client_id:
                raise _refused("it was said to another application")
            return Said.model_validate(claims)
        except (JoseError, ValidationError, ValueError) as error:
            log.warning("oidc_token_refused", error=type(error).__name__)
            raise _refused("what your sign-in service says of you cannot be trusted") from error

    async def _decoded(self, token: str, found: Discovered) -> jwt.Token:
        """The token, its signature checked; keys are fetched anew when none fits, once a minute at most."""
        fetched, keys = self._keys or (float("-inf"), None)
        if keys is not None:
            try:
                return jwt.decode(token, keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                if self._clock() - fetched < KEYS_AGAIN_AFTER_S:
                    raise
        keys = KeySet.import_key_set({"keys": (await self._get(found.jwks_uri)).get("keys", [])})
        self._keys = (self._clock(), keys)
        return jwt.decode(token, keys, algorithms=ALGORITHMS)

    async def _discover(self) -> Discovered:
        if self._discovered and self._clock() - self._discovered[0] < KNOWN_FOR_S:
            return self._discovered[1]
        given = await self._get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        try:
            found = Discovered.model_validate(given)
        except ValidationError as error:
            raise _wrong("its description lacks what is needed") from error
        if found.issuer != self._issuer:
            raise _wrong("it calls itself by another name than COOLHEAD_OIDC_ISSUER")
        scheme = urlsplit(self._issuer).scheme
        addresses = (
            found.authorization_endpoint,
            found.token_endpoint,
            found.jwks_uri,
            found.userinfo_endpoint,
        )
        for address in filter(None, addresses):
            if urlsplit(address).scheme not in ("https", scheme):
                raise _wrong("it wants to be asked without HTTPS")
        self._discovered = (self._clock(), found)
        return found

    async def _exchange(self, code: str, verifier: str, found: Discovered) -> Tokens:
        """The tokens that the code stands for."""
        body = prepare_token_request(
            "authorization_code", redirect_uri=self._back, code=code, code_verifier=verifier
        )
        basic = "client_secret_basic" in found.token_endpoint_auth_methods_supported
        method = ("client_secret_basic" if basic else "client_secret_post") if self._secret else "none"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        known = ClientAuth(self._client_id, self._secret, method)
        address, headers, body = known.prepare(  # type: ignore[no-untyped-call]
            "POST", found.token_endpoint, headers, body
        )
        response = await self._send("POST", address, headers=headers, content=body)
        if response.status_code != HTTPStatus.OK:
            log.warning("oidc_code_refused", status=response.status_code)
            raise _refused("your sign-in service did not stand by its answer")
        try:
            return Tokens.model_validate(_json(response))
        except ValidationError as error:
            raise _refused("your sign-in service did not say who you are") from error

    async def _get(self, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        response = await self._send("GET", address, headers=headers)
        if response.status_code != HTTPStatus.OK:
            raise _wrong(f"it answers with the status {response.status_code}")
        return _json(response)

    async def _send(self, method: str, address: str, **given: Any) -> httpx.Response:
        try:
            async with (
                asyncio.timeout(TIMEOUT_S),
                httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT_S) as client,
            ):
                return await client.request(method, address, **given)
        except (httpx.HTTPError, httpx.InvalidURL, NoAnswerError, TimeoutError, OSError) as error:
            raise _unreachable(error) from error


class Bounded(httpx.AsyncBaseTransport):
    """Ends answers that are longer than anybody needs; stays open when a client of it closes."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends the request.

        Raises:
            httpx.ReadError: while the answer is read, when it is too long.
        """
        response = await self._inner.handle_async_request(request)
        assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 (of an asynchronous transport)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=_BoundedStream(response.stream),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Leaves the inner one open."""


class _BoundedStream(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._inner:
            size += len(chunk)
            if size > MOST_BYTES:
                raise httpx.ReadError("the answer is too long")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


def provider_of(settings: Settings) -> OidcProvider | None:
    """The provider of the settings; None where none is set.

    Raises:
        SetupError: a setting that goes with it is missing.
    """
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id or not settings.address:
        raise SetupError(
            "COOLHEAD_OIDC_ISSUER is set, but not COOLHEAD_OIDC_CLIENT_ID and COOLHEAD_ADDRESS.",
            hint="See docs/how-to/sign-in-with-oidc.md.",
        )
    return OidcProvider(settings)


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        given = response.json()
    except ValueError as error:
        raise _wrong("its answer cannot be read") from error
    if not isinstance(given, dict):
        raise _wrong("its answer cannot be read")
    return given


def _refused(why: str) -> ForbiddenError:
    return ForbiddenError(f"Signing in did not work: {why}.", hint="Try again, or sign in with a password.")


def _wrong(why: str) -> SetupError:
    return SetupError(f"The sign-in service is not set up right: {why}.", hint="Tell an admin of Coolhead.")


def _unreachable(error: Exception) -> SetupError:
    log.error("oidc_unreachable", error=type(error).__name__)
    return SetupError("The sign-in service does not answer.", hint="Try again, or sign in with a password.")
