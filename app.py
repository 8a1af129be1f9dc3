"""What ``streamlit run app.py`` and ``ii-vendor serve`` start: the ASGI app, and as its script the navigation."""

from pathlib import Path

import streamlit as st

if __name__ == "__main__":
    from ii_vendor.pages.navigation import show

    show()
else:
    from starlette.middleware import Middleware

    from ii_vendor.pages.policy import OnlyThisHost
    from ii_vendor.pages.sign_in import tickets, trust_public_address
    from ii_vendor.routes import Gate, lifespan, site
    from ii_vendor.workshop.site import workshop_site

    app = st.App(
        Path(__file__).resolve(),
        routes=[*site(tickets()), *workshop_site(tickets())],
        middleware=[OnlyThisHost, Middleware(Gate)],
        lifespan=lifespan,
    )
    trust_public_address()
    for option in ("runner.postScriptGC", "runner.fastReruns", "browser.gatherUsageStats"):
        if st.get_option(option):
            raise SystemExit(
                f"{option} must be false: see .streamlit/config.toml beside app.py, which must not be overridden."
            )
