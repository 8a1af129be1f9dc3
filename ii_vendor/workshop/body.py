"""What a request says: JSON from a page's script, or a form. Longer ones than any of ours say nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_BYTES = 64_000


async def json_of(request: Request) -> dict[str, Any] | None:
    """The JSON object that a script sent; None where it is none, or too long."""
    raw = await _raw(request)
    try:
        said = json.loads(raw) if raw is not None else None
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form; none where it is too long."""
    raw = await _raw(request)
    return dict(parse_qsl((raw or b"").decode("utf-8", "replace"), keep_blank_values=True))


async def _raw(request: Request) -> bytes | None:
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > MOST_BYTES:
            return None
    return bytes(raw)
