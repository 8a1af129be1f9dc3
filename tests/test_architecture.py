"""The folder list is the pipeline: imports point only upwards in it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "ii_vendor"

LAYERS = (
    {"errors", "folders"},
    {"model"},
    {"yamlfile"},
    {"library"},
    {"intake"},
    {"detect"},
    {"score"},
    {"store"},
    {"rules"},
    {"arrival", "feedback", "second_reader"},
    {"adoption", "content_changes"},
    {"evaluations"},
    {"facilitator"},
    {"receipt"},
    {"demo"},
    {"report"},
    {"charts", "qr"},
    {"routes"},
    {"workshop"},
    {"pages"},
    {"network"},
    {"serve"},
    {"arguments"},
    {"terminal"},
    {"commands"},
    {"cli"},
    {"__main__"},
)
"""From what stands on nothing to what stands on everything, as the design lists it."""

ASIDE = {("library", "detect")}
"""``content check`` runs the signals' own test sentences, and loads the engine for that alone."""

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def part_of(module: str) -> str:
    """``ii_vendor.score.axes`` belongs to ``score``."""
    return module.split(".")[1]


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "ii_vendor":
                yield from (f"ii_vendor.{alias.name}" for alias in node.names)
            else:
                yield node.module


def layer(part: str) -> int:
    """The place of a part in the list."""
    return next(number for number, parts in enumerate(LAYERS) if part in parts)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_only_upwards(path):
    relative = path.relative_to(PACKAGE)
    own = relative.parts[0].removesuffix(".py")
    if own == "__init__":
        assert not [name for name in imported(path) if name.startswith("ii_vendor.")]
        return
    used = {part_of(name) for name in imported(path) if name.startswith("ii_vendor.")} - {"__version__"}
    allowed = {part for part in used if layer(part) <= layer(own) or (own, part) in ASIDE}
    assert used == allowed


def test_every_part_of_the_package_has_its_place_in_the_list():
    parts = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES} - {"__init__"}
    assert parts <= set().union(*LAYERS)


def test_only_pages_and_the_app_know_streamlit():
    knowing = {
        path.relative_to(ROOT).parts[:2]
        for path in (*MODULES, ROOT / "app.py")
        if any(name.split(".")[0] == "streamlit" for name in imported(path))
    }
    assert knowing == {("ii_vendor", "pages"), ("app.py",)}


@pytest.mark.parametrize("path", [path for path in MODULES if "pages" in path.parts], ids=lambda path: path.name)
def test_a_page_changes_nothing_but_through_the_one_door(path):
    called = {part_of(name) for name in imported(path) if name.startswith("ii_vendor.")}
    assert "store" not in called or path.name == "context.py"


def test_the_command_line_starts_without_its_heavy_parts():
    code = "import sys, ii_vendor.cli; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"numpy", "pandas", "plotly", "pydantic", "sqlalchemy", "streamlit", "uvicorn", "xlsxwriter", "openpyxl"}
    assert heavy & set(loaded.stdout.split()) == set()


def test_every_module_says_what_it_is():
    without = [path.name for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert without == []
