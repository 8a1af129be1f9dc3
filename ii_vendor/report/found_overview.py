"""What was found in every answer of every vendor, on one table whose cells lead to Review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from ii_vendor.model.content import Content
from ii_vendor.model.contradiction import Contradiction
from ii_vendor.model.panel import Evaluation, Vendor
from ii_vendor.report.contradictions import contradictions_of
from ii_vendor.report.findings import NAMES, SIGNS, Kind, Seen, seen_in, state_words
from ii_vendor.report.phrases import counted

_WORDS = {**{kind: name.lower() for kind, name in NAMES.items()}, Kind.partly: "good with a limit"}
KEY = " · ".join(
    (
        *(f"{SIGNS[kind]}\N{NO-BREAK SPACE}{_WORDS[kind]}" for kind in Kind),
        "⇄\N{NO-BREAK SPACE}does not seem to fit",
        "–\N{NO-BREAK SPACE}nothing recognised",
    )
)


@dataclass(frozen=True)
class Overview:
    """What was found: by vendor and question id in ``seen``, and by vendor what does not seem to fit together."""

    vendors: tuple[Vendor, ...]
    questions: tuple[str, ...]
    seen: Mapping[tuple[str, str], Seen]
    clashes: Mapping[str, tuple[Contradiction, ...]]

    @property
    def title(self) -> str:
        """How much there is to read, in a line, the gravest first."""
        red, possible = (sum(len(each.of(kind)) for each in self.seen.values()) for kind in (Kind.red, Kind.possible))
        nothing = sum(each.nothing for each in self.seen.values())
        unfitting = sum(map(len, self.clashes.values()))
        return (
            f"{counted(red, 'red flag')} and {counted(possible, 'possible red flag')} found in all answers, "
            f"{counted(unfitting, 'pair')} of statements that do not seem to fit together, "
            f"nothing recognised in {counted(nothing, 'answer')}"
        )

    def html(self, address: Mapping[str, str], here: str) -> str:
        """A row a question, a column a vendor. ``here`` is the question looked at; ``address`` holds the query
        parameters of links to Review."""
        heads = "".join(f'<th scope="col">{escape(vendor.name)}</th>' for vendor in self.vendors)
        rows = "".join(self._row(question, address, here) for question in self.questions)
        return (
            f'<p class="iv-finding">{KEY}</p><div class="iv-scroll iv-found"><table><thead><tr><td></td>{heads}</tr>'
            f"</thead><tbody>{rows}</tbody></table></div>"
        )

    def _row(self, question: str, address: Mapping[str, str], here: str) -> str:
        link = escape("review?" + urlencode({**address, "question": question}))
        cells = "".join(
            _cell(self.seen[vendor.id, question], any(question in each.questions for each in self.clashes[vendor.id]))
            for vendor in self.vendors
        )
        current = ' class="iv-here" aria-current="true"' if question == here else ""
        head = f'<th scope="row"><a href="{link}" target="_self">{escape(question)}</a></th>'
        return f"<tr{current}>{head}{cells}</tr>"


def overview(evaluation: Evaluation, content: Content) -> Overview:
    """Of every vendor whose response this view of the evaluation holds."""
    received = {vendor: found for vendor in evaluation.vendors if (found := evaluation.received(vendor.id))}
    return Overview(
        vendors=tuple(received),
        questions=tuple(content.questions),
        seen={
            (vendor.id, question): seen_in(each.response.answer(question), each.findings)
            for vendor, each in received.items()
            for question in content.questions
        },
        clashes={vendor.id: contradictions_of(evaluation, content, vendor.id) for vendor in received},
    )


def _cell(seen: Seen, unfitting: bool) -> str:
    signs = [
        f'<b class="iv-is-{kind}">{SIGNS[kind]}{number if number > 1 else ""}</b>'
        for kind in Kind
        if (number := len(seen.of(kind)))
    ]
    signs += ["<b>⇄</b>"] if unfitting else []
    if seen.languages:
        signs.append("<small>not analysed</small>")
    elif not signs:
        signs.append("–" if seen.answered else "<small>not answered</small>")
    said = state_words(seen) + (" Does not seem to fit with another answer." if unfitting else "")
    return f'<td title="{escape(said)}">{" ".join(signs)}</td>'
