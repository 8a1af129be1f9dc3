"""Signing in by OpenID Connect, where ``.streamlit/secrets.toml`` names a provider in its section ``auth``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError

from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.sharing import sharing

UNSAID = "II_VENDOR_TRUST_EMAIL"
"""The environment variable for a provider that says nothing on whether it verified an address, as Microsoft Entra ID
does not: 1 where an administrator gives out the addresses, so that nobody can claim another's."""


def can_sign_in() -> bool:
    """Whether there is a provider to sign in with."""
    return bool(_settings())


def tickets() -> Tickets:
    """Tickets for news, sealed with the secret that seals the sign-ins, which all app processes have."""
    return Tickets(lambda: str(_settings().get("cookie_secret", "")))


def verified_email() -> str:
    """The address of whoever has signed in; empty where nobody has, or where the provider did not verify it."""
    if not can_sign_in() or not st.user.get("is_logged_in"):
        return ""
    said = st.user.get("email_verified", os.environ.get(UNSAID) == "1")
    return str(st.user.get("email") or "") if said in (True, "true") else ""


def name_given() -> str:
    """The name that the provider gives for whoever has signed in."""
    return str(st.user.get("name") or "")


def signing_in() -> None:
    """A button to sign in, or to sign out again."""
    if not can_sign_in():
        return
    if find_spec("authlib") is None:
        st.text("To sign in, the app needs: pip install 'ii-vendor[oidc]'")
        return
    if st.user.get("is_logged_in"):
        st.button("Sign out", on_click=st.logout)
        return
    named = [name for name, value in _settings().items() if isinstance(value, Mapping) and "client_id" in value]
    for provider in named or [""]:
        label = f"Sign in with {provider.title()}" if len(named) > 1 else "Sign in"
        st.button(label, on_click=st.login, args=(provider,) if provider else (), key=f"sign_in_{provider}")


def trust_public_address() -> None:
    """Have Streamlit take requests from pages under the public address, by whatever name a proxy passes them on."""
    if host := urlsplit(sharing().address).hostname:
        config.set_option("browser.serverAddress", host)


def _settings() -> dict[str, object]:
    try:
        return dict(st.secrets.get("auth", {}))
    except StreamlitSecretNotFoundError:
        return {}
