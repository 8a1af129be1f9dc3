"""What was found, as a panel sees it on Review and Responses."""

from __future__ import annotations

import hashlib
import re

import pytest
from playwright.sync_api import Page, expect

from ii_vendor.evaluations import Evaluations, preparing
from ii_vendor.model.content import Content
from ii_vendor.model.response import Answer, Cell, Finding, Response, SourceFile
from ii_vendor.model.signal import Fact, FactWords, Signal, SignalSet, SignalTests
from ii_vendor.store import Record, open_engine
from tests.browser.test_main_path import open_page

TEXTS = {
    "Q1": "It runs alone, and nobody has to be asked.",
    "Q2": "It is looked up centrally before each session. The pumps go on. We are trusted worldwide.",
    "L1": "Die Anlage wird mit dem System verbunden und das ist nicht ohne uns zu machen.",
    "L2": "Without our desk everything stops.",
    "DEA-1": "Blue widgets.",
}
TESTS = SignalTests(hit=("yes",), none=("no",))
SIGNALS = SignalSet(
    signals=(
        Signal(
            id="needs",
            polarity="red",
            flags={"L2": "L2-lease"},
            reason="It stops.",
            fact=Fact(name="cloud", value=True),
            patterns=("everything stops",),
            tests=TESTS,
        ),
        Signal(
            id="alone",
            polarity="good",
            questions=("Q1",),
            reason="It runs.",
            fact=Fact(name="cloud", value=False),
            patterns=("runs alone",),
            tests=TESTS,
        ),
    ),
    facts={"cloud": FactWords(when_true="It needs the cloud.", when_false="It runs alone.", ask="Which is it?")},
)


def finding(quote: str, polarity: str, *words: str, possible: bool = True) -> Finding:
    text = TEXTS["Q2"]
    start = text.index(quote)
    return Finding.model_validate(
        {
            "id": quote,
            "question": "Q2",
            "signal": "s",
            "polarity": polarity,
            "possible": possible,
            "words": tuple((text.index(each), text.index(each) + len(each)) for each in words),
            "cell": 0,
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "reason": "Because.",
        }
    )


@pytest.fixture
def found(server, content: Content, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of an evaluation with one response, in which something of every kind is found."""
    of_signals = preparing.findings_in
    resembling = (
        finding("It is looked up centrally before each session.", "red", "looked up centrally"),
        finding("The pumps go on.", "good"),
        finding("trusted worldwide", "evasion", possible=False),
    )
    monkeypatch.setattr(preparing, "findings_in", lambda *given: of_signals(*given) + resembling)
    evaluations = Evaluations(Record(open_engine(f"sqlite:///{server.data / 'ii-vendor.db'}")), "Fay")
    key = evaluations.create("Found", Content.model_validate({**content.model_dump(), "signals": SIGNALS})).id
    answers = tuple(Answer(question=question, cells=(Cell(text=text),)) for question, text in TEXTS.items())
    file = SourceFile(name="a.xlsx", sha256=hashlib.sha256(b"a").hexdigest(), size=1)
    evaluations.accept_response(key, Response(vendor="Alder", answers=answers, file=file), b"a")
    return key


def test_three_states_stand_apart_by_more_than_colour(server, found: str, page: Page):
    open_page(page, server, f"review?evaluation={found}&question=Q2")
    possible = page.locator(".iv-answer mark.iv-possible").first
    assert possible.evaluate("mark => getComputedStyle(mark).borderBottomStyle") == "dotted"
    assert page.locator(".iv-answer mark.iv-likely").evaluate("m => getComputedStyle(m).borderBottomStyle") == "dashed"
    assert '"?"' in possible.evaluate("mark => getComputedStyle(mark, '::before').content")
    expect(page.locator(".iv-answer mark.iv-possible b")).to_have_text("looked up centrally")
    expect(page.locator(".iv-of-possible")).to_contain_text("Possible red flag: It resembles wording")
    expect(page.locator(".iv-of-possible .iv-ask")).to_contain_text("Ask: ")
    expect(page.locator(".iv-of-likely")).to_contain_text("only likely")
    expect(page.locator(".iv-of-evasion")).to_contain_text("“trusted worldwide”")
    expect(page.locator(".iv-marks mark")).to_have_count(6)
    # Signs are drawn and never part of the words, which are copied as quotes.
    expect(page.locator(".iv-answer p")).to_have_text(re.compile("^It is looked up centrally before each session"))

    open_page(page, server, f"review?evaluation={found}&question=L1")
    expect(page.locator(".iv-unread")).to_have_text("Not analysed: German. Read it yourself.")
    open_page(page, server, f"review?evaluation={found}&question=DEA-1")
    expect(page.locator(".iv-unread")).to_have_text(
        "Nothing recognised. Not answered, or wording unknown: read it and ask."
    )
    expect(page.locator(".iv-answer mark")).to_have_count(0)


def test_statements_that_do_not_fit_together_lead_from_one_to_the_other(server, found: str, page: Page):
    open_page(page, server, f"review?evaluation={found}&question=Q1")
    clash = page.locator(".iv-clash")
    expect(clash).to_contain_text("These two statements do not seem to fit together.")
    # Both at one moment: the page may still be moving.
    here, other = clash.evaluate("it => [...it.querySelectorAll('blockquote')].map(b => b.getBoundingClientRect().y)")
    assert here == other
    clash.get_by_role("link", name="L2").click()
    expect(page.locator("h1")).to_contain_text("L2", timeout=30_000)
    expect(page.locator(".iv-clash blockquote").first).to_contain_text("everything stops")

    open_page(page, server, f"responses?evaluation={found}")
    page.get_by_text("Statements that do not seem to fit together: 1").click()
    expect(page.locator(".iv-clash")).to_be_visible()


def test_a_table_leads_to_every_possible_red_flag(server, found: str, page: Page):
    open_page(page, server, f"review?evaluation={found}&question=Q1")
    page.get_by_text("1 red flag and 1 possible red flag found in all answers").click()
    row = page.locator(".iv-found tr", has=page.locator(".iv-is-possible"))
    expect(row.locator(".iv-is-likely")).to_have_text("◌")
    row.get_by_role("link", name="Q2").click()
    expect(page.locator("h1")).to_contain_text("Q2", timeout=30_000)


def test_all_of_it_fits_a_phone(server, found: str, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    for question in ("Q1", "Q2"):
        open_page(page, server, f"review?evaluation={found}&question={question}")
        page.get_by_text("found in all answers").click()
        main = page.get_by_test_id("stMain")
        assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
        for quote in page.locator(".iv-sides blockquote").all():
            box = quote.bounding_box()
            assert box is None or box["width"] >= 200
