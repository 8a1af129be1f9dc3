"""A shared app without its pages, and an evaluation with two seats in its database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.content import Content
from ii_vendor.model.seat import Discipline
from ii_vendor.routes import Gate, lifespan, site
from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.sharing import ADDRESS, SHARED

Visit = Callable[[], TestClient]


@pytest.fixture
def visit(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """A new visitor from elsewhere, without cookies, to the shared app; redirects are left to the test."""
    monkeypatch.setenv("II_VENDOR_DATABASE_URL", database)
    monkeypatch.setenv(SHARED, "1")
    monkeypatch.delenv(ADDRESS, raising=False)
    app = Starlette(routes=site(Tickets(lambda: "sealed")), middleware=[Middleware(Gate)], lifespan=lifespan)
    with TestClient(app, "http://panel.example:8501", client=("192.0.2.9", 40000)) as first:

        def come() -> TestClient:
            visitor = TestClient(app, str(first.base_url), client=("192.0.2.9", 40000), follow_redirects=False)
            visitor.portal = first.portal
            return visitor

        yield come


@pytest.fixture
def panel(evaluations: Evaluations, content: Content) -> str:
    """The id of an evaluation with Amara of operations and Ben of IT on its panel."""
    key = evaluations.create("Renewal", content).id
    evaluations.add_evaluator(key, "Amara", Discipline.operations, email="amara@plant.example")
    evaluations.add_evaluator(key, "Ben", Discipline.it)
    return key
