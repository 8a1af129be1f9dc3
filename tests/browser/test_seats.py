"""Links, seats and sign-ins in a real browser, and pages that follow what others do."""

from __future__ import annotations

import itertools
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ii_vendor.evaluations import Evaluations
from ii_vendor.store import Record, open_engine

EVALUATION = "line-3-ot-security-renewal"
NAME = "Line 3 OT security renewal"
PROVIDER = Path(__file__).with_name("provider.py")


def service(server) -> Evaluations:
    return Evaluations(Record(open_engine(f"sqlite:///{server.data / 'ii-vendor.db'}")), "somebody")


def tell(server, *arguments: str) -> None:
    command = [sys.executable, "-m", "ii_vendor", *arguments]
    subprocess.run(command, env=server.environment, check=True, capture_output=True)


def seat_link(server, name: str, evaluation: str = EVALUATION) -> str:
    return f"{server.address}/seat/{service(server).issue_link(evaluation, name)}"


def facilitators_link(server) -> str:
    found = re.search(r"http://127\S+/facilitate\?key=\S+", server.said)
    assert found
    return found.group()


def take_seat(page: Page, server, name: str) -> None:
    page.goto(seat_link(server, name))
    page.get_by_role("button", name="Take this seat").click()
    expect(page.get_by_test_id("stApp")).to_be_visible(timeout=30_000)


def settled(page: Page) -> None:
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)


def bar(page: Page):
    return page.locator(".st-key-bar")


@pytest.mark.parametrize("path", ["", "review", f"compare?evaluation={EVALUATION}", "evaluations", "audit"])
def test_a_visitor_without_a_link_sees_no_name_and_no_page(start_server, page: Page, path: str):
    server = start_server("--lan", "--port", "8720")
    page.goto(f"{server.address}/{path}")
    expect(page.get_by_role("heading", name="This opens with a personal link")).to_be_visible(timeout=30_000)
    settled(page)
    shown = page.content()
    assert [name for name in (NAME, "Amara", "Halden") if name in shown] == []
    assert page.request.get(f"{server.address}/news/{EVALUATION}.json").status == 403
    expect(page.get_by_role("link", name="Compare")).to_have_count(0)


def test_a_link_leads_to_the_seat_and_the_seat_stays(start_server, page: Page):
    server = start_server("--lan", "--port", "8720")
    take_seat(page, server, "Amara Osei")
    expect(bar(page).get_by_text("Amara Osei, operations")).to_be_visible()
    expect(page.get_by_role("combobox", name="You are")).to_have_count(0)
    page.goto(server.address)
    expect(bar(page).get_by_text("Amara Osei, operations")).to_be_visible(timeout=30_000)


def test_a_seat_opens_nothing_of_another_evaluation(start_server, page: Page):
    server = start_server("--lan", "--port", "8720")
    tell(server, "new", "Boiler house secret")
    take_seat(page, server, "Amara Osei")
    page.goto(f"{server.address}/review?evaluation=boiler-house-secret")
    expect(page.get_by_role("heading", name="This opens with a personal link")).to_be_visible(timeout=30_000)
    settled(page)
    assert "Boiler house secret" not in page.content()
    assert page.request.get(f"{server.address}/news/boiler-house-secret.json").status == 403


def test_an_open_page_shuts_when_its_seat_is_revoked(start_server, page: Page):
    server = start_server("--lan", "--port", "8720")
    take_seat(page, server, "Amara Osei")
    settled(page)
    service(server).revoke_links(EVALUATION, "Amara Osei", reason="The phone was lost.")
    expect(page.get_by_role("heading", name="This opens with a personal link")).to_be_visible(timeout=30_000)
    settled(page)
    assert NAME not in page.content()


