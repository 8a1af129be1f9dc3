"""What a form holds until it is saved: nothing typed is lost, and nobody's change is written over unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from ii_vendor.errors import UserError
from ii_vendor.evaluations import NeedsSecondLook, Stale
from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.context import plain, say_next


class Draft:
    """One form on a page, known by ``name``.

    ``key`` names its controls. It does not change by what others do, so that what was typed stays; with ``empties`` it
    changes by one's own saving, so that the form is empty afterwards. ``seen`` is the sequence of the evaluation that
    the form was first drawn on. ``control`` is the beginning of the key of one of its controls, by which it is known
    whether the form was on the page before.
    """

    def __init__(self, name: str, evaluation: Evaluation, control: str, *, empties: bool = False) -> None:
        self._name = name
        self._empties = empties
        self.key = f"{name}_{st.session_state.get(f'round_{name}', 0)}" if empties else name
        if f"{control}_{self.key}" not in st.session_state:
            self._forget()
        self.seen: int = st.session_state.setdefault(f"seen_{name}", evaluation.sequence)

    def tell(self) -> None:
        """Say what somebody else changed since, where saving was refused for it."""
        met: list[str] | None = st.session_state.get(f"met_{self._name}")
        if met:
            st.warning(
                plain(
                    f"Not saved yet: this was changed while you were at it. {' '.join(met)} What you typed is still "
                    "here. Look at what stands now, then save again if you still want to."
                )
            )

    @property
    def second_look(self) -> tuple[str, ...]:
        """Why what was to be saved has to be confirmed a second time; empty where it need not be."""
        reasons: tuple[str, ...] = st.session_state.get(f"second_{self._name}", ())
        return reasons

    def look_anew(self) -> None:
        """Ask for no confirmation any more, as something else is to be saved now."""
        st.session_state.pop(f"second_{self._name}", None)

    @contextmanager
    def saving(self, done: str) -> Iterator[None]:
        """Save within this: says ``done`` and draws the page anew, or shows why it was refused, with all that was
        typed."""
        try:
            yield
        except Stale as stale:
            # Drawn anew, the form stands on the newest state, and saving again is deliberate.
            self._forget()
            st.session_state[f"met_{self._name}"] = list(stale.changes)
            st.rerun()
        except NeedsSecondLook as needed:
            st.session_state[f"second_{self._name}"] = needed.reasons
            st.rerun()
        except UserError as refusal:
            st.error(plain(str(refusal)))
        else:
            self._forget()
            if self._empties:
                st.session_state[f"round_{self._name}"] = st.session_state.get(f"round_{self._name}", 0) + 1
            say_next(done)
            st.rerun()

    def _forget(self) -> None:
        for kept in ("seen", "met", "second"):
            st.session_state.pop(f"{kept}_{self._name}", None)
