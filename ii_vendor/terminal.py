"""What every command needs: the service, tables, progress, JSON, and why a file cannot be written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ii_vendor.errors import UserError

if TYPE_CHECKING:
    from ii_vendor.evaluations import Evaluations
    from ii_vendor.model.panel import Evaluation

SHOWN = 80
"""As many characters of a changed answer are shown."""


def service(actor: str | None) -> Evaluations:
    """The evaluations of the configured database on behalf of ``actor``, or of whoever is logged in. The record says in
    either case that it was done here."""
    import getpass

    from ii_vendor.evaluations import Actor, Evaluations
    from ii_vendor.store import Record, open_engine

    login = getpass.getuser()
    return Evaluations(
        Record(open_engine()), Actor.at_this_computer(actor or login, via=f"command line (login {login})")
    )


def tell_withheld(evaluation: Evaluation) -> None:
    """On standard error, whose ratings are not in what is shown."""
    from ii_vendor.report.withheld_words import withheld_words

    for line in withheld_words(evaluation):
        typer.echo(line, err=True)


def tell_imports(results: Sequence[dict[str, Any]]) -> None:
    """What became of each file and what it changed; refusals and problems on standard error."""
    for result in results:
        if result["accepted"]:
            typer.echo(
                f"{result['file']}: accepted as version {result['version']} of {result['vendor']}, "
                f"{result['findings']} findings"
            )
        else:
            typer.echo(
                f"{result['file']}: refused, nothing was imported. {result.get('refused', '')}".rstrip(), err=True
            )
        for problem in result["problems"]:
            place = "!".join(part for part in (problem["sheet"], problem["cell"]) if part)
            words = (f"  {problem['severity']}:", place, problem["message"], problem["remedy"])
            typer.echo(" ".join(word for word in words if word), err=True)
        for change in result.get("changes", ()):
            old, new = _shortened(change["old"]), _shortened(change["new"])
            typer.echo(f"  {change['question']} {change['part']} {change['kind']}: {old} -> {new}")


def _shortened(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    if not line:
        return "(empty)"
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def print_comparison(comparison: dict[str, Any]) -> None:
    """A comparison as a table."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("Rank", "Vendor", "Autonomy", "Evidenced", "Red flags", "Floor", "Verdict"):
        table.add_column(heading, no_wrap=heading != "Vendor", overflow="fold")
    for card in comparison["vendors"]:
        autonomy, red, floor = card["autonomy"], card["red_flags"], card["floor"]
        table.add_row(
            _rank(card),
            # As text: a name may hold what would be markup here.
            Text(card["name"]),
            _span(autonomy["low"], autonomy["high"]),
            _span(autonomy["evidenced"], autonomy["evidenced"]),
            _span(red["low"], red["high"]),
            "-" if floor["level"] is None else f"{round(floor['level'], 1):g} ({floor['question']})",
            card["verdict"],
        )
    Console().print(table)


def _rank(card: dict[str, Any]) -> str:
    """The rank, with a question mark while an open rating could still move it."""
    return f"{card['rank']}{'?' if card['provisional'] else ''}" if card["rank"] else "-"


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "-"
    return f"{low:.0f}" if round(low) == round(high) else f"{low:.0f}-{high:.0f}"


def print_json(value: object) -> None:
    """Indented JSON on standard output."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def text_of(file: Path) -> str:
    """The text of a file in UTF-8, or of standard input for ``-``."""
    import sys

    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except OSError as error:
        raise UserError(f"Cannot read {file}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{file} is not a text file in UTF-8. Save it as plain text, or paste its words.") from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Says in words why a file cannot be written."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except (OSError, FileCreateError) as error:
        why = error if isinstance(error, OSError) else error.args[0]
        if isinstance(why, FileNotFoundError | NotADirectoryError):
            raise UserError(
                f"Cannot write {path}: the folder {path.parent} does not exist. Make it, or choose another place."
            ) from error
        remedy = "Close it where it is open, or choose another place."
        raise UserError(f"Cannot write {path}: {why.strerror or why}. {remedy}") from error


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on standard error, where somebody can see it."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=f"{what} {name}")
