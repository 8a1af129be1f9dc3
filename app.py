"""What ``streamlit run app.py`` and ``ii-vendor serve`` start: the ASGI app, and as its script the navigation."""

from pathlib import Path

import streamlit as st

if __name__ == "__main__":
    from ii_vendor.pages.navigation import show

    show()
else:
    from ii_vendor.pages.policy import OnlyThisHost

    app = st.App(Path(__file__).resolve(), middleware=[OnlyThisHost])
    for option in ("runner.postScriptGC", "browser.gatherUsageStats"):
        if st.get_option(option):
            raise SystemExit(
                f"{option} must be false: see .streamlit/config.toml beside app.py, which must not be overridden."
            )
