"""Who gets in at all: this computer alone unless the app is shared."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from ii_vendor.errors import UserError
from ii_vendor.routes import Gate
from ii_vendor.routes.sharing import ADDRESS, SHARED, public_address, sharing

Knock = Callable[..., int]


async def open_socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


@pytest.fixture
def knock(monkeypatch: pytest.MonkeyPatch) -> Knock:
    """Ask for a page and for a WebSocket; gives the one status of both, having seen that a refusal says what to do."""
    monkeypatch.delenv(SHARED, raising=False)
    monkeypatch.delenv(ADDRESS, raising=False)
    routes = [Route("/", lambda _: PlainTextResponse("in")), WebSocketRoute("/socket", open_socket)]
    app = Starlette(routes=routes, middleware=[Middleware(Gate)])

    def ask(host: str = "127.0.0.1:8501", client: str = "127.0.0.1", **headers: str) -> int:
        visitor = TestClient(app, "http://127.0.0.1", client=(client, 40000))
        sent = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
        page = visitor.get("/", headers=sent)
        try:
            with visitor.websocket_connect("/socket", headers=sent):
                socket = 200
        except WebSocketDenialResponse as denied:
            socket = denied.status_code
        assert page.status_code == socket
        assert page.status_code == 200 or "--address" in page.text
        return socket

    return ask


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8501", "localhost:9", "LOCALHOST", "[::1]:8501", "[::1]"])
def test_this_computer_comes_in_by_its_own_names(knock: Knock, host: str):
    assert knock(host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8501",
        "192.0.2.2:8501",
        "",
        "[",
        "a@127.0.0.2x",
    ],
)
def test_a_foreign_name_that_points_here_is_refused(knock: Knock, host: str):
    assert knock(host) == 403


@pytest.mark.parametrize(
    "header", ["forwarded", "x_forwarded_for", "x_forwarded_proto", "x_real_ip", "cf_connecting_ip", "via"]
)
def test_what_came_through_a_proxy_is_refused(knock: Knock, header: str):
    assert knock(**{header: "for=192.0.2.9"}) == 403


def test_another_computer_is_refused_whatever_name_it_calls(knock: Knock):
    assert knock(client="192.0.2.9") == 403
    assert knock(client="::1", host="[::1]:8501") == 200
    assert knock(client="::ffff:127.0.0.1") == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1.evil.example"])
def test_a_page_of_another_site_is_refused(knock: Knock, origin: str):
    assert knock(origin=origin) == 403
    assert knock(origin="http://127.0.0.1:8501") == 200


def test_shared_it_lets_everybody_in_who_asks_from_its_own_pages(knock: Knock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(SHARED, "1")
    assert knock("192.0.2.2:8501", "192.0.2.9", x_forwarded_for="192.0.2.9") == 200
    assert knock("192.0.2.2:8501", "192.0.2.9", origin="http://192.0.2.2:8501") == 200


def test_a_socket_for_a_page_of_another_site_is_refused_on_a_shared_app(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(ADDRESS, "https://panel.plant.example")
    app = Starlette(routes=[WebSocketRoute("/socket", open_socket)], middleware=[Middleware(Gate)])
    visitor = TestClient(app, "http://127.0.0.1:8501")
    with pytest.raises(WebSocketDenialResponse) as denied:
        visitor.websocket_connect("/socket", headers={"origin": "https://evil.example"}).__enter__()
    assert "Another site" in denied.value.text
    with visitor.websocket_connect("/socket", headers={"origin": "https://panel.plant.example"}):
        pass


def test_a_public_address_shares_the_app(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(SHARED, raising=False)
    monkeypatch.setenv(ADDRESS, "https://panel.plant.example/")
    assert sharing() == (True, "https://panel.plant.example")
    assert sharing().secure


@pytest.mark.parametrize(
    "text", ["panel.plant.example", "ftp://x", "https://", "https://x/app", "https://x?a=1", "http://a:b", "http://u@x"]
)
def test_what_is_no_address_is_refused_in_words(text: str):
    with pytest.raises(UserError, match="is not an address to build links with"):
        public_address(text)
