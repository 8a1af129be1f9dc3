"""Asks the endpoint: one request, one reply, within bounds of time and size."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence

from ii_vendor.errors import UserError
from ii_vendor.second_reader.settings import KEY, MODEL, URL, Reader

MOST_BYTES = 256 * 1024
"""As long may a reply be, in bytes."""

MOST_WORDS = 2000
"""As many tokens are asked for at most."""

REFUSALS = {
    401: f"it refuses the key. Check {KEY}",
    403: f"it refuses the key. Check {KEY}",
    404: f"it knows no such address or model. Check {URL} and {MODEL}",
    413: "the answer is too long for it",
    429: "it has too much to do. Try again later",
}


class Trouble(UserError):
    """The second reader gave nothing to use. ``sent``: text may have left the program. ``last``: asking it for the next
    answer would most likely end the same way."""

    def __init__(self, message: str, *, sent: bool = True, last: bool = True) -> None:
        super().__init__(message)
        self.sent = sent
        self.last = last


def ask(reader: Reader, messages: Sequence[Mapping[str, str]]) -> str:
    """What the model says to ``messages``. Raises Trouble, in words for a user.

    It goes to the configured host alone: redirects are not followed, and proxies of the environment not used.
    """
    body = asyncio.run(_within(reader, messages))
    try:
        said = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Trouble("its reply is not that of an OpenAI-compatible server") from error
    if not isinstance(said, str):
        raise Trouble("it said nothing", last=False)
    return said


async def _within(reader: Reader, messages: Sequence[Mapping[str, str]]) -> bytes:
    try:
        async with asyncio.timeout(reader.seconds):
            return await _post(reader, messages)
    except TimeoutError as error:
        raise Trouble(f"it did not answer within {reader.seconds:g} seconds") from error


async def _post(reader: Reader, messages: Sequence[Mapping[str, str]]) -> bytes:
    import httpx2

    headers = {"Authorization": f"Bearer {reader.key}"} if reader.key else {}
    asked = {"model": reader.model, "messages": list(messages), "temperature": 0, "max_tokens": MOST_WORDS}
    try:
        async with (
            httpx2.AsyncClient(follow_redirects=False, trust_env=False, timeout=reader.seconds) as client,
            client.stream("POST", reader.url, json=asked, headers=headers) as reply,
        ):
            _check(reply.status_code)
            body = bytearray()
            async for piece in reply.aiter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise Trouble(f"its reply is longer than {MOST_BYTES // 1024} kB", last=False)
            return bytes(body)
    except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
        raise Trouble("it cannot be reached (is it running?)", sent=False) from error
    except httpx2.TimeoutException as error:
        raise TimeoutError from error
    except httpx2.HTTPError as error:
        raise Trouble("the connection to it broke off") from error


def _check(status: int) -> None:
    if 300 <= status < 400:
        raise Trouble("it sends us on to another address, which is not followed")
    if status in REFUSALS:
        raise Trouble(REFUSALS[status], last=status != 413)
    if status != 200:
        raise Trouble(f"it reports an error (HTTP {status})")
