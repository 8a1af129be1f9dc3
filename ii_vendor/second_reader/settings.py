"""Where the second reader is, as the environment says."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from importlib.util import find_spec
from urllib.parse import urlsplit

from pydantic import Field

from ii_vendor.errors import UserError
from ii_vendor.model.base import Frozen, Words

URL, MODEL, KEY = "II_VENDOR_READER_URL", "II_VENDOR_READER_MODEL", "II_VENDOR_READER_KEY"
PATH = "/chat/completions"


class Reader(Frozen):
    """A model behind an endpoint. ``url`` is that of its chat completions; ``seconds`` is how long one answer may take
    at most, from asking to the end of the reply."""

    url: str
    model: Words
    key: str = Field(default="", repr=False)
    seconds: float = Field(default=120.0, gt=0)

    @property
    def host(self) -> str:
        """Name and port that text is sent to."""
        return urlsplit(self.url).netloc

    @property
    def here(self) -> bool:
        """Whether that is this computer."""
        name = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name == "localhost"

    @property
    def encrypted(self) -> bool:
        """Whether text travels encrypted."""
        return self.url.startswith("https://")


def configured(environment: Mapping[str, str] = os.environ) -> Reader | None:
    """The second reader that the environment names; None where it names none. UserError for one that cannot be used."""
    address, model = environment.get(URL, "").strip(), environment.get(MODEL, "").strip()
    if not address:
        return None
    if not model:
        raise UserError(f"{URL} is set and {MODEL} is not. Set it to the name of the model that should read.")
    if find_spec("httpx2") is None:
        raise UserError(
            'The second reader needs httpx2. Install it with: pip install "ii-vendor[second-reader]" (in the folder of '
            'ii-vendor: pip install -e ".[second-reader]").'
        )
    return Reader(url=_endpoint(address), model=model, key=environment.get(KEY, "").strip())


def _endpoint(address: str) -> str:
    """The address of the chat completions: that of the server, of its ``/v1``, or the whole of it may be given."""
    try:
        parts = urlsplit(address)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        right = right and not (parts.query or parts.fragment or "@" in parts.netloc)
    except ValueError:
        right = False
    if not right:
        raise UserError(
            f"{URL} is not an address to send to. Give scheme, host and port, such as http://127.0.0.1:11434/v1, and "
            f"no user or password; a key goes into {KEY}."
        )
    path = parts.path.rstrip("/")
    if not path.endswith(PATH):
        path = f"{path or '/v1'}{PATH}"
    return f"{parts.scheme}://{parts.netloc}{path}"
