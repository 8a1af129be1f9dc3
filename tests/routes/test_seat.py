"""Personal links: they open the seat they were made for, once, and nothing else."""

from __future__ import annotations

import secrets

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.seat import Discipline
from ii_vendor.routes.sharing import ADDRESS


def link_of(evaluations: Evaluations, panel: str, name: str = "Amara") -> str:
    return f"/seat/{evaluations.issue_link(panel, name)}"


def test_a_link_says_whose_seat_it_opens_and_opens_it_at_the_press_of_a_button(visit, evaluations, panel):
    link, visitor = link_of(evaluations, panel), visit()
    page = visitor.get(link)
    assert page.status_code == 200
    assert "Renewal" in page.text
    assert "You are Amara, operations" in page.text
    assert "Take this seat" in page.text
    taken = visitor.post(link, headers={"origin": "http://panel.example:8501"})
    assert (taken.status_code, taken.headers["location"]) == (303, f"/review?evaluation={panel}")
    session = visitor.cookies[f"ii-seat-{panel}"]
    assert evaluations.seat_by_session(panel, session).name == "Amara"


def test_looking_at_a_link_uses_nothing_up(visit, evaluations, panel):
    link = link_of(evaluations, panel)
    for _ in range(3):
        assert "You are Amara" in visit().get(link).text
    assert visit().head(link).status_code == 200
    assert visit().post(link).status_code == 303


def test_the_page_is_light_and_says_its_secret_to_nobody(visit, evaluations, panel):
    page = visit().get(link_of(evaluations, panel))
    assert len(page.content) < 10_000
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "same-origin"
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_the_session_is_out_of_reach_of_scripts_and_of_other_sites(visit, evaluations, panel, monkeypatch):
    plain = visit().post(link_of(evaluations, panel)).headers["set-cookie"].lower()
    assert "httponly" in plain
    assert "samesite=lax" in plain
    assert "path=/" in plain
    assert "secure" not in plain
    monkeypatch.setenv(ADDRESS, "https://panel.plant.example")
    assert "; secure" in visit().post(link_of(evaluations, panel, "Ben")).headers["set-cookie"].lower()


def test_a_link_opens_a_seat_once(visit, evaluations, panel):
    link = link_of(evaluations, panel)
    assert visit().post(link).status_code == 303
    for again in (visit().post(link), visit().get(link)):
        assert again.status_code == 403
        assert "This link was used already" in again.text
        assert "Ask the facilitator for a new one" in again.text
        assert "set-cookie" not in again.headers


def test_whoever_took_the_seat_comes_back_to_it_by_the_used_link(visit, evaluations, panel):
    link, visitor = link_of(evaluations, panel), visit()
    visitor.post(link)
    assert visitor.get(link).headers["location"] == f"/review?evaluation={panel}"


def test_a_second_link_to_the_seat_that_one_holds_is_kept_for_another_device(visit, evaluations, panel):
    visitor, phone = visit(), visit()
    visitor.post(link_of(evaluations, panel))
    second = link_of(evaluations, panel)
    assert visitor.get(second).status_code == 303
    assert phone.post(second).status_code == 303


@pytest.mark.parametrize("change", ["random", "one character", "another case", "empty evaluation"])
def test_a_forged_link_opens_nothing_and_says_nothing(visit, evaluations, panel, change):
    evaluation, secret = evaluations.issue_link(panel, "Amara").split("/")
    forged = {
        "random": f"{evaluation}/{secrets.token_urlsafe(16)}",
        "one character": f"{evaluation}/{'B' if secret[0] == 'A' else 'A'}{secret[1:]}",
        "another case": f"{evaluation}/{secret.swapcase()}",
        "empty evaluation": f"no-such/{secret}",
    }[change]
    for answer in (visit().get(f"/seat/{forged}"), visit().post(f"/seat/{forged}")):
        assert answer.status_code == 403
        assert "This link opens no seat here" in answer.text
        assert "ask the facilitator for a new one" in answer.text
        assert "Amara" not in answer.text
        assert panel not in answer.text
        assert "set-cookie" not in answer.headers


def test_a_link_opens_no_seat_of_another_evaluation(visit, evaluations, panel, content):
    other = evaluations.create("Other", content).id
    evaluations.add_evaluator(other, "Amara", Discipline.operations)
    secret = evaluations.issue_link(panel, "Amara").split("/")[1]
    assert visit().post(f"/seat/{other}/{secret}").status_code == 403


def test_a_revoked_link_and_the_link_of_a_closed_seat_open_nothing(visit, evaluations, panel):
    revoked, closed = link_of(evaluations, panel), link_of(evaluations, panel, "Ben")
    evaluations.revoke_links(panel, "Amara", reason="The phone was lost.")
    evaluations.close_seat(panel, "Ben", reason="Ben left.")
    assert "This link was withdrawn" in visit().post(revoked).text
    assert "The seat that this link opened is closed" in visit().post(closed).text


def test_an_expired_link_opens_nothing(visit, evaluations, panel, monkeypatch):
    link = link_of(evaluations, panel)
    later_than_its_expiry(monkeypatch)
    answer = visit().post(link)
    assert answer.status_code == 403
    assert "This link is no longer good: its time is over" in answer.text


def later_than_its_expiry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Move the door's clock beyond the fortnight that a link is good for."""
    from datetime import datetime, timedelta

    from ii_vendor.evaluations import seating

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=15)

    monkeypatch.setattr(seating, "datetime", Later)


def test_a_button_on_another_site_takes_no_seat(visit, evaluations, panel):
    link = link_of(evaluations, panel)
    for origin in ("http://elsewhere.example", "null", "http://panel.example:9999"):
        assert visit().post(link, headers={"origin": origin}).status_code == 403
    assert visit().post(link).status_code == 303


def test_a_proxy_that_passes_another_name_on_does_not_make_the_own_button_foreign(
    visit, evaluations, panel, monkeypatch
):
    monkeypatch.setenv(ADDRESS, "https://panel.plant.example")
    own = {"origin": "https://panel.plant.example", "host": "127.0.0.1:8501"}
    assert visit().post(link_of(evaluations, panel), headers=own).status_code == 303


def test_names_are_shown_to_the_letter(visit, evaluations, content):
    key = evaluations.create("<b>Renewal</b>", content).id
    evaluations.add_evaluator(key, "<script>alert(1)</script>", Discipline.it)
    page = visit().get(link_of(evaluations, key, "<script>alert(1)</script>")).text
    assert "&lt;b&gt;Renewal&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_a_database_that_is_gone_is_no_fault_of_the_link(visit, evaluations, panel, monkeypatch):
    link, visitor = link_of(evaluations, panel), visit()
    with monkeypatch.context() as gone:
        gone.setenv("II_VENDOR_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
        for path in (link, "/facilitate?key=any", f"/news/{panel}.json", f"/news/{panel}"):
            answer = visitor.get(path)
            assert answer.status_code == 503
            assert "Not just now" in answer.text
            assert "acilitator for a new" not in answer.text
    assert visitor.post(link).status_code == 303