def test_the_facilitator_comes_by_the_printed_link_and_gives_a_name_for_the_record(start_server, page: Page):
    server = start_server("--lan", "--port", "8720")
    tell(server, "stage", EVALUATION, "scoring", "--reason", "One more vendor answers.")
    page.goto(facilitators_link(server))
    expect(page.get_by_role("heading", name="Evaluations", exact=True)).to_be_visible(timeout=30_000)
    bar(page).get_by_role("textbox", name="Your name").fill("Priya Facilitator")
    bar(page).get_by_role("textbox", name="Your name").press("Enter")
    expect(page).to_have_url(re.compile("facilitator=Priya"))
    page.get_by_label("Name of a vendor").fill("Birch Works")
    page.get_by_role("button", name="Add the vendor").click()
    expect(page.get_by_text("Birch Works").first).to_be_visible()
    now = service(server)
    last = now.history(now.get(EVALUATION))[-1]
    assert (last.actor, last.via) == ("Priya Facilitator", "facilitator's link")


def test_a_taken_seat_can_be_chosen_by_nobody_else_at_this_computer(start_server, page: Page):
    server = start_server("--port", "8720")
    made = service(server)
    made.take_seat(EVALUATION, made.issue_link(EVALUATION, "Amara Osei").split("/")[1])
    page.goto(f"{server.address}/review?evaluation={EVALUATION}&person=Amara+Osei")
    settled(page)
    page.get_by_role("combobox", name="You are").first.click()
    expect(page.get_by_role("option", name="Priya Raman")).to_be_visible()
    expect(page.get_by_role("option", name="Amara Osei")).to_have_count(0)


@pytest.mark.parametrize("blocked", [False, True], ids=["by stream", "by questions where streams are blocked"])
def test_a_page_follows_what_others_do_and_loses_nothing_that_is_being_typed(start_server, page: Page, blocked: bool):
    server = start_server("--port", "8720")
    tell(server, "stage", EVALUATION, "scoring", "--reason", "One answer is to be read again.")
    if blocked:
        page.route(re.compile(r"/news/[^.]*\?"), lambda route: route.abort())
    page.goto(f"{server.address}/review?evaluation={EVALUATION}&question=L4&person=Priya+Raman")
    settled(page)
    reason = page.locator('[class*="st-key-rating_halden"]').get_by_label("Reason")
    reason.click()
    reason.press("ControlOrMeta+a")
    page.keyboard.type("Half a sen")
    expect(page.get_by_text("Newcomer Works")).to_have_count(0)
    tell(server, "vendor", "add", EVALUATION, "Newcomer Works")
    expect(page.get_by_role("heading", name="Newcomer Works")).to_be_visible(timeout=20_000)
    settled(page)
    expect(reason).to_have_value("Half a sen")
    page.keyboard.type("tence.")
    expect(reason).to_have_value("Half a sentence.")


@pytest.fixture
def busy(start_server: Callable) -> Iterator:
    """A server whose evaluation another process changes many times a second."""
    server = start_server("--port", "8720")
    tell(server, "new", "Boiler house")
    others, enough = service(server), threading.Event()

    def change() -> None:
        for number in itertools.count():
            if enough.wait(0.4):
                return
            others.mask_names("boiler-house", number % 2 == 0)

    changing = threading.Thread(target=change)
    changing.start()
    yield server
    enough.set()
    changing.join()


def test_what_somebody_presses_is_done_whatever_others_change_meanwhile(busy, page: Page):
    page.goto(f"{busy.address}/panel?evaluation=boiler-house")
    settled(page)
    for name in ("Amara", "Ben", "Margit", "Noor", "Olaf"):
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_role("button", name="Add to the panel").click()
        expect(page.locator(f".st-key-seat_boiler-house_{name}")).to_be_visible(timeout=30_000)


