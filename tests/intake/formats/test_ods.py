"""OpenDocument spreadsheets: read to the letter, and never larger than what really stands in them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ii_vendor.intake import guard
from ii_vendor.intake.raw import RawSheet, RawWorkbook

Read = Callable[[Path], RawWorkbook]
NAMES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "meta": "meta",
        "draw": "drawing",
        "manifest": "manifest",
    }.items()
)
NAMES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
STYLES = (
    '<style:style style:name="out" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="heir" style:family="table-cell" style:parent-style-name="out"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'style:text-line-through-type="double"/></style:style>'
    '<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def ods(path: Path, tables: str, **more: str) -> Path:
    """A spreadsheet of these tables; more parts by name, ``_`` for ``.``."""
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f"<manifest:manifest{NAMES}/>",
        "content.xml": f"<office:document-content{NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
    }
    parts |= {
        name.replace("_", "."): f"<office:document{NAMES}>{text}</office:document>" for name, text in more.items()
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def table(rows: str, before: str = "", name: str = "Main", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{before}{rows}</table:table>'


def cell(text: str, more: str = "", kind: str = "string") -> str:
    return f'<table:table-cell office:value-type="{kind}" {more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


@pytest.fixture
def sheet(read: Read, tmp_path: Path) -> Callable[..., RawSheet]:
    """The only sheet of a spreadsheet with these rows, as it is read."""
    return lambda rows, before="": read(ods(tmp_path / "f.ods", table(rows, before))).sheets[0]


def texts(sheet: RawSheet) -> list[str]:
    return [cell.text for cell in sheet.cells.values()]


def test_values_as_the_cells_show_them(sheet: Callable[..., RawSheet]) -> None:
    read = sheet(
        row(
            cell("1.10", 'office:value="1.1"', "float"),
            cell("", 'office:value="12"', "float"),
            cell("50%", 'office:value="0.5"', "percentage"),
            cell("24.11.26", 'office:date-value="2026-11-24"', "date"),
            cell("x", 'office:date-value="2026-11-24T13:05:00"', "date"),
            cell("255:10:10", 'office:time-value="PT255H10M10S"', "time"),
            cell("13:05", 'office:time-value="PT1112413H05M00S"', "time"),
            cell(" 1.10 €", 'office:value="1.1"', "currency"),
            cell("WAHR", 'office:boolean-value="true"', "boolean"),
            cell("#N/A", 'calcext:value-type="error"'),
            cell("NA"),
            cell("007"),
        )
    )
    assert [(cell.kind, cell.text) for cell in read.cells.values()] == [
        ("number", "1.10"),
        ("number", "12"),
        ("number", "50%"),
        ("date", "2026-11-24"),
        ("date", "2026-11-24 13:05"),
        ("date", "255:10:10"),
        ("date", "13:05"),
        ("number", "1.10 €"),
        ("truth", "TRUE"),
        ("error", "#N/A"),
        ("text", "NA"),
        ("text", "007"),
    ]


def test_text_to_the_letter_without_what_stands_beside_it(sheet: Callable[..., RawSheet]) -> None:
    ruby = "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>"
    note = "<office:annotation><text:p>a comment</text:p></office:annotation>"
    drawing = "<draw:frame><draw:text-box><text:p>a drawing</text:p></draw:text-box></draw:frame>"
    both = f'<table:table-cell office:value-type="string">{note}<text:p>one</text:p><text:p/><text:p>three</text:p>'
    read = sheet(
        row(
            cell('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'),
            cell(ruby),
            f"{both}{drawing}</table:table-cell>",
            cell('see <text:a xlink:href="http://x.invalid">the <text:span>page</text:span></text:a>.'),
        )
    )
    assert texts(read) == ["a   b\tc\nd", "漢字", "one\n\nthree", "see the page."]


def test_struck_out_words_are_told_wherever_the_style_comes_from(sheet: Callable[..., RawSheet]) -> None:
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="out"/>'
    read = sheet(
        row(cell("own", 'table:style-name="heir"'), cell("of its column"))
        + row(cell('keep <text:span text:style-name="T1">drop</text:span> end'))
        + row(cell("plain")),
        columns,
    )
    struck = {cell.address: cell.struck for cell in read.cells.values()}
    assert struck == {"A1": ("own",), "B1": ("of its column",), "A2": ("drop",), "A3": ()}


def test_repeated_cells_and_rows_stand_where_they_should(sheet: Callable[..., RawSheet]) -> None:
    empty = '<table:table-cell table:number-columns-repeated="{}"/>'
    read = sheet(
        row(empty.format(2), cell("x", 'table:number-columns-repeated="2"'), empty.format(16380))
        + row(empty.format(16384), more='table:number-rows-repeated="3"')
        + row(cell("y"), more='table:number-rows-repeated="2"')
        + row(empty.format(16384), more='table:number-rows-repeated="1048570"')
    )
    assert [(cell.address, cell.text) for cell in read.cells.values()] == [
        ("C1", "x"),
        ("D1", "x"),
        ("A5", "y"),
        ("A6", "y"),
    ]


def test_hidden_and_merged_places_are_told_and_read(read: Read, tmp_path: Path) -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    rows = (
        row(cell("merged", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'))
        + row("<table:covered-table-cell/>", more='table:visibility="filter"')
        + '<table:table-row-group table:display="false">'
        + row(cell("folded away"))
        + "</table:table-row-group>"
        + row(cell("seen"))
        + row(more='table:visibility="collapse" table:number-rows-repeated="1048572"')
    )
    book = read(ods(tmp_path / "f.ods", table(rows, columns) + table(row(cell("secret")), name="Off", style="away")))
    main, off = book.sheets
    assert book.complete
    assert (main.hidden_rows, main.hidden_columns, main.merges) == ({2, 3}, ((2, 3),), ("A1:B2",))
    assert texts(main) == ["merged", "folded away", "seen"]
    assert (off.visible, texts(off)) == (False, ["secret"])


def test_formulas_with_and_without_a_stored_result(sheet: Callable[..., RawSheet]) -> None:
    read = sheet(
        row(
            cell("3", 'office:value="3" table:formula="of:=[.A2]+SUM([.B1:.B2])"', "float"),
            '<table:table-cell table:formula="of:=[.C2]"/>',
            '<table:table-cell office:value-type="string" table:formula="of:=&quot;&quot;"/>',
            cell("Err:508", 'office:value="0" table:formula="of:=("', "float"),
        )
    )
    assert [(cell.kind, cell.text, cell.formula) for cell in read.cells.values()] == [
        ("number", "3", "=A2+SUM(B1:B2)"),
        ("blank", "", "=C2"),
        ("text", "", '=""'),
        ("error", "Err:508", "=("),
    ]


def test_deleted_rows_and_copies_of_other_files_are_no_answers(read: Read, tmp_path: Path) -> None:
    gone = f"<table:tracked-changes><table:deletion>{table(row(cell('deleted')), name='Gone')}</table:deletion>"
    copy = table(row(cell("theirs")), '<table:table-source xlink:href="../other.ods"/>', name="'file:///other.ods'#S")
    book = read(ods(tmp_path / "f.ods", f"{gone}</table:tracked-changes>{table(row(cell('kept')))}{copy}"))
    assert [(sheet.name, texts(sheet)) for sheet in book.sheets] == [("Main", ["kept"]), ("'file:///other.ods'#S", [])]
    assert "another file" in book.sheets[1].skipped
    assert "No link was followed" in " ".join(book.warnings)


def test_a_link_to_click_on_is_no_link_to_warn_of(tmp_path: Path) -> None:
    link = 'table:formula="of:=HYPERLINK(&quot;https://x.invalid&quot;)"'
    other = "table:formula=\"of:='file:///a/b.ods'#$S.A1\""
    assert guard.check(ods(tmp_path / "f.ods", table(row(cell("x", link))))).warnings == ()
    assert "links" in guard.check(ods(tmp_path / "g.ods", table(row(cell("x", other))))).warnings[0]


def test_macros_and_embedded_files_are_told(tmp_path: Path) -> None:
    path = ods(tmp_path / "f.ods", table(row(cell("x"))))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Basic/Standard/Module1.xml", "<!DOCTYPE module><module>Sub Main</module>")
        archive.writestr("Object 1", b"\xd0\xcf\x11\xe0")
    told = " ".join(guard.check(path).warnings)
    assert ("macros" in told, "embedded" in told) == (True, True)


def test_a_password_is_told(refusal: Callable[[Path], str], tmp_path: Path) -> None:
    path = ods(tmp_path / "f.ods", "")
    with zipfile.ZipFile(tmp_path / "g.ods", "w") as new, zipfile.ZipFile(path) as old:
        for name in ("mimetype", "content.xml"):
            new.writestr(name, old.read(name))
        new.writestr("META-INF/manifest.xml", "<x><manifest:encryption-data/></x>")
    assert "password" in refusal(tmp_path / "g.ods")


def test_custom_properties_and_names(read: Read, tmp_path: Path) -> None:
    meta = '<meta:user-defined meta:name="ii-vendor content hash">abc</meta:user-defined>'
    name = '<table:named-expressions><table:named-range table:name="vendor" table:cell-range-address="$Main.$B$2"/>'
    path = ods(tmp_path / "f.ods", table(row(cell("x"))) + f"{name}</table:named-expressions>", meta_xml=meta)
    book = read(path)
    assert (book.properties, book.names) == ({"ii-vendor content hash": "abc"}, {"vendor": "Main!$B$2"})


MANY = 'table:number-columns-repeated="{}"'


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (row(cell("x", MANY.format(1000)), more='table:number-rows-repeated="1000000"'), "more than 200 000 cells"),
        (row(cell("x", MANY.format("9" * 400))), "as a trap would"),
        (row(cell("x", MANY.format("-1"))), "as a trap would"),
        (row(cell("x", 'table:number-rows-spanned="999999" table:number-columns-spanned="16000"')), "range"),
        (row(cell('<text:s text:c="99999999"/>')), "spaces"),
        (row(f"<table:table-cell {MANY.format(999999999)}><text:p>x</text:p></table:table-cell>"), "far more cells"),
        (row("<table:table-cell/>", more='table:number-rows-repeated="1048576"') + row(cell("x")), "outside any sheet"),
        (row(cell("<text:span>" * 80 + "x" + "</text:span>" * 80)), "nested"),
        (row(cell("x")) * 3 + "<table:table-row>", "not complete"),
    ],
)
def test_traps_are_refused(refusal: Callable[[Path], str], tmp_path: Path, rows: str, words: str) -> None:
    assert words in refusal(ods(tmp_path / "f.ods", table(rows)))


def test_declarations_that_would_grow_are_refused(refusal: Callable[[Path], str], tmp_path: Path) -> None:
    path = ods(tmp_path / "f.ods", "")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert "declarations" in refusal(path)
