"""Controls whose choice stands in the page address, beside the selection that ``context.choose`` gives."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def segments(label: str, key: str, options: Mapping[str, str], *, disabled: bool = False) -> str:
    """One of a few ``options`` (value: what is shown), the first unless the address says otherwise under ``key``."""
    value = st.query_params.get(key, "")
    _follow_the_address(key, value if value in options else next(iter(options)))
    chosen = st.segmented_control(
        label,
        list(options),
        required=True,
        format_func=lambda option: options[option],
        key=key,
        on_change=_into_the_address,
        args=(key,),
        disabled=disabled,
    )
    return str(chosen)


def whole_number(label: str, key: str, bounds: tuple[int, int, int], default: int, unit: str, *, disabled: bool) -> int:
    """A slider over whole numbers: ``bounds`` are the least, the most and the step."""
    low, high, step = bounds
    value = st.query_params.get(key, "")
    _follow_the_address(key, int(value) if value.isdecimal() and low <= int(value) <= high else default)
    return int(
        st.slider(
            label,
            low,
            high,
            step=step,
            key=key,
            format=f"%d{unit}",
            on_change=_into_the_address,
            args=(key,),
            disabled=disabled,
            width=420,
        )
    )


def words_typed(label: str, key: str, placeholder: str, *, width: int) -> str:
    """Words to look for, empty where nobody typed any."""
    _follow_the_address(key, st.query_params.get(key, ""))
    typed = st.text_input(
        label, key=key, on_change=_into_the_address, args=(key,), placeholder=placeholder, width=width
    )
    return typed.strip()


def page_number(key: str, pages: int) -> int:
    """One of ``pages``, counted from 1; the first unless the address says otherwise under ``key``."""
    value = st.query_params.get(key, "")
    wanted = int(value) if value.isdecimal() and 1 <= int(value) <= pages else 1
    # Its default is not to be written over, so that each page has a control of its own.
    own = f"{key}_{wanted}"
    return int(st.pagination(pages, default=wanted, key=own, on_change=_into_the_address, args=(key, own)))


def _follow_the_address(key: str, value: str | int) -> None:
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _into_the_address(key: str, control: str = "") -> None:
    st.query_params[key] = str(st.session_state[control or key])