def test_a_page_that_is_up_to_date_is_left_in_peace(start_server, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/news/" in request.url else None)
    server = start_server("--port", "8720")
    for path in ("compare", "review", "weights"):
        with page.expect_request(re.compile("/news/")):
            page.goto(f"{server.address}/{path}?evaluation={EVALUATION}")
        settled(page)
    page.get_by_role("link", name="Reports").click()
    expect(page.get_by_role("heading", name="Reports", exact=True)).to_be_visible()
    settled(page)
    sequence = service(server).get(EVALUATION).sequence
    assert asked == [f"{server.address}/news/{EVALUATION}?after={sequence}"] * 3


@pytest.fixture
def sign_in_server(start_server: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator:
    """A shared app with a provider to sign in with, in which Amara's seat has an address."""
    ports = []
    for _ in range(2):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
    app, provider = ports
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(
        f"""
        [auth]
        redirect_uri = "http://127.0.0.1:{app}/oauth2callback"
        cookie_secret = "only for this test"
        client_id = "ii-vendor"
        client_secret = "none"
        server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
        """
    )
    monkeypatch.setenv("II_VENDOR_FACILITATORS", "ines@plant.example")
    running = subprocess.Popen([sys.executable, str(PROVIDER), str(provider)], env=os.environ)
    try:
        while socket_is_closed(provider):
            assert running.poll() is None
            time.sleep(0.05)
        server = start_server("--address", f"http://127.0.0.1:{app}", "--port", str(app))
        email = ("--email", "amara@plant.example")
        tell(server, "evaluator", "add", EVALUATION, "Amara Plant", "--discipline", "IT", *email)
        yield server
    finally:
        running.terminate()
        running.wait(20)


def socket_is_closed(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def sign_in(page: Page, server, person: str, path: str = "") -> None:
    page.goto(f"{server.address}/{path}")
    page.get_by_role("button", name="Sign in").click(timeout=30_000)
    page.get_by_role("link", name=person, exact=True).click(timeout=30_000)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=30_000)
    settled(page)


def test_who_signs_in_with_the_address_of_a_seat_gets_the_seat(sign_in_server, page: Page):
    sign_in(page, sign_in_server, "Amara")
    expect(bar(page).get_by_text("Amara Plant, IT")).to_be_visible()
    page.goto(f"{sign_in_server.address}/audit?evaluation={EVALUATION}")
    settled(page)
    tell(sign_in_server, "stage", EVALUATION, "scoring", "--reason", "One more vendor answers.")
    tell(sign_in_server, "vendor", "add", EVALUATION, "Newcomer Works")
    expect(page.get_by_text("Newcomer Works").first).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="This opens with a personal link")).to_be_visible(timeout=30_000)
    settled(page)
    assert NAME not in page.content()
    made = service(sign_in_server)
    taken = [each for each in made.history(made.get(EVALUATION)) if each.change.kind == "seat taken"]
    assert [each.via for each in taken] == ["OpenID Connect (Amara@plant.example)"]


def test_who_is_named_as_a_facilitator_facilitates(sign_in_server, page: Page):
    sign_in(page, sign_in_server, "Ines")
    expect(bar(page).get_by_text("Ines at the provider, facilitator")).to_be_visible()


@pytest.mark.parametrize("person", ["Stranger", "Unverified", "Unsaid"])
def test_who_is_unknown_or_not_verified_gets_nothing(sign_in_server, page: Page, person: str):
    sign_in(page, sign_in_server, person, f"review?evaluation={EVALUATION}")
    for path in ("", f"review?evaluation={EVALUATION}"):
        page.goto(f"{sign_in_server.address}/{path}")
        expect(page.get_by_role("heading", name="This opens with a personal link")).to_be_visible(timeout=30_000)
        settled(page)
        assert [name for name in (NAME, "Halden") if name in page.content()] == []


def test_an_unverified_address_counts_where_the_administrator_says_so(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, browser: Browser
):
    monkeypatch.setenv("II_VENDOR_TRUST_EMAIL", "1")
    server = request.getfixturevalue("sign_in_server")
    for person, opened in (("Unsaid", True), ("Unverified", False)):
        page = browser.new_page()
        sign_in(page, server, person)
        expect(bar(page).get_by_text("Amara Plant, IT")).to_have_count(1 if opened else 0)
        page.close()


def test_the_holder_of_a_seat_downloads_a_response_as_it_came(start_server, page: Page):
    server = start_server("--lan", "--port", "8720")
    take_seat(page, server, "Amara Osei")
    page.goto(f"{server.address}/responses?evaluation={EVALUATION}")
    settled(page)
    with page.expect_download() as started:
        page.locator('[class*="st-key-original_halden"] button').first.click()
    assert started.value.path().read_bytes().startswith(b"PK")
