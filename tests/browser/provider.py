"""A small OpenID provider on this computer: one chooses whom to be. Run with the port to listen on."""

from __future__ import annotations

import secrets
import sys
import time
from html import escape
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

PEOPLE: dict[str, dict[str, object]] = {
    "Amara": {"email": "Amara@plant.example", "email_verified": True},
    "Ines": {"email": "ines@plant.example", "email_verified": True},
    "Stranger": {"email": "stranger@elsewhere.example", "email_verified": True},
    "Unverified": {"email": "amara@plant.example", "email_verified": False},
    "Unsaid": {"email": "amara@plant.example"},
}
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})

port = int(sys.argv[1])
issuer = f"http://127.0.0.1:{port}"
given: dict[str, dict[str, object]] = {}


async def metadata(_: Request) -> Response:
    return JSONResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


async def authorize(request: Request) -> Response:
    asked = dict(request.query_params)
    person = asked.pop("as", "")
    if not person:
        links = "".join(
            f'<p><a href="/authorize?{escape(urlencode({**asked, "as": name}))}">{name}</a>' for name in PEOPLE
        )
        return HTMLResponse(f"<h1>Who are you?</h1>{links}")
    code = secrets.token_urlsafe(16)
    given[code] = {"sub": person, "name": f"{person} at the provider", "nonce": asked["nonce"], **PEOPLE[person]}
    return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)


async def token(request: Request) -> Response:
    async with request.form() as form:
        claims = given.pop(str(form["code"]))
    now = int(time.time())
    said = {"iss": issuer, "aud": "ii-vendor", "iat": now, "exp": now + 300, **claims}
    signed = jwt.encode({"alg": "RS256", "kid": "one"}, said, KEY)
    return JSONResponse({"access_token": "none", "token_type": "Bearer", "expires_in": 300, "id_token": signed})


async def keys(_: Request) -> Response:
    return JSONResponse({"keys": [KEY.as_dict(private=False)]})


app = Starlette(
    routes=[
        Route("/.well-known/openid-configuration", metadata),
        Route("/authorize", authorize),
        Route("/token", token, methods=["POST"]),
        Route("/keys", keys),
    ]
)
uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
