"""Whether the app is open to this computer alone or shared, and under which address others reach it."""

from __future__ import annotations

import os
from typing import NamedTuple
from urllib.parse import urlsplit

from ii_vendor.errors import UserError

SHARED = "II_VENDOR_SHARED"
ADDRESS = "II_VENDOR_ADDRESS"


class Sharing(NamedTuple):
    """``shared``: everybody needs a link. ``address`` is the public one, without a slash at its end; empty where it is
    not known."""

    shared: bool
    address: str

    @property
    def secure(self) -> bool:
        """Whether cookies may travel over HTTPS only."""
        return self.address.startswith("https://")

    @property
    def host(self) -> str:
        """Name and port of the public address."""
        return urlsplit(self.address).netloc


def sharing() -> Sharing:
    """How this process is shared, as its environment says. A public address makes it shared, too."""
    address = os.environ.get(ADDRESS, "")
    shared = os.environ.get(SHARED, "") not in ("", "0")
    return Sharing(shared or bool(address), public_address(address) if address else "")


def public_address(text: str) -> str:
    """The address that was typed, without a slash at its end. UserError where it is none."""
    parts = urlsplit(text.strip())
    try:
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if not right or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise UserError(
            f"'{text}' is not an address to build links with. Give scheme and host, such as https://panel.plant.example."
        )
    return f"{parts.scheme}://{parts.netloc}"
