"""A small OpenID Connect provider, run as a process of its own: `python -m tests.oidc_provider PORT`.

It has one client and lets everybody in as whoever `PUT /who` said last; `lies` there makes it misbehave.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import sys
import time
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "coolhead", "a secret of both"


class Provider:
    """What it knows: its key, who is at the browser, and the codes that are still good."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.who: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self.describe),
            Route("/keys", self.keys),
            Route("/authorize", self.authorize),
            Route("/token", self.token, methods=["POST"]),
            Route("/userinfo", self.userinfo),
            Route("/who", self.set_who, methods=["PUT"]),
        ]

    async def set_who(self, request: Request) -> Response:
        self.who = await request.json()
        if self.who.get("lies") == "new key":
            self.key = ECKey.generate_key("P-256", {"kid": "two"})
        return Response(status_code=204)

    async def describe(self, _request: Request) -> Response:
        lies = self.who.get("lies")
        if lies == "redirect":
            return RedirectResponse("/keys")
        if lies == "endless":
            return Response("x" * (2 * 1024 * 1024), media_type="application/json")
        return JSONResponse(
            {
                "issuer": "http://someone.example" if lies == "issuer" else self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": "http://169.254.169.254/token"
                if lies == "inside"
                else f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "ES256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def userinfo(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer a":
            return JSONResponse({"error": "invalid_token"}, 401)
        sub = "someone" if self.who.get("lies") == "somebody else" else self.who["sub"]
        verified = self.who.get("verified", True)
        return JSONResponse({"sub": sub, "email": self.who["email"], "email_verified": verified})

    async def keys(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        if self.who.get("lies") == "no":
            answer = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(16)
            self.codes[code] = asked
            answer = {"code": code, "state": asked["state"], "iss": self.issuer}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", status_code=302)

    async def token(self, request: Request) -> Response:
        given = dict(await request.form())
        pair = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".replace(" ", "+").encode()).decode()
        plain = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        asked = self.codes.pop(str(given.get("code")), None)
        if request.headers.get("authorization") not in (f"Basic {pair}", f"Basic {plain}"):
            return JSONResponse({"error": "invalid_client"}, 401)
        verifier = hashlib.sha256(str(given.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if (
            asked is None
            or given.get("grant_type") != "authorization_code"
            or given.get("redirect_uri") != asked["redirect_uri"]
            or challenge != asked["code_challenge"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = self.word(asked)
        return JSONResponse(
            {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token}
        )

    def word(self, asked: dict[str, str]) -> str:
        """What it says of who is at the browser."""
        now, lies = int(time.time()), self.who.get("lies")
        claims = {
            "iss": self.issuer,
            "sub": self.who["sub"],
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
            "email": self.who["email"],
            "email_verified": self.who.get("verified", True),
            "name": self.who.get("name", ""),
        }
        if self.who.get("quiet"):
            claims = {name: each for name, each in claims.items() if not name.startswith("email")}
        wrong: dict[str, dict[str, Any]] = {
            "another nonce": {"nonce": "other"},
            "another audience": {"aud": "someone"},
            "another party": {"aud": [CLIENT_ID, "someone"], "azp": "someone"},
            "another issuer": {"iss": "http://someone.example"},
            "long ago": {"iat": now - 900, "exp": now - 600},
        }
        claims |= wrong.get(str(lies), {})
        if lies == "no signature":
            parts = (
                base64.urlsafe_b64encode(x).decode().rstrip("=") for x in (b'{"alg":"none"}', _json(claims))
            )
            return ".".join(parts) + "."
        if lies == "another key":
            return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))
        algorithm = "ES256" if isinstance(self.key, ECKey) else "RS256"
        return jwt.encode({"alg": algorithm, "kid": self.key.kid}, claims, self.key)


def _json(claims: dict[str, Any]) -> bytes:
    return str(claims).replace("'", '"').replace("True", "true").encode()


if __name__ == "__main__":
    port = int(sys.argv[1])
    provider = Provider(f"http://127.0.0.1:{port}")
    uvicorn.run(Starlette(routes=provider.routes()), host="127.0.0.1", port=port, log_level="error")
